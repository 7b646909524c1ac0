/** @file test_inventory.c
 * @brief Totals, splits, groups and the statistical difference on the embedded data.
 */
#include "support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "data/inventory_impl.h"

static const stk_inventory *inventory(void)
{
    return test_data()->inventory;
}

static stk_area find(const char *iso3)
{
    stk_area area = stk_inventory_find(inventory(), stk_text_of(iso3));
    assert_true(area >= 0);
    return area;
}

static int select_areas(const char *name, bool *members)
{
    stk_error error;
    int count = 0;
    if (stk_inventory_select(inventory(), stk_text_of(name), members, &error) != STK_OK) {
        assert_int_equal(error.status, STK_ENOTFOUND);
        return -1;
    }
    for (int a = 0; a < stk_inventory_area_count(inventory()); a++) {
        count += members[a];
    }
    return count;
}

static double total_gt(const char *name, const char *gwp, int year)
{
    bool members[AREAS_MAX];
    double sum = 0;
    assert_true(select_areas(name, members) > 0);
    for (int a = 0; a < stk_inventory_area_count(inventory()); a++) {
        sum += members[a] ? stk_inventory_total_mt(inventory(), a, test_gwp(gwp), year) : 0.0;
    }
    return sum / 1000.0;
}

/* The sums that data/README.md promises. */
static void the_checks_of_the_data_hold(void **state)
{
    (void)state;
    static const struct {
        const char *area;
        int year;
        double gt[3];
        double tolerance;
    } checks[] = {{"WORLD", 2018, {49.1, 49.8, 50.0}, 0.001},
                  {"USA", 2005, {7.27, 7.31, 7.34}, 0.001},
                  {"GBR", 1990, {0.772, 0.780, 0.783}, 0.001},
                  {"CHN", 2018, {12.6, 12.7, 12.8}, 0.004},
                  {"EU27", 1990, {4.90, 4.94, 4.95}, 0.0015}};
    static const char *const sets[] = {"AR4", "AR5", "AR6"};
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        for (int s = 0; s < 3; s++) {
            assert_close(total_gt(checks[i].area, sets[s], checks[i].year), checks[i].gt[s],
                         checks[i].tolerance);
        }
    }
}

static void areas_and_difference_add_up_to_the_world(void **state)
{
    (void)state;
    const stk_inventory *inv = inventory();
    bool all[AREAS_MAX];
    for (int a = 0; a < AREAS_MAX; a++) {
        all[a] = true;
    }
    for (int s = 0; s < inv->species_count; s++) {
        for (int year = 1850; year <= 2024; year++) {
            bool found;
            double world = stk_inventory_world_kt(inv, inv->species[s], year);
            double sum = stk_inventory_species_kt(inv, all, inv->species[s], year, &found);
            assert_true(found);
            assert_int_equal(isnan(world), isnan(sum));
            if (!isnan(world)) {
                assert_true(fabs(world - sum) <= 1e-9 * fmax(1.0, fabs(world)));
            }
        }
    }
}

/* The file itself, read plainly: world and areas as the source has them. */
static void splits_keep_the_sums_of_the_source(void **state)
{
    (void)state;
    const stk_inventory *inv = inventory();
    stk_arena arena = {0};
    stk_csv csv;
    stk_csv_years years;
    stk_text content;
    stk_error error;
    bool more = true;
    static double sums[SPECIES_MAX][300];
    static double worlds[SPECIES_MAX][300];
    assert_ok(stk_edition_read(test_data()->edition, "inventory/emissions_by_species.csv", &content,
                               &error),
              &error);
    assert_ok(stk_csv_open(&csv, (stk_source){"e", content}, &arena, &error), &error);
    assert_ok(stk_csv_find_years(&csv, &years, &error), &error);
    for (;;) {
        assert_ok(stk_csv_next(&csv, &more, &error), &error);
        if (!more) {
            break;
        }
        stk_text iso3 = stk_csv_field(&csv, 0);
        int s = inventory_species(inv, stk_csv_field(&csv, 1));
        assert_true(s >= 0);
        if (stk_text_equal(iso3, "EU27") || stk_text_equal(iso3, "STATDIFF")) {
            continue;
        }
        for (int i = 0; i < years.count; i++) {
            double value;
            assert_ok(stk_csv_number(&csv, years.columns[i], &value, &error), &error);
            double *into = stk_text_equal(iso3, "WORLD") ? worlds[s] : sums[s];
            into[years.years[i] - 1850] += isnan(value) ? 0 : value;
        }
    }
    bool areas[AREAS_MAX];
    for (int a = 0; a < AREAS_MAX; a++) {
        areas[a] = a != find("STATDIFF");
    }
    for (int s = 0; s < inv->species_count; s++) {
        for (int year = 1850; year <= 2024; year++) {
            bool found;
            double sum = stk_inventory_species_kt(inv, areas, inv->species[s], year, &found);
            if (!isnan(sum)) {
                double scale = fmax(1.0, worlds[s][year - 1850]);
                assert_true(fabs(sum - sums[s][year - 1850]) <= 1e-9 * scale);
            }
        }
    }
    stk_arena_free(&arena);
}

static void merged_areas_are_split_by_population(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"SRB", "MNE"}, {"SDN", "SSD"}, {"ISR", "PSE"}, {"ESP", "AND"}, {"CHE", "LIE"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        stk_area a = find(pairs[i][0]);
        stk_area b = find(pairs[i][1]);
        double people = stk_inventory_population(inventory(), a, 2010) /
                        stk_inventory_population(inventory(), b, 2010);
        double methane = stk_inventory_group_mt(inventory(), a, STK_GAS_CH4, 0, 2010) /
                         stk_inventory_group_mt(inventory(), b, STK_GAS_CH4, 0, 2010);
        assert_close(people, methane, 1e-12);
    }
    /* fossil CO2 of South Sudan and of Serbia has rows of its own */
    double ratio = stk_inventory_group_mt(inventory(), find("SDN"), STK_GAS_CO2, 0, 2015) /
                   stk_inventory_group_mt(inventory(), find("SSD"), STK_GAS_CO2, 0, 2015);
    double people = stk_inventory_population(inventory(), find("SDN"), 2015) /
                    stk_inventory_population(inventory(), find("SSD"), 2015);
    assert_true(fabs(ratio / people - 1) > 0.01);
    assert_true(stk_inventory_total_mt(inventory(), find("MCO"), 0, 2015) > 0);
    assert_true(stk_inventory_total_mt(inventory(), find("VAT"), 0, 2015) >= 0);
}

static void no_party_is_without_emissions(void **state)
{
    (void)state;
    for (int a = 0; a < stk_inventory_area_count(inventory()); a++) {
        const stk_area_info *info = stk_inventory_area(inventory(), a);
        double mt = stk_inventory_total_mt(inventory(), a, test_gwp("AR6"), 2018);
        if (info->party && !(mt > 0)) {
            print_error("%s has %g Mt in 2018\n", info->iso3, mt);
            fail();
        }
    }
}

static void groups_by_their_names(void **state)
{
    (void)state;
    bool members[AREAS_MAX];
    bool others[AREAS_MAX];
    assert_int_equal(select_areas("EU27", members), 27);
    assert_true(members[find("FRA")]);
    assert_false(members[find("GBR")]);
    assert_int_equal(select_areas("european-union", others), 27);
    assert_memory_equal(members, others,
                        sizeof(bool) * (size_t)stk_inventory_area_count(inventory()));
    assert_int_equal(select_areas("euu", members), 27);
    assert_int_equal(select_areas("G7", members), 7);
    assert_true(select_areas("g20", members) >= 19);
    assert_true(select_areas("ANNEX_I", members) >= 42);
    assert_true(members[find("USA")]);
    assert_true(select_areas("non-annex-I", others) >= 150);
    assert_false(others[find("USA")]);
    assert_true(others[find("CHN")]);
    assert_int_equal(select_areas("PARTIES", members), 197);
    assert_int_equal(select_areas("WORLD", members), stk_inventory_area_count(inventory()));
    assert_true(members[find("STATDIFF")]);
    assert_int_equal(select_areas("BUNKERS", members), 2);
    assert_int_equal(select_areas("usa", members), 1);
    assert_true(members[find("USA")]);
    assert_true(select_areas("Southern Asia", members) > 5);
    assert_int_equal(select_areas("NA", members), 1);
    assert_true(members[find("NAM")]); /* the ISO2 code, and no missing value */
    assert_int_equal(select_areas("NAM", members), 1);
    assert_int_equal(select_areas("", members), -1);
    assert_int_equal(select_areas(" ", members), -1);
    assert_int_equal(select_areas("EUX", members), -1);
    assert_int_equal(select_areas("a name that is longer than any area's name is", members), -1);
}

static void eu_members_are_marked(void **state)
{
    (void)state;
    int members = 0;
    int bunkers = 0;
    for (int a = 0; a < stk_inventory_area_count(inventory()); a++) {
        members += stk_inventory_area(inventory(), a)->eu_member;
        bunkers += stk_inventory_area(inventory(), a)->bunker;
    }
    assert_int_equal(members, 27);
    assert_int_equal(bunkers, 2);
    assert_int_equal(stk_inventory_find(inventory(), stk_text_of("EUU")), -1);
    assert_string_equal(stk_inventory_area(inventory(), find("NAM"))->name, "Namibia");
}

static void years_outside_the_record_have_no_value(void **state)
{
    (void)state;
    int first;
    int last;
    bool found;
    bool members[AREAS_MAX] = {false};
    stk_inventory_years(inventory(), STK_GAS_CO2, &first, &last);
    assert_int_equal(first, 1850);
    assert_int_equal(last, 2024);
    stk_inventory_years(inventory(), STK_GAS_CH4, &first, &last);
    assert_int_equal(first, 1970);
    assert_int_equal(last, 2023);
    stk_area usa = find("USA");
    assert_nan(stk_inventory_group_mt(inventory(), usa, STK_GAS_CH4, 0, 1969));
    assert_nan(stk_inventory_group_mt(inventory(), usa, STK_GAS_CO2, 0, 2025));
    assert_nan(stk_inventory_total_mt(inventory(), usa, 0, 1989));
    assert_true(!isnan(stk_inventory_total_mt(inventory(), usa, 0, 1990)));
    assert_nan(stk_inventory_total_mt(inventory(), usa, 0, 2024));
    assert_nan(stk_inventory_species_kt(inventory(), members, stk_text_of("XX"), 2000, &found));
    assert_false(found);
    assert_nan(stk_inventory_world_kt(inventory(), stk_text_of("XX"), 2000));
    assert_nan(stk_inventory_lulucf_mt(inventory(), usa, 2050));
}

/* A total in one set is the sum of the species times its GWPs. */
static void totals_are_sums_over_species(void **state)
{
    (void)state;
    const stk_inventory *inv = inventory();
    bool members[AREAS_MAX] = {false};
    members[find("JPN")] = true;
    static const char *const sets[] = {"SAR", "AR4", "AR5", "AR6"};
    for (int k = 0; k < 4; k++) {
        size_t gwp = test_gwp(sets[k]);
        double sum = 0;
        for (int s = 0; s < inv->species_count; s++) {
            bool found;
            sum += stk_inventory_species_kt(inv, members, inv->species[s], 2012, &found) *
                   stk_gwp_value(inv->gwp, gwp, inv->species[s], NULL) / 1000.0;
        }
        assert_close(sum, stk_inventory_total_mt(inv, find("JPN"), gwp, 2012), 1e-12);
    }
}

static void land_use_of_both_sources(void **state)
{
    (void)state;
    stk_area brazil = find("BRA");
    stk_area america = find("USA");
    assert_true(stk_inventory_lulucf_mt(inventory(), brazil, 2004) > 500);
    assert_true(stk_inventory_lulucf_reported_mt(inventory(), america, 2005) < -500);
    assert_int_equal(stk_inventory_lulucf_reported_last(inventory(), america), 2018);
    assert_nan(stk_inventory_lulucf_reported_mt(inventory(), america, 2019));
    assert_int_equal(stk_inventory_lulucf_reported_last(inventory(), find("AIR")), 0);
    assert_nan(stk_inventory_lulucf_reported_mt(inventory(), find("AIR"), 2010));
}

static void shares_of_sectors_add_up_to_one(void **state)
{
    (void)state;
    static const char *const sectors[] = {"energy", "industry", "agriculture", "waste"};
    for (int a = 0; a < stk_inventory_area_count(inventory()); a++) {
        double sum = 0;
        for (int s = 0; s < 4; s++) {
            double share = stk_inventory_sector_share(inventory(), a, sectors[s]);
            assert_true(share >= -0.01 && share <= 1.01);
            sum += share;
        }
        assert_close(sum, 1.0, 1e-12);
    }
    assert_nan(stk_inventory_sector_share(inventory(), 0, "magic"));
}

static void drivers_go_on_beyond_their_record(void **state)
{
    (void)state;
    stk_area india = find("IND");
    double people_2060 = stk_inventory_population(inventory(), india, 2060);
    double per_head_2050 = stk_inventory_gdp(inventory(), india, 2050) /
                           stk_inventory_population(inventory(), india, 2050);
    double per_head_2049 = stk_inventory_gdp(inventory(), india, 2049) /
                           stk_inventory_population(inventory(), india, 2049);
    double expected = people_2060 * per_head_2050 * pow(per_head_2050 / per_head_2049, 10);
    assert_close(stk_inventory_gdp(inventory(), india, 2060), expected, 1e-12);
    assert_nan(stk_inventory_gdp(inventory(), find("AIR"), 2030));
    assert_true(stk_inventory_population(inventory(), india, 1905) > 1e8); /* between decades */
}

static void gaps_are_filled_between_values_only(void **state)
{
    (void)state;
    double values[] = {NAN, 2, NAN, NAN, 8, NAN};
    stk_series series = {2000, 6, values};
    inventory_fill_between(&series);
    assert_nan(values[0]);
    assert_true(values[2] == 4 && values[3] == 6);
    assert_nan(values[5]);
}

/* ---- editions that are refused: the small edition with one file exchanged ---- */

static stk_status load_with(const char *path, const char *from, const char *to, stk_error *error)
{
    stk_edition *edition;
    stk_inventory *loaded;
    assert_ok(stk_edition_open_folder(test_mini_with(path, from, to), &edition, error), error);
    stk_status status = stk_inventory_load(edition, &loaded, error);
    stk_inventory_free(loaded);
    stk_edition_free(edition);
    return status;
}

/* The small edition has no such file: it is written beside its others. */
static stk_status load_own(const char *rows, stk_error *error)
{
    char path[4200];
    char text[65536];
    stk_edition *edition;
    stk_inventory *loaded;
    const char *folder = test_mini_with("countries/aliases.csv", "USA", "USA");
    snprintf(path, sizeof path, "%s/inventory/own_inventory.csv", folder);
    snprintf(text, sizeof text,
             "iso3,document,year,quantity,condition,value_mt,gwp,location,confidence\n%s", rows);
    assert_ok(stk_file_write(path, stk_text_of(text), error), error);
    assert_ok(stk_edition_open_folder(folder, &edition, error), error);
    stk_status status = stk_inventory_load(edition, &loaded, error);
    stk_inventory_free(loaded);
    stk_edition_free(edition);
    assert_int_equal(remove(path), 0);
    return status;
}

/* Which of two numbers counts would hang on the order of the rows. */
static void own_numbers_stated_twice_are_refused(void **state)
{
    (void)state;
    static const char one[] = "BRA,2023-01-01,2020,total_excl_lulucf,,900,AR5,,A\n";
    static const struct {
        const char *second;
        bool refused;
    } cases[] = {{"BRA,2023-01-01,2020,total_excl_lulucf,,950,AR5,,A\n", true},
                 {"BRA,2023-01-01,2020,total_excl_lulucf,,950,AR6,,A\n", true},
                 {"BRA,2023-01-01,2020,total_excl_lulucf,C,950,AR5,,A\n", false},
                 {"BRA,2023-01-01,2019,total_excl_lulucf,,950,AR5,,A\n", false},
                 {"BRA,2022-01-01,2020,total_excl_lulucf,,950,AR5,,A\n", false},
                 {"USA,2023-01-01,2020,total_excl_lulucf,,950,AR5,,A\n", false},
                 {"BRA,,2020,total_excl_lulucf,,950,AR5,,A\n", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rows[256];
        stk_error error;
        snprintf(rows, sizeof rows, "%s%s", one, cases[i].second);
        assert_int_equal(load_own(rows, &error), cases[i].refused ? STK_EDATA : STK_OK);
        if (cases[i].refused) {
            assert_int_equal(error.line, 3);
            assert_has(error.message, "once for a year and condition");
        }
    }
}

static void a_party_has_at_most_512_own_numbers(void **state)
{
    (void)state;
    static char rows[60000];
    size_t used = 0;
    stk_error error;
    for (int i = 0; i < 513; i++) {
        used += (size_t)snprintf(rows + used, sizeof rows - used,
                                 "BRA,20%02d-01-01,%d,total_excl_lulucf,,900,AR5,,A\n", i / 100,
                                 2000 + i % 100);
    }
    assert_int_equal(load_own(rows, &error), STK_EDATA);
    assert_int_equal(error.line, 514);
    assert_has(error.message, "at most 512 rows of one Party");
}

static void bad_files_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        const char *from;
        const char *to;
        const char *message;
    } cases[] = {
        {"countries/countries.csv", "iso3,", "code,", "the column 'iso3' is missing"},
        {"countries/countries.csv", "\nBRA,", "\nBRAZ,", "iso3: 'BRAZ' is refused"},
        {"countries/countries.csv", ",1,0,0,1,", ",7,0,0,1,",
         "unfccc: '7' is refused; allowed: 0 or 1"},
        {"countries/aliases.csv", "USA", "US1", "the code of a country"},
        {"inventory/emissions_by_species.csv", "CO2,kt", "CO2,Gg", "'Gg' is refused; allowed: kt"},
        {"inventory/emissions_by_species.csv", "CO2,kt", "CFC11,kt",
         "'CFC11' is refused; allowed: a gas of the Kyoto basket"},
        {"inventory/emissions_by_species.csv", "BRA,CO2", "AIR,CO2",
         "one row for each area and gas"},
        {"inventory/emissions_by_species.csv", "USA,CO2", "US,CO2", "an ISO 3166 code"},
        {"inventory/emissions_by_species.csv", ",1990,", ",1990x,", "no such"},
        {"inventory/lulucf_co2.csv", "USA,", "BRA,", "one row for each area"},
        {"inventory/splits.csv", "FRA,MCO", "FRA,MC0", "'MC0' is refused"},
        {"inventory/unfccc_annex1_by_gas_sector.csv", "Sector", "Branch",
         "the column 'Sector' is missing"},
        {"drivers/population.csv", "USA,", "BRA,", "one row for each area"},
        {"drivers/gdp_ppp.csv", "iso3", "Country", "the column 'iso3' is missing"},
        {"global/gwp.csv", "Species", "Gas", "the column 'Species' is missing"}};
    char text[1024];
    stk_error error;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stk_status status = load_with(cases[i].path, cases[i].from, cases[i].to, &error);
        if (strcmp(cases[i].message, "no such") == 0) {
            assert_ok(status, &error); /* a year less is no fault */
            continue;
        }
        assert_int_not_equal(status, STK_OK);
        stk_error_format(&error, text, sizeof text);
        assert_has(text, cases[i].path);
        assert_has(text, cases[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_checks_of_the_data_hold),
        cmocka_unit_test(areas_and_difference_add_up_to_the_world),
        cmocka_unit_test(splits_keep_the_sums_of_the_source),
        cmocka_unit_test(merged_areas_are_split_by_population),
        cmocka_unit_test(no_party_is_without_emissions),
        cmocka_unit_test(groups_by_their_names),
        cmocka_unit_test(eu_members_are_marked),
        cmocka_unit_test(years_outside_the_record_have_no_value),
        cmocka_unit_test(totals_are_sums_over_species),
        cmocka_unit_test(land_use_of_both_sources),
        cmocka_unit_test(shares_of_sectors_add_up_to_one),
        cmocka_unit_test(drivers_go_on_beyond_their_record),
        cmocka_unit_test(gaps_are_filled_between_values_only),
        cmocka_unit_test(own_numbers_stated_twice_are_refused),
        cmocka_unit_test(a_party_has_at_most_512_own_numbers),
        cmocka_unit_test(bad_files_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, test_close_data);
}
