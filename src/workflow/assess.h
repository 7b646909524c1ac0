/** @file assess.h
 * @brief From reported scenarios to block files: stages, ensemble and texts, a block at a time.
 *
 *     file --> intake --> table of a block --> stages --> infilled --> ensemble --> block file
 *
 * Memory holds the blocks that the ensemble has scenarios of. src/dataset/assess_files.h joins the
 * files.
 */
#ifndef STK_WORKFLOW_ASSESS_H
#define STK_WORKFLOW_ASSESS_H

#include <jansson.h>

#include <stocktake/workflow.h>

#include "workflow/stages.h"

/** A run. Nothing is owned. */
typedef struct stk_workflow_request {
    const char *input;    /**< path of the scenarios */
    const char *folder;   /**< of the block files */
    stk_stages stages;    /**< `report`: what preparing them left out */
    const stk_iamc *past; /**< emissions of every species before the base year */
    const stk_calibration *calibration;
    int threads;      /**< 0: as many as processors */
    bool tool_labels; /**< categories as the published tool calls them */
    bool netcdf;      /**< keep the numbers for NetCDF, too */
    bool resume;      /**< skip the blocks that are there */
    size_t part;      /**< from 0; blocks go round the parts */
    size_t parts;     /**< at least 1 */
    json_t *run;      /**< all that the results depend on; see stk_block */
    /** How far it is, or NULL. */
    void (*progress)(void *user, size_t done, size_t total);
    /** Whether what was read is still that of `run`; asked before a block is written; or NULL. */
    stk_status (*check)(void *user, stk_error *error);
    void *user;
} stk_workflow_request;

/** What a part did, in scenarios that were reported. */
typedef struct stk_assess_count {
    size_t before; /**< in blocks that were there */
    size_t own;    /**< of this part, those included */
    size_t all;    /**< of the file */
} stk_assess_count;

/** Make the blocks of a part. Without `resume` those that are there are removed first.
 * @return STK_EDATA naming a block of another run; the faults of the input and of stages */
stk_status stk_assess_blocks(const stk_workflow_request *request, stk_assess_count *count,
                             stk_error *error);

#endif
