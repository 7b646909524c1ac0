/** @file kernel.h
 * @brief The inner loops of the fast ensemble, one set of them for every instruction set.
 */
#ifndef STK_CLIMATE_KERNEL_H
#define STK_CLIMATE_KERNEL_H

#include "climate/plan.h"

/** What the model itself leaves of a scenario, [bound][member] with `plan->stride` members a row;
 * every other variable follows from these and the forcing series. A NULL trace is not wanted. */
typedef enum stk_trace {
    STK_TRACE_T1,
    STK_TRACE_T2,
    STK_TRACE_T3,
    STK_TRACE_ERF,
    STK_TRACE_CO2,
    STK_TRACE_CH4,
    STK_TRACE_COUNT
} stk_trace;

typedef struct stk_traces {
    double *rows[STK_TRACE_COUNT];
    double *extreme; /**< [member] largest |T1| of the run; NaN once the run is no number */
} stk_traces;

/** Years whose linear forcings are computed at once. */
enum { STK_CHUNK = 8 };

/** Rows of a block's state: boxes of CO2, methane, energy, and the extreme so far. */
enum { STK_CHECKPOINT_ROWS = STK_BOXES + 1 + STK_STATE + 1 };

/** Where a run starts, and what it leaves for a later one that starts like it. */
typedef struct stk_span {
    int from;            /**< first year to run, a multiple of STK_CHUNK; the traces before it are
                            there, and so is the checkpoint */
    double *checkpoints; /**< [chunk][block][STK_CHECKPOINT_ROWS][STK_BLOCK], the state at the start
                            of each chunk of years; NULL keeps none, and then `from` is 0 */
} stk_span;

/** Where a column comes from: half the sum of two rows, less the members' baseline. */
typedef struct stk_column_source {
    const double *row;
    const double *next;
    const double *baseline; /**< or NULL */
    const size_t *members;  /**< [count] of the column; NULL: the first ones of the rows */
} stk_column_source;

/** Members and bins of the widest vector, and values that are read from the start of a bin. */
enum { STK_LANES_MAX = 8, STK_WANTED = 16, STK_WINDOW = 8 };

/** A column of values, one of each member that counts. There is room for a multiple of STK_BLOCK.
 */
typedef struct stk_column {
    size_t count;
    double *values;
    double low, high; /**< smallest and largest */
    double sum;       /**< a number if all values are; not the same for every instruction set */
    uint16_t *bins;   /**< of each value */
    uint16_t *wanted; /**< [wanted_count][STK_WANTED] bins, each as often as a vector has room */
    size_t wanted_count;
    uint32_t *chosen;   /**< indices of values in these bins */
    double *candidates; /**< these values, bin by bin, with room for STK_WINDOW more */
    size_t candidate_count;
    uint32_t *starts; /**< [rank] of its bin among the candidates, to a whole vector */
    uint32_t *places; /**< [rank] among the values of its bin, likewise */
    int *steps;       /**< [rank] where it was in the column before */
    double *selected; /**< [rank] */
} stk_column;

typedef struct stk_kernel {
    const char *name; /**< "baseline", "avx2", "avx512" */
    /** Run one block of members through the years of a span, to the last of the series. */
    void (*run)(const stk_plan *plan, const stk_forcing_series *forcing, size_t block,
                const stk_span *span, const stk_traces *out);
    /** Compute a variable of one block from the traces into out[bound][stride], from a bound on;
     * what lies before it is there. `out` may be the trace of the variable itself. */
    void (*derive)(const stk_plan *plan, const stk_forcing_series *forcing,
                   stk_climate_variable variable, size_t block, int from, const stk_traces *traces,
                   double *out);
    /** Fill values, range and sum of a column whose count is given. */
    void (*gather)(stk_column *column, const stk_column_source *from);
    /** Find values of a column by their rank, 0 for the smallest: all are finite and stay as they
     * are, ranks are ascending. */
    void (*select)(stk_column *column, const size_t *ranks, size_t count, double *out);
    /** How many values are above a threshold. */
    size_t (*above)(const stk_column *column, double threshold);
    /** The transcendental functions of one member-year and nothing else, `count` times: what the
     * benchmark measures the model against. Returns a number that depends on all of them. */
    double (*bare)(size_t count);
} stk_kernel;

/** The kernel with a name, or the widest that this processor runs for NULL; NULL if there is
 * none. */
const stk_kernel *stk_kernel_find(const char *name);

/** The kernels that this processor runs, narrowest first; NULL after the last. */
const stk_kernel *stk_kernel_at(size_t i);

extern const stk_kernel stk_kernel_baseline;
#if defined(__x86_64__)
extern const stk_kernel stk_kernel_avx2;
extern const stk_kernel stk_kernel_avx512;
#endif

#endif
