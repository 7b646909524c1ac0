/** @file test_formats.c
 * @brief Tables as the tools of the field write them: dates, semicolons, words for nothing, a row
 * for each value, notes below the data.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

#define KEYS "Model,Scenario,Region,Variable,Unit,"
#define ROW "M,S,World,Emissions|CO2,Mt CO2/yr,"

typedef struct told {
    int count;
    long line;
    char text[128];
} told;

static void tell(void *user, const char *file, long line, stk_text text)
{
    told *t = user;
    assert_string_equal(file, "in.csv");
    t->count++;
    t->line = line;
    snprintf(t->text, sizeof t->text, "%.*s", (int)text.size, text.data);
}

static stk_iamc *reads_and_tells(const char *text, told *footer)
{
    stk_error error = {0};
    stk_iamc *table = NULL;
    stk_iamc_filter filter = {.footer = tell, .footer_user = footer};
    *footer = (told){0, 0, ""};
    if (stk_iamc_read("in.csv", stk_text_of(text), &filter, &table, &error) != STK_OK) {
        fail_msg("%s\n%ld:%ld: %s", text, error.line, error.column, error.message);
    }
    return table;
}

static stk_iamc *reads(const char *text)
{
    told footer;
    stk_iamc *table = reads_and_tells(text, &footer);
    assert_int_equal(footer.count, 0);
    return table;
}

static void refuses(const char *text, long line, const char *words)
{
    stk_error error = {0};
    stk_iamc *table = NULL;
    assert_int_not_equal(stk_iamc_read("in.csv", stk_text_of(text), NULL, &table, &error), STK_OK);
    assert_null(table);
    assert_int_equal(error.line, line);
    if (strstr(error.message, words) == NULL) {
        fail_msg("'%s' does not say '%s'", error.message, words);
    }
}

/* Both rows of a table of 2020 and 2030. */
static void has_two(stk_iamc *table, double first, double second)
{
    assert_int_equal(table->row_count, 1);
    assert_int_equal(table->first_year, 2020);
    assert_int_equal(table->year_count, 11);
    for (int year = 2020; year <= 2030; year++) {
        double value = stk_iamc_value(table, &table->rows[0], year);
        double expected = year == 2020 ? first : year == 2030 ? second : NAN;
        assert_true(isnan(expected) ? isnan(value) : value == expected);
    }
    stk_iamc_free(table);
}

static void years_are_dates(void **state)
{
    (void)state;
    static const char *const forms[] = {"",
                                        ".0",
                                        "-01-01",
                                        "-01-01 00:00",
                                        "-01-01 00:00:00",
                                        "-01-01T00:00:00",
                                        "-01-01T00:00:00Z",
                                        "-01-01T00:00:00.000Z",
                                        "-01-01 00:00:00+00:00",
                                        "-01-01 00:00:00.000000000",
                                        "-01-01 00:00:00 UTC"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char text[400];
        snprintf(text, sizeof text, KEYS "2020%s,2030%s\n" ROW "1,2\n", forms[i], forms[i]);
        stk_iamc *table = reads(text);
        assert_false(table->mid_year);
        has_two(table, 1, 2);
    }
    has_two(reads(KEYS "2030-01-01,2020\n" ROW "2,1\n"), 1, 2);
}

/* R puts an X before names that start with a digit, and points for what it allows in none. */
static void years_of_r(void **state)
{
    (void)state;
    static const char *const forms[] = {"", ".0", ".01.01", ".01.01.00.00.00", "-01-01"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char text[400];
        snprintf(text, sizeof text, KEYS "X2020%s,X2030%s\n" ROW "1,2\n", forms[i], forms[i]);
        has_two(reads(text), 1, 2);
    }
    stk_iamc *table = reads(KEYS "X2020.5,X2030.5\n" ROW "1,2\n");
    assert_true(table->mid_year);
    has_two(table, 1, 2);
    has_two(reads(KEYS "X,Xray,X2020,X2030,x2040\n" ROW "a,b,1,2,c\n"), 1, 2);
    /* elsewhere it is a name */
    table =
        reads("Model,Scenario,Region,Variable,Unit,2020,2030\nX2010,X2010,World,X2010,Mt,1,2\n");
    assert_string_equal(table->rows[0].variable, "X2010");
    has_two(table, 1, 2);
    refuses(KEYS "X2020,2030\n" ROW "1,2\n", 1, "'2030' is refused; allowed: all years as 2020 or");
    refuses(KEYS "2020,X2030\n" ROW "1,2\n", 1,
            "'X2030' is refused; allowed: all years as 2020 or");
    refuses(KEYS "X2020,X2020.0\n" ROW "1,2\n", 1, "'X2020.0' is there twice");
    refuses(KEYS "X2020.07.01\n" ROW "1\n", 1, "no column is a year");
}

static void dates_that_are_no_years(void **state)
{
    (void)state;
    static const char *const forms[] = {"2030-07-01",
                                        "2030-02",
                                        "2030-12-31 00:00:00",
                                        "2030-01-02",
                                        "2030-01-01 12:00:00",
                                        "2030-01-01 00:30",
                                        "2030-01-01T00:00:00+01:00",
                                        "2030-01",
                                        "2030-1-01",
                                        "2030.25",
                                        "20305",
                                        "2030-01-01x"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char text[400];
        snprintf(text, sizeof text, KEYS "2020,%s\n" ROW "1,2\n", forms[i]);
        if (strcmp(forms[i], "2030-1-01") == 0) { /* any other column */
            stk_iamc_free(reads(text));
            continue;
        }
        refuses(text, 1, "is refused; allowed: years as 2020, 2020.5 or 2020-01-01");
    }
    refuses(KEYS "2020-01-01,2020\n", 1, "the year '2020' is there twice");
    refuses(KEYS "2020,2020-01-01 00:00:00\n", 1, "there twice");
    refuses(KEYS "2020-01-01,2030.5\n", 1, "all as 2020.5");
}

static void words_for_nothing(void **state)
{
    (void)state;
    static const char *const words[] = {"NA",   "N/A",  "n/a",  "NaN",  "nan",  "-nan",
                                        "NULL", "null", "None", "#N/A", "<NA>", " NA "};
    static const char *const numbers[] = {"-", "NAN()", "none of it", "inf", "-inf", "x", "--"};
    char text[400];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        snprintf(text, sizeof text, KEYS "2020,2030\n" ROW "%s,2\n", words[i]);
        has_two(reads(text), NAN, 2);
        snprintf(text, sizeof text,
                 KEYS "Year,Value\n" ROW "X2020,%s\n" ROW "2030,2\n" ROW "2020,1\n", words[i]);
        has_two(reads(text), 1, 2);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        snprintf(text, sizeof text, KEYS "2020,2030\n" ROW "%s,2\n", numbers[i]);
        refuses(text, 2, "is refused; allowed: a number");
    }
    /* names are names */
    stk_iamc *table = reads(KEYS "2020\nNA,null,World,NaN,None,1\n");
    assert_string_equal(table->rows[0].model, "NA");
    assert_string_equal(table->rows[0].scenario, "null");
    assert_string_equal(table->rows[0].variable, "NaN");
    stk_iamc_free(table);
}

static void separators(void **state)
{
    (void)state;
    has_two(reads("Model;Scenario;Region;Variable;Unit;2020;2030;\n"
                  "M;\"S; 1\";World;Emissions|CO2, all;Mt CO2/yr;1;N/A;\n"),
            1, NAN);
    has_two(reads("Model;Scenario;Region;Variable;Unit;2020;2030\nM;S;World;v;Mt;1;2;\n"), 1, 2);
    has_two(reads("Model;Scenario;Region;Variable;Unit;2020;2030;\nM;S;World;v;Mt;1;2\n"), 1, 2);
    has_two(reads("Model,Scenario,Region,Variable,Unit,2020,2030,\nM,S,World,v,Mt,1,2,\n"), 1, 2);
    has_two(reads("\xef\xbb\xbf# of REMIND\nScenario;Region;Variable;Unit;2020;2030\r\n"
                  "\"S \"\"1\"\"\";World;v;Mt;1;2\r\n"),
            1, 2);
    has_two(reads("Model\tScenario\tRegion\tVariable\tUnit\t2020\t2030\t\r\n"
                  "M\t\"S, \t1\"\tWorld\tEmissions|CO2; all\tMt CO2/yr\t1\tNA\t\r\n"),
            1, NAN);
    has_two(reads(KEYS "\t2020,2030\n" ROW "1,2\n"), 1, 2);
    refuses("Model|Scenario|Region|Variable|Unit|2020\n", 1,
            "separated by '|'; commas, semicolons or tabs, and decimal points are needed");
    refuses("Model Scenario Region Variable Unit 2020\n", 1,
            "'Scenario' is missing; an IAMC table has Model, Scenario, Region, Variable, Unit and "
            "years, separated by commas, semicolons or tabs");
    refuses("Scenario\tRegion\tVariable\tUnit\t2020\nS\tWorld\tv\tMt\t1,5\n", 2, "a decimal point");
    refuses("Scenario\tRegion\tVariable\tUnit\t2020\nS;World;v;Mt;1;5\n", 2, "1 fields where");
    refuses("Model;Scenario;Region,Variable;Unit;2020\n", 1, "by ',' and by ';'");
    refuses("Scenario;Region;Variable;Unit;2020\nS;World;v;Mt;1,5\n", 2, "a decimal point");
    refuses("Scenario;Region;Variable;Unit;2020\nS,World,v,Mt,1\n", 2, "1 fields where");
    refuses(KEYS "2020\nM;S;World;v;Mt;1\n", 2, "1 fields where");
    refuses(KEYS "2020\n" ROW "1\nM;S;World;w;Mt;1\n", 3, "1 fields where");
    refuses("Scenario;Region;Variable;Unit;2020\nS;World;v;Mt;1;2\n", 2, "6 fields where");
}

static void row_for_each_value(void **state)
{
    (void)state;
    has_two(reads(KEYS "year,value\n" ROW "2020,1\n" ROW "2030,2\n"), 1, 2);
    has_two(reads("value,YEAR,unit,variable,region,scenario,model,note\n"
                  "2,2030.0,Mt,v,WORLD,S,M,\n1,2020,Mt,v,World,S,M,x\n"),
            1, 2);
    has_two(reads("Model;Scenario;Region;Variable;Unit;Period;Value\n"
                  "M;S;World;v;Mt;2020;1\nM;S;World;v;Mt;2030;2\n"),
            1, 2);
    has_two(reads(KEYS "time,value\n" ROW "2020-01-01 00:00:00,1\n" ROW "2030-01-01,2\n"), 1, 2);
    /* years outside, scenarios inside, as a sorted table has them */
    stk_iamc *table = reads(KEYS "year,value\nM,S,World,v,Mt,2020,1\nM,T,World,v,Mt,2020,3\n"
                                 "M,S,World,v,Mt,2030,2\nM,S,R5ASIA,v,Mt,2020,7\n"
                                 "M,T,World,v,Mt,2030,4\n");
    assert_int_equal(table->row_count, 2);
    assert_int_equal(table->skipped_regions, 1);
    assert_true(stk_iamc_value(table, stk_iamc_find(table, "M", "T", "v"), 2030) == 4);
    assert_true(stk_iamc_value(table, stk_iamc_find(table, "M", "S", "v"), 2020) == 1);
    assert_int_equal(table->rows[1].line, 3);
    stk_iamc_free(table);
    refuses(KEYS "year,value\n" ROW "2020,1\n" ROW "2020,1\n", 3, "has 2020 twice");
    refuses(KEYS "year,value\n" ROW "soon,1\n", 2, "'soon' is refused");
    refuses(KEYS "year,value\n" ROW "2020-06-01,1\n", 2, "allowed: a year as 2020");
    refuses(KEYS "year,value\n" ROW "2020,1\n" ROW "2030.5,1\n", 3, "all as 2020.5");
    refuses(KEYS "year,value\n" ROW "2020,1\nM,S,World,Emissions|CO2,kt,2030,1\n", 3, "on line 2");
    refuses(KEYS "year,value\n" ROW "1000,1\n" ROW "9000,1\n", 3, "span more than 2000");
    refuses(KEYS "year,amount\n", 1, "'year' and 'value'");
    refuses(KEYS "year,period,value\n", 1, "twice");
    stk_iamc_free(reads(KEYS "year,value\n"));
    has_two(reads(KEYS "2020,2030,year,value\n" ROW "1,2,x,y\n"), 1, 2); /* side by side */
}

static void notes_below_the_data(void **state)
{
    (void)state;
    static const char *const notes[] = {
        "(c) database\n",    "\n,,,,\n\n(c) database,,,,,,\n", "(c) database,,\n,,,,\n(d)\n",
        "(c) database",      "\"(c) database\", 2020\n",       ",,(c) database\n",
        "(c) database\n\n\n"};
    told footer;
    char text[500];
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        snprintf(text, sizeof text, KEYS "2020,2030\n" ROW "1,2\n%s", notes[i]);
        has_two(reads_and_tells(text, &footer), 1, 2);
        assert_int_equal(footer.count, 1);
        assert_memory_equal(footer.text, "(c) database", 12);
        snprintf(text, sizeof text, KEYS "Year,Value\n" ROW "2020,1\n" ROW "2030,2\n%s", notes[i]);
        has_two(reads_and_tells(text, &footer), 1, 2);
        assert_int_equal(footer.count, 1);
    }
    has_two(reads_and_tells(KEYS "2020,2030\n" ROW "1,2\n,,,,\n\n,,\n", &footer), 1, 2);
    assert_int_equal(footer.count, 0); /* nothing is lost */
    /* between the data, with a value, or cut short: refused */
    refuses(KEYS "2020\n" ROW "1\n\n(c)\n\nM,S,World,w,Mt,1\n", 4,
            "1 fields where the header has 6");
    refuses(KEYS "2020\n" ROW "1\n,,,,\nM,S,World,w,Mt,1\n", 3, "5 fields where");
    refuses(KEYS "2020,2030\n" ROW "1\n", 2, "6 fields where the header has 7");
    refuses(KEYS "2020,2030\n" ROW "1,2\n,,,,,3\n", 3, "6 fields where the header has 7");
    refuses(KEYS "2020,2030\n" ROW "1,2\nM,S,World,w,Mt\n", 3, "is the line cut short?");
    refuses(KEYS "2020,2030\n" ROW "1,2\nM,S,World", 3, "is the line cut short?");
    refuses(KEYS "2020\n" ROW "1,2\n", 2, "7 fields where the header has 6");
    refuses(KEYS "2020\n(c) database\n", 2, "1 fields where the header has 6");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_are_dates),     cmocka_unit_test(dates_that_are_no_years),
        cmocka_unit_test(words_for_nothing),   cmocka_unit_test(years_of_r),
        cmocka_unit_test(separators),          cmocka_unit_test(row_for_each_value),
        cmocka_unit_test(notes_below_the_data)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
