/** @file fairness_tables.c
 * @brief Fair shares as tables: allocations, ratings, budgets.
 */
#include "question/fairness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- allocations ---- */

static const stk_column allocation_columns[] = {{"area", "Party", STK_TEXT},
                                                {"year", NULL, STK_INTEGER},
                                                {"benchmark", NULL, STK_TEXT},
                                                {"method", "Method", STK_TEXT},
                                                {"parameters", "Parameters", STK_TEXT},
                                                {"mt", "Mt CO2e", STK_SCALED},
                                                {"per_head_t", "t a head", 1},
                                                {"below_1990_pct", "Since 1990, %", 0},
                                                {"below_2005_pct", "Since 2005, %", 0},
                                                {"below_2010_pct", NULL, 0},
                                                {"pledged_mt", NULL, 1},
                                                {"excess_mt", "Pledged above it", STK_SCALED},
                                                {"meets", "Met", STK_TEXT},
                                                {"rated", NULL, STK_TEXT},
                                                {"what_is_pledged", NULL, STK_TEXT}};

static void add_allocation(const fairness_answer *a, bool text, stk_table *table, size_t actor,
                           const stk_equity_rule *rule, bool rated, double mt)
{
    char parameters[STK_EQUITY_PARAMETERS_SIZE];
    stk_fairness_level level =
        stk_fairness_level_of(a->fairness, actor, a->condition, a->ambition, a->year);
    stk_fairness_share s = stk_fairness_share_of(a->fairness, actor, a->year, mt, &level);
    stk_table_text(table, stk_fairness_national(a->fairness, actor)->actor.iso3);
    stk_table_number(table, a->year);
    stk_table_texts(table, a->benchmark.name, stk_equity_method_name(rule->method),
                    stk_equity_rule_write(rule, parameters));
    double sign = text ? -1 : 1;
    stk_table_numbers(table, s.mt, s.per_head_t, sign * s.below_1990_pct, sign * s.below_2005_pct,
                      sign * s.below_2010_pct, level.mt, s.excess_mt);
    stk_table_texts(table, s.meets ? "yes" : "no", rated ? "yes" : "no",
                    level.has_pledge ? "pledge" : "baseline");
}

stk_status fairness_allocation_table(const fairness_answer *a, bool text, stk_table **table,
                                     stk_error *error)
{
    size_t count = stk_fairness_count(a->fairness);
    size_t rules = a->rules.shown.count;
    double *mt = malloc((rules * count + 1) * sizeof *mt);
    stk_status status;
    *table =
        stk_table_new(allocation_columns, sizeof allocation_columns / sizeof *allocation_columns);
    STK_TRY(stk_allocated(mt, error));
    for (size_t i = 0; i < rules; i++) {
        STK_TRY(stk_equity_allocate(stk_fairness_equity(a->fairness), &a->rules.shown.rules[i],
                                    a->year, &mt[i * count], error));
    }
    for (size_t actor = 0; actor < count; actor++) {
        for (size_t i = 0; i < rules && a->asked[actor]; i++) {
            add_allocation(a, text, *table, actor, &a->rules.shown.rules[i],
                           i < a->rules.rated.count, mt[i * count + actor]);
        }
    }
done:
    free(mt);
    if (status != STK_OK) {
        stk_table_free(*table);
        *table = NULL;
    }
    return status;
}

/* ---- ratings ---- */

static const stk_column rating_columns[] = {{"area", "Party", STK_TEXT},
                                            {"year", NULL, STK_INTEGER},
                                            {"as_of", NULL, STK_DATE},
                                            {"what_is_rated", "Rated", STK_TEXT},
                                            {"level_mt", "Mt CO2e", STK_SCALED},
                                            {"baseline_mt", NULL, 1},
                                            {"lo_mt", "Least", STK_SCALED},
                                            {"hi_mt", "Most", STK_SCALED},
                                            {"readings_met", "Met", STK_INTEGER},
                                            {"readings", "of", STK_INTEGER},
                                            {"met_percent", NULL, 1},
                                            {"position", "Place", 2},
                                            {"world_if_all_mt", NULL, 1},
                                            {"implied_warming_k", "°C", 1},
                                            {"warming_limit", " ", STK_TEXT},
                                            {"band", "Band (ours)", STK_TEXT},
                                            {"check", "Check", STK_TEXT},
                                            {"peer_k_per_capita", NULL, 2},
                                            {"peer_k_convergence", NULL, 2},
                                            {"peer_k_ecpc", NULL, 2},
                                            {"peer_k_ability_to_pay", NULL, 2},
                                            {"peer_k_gdr", NULL, 2},
                                            {"hybrid_k", NULL, 2},
                                            {"name", NULL, STK_TEXT}};

static double peer_of(const stk_equity_rating *r, stk_equity_method method)
{
    for (size_t m = 0; m < r->method_count; m++) {
        if (r->methods[m] == method) {
            return r->peer_k[m];
        }
    }
    return NAN;
}

static void add_rating(const fairness_answer *a, stk_table *table, const stk_fairness_rating *rated)
{
    const stk_equity_rating *r = &rated->rating;
    const stk_actor *actor = &stk_fairness_national(a->fairness, rated->actor)->actor;
    stk_table_text(table, actor->iso3);
    stk_table_number(table, a->year);
    stk_table_date(table, a->options.as_of.date);
    stk_table_text(table, rated->level.has_pledge ? "pledge" : "baseline");
    stk_table_numbers(table, r->level_mt, r->baseline_mt, r->lo_mt, r->hi_mt, r->met, r->readings,
                      r->met_percent, r->position, r->world_if_all_mt, r->implied_warming_k);
    stk_table_texts(table, stk_fairness_limit_words(rated), stk_fairness_band_name(rated->band),
                    rated->is_narrow ? "narrow range" : "");
    stk_table_numbers(table, peer_of(r, STK_EQUITY_PER_CAPITA), peer_of(r, STK_EQUITY_CONVERGENCE),
                      peer_of(r, STK_EQUITY_ECPC), peer_of(r, STK_EQUITY_ABILITY_TO_PAY),
                      peer_of(r, STK_EQUITY_GDR), rated->hybrid_k);
    stk_table_text(table, actor->name);
}

stk_table *fairness_rating_table(const fairness_answer *a)
{
    stk_table *table =
        stk_table_new(rating_columns, sizeof rating_columns / sizeof *rating_columns);
    for (size_t i = 0; i < stk_fairness_count(a->fairness); i++) {
        if (a->asked[i]) {
            add_rating(a, table, &a->ratings[i]);
        }
    }
    return table;
}

/* ---- budgets ---- */

static const stk_column budget_columns[] = {{"area", "Party", STK_TEXT},
                                            {"source", "Source", STK_TEXT},
                                            {"variant", NULL, STK_TEXT},
                                            {"published", NULL, STK_DATE},
                                            {"from", NULL, STK_DATE},
                                            {"start", "From", STK_INTEGER},
                                            {"warming_k", NULL, 1},
                                            {"probability", NULL, 2},
                                            {"method", "Method", STK_TEXT},
                                            {"history_from", "History", STK_TEXT},
                                            {"gt", "Gt CO2", STK_SCALED},
                                            {"years_left", "Years left", 1},
                                            {"cut_pct_per_year", "Cut, % a year", 1},
                                            {"pledged_use_gt", "Pledged to 2050", STK_SCALED},
                                            {"used_pct", "Used, %", 0},
                                            {"exhausted", "Used up", STK_INTEGER},
                                            {"world_budget_gt", NULL, 1},
                                            {"confidence", "Mark", STK_TEXT}};

static void add_budget(const fairness_answer *a, stk_table *table, size_t actor,
                       const stk_published_budget *p, const stk_fairness_budget *b)
{
    char from[16] = "";
    if (b->from != 0) {
        stk_print(from, sizeof from, "%d", b->from);
    }
    stk_table_texts(table, stk_fairness_national(a->fairness, actor)->actor.iso3, p->source,
                    p->variant);
    stk_table_date(table, p->published);
    stk_table_date(table, p->from);
    stk_table_numbers(table, b->start, p->warming_k, p->probability);
    stk_table_texts(table, stk_equity_budget_name(b->method), from);
    stk_table_numbers(table, b->gt, b->years_left, b->cut_pct_per_year, b->pledged_use_gt,
                      b->used_pct, b->exhausted == 0 ? (double)NAN : b->exhausted, p->gt);
    stk_table_text(table, p->confidence);
}

enum { BUDGETS_MAX = 16 };

static stk_status read_number(query *q, const char *name, double usual, double low, double high,
                              double *value, stk_error *error)
{
    const char *text = query_value(q, name);
    *value = usual;
    if (text == NULL ||
        (stk_text_number(stk_text_of(text), value) && *value > low && *value < high)) {
        return STK_OK;
    }
    return query_usage(q, error, "--%s: '%s' is refused; allowed: a number above %g, below %g",
                       name, text, low, high);
}

static stk_status fill_budgets(const fairness_answer *a, stk_table *table,
                               const stk_published_budget *published, size_t count,
                               stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t actor = 0; actor < stk_fairness_count(a->fairness); actor++) {
        for (size_t i = 0; i < count && a->asked[actor] && status == STK_OK; i++) {
            stk_fairness_budget parts[STK_FAIRNESS_BUDGETS];
            status = stk_fairness_budget_of(a->fairness, actor, &published[i], a->condition,
                                            a->ambition, parts, error);
            for (int k = 0; k < STK_FAIRNESS_BUDGETS && status == STK_OK; k++) {
                add_budget(a, table, actor, &published[i], &parts[k]);
            }
        }
    }
    return status;
}

/* One Party: every source that was known; several: the newest alone. */
stk_status fairness_budget_table(query *q, fairness_answer *a, stk_table **table, stk_error *error)
{
    const double usual_k = 1.5;
    const double usual_probability = 0.5;
    stk_published_budget published[BUDGETS_MAX];
    size_t count;
    const char *source = query_value(q, "source");
    stk_status status;
    *table = NULL;
    STK_TRY(read_number(q, "warming", usual_k, 0, 10, &a->warming_k, error));
    STK_TRY(read_number(q, "probability", usual_probability, 0, 1, &a->probability, error));
    STK_TRY(stk_fairness_budgets(a->data->edition, a->options.as_of.date, a->warming_k,
                                 a->probability, source, source != NULL, published, BUDGETS_MAX,
                                 &count, error));
    count = count > BUDGETS_MAX ? BUDGETS_MAX : count;
    count = a->asked_count > 1 ? 1 : count;
    *table = stk_table_new(budget_columns, sizeof budget_columns / sizeof *budget_columns);
    STK_TRY(fill_budgets(a, *table, published, count, error));
done:
    if (status != STK_OK) {
        stk_table_free(*table);
        *table = NULL;
    }
    return status;
}
