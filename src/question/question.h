/** @file question.h
 * @brief The questions that the library answers, as data: names, operands, options, help.
 *
 * The command line, its help and completion, the session and forms on other surfaces are all fed
 * from these tables.
 */
#ifndef STK_QUESTION_QUESTION_H
#define STK_QUESTION_QUESTION_H

#include <stocktake/base.h>

enum { QUESTION_OPTIONS_MAX = 48, QUESTION_OPERANDS_MAX = 1024 };

typedef struct question_option {
    const char *name;     /**< without dashes */
    const char *argument; /**< "DATE", or NULL for a switch */
    const char *help;
    const char *choices; /**< "a|b|c" if only these are allowed, or NULL */
    const char *usual;   /**< what holds where it is not given, "AR6"; or NULL */
} question_option;

typedef struct query query;

/* Texts for the command line alone, which a program without one leaves out. */
#ifdef QUESTION_WITHOUT_HELP
#define QUESTION_HELP(text) ""
#else
#define QUESTION_HELP(text) text
#endif

typedef struct question {
    const char *name;
    const char *operands; /**< "FILE.csv", or "" */
    int operands_min;
    int operands_max;
    const char *summary;     /**< one line */
    const char *description; /**< paragraphs, separated by blank lines */
    const char *examples;    /**< lines: a command, or "# what it shows" before it */
    const question_option *const *option_groups; /**< NULL-terminated list of lists, each ended by
                                                      a row without a name */
    const char *formats; /**< of an answer without the option format, "svg|png"; NULL: text */
    bool runs_ensemble;  /**< unless --no-warming is given: quicker with a model that is open */
    bool names_its_file; /**< in the command its operand is the file of the answer */
    const char
        *opens_as; /**< the command opens the answer in the browser, as a file of this name */
    /** Writes the answer into the query. */
    stk_status (*answer)(query *q, stk_error *error);
} question;

/** @name Options that several questions share
 * @{ */
extern const question_option options_common[];    /**< format, output, edition, help */
#define options_file (options_common + 1)         /* the same without format */
extern const question_option options_written[];   /**< format, output, help */
#define options_edition (options_common + 2)      /* edition and help */
extern const question_option options_series[];    /**< format for data sets */
extern const question_option options_date[];      /**< as-of */
extern const question_option options_gwp[];       /**< gwp */
extern const question_option options_target[];    /**< what levels depend on */
extern const question_option options_extension[]; /**< what comes after the last target */
extern const question_option options_input[];     /**< the user's own data */
#define options_supposed (options_input + 2)      /* pledges and what-if alone */
extern const question_option options_benchmark[]; /**< benchmark */
extern const question_option options_warming[];   /**< long-term */

/* The list of a question's options: OPTION_GROUPS(options, options_date, options_common). */
#define OPTION_GROUPS(...) ((const question_option *const[]){__VA_ARGS__, NULL})

/* For the list of a question's options: all that a world is computed with; all but --gwp, where the
 * set is given. */
#define OPTIONS_MODEL options_date, options_gwp, options_target, options_extension, options_input
#define OPTIONS_MODEL_OF_SET options_date, options_target, options_extension, options_input
/** @} */

/** The questions about pledges and emissions, NULL at the end. */
extern const question *const questions[];

extern const question question_assess;
extern const question question_targets;
extern const question question_quantify;
extern const question question_country;
extern const question question_pathways;
extern const question question_gap;
extern const question question_warming;
extern const question question_timeline;
extern const question question_chart;
extern const question question_report;
extern const question question_explore;
extern const question question_history;
extern const question question_fairness;
extern const question question_finance;

/** Not among them, because it is about files and not about an edition that is open. */
extern const question question_data;

/** The question of a name, in a list with NULL at the end; else NULL, with "; did you mean gap?" or
 * "" in `meant`. */
enum { MEANT_SIZE = 256 };
const question *question_find(const question *const *list, const char *name,
                              char meant[MEANT_SIZE]);

/** The options of a question in order; NULL at the end. */
const question_option *question_option_at(const question *asked, int i);

/** Index of an option among those of a question, -1 if it has none of that name. */
int question_find_option(const question *asked, const char *name);

/** Whether a value is among the choices of the option, if it has any. */
bool option_takes(const question_option *option, const char *value);

/** Refuse a value that the option cannot have: none of its choices, or no date.
 * @param value  not NULL */
stk_status option_check(const question_option *option, const char *value, stk_error *error);

/** Whether an option takes a day. */
bool option_is_date(const question_option *option);

/** What a value means: the day of a date by name ("COP30", the first of a year where a span
 * starts), the year of a date where the span is of years.
 * @return `out`, or the value where it stands for itself */
const char *option_meant(const question_option *option, const char *value, char out[STK_DATE_SIZE]);

/** False for the options that only say where and how the result is written. */
bool option_changes_result(const question_option *option);

/** Whether the value is the one that the option has anyway. */
bool option_is_default(const question_option *option, const char *value);

/** "; did you mean gap?" for a word that is none of those known, or "". */
const char *question_meant(const char *typed, const char *const *words, size_t count,
                           char out[MEANT_SIZE]);

/** The question's own option for what was typed, "from" for "--since"; NULL for none. */
const char *question_other_name(const question *asked, const char *typed);

/** The same for the options of a question, with their dashes. */
const char *question_meant_option(const question *asked, const char *typed, char out[MEANT_SIZE]);

/** The same for "a|b|c". */
const char *question_meant_choice(const char *typed, const char *choices, char out[MEANT_SIZE]);

/** The format among "a|b|c" that the ending of a file's name asks for; NULL where it says none. */
const char *format_of_name(const char *path, const char *choices);

#endif
