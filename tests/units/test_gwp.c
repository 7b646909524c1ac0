/** @file test_gwp.c
 * @brief GWP sets, borrowing between reports, gas groups.
 */
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

static double value(const char *set, const char *species, const char **from)
{
    const stk_gwp_table *table = stk_inventory_gwp(test_data()->inventory);
    size_t borrowed;
    double gwp = stk_gwp_value(table, test_gwp(set), stk_text_of(species), &borrowed);
    if (from != NULL) {
        *from = stk_gwp_set_label(table, borrowed);
    }
    return gwp;
}

static void sets_are_found_by_both_names(void **state)
{
    (void)state;
    const stk_gwp_table *table = stk_inventory_gwp(test_data()->inventory);
    stk_error error;
    size_t set;
    assert_int_equal(test_gwp("AR6"), test_gwp("ar6gwp100"));
    assert_string_equal(stk_gwp_set_name(table, test_gwp("sar")), "SARGWP100");
    assert_string_equal(stk_gwp_set_label(table, test_gwp("SARGWP100")), "SAR");
    for (size_t i = 0; i < stk_gwp_set_count(table); i++) {
        assert_ok(stk_gwp_find_set(table, stk_text_of(stk_gwp_set_name(table, i)), &set, &error),
                  &error);
        assert_int_equal(set, i);
    }
    assert_int_equal(stk_gwp_find_set(table, stk_text_of("AR7"), &set, &error), STK_ENOTFOUND);
    assert_has(error.message, "'AR7' is no GWP set; the edition has SAR, TAR, AR4");
    assert_int_equal(stk_gwp_find_set(table, stk_text_of(""), &set, &error), STK_ENOTFOUND);
}

static void values_of_the_reports(void **state)
{
    (void)state;
    assert_true(value("SAR", "CH4", NULL) == 21);
    assert_true(value("AR4", "CH4", NULL) == 25);
    assert_true(value("AR5", "CH4", NULL) == 28);
    assert_true(value("AR6", "CH4", NULL) == 27.9);
    assert_true(value("AR4", "N2O", NULL) == 298);
    assert_true(value("SAR", "CO2", NULL) == 1);
    assert_nan(value("AR6", "unobtainium", NULL));
    assert_nan(value("AR6", "CH", NULL));
}

/* Where a report has no value the next one's is taken, and the caller is told. */
static void missing_values_are_borrowed_from_the_next_report(void **state)
{
    (void)state;
    static const struct {
        const char *set;
        const char *species;
        const char *from;
        double gwp;
    } cases[] = {{"AR4", "HFC41", "AR5", 116},      {"AR4", "HFC134", "AR5", 1120},
                 {"AR4", "HFC143", "AR5", 328},     {"SAR", "NF3", "TAR", 10800},
                 {"SAR", "HFC245fa", "TAR", 950},   {"SAR", "HFC365mfc", "TAR", 890},
                 {"SAR", "HFC41", "SAR", 150},      {"AR6", "SF6", "AR6", 25200},
                 {"AR5", "CF4", "AR5", 6630}};
    const char *from;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(value(cases[i].set, cases[i].species, &from) == cases[i].gwp);
        assert_string_equal(from, cases[i].from);
    }
}

static void groups_of_gases(void **state)
{
    (void)state;
    static const struct {
        const char *species;
        stk_gas_group group;
    } cases[] = {{"CO2", STK_GAS_CO2},     {"CH4", STK_GAS_CH4},      {"N2O", STK_GAS_N2O},
                 {"HFC134a", STK_GAS_HFC}, {"HFC4310mee", STK_GAS_HFC}, {"HFC", STK_GAS_HFC},
                 {"CF4", STK_GAS_PFC},     {"cC4F8", STK_GAS_PFC},    {"SF6", STK_GAS_SF6},
                 {"NF3", STK_GAS_NF3}};
    static const char *const none[] = {"", "HF", "CFC11", "co2", "SO2F2", "CF", "NOx"};
    stk_gas_group group;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(stk_gas_group_of(stk_text_of(cases[i].species), &group));
        assert_int_equal(group, cases[i].group);
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_false(stk_gas_group_of(stk_text_of(none[i]), &group));
    }
    assert_string_equal(stk_gas_group_name(STK_GAS_NF3), "NF3");
}

/* The reader on tables of its own: packed in memory, so that no file is needed. */
static stk_status load(const char *csv, stk_gwp_table **table, stk_error *error)
{
    stk_edition *small = NULL;
    stk_edition *packed = NULL;
    stk_text pack;
    char path[4096];
    snprintf(path, sizeof path, "%s/data/mini", TEST_SOURCE_DIR);
    assert_ok(stk_edition_open_folder(path, &small, error), error);
    assert_ok(stk_edition_pack(small, "global/gwp.csv", stk_text_of(csv), "", &pack, error), error);
    assert_ok(stk_edition_open_packed(pack.data, pack.size, &packed, error), error);
    stk_status status = stk_gwp_load(packed, table, error);
    stk_edition_free(packed);
    stk_edition_free(small);
    free((char *)pack.data);
    return status;
}

static void bad_tables_are_refused(void **state)
{
    (void)state;
    stk_gwp_table *table;
    stk_error error;
    stk_buffer many = {0};
    assert_int_equal(load("Gas,A\nCH4,3\n", &table, &error), STK_EFORMAT);
    assert_has(error.message, "the column 'Species' is missing");
    assert_int_equal(load("Species,A\nCH4,-3\n", &table, &error), STK_EDATA);
    assert_int_equal(error.line, 2);
    assert_int_equal(load("Species,A\nCH4,x\n", &table, &error), STK_EDATA);
    stk_buffer_text(&many, "Species");
    for (int i = 0; i < 33; i++) {
        stk_buffer_printf(&many, ",S%d", i);
    }
    stk_buffer_text(&many, "\n");
    assert_int_equal(load(many.data, &table, &error), STK_EFORMAT);
    assert_has(error.message, "more than 32 GWP sets");
    many.size = 0;
    stk_buffer_text(&many, "Species,A\n");
    for (int i = 0; i < 513; i++) {
        stk_buffer_printf(&many, "S%d,1\n", i);
    }
    assert_int_equal(load(many.data, &table, &error), STK_EFORMAT);
    assert_has(error.message, "more than 512 species");
    stk_buffer_free(&many);
    assert_null(table);
    assert_ok(load("Species,XGWP20\nCH4,\n", &table, &error), &error);
    assert_string_equal(stk_gwp_set_label(table, 0), "XGWP20");
    assert_nan(stk_gwp_value(table, 0, stk_text_of("CH4"), NULL));
    stk_gwp_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_are_found_by_both_names),
        cmocka_unit_test(values_of_the_reports),
        cmocka_unit_test(missing_values_are_borrowed_from_the_next_report),
        cmocka_unit_test(groups_of_gases),
        cmocka_unit_test(bad_tables_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, test_close_data);
}
