/** @file warming.c
 * @brief The cases of the warming of the pledges.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/warming.h>

#include "assess/assess_impl.h"

static const struct {
    const char *name;
    const char *title;
} kinds[STK_CASES] = {{"current_trend", "Current trend"},
                      {"targets_only", "Targets only"},
                      {"pledges_and_targets", "Pledges and targets"},
                      {"optimistic", "Optimistic"}};

const char *stk_case_name(stk_case kind)
{
    return kinds[kind].name;
}

const char *stk_case_title(stk_case kind)
{
    return kinds[kind].title;
}

/* The options of the world that a kind of case needs. */
static stk_options options_of(const stk_warming_request *request, stk_case kind, bool capped)
{
    stk_options options = request->options;
    options.cap_hot_air = capped;
    options.extension = STK_EXTEND_NET_ZERO;
    options.otherwise = request->beyond;
    options.net_zero = request->net_zero;
    if (kind == STK_CASE_TARGETS_ONLY) {
        options.extension = request->beyond;
        options.net_zero = STK_NET_ZERO_NONE;
    }
    if (kind == STK_CASE_OPTIMISTIC) {
        options.net_zero = STK_NET_ZERO_PROPOSED;
        options.as_of.include_announced = true;
    }
    return options;
}

static stk_status go_on(const stk_warming_model *model, const stk_world *world, double *kyoto_mt,
                        double *land_mt, stk_error *error)
{
    return stk_world_options(world)->long_term == STK_LONG_TERM_PATHWAYS
               ? STK_OK
               : stk_warming_keep_place(model, STK_LONG_TERM_YEAR, kyoto_mt, land_mt, error);
}

stk_status stk_warming_world_basket(const stk_warming_model *model, const stk_world *world,
                                    stk_condition condition, stk_ambition ambition,
                                    double *kyoto_mt, double *land_mt, stk_error *error)
{
    int first = stk_warming_first_year(model);
    for (int year = first; year <= stk_warming_last_year(model); year++) {
        double without = stk_world_level_mt(world, condition, ambition, false, year);
        double with = stk_world_level_mt(world, condition, ambition, true, year);
        kyoto_mt[year - first] = with;
        land_mt[year - first] = with - without;
    }
    return go_on(model, world, kyoto_mt, land_mt, error);
}

static stk_status baseline_basket(const stk_warming_model *model, const stk_world *world,
                                  double *kyoto_mt, double *land_mt, stk_error *error)
{
    int first = stk_warming_first_year(model);
    for (int year = first; year <= stk_warming_last_year(model); year++) {
        double with = stk_world_baseline_mt(world, true, year);
        kyoto_mt[year - first] = with;
        land_mt[year - first] = with - stk_world_baseline_mt(world, false, year);
    }
    return go_on(model, world, kyoto_mt, land_mt, error);
}

/* Condition and ambition of the pathway that stands for a kind. */
static stk_condition condition_of(stk_case kind)
{
    return kind == STK_CASE_OPTIMISTIC ? STK_CONDITIONAL : STK_UNCONDITIONAL;
}

static stk_ambition ambition_of(stk_case kind)
{
    return kind == STK_CASE_OPTIMISTIC ? STK_HIGH : STK_LOW;
}

/* Whether a short run has the case. */
static bool is_representative(const stk_warming_request *request, const stk_warming_case *c)
{
    return c->hot_air_capped == request->options.cap_hot_air &&
           c->condition == condition_of(c->kind) && c->ambition == ambition_of(c->kind);
}

stk_status stk_warming_case_basket(const stk_warming_model *model, const stk_world *world,
                                   stk_case kind, double *kyoto_mt, double *land_mt,
                                   stk_error *error)
{
    return kind == STK_CASE_CURRENT_TREND
               ? baseline_basket(model, world, kyoto_mt, land_mt, error)
               : stk_warming_world_basket(model, world, condition_of(kind), ambition_of(kind),
                                          kyoto_mt, land_mt, error);
}

enum { PLANS = 2 }; /* of one run: a day and the day before */

/* Rooms for the pathways of all cases. */
typedef struct plan {
    const stk_data *data;
    const stk_warming_model *model;
    const stk_warming_request *request;
    stk_warming_case *cases;
    stk_basket baskets[STK_WARMING_CASES];
    double *values; /* [case][Kyoto, land][year] */
    size_t count;
    stk_world *worlds[2]; /* without and with announcements; pathways are drawn again */
} plan;

/* The cases of one world. */
static stk_status add_world(plan *p, stk_case kind, bool capped, const stk_world *world,
                            stk_error *error)
{
    stk_status status = STK_OK;
    for (int i = 0; i < STK_CONDITIONS * STK_AMBITIONS && status == STK_OK; i++) {
        stk_warming_case made = {.kind = kind,
                                 .condition = (stk_condition)(i / STK_AMBITIONS),
                                 .ambition = (stk_ambition)(i % STK_AMBITIONS),
                                 .hot_air_capped = capped};
        size_t years = stk_warming_year_count(p->model);
        double *kyoto = p->values + 2 * p->count * years;
        if (p->request->one_per_kind && !is_representative(p->request, &made)) {
            continue;
        }
        status = kind == STK_CASE_CURRENT_TREND
                     ? baseline_basket(p->model, world, kyoto, kyoto + years, error)
                     : stk_warming_world_basket(p->model, world, made.condition, made.ambition,
                                                kyoto, kyoto + years, error);
        p->cases[p->count] = made;
        p->baskets[p->count++] = (stk_basket){kyoto, kyoto + years};
    }
    return status;
}

/* The world of some options. Kinds differ in how pathways go on, which is drawn again, and in
 * whether announcements count, which makes other targets. */
static stk_status find_world(plan *p, const stk_options *options, stk_world **world,
                             stk_error *error)
{
    bool announced = options->as_of.include_announced;
    stk_world **kept = &p->worlds[announced ? 1 : 0];
    const stk_world *given = p->request->world;
    stk_status status;
    if (*kept == NULL && given != NULL && stk_world_options(given)->gwp == options->gwp &&
        stk_world_options(given)->as_of.include_announced == announced) {
        STK_TRY(stk_world_copy(given, kept, error));
    }
    STK_TRY(*kept == NULL ? assess_world(p->data, options, kept, error)
                          : stk_world_redraw(*kept, options, error));
    *world = *kept;
done:
    return status;
}

static stk_status add_kind(plan *p, stk_case kind, bool capped, size_t gwp, stk_error *error)
{
    stk_world *world;
    stk_options options = options_of(p->request, kind, capped);
    options.gwp = gwp;
    stk_status status;
    STK_TRY(find_world(p, &options, &world, error));
    STK_TRY(add_world(p, kind, capped, world, error));
done:
    if (status == STK_OK && kind == STK_CASE_CURRENT_TREND) { /* any world has its baseline */
        status = add_world(p, kind, !capped, world, error);
    }
    return status;
}

static stk_status add_all(plan *p, stk_error *error)
{
    size_t gwp;
    stk_status status =
        stk_gwp_find_set(stk_inventory_gwp(p->data->inventory), stk_text_of("AR6"), &gwp, error);
    for (int i = 0; i < 2 * STK_CASES && status == STK_OK; i++) {
        bool capped = i % 2 == 1;
        bool wanted = p->request->one_per_kind ? capped == p->request->options.cap_hot_air
                                               : i != 2 * STK_CASE_CURRENT_TREND + 1;
        if (wanted && !p->request->left_out[i / 2]) {
            status = add_kind(p, (stk_case)(i / 2), capped, gwp, error);
        }
    }
    return status;
}

static stk_status copy_rows(const stk_iamc *from, const char *scenario, stk_iamc *into,
                            stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t r = 0; r < from->row_count; r++) {
        stk_iamc_row row = from->rows[r];
        double *values;
        row.scenario = scenario;
        STK_TRY(stk_iamc_add(into, &row, &values, error));
        memcpy(values, from->rows[r].values, (size_t)from->year_count * sizeof *values);
    }
done:
    return status;
}

/* Add the gases of pathways to a table, each as a scenario named by its index. */
static stk_status add_gases(const stk_warming_model *model, const stk_basket *baskets, size_t count,
                            stk_iamc *table, stk_error *error)
{
    stk_status status = STK_OK;
    if (table->first_year != stk_warming_first_year(model) ||
        (size_t)table->year_count != stk_warming_year_count(model)) {
        return stk_error_set(error, STK_EARG, "the table of gases has not the model's years");
    }
    for (size_t i = 0; i < count; i++) {
        stk_iamc *gases;
        char name[32];
        stk_print(name, sizeof name, "%zu", i);
        STK_TRY(stk_warming_compose(model, &baskets[i], &gases, NULL, error));
        status = copy_rows(gases, name, table, error);
        stk_iamc_free(gases);
        if (status != STK_OK) {
            break;
        }
    }
done:
    return status;
}

/* All pathways at once, since they have the years of history in common. */
static stk_status run_plans(plan *plans, size_t plan_count, stk_error *error)
{
    enum { ROOM = PLANS * STK_WARMING_CASES };
    stk_basket baskets[ROOM];
    size_t count = 0;
    stk_outlook *outlooks = calloc(ROOM, sizeof *outlooks); /* 600 kB: no stack's */
    if (outlooks == NULL) {
        return stk_error_memory(error);
    }
    stk_status status;
    for (size_t n = 0; n < plan_count; n++) {
        memcpy(baskets + count, plans[n].baskets, plans[n].count * sizeof *baskets);
        count += plans[n].count;
    }
    STK_TRY(
        stk_warming_run(plans->model, baskets, count, plans->request->threads, outlooks, error));
    const stk_outlook *next = outlooks;
    for (size_t n = 0; n < plan_count; n++) {
        const plan *p = &plans[n];
        for (size_t i = 0; i < p->count; i++) {
            p->cases[i].outlook = *next++;
        }
        if (p->request->gases != NULL) {
            STK_TRY(add_gases(p->model, p->baskets, p->count, p->request->gases, error));
        }
    }
done:
    free(outlooks);
    return status;
}

static stk_status open_plan(plan *p, stk_error *error)
{
    if (stk_warming_last_year(p->model) > STK_PATH_LAST ||
        stk_warming_first_year(p->model) < STK_PATH_FIRST) {
        return stk_error_set(error, STK_EARG, "national pathways have not the years %d to %d",
                             stk_warming_first_year(p->model), stk_warming_last_year(p->model));
    }
    if (p->request->beyond == STK_EXTEND_NET_ZERO) {
        return stk_error_set(error, STK_EARG, "targets alone cannot be extended to net zero");
    }
    p->values =
        malloc(2 * STK_WARMING_CASES * stk_warming_year_count(p->model) * sizeof *p->values);
    if (p->values == NULL) {
        return stk_error_memory(error);
    }
    memset(p->cases, 0, STK_WARMING_CASES * sizeof *p->cases);
    return add_all(p, error);
}

static void close_plan(const plan *p)
{
    free(p->values);
    stk_world_free(p->worlds[0]);
    stk_world_free(p->worlds[1]);
}

stk_status stk_warming_cases(const stk_data *data, const stk_warming_model *model,
                             const stk_warming_request *request,
                             stk_warming_case cases[STK_WARMING_CASES], size_t *count,
                             stk_error *error)
{
    plan p = {.data = data, .model = model, .request = request, .cases = cases};
    *count = 0;
    stk_status status;
    STK_TRY(open_plan(&p, error));
    STK_TRY(run_plans(&p, 1, error));
    *count = p.count;
done:
    close_plan(&p);
    return status;
}

stk_options stk_warming_options(const stk_options *options)
{
    stk_options made = *options;
    made.otherwise =
        options->extension == STK_EXTEND_NET_ZERO ? STK_EXTEND_CONSTANT_RATE : options->extension;
    made.extension = STK_EXTEND_NET_ZERO;
    made.net_zero = options->binding;
    return made;
}

stk_options stk_warming_case_options(const stk_options *options, stk_case kind)
{
    stk_options made = stk_warming_options(options);
    stk_warming_request request = {
        .options = *options, .beyond = made.otherwise, .net_zero = made.net_zero};
    return options_of(&request, kind, options->cap_hot_air);
}

static stk_warming_request request_of(const stk_assessment *a, bool headline)
{
    stk_options options = stk_warming_options(&a->request.options);
    stk_warming_request request = {.options = a->request.options,
                                   .beyond = options.otherwise,
                                   .net_zero = options.net_zero,
                                   .one_per_kind = true,
                                   .world = a->world,
                                   .threads = a->request.threads};
    request.left_out[STK_CASE_CURRENT_TREND] = headline;
    request.left_out[STK_CASE_OPTIMISTIC] = headline;
    return request;
}

stk_status assess_warming(stk_assessment *a, const stk_data *data, stk_error *error)
{
    stk_assessment *days[PLANS] = {a, a->before};
    stk_warming_request requests[PLANS];
    plan plans[PLANS] = {{0}};
    size_t count = a->before != NULL ? 2 : 1;
    stk_warming_model *own = NULL;
    stk_status status;
    STK_TRY(a->request.model != NULL ? STK_OK : stk_warming_model_open(data->edition, &own, error));
    for (size_t i = 0; i < count; i++) {
        days[i]->warming = calloc(STK_WARMING_CASES, sizeof *days[i]->warming);
        if (days[i]->warming == NULL) {
            STK_FAIL(stk_error_memory(error));
        }
        requests[i] = request_of(days[i], i > 0);
        plans[i] = (plan){.data = data,
                          .model = own != NULL ? own : a->request.model,
                          .request = &requests[i],
                          .cases = days[i]->warming};
        STK_TRY(open_plan(&plans[i], error));
    }
    STK_TRY(run_plans(plans, count, error));
    for (size_t i = 0; i < count; i++) {
        days[i]->warming_count = plans[i].count;
    }
done:
    for (size_t i = 0; i < count; i++) {
        close_plan(&plans[i]);
    }
    stk_warming_model_free(own);
    return status;
}
