/** @file scenario_assessment.h
 * @brief Inside of `stocktake scenario assess`: what its steps share.
 *
 *     scenario_assess.c    the steps in their order; reported to infilled emissions
 *     scenario_ensemble.c  the climate ensemble, dealt out to the ranks; results go to the journal
 *     scenario_results.c   from the journal to climate.csv, meta.csv and NetCDF, in scenario order
 *     scenario_meta.c      a row of meta.csv
 *     scenario_summary.c   what is printed at the end
 *     scenario_left_out.c  what all ranks left out, as one list
 */
#ifndef STK_SCENARIO_ASSESSMENT_H
#define STK_SCENARIO_ASSESSMENT_H

#include "ranks.h"
#include "scenario_journal.h"
#include "scenario_portions.h"

/* A scenario of this rank. */
typedef struct scenario_own {
    const char *model; /* NULL: it was left out before the climate */
    const char *scenario;
    unsigned char key[JOURNAL_KEY];
    uint64_t place; /* of its result in the journal, 0 without */
} scenario_own;

enum { CATEGORIES_MAX = 64 };

/* Scenarios of one category, for the summary. */
typedef struct scenario_tally {
    char name[64];
    char title[160];
    double *peaks;
    double *lasts;
    size_t count;
} scenario_tally;

typedef struct assessment {
    scenario_run *run;
    const char *folder;
    ranks *ranks;
    scenario_share share;
    scenario_store *infilled; /* the scenarios of this rank */
    scenario_own *own;        /* by index; as many as share_count() */
    size_t own_count;
    uint64_t ready;  /* scenarios of all ranks that were infilled */
    uint64_t failed; /* of those, how many the climate has no result for */
    stk_calibration *calibration;
    stk_iamc *history;
    stk_scenario_climate *climate;
    journal *journal;
    uint32_t *journal_files; /* of this run and those before it, as far as rank 0 knows them */
    size_t journal_file_count;
    scenario_tally tallies[CATEGORIES_MAX];
    size_t tally_count;
} assessment;

/* All of these are collective: every rank calls them. Those that return a status return the same
 * one on every rank. */
stk_status scenario_run_ensemble(assessment *a, stk_error *error);
void scenario_close_ensemble(assessment *a, bool complete);
stk_status scenario_write_emissions(assessment *a, stk_error *error);
stk_status scenario_write_results(assessment *a, stk_error *error);
stk_status scenario_gather_notes(assessment *a, stk_error *error);
stk_status scenario_gather_tallies(assessment *a, stk_error *error);

/* Not collective: the infilled emissions of the own scenarios from `first` to before `last`, as a
 * table that the caller frees, also after a failure. Those that were left out have no rows. */
stk_status scenario_infilled(const assessment *a, size_t first, size_t last, stk_iamc **table,
                             stk_error *error);

/* The header and a row of meta.csv; `category` as it is to be shown. */
void scenario_meta_header(stk_buffer *out, const stk_postprocess_options *o);
void scenario_meta_row(stk_buffer *out, const stk_method *method, const char *category,
                       const stk_scenario_outcome *outcome);

stk_status scenario_count_category(assessment *a, const char *name, const char *title,
                                   const stk_category_warming *inputs, stk_error *error);
stk_status scenario_print_summary(assessment *a, stk_error *error);
void scenario_free_tallies(assessment *a);

#endif
