/** @file finance.h
 * @brief Climate finance: goals, what was delivered as known on a date, contributors' shares.
 *
 * Amounts are billions of current US dollars a year. Nothing here is added or compared across
 * sources: they count different things. Every figure has the day on which it was published; what is
 * known on a date is, of the rows of one source, component and year, the newest one until then.
 */
#ifndef STOCKTAKE_FINANCE_H
#define STOCKTAKE_FINANCE_H

#include <stocktake/inventory.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct stk_finance stk_finance;

/** How sure a row is. */
typedef enum stk_finance_mark {
    STK_FINANCE_READ,     /**< A: read at the source */
    STK_FINANCE_DERIVED,  /**< B: read second-hand, or derived from read figures */
    STK_FINANCE_UNCHECKED /**< C: from memory; counts only where it is asked for */
} stk_finance_mark;

/** "A", "B", "C". */
const char *stk_finance_mark_name(stk_finance_mark mark);

/** What is delivered, and its parts by channel, by theme, and of public money. */
typedef enum stk_finance_component {
    STK_FINANCE_TOTAL,
    STK_FINANCE_PUBLIC,
    STK_FINANCE_BILATERAL_PUBLIC,
    STK_FINANCE_MULTILATERAL_PUBLIC,
    STK_FINANCE_EXPORT_CREDITS,
    STK_FINANCE_PRIVATE_MOBILISED,
    STK_FINANCE_MITIGATION,
    STK_FINANCE_ADAPTATION,
    STK_FINANCE_CROSS_CUTTING,
    STK_FINANCE_ADAPTATION_PUBLIC,
    STK_FINANCE_ADAPTATION_PRIVATE,
    STK_FINANCE_PUBLIC_LOANS,
    STK_FINANCE_PUBLIC_GRANTS,
    STK_FINANCE_NET_ASSISTANCE_LOW, /**< the ends of a range, for sources that give one */
    STK_FINANCE_NET_ASSISTANCE_HIGH,
    STK_FINANCE_NET_ASSISTANCE_ADAPTATION_LOW,
    STK_FINANCE_NET_ASSISTANCE_ADAPTATION_HIGH,
    STK_FINANCE_COMPONENTS
} stk_finance_component;

/** "private_mobilised". */
const char *stk_finance_component_name(stk_finance_component component);

/** "private money mobilised". */
const char *stk_finance_component_words(stk_finance_component component);

/** What a component is a part of, itself where it is none. */
stk_finance_component stk_finance_component_whole(stk_finance_component component);

/** A goal. Text belongs to the ::stk_finance, as everywhere here. */
typedef struct stk_finance_goal {
    const char *id;
    double usd_bn; /**< a year */
    int first_year;
    int due_year; /**< by when it was to be reached */
    int last_year;
    stk_date decided;
    const char *document;
    const char *who;
    const char *counts;
    stk_finance_component component; /**< what is held against it: the total, or adaptation */
    bool call;                       /**< called for, and not set as a goal */
    stk_finance_mark mark;
    const char *source_url;
    const char *note;
} stk_finance_goal;

/** What was delivered in a year, by one source, as published on one day. */
typedef struct stk_finance_figure {
    int year;
    const char *source;
    stk_finance_component component;
    double usd_bn;
    stk_date published;
    stk_finance_mark mark;
    const char *source_url;
    const char *note;
    long line; /**< of the file */
} stk_finance_figure;

/** What a source says of one contributor. */
typedef enum stk_finance_quantity {
    STK_FINANCE_PROVIDED,   /**< all that it gave */
    STK_FINANCE_FAIR_SHARE, /**< what was due by the source's own reckoning */
    STK_FINANCE_SURPLUS,    /**< provided less fair share; negative: short */
    STK_FINANCE_PERCENT,    /**< provided, in per cent of the fair share */
    STK_FINANCE_MET,        /**< 1: named as having met its share; 0: as having not */
    STK_FINANCE_MULTILATERAL,
    STK_FINANCE_BUDGET, /**< public budget funds */
    STK_FINANCE_QUANTITIES
} stk_finance_quantity;

/** "percent_of_share". */
const char *stk_finance_quantity_name(stk_finance_quantity quantity);

typedef struct stk_finance_finding {
    stk_area area;
    int year;
    const char *source;
    stk_finance_quantity quantity;
    double value;
    const char *unit; /**< "usd_bn", another currency as "eur_bn", "percent", "flag" */
    stk_date published;
    stk_finance_mark mark;
    const char *source_url;
    const char *note;
    long line;
} stk_finance_finding;

/** What a contributor promised, in its own currency, a year or in total. */
typedef struct stk_finance_pledge {
    stk_area area;
    stk_date date;
    double amount;
    const char *unit; /**< "usd_bn_per_year", "gbp_bn_total" */
    int due_year;
    stk_finance_mark mark;
    const char *source;
    const char *note;
} stk_finance_pledge;

/** What a source counts. */
typedef struct stk_finance_source {
    const char *name;
    const char *counts;   /**< in words */
    const char *not_read; /**< what it has published besides, whose figures are missing; or "" */
} stk_finance_source;

/** Read `finance/` of an edition, which may lack it: stk_finance_in().
 * @param inventory  of population and emissions; must outlive it, as the edition must
 * @param problems   receives every row that is refused, or NULL: the first one is the error */
stk_status stk_finance_load(stk_edition *edition, const stk_inventory *inventory,
                            stk_finance **finance, stk_problems *problems, stk_error *error);
void stk_finance_free(stk_finance *finance);

/** Whether an edition has climate finance. */
bool stk_finance_in(const stk_edition *edition);

/** @name All rows, whatever is known when
 * @{ */
const stk_finance_goal *stk_finance_goals(const stk_finance *finance, size_t *count);
const stk_finance_figure *stk_finance_figures(const stk_finance *finance, size_t *count);
const stk_finance_finding *stk_finance_findings(const stk_finance *finance, size_t *count);
const stk_finance_pledge *stk_finance_pledges(const stk_finance *finance, size_t *count);
/** NULL for a source that is not described. */
const stk_finance_source *stk_finance_source_of(const stk_finance *finance, const char *name);
/** @} */

/* ---- what is known on a date ---- */

/** Of which day, by which source, and whether rows from memory count. */
typedef struct stk_finance_view {
    const stk_finance *finance;
    stk_date as_of;
    bool unchecked;
    const char *source; /**< of what was delivered, "OECD" */
} stk_finance_view;

/** Whether a row of a date and a mark counts. */
bool stk_finance_counts(const stk_finance_view *view, stk_date date, stk_finance_mark mark);

/** The day of the newest row that counts, whatever the date of the view; 0: none. */
stk_date stk_finance_known_until(const stk_finance_view *view);

/** Whose figures count where nothing else is asked: the OECD's, or the first that there are. */
const char *stk_finance_usual_source(const stk_finance *finance);

/** Find a source by name, upper or lower case.
 * @param contributors  sources of findings too, not only of what was delivered
 * @return STK_ENOTFOUND with the sources that there are */
stk_status stk_finance_find_source(const stk_finance *finance, const char *name, bool contributors,
                                   const char **found, stk_error *error);

/** Find a goal that is decided and counts.
 * @return STK_ENOTFOUND with the goals that there are */
stk_status stk_finance_find_goal(const stk_finance_view *view, const char *id,
                                 const stk_finance_goal **goal, stk_error *error);

typedef enum stk_finance_status {
    STK_FINANCE_UPCOMING, /**< its first year lies ahead */
    STK_FINANCE_IN_FORCE,
    STK_FINANCE_ENDED
} stk_finance_status;

/** "upcoming", "in_force", "ended". */
const char *stk_finance_status_name(stk_finance_status status);

stk_finance_status stk_finance_goal_status(const stk_finance_goal *goal, int year);

/** The goal of a year: in force, else the next one that was decided; NULL for none. A call counts
 * only where there is no goal. */
const stk_finance_goal *stk_finance_goal_of(const stk_finance_view *view, int year);

/** The newest figure of a year, or NULL. */
const stk_finance_figure *stk_finance_known(const stk_finance_view *view,
                                            stk_finance_component component, int year);

/** The figure that it replaced, or NULL. */
const stk_finance_figure *stk_finance_before(const stk_finance_view *view,
                                             const stk_finance_figure *figure);

/** A later figure of the same that does not count because it is from memory, or NULL. */
const stk_finance_figure *stk_finance_later_unchecked(const stk_finance_view *view,
                                                      const stk_finance_figure *figure);

/** What was delivered in a year: one figure, or the ends of a range. */
typedef struct stk_finance_amount {
    int year;
    const stk_finance_figure *low;  /**< NULL where only the high end is known */
    const stk_finance_figure *high; /**< the same as `low` for a single figure */
} stk_finance_amount;

/** What is held against a goal of a component in a year; false where it is not known. */
bool stk_finance_delivered(const stk_finance_view *view, stk_finance_component component, int year,
                           stk_finance_amount *amount);

/** First and last year in which it is known; false for none. */
bool stk_finance_span(const stk_finance_view *view, stk_finance_component component, int *first,
                      int *last);

/** Whether a goal is met by an amount. */
typedef enum stk_finance_met {
    STK_FINANCE_NOT_KNOWN,
    STK_FINANCE_NOT_MET,
    STK_FINANCE_MET_BY_HIGH_END, /**< by one end of the range only */
    STK_FINANCE_IS_MET
} stk_finance_met;

/** "not_known", "no", "depends", "yes". */
const char *stk_finance_met_name(stk_finance_met met);

/** @param amount  NULL: not known */
stk_finance_met stk_finance_is_met(const stk_finance_goal *goal, const stk_finance_amount *amount);

/** Delivered less goal, NaN where an end is not known. */
double stk_finance_gap_usd_bn(const stk_finance_goal *goal, const stk_finance_figure *figure);

/** What became of a goal by what is known. */
typedef struct stk_finance_outcome {
    int met_year;            /**< the first year whose amount reaches it; 0: none that is known */
    int years_late;          /**< against the due year, negative: early; 0 without `met_year` */
    int missed_year;         /**< the first year after that and of the goal in which it is missed */
    stk_finance_amount met;  /**< of `met_year` */
    stk_finance_amount last; /**< the last one known, not after the goal's last year; year 0: none
                              */
    double growth; /**< a year, from `last` to the goal in its due year, where that lies ahead of
                        the date; NaN where it does not, or nothing is missing */
} stk_finance_outcome;

stk_finance_outcome stk_finance_goal_outcome(const stk_finance_view *view,
                                             const stk_finance_goal *goal);

/** The yearly growth that leads from one amount to another; 0.076 is 7.6 %. NaN without years. */
double stk_finance_growth(double from_usd_bn, double to_usd_bn, int years);

/** Which rows marked C stay out of an answer. */
typedef struct stk_finance_scope {
    bool goals;
    bool figures;
    int component; /**< of figures; -1: all */
    int year;      /**< of figures and findings; 0: all */
    bool contributors;
    stk_area area;  /**< of findings and pledges; -1: all */
    stk_date since; /**< only rows after it */
} stk_finance_scope;

/** How many they are; 0 where they count.
 * @param years  receives the years of the figures among them, as "2013, 2014, 2017"; may be NULL */
size_t stk_finance_left_out(const stk_finance_view *view, const stk_finance_scope *scope,
                            char *years, size_t size);

/* ---- shares ---- */

typedef enum stk_finance_indicator {
    STK_FINANCE_GDP, /**< at market rates */
    STK_FINANCE_POPULATION,
    STK_FINANCE_FOSSIL_CO2,        /**< since a year, as its source records it */
    STK_FINANCE_CO2_WITH_LAND_USE, /**< since a year */
    STK_FINANCE_INDICATORS
} stk_finance_indicator;

/** "fossil_co2". */
const char *stk_finance_indicator_name(stk_finance_indicator indicator);

typedef struct stk_finance_weights {
    double weight[STK_FINANCE_INDICATORS]; /**< add up to 1 */
    int from;                              /**< first year of emissions */
} stk_finance_weights;

enum { STK_FINANCE_FROM = 1990, STK_FINANCE_FROM_FIRST = 1850 };

/** Read "gdp=1,population=1,fossil_co2=1", which is what NULL stands for.
 * @return STK_EARG for an unknown indicator, a weight below 0, and weights that are all 0 */
stk_status stk_finance_weights_read(const char *text, int from, stk_finance_weights *weights,
                                    stk_error *error);

/** A contributor's part of what all give together. */
typedef struct stk_finance_share {
    stk_area area;
    double part[STK_FINANCE_INDICATORS]; /**< of each indicator, NaN where it is not known */
    double share;                        /**< by the weights */
    double gdp_usd;
    double population;
} stk_finance_share;

enum { STK_FINANCE_MEMBERS_MAX = 64 };

/** The years in which every indicator that has a weight is known for all contributors.
 * @return false for none */
bool stk_finance_share_years(const stk_finance_view *view, const stk_finance_weights *weights,
                             int *first, int *last);

/** The shares of all contributors of a year: members of Annex II on its last day, by code.
 * @param shares  STK_FINANCE_MEMBERS_MAX of them
 * @return STK_ENOTFOUND for a year without data, with the first and the last that has */
stk_status stk_finance_shares(const stk_finance_view *view, const stk_finance_weights *weights,
                              int year, stk_finance_share *shares, size_t *count, stk_error *error);

/** Whether an area is a contributor in a year. */
bool stk_finance_is_member(const stk_finance_view *view, stk_area area, int year);

/** What is shared out: the goal, or with `public_only` the goal less the private money and the
 * export credits of the year; NaN where those are not known. */
double stk_finance_basis_usd_bn(const stk_finance_view *view, const stk_finance_goal *goal,
                                int year, bool public_only);

/** What one source says of one contributor in one year, by quantity; NULL: nothing. */
typedef struct stk_finance_said {
    int year;
    const char *source;
    const stk_finance_finding *of[STK_FINANCE_QUANTITIES];
} stk_finance_said;

/** All that is known of a contributor, by year and source.
 * @param year    0: every year
 * @param source  NULL: every source
 * @param list    to be freed with free() */
stk_status stk_finance_said_of(const stk_finance_view *view, stk_area area, int year,
                               const char *source, stk_finance_said **list, size_t *count,
                               stk_error *error);

/** A contributor against its share, by one source or none. */
typedef struct stk_finance_account {
    double due_usd_bn;
    double provided_usd_bn; /**< NaN where the source says nothing in dollars */
    double percent;         /**< of what is due */
    double surplus_usd_bn;
    double source_due_usd_bn; /**< by the source's own reckoning */
    double source_percent;    /**< as it says, or from its own provided and due */
    double source_surplus_usd_bn;
} stk_finance_account;

/** @param said  may be NULL */
stk_finance_account stk_finance_account_of(double due_usd_bn, const stk_finance_said *said);

/* ---- what was learned between two dates ---- */

/** One row that came: exactly one of the pointers is set. */
typedef struct stk_finance_news {
    stk_date date;
    const stk_finance_goal *goal;
    const stk_finance_figure *figure;
    const stk_finance_figure *before; /**< that `figure` replaced, or NULL */
    const stk_finance_finding *finding;
    const stk_finance_pledge *pledge;
} stk_finance_news;

/** Everything after `since` that counts in the view, by date.
 * @param components  parts of what was delivered too, not only what is held against goals
 * @param area        of findings and pledges, -1: of all; with an area no goals and figures
 * @param list        to be freed with free() */
stk_status stk_finance_learned(const stk_finance_view *view, stk_date since, bool components,
                               stk_area area, stk_finance_news **list, size_t *count,
                               stk_error *error);

#ifdef __cplusplus
}
#endif
#endif
