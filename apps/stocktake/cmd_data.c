/** @file cmd_data.c
 * @brief `stocktake data`: the edition in use; what its files are. Checks are in cmd_data_check.c,
 * folders that are written in cmd_data_export.c.
 */
#include "cmd_data.h"

#include <stdlib.h>
#include <string.h>

#include "data/paths.h"

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
    STK_TRY(stk_edition_csv(edition, "sources.csv", arena, &csv, error));
    STK_TRY(stk_csv_require(&csv, "path", &column, error));
    while (stk_csv_each(&csv, &status, error)) {
        status = add_source(edition, &csv, table, terminal, error);
    }
done:
    return status;
}

/* ---- showing the edition ---- */

static stk_status write_text(const stk_edition *edition, const stk_table *sources,
                             const stk_table *checks, stk_buffer *out, stk_error *error)
{
    stk_buffer_printf(out, "Edition: %s (stocktake %s)\n\n", stk_edition_name(edition),
                      stk_version());
    stk_status status = stk_table_write(sources, STK_FORMAT_TEXT, out, error);
    stk_buffer_text(out, "\nChecks: totals without LULUCF\n\n");
    return status != STK_OK ? status : stk_table_write(checks, STK_FORMAT_TEXT, out, error);
}

static stk_status write_json(query *q, const stk_table *sources, const stk_table *checks,
                             stk_buffer *out, stk_error *error)
{
    json_t *document = query_document(q, "data");
    document_add_table(document, "sources", sources);
    document_add_table(document, "checks", checks);
    return document_write(document, out, error);
}

static stk_status describe(query *q, stk_edition *edition, stk_buffer *out, stk_error *error)
{
    int failed;
    stk_arena arena = {0};
    stk_inventory *inventory = NULL;
    stk_format format = (stk_format)query_format(q);
    stk_table *sources = stk_table_new(source_columns, 8);
    stk_table *checks = stk_table_new(data_check_columns, DATA_CHECK_COLUMNS);
    stk_status status;
    STK_TRY(list_sources(edition, &arena, sources, format == STK_FORMAT_TEXT, error));
    STK_TRY(stk_inventory_load(edition, &inventory, error));
    STK_TRY(data_run_checks(edition, inventory, &arena, checks, &failed, error));
done:
    if (status == STK_OK && format == STK_FORMAT_CSV) {
        status = stk_table_write(sources, format, out, error);
    } else if (status == STK_OK) {
        status = format == STK_FORMAT_JSON ? write_json(q, sources, checks, out, error)
                                           : write_text(edition, sources, checks, out, error);
    }
    stk_table_free(sources);
    stk_table_free(checks);
    stk_inventory_free(inventory);
    stk_arena_free(&arena);
    return status;
}

static int show(query *q)
{
    stk_edition *edition;
    stk_error error;
    stk_buffer out = {0};
    stk_status status = query_edition(q, &edition, &error);
    if (status == STK_OK) {
        status = describe(q, edition, &out, &error);
        stk_edition_free(edition);
    }
    if (status != STK_OK) {
        stk_buffer_free(&out);
        return cli_refuse(&error);
    }
    return cli_write(q, &out);
}

/* ---- data export, data convert ---- */

static int export_to(query *q, const char *folder)
{
    stk_error error;
    stk_edition *edition = NULL;
    stk_status status = query_edition(q, &edition, &error);
    status = status != STK_OK ? status : data_export(edition, folder, &error);
    stk_edition_free(edition);
    return status == STK_OK ? EXIT_SUCCESS : cli_refuse(&error);
}

static stk_status convert(const char *from, const char *to, stk_error *error)
{
    stk_pledges *pledges = NULL;
    stk_edition *edition = NULL;
    stk_text content = {NULL, 0};
    stk_text csv = {NULL, 0};
    stk_status status;
    if (data_is_folder(from)) {
        STK_TRY(stk_edition_open_folder(from, &edition, error));
        STK_TRY(stk_pledges_load(edition, NULL, &pledges, NULL, error));
        STK_TRY(stk_pledges_write_csv(pledges, &csv, error));
        STK_TRY(stk_file_write(to, csv, error));
    } else {
        STK_TRY(stk_file_read(from, &content, error));
        STK_TRY(stk_pledges_read(from, content, NULL, &pledges, NULL, error));
        STK_TRY(data_write_parties(pledges, to, error));
    }
done:
    stk_pledges_free(pledges);
    stk_edition_free(edition);
    free((char *)csv.data);
    free((char *)content.data);
    return status;
}

int run_data(query *q)
{
    const char *verb = q->operand_count > 0 ? q->operands[0] : "";
    if (q->operand_count == 0) {
        return show(q);
    }
    if (strcmp(verb, "check") == 0 && q->operand_count == 2) {
        return data_check(q, q->operands[1]);
    }
    if (strcmp(verb, "export") == 0 && q->operand_count == 2) {
        return export_to(q, q->operands[1]);
    }
    if (strcmp(verb, "convert") == 0 && q->operand_count == 3) {
        stk_error error;
        stk_status status = convert(q->operands[1], q->operands[2], &error);
        return status == STK_OK ? EXIT_SUCCESS : cli_refuse(&error);
    }
    char meant[MEANT_SIZE];
    return cli_usage(q, "allowed: nothing, 'check PATH', 'export DIR', or 'convert FROM TO'%s",
                     question_meant_choice(verb, "check|export|convert", meant));
}

const question command_data = {
    .name = "data",
    .operands = "[check PATH | export DIR | convert FROM TO]",
    .operands_min = 0,
    .operands_max = 3,
    .summary = "sources, licences, checksums and checks; validate your own files",
    .description =
        "Without arguments: the files of the edition in use with their sources, versions, licences "
        "and checksums, and the checks of its totals.\n\n"
        "data check PATH validates a folder laid out as an edition, or one pledge file (YAML, or "
        "CSV with the columns of the table), or a file of net-zero events that is called "
        "net_zero.csv: every refused row with file, line, column, the value and what is "
        "allowed.\n\n"
        "data export DIR writes the edition in use into a new folder, pledges as one YAML file for "
        "each Party, so that it can be edited and used with --edition DIR.\n\n"
        "data convert FROM TO turns a pledge table (CSV) into a folder with one YAML file for each "
        "Party, or an edition's folder into the table. Nothing is lost either way.",
    .examples = "  stocktake data\n"
                "  stocktake data export my-edition\n"
                "  stocktake data check my-edition/\n"
                "  stocktake data check USA.yaml\n",
    .option_groups = OPTION_GROUPS(options_common)};
