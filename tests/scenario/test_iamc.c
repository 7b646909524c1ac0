/** @file test_iamc.c
 * @brief IAMC tables: what is read, what is refused and where, units, writing.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stocktake/scenario.h>

static stk_iamc *read_text(const char *text, stk_error *error)
{
    stk_iamc *table = NULL;
    stk_iamc_read("in.csv", stk_text_of(text), NULL, &table, error);
    return table;
}

static void reads_any_case_and_order(void **state)
{
    (void)state;
    stk_error error = {0};
    stk_iamc *table = read_text("\xef\xbb\xbfunit,VARIABLE,Notes,region,Scenario,2030.5,2020.5\n"
                                "Mt CH4/yr,Emissions|CH4,\"a, b\",world,\"s \"\"x\"\"\",2,\n"
                                "Mt CH4/yr,Emissions|CH4,,R5ASIA,s,1,1\n",
                                &error);
    assert_non_null(table);
    assert_int_equal(table->row_count, 1);
    assert_int_equal(table->skipped_regions, 1);
    assert_int_equal(table->first_year, 2020);
    assert_int_equal(table->year_count, 11);
    assert_true(table->mid_year);
    const stk_iamc_row *row = stk_iamc_find(table, "", "s \"x\"", "Emissions|CH4");
    assert_non_null(row);
    assert_int_equal(row->line, 2);
    assert_true(isnan(stk_iamc_value(table, row, 2020)));
    assert_true(stk_iamc_value(table, row, 2030) == 2);
    assert_true(isnan(stk_iamc_value(table, row, 1900)));
    stk_iamc_free(table);
}

static void refuses(const char *text, stk_status status, long line, const char *words)
{
    stk_error error = {0};
    stk_iamc *table = NULL;
    assert_int_equal(stk_iamc_read("in.csv", stk_text_of(text), NULL, &table, &error), status);
    assert_null(table);
    assert_string_equal(error.file, "in.csv");
    assert_int_equal(error.line, line);
    if (strstr(error.message, words) == NULL) {
        fail_msg("'%s' does not say '%s'", error.message, words);
    }
}

#define HEAD "Model,Scenario,Region,Variable,Unit,2020\n"

static void refuses_with_place(void **state)
{
    (void)state;
    refuses("", STK_EFORMAT, 1, "empty");
    refuses("Model,Scenario,Region,Variable,2020\n", STK_EFORMAT, 1, "'Unit' is missing");
    refuses("Model,Scenario,Region,Variable,Unit\n", STK_EFORMAT, 1, "no column is a year");
    refuses("Model,model,Scenario,Region,Variable,Unit,2020\n", STK_EFORMAT, 1, "'Model'");
    refuses("Scenario,Region,Variable,Unit,2020,2020.5\n", STK_EFORMAT, 1, "twice");
    refuses("Scenario,Region,Variable,Unit,2020,2021.5\n", STK_EFORMAT, 1, "all as 2020.5");
    refuses("Scenario,Region,Variable,Unit,1000,9999\n", STK_EFORMAT, 1, "span");
    refuses(HEAD "m,s,World,v,Mt,inf\n", STK_EDATA, 2, "'inf' is refused");
    refuses(HEAD "m,s,World,v,Mt,1e999\n", STK_EDATA, 2, "'1e999' is refused");
    refuses(HEAD "m,s,World,v,Mt\n", STK_EFORMAT, 2, "5 fields");
    refuses(HEAD "m,,World,v,Mt,1\n", STK_EDATA, 2, "Scenario");
    refuses(HEAD "m,s,World,v,Mt,1\nm,s,World,w,Mt,1\nm,s,World,v,kt,1\n", STK_EDATA, 4,
            "first on line 2");
}

typedef struct pieces {
    const char *text;
    size_t position;
} pieces;

/* Hands out one byte at a time: every place is the end of a piece once. */
static stk_status read_byte(void *user, char *buffer, size_t size, size_t *got, stk_error *error)
{
    pieces *in = user;
    (void)size;
    (void)error;
    *got = in->text[in->position] != '\0';
    if (*got == 1) {
        *buffer = in->text[in->position++];
    }
    return STK_OK;
}

static bool wants_co2(void *user, stk_text variable)
{
    (void)user;
    return stk_text_equal(variable, "Emissions|CO2");
}

static void streams_as_it_reads(void **state)
{
    (void)state;
    pieces in = {"# say \"\n\n" HEAD "m,\"s\n1\",World,Emissions|CO2,Mt CO2/yr,1\n"
                 "m,s2,World,Price,\"\"\"US$\"\"\",no number\n"
                 "m,\"s \"\"2\"\"\",World,Emissions|CO2,Mt CO2/yr,2",
                 0};
    stk_iamc_input input = {"in.csv", read_byte, &in};
    stk_iamc_filter filter = {.wanted = wants_co2};
    stk_iamc *table = NULL;
    stk_error error = {0};
    assert_int_equal(stk_iamc_read_stream(&input, &filter, &table, &error), STK_OK);
    assert_int_equal(table->row_count, 2);
    assert_int_equal(table->skipped_variables, 1);
    assert_string_equal(table->rows[0].scenario, "s\n1");
    assert_string_equal(table->rows[1].scenario, "s \"2\"");
    assert_int_equal(table->rows[1].line, 7);
    assert_true(table->rows[1].values[0] == 2);
    stk_iamc_free(table);
}

/* Years beyond the last that is wanted are read where the first of them has no value. */
static void leaves_later_years(void **state)
{
    (void)state;
    const char *text = "Scenario,Region,Variable,Unit,2110,2020,2090,2105,2100\n"
                       "s,World,Emissions|CH4,Mt CH4/yr,broken,1,2,broken,3\n"
                       "s,World,Emissions|N2O,kt N2O/yr,6,1,2,5,\n"
                       "s,World,Emissions|BC,Mt BC/yr,,,,5,\n";
    stk_iamc_filter filter = {.last_year = 2095};
    stk_error error;
    stk_iamc *table;
    assert_int_equal(stk_iamc_read("t.csv", stk_text_of(text), &filter, &table, &error), STK_OK);
    assert_int_equal(table->row_count, 3);
    assert_true(stk_iamc_value(table, &table->rows[0], 2090) == 2);
    assert_true(stk_iamc_value(table, &table->rows[0], 2100) == 3);
    assert_true(isnan(stk_iamc_value(table, &table->rows[0], 2105)));
    assert_true(stk_iamc_value(table, &table->rows[1], 2105) == 5);
    assert_true(stk_iamc_value(table, &table->rows[1], 2110) == 6);
    assert_true(stk_iamc_value(table, &table->rows[2], 2105) == 5);
    stk_iamc_free(table);
    filter.last_year = 2101; /* the broken 2105 is the first from there on */
    assert_int_equal(stk_iamc_read("t.csv", stk_text_of(text), &filter, &table, &error), STK_EDATA);
    assert_int_equal(error.line, 2);
    filter.last_year = 2200; /* no column is as late */
    assert_int_equal(stk_iamc_read("t.csv", stk_text_of(text), &filter, &table, &error), STK_EDATA);
}

static void streams_the_place_of_an_error(void **state)
{
    (void)state;
    pieces in = {HEAD "m,s,World,v,Mt,1\nm,\xff,World,v,Mt,1\n", 0};
    stk_iamc_input input = {"in.csv", read_byte, &in};
    stk_iamc *table = NULL;
    stk_error error = {0};
    assert_int_equal(stk_iamc_read_stream(&input, NULL, &table, &error), STK_EFORMAT);
    assert_int_equal(error.line, 3);
    assert_int_equal(error.column, 3);
}

static void groups_in_order_of_appearance(void **state)
{
    (void)state;
    stk_error error = {0};
    stk_iamc *table =
        read_text(HEAD "m,b,World,v,Mt,1\nm,a,World,v,Mt,1\nm,b,World,w,Mt,1\n", &error);
    stk_iamc_scenarios scenarios;
    assert_int_equal(stk_iamc_group(table, &scenarios, &error), STK_OK);
    assert_int_equal(scenarios.count, 2);
    assert_string_equal(scenarios.items[0].scenario, "b");
    assert_int_equal(scenarios.items[0].row_count, 2);
    assert_int_equal(scenarios.items[0].rows[1], 2);
    assert_string_equal(scenarios.items[1].scenario, "a");
    stk_iamc_scenarios_free(&scenarios);
    stk_iamc_free(table);
}

static void writes_what_it_read(void **state)
{
    (void)state;
    const char *text = "Model,Scenario,Region,Variable,Unit,2020,2030\n"
                       "m,\"s, 1\",World,v,Mt,0.1,\n"
                       "m,\"s, 1\",World,w,Mt,,-1.2345678901234567e-08\n";
    stk_error error = {0};
    stk_iamc *table = read_text(text, &error);
    char *written = NULL;
    size_t size = 0;
    assert_int_equal(stk_iamc_write(table, &written, &size, &error), STK_OK);
    assert_string_equal(written, text);
    assert_int_equal(size, strlen(text));
    free(written);
    stk_iamc_free(table);
}

static void converts(const char *from, const char *to, double expected)
{
    double factor = 0;
    stk_error error = {0};
    if (stk_iamc_unit_factor(from, to, &factor, &error) != STK_OK ||
        fabs(factor / expected - 1) > 1e-15) {
        fail_msg("%s to %s: %.17g, not %.17g (%s)", from, to, factor, expected, error.message);
    }
}

static void converts_units(void **state)
{
    (void)state;
    converts("Gt CO2/yr", "Mt CO2/yr", 1000);
    converts("Mt CO2/yr", "Gt CO2/yr", 0.001);
    converts("PgC/yr", "Mt CO2/yr", 1000 * 44.0 / 12);
    converts("kt N2O / yr", "Mt N2O/yr", 0.001);
    converts("Tg N2O-N yr-1", "kt N2O/year", 1000 * 44.0 / 28);
    converts("Mt NO2 / yr", "Mt NOx/yr", 1);
    converts("Mt N/yr", "Mt NO2/yr", 46.0 / 14);
    converts("kt HFC4310mee/yr", "kt HFC43-10/yr", 1);
    converts("kt HFC134a-equiv/yr", "t HFC134a-eq/yr", 1000);
    converts("Mt CO2e/yr", "Gt CO2-equiv/yr", 0.001);
    converts("Mt SO2/yr", "Tg S/yr", 0.5);
    converts("Mt N/yr", "Mt NH3/yr", 17.0 / 14);
    converts("Mt NO/yr", "Mt NO2/yr", 46.0 / 30);
    converts("anything", "anything", 1);
}

static void refuses_units(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"Mt CO2", "Mt CO2/yr"},       {"Mt CO2-equiv/yr", "Mt CO2/yr"},
        {"Mt CH4/yr", "Mt CO2/yr"},    {"", "Mt CO2/yr"},
        {"/yr", "Mt CO2/yr"},          {"Mt /yr", "Mt CO2/yr"},
        {"US$ CO2/yr", "Mt CO2/yr"},   {"kt HFC134a-equiv/yr", "kt HFC134a/yr"},
        {"Mt CO2/month", "Mt CO2/yr"}, {"Mt \xc3\xa9/yr", "Mt CO2/yr"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        double factor;
        stk_error error = {0};
        assert_int_equal(stk_iamc_unit_factor(pairs[i][0], pairs[i][1], &factor, &error),
                         STK_EUNIT);
        assert_non_null(strstr(error.message, "Mt CO2/yr") != NULL ? error.message
                                                                   : strstr(error.message, "kt"));
    }
}

/* A quote in a comment quotes nothing, also behind a byte order mark. */
static void passes_over_comments(void **state)
{
    (void)state;
    pieces in = {"\xef\xbb\xbf# a tube of 12\"\n" HEAD "m,\"a\nb\",World,v,Mt,1\n", 0};
    stk_iamc_input input = {"in.csv", read_byte, &in};
    stk_error error = {0};
    stk_iamc *table = NULL;
    assert_int_equal(stk_iamc_read_stream(&input, NULL, &table, &error), STK_OK);
    assert_int_equal(table->row_count, 1);
    assert_string_equal(table->rows[0].scenario, "a\nb");
    stk_iamc_free(table);
}

typedef struct taken {
    size_t rows;
    long lines[4];
    double sums[4];
} taken;

static stk_status take(void *user, const stk_iamc *table, const stk_iamc_row *row, stk_error *error)
{
    taken *t = user;
    assert_int_equal(table->row_count, 0);
    assert_int_equal(table->year_count, 3);
    assert_string_equal(row->region, "World");
    if (row->scenario[0] == 'x') {
        return stk_error_set(error, STK_ENOTFOUND, "no more");
    }
    t->lines[t->rows] = row->line;
    for (int i = 0; i < 3; i++) {
        double value = stk_iamc_value(table, row, 2020 + i);
        t->sums[t->rows] += isnan(value) ? 100 : value;
    }
    t->rows++;
    return STK_OK;
}

/* Every row has its own values and nothing of the row before; a taker's error ends it. */
static void hands_out_rows(void **state)
{
    (void)state;
    static const char text[] = "Model,Scenario,Region,Variable,Unit,2020,2022\n"
                               "m,s,World,Emissions|CO2,Mt CO2/yr,1,2\n"
                               "m,s,R5ASIA,Emissions|CO2,Mt CO2/yr,1,2\n"
                               "m,s,World,Price,US$,1,2\n"
                               "m,s,World,Emissions|CO2,Mt CO2/yr,,4\n"
                               "m,x,World,Emissions|CO2,Mt CO2/yr,,4\n"
                               "m,s,World,Emissions|CO2,Mt CO2/yr,8,8\n";
    pieces in = {text, 0};
    taken t = {0};
    stk_error error = {0};
    stk_iamc_input input = {"in.csv", read_byte, &in};
    stk_iamc_filter filter = {.wanted = wants_co2};
    stk_iamc_taker taker = {take, &t};
    assert_int_equal(stk_iamc_read_rows(&input, &filter, &taker, &error), STK_ENOTFOUND);
    assert_int_equal(t.rows, 2);
    assert_int_equal(t.lines[0], 2);
    assert_int_equal(t.lines[1], 5);
    assert_true(t.sums[0] == 103);
    assert_true(t.sums[1] == 204);
}

static bool append_text(void *user, const char *data, size_t size)
{
    char *text = user;
    strncat(text, data, size);
    return true;
}

/* The years can be those of a larger table. */
static void writes_the_years_it_is_told(void **state)
{
    (void)state;
    char text[256] = "";
    const bool years[] = {true, false, true, true};
    double *values;
    stk_iamc *table = stk_iamc_new("", 2020, 2023);
    assert_non_null(table);
    stk_iamc_row row = {"m", "s", "World", "v", "Mt", 0, NULL};
    assert_int_equal(stk_iamc_add(table, &row, &values, NULL), STK_OK);
    values[1] = 1;
    values[3] = 3;
    stk_iamc_output output = {.name = "", .write = append_text, .user = text, .years = years};
    assert_int_equal(stk_iamc_write_stream(table, &output, NULL), STK_OK);
    assert_string_equal(text, "Model,Scenario,Region,Variable,Unit,2020,2022,2023\n"
                              "m,s,World,v,Mt,,,3\n");
    stk_iamc_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_any_case_and_order),
        cmocka_unit_test(refuses_with_place),
        cmocka_unit_test(streams_as_it_reads),
        cmocka_unit_test(leaves_later_years),
        cmocka_unit_test(passes_over_comments),
        cmocka_unit_test(hands_out_rows),
        cmocka_unit_test(writes_the_years_it_is_told),
        cmocka_unit_test(streams_the_place_of_an_error),
        cmocka_unit_test(groups_in_order_of_appearance),
        cmocka_unit_test(writes_what_it_read),
        cmocka_unit_test(converts_units),
        cmocka_unit_test(refuses_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
