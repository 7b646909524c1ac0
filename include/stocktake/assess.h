/** @file assess.h
 * @brief One assessment from end to end: the world's level, the gap, who is covered, what changed.
 */
#ifndef STOCKTAKE_ASSESS_H
#define STOCKTAKE_ASSESS_H

#include <stocktake/benchmark.h>
#include <stocktake/checks.h>
#include <stocktake/data.h>
#include <stocktake/world.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { STK_MILESTONES = 2 };

/** The five-year marks that an assessment of a date speaks of. The first is the headline year: the
 * first mark more than five years after the year of the date, not before 2030, of which the first
 * contributions spoke. The second, if there is one, is the mark before it: it lies after the date
 * and after the last year of history.
 * @return how many, 1 or 2 */
int stk_milestones(stk_date date, int history_last, int years[STK_MILESTONES]);

/** The gap of one case, in the benchmark's GWP set and scope of LULUCF. */
typedef struct stk_gap {
    stk_condition condition;
    stk_ambition ambition;
    bool hot_air_capped;
    double world_gt;
    double gap_gt;
} stk_gap;

enum { STK_GAP_CASES = 8 };

/** Worlds of one date under one set of options: as asked, and with hot air kept or capped. */
stk_status stk_gap_cases(const stk_data *data, const stk_options *options,
                         const stk_benchmark *benchmark, int year, stk_gap cases[STK_GAP_CASES],
                         stk_error *error);

/** What moves the world on a day. Where a Party did several things, the first of these counts. */
typedef enum stk_step_kind {
    STK_STEP_WITHDRAWAL,
    STK_STEP_RETURN,
    STK_STEP_DOCUMENT,
    STK_STEP_LEAVES_JOINT, /**< the joint EU document speaks for the Party no longer */
    STK_STEP_NET_ZERO,     /**< a strategy or law made a net-zero aim count, or unmade it */
    STK_STEP_YEAR,         /**< the calendar: targets of a year are past */
    STK_STEP_KINDS
} stk_step_kind;

/** "withdrawal", "return", "document", "leaves_joint", "net_zero", "year". */
const char *stk_step_kind_name(stk_step_kind kind);

enum { STK_DOCUMENT_LABEL_SIZE = 192, STK_ARRIVAL_YEARS_MAX = 16 };

/** A document that came between the two dates, or an event. Text belongs to the pledges. */
typedef struct stk_arrival {
    stk_date date;
    stk_step_kind kind;
    const char *iso3;
    const char *name;                    /**< of the Party */
    const char *status;                  /**< of the document; "withdraws", "rejoins", ... */
    char title[STK_DOCUMENT_LABEL_SIZE]; /**< the document's own name, or what happened */
    bool counts;     /**< false for an announcement that the options leave out */
    bool quantified; /**< a level follows from its numbers in some year */
    int year_count;
    int years[STK_ARRIVAL_YEARS_MAX]; /**< that it states targets for, in their order */
    const char *source_url;           /**< "" where none is known */
} stk_arrival;

typedef enum stk_counterfactual {
    STK_COUNTERFACTUAL_PREVIOUS, /**< the world of the day before, under the same options */
    STK_COUNTERFACTUAL_BASELINE, /**< as if the Party had no pledge */
    STK_COUNTERFACTUALS
} stk_counterfactual;

const char *stk_counterfactual_name(stk_counterfactual counterfactual);

/** What one Party changed between the two dates, in the target year. Indexed by ambition.
 *
 * A change is the world of the day on which something happened less the world of the day before.
 * What a Party did between the dates is one row, with the sum of its steps, but a withdrawal or a
 * return is a row of its own and so is what came after it. Where a Party leaves the joint document,
 * its level before is the share that leaves with it. */
typedef struct stk_change {
    const char *iso3;
    const char *name;
    stk_date submitted; /**< of the newest document that moved the level, or of the event */
    const char *status; /**< of that document; "withdraws", "rejoins", "leaves_joint", "net_zero",
                           "year" */
    stk_step_kind kind;
    stk_condition condition;
    stk_counterfactual counterfactual;
    double before_mt[STK_AMBITIONS]; /**< without LULUCF, in the user's GWP set */
    double after_mt[STK_AMBITIONS];
    double change_gt[STK_AMBITIONS];        /**< after less before; negative is a cut */
    double closes_gt[STK_AMBITIONS];        /**< of the gap, in the benchmark's set and scope */
    double share_of_gap_pct[STK_AMBITIONS]; /**< least and most that ambition and gap imply */
} stk_change;

/** Sums over all changes of one condition and counterfactual. */
typedef struct stk_change_total {
    double gap_before_gt[STK_AMBITIONS];
    double gap_after_gt[STK_AMBITIONS];
    double closes_gt[STK_AMBITIONS];
} stk_change_total;

enum { STK_CONFIDENCE_MARKS = 6 };

/** "A", "A*", "B", "S", "C", "R". */
const char *stk_confidence_mark(int i);

typedef struct stk_coverage {
    int parties;             /**< all Parties, members of the EU counted one by one */
    int parties_with_target; /**< with a quantified target that reaches the year */
    int parties_suspended;
    double world_mt;    /**< emissions of the last year of data */
    double covered_pct; /**< share of world emissions under a quantified target */
    double suspended_pct;
    double by_confidence_pct[STK_CONFIDENCE_MARKS]; /**< share of world emissions by the mark of
                                                         the level: unconditional, low ambition */
} stk_coverage;

/** What a choice of the user's options moves. */
typedef struct stk_forest_choice {
    const char *iso3;
    const char *name;
    double first_mt; /**< level without LULUCF with the source cut first, unconditional low */
    double hold_mt;  /**< with the source held */
} stk_forest_choice;

typedef struct stk_assessment stk_assessment;

/** What to assess. */
typedef struct stk_assess_request {
    stk_options options; /**< as_of.date is the date of the assessment */
    stk_date since;      /**< 0: no comparison */
    int year;
    stk_benchmark benchmark;
    int other_year;                /**< a second year that level and gap are found of; 0: none */
    stk_benchmark other_benchmark; /**< of that year */
    bool warming;                  /**< run the climate ensemble as well; stocktake/warming.h */
    const struct stk_warming_model *model; /**< that runs it; NULL: the edition's, read for this */
    int threads;                           /**< of it; 0: as many as processors */
} stk_assess_request;

stk_status stk_assess(const stk_data *data, const stk_assess_request *request,
                      stk_assessment **assessment, stk_error *error);
void stk_assessment_free(stk_assessment *assessment);

const stk_assess_request *stk_assessment_request(const stk_assessment *assessment);
const stk_world *stk_assessment_world(const stk_assessment *assessment);

/** The world's level without LULUCF in the user's GWP set, Gt CO2e. */
double stk_assessment_level_gt(const stk_assessment *assessment, stk_condition condition,
                               stk_ambition ambition, bool hot_air_capped);
double stk_assessment_baseline_gt(const stk_assessment *assessment);

/** The unconditional, low-ambition level by kind of actor (::stk_actor_kind), Gt CO2e. */
void stk_assessment_composition_gt(const stk_assessment *assessment, double parts[4]);

const stk_gap *stk_assessment_gaps(const stk_assessment *assessment);
/** Level and gap of the second year of the request. */
typedef struct stk_other_year {
    int year;
    double baseline_gt;
    double level_gt[STK_CONDITIONS][STK_AMBITIONS]; /**< without LULUCF, with the hot air of the
                                                         options */
    stk_gap gaps[STK_GAP_CASES];
} stk_other_year;

/** NULL unless it was asked for. */
const stk_other_year *stk_assessment_other_year(const stk_assessment *assessment);

const stk_coverage *stk_assessment_coverage(const stk_assessment *assessment);

/** The Parties whose level in the year looks wrong, largest level first. */
const stk_checked_level *stk_assessment_checks(const stk_assessment *assessment, size_t *count);

/** Everything that came between the two dates, in order of dates. */
const stk_arrival *stk_assessment_arrivals(const stk_assessment *assessment, size_t *count);

/** Largest change first, within one counterfactual and condition. */
const stk_change *stk_assessment_changes(const stk_assessment *assessment, size_t *count);
const stk_change_total *stk_assessment_total(const stk_assessment *assessment,
                                             stk_condition condition,
                                             stk_counterfactual counterfactual);

/** The assessment of the earlier date by the same options, with levels, gaps and coverage, and with
 * warming the cases STK_CASE_TARGETS_ONLY and STK_CASE_PLEDGES_AND_TARGETS; NULL without an earlier
 * date. It belongs to the other. */
const stk_assessment *stk_assessment_before(const stk_assessment *assessment);

struct stk_warming_case;

/** Warming of one case a kind, as ::stk_warming_request has it with `one_per_kind`; none unless it
 * was asked for. */
const struct stk_warming_case *stk_assessment_warming(const stk_assessment *assessment,
                                                      size_t *count);

/** Parties whose level depends on which of land use and other emissions is cut first. */
const stk_forest_choice *stk_assessment_forests(const stk_assessment *assessment, size_t *count);

#ifdef __cplusplus
}
#endif
#endif
