/** @file national.c
 * @brief An actor's pathways: history, straight lines between targets, an extension.
 */
#include <math.h>
#include <string.h>

#include "base/elementary.h"
#include "world/national_impl.h"

/* ---- target years ---- */

/* All years for which any document of the actor states a target, ascending. */
static int collect_years(const national_context *context, const char *iso3, int *years)
{
    size_t total;
    int count = 0;
    const stk_target *targets = stk_pledges_of(context->pledges, iso3, &total);
    for (size_t i = 0; i < total; i++) {
        int year = targets[i].year;
        int at = count;
        while (at > 0 && years[at - 1] > year) {
            at--;
        }
        bool known = at > 0 && years[at - 1] == year;
        if (known || year < STK_PATH_FIRST || year > STK_PATH_LAST ||
            count == STK_ACTOR_TARGETS_MAX) {
            continue;
        }
        memmove(&years[at + 1], &years[at], (size_t)(count - at) * sizeof *years);
        years[at] = year;
        count++;
    }
    return count;
}

/* ---- one pathway ---- */

/* What a pathway is drawn through: the end of history, then the targets. */
typedef struct anchor {
    int year;
    double mt;
    double land_change_mt; /* by which the target lowers a LULUCF source; NaN: it passes by */
} anchor;

typedef struct drawing {
    const national_context *context;
    const stk_national *national;
    int count;
    anchor anchors[STK_ACTOR_TARGETS_MAX + 1];
    const stk_actor_target *past; /* the last target whose year is over; NULL: none */
    stk_level past_level;
    double *path;
    double *lulucf;
    double lulucf_hold_mt;
    int net_zero_year; /* that counts under the options, or 0 */
    bool supposed;     /* the aim is: it counts beside no target too */
} drawing;

static int index_of(int year)
{
    return year - STK_PATH_FIRST;
}

static void find_anchors(drawing *d, stk_condition condition, stk_ambition ambition)
{
    int last = stk_baseline_history_last(d->context->baseline);
    d->anchors[0] = (anchor){last, d->national->baseline[index_of(last)], 0};
    d->count = 1;
    for (int i = 0; i < d->national->target_count; i++) {
        const stk_actor_target *target = &d->national->targets[i];
        stk_level level = target->level[condition][ambition];
        if (target->year <= last || !shapes_pathway(d->national, i, condition, ambition)) {
            continue;
        }
        if (target->year < stk_date_year(d->context->options->as_of.date)) {
            d->past = target; /* it bends no path, but its rate goes on */
            d->past_level = level;
            continue;
        }
        double mt = level.excl_mt;
        if (d->context->options->cap_hot_air) {
            mt = fmin(mt, target->baseline_excl_mt);
        }
        d->anchors[d->count++] =
            (anchor){target->year, mt, target->land_change_mt[condition][ambition]};
    }
}

bool shapes_pathway(const stk_national *national, int i, stk_condition condition,
                    stk_ambition ambition)
{
    bool number_follows = false;
    for (int k = i + 1; k < national->target_count; k++) {
        const stk_actor_target *later = &national->targets[k];
        number_follows = number_follows ||
                         (!later->open_peak && !isnan(later->level[condition][ambition].excl_mt));
    }
    return !isnan(national->targets[i].level[condition][ambition].excl_mt) &&
           !(national->targets[i].open_peak && number_follows);
}

static double between(const anchor *a, const anchor *b, int year, double from, double to)
{
    return from + (to - from) * (double)(year - a->year) / (double)(b->year - a->year);
}

/* Straight to the year in which the rest equals the sink; level afterwards. */
static void extend_to_net_zero(drawing *d, const anchor *end, int net_zero_year)
{
    anchor zero = {net_zero_year, fmax(0.0, -d->lulucf_hold_mt), 0};
    zero.mt = fmin(zero.mt, end->mt);
    for (int year = end->year + 1; year <= STK_PATH_LAST; year++) {
        d->path[index_of(year)] =
            year >= net_zero_year ? zero.mt : between(end, &zero, year, end->mt, zero.mt);
    }
}

/* Where a target starts from by its own words: its reference year, else the year it came. */
static anchor own_start(const drawing *d, const stk_target *document)
{
    int history_last = d->anchors[0].year;
    int year = document->reference_year != 0 ? document->reference_year
                                             : stk_date_year(document->submitted);
    year = year < STK_PATH_FIRST ? STK_PATH_FIRST : year;
    year = year > history_last ? history_last : year;
    return (anchor){year, d->national->baseline[index_of(year)], 0};
}

static const stk_target *document_of(const drawing *d, int year)
{
    for (int i = 0; i < d->national->target_count; i++) {
        if (d->national->targets[i].year == year) {
            return d->national->targets[i].document;
        }
    }
    return NULL;
}

/* The yearly factor between two points, at most one. */
static double rate_between(const anchor *before, const anchor *end)
{
    return before->mt > 0 && end->mt > 0 && end->year > before->year
               ? fmin(1.0, stk_pow(end->mt / before->mt, 1.0 / (end->year - before->year)))
               : 1.0;
}

static void extend_at_rate(drawing *d, const anchor *end, double rate)
{
    for (int year = end->year + 1; year <= STK_PATH_LAST; year++) {
        d->path[index_of(year)] = end->mt * stk_pow(rate, year - end->year);
    }
}

static void extend_baseline_ratio(drawing *d, const anchor *end)
{
    double baseline = d->national->baseline[index_of(end->year)];
    double ratio = baseline > 0 ? end->mt / baseline : 0.0;
    for (int year = end->year + 1; year <= STK_PATH_LAST; year++) {
        d->path[index_of(year)] = ratio * d->national->baseline[index_of(year)];
    }
}

static stk_net_zero_aim aim_of(const national_context *context, const stk_actor *actor)
{
    const stk_options *options = context->options;
    stk_net_zero_aim aim = {0, STK_NET_ZERO_NONE, NULL};
    if (options->extension == STK_EXTEND_NET_ZERO && options->net_zero != STK_NET_ZERO_NONE) {
        stk_pledges_net_zero_aim(context->pledges, actor->iso3, options->as_of, options->net_zero,
                                 &aim);
    }
    return aim;
}

/* The rate at which a Party goes on by its own document. */
static double own_rate(const drawing *d, const anchor *end)
{
    anchor target = *end;
    const stk_target *document = document_of(d, end->year);
    if (d->count == 1) { /* the last target is past: its rate goes on from what is known */
        target = (anchor){d->past->year, d->past_level.excl_mt, 0};
        document = d->past->document;
    }
    anchor start = own_start(d, document);
    return rate_between(&start, &target);
}

static void extend(drawing *d)
{
    const stk_options *options = d->context->options;
    const anchor *end = &d->anchors[d->count - 1];
    if (d->net_zero_year > end->year) {
        extend_to_net_zero(d, end, d->net_zero_year);
        return;
    }
    switch (options->extension == STK_EXTEND_NET_ZERO ? options->otherwise : options->extension) {
    case STK_EXTEND_CONSTANT_LEVEL:
        extend_at_rate(d, end, 1.0);
        break;
    case STK_EXTEND_BASELINE_RATIO:
        extend_baseline_ratio(d, end);
        break;
    case STK_EXTEND_OWN_RATE:
        extend_at_rate(d, end, own_rate(d, end));
        break;
    case STK_EXTEND_NET_ZERO:
    case STK_EXTEND_CONSTANT_RATE:
        extend_at_rate(d, end, d->count == 1 ? own_rate(d, end) : rate_between(end - 1, end));
        break;
    }
}

/* Land use in the bookkeeping convention: a source falls by what the target takes off it, a sink
 * stays. */
static void draw_lulucf(drawing *d)
{
    int last = d->anchors[0].year;
    for (int year = STK_PATH_FIRST; year <= STK_PATH_LAST; year++) {
        double change = 0;
        const anchor *a = &d->anchors[0];
        for (int i = 1; i < d->count && year > last; i++) {
            const anchor *b = &d->anchors[i];
            if (isnan(b->land_change_mt)) {
                continue;
            }
            if (year > a->year) {
                change = year >= b->year
                             ? b->land_change_mt
                             : between(a, b, year, a->land_change_mt, b->land_change_mt);
            }
            a = b;
        }
        double mt = d->national->lulucf_baseline[index_of(year)];
        d->lulucf[index_of(year)] = mt > 0 ? fmax(0.0, mt + change) : mt;
    }
}

static void draw(drawing *d, stk_condition condition, stk_ambition ambition)
{
    find_anchors(d, condition, ambition);
    memcpy(d->path, d->national->baseline, sizeof d->national->baseline);
    for (int i = 0; i + 1 < d->count; i++) {
        const anchor *a = &d->anchors[i];
        const anchor *b = &d->anchors[i + 1];
        for (int year = a->year + 1; year <= b->year; year++) {
            d->path[index_of(year)] = between(a, b, year, a->mt, b->mt);
        }
    }
    bool aims = d->supposed && d->net_zero_year > d->anchors[0].year;
    if (d->count > 1 || d->past != NULL || aims) {
        extend(d);
    }
    for (int i = index_of(d->anchors[0].year) + 1;
         d->context->options->cap_hot_air && i < STK_PATH_YEARS; i++) {
        d->path[i] = fmin(d->path[i], d->national->baseline[i]);
    }
    draw_lulucf(d);
}

/* Rule 6 holds in every year: where an unconditional target of another year leads further down,
 * the conditional path takes that line too. */
static void cap_conditional(stk_national *national)
{
    for (int k = 0; k < STK_AMBITIONS; k++) {
        for (int i = 0; i < STK_PATH_YEARS; i++) {
            double *with = &national->path[STK_CONDITIONAL][k][i];
            *with = fmin(*with, national->path[STK_UNCONDITIONAL][k][i]);
        }
    }
}

static void quantify_targets(const national_context *context, stk_national *national)
{
    int years[STK_ACTOR_TARGETS_MAX];
    stk_actor_kind kind = national->actor.kind;
    bool pledges = kind == STK_ACTOR_PARTY || kind == STK_ACTOR_BUNKER;
    int count = pledges ? collect_years(context, national->actor.iso3, years) : 0;
    for (int i = 0; i < count; i++) {
        quantify_year(context, national, years[i]);
    }
}

void national_quantify(const national_context *context, stk_national *national)
{
    for (int year = STK_PATH_FIRST; year <= STK_PATH_LAST; year++) {
        national->baseline[index_of(year)] =
            actor_baseline_mt(context, &national->actor, context->options->gwp, year);
    }
    actor_bookkeeping(context, &national->actor, national->lulucf_baseline);
    quantify_targets(context, national);
}

void national_draw(const national_context *context, stk_national *national)
{
    actor_lulucf lulucf = actor_lulucf_choose(context, &national->actor, 0);
    stk_net_zero_aim aim = aim_of(context, &national->actor);
    for (int c = 0; c < STK_CONDITIONS; c++) {
        for (int k = 0; k < STK_AMBITIONS; k++) {
            drawing d = {.context = context,
                         .national = national,
                         .path = national->path[c][k],
                         .lulucf = national->lulucf[c][k],
                         .lulucf_hold_mt = lulucf.hold_mt,
                         /* as a target, an aim of a year that is over bends no path */
                         .net_zero_year =
                             aim.year < stk_date_year(context->options->as_of.date) ? 0 : aim.year,
                         .supposed = aim.event != NULL && aim.event->what_if};
            draw(&d, (stk_condition)c, (stk_ambition)k);
        }
    }
    cap_conditional(national);
}

void national_make(const national_context *context, stk_national *national)
{
    national_quantify(context, national);
    national_draw(context, national);
}

void national_change(const national_context *context, stk_national *national)
{
    int before = national->target_count;
    national->actor.suspended =
        stk_pledges_suspended(context->pledges, national->actor.iso3, context->options->as_of);
    national->target_count = 0;
    quantify_targets(context, national);
    for (int i = national->target_count; i < before; i++) {
        national->targets[i] = (stk_actor_target){0};
    }
    national_draw(context, national);
}
