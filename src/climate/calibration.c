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
typedef enum column_use { USE_UNKNOWN, USE_NUMBER, USE_SEED, USE_NOT, USE_PARAMETER } column_use;

/* Where the value of a column of the members' table goes: `target + member * stride`. */
typedef struct member_column {
    column_use use;
    double *target;
    size_t stride;
    bool positive;
} member_column;

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
                                      known[i].positive};
            return true;
        }
    }
    bool is_eta = stk_text_equal(name, "sigma_eta");
    if (is_eta || stk_text_equal(name, "sigma_xi")) {
        *column = (member_column){USE_PARAMETER, is_eta ? c->sigma_eta : c->sigma_xi,
                                  sizeof(double), false};
        return true;
    }
    return false;
}

/* `parameter[species]`, or a bare name that only one species has. */
static bool split_name(const stk_calibration *c, stk_text name, int *species,
                       stk_species_parameter *parameter)
{
    const char *open = memchr(name.data, '[', name.size);
    if (open == NULL) {
        *species = stk_text_equal(name, "aci_scale") ? c->species.first_of_kind[STK_KIND_ACI]
                   : stk_text_equal(name, "lifetime_temperature_sensitivity")
                       ? c->species.first_of_kind[STK_KIND_CH4]
                       : -1;
        return *species >= 0 && stk_species_parameter_find(name, parameter);
    }
    size_t head = (size_t)(open - name.data);
    if (name.data[name.size - 1] != ']') {
        return false;
    }
    *species = stk_species_find(&c->species, (stk_text){open + 1, name.size - head - 2});
    return *species >= 0 && stk_species_parameter_find((stk_text){name.data, head}, parameter);
}

static stk_status find_column(stk_calibration *c, const stk_csv *csv, size_t i,
                              member_column *column, stk_error *error)
{
    int species;
    stk_species_parameter parameter;
    stk_text name = csv->columns[i];
    if (find_energy_column(c, name, column)) {
        return STK_OK;
    }
    if (name.size == 0 || !split_name(c, name, &species, &parameter)) {
        stk_text shown = stk_text_cut(name, 80);
        return stk_error_at(error, STK_EDATA, csv->source.name, 1, csv->field_columns[i],
                            "'%.*s' is neither a parameter nor parameter[species] of the table of "
                            "species",
                            (int)shown.size, shown.data);
    }
    double *values = stk_arena_alloc(&c->arena, c->member_count, sizeof(double));
    if (values == NULL) {
        return stk_error_memory(error);
    }
    c->overrides[(size_t)species * STK_PARAM_COUNT + parameter] = values;
    *column = (member_column){USE_PARAMETER, values, sizeof(double), false};
    return STK_OK;
}

static stk_status read_cell(const stk_csv *csv, size_t i, const member_column *column,
                            size_t member, stk_error *error)
{
    double value;
    stk_status status;
    STK_TRY(stk_csv_number(csv, (int)i, &value, error));
    if (isnan(value) || (column->positive && value <= 0)) {
        return stk_csv_refuse(csv, (int)i, error,
                              column->positive ? "a number above 0" : "a number");
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
    int columns[sizeof needed / sizeof needed[0]];
    return stk_csv_columns(csv, needed, sizeof needed / sizeof needed[0], columns, error);
}

static stk_status read_member(stk_calibration *c, const stk_csv *csv, member_column *columns,
                              size_t member, stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t i = 0; i < csv->column_count; i++) {
        member_column *column = &columns[i];
        if (column->use == USE_UNKNOWN && (column->use = use_of(csv, i)) == USE_PARAMETER) {
            STK_TRY(find_column(c, csv, i, column, error));
        }
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
    STK_TRY(check_energy_columns(&csv, error));
    member_column *columns = stk_arena_alloc(scratch, csv.column_count, sizeof *columns);
    if (columns == NULL) {
        return stk_error_memory(error);
    }
    for (size_t m = 0; stk_csv_each(&csv, &status, error); m++) {
        status = read_member(c, &csv, columns, m, error);
    }
done:
    return status;
}

enum { NATURAL_LAST_BOUND = 3001 };

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
    if (isnan(volcanic) || isnan(solar)) {
        return stk_csv_refuse(csv, isnan(volcanic) ? columns[1] : columns[2], error, "a number");
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

static stk_status read_natural(stk_calibration *c, const stk_csv_file *file, stk_arena *scratch,
                               stk_error *error)
{
    static const char *const names[] = {"year", "volcanic_Wm2", "solar_Wm2"};
    stk_csv csv;
    int columns[3];
    size_t rows;
    stk_status status;
    STK_TRY(count_rows(file, scratch, &rows, error));
    size_t room = rows + NATURAL_LAST_BOUND + 1; /* whatever the first year is */
    c->volcanic_wm2 = stk_arena_alloc(&c->arena, room, sizeof(double));
    c->solar_wm2 = stk_arena_alloc(&c->arena, room, sizeof(double));
    if (c->volcanic_wm2 == NULL || c->solar_wm2 == NULL) {
        return stk_error_memory(error);
    }
    STK_TRY(stk_csv_open_file(&csv, file, scratch, error));
    STK_TRY(stk_csv_columns(&csv, names, 3, columns, error));
    while (stk_csv_each(&csv, &status, error)) {
        STK_TRY(read_natural_row(c, &csv, columns, error));
    }
    if (status == STK_OK) {
        continue_natural(c);
    }
done:
    return status;
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
    STK_TRY(stk_species_table_read(&tables->species, &c->arena, &c->species, error));
    STK_TRY(read_members(c, &tables->members, &scratch, error));
    STK_TRY(check_numbers(c, tables->members.name, &scratch, error));
    STK_TRY(read_natural(c, &tables->natural, &scratch, error));
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
        stk_arena_free(&calibration->arena);
        free(calibration);
    }
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
