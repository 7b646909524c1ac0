/** @file face.h
 * @brief What the parts of the package share.
 */
#ifndef STOCKTAKE_R_FACE_H
#define STOCKTAKE_R_FACE_H

#include <stdbool.h>

#include <stocktake.h>

#include <R.h>
#include <Rinternals.h>

stk_session *session_of(SEXP pointer);

/** What R's part of the package has made sure of: one text in UTF-8, or NULL. */
const char *text_of(SEXP x);

/** What was refused, of which R makes a condition. */
SEXP refusal(const stk_session *s, int code);

/** NULL, or what was refused. */
SEXP done(const stk_session *s, int code);

/** Whether the user has interrupted a run, and wants to see how far it is. */
typedef struct watch {
    bool interrupted;
    bool shows;
} watch;

/** By the option stocktake.progress. */
watch watch_new(void);

/** How far the library is, to a watch; whether the user wants an end. */
int tick(void *user, double share);

/** The last table; an interrupt counts where the answer was too far for it. */
SEXP told(stk_session *s, const watch *w, int code, int rows, int columns);

/** A text that was handed out, or what was refused. */
SEXP text_answer(const stk_session *s, int code, const char *bytes, size_t size);

/** Doubles with NA for NaN. */
SEXP numbers_of(const double *values, R_xlen_t count);

/* of climate.c */
SEXP r_rows(SEXP pointer, SEXP names, SEXP years, SEXP values);
SEXP r_rows_read(SEXP pointer, SEXP paths);
SEXP r_run(SEXP pointer, SEXP what);
SEXP r_result(SEXP pointer, SEXP name);
SEXP r_species(SEXP pointer);
SEXP r_members(SEXP pointer);
SEXP r_outputs(void);
SEXP r_emissions(SEXP pointer, SEXP fill, SEXP first_year, SEXP years, SEXP species_count);
SEXP r_climate(SEXP pointer, SEXP emissions, SEXP size, SEXP first_year, SEXP percentiles,
               SEXP thresholds, SEXP threads, SEXP variables, SEXP members, SEXP reference);
SEXP r_category(SEXP pointer, SEXP method, SEXP numbers);
SEXP r_postprocess(SEXP pointer, SEXP method, SEXP models, SEXP scenarios, SEXP first_year,
                   SEXP values, SEXP size);

#endif
