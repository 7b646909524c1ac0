/** @file cube.h
 * @brief A data set on labelled axes, annual by region and scenario, that is written as an IAMC
 * table or as NetCDF: the same numbers under the names of both worlds.
 */
#ifndef STK_REPORT_CUBE_H
#define STK_REPORT_CUBE_H

#include <stocktake/pathway.h>
#include <stocktake/scenario.h>

#include "base/arena.h"
#include "report/document.h"

/** The axes of a variable, in this order, the year fastest. */
enum {
    CUBE_REGION = 1,
    CUBE_SCENARIO = 2,
    CUBE_PERCENTILE = 4, /**< of the members of the climate ensemble */
    CUBE_THRESHOLD = 8,  /**< of warming, K; never together with percentiles */
    CUBE_YEAR = 16
};

enum { CUBE_NAME_SIZE = 96 };

typedef struct cube_variable {
    char name[CUBE_NAME_SIZE]; /**< in NetCDF */
    const char *about;         /**< its long_name */
    /** IAMC variable, where {} stands for percentile or threshold; "" keeps it out of IAMC tables.
     * Values without a year stand in the last one there. */
    const char *variable;
    const char *unit; /**< as IAMC has it, "Mt CO2-equiv/yr" */
    unsigned axes;
    const char *model;    /**< in IAMC tables; the program's own unless it is set */
    const char *scenario; /**< in IAMC tables, where there is no such axis */
    double *values;       /**< all NaN at first */
} cube_variable;

/** Texts along one axis: what a region or a scenario is. */
typedef struct cube_label {
    const char *name;
    const char *about;
    unsigned axis; /**< CUBE_REGION or CUBE_SCENARIO */
    const char **texts;
} cube_label;

enum { CUBE_VARIABLES_MAX = 128, CUBE_LABELS_MAX = 16 };

/** Zero it, set the axes, add variables, fill them, write, free it. Texts are kept by reference
 * unless cube_text() copies them. */
typedef struct cube {
    stk_arena arena;
    const char *title;
    int first_year;
    int year_count;
    size_t
        region_count; /**< at least one; the axis is left out of NetCDF where no variable has it */
    const char **regions;
    size_t scenario_count;
    const char **scenarios;
    size_t percentile_count;
    const double *percentiles;
    size_t threshold_count;
    const double *thresholds_k;
    cube_variable variables[CUBE_VARIABLES_MAX];
    size_t variable_count;
    cube_label labels[CUBE_LABELS_MAX];
    size_t label_count;
    json_t *attributes; /**< texts for the whole file, by name; an object, or NULL */
    bool failed;        /**< there was no memory; told by the writers */
} cube;

void cube_free(cube *c);

/** A formatted text in the cube's memory; "" without memory. */
const char *cube_text(cube *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Room for `count` pointers, or NULL. */
const char **cube_texts(cube *c, size_t count);

/** Add a variable. Axes must be set before; NULL without memory.
 * @param name  becomes lower case, with one '_' for everything between letters and digits */
cube_variable *cube_add(cube *c, unsigned axes, const char *name, const char *about,
                        const char *variable, const char *unit);

/** Add texts along an axis; room for them, or NULL. */
const char **cube_label_axis(cube *c, unsigned axis, const char *name, const char *about);

/** The years of one place of the axes; indices of axes that the variable has not are ignored.
 * @param level  percentile or threshold */
double *cube_at(const cube *c, const cube_variable *v, size_t region, size_t scenario,
                size_t level);

/** "unconditional low", with " capped" where hot air is. */
const char *cube_case(cube *c, stk_condition condition, stk_ambition ambition, bool capped);

/** Put the date into the name of every scenario, "unconditional low (as of 2021-04-22)", so that
 * data sets of several dates can be put together. */
void cube_date_scenarios(cube *c, stk_date as_of);

/** "Emissions|Kyoto Gases (AR6-GWP100)", with " excl. LULUCF" before the set without land use. */
const char *cube_kyoto(cube *c, const stk_gwp_table *gwp, size_t set, bool with_lulucf);

/** The data set as an IAMC table of scenarios, then regions, then variables; rows without any value
 * are left out. The caller frees the table. */
stk_status cube_iamc(const cube *c, stk_iamc **table, stk_error *error);

/** The data set as the content of a NetCDF-4 file that follows the CF conventions.
 * @return STK_EARG in a build without NetCDF, STK_EIO with the library's message */
stk_status cube_netcdf(const cube *c, const stk_origin *origin, stk_buffer *out, stk_error *error);

#endif
