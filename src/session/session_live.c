/** @file session_live.c
 * @brief Live numbers: worlds that stay, drawn again where something changed, and arrays of them.
 *
 * The worlds are those of `assess` under the session's options: one in the user's set of GWP, two
 * in the benchmark's, with hot air kept and capped. A change lays a document over the pledges and
 * draws its Parties again in each; sums are made in the fixed order of all actors, so the numbers
 * are those of a full run to the last bit.
 */
#include "session/session_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CASES = STK_CONDITIONS * STK_AMBITIONS };

typedef enum axis_id {
    AXIS_NONE,
    AXIS_CONDITION,
    AXIS_AMBITION,
    AXIS_CASE,
    AXIS_LAND,
    AXIS_YEAR,
    AXIS_PARTY,
    AXIS_HOT_AIR,
    AXIS_LEVEL,
    AXIS_STATISTIC,
    AXIS_KIND,
    AXIS_PERCENTILE,
    AXIS_THRESHOLD,
    AXIS_OUTLOOK_YEAR,
    AXIS_OBSERVED_YEAR,
    AXIS_MEMBER,
    AXIS_YEARS
} axis_id;

/* Years of the question. */
enum { YEAR_ASKED, YEAR_USUAL, YEAR_SUPPOSED_FIRST, YEAR_SUPPOSED_LAST, YEARS };

static const struct {
    const char *name;
    unsigned part;
    axis_id axes[4];
} arrays[ARRAYS] = {
    [ARRAY_WORLD] = {"world",
                     STK_UPDATE_LEVELS,
                     {AXIS_CONDITION, AXIS_AMBITION, AXIS_LAND, AXIS_YEAR}},
    [ARRAY_BASELINE] = {"baseline", STK_UPDATE_LEVELS, {AXIS_PARTY, AXIS_YEAR}},
    [ARRAY_PATH] = {"path", STK_UPDATE_LEVELS, {AXIS_PARTY, AXIS_CASE, AXIS_YEAR}},
    [ARRAY_LAND] = {"land", STK_UPDATE_LEVELS, {AXIS_PARTY, AXIS_CASE, AXIS_YEAR}},
    [ARRAY_TARGET] = {"target", STK_UPDATE_LEVELS, {AXIS_PARTY, AXIS_CASE}},
    [ARRAY_GAP] = {"gap",
                   STK_UPDATE_LEVELS,
                   {AXIS_HOT_AIR, AXIS_CONDITION, AXIS_AMBITION, AXIS_LEVEL}},
    [ARRAY_BENCHMARK] = {"benchmark", STK_UPDATE_LEVELS, {AXIS_YEAR, AXIS_STATISTIC}},
    [ARRAY_YEARS] = {"years", STK_UPDATE_LEVELS, {AXIS_YEARS}},
    [ARRAY_WARMING] = {"warming",
                       STK_UPDATE_WARMING | STK_UPDATE_CASES,
                       {AXIS_KIND, AXIS_PERCENTILE, AXIS_OUTLOOK_YEAR}},
    [ARRAY_EXCEED] = {"exceed",
                      STK_UPDATE_WARMING | STK_UPDATE_CASES,
                      {AXIS_KIND, AXIS_THRESHOLD, AXIS_OUTLOOK_YEAR}},
    [ARRAY_PEAK] = {"peak", STK_UPDATE_WARMING | STK_UPDATE_CASES, {AXIS_KIND, AXIS_PERCENTILE}},
    [ARRAY_EVER] = {"ever", STK_UPDATE_WARMING | STK_UPDATE_CASES, {AXIS_KIND, AXIS_THRESHOLD}},
    [ARRAY_OBSERVED] = {"observed", STK_UPDATE_WARMING, {AXIS_OBSERVED_YEAR}},
    [ARRAY_MEMBERS] = {"members", STK_UPDATE_WARMING, {AXIS_MEMBER, AXIS_OUTLOOK_YEAR}},
};

static size_t length_of(const stk_session *s, axis_id axis)
{
    static const size_t lengths[] = {[AXIS_CONDITION] = STK_CONDITIONS,
                                     [AXIS_AMBITION] = STK_AMBITIONS,
                                     [AXIS_CASE] = CASES,
                                     [AXIS_LAND] = 2,
                                     [AXIS_YEAR] = STK_PATH_YEARS,
                                     [AXIS_HOT_AIR] = 2,
                                     [AXIS_LEVEL] = 2,
                                     [AXIS_STATISTIC] = 3,
                                     [AXIS_NONE] = 1,
                                     [AXIS_KIND] = STK_CASES,
                                     [AXIS_PERCENTILE] = STK_WARMING_PERCENTILES,
                                     [AXIS_THRESHOLD] = STK_WARMING_THRESHOLDS,
                                     [AXIS_OUTLOOK_YEAR] = STK_OUTLOOK_YEARS,
                                     [AXIS_OBSERVED_YEAR] = STK_OBSERVED_YEARS,
                                     [AXIS_PARTY] = 0,
                                     [AXIS_MEMBER] = 0,
                                     [AXIS_YEARS] = YEARS};
    return axis == AXIS_PARTY    ? stk_world_count(s->live->worlds[LIVE_WORLD])
           : axis != AXIS_MEMBER ? lengths[axis]
           : s->model != NULL    ? stk_warming_member_count(s->model)
                                 : 0;
}

static size_t size_of(const stk_session *s, array_id id)
{
    size_t size = 1;
    for (int i = 0; i < 4; i++) {
        size *= length_of(s, arrays[id].axes[i]);
    }
    return size;
}

/* ---- opening ---- */

static void free_live(live *l)
{
    for (int i = 0; i < LIVE_WORLDS; i++) {
        stk_world_free(l->worlds[i]);
    }
    supposed_free(&l->supposed);
    for (int i = 0; i < ARRAYS; i++) {
        free(l->arrays[i]);
    }
    free(l->benchmarks);
    free(l->stale);
    if (l->query.question != NULL) {
        query_close(&l->query);
    }
    free(l);
}

void session_forget_live(stk_session *s)
{
    if (s->live != NULL) {
        free_live(s->live);
        s->live = NULL;
    }
}

/* Options, year and benchmark, without what is supposed. */
static stk_status read_options(stk_session *s, live *l, stk_error *error)
{
    static const char asked[] = "assess";
    char words[sizeof asked];
    const stk_data *data;
    int other;
    query *q = &l->query;
    memcpy(words, asked, sizeof asked);
    stk_status status;
    STK_TRY(session_query(s, words, q, error));
    q->values[question_find_option(q->question, "what-if")] = NULL;
    STK_TRY(query_data(q, &data, error));
    STK_TRY(query_options(q, data, &l->options, error));
    STK_TRY(query_year_and_benchmark(q, data, l->options.as_of.date, &l->year, &other,
                                     &l->benchmark, error));
    STK_TRY(query_benchmark_years(q, data, STK_PATH_FIRST, STK_PATH_LAST, l->benchmarks, error));
done:
    return status;
}

static stk_status make_worlds(live *l, stk_error *error)
{
    const stk_data *data = &l->query.use;
    stk_options in_scope = l->options;
    l->pledges = data->pledges;
    stk_status status = stk_world_make(data->inventory, data->pledges, data->baseline, &l->options,
                                       &l->worlds[LIVE_WORLD], error);
    in_scope.gwp = l->benchmark.gwp;
    for (int capped = 0; capped < 2 && status == STK_OK; capped++) {
        in_scope.cap_hot_air = capped == 1;
        status = stk_world_make(data->inventory, data->pledges, data->baseline, &in_scope,
                                &l->worlds[LIVE_GAP_KEPT + capped], error);
    }
    return status;
}

/* All but those of members, which the model has to be read for. */
static stk_status make_arrays(const stk_session *s, stk_error *error)
{
    live *l = s->live;
    size_t actors = stk_world_count(l->worlds[LIVE_WORLD]);
    l->stale = malloc(actors * sizeof *l->stale);
    bool failed = l->stale == NULL;
    for (int i = 0; i < ARRAY_MEMBERS && !failed; i++) {
        l->arrays[i] = malloc(size_of(s, (array_id)i) * sizeof(double));
        failed = l->arrays[i] == NULL;
    }
    if (failed) {
        return stk_error_memory(error);
    }
    for (size_t a = 0; a < actors; a++) {
        l->stale[a] = true;
    }
    for (int i = ARRAY_WARMING; i < ARRAY_MEMBERS; i++) { /* cases that nobody asked for are NaN */
        for (size_t k = 0; k < size_of(s, (array_id)i); k++) {
            l->arrays[i][k] = NAN;
        }
    }
    stk_world_sum_baselines(l->worlds[LIVE_WORLD], &l->sums);
    return STK_OK;
}

stk_status session_live(stk_session *s, stk_error *error)
{
    if (s->live != NULL) {
        return STK_OK;
    }
    live *l = calloc(1, sizeof *l);
    if (l == NULL) {
        return stk_error_memory(error);
    }
    l->benchmarks = calloc(STK_PATH_YEARS, sizeof *l->benchmarks);
    stk_status status = l->benchmarks == NULL ? stk_error_memory(error) : read_options(s, l, error);
    status = status != STK_OK ? status : make_worlds(l, error);
    s->live = l; /* files that are read again have closed the one before */
    status = status != STK_OK ? status : make_arrays(s, error);
    if (status == STK_OK && s->what_ifs != NULL) {
        status = supposed_add_all(&l->supposed, l->worlds[LIVE_WORLD], s->what_ifs, error);
    }
    if (status == STK_OK && l->supposed.count > 0) {
        status = session_lay_again(s, NULL, error);
    }
    if (status != STK_OK) {
        session_forget_live(s);
    }
    return status;
}

/* ---- changing ---- */

/* Draw the Parties of a what-if again in one world. */
static stk_status replace(live *l, stk_world *world, const stk_what_if *what_if,
                          const stk_pledges *pledges, stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t a = 0; a < stk_world_count(world) && status == STK_OK; a++) {
        const stk_actor *actor = &stk_world_national(world, a)->actor;
        if (actor->kind == STK_ACTOR_PARTY && stk_area_set_has(&what_if->areas, actor)) {
            l->stale[a] = true;
            status = stk_world_replace(world, pledges, actor->iso3, error);
        }
    }
    return status;
}

stk_status session_lay_again(stk_session *s, const stk_what_if *gone, stk_error *error)
{
    live *l = s->live;
    stk_world *world = l->worlds[LIVE_WORLD];
    const stk_pledges *pledges = l->query.use.pledges;
    supposed_list *list = &l->supposed;
    stk_status status = gone == NULL ? STK_OK : replace(l, world, gone, pledges, error);
    for (size_t i = 0; i < list->count && status == STK_OK; i++) {
        status = replace(l, world, list->items[i], pledges, error);
    }
    if (status != STK_OK) {
        return status;
    }
    stk_pledges **before = list->overlays; /* other worlds have the last of them until they are
                                               drawn again */
    size_t before_count = list->overlay_count;
    list->overlays = NULL;
    list->overlay_count = 0;
    status = supposed_lay(list, world, &pledges, NULL, error);
    l->pledges = pledges;
    for (int w = LIVE_WORLD + 1; w < LIVE_WORLDS && status == STK_OK; w++) {
        if (l->worlds[w] == NULL) {
            continue;
        }
        status = gone == NULL ? STK_OK : replace(l, l->worlds[w], gone, pledges, error);
        for (size_t i = 0; i < list->count && status == STK_OK; i++) {
            status = replace(l, l->worlds[w], list->items[i], pledges, error);
        }
    }
    supposed_list old = {.overlays = before, .overlay_count = before_count};
    supposed_lift(&old);
    l->updated = 0;
    return status;
}

/* ---- arrays ---- */

static void fill_world(live *l)
{
    double *into = l->arrays[ARRAY_WORLD];
    stk_world_sum(l->worlds[LIVE_WORLD], &l->sums);
    for (int k = 0; k < CASES; k++) {
        for (int land = 0; land < 2; land++) {
            const double *mt = l->sums.level_mt[k / STK_AMBITIONS][k % STK_AMBITIONS][land];
            for (int y = 0; y < STK_PATH_YEARS; y++) {
                *into++ = mt[y] / 1000.0;
            }
        }
    }
}

static void fill_actor(live *l, size_t a)
{
    const stk_national *n = stk_world_national(l->worlds[LIVE_WORLD], a);
    const size_t row = STK_PATH_YEARS * sizeof(double);
    memcpy(l->arrays[ARRAY_BASELINE] + a * STK_PATH_YEARS, n->baseline, row);
    memcpy(l->arrays[ARRAY_PATH] + a * CASES * STK_PATH_YEARS, n->path, CASES * row);
    memcpy(l->arrays[ARRAY_LAND] + a * CASES * STK_PATH_YEARS, n->lulucf, CASES * row);
    for (int k = 0; k < CASES; k++) {
        l->arrays[ARRAY_TARGET][a * CASES + (size_t)k] =
            n->path[k / STK_AMBITIONS][k % STK_AMBITIONS][l->year - STK_PATH_FIRST];
    }
    l->stale[a] = false;
}

static void fill_gap(live *l)
{
    double *into = l->arrays[ARRAY_GAP];
    for (int capped = 0; capped < 2; capped++) {
        for (int k = 0; k < CASES; k++) {
            double gt = stk_world_level_mt(
                            l->worlds[LIVE_GAP_KEPT + capped], (stk_condition)(k / STK_AMBITIONS),
                            (stk_ambition)(k % STK_AMBITIONS), l->benchmark.with_lulucf, l->year) /
                        1000.0;
            *into++ = gt;
            *into++ = gt - l->benchmark.median_gt;
        }
    }
}

static void fill_benchmark(live *l)
{
    for (int y = 0; y < STK_PATH_YEARS; y++) {
        double *into = l->arrays[ARRAY_BENCHMARK] + 3 * (ptrdiff_t)y;
        into[0] = l->benchmarks[y].low_gt;
        into[1] = l->benchmarks[y].median_gt;
        into[2] = l->benchmarks[y].high_gt;
    }
}

static void fill_years(live *l)
{
    const stk_world *world = l->worlds[LIVE_WORLD];
    int milestones[STK_MILESTONES];
    stk_milestones(l->options.as_of.date, stk_baseline_history_last(l->query.use.baseline),
                   milestones);
    double *into = l->arrays[ARRAY_YEARS];
    into[YEAR_ASKED] = l->year;
    into[YEAR_USUAL] = query_given(&l->query, "year") ? milestones[0] : l->year;
    into[YEAR_SUPPOSED_FIRST] = stk_what_if_first_year(world);
    into[YEAR_SUPPOSED_LAST] = STK_PATH_LAST;
}

static void update_levels(live *l)
{
    fill_world(l);
    for (size_t a = 0; a < stk_world_count(l->worlds[LIVE_WORLD]); a++) {
        if (l->stale[a]) {
            fill_actor(l, a);
        }
    }
    fill_gap(l);
    fill_benchmark(l);
    fill_years(l);
}

static stk_status update(stk_session *s, unsigned parts, stk_error *error)
{
    stk_status status = session_live(s, error);
    unsigned wanted = status == STK_OK ? parts & ~s->live->updated : 0;
    if ((wanted & STK_UPDATE_LEVELS) != 0) {
        update_levels(s->live);
        s->live->updated |= STK_UPDATE_LEVELS;
    }
    for (int kind = 0; kind < STK_CASES && status == STK_OK; kind++) {
        unsigned part =
            kind == STK_CASE_PLEDGES_AND_TARGETS ? STK_UPDATE_WARMING : STK_UPDATE_CASES;
        if ((wanted & part) != 0) {
            status = session_warm(s, (stk_case)kind, error);
        }
    }
    if (status == STK_OK) {
        s->live->updated |= wanted;
    }
    return status;
}

int stk_session_update(stk_session *s, unsigned parts)
{
    const unsigned all = STK_UPDATE_LEVELS | STK_UPDATE_WARMING | STK_UPDATE_CASES;
    stk_error error;
    if (s == NULL) {
        return STK_REFUSED_ARGUMENT;
    }
    if (parts == 0 || (parts & ~all) != 0) {
        return session_refuse(s,
                              "the parts %u are refused; allowed: a sum of 1 (levels), 2 (warming) "
                              "and 4 (the other cases)",
                              parts);
    }
    return session_result(s, update(s, parts, &error), &error);
}

static int find_array(const stk_session *s, const char *name)
{
    for (int i = 0; name != NULL && s != NULL && s->live != NULL && i < ARRAYS; i++) {
        if (strcmp(arrays[i].name, name) == 0 && (s->live->updated & arrays[i].part) != 0) {
            return i;
        }
    }
    return -1;
}

const double *stk_session_array(const stk_session *s, const char *name, size_t shape[4], int *rank)
{
    int id = find_array(s, name);
    if (id < 0) {
        return NULL;
    }
    int count = 0;
    for (int i = 0; i < 4; i++) {
        count += arrays[id].axes[i] != AXIS_NONE;
        if (shape != NULL) {
            shape[i] = length_of(s, arrays[id].axes[i]);
        }
    }
    if (rank != NULL) {
        *rank = count;
    }
    return s->live->arrays[id];
}

static const char *case_label(size_t i)
{
    static const char *const labels[CASES] = {"unconditional low", "unconditional high",
                                              "conditional low", "conditional high"};
    return labels[i];
}

static const char *number_label(stk_session *s, long number)
{
    stk_print(s->live->label, sizeof s->live->label, "%ld", number);
    return s->live->label;
}

const char *stk_session_axis(stk_session *s, const char *array, int axis, size_t i)
{
    static const char *const land[] = {"without land use", "with land use"};
    static const char *const hot_air[] = {"keep", "cap"};
    static const char *const levels[] = {"world", "gap"};
    static const char *const years[YEARS] = {"asked", "usual", "first supposed", "last supposed"};
    static const char *const statistics[] = {"p5", "median", "p95"};
    static const char *const percentiles[STK_WARMING_PERCENTILES] = {"p5",  "p17", "p33", "p50",
                                                                     "p67", "p83", "p95"};
    static const char *const thresholds[STK_WARMING_THRESHOLDS] = {"1.5 K", "2 K", "2.5 K", "3 K"};
    int id = find_array(s, array);
    if (id < 0 || axis < 0 || axis >= 4 || i >= length_of(s, arrays[id].axes[axis])) {
        return NULL;
    }
    switch (arrays[id].axes[axis]) {
    case AXIS_CONDITION:
        return stk_condition_name((stk_condition)i);
    case AXIS_AMBITION:
        return stk_ambition_name((stk_ambition)i);
    case AXIS_CASE:
        return case_label(i);
    case AXIS_LAND:
        return land[i];
    case AXIS_YEAR:
        return number_label(s, STK_PATH_FIRST + (long)i);
    case AXIS_PARTY:
        return stk_world_national(s->live->worlds[LIVE_WORLD], i)->actor.iso3;
    case AXIS_HOT_AIR:
        return hot_air[i];
    case AXIS_LEVEL:
        return levels[i];
    case AXIS_STATISTIC:
        return statistics[i];
    case AXIS_KIND:
        return stk_case_name((stk_case)i);
    case AXIS_PERCENTILE:
        return percentiles[i];
    case AXIS_THRESHOLD:
        return thresholds[i];
    case AXIS_OUTLOOK_YEAR:
        return number_label(s, STK_OUTLOOK_FIRST + (long)i);
    case AXIS_OBSERVED_YEAR:
        return number_label(s, STK_OBSERVED_FIRST + (long)i);
    case AXIS_YEARS:
        return years[i];
    case AXIS_MEMBER:
        return number_label(s, stk_warming_member(s->model, i));
    default:
        return NULL;
    }
}
