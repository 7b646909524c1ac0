/** @file data.c
 * @brief `stocktake data`: the edition in use, what its files are, and folders made of it.
 */
#include "question/parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/pending_file.h"
#include "data/known_totals.h"
#include "data/paths.h"
#include "pledge/folder.h"

/* ---- sources ---- */

static const stk_column source_columns[] = {
    {"path", "File", STK_TEXT},       {"source", "Source", STK_TEXT},
    {"version", "Version", STK_TEXT}, {"licence", "Licence", STK_TEXT},
    {"content", NULL, STK_TEXT},      {"citation", NULL, STK_TEXT},
    {"bytes", NULL, STK_INTEGER},     {"sha256", "SHA-256", STK_TEXT}};

/* The pledges are one table whatever files they came from, and have one checksum. */
static stk_status file_content(stk_edition *edition, stk_text path, stk_text *content,
                               stk_text *owned, stk_error *error)
{
    char name[256];
    stk_print(name, sizeof name, "%.*s", (int)path.size, path.data);
    *owned = (stk_text){NULL, 0};
    if (strcmp(name, "pledges/") != 0) {
        return stk_edition_read(edition, name, content, error);
    }
    stk_pledges *pledges;
    stk_status status = stk_pledges_load(edition, NULL, &pledges, NULL, error);
    if (status == STK_OK) {
        status = stk_pledges_write_csv(pledges, owned, error);
        stk_pledges_free(pledges);
        *content = *owned;
    }
    return status;
}

static stk_status add_source(stk_edition *edition, const stk_csv *csv, stk_table *table,
                             bool terminal, stk_error *error)
{
    static const char *const shown[] = {"path",    "source",  "version",
                                        "licence", "content", "citation"};
    char checksum[STK_SHA256_SIZE];
    stk_text content;
    stk_text owned;
    stk_status status;
    STK_TRY(file_content(edition, stk_csv_field(csv, stk_csv_find(csv, "path")), &content, &owned,
                         error));
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        stk_text text = stk_csv_field(csv, stk_csv_find(csv, shown[i]));
        size_t limit = terminal && i == 1 ? 38 : terminal && i == 2 ? 24 : text.size;
        stk_table_slice(table, stk_text_cut(text, limit));
    }
    stk_sha256(content, checksum);
    if (terminal) {
        checksum[12] = '\0';
    }
    stk_table_number(table, (double)content.size);
    stk_table_text(table, checksum);
    free((char *)owned.data);
done:
    return status;
}

static stk_status list_sources(stk_edition *edition, stk_arena *arena, stk_table *table,
                               bool terminal, stk_error *error)
{
    stk_csv csv;
    int column;
    stk_status status;
    STK_TRY(stk_edition_csv(edition, STK_PATH_SOURCES, arena, &csv, error));
    STK_TRY(stk_csv_require(&csv, "path", &column, error));
    while (stk_csv_each(&csv, &status, error)) {
        status = add_source(edition, &csv, table, terminal, error);
    }
done:
    return status;
}

/* ---- showing the edition ---- */

static stk_status write_text(query *q, const stk_edition *edition, const stk_table *sources,
                             const stk_table *checks, stk_error *error)
{
    stk_status status;
    stk_buffer_printf(&q->out, "Edition: %s (stocktake %s)\n\n", stk_edition_name(edition),
                      stk_version());
    STK_TRY(stk_table_write(sources, STK_FORMAT_TEXT, &q->out, error));
    stk_buffer_text(&q->out, "\nChecks: totals without LULUCF\n\n");
    STK_TRY(stk_table_write(checks, STK_FORMAT_TEXT, &q->out, error));
done:
    return status;
}

static stk_status write_json(query *q, const stk_table *sources, const stk_table *checks,
                             stk_error *error)
{
    json_t *document = query_document(q, "data");
    document_add_table(document, "sources", sources);
    document_add_table(document, "checks", checks);
    return document_write(document, &q->out, error);
}

static stk_status show(query *q, stk_edition *edition, stk_error *error)
{
    int failed;
    stk_inventory *inventory = NULL;
    int format = query_format(q);
    stk_table *sources = stk_table_new(source_columns, 8);
    stk_table *checks = stk_table_new(stk_known_total_columns, STK_KNOWN_TOTAL_COLUMNS);
    stk_status status;
    STK_TRY(list_sources(edition, &q->arena, sources, format == QUERY_TEXT, error));
    STK_TRY(stk_inventory_load(edition, &inventory, error));
    STK_TRY(stk_known_totals_check(edition, inventory, &q->arena, checks, &failed, error));
    STK_TRY(format == QUERY_CSV    ? stk_table_write(sources, STK_FORMAT_CSV, &q->out, error)
            : format == QUERY_JSON ? write_json(q, sources, checks, error)
                                   : write_text(q, edition, sources, checks, error));
done:
    stk_table_free(sources);
    stk_table_free(checks);
    stk_inventory_free(inventory);
    return status;
}

/* ---- data export, data convert ---- */

static stk_status check_outside(const char *to, const char *read, stk_error *error)
{
    return read != NULL && stk_lies_within(to, read)
               ? stk_error_at(error, STK_EARG, to, 0, 0,
                              "lies in the folder that is read; allowed: another place")
               : STK_OK;
}

static stk_status convert(const char *from, const char *to, stk_error *error)
{
    stk_pledges *pledges = NULL;
    stk_edition *edition = NULL;
    stk_text content = {NULL, 0};
    stk_text csv = {NULL, 0};
    stk_status status;
    if (stk_is_folder(from)) {
        STK_TRY(check_outside(to, from, error));
        STK_TRY(stk_edition_open_folder(from, &edition, error));
        STK_TRY(stk_pledges_load(edition, NULL, &pledges, NULL, error));
        STK_TRY(stk_pledges_write_csv(pledges, &csv, error));
        STK_TRY(stk_file_write(to, csv, error));
    } else {
        STK_TRY(stk_file_read(from, &content, error));
        STK_TRY(stk_pledges_read(from, content, NULL, &pledges, NULL, error));
        STK_TRY(stk_pledges_write_folder(pledges, to, error));
    }
done:
    stk_pledges_free(pledges);
    stk_edition_free(edition);
    free((char *)csv.data);
    free((char *)content.data);
    return status;
}

/* The edition in use, on the terminal or as a folder. */
static stk_status answer_edition(query *q, const char *folder, stk_error *error)
{
    stk_edition *edition = NULL;
    stk_status status;
    const char *own = query_value(q, "edition");
    STK_TRY(folder == NULL ? STK_OK
                           : check_outside(folder, own != NULL ? own : q->edition_folder, error));
    STK_TRY(query_edition(q, &edition, error));
    STK_TRY(folder == NULL ? show(q, edition, error)
                           : stk_edition_write_folder(edition, folder, error));
done:
    stk_edition_free(edition);
    return status;
}

static stk_status answer_query(query *q, stk_error *error)
{
    static const char verbs[] = "check|export|convert";
    char meant[MEANT_SIZE];
    int count = q->operand_count;
    stk_text verb = stk_text_of(count > 0 ? q->operands[0] : "");
    bool converts = count == 3 && stk_text_equal(verb, "convert");
    bool exports = count == 2 && stk_text_equal(verb, "export");
    if (converts || exports) {
        q->written = true;
        return query_given(q, "format") || query_given(q, "output")
                   ? query_usage(q, error, "'%s' writes files as they are: no --format or --output",
                                 q->operands[0])
               : exports ? answer_edition(q, q->operands[1], error)
                         : convert(q->operands[1], q->operands[2], error);
    }
    return count == 0 ? answer_edition(q, NULL, error)
           : count == 2 && stk_text_equal(verb, "check")
               ? data_check(q, q->operands[1], error)
               : query_usage(q, error,
                             "allowed: nothing, 'check PATH', 'export DIR', or 'convert FROM TO'%s",
                             stk_text_choice(verb, verbs) < 0
                                 ? question_meant_choice(q->operands[0], verbs, meant)
                                 : "");
}

const question question_data = {
    .name = "data",
    .operands = "[check PATH | export DIR | convert FROM TO]",
    .operands_min = 0,
    .operands_max = 3,
    .summary = QUESTION_HELP("sources, licences, checksums and checks; validate your own files"),
    .description = QUESTION_HELP(
        "Without arguments: the files of the edition in use with their sources, versions, licences "
        "and checksums, and the checks of its totals.\n\n"
        "data check PATH validates a folder laid out as an edition, or one pledge file (YAML, or "
        "CSV with the columns of the table), or a file of net-zero events that is called "
        "net_zero.csv: every refused row with file, line, column, the value and what is "
        "allowed.\n\n"
        "data export DIR writes the edition in use into a new folder, pledges as one YAML file for "
        "each Party, so that it can be edited and used with --edition DIR.\n\n"
        "data convert FROM TO turns a pledge table (CSV) into a folder with one YAML file for each "
        "Party, or an edition's folder into the table. Nothing is lost either way."),
    .examples = QUESTION_HELP("  stocktake data\n"
                              "  stocktake data export my-edition\n"
                              "  stocktake data check my-edition/\n"
                              "  stocktake data check USA.yaml\n"),
    .option_groups = OPTION_GROUPS(options_common),
    .answer = answer_query};
