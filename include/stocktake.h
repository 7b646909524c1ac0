/** @file stocktake.h
 * @brief The face of the library: one session in which pledges are asked about, changed and run
 * through the climate ensemble.
 *
 * A session holds an edition of the data, options by the names that the command has, and what is
 * supposed instead of what was pledged. Only C strings, numbers, flat arrays and opaque pointers
 * cross this border. Zero, NULL and "not set" mean the defaults of the command.
 *
 * - A function that returns `int` returns ::STK_DONE or another ::stk_result; the message of the
 *   last refusal is stk_session_message(). Whatever is refused leaves the session as it was.
 * - Pointers that a session hands out belong to it and hold until the next call that the function's
 *   description names.
 * - A session is used by one thread at a time; several sessions side by side are independent.
 *
 * @code
 * stk_session *s;
 * const char *text;
 * size_t size;
 * stk_session_open(NULL, &s);
 * stk_session_set(s, "as-of", "2025-11-15");
 * stk_session_target(s, "India", "2035=-60%@2005");
 * if (stk_session_ask(s, "assess", "text", &text, &size) == STK_DONE) {
 *     fwrite(text, 1, size, stdout);
 * }
 * stk_session_close(s);
 * @endcode
 */
#ifndef STOCKTAKE_H
#define STOCKTAKE_H

#include <stddef.h>

#include <stocktake/version.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct stk_session stk_session;

/** What a call returns; the numbers do not change. */
typedef enum stk_result {
    STK_DONE = 0,
    STK_REFUSED_ARGUMENT = 1, /**< a name, a number or a pointer that cannot be */
    STK_REFUSED_DATA = 2,     /**< a file, or a value in it */
    STK_REFUSED_UNKNOWN = 3,  /**< no such area, option, benchmark, array */
    STK_REFUSED_MEMORY = 4,
    STK_CANCELLED = 5 /**< by the caller's own progress() */
} stk_result;

/** @name A session
 * @{ */

/** Open an edition.
 * @param edition  NULL: the one in the library; a folder laid out as the project's `data/`; a
 *                 packed file
 * @param session  receives a session even where the edition is refused, which then only has a
 *                 message; NULL without memory. Close it in every case. */
STK_API int stk_session_open(const char *edition, stk_session **session);

/** The same for a packed edition in memory, which must outlive the session. */
STK_API int stk_session_open_packed(const void *bytes, size_t size, stk_session **session);

/** NULL is fine. */
STK_API void stk_session_close(stk_session *session);

/** The checksum of the edition's data, 64 digits, as every answer has it; NULL where it is refused.
 * Holds as long as the session. */
STK_API const char *stk_session_edition(stk_session *session);

/** The newest day of a document, of the edition or laid over it: "2026-08-20"; what came later is
 * not in answers. "" where there is none, NULL where the edition is refused. Until the next call.
 */
STK_API const char *stk_session_known_until(stk_session *session);

/** Why the last call was refused, "file:line:column: what is wrong and what is allowed"; "" after
 * one that was not. Holds until the next call. */
STK_API const char *stk_session_message(const stk_session *session);

/** What was refused, finer than ::stk_result; the numbers do not change. */
typedef enum stk_refusal {
    STK_REFUSAL_NONE = 0,
    STK_REFUSAL_ARGUMENT = 1,
    STK_REFUSAL_MEMORY = 2,
    STK_REFUSAL_FILE = 3,   /**< a file that cannot be read or written */
    STK_REFUSAL_FORMAT = 4, /**< a file that is malformed */
    STK_REFUSAL_DATA = 5,   /**< a value of a file or a row */
    STK_REFUSAL_UNKNOWN = 6,
    STK_REFUSAL_UNIT = 7,  /**< units that cannot be converted */
    STK_REFUSAL_DOMAIN = 8 /**< a computation that left its valid range */
} stk_refusal;

/** The last refusal in its parts, for exceptions and conditions; they hold until the next call.
 * @param reason        receives the message without its place; may be NULL, as the others
 * @param file          receives "" where no file was refused
 * @param line, column  receive numbers from 1, or 0 where there is none
 * @return a ::stk_refusal */
STK_API int stk_session_refusal(const stk_session *session, const char **reason, const char **file,
                                long *line, long *column);

/** A file of the edition as it is, "sources.csv", until the session is closed. */
STK_API int stk_session_read(stk_session *session, const char *path, const char **bytes,
                             size_t *size);

/** @}
 * @name Options
 * The command's own, by the same names.
 * @{ */

/** Set an option; "" turns a switch on.
 * @param value  NULL: the default. Dates are "2021-04-22" or the name of a conference, "COP30" */
STK_API int stk_session_set(stk_session *session, const char *option, const char *value);

/** The value of an option as it was set, NULL where it is the default. "pledges" is the file whose
 * documents were laid over last. */
STK_API const char *stk_session_get(const stk_session *session, const char *option);

/** How many options there are over all questions. */
STK_API int stk_option_count(void);

/** Facts of option `i`, NULL outside the list. */
STK_API const char *stk_option_name(int i);
STK_API const char *stk_option_kind(int i);    /**< "switch", "date", "choice", "number", "text" */
STK_API const char *stk_option_choices(int i); /**< "a|b|c", or "" */
STK_API const char *stk_option_default(int i); /**< in words where it is no value, or "" */
STK_API const char *stk_option_help(int i);

/** Whether a question ("gap", "country") takes option `i`: 1 or 0; 0 outside the lists. */
STK_API int stk_option_applies(int i, const char *question);

/** Conference `i` of the Parties, "COP21" first, whose name options that take a date take too: it
 * means the day on which it closed. NULL after the last. */
STK_API const char *stk_conference_name(int i);
STK_API const char *stk_conference_place(int i);     /**< "Paris" */
STK_API const char *stk_conference_first_day(int i); /**< "2015-11-30" */
STK_API const char *stk_conference_closing_day(int i);

/** @}
 * @name What if
 * Laid over the documents until it is taken back. Every answer says so.
 * @{ */

/** Lay documents of one Party over the edition's: YAML as in the edition's `pledges/`.
 * @param iso3  "BRA" */
STK_API int stk_session_pledge(stk_session *session, const char *iso3, const char *yaml);

/** Lay the documents of a file over the edition's: YAML of one Party, or the table. */
STK_API int stk_session_pledges_read(stk_session *session, const char *path);

/** Suppose a target.
 * @param area    a Party or a group, as people type it
 * @param target  "2035=3500Mt", "2035=-60%@2005", "2035=-45%/GDP@2005", "2035=-20%/BAU",
 * "2035=-10%" (below what is pledged) */
STK_API int stk_session_target(stk_session *session, const char *area, const char *target);

/** Suppose a net-zero year in law; 0: none. */
STK_API int stk_session_net_zero(stk_session *session, const char *area, int year);

/** What `--what-if` of the command takes: "IND 2035=3000Mt", "IND net-zero=2060". */
STK_API int stk_session_what_if(stk_session *session, const char *words);

/** Take back what was supposed for an area, and what stk_session_pledge() laid over for a Party.
 * Documents of a file are taken back with everything.
 * @param area  a Party or a group, as it was supposed for; NULL: everything */
STK_API int stk_session_reset(stk_session *session, const char *area);

/** @}
 * @name Live numbers
 * Arrays of doubles, row-major; NaN is "none".
 * @{ */

enum {
    STK_UPDATE_LEVELS = 1,  /**< world, pathways, targets, benchmark, gap */
    STK_UPDATE_WARMING = 2, /**< the ensemble on the case of pledges and targets */
    STK_UPDATE_CASES = 4    /**< and on the other cases */
};

/** Recompute what changed since the last update.
 * @param parts  which arrays are wanted: a sum of the above */
STK_API int stk_session_update(stk_session *session, unsigned parts);

/* clang-format off: a table */
/** An array of the last update:
 *
 * | name | axes | unit |
 * |---|---|---|
 * | `world` | condition, ambition, land use, year | Gt CO2e |
 * | `baseline` | party, year | Mt CO2e without land use |
 * | `path` | party, case (condition x ambition), year | Mt CO2e without land use |
 * | `land` | party, case, year | Mt CO2 |
 * | `target` | party, case | Mt CO2e in the year of the question |
 * | `gap` | hot air (kept, capped), condition, ambition, (world, gap) | Gt CO2e, as the benchmark |
 * | `benchmark` | year, (p5, median, p95) | Gt CO2e |
 * | `years` | (asked, usual by the date, first and last that a what-if may name) | years |
 * | `warming` | case of warming, percentile, year | K above 1850-1900 |
 * | `exceed` | case of warming, threshold, year | share of members |
 * | `peak` | case of warming, percentile | K |
 * | `ever` | case of warming, threshold | share of members above it in any year |
 * | `observed` | year from 1850 | K, as measured |
 * | `members` | member, year | K, in the case of pledges and targets |
 *
 * @param shape  receives four lengths, 1 beyond the rank; may be NULL
 * @param rank   receives how many axes; may be NULL
 * @return the first value, until the next update; NULL for an unknown name or an array that was not
 * asked for */
STK_API const double *stk_session_array(const stk_session *session, const char *name,
                                        size_t shape[4], int *rank);
/* clang-format on */

/** The label of place `i` on an axis: "unconditional", "2035", "USA", "p50", "2 K"; NULL where
 * there is none. Until the next call. */
STK_API const char *stk_session_axis(stk_session *session, const char *array, int axis, size_t i);

/** @}
 * @name Scenarios in memory
 * @{ */

/** Add a row of a scenario: annual or with gaps, which are linear.
 * @param variable  as in IAMC files, "Emissions|CO2|Energy and Industrial Processes"
 * @param years     `n` of them, rising, from 1750 to 2500
 * @param values    finite ones
 * A row that is there already is refused. */
STK_API int stk_session_rows(stk_session *session, const char *model, const char *scenario,
                             const char *variable, const char *unit, const int *years,
                             const double *values, size_t n);

/** Count a row of another region than World: no run takes it, and what is left out tells of it, and
 * of a scenario that has no other rows. */
STK_API int stk_session_row_elsewhere(stk_session *session, const char *model, const char *scenario,
                                      const char *region);

/** Add all rows of an IAMC file, packed or not. */
STK_API int stk_session_rows_read(stk_session *session, const char *path);

/** Forget all rows. */
STK_API int stk_session_rows_clear(stk_session *session);

/** Run the ensemble on the scenarios; the result is the session's table, for
 * stk_session_column().
 * @param what      "climate": emissions as they are, with the edition's history before them; a row
 * a scenario and year with percentiles of warming above 1850-1900 and shares of members above
 * thresholds. "climate fill": species that a scenario lacks come from the nearest one of the
 * edition's library. "check", "harmonise", "infill": a stage of the workflow of the AR6; a row for
 * what it leaves out or warns of. "assess": all of them and the ensemble; a row a scenario with its
 * category. Options of the command may follow these: "assess --method ar6-2015 --strict", also
 * --history, --library, --preindustrial FILE, --labels
 * @param progress  told the share that is done, 0 to 1; a return that is not zero cancels the run.
 *                  May be NULL
 * @param rows, columns  receive the size of the table; may be NULL. A scenario that is refused has
 *                       a row with its reason */
STK_API int stk_session_run(stk_session *session, const char *what,
                            int (*progress)(void *user, double share), void *user, int *rows,
                            int *columns);

/** A result of the last run, until the next: the file of the command.
 * @param name  "left_out", what the command says on the standard error, with the kinds "left out",
 * "warning" and "infilled", also of "climate" and stk_session_emissions(); of a stage and "assess"
 * "emissions"; of "assess" also "climate", "meta"; of stk_session_postprocess() these two alone
 * @param bytes receives CSV, terminated */
STK_API int stk_session_result(stk_session *session, const char *name, const char **bytes,
                               size_t *size);

/** The category of warming in kelvin above 1850-1900.
 * @param method   a shipped one, or a file; NULL: the default
 * @param warming  of the peak 33rd, 50th and 67th percentile, of 2100 50th and 67th, of 2090 50th,
 * greenhouse gases of 2100; NaN for the last three where there are none
 * @param name, label  receive "C1", and what the published tool writes, "C1a", until the next; may
 * be NULL */
STK_API int stk_session_category(stk_session *session, const char *method, const double warming[7],
                                 const char **name, const char **label);

/** From temperatures of an ensemble's members to percentiles of warming, shares of members above
 * thresholds and the numbers of a category: stk_session_result() has "climate" and "meta" then, the
 * files of the command's `scenario postprocess`.
 * @param method  as for stk_session_category()
 * @param models, scenarios  `scenario_count` names each
 * @param values  [scenario][member][year], annual means in kelvin above anything; a member whose
 * first value is NaN is not there */
STK_API int stk_session_postprocess(stk_session *session, const char *method, size_t scenario_count,
                                    const char *const *models, const char *const *scenarios,
                                    int first_year, size_t year_count, size_t member_count,
                                    const double *values);

/** Many scenarios as one array. Set `size` and what is used, leave the rest zero; new members come
 * at the end. */
typedef struct stk_climate_call {
    size_t size;       /**< sizeof(stk_climate_call) */
    int first_year;    /**< of the emissions; the edition's history lies before */
    size_t year_count; /**< to 2500 at most */
    size_t scenario_count;
    const double *emissions;   /**< [scenario][species][year], units of stk_session_species() */
    ptrdiff_t scenario_stride; /**< in doubles; all three zero: dense */
    ptrdiff_t species_stride;
    ptrdiff_t year_stride;
    const double *percentiles; /**< 0 to 100; NULL: 5, 17, 33, 50, 67, 83, 95 */
    size_t percentile_count;
    const double *thresholds_k; /**< NULL: 1.5, 2, 2.5, 3 */
    size_t threshold_count;
    int threads;         /**< 0: as many as processors */
    int *results;        /**< [scenario] a ::stk_result each; may be NULL */
    double *temperature; /**< [scenario][percentile][year], K above 1850-1900; may be NULL */
    double *peak;        /**< [scenario][percentile] of members' warmest years; may be NULL */
    double *exceed;      /**< [scenario][threshold] share of members ever above; may be NULL */
    const long *members; /**< numbers of stk_session_member(); NULL: all */
    size_t member_count;
    const char *const *variables; /**< keys of stk_climate_output(); NULL: temperature */
    size_t variable_count;
    int reference_first; /**< years that temperature is above; both 0: 1850 to 1900, -1: none */
    int reference_last;
    double *percentile_values; /**< [scenario][variable][percentile][year]; may be NULL */
    double *member_values; /**< [scenario][variable][member][bound] of the year_count + 1 first of
                              January, NaN for a member that left the valid range; may be NULL */
    void (*refused)(void *user, size_t scenario, const char *reason); /**< may be NULL */
    int (*progress)(void *user, double share); /**< as for stk_session_run(); may be NULL */
    void *user;
} stk_climate_call;

/** Run the ensemble on arrays. A row whose first value is NaN is not given; a scenario that lacks a
 * species is refused, and its outputs are NaN, but the others go on.
 * @return ::STK_REFUSED_DATA where any was refused; the message names the first */
STK_API int stk_session_climate(stk_session *session, const stk_climate_call *call);

/** Species `i` of stk_session_climate() and the unit of its emissions; NULL after the last.
 * @param unit  receives "" where the species takes no emissions; may be NULL */
STK_API const char *stk_session_species(stk_session *session, size_t i, const char **unit);

/** Number of member `i` of the ensemble; -1 after the last. */
STK_API long stk_session_member(stk_session *session, size_t i);

/** Key of output variable `i`, "erf-aerosols"; NULL after the last.
 * @param name, unit  receive what IAMC files call it; may be NULL */
STK_API const char *stk_climate_output(int i, const char **name, const char **unit);

/** Rows in memory as the array that stk_session_climate() takes, in its units: linear between the
 * years that are given, the edition's history before them, rows of NaN for what is not given.
 * @param fill       take the species that a scenario lacks from the nearest one of the library
 * @param emissions  receives [scenario][species][year]; NULL asks only for the scenarios
 * @param scenarios  receives their number, which the array must have room for
 * @return what the first scenario that is refused has; its rows are NaN then, and
 * the others there */
STK_API int stk_session_emissions(stk_session *session, int fill, int first_year, size_t year_count,
                                  double *emissions, size_t *scenarios);

/** Model and name of scenario `i` of the last stk_session_emissions(); NULL after the last. */
STK_API const char *stk_session_scenario(const stk_session *session, size_t i, const char **model);

/** @}
 * @name Results
 * @{ */

/** Ask a question and take the answer as bytes: whatever the command prints or writes.
 * @param question  "assess", "country BRA", "chart gap"; options may follow for this once,
 *                  "assess --year 2035"; words with spaces in quotes
 * @param format    "text", "csv", "json", "iamc", "netcdf", "svg", "png", "html", as the question
 *                  has them; NULL: its own default
 * @param bytes     receives the answer, terminated, until the next ask or table */
STK_API int stk_session_ask(stk_session *session, const char *question, const char *format,
                            const char **bytes, size_t *size);

/** Be told how far stk_session_ask() and stk_session_table() are where they run the ensemble many
 * times, as for a timeline.
 * @param progress  as for stk_session_run(); it holds until the next. NULL: nobody is told */
STK_API int stk_session_progress(stk_session *session, int (*progress)(void *user, double share),
                                 void *user);

/** What the command would say besides the last answer, a line each; "" for nothing. */
STK_API const char *stk_session_remarks(const stk_session *session);

/** Ask a question and take the answer as columns. */
STK_API int stk_session_table(stk_session *session, const char *question, int *rows, int *columns);

enum { STK_COLUMN_NUMBERS = 0, STK_COLUMN_TEXTS = 1 };

/** A column of the last table, until the next ask or table.
 * @param name, unit  receive texts; the unit is "" where there is none; may be NULL
 * @param type        receives ::STK_COLUMN_NUMBERS or ::STK_COLUMN_TEXTS; may be NULL
 * @return `rows` doubles (NaN: empty) or C strings; NULL outside the table */
STK_API const void *stk_session_column(stk_session *session, int column, const char **name,
                                       const char **unit, int *type);

/** What a column of the last table holds, finer than its type: "number"; "integer", numbers that
 * are whole where there are any; "text"; "date", texts such as "2021-04-22". NULL outside the
 * table. */
STK_API const char *stk_session_column_kind(const stk_session *session, int column);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
