/** @file climate_source.c
 * @brief Portions of an intake on their way to the climate ensemble.
 */
#include "workflow/climate_source.h"

#include <stdlib.h>

#include "base/try.h"

enum { PORTION = 8 * STK_BLOCK_SCENARIOS };

struct stk_climate_source {
    const stk_intake *intake;
    stk_climate_scenarios *scenarios; /* from `first` on */
    size_t first;
    size_t last;       /* before this one; 0 while there are none */
    stk_iamc **tables; /* [file] that they are of */
    stk_error fault;
};

static void free_tables(stk_climate_source *s)
{
    for (size_t f = 0; f < stk_intake_files(s->intake); f++) {
        stk_iamc_free(s->tables[f]);
        s->tables[f] = NULL;
    }
}

static stk_status load(stk_climate_source *s, size_t i, stk_error *error)
{
    stk_status status;
    size_t count = stk_intake_count(s->intake);
    free_tables(s);
    s->first = i - i % PORTION;
    s->last = s->first + PORTION < count ? s->first + PORTION : count;
    STK_TRY(stk_intake_tables(s->intake, s->first, s->last, s->tables, error));
    STK_TRY(stk_climate_scenarios_put(s->scenarios, (const stk_iamc *const *)s->tables,
                                      stk_intake_files(s->intake), error));
done:
    return status;
}

stk_status stk_climate_source_new(const stk_calibration *calibration, const stk_intake *intake,
                                  const stk_climate_scenario_options *options,
                                  stk_climate_source **source, stk_error *error)
{
    stk_status status;
    stk_climate_source *s = calloc(1, sizeof *s);
    *source = NULL;
    if (s == NULL) {
        return stk_error_memory(error);
    }
    s->intake = intake;
    s->tables = calloc(stk_intake_files(intake) + 1, sizeof(stk_iamc *));
    STK_TRY(stk_allocated(s->tables, error));
    STK_TRY(stk_climate_scenarios_new(calibration, NULL, 0, options, &s->scenarios, error));
    if (stk_intake_count(intake) == 0) {
        STK_FAIL(stk_error_set(error, STK_ENOTFOUND,
                               "there is no scenario with a variable that the model knows"));
    }
    *source = s;
    s = NULL;
done:
    stk_climate_source_free(s);
    return status;
}

void stk_climate_source_free(stk_climate_source *source)
{
    if (source != NULL) {
        stk_climate_scenarios_free(source->scenarios);
        if (source->tables != NULL) {
            free_tables(source);
        }
        free(source->tables);
        free(source);
    }
}

size_t stk_climate_source_count(const stk_climate_source *source)
{
    return stk_intake_count(source->intake);
}

const stk_iamc_row *stk_climate_source_names(const stk_climate_source *source, size_t i)
{
    return stk_intake_names(source->intake, i);
}

stk_status stk_climate_source_fill(void *source, size_t i, stk_climate_rows *rows, stk_error *error)
{
    stk_climate_source *s = source;
    if (s->fault.status == STK_OK && (i < s->first || i >= s->last)) {
        s->fault.status = load(s, i, &s->fault);
    }
    if (s->fault.status != STK_OK) {
        return stk_error_set(error, s->fault.status, "the run ends");
    }
    return stk_climate_scenarios_fill(s->scenarios, i - s->first, rows, error);
}

const stk_error *stk_climate_source_fault(const stk_climate_source *source)
{
    return source->fault.status == STK_OK ? NULL : &source->fault;
}
