/** @file pledge.h
 * @brief Pledge documents and their targets: read, validate, choose by date, quantify.
 *
 * A Party submits documents over time; a document holds targets. The edition keeps one YAML file
 * for each Party; a packed edition keeps the same rows as one table. Kinds and rules:
 * docs/methods.md.
 */
#ifndef STOCKTAKE_PLEDGE_H
#define STOCKTAKE_PLEDGE_H

#include <stocktake/inventory.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum stk_document_status {
    STK_DOCUMENT_SUBMITTED,
    STK_DOCUMENT_INDC,
    STK_DOCUMENT_ANNOUNCED,
    STK_DOCUMENT_DRAFT
} stk_document_status;

typedef enum stk_target_kind {
    STK_TARGET_BASE_YEAR,
    STK_TARGET_BASELINE,
    STK_TARGET_INTENSITY,
    STK_TARGET_ABSOLUTE,
    STK_TARGET_PEAK,
    STK_TARGET_BUDGET,
    STK_TARGET_NONE,
    STK_TARGET_UNKNOWN
} stk_target_kind;

typedef enum stk_target_lulucf {
    STK_TARGET_LULUCF_UNKNOWN,
    STK_TARGET_LULUCF_INCLUDED,
    STK_TARGET_LULUCF_EXCLUDED,
    STK_TARGET_LULUCF_SEPARATE,
    STK_TARGET_LULUCF_GROSS_NET,
    STK_TARGET_LULUCF_LISTED /**< among the sectors, not confirmed that the number counts it */
} stk_target_lulucf;

/** How binding a net-zero year is, weakest first. */
typedef enum stk_net_zero {
    STK_NET_ZERO_NONE,
    STK_NET_ZERO_PROPOSED,
    STK_NET_ZERO_PLEDGE,
    STK_NET_ZERO_POLICY,
    STK_NET_ZERO_LAW
} stk_net_zero;

typedef enum stk_condition { STK_UNCONDITIONAL, STK_CONDITIONAL, STK_CONDITIONS } stk_condition;
typedef enum stk_ambition { STK_LOW, STK_HIGH, STK_AMBITIONS } stk_ambition;

/** A loop over both conditions, and in each over both ambitions; `break` leaves the inner one. */
/* NOLINTBEGIN(bugprone-macro-parentheses): the arguments are names that it declares */
#define STK_EACH_CASE(c, k)                                                                        \
    for (int c = 0; c < STK_CONDITIONS; c++)                                                       \
        for (int k = 0; k < STK_AMBITIONS; k++)
/* NOLINTEND(bugprone-macro-parentheses) */

const char *stk_document_status_name(stk_document_status status);
const char *stk_target_kind_name(stk_target_kind kind);
const char *stk_condition_name(stk_condition condition);
const char *stk_ambition_name(stk_ambition ambition);

/** Sectors that a target covers, as bits. Transport is part of energy. */
enum {
    STK_SECTOR_ENERGY = 1,
    STK_SECTOR_INDUSTRY = 2,
    STK_SECTOR_AGRICULTURE = 4,
    STK_SECTOR_WASTE = 8,
    STK_SECTOR_ALL = 15,
    STK_SECTOR_LULUCF = 16
};

/** What is refused beyond: years that the documents of one Party have targets for, and rows that
 * one document has for one year. */
enum { STK_TARGET_YEARS_MAX = 16, STK_TARGET_ROWS_MAX = 16 };

/** One target of one document. Text belongs to the pledges. Numbers that are absent are NaN. */
typedef struct stk_target {
    const char *iso3;
    const char *party;
    stk_date submitted;
    stk_document_status status;
    const char *version;
    stk_date supersedes;
    int year; /**< 0: the document states none */
    stk_target_kind kind;
    bool per_gdp;
    bool per_capita;
    unsigned gases;   /**< bit (1u << stk_gas_group) for each group covered */
    unsigned sectors; /**< of STK_SECTOR_..., covered */
    bool sector_only; /**< the target speaks of single sectors (`ghg@energy`) */
    int sum_from;     /**< the numbers are sums over these years; 0 if they are of one year */
    int sum_to;
    int reference_year;      /**< 0: none */
    double reduction_pct[2]; /**< by ambition: low, high */
    double level_mt[2];      /**< stated level by ambition: the low ambition is the higher level */
    bool level_derived;      /**< computed from stated numbers when the data was compiled */
    double cut_mt;           /**< a cut in Mt below the baseline, reference or peak */
    double stated_baseline_mt; /**< level of the baseline, or of the reference year */
    bool levels_are_sums;      /**< the data marks the stated levels as sums over years */
    bool has_condition[2];     /**< unconditional, conditional */
    stk_target_lulucf lulucf;
    const char *gwp; /**< "SAR", "AR4", ..., or "" */
    int net_zero_year;
    stk_net_zero net_zero;
    const char *joint_party; /**< "EUU", or "" */
    const char *source_url;
    const char *source_dataset;
    const char *passage;    /**< where in its text the document states the number, or "" */
    const char *confidence; /**< A, A*, B, S, C, R */
    const char *notes;      /**< for people; no rule reads them */
    const char *file;       /**< where the row was read */
    long line;
    bool what_if; /**< supposed by stk_pledges_suppose(): in the composite inventory's terms */
} stk_target;

/** The standing of the document that a row is of: as stk_document_status_name() has it, "supposed"
 * for a supposition. */
const char *stk_target_status_name(const stk_target *target);

enum { STK_STATED_SIZE = 96 };

/** What a target states, in words: "45 % below 2005", "45 % per GDP below 2005", "20 % below its
 * baseline", "271 Mt"; "" where it states no number. */
void stk_target_stated(const stk_target *target, char out[STK_STATED_SIZE]);

/** What happened to a Party on a day, as far as it changes which targets hold. */
typedef enum stk_event_effect {
    STK_EVENT_NOTE,
    STK_EVENT_WITHDRAWS,
    STK_EVENT_REJOINS,
    STK_EVENT_LEAVES_JOINT
} stk_event_effect;

typedef struct stk_party_event {
    const char *iso3;
    stk_date date; /**< 0: not known */
    stk_event_effect effect;
    const char *text;
} stk_party_event;

/** What a net-zero aim speaks of. It is shown, and changes no pathway: docs/methods.md. */
typedef enum stk_net_zero_scope {
    STK_NET_ZERO_SCOPE_UNKNOWN,
    STK_NET_ZERO_SCOPE_GHG,
    STK_NET_ZERO_SCOPE_CO2
} stk_net_zero_scope;

const char *stk_net_zero_name(stk_net_zero standing); /**< "withdrawn" for STK_NET_ZERO_NONE */
const char *stk_net_zero_scope_name(stk_net_zero_scope scope);

/** One event in the history of a Party's net-zero aim. Text belongs to the pledges. */
typedef struct stk_net_zero_event {
    const char *iso3;
    stk_date date;         /**< when the aim took this standing */
    int year;              /**< target year; 0 for a withdrawal */
    stk_net_zero standing; /**< STK_NET_ZERO_NONE: all that came before is withdrawn */
    stk_net_zero_scope scope;
    const char *document;
    const char *source_url; /**< "" where none is known */
    const char *source_dataset;
    const char *confidence; /**< A, A*, B, S, C, R */
    const char *notes;
    const char *file; /**< where the row was read */
    long line;
    bool what_if; /**< supposed by stk_pledges_suppose() */
} stk_net_zero_event;

/** The net-zero aim of a Party on a date. */
typedef struct stk_net_zero_aim {
    int year;
    stk_net_zero standing;
    const stk_net_zero_event *event; /**< what it follows from; NULL: a pledge document, which gives
                                          the aim as it stood when the data was compiled */
} stk_net_zero_aim;

typedef struct stk_pledges stk_pledges;

/** Read every pledge of the edition. On refusal nothing is loaded.
 * @param inventory  knows the areas that may have pledges; NULL leaves that unchecked
 * @param problems   receives every refused row; may be NULL */
stk_status stk_pledges_load(stk_edition *edition, const stk_inventory *inventory,
                            stk_pledges **pledges, stk_problems *problems, stk_error *error);

/** Read the pledges of one file, YAML if its name ends so, else CSV. */
stk_status stk_pledges_read(const char *name, stk_text content, const stk_inventory *inventory,
                            stk_pledges **pledges, stk_problems *problems, stk_error *error);

/** Read the net-zero events of one file; they replace those that the pledges had. On refusal
 * nothing changes. stk_pledges_load() does so with `pledges/net_zero.csv` where it is there.
 * @param inventory  knows the areas that may have events; NULL leaves that unchecked
 * @param problems   receives every refused row; may be NULL */
stk_status stk_pledges_read_net_zero(stk_pledges *pledges, const char *name, stk_text content,
                                     const stk_inventory *inventory, stk_problems *problems,
                                     stk_error *error);

void stk_pledges_free(stk_pledges *pledges);

/** Read documents of one Party given as YAML: a file as in `pledges/`, or one document of it, a
 * mapping with `submission_date`, `status` and `targets`.
 * @param name   what messages call the text
 * @param iso3   whose documents they are; those of another Party are refused
 * @param party  its name, for a single document */
stk_status stk_pledges_read_documents(const char *name, stk_text yaml, const char *iso3,
                                      const char *party, const stk_inventory *inventory,
                                      stk_pledges **pledges, stk_problems *problems,
                                      stk_error *error);

/** @name Laying over
 * @{ */

/** Pledges with others laid over them. A document that is laid over replaces those of the base with
 * the same Party, date and status, and an event those with the same Party, date and standing; all
 * others add. Of one day, what is laid over holds. What is supposed replaces only what was supposed
 * before, for the same Party and year. It costs what the Parties laid over cost: the others are the
 * base's own, also by address.
 * @param base      stays as it is; must outlive the result
 * @param over      belongs to the result, and is freed on refusal
 * @return STK_EDATA for more targets of a Party than there is room for, with their place */
stk_status stk_pledges_overlay(const stk_pledges *base, stk_pledges *over, stk_pledges **pledges,
                               stk_error *error);

/** What an overlay was laid over its base; NULL for pledges that were read. */
const stk_pledges *stk_pledges_over(const stk_pledges *pledges);

/** What everything is laid over: the pledges that were read first. */
const stk_pledges *stk_pledges_base(const stk_pledges *pledges);

/** A target or a net-zero aim that somebody supposes, in the composite inventory's terms. */
typedef struct stk_supposition {
    const char *iso3;
    const char *party; /**< its name */
    const char *title; /**< of the document, "what if: IND 2035=3000Mt" */
    stk_date date;     /**< of the document */
    int year;          /**< of the target; 0: this is a net-zero aim */
    stk_target_kind kind;
    bool per_gdp;
    int reference_year;                             /**< 0: none */
    double reduction_pct;                           /**< NaN: `level_mt` counts */
    double level_mt[STK_CONDITIONS][STK_AMBITIONS]; /**< without LULUCF; the low ambition is the
                                                         higher level */
    const char *gwp;                                /**< "AR6", the set of `level_mt` */
    int net_zero_year; /**< law from `date` on; 0: all aims before are withdrawn */
} stk_supposition;

/** Documents, status `submitted`, and events of what is supposed, to be laid over others. */
stk_status stk_pledges_suppose(const stk_supposition *list, size_t count, stk_pledges **pledges,
                               stk_error *error);

/** @} */

/** How many Parties have documents, and how many targets all of them have. */
size_t stk_pledges_party_count(const stk_pledges *pledges);
size_t stk_pledges_target_count(const stk_pledges *pledges);

/** The targets of the i-th Party by code: by date of the document, then in the order of the
 * document; NULL and 0 beyond the last Party. */
const stk_target *stk_pledges_party(const stk_pledges *pledges, size_t i, size_t *count);

/** The same by the Party's code; NULL and 0 if it has none. */
const stk_target *stk_pledges_of(const stk_pledges *pledges, const char *iso3, size_t *count);

const stk_party_event *stk_pledges_events(const stk_pledges *pledges, size_t *count);

/** All net-zero events, by Party, then by date. */
const stk_net_zero_event *stk_pledges_net_zero_events(const stk_pledges *pledges, size_t *count);

/** The net-zero events of one Party, a run of stk_pledges_net_zero_events(); NULL and 0 if none. */
const stk_net_zero_event *stk_pledges_net_zero_of(const stk_pledges *pledges, const char *iso3,
                                                  size_t *count);

/** The newest day of a document, of whatever status, or of an event: what came later is not in the
 * pledges. What is supposed does not count. 0 where there are none. */
stk_date stk_pledges_known_until(const stk_pledges *pledges);

/** The oldest day of a document: nothing was pledged before. 0 where there are none. */
stk_date stk_pledges_known_from(const stk_pledges *pledges);

/** The rows as the table `pledges.csv`. */
stk_status stk_pledges_write_csv(const stk_pledges *pledges, stk_text *csv, stk_error *error);

/** The rows of the Parties that have anything laid over them, with those below: laid over the base
 * they give these pledges again. Only of what was read: rows of suppositions are left to words. */
stk_status stk_pledges_write_laid(const stk_pledges *pledges, stk_text *csv, stk_error *error);

/** The rows of one Party as YAML, newest document first; `csv` and `yaml` are freed with free(). */
stk_status stk_pledges_write_yaml(const stk_pledges *pledges, const char *iso3, stk_text *yaml,
                                  stk_error *error);

/** Which documents count. */
typedef struct stk_as_of {
    stk_date date;
    bool include_announced; /**< announced and draft documents too */
    bool ignore_withdrawal;
} stk_as_of;

/** Whether the Party is outside the Agreement on the date, so that its targets are suspended. */
bool stk_pledges_suspended(const stk_pledges *pledges, const char *iso3, stk_as_of as_of);

/** Whether the joint EU document speaks for the Party on the date; the United Kingdom was covered
 * until its own document. Members of the EU of 27 always are. */
bool stk_pledges_in_joint(const stk_pledges *pledges, const char *iso3, bool eu_member,
                          stk_as_of as_of);

/** The newest document that counts on the date and states a target for `year`.
 * @param first, count  its targets for that year, a run of stk_pledges_of()
 * @return false if there is none */
bool stk_pledges_choose(const stk_pledges *pledges, const char *iso3, int year, stk_as_of as_of,
                        const stk_target **first, size_t *count);

/** The same by documents alone: nothing that is supposed counts. */
bool stk_pledges_choose_own(const stk_pledges *pledges, const char *iso3, int year, stk_as_of as_of,
                            const stk_target **first, size_t *count);

/** The net-zero aim that holds on the date: that of the newest event whose standing is at least
 * `at_least`, unless a withdrawal came after it. A Party without any event has the aim of the
 * newest document that counts. Announcing a target and aiming at net zero are two things: events do
 * not depend on `as_of.include_announced`, only on their standing.
 * @return false if there is none */
bool stk_pledges_net_zero_aim(const stk_pledges *pledges, const char *iso3, stk_as_of as_of,
                              stk_net_zero at_least, stk_net_zero_aim *aim);

/** The year of stk_pledges_net_zero_aim(); 0 if none. */
int stk_pledges_net_zero(const stk_pledges *pledges, const char *iso3, stk_as_of as_of,
                         stk_net_zero at_least);

typedef enum stk_sinks { STK_SINKS_NET, STK_SINKS_UNSCALED } stk_sinks;

typedef enum stk_lulucf_source {
    STK_LULUCF_SOURCE_FIRST,
    STK_LULUCF_SOURCE_HOLD,
    STK_LULUCF_SOURCE_PROPORTIONAL
} stk_lulucf_source;

#ifdef __cplusplus
}
#endif
#endif
