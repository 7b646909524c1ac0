/** @file climate.c
 * @brief Scenarios for R: rows of tables, arrays through the ensemble, its members, categories.
 */
#include <stdbool.h>

#include "face.h"

/* ---- scenarios ---- */

SEXP r_rows(SEXP pointer, SEXP names, SEXP years, SEXP values)
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
        const char *words[5]; /* the last is the region */
        const void *memory = vmaxget();
        for (int k = 0; k < 5; k++) {
            words[k] = Rf_translateCharUTF8(STRING_ELT(VECTOR_ELT(names, k), r));
        }
        if (n > 0 && strcmp(words[4], "World") == 0) {
            code = stk_session_rows(s, words[0], words[1], words[2], words[3], kept_years, kept, n);
        } else if (n > 0) {
            code = stk_session_row_elsewhere(s, words[0], words[1], words[4]);
        }
        vmaxset(memory);
    }
    return done(s, code);
}

SEXP r_rows_read(SEXP pointer, SEXP paths)
{
    stk_session *s = session_of(pointer);
    int code = stk_session_rows_clear(s);
    for (R_xlen_t i = 0; i < XLENGTH(paths) && code == STK_DONE; i++) {
        code = stk_session_rows_read(s, Rf_translateCharUTF8(STRING_ELT(paths, i)));
    }
    return done(s, code);
}

SEXP r_run(SEXP pointer, SEXP what)
{
    stk_session *s = session_of(pointer);
    int rows;
    int columns;
    watch w = watch_new();
    int code = stk_session_run(s, text_of(what), tick, &w, &rows, &columns);
    return told(s, &w, code, rows, columns);
}

SEXP r_result(SEXP pointer, SEXP name)
{
    stk_session *s = session_of(pointer);
    const char *bytes;
    size_t size;
    int code = stk_session_result(s, text_of(name), &bytes, &size);
    return text_answer(s, code, bytes, size);
}

SEXP r_species(SEXP pointer)
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
SEXP r_emissions(SEXP pointer, SEXP fill, SEXP first_year, SEXP years, SEXP species_count)
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

/* ---- arrays through the ensemble ---- */

/* Numbers of the members. */
SEXP r_members(SEXP pointer)
{
    stk_session *s = session_of(pointer);
    size_t count = 0;
    while (stk_session_member(s, count) >= 0) {
        count++;
    }
    if (count == 0) {
        return refusal(s, STK_REFUSED_DATA);
    }
    SEXP members = PROTECT(Rf_allocVector(INTSXP, (R_xlen_t)count));
    for (size_t i = 0; i < count; i++) {
        INTEGER(members)[i] = (int)stk_session_member(s, i);
    }
    UNPROTECT(1);
    return members;
}

/* What the ensemble gives: key, name in IAMC files, unit. */
SEXP r_outputs(void)
{
    const char *names[] = {"key", "name", "unit", ""};
    int count = 0;
    while (stk_climate_output(count, NULL, NULL) != NULL) {
        count++;
    }
    SEXP list = PROTECT(Rf_mkNamed(VECSXP, names));
    for (int c = 0; c < 3; c++) {
        SET_VECTOR_ELT(list, c, Rf_allocVector(STRSXP, count));
    }
    for (int i = 0; i < count; i++) {
        const char *cells[3];
        cells[0] = stk_climate_output(i, &cells[1], &cells[2]);
        for (int c = 0; c < 3; c++) {
            SET_STRING_ELT(VECTOR_ELT(list, c), i, Rf_mkCharCE(cells[c], CE_UTF8));
        }
    }
    UNPROTECT(1);
    return list;
}

/* C strings of texts that R has made sure of; they hold as long as the call. */
static const char **strings_of(SEXP texts)
{
    const char **strings = (const char **)R_alloc((size_t)XLENGTH(texts) + 1, sizeof *strings);
    for (R_xlen_t i = 0; i < XLENGTH(texts); i++) {
        strings[i] = Rf_translateCharUTF8(STRING_ELT(texts, i));
    }
    return strings;
}

/* R's arrays have their first axis side by side: emissions are [scenario, species, year] as they
 * lie; results are [year, percentile, scenario], of variables [year, percentile, variable,
 * scenario]. */
SEXP r_climate(SEXP pointer, SEXP emissions, SEXP size, SEXP first_year, SEXP percentiles,
               SEXP thresholds, SEXP threads, SEXP variables, SEXP members, SEXP reference)
{
    stk_session *s = session_of(pointer);
    const char *names[] = {"temperature", "peak",   "exceed",  "results",
                           "message",     "values", "members", ""};
    const int *lengths = INTEGER(size);
    R_xlen_t scenarios = lengths[0];
    R_xlen_t many = scenarios * XLENGTH(percentiles);
    R_xlen_t series = scenarios * XLENGTH(variables);
    R_xlen_t members_all = series * XLENGTH(members) * (lengths[2] + 1);
    watch w = watch_new();
    SEXP list = PROTECT(Rf_mkNamed(VECSXP, names));
    SET_VECTOR_ELT(list, 0, Rf_allocVector(REALSXP, many * lengths[2]));
    SET_VECTOR_ELT(list, 1, Rf_allocVector(REALSXP, many));
    SET_VECTOR_ELT(list, 2, Rf_allocVector(REALSXP, scenarios * XLENGTH(thresholds)));
    SET_VECTOR_ELT(list, 3, Rf_allocVector(INTSXP, scenarios));
    SET_VECTOR_ELT(list, 5, Rf_allocVector(REALSXP, series * XLENGTH(percentiles) * lengths[2]));
    SET_VECTOR_ELT(list, 6, Rf_allocVector(REALSXP, members_all));
    long *numbers = (long *)R_alloc((size_t)XLENGTH(members) + 1, sizeof *numbers);
    for (R_xlen_t i = 0; i < XLENGTH(members); i++) {
        numbers[i] = INTEGER(members)[i];
    }
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
                             .members = XLENGTH(members) > 0 ? numbers : NULL,
                             .member_count = (size_t)XLENGTH(members),
                             .variables = strings_of(variables),
                             .variable_count = (size_t)XLENGTH(variables),
                             .reference_first = INTEGER(reference)[0],
                             .reference_last = INTEGER(reference)[1],
                             .percentile_values = series > 0 ? REAL(VECTOR_ELT(list, 5)) : NULL,
                             .member_values = members_all > 0 ? REAL(VECTOR_ELT(list, 6)) : NULL,
                             .progress = tick,
                             .user = &w};
    int code = stk_session_climate(s, &call);
    SET_VECTOR_ELT(list, 4, Rf_ScalarString(Rf_mkCharCE(stk_session_message(s), CE_UTF8)));
    bool some = code == STK_REFUSED_DATA && scenarios > 0;
    SEXP answer = w.interrupted              ? refusal(s, STK_CANCELLED)
                  : code == STK_DONE || some ? list
                                             : refusal(s, code);
    UNPROTECT(1);
    return answer;
}

/* ---- what members mean ---- */

/* Categories of rows of seven numbers, [number, row]: names, and what the published tool writes. */
SEXP r_category(SEXP pointer, SEXP method, SEXP numbers)
{
    enum { NUMBERS = 7 };
    stk_session *s = session_of(pointer);
    const char *names[] = {"report", "tool", ""};
    R_xlen_t rows = XLENGTH(numbers) / NUMBERS;
    SEXP list = PROTECT(Rf_mkNamed(VECSXP, names));
    SET_VECTOR_ELT(list, 0, Rf_allocVector(STRSXP, rows));
    SET_VECTOR_ELT(list, 1, Rf_allocVector(STRSXP, rows));
    int code = STK_DONE;
    for (R_xlen_t i = 0; i < rows && code == STK_DONE; i++) {
        const char *name;
        const char *label;
        code = stk_session_category(s, text_of(method), REAL(numbers) + NUMBERS * i, &name, &label);
        if (code == STK_DONE) {
            SET_STRING_ELT(VECTOR_ELT(list, 0), i, Rf_mkCharCE(name, CE_UTF8));
            SET_STRING_ELT(VECTOR_ELT(list, 1), i, Rf_mkCharCE(label, CE_UTF8));
        }
    }
    SEXP answer = code == STK_DONE ? list : refusal(s, code);
    UNPROTECT(1);
    return answer;
}

/* Values are [year, member, scenario]. */
SEXP r_postprocess(SEXP pointer, SEXP method, SEXP models, SEXP scenarios, SEXP first_year,
                   SEXP values, SEXP size)
{
    stk_session *s = session_of(pointer);
    const int *lengths = INTEGER(size);
    return done(s,
                stk_session_postprocess(s, text_of(method), (size_t)lengths[2], strings_of(models),
                                        strings_of(scenarios), Rf_asInteger(first_year),
                                        (size_t)lengths[0], (size_t)lengths[1], REAL(values)));
}
