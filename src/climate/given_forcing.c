/** @file given_forcing.c
 * @brief Forcings from outside: reading tables of them, and the series of a scenario.
 *
 * Solar and volcanic forcing that all scenarios of a table share become arrays of the calibration;
 * what differs between scenarios, and all that is not natural, is kept by scenario.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/try.h"
#include "climate/calibration.h"
#include "scenario/iamc_file.h"

/* No forcing is larger: what is beyond is no forcing, or in another unit. */
enum { NATURAL_LAST_BOUND = 3001, FORCING_MAX_WM2 = 10000 };

/* ---- a table of years with volcanic and solar forcing ---- */

static stk_status read_natural_row(stk_calibration *c, const stk_csv *csv, const int columns[3],
                                   stk_error *error)
{
    int year;
    double volcanic;
    double solar;
    stk_status status;
    STK_TRY(stk_csv_integer(csv, columns[0], -1, &year, error));
    if (c->natural_count > 0 && year != c->natural_first_year + c->natural_count) {
        return stk_csv_refuse(csv, columns[0], error, "the year after that of the line before");
    }
    STK_TRY(stk_csv_number(csv, columns[1], &volcanic, error));
    STK_TRY(stk_csv_number(csv, columns[2], &solar, error));
    bool is_volcanic = fabs(volcanic) <= FORCING_MAX_WM2;
    if (!is_volcanic || !(fabs(solar) <= FORCING_MAX_WM2)) {
        return stk_csv_refuse(csv, is_volcanic ? columns[2] : columns[1], error,
                              "a number from -%d to %d", FORCING_MAX_WM2, FORCING_MAX_WM2);
    }
    if (c->natural_count == 0) {
        if (year < 0) {
            return stk_csv_refuse(csv, columns[0], error, "a year that is not negative");
        }
        c->natural_first_year = year;
    }
    c->volcanic_wm2[c->natural_count] = volcanic;
    c->solar_wm2[c->natural_count] = solar;
    c->natural_count++;
done:
    return status;
}

static stk_status allocate_natural(stk_calibration *c, size_t rows, stk_error *error)
{
    size_t room = rows + NATURAL_LAST_BOUND + 1; /* whatever the first year is */
    c->natural_count = 0;
    c->volcanic_wm2 = stk_arena_alloc(&c->arena, room, sizeof(double));
    c->solar_wm2 = stk_arena_alloc(&c->arena, room, sizeof(double));
    return c->volcanic_wm2 != NULL && c->solar_wm2 != NULL ? STK_OK : stk_error_memory(error);
}

/* Projections end without volcanic or solar anomalies: a table that ends in zeros goes on in zeros.
 */
static void continue_natural(stk_calibration *c)
{
    int last = c->natural_count - 1;
    if (last < 0 || c->volcanic_wm2[last] != 0 || c->solar_wm2[last] != 0) {
        return;
    }
    while (c->natural_first_year + c->natural_count <= NATURAL_LAST_BOUND) {
        c->natural_count++; /* the arena's memory is zero */
    }
}

static stk_status read_natural(stk_calibration *c, stk_csv *csv, size_t rows, stk_error *error)
{
    static const char *const names[] = {"year", "volcanic_Wm2", "solar_Wm2"};
    int columns[3];
    stk_status status;
    STK_TRY(allocate_natural(c, rows, error));
    STK_TRY(stk_csv_columns(csv, names, 3, columns, error));
    while (stk_csv_each(csv, &status, error)) {
        STK_TRY(read_natural_row(c, csv, columns, error));
    }
    if (status == STK_OK) {
        continue_natural(c);
        c->is_shared[0] = c->is_shared[1] = true;
    }
done:
    return status;
}

/* ---- an IAMC table ---- */

/* Species' own names are on time bounds, as the reference model reads them; names of IAMC tables
 * are means of years, and the end of the name says what they are of. */
int calibration_forced_species(const stk_calibration *calibration, stk_text variable, bool *annual)
{
    stk_text name = stk_text_trim(variable);
    *annual = stk_text_cut_prefix_alike(&name, "Effective Radiative Forcing|");
    while (*annual && memchr(name.data, '|', name.size) != NULL) {
        const char *bar = memchr(name.data, '|', name.size);
        name = (stk_text){bar + 1, name.size - (size_t)(bar + 1 - name.data)};
    }
    return name.size > 0 ? stk_species_find_forced(&calibration->species, name) : -1;
}

stk_status calibration_check_forcing_unit(const stk_iamc *table, const stk_iamc_row *row,
                                          stk_error *error)
{
    static const char units[] = "W/m2|W/m^2|W/m**2|W / m2|W / m^2|W / m ** 2|W m-2|W m^-2|"
                                "W m**-2|Wm-2|watt/m2|W/m²|W m⁻²";
    return stk_text_choice(stk_text_of(row->unit), units) >= 0
               ? STK_OK
               : stk_error_at(error, STK_EUNIT, table->name, row->line, 0,
                              "%s: '%s' is no unit of forcing; allowed: W/m2",
                              STK_CUT(row->variable, 120), STK_CUT(row->unit, 60));
}

/* A row without gaps: linear between the years that have a value. */
static stk_status take_series(stk_calibration *c, const stk_iamc *table, const stk_iamc_row *row,
                              given_forcing *series, stk_error *error)
{
    int first = 0;
    int last = 0;
    stk_series all = {table->first_year, table->year_count, row->values};
    if (!stk_series_span(&all, &first, &last)) {
        return stk_error_at(error, STK_EDATA, table->name, row->line, 0, "%s has no value",
                            STK_CUT(row->variable, 120));
    }
    double *values = stk_arena_alloc(&c->arena, (size_t)(last - first + 1), sizeof *values);
    if (values == NULL) {
        return stk_error_memory(error);
    }
    int before = first;
    for (int year = first; year <= last; year++) {
        double value = row->values[year - table->first_year];
        if (isnan(value)) {
            continue;
        }
        if (fabs(value) > FORCING_MAX_WM2) {
            return stk_error_at(error, STK_EDATA, table->name, row->line, 0,
                                "%s in %d: %g is refused; allowed: -%d to %d W/m2",
                                STK_CUT(row->variable, 120), year, value, FORCING_MAX_WM2,
                                FORCING_MAX_WM2);
        }
        values[year - first] = value;
        for (int gap = before + 1; gap < year; gap++) {
            double start = values[before - first];
            values[gap - first] = start + (value - start) * (gap - before) / (year - before);
        }
        before = year;
    }
    series->line = row->line;
    series->first_year = first;
    series->count = last - first + 1;
    series->values = values;
    return STK_OK;
}

static stk_status take_row(stk_calibration *c, const stk_iamc *table, const stk_iamc_row *row,
                           size_t first_new, stk_error *error)
{
    given_forcing series = {.species = 0};
    stk_status status;
    series.species = calibration_forced_species(c, stk_text_of(row->variable), &series.annual);
    series.annual = series.annual || table->mid_year;
    series.scenario = stk_arena_string(&c->arena, stk_text_of(row->scenario));
    series.file = stk_arena_string(&c->arena, stk_text_of(table->name));
    if (series.scenario == NULL || series.file == NULL) {
        return stk_error_memory(error);
    }
    STK_TRY(calibration_check_forcing_unit(table, row, error));
    STK_TRY(take_series(c, table, row, &series, error));
    for (size_t i = first_new; i < c->given_count; i++) {
        if (c->given[i].species == series.species &&
            strcmp(c->given[i].scenario, series.scenario) == 0) {
            return stk_error_at(error, STK_EDATA, table->name, row->line, 0,
                                "%s of '%s' gives what line %ld has given already",
                                STK_CUT(row->variable, 120), STK_CUT(row->scenario, 80),
                                c->given[i].line);
        }
    }
    if (!STK_GROW(c->given, c->given_count + 1, c->given_capacity)) {
        return stk_error_memory(error);
    }
    c->given[c->given_count++] = series;
done:
    return status;
}

/* Series of an earlier table give way to those of the newer one. */
static void replace_older(stk_calibration *c, size_t first_new)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->given_count; i++) {
        bool replaced = false;
        for (size_t k = first_new; i < first_new && k < c->given_count; k++) {
            replaced = replaced || c->given[k].species == c->given[i].species;
        }
        if (!replaced) {
            c->given[kept++] = c->given[i];
        }
    }
    c->given_count = kept;
}

static bool is_same(const given_forcing *a, const given_forcing *b)
{
    return a->annual == b->annual && a->first_year == b->first_year && a->count == b->count &&
           memcmp(a->values, b->values, (size_t)a->count * sizeof *a->values) == 0;
}

/* The series of a species if all scenarios have the same, else NULL. */
static const given_forcing *only_series(const stk_calibration *c, int species)
{
    const given_forcing *only = NULL;
    for (size_t i = 0; i < c->given_count; i++) {
        const given_forcing *g = &c->given[i];
        if (g->species == species) {
            if (only != NULL && !is_same(only, g)) {
                return NULL;
            }
            only = g;
        }
    }
    return only;
}

static double annual_or_end(const given_forcing *g, int year)
{
    int i = year - g->first_year;
    return g->values[i < 0 ? 0 : i >= g->count ? g->count - 1 : i];
}

/* The value at a time bound; beyond the series that of its end. */
static double value_at_bound(const given_forcing *g, int bound)
{
    return g->annual ? 0.5 * (annual_or_end(g, bound - 1) + annual_or_end(g, bound))
                     : annual_or_end(g, bound);
}

/* The last time bound that a series reaches. */
static int last_bound(const given_forcing *g, bool natural)
{
    int last = g->first_year + g->count - (g->annual ? 0 : 1);
    bool goes_on = natural && g->values[g->count - 1] == 0 && last < NATURAL_LAST_BOUND;
    return goes_on ? NATURAL_LAST_BOUND : last;
}

/* Solar and volcanic forcing that all scenarios share go where the natural table's go. */
static stk_status share_natural(stk_calibration *c, stk_error *error)
{
    const int solar = c->species.first_of_kind[STK_KIND_SOLAR];
    const int volcanic = c->species.first_of_kind[STK_KIND_VOLCANIC];
    const given_forcing *s = only_series(c, solar);
    const given_forcing *v = only_series(c, volcanic);
    if (s == NULL || v == NULL) {
        return STK_OK;
    }
    int first = s->first_year > v->first_year ? s->first_year : v->first_year;
    int last_s = last_bound(s, true);
    int last_v = last_bound(v, true);
    int last = last_s < last_v ? last_s : last_v;
    stk_status status = allocate_natural(c, (size_t)(last > first ? last - first + 1 : 1), error);
    c->natural_first_year = first;
    c->natural_file = s->file;
    for (int bound = first; status == STK_OK && bound <= last; bound++) {
        c->solar_wm2[c->natural_count] = value_at_bound(s, bound);
        c->volcanic_wm2[c->natural_count++] = value_at_bound(v, bound);
    }
    c->is_shared[0] = c->is_shared[1] = true;
    return status;
}

void calibration_prefer_given(stk_calibration *c)
{
    for (size_t i = 0; i < c->given_count; i++) {
        stk_species_kind kind = c->species.items[c->given[i].species].kind;
        c->is_shared[0] = c->is_shared[0] && kind != STK_KIND_SOLAR;
        c->is_shared[1] = c->is_shared[1] && kind != STK_KIND_VOLCANIC;
    }
}

enum { SHOWN = 5 };

typedef struct wanted_forcings {
    const stk_calibration *calibration;
    size_t unknown_count;
    stk_buffer unknown;
} wanted_forcings;

static bool want_forcing(void *user, stk_text variable)
{
    wanted_forcings *w = user;
    bool annual;
    if (calibration_forced_species(w->calibration, variable, &annual) >= 0) {
        return true;
    }
    if (w->unknown_count++ < SHOWN) {
        stk_text shown = stk_text_cut(variable, 80);
        stk_buffer_printf(&w->unknown, "%s%.*s", w->unknown.size > 0 ? "; " : "", (int)shown.size,
                          shown.data);
    }
    return false;
}

static stk_status read_iamc(stk_calibration *c, const stk_csv_file *file, stk_error *error)
{
    wanted_forcings wanted = {.calibration = c};
    stk_iamc_filter filter = {.wanted = want_forcing, .user = &wanted};
    stk_iamc *table = NULL;
    size_t first_new = c->given_count;
    stk_status status;
    STK_TRY(iamc_read_file(file, &filter, &table, error));
    for (size_t i = 0; i < table->row_count; i++) {
        STK_TRY(take_row(c, table, &table->rows[i], first_new, error));
    }
    if (c->given_count == first_new) {
        status = stk_error_at(error, STK_EDATA, file->name, 0, 0,
                              "no row is a forcing that the calibration takes from outside");
        goto done;
    }
    if (wanted.unknown_count > 0) {
        stk_error note;
        bool one = wanted.unknown_count == 1;
        (void)stk_error_at(&note, STK_EDATA, file->name, 0, 0,
                           "%zu row%s not used, since the calibration does not take %s from "
                           "outside: %s%s",
                           wanted.unknown_count, one ? " is" : "s are", one ? "it" : "them",
                           wanted.unknown.data, wanted.unknown_count > SHOWN ? "; ..." : "");
        stk_problems_add(&c->notes, &note);
    }
    replace_older(c, first_new);
    calibration_prefer_given(c);
    STK_TRY(share_natural(c, error));
done:
    stk_buffer_free(&wanted.unknown);
    stk_iamc_free(table);
    return status;
}

/* A table of years; one of IAMC may have a column of that name as well, a row for each value. */
static bool is_natural_table(const stk_csv *csv)
{
    bool has_variables = false;
    for (size_t i = 0; i < csv->column_count; i++) {
        has_variables =
            has_variables || stk_text_choice(csv->columns[i], "variable|Variable|VARIABLE") >= 0;
    }
    return stk_csv_find(csv, "year") >= 0 && !has_variables;
}

stk_status calibration_read_forcing(stk_calibration *calibration, const stk_csv_file *file,
                                    stk_error *error)
{
    stk_arena scratch = {0};
    stk_csv csv;
    size_t rows = 0;
    stk_status status;
    /* IAMC tables have more forms than CSV does here, and a reader of their own */
    status = stk_csv_open_file(&csv, file, &scratch, error);
    if (status == STK_EMEM) {
        STK_FAIL(status);
    }
    if (status != STK_OK || !is_natural_table(&csv)) {
        STK_TRY(read_iamc(calibration, file, error));
        goto done;
    }
    while (stk_csv_each(&csv, &status, error)) {
        rows++;
    }
    STK_TRY(status);
    STK_TRY(stk_csv_open_file(&csv, file, &scratch, error));
    STK_TRY(read_natural(calibration, &csv, rows, error));
    calibration->natural_file = stk_arena_string(&calibration->arena, stk_text_of(file->name));
    STK_TRY(stk_allocated(calibration->natural_file, error));
done:
    stk_arena_free(&scratch);
    return status;
}

/* ---- the series of a scenario ---- */

static bool lacks(const stk_calibration *c, stk_species_kind kind)
{
    int s = c->species.first_of_kind[kind];
    bool found = s < 0 || stk_forcing_is_shared(c, s);
    for (size_t i = 0; !found && i < c->given_count; i++) {
        found = c->given[i].species == s;
    }
    return !found;
}

const char *stk_calibration_missing_natural(const stk_calibration *calibration)
{
    bool solar = lacks(calibration, STK_KIND_SOLAR);
    bool volcanic = lacks(calibration, STK_KIND_VOLCANIC);
    return solar && volcanic ? "solar and volcanic forcing"
           : solar           ? "solar forcing"
           : volcanic        ? "volcanic forcing"
                             : NULL;
}

static stk_status find_series(const stk_calibration *c, int species, const char *scenario,
                              const given_forcing **found, stk_error *error)
{
    stk_buffer names = {0};
    const char *file = NULL;
    *found = only_series(c, species);
    for (size_t i = 0; *found == NULL && i < c->given_count; i++) {
        const given_forcing *g = &c->given[i];
        if (g->species == species && strcmp(g->scenario, scenario) == 0) {
            *found = g;
        } else if (g->species == species) {
            file = g->file;
            if (names.size < 200) {
                stk_buffer_printf(&names, "%s%s", names.size > 0 ? ", " : "", g->scenario);
            }
        }
    }
    stk_status status =
        *found != NULL || file == NULL
            ? STK_OK
            : stk_error_at(error, STK_EARG, file, 0, 0,
                           "the forcing of %s differs between scenarios (%s), and none of them "
                           "is '%s'",
                           c->species.items[species].name, names.failed ? "" : names.data,
                           STK_CUT(scenario, 80));
    stk_buffer_free(&names);
    return status;
}

/* What lets a run begin before a series, or end after it. */
static const char *allowed(bool before)
{
    return before ? "zero" : "hold or zero";
}

stk_status stk_calibration_reach(stk_calibration *calibration, stk_years years,
                                 stk_missing_forcing missing, stk_error *error)
{
    stk_calibration *c = calibration;
    int first = c->natural_first_year;
    int last = first + c->natural_count - 1;
    bool before = years.first < first;
    bool after = years.last >= last;
    if (!stk_forcing_any_shared(c) || (!before && !after)) {
        return STK_OK;
    }
    bool fits = years.first >= 0 && first <= NATURAL_LAST_BOUND &&
                (!after || years.last < NATURAL_LAST_BOUND);
    if (!fits || missing == STK_FORCING_REFUSE || (before && missing == STK_FORCING_HOLD)) {
        return stk_error_at(error, STK_EDATA, c->natural_file, 0, 0,
                            "solar and volcanic forcing are given for the years %d to %d, and the "
                            "run is from %d to %d%s%s",
                            first, last - 1, years.first, years.last,
                            fits ? "; choose other years, or --missing-forcing " : "",
                            fits ? allowed(before) : "");
    }
    double *const series[] = {c->solar_wm2, c->volcanic_wm2};
    size_t shift = before ? (size_t)(first - years.first) : 0;
    size_t count = (size_t)c->natural_count;
    size_t more = after ? (size_t)(years.last + 1 - last) : 0;
    for (size_t k = 0; k < 2; k++) { /* see allocate_natural() for the room */
        double end = missing == STK_FORCING_HOLD ? series[k][count - 1] : 0;
        memmove(series[k] + shift, series[k], count * sizeof(double));
        memset(series[k], 0, shift * sizeof(double));
        for (size_t i = 0; i < more; i++) {
            series[k][shift + count + i] = end;
        }
    }
    c->natural_first_year = first - (int)shift;
    c->natural_count = (int)(shift + count + more);
    return STK_OK;
}

static stk_status fill_series(const stk_calibration *c, const given_forcing *g,
                              stk_missing_forcing missing, stk_climate_rows *rows, stk_error *error)
{
    const stk_species *species = &c->species.items[g->species];
    double *out = rows->forcings[g->species];
    int last = last_bound(g, stk_species_is_natural(species));
    for (int i = 0; i <= rows->year_count; i++) {
        int bound = rows->first_year + i;
        bool before = bound < g->first_year;
        if ((before && missing != STK_FORCING_ZERO) ||
            (bound > last && missing == STK_FORCING_REFUSE)) {
            return stk_error_at(error, STK_EARG, g->file, g->line, 0,
                                "the forcing of %s has no value for %d-01-01; it is given for %d "
                                "to %d; or choose --missing-forcing %s",
                                species->name, bound, g->first_year, last, allowed(before));
        }
        bool held = bound <= last || missing == STK_FORCING_HOLD;
        out[i] = before || !held ? 0 : value_at_bound(g, bound);
    }
    rows->forcings_given[g->species] = true;
    return STK_OK;
}

stk_status stk_climate_fill_forcings(const stk_calibration *calibration, const char *scenario,
                                     stk_missing_forcing missing, stk_climate_rows *rows,
                                     stk_error *error)
{
    const stk_calibration *c = calibration;
    stk_status status = STK_OK;
    for (size_t s = 0; status == STK_OK && s < c->species.count; s++) {
        const given_forcing *series = NULL;
        if (!stk_species_is_forced(&c->species.items[s]) || stk_forcing_is_shared(c, (int)s) ||
            rows->forcings == NULL || rows->forcings_given[s]) {
            continue;
        }
        status = find_series(c, (int)s, scenario, &series, error);
        if (status == STK_OK && series != NULL) {
            status = fill_series(c, series, missing, rows, error);
        } else if (status == STK_OK && missing == STK_FORCING_ZERO) {
            memset(rows->forcings[s], 0, (size_t)(rows->year_count + 1) * sizeof(double));
            rows->forcings_given[s] = true;
        }
    }
    return status;
}
