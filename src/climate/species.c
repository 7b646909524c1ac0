/** @file species.c
 * @brief Reading the species table.
 */
#include "climate/species.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/try.h"
#include "scenario/variable_names.h"

enum { SPECIES_MAX = 512 };

int stk_species_find(const stk_species_table *table, stk_text name)
{
    for (size_t i = 0; i < table->count; i++) {
        if (stk_text_equal(name, table->items[i].name)) {
            return (int)i;
        }
    }
    return -1;
}

static const char *const parameter_names[] = {
#define PARAMETER_NAME(symbol, text) text,
    STK_SPECIES_PARAMETERS(PARAMETER_NAME)
#undef PARAMETER_NAME
};

bool stk_species_parameter_find(stk_text name, stk_species_parameter *parameter)
{
    int found = stk_text_find(name, parameter_names, STK_PARAM_COUNT);
    *parameter = (stk_species_parameter)(found < 0 ? 0 : found);
    return found >= 0;
}

typedef struct species_columns {
    int name, type, mode, gas, emission_chem, concentration_chem;
    int parameters[STK_PARAM_COUNT];
} species_columns;

static stk_status find_columns(const stk_csv *csv, species_columns *columns, stk_error *error)
{
    struct {
        const char *name;
        int *column;
    } wanted[] = {{"name", &columns->name},
                  {"type", &columns->type},
                  {"input_mode", &columns->mode},
                  {"greenhouse_gas", &columns->gas},
                  {"aerosol_chemistry_from_emissions", &columns->emission_chem},
                  {"aerosol_chemistry_from_concentration", &columns->concentration_chem}};
    stk_status status = STK_OK;
    for (size_t i = 0; status == STK_OK && i < sizeof wanted / sizeof wanted[0]; i++) {
        status = stk_csv_require(csv, wanted[i].name, wanted[i].column, error);
    }
    for (int i = 0; status == STK_OK && i < STK_PARAM_COUNT; i++) {
        status = stk_csv_require(csv, parameter_names[i], &columns->parameters[i], error);
    }
    return status;
}

static stk_status read_kind(const stk_csv *csv, int column, stk_species_kind *kind,
                            stk_error *error)
{
    static const char *const words[] = {
#define KIND_WORD(symbol, text) text,
        STK_SPECIES_KINDS(KIND_WORD)
#undef KIND_WORD
    };
    int found = stk_text_find(stk_csv_field(csv, column), words, STK_KIND_COUNT);
    *kind = (stk_species_kind)found;
    return found >= 0
               ? STK_OK
               : stk_csv_refuse(csv, column, error, "a type of species that the model knows");
}

static stk_status read_mode(const stk_csv *csv, int column, stk_input_mode *mode, stk_error *error)
{
    int found =
        stk_text_choice(stk_csv_field(csv, column), "emissions|concentration|forcing|calculated");
    *mode = (stk_input_mode)found;
    return found >= 0 ? STK_OK
                      : stk_csv_refuse(csv, column, error,
                                       "emissions, concentration, forcing or calculated");
}

static stk_status read_flag(const stk_csv *csv, int column, bool *flag, stk_error *error)
{
    stk_text field = stk_csv_field(csv, column);
    *flag = stk_text_equal(field, "1");
    if (!*flag && !stk_text_equal(field, "0")) {
        return stk_csv_refuse(csv, column, error, "0 or 1");
    }
    return STK_OK;
}

/* The table writes "nan" where a parameter means nothing for a species. */
static stk_status read_parameter(const stk_csv *csv, int column, double *value, stk_error *error)
{
    if (stk_text_equal(stk_csv_field(csv, column), "nan")) {
        *value = NAN;
        return STK_OK;
    }
    return stk_csv_number(csv, column, value, error);
}

/* Units are fixed by the kind of species: Gt for CO2, Mt for what is emitted in bulk, kt else. */
static bool set_units(stk_species *species, stk_arena *arena)
{
    char unit[128];
    const char *formula = species->name;
    const char *prefix = "kt";
    switch (species->kind) {
    case STK_KIND_CO2_FFI:
    case STK_KIND_CO2_AFOLU:
    case STK_KIND_CO2:
        formula = "CO2";
        prefix = "Gt";
        break;
    case STK_KIND_SULFUR:
        formula = "SO2";
        prefix = "Mt";
        break;
    case STK_KIND_CH4:
    case STK_KIND_N2O:
    case STK_KIND_BLACK_CARBON:
    case STK_KIND_ORGANIC_CARBON:
    case STK_KIND_OTHER_SLCF:
    case STK_KIND_NOX_AVIATION:
        prefix = "Mt";
        formula = strncmp(species->name, "NOx", 3) == 0 ? "NO2" : species->name;
        break;
    default:
        break;
    }
    size_t size = (size_t)stk_print(unit, sizeof unit, "%s ", prefix);
    for (const char *c = formula; *c != '\0' && size + 4 < sizeof unit; c++) {
        if (*c != '-') {
            unit[size++] = *c;
        }
    }
    memcpy(unit + size, "/yr", 4);
    species->emissions_unit = NULL;
    species->concentration_unit = NULL;
    if (species->is_gas || species->mode == STK_INPUT_EMISSIONS) {
        species->emissions_unit = stk_arena_string(arena, stk_text_of(unit));
        if (species->emissions_unit == NULL) {
            return false;
        }
    }
    if (species->is_gas || species->kind == STK_KIND_EESC) {
        bool bulk = species->kind == STK_KIND_CH4 || species->kind == STK_KIND_N2O;
        species->concentration_unit = species->kind == STK_KIND_CO2 ? "ppm" : bulk ? "ppb" : "ppt";
    }
    return true;
}

static stk_status read_species(const stk_csv *csv, const species_columns *columns, stk_arena *arena,
                               stk_species *species, stk_error *error)
{
    stk_variable_name known;
    stk_text name = stk_text_trim(stk_csv_field(csv, columns->name));
    if (name.size == 0 || name.size > 100) {
        return stk_csv_refuse(csv, columns->name, error, "a name of at most 100 bytes");
    }
    stk_status status;
    STK_TRY(read_kind(csv, columns->type, &species->kind, error));
    STK_TRY(read_mode(csv, columns->mode, &species->mode, error));
    STK_TRY(read_flag(csv, columns->gas, &species->is_gas, error));
    STK_TRY(read_flag(csv, columns->emission_chem, &species->emission_chem, error));
    STK_TRY(read_flag(csv, columns->concentration_chem, &species->concentration_chem, error));
    for (int i = 0; i < STK_PARAM_COUNT; i++) {
        STK_TRY(read_parameter(csv, columns->parameters[i], &species->values[i], error));
    }
    species->name = stk_arena_string(arena, name);
    stk_variable_name_read(name, &known);
    species->key = stk_arena_string(arena, stk_text_of(known.key));
    if (species->name == NULL || species->key == NULL || !set_units(species, arena)) {
        return stk_error_memory(error);
    }
done:
    return status;
}

static stk_status check_table(const stk_species_table *table, const char *file, stk_error *error)
{
    static const stk_species_kind needed[] = {STK_KIND_CO2_FFI, STK_KIND_CO2_AFOLU, STK_KIND_CO2,
                                              STK_KIND_CH4, STK_KIND_N2O};
    static const char *const words[] = {"co2 ffi", "co2 afolu", "co2", "ch4", "n2o"};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if (table->first_of_kind[needed[i]] < 0) {
            return stk_error_at(error, STK_EDATA, file, 0, 0, "there is no species of type '%s'",
                                words[i]);
        }
    }
    return STK_OK;
}

/* Only gases and burdens of the same kind may be many; the others play a part of their own. */
static bool may_repeat(stk_species_kind kind)
{
    return kind == STK_KIND_OTHER_SLCF || kind == STK_KIND_OTHER_HALOGEN || kind == STK_KIND_F_GAS;
}

static stk_status append_row(const stk_csv *csv, const species_columns *columns, stk_arena *arena,
                             stk_species_table *table, stk_error *error)
{
    if (table->count == SPECIES_MAX) {
        return stk_csv_refuse(csv, columns->name, error, "at most %d species", SPECIES_MAX);
    }
    stk_species *species = &table->items[table->count];
    stk_status status;
    STK_TRY(read_species(csv, columns, arena, species, error));
    if (stk_species_find(table, stk_text_of(species->name)) >= 0) {
        return stk_csv_refuse(csv, columns->name, error, "a species that is not there already");
    }
    int *first = &table->first_of_kind[species->kind];
    if (*first >= 0 && !may_repeat(species->kind)) {
        return stk_csv_refuse(csv, columns->type, error, "one species of this type");
    }
    *first = *first >= 0 ? *first : (int)table->count;
    table->count++;
done:
    return status;
}

stk_status stk_species_table_read(const stk_csv_file *file, stk_arena *arena,
                                  stk_species_table *table, stk_error *error)
{
    stk_csv csv;
    species_columns columns;
    stk_status status;
    memset(table, 0, sizeof *table);
    for (int i = 0; i < STK_KIND_COUNT; i++) {
        table->first_of_kind[i] = -1;
    }
    table->items = stk_arena_alloc(arena, SPECIES_MAX, sizeof *table->items);
    if (table->items == NULL) {
        return stk_error_memory(error);
    }
    STK_TRY(stk_csv_open_file(&csv, file, arena, error));
    STK_TRY(find_columns(&csv, &columns, error));
    while (stk_csv_each(&csv, &status, error)) {
        STK_TRY(append_row(&csv, &columns, arena, table, error));
    }
    if (status == STK_OK) {
        status = check_table(table, file->name, error);
    }
done:
    return status;
}
