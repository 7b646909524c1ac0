/** @file session_impl.h
 * @brief Inside of a session.
 */
#ifndef STK_SESSION_SESSION_IMPL_H
#define STK_SESSION_SESSION_IMPL_H

#include <stocktake.h>

#include "question/query.h"
#include "workflow/census.h"

/* Whose documents are; what an edition for a page carries is never taken back. */
typedef enum documents_kind { OF_PARTY, OF_FILE, OF_EDITION } documents_kind;

/* Pledges with documents laid over those below, and what is needed to lay them again. */
typedef struct documents {
    stk_pledges *laid;
    char *name; /* of the file, or the code of the Party whose they are */
    char *content;
    documents_kind kind;
    char sha256[STK_SHA256_SIZE];
    struct documents *below;
} documents;

/* The value of an option over all questions. */
typedef struct set_option {
    const char *name; /* of the tables */
    char *value;
    struct set_option *next;
} set_option;

/* The cases of warming have worlds of their own once they are asked for. */
enum { LIVE_WORLD, LIVE_GAP_KEPT, LIVE_GAP_CAPPED, LIVE_CASE, LIVE_WORLDS = LIVE_CASE + STK_CASES };

typedef enum array_id {
    ARRAY_WORLD,
    ARRAY_BASELINE,
    ARRAY_PATH,
    ARRAY_LAND,
    ARRAY_TARGET,
    ARRAY_GAP,
    ARRAY_BENCHMARK,
    ARRAY_YEARS,
    ARRAY_WARMING, /* this and what follows is of the ensemble */
    ARRAY_EXCEED,
    ARRAY_PEAK,
    ARRAY_EVER,
    ARRAY_OBSERVED,
    ARRAY_MEMBERS, /* made when it is first asked for */
    ARRAYS
} array_id;

/* Values of one case in the arrays of warming. */
enum {
    LIVE_WARMING_SIZE = STK_WARMING_PERCENTILES * STK_OUTLOOK_YEARS,
    LIVE_EXCEED_SIZE = STK_WARMING_THRESHOLDS * STK_OUTLOOK_YEARS
};

typedef struct live live;

/* Results of a workflow, as the names in session_scenario.c have them. */
/** Years that emissions in memory may have. */
enum { SESSION_FIRST_YEAR = 1750, SESSION_LAST_YEAR = 2500 };

enum { SESSION_CLIMATE = 1, SESSION_META = 2, SESSION_RESULTS = 4 };

/** Who is told how far a run is; `tell` may be NULL. */
typedef struct session_progress {
    int (*tell)(void *user, double share);
    void *user;
} session_progress;

struct stk_session {
    char message[1024];   /* of the last refusal */
    stk_error refusal;    /* its parts */
    stk_edition *edition; /* the session's own handle */
    stk_data data;        /* of the edition as it is: of `own`, or shared by all sessions */
    stk_data own;
    char sha256[STK_SHA256_SIZE]; /* of the edition, "": not needed yet */
    char known_until[STK_DATE_SIZE];
    stk_baseline *own_baseline; /* with the user's drivers and baselines, or NULL */
    char *drivers;              /* that it was made with, or NULL */
    char *baselines;
    char drivers_sha256[STK_SHA256_SIZE]; /* of what was read */
    char baselines_sha256[STK_SHA256_SIZE];
    documents *documents;     /* that were laid over, the newest first */
    stk_warming_model *model; /* read when it is first needed */
    stk_warming_keep *keep;   /* the ensemble of live numbers, likewise */
    double *observed;         /* warming, likewise */
    set_option *options;
    stk_calibration *calibration; /* of scenarios in memory, read when it is first needed */
    stk_iamc *history;            /* before them, likewise */
    stk_iamc *rows;               /* scenarios in memory, or NULL */
    stk_iamc *elsewhere;       /* how many rows of other regions, by scenario and region; or NULL */
    stk_scenario_report *read; /* what was left out of files of them, or NULL */
    stk_iamc *library;         /* to fill from, read when it is first needed */
    stk_iamc *species_rows;    /* those of them that are species, of the last emissions */
    stk_climate_scenarios *scenarios;    /* in these, likewise; or NULL */
    stk_buffer results[SESSION_RESULTS]; /* of the last workflow, each with a terminator */
    char category[2][40];                /* the last one that was asked for, and its label */
    session_progress told;               /* how far questions are */
    bool cancelled;                      /* the run at hand, by its caller */
    char *what_ifs;       /* what is supposed, as --what-if takes it; NULL: nothing */
    query asked;          /* the last one, which holds bytes and columns */
    const void **columns; /* of its table that were looked at, in its memory; NULL: none yet */
    live *live;
};

/** Note a refusal, or that there was none; returns the public result, of a run that its caller
 * ended ::STK_CANCELLED. */
int session_result(stk_session *s, stk_status status, const stk_error *error);

/** Refuse an argument. */
int session_refuse(stk_session *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** The first row of an option in the tables of all questions; NULL for an unknown one. */
const question_option *session_find_option(const char *name);

/** A copy of a text that lasts as long as the session keeps it; NULL without memory. */
char *session_copy(const char *text);

/** @name What is read
 * @{ */
stk_status session_open_embedded(stk_session *s, stk_error *error);
stk_status session_open_path(stk_session *s, const char *path, stk_error *error);
stk_status session_open_packed(stk_session *s, const void *bytes, size_t size, stk_error *error);
void session_close_data(stk_session *s);

/** Lay the documents that an edition for a page carries over its others. */
stk_status session_lay_own(stk_session *s, stk_error *error);

/** Refuse a session whose opening was refused. */
stk_status session_check_open(const stk_session *s, stk_error *error);

/** The data as a question's options and the documents laid over want it; drivers and baselines are
 * read when they are other files than last time. */
stk_status session_data(stk_session *s, const query *q, stk_data *data, stk_error *error);

/** Close the user's drivers and baselines. */
void session_forget_files(stk_session *s);

/** The model of warming, read once. */
stk_status session_model(stk_session *s, stk_error *error);

/** The edition's checksum, made once. */
stk_status session_checksum(stk_session *s, stk_error *error);

void session_free_documents(documents *list);
/** @} */

/** Set a query up with the session's data and options, and words of its own: operands and options
 * for this once. `words` is cut up and must last as long as the query. */
stk_status session_query(stk_session *s, char *words, query *q, stk_error *error);

/** Live numbers: worlds that stay, and what is supposed in them. */
struct live {
    query query; /* the options, the year and the benchmark, as `assess` reads them */
    stk_options options;
    int year;
    stk_benchmark benchmark;   /* of the year */
    stk_benchmark *benchmarks; /* of every year of a path */
    stk_world *worlds[LIVE_WORLDS];
    supposed_list supposed;
    const stk_pledges *pledges; /* with everything laid over: those of the worlds */
    unsigned updated;           /* parts that are up to date */
    bool *stale;                /* actors whose rows are not */
    stk_world_sums sums;
    double *arrays[ARRAYS];
    char label[24]; /* a number, the last that was asked for */
};

/** Open live numbers, if they are not open. */
stk_status session_live(stk_session *s, stk_error *error);

/** Close them: options or documents are other ones now. What is supposed stays in `what_ifs`. */
void session_forget_live(stk_session *s);

/** Lay everything in `supposed` over the documents again, and draw again what that changes, also
 * the areas of `gone` (may be NULL). */
stk_status session_lay_again(stk_session *s, const stk_what_if *gone, stk_error *error);

/** Run the ensemble on one case of the live worlds, and fill its part of the arrays. */
stk_status session_warm(stk_session *s, stk_case kind, stk_error *error);

/** Read calibration and history, once. */
stk_status session_calibration(stk_session *s, stk_error *error);

/** The rows in memory that are species of the model, and the scenarios in them; others are totals.
 * Both are the session's until the rows are cleared or this is called again.
 * @param last  receives the last year that has a value */
stk_status session_find_scenarios(stk_session *s, bool fill, int *last, stk_error *error);
void session_forget_scenarios(stk_session *s);

/** Add a row of another table, whose years may be fewer. */
stk_status session_copy_row(stk_iamc *to, const stk_iamc *from, const stk_iamc_row *row,
                            stk_error *error);

/** Ask the caller of a run whether it goes on. */
stk_status session_go_on(stk_session *s, int (*progress)(void *user, double share), void *user,
                         double share, stk_error *error);

/** Run "assess --method ar6-2015" or a stage on the rows in memory; `words` is cut up.
 * @param table  receives the rows of the run, for session_take_table() */
stk_status session_run_workflow(stk_session *s, char *words, const session_progress *progress,
                                stk_table **table, stk_error *error);
void session_forget_results(stk_session *s);
/** Make the list of what was left out the only result. */
stk_status session_keep_left_out(stk_session *s, const stk_scenario_report *report,
                                 stk_error *error);
/** Refuse a session without rows of the world. */
stk_status session_check_rows(const stk_session *s, stk_error *error);
/** The rows in memory that are wanted, as of a file, which the caller frees; the others are noted.
 * @param census  knows which are, and is freed; may be NULL for lack of memory */
stk_status session_choose_rows(const stk_session *s, stk_census *census, stk_iamc **table,
                               stk_scenario_report *report, stk_error *error);

/** Append to a result, a buffer. */
bool session_append(void *user, const char *data, size_t size);

/** End the results with a zero that does not count. */
stk_status session_terminate(stk_buffer results[SESSION_RESULTS], stk_error *error);

/** Cut the next word off, with what stands between quotes as one; `*word` is NULL at the end. */
stk_status session_next_word(char **at, char **word, stk_error *error);

/** Let a table be the one that columns are taken of. It belongs to the session then. */
void session_take_table(stk_session *s, stk_table *table);

#endif
