/** @file scenarios.c
 * @brief Scenarios of IAMC tables as what the model takes: annual, in its units, from the start.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "climate/source_row.h"

enum { TAPER_END = 2080 };

typedef struct scenario_entry {
    const char *model;
    const char *name;
    source_row *emissions; /* [species] */
    source_row *concentrations;
    source_row *parts;        /* [STK_FOSSIL_PARTS] of fossil CO2 */
    source_row *details;      /* likewise: the first detail of each */
    const stk_error *refused; /* why it cannot be run, or NULL; the others can */
} scenario_entry;

struct stk_climate_scenarios {
    const stk_calibration *calibration;
    stk_climate_scenario_options options;
    stk_arena arena;
    stk_arena entries; /* of the items */
    scenario_entry *items;
    size_t count;
    size_t capacity;
    scenario_entry history;         /* the history as a scenario */
    stk_climate_scenarios *library; /* scenarios to fill from, or NULL */
};

/* --- finding ---------------------------------------------------------------------------------- */

/* Names of the scenarios of earlier tables, in order: some runs have a hundred thousand. */
typedef struct known_name {
    const char *model;
    const char *name;
    size_t item;
} known_name;

static int compare_names(const void *a, const void *b)
{
    const known_name *x = a;
    const known_name *y = b;
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : strcmp(x->model, y->model);
}

static known_name *list_known(const stk_climate_scenarios *s)
{
    known_name *known = malloc((s->count + 1) * sizeof *known);
    for (size_t i = 0; known != NULL && i < s->count; i++) {
        known[i] = (known_name){s->items[i].model, s->items[i].name, i};
    }
    if (known != NULL) {
        qsort(known, s->count, sizeof *known, compare_names);
    }
    return known;
}

static bool allocate_rows(const stk_calibration *c, stk_arena *arena, scenario_entry *entry)
{
    size_t species = c->species.count;
    source_row *rows =
        stk_arena_alloc(arena, 2 * species + (size_t)2 * STK_FOSSIL_PARTS, sizeof *rows);
    if (rows != NULL) {
        entry->emissions = rows;
        entry->concentrations = rows + species;
        entry->parts = rows + 2 * species;
        entry->details = entry->parts + STK_FOSSIL_PARTS;
    }
    return rows != NULL;
}

/* A new entry: within a table a scenario comes once. */
static scenario_entry *add_entry(stk_climate_scenarios *s, const char *model, const char *name)
{
    if (!STK_GROW(s->items, s->count + 1, s->capacity)) {
        return NULL;
    }
    scenario_entry *entry = &s->items[s->count];
    *entry = (scenario_entry){.model = model, .name = name};
    if (!allocate_rows(s->calibration, &s->entries, entry)) {
        return NULL;
    }
    s->count++;
    return entry;
}

static bool is_empty(const stk_iamc *table, const stk_iamc_row *row, bool of_zeros)
{
    for (int i = 0; i < table->year_count; i++) {
        if (!isnan(row->values[i]) && (row->values[i] != 0 || !of_zeros)) {
            return false;
        }
    }
    return true;
}

/* The factor from a concentration's unit to the model's; both are parts per some power. */
static stk_status concentration_factor(const stk_iamc *table, const stk_iamc_row *row,
                                       const char *to, double *factor, stk_error *error)
{
    static const char *const units[] = {"ppm", "ppb", "ppt"};
    static const double parts[] = {1e-6, 1e-9, 1e-12};
    double from = 0;
    double target = 0;
    for (int i = 0; i < 3; i++) {
        from = strcmp(row->unit, units[i]) == 0 ? parts[i] : from;
        target = strcmp(to, units[i]) == 0 ? parts[i] : target;
    }
    if (from == 0) {
        return stk_error_at(error, STK_EUNIT, table->name, row->line, 0,
                            "%s: '%s' cannot be converted to %s", STK_CUT(row->variable, 120),
                            STK_CUT(row->unit, 60), to);
    }
    *factor = from == target ? 1 : from / target;
    return STK_OK;
}

static stk_status take_row(const stk_calibration *c, const stk_iamc *table, const stk_iamc_row *row,
                           const scenario_entry *entry, stk_error *error)
{
    stk_variable_meaning meaning = stk_climate_meaning(c, stk_text_of(row->variable));
    if (meaning.species < 0 || is_empty(table, row, meaning.detail)) {
        return STK_OK;
    }
    if (meaning.detail) {
        entry->details[meaning.part - 1] = (source_row){.table = table, .row = row};
        return STK_OK;
    }
    const stk_species *species = &c->species.items[meaning.species];
    /* what is forced from outside has no concentration, and its row is there */
    bool emitted = !meaning.concentration && !meaning.forcing;
    source_row *place = &(emitted ? entry->emissions : entry->concentrations)[meaning.species];
    place = meaning.part > 0 ? &entry->parts[meaning.part - 1] : place;
    if (place->row != NULL && place->rank == meaning.rank) {
        return stk_error_at(error, STK_EDATA, table->name, row->line, 0,
                            "%s of %s: '%s' gives what '%s' (%s, line %ld) has given already",
                            species->name, STK_CUT(row->scenario, 80), STK_CUT(row->variable, 120),
                            STK_CUT(place->row->variable, 120), place->table->name,
                            place->row->line);
    }
    if (place->row != NULL && place->rank > meaning.rank) {
        return STK_OK;
    }
    *place = (source_row){table, row, 1, meaning.rank, meaning.lacks_parts, NULL};
    if (meaning.forcing) {
        return calibration_check_forcing_unit(table, row, error);
    }
    return meaning.concentration
               ? concentration_factor(table, row, species->concentration_unit, &place->factor,
                                      error)
               : stk_iamc_row_factor(table, row, species->emissions_unit, &place->factor, error);
}

/* Keep the first reason. */
static stk_status refuse_entry(stk_climate_scenarios *s, scenario_entry *entry,
                               const stk_error *problem, stk_error *error)
{
    if (entry->refused != NULL) {
        return STK_OK;
    }
    stk_error *copy = stk_arena_alloc(&s->entries, 1, sizeof *copy);
    if (copy == NULL) {
        return stk_error_memory(error);
    }
    *copy = *problem;
    entry->refused = copy;
    return STK_OK;
}

/* A detail of a part of fossil CO2 would be lost where the part is not reported itself. */
static stk_status check_details(const stk_calibration *c, const scenario_entry *entry,
                                stk_error *error)
{
    const source_row *fossil = &entry->emissions[c->species.first_of_kind[STK_KIND_CO2_FFI]];
    for (int i = 0; i < STK_FOSSIL_PARTS && fossil->row != NULL && fossil->lacks_parts; i++) {
        const source_row *detail = &entry->details[i];
        if (detail->row != NULL && entry->parts[i].row == NULL) {
            return stk_error_at(error, STK_EDATA, detail->table->name, detail->row->line, 0,
                                "'%s' is reported without what it is a detail of, which "
                                "belongs to fossil CO2",
                                STK_CUT(detail->row->variable, 120));
        }
    }
    return STK_OK;
}

static stk_status complete_fossil(const stk_calibration *c, const scenario_entry *entry,
                                  stk_arena *arena, stk_error *error)
{
    return source_complete(&entry->emissions[c->species.first_of_kind[STK_KIND_CO2_FFI]],
                           entry->parts, arena, error);
}

static stk_status take_table(stk_climate_scenarios *s, const stk_iamc *table, stk_error *error)
{
    stk_iamc_scenarios groups;
    size_t known_count = s->count;
    stk_status status = stk_iamc_group(table, &groups, error);
    if (status != STK_OK) {
        return status;
    }
    known_name *known = list_known(s);
    if (known == NULL) {
        stk_iamc_scenarios_free(&groups);
        return stk_error_memory(error);
    }
    for (size_t g = 0; status == STK_OK && g < groups.count; g++) {
        const stk_iamc_scenario *group = &groups.items[g];
        known_name key = {group->model, group->scenario, 0};
        const known_name *found = bsearch(&key, known, known_count, sizeof *known, compare_names);
        scenario_entry *entry =
            found != NULL ? &s->items[found->item] : add_entry(s, group->model, group->scenario);
        status = stk_allocated(entry, error);
        for (size_t i = 0; status == STK_OK && i < group->row_count; i++) {
            stk_error problem;
            if (take_row(s->calibration, table, &table->rows[group->rows[i]], entry, &problem) !=
                STK_OK) {
                status = refuse_entry(s, entry, &problem, error);
            }
        }
    }
    free(known);
    stk_iamc_scenarios_free(&groups);
    return status;
}

static stk_status take_history(stk_climate_scenarios *s, stk_error *error)
{
    const stk_iamc *table = s->options.history;
    if (!allocate_rows(s->calibration, &s->arena, &s->history)) {
        return stk_error_memory(error);
    }
    stk_status status = STK_OK;
    for (size_t i = 0; table != NULL && status == STK_OK && i < table->row_count; i++) {
        status = take_row(s->calibration, table, &table->rows[i], &s->history, error);
    }
    return status == STK_OK ? complete_fossil(s->calibration, &s->history, &s->arena, error)
                            : status;
}

stk_status stk_climate_scenarios_put(stk_climate_scenarios *scenarios,
                                     const stk_iamc *const *tables, size_t table_count,
                                     stk_error *error)
{
    stk_climate_scenarios *s = scenarios;
    stk_status status = STK_OK;
    stk_arena_free(&s->entries);
    s->count = 0;
    for (size_t i = 0; status == STK_OK && i < table_count; i++) {
        status = tables[i] == NULL ? STK_OK : take_table(s, tables[i], error);
    }
    for (size_t i = 0; status == STK_OK && i < s->count; i++) {
        stk_error problem;
        if (check_details(s->calibration, &s->items[i], &problem) != STK_OK) {
            status = refuse_entry(s, &s->items[i], &problem, error);
        }
        status = status != STK_OK
                     ? status
                     : complete_fossil(s->calibration, &s->items[i], &s->entries, error);
    }
    return status != STK_OK || s->count > 0
               ? status
               : stk_error_set(error, STK_ENOTFOUND,
                               "there is no scenario with a variable that the model knows");
}

stk_status stk_climate_scenarios_new(const stk_calibration *calibration,
                                     const stk_iamc *const *tables, size_t table_count,
                                     const stk_climate_scenario_options *options,
                                     stk_climate_scenarios **scenarios, stk_error *error)
{
    *scenarios = NULL;
    stk_climate_scenarios *s = calloc(1, sizeof *s);
    if (s == NULL) {
        return stk_error_memory(error);
    }
    s->calibration = calibration;
    s->options = *options;
    stk_status status = take_history(s, error);
    if (status == STK_OK && tables != NULL) {
        status = stk_climate_scenarios_put(s, tables, table_count, error);
    }
    if (status == STK_OK && options->library != NULL) {
        stk_climate_scenario_options plain = {0};
        status = stk_climate_scenarios_new(calibration, &options->library, 1, &plain, &s->library,
                                           error);
    }
    if (status != STK_OK) {
        stk_climate_scenarios_free(s);
        return status;
    }
    *scenarios = s;
    return STK_OK;
}

void stk_climate_scenarios_free(stk_climate_scenarios *scenarios)
{
    if (scenarios != NULL) {
        stk_climate_scenarios_free(scenarios->library);
        stk_arena_free(&scenarios->arena);
        stk_arena_free(&scenarios->entries);
        free(scenarios->items);
        free(scenarios);
    }
}

size_t stk_climate_scenarios_count(const stk_climate_scenarios *scenarios)
{
    return scenarios->count;
}

const char *stk_climate_scenarios_model(const stk_climate_scenarios *scenarios, size_t i)
{
    return scenarios->items[i].model;
}

const char *stk_climate_scenarios_name(const stk_climate_scenarios *scenarios, size_t i)
{
    return scenarios->items[i].name;
}

/* --- filling ---------------------------------------------------------------------------------- */

/* How far a scenario is moved towards the history in its last year, and how. */
typedef struct taper {
    bool active;
    bool by_ratio;
    int from;
    double change; /* ratio - 1, or offset */
} taper;

static taper taper_of(const stk_climate_scenarios *s, const source_row *source,
                      const source_row *history, bool may_be_negative)
{
    int first, last, history_first, history_last;
    taper t = {0};
    if (s->options.join != STK_JOIN_TAPER || !source_span(source, &first, &last) ||
        !source_span(history, &history_first, &history_last) || first > history_last ||
        last < history_last || history_last >= TAPER_END) { /* no year is left to fade in */
        return t;
    }
    double m = source_value(source, history_last);
    double h = source_value(history, history_last);
    t.active = true;
    t.from = history_last;
    /* Land use changes sign: there a ratio would turn the scenario over. */
    t.by_ratio = !may_be_negative && m > 0 && h > 0;
    t.change = t.by_ratio ? h / m - 1 : h - m;
    return t;
}

static double tapered(const taper *t, double value, int year, bool may_be_negative)
{
    double fade = fmin(1, fmax(0, 1 - (double)(year - t->from) / (TAPER_END - t->from)));
    value = t->by_ratio ? value * (1 + t->change * fade) : value + t->change * fade;
    return may_be_negative ? value : fmax(0, value);
}

static stk_status refuse_year(const stk_species *species, const source_row *source, int year,
                              const char *why, stk_error *error)
{
    return stk_error_at(error, STK_EARG, source->table->name, source->row->line, 0,
                        "%s of %s has no value for %d: %s", species->name,
                        STK_CUT(source->row->scenario, 80), year, why);
}

/* Fossil CO2 may end where a part of it does: then the place is the part's. */
static stk_status refuse_end(const stk_species *species, const source_row *source, int year,
                             stk_error *error)
{
    char why[200] = "it ends before the run does";
    int first = 0;
    int last = year;
    bool none = !source_span(source, &first, &last); /* it ends before fossil CO2 begins */
    bool by_part = source->shorter != NULL && source_span(source->shorter, &first, &last) &&
                   (none || last < year);
    if (by_part) {
        stk_print(why, sizeof why, "'%s', which belongs to it, ends before the run does",
                  STK_CUT(source->shorter->row->variable, 120));
    }
    return refuse_year(species, by_part ? source->shorter : source, year, why, error);
}

/* Annual values of a species for all years of the run. */
static stk_status expand(const stk_climate_scenarios *s, size_t species, const source_row *source,
                         const source_row *history, int first_year, int count, double *out,
                         stk_error *error)
{
    const stk_species *kind = &s->calibration->species.items[species];
    bool changes_sign = kind->kind == STK_KIND_CO2_AFOLU || stk_species_is_forced(kind);
    bool signed_values = changes_sign || kind->kind == STK_KIND_CO2_FFI;
    int first = 0; /* a sum with a part that ends before it begins has no year */
    int last = 0;
    int history_first = 0;
    int history_last = -1;
    (void)source_span(source, &first, &last);
    (void)source_span(history, &history_first, &history_last);
    taper t = taper_of(s, source, history, changes_sign);
    for (int i = 0; i < count; i++) {
        int year = first_year + i;
        bool past = year < first || (t.active && year <= t.from);
        if (year > last) {
            return refuse_end(kind, source, year, error);
        }
        if (!past) {
            double value = source_value(source, year);
            out[i] = t.active ? tapered(&t, value, year, signed_values) : value;
        } else if (year >= history_first && year <= history_last) {
            out[i] = source_value(history, year);
        } else if (year < history_first || history_last < 0) {
            return refuse_year(kind, source, year, "there is no history for it", error);
        } else {
            double a = source_value(history, history_last);
            double b = source_value(source, first);
            out[i] = a + (b - a) * (year - history_last) / (first - history_last);
        }
    }
    return STK_OK;
}

/* Concentrations are annual means; the model takes them on time bounds. */
static void to_bounds(const double *annual, int years, double *bounds)
{
    bounds[0] = annual[0];
    for (int i = 1; i < years; i++) {
        bounds[i] = 0.5 * (annual[i - 1] + annual[i]);
    }
    bounds[years] = annual[years - 1];
}

/* Root mean square distance of fossil CO2 in the years that both have; infinite without any. */
static double distance(const source_row *a, const source_row *b)
{
    int a_first, a_last, b_first, b_last;
    double sum = 0;
    int count = 0;
    if (!source_span(a, &a_first, &a_last) || !source_span(b, &b_first, &b_last)) {
        return INFINITY;
    }
    int first = a_first > b_first ? a_first : b_first;
    int last = a_last < b_last ? a_last : b_last;
    for (int year = first; year <= last; year++) {
        double d = source_value(a, year) - source_value(b, year);
        sum += d * d;
        count++;
    }
    return count > 0 ? sqrt(sum / count) : INFINITY;
}

static const scenario_entry *nearest(const stk_climate_scenarios *s, const scenario_entry *entry)
{
    int fossil = s->calibration->species.first_of_kind[STK_KIND_CO2_FFI];
    const scenario_entry *best = NULL;
    double best_distance = INFINITY;
    for (size_t i = 0; s->library != NULL && i < s->library->count; i++) {
        const scenario_entry *other = &s->library->items[i];
        double d = distance(&entry->emissions[fossil], &other->emissions[fossil]);
        if (d < best_distance) {
            best_distance = d;
            best = other;
        }
    }
    return best;
}

/* Concentrations, or a forcing from outside: means of years that become time bounds. */
static stk_status fill_bounds(const stk_climate_scenarios *s, size_t species,
                              const source_row *source, stk_climate_rows *rows, stk_error *error)
{
    const source_row *history = &s->history.concentrations[species];
    double *annual = rows->emissions[species]; /* free: a species has one or the other */
    stk_status status =
        expand(s, species, source, history, rows->first_year, rows->year_count, annual, error);
    if (status == STK_OK) {
        bool forced = stk_species_is_forced(&s->calibration->species.items[species]);
        to_bounds(annual, rows->year_count,
                  forced ? rows->forcings[species] : rows->concentrations[species]);
        (forced ? rows->forcings_given : rows->concentrations_given)[species] = true;
    }
    return status;
}

/* Whether a species is to come from the library, and no scenario of it is nearest. */
static bool cannot_fill(const stk_climate_scenarios *s, const scenario_entry *entry,
                        const scenario_entry *fallback, size_t k)
{
    const stk_species_table *table = &s->calibration->species;
    bool driven = table->items[k].kind == STK_KIND_CO2_FFI && /* by the concentration of CO2 */
                  entry->concentrations[table->first_of_kind[STK_KIND_CO2]].row != NULL;
    return s->library != NULL && fallback == NULL && table->items[k].mode == STK_INPUT_EMISSIONS &&
           !driven;
}

static stk_status refuse_fill(const stk_climate_scenarios *s, const scenario_entry *entry, int year,
                              stk_error *error)
{
    int fossil = s->calibration->species.first_of_kind[STK_KIND_CO2_FFI];
    static const char name[] = "Emissions|CO2|Energy and Industrial Processes";
    const source_row *given = &entry->emissions[fossil];
    int first, last;
    if (given->shorter != NULL && !source_span(given, &first, &last)) {
        return refuse_end(&s->calibration->species.items[fossil], given, year, error);
    }
    return given->row == NULL
               ? stk_error_set(error, STK_EARG,
                               "fossil CO2 is missing ('%s'), by which the nearest scenario of the "
                               "library is found; sectors alone, such as 'Emissions|CO2|Energy', "
                               "are not added up",
                               name)
               : stk_error_set(error, STK_EARG,
                               "no scenario of the library has fossil CO2 in a year of '%s'",
                               STK_CUT(given->row->variable, 120));
}

stk_status stk_climate_scenarios_fill(void *scenarios, size_t i, stk_climate_rows *rows,
                                      stk_error *error)
{
    const stk_climate_scenarios *s = scenarios;
    const scenario_entry *entry = &s->items[i];
    const scenario_entry *fallback = nearest(s, entry);
    stk_status status = STK_OK;
    if (entry->refused != NULL) {
        if (error != NULL) {
            *error = *entry->refused;
        }
        return entry->refused->status;
    }
    for (size_t k = 0; status == STK_OK && k < rows->species_count; k++) {
        const source_row *source = &entry->emissions[k];
        if (source->row == NULL && entry->concentrations[k].row != NULL) {
            status = fill_bounds(s, k, &entry->concentrations[k], rows, error);
            continue;
        }
        if (source->row == NULL && cannot_fill(s, entry, fallback, k)) {
            return refuse_fill(s, entry, rows->first_year, error);
        }
        if (source->row == NULL && fallback != NULL) {
            source = &fallback->emissions[k];
        }
        if (source->row != NULL) {
            status = expand(s, k, source, &s->history.emissions[k], rows->first_year,
                            rows->year_count, rows->emissions[k], error);
            rows->emissions_given[k] = status == STK_OK;
        }
    }
    return status != STK_OK ? status
                            : stk_climate_fill_forcings(s->calibration, entry->name,
                                                        s->options.missing_forcing, rows, error);
}
