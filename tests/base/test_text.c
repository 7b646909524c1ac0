/** @file test_text.c
 * @brief Status codes, errors, arena, slices, numbers, dates, series.
 */
#include "support/support.h"

#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"

/* A locale with a decimal comma if the system has one; the tests then also run in it. */
static bool enter_comma_locale(void)
{
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "de_DE", "fr_FR.UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (setlocale(LC_ALL, names[i]) != NULL) {
            return true;
        }
    }
    /* made on the spot where the system has the sources of locales */
    char command[9000];
    char folder[4096];
    snprintf(folder, sizeof folder, "%s", test_scratch("locale"));
    snprintf(command, sizeof command,
             "mkdir -p '%s' && localedef -i de_DE -f UTF-8 '%s/de_DE.UTF-8' 2>/dev/null", folder,
             folder);
    return system(command) == 0 && setenv("LOCPATH", folder, 1) == 0 &&
           setlocale(LC_ALL, "de_DE.UTF-8") != NULL;
}

static void every_status_has_its_own_text(void **state)
{
    (void)state;
    for (int a = 0; a < (int)STK_STATUS_END; a++) {
        const char *text = stk_status_text((stk_status)a);
        assert_true(strlen(text) > 3);
        assert_string_not_equal(text, "unknown status");
        for (int b = 0; b < a; b++) {
            assert_string_not_equal(text, stk_status_text((stk_status)b));
        }
    }
    assert_string_equal(stk_status_text(STK_STATUS_END), "unknown status");
    assert_string_equal(stk_status_text((stk_status)-1), "unknown status");
    assert_true(strchr(stk_version(), '.') != NULL);
}

static void cuts_between_characters(void **state)
{
    (void)state;
    stk_text text = stk_text_of("a\xc3\xa9\xe2\x82\xac"); /* one, two and three bytes */
    static const size_t sizes[] = {0, 1, 1, 3, 3, 3, 6, 6};
    for (size_t limit = 0; limit < sizeof sizes / sizeof *sizes; limit++) {
        assert_int_equal(stk_text_cut(text, limit).size, sizes[limit]);
        assert_ptr_equal(stk_text_cut(text, limit).data, text.data);
    }
}

static void errors_say_where(void **state)
{
    (void)state;
    stk_error error;
    char text[1024];
    assert_int_equal(stk_error_set(&error, STK_EARG, "bad %d", 3), STK_EARG);
    stk_error_format(&error, text, sizeof text);
    assert_string_equal(text, "bad 3");
    assert_int_equal(stk_error_at(&error, STK_EDATA, "f.csv", 0, 0, "x"), STK_EDATA);
    stk_error_format(&error, text, sizeof text);
    assert_string_equal(text, "f.csv: x");
    stk_error_at(&error, STK_EDATA, "f.csv", 7, 0, "x");
    stk_error_format(&error, text, sizeof text);
    assert_string_equal(text, "f.csv:7: x");
    stk_error_at(&error, STK_EDATA, "f.csv", 7, 9, "a\nb\x7f");
    stk_error_format(&error, text, sizeof text);
    assert_string_equal(text, "f.csv:7:9: a?b?");
    stk_error_context(&error, STK_EDATA, "reading %s", "it");
    stk_error_format(&error, text, sizeof text);
    assert_string_equal(text, "f.csv:7:9: reading it: a?b?");
    stk_error_format(&error, text, 6);
    assert_string_equal(text, "f.csv");
}

static void errors_may_be_absent_or_long(void **state)
{
    (void)state;
    char longer[2000];
    stk_error error;
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_int_equal(stk_error_set(NULL, STK_EIO, "%s", longer), STK_EIO);
    assert_int_equal(stk_error_at(NULL, STK_EIO, "f", 1, 1, "%s", longer), STK_EIO);
    assert_int_equal(stk_error_context(NULL, STK_EIO, "%s", longer), STK_EIO);
    stk_error_at(&error, STK_EIO, longer, 1, 1, "%s", longer);
    assert_int_equal(strlen(error.message), sizeof error.message - 1);
    assert_int_equal(strlen(error.file), sizeof error.file - 1);
    stk_error_context(&error, STK_EIO, "%s", longer);
    assert_int_equal(strlen(error.message), sizeof error.message - 1);
}

static void problems_are_kept_up_to_a_limit(void **state)
{
    (void)state;
    stk_problems problems = {0};
    stk_error error;
    for (int i = 0; i < 1200; i++) {
        stk_error_set(&error, STK_EDATA, "%d", i);
        stk_problems_add(&problems, &error);
    }
    assert_int_equal(problems.count, 1000);
    assert_string_equal(problems.items[999].message, "999");
    stk_problems_free(&problems);
    assert_null(problems.items);
}

static void arena_gives_aligned_zeroed_memory(void **state)
{
    (void)state;
    stk_arena arena = {0};
    test_random random = {7};
    for (int i = 0; i < 2000; i++) {
        size_t size = (size_t)(test_random_bits(&random) % (i % 100 == 0 ? 400000 : 300));
        unsigned char *memory = stk_arena_alloc(&arena, size, 1);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % 16, 0);
        for (size_t k = 0; k < size; k++) {
            assert_int_equal(memory[k], 0);
        }
        memset(memory, 0xff, size);
    }
    assert_null(stk_arena_alloc(&arena, SIZE_MAX / 2, 16));
    assert_null(stk_arena_alloc(&arena, SIZE_MAX, 1));
    assert_string_equal(stk_arena_string(&arena, (stk_text){"abcdef", 3}), "abc");
    stk_series series = stk_arena_series(&arena, 2000, 2004);
    assert_int_equal(series.count, 5);
    assert_nan(series.values[4]);
    assert_int_equal(stk_arena_series(&arena, 2000, 1990).count, 0);
    stk_arena_free(&arena);
    assert_null(arena.blocks);
}

static void slices(void **state)
{
    (void)state;
    assert_true(stk_text_equal(stk_text_of("abc"), "abc"));
    assert_false(stk_text_equal(stk_text_of("abc"), "ab"));
    assert_true(stk_text_equal((stk_text){"", 0}, ""));
    assert_true(stk_text_contains(stk_text_of("abcabd"), "abd"));
    assert_false(stk_text_contains(stk_text_of("ab"), "abc"));
    assert_true(stk_text_contains(stk_text_of("ab"), ""));
    assert_true(stk_text_equal(stk_text_trim(stk_text_of("\t  a b \t")), "a b"));
    assert_int_equal(stk_text_trim(stk_text_of("   ")).size, 0);
}

/* Letters of ASCII alone have a case: '@', '[', '`' and '{' stand beside them. */
static void letters(void **state)
{
    (void)state;
    for (int c = -128; c < 128; c++) {
        bool capital = c >= 'A' && c <= 'Z';
        assert_int_equal(stk_char_small((char)c), capital ? c + 32 : c);
        assert_int_equal(
            stk_char_is_alphanumeric((char)c),
            c > 0 && strchr("0123456789abcdefghijklmnopqrstuvwxyz", capital ? c + 32 : c) != NULL);
    }
    assert_true(stk_text_alike(stk_text_of("EMISSIONS|I"), "Emissions|i"));
    assert_false(stk_text_alike(stk_text_of("Emissions"), "Emissions|"));
    assert_false(stk_text_alike(stk_text_of("\xc3\x89"), "\xc3\xa9"));
    assert_true(stk_text_alike((stk_text){NULL, 0}, ""));
    stk_text text = stk_text_of("EMISSIONS|CO2|Unharmonized");
    assert_false(stk_text_cut_prefix_alike(&text, "Emissions|CO2|Unharmonized|"));
    assert_false(stk_text_cut_suffix_alike(&text, "2|unharmonised"));
    assert_true(stk_text_cut_prefix_alike(&text, "Emissions|"));
    assert_true(stk_text_cut_suffix_alike(&text, "|unharmonized"));
    assert_true(stk_text_equal(text, "CO2"));
}

static void check_number(const char *text)
{
    double value = 0;
    char *end;
    double expected = strtod(text, &end);
    assert_int_equal(*end, '\0');
    if (!stk_text_number(stk_text_of(text), &value)) {
        print_error("'%s' is no number?\n", text);
        fail();
    }
    if (memcmp(&value, &expected, sizeof value) != 0) {
        print_error("'%s' read as %.17g\n", text, value);
        fail();
    }
}

/* Every decimal must round as the C library rounds it, which glibc does correctly. */
static void numbers_round_correctly(void **state)
{
    (void)state;
    static const char *const hard[] = {"0",
                                       "-0",
                                       "+1",
                                       ".5",
                                       "5.",
                                       "-.25e1",
                                       "1e22",
                                       "1e23",
                                       "9007199254740993",
                                       "9007199254740992.5",
                                       "2.2250738585072011e-308",
                                       "2.2250738585072014e-308",
                                       "4.9e-324",
                                       "2.4703282292062327e-324",
                                       "1.7976931348623157e308",
                                       "123456789012345678901234567890",
                                       "0.000000000000000000000000000001e30",
                                       "0.1000000000000000055511151231257827021181583404541015625",
                                       "7.2057594037927933e16",
                                       "1e-400",
                                       "0e999999999999",
                                       "18446744073709551616",
                                       "9999999999999999999",
                                       "8.5e-5",
                                       "00000000000000000000000000000000000012.5"};
    for (size_t i = 0; i < sizeof hard / sizeof *hard; i++) {
        check_number(hard[i]);
    }
    test_random random = {20210422};
    char text[128];
    for (int i = 0; i < 200000; i++) {
        uint64_t bits = test_random_bits(&random);
        if (i % 3 == 0) { /* any double, all digits */
            double value;
            memcpy(&value, &bits, sizeof value);
            if (!isfinite(value)) {
                continue;
            }
            snprintf(text, sizeof text, "%.*e", 12 + (int)(bits % 9), value);
        } else if (i % 3 == 1) { /* like data: few digits, small exponents */
            snprintf(text, sizeof text, "%" PRIu64 ".%" PRIu64, bits >> 44, (bits >> 8) % 1000000);
        } else { /* many digits around halves of the last place */
            snprintf(text, sizeof text, "%" PRIu64 "%" PRIu64 "e%d", bits,
                     test_random_bits(&random) % 1000000, (int)(bits % 80) - 60);
        }
        check_number(text);
        /* 16 to 19 digits and a point, which one division of integers rounds; halves among them */
        uint64_t half = ((bits >> 11 | UINT64_C(1) << 52) << 1 | 1) << (bits % 3);
        snprintf(text, sizeof text, "%" PRIu64 "e-%d", half, (int)(bits % 20));
        check_number(text);
        snprintf(text, sizeof text, "%" PRIu64 "e-%d", bits % UINT64_C(10000000000000000000),
                 (int)(bits >> 40) % 20);
        check_number(text);
    }
}

static void what_is_no_number(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        " ",
                                        ".",
                                        "-",
                                        "+",
                                        "e5",
                                        "1e",
                                        "1e+",
                                        "1e-",
                                        "1,5",
                                        "1.2.3",
                                        "0x10",
                                        "inf",
                                        "nan",
                                        "NaN",
                                        "1 ",
                                        " 1",
                                        "1 000",
                                        "1'000",
                                        "--1",
                                        "1-",
                                        "1e5.5",
                                        "1e400",
                                        "-1e999",
                                        "N/A",
                                        "1.5f",
                                        "1d5",
                                        "\xe2\x88\x92\x35",
                                        "1e99999999999999999999"};
    double value;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (stk_text_number(stk_text_of(wrong[i]), &value)) {
            print_error("'%s' was read as %g\n", wrong[i], value);
            fail();
        }
    }
    assert_false(stk_text_number((stk_text){"1\0", 2}, &value));
}

static void very_long_numbers(void **state)
{
    (void)state;
    double value;
    size_t size = 100000;
    char *text = malloc(size + 1);
    assert_non_null(text);
    memset(text, '0', size);
    text[0] = '3';
    text[1] = '.';
    text[size] = '\0';
    assert_true(stk_text_number(stk_text_of(text), &value));
    assert_true(value == 3.0);
    text[0] = '0';
    text[size - 1] = '7';
    assert_true(stk_text_number(stk_text_of(text), &value));
    assert_true(value == 0.0);
    free(text);
}

static void integers(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "-", "+1", "1.0", " 1", "1e3", "12345678901234567890"};
    long value;
    assert_true(stk_text_integer(stk_text_of("-0042"), &value));
    assert_int_equal(value, -42);
    assert_true(stk_text_integer(stk_text_of("123456789012345678"), &value));
    assert_true(value == 123456789012345678);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(stk_text_integer(stk_text_of(wrong[i]), &value));
    }
}

static void numbers_are_written_shortest_and_read_back(void **state)
{
    (void)state;
    char text[STK_NUMBER_SIZE];
    stk_number_format(0.1, text);
    assert_string_equal(text, "0.1");
    stk_number_format(-1e300, text);
    assert_string_equal(text, "-1e+300");
    stk_number_format(1.0 / 3.0, text);
    assert_string_equal(text, "0.3333333333333333");
    stk_number_format(NAN, text);
    assert_string_equal(text, "");
    test_random random = {42};
    for (int i = 0; i < 50000; i++) {
        double value;
        double back;
        uint64_t bits = test_random_bits(&random);
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value)) {
            stk_number_format(value, text);
            assert_true(strlen(text) < STK_NUMBER_SIZE);
            assert_true(stk_text_number(stk_text_of(text), &back));
            assert_true(memcmp(&value, &back, sizeof value) == 0);
        }
    }
}

static void numbers_do_not_depend_on_the_locale(void **state)
{
    (void)state;
    char text[STK_NUMBER_SIZE];
    double value;
    stk_buffer buffer = {0};
    if (!enter_comma_locale()) {
        skip();
    }
    assert_true(stk_text_number(stk_text_of("9007199254740993.5"), &value));
    assert_true(value == 9007199254740994.0);
    assert_false(stk_text_number(stk_text_of("1,5"), &value));
    stk_number_format(2.5, text);
    stk_buffer_decimal(&buffer, -1234.56, 1);
    setlocale(LC_ALL, "C");
    assert_string_equal(text, "2.5");
    assert_string_equal(buffer.data, "-1234.6");
    stk_buffer_free(&buffer);
}

/* Emissions in a message: no exponent where people write none. */
static void digits_before_the_point_are_all_shown(void **state)
{
    (void)state;
    static const struct {
        double value;
        int digits;
        const char *text;
    } cases[] = {{35635.29, 6, "35635.3"},    {35500000, 6, "35500000"},
                 {-1234567.8, 6, "-1234568"}, {999999.4, 6, "999999"},
                 {999999.6, 6, "1000000"},    {0.5, 6, "0.5"},
                 {39412.5214, 7, "39412.52"}, {0, 6, "0"},
                 {2e15, 6, "2e+15"}};
    char text[STK_DECIMAL_SIZE];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(stk_digits_text(text, cases[i].value, cases[i].digits), cases[i].text);
    }
}

static void decimals_never_show_a_negative_zero(void **state)
{
    (void)state;
    stk_buffer buffer = {0};
    stk_buffer_decimal(&buffer, -0.04, 1);
    stk_buffer_text(&buffer, " ");
    stk_buffer_decimal(&buffer, -0.0, 0);
    stk_buffer_text(&buffer, " ");
    stk_buffer_decimal(&buffer, NAN, 2);
    stk_buffer_decimal(&buffer, 1e300, 2);
    assert_int_equal(strncmp(buffer.data, "0.0 0 1", 7), 0);
    stk_buffer_free(&buffer);
    stk_error error;
    assert_false(stk_buffer_reserve(&buffer, SIZE_MAX / 2));
    stk_buffer_append(&buffer, stk_text_of("x"));
    stk_buffer_fill(&buffer, ' ', 3);
    stk_buffer_printf(&buffer, "%d", 3);
    assert_int_equal(stk_buffer_status(&buffer, &error), STK_EMEM);
    stk_buffer_free(&buffer);
}

static void dates(void **state)
{
    (void)state;
    static const char *const right[] = {"1850-01-01", "2020-02-29", "2000-02-29", "9999-12-31",
                                        "2021-04-30"};
    static const char *const wrong[] = {
        "",           "2021",       "2021-4-22",   "2021-04-31", "2021-02-29",
        "1900-02-29", "2021-13-01", "2021-00-10",  "2021-01-00", "1849-12-31",
        "22-04-2021", "2021/04/22", "2021-04-22 ", "2021-04-2x", "-021-04-22",
        "2021--4-22", "20210422",   "0000-00-00"};
    char text[STK_DATE_SIZE];
    stk_date date;
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        assert_true(stk_date_parse(stk_text_of(right[i]), &date));
        stk_date_format(date, text);
        assert_string_equal(text, right[i]);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(stk_date_parse(stk_text_of(wrong[i]), &date));
    }
    assert_true(stk_date_parse(stk_text_of("2021-04-22"), &date));
    assert_int_equal(date, 20210422);
    assert_int_equal(stk_date_year(date), 2021);
    stk_date_format(0, text);
    assert_string_equal(text, "");
}

static void every_day_of_four_centuries_is_counted_once(void **state)
{
    (void)state;
    int days = 0;
    for (int year = 1900; year < 2300; year++) {
        for (int month = 0; month <= 13; month++) {
            for (int day = 0; day <= 32; day++) {
                char text[32];
                stk_date date;
                snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
                days += stk_date_parse(stk_text_of(text), &date);
            }
        }
    }
    assert_int_equal(days, 146097); /* of a Gregorian cycle */
}

static void changes(void **state)
{
    (void)state;
    assert_true(stk_change_pct(2, 3) == 50 && stk_change_pct(2, 0) == -100);
    assert_true(stk_change_pct(1, 1000) == 99900);
    assert_nan(stk_change_pct(1, 1001));
    assert_nan(stk_change_pct(0, 1));
    assert_nan(stk_change_pct(-1, 1));
    assert_nan(stk_change_pct(1, -1e-9));
    assert_nan(stk_change_pct(NAN, 1));
    assert_nan(stk_change_pct(1, NAN));
}

static void series(void **state)
{
    (void)state;
    double values[] = {NAN, 1, NAN, 3, NAN};
    stk_series series = {2000, 5, values};
    stk_series none = {2000, 0, NULL};
    int first;
    int last;
    assert_nan(stk_series_at(&series, 1999));
    assert_nan(stk_series_at(&series, 2000));
    assert_true(stk_series_at(&series, 2003) == 3);
    assert_nan(stk_series_at(&series, 2005));
    assert_nan(stk_series_at(&none, 2000));
    assert_true(stk_series_span(&series, &first, &last));
    assert_int_equal(first, 2001);
    assert_int_equal(last, 2003);
    assert_false(stk_series_span(&none, &first, &last));
    values[1] = values[3] = NAN;
    assert_false(stk_series_span(&series, &first, &last));
}

/* A quoted value is shown, but no byte of it commands the terminal. */
static void messages_command_no_terminal(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        const char *shown;
    } cases[] = {
        {"S\303\243o Tom\303\251 \342\202\254 \360\237\214\215", NULL}, /* UTF-8 of 2 to 4 bytes */
        {"a\033[31mb\177\n", "a?[31mb??"},
        {"a\302\233b", "a?b"},     /* C1: the same as ESC [ */
        {"a\342\200\256b", "a?b"}, /* right to left */
        {"a\342\201\246b", "a?b"},
        {"a\342\200\250b", "a?b"}, /* line separator */
        {"a\377b\303", "a?b?"},    /* no UTF-8, and a character cut off */
        {"\300\200", "??"}};       /* an overlong zero */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stk_error error;
        stk_error_set(&error, STK_EARG, "%s", cases[i].value);
        assert_string_equal(error.message,
                            cases[i].shown == NULL ? cases[i].value : cases[i].shown);
    }
}

static void prints_cut_between_characters(void **state)
{
    static const char japanese[] = "\u65e5\u672c\u306e"; /* 3 bytes each */
    static const size_t kept[] = {0, 0, 0, 0, 3, 3, 3, 6, 6, 6, 9, 9};
    char out[16];
    (void)state;
    for (size_t size = 1; size < sizeof kept / sizeof *kept; size++) {
        memset(out, 'x', sizeof out);
        assert_int_equal(stk_print(out, size, "%s", japanese), 9);
        assert_int_equal(strlen(out), kept[size]);
        assert_memory_equal(out, japanese, kept[size]);
    }
    assert_int_equal(stk_print(out, 6, "ab\u00e9\U0001F600"), 8);
    assert_string_equal(out, "ab\u00e9");
    assert_int_equal(stk_print(out, 4, "%s", "abcdef"), 6);
    assert_string_equal(out, "abc");
    /* what fits is left as it is, also where it is no UTF-8: names of files */
    assert_int_equal(stk_print(out, sizeof out, "%s", "a\xe6"), 2);
    assert_string_equal(out, "a\xe6");
    assert_string_equal(STK_CUT(japanese, 8), "\u65e5\u672c");
    assert_string_equal(STK_CUT(japanese, 9), japanese);
    assert_string_equal(STK_CUT(japanese, 2), "");
    assert_string_equal(STK_CUT(NULL, 2), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_cut_between_characters),
        cmocka_unit_test(messages_command_no_terminal),
        cmocka_unit_test(every_status_has_its_own_text),
        cmocka_unit_test(cuts_between_characters),
        cmocka_unit_test(errors_say_where),
        cmocka_unit_test(errors_may_be_absent_or_long),
        cmocka_unit_test(problems_are_kept_up_to_a_limit),
        cmocka_unit_test(arena_gives_aligned_zeroed_memory),
        cmocka_unit_test(slices),
        cmocka_unit_test(letters),
        cmocka_unit_test(numbers_round_correctly),
        cmocka_unit_test(what_is_no_number),
        cmocka_unit_test(very_long_numbers),
        cmocka_unit_test(integers),
        cmocka_unit_test(numbers_are_written_shortest_and_read_back),
        cmocka_unit_test(numbers_do_not_depend_on_the_locale),
        cmocka_unit_test(digits_before_the_point_are_all_shown),
        cmocka_unit_test(decimals_never_show_a_negative_zero),
        cmocka_unit_test(dates),
        cmocka_unit_test(every_day_of_four_centuries_is_counted_once),
        cmocka_unit_test(changes),
        cmocka_unit_test(series),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
