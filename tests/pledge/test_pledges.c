/** @file test_pledges.c
 * @brief Reading, writing and refusing pledge documents.
 */
#include "support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

/* ---- round trips ---- */

static void embedded_pledges_make_the_round_trip_byte_for_byte(void **state)
{
    (void)state;
    stk_pledges *from_yaml;
    stk_pledges *from_csv;
    stk_edition *folder;
    stk_text first;
    stk_text second;
    stk_error error;
    size_t count;
    assert_ok(stk_edition_open_folder(TEST_DATA_DIR, &folder, &error), &error);
    assert_ok(stk_pledges_load(folder, test_data()->inventory, &from_yaml, NULL, &error), &error);
    assert_ok(stk_pledges_write_csv(from_yaml, &first, &error), &error);
    assert_ok(stk_pledges_read("p.csv", first, test_data()->inventory, &from_csv, NULL, &error),
              &error);
    assert_ok(stk_pledges_write_csv(from_csv, &second, &error), &error);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    /* and each Party's file comes out of the table as it is in the folder */
    const stk_target *targets;
    size_t parties = 0;
    assert_true(stk_pledges_target_count(from_csv) > 800);
    for (; (targets = stk_pledges_party(from_csv, parties, &count)) != NULL; parties++) {
        char path[64];
        stk_text file;
        stk_text yaml;
        snprintf(path, sizeof path, "pledges/%s.yaml", targets->iso3);
        assert_ok(stk_edition_read(folder, path, &file, &error), &error);
        assert_ok(stk_pledges_write_yaml(from_csv, targets->iso3, &yaml, &error), &error);
        assert_int_equal(file.size, yaml.size);
        assert_memory_equal(file.data, yaml.data, file.size);
        free((char *)yaml.data);
    }
    assert_true(parties >= 197 && parties == stk_pledges_party_count(from_csv));
    free((char *)first.data);
    free((char *)second.data);
    stk_pledges_free(from_csv);
    stk_pledges_free(from_yaml);
    stk_edition_free(folder);
}

static void a_party_without_pledges_has_no_yaml(void **state)
{
    (void)state;
    stk_text yaml;
    stk_error error;
    size_t count;
    assert_int_equal(stk_pledges_write_yaml(test_data()->pledges, "XXX", &yaml, &error),
                     STK_ENOTFOUND);
    assert_null(stk_pledges_of(test_data()->pledges, "XXX", &count));
    assert_int_equal(count, 0);
}

/* ---- reading single files ---- */

/* A good file that the cases below spoil in one place. */
static const char good[] = "iso3: BRA\n"
                           "party: Brazil\n"
                           "documents:\n"
                           "- submission_date: 2021-04-22\n"
                           "  status: submitted\n"
                           "  gwp: AR5\n"
                           "  lulucf_included: N\n"
                           "  targets:\n"
                           "  - target_year: 2030\n"
                           "    kind: base_year\n"
                           "    metric: ghg\n"
                           "    reference_year: 2005\n"
                           "    reduction_low_pct: 40\n"
                           "    reduction_high_pct: 43\n"
                           "    conditional: U\n"
                           "    confidence: A\n";

static stk_status read_yaml(const char *yaml, stk_problems *problems, stk_error *error)
{
    stk_pledges *pledges;
    stk_status status = stk_pledges_read("BRA.yaml", stk_text_of(yaml), test_data()->inventory,
                                         &pledges, problems, error);
    assert_int_equal(status == STK_OK, pledges != NULL);
    stk_pledges_free(pledges);
    return status;
}

/* `good` with the first `from` replaced, and `more` at the end; to be freed. */
static char *spoil(const char *from, const char *to, const char *more)
{
    size_t size = sizeof good + strlen(to) + strlen(more) + 1;
    char *yaml = malloc(size);
    const char *at = strstr(good, from);
    assert_non_null(yaml);
    assert_non_null(at);
    snprintf(yaml, size, "%.*s%s%s%s", (int)(at - good), good, to, at + strlen(from), more);
    return yaml;
}

static void a_good_file_is_read(void **state)
{
    (void)state;
    stk_pledges *pledges;
    stk_error error;
    size_t count;
    assert_ok(stk_pledges_read("BRA.yaml", stk_text_of(good), test_data()->inventory, &pledges,
                               NULL, &error),
              &error);
    const stk_target *t = stk_pledges_party(pledges, 0, &count);
    assert_int_equal(count, 1);
    assert_string_equal(t->iso3, "BRA");
    assert_int_equal(t->submitted, 20210422);
    assert_int_equal(t->year, 2030);
    assert_true(t->reduction_pct[STK_LOW] == 40 && t->reduction_pct[STK_HIGH] == 43);
    assert_nan(t->level_mt[STK_LOW]);
    assert_true(t->has_condition[STK_UNCONDITIONAL]);
    assert_true(!t->has_condition[STK_CONDITIONAL]);
    assert_int_equal(t->gases, 127);
    assert_int_equal(t->lulucf, STK_TARGET_LULUCF_EXCLUDED);
    assert_string_equal(t->gwp, "AR5");
    assert_int_equal(t->line, 10);
    stk_pledges_events(pledges, &count);
    assert_int_equal(count, 0);
    stk_pledges_free(pledges);
}

static void impossible_values_are_refused_with_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        const char *to;
        long line;
        long column;
        const char *message;
    } cases[] = {
        {"_low_pct: 40", "_low_pct: 101", 13, 24, "reduction_low_pct: '101' is refused"},
        {"_low_pct: 40", "_low_pct: -1001", 13, 24, "a per cent from -1000 to 100"},
        {"_low_pct: 40", "_low_pct: 44", 13, 24, "a per cent not above reduction_high_pct"},
        {"_low_pct: 40", "_low_pct: 4,5", 13, 24, "a number with a decimal point"},
        {"_low_pct: 40", "_low_pct: forty", 13, 24, "'forty' is refused"},
        {"_high_pct: 43", "_high_pct: 101", 14, 25, "reduction_high_pct: '101' is refused"},
        {"target_year: 2030", "target_year: 2101", 9, 18, "a year from 1850 to 2100"},
        {"target_year: 2030", "target_year: 1849", 9, 18, "a year from 1850 to 2100"},
        {"target_year: 2030", "target_year: 2030.5", 9, 18, "target_year: '2030.5' is refused"},
        {"target_year: 2030", "target_year:", 9, 17, "every kind but none and unknown needs one"},
        {"reference_year: 2005", "reference_year: 2031", 12, 21, "a year before target_year"},
        {"reference_year: 2005", "reference_year: 2030", 12, 21, "a year before target_year"},
        {"reference_year: 2005", "reference_year: 1600", 12, 21, "a year from 1850 to 2100"},
        {"    reference_year: 2005\n", "", 9, 5, "kinds base_year and intensity need one"},
        {"iso3: BRA", "iso3: BRX", 1, 7, "the code of a country in countries.csv, or EUU"},
        {"iso3: BRA", "iso3: bra", 1, 7, "three capital letters"},
        {"iso3: BRA", "iso3: BRAZ", 1, 7, "three capital letters"},
        {"2021-04-22", "2021-04-31", 4, 20, "submission_date: '2021-04-31' is refused"},
        {"2021-04-22", "22.4.2021", 4, 20, "a date as 2021-04-22"},
        {"status: submitted", "status: sent", 5, 11, "submitted, indc, announced, draft"},
        {"kind: base_year", "kind: wish", 10, 11, "kind: 'wish' is refused"},
        {"kind: base_year", "kind: absolute", 9, 5, "kinds absolute and budget need one"},
        {"kind: base_year", "kind: budget", 9, 5, "kinds absolute and budget need one"},
        {"confidence: A", "confidence: A\n    abs_reduction_mt: 1e308", 17, 23,
         "from -1000000 to 1000000"},
        {"confidence: A", "confidence: A\n    abs_high_mt: 1e9", 17, 18,
         "from -1000000 to 1000000"},
        {"confidence: A", "confidence: A\n    ref_level_mt_stated: 1e9", 17, 26,
         "from -1000000 to 1000000"},
        {"metric: ghg", "metric: dollars", 11, 13, "ghg, co2, ch4 or n2o"},
        {"metric: ghg", "metric: ghg_per_gdp_per_capita", 11, 13, "either _per_gdp or _per_capita"},
        {"metric: ghg", "metric: ghg_cumulative_2030_2021", 11, 13, "the first not after the"},
        {"metric: ghg", "metric: ghg_cumulative", 11, 13, "two years after _cumulative_"},
        {"metric: ghg", "metric: ghg_cumulative_2021", 11, 13, "two years after _cumulative_"},
        {"conditional: U", "conditional: maybe", 15, 18, "U, C, UC or nothing"},
        {"confidence: A", "confidence: Z", 16, 17, "A, A*, B, S, C or R"},
        {"confidence: A", "confidence:", 16, 16, "A, A*, B, S, C or R"},
        {"gwp: AR5", "gwp: AR7", 6, 8, "SAR, AR4, AR5, AR6, unknown or nothing"},
        {"lulucf_included: N", "lulucf_included: maybe", 7, 20, "lulucf_included: 'maybe'"},
        {"metric: ghg", "metric: ghg\n    abs_low_mt: 9\n    abs_high_mt: 8", 12, 17,
         "a level not above abs_high_mt"},
        {"metric: ghg", "metric: ghg\n    ref_level_mt_stated: -3", 12, 26,
         "a positive number of Mt"},
        {"    reduction_low_pct: 40\n    reduction_high_pct: 43\n", "", 9, 5,
         "the kind needs one"}};
    char text[1024];
    stk_error error;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *yaml = spoil(cases[i].from, cases[i].to, "");
        assert_int_equal(read_yaml(yaml, NULL, &error), STK_EDATA);
        stk_error_format(&error, text, sizeof text);
        assert_has(text, "BRA.yaml:");
        assert_has(text, "allowed: ");
        assert_has(text, cases[i].message);
        if (error.line != cases[i].line || error.column != cases[i].column) {
            print_error("%s: not at %ld:%ld\n", text, cases[i].line, cases[i].column);
            fail();
        }
        free(yaml);
    }
}

static void a_target_stated_twice_is_refused(void **state)
{
    (void)state;
    stk_error error;
    char *yaml = spoil("iso3: BRA", "iso3: BRA",
                       "  - target_year: 2030\n    kind: base_year\n    metric: ghg\n"
                       "    reference_year: 2005\n    reduction_low_pct: 40\n"
                       "    reduction_high_pct: 43\n    conditional: U\n    confidence: B\n");
    assert_int_equal(read_yaml(yaml, NULL, &error), STK_EDATA);
    assert_has(error.message, "this target of BRA is there twice (first in line 10)");
    assert_int_equal(error.line, 18);
    free(yaml);
}

/* `good` and `count` more targets, each a year (or a gas) after the other. */
static char *with_targets(int count, bool same_year)
{
    static char more[8192];
    size_t used = 0;
    for (int i = 0; i < count; i++) {
        used += (size_t)snprintf(more + used, sizeof more - used,
                                 "  - target_year: %d\n    kind: base_year\n    metric: ghg\n"
                                 "    reference_year: 2005\n    reduction_low_pct: %d\n"
                                 "    conditional: U\n    confidence: A\n",
                                 same_year ? 2030 : 2031 + i, 1 + i);
    }
    return spoil("iso3: BRA", "iso3: BRA", more);
}

static void more_targets_than_there_is_room_for_are_refused(void **state)
{
    (void)state;
    stk_error error;
    for (int same_year = 0; same_year < 2; same_year++) {
        char *most = with_targets(15, same_year != 0);
        assert_ok(read_yaml(most, NULL, &error), &error);
        free(most);
        char *over = with_targets(16, same_year != 0);
        assert_int_equal(read_yaml(over, NULL, &error), STK_EDATA);
        assert_has(error.message, same_year ? "at most 16 targets" : "at most 16 years");
        assert_true(error.line > 100);
        free(over);
    }
}

static void files_that_are_no_pledges_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *yaml;
        long line;
        const char *message;
    } cases[] = {
        {"", 1, "the file is empty"},
        {"# nothing\n", 1, "the file is empty"},
        {"- a\n- b\n", 1, "a mapping (key: value) is needed here"},
        {"iso3: BRA\n", 1, "'documents' with a list"},
        {"iso3: BRA\ndocuments: 5\n", 1, "'documents' with a list"},
        {"iso3: BRA\ndocuments: []\n", 1, "'documents' with a list"},
        {"iso3: BRA\ndocuments:\n- status: submitted\n", 3, "'targets' with a list"},
        {"iso3: BRA\ndocuments:\n- 5\n", 3, "a mapping (key: value) is needed"},
        {"iso3: BRA\ncolour: red\n", 2, "'colour' is no key of a party"},
        {"iso3: BRA\ndocuments:\n- colour: red\n", 3, "'colour' is no key of a document"},
        {"iso3: BRA\ndocuments:\n- targets:\n  - colour: red\n", 4,
         "'colour' is no key of a target"},
        {"iso3: BRA\ndocuments:\n- targets:\n  - iso3: USA\n", 4, "'iso3' is no key of a target"},
        {"iso3: BRA\niso3: USA\n", 2, "this key is there twice"},
        {"iso3: [BRA]\n", 1, "a single value is needed here"},
        {"? [a]\n: b\n", 1, "a key must be a plain word"},
        {"iso3: BRA\n\tparty: x\n", 2, "not valid YAML"},
        {"iso3: 'BRA\n", 2, "not valid YAML"},
        {"iso3: *nobody\n", 1, "anchors and aliases are refused"},
        {"iso3: BRA\nparty: \xe9t\xe9\n", 2, "is not UTF-8"},
        {"%YAML 9.9\n---\na: b\n", 1, "not valid YAML"}};
    stk_error error;
    char text[1024];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(read_yaml(cases[i].yaml, NULL, &error), STK_EFORMAT);
        stk_error_format(&error, text, sizeof text);
        assert_has(text, cases[i].message);
        if (error.line != cases[i].line) {
            print_error("%s: not in line %ld\n", text, cases[i].line);
            fail();
        }
    }
}

/* Only the first document of a stream would be read, the rest lost without a word. */
static void more_than_one_yaml_document_is_refused(void **state)
{
    (void)state;
    stk_error error;
    char *yaml = spoil("iso3", "iso3", "---\niso3: USA\n");
    assert_int_equal(read_yaml(yaml, NULL, &error), STK_EFORMAT);
    assert_has(error.message, "one YAML document");
    free(yaml);
    char *nul = spoil("party: Brazil", "party: \"Bra\\0zil\"", "");
    assert_int_equal(read_yaml(nul, NULL, &error), STK_EFORMAT);
    assert_has(error.message, "NUL");
    free(nul);
}

static void windows_files_are_read(void **state)
{
    (void)state;
    stk_buffer yaml = {0};
    stk_error error;
    stk_buffer_text(&yaml, "\xef\xbb\xbf");
    for (const char *c = good; *c != '\0'; c++) {
        stk_buffer_append(&yaml, *c == '\n' ? stk_text_of("\r\n") : (stk_text){c, 1});
    }
    assert_ok(read_yaml(yaml.data, NULL, &error), &error);
    stk_buffer_free(&yaml);
}

static void every_refused_row_is_reported_and_nothing_loaded(void **state)
{
    (void)state;
    stk_problems problems = {0};
    stk_error error;
    char *yaml = spoil("reduction_low_pct: 40", "reduction_low_pct: 200",
                       "  - target_year: 2035\n    kind: wish\n    confidence: A\n"
                       "  - target_year: 2040\n    kind: none\n    confidence: A\n"
                       "  - target_year: 2222\n    kind: none\n    confidence: A\n");
    assert_int_equal(read_yaml(yaml, &problems, &error), STK_EDATA);
    assert_int_equal(problems.count, 3);
    assert_int_equal(problems.items[0].line, 13);
    assert_int_equal(problems.items[1].line, 18);
    assert_int_equal(problems.items[2].line, 23);
    assert_int_equal(error.line, 13);
    stk_problems_free(&problems);
    assert_int_equal(read_yaml("x", &problems, &error), STK_EFORMAT);
    assert_int_equal(problems.count, 1);
    stk_problems_free(&problems);
    free(yaml);
}

static stk_status read_csv(const char *csv, stk_error *error)
{
    stk_pledges *pledges;
    stk_status status = stk_pledges_read("p.csv", stk_text_of(csv), NULL, &pledges, NULL, error);
    stk_pledges_free(pledges);
    return status;
}

static void tables_are_refused_with_their_place(void **state)
{
    (void)state;
    stk_pledges *pledges;
    stk_text csv;
    stk_error error;
    assert_ok(stk_pledges_read("x.yml", stk_text_of(good), NULL, &pledges, NULL, &error), &error);
    assert_ok(stk_pledges_write_csv(pledges, &csv, &error), &error);
    stk_pledges_free(pledges);
    assert_ok(read_csv(csv.data, &error), &error);
    char *at = strstr(csv.data, ",40,");
    assert_non_null(at);
    at[1] = 'x';
    assert_int_equal(read_csv(csv.data, &error), STK_EDATA);
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, at + 2 - strchr(csv.data, '\n') - 1);
    assert_has(error.message, "reduction_low_pct: 'x0' is refused");
    memcpy(strstr(csv.data, "conditional"), "Conditional", 11);
    assert_int_equal(read_csv(csv.data, &error), STK_EFORMAT);
    assert_has(error.message, "the column 'conditional' is missing");
    assert_int_equal(read_csv("\"", &error), STK_EFORMAT);
    free((char *)csv.data);
}

/* ---- the words of the documents ---- */

static void words_of_documents(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        const char *to;
        unsigned gases;
        unsigned sectors;
    } cases[] = {{"gwp: AR5", "gases: CO2+CH4+N2O", 7, STK_SECTOR_ALL},
                 {"gwp: AR5", "gases: SF6+CO2", 33, STK_SECTOR_ALL},
                 {"gwp: AR5", "gases: ''", 127, STK_SECTOR_ALL},
                 {"gwp: AR5", "sectors: energy+waste+lulucf", 127,
                  STK_SECTOR_ENERGY | STK_SECTOR_WASTE | STK_SECTOR_LULUCF},
                 {"gwp: AR5", "sectors: transport", 127, STK_SECTOR_ENERGY},
                 {"metric: ghg", "metric: co2@fossil", 1, STK_SECTOR_ALL},
                 {"metric: ghg", "metric: ghg@agriculture", 127, STK_SECTOR_AGRICULTURE},
                 {"metric: ghg", "metric: ghg@electricity", 127, 0},
                 {"metric: ghg", "metric: ghg@forest", 127, STK_SECTOR_LULUCF}};
    stk_error error;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stk_pledges *pledges;
        size_t count;
        char *yaml = spoil(cases[i].from, cases[i].to, "");
        assert_ok(stk_pledges_read("x.yaml", stk_text_of(yaml), NULL, &pledges, NULL, &error),
                  &error);
        const stk_target *t = stk_pledges_party(pledges, 0, &count);
        assert_int_equal(t->gases, cases[i].gases);
        assert_int_equal(t->sectors, cases[i].sectors);
        stk_pledges_free(pledges);
        free(yaml);
    }
}

static void standing_of_net_zero_years(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        stk_net_zero standing;
    } cases[] = {{"law", STK_NET_ZERO_LAW},       {"policy", STK_NET_ZERO_POLICY},
                 {"pledge", STK_NET_ZERO_PLEDGE}, {"proposed", STK_NET_ZERO_PROPOSED},
                 {"other", STK_NET_ZERO_NONE},    {"", STK_NET_ZERO_NONE}};
    stk_error error;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stk_pledges *pledges;
        size_t count;
        char line[160];
        snprintf(line, sizeof line, "net_zero_year: 2050\n  net_zero_status: '%s'", cases[i].words);
        char *yaml = spoil("gwp: AR5", line, "");
        assert_ok(stk_pledges_read("x.yaml", stk_text_of(yaml), NULL, &pledges, NULL, &error),
                  &error);
        assert_int_equal(stk_pledges_party(pledges, 0, &count)->net_zero, cases[i].standing);
        stk_as_of later = {.date = 20300101};
        bool counts = cases[i].standing >= STK_NET_ZERO_PLEDGE;
        assert_int_equal(stk_pledges_net_zero(pledges, "BRA", later, STK_NET_ZERO_PLEDGE),
                         counts ? 2050 : 0);
        assert_int_equal(
            stk_pledges_net_zero(pledges, "BRA", (stk_as_of){.date = 20210421}, STK_NET_ZERO_LAW),
            0);
        stk_pledges_free(pledges);
        free(yaml);
    }
}

static void prose_in_columns_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *message;
    } cases[] = {{"gases: CO2, CH4", "gases: 'CO2, CH4' is refused; allowed: CO2, CH4, N2O"},
                 {"gases: CO2+", "joined by +, or nothing"},
                 {"net_zero_year: 2050\n  net_zero_status: Net zero / In law",
                  "allowed: law, policy, pledge, proposed, other or nothing"}};
    stk_error error;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stk_pledges *pledges;
        char *yaml = spoil("gwp: AR5", cases[i].line, "");
        assert_int_equal(
            stk_pledges_read("x.yaml", stk_text_of(yaml), NULL, &pledges, NULL, &error), STK_EDATA);
        assert_has(error.message, cases[i].message);
        free(yaml);
    }
}

/* A document's rows of one year are a run whatever stands between them in the file, and writing
 * gives the file's order back. */
static void rows_of_a_document_need_not_be_adjacent(void **state)
{
    (void)state;
    static const char yaml[] =
        "iso3: BRA\nparty: Brazil\ndocuments:\n- submission_date: 2021-01-01\n"
        "  status: submitted\n  targets:\n"
        "  - target_year: 2030\n    kind: absolute\n    metric: ghg\n    abs_low_mt: 10\n"
        "    conditional: U\n    confidence: A\n"
        "  - target_year: 2025\n    kind: absolute\n    metric: ghg\n    abs_low_mt: 20\n"
        "    conditional: U\n    confidence: A\n"
        "  - target_year: 2030\n    kind: absolute\n    metric: ghg\n    abs_low_mt: 5\n"
        "    conditional: C\n    confidence: A\n";
    stk_pledges *pledges;
    const stk_target *first;
    stk_text written;
    stk_error error;
    size_t count;
    stk_as_of later = {.date = 20300101};
    assert_ok(stk_pledges_read("BRA.yaml", stk_text_of(yaml), NULL, &pledges, NULL, &error),
              &error);
    assert_true(stk_pledges_choose(pledges, "BRA", 2030, later, &first, &count));
    assert_int_equal(count, 2);
    assert_true(first[0].level_mt[0] == 10);
    assert_true(first[1].level_mt[0] == 5);
    assert_true(stk_pledges_choose(pledges, "BRA", 2025, later, &first, &count));
    assert_int_equal(count, 1);
    assert_ok(stk_pledges_write_yaml(pledges, "BRA", &written, &error), &error);
    assert_int_equal(written.size, strlen(yaml));
    assert_memory_equal(written.data, yaml, written.size);
    free((char *)written.data);
    stk_pledges_free(pledges);
}

static void names(void **state)
{
    (void)state;
    assert_string_equal(stk_document_status_name(STK_DOCUMENT_DRAFT), "draft");
    assert_string_equal(stk_target_kind_name(STK_TARGET_BASELINE), "baseline");
    assert_string_equal(stk_condition_name(STK_CONDITIONAL), "conditional");
    assert_string_equal(stk_ambition_name(STK_HIGH), "high");
}

/* ---- editions ---- */

static stk_status load_with(const char *path, const char *from, const char *to,
                            stk_problems *problems, stk_error *error)
{
    stk_edition *edition;
    stk_pledges *pledges;
    assert_ok(stk_edition_open_folder(test_mini_with(path, from, to), &edition, error), error);
    stk_status status = stk_pledges_load(edition, NULL, &pledges, problems, error);
    stk_pledges_free(pledges);
    stk_edition_free(edition);
    return status;
}

static void editions_with_faults_are_refused(void **state)
{
    (void)state;
    stk_problems problems = {0};
    stk_error error;
    assert_int_equal(load_with("pledges/BRA.yaml", NULL, "oops", &problems, &error), STK_EFORMAT);
    assert_int_equal(problems.count, 1);
    stk_problems_free(&problems);
    assert_int_equal(load_with("pledges/party_events.csv", "withdraws", "leaves", NULL, &error),
                     STK_EDATA);
    assert_has(error.message, "withdraws, rejoins, leaves_joint or nothing");
    assert_int_equal(
        load_with("pledges/party_events.csv", "2020-12-12", "2020-13-12", NULL, &error), STK_EDATA);
    assert_int_equal(load_with("pledges/party_events.csv", "2020-12-12", "", NULL, &error),
                     STK_EDATA);
    assert_has(error.message, "a date, where the event has an effect");
    assert_int_equal(load_with("pledges/party_events.csv", "effect", "e", NULL, &error),
                     STK_EFORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(embedded_pledges_make_the_round_trip_byte_for_byte),
        cmocka_unit_test(a_party_without_pledges_has_no_yaml),
        cmocka_unit_test(a_good_file_is_read),
        cmocka_unit_test(impossible_values_are_refused_with_their_place),
        cmocka_unit_test(a_target_stated_twice_is_refused),
        cmocka_unit_test(more_targets_than_there_is_room_for_are_refused),
        cmocka_unit_test(files_that_are_no_pledges_are_refused),
        cmocka_unit_test(more_than_one_yaml_document_is_refused),
        cmocka_unit_test(windows_files_are_read),
        cmocka_unit_test(every_refused_row_is_reported_and_nothing_loaded),
        cmocka_unit_test(tables_are_refused_with_their_place),
        cmocka_unit_test(words_of_documents),
        cmocka_unit_test(standing_of_net_zero_years),
        cmocka_unit_test(prose_in_columns_is_refused),
        cmocka_unit_test(rows_of_a_document_need_not_be_adjacent),
        cmocka_unit_test(names),
        cmocka_unit_test(editions_with_faults_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, test_close_data);
}
