/** @file session.c
 * @brief The face of the library for R: a session as an external pointer, tables as lists of
 * columns. Scenarios are in climate.c.
 *
 * What the library refuses comes back as a list of its code and its message, of which R makes a
 * condition: nothing here jumps out of a call.
 */
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "face.h"

#include <R_ext/Rdynload.h>
#include <R_ext/Utils.h>
#include <R_ext/Visibility.h>

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

stk_session *session_of(SEXP pointer)
{
    stk_session *s = TYPEOF(pointer) == EXTPTRSXP ? R_ExternalPtrAddr(pointer) : NULL;
    if (s == NULL) {
        Rf_error("this is no open session");
    }
    return s;
}

/* What R's part of the package has made sure of: one text in UTF-8, or NULL. */
const char *text_of(SEXP x)
{
    return x == R_NilValue ? NULL : Rf_translateCharUTF8(STRING_ELT(x, 0));
}

SEXP refusal(const stk_session *s, int code)
{
    const char *names[] = {"cancelled", "kind", "message", "file", "line", "column", "reason", ""};
    const char *reason;
    const char *file;
    long line;
    long column;
    int kind = stk_session_refusal(s, &reason, &file, &line, &column);
    SEXP list = PROTECT(Rf_mkNamed(VECSXP, names));
    SET_VECTOR_ELT(list, 0, Rf_ScalarLogical(code == STK_CANCELLED));
    SET_VECTOR_ELT(list, 1, Rf_ScalarInteger(kind));
    SET_VECTOR_ELT(list, 2, Rf_ScalarString(Rf_mkCharCE(stk_session_message(s), CE_UTF8)));
    SET_VECTOR_ELT(list, 3,
                   Rf_ScalarString(*file == '\0' ? NA_STRING : Rf_mkCharCE(file, CE_UTF8)));
    SET_VECTOR_ELT(list, 4, Rf_ScalarInteger(line == 0 ? NA_INTEGER : (int)line));
    SET_VECTOR_ELT(list, 5, Rf_ScalarInteger(column == 0 ? NA_INTEGER : (int)column));
    SET_VECTOR_ELT(list, 6, Rf_ScalarString(Rf_mkCharCE(reason, CE_UTF8)));
    SEXP class = PROTECT(Rf_mkString("stocktake_refusal"));
    Rf_classgets(list, class);
    UNPROTECT(2);
    return list;
}

SEXP done(const stk_session *s, int code)
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

watch watch_new(void)
{
    SEXP wanted = Rf_GetOption1(Rf_install("stocktake.progress"));
    return (watch){false, TYPEOF(wanted) == LGLSXP && Rf_asLogical(wanted) == TRUE};
}

/* R is asked in its own thread only, and its jump ends here. */
int tick(void *user, double share)
{
    watch *w = user;
    if (!pthread_equal(pthread_self(), main_thread)) {
        return w->interrupted;
    }
    if (w->shows) {
        REprintf("\rstocktake: %3.0f %%%s", 100 * share, share >= 1 ? "\n" : "");
    }
    w->interrupted = w->interrupted || !R_ToplevelExec(look_for_interrupt, NULL);
    return w->interrupted;
}

/* ---- tables ---- */

SEXP numbers_of(const double *values, R_xlen_t count)
{
    SEXP numbers = Rf_allocVector(REALSXP, count);
    for (R_xlen_t i = 0; i < count; i++) {
        REAL(numbers)[i] = ISNAN(values[i]) ? NA_REAL : values[i];
    }
    return numbers;
}

/* What is the same as the one above is at the same place. */
static SEXP texts_of(const char *const *values, int count)
{
    SEXP texts = PROTECT(Rf_allocVector(STRSXP, count));
    for (int i = 0; i < count; i++) {
        SET_STRING_ELT(texts, i,
                       i > 0 && values[i] == values[i - 1] ? STRING_ELT(texts, i - 1)
                       : *values[i] == '\0'                ? NA_STRING
                                                           : Rf_mkCharCE(values[i], CE_UTF8));
    }
    UNPROTECT(1);
    return texts;
}

SEXP text_answer(const stk_session *s, int code, const char *bytes, size_t size)
{
    if (code == STK_DONE && size > INT_MAX) {
        Rf_error("a text of more than 2 GiB, which R has not");
    }
    return code == STK_DONE ? Rf_ScalarString(Rf_mkCharLenCE(bytes, (int)size, CE_UTF8))
                            : refusal(s, code);
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
        SET_VECTOR_ELT(
            list, c, type == STK_COLUMN_TEXTS ? texts_of(values, rows) : numbers_of(values, rows));
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
SEXP told(stk_session *s, const watch *w, int code, int rows, int columns)
{
    return w->interrupted     ? refusal(s, STK_CANCELLED)
           : code == STK_DONE ? last_table(s, rows, columns)
                              : refusal(s, code);
}

static SEXP r_table(SEXP pointer, SEXP question)
{
    stk_session *s = session_of(pointer);
    int rows;
    int columns;
    watch w = watch_new(); /* told until the next question, which has its own */
    stk_session_progress(s, tick, &w);
    int code = stk_session_table(s, text_of(question), &rows, &columns);
    return told(s, &w, code, rows, columns);
}

static SEXP r_ask(SEXP pointer, SEXP question, SEXP format)
{
    stk_session *s = session_of(pointer);
    const char *bytes;
    size_t size;
    watch w = watch_new();
    stk_session_progress(s, tick, &w);
    int code = stk_session_ask(s, text_of(question), text_of(format), &bytes, &size);
    if (w.interrupted || code != STK_DONE) {
        return refusal(s, w.interrupted ? STK_CANCELLED : code);
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

static SEXP r_get(SEXP pointer, SEXP option)
{
    const char *value = stk_session_get(session_of(pointer), text_of(option));
    return value == NULL ? R_NilValue : Rf_ScalarString(Rf_mkCharCE(value, CE_UTF8));
}

static SEXP r_known_until(SEXP pointer)
{
    const char *day = stk_session_known_until(session_of(pointer));
    return Rf_ScalarString(day == NULL || *day == '\0' ? NA_STRING : Rf_mkCharCE(day, CE_UTF8));
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

/* ---- files of the edition, and live numbers ---- */

static SEXP r_read(SEXP pointer, SEXP path)
{
    stk_session *s = session_of(pointer);
    const char *bytes;
    size_t size;
    int code = stk_session_read(s, text_of(path), &bytes, &size);
    return text_answer(s, code, bytes, size);
}

/* An array that is up to date, its axes in R's order, with the labels of each. */
static SEXP r_live(SEXP pointer, SEXP name, SEXP parts)
{
    stk_session *s = session_of(pointer);
    size_t shape[4];
    int rank;
    int code = stk_session_update(s, (unsigned)Rf_asInteger(parts));
    if (code != STK_DONE) {
        return refusal(s, code);
    }
    const double *values = stk_session_array(s, text_of(name), shape, &rank);
    if (values == NULL) {
        Rf_error("the array is missing");
    }
    SEXP size = PROTECT(Rf_allocVector(INTSXP, rank));
    SEXP labels = PROTECT(Rf_allocVector(VECSXP, rank));
    R_xlen_t count = 1;
    for (int axis = 0; axis < rank; axis++) {
        int length = (int)shape[axis];
        SEXP names = PROTECT(Rf_allocVector(STRSXP, length));
        for (int i = 0; i < length; i++) {
            const char *label = stk_session_axis(s, text_of(name), axis, (size_t)i);
            SET_STRING_ELT(names, i, Rf_mkCharCE(label, CE_UTF8));
        }
        SET_VECTOR_ELT(labels, rank - 1 - axis, names);
        UNPROTECT(1);
        INTEGER(size)[rank - 1 - axis] = length;
        count *= length;
    }
    SEXP array = PROTECT(numbers_of(values, count));
    Rf_setAttrib(array, R_DimSymbol, size);
    Rf_setAttrib(array, R_DimNamesSymbol, labels);
    UNPROTECT(3);
    return array;
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
    CALL(r_open, 1),        CALL(r_table, 2),   CALL(r_ask, 3),         CALL(r_set, 3),
    CALL(r_get, 2),         CALL(r_what_if, 2), CALL(r_pledge, 3),      CALL(r_net_zero, 3),
    CALL(r_reset, 2),       CALL(r_options, 0), CALL(r_rows, 4),        CALL(r_rows_read, 2),
    CALL(r_run, 2),         CALL(r_species, 1), CALL(r_climate, 10),    CALL(r_result, 2),
    CALL(r_members, 1),     CALL(r_outputs, 0), CALL(r_emissions, 5),   CALL(r_category, 3),
    CALL(r_version, 0),     CALL(r_close, 1),   CALL(r_postprocess, 7), CALL(r_is_open, 1),
    CALL(r_pledges, 2),     CALL(r_numbers, 1), CALL(r_read, 2),        CALL(r_live, 3),
    CALL(r_known_until, 1), {NULL, NULL, 0}};

void attribute_visible R_init_stocktake(DllInfo *library)
{
    main_thread = pthread_self();
    R_registerRoutines(library, NULL, calls, NULL, NULL);
    R_useDynamicSymbols(library, FALSE);
    R_forceSymbols(library, TRUE);
}
