/** @file species.c
 * @brief Reading the species table.
 */
#include "climate/species.h"

#include <math.h>
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

int stk_species_find_forced(const stk_species_table *table, stk_text name)
{
    static const struct {
        stk_species_kind kind;
        const char *name;
    } aliases[] = {
        {STK_KIND_LAND_USE, "Land use"},
        {STK_KIND_LAND_USE, "Land-use Change"},
        {STK_KIND_LAND_USE, "Land Use Change"},
        {STK_KIND_LAND_USE, "Albedo Change"},
        {STK_KIND_CONTRAILS, "Contrails"},
        {STK_KIND_CONTRAILS, "Contrails and Contrail-induced Cirrus"},
        {STK_KIND_VOLCANIC, "Volcanic"},
        {STK_KIND_VOLCANIC, "Volcanoes"},
    };
    int found = -1;
    for (size_t i = 0; found < 0 && i < table->count; i++) {
        found = stk_text_alike(name, table->items[i].name) ? (int)i : -1;
    }
    for (size_t i = 0; found < 0 && i < sizeof aliases / sizeof aliases[0]; i++) {
        if (stk_text_alike(name, aliases[i].name)) {
            found = table->first_of_kind[aliases[i].kind];
        }
    }
    return found >= 0 && stk_species_is_forced(&table->items[found]) ? found : -1;
}

static const char *const parameter_names[] = {
#define PARAMETER_NAME(symbol, text) text,
    STK_SPECIES_PARAMETERS(PARAMETER_NAME)
#undef PARAMETER_NAME
};

const char *stk_species_parameter_name(stk_species_parameter parameter)
{
    return parameter_names[parameter];
}

/* No parameter of any calibration is beyond; what is has lost its point, or its unit. */
static const double parameter_limit = 1e15;

const char *stk_species_parameter_refusal(stk_species_parameter parameter, double value)
{
    if (!(fabs(value) <= parameter_limit)) {
        return "a number from -1e15 to 1e15";
    }
    switch (parameter) {
    case STK_PARAM_PARTITION_0:
    case STK_PARAM_PARTITION_1:
    case STK_PARAM_PARTITION_2:
    case STK_PARAM_PARTITION_3:
    case STK_PARAM_FRACTIONAL_RELEASE:
        return value >= 0 && value <= 1 ? NULL : "a number from 0 to 1";
    case STK_PARAM_LIFETIME_0:
    case STK_PARAM_LIFETIME_1:
    case STK_PARAM_LIFETIME_2:
    case STK_PARAM_LIFETIME_3:
    case STK_PARAM_MOLECULAR_WEIGHT:
    case STK_PARAM_G1:
        return value > 0 ? NULL : "a number above 0";
    case STK_PARAM_BASELINE_CONCENTRATION:
    case STK_PARAM_REFERENCE_CONCENTRATION:
    case STK_PARAM_IIRF_0:
    case STK_PARAM_G0:
    case STK_PARAM_CL_ATOMS:
    case STK_PARAM_BR_ATOMS:
    case STK_PARAM_ACI_SHAPE:
        return value >= 0 ? NULL : "a number from 0 on";
    default:
        return NULL;
    }
}

bool stk_species_parameter_find(stk_text name, stk_species_parameter *parameter)
{
    int found = stk_text_find(name, parameter_names, STK_PARAM_COUNT);
    *parameter = (stk_species_parameter)(found < 0 ? 0 : found);
    return found >= 0;
}

typedef struct species_columns {
    int name, type, mode, gas, emission_chem, concentration_chem;
    int forcing_reference; /* -1: not there */
    stk_buffer unlike;     /* species whose reference for forcing is not their baseline */
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
    columns->forcing_reference = stk_csv_find(csv, "forcing_reference_emissions");
    return status;
}

static const char *const kind_words[] = {
#define KIND_WORD(symbol, text) text,
    STK_SPECIES_KINDS(KIND_WORD)
#undef KIND_WORD
};

static stk_status read_kind(const stk_csv *csv, int column, stk_species_kind *kind,
                            stk_error *error)
{
    int found = stk_text_find(stk_csv_field(csv, column), kind_words, STK_KIND_COUNT);
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

/* Whether the model computes with a parameter of a species, so that it must have a value. */
static bool is_needed(const stk_species *s, stk_species_parameter p)
{
    bool ch4 = s->kind == STK_KIND_CH4;
    bool three = s->kind == STK_KIND_CO2 || ch4 || s->kind == STK_KIND_N2O;
    bool halogen = s->kind == STK_KIND_CFC_11 || s->kind == STK_KIND_OTHER_HALOGEN;
    switch (p) {
    case STK_PARAM_FORCING_SCALE:
    case STK_PARAM_EFFICACY:
        return true;
    case STK_PARAM_BASELINE_CONCENTRATION:
        return s->is_gas || s->kind == STK_KIND_EESC;
    case STK_PARAM_MOLECULAR_WEIGHT:
    case STK_PARAM_PARTITION_0:
    case STK_PARAM_PARTITION_1:
    case STK_PARAM_PARTITION_2:
    case STK_PARAM_PARTITION_3:
    case STK_PARAM_LIFETIME_0:
    case STK_PARAM_LIFETIME_1:
    case STK_PARAM_LIFETIME_2:
    case STK_PARAM_LIFETIME_3:
        return s->is_gas;
    case STK_PARAM_IIRF_0: /* the chemistry of methane has a lifetime of its own */
    case STK_PARAM_G0:
    case STK_PARAM_G1:
        return s->is_gas && !ch4;
    case STK_PARAM_IIRF_AIRBORNE:
    case STK_PARAM_IIRF_UPTAKE:
    case STK_PARAM_IIRF_TEMPERATURE:
        return s->kind == STK_KIND_CO2;
    case STK_PARAM_ACI_SCALE:
        return s->kind == STK_KIND_ACI;
    case STK_PARAM_REFERENCE_CONCENTRATION:
        return three;
    case STK_PARAM_RADIATIVE_EFFICIENCY:
        return halogen || s->kind == STK_KIND_F_GAS;
    case STK_PARAM_CL_ATOMS:
    case STK_PARAM_BR_ATOMS:
    case STK_PARAM_FRACTIONAL_RELEASE:
        return halogen;
    case STK_PARAM_BASELINE_EMISSIONS:
        return s->emission_chem;
    default:
        return false;
    }
}

/* The table writes "nan" where a parameter means nothing for a species. */
static bool is_absent(stk_text field)
{
    return field.size == 0 || stk_text_choice(field, "nan|NaN|NAN|NA|N/A") >= 0;
}

static stk_status read_parameter(const stk_csv *csv, int column, stk_species_parameter p,
                                 stk_species *species, stk_species_table *table, stk_arena *arena,
                                 stk_error *error)
{
    double *value = &species->values[p];
    stk_status status;
    *value = NAN;
    if (is_absent(stk_csv_field(csv, column))) {
        if (is_needed(species, p)) {
            stk_species_gap *gap = stk_arena_alloc(arena, 1, sizeof *gap);
            if (gap == NULL) {
                return stk_error_memory(error);
            }
            *gap = (stk_species_gap){table->gaps, (int)table->count, p, csv->line,
                                     csv->field_columns[column]};
            table->gaps = gap;
        }
        return STK_OK;
    }
    STK_TRY(stk_csv_number(csv, column, value, error));
    const char *allowed = stk_species_parameter_refusal(p, *value);
    if (allowed != NULL) {
        return stk_csv_refuse(csv, column, error, "%s", allowed);
    }
done:
    return status;
}

/* What is forced from outside: the natural forcings always, others where the table says so. */
static stk_status check_mode(const stk_csv *csv, int column, const stk_species *species,
                             stk_error *error)
{
    bool natural = stk_species_is_natural(species);
    bool either = species->kind == STK_KIND_LAND_USE || species->kind == STK_KIND_CONTRAILS;
    bool must = natural || species->kind == STK_KIND_UNSPECIFIED;
    if (must && species->mode != STK_INPUT_FORCING) {
        return stk_csv_refuse(csv, column, error, "forcing, for a species of this type");
    }
    if (!must && !either && species->mode == STK_INPUT_FORCING) {
        return stk_csv_refuse(csv, column, error,
                              "another way; given as forcing are solar, volcanic, land use, "
                              "contrails and unspecified species");
    }
    return STK_OK;
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

/* Some tables have emissions that forcing is relative to. The reference model computes with the
 * baseline all the same, and so do we. */
static stk_status compare_reference(const stk_csv *csv, species_columns *columns,
                                    const stk_species *species, stk_error *error)
{
    double value;
    if (is_absent(stk_csv_field(csv, columns->forcing_reference))) {
        return STK_OK;
    }
    stk_status status = stk_csv_number(csv, columns->forcing_reference, &value, error);
    if (status == STK_OK && species->emission_chem &&
        value != species->values[STK_PARAM_BASELINE_EMISSIONS]) {
        stk_buffer_printf(&columns->unlike, "%s%s", columns->unlike.size > 0 ? ", " : "",
                          species->name);
    }
    return status;
}

static stk_status read_species(const stk_csv *csv, species_columns *columns, stk_arena *arena,
                               stk_species_table *table, stk_error *error)
{
    stk_species *species = &table->items[table->count];
    stk_variable_name known;
    stk_text name = stk_text_trim(stk_csv_field(csv, columns->name));
    if (name.size == 0 || name.size > 100) {
        return stk_csv_refuse(csv, columns->name, error, "a name of at most 100 bytes");
    }
    stk_status status;
    STK_TRY(read_kind(csv, columns->type, &species->kind, error));
    STK_TRY(read_mode(csv, columns->mode, &species->mode, error));
    STK_TRY(check_mode(csv, columns->mode, species, error));
    STK_TRY(read_flag(csv, columns->gas, &species->is_gas, error));
    STK_TRY(read_flag(csv, columns->emission_chem, &species->emission_chem, error));
    STK_TRY(read_flag(csv, columns->concentration_chem, &species->concentration_chem, error));
    for (int i = 0; i < STK_PARAM_COUNT; i++) {
        STK_TRY(read_parameter(csv, columns->parameters[i], (stk_species_parameter)i, species,
                               table, arena, error));
    }
    species->name = stk_arena_string(arena, name);
    stk_variable_name_read(name, &known);
    species->key = stk_arena_string(arena, stk_text_of(known.key));
    if (species->name == NULL || species->key == NULL || !set_units(species, arena)) {
        return stk_error_memory(error);
    }
    STK_TRY(compare_reference(csv, columns, species, error));
done:
    return status;
}

/* Without these the model is another one, which may be meant. */
static stk_status tell_absent(const stk_species_table *table, const char *file, stk_problems *notes,
                              stk_error *error)
{
    static const stk_species_kind usual[] = {
        STK_KIND_SULFUR, STK_KIND_BLACK_CARBON, STK_KIND_ORGANIC_CARBON, STK_KIND_ARI,
        STK_KIND_ACI,    STK_KIND_OZONE,        STK_KIND_LAPSI,          STK_KIND_H2O,
        STK_KIND_EESC,   STK_KIND_LAND_USE,     STK_KIND_SOLAR,          STK_KIND_VOLCANIC};
    stk_buffer absent = {0};
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        if (table->first_of_kind[usual[i]] < 0) {
            stk_buffer_printf(&absent, "%s%s", absent.size > 0 ? ", " : "", kind_words[usual[i]]);
        }
    }
    stk_status status = stk_buffer_status(&absent, error);
    if (status == STK_OK && absent.size > 0) {
        stk_error note;
        (void)stk_error_at(&note, STK_EDATA, file, 0, 0,
                           "there is no species of these types, which the model goes without: %s",
                           absent.data);
        stk_problems_add(notes, &note);
    }
    stk_buffer_free(&absent);
    return status;
}

static stk_status check_table(const stk_species_table *table, const char *file, stk_error *error)
{
    static const stk_species_kind needed[] = {STK_KIND_CO2_FFI, STK_KIND_CO2_AFOLU, STK_KIND_CO2,
                                              STK_KIND_CH4, STK_KIND_N2O};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if (table->first_of_kind[needed[i]] < 0) {
            return stk_error_at(error, STK_EDATA, file, 0, 0, "there is no species of type '%s'",
                                kind_words[needed[i]]);
        }
    }
    return STK_OK;
}

/* Only gases and burdens of the same kind may be many; the others play a part of their own. */
static bool may_repeat(stk_species_kind kind)
{
    return kind == STK_KIND_OTHER_SLCF || kind == STK_KIND_OTHER_HALOGEN ||
           kind == STK_KIND_F_GAS || kind == STK_KIND_UNSPECIFIED;
}

static stk_status append_row(const stk_csv *csv, species_columns *columns, stk_arena *arena,
                             stk_species_table *table, stk_error *error)
{
    if (table->count == SPECIES_MAX) {
        return stk_csv_refuse(csv, columns->name, error, "at most %d species", SPECIES_MAX);
    }
    const stk_species *species = &table->items[table->count];
    stk_status status;
    STK_TRY(read_species(csv, columns, arena, table, error));
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

static void note_unknown(const stk_csv *csv, stk_problems *notes)
{
    for (size_t i = 0; i < csv->column_count; i++) {
        stk_text name = csv->columns[i];
        stk_species_parameter ignored;
        if (!stk_species_parameter_find(name, &ignored) &&
            stk_text_choice(name, "name|type|input_mode|greenhouse_gas|"
                                  "aerosol_chemistry_from_emissions|"
                                  "aerosol_chemistry_from_concentration|"
                                  "forcing_reference_emissions") < 0) {
            stk_error note;
            stk_text shown = stk_text_cut(name, 80);
            (void)stk_error_at(&note, STK_EDATA, csv->source.name, csv->line, csv->field_columns[i],
                               "'%.*s' is not used: no property of a species that the model knows",
                               (int)shown.size, shown.data);
            stk_problems_add(notes, &note);
        }
    }
}

stk_status stk_species_table_read(const stk_csv_file *file, stk_arena *arena,
                                  stk_species_table *table, stk_problems *notes, stk_error *error)
{
    stk_csv csv;
    species_columns columns = {0};
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
    note_unknown(&csv, notes);
    while (stk_csv_each(&csv, &status, error)) {
        STK_TRY(append_row(&csv, &columns, arena, table, error));
    }
    STK_TRY(status);
    STK_TRY(check_table(table, file->name, error));
    STK_TRY(tell_absent(table, file->name, notes, error));
    if (columns.unlike.size > 0) {
        stk_error note;
        (void)stk_error_at(&note, STK_EDATA, file->name, 0, 0,
                           "forcing_reference_emissions are not used, as in the reference model: "
                           "forcing is relative to baseline_emissions; they differ for %s",
                           columns.unlike.data);
        stk_problems_add(notes, &note);
    }
done:
    stk_buffer_free(&columns.unlike);
    return status;
}
