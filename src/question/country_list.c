/** @file country_list.c
 * @brief `stocktake country` without an area: every area of the world, a row each.
 */
#include "question/parts.h"

#include <math.h>

static const stk_column columns[] = {
    {"iso3", "Code", STK_TEXT},        {"name", "Area", STK_TEXT},
    {"m49", NULL, STK_INTEGER},        {"party", NULL, STK_TEXT},
    {"kind", "Kind", STK_TEXT},        {"year", NULL, STK_INTEGER},
    {"emissions_mt", "Mt CO2e", 1},    {"share_of_world_pct", "% of world", 2},
    {"rank", "Rank", STK_INTEGER},     {"lulucf_co2_mt", NULL, 1},
    {"population", NULL, STK_INTEGER}, {"gdp_bn", NULL, 1},
    {"per_head_t", "t/head", 1},       {"per_gdp_kg", "kg/$ of GDP", 2}};

static double or_none(double value)
{
    return value > 0 ? value : (double)NAN;
}

/* A member of the European Union by itself, in place of the Union. */
static void take_member(const stk_data *data, size_t gwp, query_area *area)
{
    int last = stk_baseline_history_last(data->baseline);
    stk_national *n = &area->path.national;
    area->path.is_actor = false;
    n->baseline[last - STK_PATH_FIRST] = stk_baseline_mt(data->baseline, area->set.area, gwp, last);
    n->lulucf_baseline[last - STK_PATH_FIRST] =
        stk_inventory_lulucf_mt(data->inventory, area->set.area, last);
}

static stk_status add_row(const stk_data *data, const stk_world *world, const char *code,
                          const stk_area_info *info, query_area *area, stk_table *table,
                          stk_error *error)
{
    stk_profile p;
    bool member = info != NULL && info->eu_member;
    stk_status status = query_find_area(data, world, code, area, error);
    if (status != STK_OK) {
        return status;
    }
    const char *party = member ? "EUU" : info == NULL || info->party ? code : "";
    const char *kind = member ? "member" : stk_area_path_kind(&area->path, &area->set);
    if (member) {
        take_member(data, stk_world_options(world)->gwp, area);
    }
    stk_profile_present(data, world, &area->set, &area->path, &p);
    stk_table_texts(table, code, info == NULL ? area->set.name : info->name);
    stk_table_number(table, info == NULL ? (double)NAN : or_none(info->m49));
    stk_table_texts(table, party, kind);
    stk_table_numbers(table, p.year, p.emissions_mt, p.share_of_world_pct, or_none(p.rank),
                      p.lulucf_co2_mt, or_none(p.population), or_none(p.gdp / 1e9), p.per_head_t,
                      p.per_gdp_kg);
    return STK_OK;
}

stk_status country_list(query *q, const stk_data *data, const stk_world *world, stk_error *error)
{
    const stk_inventory *inventory = data->inventory;
    query_area *area = query_alloc(q, sizeof *area);
    stk_table *table = stk_table_new(columns, sizeof columns / sizeof *columns);
    const char *gwp = query_gwp_label(data, stk_world_options(world)->gwp);
    stk_status status;
    STK_TRY(stk_allocated(area, error));
    STK_TRY(add_row(data, world, "EUU", NULL, area, table, error));
    for (stk_area a = 0; a < stk_inventory_area_count(inventory); a++) {
        const stk_area_info *info = stk_inventory_area(inventory, a);
        STK_TRY(add_row(data, world, info->iso3, info, area, table, error));
    }
    query_say(q, "Emissions without LULUCF in %d, GWP %s\n\n",
              stk_baseline_history_last(data->baseline), gwp);
    return query_write_rows(q, "country list", table, json_pack("{s:s}", "gwp", gwp), NULL, NULL,
                            error);
done:
    stk_table_free(table);
    return status;
}
