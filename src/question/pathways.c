/** @file pathways.c
 * @brief `stocktake pathways`: annual pathways of Parties and of the world, 1990 to 2100.
 */
#include "question/query.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dataset/series.h"

static const question_option options[] = {
    {"area", "AREA",
     "A country by name or code, a group (G20, LDC), a list of these (BRA,IND), AIR, SEA, "
     "WORLD, or all: the world and everything it is the sum of.",
     NULL, "WORLD"},
    {NULL, NULL, NULL, NULL, NULL}};

static const stk_column columns[] = {{"iso3", "", STK_TEXT},
                                     {"kind", "", STK_TEXT},
                                     {"year", "", STK_INTEGER},
                                     {"status", "", STK_TEXT},
                                     {"baseline_excl_lulucf_mt", "", 1},
                                     {"unconditional_low_mt", "", 1},
                                     {"unconditional_high_mt", "", 1},
                                     {"conditional_low_mt", "", 1},
                                     {"conditional_high_mt", "", 1},
                                     {"baseline_lulucf_co2_mt", "", 1},
                                     {"unconditional_low_lulucf_co2_mt", "", 1},
                                     {"unconditional_high_lulucf_co2_mt", "", 1},
                                     {"conditional_low_lulucf_co2_mt", "", 1},
                                     {"conditional_high_lulucf_co2_mt", "", 1}};

/* What a terminal shows of 111 years. */
enum { SHOWN_COLUMNS = 8 };
static const stk_column shown[SHOWN_COLUMNS] = {
    {"area", "Area", STK_TEXT}, {"scenario", "Pathway", STK_TEXT},
    {"1990", "1990", 1},        {"2010", "2010", 1},
    {"2030", "2030", 1},        {"2035", "2035", 1},
    {"2050", "2050", 1},        {"2100", "2100", 1}};
static const int shown_years[] = {1990, 2010, 2030, 2035, 2050, 2100};

static const char *area_code(const dataset *c, size_t region)
{
    return strcmp(c->regions[region], "World") == 0 ? "WORLD" : c->regions[region];
}

static stk_table *make_table(const dataset *c, int history_last)
{
    const char *const *kinds = c->labels[1].texts;
    stk_table *table = stk_table_new(columns, sizeof columns / sizeof *columns);
    for (size_t r = 0; r < c->region_count; r++) {
        for (int i = 0; i < c->year_count; i++) {
            int year = c->first_year + i;
            stk_table_texts(table, area_code(c, r), kinds[r]);
            stk_table_number(table, year);
            stk_table_text(table, year <= history_last ? "history" : "pathway");
            for (int v = SERIES_EXCL; v <= SERIES_LAND; v++) {
                for (size_t s = 0; s < SERIES_PATHWAYS; s++) {
                    stk_table_number(table, dataset_at(c, &c->variables[v], r, s, 0)[i]);
                }
            }
        }
    }
    return table;
}

/* Small areas need more decimals. */
static int decimals_of(const dataset *c)
{
    double most = 0;
    for (size_t s = 0; s < SERIES_PATHWAYS; s++) {
        for (int i = 0; i < c->year_count; i++) {
            most = fmax(most, dataset_at(c, &c->variables[SERIES_EXCL], 0, s, 0)[i]);
        }
    }
    return most < 1 ? 4 : 1;
}

/* `head` is kept by reference. */
static stk_table *make_shown_table(const dataset *c, stk_column head[SHOWN_COLUMNS])
{
    stk_table *table = stk_table_new(head, SHOWN_COLUMNS);
    memcpy(head, shown, sizeof shown);
    for (size_t i = 2; i < SHOWN_COLUMNS; i++) {
        head[i].decimals = decimals_of(c);
    }
    for (size_t r = 0; r < c->region_count; r++) {
        for (size_t s = 0; s < SERIES_PATHWAYS; s++) {
            const double *values = dataset_at(c, &c->variables[SERIES_EXCL], r, s, 0);
            stk_table_texts(table, area_code(c, r), c->scenarios[s]);
            for (size_t y = 0; y < sizeof shown_years / sizeof *shown_years; y++) {
                stk_table_number(table, values[shown_years[y] - c->first_year]);
            }
        }
    }
    return table;
}

static stk_status answer(query *q, const stk_data *data, const stk_world *world, dataset *c,
                         stk_error *error)
{
    stk_column head[SHOWN_COLUMNS];
    const char *gwp = query_gwp_label(data, stk_world_options(world)->gwp);
    if (query_is_series(q)) {
        c->attributes = json_pack("{s:s}", "gwp", gwp);
        c->failed = c->failed || c->attributes == NULL;
        return query_write_series(q, c, error);
    }
    bool aims = stk_world_options(world)->extension == STK_EXTEND_NET_ZERO;
    query_say(q, "Pathways as of %s: Mt CO2e without land use, GWP %s; net-zero aims %s\n\n",
              STK_DATE_TEXT(stk_world_options(world)->as_of.date), gwp,
              aims ? "counted" : "not counted");
    stk_table *table = query_format(q) == STK_FORMAT_TEXT
                           ? make_shown_table(c, head)
                           : make_table(c, stk_baseline_history_last(data->baseline));
    return query_write_rows(q, NULL, table, json_pack("{s:s}", "gwp", gwp), NULL, NULL, error);
}

static stk_status make_dataset(query *q, const stk_data *data, const stk_world *world, dataset *c,
                               stk_error *error)
{
    const stk_gwp_table *gwp = stk_inventory_gwp(data->inventory);
    const char *area = query_given(q, "area") ? query_value(q, "area") : "WORLD";
    if (stk_text_alike(stk_text_of(area), "all")) {
        size_t count;
        const stk_national **actors = query_list_actors(world, NULL, &count);
        stk_status status = actors == NULL
                                ? stk_error_memory(error)
                                : series_pathways(world, gwp, actors, count, true, c, error);
        free(actors);
        return status;
    }
    query_area *asked = query_alloc(q, sizeof *asked);
    stk_status status;
    STK_TRY(stk_allocated(asked, error));
    STK_TRY(query_find_area(data, world, area, asked, error));
    if (asked->set.kind == STK_AREAS_WORLD) {
        return series_pathways(world, gwp, NULL, 0, true, c, error);
    }
    if (asked->path.note[0] != '\0') {
        query_remark(q, "%s", asked->path.note);
    }
    const stk_national *one = &asked->path.national;
    STK_TRY(series_pathways(world, gwp, &one, 1, false, c, error));
    c->labels[1].texts[0] = stk_area_path_kind(&asked->path, &asked->set);
done:
    return status;
}

static stk_status answer_query(query *q, stk_error *error)
{
    const stk_data *data;
    stk_world *world = NULL;
    dataset *c = query_alloc(q, sizeof *c);
    stk_status status;
    STK_TRY(stk_allocated(c, error));
    STK_TRY(query_world(q, &data, &world, error));
    STK_TRY(make_dataset(q, data, world, c, error));
    STK_TRY(answer(q, data, world, c, error));
done:
    dataset_free(c);
    stk_world_free(world);
    return status;
}

const question question_pathways = {
    .name = "pathways",
    .operands = "",
    .summary = QUESTION_HELP("annual pathways of every Party and of the world, 1990 to 2100"),
    .description = QUESTION_HELP(
        "History, then the straight lines between the targets, then what comes after the last one "
        "(--extend, --net-zero), for the baseline and for both conditions and ambitions: emissions "
        "without land use, and CO2 of land use by bookkeeping models. Parties, territories, "
        "international aviation and shipping (AIR, SEA) and the statistical difference (STATDIFF) "
        "add up to the world. A group is the sum of its members; those of the European Union take "
        "of its pathway the part that their baselines have, and one alone is shown as EUU.\n\n"
        "CSV and JSON have a row for each area and year. iamc and netcdf are data sets for "
        "modellers: Region is ISO3 or World, Scenario is 'baseline', 'unconditional low' and so on "
        "(with 'capped' for --hot-air cap), and the set of GWP is in the name of the variable. A "
        "terminal shows six years without land use."),
    .examples =
        QUESTION_HELP("  stocktake pathways\n"
                      "  stocktake pathways --area brazil --as-of 2021-04-22 --format csv\n"
                      "  stocktake pathways --area G20\n"
                      "  stocktake pathways --area all --format iamc --output pathways.csv\n"
                      "  stocktake pathways --area all --format netcdf --output pathways.nc\n"),
    .option_groups = OPTION_GROUPS(options, OPTIONS_MODEL, options_series, options_file),
    .answer = answer_query};
