/** @file ensemble.h
 * @brief One ensemble run in memory: slots for the scenarios that are worked on at once.
 */
#ifndef STK_CLIMATE_ENSEMBLE_H
#define STK_CLIMATE_ENSEMBLE_H

#include "climate/kernel.h"
#include "climate/select.h"

/** Years of a variable whose statistics are a round of work. */
enum { STK_GROUP_YEARS = 8 };

/** A scenario being worked on. */
typedef struct stk_ensemble_memory {
    size_t scenario;
    stk_status status;
    stk_error error;
    stk_climate_rows rows;
    const double **emissions; /**< as given: NULL where not */
    const double **concentrations;
    const double **forcings;
    stk_forcing_series forcing;
    /** What the traces were made with, when scenarios may share their beginning. */
    stk_forcing_series ran;
    bool has_run; /**< `ran`, traces, derived series and checkpoints belong together */
    int common;   /**< years from the start that are those of `ran` */
    int unlike;   /**< scenarios in a row that had nothing in common with the one before */
    stk_span span;
    stk_traces traces;
    double *memory;  /**< of traces, series and checkpoints */
    double **series; /**< [variable]: a trace or an array of its own */
    bool *failed;    /**< [member] */
    size_t *valid;   /**< [used] members that count */
    long *failed_numbers;
    size_t used_count;
    size_t failed_count;
    bool has_statistics;     /**< those of `ran`, of the members that `failed` leaves */
    bool same_members;       /**< those that count are those of the scenario before */
    int kept;                /**< columns of statistics that are those of the scenario before */
    int kept_temperature;    /**< the same of temperature, which is relative to `baseline` */
    double *baseline;        /**< [member] taken off temperatures */
    double *baseline_before; /**< [member] of the scenario before */
    double *peak;            /**< [member] */
    double *peak_year;       /**< [member] */
    stk_order order;         /**< of the percentiles among the members that count */
    double *percentiles;
    double *exceedance;
    double *exceedance_ever;
    double *peak_percentiles; /**< temperature, then year */
} stk_ensemble_memory;

struct stk_ensemble {
    const stk_calibration *calibration;
    stk_ensemble_options options;
    stk_plan *plan; /**< NULL for the plain implementation */
    const stk_kernel *kernel;
    const size_t *members;
    size_t *all_members; /**< owned, when the options name none */
    size_t member_count;
    size_t stride;
    int years;
    int statistics_first; /**< year or bound, counted from the first of the run */
    int statistics_count;
    bool stays;            /**< more scenarios may come after those of a run */
    bool share_beginnings; /**< more scenarios than slots, or it stays: a scenario goes on from the
                              last year that it has in common with the one before it in its slot */
    int threads;
    size_t slot_count;
    stk_ensemble_memory *slots;
    stk_column *columns; /**< [thread] */
    stk_arena arena;
};

/** Room for everything; what is allocated is freed by stk_ensemble_end() also after an error. */
stk_status stk_ensemble_begin(stk_ensemble *e, stk_error *error);
void stk_ensemble_end(stk_ensemble *e);

/** What the members' temperatures are relative to, and their peaks. */
void stk_ensemble_memory_prepare(const stk_ensemble *e, stk_ensemble_memory *slot,
                                 stk_column *column);

/** Statistics of one variable in the years or bounds from `first` to before `last`, unless kept. */
void stk_ensemble_memory_statistics(const stk_ensemble *e, stk_ensemble_memory *slot,
                                    size_t variable, int first, int last, stk_column *column);

#endif
