/** @file session.c
 * @brief The face of the library for R: a session as an external pointer, tables as lists of
 * columns.
 *
 * What the library refuses comes back as a list of its code and its message, of which R makes a
 * condition: nothing here jumps out of a call.
 */
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake.h>

#include <R.h>
#include <R_ext/Rdynload.h>
#include <R_ext/Utils.h>
#include <R_ext/Visibility.h>
#include <Rinternals.h>

static pthread_t main_thread;

/* ---- sessions and refusals ---- */

static void close_session(SEXP pointer)
{
    stk_session_close(R_ExternalPtrAddr(pointer));
    R_ClearExternalPtr(pointer);
}

static SEXP r_close(SEXP pointer)
{
    close_session(pointer);
    return R_NilValue;
}

/* Not one that was closed or saved to a file. */
static SEXP r_is_open(SEXP pointer)
{
    return Rf_ScalarLogical(TYPEOF(pointer) == EXTPTRSXP && R_ExternalPtrAddr(pointer) != NULL);
}

static stk_session *session_of(SEXP pointer)
{
    stk_session *s = TYPEOF(pointer) == EXTPTRSXP ? R_ExternalPtrAddr(pointer) : NULL;
    if (s == NULL) {
        Rf_error("this is no open session");
    }
    return s;
}

/* What R's part of the package has made sure of: one text in UTF-8, or NULL. */
static const char *text_of(SEXP x)
{
    return x == R_NilValue ? NULL : Rf_translateCharUTF8(STRING_ELT(x, 0));
}

static SEXP refusal(const stk_session *s, int code)
{
    const char *names[] = {"cancelled", "kind", "message", "file", "line", "column", ""};
    const char *file;
    long line;
    long column;
    int kind = stk_session_refusal(s, NULL, &file, &line, &column);
    SEXP list = PROTECT(Rf_mkNamed(VECSXP, names));
    SET_VECTOR_ELT(list, 0, Rf_ScalarLogical(code == STK_CANCELLED));
    SET_VECTOR_ELT(list, 1, Rf_ScalarInteger(kind));
    SET_VECTOR_ELT(list, 2, Rf_ScalarString(Rf_mkCharCE(stk_session_message(s), CE_UTF8)));
    SET_VECTOR_ELT(list, 3,
                   Rf_ScalarString(*file == '\0' ? NA_STRING : Rf_mkCharCE(file, CE_UTF8)));
    SET_VECTOR_ELT(list, 4, Rf_ScalarInteger(line == 0 ? NA_INTEGER : (int)line));
    SET_VECTOR_ELT(list, 5, Rf_ScalarInteger(column == 0 ? NA_INTEGER : (int)column));
    SEXP class = PROTECT(Rf_mkString("stocktake_refusal"));
    Rf_classgets(list, class);
    UNPROTECT(2);
    return list;
}

static SEXP done(const stk_session *s, int code)
{
    return code == STK_DONE ? R_NilValue : refusal(s, code);
}

static SEXP r_open(SEXP edition)
{
    stk_session *s;
    SEXP pointer = PROTECT(R_MakeExternalPtr(NULL, R_NilValue, R_NilValue));
    int code = stk_session_open(text_of(edition), &s);
    if (s == NULL) {
        Rf_error("no memory for a session");
    }
    R_SetExternalPtrAddr(pointer, s);
    R_RegisterCFinalizerEx(pointer, close_session, TRUE);
    SEXP answer = PROTECT(code == STK_DONE ? pointer : refusal(s, code));
    UNPROTECT(2);
    return answer;
}

/* ---- interrupts ---- */

static void look_for_interrupt(void *unused)
{
    (void)unused;
    R_CheckUserInterrupt();
}

/* R is asked in its own thread only, and its jump ends here. */
static int tick(void *user, double share)
{
    bool *interrupted = user;
    (void)share;
    *interrupted = *interrupted || (pthread_equal(pthread_self(), main_thread) &&
                                    !R_ToplevelExec(look_for_interrupt, NULL));
    return *interrupted;
}

/* ---- tables ---- */

static SEXP column_of(const void *values, int type, int rows)
{
    bool texts = type == STK_COLUMN_TEXTS;
    SEXP column = PROTECT(Rf_allocVector(texts ? STRSXP : REALSXP, rows));
    for (int i = 0; i < rows; i++) {
        if (texts) {
            const char *text = ((const char *const *)values)[i];
            SET_STRING_ELT(column, i, *text == '\0' ? NA_STRING : Rf_mkCharCE(text, CE_UTF8));
        } else {
            double value = ((const double *)values)[i];
            REAL(column)[i] = ISNAN(value) ? NA_REAL : value;
        }
    }
    UNPROTECT(1);
    return column;
}

/* The session's last table: columns with names, their units and kinds beside them. */
static SEXP last_table(stk_session *s, int rows, int columns)
{
    SEXP list = PROTECT(Rf_allocVector(VECSXP, columns));
    SEXP names = PROTECT(Rf_allocVector(STRSXP, columns));
    SEXP units = PROTECT(Rf_allocVector(STRSXP, columns));
    SEXP kinds = PROTECT(Rf_allocVector(STRSXP, columns));
    for (int c = 0; c < columns; c++) {
        const char *name;
        const char *unit;
        int type;
        const void *values = stk_session_column(s, c, &name, &unit, &type);
        if (values == NULL && rows > 0) {
            Rf_error("a column of the table is missing");
        }
        SET_STRING_ELT(names, c, Rf_mkCharCE(name, CE_UTF8));
        SET_STRING_ELT(units, c, Rf_mkCharCE(unit, CE_UTF8));
        SET_STRING_ELT(kinds, c, Rf_mkChar(stk_session_column_kind(s, c)));
        SET_VECTOR_ELT(list, c, column_of(values, type, rows));
    }
    Rf_namesgets(list, names);
    Rf_namesgets(units, names);
    SEXP count = PROTECT(Rf_ScalarInteger(rows));
    SEXP remarks = PROTECT(Rf_ScalarString(Rf_mkCharCE(stk_session_remarks(s), CE_UTF8)));
    Rf_setAttrib(list, Rf_install("units"), units);
    Rf_setAttrib(list, Rf_install("kinds"), kinds);
    Rf_setAttrib(list, Rf_install("rows"), count);
    Rf_setAttrib(list, Rf_install("remarks"), remarks);
    UNPROTECT(6);
    return list;
}

/* An interrupt counts where the answer was too far for it. */
static SEXP told(stk_session *s, bool interrupted, int code, int rows, int columns)
{
    return interrupted        ? refusal(s, STK_CANCELLED)
           : code == STK_DONE ? last_table(s, rows, columns)
                              : refusal(s, code);
}

static SEXP r_table(SEXP pointer, SEXP question)
{
    stk_session *s = session_of(pointer);
    int rows;
    int columns;
    bool interrupted = false; /* told until the next question, which has its own */
    stk_session_progress(s, tick, &interrupted);
    int code = stk_session_table(s, text_of(question), &rows, &columns);
    return told(s, interrupted, code, rows, columns);
}

static SEXP r_ask(SEXP pointer, SEXP question, SEXP format)
{
    stk_session *s = session_of(pointer);
    const char *bytes;
    size_t size;
    bool interrupted = false;
    stk_session_progress(s, tick, &interrupted);
    int code = stk_session_ask(s, text_of(question), text_of(format), &bytes, &size);
    if (interrupted || code != STK_DONE) {
        return refusal(s, interrupted ? STK_CANCELLED : code);
    }
    SEXP answer = PROTECT(Rf_allocVector(RAWSXP, (R_xlen_t)size));
    memcpy(RAW(answer), bytes, size);
    UNPROTECT(1);
    return answer;
}

/* ---- options and what is supposed ---- */

static SEXP r_set(SEXP pointer, SEXP option, SEXP value)
{
    stk_session *s = session_of(pointer);
    return done(s, stk_session_set(s, text_of(option), text_of(value)));
}

static SEXP r_what_if(SEXP pointer, SEXP words)
{
    stk_session *s = session_of(pointer);
    return done(s, stk_session_what_if(s, text_of(words)));
}

static SEXP r_net_zero(SEXP pointer, SEXP area, SEXP year)
{
    stk_session *s = session_of(pointer);
    return done(s, stk_session_net_zero(s, text_of(area), Rf_asInteger(year)));
}

static SEXP r_pledge(SEXP pointer, SEXP iso3, SEXP yaml)
{
    stk_session *s = session_of(pointer);
    return done(s, stk_session_pledge(s, text_of(iso3), text_of(yaml)));
}

static SEXP r_pledges(SEXP pointer, SEXP path)
{
    stk_session *s = session_of(pointer);
    return done(s, stk_session_pledges_read(s, text_of(path)));
}

static SEXP r_reset(SEXP pointer, SEXP area)
{
    stk_session *s = session_of(pointer);
    return done(s, stk_session_reset(s, text_of(area)));
}

static SEXP r_options(void)
{
    const char *names[] = {"name", "kind", "choices", "default", "help", ""};
    const char *(*const facts[])(int) = {stk_option_name, stk_option_kind, stk_option_choices,
                                         stk_option_default, stk_option_help};
    int count = stk_option_count();
    SEXP list = PROTECT(Rf_mkNamed(VECSXP, names));
    for (int f = 0; f < 5; f++) {
        SEXP column = PROTECT(Rf_allocVector(STRSXP, count));
        for (int i = 0; i < count; i++) {
            SET_STRING_ELT(column, i, Rf_mkCharCE(facts[f](i), CE_UTF8));
        }
        SET_VECTOR_ELT(list, f, column);
        UNPROTECT(1);
    }
    UNPROTECT(1);
    return list;
}

/* ---- scenarios ---- */

static SEXP r_rows(SEXP pointer, SEXP names, SEXP years, SEXP values)
{
    stk_session *s = session_of(pointer);
    int count = (int)XLENGTH(years);
    R_xlen_t rows = XLENGTH(VECTOR_ELT(names, 0));
    int *kept_years = (int *)R_alloc((size_t)count, sizeof *kept_years);
    double *kept = (double *)R_alloc((size_t)count, sizeof *kept);
    int code = stk_session_rows_clear(s);
    for (R_xlen_t r = 0; r < rows && code == STK_DONE; r++) {
        size_t n = 0;
        for (int y = 0; y < count; y++) { /* a matrix of rows and years */
            double value = REAL(values)[r + rows * y];
            if (!ISNAN(value)) {
                kept_years[n] = INTEGER(years)[y];
                kept[n++] = value;
            }
        }
        const char *words[4];
        const void *memory = vmaxget();
        for (int k = 0; k < 4; k++) {
            words[k] = Rf_translateCharUTF8(STRING_ELT(VECTOR_ELT(names, k), r));
        }
        code = n == 0 ? STK_DONE
                      : stk_session_rows(s, words[0], words[1], words[2], words[3], kept_years,
                                         kept, n);
        vmaxset(memory);
    }
    return done(s, code);
}

static SEXP r_rows_read(SEXP pointer, SEXP paths)
{
    stk_session *s = session_of(pointer);
    int code = stk_session_rows_clear(s);
    for (R_xlen_t i = 0; i < XLENGTH(paths) && code == STK_DONE; i++) {
        code = stk_session_rows_read(s, Rf_translateCharUTF8(STRING_ELT(paths, i)));
    }
    return done(s, code);
}

static SEXP r_run(SEXP pointer, SEXP what)
{
    stk_session *s = session_of(pointer);
    int rows;
    int columns;
    bool interrupted = false;
    int code = stk_session_run(s, text_of(what), tick, &interrupted, &rows, &columns);
    return told(s, interrupted, code, rows, columns);
}

static SEXP r_result(SEXP pointer, SEXP name)
{
    stk_session *s = session_of(pointer);
    const char *bytes;
    size_t size;
    int code = stk_session_result(s, text_of(name), &bytes, &size);
    if (code == STK_DONE && size > INT_MAX) {
        Rf_error("a text of more than 2 GiB, which R has not");
    }
    return code == STK_DONE ? Rf_ScalarString(Rf_mkCharLenCE(bytes, (int)size, CE_UTF8))
                            : refusal(s, code);
}

static SEXP r_species(SEXP pointer)
{
    stk_session *s = session_of(pointer);
    size_t count = 0;
    while (stk_session_species(s, count, NULL) != NULL) {
        count++;
    }
    if (count == 0) {
        return refusal(s, STK_REFUSED_DATA);
    }
    SEXP names = PROTECT(Rf_allocVector(STRSXP, (R_xlen_t)count));
    SEXP units = PROTECT(Rf_allocVector(STRSXP, (R_xlen_t)count));
    for (size_t i = 0; i < count; i++) {
        const char *unit;
        const char *name = stk_session_species(s, i, &unit);
        SET_STRING_ELT(names, (R_xlen_t)i, Rf_mkCharCE(name, CE_UTF8));
        SET_STRING_ELT(units, (R_xlen_t)i, Rf_mkCharCE(unit, CE_UTF8));
    }
    Rf_namesgets(units, names);
    UNPROTECT(2);
    return units;
}

/* The session's rows as [year, species, scenario]. */
static SEXP r_emissions(SEXP pointer, SEXP fill, SEXP first_year, SEXP years, SEXP species_count)
{
    stk_session *s = session_of(pointer);
    const char *names[] = {"emissions", "scenarios", "refused", ""};
    int year_count = Rf_asInteger(years);
    size_t count;
    int code = stk_session_emissions(s, Rf_asLogical(fill), Rf_asInteger(first_year),
                                     (size_t)year_count, NULL, &count);
    if (code != STK_DONE) {
        return refusal(s, code);
    }
    R_xlen_t size = (R_xlen_t)count * Rf_asInteger(species_count) * year_count;
    SEXP list = PROTECT(Rf_mkNamed(VECSXP, names));
    SET_VECTOR_ELT(list, 0, Rf_allocVector(REALSXP, size));
    SET_VECTOR_ELT(list, 1, Rf_allocVector(STRSXP, (R_xlen_t)count));
    code = stk_session_emissions(s, Rf_asLogical(fill), Rf_asInteger(first_year),
                                 (size_t)year_count, REAL(VECTOR_ELT(list, 0)), &count);
    bool some = code == STK_REFUSED_DATA && count > 0;
    if (code != STK_DONE) {
        SET_VECTOR_ELT(list, 2, refusal(s, code));
    }
    for (size_t i = 0; i < count && (code == STK_DONE || some); i++) {
        SET_STRING_ELT(VECTOR_ELT(list, 1), (R_xlen_t)i,
                       Rf_mkCharCE(stk_session_scenario(s, i, NULL), CE_UTF8));
    }
    SEXP answer = code == STK_DONE || some ? list : VECTOR_ELT(list, 2);
    UNPROTECT(1);
    return answer;
}

/* R's arrays have their first axis side by side: emissions are [scenario, species, year] as they
 * lie; results are [year, percentile, scenario]. */
static SEXP r_climate(SEXP pointer, SEXP emissions, SEXP size, SEXP first_year, SEXP percentiles,
                      SEXP thresholds, SEXP threads)
{
    stk_session *s = session_of(pointer);
    const char *names[] = {"temperature", "peak", "exceed", "results", "message", ""};
    const int *lengths = INTEGER(size);
    R_xlen_t scenarios = lengths[0];
    R_xlen_t many = scenarios * XLENGTH(percentiles);
    bool interrupted = false;
    SEXP list = PROTECT(Rf_mkNamed(VECSXP, names));
    SET_VECTOR_ELT(list, 0, Rf_allocVector(REALSXP, many * lengths[2]));
    SET_VECTOR_ELT(list, 1, Rf_allocVector(REALSXP, many));
    SET_VECTOR_ELT(list, 2, Rf_allocVector(REALSXP, scenarios * XLENGTH(thresholds)));
    SET_VECTOR_ELT(list, 3, Rf_allocVector(INTSXP, scenarios));
    stk_climate_call call = {.size = sizeof call,
                             .first_year = Rf_asInteger(first_year),
                             .year_count = (size_t)lengths[2],
                             .scenario_count = (size_t)scenarios,
                             .emissions = REAL(emissions),
                             .scenario_stride = 1,
                             .species_stride = scenarios,
                             .year_stride = scenarios * lengths[1],
                             .percentiles = REAL(percentiles),
                             .percentile_count = (size_t)XLENGTH(percentiles),
                             .thresholds_k = REAL(thresholds),
                             .threshold_count = (size_t)XLENGTH(thresholds),
                             .threads = Rf_asInteger(threads),
                             .results = INTEGER(VECTOR_ELT(list, 3)),
                             .temperature = REAL(VECTOR_ELT(list, 0)),
                             .peak = REAL(VECTOR_ELT(list, 1)),
                             .exceed = REAL(VECTOR_ELT(list, 2)),
                             .progress = tick,
                             .user = &interrupted};
    int code = stk_session_climate(s, &call);
    SET_VECTOR_ELT(list, 4, Rf_ScalarString(Rf_mkCharCE(stk_session_message(s), CE_UTF8)));
    bool some = code == STK_REFUSED_DATA && scenarios > 0;
    SEXP answer = interrupted                ? refusal(s, STK_CANCELLED)
                  : code == STK_DONE || some ? list
                                             : refusal(s, code);
    UNPROTECT(1);
    return answer;
}

/* Texts as numbers to the last bit, which R's own reading does not promise; NaN for what is none.
 */
static SEXP r_numbers(SEXP texts)
{
    R_xlen_t count = XLENGTH(texts);
    SEXP numbers = PROTECT(Rf_allocVector(REALSXP, count));
    for (R_xlen_t i = 0; i < count; i++) {
        const char *text = CHAR(STRING_ELT(texts, i));
        char *end;
        double number = strtod(text, &end);
        end += strspn(end, " \t");
        bool is_number = STRING_ELT(texts, i) != NA_STRING && end != text && *end == '\0';
        REAL(numbers)[i] = is_number && !ISNAN(number) ? number : NA_REAL;
    }
    UNPROTECT(1);
    return numbers;
}

static SEXP r_version(void)
{
    return Rf_mkString(stk_version());
}

/* ---- registration ---- */

#define CALL(name, count)                                                                          \
    {                                                                                              \
#name, (DL_FUNC)&name, count                                                               \
    }
static const R_CallMethodDef calls[] = {
    CALL(r_open, 1),    CALL(r_table, 2),   CALL(r_ask, 3),       CALL(r_set, 3),
    CALL(r_what_if, 2), CALL(r_pledge, 3),  CALL(r_net_zero, 3),  CALL(r_reset, 2),
    CALL(r_options, 0), CALL(r_rows, 4),    CALL(r_rows_read, 2), CALL(r_run, 2),
    CALL(r_species, 1), CALL(r_climate, 7), CALL(r_result, 2),    CALL(r_emissions, 5),
    CALL(r_version, 0), CALL(r_close, 1),   CALL(r_is_open, 1),   CALL(r_pledges, 2),
    CALL(r_numbers, 1), {NULL, NULL, 0}};

void attribute_visible R_init_stocktake(DllInfo *library)
{
    main_thread = pthread_self();
    R_registerRoutines(library, NULL, calls, NULL, NULL);
    R_useDynamicSymbols(library, FALSE);
    R_forceSymbols(library, TRUE);
}
