/** @file country_profile.c
 * @brief The head of a country's sheet: emissions by head and GDP, rank, changes, what 1.5 °C asks.
 */
#include "base/elementary.h"
#include "question/parts.h"

#include <math.h>
#include <string.h>

#include "report/fairness.h"

/* Small areas need more decimals. */
static int decimals_of(double mt)
{
    return mt == 0 ? 0 : fabs(mt) < 1 ? 3 : fabs(mt) < 10 ? 2 : fabs(mt) < 100 ? 1 : 0;
}

static void write_mt(stk_buffer *out, double mt, int decimals)
{
    stk_buffer_decimal(out, mt, decimals);
    stk_buffer_text(out, " Mt");
}

static void write_present(const query_area *area, const stk_profile *p, stk_buffer *out)
{
    stk_buffer_printf(out, "%d: ", p->year);
    write_mt(out, p->emissions_mt, decimals_of(p->emissions_mt));
    stk_buffer_text(out, ", ");
    stk_buffer_decimal(out, p->share_of_world_pct,
                       p->share_of_world_pct > 0 && p->share_of_world_pct < 0.1 ? 3 : 1);
    stk_buffer_text(out, " % of the world");
    if (p->rank > 0) {
        stk_buffer_printf(out, ", rank %d of %d areas", p->rank, p->areas);
    } else if (area->set.kind != STK_AREAS_WORLD && area->set.count > 1) {
        stk_buffer_printf(out, ", %d areas", area->set.count);
    }
    if (!isnan(p->lulucf_co2_mt)) {
        stk_buffer_text(out, "; land use ");
        stk_buffer_decimal(out, p->lulucf_co2_mt, decimals_of(p->lulucf_co2_mt));
        stk_buffer_text(out, " Mt CO2");
    } else if (area->path.national.actor.kind != STK_ACTOR_BUNKER) {
        stk_buffer_text(out, "; land use not on record");
    }
    stk_buffer_text(out, "\n");
}

static void write_intensities(const stk_profile *p, stk_buffer *out)
{
    if (isnan(p->per_head_t) && isnan(p->per_gdp_kg)) {
        return;
    }
    if (!isnan(p->per_head_t)) {
        stk_buffer_decimal(out, p->per_head_t, 1);
        stk_buffer_text(out, " t per head (world ");
        stk_buffer_decimal(out, p->world_per_head_t, 1);
        stk_buffer_text(out, isnan(p->per_gdp_kg) ? ")" : "), ");
    }
    if (!isnan(p->per_gdp_kg)) {
        stk_buffer_decimal(out, p->per_gdp_kg, 2);
        stk_buffer_text(out, " kg per dollar of GDP (world ");
        stk_buffer_decimal(out, p->world_per_gdp_kg, 2);
        stk_buffer_text(out, ")");
    }
    stk_buffer_text(out, "\n");
}

static void write_changes(const stk_profile *p, stk_buffer *out)
{
    bool any = false;
    for (int i = 0; i < STK_PROFILE_CHANGES; i++) {
        const stk_profile_change *c = &p->changes[i];
        if (!isnan(c->change_pct)) {
            stk_buffer_text(out, any ? ", " : "");
            stk_buffer_text(out, c->change_pct > 0 ? "+" : "");
            stk_buffer_decimal(out, c->change_pct, i == 0 ? 1 : 0);
            stk_buffer_printf(out, " %% from %d", c->from);
            any = true;
        }
    }
    stk_buffer_text(out, any ? "\n" : "");
}

/* The lowest and the highest of all conditions and ambitions. */
static void write_pledged(const stk_profile *p, int decimals, stk_buffer *out)
{
    double low = p->pledged_mt[0][0];
    double high = low;
    for (int k = 1; k < STK_AREA_CASES; k++) {
        double mt = p->pledged_mt[k / STK_AMBITIONS][k % STK_AMBITIONS];
        low = fmin(low, mt);
        high = fmax(high, mt);
    }
    stk_buffer_decimal(out, low, decimals);
    if (high - low >= 0.5 * stk_pow(10, -decimals)) {
        stk_buffer_text(out, " to ");
        stk_buffer_decimal(out, high, decimals);
    }
    stk_buffer_text(out, " Mt");
}

static void write_goal(const query_area *area, const stk_profile *p, stk_buffer *out)
{
    int decimals = decimals_of(p->equal_cut_mt);
    bool world = area->set.kind == STK_AREAS_WORLD;
    stk_buffer_printf(out, "%d: ", p->goal_year);
    write_pledged(p, decimals, out);
    stk_buffer_printf(out, " on its pathway\n1.5 \302\260C (%s) in %d: ", p->goal, p->goal_year);
    write_mt(out, p->equal_cut_mt, decimals);
    stk_buffer_text(out, world ? ", a cut of " : " at the world's cut of ");
    stk_buffer_decimal(out, p->world_cut_pct, 0);
    stk_buffer_printf(out, " %% from %d", p->year);
    if (!isnan(p->equal_per_head_mt) && !world) {
        stk_buffer_text(out, ", ");
        write_mt(out, p->equal_per_head_mt, decimals_of(p->equal_per_head_mt));
        stk_buffer_text(out, " at equal emissions per head");
    }
    stk_buffer_text(out, "\n");
}

void profile_write(const query_area *area, const stk_profile *p, const char *gwp, stk_buffer *out)
{
    char title[256];
    stk_area_set shown = area->set;
    if (area->path.is_actor) {
        stk_print(shown.name, sizeof shown.name, "%s", area->path.national.actor.name);
        stk_print(shown.code, sizeof shown.code, "%s", area->path.national.actor.iso3);
    }
    stk_buffer_printf(out, "%s, Mt CO2e without land use, GWP %s\n",
                      query_area_title(&shown, title), gwp);
    if (area->path.note[0] != '\0') {
        stk_buffer_printf(out, "%s\n", area->path.note);
    }
    write_present(area, p, out);
    write_intensities(p, out);
    write_changes(p, out);
    if (p->emissions_mt > 0) {
        write_goal(area, p, out);
    }
    if (p->is_rated) {
        char goal[80];
        stk_print(goal, sizeof goal, "1.5 \302\260C (%s)", p->goal);
        report_fairness_line(&p->rating, goal, p->goal_year, out);
        stk_buffer_text(out, "\n");
    }
}

static json_t *changes_json(const stk_profile *p)
{
    json_t *list = json_array();
    for (int i = 0; i < STK_PROFILE_CHANGES; i++) {
        const stk_profile_change *c = &p->changes[i];
        document_push(&list, json_pack("{s:i, s:o, s:o}", "from", c->from, "from_mt",
                                       document_number(c->from_mt), "change_pct",
                                       document_number(c->change_pct)));
    }
    return list;
}

static json_t *cumulative_json(const stk_profile_cumulative *c)
{
    return json_pack("{s:i, s:o, s:o, s:o, s:o}", "from", c->from, "fossil_cumulative_co2_gt",
                     document_number(c->fossil_gt), "fossil_co2_share_pct",
                     document_number(c->fossil_share_pct), "land_use_cumulative_co2_gt",
                     document_number(c->land_use_gt), "co2_share_pct",
                     document_number(c->share_pct));
}

static json_t *pledged_json(const stk_profile *p)
{
    json_t *list = json_array();
    for (int k = 0; k < STK_AREA_CASES; k++) {
        int condition = k / STK_AMBITIONS;
        int ambition = k % STK_AMBITIONS;
        document_push(&list, json_pack("{s:s, s:s, s:o}", "condition",
                                       stk_condition_name((stk_condition)condition), "ambition",
                                       stk_ambition_name((stk_ambition)ambition), "level_mt",
                                       document_number(p->pledged_mt[condition][ambition])));
    }
    return list;
}

/* As the columns of `fairness --table rating`. */
static json_t *rating_json(const stk_fairness_rating *rated)
{
    const stk_equity_rating *r = &rated->rating;
    const char *limit = stk_fairness_limit_words(rated);
    return json_pack(
        "{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:i, s:i, s:o, s:o, s:o, s:o, s:s?, s:s, s:s?}",
        "what_is_rated", rated->level.has_pledge ? "pledge" : "baseline", "level_mt",
        document_number(r->level_mt), "lo_mt", document_number(r->lo_mt), "hi_mt",
        document_number(r->hi_mt), "per_head_t", document_number(rated->per_head_t),
        "lo_per_head_t", document_number(rated->lo_per_head_t), "hi_per_head_t",
        document_number(rated->hi_per_head_t), "readings_met", r->met, "readings", r->readings,
        "met_percent", document_number(r->met_percent), "position", document_number(r->position),
        "world_if_all_mt", document_number(r->world_if_all_mt), "implied_warming_k",
        document_number(r->implied_warming_k), "warming_limit", limit[0] == '\0' ? NULL : limit,
        "band", stk_fairness_band_name(rated->band), "check",
        rated->is_narrow ? "narrow range" : NULL);
}

json_t *profile_json(const stk_profile *p)
{
    return json_pack(
        "{s:i, s:o, s:o, s:o, s:o, s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:i, s:s, s:o, s:o, s:o, "
        "s:o, s:o}",
        "year", p->year, "emissions_mt", document_number(p->emissions_mt), "land_use_co2_mt",
        document_number(p->lulucf_co2_mt), "share_of_world_pct",
        document_number(p->share_of_world_pct), "rank",
        p->rank > 0 ? json_integer(p->rank) : json_null(), "areas", p->areas, "per_head_t",
        document_number(p->per_head_t), "world_per_head_t", document_number(p->world_per_head_t),
        "per_gdp_kg", document_number(p->per_gdp_kg), "world_per_gdp_kg",
        document_number(p->world_per_gdp_kg), "changes", changes_json(p), "cumulative",
        cumulative_json(&p->cumulative), "goal_year", p->goal_year, "goal", p->goal,
        "world_cut_pct", document_number(p->world_cut_pct), "equal_cut_mt",
        document_number(p->equal_cut_mt), "equal_per_head_mt",
        document_number(p->equal_per_head_mt), "pledged", pledged_json(p), "fairness",
        p->is_rated ? rating_json(&p->rating) : json_null());
}
