/** @file timeline.h
 * @brief How the pledged world moved: its level, the gap and warming after every single document.
 */
#ifndef STOCKTAKE_TIMELINE_H
#define STOCKTAKE_TIMELINE_H

#include <stocktake/warming.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The world after what one Party did on one day: a document, mostly; an event that changed which
 * documents count; a strategy or law that made a net-zero aim count. */
typedef struct stk_timeline_step {
    stk_date date;
    stk_step_kind kind;
    const char *iso3;
    const char *name;
    char document[STK_DOCUMENT_LABEL_SIZE]; /**< the document's own name, or what happened; several
                                                 of one day with "; " between them */
    size_t document_count;
    double world_gt; /**< in the benchmark's GWP set and scope */
    double gap_gt;
    double change_gt; /**< world less that of the step before, or of the day before the first */
    double warming_2100_k; /**< median of pledges and targets; NaN without a model */
    double warming_low_k;  /**< 5th percentile */
    double warming_high_k; /**< 95th */
} stk_timeline_step;

typedef struct stk_timeline_request {
    stk_options options; /**< steps end on its date; warming has those that
                            stk_warming_options() makes of them */
    stk_date from;
    int year; /**< of level and gap */
    stk_benchmark benchmark;
    stk_condition condition;
    stk_ambition ambition;
    const stk_warming_model *model; /**< NULL: without warming */
    /** The ensemble is run where the pathway to 2100 moved by at least this much on average over
     * its years since it was run last, and for the last step; other steps carry the warming of the
     * one before. 0 runs every pathway that moved at all. */
    double warming_step_gt;
    int threads; /**< 0: as many as processors */
    bool (*progress)(void *user, size_t done,
                     size_t total); /**< of runs of the ensemble, or NULL; false ends them */
    void *user;
} stk_timeline_request;

typedef struct stk_timeline stk_timeline;

/** Every document that counts under the options and came from `from` to the date of the options,
 * every withdrawal and return, and every net-zero event whose standing counts for level or warming;
 * in order of dates, on one day in order of ISO3 codes. Each step adds what one Party did to the
 * world of the step before, so that the difference of two rows is its effect; the last step of a
 * day is the world of that day.
 * @param data  must outlive the timeline */
stk_status stk_timeline_make(const stk_data *data, const stk_timeline_request *request,
                             stk_timeline **timeline, stk_error *error);
void stk_timeline_free(stk_timeline *timeline);

const stk_timeline_step *stk_timeline_steps(const stk_timeline *timeline, size_t *count);

#ifdef __cplusplus
}
#endif
#endif
