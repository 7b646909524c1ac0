/** @file species.h
 * @brief The species table: what each species is, and its parameters.
 */
#ifndef STK_CLIMATE_SPECIES_H
#define STK_CLIMATE_SPECIES_H

#include "base/csv_columns.h"

/** What a species does in the model, with the word of the table. */
#define STK_SPECIES_KINDS(X)                                                                       \
    X(CO2_FFI, "co2 ffi")                                                                          \
    X(CO2_AFOLU, "co2 afolu")                                                                      \
    X(CO2, "co2")                                                                                  \
    X(CH4, "ch4")                                                                                  \
    X(N2O, "n2o")                                                                                  \
    X(SULFUR, "sulfur")                                                                            \
    X(BLACK_CARBON, "black carbon")                                                                \
    X(ORGANIC_CARBON, "organic carbon")                                                            \
    X(OTHER_SLCF, "other slcf")                                                                    \
    X(NOX_AVIATION, "nox aviation")                                                                \
    X(CFC_11, "cfc-11")                                                                            \
    X(OTHER_HALOGEN, "other halogen")                                                              \
    X(F_GAS, "f-gas")                                                                              \
    X(SOLAR, "solar")                                                                              \
    X(VOLCANIC, "volcanic")                                                                        \
    X(ARI, "ari")                                                                                  \
    X(ACI, "aci")                                                                                  \
    X(OZONE, "ozone")                                                                              \
    X(CONTRAILS, "contrails")                                                                      \
    X(LAPSI, "lapsi")                                                                              \
    X(H2O, "h2o stratospheric")                                                                    \
    X(LAND_USE, "land use")                                                                        \
    X(EESC, "eesc")                                                                                \
    X(UNSPECIFIED, "unspecified")

typedef enum stk_species_kind {
#define STK_SPECIES_KIND_ENUM(symbol, text) STK_KIND_##symbol,
    STK_SPECIES_KINDS(STK_SPECIES_KIND_ENUM)
#undef STK_SPECIES_KIND_ENUM
        STK_KIND_COUNT
} stk_species_kind;

/** The parameters of a species, with the column of the table. Members may override any of them. */
#define STK_SPECIES_PARAMETERS(X)                                                                  \
    X(PARTITION_0, "partition_fraction0")                                                          \
    X(PARTITION_1, "partition_fraction1")                                                          \
    X(PARTITION_2, "partition_fraction2")                                                          \
    X(PARTITION_3, "partition_fraction3")                                                          \
    X(LIFETIME_0, "unperturbed_lifetime0")                                                         \
    X(LIFETIME_1, "unperturbed_lifetime1")                                                         \
    X(LIFETIME_2, "unperturbed_lifetime2")                                                         \
    X(LIFETIME_3, "unperturbed_lifetime3")                                                         \
    X(TROPOSPHERIC_ADJUSTMENT, "tropospheric_adjustment")                                          \
    X(EFFICACY, "forcing_efficacy")                                                                \
    X(TEMPERATURE_FEEDBACK, "forcing_temperature_feedback")                                        \
    X(FORCING_SCALE, "forcing_scale")                                                              \
    X(MOLECULAR_WEIGHT, "molecular_weight")                                                        \
    X(BASELINE_CONCENTRATION, "baseline_concentration")                                            \
    X(REFERENCE_CONCENTRATION, "forcing_reference_concentration")                                  \
    X(IIRF_0, "iirf_0")                                                                            \
    X(IIRF_AIRBORNE, "iirf_airborne")                                                              \
    X(IIRF_UPTAKE, "iirf_uptake")                                                                  \
    X(IIRF_TEMPERATURE, "iirf_temperature")                                                        \
    X(BASELINE_EMISSIONS, "baseline_emissions")                                                    \
    X(G1, "g1")                                                                                    \
    X(G0, "g0")                                                                                    \
    X(RADIATIVE_EFFICIENCY, "greenhouse_gas_radiative_efficiency")                                 \
    X(H2O_FACTOR, "h2o_stratospheric_factor")                                                      \
    X(LAPSI_EFFICIENCY, "lapsi_radiative_efficiency")                                              \
    X(LAND_USE_EFFICIENCY, "land_use_cumulative_emissions_to_forcing")                             \
    X(CL_ATOMS, "cl_atoms")                                                                        \
    X(BR_ATOMS, "br_atoms")                                                                        \
    X(FRACTIONAL_RELEASE, "fractional_release")                                                    \
    X(CH4_SENSITIVITY, "ch4_lifetime_chemical_sensitivity")                                        \
    X(CH4_TEMPERATURE, "lifetime_temperature_sensitivity")                                         \
    X(CONTRAILS_EFFICIENCY, "contrails_radiative_efficiency")                                      \
    X(ARI_EFFICIENCY, "erfari_radiative_efficiency")                                               \
    X(OZONE_EFFICIENCY, "ozone_radiative_efficiency")                                              \
    X(ACI_SHAPE, "aci_shape")                                                                      \
    X(ACI_SCALE, "aci_scale")

typedef enum stk_species_parameter {
#define STK_SPECIES_PARAMETER_ENUM(symbol, text) STK_PARAM_##symbol,
    STK_SPECIES_PARAMETERS(STK_SPECIES_PARAMETER_ENUM)
#undef STK_SPECIES_PARAMETER_ENUM
        STK_PARAM_COUNT
} stk_species_parameter;

/** Who gives the values of a species. */
typedef enum stk_input_mode {
    STK_INPUT_EMISSIONS,
    STK_INPUT_CONCENTRATION,
    STK_INPUT_FORCING,
    STK_INPUT_CALCULATED
} stk_input_mode;

typedef struct stk_species {
    const char *name;
    const char *key; /**< of the table of names, scenario/variable_names.h */
    stk_species_kind kind;
    stk_input_mode mode;
    bool is_gas;             /**< has a concentration */
    bool emission_chem;      /**< its emissions act on aerosols, ozone and the CH4 lifetime */
    bool concentration_chem; /**< its concentration does */
    const char *emissions_unit;
    const char *concentration_unit;
    double values[STK_PARAM_COUNT]; /**< as in the table, NaN where it says so */
} stk_species;

/** A parameter that the model needs and the table does not have: the members must. */
typedef struct stk_species_gap {
    struct stk_species_gap *next;
    int species;
    stk_species_parameter parameter;
    long line;
    long column;
} stk_species_gap;

typedef struct stk_species_table {
    stk_species *items;
    size_t count;
    int first_of_kind[STK_KIND_COUNT]; /**< index, or -1 */
    stk_species_gap *gaps;             /**< the last one first */
} stk_species_table;

/** Whether the values of a species are its forcing, which is given from outside. */
static inline bool stk_species_is_forced(const stk_species *species)
{
    return species->mode == STK_INPUT_FORCING;
}

static inline bool stk_species_is_natural(const stk_species *species)
{
    return species->kind == STK_KIND_SOLAR || species->kind == STK_KIND_VOLCANIC;
}

/** Read the table; strings live in the arena.
 * @param notes  receives what the table says and the model does not use */
stk_status stk_species_table_read(const stk_csv_file *file, stk_arena *arena,
                                  stk_species_table *table, stk_problems *notes, stk_error *error);

/** What a value of a parameter may be, in words, or NULL for one that may be that value. */
const char *stk_species_parameter_refusal(stk_species_parameter parameter, double value);

const char *stk_species_parameter_name(stk_species_parameter parameter);

/** Index of a species by exact name, or -1. */
int stk_species_find(const stk_species_table *table, stk_text name);

/** Index of a species that is forced from outside, by its name or one that it has in the tables of
 * other versions, such as `Albedo Change` for land use; or -1. */
int stk_species_find_forced(const stk_species_table *table, stk_text name);

/** Find a parameter by its column name. */
bool stk_species_parameter_find(stk_text name, stk_species_parameter *parameter);

#endif
