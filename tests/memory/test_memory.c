/** @file test_memory.c
 * @brief Every allocation of the library fails once: no crash, no leak, the right status.
 *
 * The linker puts the functions below before those of the C library, for our own code only.
 */
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <stocktake.h>

#include "base/gzip.h"
#include "dataset/series.h"
#include "report/page_content.h"
#include "report/report.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

static long calls;   /* since the counter was set */
static long fail_at; /* the call that fails; 0: none */

static uint64_t made; /* of what a job wrote */

/* The job's result must be the same, or be refused. */
static void hold(stk_text bytes)
{
    for (size_t i = 0; i < bytes.size; i++) {
        made = (made ^ (unsigned char)bytes.data[i]) * UINT64_C(1099511628211);
    }
}

static bool fails(void)
{
    return ++calls == fail_at;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return fails() ? NULL : __real_realloc(memory, size);
}

/* Run a job with call 1, 1 + stride, 1 + 2 stride, ... failing until it gets through without
 * meeting the failure. It is refused, or writes what it writes undisturbed. */
static void fail_calls(stk_status (*job)(stk_error *error), long stride)
{
    stk_error error = {.status = STK_OK};
    made = 0;
    assert_ok(job(&error), &error);
    uint64_t right = made;
    for (long k = 1;; k += stride) {
        error = (stk_error){.status = STK_OK};
        made = 0;
        calls = 0;
        fail_at = k;
        stk_status status = job(&error);
        long called = calls;
        fail_at = 0;
        if (status == STK_OK && made != right) {
            fail_msg("call %ld: something is left out without a word", k);
        }
        if (called < k) {
            assert_ok(status, &error);
            assert_true(k > 3 * stride);
            return;
        }
        /* a list of problems may give up a copy; all else must say what happened */
        if (status != STK_OK && status != STK_EMEM) {
            print_error("call %ld: %s: %s\n", k, stk_status_text(status), error.message);
            fail();
        }
        assert_true(k < 1000000);
    }
}

static void fail_each_call(stk_status (*job)(stk_error *error))
{
    fail_calls(job, 1);
}

static char mini[4096];

static stk_status open_folder(stk_error *error)
{
    stk_data data;
    stk_status status = stk_data_open(&data, mini, NULL, error);
    stk_data_close(&data);
    return status;
}

static stk_status pack_and_open(stk_error *error)
{
    stk_edition *folder = NULL;
    stk_edition *pack = NULL;
    stk_text packed = {NULL, 0};
    stk_text content;
    stk_status status = stk_edition_open_folder(mini, &folder, error);
    if (status == STK_OK) {
        status =
            stk_edition_pack(folder, "x.csv", stk_text_of("hello"), "pledges/", &packed, error);
    }
    if (status == STK_OK) {
        status = stk_edition_open_packed(packed.data, packed.size, &pack, error);
    }
    if (status == STK_OK) {
        status = stk_edition_read(pack, "global/gwp.csv", &content, error);
    }
    stk_edition_free(pack);
    stk_edition_free(folder);
    free((char *)packed.data);
    return status;
}

static stk_status read_refused_pledges(stk_error *error)
{
    static const char yaml[] = "iso3: BRA\ndocuments:\n- submission_date: 2021-04-22\n"
                               "  status: submitted\n  targets:\n"
                               "  - {target_year: 2030, kind: wish, confidence: A}\n"
                               "  - {target_year: 1030, kind: none, confidence: A}\n";
    stk_problems problems = {0};
    stk_pledges *pledges;
    stk_status status =
        stk_pledges_read("BRA.yaml", stk_text_of(yaml), NULL, &pledges, &problems, error);
    stk_pledges_free(pledges);
    stk_problems_free(&problems);
    return status == STK_EDATA ? STK_OK : status;
}

static stk_data shared;

static stk_status write_pledges(stk_error *error)
{
    stk_text csv = {NULL, 0};
    stk_text yaml = {NULL, 0};
    stk_pledges *again = NULL;
    stk_status status = stk_pledges_write_csv(shared.pledges, &csv, error);
    if (status == STK_OK) {
        status = stk_pledges_read("p.csv", csv, shared.inventory, &again, NULL, error);
    }
    if (status == STK_OK) {
        status = stk_pledges_write_yaml(again, "USA", &yaml, error);
    }
    stk_pledges_free(again);
    free((char *)csv.data);
    free((char *)yaml.data);
    return status;
}

/* A document and what-ifs over each other, and all of them taken back. */
static stk_status suppose(stk_error *error)
{
    static const char document[] = "submission_date: 2021-04-22\nstatus: submitted\ntargets:\n"
                                   "- {target_year: 2030, kind: baseline, reduction_low_pct: 30, "
                                   "confidence: A}\n";
    static const char *const words[] = {"BRA,CHN 2035=-10%", "CHN net-zero=2055"};
    static stk_what_if what_if;
    stk_options options = {.as_of = {.date = 20210422}};
    stk_world *world = NULL;
    stk_pledges *layers[3] = {NULL, NULL, NULL};
    stk_pledges *over = NULL;
    stk_status status = stk_pledges_read_documents("text", stk_text_of(document), "CHN", "China",
                                                   shared.inventory, &over, NULL, error);
    if (status == STK_OK) {
        status = stk_pledges_overlay(shared.pledges, over, &layers[0], error);
    }
    if (status == STK_OK) {
        status =
            stk_world_make(shared.inventory, layers[0], shared.baseline, &options, &world, error);
    }
    for (int i = 0; i < 2 && status == STK_OK; i++) {
        status = stk_what_if_parse(world, stk_text_of(words[i]), &what_if, error);
        if (status == STK_OK) {
            status = stk_what_if_apply(&what_if, world, &layers[i + 1], NULL, error);
        }
    }
    stk_world_free(world);
    for (int i = 2; i >= 0; i--) {
        stk_pledges_free(layers[i]);
    }
    return status;
}

/* An edition with a document of somebody's, as it lies in a page. */
static stk_status pack_for_page(stk_error *error)
{
    static const char document[] = "submission_date: 2021-04-22\nstatus: submitted\ntargets:\n"
                                   "- {target_year: 2030, kind: baseline, reduction_low_pct: 30, "
                                   "confidence: A}\n";
    stk_pledges *over = NULL;
    stk_pledges *laid = NULL;
    stk_text packed = {NULL, 0};
    stk_buffer zipped = {0};
    stk_buffer text = {0};
    stk_data data = shared;
    stk_status status = stk_pledges_read_documents("text", stk_text_of(document), "CHN", "China",
                                                   shared.inventory, &over, NULL, error);
    if (status == STK_OK) {
        status = stk_pledges_overlay(shared.pledges, over, &laid, error);
        data.pledges = laid;
    }
    if (status == STK_OK) {
        status = stk_data_pack_page(&data, "own.yaml", &packed, error);
    }
    if (status == STK_OK) {
        status = stk_gzip(packed, &zipped, error);
    }
    if (status == STK_OK) {
        stk_base64((stk_text){zipped.data, zipped.size}, &text);
        status = stk_buffer_status(&text, error);
    }
    if (status == STK_OK) {
        hold((stk_text){text.data, text.size});
    }
    stk_buffer_free(&text);
    stk_buffer_free(&zipped);
    free((char *)packed.data);
    stk_pledges_free(laid);
    return status;
}

static stk_status assess_and_report(stk_error *error)
{
    stk_assess_request request = {
        .options = {.as_of = {.date = 20210422, .include_announced = true},
                    .extension = STK_EXTEND_NET_ZERO,
                    .net_zero = STK_NET_ZERO_PLEDGE,
                    .binding = STK_NET_ZERO_POLICY},
        .since = 20210420,
        .year = 2030};
    stk_assessment *assessment = NULL;
    stk_buffer text = {0};
    const stk_gwp_table *gwp = stk_inventory_gwp(shared.inventory);
    stk_status status = stk_benchmark_find(shared.edition, gwp, "C1", NULL, (stk_text){NULL, 0},
                                           2030, &request.benchmark, error);
    if (status == STK_OK) {
        status = stk_assess(&shared, &request, &assessment, error);
    }
    if (status == STK_OK) {
        status = stk_report_text(assessment, &shared, -1, &text, error);
        hold((stk_text){text.data, text.size});
    }
    stk_assessment_free(assessment);
    stk_buffer_free(&text);
    return status;
}

static stk_status write_table(const dataset *c, stk_error *error)
{
    stk_iamc *table = NULL;
    char *text = NULL;
    size_t size;
    stk_status status = dataset_iamc(c, &table, error);
    if (status == STK_OK) {
        status = stk_iamc_write(table, &text, &size, error);
    }
    if (status == STK_OK) {
        hold((stk_text){text, size});
    }
    stk_iamc_free(table);
    free(text);
    return status;
}

static stk_status make_data_sets(stk_error *error)
{
    static dataset c;
    static stk_benchmark years[STK_PATH_YEARS];
    const bool rules[2] = {true, false};
    const stk_gwp_table *gwp = stk_inventory_gwp(shared.inventory);
    stk_options options = {.as_of = {.date = 20210422}};
    stk_world *world = NULL;
    stk_status status =
        stk_world_make(shared.inventory, shared.pledges, shared.baseline, &options, &world, error);
    if (status == STK_OK) {
        const stk_national *one = stk_world_national(world, 0);
        status = series_pathways(world, gwp, &one, 1, true, &c, error);
        status = status != STK_OK ? status : write_table(&c, error);
        dataset_free(&c);
    }
    stk_world_free(world);
    if (status == STK_OK) {
        status = stk_benchmark_find_years(shared.edition, gwp, "C1", NULL, (stk_text){NULL, 0},
                                          STK_PATH_FIRST, STK_PATH_LAST, years, error);
    }
    if (status == STK_OK) {
        status = series_gap(&shared, &options, years, rules, &c, error);
        status = status != STK_OK ? status : write_table(&c, error);
        dataset_free(&c);
    }
    return status;
}

static stk_status make_timeline(stk_error *error)
{
    stk_timeline_request request = {.options = {.as_of = {.date = 20210422},
                                                .extension = STK_EXTEND_NET_ZERO,
                                                .net_zero = STK_NET_ZERO_PLEDGE,
                                                .binding = STK_NET_ZERO_POLICY},
                                    .from = 20210419,
                                    .year = 2030};
    stk_timeline *timeline = NULL;
    stk_status status = stk_timeline_make(&shared, &request, &timeline, error);
    stk_timeline_free(timeline);
    return status;
}

static stk_data whole; /* the embedded edition: stories need scenarios and a climate */
static page_content told;

static stk_status tell(stk_error *error)
{
    static content_request request;
    const stk_gwp_table *gwp = stk_inventory_gwp(whole.inventory);
    request.assess = (stk_assess_request){.options = {.as_of = {.date = 20210422},
                                                      .extension = STK_EXTEND_NET_ZERO,
                                                      .net_zero = STK_NET_ZERO_PLEDGE,
                                                      .binding = STK_NET_ZERO_POLICY},
                                          .since = 20210420,
                                          .year = 2030};
    for (int chart = 0; chart < CONTENT_CHARTS; chart++) {
        request.charts[chart] = true;
    }
    stk_status status = stk_benchmark_find(whole.edition, gwp, "C1", NULL, (stk_text){NULL, 0},
                                           2030, &request.assess.benchmark, error);
    if (status == STK_OK) {
        status =
            stk_benchmark_find_years(whole.edition, gwp, "C1", NULL, (stk_text){NULL, 0},
                                     CHART_GAP_FIRST, CHART_GAP_LAST, request.benchmark, error);
    }
    return status != STK_OK ? status : content_tell(&whole, &request, &told, error);
}

static stk_status tell_again(stk_error *error)
{
    page_content before = told;
    told = (page_content){0};
    stk_status status = tell(error);
    content_close(&told);
    told = before;
    return status;
}

static stk_status draw_charts(stk_error *error)
{
    stk_status status = STK_OK;
    for (int chart = 0; chart < CONTENT_CHARTS && status == STK_OK; chart++) {
        chart_look look = {.width = 400 * (1 + chart % 2), .standalone = true, .id = "c"};
        stk_buffer out = {0};
        status = content_draw(&told, (content_chart)chart, "BRA", &look, &out, error);
        hold((stk_text){out.data, out.size});
        stk_buffer_free(&out);
    }
    return status;
}

static stk_status write_page(stk_error *error)
{
    stk_buffer out = {0};
    stk_status status = page_write(&told, "stocktake report", &out, error);
    hold((stk_text){out.data, out.size});
    stk_buffer_free(&out);
    return status;
}

static stk_status use_own_files(stk_error *error)
{
    stk_baseline_files files = {
        .drivers_name = "d",
        .drivers = stk_text_of("Region,Variable,Unit,2020,2030\nCHN,GDP|PPP,billion,2,3\n"),
        .baselines_name = "b",
        .baselines = stk_text_of("iso3,gwp,2030,2040\nCHN,AR6,2,3\n\"USA\",AR6,\"2\",3\n")};
    stk_baseline *baseline;
    stk_status status = stk_baseline_make(shared.inventory, &files, &baseline, error);
    stk_baseline_free(baseline);
    return status;
}

static stk_status write_and_read_a_file(stk_error *error)
{
    stk_text content = {NULL, 0};
    const char *path = test_scratch("memory.txt");
    static char large[100000];
    memset(large, 'x', sizeof large);
    stk_status status = stk_file_write(path, (stk_text){large, sizeof large}, error);
    if (status == STK_OK) {
        status = stk_file_read(path, &content, error);
        free((char *)content.data);
    }
    remove(path);
    return status;
}

static stk_status read_a_packed_file(stk_error *error)
{
    stk_text content = {NULL, 0};
    stk_status status =
        stk_file_unpack(TEST_SOURCE_DIR "/../fuzz/corpus/unpack/table.zip", &content, error);
    free((char *)content.data);
    return status == STK_ENOTFOUND ? STK_OK : status; /* without libarchive */
}

static void opening_an_edition(void **state)
{
    (void)state;
    fail_each_call(open_folder);
}

static void packing(void **state)
{
    (void)state;
    fail_each_call(pack_and_open);
}

static void refused_pledges(void **state)
{
    (void)state;
    fail_each_call(read_refused_pledges);
}

static void writing_pledges(void **state)
{
    (void)state;
    fail_each_call(write_pledges);
}

static void packing_for_a_page(void **state)
{
    (void)state;
    fail_each_call(pack_for_page);
}

static void supposing(void **state)
{
    (void)state;
    fail_each_call(suppose);
}

static void assessing(void **state)
{
    (void)state;
    fail_each_call(assess_and_report);
}

static void data_sets(void **state)
{
    (void)state;
    fail_each_call(make_data_sets);
}

static void timelines(void **state)
{
    (void)state;
    fail_each_call(make_timeline);
}

/* Every call of these would take minutes; a prime stride meets different ones in each chart. */
static void stories(void **state)
{
    (void)state;
    stk_error error = {.status = STK_OK};
    assert_ok(stk_data_open(&whole, NULL, NULL, &error), &error);
    assert_ok(tell(&error), &error);
    fail_calls(tell_again, 397);
    fail_calls(draw_charts, 1);
    fail_calls(write_page, 3);
    content_close(&told);
    stk_data_close(&whole);
}

/* What is read of climate finance, and every kind of answer. */
static stk_status account(stk_error *error)
{
    static stk_finance_share shares[STK_FINANCE_MEMBERS_MAX];
    stk_finance *finance = NULL;
    stk_finance_said *said = NULL;
    stk_finance_news *news = NULL;
    stk_finance_weights weights;
    size_t count;
    stk_status status = stk_finance_load(whole.edition, whole.inventory, &finance, NULL, error);
    stk_finance_view view = {.finance = finance, .as_of = 20260801, .source = "OECD"};
    status = status != STK_OK ? status : stk_finance_weights_read(NULL, 1990, &weights, error);
    status = status != STK_OK ? status
                              : stk_finance_shares(&view, &weights, 2020, shares, &count, error);
    status = status != STK_OK
                 ? status
                 : stk_finance_said_of(&view, shares[0].area, 0, NULL, &said, &count, error);
    status = status != STK_OK
                 ? status
                 : stk_finance_learned(&view, 20090101, true, -1, &news, &count, error);
    free(said);
    free(news);
    stk_finance_free(finance);
    return status;
}

static void climate_finance(void **state)
{
    (void)state;
    stk_error error = {.status = STK_OK};
    assert_ok(stk_data_open(&whole, NULL, NULL, &error), &error);
    assert_ok(account(&error), &error); /* the edition keeps what it has unpacked */
    fail_each_call(account);
    stk_data_close(&whole);
}

/* ---- answers of a session ---- */

static stk_session *session;
static const char *asked;
static const char *format;

static stk_status ask(stk_error *error)
{
    const char *bytes;
    size_t size;
    int result = stk_session_ask(session, asked, format, &bytes, &size);
    if (result != STK_DONE) {
        return stk_error_set(error, result == STK_REFUSED_MEMORY ? STK_EMEM : STK_EDATA,
                             "%s as %s: %s", asked, format, stk_session_message(session));
    }
    hold((stk_text){bytes, size});
    return STK_OK;
}

typedef struct asking {
    const char *question;
    const char *formats[4];
} asking;

static void ask_all(const char *edition, const char *date, const asking *all, size_t count)
{
    assert_int_equal(stk_session_open(edition, &session), STK_DONE);
    assert_int_equal(stk_session_set(session, "as-of", date), STK_DONE);
    json_set_alloc_funcs(__wrap_malloc, free);
    for (size_t i = 0; i < count; i++) {
        asked = all[i].question;
        for (const char *const *f = all[i].formats; *f != NULL; f++) {
            format = *f;
            fail_calls(ask, 3);
        }
    }
    json_set_alloc_funcs(malloc, free);
    stk_session_close(session);
}

static void answers(void **state)
{
    static const asking small[] = {
        {"assess --year 2030 --no-warming --since 2021-04-20", {"text", "csv", "json"}},
        {"assess --year 2030 --no-warming --what-if 'BRA 2030=-10%'", {"text", "csv", "json"}},
        {"targets", {"text", "csv", "json"}},
        {"targets --trace", {"text", "csv", "json"}},
        {"country BRA", {"text", "csv", "json"}},
        {"pathways --area BRA --what-if 'BRA 2030=-10%'", {"text", "json", "iamc"}},
        {"gap --year 2030", {"text", "json"}},
        {"timeline --no-warming --year 2030", {"text", "csv", "json"}},
        {"history --area BRA", {"text", "json"}},
    };
    static const asking whole_edition[] = {
        {"finance", {"text", "json"}},
        {"finance USA --year 2020", {"text", "csv"}},
        {"finance --components --year 2020", {"json"}},
        {"finance --since 2023-01-01", {"text"}},
        {"fairness IND --year 2035", {"text", "json"}},
        {"fairness IND --budget", {"csv"}},
        {"targets --rating --area IND", {"csv"}},
    };
    (void)state;
    ask_all(mini, "2021-04-22", small, sizeof small / sizeof *small);
    ask_all(NULL, "2023-11-30", whole_edition, sizeof whole_edition / sizeof *whole_edition);
}

static void own_files(void **state)
{
    (void)state;
    fail_each_call(use_own_files);
}

static void files(void **state)
{
    (void)state;
    fail_each_call(write_and_read_a_file);
    fail_each_call(read_a_packed_file);
}

static int open_shared(void **state)
{
    (void)state;
    stk_error error;
    snprintf(mini, sizeof mini, "%s/data/mini", TEST_SOURCE_DIR);
    assert_ok(stk_data_open(&shared, mini, NULL, &error), &error);
    return 0;
}

static int close_shared(void **state)
{
    (void)state;
    stk_data_close(&shared);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opening_an_edition), cmocka_unit_test(packing),
        cmocka_unit_test(refused_pledges),    cmocka_unit_test(writing_pledges),
        cmocka_unit_test(packing_for_a_page), cmocka_unit_test(supposing),
        cmocka_unit_test(assessing),          cmocka_unit_test(data_sets),
        cmocka_unit_test(timelines),          cmocka_unit_test(stories),
        cmocka_unit_test(climate_finance),    cmocka_unit_test(answers),
        cmocka_unit_test(own_files),          cmocka_unit_test(files),
    };
    return cmocka_run_group_tests(tests, open_shared, close_shared);
}
