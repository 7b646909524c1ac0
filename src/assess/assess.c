/** @file assess.c
 * @brief The assessment: worlds, gap cases, coverage, forest choices. Changes are in changes.c.
 */
#include "assess/assess_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const marks[STK_CONFIDENCE_MARKS] = {"A", "A*", "B", "S", "C", "R"};

const char *stk_confidence_mark(int i)
{
    return marks[i];
}

stk_status assess_world(const stk_data *data, const stk_options *options, stk_world **world,
                        stk_error *error)
{
    return stk_world_make(data->inventory, data->pledges, data->baseline, options, world, error);
}

static size_t add_cases(const stk_world *world, const stk_benchmark *benchmark, int year,
                        bool capped, stk_gap *cases)
{
    for (int i = 0; i < STK_CONDITIONS * STK_AMBITIONS; i++) {
        stk_condition condition = (stk_condition)(i / STK_AMBITIONS);
        stk_ambition ambition = (stk_ambition)(i % STK_AMBITIONS);
        double gt =
            stk_world_level_mt(world, condition, ambition, benchmark->with_lulucf, year) / 1000.0;
        cases[i] = (stk_gap){condition, ambition, capped, gt, gt - benchmark->median_gt};
    }
    return (size_t)STK_CONDITIONS * STK_AMBITIONS;
}

stk_status stk_gap_cases(const stk_data *data, const stk_options *options,
                         const stk_benchmark *benchmark, int year, stk_gap cases[STK_GAP_CASES],
                         stk_error *error)
{
    stk_world *world;
    stk_options in_scope = *options;
    in_scope.gwp = benchmark->gwp;
    in_scope.cap_hot_air = false;
    stk_status status = assess_world(data, &in_scope, &world, error);
    if (status == STK_OK) {
        size_t n = add_cases(world, benchmark, year, false, cases);
        in_scope.cap_hot_air = true;
        status = stk_world_redraw(world, &in_scope, error);
        add_cases(world, benchmark, year, true, cases + n);
    }
    stk_world_free(world);
    return status;
}

/* ---- coverage ---- */

const stk_actor_target *assess_target_reaching(const stk_national *national, int year)
{
    for (int i = 0; i < national->target_count; i++) {
        if (national->targets[i].year >= year && national->targets[i].kind != STK_TARGET_NONE) {
            return &national->targets[i];
        }
    }
    return NULL;
}

bool assess_newest_is_unknown(const stk_pledges *pledges, const char *iso3, stk_date date)
{
    size_t count;
    const stk_target *targets = stk_pledges_of(pledges, iso3, &count);
    bool unknown = false;
    for (size_t i = 0; i < count; i++) {
        if (targets[i].submitted <= date && targets[i].joint_party[0] == '\0') {
            unknown = targets[i].kind == STK_TARGET_UNKNOWN;
        }
    }
    return unknown;
}

static int mark_of(const char *confidence)
{
    int found = stk_text_find(stk_text_of(confidence), marks, STK_CONFIDENCE_MARKS);
    return found < 0 ? STK_CONFIDENCE_MARKS - 1 : found;
}

static void cover(stk_assessment *a, const stk_data *data)
{
    int last = stk_baseline_history_last(data->baseline);
    stk_coverage *coverage = &a->coverage;
    coverage->world_mt = stk_world_baseline_mt(a->world, false, last);
    for (size_t i = 0; i < stk_world_count(a->world); i++) {
        const stk_national *national = stk_world_national(a->world, i);
        const stk_actor *actor = &national->actor;
        if (actor->kind != STK_ACTOR_PARTY) {
            continue;
        }
        double share = 100.0 * national->baseline[last - STK_PATH_FIRST] / coverage->world_mt;
        const stk_actor_target *target = assess_target_reaching(national, a->request.year);
        coverage->parties += actor->member_count;
        coverage->parties_suspended += actor->suspended ? actor->member_count : 0;
        coverage->suspended_pct += actor->suspended ? share : 0.0;
        if (target != NULL) {
            coverage->parties_with_target += actor->member_count;
            coverage->covered_pct += share;
            const char *mark = target->mark[stk_target_condition(target)][STK_LOW];
            coverage->by_confidence_pct[mark_of(mark)] += share;
        } else if (assess_newest_is_unknown(data->pledges, actor->iso3,
                                            a->request.options.as_of.date)) {
            coverage->by_confidence_pct[STK_CONFIDENCE_MARKS - 1] += share;
        }
    }
}

/* ---- forests ---- */

static int larger_choice_first(const void *a, const void *b)
{
    const stk_forest_choice *x = a;
    const stk_forest_choice *y = b;
    double dx = fabs(x->first_mt - x->hold_mt);
    double dy = fabs(y->first_mt - y->hold_mt);
    return dx < dy ? 1 : dx > dy ? -1 : strcmp(x->iso3, y->iso3);
}

/* Worth naming: more than a tenth of the level and more than 10 Mt. */
static void find_forests(stk_assessment *a)
{
    for (size_t i = 0; i < stk_world_count(a->world); i++) {
        const stk_national *national = stk_world_national(a->world, i);
        const stk_actor_target *target = assess_target_reaching(national, a->request.year);
        if (target == NULL || a->forest_count == ASSESS_FORESTS_MAX) {
            continue;
        }
        stk_condition condition =
            target->stated[STK_UNCONDITIONAL] ? STK_UNCONDITIONAL : STK_CONDITIONAL;
        double first = target->level[condition][STK_LOW].excl_mt;
        double hold = target->hold_excl_mt[condition][STK_LOW];
        bool binds = (target->check[condition][STK_LOW] & STK_GUARD_NOT_BINDING) == 0;
        if (binds && fabs(first - hold) > fmax(10.0, 0.1 * first)) {
            a->forests[a->forest_count++] =
                (stk_forest_choice){national->actor.iso3, national->actor.name, first, hold};
        }
    }
    qsort(a->forests, a->forest_count, sizeof *a->forests, larger_choice_first);
}

/* ---- the whole ---- */

/* The worlds of the levels serve the gap too where the benchmark is in the same GWP set. */
static stk_status find_gaps(const stk_assessment *a, const stk_data *data,
                            const stk_benchmark *benchmark, int year, stk_gap *gaps,
                            stk_error *error)
{
    const stk_options *options = &a->request.options;
    if (benchmark->gwp != options->gwp) {
        return stk_gap_cases(data, options, benchmark, year, gaps, error);
    }
    size_t n = add_cases(a->kept, benchmark, year, false, gaps);
    add_cases(a->capped, benchmark, year, true, gaps + n);
    return STK_OK;
}

static stk_status find_other_year(stk_assessment *a, const stk_data *data, stk_error *error)
{
    const stk_assess_request *r = &a->request;
    stk_other_year *other = &a->other;
    other->year = r->other_year;
    other->baseline_gt = stk_world_baseline_mt(a->world, false, other->year) / 1000.0;
    for (int i = 0; i < STK_CONDITIONS * STK_AMBITIONS; i++) {
        stk_condition c = (stk_condition)(i / STK_AMBITIONS);
        stk_ambition k = (stk_ambition)(i % STK_AMBITIONS);
        other->level_gt[c][k] = stk_world_level_mt(a->world, c, k, false, other->year) / 1000.0;
    }
    return find_gaps(a, data, &r->other_benchmark, other->year, other->gaps, error);
}

/* Worlds, gaps and who is covered. */
static stk_status find_levels(stk_assessment *a, const stk_data *data, stk_error *error)
{
    const stk_assess_request *r = &a->request;
    stk_options kept = r->options;
    stk_options capped = r->options;
    kept.cap_hot_air = false;
    capped.cap_hot_air = true;
    stk_status status;
    STK_TRY(assess_world(data, &kept, &a->kept, error));
    STK_TRY(stk_world_copy(a->kept, &a->capped, error));
    STK_TRY(stk_world_redraw(a->capped, &capped, error));
    a->world = r->options.cap_hot_air ? a->capped : a->kept;
    STK_TRY(find_gaps(a, data, &r->benchmark, r->year, a->gaps, error));
    cover(a, data);
done:
    return status;
}

static stk_status find_before(stk_assessment *a, const stk_data *data, stk_error *error)
{
    a->before = calloc(1, sizeof *a->before);
    if (a->before == NULL) {
        return stk_error_memory(error);
    }
    stk_assess_request *r = &a->before->request;
    *r = a->request;
    r->options.as_of.date = r->since;
    r->since = 0;
    r->other_year = 0;
    return find_levels(a->before, data, error);
}

static stk_status run(stk_assessment *a, const stk_data *data, stk_error *error)
{
    stk_status status;
    STK_TRY(find_levels(a, data, error));
    if (a->request.other_year != 0) {
        STK_TRY(find_other_year(a, data, error));
    }
    find_forests(a);
    STK_TRY(stk_checked_levels(a->world, a->request.year, &a->checks, &a->check_count, error));
    if (a->request.since != 0) {
        STK_TRY(find_before(a, data, error));
        STK_TRY(assess_changes(a, data, error));
    }
    if (a->request.warming) {
        STK_TRY(assess_warming(a, data, error));
    }
done:
    return status;
}

stk_status stk_assess(const stk_data *data, const stk_assess_request *request,
                      stk_assessment **assessment, stk_error *error)
{
    *assessment = NULL;
    const int years[] = {request->year,
                         request->other_year != 0 ? request->other_year : request->year};
    for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
        int last = stk_baseline_history_last(data->baseline);
        if (years[i] <= last || years[i] > STK_PATH_LAST) {
            return stk_error_set(error, STK_EARG, "the year %d is refused; allowed: %d to %d",
                                 years[i], last + 1, STK_PATH_LAST);
        }
    }
    if (request->since != 0 && request->since >= request->options.as_of.date) {
        return stk_error_set(error, STK_EARG, "the earlier date must be before the date assessed");
    }
    stk_assessment *a = calloc(1, sizeof *a);
    if (a == NULL) {
        return stk_error_memory(error);
    }
    a->request = *request;
    stk_status status = run(a, data, error);
    if (status != STK_OK) {
        stk_assessment_free(a);
        return status;
    }
    *assessment = a;
    return STK_OK;
}

void stk_assessment_free(stk_assessment *a)
{
    if (a != NULL) {
        stk_world_free(a->kept);
        stk_world_free(a->capped);
        free(a->checks);
        free(a->arrivals);
        free(a->changes);
        free(a->warming);
        stk_assessment_free(a->before);
        free(a);
    }
}

const stk_assess_request *stk_assessment_request(const stk_assessment *a)
{
    return &a->request;
}

const stk_world *stk_assessment_world(const stk_assessment *a)
{
    return a->world;
}

double stk_assessment_level_gt(const stk_assessment *a, stk_condition condition,
                               stk_ambition ambition, bool hot_air_capped)
{
    return stk_world_level_mt(hot_air_capped ? a->capped : a->kept, condition, ambition, false,
                              a->request.year) /
           1000.0;
}

double stk_assessment_baseline_gt(const stk_assessment *a)
{
    return stk_world_baseline_mt(a->world, false, a->request.year) / 1000.0;
}

void stk_assessment_composition_gt(const stk_assessment *a, double parts[4])
{
    for (int i = 0; i < 4; i++) {
        parts[i] = 0;
    }
    for (size_t n = 0; n < stk_world_count(a->world); n++) {
        const stk_national *national = stk_world_national(a->world, n);
        parts[national->actor.kind] +=
            national->path[STK_UNCONDITIONAL][STK_LOW][a->request.year - STK_PATH_FIRST] / 1000.0;
    }
}

const stk_gap *stk_assessment_gaps(const stk_assessment *a)
{
    return a->gaps;
}

const stk_other_year *stk_assessment_other_year(const stk_assessment *a)
{
    return a->other.year != 0 ? &a->other : NULL;
}

const stk_coverage *stk_assessment_coverage(const stk_assessment *a)
{
    return &a->coverage;
}

const stk_checked_level *stk_assessment_checks(const stk_assessment *a, size_t *count)
{
    *count = a->check_count;
    return a->checks;
}

const stk_change *stk_assessment_changes(const stk_assessment *a, size_t *count)
{
    *count = a->change_count;
    return a->changes;
}

const stk_change_total *stk_assessment_total(const stk_assessment *a, stk_condition condition,
                                             stk_counterfactual counterfactual)
{
    return &a->totals[condition][counterfactual];
}

const stk_assessment *stk_assessment_before(const stk_assessment *a)
{
    return a->before;
}

const stk_warming_case *stk_assessment_warming(const stk_assessment *a, size_t *count)
{
    *count = a->warming_count;
    return a->warming;
}

const stk_warming_case *stk_assessment_warming_of(const stk_assessment *a, stk_case kind)
{
    for (size_t i = 0; i < a->warming_count; i++) {
        if (a->warming[i].kind == kind) {
            return &a->warming[i];
        }
    }
    return NULL;
}

const stk_forest_choice *stk_assessment_forests(const stk_assessment *a, size_t *count)
{
    *count = a->forest_count;
    return a->forests;
}

/* ---- the years that it speaks of where none is asked for ---- */

enum { MARK = 5, FIRST_HEADLINE = 2030 };

int stk_milestones(stk_date date, int history_last, int years[STK_MILESTONES])
{
    int today = stk_date_year(date);
    int headline = ((today + MARK) / MARK + 1) * MARK;
    headline = headline < FIRST_HEADLINE ? FIRST_HEADLINE : headline;
    headline = headline > STK_PATH_LAST ? STK_PATH_LAST : headline;
    years[0] = headline;
    years[1] = headline - MARK;
    return years[1] > today && years[1] > history_last ? 2 : 1;
}
