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

/** A series of a forcing from outside, of one scenario of a table. */
typedef struct given_forcing {
    int species;
    const char *scenario; /**< as all others: in the arena */
    const char *file;
    long line;
    bool annual; /**< means of years; else values on time bounds */
    int first_year;
    int count;
    const double *values; /**< without gaps */
} given_forcing;

struct stk_calibration {
    stk_arena arena;
    stk_species_table species;
    stk_problems notes; /**< what was read and is not used */
    size_t member_count;
    long *numbers;
    uint64_t *seeds;
    stk_energy *energy;     /**< [member] */
    stk_energy_step *steps; /**< [member] with relaxation of the forcing */
    double *sigma_eta;
    double *sigma_xi;
    double **overrides; /**< [species * STK_PARAM_COUNT + parameter]: column of members, or NULL */
    bool is_shared[2];  /**< solar, volcanic */
    int natural_first_year; /**< of what is the same in all scenarios */
    int natural_count;
    const char *natural_file; /**< in the arena */
    double *volcanic_wm2;     /**< on time bounds */
    double *solar_wm2;
    given_forcing *given; /**< what differs between scenarios, and all that is not natural */
    size_t given_count;
    size_t given_capacity;
};

/** The tables of a calibration as texts or as columns. */
typedef struct calibration_tables {
    stk_csv_file members;
    stk_csv_file species;
    stk_csv_file natural; /**< its name may be NULL: there is none */
} calibration_tables;

/** As stk_calibration_read(). */
stk_status calibration_read(const calibration_tables *tables, stk_calibration **calibration,
                            stk_error *error);

/** As stk_calibration_add_forcing(). */
stk_status calibration_read_forcing(stk_calibration *calibration, const stk_csv_file *file,
                                    stk_error *error);

/** Series by scenario count, where there are any, and not what all scenarios share. */
void calibration_prefer_given(stk_calibration *calibration);

/** The species that a variable forces from outside, or -1.
 * @param annual  receives whether its values are means of years */
int calibration_forced_species(const stk_calibration *calibration, stk_text variable, bool *annual);

/** Refuse a row whose unit is not W m-2, in one of its spellings. */
stk_status calibration_check_forcing_unit(const stk_iamc *table, const stk_iamc_row *row,
                                          stk_error *error);

/** Whether the natural forcing that all scenarios share has a species. */
static inline bool stk_forcing_is_shared(const stk_calibration *calibration, int species)
{
    return calibration->natural_count > 0 &&
           stk_species_is_natural(&calibration->species.items[species]) &&
           calibration->is_shared[calibration->species.items[species].kind == STK_KIND_VOLCANIC];
}

/** Whether it has any that the model takes, and so bounds the years of a run. */
static inline bool stk_forcing_any_shared(const stk_calibration *calibration)
{
    int solar = calibration->species.first_of_kind[STK_KIND_SOLAR];
    int volcanic = calibration->species.first_of_kind[STK_KIND_VOLCANIC];
    return (solar >= 0 && stk_forcing_is_shared(calibration, solar)) ||
           (volcanic >= 0 && stk_forcing_is_shared(calibration, volcanic));
}

/** Solar or volcanic forcing at the end of year `i` of a scenario, before the member's scale. */
static inline double stk_natural_forcing(const stk_calibration *calibration,
                                         const stk_climate_input *input, stk_species_kind kind,
                                         int i)
{
    int s = calibration->species.first_of_kind[kind];
    const double *series =
        kind == STK_KIND_SOLAR ? calibration->solar_wm2 : calibration->volcanic_wm2;
    if (s < 0) {
        return 0;
    }
    return input->forcings != NULL && input->forcings[s] != NULL
               ? input->forcings[s][i + 1]
               : series[input->first_year + i + 1 - calibration->natural_first_year];
}

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

enum { STK_FOSSIL_PARTS = 4 };

/** What a variable of a scenario file is to the model. */
typedef struct stk_variable_meaning {
    long species; /**< -1: none */
    bool concentration;
    bool forcing;     /**< from outside, as means of years */
    int rank;         /**< as reported 1, harmonised 2, infilled 3: the highest counts */
    int part;         /**< of fossil CO2 that is beside it, 1 to STK_FOSSIL_PARTS; 0: none */
    bool detail;      /**< of that part, which should be there itself */
    bool lacks_parts; /**< fossil CO2 as reported, to which they are added */
} stk_variable_meaning;

stk_variable_meaning stk_climate_meaning(const stk_calibration *calibration, stk_text variable);

#endif
