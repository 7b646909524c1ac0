/** @file calibration.h
 * @brief A calibration in memory: species, members, natural forcing.
 */
#ifndef STK_CLIMATE_CALIBRATION_H
#define STK_CLIMATE_CALIBRATION_H

#include <stocktake/climate.h>

#include "climate/energy.h"
#include "climate/species.h"

/** Layers of the ocean; the table of members must have three. */
enum { STK_LAYERS = 3, STK_STATE = STK_LAYERS + 1 };

struct stk_calibration {
    stk_arena arena;
    stk_species_table species;
    size_t member_count;
    long *numbers;
    uint64_t *seeds;
    stk_energy *energy;     /**< [member] */
    stk_energy_step *steps; /**< [member] with relaxation of the forcing */
    double *sigma_eta;
    double *sigma_xi;
    double **overrides; /**< [species * STK_PARAM_COUNT + parameter]: column of members, or NULL */
    int natural_first_year;
    int natural_count;
    double *volcanic_wm2; /**< on time bounds */
    double *solar_wm2;
};

/** The tables of a calibration as texts or as columns. */
typedef struct calibration_tables {
    stk_csv_file members;
    stk_csv_file species;
    stk_csv_file natural;
} calibration_tables;

/** As stk_calibration_read(). */
stk_status calibration_read(const calibration_tables *tables, stk_calibration **calibration,
                            stk_error *error);

/** Column of members that overrides a parameter of a species, or NULL. */
static inline const double *stk_parameter_column(const stk_calibration *calibration, int species,
                                                 stk_species_parameter parameter)
{
    return calibration->overrides[(size_t)species * STK_PARAM_COUNT + parameter];
}

/** A parameter of a species for a member; NaN where the table has none. */
static inline double stk_parameter(const stk_calibration *calibration, int species,
                                   stk_species_parameter parameter, size_t member)
{
    const double *column = stk_parameter_column(calibration, species, parameter);
    return column != NULL ? column[member] : calibration->species.items[species].values[parameter];
}

/** As stk_parameter(), 0 where the table has none: such a term does not count. */
static inline double stk_parameter_or_zero(const stk_calibration *calibration, int species,
                                           stk_species_parameter parameter, size_t member)
{
    double value = stk_parameter(calibration, species, parameter, member);
    return value == value ? value : 0;
}

/** forcing_scale (1 + tropospheric_adjustment) of a species. */
static inline double stk_forcing_scale(const stk_calibration *calibration, int species,
                                       size_t member)
{
    return stk_parameter(calibration, species, STK_PARAM_FORCING_SCALE, member) *
           (1 +
            stk_parameter_or_zero(calibration, species, STK_PARAM_TROPOSPHERIC_ADJUSTMENT, member));
}

/** What a variable of a scenario file is to the model. */
typedef struct stk_variable_meaning {
    long species; /**< -1: none */
    bool concentration;
    int rank; /**< as reported 1, harmonised 2, infilled 3: the highest counts */
} stk_variable_meaning;

stk_variable_meaning stk_climate_meaning(const stk_calibration *calibration, stk_text variable);

#endif
