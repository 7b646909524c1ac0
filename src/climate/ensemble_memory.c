/** @file ensemble_memory.c
 * @brief Memory of an ensemble run.
 */
#include <stdlib.h>

#include "climate/ensemble.h"

#include "base/arena.h"

/* Which traces a variable is made from, as bits of stk_trace. */
static unsigned needed_traces(stk_climate_variable variable)
{
    enum {
        T1 = 1 << STK_TRACE_T1,
        T2 = 1 << STK_TRACE_T2,
        T3 = 1 << STK_TRACE_T3,
        ERF = 1 << STK_TRACE_ERF,
        CO2 = 1 << STK_TRACE_CO2,
        CH4 = 1 << STK_TRACE_CH4
    };
    switch (variable) {
    case STK_CLIMATE_TEMPERATURE_2:
        return T2;
    case STK_CLIMATE_TEMPERATURE_3:
        return T3;
    case STK_CLIMATE_ERF:
    case STK_CLIMATE_ERF_ANTHROPOGENIC:
        return ERF;
    case STK_CLIMATE_CO2:
    case STK_CLIMATE_ALPHA_CO2:
    case STK_CLIMATE_AIRBORNE_FRACTION:
        return CO2;
    case STK_CLIMATE_OHC:
    case STK_CLIMATE_HEAT_UPTAKE:
        return T2 | T3 | ERF;
    case STK_CLIMATE_CH4:
    case STK_CLIMATE_ERF_OZONE:
    case STK_CLIMATE_ERF_ARI:
    case STK_CLIMATE_ERF_AEROSOLS:
    case STK_CLIMATE_ERF_H2O:
        return CH4;
    case STK_CLIMATE_ERF_NON_CO2_ANTHROPOGENIC:
        return ERF | CO2 | CH4;
    case STK_CLIMATE_ERF_CO2:
    case STK_CLIMATE_ERF_CH4:
    case STK_CLIMATE_ERF_N2O:
    case STK_CLIMATE_ERF_GHG:
    case STK_CLIMATE_ERF_NON_CO2_GHG:
        return CO2 | CH4;
    default:
        return T1;
    }
}

/* The trace that a variable is, or -1. */
static int own_trace(stk_climate_variable variable)
{
    switch (variable) {
    case STK_CLIMATE_TEMPERATURE:
        return STK_TRACE_T1;
    case STK_CLIMATE_TEMPERATURE_2:
        return STK_TRACE_T2;
    case STK_CLIMATE_TEMPERATURE_3:
        return STK_TRACE_T3;
    case STK_CLIMATE_ERF:
        return STK_TRACE_ERF;
    case STK_CLIMATE_CO2:
        return STK_TRACE_CO2;
    case STK_CLIMATE_CH4:
        return STK_TRACE_CH4;
    default:
        return -1;
    }
}

static double *vectors(stk_ensemble *e, size_t count)
{
    double *p = stk_arena_alloc(&e->arena, count + 8, sizeof(double));
    return p == NULL ? NULL : (double *)(((uintptr_t)p + 63) & ~(uintptr_t)63);
}

static bool allocate_rows(stk_ensemble *e, stk_ensemble_memory *slot)
{
    stk_climate_rows *rows = &slot->rows;
    size_t species = e->calibration->species.count;
    size_t years = (size_t)e->years;
    rows->first_year = e->options.years.first;
    rows->year_count = e->years;
    rows->species_count = species;
    rows->emissions = stk_arena_alloc(&e->arena, species, sizeof(double *));
    rows->concentrations = stk_arena_alloc(&e->arena, species, sizeof(double *));
    rows->forcings = stk_arena_alloc(&e->arena, species, sizeof(double *));
    rows->forcings_given = stk_arena_alloc(&e->arena, species, sizeof(bool));
    rows->emissions_given = stk_arena_alloc(&e->arena, species, sizeof(bool));
    rows->concentrations_given = stk_arena_alloc(&e->arena, species, sizeof(bool));
    slot->emissions = stk_arena_alloc(&e->arena, species, sizeof(double *));
    slot->concentrations = stk_arena_alloc(&e->arena, species, sizeof(double *));
    slot->forcings = stk_arena_alloc(&e->arena, species, sizeof(double *));
    double *values = stk_arena_alloc(&e->arena, species * (2 * years + 1), sizeof(double));
    if (rows->emissions == NULL || rows->concentrations == NULL || rows->emissions_given == NULL ||
        rows->concentrations_given == NULL || slot->emissions == NULL ||
        slot->concentrations == NULL || rows->forcings == NULL || rows->forcings_given == NULL ||
        slot->forcings == NULL || values == NULL) {
        return false;
    }
    for (size_t s = 0; s < species; s++) {
        rows->emissions[s] = values + s * (2 * years + 1);
        rows->concentrations[s] = rows->emissions[s] + years;
        if (stk_species_is_forced(&e->calibration->species.items[s])) {
            rows->forcings[s] = stk_arena_alloc(&e->arena, years + 1, sizeof(double));
            if (rows->forcings[s] == NULL) {
                return false;
            }
        }
    }
    return true;
}

static size_t checkpoint_size(const stk_ensemble *e)
{
    size_t chunks = ((size_t)e->years + STK_CHUNK - 1) / STK_CHUNK;
    return chunks * e->plan->block_count * STK_CHECKPOINT_ROWS * STK_BLOCK;
}

/* All large arrays of a slot lie in one piece of memory. */
static bool allocate_series(stk_ensemble *e, stk_ensemble_memory *slot)
{
    const stk_ensemble_options *o = &e->options;
    size_t size = (size_t)(e->years + 1) * e->stride;
    size_t arrays = 0;
    unsigned needed = 1 << STK_TRACE_T1;
    for (size_t v = 0; v < o->variable_count; v++) {
        needed |= needed_traces(o->variables[v]);
        arrays += own_trace(o->variables[v]) < 0;
    }
    for (int t = 0; t < STK_TRACE_COUNT; t++) {
        arrays += needed >> t & 1;
    }
    size_t checkpoints = e->share_beginnings ? checkpoint_size(e) : 0;
    slot->series = stk_arena_alloc(&e->arena, o->variable_count + 1, sizeof *slot->series);
    slot->traces.extreme = vectors(e, e->stride);
    slot->memory = stk_pages_alloc((arrays * size + checkpoints) * sizeof(double));
    if (slot->series == NULL || slot->traces.extreme == NULL || slot->memory == NULL) {
        return false;
    }
    double *next = slot->memory;
    for (int t = 0; t < STK_TRACE_COUNT; t++) {
        slot->traces.rows[t] = (needed >> t & 1) != 0 ? next : NULL;
        next += (needed >> t & 1) != 0 ? size : 0;
    }
    for (size_t v = 0; v < o->variable_count; v++) {
        int trace = own_trace(o->variables[v]);
        slot->series[v] = trace >= 0 ? slot->traces.rows[trace] : next;
        next += trace >= 0 ? 0 : size;
    }
    slot->span.checkpoints = checkpoints > 0 ? next : NULL;
    return true;
}

static bool allocate_order(stk_ensemble *e, stk_order *order)
{
    order->count = e->options.percentile_count;
    order->ranks = stk_arena_alloc(&e->arena, 2 * order->count + 1, sizeof *order->ranks);
    order->places = stk_arena_alloc(&e->arena, order->count + 1, sizeof *order->places);
    order->shares = stk_arena_alloc(&e->arena, order->count + 1, sizeof *order->shares);
    return order->ranks != NULL && order->places != NULL && order->shares != NULL;
}

static bool allocate_results(stk_ensemble *e, stk_ensemble_memory *slot)
{
    const stk_ensemble_options *o = &e->options;
    size_t n = e->stride;
    size_t count = (size_t)e->statistics_count;
    slot->failed = stk_arena_alloc(&e->arena, n, sizeof *slot->failed);
    slot->valid = stk_arena_alloc(&e->arena, n, sizeof *slot->valid);
    slot->failed_numbers = stk_arena_alloc(&e->arena, n, sizeof *slot->failed_numbers);
    slot->baseline = stk_arena_alloc(&e->arena, n, sizeof(double));
    slot->baseline_before = stk_arena_alloc(&e->arena, n, sizeof(double));
    slot->peak = stk_arena_alloc(&e->arena, n, sizeof(double));
    slot->peak_year = stk_arena_alloc(&e->arena, n, sizeof(double));
    slot->percentiles = stk_arena_alloc(
        &e->arena, o->variable_count * o->percentile_count * count + 1, sizeof(double));
    slot->exceedance = stk_arena_alloc(&e->arena, o->threshold_count * count + 1, sizeof(double));
    slot->exceedance_ever = stk_arena_alloc(&e->arena, o->threshold_count + 1, sizeof(double));
    slot->peak_percentiles =
        stk_arena_alloc(&e->arena, 2 * o->percentile_count + 1, sizeof(double));
    return slot->failed != NULL && slot->valid != NULL && slot->failed_numbers != NULL &&
           slot->baseline != NULL && slot->baseline_before != NULL && slot->peak != NULL &&
           slot->peak_year != NULL && slot->percentiles != NULL && slot->exceedance != NULL &&
           slot->exceedance_ever != NULL && slot->peak_percentiles != NULL;
}

static bool allocate_column(stk_ensemble *e, stk_column *column)
{
    size_t ranks = 2 * e->options.percentile_count + STK_LANES_MAX;
    column->values = vectors(e, e->stride);
    column->bins = stk_arena_alloc(&e->arena, e->stride, sizeof *column->bins);
    column->wanted = stk_arena_alloc(&e->arena, ranks * STK_WANTED, sizeof *column->wanted);
    column->chosen = stk_arena_alloc(&e->arena, e->stride, sizeof *column->chosen);
    column->candidates = vectors(e, e->stride + STK_WINDOW);
    column->starts = stk_arena_alloc(&e->arena, ranks, sizeof *column->starts);
    column->places = stk_arena_alloc(&e->arena, ranks, sizeof *column->places);
    column->steps = stk_arena_alloc(&e->arena, ranks, sizeof *column->steps);
    column->selected = stk_arena_alloc(&e->arena, ranks, sizeof *column->selected);
    return column->values != NULL && column->bins != NULL && column->wanted != NULL &&
           column->chosen != NULL && column->candidates != NULL && column->starts != NULL &&
           column->places != NULL && column->steps != NULL && column->selected != NULL;
}

static bool allocate_threads(stk_ensemble *e)
{
    e->columns = stk_arena_alloc(&e->arena, (size_t)e->threads, sizeof *e->columns);
    for (int t = 0; e->columns != NULL && t < e->threads; t++) {
        if (!allocate_column(e, &e->columns[t])) {
            return false;
        }
    }
    return e->columns != NULL;
}

stk_status stk_ensemble_begin(stk_ensemble *e, stk_error *error)
{
    e->slots = stk_arena_alloc(&e->arena, e->slot_count, sizeof *e->slots);
    if (e->slots == NULL || !allocate_threads(e)) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < e->slot_count; i++) {
        stk_ensemble_memory *slot = &e->slots[i];
        if (!allocate_rows(e, slot) || !allocate_series(e, slot) || !allocate_results(e, slot) ||
            !allocate_order(e, &slot->order)) {
            return stk_error_memory(error);
        }
        if (e->plan != NULL) {
            stk_status status = stk_forcing_series_new(e->plan, e->years, &slot->forcing, error);
            if (status == STK_OK && e->share_beginnings) {
                status = stk_forcing_series_new(e->plan, e->years, &slot->ran, error);
            }
            if (status != STK_OK) {
                return status;
            }
        }
    }
    return STK_OK;
}

void stk_ensemble_end(stk_ensemble *e)
{
    for (size_t i = 0; e->slots != NULL && i < e->slot_count; i++) {
        stk_forcing_series_free(&e->slots[i].forcing);
        stk_forcing_series_free(&e->slots[i].ran);
        stk_pages_free(e->slots[i].memory);
    }
    free(e->all_members);
    stk_plan_free(e->plan);
    stk_arena_free(&e->arena);
}
