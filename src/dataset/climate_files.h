/** @file climate_files.h
 * @brief The climate ensemble on scenarios, its percentiles and members as CSV or NetCDF.
 */
#ifndef STK_DATASET_CLIMATE_FILES_H
#define STK_DATASET_CLIMATE_FILES_H

#include <stocktake/climate.h>

#include "base/buffer.h"
#include "workflow/climate_source.h"

struct stk_climate_count;

/** A run. Nothing is owned. Callbacks are called in the order of scenarios, on the caller's thread.
 */
typedef struct stk_climate_request {
    const stk_calibration *calibration;
    stk_climate_source *scenarios;
    const stk_ensemble_options *ensemble;
    size_t percentile_variables; /**< the first ones of the ensemble's have percentiles */
    const char *output;        /**< percentiles; NetCDF if it ends in .nc; NULL: standard output */
    const char *member_output; /**< each member's series, or NULL */
    const stk_climate_variable
        *member_variables; /**< of the ensemble's, that they are written of */
    size_t member_variable_count;
    /** A scenario that is left out. */
    void (*skip)(void *user, const char *model, const char *scenario, const stk_error *why);
    /** Members of a scenario that left the valid range of the model. */
    void (*lose)(void *user, const char *model, const char *scenario,
                 const stk_ensemble_result *result);
    void (*progress)(void *user, size_t done);
    /** What FILE.manifest.json is to say of an output that is a file, when all is written and
     * before a file has its name. */
    stk_status (*describe)(void *user, const struct stk_climate_count *count, size_t bytes,
                           stk_buffer *text, stk_error *error);
    void *user;
} stk_climate_request;

typedef struct stk_climate_count {
    size_t done;    /**< scenarios */
    size_t written; /**< less those that were left out */
} stk_climate_count;

/** Run the ensemble and write the outputs, all completely or none.
 * @return what stk_ensemble_run() refuses; STK_EIO */
stk_status stk_climate_write_files(const stk_climate_request *request, stk_climate_count *count,
                                   stk_error *error);

#endif
