/** @file session_emissions.c
 * @brief What the climate ensemble takes: species, members, variables, and rows in memory as
 * scenarios of emissions.
 */
#include "session/session_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/shipped.h>

#include "base/try.h"
#include "data/paths.h"

enum { OUTPUT_LAST = 2100 };

/* ---- what there is ---- */

stk_status session_calibration(stk_session *s, stk_error *error)
{
    stk_status status = STK_OK;
    if (s->data.edition == NULL) {
        return stk_error_set(error, STK_EARG, "the session has no edition");
    }
    if (s->calibration == NULL) {
        status = stk_shipped_calibration(s->data.edition, STK_PATH_CALIBRATION, NULL,
                                         &s->calibration, error);
    }
    if (status == STK_OK && s->history == NULL) {
        status =
            stk_shipped_table(s->data.edition, STK_PATH_SPECIES_HISTORY, NULL, &s->history, error);
    }
    return status;
}

static bool has_calibration(stk_session *s)
{
    stk_error error;
    return s != NULL && session_result(s, session_calibration(s, &error), &error) == STK_DONE;
}

const char *stk_session_species(stk_session *s, size_t i, const char **unit)
{
    if (!has_calibration(s) || i >= stk_calibration_species_count(s->calibration)) {
        return NULL;
    }
    stk_climate_species species = stk_calibration_species(s->calibration, i);
    if (unit != NULL) {
        *unit = species.emissions_unit == NULL ? "" : species.emissions_unit;
    }
    return species.name;
}

long stk_session_member(stk_session *s, size_t i)
{
    return has_calibration(s) && i < stk_calibration_member_count(s->calibration)
               ? stk_calibration_member_number(s->calibration, i)
               : -1;
}

const char *stk_climate_output(int i, const char **name, const char **unit)
{
    if (i < 0 || i >= STK_CLIMATE_VARIABLE_COUNT) {
        return NULL;
    }
    stk_climate_variable variable = (stk_climate_variable)i;
    if (name != NULL) {
        *name = stk_climate_variable_name(variable);
    }
    if (unit != NULL) {
        *unit = stk_climate_variable_unit(variable);
    }
    return stk_climate_variable_key(variable);
}

stk_status session_go_on(stk_session *s, int (*progress)(void *user, double share), void *user,
                         double share, stk_error *error)
{
    s->cancelled = progress != NULL && progress(user, share) != 0;
    return s->cancelled ? stk_error_set(error, STK_EARG, "the run was cancelled") : STK_OK;
}

/* ---- rows as scenarios ---- */

void session_forget_scenarios(stk_session *s)
{
    stk_climate_scenarios_free(s->scenarios);
    stk_iamc_free(s->species_rows);
    s->scenarios = NULL;
    s->species_rows = NULL;
}

/* What the climate model takes of the rows, and the list of the others; the last year of them. */
static stk_status choose_species(stk_session *s, int *last, stk_error *error)
{
    stk_scenario_report *report = stk_scenario_report_new();
    stk_status status;
    STK_TRY(stk_allocated(report, error));
    STK_TRY(session_choose_rows(s, stk_census_of_species(s->calibration), &s->species_rows, report,
                                error));
    STK_TRY(session_keep_left_out(s, report, error));
    *last = 0;
    for (size_t r = 0; r < s->species_rows->row_count; r++) {
        stk_series row = {SESSION_FIRST_YEAR, SESSION_LAST_YEAR - SESSION_FIRST_YEAR + 1,
                          s->species_rows->rows[r].values};
        for (int year = *last + 1; year <= OUTPUT_LAST; year++) {
            *last = isnan(stk_series_at(&row, year)) ? *last : year;
        }
    }
done:
    stk_scenario_report_free(report);
    return status;
}

stk_status session_find_scenarios(stk_session *s, bool fill, int *last, stk_error *error)
{
    stk_status status;
    session_forget_scenarios(s);
    STK_TRY(session_calibration(s, error));
    STK_TRY(session_check_rows(s, error));
    STK_TRY(choose_species(s, last, error));
    if (fill && s->library == NULL) {
        STK_TRY(stk_shipped_table(s->data.edition, STK_PATH_SCENARIO_LIBRARY, NULL, &s->library,
                                  error));
    }
    stk_climate_scenario_options options = {.history = s->history,
                                            .library = fill ? s->library : NULL};
    const stk_iamc *tables[] = {s->species_rows};
    STK_TRY(stk_climate_scenarios_new(s->calibration, tables, 1, &options, &s->scenarios, error));
done:
    return status;
}

const char *stk_session_scenario(const stk_session *s, size_t i, const char **model)
{
    if (s == NULL || s->scenarios == NULL || i >= stk_climate_scenarios_count(s->scenarios)) {
        return NULL;
    }
    if (model != NULL) {
        *model = stk_climate_scenarios_model(s->scenarios, i);
    }
    return stk_climate_scenarios_name(s->scenarios, i);
}

/* Room for one scenario: emissions are the caller's, the rest says what else it gives. */
typedef struct room {
    stk_climate_rows rows;
    double *values;
    bool *given;
} room;

static stk_status open_room(room *r, size_t species, int first_year, size_t years, stk_error *error)
{
    r->rows = (stk_climate_rows){
        .first_year = first_year, .year_count = (int)years, .species_count = species};
    r->values = malloc(species * (years + 1) * sizeof *r->values);
    r->given = malloc(2 * species * sizeof *r->given);
    r->rows.emissions = malloc(2 * species * sizeof *r->rows.emissions);
    if (r->values == NULL || r->given == NULL || r->rows.emissions == NULL) {
        return stk_error_memory(error);
    }
    r->rows.emissions_given = r->given;
    r->rows.concentrations_given = r->given + species;
    r->rows.concentrations = r->rows.emissions + species;
    for (size_t k = 0; k < species; k++) {
        r->rows.concentrations[k] = r->values + k * (years + 1);
    }
    return STK_OK;
}

static void close_room(room *r)
{
    free(r->values);
    free(r->given);
    free(r->rows.emissions);
}

static stk_status fill_scenario(stk_session *s, room *r, size_t i, double *into, stk_error *error)
{
    size_t species = r->rows.species_count;
    size_t years = (size_t)r->rows.year_count;
    memset(r->given, 0, 2 * species * sizeof *r->given);
    for (size_t k = 0; k < species; k++) {
        r->rows.emissions[k] = into + k * years;
    }
    stk_status status = stk_climate_scenarios_fill(s->scenarios, i, &r->rows, error);
    for (size_t k = 0; k < species; k++) {
        if (status == STK_OK && r->rows.concentrations_given[k]) {
            status = stk_error_set(error, STK_EDATA,
                                   "it gives the concentration of %s, and an array has emissions "
                                   "alone",
                                   stk_calibration_species(s->calibration, k).name);
        }
    }
    for (size_t k = 0; k < species; k++) {
        for (size_t y = 0; y < years && (status != STK_OK || !r->rows.emissions_given[k]); y++) {
            into[k * years + y] = (double)NAN;
        }
    }
    return status == STK_OK
               ? status
               : stk_error_context(error, status, "model '%s', scenario '%s'",
                                   STK_CUT(stk_climate_scenarios_model(s->scenarios, i), 60),
                                   STK_CUT(stk_climate_scenarios_name(s->scenarios, i), 60));
}

static stk_status fill_all(stk_session *s, int first_year, size_t years, double *emissions,
                           stk_error *error)
{
    room r = {.values = NULL};
    stk_error later;
    size_t species = stk_calibration_species_count(s->calibration);
    stk_status refused = STK_OK;
    stk_status status;
    STK_TRY(open_room(&r, species, first_year, years, error));
    for (size_t i = 0; i < stk_climate_scenarios_count(s->scenarios); i++) {
        stk_status one = fill_scenario(s, &r, i, emissions + i * species * years,
                                       refused == STK_OK ? error : &later);
        refused = refused == STK_OK ? one : refused;
    }
done:
    close_room(&r);
    return status != STK_OK ? status : refused;
}

int stk_session_emissions(stk_session *s, int fill, int first_year, size_t years, double *emissions,
                          size_t *scenarios)
{
    stk_error error;
    int last;
    stk_status status;
    if (s == NULL) {
        return STK_REFUSED_ARGUMENT;
    }
    if (emissions != NULL &&
        (first_year < SESSION_FIRST_YEAR || years == 0 || years > SESSION_LAST_YEAR ||
         first_year + (int)years - 1 > SESSION_LAST_YEAR)) {
        return session_refuse(s, "%zu years from %d are refused; allowed: %d to %d", years,
                              first_year, SESSION_FIRST_YEAR, SESSION_LAST_YEAR);
    }
    STK_TRY(session_find_scenarios(s, fill != 0, &last, &error));
    if (scenarios != NULL) {
        *scenarios = stk_climate_scenarios_count(s->scenarios);
    }
    if (emissions != NULL) {
        STK_TRY(fill_all(s, first_year, years, emissions, &error));
    }
done:
    if (status != STK_OK && scenarios != NULL && s->scenarios == NULL) {
        *scenarios = 0;
    }
    return session_result(s, status, &error);
}
