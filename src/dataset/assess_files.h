/** @file assess_files.h
 * @brief Result files of `scenario assess`, joined from the block files of all parts.
 */
#ifndef STK_DATASET_ASSESS_FILES_H
#define STK_DATASET_ASSESS_FILES_H

#include <jansson.h>

#include <stocktake/scenario.h>

#include "base/buffer.h"
#include "base/pending_file.h"

/** What was joined; freed by stk_assess_result_free(), also after a failure. */
typedef struct stk_assess_result {
    json_t *run;                   /**< what the results depend on, as the blocks say it */
    stk_scenario_report *left_out; /**< and warnings; by stage, then by scenario */
    stk_buffer summary;            /**< scenarios and median warming of each category, as a text */
    size_t scenarios;              /**< of the input */
    size_t ready;                  /**< those that were infilled */
    size_t failed;                 /**< of those, how many the climate has no result for */
    bool before; /**< was joined by a run that ended while it removed blocks: `run` is NULL */
} stk_assess_result;

/** All that a run can write into its folder. */
enum { STK_ASSESS_NAMES = 6 };
extern const char *const stk_assess_names[STK_ASSESS_NAMES];

/** Whether the result files can be made in a folder. */
stk_status stk_assess_check_files(const char *folder, bool netcdf, stk_error *error);

/** Write, together and report.json last, emissions.csv, climate.csv, meta.csv, report.json, and
 * emissions.nc and climate.nc if the blocks have the numbers for them: the same bytes for any
 * number of parts. Memory does not grow with scenarios. A folder that is joined already is left as
 * it is, and `report` is a copy of its report.json.
 * @param report  receives the report besides, with them; NULL: no file
 * @return STK_ENOTFOUND naming blocks that are missing, STK_EDATA one of another run, STK_EFORMAT
 *         one that is damaged: then nothing is written */
stk_status stk_assess_join(const char *folder, const char *report, stk_assess_result *result,
                           stk_error *error);
void stk_assess_result_free(stk_assess_result *result);

/** Write FOLDER/NAME as JSON: how a result is made, and what was left out. It gets its name when
 * the caller finishes `out`.
 * @param run  an object; what only blocks need is not written */
stk_status stk_assess_start_report(stk_pending_file *out, const char *folder, const char *name,
                                   const json_t *run, const stk_scenario_report *left_out,
                                   stk_error *error);

/** Remove the block files of a folder that were joined, whoever made them. */
void stk_assess_remove_blocks(const char *folder);

#endif
