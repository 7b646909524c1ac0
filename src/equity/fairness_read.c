/** @file fairness_read.c
 * @brief What is read for fair shares alone: incomes, history before 1990, scenario categories.
 */
#include <math.h>
#include <string.h>

#include "data/paths.h"
#include "equity/fairness_impl.h"

/* ---- annual series by area ---- */

static stk_status read_row(const stk_inventory *inventory, const stk_csv *csv, int column,
                           const stk_csv_years *years, const stk_csv_bounds *bounds,
                           stk_arena *arena, stk_series *series, stk_error *error)
{
    stk_area area = stk_inventory_find(inventory, stk_csv_field(csv, column));
    if (area < 0) {
        return STK_OK; /* areas that emit nothing in the data */
    }
    if (series[area].values != NULL) {
        return stk_csv_refuse(csv, column, error, "one row for each area");
    }
    series[area] = stk_arena_series(arena, years->first_year, years->last_year);
    return series[area].values == NULL
               ? stk_error_memory(error)
               : stk_csv_series_within(csv, years, bounds, &series[area], error);
}

static stk_status read_series(const stk_data *data, const char *path, const stk_csv_bounds *bounds,
                              stk_arena *arena, stk_series **series, stk_error *error)
{
    stk_csv csv;
    stk_csv_years years;
    int column;
    size_t count = (size_t)stk_inventory_area_count(data->inventory);
    stk_status status;
    *series = stk_arena_alloc(arena, count, sizeof **series);
    if (*series == NULL) {
        return stk_error_memory(error);
    }
    STK_TRY(stk_edition_csv(data->edition, path, arena, &csv, error));
    STK_TRY(stk_csv_require(&csv, "iso3", &column, error));
    STK_TRY(stk_csv_find_years(&csv, &years, error));
    while (stk_csv_each(&csv, &status, error)) {
        status = read_row(data->inventory, &csv, column, &years, bounds, arena, *series, error);
    }
done:
    return status;
}

bool stk_fairness_in(const stk_edition *edition)
{
    return stk_edition_has(edition, STK_PATH_GINI) &&
           stk_edition_has(edition, STK_PATH_EARLY_GDP) &&
           stk_edition_has(edition, STK_PATH_EARLY_NONCO2);
}

stk_status fairness_read_record(const stk_data *data, stk_arena *arena, fairness_record *record,
                                stk_error *error)
{
    stk_status status;
    STK_TRY(read_series(data, STK_PATH_GINI, &stk_csv_percent, arena, &record->gini, error));
    STK_TRY(
        read_series(data, STK_PATH_EARLY_GDP, &stk_csv_dollars, arena, &record->early_gdp, error));
    STK_TRY(read_series(data, STK_PATH_EARLY_NONCO2, &stk_csv_megatons, arena, &record->early_mt,
                        error));
done:
    return status;
}

/* ---- medians of scenario categories ---- */

static const char warming_variable[] = "Median warming 2100 (MAGICCv7.5.3)";

typedef struct category_columns {
    int category;
    int variable;
    int statistic;
    int year;
    int value;
    int source;
} category_columns;

/* The index of "C1" to "C8", -1 for others. */
static int category_of(stk_text name)
{
    return name.size == 2 && name.data[0] == 'C' && name.data[1] >= '1' &&
                   name.data[1] < '1' + STK_FAIRNESS_CATEGORIES
               ? name.data[1] - '1'
               : -1;
}

static const stk_csv_bounds gigatons = {-1000, 1000, "a number from -1000 to 1000 Gt CO2e"};

/* The first source of a category counts, as it does for benchmarks. */
static stk_status take_row(const stk_csv *csv, const category_columns *c, stk_text *sources,
                           category_path *categories, stk_error *error)
{
    int year;
    double value;
    stk_text variable = stk_csv_field(csv, c->variable);
    int k = category_of(stk_csv_field(csv, c->category));
    bool warming = stk_text_equal(variable, warming_variable);
    if (k < 0 || !stk_text_equal(stk_csv_field(csv, c->statistic), "p50") ||
        (!warming && !stk_text_equal(variable, "Kyoto GHG"))) {
        return STK_OK;
    }
    stk_text source = stk_csv_field(csv, c->source);
    if (sources[k].data == NULL) {
        sources[k] = source; /* of the edition, which stays */
    }
    if (!stk_text_same(sources[k], source)) {
        return STK_OK;
    }
    stk_status status;
    STK_TRY(
        stk_csv_number_within(csv, c->value, warming ? &stk_csv_kelvin : &gigatons, &value, error));
    STK_TRY(stk_csv_integer(csv, c->year, 0, &year, error));
    if (warming) {
        categories[k].warming_k = value;
    } else if (year >= STK_PATH_FIRST && year <= STK_PATH_LAST) {
        categories[k].world_mt[year - STK_PATH_FIRST] = 1000.0 * value;
    }
done:
    return status;
}

/* Straight between the years that are given. */
static void fill_between(double *values)
{
    int before = -1;
    for (int i = 0; i < FAIRNESS_CATEGORY_YEARS; i++) {
        if (isnan(values[i])) {
            continue;
        }
        for (int k = before + 1; before >= 0 && k < i; k++) {
            values[k] = values[before] +
                        (values[i] - values[before]) * (double)(k - before) / (double)(i - before);
        }
        before = i;
    }
}

static stk_status check_categories(const category_path *categories, stk_error *error)
{
    for (int k = 0; k < STK_FAIRNESS_CATEGORIES; k++) {
        bool rises = k == 0 || categories[k].warming_k > categories[k - 1].warming_k;
        if (isnan(categories[k].warming_k) || !rises ||
            isnan(categories[k].world_mt[STK_PATH_YEARS - 1])) {
            return stk_error_set(error, STK_EDATA,
                                 "%s: C%d needs a median of Kyoto GHG up to %d, and of '%s', more "
                                 "than that of the category before",
                                 STK_PATH_BENCHMARKS, k + 1, STK_PATH_LAST, warming_variable);
        }
    }
    return STK_OK;
}

stk_status fairness_read_categories(stk_edition *edition, category_path *categories,
                                    stk_error *error)
{
    static const char *const names[] = {"category", "variable", "statistic",
                                        "year",     "value",    "source"};
    stk_arena arena = {0};
    stk_csv csv;
    int found[6];
    stk_text sources[STK_FAIRNESS_CATEGORIES] = {{NULL, 0}};
    stk_status status;
    for (int k = 0; k < STK_FAIRNESS_CATEGORIES; k++) {
        categories[k].warming_k = NAN;
        for (int i = 0; i < FAIRNESS_CATEGORY_YEARS; i++) {
            categories[k].world_mt[i] = NAN;
        }
    }
    STK_TRY(stk_edition_csv(edition, STK_PATH_BENCHMARKS, &arena, &csv, error));
    STK_TRY(stk_csv_columns(&csv, names, 6, found, error));
    const category_columns columns = {found[0], found[1], found[2], found[3], found[4], found[5]};
    while (stk_csv_each(&csv, &status, error)) {
        status = take_row(&csv, &columns, sources, categories, error);
    }
    STK_TRY(status);
    for (int k = 0; k < STK_FAIRNESS_CATEGORIES; k++) {
        fill_between(categories[k].world_mt);
    }
    STK_TRY(check_categories(categories, error));
done:
    stk_arena_free(&arena);
    return status;
}
