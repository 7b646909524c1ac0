/** @file test_refusals.c
 * @brief Bad calls on the face of the library: each is refused with a message, none harms the
 * session.
 *
 * Every table is run on a session that is open, on one whose opening was refused, and on none.
 */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <stocktake.h>

#include "base/csv.h"
#include "support/support.h"

#define LONG_100                                                                                   \
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" \
    "aaaaaaaa"
#define LONG_1000                                                                                  \
    LONG_100 LONG_100 LONG_100 LONG_100 LONG_100 LONG_100 LONG_100 LONG_100 LONG_100 LONG_100
#define PERCENTS "%s%n%d%%%100000d%p"
#define CONTROLS "\x1b[31m\a\b\x7f\n\r\t"
#define BAD_UTF8 "\xff\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80\xe2\x82"

static int calls;

/* ---- what is refused ---- */

typedef struct pair {
    const char *first;
    const char *second;
} pair;

static const pair options[] = {
    {NULL, NULL},
    {NULL, "2025-01-01"},
    {"", ""},
    {"", NULL},
    {" ", "1"},
    {"as_of", "2025-01-01"},
    {"asof", "2025-01-01"},
    {"--as-of", "2025-01-01"},
    {"AS-OF", "2025-01-01"},
    {LONG_1000, "1"},
    {PERCENTS, PERCENTS},
    {CONTROLS, "1"},
    {BAD_UTF8, BAD_UTF8},
    {"as-of", ""},
    {"as-of", "yesterday"},
    {"as-of", "2025-02-30"},
    {"as-of", "2025-1-1"},
    {"as-of", "20250101"},
    {"as-of", "0000-00-00"},
    {"as-of", "99999-01-01"},
    {"as-of", " 2025-01-01"},
    {"as-of", "2025-01-01 "},
    {"as-of", LONG_1000},
    {"as-of", PERCENTS},
    {"as-of", BAD_UTF8},
    {"since", "nan"},
    {"from", "inf"},
    {"hot-air", ""},
    {"hot-air", "Keep"},
    {"hot-air", "keep|cap"},
    {"hot-air", "|"},
    {"hot-air", LONG_1000},
    {"hot-air", PERCENTS},
    {"sinks", "nett"},
    {"lulucf-source", "last"},
    {"stated", CONTROLS},
    {"extend", "own-rate"},
    {"net-zero", "2050"},
    {"long-term", "library "},
    {"counterfactual", "neither"},
    {"condition", "unconditionally"},
    {"ambition", BAD_UTF8},
    {"include-announced", "yes"},
    {"ignore-withdrawal", "1"},
    {"no-warming", "false"},
    {"factorial", PERCENTS},
    {"trace", LONG_1000},
    {"format", "csv"},
    {"format", NULL},
    {"output", "x.csv"},
    {"edition", "data"},
    {"what-if", "IND 2035=3000Mt"},
    {"pledges", "x.yaml"},
    {"cases", "x.csv"},
    {"help", ""},
};

static const char *const what_ifs[] = {
    NULL,
    "",
    " ",
    "\t",
    ";",
    ";;",
    " ; ",
    "=",
    "==",
    "IND",
    "IND 2035",
    "IND 2035=",
    "IND=3000Mt",
    "IND =3000Mt",
    "2035=3000Mt",
    " 2035=3000Mt",
    "IND 2035 3000Mt",
    "IND 2035=3000",
    "IND 2035=Mt",
    "IND 2035=3000kt",
    "IND 2035=-3000Mt",
    "IND 2035=nanMt",
    "IND 2035=infMt",
    "IND 2035=-infMt",
    "IND 2035=1e400Mt",
    "IND 2035=1e300Gt",
    "IND 2035=0x10Mt",
    "IND 2035=3,000Mt",
    "IND 2035=3000MtMt",
    "IND 2035=999999Mt",
    "IND 2035=60%",
    "IND 2035=60%@2005",
    "IND 2035=-60",
    "IND 2035=-60%%",
    "IND 2035=-60%@",
    "IND 2035=-60%@05",
    "IND 2035=-60%@1800",
    "IND 2035=-60%@2035",
    "IND 2035=-60%@9999999999999999999",
    "IND 2035=-60%/",
    "IND 2035=-60%/GDP",
    "IND 2035=-60%/GDP@",
    "IND 2035=-60%/GDP@1850",
    "IND 2035=-60%/BAU@2005",
    "IND 2035=-60%/POP@2005",
    "IND 2035=-101%",
    "IND 2035=+301%",
    "IND 2035=-nan%",
    "IND 2035=+-5%",
    "IND 2035=--5%",
    "IND 2035=-%",
    "IND 1990=3000Mt",
    "IND 2000=-10%",
    "IND 2101=3000Mt",
    "IND 0=3000Mt",
    "IND -2035=3000Mt",
    "IND 2147483648=3000Mt",
    "IND 99999999999999999999=3000Mt",
    "IND 2035.5=3000Mt",
    "IND twenty35=3000Mt",
    "IND net-zero=",
    "IND net-zero=never",
    "IND net-zero=0",
    "IND net-zero=1999",
    "IND net-zero=2101",
    "IND net-zero=2060.5",
    "IND net-zero=-1",
    "IND net zeros=2060",
    "net-zero=2060",
    "Atlantis 2035=-10%",
    "Indya 2035=-10%",
    "IND,Atlantis 2035=-10%",
    ", 2035=-10%",
    "G20 2035=3000Mt",
    "BRA,IND 2035=3000Mt",
    "DEU 2035=-10%",
    "DEU,FRA 2035=300Mt",
    "AIR 2035=-10%",
    "BUNKERS 2035=-10%",
    "IND 2035=-10%; BRA",
    "IND 2035=-10%; Atlantis 2035=-10%",
    "IND 2035=-10%;BRA 2035=60%;USA 2035=-10%",
    PERCENTS,
    (PERCENTS " 2035=" PERCENTS),
    ("IND 2035=" PERCENTS),
    (CONTROLS " 2035=-10%"),
    ("IND 2035=" CONTROLS),
    (BAD_UTF8 " 2035=-10%"),
    ("IND 2035=" BAD_UTF8),
    LONG_1000,
    (LONG_1000 " 2035=-10%"),
    ("IND 2035=-" LONG_1000 "%"),
    ("IND " LONG_1000 "=-10%"),
};

static const pair targets[] = {
    {NULL, NULL},
    {NULL, "2035=3000Mt"},
    {"IND", NULL},
    {"", ""},
    {"", "2035=3000Mt"},
    {"IND", ""},
    {"IND", "net-zero=1900"},
    {"IND", "2035"},
    {"IND 2035=3000Mt", "2035=3000Mt"},
    {"IND;", "; BRA 2035=-10%"},
    {"Atlantis", "2035=3000Mt"},
    {LONG_1000, "2035=3000Mt"},
    {"IND", LONG_1000},
    {PERCENTS, "2035=3000Mt"},
    {"IND", PERCENTS},
    {BAD_UTF8, BAD_UTF8},
    {CONTROLS, "2035=-10%"},
};

static const struct {
    const char *area;
    int year;
} net_zeros[] = {
    {NULL, 2060},     {NULL, 0},         {"", 2060},       {"Atlantis", 0},  {"IND", -1},
    {"IND", INT_MAX}, {"IND", INT_MIN},  {"IND", 1},       {"IND", 2000},    {"IND", 2101},
    {PERCENTS, 0},    {LONG_1000, 2060}, {BAD_UTF8, 2060}, {CONTROLS, 2060}, {"DEU", 2045},
    {"AIR", 2050},    {"BRA,XYZ", 2050}, {"IND=", 2050},
};

#define PARTY "iso3: BRA\nparty: Brazil\n"

static const pair pledges[] = {
    {NULL, NULL},
    {NULL, PARTY},
    {"BRA", NULL},
    {"", ""},
    {"BRA", ""},
    {"BRA", "\n"},
    {"BRA", "{"},
    {"BRA", "- - -"},
    {"BRA", "a: b: c"},
    {"BRA", "\tiso3: BRA"},
    {"BRA", "just words"},
    {"BRA", "iso3: IND\nparty: India\n"},
    {"BRA", PARTY "documents: 3\n"},
    {"BRA", PARTY "documents:\n  - 3\n"},
    {"BRA", PARTY "nonsense: 1\n"},
    {"BRA", PARTY "iso3: BRA\n"},
    {"BRA", "&a [*a]"},
    {"BRA", "!!binary x"},
    {"BRA", "%YAML 9.9\n---\n"},
    {"BRA", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["},
    {"BRA", PERCENTS},
    {"BRA", CONTROLS},
    {"BRA", BAD_UTF8},
    {"BRA", LONG_1000},
    {"BRA", "iso3,party,target_year\nBRA,Brazil,2035\n"},
    {"XXX", PARTY},
    {"brazil", PARTY},
    {"BRAZ", PARTY},
    {"G20", PARTY},
    {LONG_1000, PARTY},
    {PERCENTS, PARTY},
    {BAD_UTF8, PARTY},
};

static const char *const paths[] = {NULL,
                                    "",
                                    "/nowhere/file.yaml",
                                    "/",
                                    "/dev/null",
                                    LONG_1000,
                                    PERCENTS,
                                    BAD_UTF8,
                                    TEST_DATA_DIR,
                                    TEST_DATA_DIR "/gwp.csv",
                                    TEST_DATA_DIR "/pledges/net_zero.csv"};

static const char *const resets[] = {"",        " ",      "Atlantis", "BRA,XYZ", ",",
                                     LONG_1000, PERCENTS, CONTROLS,   BAD_UTF8};

static const pair questions_asked[] = {
    {NULL, NULL},
    {"", NULL},
    {"   ", NULL},
    {"\n", "csv"},
    {"frobnicate", NULL},
    {"Gap", NULL},
    {"gaps", "csv"},
    {"climate", NULL},
    {"scenario", NULL},
    {"data", NULL},
    {"--help", NULL},
    {"gap gap", NULL},
    {"gap --", NULL},
    {"gap -x", NULL},
    {"gap --nonsense", NULL},
    {"gap --help", NULL},
    {"gap --output x.csv", NULL},
    {"gap --output=x.csv", NULL},
    {"gap --edition " TEST_DATA_DIR, NULL},
    {"warming --factorial --cases x.csv", NULL},
    {"gap --year", NULL},
    {"gap --year=", NULL},
    {"gap --year ''", NULL},
    {"gap --year soon", NULL},
    {"gap --year 1800", NULL},
    {"gap --year 2101", NULL},
    {"gap --year 99999999999999999999", NULL},
    {"gap --year 2035.5", NULL},
    {"gap --year nan", NULL},
    {"gap --as-of never", NULL},
    {"gap --hot-air=", NULL},
    {"gap --hot-air lukewarm", NULL},
    {"gap --include-announced=yes", NULL},
    {"gap --benchmark C9", NULL},
    {"gap --benchmark ''", NULL},
    {"gap --benchmark nowhere.csv", NULL},
    {"gap --benchmark " TEST_DATA_DIR "/gwp.csv", NULL},
    {"gap --benchmark " LONG_1000, NULL},
    {"gap --benchmark " LONG_1000 ".csv", NULL},
    {"gap --benchmark C1:p200", NULL},
    {"gap --drivers /nowhere.csv", NULL},
    {"gap --drivers /", NULL},
    {"gap --baselines /dev/null", NULL},
    {"gap --pledges /nowhere.yaml", NULL},
    {"gap --pledges ''", NULL},
    {"gap --what-if", NULL},
    {"gap --what-if=", NULL},
    {"gap --what-if ;", NULL},
    {"gap --what-if IND 2035=3000Mt", NULL},
    {"gap --what-if 'IND 2035=60%'", NULL},
    {"gap --what-if 'IND 2035=3000Mt", NULL},
    {"gap \"", NULL},
    {"gap '\"", NULL},
    {"gap --format xml", NULL},
    {"gap --format csv", "json"},
    {"gap", "xml"},
    {"gap", ""},
    {"gap", "text|csv"},
    {"gap", "svg"},
    {"gap", PERCENTS},
    {"gap", LONG_1000},
    {"gap", BAD_UTF8},
    {"assess", "netcdf"},
    {"assess --since 2030-01-01", NULL},
    {"assess --since 2025-01-01 --as-of 2024-01-01", NULL},
    {"assess --counterfactual both", NULL},
    {"assess --area Atlantis", NULL},
    {"assess --area ''", NULL},
    {"assess --area BRA --no-warming", NULL},
    {"assess --no-warming --long-term library", NULL},
    {"assess --gwp AR99", NULL},
    {"assess --gwp ''", NULL},
    {"country ''", NULL},
    {"country Atlantis", NULL},
    {"country BRA IND", NULL},
    {"country " LONG_1000, NULL},
    {"country " PERCENTS, NULL},
    {"country " BAD_UTF8, NULL},
    {"targets --year 1800", NULL},
    {"targets --area BRA,,IND", NULL},
    {"history --species XX9", NULL},
    {"history --from 2000 --to 1990", NULL},
    {"history --from 1", NULL},
    {"history --rank-changes 0", NULL},
    {"history --species CH4 --lulucf only", NULL},
    {"timeline --from 2200-01-01", NULL},
    {"timeline --condition maybe", NULL},
    {"timeline --threads -1", NULL},
    {"warming --year 2035", NULL},
    {"warming --threads -1", NULL},
    {"chart", NULL},
    {"chart pie", NULL},
    {"chart gap BRA", NULL},
    {"chart country", NULL},
    {"chart country Atlantis", NULL},
    {"chart gap --width 1", NULL},
    {"chart gap --width 99999", NULL},
    {"chart gap --scale 2", "svg"},
    {"chart gap --scale 99", "png"},
    {"chart gap", "csv"},
    {"chart gap", "pdf"},
    {"report a.html b.html", NULL},
    {"report", "text"},
    {"quantify", NULL},
    {"quantify /nowhere.csv", NULL},
    {"quantify " TEST_DATA_DIR "/gwp.csv", NULL},
    {LONG_1000, NULL},
    {PERCENTS, NULL},
    {CONTROLS, NULL},
    {BAD_UTF8, NULL},
    {"gap " PERCENTS, NULL},
    {"gap --" PERCENTS, NULL},
};

static const char *const no_tables[] = {
    NULL, "", "chart gap", "report", "frobnicate", "gap --format xml", PERCENTS};

static const unsigned parts[] = {0, 1U << 31, UINT_MAX, 1U << 8, 1 | 1U << 16};

/* ---- what a refusal is ---- */

static void expect_refusal(stk_session *s, int result, const char *what)
{
    const char *message = stk_session_message(s);
    const char *reason;
    const char *file;
    long line;
    long column;
    calls++;
    assert_in_range(stk_session_refusal(s, &reason, &file, &line, &column), STK_REFUSAL_ARGUMENT,
                    STK_REFUSAL_DOMAIN);
    assert_int_equal(strncmp(message, file, strlen(file)), 0);
    assert_non_null(strstr(message, reason));
    assert_true(reason[0] != '\0' && line >= 0 && column >= 0);
    if (result == STK_DONE || message[0] == '\0') {
        fail_msg("not refused, or without a message: '%s'", what == NULL ? "(null)" : what);
    }
    assert_in_range(result, STK_REFUSED_ARGUMENT, STK_REFUSED_UNKNOWN);
    assert_null(strchr(message, '\n'));
    assert_null(strchr(message, '\x1b'));
    assert_int_equal(stk_text_valid_utf8(stk_text_of(message)), strlen(message));
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

static void ask_all(stk_session *s)
{
    const char *bytes;
    size_t size;
    for (size_t i = 0; i < COUNT(questions_asked); i++) {
        bytes = NULL;
        size = 1;
        int result =
            stk_session_ask(s, questions_asked[i].first, questions_asked[i].second, &bytes, &size);
        expect_refusal(s, result, questions_asked[i].first);
        if (s != NULL && questions_asked[i].first != NULL) {
            assert_string_equal(bytes, "");
            assert_int_equal(size, 0);
        }
    }
    expect_refusal(s, stk_session_ask(s, "gap", "csv", NULL, &size), "no bytes");
    expect_refusal(s, stk_session_ask(s, "gap", "csv", &bytes, NULL), "no size");
    for (size_t i = 0; i < COUNT(no_tables); i++) {
        int rows = 7;
        int columns = 7;
        expect_refusal(s, stk_session_table(s, no_tables[i], &rows, &columns), no_tables[i]);
        if (s != NULL && no_tables[i] != NULL) {
            assert_true(rows == 0 && columns == 0);
        }
        assert_null(stk_session_column(s, 0, NULL, NULL, NULL));
    }
}

static void suppose_all(stk_session *s)
{
    for (size_t i = 0; i < COUNT(what_ifs); i++) {
        expect_refusal(s, stk_session_what_if(s, what_ifs[i]), what_ifs[i]);
    }
    for (size_t i = 0; i < COUNT(targets); i++) {
        expect_refusal(s, stk_session_target(s, targets[i].first, targets[i].second),
                       targets[i].second);
    }
    for (size_t i = 0; i < COUNT(net_zeros); i++) {
        expect_refusal(s, stk_session_net_zero(s, net_zeros[i].area, net_zeros[i].year),
                       net_zeros[i].area);
    }
    for (size_t i = 0; i < COUNT(pledges); i++) {
        expect_refusal(s, stk_session_pledge(s, pledges[i].first, pledges[i].second),
                       pledges[i].second);
    }
    for (size_t i = 0; i < COUNT(paths); i++) {
        expect_refusal(s, stk_session_pledges_read(s, paths[i]), paths[i]);
    }
    for (size_t i = 0; i < COUNT(resets); i++) {
        expect_refusal(s, stk_session_reset(s, resets[i]), resets[i]);
    }
}

static void set_all(stk_session *s)
{
    for (size_t i = 0; i < COUNT(options); i++) {
        expect_refusal(s, stk_session_set(s, options[i].first, options[i].second),
                       options[i].first);
        assert_null(stk_session_get(
            s, options[i].first == NULL || strcmp(options[i].first, "as-of") != 0 ? options[i].first
                                                                                  : "as_of"));
    }
    for (size_t i = 0; i < COUNT(parts); i++) {
        expect_refusal(s, stk_session_update(s, parts[i]), "parts");
    }
}

/* ---- scenarios in memory ---- */

static const char co2[] = "Emissions|CO2|Energy and Industrial Processes";

static const struct {
    const char *model;
    const char *scenario;
    const char *variable;
    const char *unit;
    int years[2];
    double values[2];
    size_t count;
} rows[] = {
    {NULL, "s", co2, "Mt CO2/yr", {2020, 2030}, {1, 1}, 2},
    {"m", NULL, co2, "Mt CO2/yr", {2020, 2030}, {1, 1}, 2},
    {"m", "s", NULL, "Mt CO2/yr", {2020, 2030}, {1, 1}, 2},
    {"m", "s", co2, NULL, {2020, 2030}, {1, 1}, 2},
    {"m", "s", co2, "Mt CO2/yr", {2020, 2030}, {1, 1}, 0},
    {"m", "s", co2, "Mt CO2/yr", {2030, 2020}, {1, 1}, 2},
    {"m", "s", co2, "Mt CO2/yr", {2020, 2020}, {1, 1}, 2},
    {"m", "s", co2, "Mt CO2/yr", {1749, 2020}, {1, 1}, 2},
    {"m", "s", co2, "Mt CO2/yr", {2020, 2501}, {1, 1}, 2},
    {"m", "s", co2, "Mt CO2/yr", {INT_MIN, INT_MAX}, {1, 1}, 2},
    {"m", "s", co2, "Mt CO2/yr", {2020, 2030}, {1, NAN}, 2},
    {"m", "s", co2, "Mt CO2/yr", {2020, 2030}, {INFINITY, 1}, 2},
};

static const char *const runs[] = {NULL,      "",        "climat", "Climate", "climate  fill",
                                   "assess ", LONG_1000, PERCENTS, CONTROLS,  BAD_UTF8};

/* A call whose years, scenarios and emissions are these. */
#define CALL(first, years, scenarios, array)                                                       \
    .size = sizeof(stk_climate_call), .first_year = (first), .year_count = (years),                \
    .scenario_count = (scenarios), .emissions = (array)
#define GOOD_CALL CALL(2020, 1, 1, emissions)

static void run_calls(stk_session *s)
{
    static double emissions[64];
    static const double bad_percentile = NAN;
    static const double high_percentile = 100.5;
    static const long no_member = -5;
    static const char *const no_variables[] = {"temperature", "temperature", NULL, "heat", ""};
    const size_t whole = sizeof(stk_climate_call);
    const stk_climate_call refused[] = {
        {GOOD_CALL, .members = &no_member, .member_count = 1},
        {GOOD_CALL, .members = &no_member},
        {GOOD_CALL, .members = &no_member, .member_count = SIZE_MAX},
        {GOOD_CALL, .variable_count = 1},
        {GOOD_CALL, .variables = no_variables},
        {GOOD_CALL, .variables = no_variables, .variable_count = 2},
        {GOOD_CALL, .variables = no_variables, .variable_count = SIZE_MAX},
        {GOOD_CALL, .variables = no_variables + 2, .variable_count = 1},
        {GOOD_CALL, .variables = no_variables + 3, .variable_count = 1},
        {GOOD_CALL, .variables = no_variables + 4, .variable_count = 1},
        {GOOD_CALL, .reference_first = 1700, .reference_last = 1701},
        {GOOD_CALL, .reference_first = 1900, .reference_last = 1850},
        {GOOD_CALL, .reference_first = INT_MAX, .reference_last = INT_MIN},
        {.size = 0},
        {.size = 1},
        {.size = whole + 1},
        {.size = SIZE_MAX},
        {.size = sizeof(size_t)},
        {.size = whole},
        {.size = whole, .first_year = 2020},
        {CALL(INT_MIN, 1, 1, emissions)},
        {CALL(INT_MAX, 1, 1, emissions)},
        {CALL(1749, 1, 1, emissions)},
        {CALL(2299, 1, 1, emissions)},
        {CALL(2020, 0, 1, emissions)},
        {CALL(2020, 482, 1, emissions)},
        {CALL(2020, SIZE_MAX, 1, emissions)},
        {CALL(2020, 1, 0, emissions)},
        {CALL(2020, 1, 1, NULL)},
        {GOOD_CALL, .threads = -1},
        {GOOD_CALL, .threads = INT_MAX},
        {GOOD_CALL, .percentile_count = 1},
        {GOOD_CALL, .percentiles = &bad_percentile, .percentile_count = 1},
        {GOOD_CALL, .percentiles = &high_percentile, .percentile_count = 1},
        {GOOD_CALL, .percentiles = emissions, .percentile_count = 65},
        {GOOD_CALL, .thresholds_k = &bad_percentile, .threshold_count = 1},
        {GOOD_CALL, .thresholds_k = emissions},
    };
    expect_refusal(s, stk_session_climate(s, NULL), "no call");
    for (size_t i = 0; i < COUNT(refused); i++) {
        expect_refusal(s, stk_session_climate(s, &refused[i]), "a call");
    }
}

static void run_all(stk_session *s)
{
    static const int year = 2020;
    static const double value = 1;
    for (size_t i = 0; i < COUNT(rows); i++) {
        expect_refusal(s,
                       stk_session_rows(s, rows[i].model, rows[i].scenario, rows[i].variable,
                                        rows[i].unit, rows[i].years, rows[i].values, rows[i].count),
                       "a row");
    }
    expect_refusal(s, stk_session_rows(s, "m", "s", co2, "Mt CO2/yr", NULL, &value, 1), "no years");
    expect_refusal(s, stk_session_rows(s, "m", "s", co2, "Mt CO2/yr", &year, NULL, 1), "no values");
    for (size_t i = 0; i < COUNT(paths); i++) {
        expect_refusal(s, stk_session_rows_read(s, paths[i]), paths[i]);
    }
    for (size_t i = 0; i < COUNT(runs); i++) {
        expect_refusal(s, stk_session_run(s, runs[i], NULL, NULL, NULL, NULL), runs[i]);
    }
    expect_refusal(s, stk_session_run(s, "climate", NULL, NULL, NULL, NULL), "no scenario");
    expect_refusal(s, stk_session_run(s, "assess", NULL, NULL, NULL, NULL), "no scenario");
    run_calls(s);
    assert_null(stk_session_species(s, SIZE_MAX, NULL));
    assert_null(stk_session_species(s, 1000, NULL));
}

/* What cannot be refused gives NULL. */
static void look_everywhere(stk_session *s)
{
    static const char *const names[] = {NULL, "", "worlds", "WORLD", LONG_1000, PERCENTS, BAD_UTF8};
    static const int indices[] = {-1, INT_MIN, INT_MAX, 4, 1000};
    size_t shape[4];
    int rank;
    for (size_t i = 0; i < COUNT(names); i++) {
        assert_null(stk_session_array(s, names[i], shape, &rank));
        assert_null(stk_session_array(s, names[i], NULL, NULL));
        assert_null(stk_session_axis(s, names[i], 0, 0));
        assert_null(stk_session_get(s, names[i]));
        calls += 4;
    }
    for (size_t i = 0; i < COUNT(indices); i++) {
        assert_null(stk_session_axis(s, "world", indices[i], 0));
        assert_null(stk_session_column(s, indices[i], NULL, NULL, NULL));
        calls += 2;
    }
    assert_null(stk_session_axis(s, "world", 0, 2));
    assert_null(stk_session_axis(s, "world", 0, SIZE_MAX));
    assert_null(stk_session_axis(s, "world", 3, 111));
    assert_non_null(stk_session_remarks(s));
    const char *edition = stk_session_edition(s);
    assert_true(edition == NULL || strlen(edition) == 64);
    const char *known = stk_session_known_until(s);
    assert_true(known == NULL || strlen(known) == 10 || known[0] == '\0');
    assert_non_null(stk_session_message(s));
    calls += 6;
}

static void try_all(stk_session *s)
{
    look_everywhere(s);
    ask_all(s);
    suppose_all(s);
    set_all(s);
    run_all(s);
    look_everywhere(s);
}

/* ---- sessions ---- */

static stk_session *open_session(void)
{
    stk_session *s;
    assert_int_equal(stk_session_open(NULL, &s), STK_DONE);
    assert_string_equal(stk_session_message(s), "");
    assert_int_equal(stk_session_set(s, "as-of", "2026-11-01"), STK_DONE);
    return s;
}

/* One answer, to be freed. */
static char *answer_of(stk_session *s, size_t *size)
{
    const char *bytes;
    assert_int_equal(stk_session_ask(s, "gap --year 2035", "json", &bytes, size), STK_DONE);
    char *copy = malloc(*size + 1);
    assert_non_null(copy);
    return memcpy(copy, bytes, *size + 1);
}

static void test_open_session(void **state)
{
    (void)state;
    size_t size;
    size_t size_after;
    stk_session *s = open_session();
    assert_int_equal(stk_session_what_if(s, "BRA 2035=-10%"), STK_DONE);
    char *before = answer_of(s, &size);
    calls = 0;
    try_all(s);
    print_message("%d bad calls\n", calls);
    assert_true(calls >= 200);
    char *after = answer_of(s, &size_after);
    assert_int_equal(size, size_after);
    assert_memory_equal(before, after, size);
    free(before);
    free(after);
    stk_session_close(s);
}

/* Arrays that were made stay, whatever is refused in between. */
static void test_arrays_stay(void **state)
{
    (void)state;
    size_t shape[4];
    stk_session *s = open_session();
    assert_null(stk_session_array(s, "world", shape, NULL));
    assert_int_equal(stk_session_update(s, STK_UPDATE_LEVELS), STK_DONE);
    const double *world = stk_session_array(s, "world", shape, NULL);
    size_t size = shape[0] * shape[1] * shape[2] * shape[3] * sizeof *world;
    double *before = malloc(size);
    assert_non_null(before);
    memcpy(before, world, size);
    look_everywhere(s);
    suppose_all(s);
    assert_int_equal(stk_session_update(s, STK_UPDATE_LEVELS), STK_DONE);
    world = stk_session_array(s, "world", shape, NULL);
    assert_memory_equal(before, world, size);
    free(before);
    stk_session_close(s);
}

static void test_no_session(void **state)
{
    (void)state;
    try_all(NULL);
    stk_session_close(NULL);
    assert_int_equal(stk_session_open(NULL, NULL), STK_REFUSED_ARGUMENT);
    assert_int_equal(stk_session_open_packed("x", 1, NULL), STK_REFUSED_ARGUMENT);
}

static void test_refused_editions(void **state)
{
    (void)state;
    static const char *const editions[] = {
        "",        "/nowhere", "/dev/null", "/", TEST_DATA_DIR "/gwp.csv", TEST_DATA_DIR "/pledges",
        LONG_1000, PERCENTS,   BAD_UTF8};
    for (size_t i = 0; i < COUNT(editions); i++) {
        stk_session *s = NULL;
        int result = stk_session_open(editions[i], &s);
        assert_non_null(s);
        expect_refusal(s, result, editions[i]);
        if (i < 2) {
            try_all(s);
        }
        const char *bytes;
        size_t size;
        expect_refusal(s, stk_session_ask(s, "gap", NULL, &bytes, &size), "a good question");
        expect_refusal(s, stk_session_what_if(s, "IND 2035=-10%"), "good words");
        expect_refusal(s, stk_session_update(s, STK_UPDATE_LEVELS), "good parts");
        expect_refusal(s, stk_session_reset(s, NULL), "nothing to take back");
        stk_session_close(s);
    }
}

/* A refusal in its parts: what it is of, the file and the place in it. */
static void test_parts(void **state)
{
    (void)state;
    const char *path = test_scratch("refused.csv");
    const char *reason;
    const char *file;
    long line;
    long column;
    stk_session *s = open_session();
    assert_int_equal(stk_session_refusal(s, NULL, NULL, NULL, NULL), STK_REFUSAL_NONE);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs("Model,Scenario,Region,Variable,Unit,2020\nm,s,World,Emissions|CO2,Mt CO2/yr,many\n",
          out);
    fclose(out);
    assert_int_equal(stk_session_rows_read(s, path), STK_REFUSED_DATA);
    assert_int_equal(stk_session_refusal(s, &reason, &file, &line, &column), STK_REFUSAL_DATA);
    assert_string_equal(file, path);
    assert_int_equal(line, 2);
    assert_int_equal(column, 35);
    assert_non_null(strstr(reason, "many"));
    assert_int_equal(stk_session_rows_read(s, "/nowhere"), STK_REFUSED_DATA);
    assert_int_equal(stk_session_refusal(s, NULL, NULL, NULL, NULL), STK_REFUSAL_FILE);
    assert_int_equal(stk_session_set(s, "as-of", "2025-11-05"), STK_DONE);
    assert_int_equal(stk_session_refusal(s, &reason, NULL, NULL, NULL), STK_REFUSAL_NONE);
    assert_string_equal(reason, "");
    stk_session_close(s);
    remove(path);
}

/* ---- rows that no run can take ---- */

static void test_useless_rows(void **state)
{
    (void)state;
    static const char *const units[] = {"", "bananas", "Mt CH4/yr", LONG_1000, PERCENTS, BAD_UTF8};
    static const char *const variables[] = {"",        "Price",  "Emissions", PERCENTS,
                                            LONG_1000, BAD_UTF8, co2};
    const int years[] = {2020, 2100};
    const double values[] = {1e300, -1e300};
    stk_session *s = open_session();
    for (size_t v = 0; v < COUNT(variables); v++) {
        for (size_t u = 0; u < COUNT(units); u++) {
            int results[3];
            int size;
            stk_session_rows(s, "m", "s", variables[v], units[u], years, values, 2);
            results[0] = stk_session_run(s, "climate", NULL, NULL, &size, NULL);
            results[1] = stk_session_run(s, "assess", NULL, NULL, &size, NULL);
            results[2] = stk_session_run(s, "climate", NULL, NULL, NULL, &size);
            assert_true(results[0] == results[2]);
            assert_int_equal(stk_session_rows_clear(s), STK_DONE);
            calls += 3;
        }
    }
    stk_session_close(s);
}

/* Rows of the year that are there already, and a run that is cancelled. */
static int cancel(void *user, double share)
{
    *(double *)user = share;
    return 1;
}

static void test_rows_twice(void **state)
{
    (void)state;
    const int years[] = {2015, 2100};
    const double values[] = {35000, 0};
    double share = 0;
    int size = 3;
    stk_session *s = open_session();
    assert_int_equal(stk_session_rows(s, "m", "s", co2, "Mt CO2/yr", years, values, 2), STK_DONE);
    expect_refusal(s, stk_session_rows(s, "m", "s", co2, "Mt CO2/yr", years, values, 2), "again");
    assert_int_equal(stk_session_run(s, "climate fill", cancel, &share, &size, &size),
                     STK_CANCELLED);
    assert_true(share > 0 && size == 0 && stk_session_message(s)[0] != '\0');
    assert_null(stk_session_column(s, 0, NULL, NULL, NULL));
    assert_int_equal(stk_session_run(s, "climate fill", NULL, NULL, &size, NULL), STK_DONE);
    assert_true(size > 0);
    assert_non_null(stk_session_column(s, 0, NULL, NULL, NULL));
    expect_refusal(s, stk_session_run(s, "nothing", NULL, NULL, NULL, NULL), "nothing");
    stk_session_close(s);
}

/* ---- packed editions that are cut off, or spoilt ---- */

static void refuse_packed(const char *bytes, size_t size)
{
    stk_session *s = NULL;
    int result = stk_session_open_packed(bytes, size, &s);
    assert_non_null(s);
    expect_refusal(s, result, "a damaged edition");
    stk_session_close(s);
}

static void test_packed(void **state)
{
    (void)state;
    stk_text packed;
    stk_error error;
    stk_session *s;
    stk_edition *edition;
    assert_ok(stk_edition_open_embedded(&edition, &error), &error);
    assert_ok(stk_edition_pack(edition, NULL, (stk_text){NULL, 0}, NULL, &packed, &error), &error);
    stk_edition_free(edition);
    assert_int_equal(stk_session_open_packed(packed.data, packed.size, &s), STK_DONE);
    stk_session_close(s);
    refuse_packed(NULL, 0);
    refuse_packed(NULL, 100);
    for (size_t size = 0; size < 64; size++) {
        refuse_packed(packed.data, size);
    }
    for (size_t i = 1; i < 40; i++) {
        refuse_packed(packed.data, packed.size * i / 40);
    }
    for (size_t left = 1; left < 12; left++) {
        refuse_packed(packed.data, packed.size - left);
    }
    free((char *)packed.data);
}

/* Bytes changed at random are refused or harmless. */
static void test_spoilt(void **state)
{
    (void)state;
    enum { TRIES = 24 };
    stk_text packed;
    stk_error error;
    stk_edition *edition;
    test_random random = {20261101};
    assert_ok(stk_edition_open_embedded(&edition, &error), &error);
    assert_ok(stk_edition_pack(edition, NULL, (stk_text){NULL, 0}, NULL, &packed, &error), &error);
    stk_edition_free(edition);
    char *bytes = (char *)packed.data;
    for (int i = 0; i < TRIES; i++) {
        stk_session *s;
        size_t at = test_random_bits(&random) % (i % 2 == 0 ? 400 : packed.size);
        char kept = bytes[at];
        bytes[at] = (char)(kept ^ (1 << (test_random_bits(&random) % 8)));
        if (stk_session_open_packed(bytes, packed.size, &s) != STK_DONE) {
            assert_true(stk_session_message(s)[0] != '\0');
        }
        stk_session_close(s);
        bytes[at] = kept;
    }
    free(bytes);
}

/* ---- the list of options ---- */

static void test_option_indices(void **state)
{
    (void)state;
    const int outside[] = {-1, INT_MIN, INT_MAX, stk_option_count(), 100000};
    for (size_t i = 0; i < COUNT(outside); i++) {
        assert_null(stk_option_name(outside[i]));
        assert_null(stk_option_kind(outside[i]));
        assert_null(stk_option_choices(outside[i]));
        assert_null(stk_option_default(outside[i]));
        assert_null(stk_option_help(outside[i]));
        assert_int_equal(stk_option_applies(outside[i], "gap"), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_open_session),   cmocka_unit_test(test_arrays_stay),
        cmocka_unit_test(test_no_session),     cmocka_unit_test(test_refused_editions),
        cmocka_unit_test(test_useless_rows),   cmocka_unit_test(test_rows_twice),
        cmocka_unit_test(test_packed),         cmocka_unit_test(test_spoilt),
        cmocka_unit_test(test_option_indices), cmocka_unit_test(test_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
