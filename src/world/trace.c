/** @file trace.c
 * @brief The chain from a document to a level, as it was noted while the level was made.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <stocktake/trace.h>

#include "world/national_impl.h"

/* What leaves a level of its row no more. */
static const unsigned changes = STK_THEN_OTHER_ROWS | STK_THEN_BASELINE | STK_THEN_NOT_BINDING |
                                STK_THEN_CAPPED | STK_THEN_PATHWAY;

/* Where the pathway goes in the year of a target. */
static double path_mt(const stk_national *national, const stk_actor_target *target,
                      stk_condition condition, stk_ambition ambition)
{
    return national->path[condition][ambition][target->year - STK_PATH_FIRST];
}

/* Whether a peak without a number comes before a target with one. */
static bool is_passed_by(const stk_national *national, const stk_actor_target *target,
                         stk_condition condition, stk_ambition ambition)
{
    for (int i = 0; i < national->target_count && target->open_peak; i++) {
        if (national->targets[i].year == target->year) {
            return !shapes_pathway(national, i, condition, ambition);
        }
    }
    return false;
}

/* A level before any cap. `then` becomes why it is that of the pathway, as bits of STK_THEN_...; 0
 * where it is the target's own. */
static stk_level find_level(const stk_national *national, const stk_actor_target *target,
                            stk_condition condition, stk_ambition ambition, unsigned *then)
{
    stk_level level = target->level[condition][ambition];
    double land = level.incl_mt - level.excl_mt;
    double unconditional = path_mt(national, target, STK_UNCONDITIONAL, ambition);
    bool alone =
        condition == STK_CONDITIONAL && isnan(target->level[STK_UNCONDITIONAL][ambition].excl_mt);
    *then = 0;
    if (isnan(level.excl_mt)) {
        *then = STK_THEN_NO_TARGET;
        level.excl_mt = path_mt(national, target, condition, ambition);
        level.incl_mt = level.excl_mt + target->lulucf_hold_mt;
    } else if (is_passed_by(national, target, condition, ambition)) {
        *then = STK_THEN_OPEN_PEAK;
        level.excl_mt = path_mt(national, target, condition, ambition);
        level.incl_mt = level.excl_mt + land;
    } else if (alone && level.excl_mt > unconditional) {
        *then = STK_THEN_NOT_ABOVE;
        level.excl_mt = unconditional;
        level.incl_mt = level.excl_mt + land;
    }
    double most = unconditional + target->lulucf_hold_mt; /* rule 6 holds with land use too */
    level.incl_mt = alone && level.incl_mt > most ? most : level.incl_mt;
    return level;
}

static stk_level cap_level(stk_level level, double baseline_mt)
{
    if (level.excl_mt > baseline_mt) {
        level.incl_mt -= level.excl_mt - baseline_mt;
        level.excl_mt = baseline_mt;
    }
    return level;
}

stk_level stk_actor_target_level(const stk_national *national, const stk_actor_target *target,
                                 stk_condition condition, stk_ambition ambition, bool cap)
{
    unsigned then;
    stk_level level = find_level(national, target, condition, ambition, &then);
    return cap ? cap_level(level, target->baseline_excl_mt) : level;
}

/* The chain of a level that no row states. */
static stk_derivation without_row(void)
{
    const double none = (double)NAN;
    return (stk_derivation){.stated_mt = none,
                            .document_mt = none,
                            .land_mt = none,
                            .own_mt = none,
                            .inventory_mt = none,
                            .composite_mt = none,
                            .ratio = none,
                            .gwp_factor = none,
                            .uncovered_mt = none,
                            .covered = none,
                            .reference_mt = none,
                            .reference_covered = none,
                            .reference_land_mt = none,
                            .unscaled_mt = none,
                            .growth = none,
                            .reduction_pct = none,
                            .cut_mt = none,
                            .row_mt = none,
                            .then = STK_THEN_NO_TARGET};
}

stk_trace stk_trace_level(const stk_national *national, const stk_actor_target *target,
                          stk_condition condition, stk_ambition ambition, bool cap)
{
    unsigned then;
    stk_level kept = find_level(national, target, condition, ambition, &then);
    stk_trace trace = {.actor = &national->actor,
                       .target = target,
                       .condition = condition,
                       .ambition = ambition,
                       .row = target->document,
                       .from = target->from[condition][ambition],
                       .level = cap ? cap_level(kept, target->baseline_excl_mt) : kept,
                       .mark = target->mark[condition][ambition],
                       .check = target->check[condition][ambition]};
    if (then == STK_THEN_NO_TARGET) {
        trace.from = without_row();
    } else {
        bool capped = trace.level.excl_mt < kept.excl_mt;
        trace.row = trace.from.row;
        trace.from.then |= then | (capped ? STK_THEN_CAPPED : 0u);
    }
    return trace;
}

bool stk_trace_is_row(const stk_trace *trace)
{
    return (trace->from.then & changes) == 0;
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

bool stk_trace_same(const stk_trace *a, const stk_trace *b)
{
    const stk_derivation *x = &a->from;
    const stk_derivation *y = &b->from;
    return x->row == y->row && x->way == y->way &&
           ((x->then ^ y->then) & ~(unsigned)STK_THEN_UNCONDITIONAL) == 0 &&
           same(x->stated_mt, y->stated_mt) && same(x->document_mt, y->document_mt) &&
           same(x->land_mt, y->land_mt) && same(x->own_mt, y->own_mt) && same(x->ratio, y->ratio) &&
           same(x->uncovered_mt, y->uncovered_mt) && same(x->reference_mt, y->reference_mt) &&
           same(x->reference_land_mt, y->reference_land_mt) &&
           same(x->reduction_pct, y->reduction_pct) && same(x->cut_mt, y->cut_mt) &&
           same(x->row_mt, y->row_mt) && same(a->level.excl_mt, b->level.excl_mt) &&
           same(a->level.incl_mt, b->level.incl_mt) && strcmp(a->mark, b->mark) == 0 &&
           a->check == b->check;
}

/* ---- words ---- */

/* Of a number that is a per cent or a cut of what the composite or the model has. */
static const char *relative_rule(const stk_trace *trace)
{
    const stk_derivation *from = &trace->from;
    const stk_target *row = trace->row;
    bool cut = !isnan(from->cut_mt);
    if (from->row == NULL) {
        return "no target under this condition: the baseline";
    }
    if (!cut && isnan(from->reduction_pct)) {
        return row->kind == STK_TARGET_PEAK ? "a peak without a number: the baseline until then"
                                            : "policies without a number: the baseline";
    }
    if (row->sum_from != 0) {
        return "a sum over years: the same per cent off the modelled baseline in each of them";
    }
    if (from->reference_year == 0) {
        return cut ? "a cut below the peak" : "a per cent below the peak";
    }
    if (from->reference_year == trace->target->year) {
        return cut ? "a cut off the modelled baseline" : "a per cent off the modelled baseline";
    }
    return cut ? "a cut off the composite inventory's reference year"
               : "a per cent off the composite inventory's reference year";
}

const char *stk_trace_rule(const stk_trace *trace)
{
    static const char *const rules[STK_WAYS] = {
        [STK_WAY_STATED] = "the document states it without LULUCF",
        [STK_WAY_PROJECTED] = "net, less the LULUCF that the document projects",
        [STK_WAY_BASELINE] = "net, less LULUCF by the document's baseline",
        [STK_WAY_INVENTORY] = "net, less LULUCF of the Party's newest own inventory",
        [STK_WAY_RECORD] = "net, less LULUCF of the record of what the Party reports",
        [STK_WAY_PER_CENT] = "the Party's per cent on the modelled baseline"};
    if (trace->from.way == STK_WAY_NONE) {
        return relative_rule(trace);
    }
    return trace->from.way == STK_WAY_STATED && trace->from.net
               ? "it counts LULUCF, of which nothing is known: taken whole"
               : rules[trace->from.way];
}

void stk_trace_add_then(const stk_trace *trace, char method[STK_METHOD_SIZE])
{
    char then[STK_THEN_SIZE];
    stk_then_words(trace->from.then & STK_THEN_PATHWAY, then);
    if (then[0] != '\0') {
        method_add(method, "%s", then);
    }
}

void stk_then_words(unsigned then, char out[STK_THEN_SIZE])
{
    static const struct {
        unsigned bit;
        const char *words;
    } all[] = {
        {STK_THEN_NO_TARGET, "only a conditional target: an older one goes on, or the baseline"},
        {STK_THEN_OPEN_PEAK, "a peak without a number: the way to the target after it"},
        {STK_THEN_NOT_ABOVE, "not above the unconditional pathway"},
        {STK_THEN_OTHER_LAND, "LULUCF is that of the row that counts it"},
        {STK_THEN_OTHER_ROWS, "rows for other gases or sectors added"},
        {STK_THEN_UNCONDITIONAL, "the unconditional level: none is stated with conditions, or "
                                 "it would be higher"},
        {STK_THEN_BASELINE, "not above the baseline"},
        {STK_THEN_NOT_BINDING, "not binding: the baseline"},
        {STK_THEN_CAPPED, "above the baseline: capped there"}};
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if ((then & all[i].bit) != 0 && used < STK_THEN_SIZE) {
            int length = stk_print(out + used, STK_THEN_SIZE - used, "%s%s", used > 0 ? "; " : "",
                                   all[i].words);
            used += length > 0 ? (size_t)length : 0;
        }
    }
}
