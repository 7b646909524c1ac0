/** @file test_answers.c
 * @brief Answers of a session: the very bytes of the command, columns as in CSV, options by name.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/csv.h"
#include "session/session_support.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* ---- bytes ---- */

static void same_bytes(stk_text a, stk_text b, const char *what)
{
    if (a.size != b.size || memcmp(a.data, b.data, a.size) != 0) {
        size_t at = 0;
        while (at < a.size && at < b.size && a.data[at] == b.data[at]) {
            at++;
        }
        fail_msg("%s: %zu and %zu bytes, different from %zu on: '%.60s' and '%.60s'", what, a.size,
                 b.size, at, a.data + at, b.data + at);
    }
}

/* What the command says besides has its name before each line. */
static void same_remarks(const stk_session *s, stk_text said)
{
    stk_buffer lines = {0};
    for (const char *at = stk_session_remarks(s); *at != '\0';) {
        size_t length = strcspn(at, "\n");
        stk_buffer_printf(&lines, "stocktake: %.*s\n", (int)length, at);
        at += length + 1;
    }
    same_bytes((stk_text){lines.data == NULL ? "" : lines.data, lines.size}, said, "remarks");
    stk_buffer_free(&lines);
}

/* What the session answers and what the command writes, into a file where it must be one. */
static void compare(stk_session *s, const char *question, const char *format, bool by_name)
{
    char line[2048];
    char file[1024];
    stk_error error;
    stk_text theirs;
    stk_text said;
    snprintf(file, sizeof file, "%s",
             test_scratch(strcmp(format, "netcdf") == 0 ? "session-answer.nc"
                          : strcmp(format, "html") == 0 ? "session-answer.html"
                          : strcmp(format, "png") == 0  ? "session-answer.png"
                                                        : "session-answer.svg"));
    bool page = strcmp(format, "html") == 0;
    snprintf(line, sizeof line, "%s%s%s", question, page ? " " : "", page ? file : "");
    stk_text ours = test_ask(s, line, format);
    if (by_name) {
        snprintf(line, sizeof line, "%s --as-of %s %s %s", question, TEST_DAY,
                 page ? "" : "--output", file);
        theirs = test_command(line, &said);
        free((char *)theirs.data);
        assert_ok(stk_file_read(file, &theirs, &error), &error);
        remove(file);
    } else {
        snprintf(line, sizeof line, "%s --as-of %s --format %s", question, TEST_DAY, format);
        theirs = test_command(line, &said);
    }
    snprintf(line, sizeof line, "%s as %s", question, format);
    same_bytes(ours, theirs, line);
    same_remarks(s, said);
    free((char *)ours.data);
    free((char *)theirs.data);
    free((char *)said.data);
}

/* An option that a session holds is of no use to some answers, which go on; said, it is refused. */
static void test_held_options(void **state)
{
    (void)state;
    stk_session *s = test_session();
    assert_done(s, stk_session_set(s, "year", "2040"));
    assert_done(s, stk_session_set(s, "benchmark", "C3"));
    assert_done(s, stk_session_set(s, "counterfactual", "previous"));
    compare(s, "warming", "csv", false);
    const struct {
        const char *question;
        bool refused;
    } questions[] = {{"assess --area G20", false},
                     {"assess --no-warming", false},
                     {"warming --year 2040", true},
                     {"assess --area G20 --benchmark C3", true}};
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        const char *bytes;
        size_t size;
        int result = stk_session_ask(s, questions[i].question, "csv", &bytes, &size);
        if ((result != STK_DONE) != questions[i].refused) {
            fail_msg("%s: %s", questions[i].question, stk_session_message(s));
        }
    }
    stk_session_close(s);
}

/* Files of an invented world are read from where the caller stands. */
static void test_invented_world(void **state)
{
    (void)state;
    char question[1024];
    const char *folder = TEST_SOURCE_DIR "/equity/data";
    stk_session *s = test_session();
    snprintf(question, sizeof question,
             "fairness --world '%s/world_A_areas.csv' --world-pathway '%s/world_A_pathway.csv' "
             "--cases '%s/allocations_pbl_A.csv'",
             folder, folder, folder);
    compare(s, question, "csv", false);
    stk_session_close(s);
}

static void test_tables(void **state)
{
    (void)state;
    static const char *const questions[] = {
        "assess --no-warming",
        "assess --since 2025-10-01 --no-warming",
        "assess --area G20",
        "targets --area BRA,IND",
        "targets --trace --area Iraq",
        "country 'South Africa'",
        "country LDC --gwp AR4",
        "pathways --area IND",
        "gap",
        "gap --hot-air cap --benchmark C3 --year 2040",
        "gap --what-if 'IND 2035=3000Mt' --what-if 'G20 2040=-10%'",
        "country IND --what-if 'IND 2035=3000Mt'",
        "timeline --from 2026-01-01 --no-warming",
    };
    static const char *const formats[] = {"text", "csv", "json"};
    stk_session *s = test_session();
    for (size_t i = 0; i < COUNT(questions); i++) {
        for (size_t f = 0; f < COUNT(formats); f++) {
            compare(s, questions[i], formats[f], false);
        }
    }
    stk_session_close(s);
}

static void test_data_sets(void **state)
{
    (void)state;
    static const char *const questions[] = {"gap", "pathways --area all",
                                            "gap --what-if 'BRA,IND 2035=-10%'"};
    stk_session *s = test_session();
    for (size_t i = 0; i < COUNT(questions); i++) {
        compare(s, questions[i], "iamc", false);
        if (TEST_NETCDF) {
            compare(s, questions[i], "netcdf", true);
        }
    }
    stk_session_close(s);
}

static void test_warming(void **state)
{
    (void)state;
    stk_session *s = test_session();
    compare(s, "warming --hot-air keep", "csv", false);
    compare(s, "warming --hot-air keep", "json", false);
    compare(s, "assess", "text", false);
    stk_session_close(s);
}

static void test_pictures(void **state)
{
    (void)state;
    stk_session *s = test_session();
    compare(s, "chart gap", "svg", true);
    compare(s, "chart gap --what-if 'IND 2035=3000Mt'", "svg", true);
    compare(s, "chart country BRA --width 400", "svg", true);
    compare(s, "chart gap --scale 1", "png", true);
    stk_session_close(s);
}

static void test_page(void **state)
{
    (void)state;
    stk_session *s = test_session();
    compare(s, "report", "html", true);
    stk_session_close(s);
}

/* History has no date. */
static void test_history(void **state)
{
    (void)state;
    stk_session *s = test_session();
    stk_text ours = test_ask(s, "history --area CHN", "json");
    stk_text theirs = test_command("history --area CHN --format json", NULL);
    same_bytes(ours, theirs, "history");
    free((char *)ours.data);
    free((char *)theirs.data);
    stk_session_close(s);
}

/* A slip of a name is told as the command tells it. */
static void test_meant(void **state)
{
    (void)state;
    const char *bytes;
    size_t size;
    stk_session *s = test_session();
    assert_int_equal(stk_session_ask(s, "gap --hotair=keep", "csv", &bytes, &size),
                     STK_REFUSED_ARGUMENT);
    assert_string_equal(stk_session_message(s), "'--hotair' is no option of the question gap; did "
                                                "you mean --hot-air?");
    stk_session_close(s);
}

/* Of a folder's edition everything comes from that, also what no option of the question says. */
static void test_folder(void **state)
{
    (void)state;
    static const char *const questions[] = {"history --area BRA", "gap --benchmark C1", "targets"};
    char line[2048];
    stk_session *s;
    const char *mini = test_mini_with("countries.csv", NULL, NULL);
    int result = stk_session_open(mini, &s);
    assert_done(s, result);
    for (size_t i = 0; i < COUNT(questions); i++) {
        snprintf(line, sizeof line, "%s --as-of " TEST_DAY, questions[i] + 0);
        bool dated = strncmp(questions[i], "history", 7) != 0;
        const char *question = dated ? line : questions[i];
        char command[4096];
        stk_text ours = test_ask(s, question, "csv");
        snprintf(command, sizeof command, "%s --edition '%s' --format csv", question, mini);
        stk_text theirs = test_command(command, NULL);
        same_bytes(ours, theirs, question);
        free((char *)ours.data);
        free((char *)theirs.data);
    }
    stk_session_close(s);
}

/* The user's files for one question are read for it alone, and told. */
static void test_files(void **state)
{
    (void)state;
    stk_error error;
    char question[2048];
    char path[1024];
    static const char baselines[] = "iso3,gwp,2030,2035,2040\nBRA,AR6,5000,5000,5000\n";
    snprintf(path, sizeof path, "%s", test_scratch("session-baselines.csv"));
    assert_ok(stk_file_write(path, stk_text_of(baselines), &error), &error);
    stk_session *s = test_session();
    stk_text before = test_ask(s, "country BRA", "csv");
    snprintf(question, sizeof question, "country BRA --baselines %s", path);
    compare(s, question, "json", false);
    compare(s, question, "csv", false);
    stk_text with = test_ask(s, question, "csv");
    stk_text after = test_ask(s, "country BRA", "csv");
    same_bytes(before, after, "after a question with baselines");
    assert_true(with.size != before.size || memcmp(with.data, before.data, with.size) != 0);
    assert_done(s, stk_session_set(s, "baselines", path));
    stk_text set = test_ask(s, "country BRA", "csv");
    same_bytes(set, with, "baselines set");
    assert_done(s, stk_session_set(s, "baselines", NULL));
    free((char *)before.data);
    free((char *)with.data);
    free((char *)after.data);
    free((char *)set.data);
    stk_session_close(s);
    remove(path);
}

/* ---- columns ---- */

static void same_cell(const char *field, const void *values, int type, int row, const char *name)
{
    char number[STK_NUMBER_SIZE];
    const char *cell = number;
    if (type == STK_COLUMN_TEXTS) {
        cell = ((const char *const *)values)[row];
    } else {
        stk_number_format(((const double *)values)[row], number);
    }
    if (strcmp(field, cell) != 0) {
        fail_msg("%s in row %d: '%s' and '%s'", name, row, field, cell);
    }
}

/* A column of texts is one of days where all that are there are days. */
static void check_kind(stk_session *s, int column, int rows)
{
    int type;
    int days = 0;
    int others = 0;
    const char *name;
    const void *values = stk_session_column(s, column, &name, NULL, &type);
    const char *kind = stk_session_column_kind(s, column);
    if (type == STK_COLUMN_NUMBERS) {
        assert_true(strcmp(kind, "number") == 0 || strcmp(kind, "integer") == 0);
        return;
    }
    for (int row = 0; row < rows; row++) {
        stk_date day;
        stk_text cell = stk_text_of(((const char *const *)values)[row]);
        days += stk_date_parse(cell, &day);
        others += cell.size > 0 && !stk_date_parse(cell, &day);
    }
    if (strcmp(kind, days > 0 && others == 0 ? "date" : "text") != 0 && days + others > 0) {
        fail_msg("%s: %d days and %d other texts are a column of the kind %s", name, days, others,
                 kind);
    }
}

static void compare_columns(stk_session *s, const char *question)
{
    stk_csv csv;
    stk_arena arena = {0};
    stk_error error;
    bool more = true;
    int rows;
    int columns;
    stk_text text = test_ask(s, question, "csv");
    assert_ok(stk_csv_open(&csv, (stk_source){"answer", text}, &arena, &error), &error);
    assert_done(s, stk_session_table(s, question, &rows, &columns));
    assert_null(stk_session_column(s, columns, NULL, NULL, NULL));
    for (int row = 0;; row++) {
        assert_ok(stk_csv_next(&csv, &more, &error), &error);
        if (!more) {
            assert_int_equal(row, rows);
            break;
        }
        for (int c = 0; c < columns; c++) {
            int type;
            const char *name;
            const char *unit;
            char field[4096];
            const void *values = stk_session_column(s, c, &name, &unit, &type);
            stk_text of_csv = stk_csv_field(&csv, c);
            assert_non_null(values);
            assert_non_null(unit);
            assert_ptr_equal(values, stk_session_column(s, c, NULL, NULL, NULL));
            assert_int_equal(stk_csv_find(&csv, name), c);
            snprintf(field, sizeof field, "%.*s", (int)of_csv.size, of_csv.data);
            same_cell(field, values, type, row, name);
        }
    }
    for (int c = 0; c < columns; c++) {
        check_kind(s, c, rows);
    }
    assert_null(stk_session_column_kind(s, columns));
    assert_null(stk_session_column_kind(s, -1));
    stk_arena_free(&arena);
    free((char *)text.data);
}

static void test_columns(void **state)
{
    (void)state;
    static const char *const questions[] = {"assess",
                                            "assess --since 2025-10-01",
                                            "assess --area BRA",
                                            "targets",
                                            "targets --trace --area Iraq",
                                            "country BRA",
                                            "country",
                                            "country BRA --table documents",
                                            "country BRA --table net_zero",
                                            "country G20 --table profile",
                                            "pathways --area all",
                                            "gap",
                                            "gap --what-if 'IND 2035=3000Mt'",
                                            "timeline --from 2026-06-01 --no-warming",
                                            "history",
                                            "history --rank-changes 5",
                                            "fairness",
                                            "fairness BRA --table budget",
                                            "finance",
                                            "finance DEU",
                                            "finance --since 2022-01-01"};
    stk_session *s = test_session();
    for (size_t i = 0; i < COUNT(questions); i++) {
        compare_columns(s, questions[i]);
    }
    stk_session_close(s);
}

/* ---- options ---- */

/* A value that the option can have. */
static void value_of(int i, char out[64])
{
    const char *kind = stk_option_kind(i);
    const char *choices = stk_option_choices(i);
    if (strcmp(kind, "choice") == 0) {
        snprintf(out, 64, "%.*s", (int)strcspn(choices, "|"), choices);
    } else {
        snprintf(out, 64, "%s",
                 strcmp(kind, "switch") == 0   ? ""
                 : strcmp(kind, "date") == 0   ? "2025-11-05"
                 : strcmp(kind, "number") == 0 ? "2035"
                                               : "some text");
    }
}

static bool is_elsewhere(const char *name)
{
    static const char *const names[] = {"output",  "format",  "cases",  "edition",
                                        "what-if", "pledges", "no-open"};
    for (size_t i = 0; i < COUNT(names); i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void test_questions_of_options(void **state)
{
    (void)state;
    int found = 0;
    for (int i = 0; i < stk_option_count(); i++) {
        const bool benchmark = strcmp(stk_option_name(i), "benchmark") == 0;
        found += benchmark;
        if (benchmark || strcmp(stk_option_name(i), "species") == 0) {
            assert_int_equal(stk_option_applies(i, "gap"), benchmark);
            assert_int_equal(stk_option_applies(i, "history"), !benchmark);
        }
        assert_int_equal(stk_option_applies(i, "no such question"), 0);
        assert_int_equal(stk_option_applies(i, NULL), 0);
    }
    assert_int_equal(found, 1);
}

static void test_round_trip(void **state)
{
    (void)state;
    int set = 0;
    stk_session *s;
    int result = stk_session_open(NULL, &s);
    assert_done(s, result);
    assert_true(stk_option_count() > 20);
    for (int i = 0; i < stk_option_count(); i++) {
        char value[64];
        const char *name = stk_option_name(i);
        value_of(i, value);
        assert_non_null(stk_option_default(i));
        assert_true(stk_option_help(i)[0] != '\0');
        for (int k = 0; k < i; k++) {
            assert_string_not_equal(name, stk_option_name(k));
        }
        assert_null(stk_session_get(s, name));
        if (is_elsewhere(name)) {
            assert_int_equal(stk_session_set(s, name, value), STK_REFUSED_ARGUMENT);
            assert_null(stk_session_get(s, name));
            continue;
        }
        assert_done(s, stk_session_set(s, name, value));
        assert_string_equal(stk_session_get(s, name), value);
        assert_done(s, stk_session_set(s, name, value));
        assert_done(s, stk_session_set(s, name, NULL));
        assert_done(s, stk_session_set(s, name, NULL));
        assert_null(stk_session_get(s, name));
        set++;
    }
    assert_true(set > 15);
    stk_session_close(s);
}

/* Each value of each choice is taken; what an option is by default changes nothing. */
static void test_choices(void **state)
{
    (void)state;
    stk_session *s = test_session();
    stk_text usual = test_ask(s, "gap", "csv");
    for (int i = 0; i < stk_option_count(); i++) {
        const char *name = stk_option_name(i);
        const char *choices = stk_option_choices(i);
        if (strcmp(stk_option_kind(i), "choice") != 0 || is_elsewhere(name)) {
            continue;
        }
        for (const char *at = choices; *at != '\0';) {
            char value[64];
            size_t length = strcspn(at, "|");
            snprintf(value, sizeof value, "%.*s", (int)length, at);
            assert_done(s, stk_session_set(s, name, value));
            stk_text now = test_ask(s, "gap --hot-air keep", "csv");
            assert_true(now.size > 0);
            free((char *)now.data);
            at += length + (at[length] == '|');
        }
        assert_done(s, stk_session_set(s, name, NULL));
    }
    stk_text after = test_ask(s, "gap", "csv");
    same_bytes(usual, after, "after every choice");
    free((char *)usual.data);
    free((char *)after.data);
    stk_session_close(s);
}

/* The checksum of the edition is the one in its answers. */
static void test_edition(void **state)
{
    (void)state;
    stk_session *s = test_session();
    stk_text json = test_ask(s, "gap", "json");
    const char *edition = stk_session_edition(s);
    assert_non_null(edition);
    assert_int_equal(strlen(edition), 64);
    assert_non_null(strstr(json.data, edition));
    assert_null(stk_session_edition(NULL));
    free((char *)json.data);
    stk_session_close(s);
}

/* The day on which the data ends is what answers say, and documents that are laid over move it. */
static void test_known_until(void **state)
{
    (void)state;
    stk_session *s = test_session();
    const char *known = stk_session_known_until(s);
    assert_non_null(known);
    char said[64];
    snprintf(said, sizeof said, "\"known_until\": \"%s\"", known);
    stk_text json = test_ask(s, "gap", "json");
    assert_non_null(strstr(json.data, said));
    free((char *)json.data);
    assert_done(s, stk_session_target(s, "IND", "2035=3000Mt"));
    assert_memory_equal(stk_session_known_until(s), said + 16, 10);
    stk_text own;
    stk_error error;
    assert_ok(stk_file_read(TEST_DATA_DIR "/pledges/BRA.yaml", &own, &error), &error);
    char *later = strdup(own.data);
    test_change(later, "submission_date: 2024-11-13", "submission_date: 2099-01-01");
    assert_done(s, stk_session_pledge(s, "BRA", later));
    free(later);
    free((char *)own.data);
    assert_string_equal(stk_session_known_until(s), "2099-01-01");
    assert_done(s, stk_session_reset(s, NULL));
    assert_memory_equal(stk_session_known_until(s), said + 16, 10);
    assert_null(stk_session_known_until(NULL));
    stk_session_close(s);
}

/* ---- dates by name ---- */

static void assert_same_answer(stk_session *s, const char *question, const char *other)
{
    stk_text first = test_ask(s, question, "csv");
    stk_text second = test_ask(s, other, "csv");
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    free((char *)first.data);
    free((char *)second.data);
}

static void test_conferences(void **state)
{
    (void)state;
    stk_session *s = test_session();
    int count = 0;
    for (const char *before = "2015-01-01"; stk_conference_name(count) != NULL; count++) {
        assert_int_equal(atoi(stk_conference_name(count) + 3), 21 + count);
        assert_true(strlen(stk_conference_place(count)) > 0);
        assert_true(strcmp(before, stk_conference_first_day(count)) < 0);
        assert_true(strcmp(stk_conference_first_day(count), stk_conference_closing_day(count)) < 0);
        before = stk_conference_closing_day(count);
    }
    assert_true(count >= 11);
    assert_null(stk_conference_name(-1));
    assert_null(stk_conference_closing_day(count));
    assert_same_answer(s, "gap --as-of COP26", "gap --as-of 2021-11-13");
    assert_same_answer(s, "assess --as-of 'cop 30' --since Cop29",
                       "assess --as-of 2025-11-22 --since 2024-11-24");
    assert_same_answer(s, "timeline --no-warming --from 2025",
                       "timeline --no-warming --from 2025-01-01");
    assert_done(s, stk_session_set(s, "as-of", "COP28"));
    assert_string_equal(stk_session_get(s, "as-of"), "COP28");
    assert_same_answer(s, "gap", "gap --as-of 2023-12-13");
    assert_int_equal(stk_session_set(s, "as-of", "COP40"), STK_REFUSED_ARGUMENT);
    assert_non_null(strstr(stk_session_message(s), "the list ends with COP31"));
    /* one option, a day to one question and a year to others */
    assert_done(s, stk_session_set(s, "from", "2020-12-01"));
    assert_same_answer(s, "history", "history --from 2020");
    assert_done(s, stk_session_set(s, "as-of", NULL));
    assert_same_answer(s, "timeline --no-warming", "timeline --no-warming --from 2020-12-01");
    stk_session_close(s);
}

/* Countries and fair shares have tables of other names: each takes its own. */
static void test_same_name(void **state)
{
    (void)state;
    const char *name;
    const char *unit;
    int type;
    int rows;
    int columns;
    stk_session *s = test_session();
    assert_done(s, stk_session_set(s, "table", "rating"));
    assert_done(s, stk_session_table(s, "fairness IND", &rows, &columns));
    assert_int_equal(rows, 1);
    assert_done(s, stk_session_table(s, "country IND", &rows, &columns));
    assert_int_equal(rows, 111);
    assert_done(s, stk_session_set(s, "table", "net_zero"));
    assert_done(s, stk_session_table(s, "country IND", &rows, &columns));
    const void *dates = stk_session_column(s, 0, &name, &unit, &type);
    assert_non_null(dates);
    assert_string_equal(name, "date");
    assert_int_equal(stk_session_set(s, "table", "sheet"), STK_REFUSED_ARGUMENT);
    stk_session_close(s);
}

/* ---- arrays of the ensemble ---- */

static int by_size(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;
    return (*x > *y) - (*x < *y);
}

/* What the members say themselves is what is said of them. */
static void test_members(void **state)
{
    (void)state;
    enum { KIND = 2, MEDIAN = 3, TWO_DEGREES = 1, PERCENTILES = 7, THRESHOLDS = 4 };
    size_t shape[4];
    size_t count;
    stk_session *s = test_session();
    assert_done(s, stk_session_update(s, STK_UPDATE_WARMING));
    const double *members = stk_session_array(s, "members", shape, NULL);
    double *warming = test_array(s, "warming", &count);
    double *ever = test_array(s, "ever", &count);
    double *column = malloc(shape[0] * sizeof *column);
    assert_non_null(members);
    assert_non_null(column);
    size_t years = shape[1];
    assert_true(shape[0] % 2 == 1); /* one of them is the median */
    for (size_t y = 0; y < years; y++) {
        for (size_t m = 0; m < shape[0]; m++) {
            column[m] = members[m * years + y];
        }
        qsort(column, shape[0], sizeof *column, by_size);
        assert_true(column[shape[0] / 2] == warming[(KIND * PERCENTILES + MEDIAN) * years + y]);
    }
    size_t above = 0;
    for (size_t m = 0; m < shape[0]; m++) {
        double most = -INFINITY;
        for (size_t y = 0; y < years; y++) {
            most = fmax(most, members[m * years + y]);
        }
        above += most > 2;
    }
    assert_true((double)above / (double)shape[0] == ever[KIND * THRESHOLDS + TWO_DEGREES]);
    const double *observed = stk_session_array(s, "observed", shape, NULL);
    assert_true(isfinite(observed[0]) && isnan(observed[shape[0] - 1]));
    assert_string_equal(stk_session_axis(s, "observed", 0, 0), "1850");
    assert_string_equal(stk_session_axis(s, "members", 1, 0), "1995");
    assert_string_equal(stk_session_axis(s, "ever", 1, TWO_DEGREES), "2 K");
    assert_non_null(stk_session_axis(s, "members", 0, 0));
    free(column);
    free(ever);
    free(warming);
    stk_session_close(s);
}

/* ---- how far ---- */

static int end_soon(void *user, double share)
{
    double *told = user;
    assert_true(share > told[0] && share <= 1);
    told[0] = share;
    return ++told[1] == told[2];
}

/* Who waits is told, gets the same bytes, and can end it. */
static void test_progress(void **state)
{
    (void)state;
    static const char question[] = "timeline --from 2026-01-01";
    const char *bytes;
    size_t size;
    int rows;
    double told[] = {0, 0, 0};
    stk_session *s = test_session();
    stk_text quiet = test_ask(s, question, "csv");
    assert_int_equal(stk_session_progress(NULL, end_soon, told), STK_REFUSED_ARGUMENT);
    assert_done(s, stk_session_progress(s, end_soon, told));
    stk_text followed = test_ask(s, question, "csv");
    same_bytes(quiet, followed, question);
    assert_true(told[0] == 1 && told[1] >= 1);
    double first[] = {0, 0, 1};
    assert_done(s, stk_session_progress(s, end_soon, first));
    assert_int_equal(stk_session_ask(s, question, "csv", &bytes, &size), STK_CANCELLED);
    assert_true(size == 0 && first[0] > 0);
    memset(first, 0, 2 * sizeof *first);
    assert_int_equal(stk_session_table(s, question, &rows, NULL), STK_CANCELLED);
    assert_int_equal(stk_session_ask(s, "gap --year soon", "csv", &bytes, &size),
                     STK_REFUSED_ARGUMENT);
    assert_done(s, stk_session_progress(s, NULL, NULL));
    stk_text again = test_ask(s, question, "csv");
    same_bytes(quiet, again, question);
    free((char *)quiet.data);
    free((char *)followed.data);
    free((char *)again.data);
    stk_session_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_meant),        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_held_options), cmocka_unit_test(test_invented_world),
        cmocka_unit_test(test_data_sets),    cmocka_unit_test(test_warming),
        cmocka_unit_test(test_pictures),     cmocka_unit_test(test_page),
        cmocka_unit_test(test_history),      cmocka_unit_test(test_folder),
        cmocka_unit_test(test_files),        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_same_name),    cmocka_unit_test(test_questions_of_options),
        cmocka_unit_test(test_round_trip),   cmocka_unit_test(test_choices),
        cmocka_unit_test(test_edition),      cmocka_unit_test(test_known_until),
        cmocka_unit_test(test_conferences),  cmocka_unit_test(test_members),
        cmocka_unit_test(test_progress),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
