/** @file kernel_derive.h
 * @brief Variables that follow from the traces. Part of kernel_lanes.h.
 */

typedef struct derive_view {
    kernel_view k;
    const stk_forcing_series *d;
    const block_row *group[STK_GROUP_COUNT];
    const stk_traces *traces;
    size_t stride;
    size_t first; /* member of the block's first lane */
} derive_view;

INLINE lanes trace(const derive_view *w, stk_trace t, int bound, int v)
{
    return lanes_load(w->traces->rows[t] + (size_t)bound * w->stride + w->first + (size_t)v);
}

INLINE lanes group_sum(const derive_view *w, stk_group group, int bound, int v)
{
    int linear_count = w->d->linear_count;
    const double *x = w->d->linear + (bound - 1) * linear_count;
    lanes sum = (lanes){0};
    for (int f = 0; f < linear_count; f++) {
        sum += lanes_load(&w->group[group][f][v]) * x[f];
    }
    return sum;
}

INLINE lanes parameter(const derive_view *w, stk_block_parameter p, int v)
{
    return lanes_load(&w->k.p[p][v]);
}

/* One of the three gases: scaled, less the forcing at the member's own baseline. */
INLINE lanes major_gas(const derive_view *w, int gas, int bound, int v)
{
    const double reference_roots[2] = {sqrt(w->k.c->reference.ch4), sqrt(w->k.c->reference.n2o)};
    lanes co2 = trace(w, STK_TRACE_CO2, bound, v);
    three_forcings f = force_three(w->k.c, co2, trace(w, STK_TRACE_CH4, bound, v),
                                   lanes_log(co2 * (1 / w->k.c->reference.co2)),
                                   w->d->n2o_root[bound], reference_roots);
    lanes forcing = gas == 0 ? f.co2 : gas == 1 ? f.ch4 : f.n2o;
    return parameter(w, (stk_block_parameter)(STK_B_SCALE_CO2 + gas), v) * forcing -
           parameter(w, (stk_block_parameter)(STK_B_OFFSET_CO2 + gas), v);
}

INLINE lanes methane_part(const derive_view *w, stk_block_parameter p, int bound, int v)
{
    return parameter(w, p, v) * (trace(w, STK_TRACE_CH4, bound, v) - w->k.c->ch4_baseline);
}

INLINE lanes cloud_forcing(const derive_view *w, int bound, int v)
{
    int n = w->d->shape_count;
    const double *emissions = w->d->shapes + (bound - 1) * n;
    return n > 0 ? clouds_end(&w->k, clouds_begin(&w->k, emissions, n, v), v) : (lanes){0};
}

INLINE lanes direct_aerosols(const derive_view *w, int bound, int v)
{
    return group_sum(w, STK_GROUP_ARI, bound, v) + methane_part(w, STK_B_CH4_ARI, bound, v);
}

INLINE lanes natural(const derive_view *w, int bound, int v)
{
    return group_sum(w, STK_GROUP_SOLAR, bound, v) + group_sum(w, STK_GROUP_VOLCANIC, bound, v);
}

INLINE lanes non_co2_gases(const derive_view *w, int bound, int v)
{
    return major_gas(w, 1, bound, v) + major_gas(w, 2, bound, v) +
           group_sum(w, STK_GROUP_MONTREAL, bound, v) + group_sum(w, STK_GROUP_FGASES, bound, v);
}

/* Heat uptake from the traces: see reference.c. */
INLINE lanes heat_uptake(const derive_view *w, int bound, int v)
{
    lanes forcing = trace(w, STK_TRACE_ERF, bound, v);
    if (w->k.c->heat_sees_efficacy && bound > 0) {
        forcing += parameter(w, STK_B_SOLAR_EXCESS, v) * w->d->natural[2 * (bound - 1)] +
                   parameter(w, STK_B_VOLCANIC_EXCESS, v) * w->d->natural[2 * (bound - 1) + 1];
    }
    return forcing - parameter(w, STK_B_KAPPA_1, v) * trace(w, STK_TRACE_T1, bound, v) +
           parameter(w, STK_B_DEEP, v) *
               (trace(w, STK_TRACE_T2, bound, v) - trace(w, STK_TRACE_T3, bound, v));
}

/* A forcing at a bound after the first; all are 0 there. */
INLINE lanes forcing(const derive_view *w, stk_climate_variable variable, int bound, int v)
{
    switch (variable) {
    case STK_CLIMATE_ERF_CO2:
        return major_gas(w, 0, bound, v);
    case STK_CLIMATE_ERF_CH4:
        return major_gas(w, 1, bound, v);
    case STK_CLIMATE_ERF_N2O:
        return major_gas(w, 2, bound, v);
    case STK_CLIMATE_ERF_MONTREAL:
        return group_sum(w, STK_GROUP_MONTREAL, bound, v);
    case STK_CLIMATE_ERF_FGASES:
        return group_sum(w, STK_GROUP_FGASES, bound, v);
    case STK_CLIMATE_ERF_OZONE:
        return group_sum(w, STK_GROUP_OZONE, bound, v) +
               methane_part(w, STK_B_CH4_OZONE, bound, v) +
               w->k.c->feedback * trace(w, STK_TRACE_T1, bound - 1, v);
    case STK_CLIMATE_ERF_ARI:
        return direct_aerosols(w, bound, v);
    case STK_CLIMATE_ERF_ACI:
        return cloud_forcing(w, bound, v);
    case STK_CLIMATE_ERF_AEROSOLS:
        return direct_aerosols(w, bound, v) + cloud_forcing(w, bound, v);
    case STK_CLIMATE_ERF_LAPSI:
        return group_sum(w, STK_GROUP_LAPSI, bound, v);
    case STK_CLIMATE_ERF_H2O:
        return group_sum(w, STK_GROUP_H2O, bound, v) + methane_part(w, STK_B_CH4_H2O, bound, v);
    case STK_CLIMATE_ERF_LAND_USE:
        return group_sum(w, STK_GROUP_LAND_USE, bound, v);
    case STK_CLIMATE_ERF_SOLAR:
        return group_sum(w, STK_GROUP_SOLAR, bound, v);
    case STK_CLIMATE_ERF_VOLCANIC:
        return group_sum(w, STK_GROUP_VOLCANIC, bound, v);
    case STK_CLIMATE_ERF_NON_CO2_GHG:
        return non_co2_gases(w, bound, v);
    case STK_CLIMATE_ERF_GHG:
        return major_gas(w, 0, bound, v) + non_co2_gases(w, bound, v);
    case STK_CLIMATE_ERF_ANTHROPOGENIC:
        return trace(w, STK_TRACE_ERF, bound, v) - natural(w, bound, v);
    case STK_CLIMATE_ERF_NON_CO2_ANTHROPOGENIC:
        return trace(w, STK_TRACE_ERF, bound, v) - natural(w, bound, v) - major_gas(w, 0, bound, v);
    default:
        return lanes_all(NAN);
    }
}

/* Amount of CO2 in the air beyond the baseline, Gt CO2. */
INLINE lanes airborne(const derive_view *w, int bound, int v)
{
    return (trace(w, STK_TRACE_CO2, bound, v) - parameter(w, STK_B_CO2_BASELINE, v)) /
           w->k.c->co2_per_emission;
}

/* Lifetime and airborne fraction of a run that is driven by CO2 itself need the emissions that go
 * with it, which only the plain implementation diagnoses: they are no number here. */
INLINE lanes derive_one(const derive_view *w, stk_climate_variable variable, int bound, int v)
{
    switch (variable) {
    case STK_CLIMATE_TEMPERATURE:
        return trace(w, STK_TRACE_T1, bound, v);
    case STK_CLIMATE_TEMPERATURE_2:
        return trace(w, STK_TRACE_T2, bound, v);
    case STK_CLIMATE_TEMPERATURE_3:
        return trace(w, STK_TRACE_T3, bound, v);
    case STK_CLIMATE_ERF:
        return trace(w, STK_TRACE_ERF, bound, v);
    case STK_CLIMATE_CO2:
        return trace(w, STK_TRACE_CO2, bound, v);
    case STK_CLIMATE_CH4:
        return trace(w, STK_TRACE_CH4, bound, v);
    case STK_CLIMATE_N2O:
        return lanes_all(w->d->n2o[bound]);
    case STK_CLIMATE_EESC:
        return lanes_all(w->d->eesc[bound]);
    case STK_CLIMATE_HEAT_UPTAKE:
        return heat_uptake(w, bound, v);
    case STK_CLIMATE_ALPHA_CO2:
        return bound == w->d->years || w->d->co2_given != NULL
                   ? lanes_all(NAN)
                   : w->k.c->co2_g0 * lanes_exp(lifetime_exponent(
                                          &w->k, airborne(w, bound, v), w->d->co2_cumulative[bound],
                                          trace(w, STK_TRACE_T1, bound, v), v));
    case STK_CLIMATE_AIRBORNE_FRACTION:
        return w->d->co2_given != NULL ? lanes_all(NAN)
                                       : airborne(w, bound, v) / w->d->co2_cumulative[bound];
    default:
        return bound == 0 ? (lanes){0} : forcing(w, variable, bound, v);
    }
}

/* Ocean heat content: the heat that was taken up, summed over the years, in J. */
static void derive_heat(const derive_view *w, int from, double *out)
{
    const double joule_per_wm2_yr =
        60.0 * 60 * 24 * 365.24219 * 4 * 3.14159265358979323846 * 6371000.0 * 6371000.0;
    for (int v = 0; v < w->k.lanes_count; v += STK_LANES) {
        double *place = out + w->first + (size_t)v;
        lanes sum = from > 0 ? lanes_load(place + (size_t)(from - 1) * w->stride) : (lanes){0};
        for (int bound = from; bound <= w->d->years; bound++) {
            if (bound > 0) {
                sum += heat_uptake(w, bound, v) * joule_per_wm2_yr;
            }
            lanes_store(place + (size_t)bound * w->stride, sum);
        }
    }
}

static void kernel_derive(const stk_plan *plan, const stk_forcing_series *forcing,
                          stk_climate_variable variable, size_t block, int from,
                          const stk_traces *traces, double *out)
{
    derive_view w = {.k = view_block(plan, block),
                     .d = forcing,
                     .traces = traces,
                     .stride = plan->stride,
                     .first = block * STK_BLOCK};
    for (int g = 0; g < STK_GROUP_COUNT; g++) {
        w.group[g] = (const block_row *)plan->group[g] + block * (size_t)plan->linear_count;
    }
    if (variable == STK_CLIMATE_OHC) {
        derive_heat(&w, from, out);
        return;
    }
    for (int bound = from; bound <= forcing->years; bound++) {
        for (int v = 0; v < w.k.lanes_count; v += STK_LANES) {
            lanes_store(out + (size_t)bound * w.stride + w.first + (size_t)v,
                        derive_one(&w, variable, bound, v));
        }
    }
}
