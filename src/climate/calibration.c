/** @file calibration.c
 * @brief Reading a calibration.
 */
#include "climate/calibration.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/try.h"

enum { MEMBERS_MAX = 1000000 };

static stk_csv_file file_of(stk_climate_file file)
{
    return (stk_csv_file){.name = file.name, .content = file.content};
}

/* The columns that are no doubles: the member's number, its seed, and two flags of the reference
 * that say how its authors ran it, which is for the caller to decide here. */
typedef enum column_use { USE_NUMBER, USE_SEED, USE_NOT, USE_PARAMETER } column_use;

/* Where the value of a column of the members' table goes: `target + member * stride`. */
typedef struct member_column {
    column_use use;
    double *target;
    size_t stride;
    bool positive;
    int parameter; /* of a species, or -1 */
} member_column;

/* Names that columns had before they were those of the reference model (calibrations up to 1.4). */
static const char *const older_names[][2] = {
    {"clim_gamma", "gamma_autocorrelation"},
    {"clim_c1", "ocean_heat_capacity[0]"},
    {"clim_c2", "ocean_heat_capacity[1]"},
    {"clim_c3", "ocean_heat_capacity[2]"},
    {"clim_kappa1", "ocean_heat_transfer[0]"},
    {"clim_kappa2", "ocean_heat_transfer[1]"},
    {"clim_kappa3", "ocean_heat_transfer[2]"},
    {"clim_epsilon", "deep_ocean_efficacy"},
    {"clim_sigma_eta", "sigma_eta"},
    {"clim_sigma_xi", "sigma_xi"},
    {"clim_F_4xCO2", "forcing_4co2"},
    {"cc_r0", "iirf_0[CO2]"},
    {"cc_rU", "iirf_uptake[CO2]"},
    {"cc_rT", "iirf_temperature[CO2]"},
    {"cc_rA", "iirf_airborne[CO2]"},
    {"cc_co2_concentration_1750", "baseline_concentration[CO2]"},
    {"aci_beta", "aci_scale"},
    {"aci_shape_so2", "aci_shape[Sulfur]"},
    {"aci_shape_bc", "aci_shape[BC]"},
    {"aci_shape_oc", "aci_shape[OC]"},
    {"fscale_solar_amplitude", "forcing_scale[Solar]"},
};

enum { OLDER_NAMES = sizeof older_names / sizeof older_names[0] };

static stk_text newer_name(stk_text name)
{
    for (int i = 0; i < OLDER_NAMES; i++) {
        if (stk_text_equal(name, older_names[i][0])) {
            return stk_text_of(older_names[i][1]);
        }
    }
    return name;
}

/* The parameters of the energy balance, one column each. */
static bool find_energy_column(stk_calibration *c, stk_text name, member_column *column)
{
    stk_energy *first = c->energy;
    struct {
        const char *name;
        double *target;
        bool positive;
    } known[] = {{"gamma_autocorrelation", &first->gamma, true},
                 {"ocean_heat_capacity[0]", &first->heat_capacity[0], true},
                 {"ocean_heat_capacity[1]", &first->heat_capacity[1], true},
                 {"ocean_heat_capacity[2]", &first->heat_capacity[2], true},
                 {"ocean_heat_transfer[0]", &first->heat_transfer[0], true},
                 {"ocean_heat_transfer[1]", &first->heat_transfer[1], true},
                 {"ocean_heat_transfer[2]", &first->heat_transfer[2], true},
                 {"deep_ocean_efficacy", &first->efficacy, true},
                 {"forcing_4co2", &first->forcing_4co2, false}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (stk_text_equal(name, known[i].name)) {
            *column = (member_column){USE_PARAMETER, known[i].target, sizeof(stk_energy),
                                      known[i].positive, -1};
            return true;
        }
    }
    bool is_eta = stk_text_equal(name, "sigma_eta");
    if (is_eta || stk_text_equal(name, "sigma_xi")) {
        *column = (member_column){USE_PARAMETER, is_eta ? c->sigma_eta : c->sigma_xi,
                                  sizeof(double), false, -1};
        return true;
    }
    return false;
}

/* `parameter[species]`, a bare name that only one species has, or an older prefix and a species. */
static bool split_name(stk_text name, stk_text *species, stk_species_parameter *parameter)
{
    static const struct {
        const char *prefix;
        stk_species_parameter parameter;
    } prefixes[] = {{"ari_", STK_PARAM_ARI_EFFICIENCY},
                    {"o3_", STK_PARAM_OZONE_EFFICIENCY},
                    {"fscale_", STK_PARAM_FORCING_SCALE}};
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        if (stk_text_cut_prefix(&name, prefixes[i].prefix)) {
            *species = name;
            *parameter = prefixes[i].parameter;
            return true;
        }
    }
    const char *open = memchr(name.data, '[', name.size);
    if (open == NULL) {
        *species = (stk_text){0};
        return stk_text_choice(name, "aci_scale|lifetime_temperature_sensitivity") >= 0 &&
               stk_species_parameter_find(name, parameter);
    }
    size_t head = (size_t)(open - name.data);
    *species = (stk_text){open + 1, name.size - head - 2};
    return name.data[name.size - 1] == ']' &&
           stk_species_parameter_find((stk_text){name.data, head}, parameter);
}

/* Whether a column is about a species. */
static bool is_about(const stk_species_table *table, int s, stk_text name, stk_species_parameter p)
{
    stk_species_kind kind = table->items[s].kind;
    if (name.size == 0) {
        return kind == (p == STK_PARAM_ACI_SCALE ? STK_KIND_ACI : STK_KIND_CH4);
    }
    if (stk_text_equal(name, "minorGHG")) {
        return kind == STK_KIND_CFC_11 || kind == STK_KIND_OTHER_HALOGEN || kind == STK_KIND_F_GAS;
    }
    int found = stk_species_find(table, name);
    return s == (found >= 0 ? found : stk_species_find_forced(table, name));
}

static void note_column(stk_calibration *c, const stk_csv *csv, size_t i, const char *why)
{
    stk_error note;
    stk_text shown = stk_text_cut(csv->columns[i], 80);
    (void)stk_error_at(&note, STK_EDATA, csv->source.name, csv->line, csv->field_columns[i],
                       "'%.*s' is not used: %s", (int)shown.size, shown.data, why);
    stk_problems_add(&c->notes, &note);
}

/* A column that is nothing to the model is told and left alone. */
static stk_status find_column(stk_calibration *c, const stk_csv *csv, size_t i,
                              member_column *column, stk_error *error)
{
    stk_text species;
    stk_species_parameter p;
    stk_text name = newer_name(csv->columns[i]);
    bool found = false;
    if (find_energy_column(c, name, column)) {
        return STK_OK;
    }
    column->use = USE_NOT;
    if (name.size == 0 || !split_name(name, &species, &p)) {
        note_column(c, csv, i, "no parameter that the model knows");
        return STK_OK;
    }
    double *values = stk_arena_alloc(&c->arena, c->member_count, sizeof(double));
    if (values == NULL) {
        return stk_error_memory(error);
    }
    for (int s = 0; s < (int)c->species.count; s++) {
        double **override = &c->overrides[(size_t)s * STK_PARAM_COUNT + p];
        if (!is_about(&c->species, s, species, p)) {
            continue;
        }
        if (*override != NULL) {
            return stk_error_at(error, STK_EDATA, csv->source.name, 1, csv->field_columns[i],
                                "%s of %s is given by another column as well",
                                stk_species_parameter_name(p), c->species.items[s].name);
        }
        *override = values;
        found = true;
    }
    if (found) {
        *column = (member_column){USE_PARAMETER, values, sizeof(double), false, (int)p};
    } else {
        note_column(c, csv, i, "there is no such species in the table of species");
    }
    return STK_OK;
}

/* Published values of the energy balance go up to 340. Beyond this a member hardly warms, which is
 * no climate, and its neighbours' percentiles would hide it. */
static const double energy_most = 1e5;

static stk_status read_cell(const stk_csv *csv, size_t i, const member_column *column,
                            size_t member, stk_error *error)
{
    double value;
    stk_status status;
    STK_TRY(stk_csv_number(csv, (int)i, &value, error));
    bool of_energy = column->parameter < 0;
    if (isnan(value) || (column->positive && value <= 0) ||
        (of_energy && fabs(value) > energy_most)) {
        return stk_csv_refuse(csv, (int)i, error, "%s",
                              column->positive ? "a number above 0, up to 100000"
                              : of_energy      ? "a number from -100000 to 100000"
                                               : "a number");
    }
    if (column->parameter >= 0) {
        const char *allowed =
            stk_species_parameter_refusal((stk_species_parameter)column->parameter, value);
        if (allowed != NULL) {
            return stk_csv_refuse(csv, (int)i, error, "%s", allowed);
        }
    }
    memcpy((char *)column->target + member * column->stride, &value, sizeof value);
done:
    return status;
}

static column_use use_of(const stk_csv *csv, size_t i)
{
    stk_text name = csv->columns[i];
    if (i == 0 || stk_text_equal(name, "seed")) {
        return i == 0 ? USE_NUMBER : USE_SEED;
    }
    bool is_flag = stk_text_equal(name, "stochastic_run") || stk_text_equal(name, "use_seed");
    return is_flag ? USE_NOT : USE_PARAMETER;
}

static stk_status read_whole(stk_calibration *c, const stk_csv *csv, size_t i, column_use use,
                             size_t member, stk_error *error)
{
    long number;
    if (!stk_text_integer(stk_csv_field(csv, (int)i), &number) || number < 0) {
        return stk_csv_refuse(csv, (int)i, error, "a whole number from 0 on");
    }
    if (use == USE_SEED) {
        c->seeds[member] = (uint64_t)number;
    } else {
        c->numbers[member] = number;
    }
    return STK_OK;
}

static stk_status count_rows(const stk_csv_file *file, stk_arena *arena, size_t *count,
                             stk_error *error)
{
    stk_csv csv;
    stk_status status = STK_OK;
    *count = file->columns.data != NULL ? stk_csv_columns_rows(file->columns) : 0;
    if (file->columns.data == NULL) {
        status = stk_csv_open_file(&csv, file, arena, error);
        while (stk_csv_each(&csv, &status, error)) {
            ++*count;
        }
    }
    if (status == STK_OK && (*count == 0 || *count > MEMBERS_MAX)) {
        status = stk_error_at(error, STK_EDATA, file->name, 0, 0,
                              "%zu members; 1 to %d are allowed", *count, MEMBERS_MAX);
    }
    return status;
}

static bool allocate_members(stk_calibration *c)
{
    size_t n = c->member_count;
    c->numbers = stk_arena_alloc(&c->arena, n, sizeof *c->numbers);
    c->seeds = stk_arena_alloc(&c->arena, n, sizeof *c->seeds);
    c->energy = stk_arena_alloc(&c->arena, n, sizeof *c->energy);
    c->steps = stk_arena_alloc(&c->arena, n, sizeof *c->steps);
    c->sigma_eta = stk_arena_alloc(&c->arena, n, sizeof *c->sigma_eta);
    c->sigma_xi = stk_arena_alloc(&c->arena, n, sizeof *c->sigma_xi);
    c->overrides =
        stk_arena_alloc(&c->arena, c->species.count * STK_PARAM_COUNT, sizeof *c->overrides);
    return c->numbers != NULL && c->seeds != NULL && c->energy != NULL && c->steps != NULL &&
           c->sigma_eta != NULL && c->sigma_xi != NULL && c->overrides != NULL;
}

static stk_status check_energy_columns(const stk_csv *csv, stk_error *error)
{
    static const char *const needed[] = {"gamma_autocorrelation",
                                         "ocean_heat_capacity[0]",
                                         "ocean_heat_capacity[1]",
                                         "ocean_heat_capacity[2]",
                                         "ocean_heat_transfer[0]",
                                         "ocean_heat_transfer[1]",
                                         "ocean_heat_transfer[2]",
                                         "deep_ocean_efficacy",
                                         "sigma_eta",
                                         "sigma_xi",
                                         "forcing_4co2"};
    stk_status status = STK_OK;
    for (size_t k = 0; status == STK_OK && k < sizeof needed / sizeof needed[0]; k++) {
        bool found = false;
        int column;
        for (size_t i = 0; i < csv->column_count; i++) {
            found = found || stk_text_equal(newer_name(csv->columns[i]), needed[k]);
        }
        status = found ? STK_OK : stk_csv_require(csv, needed[k], &column, error);
    }
    return status;
}

static stk_status find_columns(stk_calibration *c, const stk_csv *csv, member_column *columns,
                               stk_error *error)
{
    stk_status status = check_energy_columns(csv, error);
    for (size_t i = 0; status == STK_OK && i < csv->column_count; i++) {
        columns[i].use = use_of(csv, i);
        if (columns[i].use == USE_PARAMETER) {
            status = find_column(c, csv, i, &columns[i], error);
        }
    }
    return status;
}

static stk_status read_member(stk_calibration *c, const stk_csv *csv, const member_column *columns,
                              size_t member, stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t i = 0; i < csv->column_count; i++) {
        const member_column *column = &columns[i];
        if (column->use == USE_PARAMETER) {
            STK_TRY(read_cell(csv, i, column, member, error));
        } else if (column->use != USE_NOT) {
            STK_TRY(read_whole(c, csv, i, column->use, member, error));
        }
    }
    c->energy[member].layers = STK_LAYERS;
    c->energy[member].timestep_yr = 1;
    stk_energy_discretise(&c->energy[member], &c->steps[member]);
done:
    return status;
}

static stk_status read_members(stk_calibration *c, const stk_csv_file *file, stk_arena *scratch,
                               stk_error *error)
{
    stk_csv csv;
    stk_status status;
    STK_TRY(count_rows(file, scratch, &c->member_count, error));
    if (!allocate_members(c)) {
        return stk_error_memory(error);
    }
    STK_TRY(stk_csv_open_file(&csv, file, scratch, error));
    member_column *columns = stk_arena_alloc(scratch, csv.column_count, sizeof *columns);
    if (columns == NULL) {
        return stk_error_memory(error);
    }
    STK_TRY(find_columns(c, &csv, columns, error));
    if (stk_csv_find(&csv, "seed") < 0) {
        stk_error note;
        (void)stk_error_at(&note, STK_EDATA, file->name, 1, 0,
                           "there is no column 'seed': with --stochastic every member has the same "
                           "random numbers");
        stk_problems_add(&c->notes, &note);
    }
    for (size_t m = 0; stk_csv_each(&csv, &status, error); m++) {
        status = read_member(c, &csv, columns, m, error);
    }
done:
    return status;
}

/* What the model computes with is in the table of species or comes with the members. */
static stk_status check_gaps(const stk_calibration *c, const calibration_tables *tables,
                             stk_error *error)
{
    const stk_species_gap *first = NULL;
    for (const stk_species_gap *gap = c->species.gaps; gap != NULL; gap = gap->next) {
        first = stk_parameter_column(c, gap->species, gap->parameter) == NULL ? gap : first;
    }
    if (first == NULL) {
        return STK_OK;
    }
    const char *name = stk_species_parameter_name(first->parameter);
    const char *species = c->species.items[first->species].name;
    return stk_error_at(error, STK_EDATA, tables->species.name, first->line, first->column,
                        "%s of %s has no value, and %s has no column %s[%s]", name, species,
                        tables->members.name, name, species);
}

/* Whether members of published calibrations have values of their own. */
static bool is_usual(const stk_species *species, stk_species_parameter p)
{
    static const char aerosols[] = "BC|OC|Sulfur|NOx|VOC|NH3|CH4|N2O|"
                                   "Equivalent effective stratospheric chlorine";
    static const char ozone[] = "CH4|N2O|CO|VOC|NOx|Equivalent effective stratospheric chlorine";
    stk_species_kind kind = species->kind;
    stk_text name = stk_text_of(species->name);
    switch (p) {
    case STK_PARAM_IIRF_0:
    case STK_PARAM_IIRF_UPTAKE:
    case STK_PARAM_IIRF_TEMPERATURE:
    case STK_PARAM_IIRF_AIRBORNE:
    case STK_PARAM_BASELINE_CONCENTRATION:
        return kind == STK_KIND_CO2;
    case STK_PARAM_ARI_EFFICIENCY:
        return stk_text_choice(name, aerosols) >= 0;
    case STK_PARAM_OZONE_EFFICIENCY:
        return stk_text_choice(name, ozone) >= 0;
    case STK_PARAM_ACI_SHAPE:
        return stk_text_choice(name, "BC|OC|Sulfur") >= 0;
    case STK_PARAM_ACI_SCALE:
        return kind == STK_KIND_ACI;
    case STK_PARAM_FORCING_SCALE:
        return species->is_gas || kind == STK_KIND_H2O || kind == STK_KIND_LAPSI ||
               kind == STK_KIND_LAND_USE || stk_species_is_natural(species);
    default:
        return false;
    }
}

typedef struct missing_columns {
    size_t count;
    stk_buffer names; /* the first few */
} missing_columns;

static void add_missing(missing_columns *missing, const char *parameter, const char *species)
{
    enum { SHOWN = 5 };
    if (missing->count < SHOWN) {
        stk_buffer_printf(&missing->names, "%s%s[%s]", missing->count > 0 ? ", " : "", parameter,
                          species);
    }
    missing->count++;
    if (missing->count == SHOWN + 1) {
        stk_buffer_text(&missing->names, ", ...");
    }
}

static stk_status note_missing(stk_calibration *c, const char *file, missing_columns *missing,
                               const char *what, stk_error *error)
{
    stk_error note;
    bool one = missing->count == 1;
    stk_status status = stk_buffer_status(&missing->names, error);
    if (status == STK_OK && missing->count > 0) {
        (void)stk_error_at(&note, STK_EDATA, file, 1, 0,
                           "%zu column%s of published calibrations %s "
                           "not there, and %s: %s",
                           missing->count, one ? "" : "s", one ? "is" : "are", what,
                           missing->names.data);
        stk_problems_add(&c->notes, &note);
    }
    stk_buffer_free(&missing->names);
    return status;
}

/* What members usually have of their own, and here all have of the table of species. */
static stk_status tell_missing(stk_calibration *c, const char *file, stk_error *error)
{
    missing_columns shared = {0};
    missing_columns nowhere = {0};
    for (size_t i = 0; i < c->species.count * STK_PARAM_COUNT; i++) {
        const stk_species *species = &c->species.items[i / STK_PARAM_COUNT];
        stk_species_parameter p = (stk_species_parameter)(i % STK_PARAM_COUNT);
        if (c->overrides[i] == NULL && is_usual(species, p)) {
            add_missing(isnan(species->values[p]) ? &nowhere : &shared,
                        stk_species_parameter_name(p), species->name);
        }
    }
    stk_status status =
        note_missing(c, file, &shared, "every member has the value of the table of species", error);
    stk_status other = note_missing(
        c, file, &nowhere, "what has no value in the table of species either does nothing", error);
    return status != STK_OK ? status : other;
}

/* One member table with the same number twice would make every later report ambiguous. */
static int compare_numbers(const void *a, const void *b)
{
    long x = *(const long *)a;
    long y = *(const long *)b;
    return (x > y) - (x < y);
}

static stk_status check_numbers(const stk_calibration *c, const char *file, stk_arena *scratch,
                                stk_error *error)
{
    long *sorted = stk_arena_alloc(scratch, c->member_count, sizeof *sorted);
    if (sorted == NULL) {
        return stk_error_memory(error);
    }
    memcpy(sorted, c->numbers, c->member_count * sizeof *sorted);
    qsort(sorted, c->member_count, sizeof *sorted, compare_numbers);
    for (size_t i = 1; i < c->member_count; i++) {
        if (sorted[i] == sorted[i - 1]) {
            return stk_error_at(error, STK_EDATA, file, 0, 0, "member %ld is there twice",
                                sorted[i]);
        }
    }
    return STK_OK;
}

stk_status calibration_read(const calibration_tables *tables, stk_calibration **calibration,
                            stk_error *error)
{
    stk_arena scratch = {0};
    *calibration = NULL;
    stk_calibration *c = calloc(1, sizeof *c);
    if (c == NULL) {
        return stk_error_memory(error);
    }
    stk_status status;
    STK_TRY(stk_species_table_read(&tables->species, &c->arena, &c->species, &c->notes, error));
    STK_TRY(read_members(c, &tables->members, &scratch, error));
    STK_TRY(check_numbers(c, tables->members.name, &scratch, error));
    STK_TRY(check_gaps(c, tables, error));
    STK_TRY(tell_missing(c, tables->members.name, error));
    if (tables->natural.name != NULL) {
        STK_TRY(calibration_read_forcing(c, &tables->natural, error));
    }
done:
    stk_arena_free(&scratch);
    if (status != STK_OK) {
        stk_calibration_free(c);
        return status;
    }
    *calibration = c;
    return STK_OK;
}

stk_status stk_calibration_read(const stk_calibration_files *files, stk_calibration **calibration,
                                stk_error *error)
{
    const calibration_tables tables = {file_of(files->members), file_of(files->species),
                                       file_of(files->natural)};
    return calibration_read(&tables, calibration, error);
}

void stk_calibration_free(stk_calibration *calibration)
{
    if (calibration != NULL) {
        stk_problems_free(&calibration->notes);
        free(calibration->given);
        stk_arena_free(&calibration->arena);
        free(calibration);
    }
}

stk_status stk_calibration_add_forcing(stk_calibration *calibration, const stk_climate_file *file,
                                       stk_error *error)
{
    stk_csv_file table = file_of(*file);
    return calibration_read_forcing(calibration, &table, error);
}

const stk_problems *stk_calibration_notes(const stk_calibration *calibration)
{
    return &calibration->notes;
}

size_t stk_calibration_member_count(const stk_calibration *calibration)
{
    return calibration->member_count;
}

long stk_calibration_member_number(const stk_calibration *calibration, size_t member)
{
    return calibration->numbers[member];
}

long stk_calibration_find_member(const stk_calibration *calibration, long number)
{
    for (size_t i = 0; i < calibration->member_count; i++) {
        if (calibration->numbers[i] == number) {
            return (long)i;
        }
    }
    return -1;
}

size_t stk_calibration_species_count(const stk_calibration *calibration)
{
    return calibration->species.count;
}

stk_climate_species stk_calibration_species(const stk_calibration *calibration, size_t species)
{
    const stk_species *s = &calibration->species.items[species];
    return (stk_climate_species){
        .name = s->name,
        .emissions_unit = s->emissions_unit,
        .concentration_unit = s->concentration_unit,
        .emitted = s->mode == STK_INPUT_EMISSIONS,
        .baseline_emissions = s->values[STK_PARAM_BASELINE_EMISSIONS],
        .molecular_weight_g = s->values[STK_PARAM_MOLECULAR_WEIGHT],
    };
}

long stk_calibration_find_species(const stk_calibration *calibration, stk_text name)
{
    return stk_species_find(&calibration->species, name);
}

stk_sensitivity stk_calibration_sensitivity(const stk_calibration *calibration, size_t member)
{
    stk_energy_response response;
    stk_energy_respond(&calibration->energy[member], &response);
    return (stk_sensitivity){response.ecs_k, response.tcr_k};
}
