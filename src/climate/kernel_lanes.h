/** @file kernel_lanes.h
 * @brief The model for vectors of members; compiled once for each instruction set.
 *
 * The equations are those of reference.c, in the same order, with what does not depend on the
 * member taken out (plan.h). Two forms differ: the methane lifetime is a product instead of the
 * exponential of a sum of logarithms, and 1/d of a box is alpha tau.
 */
#include <string.h>

#include "climate/kernel.h"
#include "climate/lanes.h"

#define INLINE static inline __attribute__((always_inline))

typedef double block_row[STK_BLOCK];

typedef struct kernel_state {
    _Alignas(64) block_row boxes[STK_BOXES];
    block_row methane;
    block_row energy[STK_STATE];
    block_row extreme;
} kernel_state;

/* Forcings of a chunk of years that do not depend on the state. */
typedef struct kernel_chunk {
    _Alignas(64) block_row linear[STK_CHUNK]; /* with the clouds, less the baselines */
    block_row excess[STK_CHUNK];              /* what temperature sees beyond the forcing */
} kernel_chunk;

typedef struct kernel_view {
    const stk_plan_constants *c;
    const block_row *p;      /* [STK_B_COUNT] */
    const block_row *shapes; /* [shape] */
    const block_row *total;  /* [linear] */
    const block_row *noise;  /* [bound][STK_STATE], or NULL */
    int lanes_count;         /* lanes of the block that hold members */
} kernel_view;

static kernel_view view_block(const stk_plan *plan, size_t block)
{
    size_t left = plan->member_count - block * STK_BLOCK;
    size_t linear_count = (size_t)plan->linear_count;
    size_t shapes = (size_t)plan->shape_count;
    return (kernel_view){
        .c = &plan->constants,
        .p = (const block_row *)plan->parameters + block * STK_B_COUNT,
        .shapes = (const block_row *)plan->shapes + block * shapes,
        .total = (const block_row *)plan->total + block * linear_count,
        .noise = plan->noise == NULL ? NULL
                                     : (const block_row *)plan->noise +
                                           block * (size_t)plan->noise_bounds * STK_STATE,
        .lanes_count = left < STK_BLOCK ? (int)left : STK_BLOCK,
    };
}

/* NOLINTNEXTLINE(bugprone-macro-parentheses): it declares v */
#define EACH_VECTOR(k, v) for (int v = 0; v < (k)->lanes_count; v += STK_LANES)

/* --- forcings that are known before the years are run --------------------------------------- */

/* Parts of logarithms of a row: exponentials and logarithms are taken in two loops each, as their
 * chains of operations are longer than the processor looks ahead. */
typedef struct kernel_logs {
    _Alignas(64) block_row f, s, high, low;
} kernel_logs;

INLINE void put_log(kernel_logs *logs, int v, lanes_log_parts parts)
{
    lanes_store(&logs->f[v], parts.f);
    lanes_store(&logs->s[v], parts.s);
    lanes_store(&logs->high[v], parts.high);
    lanes_store(&logs->low[v], parts.low);
}

INLINE lanes_log_parts take_log(const kernel_logs *logs, int v)
{
    return (lanes_log_parts){lanes_load(&logs->f[v]), lanes_load(&logs->s[v]),
                             lanes_load(&logs->high[v]), lanes_load(&logs->low[v])};
}

INLINE lanes_log_parts clouds_begin(const kernel_view *k, const double *emissions, int shapes,
                                    int v)
{
    lanes sum = lanes_load(&k->shapes[0][v]) * emissions[0];
    for (int s = 1; s < shapes; s++) {
        sum += lanes_load(&k->shapes[s][v]) * emissions[s];
    }
    return lanes_log1p_begin(sum);
}

INLINE lanes clouds_end(const kernel_view *k, lanes_log_parts parts, int v)
{
    return lanes_load(&k->p[STK_B_ACI_SCALE][v]) * lanes_log_end(parts) -
           lanes_load(&k->p[STK_B_ACI_BASE][v]);
}

INLINE void sum_linear_forcings(const block_row *coefficients, const double *x, int linear_count,
                                int years, int v, lanes sums[STK_CHUNK])
{
    for (int y = 0; y < STK_CHUNK; y++) {
        sums[y] = (lanes){0};
    }
    if (years == STK_CHUNK) {
        for (int f = 0; f < linear_count; f++) {
            lanes a = lanes_load(&coefficients[f][v]);
            for (int y = 0; y < STK_CHUNK; y++) {
                sums[y] += a * x[y * linear_count + f];
            }
        }
        return;
    }
    for (int y = 0; y < years; y++) {
        for (int f = 0; f < linear_count; f++) {
            sums[y] += lanes_load(&coefficients[f][v]) * x[y * linear_count + f];
        }
    }
}

static void prepare_chunk(const kernel_view *k, const stk_forcing_series *d, int first, int years,
                          kernel_chunk *chunk)
{
    EACH_VECTOR(k, v)
    {
        lanes sums[STK_CHUNK];
        lanes offset = lanes_load(&k->p[STK_B_OFFSET_CO2][v]) +
                       lanes_load(&k->p[STK_B_OFFSET_CH4][v]) +
                       lanes_load(&k->p[STK_B_OFFSET_N2O][v]);
        sum_linear_forcings(k->total, d->linear + first * d->linear_count, d->linear_count, years,
                            v, sums);
        for (int y = 0; y < years; y++) {
            lanes_store(&chunk->linear[y][v], sums[y] - offset);
            lanes_store(&chunk->excess[y][v],
                        lanes_load(&k->p[STK_B_SOLAR_EXCESS][v]) * d->natural[2 * (first + y)] +
                            lanes_load(&k->p[STK_B_VOLCANIC_EXCESS][v]) *
                                d->natural[2 * (first + y) + 1]);
        }
    }
    kernel_logs logs;
    for (int y = 0; y < years && d->shape_count > 0; y++) {
        EACH_VECTOR(k, v)
        {
            put_log(&logs, v,
                    clouds_begin(k, d->shapes + (first + y) * d->shape_count, d->shape_count, v));
        }
        EACH_VECTOR(k, v)
        {
            lanes_store(&chunk->linear[y][v],
                        lanes_load(&chunk->linear[y][v]) + clouds_end(k, take_log(&logs, v), v));
        }
    }
}

/* --- one year ------------------------------------------------------------------------------- */

/* What all members share in a year, held by value: the compiler cannot take it out of the loop over
 * members where their results might overwrite it. */
typedef struct kernel_year {
    double co2_cumulative;
    double co2_gain[STK_BOXES]; /* emissions that go into each box */
    double ch4_net;
    double ch4_factor;
    double n2o_root;           /* at the end of the year */
    double reference_roots[2]; /* of CH4 and N2O */
} kernel_year;

INLINE kernel_year view_year(const stk_plan_constants *c, const stk_forcing_series *d, int year)
{
    kernel_year now = {.co2_cumulative = d->co2_cumulative[year],
                       .ch4_net = d->ch4_net[year],
                       .ch4_factor = d->ch4_factor[year],
                       .n2o_root = d->n2o_root[year + 1],
                       .reference_roots = {sqrt(c->reference.ch4), sqrt(c->reference.n2o)}};
    for (int b = 0; b < STK_BOXES; b++) {
        now.co2_gain[b] = c->co2_partition[b] * d->co2_net[year];
    }
    return now;
}

/* What the scaling of the lifetime is the exponential of. */
INLINE lanes lifetime_exponent(const kernel_view *k, lanes airborne, double cumulative, lanes t1,
                               int v)
{
    lanes iirf =
        lanes_load(&k->p[STK_B_IIRF_0][v]) + lanes_load(&k->p[STK_B_IIRF_G][v]) * cumulative +
        lanes_load(&k->p[STK_B_IIRF_A][v]) * airborne + lanes_load(&k->p[STK_B_IIRF_T][v]) * t1;
    return lanes_min(lanes_all(STK_IIRF_MAX), iirf) * k->c->co2_inv_g1;
}

/* A year goes through stages, each for all vectors of the block before the next: what a member
 * needs one after the other takes longer than the processor can look ahead, so that vectors are to
 * lie close together. Exponentials are two stages for the same reason. */
typedef struct kernel_work {
    _Alignas(64) block_row airborne; /* CO2 in all boxes */
    block_row alpha;                 /* scaling of the lifetime of the gas at hand */
    block_row rate;                  /* what its boxes lose is 1 - e^(-rate / lifetime) */
    block_row remainder, power;      /* of an exponential's argument */
    block_row co2;
    block_row ch4;
    block_row forcing; /* of the three gases, then of all */
    lanes fastest;     /* largest rate */
    lanes least, most; /* CO2 */
} kernel_work;

INLINE void put_reduced(kernel_work *work, int v, lanes x)
{
    lanes_reduced t = lanes_reduce(x);
    lanes_store(&work->remainder[v], t.r);
    lanes_store(&work->power[v], t.power);
}

/* The largest rate so far, whatever its sign. */
INLINE lanes put_rate(kernel_work *work, int v, lanes alpha, lanes rate, lanes fastest)
{
    lanes_store(&work->alpha[v], alpha);
    lanes_store(&work->rate[v], rate);
    return lanes_max(lanes_max(rate, -rate), fastest);
}

INLINE void step_lifetimes(const kernel_view *k, const kernel_year *now, const kernel_state *state,
                           kernel_work *work)
{
    double g0 = k->c->co2_g0;
    lanes fastest = (lanes){0};
    EACH_VECTOR(k, v)
    {
        put_reduced(work, v,
                    lifetime_exponent(k, lanes_load(&work->airborne[v]), now->co2_cumulative,
                                      lanes_load(&state->energy[1][v]), v));
    }
    EACH_VECTOR(k, v)
    {
        lanes power = lanes_load(&work->power[v]);
        lanes alpha = g0 * (power + power * lanes_expm1_series(lanes_load(&work->remainder[v])));
        fastest = put_rate(work, v, alpha, 1 / alpha, fastest);
    }
    work->fastest = fastest;
}

/* A box of a gas in a year of constant emissions. */
typedef struct kernel_box {
    double gain;     /* emissions that go into it */
    double lifetime; /* unscaled */
    double inverse;  /* of it, or 1 where the rate has it already */
    double *amounts;
} kernel_box;

INLINE void lose(const kernel_box *box, const kernel_work *work, int v, lanes lost)
{
    lanes amount = lanes_load(&box->amounts[v]);
    lanes added = box->gain * (lanes_load(&work->alpha[v]) * box->lifetime) * lost;
    lanes_store(&box->amounts[v], added + (amount - amount * lost));
}

/* A box of a million years and more decays so little that three terms are exact; a lane that needs
 * the exponential takes it, whatever the lanes beside it do. */
INLINE void step_slow_box(const kernel_view *k, const kernel_box *box, const kernel_work *work)
{
    const double small = 1e-5;
    EACH_VECTOR(k, v)
    {
        lanes d = lanes_load(&work->rate[v]) * box->inverse;
        lanes share = d * (1 - d * (0.5 - d * (1.0 / 6)));
        lanes_mask large = ~(lanes_mask)(d < small);
        lose(box, work, v, lanes_any(large) ? lanes_select(large, -lanes_expm1(-d), share) : share);
    }
}

/* Where no member of the block loses much, the series is the exponential. */
INLINE void step_box(const kernel_view *k, kernel_box box, kernel_work *work)
{
    if (!lanes_any((lanes_mask)(work->fastest * fabs(box.inverse) > LANES_NEAR))) {
        EACH_VECTOR(k, v)
        {
            lanes d = lanes_load(&work->rate[v]) * box.inverse;
            lose(&box, work, v, -lanes_expm1_series(-d));
        }
        return;
    }
    EACH_VECTOR(k, v)
    {
        put_reduced(work, v, -(lanes_load(&work->rate[v]) * box.inverse));
    }
    EACH_VECTOR(k, v)
    {
        lanes power = lanes_load(&work->power[v]);
        lose(&box, work, v,
             -(power * lanes_expm1_series(lanes_load(&work->remainder[v])) + (power - 1)));
    }
}

INLINE lanes sum_boxes(const kernel_state *state, kernel_work *work, int v)
{
    lanes airborne = (lanes){0};
    for (int b = 0; b < STK_BOXES; b++) {
        airborne += lanes_load(&state->boxes[b][v]);
    }
    lanes_store(&work->airborne[v], airborne);
    return airborne;
}

INLINE void step_carbon(const kernel_view *k, const stk_forcing_series *d, const kernel_year *now,
                        int year, kernel_state *state, kernel_work *work)
{
    const stk_plan_constants *c = k->c;
    if (d->co2_given != NULL) {
        EACH_VECTOR(k, v)
        {
            lanes_store(&work->co2[v], lanes_all(d->co2_given[year + 1]));
        }
        work->least = work->most = lanes_all(d->co2_given[year + 1]);
        return;
    }
    step_lifetimes(k, now, state, work);
    for (int b = 0; b < STK_BOXES; b++) {
        kernel_box box = {now->co2_gain[b], c->co2_lifetime[b], c->co2_inv_lifetime[b],
                          state->boxes[b]};
        if (box.lifetime < 1e6) {
            step_box(k, box, work);
        } else {
            step_slow_box(k, &box, work);
        }
    }
    double per_emission = c->co2_per_emission;
    lanes least = lanes_all(INFINITY);
    lanes most = lanes_all(0);
    EACH_VECTOR(k, v)
    {
        lanes co2 =
            lanes_load(&k->p[STK_B_CO2_BASELINE][v]) + per_emission * sum_boxes(state, work, v);
        lanes_store(&work->co2[v], co2);
        least = lanes_min(co2, least);
        most = lanes_max(co2, most);
    }
    work->least = least;
    work->most = most;
}

INLINE void step_methane(const kernel_view *k, const stk_forcing_series *d, const kernel_year *now,
                         int year, kernel_state *state, kernel_work *work)
{
    const stk_plan_constants *c = k->c;
    const double per_emission = c->ch4_per_emission, baseline = c->ch4_baseline;
    const double own_share = c->ch4_own, warmth_share = c->ch4_temperature;
    const kernel_box box = {now->ch4_net, c->ch4_lifetime, 1, state->methane};
    if (d->ch4_given != NULL) {
        EACH_VECTOR(k, v)
        {
            lanes_store(&work->ch4[v], lanes_all(d->ch4_given[year + 1]));
        }
        return;
    }
    lanes fastest = (lanes){0};
    EACH_VECTOR(k, v)
    {
        lanes airborne = lanes_load(&state->methane[v]);
        lanes own = 1 + per_emission * airborne * own_share;
        lanes warmth = 1 + lanes_load(&state->energy[1][v]) * warmth_share;
        lanes_mask valid = (lanes_mask)(own > 0) & (lanes_mask)(warmth > 0);
        lanes alpha = lanes_select(valid, own * warmth * now->ch4_factor, lanes_all(NAN));
        fastest = put_rate(work, v, alpha, 1 / (alpha * box.lifetime), fastest);
    }
    work->fastest = fastest;
    step_box(k, box, work);
    EACH_VECTOR(k, v)
    {
        lanes_store(&work->ch4[v], baseline + per_emission * lanes_load(&state->methane[v]));
    }
}

typedef struct three_forcings {
    lanes co2, ch4, n2o;
} three_forcings;

/* Meinshausen et al. (2020), table 3; relative to the formula's own reference. `log_co2` is the
 * logarithm of what CO2 is of it. */
INLINE three_forcings force_three(const stk_plan_constants *c, lanes co2, lanes ch4, lanes log_co2,
                                  double root_n2o, const double reference_roots[2])
{
    const double a1 = -2.4785e-7, b1 = 0.00075906, c1 = -0.0021492, d1 = 5.2488;
    const double a2 = -0.00034197, b2 = 0.00025455, c2 = -0.00024357, d2 = 0.12173;
    const double a3 = -8.9603e-5, b3 = -0.00012462, d3 = 0.045194;
    lanes above = co2 - c->reference.co2;
    above = lanes_min(lanes_all(-b1 / (2 * a1)), lanes_max(lanes_all(0), above));
    lanes root_co2 = lanes_sqrt(co2);
    lanes root_ch4 = lanes_sqrt(ch4);
    lanes alpha = d1 + above * (b1 + a1 * above);
    return (three_forcings){.co2 = (alpha + c1 * root_n2o) * log_co2,
                            .ch4 = (a3 * root_ch4 + (b3 * root_n2o + d3)) *
                                   (root_ch4 - reference_roots[0]),
                            .n2o = (a2 * root_co2 + c2 * root_ch4 + (b2 * root_n2o + d2)) *
                                   (root_n2o - reference_roots[1])};
}

INLINE lanes step_energy(const kernel_view *k, const block_row *noise, lanes effective,
                         kernel_state *state, int v)
{
    lanes x[STK_STATE];
    lanes next[STK_STATE];
    for (int i = 0; i < STK_STATE; i++) {
        x[i] = lanes_load(&state->energy[i][v]);
    }
    next[0] = lanes_load(&k->p[STK_B_AD00][v]) * x[0];
    for (int i = 1; i < STK_STATE; i++) {
        int row = STK_B_AD10 + STK_STATE * (i - 1);
        next[i] = (lanes_load(&k->p[row][v]) * x[0] + lanes_load(&k->p[row + 1][v]) * x[1]) +
                  (lanes_load(&k->p[row + 2][v]) * x[2] + lanes_load(&k->p[row + 3][v]) * x[3]);
    }
    for (int i = 0; i < STK_STATE; i++) {
        next[i] += lanes_load(&k->p[STK_B_BD0 + i][v]) * effective;
        if (noise != NULL) {
            next[i] += lanes_load(&noise[i][v]);
        }
        lanes_store(&state->energy[i][v], next[i]);
    }
    return next[1];
}

INLINE void put_forcing(const kernel_view *k, const stk_plan_constants *c, const kernel_year *now,
                        kernel_work *work, int v, lanes log_co2)
{
    three_forcings f = force_three(c, lanes_load(&work->co2[v]), lanes_load(&work->ch4[v]), log_co2,
                                   now->n2o_root, now->reference_roots);
    lanes_store(&work->forcing[v], lanes_load(&k->p[STK_B_SCALE_CO2][v]) * f.co2 +
                                       lanes_load(&k->p[STK_B_SCALE_CH4][v]) * f.ch4 +
                                       lanes_load(&k->p[STK_B_SCALE_N2O][v]) * f.n2o);
}

/* CO2 is mostly less than 1.4 times its reference: there logarithms need no power of two. */
INLINE void step_gases(const kernel_view *k, const kernel_year *now, kernel_work *work)
{
    const stk_plan_constants c = *k->c;
    const double inverse = 1 / c.reference.co2;
    kernel_logs logs;
    if (!lanes_any((lanes_mask)(work->least * inverse < LANES_LOG_NEAR) |
                   (lanes_mask)(work->most * inverse >= 2 * LANES_LOG_NEAR))) {
        EACH_VECTOR(k, v)
        {
            lanes f = lanes_load(&work->co2[v]) * inverse - 1;
            lanes_store(&logs.f[v], f);
            lanes_store(&logs.s[v], f / (2 + f));
        }
        EACH_VECTOR(k, v)
        {
            lanes f = lanes_load(&logs.f[v]);
            put_forcing(k, &c, now, work, v, f - lanes_log_series(f, lanes_load(&logs.s[v])));
        }
        return;
    }
    EACH_VECTOR(k, v)
    {
        put_log(&logs, v, lanes_log_begin(lanes_load(&work->co2[v]) * inverse));
    }
    EACH_VECTOR(k, v)
    {
        put_forcing(k, &c, now, work, v, lanes_log_end(take_log(&logs, v)));
    }
}

/* Forcing and temperature at the end of a year; `noise` is NULL or its row. */
INLINE void warm(const kernel_view *k, const kernel_chunk *chunk, const block_row *noise, int y,
                 kernel_state *state, kernel_work *work)
{
    const double feedback = k->c->feedback, baseline = k->c->ch4_baseline;
    EACH_VECTOR(k, v)
    {
        lanes t1 = lanes_load(&state->energy[1][v]);
        lanes erf =
            lanes_load(&work->forcing[v]) +
            lanes_load(&k->p[STK_B_CH4_LINEAR][v]) * (lanes_load(&work->ch4[v]) - baseline) +
            feedback * t1 + lanes_load(&chunk->linear[y][v]);
        lanes_store(&work->forcing[v], erf);
        t1 = step_energy(k, noise, erf + lanes_load(&chunk->excess[y][v]), state, v);
        /* of a NaN the second operand remains */
        lanes_store(&state->extreme[v],
                    lanes_max(lanes_load(&state->extreme[v]), lanes_max(t1, -t1)));
    }
}

INLINE void step_warming(const kernel_view *k, const kernel_chunk *chunk, int year, int y,
                         kernel_state *state, kernel_work *work)
{
    if (k->noise == NULL) {
        warm(k, chunk, NULL, y, state, work);
    } else {
        warm(k, chunk, k->noise + (year + 1) * STK_STATE, y, state, work);
    }
}

/* Rows lie too far from each other for the processor to guess which is next. */
INLINE void record(const kernel_view *k, double *row, size_t at, size_t stride,
                   const double *values)
{
    enum { AHEAD = 2 }; /* years */
    if (row == NULL) {
        return;
    }
    EACH_VECTOR(k, v)
    {
        if (v % 8 == 0) {
            __builtin_prefetch(row + at + AHEAD * stride + v, 1);
        }
        lanes_store(row + at + v, lanes_load(values + v));
    }
}

INLINE void record_year(const kernel_view *k, const stk_traces *out, size_t at, size_t stride,
                        const kernel_state *state, const kernel_work *work)
{
    record(k, out->rows[STK_TRACE_T1], at, stride, state->energy[1]);
    record(k, out->rows[STK_TRACE_T2], at, stride, state->energy[2]);
    record(k, out->rows[STK_TRACE_T3], at, stride, state->energy[3]);
    record(k, out->rows[STK_TRACE_ERF], at, stride, work->forcing);
    record(k, out->rows[STK_TRACE_CO2], at, stride, work->co2);
    record(k, out->rows[STK_TRACE_CH4], at, stride, work->ch4);
}

static void step_year(const kernel_view *k, const stk_forcing_series *d, const kernel_chunk *chunk,
                      int year, int y, kernel_state *state, kernel_work *work)
{
    kernel_year now = view_year(k->c, d, year);
    step_carbon(k, d, &now, year, state, work);
    step_methane(k, d, &now, year, state, work);
    step_gases(k, &now, work);
    step_warming(k, chunk, year, y, state, work);
}

/* What is recorded at the start, before there is a forcing. */
static void begin_work(const kernel_view *k, const stk_forcing_series *d, kernel_work *work)
{
    EACH_VECTOR(k, v)
    {
        lanes_store(&work->forcing[v], (lanes){0});
        lanes_store(&work->co2[v], d->co2_given != NULL ? lanes_all(d->co2_given[0])
                                                        : lanes_load(&k->p[STK_B_CO2_BASELINE][v]));
        lanes_store(&work->ch4[v],
                    lanes_all(d->ch4_given != NULL ? d->ch4_given[0] : k->c->ch4_baseline));
    }
}

/* The place of a block's state at the start of a year. */
static double *checkpoint(const stk_plan *plan, const stk_span *span, size_t block, int year)
{
    size_t at = (size_t)(year / STK_CHUNK) * plan->block_count + block;
    return span->checkpoints + at * STK_CHECKPOINT_ROWS * STK_BLOCK;
}

static void kernel_run(const stk_plan *plan, const stk_forcing_series *forcing, size_t block,
                       const stk_span *span, const stk_traces *out)
{
    kernel_view k = view_block(plan, block);
    kernel_state state = {{{0}}, {0}, {{0}}, {0}};
    kernel_chunk chunk;
    kernel_work work;
    size_t first = block * STK_BLOCK;
    _Static_assert(sizeof state == sizeof(double) * STK_CHECKPOINT_ROWS * STK_BLOCK,
                   "a checkpoint is a state");
    if (span->from > 0) {
        memcpy(&state, checkpoint(plan, span, block, span->from), sizeof state);
    } else {
        begin_work(&k, forcing, &work);
        record_year(&k, out, first, plan->stride, &state, &work);
    }
    EACH_VECTOR(&k, v)
    {
        sum_boxes(&state, &work, v);
    }
    for (int year = span->from; year < forcing->years; year += STK_CHUNK) {
        int years = forcing->years - year < STK_CHUNK ? forcing->years - year : STK_CHUNK;
        if (span->checkpoints != NULL) {
            memcpy(checkpoint(plan, span, block, year), &state, sizeof state);
        }
        prepare_chunk(&k, forcing, year, years, &chunk);
        for (int y = 0; y < years; y++) {
            size_t row = (size_t)(year + y + 1) * plan->stride + first;
            step_year(&k, forcing, &chunk, year + y, y, &state, &work);
            record_year(&k, out, row, plan->stride, &state, &work);
        }
    }
    memcpy(out->extreme + first, state.extreme, sizeof state.extreme);
}

#include "climate/kernel_column.h"
#include "climate/kernel_derive.h"
#include "climate/kernel_select.h"
