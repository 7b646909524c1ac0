/** @file session_impl.h
 * @brief Inside of a session.
 */
#ifndef STK_SESSION_SESSION_IMPL_H
#define STK_SESSION_SESSION_IMPL_H

#include <stocktake.h>

#include "question/query.h"

/* Pledges with documents laid over those below. */
typedef struct documents {
    stk_pledges *laid;
    struct documents *below;
} documents;

/* The value of an option over all questions. */
typedef struct set_option {
    const char *name; /* of the tables */
    char *value;
    struct set_option *next;
} set_option;

enum { LIVE_WORLD, LIVE_GAP_KEPT, LIVE_GAP_CAPPED, LIVE_WORLDS, LIVE_ARRAYS = 16 };

typedef struct live live;

struct stk_session {
    stk_error error; /* STK_OK: the last call was not refused */
    char message[1024];
    stk_edition *edition;     /* as it was opened; `data` has it */
    stk_data data;            /* `pledges` are the edition's own */
    documents *documents;     /* that were laid over, the newest first */
    stk_warming_model *model; /* read when it is first needed */
    char *drivers;            /* that the baseline was made with, or NULL */
    char *baselines;
    set_option *options;
    char *what_ifs; /* what is supposed, as --what-if takes it; NULL: nothing */
    query asked;    /* the last one, which holds bytes and columns */
    live *live;
};

/** Note a refusal, or that there was none; returns the public result. */
int session_result(stk_session *s, stk_status status, const stk_error *error);

/** Refuse an argument. */
int session_refuse(stk_session *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** The first row of an option in the tables of all questions; NULL for an unknown one. */
const question_option *session_find_option(const char *name);

/** A copy of a text that lasts as long as the session keeps it; NULL without memory. */
char *session_copy(const char *text);

/** Bring the data in line with the options that it is read with: drivers and baselines. */
stk_status session_data(stk_session *s, stk_data *data, stk_error *error);

/** The model of warming, read once. */
stk_status session_model(stk_session *s, stk_error *error);

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
    unsigned updated; /* parts that are up to date */
    bool *stale;      /* actors whose rows are not */
    stk_world_sums sums;
    double *arrays[LIVE_ARRAYS];
    char label[16]; /* of a place on an axis, the last one asked for */
};

/** Open live numbers, if they are not open. */
stk_status session_live(stk_session *s, stk_error *error);

/** Close them: options or documents are other ones now. What is supposed stays in `what_ifs`. */
void session_forget_live(stk_session *s);

/** Lay everything in `supposed` over the documents again, and draw again what that changes, also
 * the areas of `gone` (may be NULL). */
stk_status session_lay_again(stk_session *s, const stk_what_if *gone, stk_error *error);

#endif
