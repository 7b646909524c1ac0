/** @file test_supposed.c
 * @brief What is supposed in a session: the numbers of a new session and of the command to the last
 * bit, in any order, taken back without a trace, and said in every answer.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/csv.h"
#include "session/session_support.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const arrays[] = {"world", "path", "land", "target", "gap", "baseline"};

/* ---- arrays of a session ---- */

typedef struct arrays_of {
    double *values[COUNT(arrays)];
    size_t counts[COUNT(arrays)];
} arrays_of;

static arrays_of take(stk_session *s)
{
    arrays_of a;
    assert_done(s, stk_session_update(s, STK_UPDATE_LEVELS));
    for (size_t i = 0; i < COUNT(arrays); i++) {
        a.values[i] = test_array(s, arrays[i], &a.counts[i]);
    }
    return a;
}

static void drop(arrays_of *a)
{
    for (size_t i = 0; i < COUNT(arrays); i++) {
        free(a->values[i]);
    }
}

static bool equal(const arrays_of *a, const arrays_of *b)
{
    bool same = true;
    for (size_t i = 0; i < COUNT(arrays); i++) {
        same = same && a->counts[i] == b->counts[i] &&
               memcmp(a->values[i], b->values[i], a->counts[i] * sizeof(double)) == 0;
    }
    return same;
}

static void same_arrays(stk_session *s, const arrays_of *expected, const char *what)
{
    arrays_of now = take(s);
    if (!equal(&now, expected)) {
        fail_msg("other arrays: %s", what);
    }
    drop(&now);
}

/* A new session in which the same is supposed from the start, before anything is computed. */
static void same_as_new(stk_session *s, const char *const *words, size_t count)
{
    stk_session *fresh = test_session();
    for (int i = 0; i < stk_option_count(); i++) {
        const char *name = stk_option_name(i);
        if (stk_session_get(s, name) != NULL) {
            assert_done(fresh, stk_session_set(fresh, name, stk_session_get(s, name)));
        }
    }
    for (size_t i = 0; i < count; i++) {
        assert_done(fresh, stk_session_what_if(fresh, words[i]));
    }
    arrays_of expected = take(fresh);
    same_arrays(s, &expected, count > 0 ? words[count - 1] : "nothing");
    drop(&expected);
    stk_session_close(fresh);
}

/* ---- words at random ---- */

static const char *const parties[] = {"IND", "USA", "BRA", "CHN", "EUU", "ZAF", "JPN", "NGA",
                                      "IDN", "AUS", "MEX", "RUS", "KOR", "TUR", "VNM", "FJI"};

static void write_words(test_random *random, char words[64])
{
    const char *party = parties[test_random_bits(random) % COUNT(parties)];
    int year = 2030 + 5 * (int)(test_random_bits(random) % 5);
    double pct = floor(test_random_between(random, 1, 70));
    switch (test_random_bits(random) % 6) {
    case 0:
        snprintf(words, 64, "%s %d=%.1fMt", party, year, test_random_between(random, 1, 20));
        break;
    case 1:
        snprintf(words, 64, "%s %d=-%g%%@2010", party, year, pct);
        break;
    case 2:
        snprintf(words, 64, "%s %d=-%g%%/GDP@2010", party, year, pct);
        break;
    case 3:
        snprintf(words, 64, "%s %d=-%g%%/BAU", party, year, pct);
        break;
    case 4:
        snprintf(words, 64, "%s %d=-%g%%", party, year, pct);
        break;
    default:
        snprintf(words, 64, "%s net-zero=%d", party, 2040 + (int)pct / 2);
        break;
    }
}

/* ---- the command's gap ---- */

static void same_as_command(stk_session *s, const char *words)
{
    char line[256];
    stk_csv csv;
    stk_arena arena = {0};
    stk_error error;
    bool more;
    int world;
    int gap;
    size_t shape[4];
    snprintf(line, sizeof line, "gap --as-of " TEST_DAY " --format csv --what-if '%s'", words);
    stk_text text = test_command(line, NULL);
    assert_done(s, stk_session_update(s, STK_UPDATE_LEVELS));
    const double *ours = stk_session_array(s, "gap", shape, NULL);
    assert_ok(stk_csv_open(&csv, (stk_source){"gap", text}, &arena, &error), &error);
    assert_ok(stk_csv_require(&csv, "world_gt", &world, &error), &error);
    assert_ok(stk_csv_require(&csv, "gap_gt", &gap, &error), &error);
    for (int row = 0; row < 8; row++) {
        double value;
        assert_ok(stk_csv_next(&csv, &more, &error), &error);
        assert_true(more);
        assert_ok(stk_csv_number(&csv, world, &value, &error), &error);
        assert_true(value == ours[2 * row]);
        assert_ok(stk_csv_number(&csv, gap, &value, &error), &error);
        assert_true(value == ours[2 * row + 1]);
    }
    stk_arena_free(&arena);
    free((char *)text.data);
}

static void test_random_words(void **state)
{
    (void)state;
    enum { TRIES = 24, COMPARED = 8 };
    test_random random = {2035};
    stk_session *s = test_session();
    arrays_of before = take(s);
    for (int i = 0; i < TRIES; i++) {
        char words[64];
        const char *one = words;
        write_words(&random, words);
        assert_done(s, stk_session_what_if(s, words));
        same_as_new(s, &one, 1);
        if (i < COMPARED) {
            same_as_command(s, words);
        }
        assert_done(s, stk_session_reset(s, NULL));
    }
    same_arrays(s, &before, "taken back");
    drop(&before);
    stk_session_close(s);
}

/* Under other options, changed before and after the words. */
static void test_options_between(void **state)
{
    (void)state;
    static const char *const sets[][2] = {
        {"gwp", "AR4"},   {"hot-air", "cap"},      {"extend", "net_zero"}, {"sinks", "unscaled"},
        {"year", "2040"}, {"as-of", "2025-06-01"}, {"benchmark", "C3"},    {"stated", "own"}};
    static const char *const words[] = {"IND 2035=3000Mt", "BRA net-zero=2045", "G20 2040=-10%"};
    stk_session *s = test_session();
    for (size_t w = 0; w < COUNT(words); w++) {
        assert_done(s, stk_session_what_if(s, words[w]));
    }
    for (size_t i = 0; i < COUNT(sets); i++) {
        assert_done(s, stk_session_update(s, STK_UPDATE_LEVELS));
        assert_done(s, stk_session_set(s, sets[i][0], sets[i][1]));
        same_as_new(s, words, COUNT(words));
    }
    stk_session_close(s);
}

/* ---- many changes, and none in the end ---- */

static void test_thousand(void **state)
{
    (void)state;
    enum { CHANGES = 1000, WARM = 199, GROWTH_KIB = 64 };
    test_random random = {1};
    char words[64];
    long allocated = 0;
    stk_session *s = test_session();
    arrays_of before = take(s);
    stk_text first = test_ask(s, "gap", "json");
    for (int i = 0; i < CHANGES; i++) {
        write_words(&random, words);
        assert_done(s, stk_session_what_if(s, words));
        if (i % 7 == 0) {
            assert_done(s, stk_session_update(s, STK_UPDATE_LEVELS));
        }
        if (i % 20 == 19) { /* else the list only grows */
            assert_done(s, stk_session_reset(s, i % 40 == 39 ? NULL : "IND"));
        }
        if (i == WARM) { /* holding what it holds at the end */
            assert_done(s, stk_session_update(s, STK_UPDATE_LEVELS));
            free((char *)test_ask(s, "gap", "json").data);
            allocated = test_allocated_kib();
        }
    }
    assert_done(s, stk_session_reset(s, NULL));
    same_arrays(s, &before, "after a thousand changes");
    stk_text last = test_ask(s, "gap", "json");
    assert_int_equal(first.size, last.size);
    assert_memory_equal(first.data, last.data, first.size);
    long grown = test_allocated_kib() - allocated;
    print_message("memory grew by %ld KiB in %d changes\n", grown, CHANGES - WARM);
    assert_true(TEST_SANITIZED || grown < GROWTH_KIB);
    free((char *)first.data);
    free((char *)last.data);
    drop(&before);
    stk_session_close(s);
}

/* ---- order and place ---- */

static void same_after(const char *const *a, size_t a_count, const char *const *b, size_t b_count,
                       bool same)
{
    stk_session *x = test_session();
    stk_session *y = test_session();
    for (size_t i = 0; i < a_count; i++) {
        assert_done(x, stk_session_what_if(x, a[i]));
    }
    for (size_t i = 0; i < b_count; i++) {
        assert_done(y, stk_session_what_if(y, b[i]));
    }
    arrays_of of_x = take(x);
    arrays_of of_y = take(y);
    if (equal(&of_x, &of_y) != same) {
        fail_msg("%s, ... and %s, ... are %s", a[0], b[0], same ? "different" : "the same");
    }
    drop(&of_x);
    drop(&of_y);
    stk_session_close(x);
    stk_session_close(y);
}

static void test_order(void **state)
{
    (void)state;
    static const char *const there[] = {"IND 2035=-20%", "BRA 2040=500Mt", "USA net-zero=2060"};
    static const char *const back[] = {"USA net-zero=2060", "BRA 2040=500Mt", "IND 2035=-20%"};
    static const char *const years[] = {"IND 2035=3000Mt", "IND 2040=2500Mt"};
    static const char *const years_back[] = {"IND 2040=2500Mt", "IND 2035=3000Mt"};
    static const char *const twice[] = {"IND 2035=3000Mt", "BRA 2035=-10%", "india 2035=2500Mt"};
    static const char *const once[] = {"BRA 2035=-10%", "IND 2035=2500Mt"};
    static const char *const aims[] = {"IND net-zero=2050", "IND net-zero=2070"};
    static const char *const aim[] = {"IND net-zero=2070"};
    same_after(there, COUNT(there), back, COUNT(back), true);
    same_after(years, COUNT(years), years_back, COUNT(years_back), true);
    same_after(twice, COUNT(twice), once, COUNT(once), true);
    same_after(aims, COUNT(aims), aim, COUNT(aim), true);
}

/* A group takes what its members pledge by then: the Party's own words before it count for it, and
 * after it take its place. */
static void test_group_and_party(void **state)
{
    (void)state;
    static const char *const group_first[] = {"G20 2035=-10%", "IND 2035=3000Mt"};
    static const char *const party_first[] = {"IND 2035=3000Mt", "G20 2035=-10%"};
    static const char *const lowered[] = {"G20 2035=-10%", "IND 2035=2700Mt"};
    static const char *const list[] = {"BRA,IND 2035=-10%"};
    static const char *const each[] = {"IND 2035=-10%", "BRA 2035=-10%"};
    same_after(group_first, 2, party_first, 2, false);
    same_after(party_first, 2, lowered, 2, true);
    same_after(list, 1, each, 2, true);
}

/* One of several is taken back. */
static void test_reset_one(void **state)
{
    (void)state;
    static const char *const left[] = {"BRA 2035=-10%", "IND net-zero=2060"};
    stk_session *s = test_session();
    assert_done(s, stk_session_what_if(s, "G20 2035=-10%; BRA 2035=-10%;IND net-zero=2060"));
    assert_done(s, stk_session_update(s, STK_UPDATE_LEVELS));
    assert_done(s, stk_session_reset(s, "g20"));
    same_as_new(s, left, COUNT(left));
    assert_done(s, stk_session_reset(s, "USA"));
    same_as_new(s, left, COUNT(left));
    assert_done(s, stk_session_reset(s, "India"));
    same_as_new(s, left, 1);
    assert_done(s, stk_session_reset(s, "Brazil"));
    same_as_new(s, NULL, 0);
    stk_session_close(s);
}

/* The functions say what words say. */
static void test_functions(void **state)
{
    (void)state;
    static const char *const words[] = {"IND 2035=3000Mt", "BRA net-zero=2045",
                                        "USA net-zero=none"};
    stk_session *s = test_session();
    assert_done(s, stk_session_target(s, "India", "2035 = 3 Gt"));
    assert_done(s, stk_session_net_zero(s, "brazil", 2045));
    assert_done(s, stk_session_net_zero(s, "USA", 0));
    same_as_new(s, words, COUNT(words));
    stk_session_close(s);
}

/* What one of several words refuses leaves none of them. */
static void test_refused_in_part(void **state)
{
    (void)state;
    stk_session *s = test_session();
    arrays_of before = take(s);
    assert_int_equal(stk_session_what_if(s, "IND 2035=3000Mt; BRA 2035=60%"), STK_REFUSED_ARGUMENT);
    same_arrays(s, &before, "refused in part");
    stk_text text = test_ask(s, "gap", "text");
    assert_null(strstr(text.data, "What if"));
    free((char *)text.data);
    drop(&before);
    stk_session_close(s);
}

/* ---- what is said ---- */

typedef struct saying {
    const char *question;
    const char *format;
    const char *says; /* of "%s", the words */
} saying;

static const saying sayings[] = {
    {"assess --no-warming", "text", "What if: %s (supposed here"},
    {"assess --no-warming", "csv", "%s\n"},
    {"assess --no-warming", "json", "\"what_if\": [\n  \"%s\""},
    {"assess --area IND", "text", "What if: %s (supposed here"},
    {"assess --area IND", "csv", "%s\n"},
    {"assess --area IND", "json", "\"what_if\": [\n  \"%s\""},
    {"assess --area IND --since 2026-01-01", "csv", "%s\n"},
    {"assess --since 2026-01-01", "csv", "what_if\n"},
    {"targets --area IND", "text", "What if: %s (supposed here"},
    {"targets --area IND", "csv", "%s\n"},
    {"targets --area IND", "json", "\"what_if\": [\n  \"%s\""},
    {"targets --area IND --trace", "text", "What if: %s (supposed here"},
    {"targets --area IND --trace", "csv", "%s\n"},
    {"targets --area IND --trace", "json", "\"what_if\": [\n  \"%s\""},
    {"country IND", "text", "What if: %s (supposed here"},
    {"country IND", "csv", "%s\n"},
    {"country IND", "json", "\"what_if\": [\n  \"%s\""},
    {"pathways", "text", "What if: %s (supposed here"},
    {"pathways", "csv", "%s\n"},
    {"pathways", "json", "\"what_if\": [\n  \"%s\""},
    {"pathways", "iamc", "(what if: %s)"},
    {"pathways", "netcdf", "%s"},
    {"gap", "text", "What if: %s (supposed here"},
    {"gap", "csv", "%s\n"},
    {"gap", "json", "\"what_if\": [\n  \"%s\""},
    {"gap", "iamc", "(what if: %s)"},
    {"gap", "netcdf", "%s"},
    {"warming --hot-air keep", "text", "What if: %s (supposed here"},
    {"warming --hot-air keep", "csv", "%s\n"},
    {"warming --hot-air keep", "json", "\"what_if\": [\n  \"%s\""},
    {"warming --hot-air keep", "iamc", "(what if: %s)"},
    {"warming --hot-air keep", "netcdf", "%s"},
    {"timeline --no-warming --from 2026-06-01", "text", "What if: %s (supposed here"},
    {"timeline --no-warming --from 2026-06-01", "csv", "%s\n"},
    {"timeline --no-warming --from 2026-06-01", "json", "\"what_if\": [\n  \"%s\""},
    {"chart gap", "svg", "What if: %s"},
    {"chart contributions", "svg", "What if: %s"},
    {"chart country IND", "svg", "What if: %s"},
    {"chart warming", "svg", "What if: %s"},
    {"chart assumptions", "svg", "What if: %s"},
    {"report", "html", "<p class=\"what-if\">What if: %s"},
};

/* NetCDF is not text: look for bytes. */
static bool holds(stk_text text, const char *needle)
{
    size_t size = strlen(needle);
    for (size_t i = 0; i + size <= text.size; i++) {
        if (memcmp(text.data + i, needle, size) == 0) {
            return true;
        }
    }
    return false;
}

/* In a text it stands first. */
static void check_place(const saying *one, stk_text text, const char *words)
{
    char wanted[512];
    const char *hole = strstr(one->says, "%s");
    snprintf(wanted, sizeof wanted, "%.*s%s%s",
             (int)(hole == NULL ? (long)strlen(one->says) : hole - one->says), one->says,
             hole == NULL ? "" : words, hole == NULL ? "" : hole + 2);
    if (!holds(text, wanted)) {
        fail_msg("%s as %s does not say '%s': %.200s", one->question, one->format, wanted,
                 text.data);
    }
    if (strcmp(one->format, "text") == 0) {
        assert_memory_equal(text.data, "What if: ", 9);
    }
    if (strcmp(one->format, "csv") == 0) {
        assert_true(strstr(text.data, ",what_if\n") < strchr(text.data, '\n'));
    }
}

static void test_said(void **state)
{
    (void)state;
    static const char words[] = "IND 2035=3000Mt";
    stk_session *s = test_session();
    for (size_t i = 0; i < COUNT(sayings); i++) {
        if (strcmp(sayings[i].format, "netcdf") == 0 && !TEST_NETCDF) {
            continue;
        }
        stk_text plain = test_ask(s, sayings[i].question, sayings[i].format);
        if (holds(plain, "hat if") || holds(plain, "what_if") || holds(plain, words)) {
            fail_msg("%s as %s says what nobody supposed", sayings[i].question, sayings[i].format);
        }
        assert_done(s, stk_session_what_if(s, "india 2035 = 3000 Mt"));
        stk_text with = test_ask(s, sayings[i].question, sayings[i].format);
        check_place(&sayings[i], with, words);
        assert_done(s, stk_session_reset(s, NULL));
        free((char *)plain.data);
        free((char *)with.data);
    }
    stk_session_close(s);
}

/* ---- documents ---- */

static stk_text read_document(const char *name)
{
    char path[512];
    stk_text text;
    stk_error error;
    snprintf(path, sizeof path, TEST_DATA_DIR "/pledges/%s", name);
    assert_ok(stk_file_read(path, &text, &error), &error);
    return text;
}

/* The edition's own documents change nothing; those of one Party can be taken back. */
static void test_documents(void **state)
{
    (void)state;
    stk_text own = read_document("BRA.yaml");
    stk_session *s = test_session();
    arrays_of before = take(s);
    stk_text text = test_ask(s, "targets", "csv");
    assert_done(s, stk_session_pledge(s, "BRA", own.data));
    same_arrays(s, &before, "the same document");
    char *changed = strdup(own.data);
    test_change(changed, "target_year: 2030", "target_year: 2032");
    assert_done(s, stk_session_pledge(s, "BRA", changed));
    arrays_of other = take(s);
    assert_false(equal(&before, &other));
    assert_done(s, stk_session_reset(s, "IND"));
    same_arrays(s, &other, "another Party taken back");
    assert_done(s, stk_session_what_if(s, "IND 2035=3000Mt"));
    assert_done(s, stk_session_reset(s, "Brazil"));
    assert_done(s, stk_session_reset(s, "IND"));
    same_arrays(s, &before, "the documents taken back");
    stk_text after = test_ask(s, "targets", "csv");
    assert_string_equal(text.data, after.data);
    drop(&before);
    drop(&other);
    free(changed);
    free((char *)own.data);
    free((char *)text.data);
    free((char *)after.data);
    stk_session_close(s);
}

/* Documents of a file and of one Party, and what is supposed on top of them. */
static void test_files(void **state)
{
    (void)state;
    stk_text own = read_document("IND.yaml");
    stk_session *s = test_session();
    arrays_of before = take(s);
    assert_done(s, stk_session_pledges_read(s, TEST_DATA_DIR "/pledges/BRA.yaml"));
    assert_done(s, stk_session_pledge(s, "IND", own.data));
    assert_done(s, stk_session_what_if(s, "BRA 2035=-10%"));
    stk_text json = test_ask(s, "gap", "json");
    assert_true(holds(json, "/pledges/BRA.yaml\"") && holds(json, "\"IND\""));
    free((char *)json.data);
    assert_string_equal(stk_session_get(s, "pledges"), TEST_DATA_DIR "/pledges/BRA.yaml");
    stk_text text = test_ask(s, "gap", "text");
    assert_true(
        holds(text, "Own documents: BRA.yaml, IND (laid over the edition's)\nWhat if: BRA"));
    free((char *)text.data);
    assert_done(s, stk_session_reset(s, "BRA"));
    same_arrays(s, &before, "the same documents");
    assert_done(s, stk_session_reset(s, NULL));
    same_arrays(s, &before, "taken back");
    assert_null(stk_session_get(s, "pledges"));
    drop(&before);
    free((char *)own.data);
    stk_session_close(s);
}

/* The years that the session names are those that it takes, and the year of its levels that of the
 * command. */
static void test_years(void **state)
{
    (void)state;
    enum { ASKED, USUAL, FIRST, LAST };
    static const char *const dates[] = {"2015-06-01", "2024-12-31", "2026-08-20", "2099-01-01"};
    stk_session *s = test_session();
    for (size_t d = 0; d < COUNT(dates); d++) {
        size_t count;
        char words[64];
        assert_done(s, stk_session_set(s, "as-of", dates[d]));
        assert_done(s, stk_session_update(s, STK_UPDATE_LEVELS));
        double *years = test_array(s, "years", &count);
        assert_int_equal(count, 4);
        assert_float_equal(years[ASKED], years[USUAL], 0);
        stk_text gap = test_ask(s, "gap", "csv");
        stk_print(words, sizeof words, "\n%s,%.0f,", dates[d], years[ASKED]);
        assert_true(holds(gap, words));
        free((char *)gap.data);
        for (int past = 0; past < 2; past++) {
            const double ends[] = {years[FIRST] - past, years[LAST] + past};
            for (size_t i = 0; i < COUNT(ends); i++) {
                stk_print(words, sizeof words, "IND net-zero=%.0f", ends[i]);
                assert_int_equal(stk_session_what_if(s, words) == STK_DONE, past == 0);
                stk_print(words, sizeof words, "IND %.0f=3000Mt", ends[i]);
                assert_int_equal(stk_session_what_if(s, words) == STK_DONE, past == 0);
            }
        }
        assert_done(s, stk_session_reset(s, NULL));
        free(years);
    }
    size_t count;
    assert_done(s, stk_session_set(s, "year", "2050"));
    assert_done(s, stk_session_update(s, STK_UPDATE_LEVELS));
    double *years = test_array(s, "years", &count);
    assert_float_equal(years[ASKED], 2050, 0);
    assert_float_equal(years[USUAL], 2100, 0);
    assert_string_equal(stk_session_axis(s, "years", 0, FIRST), "first supposed");
    free(years);
    stk_session_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_words),
        cmocka_unit_test(test_options_between),
        cmocka_unit_test(test_thousand),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_group_and_party),
        cmocka_unit_test(test_reset_one),
        cmocka_unit_test(test_functions),
        cmocka_unit_test(test_refused_in_part),
        cmocka_unit_test(test_said),
        cmocka_unit_test(test_documents),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
