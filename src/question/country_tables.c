/** @file country_tables.c
 * @brief A country's sheet as tables: pathway, documents, net-zero aim, profile, pathway by head.
 */
#include "question/parts.h"

#include <math.h>
#include <string.h>

#include <stocktake/trace.h>

#define NEW_TABLE(columns) stk_table_new(columns, sizeof(columns) / sizeof *(columns))

static const stk_column path_columns[] = {
    {"iso3", "", STK_TEXT},          {"year", "", STK_INTEGER},
    {"status", "", STK_TEXT},        {"baseline_excl_lulucf_mt", "", 1},
    {"unconditional_low_mt", "", 1}, {"unconditional_high_mt", "", 1},
    {"conditional_low_mt", "", 1},   {"conditional_high_mt", "", 1},
    {"lulucf_co2_mt", "", 1},        {"note", "", STK_TEXT}};

stk_table *country_path_table(const stk_data *data, const query_area *area)
{
    int last = stk_baseline_history_last(data->baseline);
    const stk_national *n = &area->path.national;
    stk_table *table = NEW_TABLE(path_columns);
    for (int year = STK_PATH_FIRST; year <= STK_PATH_LAST; year++) {
        int i = year - STK_PATH_FIRST;
        stk_table_text(table, n->actor.iso3);
        stk_table_number(table, year);
        stk_table_text(table, year <= last ? "history" : "pathway");
        stk_table_number(table, n->baseline[i]);
        for (int k = 0; k < STK_CONDITIONS * STK_AMBITIONS; k++) {
            stk_table_number(table, n->path[k / STK_AMBITIONS][k % STK_AMBITIONS][i]);
        }
        stk_table_number(table, n->lulucf[STK_UNCONDITIONAL][STK_LOW][i]);
        stk_table_text(table, area->path.note);
    }
    return table;
}

/* ---- every document ever ---- */

static const stk_column document_columns[] = {
    {"submitted", "Document", STK_DATE},  {"status", "Status", STK_TEXT},
    {"target_year", "Year", STK_INTEGER}, {"kind", "Kind", STK_TEXT},
    {"condition", "Condition", STK_TEXT}, {"stated", "States", STK_TEXT},
    {"level_low_mt", "Low (Mt)", 0},      {"level_high_mt", "High (Mt)", 0},
    {"confidence", "Mark", STK_TEXT},     {"method", NULL, STK_TEXT},
    {"source_url", NULL, STK_TEXT},       {"check", NULL, STK_TEXT}};

/* Levels that the document states, where results show them. */
static void as_results_show(const stk_national *n, const stk_actor_target *target,
                            stk_actor_target *found, stk_methods *methods)
{
    STK_EACH_CASE(c, k) {
        stk_trace trace = stk_trace_level(n, target, (stk_condition)c, (stk_ambition)k, false);
        if (!isnan(target->level[c][k].excl_mt)) {
            found->level[c][k] = trace.level;
            stk_trace_add_then(&trace, methods->text[c][k]);
        }
    }
}

/* The level that a document meant on the day it came. */
static stk_status level_on_its_day(const stk_data *data, const stk_pledges *pledges,
                                   const stk_options *model, const stk_target *t,
                                   stk_actor_target *found, stk_methods *methods, bool *has,
                                   stk_error *error)
{
    stk_options then = *model;
    stk_world *world;
    then.as_of.date = t->submitted;
    then.as_of.include_announced = true;
    then.as_of.ignore_withdrawal = true;
    stk_status status = stk_world_make_party(data->inventory, pledges, data->baseline, &then,
                                             t->iso3, &world, error);
    *has = false;
    if (status != STK_OK) {
        return status;
    }
    const stk_national *n = stk_world_find(world, t->iso3);
    for (int i = 0; n != NULL && i < n->target_count; i++) {
        if (n->targets[i].year == t->year && n->targets[i].document->submitted == t->submitted) {
            *found = n->targets[i];
            stk_world_methods(world, n, &n->targets[i], methods);
            as_results_show(n, &n->targets[i], found, methods);
            *has = true;
        }
    }
    stk_world_free(world);
    return STK_OK;
}

static void add_document(stk_table *table, const stk_target *t, const stk_actor_target *found,
                         const stk_methods *methods, bool has)
{
    char stated[STK_STATED_SIZE];
    const char *check = NULL;
    stk_condition condition =
        t->has_condition[STK_UNCONDITIONAL] ? STK_UNCONDITIONAL : STK_CONDITIONAL;
    stk_table_date(table, t->submitted);
    stk_table_text(table, stk_target_status_name(t));
    stk_table_number(table, t->year == 0 ? (double)NAN : t->year);
    stk_table_text(table, stk_target_kind_name(t->kind));
    stk_table_text(
        table, t->has_condition[0] && t->has_condition[1] ? "both" : stk_condition_name(condition));
    stk_target_stated(t, stated);
    stk_table_text(table, stated);
    for (int k = 0; k < STK_AMBITIONS; k++) {
        stk_table_number(table, has ? found->level[condition][k].excl_mt : NAN);
    }
    for (int k = 0; k < STK_AMBITIONS && has && check == NULL; k++) {
        check = stk_level_check_words(found, condition, (stk_ambition)k);
    }
    stk_table_texts(table, has ? found->mark[condition][STK_LOW] : t->confidence,
                    has ? methods->text[condition][STK_LOW] : "", t->source_url,
                    check != NULL ? check : "");
}

/* What is supposed changes no document of the same day. */
static stk_status add_documents(const query *q, const stk_data *data, const stk_options *model,
                                const char *iso3, stk_table *table, stk_error *error)
{
    size_t count;
    stk_actor_target found;
    stk_methods methods;
    bool has = false;
    const stk_target *previous = NULL;
    stk_status status = STK_OK;
    const stk_target *targets = stk_pledges_of(data->pledges, iso3, &count);
    for (size_t i = 0; i < count && status == STK_OK; i++) {
        const stk_target *t = &targets[i];
        if (t->submitted > model->as_of.date) {
            continue;
        }
        if (previous == NULL || previous->submitted != t->submitted || previous->year != t->year ||
            previous->what_if != t->what_if) {
            const stk_pledges *pledges = t->what_if ? data->pledges : q->documents;
            status = level_on_its_day(data, pledges, model, t, &found, &methods, &has, error);
        }
        previous = t;
        add_document(table, t, &found, &methods, has);
    }
    return status;
}

/* ---- net zero: every step up to the date ---- */

static const stk_column step_columns[] = {
    {"date", "Date", STK_DATE},       {"standing", "Standing", STK_TEXT},
    {"year", "Year", STK_INTEGER},    {"scope", "Scope", STK_TEXT},
    {"in_force", "Holds", STK_TEXT},  {"document", "Document", STK_TEXT},
    {"confidence", "Mark", STK_TEXT}, {"source_url", NULL, STK_TEXT}};

static bool holds(const stk_net_zero_aim *aims, int count, const stk_net_zero_event *event)
{
    bool found = false;
    for (int i = 0; i < count; i++) {
        found = found || aims[i].event == event;
    }
    return found;
}

static void add_steps(const stk_pledges *pledges, const char *iso3, stk_as_of as_of,
                      stk_table *table)
{
    size_t count;
    stk_net_zero_aim aims[AIMS_MAX];
    int aim_count = country_aims(pledges, iso3, as_of, aims);
    const stk_net_zero_event *events = stk_pledges_net_zero_of(pledges, iso3, &count);
    for (int i = 0; i < aim_count; i++) {
        if (aims[i].event == NULL) { /* of a document, as it stood when the data was compiled */
            stk_table_texts(table, "", stk_net_zero_name(aims[i].standing));
            stk_table_number(table, aims[i].year);
            stk_table_texts(table, "", "yes", "", "", "");
        }
    }
    for (size_t i = 0; i < count && events[i].date <= as_of.date; i++) {
        const stk_net_zero_event *e = &events[i];
        bool none = e->standing == STK_NET_ZERO_NONE;
        stk_table_date(table, e->date);
        stk_table_text(table, none ? "withdrawn" : stk_net_zero_name(e->standing));
        stk_table_number(table, none ? (double)NAN : e->year);
        stk_table_texts(table, none ? "" : stk_net_zero_scope_name(e->scope),
                        holds(aims, aim_count, e) ? "yes" : "no", e->document, e->confidence,
                        e->source_url);
    }
}

/* ---- the sheet as a row ---- */

static const stk_column profile_columns[] = {{"iso3", "Code", STK_TEXT},
                                             {"name", NULL, STK_TEXT},
                                             {"kind", NULL, STK_TEXT},
                                             {"note", NULL, STK_TEXT},
                                             {"suspended", NULL, STK_TEXT},
                                             {"year", "Year", STK_INTEGER},
                                             {"emissions_mt", "Mt CO2e", STK_SCALED},
                                             {"land_use_co2_mt", NULL, 1},
                                             {"share_of_world_pct", "% of world", 2},
                                             {"rank", "Rank", STK_INTEGER},
                                             {"areas", "of", STK_INTEGER},
                                             {"population", NULL, STK_INTEGER},
                                             {"gdp_bn", NULL, 1},
                                             {"per_head_t", "t/head", 1},
                                             {"world_per_head_t", NULL, 1},
                                             {"per_gdp_kg", "kg/$ of GDP", 2},
                                             {"world_per_gdp_kg", NULL, 2},
                                             {"change_from_year_before_pct", NULL, 1},
                                             {"change_from_1990_pct", "from 1990, %", 0},
                                             {"change_from_2005_pct", "from 2005, %", 0},
                                             {"change_from_2010_pct", NULL, 0},
                                             {"fossil_co2_from", NULL, STK_INTEGER},
                                             {"fossil_cumulative_co2_gt", "Gt CO2 since 1850", 1},
                                             {"fossil_co2_share_pct", NULL, 2},
                                             {"land_use_cumulative_co2_gt", NULL, 1},
                                             {"co2_share_pct", "% with land use", 2},
                                             {"goal_year", NULL, STK_INTEGER},
                                             {"goal", NULL, STK_TEXT},
                                             {"world_cut_pct", NULL, 1},
                                             {"equal_cut_mt", NULL, 1},
                                             {"equal_per_head_mt", NULL, 1},
                                             {"unconditional_low_mt", NULL, 1},
                                             {"unconditional_high_mt", NULL, 1},
                                             {"conditional_low_mt", NULL, 1},
                                             {"conditional_high_mt", NULL, 1},
                                             {"what_is_rated", NULL, STK_TEXT},
                                             {"rated_mt", NULL, 1},
                                             {"fair_lo_mt", NULL, 1},
                                             {"fair_hi_mt", NULL, 1},
                                             {"rated_per_head_t", NULL, 1},
                                             {"fair_lo_per_head_t", NULL, 1},
                                             {"fair_hi_per_head_t", NULL, 1},
                                             {"readings_met", NULL, STK_INTEGER},
                                             {"readings", NULL, STK_INTEGER},
                                             {"implied_warming_k", NULL, 1},
                                             {"warming_limit", NULL, STK_TEXT},
                                             {"band", NULL, STK_TEXT},
                                             {"check", NULL, STK_TEXT}};

static double above_zero(double value)
{
    return value > 0 ? value : (double)NAN;
}

/* The rating's columns; nothing where there is none. */
static void add_rating(const stk_profile *p, stk_table *table)
{
    const stk_fairness_rating *rated = &p->rating;
    const stk_equity_rating *r = &rated->rating;
    if (!p->is_rated) {
        stk_table_text(table, "");
        for (int i = 0; i < 9; i++) {
            stk_table_number(table, (double)NAN);
        }
        stk_table_texts(table, "", "", "");
        return;
    }
    stk_table_text(table, rated->level.has_pledge ? "pledge" : "baseline");
    stk_table_numbers(table, r->level_mt, r->lo_mt, r->hi_mt, rated->per_head_t,
                      rated->lo_per_head_t, rated->hi_per_head_t, (double)r->met,
                      (double)r->readings, r->implied_warming_k);
    stk_table_texts(table, stk_fairness_limit_words(rated), stk_fairness_band_name(rated->band),
                    rated->is_narrow ? "narrow range" : "");
}

static stk_status add_profile(const stk_data *data, const stk_world *world, const query_area *area,
                              stk_table *table, stk_error *error)
{
    stk_profile p;
    const stk_national *n = &area->path.national;
    stk_status status;
    STK_TRY(stk_profile_make(data, world, &area->set, &area->path, &p, error));
    STK_TRY(stk_profile_rate(data, world, &area->path, &p, error));
    stk_table_texts(table, n->actor.iso3, n->actor.name,
                    stk_area_path_kind(&area->path, &area->set), area->path.note,
                    n->actor.suspended ? "yes" : "no");
    stk_table_numbers(table, p.year, p.emissions_mt, p.lulucf_co2_mt, p.share_of_world_pct,
                      above_zero(p.rank), p.areas, above_zero(p.population),
                      above_zero(p.gdp / 1e9), p.per_head_t, p.world_per_head_t, p.per_gdp_kg,
                      p.world_per_gdp_kg);
    for (int i = 0; i < STK_PROFILE_CHANGES; i++) {
        stk_table_number(table, p.changes[i].change_pct);
    }
    stk_table_numbers(table, p.cumulative.from, p.cumulative.fossil_gt,
                      p.cumulative.fossil_share_pct, p.cumulative.land_use_gt,
                      p.cumulative.share_pct, p.goal_year);
    stk_table_text(table, p.goal);
    stk_table_numbers(table, p.world_cut_pct, p.equal_cut_mt, p.equal_per_head_mt);
    for (int k = 0; k < STK_AREA_CASES; k++) {
        stk_table_number(table, p.pledged_mt[k / STK_AMBITIONS][k % STK_AMBITIONS]);
    }
    add_rating(&p, table);
done:
    return status;
}

/* ---- by head ---- */

static const stk_column head_columns[] = {{"iso3", "", STK_TEXT},
                                          {"year", "Year", STK_INTEGER},
                                          {"status", "", STK_TEXT},
                                          {"population", "People", STK_INTEGER},
                                          {"baseline_per_head_t", "Baseline", 2},
                                          {"unconditional_low_per_head_t", "Low", 2},
                                          {"unconditional_high_per_head_t", "High", 2},
                                          {"conditional_low_per_head_t", "Conditional low", 2},
                                          {"conditional_high_per_head_t", "high", 2}};

static void add_heads(const stk_data *data, const query_area *area, stk_table *table)
{
    const stk_national *n = &area->path.national;
    int last = stk_baseline_history_last(data->baseline);
    for (int year = STK_PATH_FIRST; year <= STK_PATH_LAST; year++) {
        int i = year - STK_PATH_FIRST;
        double people = above_zero(stk_profile_population(data, &area->set, &area->path, year));
        stk_table_text(table, n->actor.iso3);
        stk_table_number(table, year);
        stk_table_text(table, year <= last ? "history" : "pathway");
        stk_table_numbers(table, people, 1e6 * n->baseline[i] / people);
        for (int k = 0; k < STK_AREA_CASES; k++) {
            stk_table_number(table,
                             1e6 * n->path[k / STK_AMBITIONS][k % STK_AMBITIONS][i] / people);
        }
    }
}

/* ---- all ---- */

stk_status country_table(const query *q, const stk_data *data, const stk_world *world,
                         const query_area *area, int which, stk_table **table, stk_error *error)
{
    const char *iso3 = area->path.national.actor.iso3;
    const stk_options *model = stk_world_options(world);
    stk_status status = STK_OK;
    switch (which) {
    case COUNTRY_DOCUMENTS:
        *table = NEW_TABLE(document_columns);
        status = add_documents(q, data, model, iso3, *table, error);
        break;
    case COUNTRY_NET_ZERO:
        *table = NEW_TABLE(step_columns);
        add_steps(data->pledges, iso3, model->as_of, *table);
        break;
    case COUNTRY_PROFILE:
        *table = NEW_TABLE(profile_columns);
        status = add_profile(data, world, area, *table, error);
        break;
    case COUNTRY_PER_HEAD:
        *table = NEW_TABLE(head_columns);
        add_heads(data, area, *table);
        break;
    default:
        *table = country_path_table(data, area);
        break;
    }
    if (status != STK_OK) {
        stk_table_free(*table);
        *table = NULL;
    }
    return status;
}
