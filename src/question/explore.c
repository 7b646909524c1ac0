/** @file explore.c
 * @brief `stocktake explore`: the page in which the whole engine runs, with an edition in it.
 *
 * The page itself is made by the build (explorer/) and lies in the library; what is made here is
 * what is put into it: the edition as base64 of gzip, and the state that it opens with.
 */
#include "question/parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/gzip.h"
#include "base/pending_file.h"
#include "data/paths.h"

static const question_option options[] = {
    {"year", "YEAR", "The target year.", NULL,
     "the first five-year mark more than five years after --as-of"},
    {"since", "DATE", "Show what documents since this day changed.", NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}};

/* How the command shows it. */
static const question_option shown[] = {
    {"no-open", NULL, "Write the page and open no browser.", NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}};

/* ---- the state, as the page writes it into its address ---- */

/* A value as the page encodes it: what means something in a fragment is %XX, a space is +. */
static void write_value(stk_buffer *out, const char *value, const char *plain)
{
    for (const char *at = value; *at != '\0'; at++) {
        bool kept = strchr(plain, *at) != NULL || (*at >= '0' && *at <= '9') ||
                    (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z');
        if (kept) {
            stk_buffer_append(out, (stk_text){at, 1});
        } else if (*at == ' ') {
            stk_buffer_text(out, "+");
        } else {
            stk_buffer_printf(out, "%%%02X", (unsigned)(unsigned char)*at);
        }
    }
}

/* "USA 2030=3500Mt" as "USA.2030=3500"; other changes as they are. */
static void write_supposed(stk_buffer *out, const char *words)
{
    char text[STK_WHAT_IF_WORDS_SIZE];
    stk_print(text, sizeof text, "%s", words);
    char *change = strchr(text, ' ');
    char *value = change == NULL ? NULL : strchr(change, '=');
    if (value != NULL) {
        *change = '.';
        size_t number = strspn(value + 1, "0123456789.");
        if (number > 0 && strcmp(value + 1 + number, "Mt") == 0) {
            value[1 + number] = '\0';
        }
    }
    write_value(out, text, "-_.!~*'():=@/");
}

/* "#/world?as-of=2021-04-22&set=USA.2030=3500"; nothing where all is as it is anyway. */
static void write_state(const query *q, stk_buffer *out)
{
    const question_option *option;
    const char *before = "#/world?";
    for (int i = 0; (option = question_option_at(q->question, i)) != NULL; i++) {
        const char *value = q->values[i];
        bool elsewhere =
            stk_text_choice(stk_text_of(option->name), "pledges|what-if|edition|help") >= 0;
        if (value != NULL && !elsewhere && option_changes_result(option) &&
            !option_is_default(option, value)) {
            stk_buffer_printf(out, "%s%s%s", before, option->name,
                              option->argument == NULL ? "" : "=");
            write_value(out, value, "-_.!~*'():,=@/");
            before = "&";
        }
    }
    for (size_t i = 0; i < q->supposed.count; i++) {
        stk_buffer_printf(out, "%s%s", i > 0 ? "," : before, i > 0 ? "" : "set=");
        write_supposed(out, q->supposed.items[i]->words);
    }
}

/* ---- the page ---- */

static stk_status open_page(stk_edition **embedded, stk_text *page, stk_error *error)
{
    stk_status status;
    STK_TRY(stk_edition_open_embedded(embedded, error));
    STK_TRY(stk_edition_hidden(*embedded, STK_EDITION_EXPLORER, page, error));
    if (page->data == NULL) {
        STK_FAIL(stk_error_set(error, STK_ENOTFOUND,
                               "this build carries no explorer; 'make explorer' in the sources "
                               "makes one that does"));
    }
done:
    return status;
}

/* Append a page up to a mark and cut both off it. */
static stk_status copy_until(stk_text *page, const char *mark, stk_buffer *out, stk_error *error)
{
    size_t size = strlen(mark);
    size_t at = 0;
    while (at + size <= page->size && memcmp(page->data + at, mark, size) != 0) {
        at++;
    }
    if (at + size > page->size) {
        return stk_error_set(error, STK_EFORMAT, "the explorer of this build has no %s", mark);
    }
    stk_buffer_append(out, (stk_text){page->data, at});
    *page = (stk_text){page->data + at + size, page->size - at - size};
    return STK_OK;
}

static void write_attribute(stk_buffer *out, const char *state)
{
    stk_buffer_text(out, " data-state=\"");
    for (const char *at = state; *at != '\0'; at++) {
        stk_buffer_append(out, *at == '&' ? stk_text_of("&amp;") : (stk_text){at, 1});
    }
    stk_buffer_text(out, "\"");
}

static stk_status write_page(query *q, stk_text page, stk_text packed, stk_error *error)
{
    static const char html[] = "<html";
    static const char edition[] = "<script type=\"text/plain\" id=\"edition\">";
    static const char place[] = "<script type=\"text/plain\" id=\"edition\">@EDITION@";
    stk_buffer state = {0};
    stk_buffer zipped = {0};
    stk_status status;
    STK_TRY(stk_gzip(packed, &zipped, error));
    STK_TRY(copy_until(&page, html, &q->out, error));
    stk_buffer_text(&q->out, html);
    write_state(q, &state);
    if (state.size > 0) {
        write_attribute(&q->out, stk_buffer_pass(&q->out, &state));
    }
    STK_TRY(copy_until(&page, place, &q->out, error));
    stk_buffer_text(&q->out, edition);
    stk_base64((stk_text){zipped.data, zipped.size}, &q->out);
    stk_buffer_append(&q->out, page);
    q->out.failed = q->out.failed || state.failed;
done:
    stk_buffer_free(&state);
    stk_buffer_free(&zipped);
    return status;
}

static stk_status check_words(query *q, stk_error *error)
{
    char path[STK_PENDING_PATH_SIZE];
    const char *benchmark = query_value(q, "benchmark");
    if (query_benchmark_file(benchmark, path, sizeof path) > 0) {
        return query_usage(q, error,
                           "--benchmark: '%s' is refused: a page holds no file of yours; "
                           "allowed: a scenario category such as C1",
                           STK_CUT(benchmark, 200));
    }
    return query_check_since(q, error);
}

/* What is asked, as the page will ask it. */
static stk_status check(query *q, const stk_data *data, stk_error *error)
{
    stk_assess_request *request = query_alloc(q, sizeof *request);
    stk_status status;
    STK_TRY(stk_allocated(request, error));
    STK_TRY(query_options(q, data, &request->options, error));
    STK_TRY(query_years(q, data, request, error));
done:
    return status;
}

static stk_status answer_query(query *q, stk_error *error)
{
    stk_edition *embedded = NULL;
    const stk_data *data;
    stk_text page;
    stk_text packed = {NULL, 0};
    stk_status status;
    STK_TRY(open_page(&embedded, &page, error));
    STK_TRY(check_words(q, error));
    STK_TRY(query_data(q, &data, error));
    STK_TRY(check(q, data, error));
    stk_data laid = *data; /* what is supposed can be taken back in the page, and is in its state */
    laid.pledges = (stk_pledges *)(uintptr_t)q->documents;
    STK_TRY(stk_data_pack_page(&laid, query_own_documents(q), &packed, error));
    STK_TRY(write_page(q, page, packed, error));
done:
    free((char *)(uintptr_t)packed.data);
    stk_edition_free(embedded);
    return status;
}

const question question_explore = {
    .name = "explore",
    .operands = "",
    .operands_min = 0,
    .operands_max = 0,
    .summary = "a page in which every pledge is a slider, opened in the browser",
    .description =
        "Writes one self-contained page with the edition in use and the whole engine in it, and "
        "opens it: levels and net-zero years of every Party can be changed, and gap and warming "
        "follow with all 841 members of the ensemble. It needs no network and no server. The page "
        "opens with the options that are given here, and shows for each of its figures the command "
        "that gives the same.\n\n"
        "Without --output the page goes to the folder for temporary files. Documents of --pledges "
        "are laid over the edition's in the page, which says so.",
    .examples = "  stocktake explore\n"
                "  stocktake explore --as-of 2021-04-22 --what-if 'USA 2030=3500Mt'\n"
                "  # A page to give away, with a document of one's own in it\n"
                "  stocktake explore --pledges BRA.yaml --output brazil.html --no-open\n",
    .option_groups =
        OPTION_GROUPS(options, options_benchmark, options_warming, options_date, options_gwp,
                      options_target, options_extension, options_supposed, shown, options_file),
    .formats = "html",
    .opens_as = "stocktake-explorer.html",
    .answer = answer_query};
