/** @file dataset.h
 * @brief A data set on labelled axes, annual by region and scenario, that is written as an IAMC
 * table or as NetCDF: the same numbers under the names of both worlds.
 */
#ifndef STK_DATASET_DATASET_H
#define STK_DATASET_DATASET_H

#include <stocktake/scenario.h>
#include <stocktake/world.h>

#include "base/arena.h"
#include "base/document.h"

/** The axes of a variable, in this order, the year fastest. */
enum {
    DATASET_REGION = 1,
    DATASET_SCENARIO = 2,
    DATASET_PERCENTILE = 4, /**< of the members of the climate ensemble */
    DATASET_THRESHOLD = 8,  /**< of warming, K; never together with percentiles */
    DATASET_YEAR = 16
};

enum { DATASET_NAME_SIZE = 96 };

typedef struct dataset_variable {
    char name[DATASET_NAME_SIZE]; /**< in NetCDF */
    const char *about;            /**< its long_name */
    /** IAMC variable, where {} stands for percentile or threshold; "" keeps it out of IAMC tables.
     * Values without a year stand in the last one there. */
    const char *variable;
    const char *unit; /**< as IAMC has it, "Mt CO2-equiv/yr" */
    unsigned axes;
    const char *model;    /**< in IAMC tables; the program's own unless it is set */
    const char *scenario; /**< in IAMC tables, where there is no such axis */
    double *values;       /**< all NaN at first */
} dataset_variable;

/** Texts along one axis: what a region or a scenario is. */
typedef struct dataset_label {
    const char *name;
    const char *about;
    unsigned axis; /**< DATASET_REGION or DATASET_SCENARIO */
    const char **texts;
} dataset_label;

enum { DATASET_VARIABLES_MAX = 128, DATASET_LABELS_MAX = 16 };

/** Zero it, set the axes, add variables, fill them, write, free it. Texts are kept by reference
 * unless dataset_text() copies them. */
typedef struct dataset {
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
    dataset_variable variables[DATASET_VARIABLES_MAX];
    size_t variable_count;
    dataset_label labels[DATASET_LABELS_MAX];
    size_t label_count;
    json_t *attributes;  /**< texts for the whole file, by name; an object, or NULL */
    const char *what_if; /**< what is supposed, said in the name of the model; or NULL */
    bool failed;         /**< there was no memory; told by the writers */
} dataset;

void dataset_free(dataset *c);

/** A formatted text in the dataset's memory; "" without memory. */
const char *dataset_text(dataset *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Room for `count` pointers, or NULL. */
const char **dataset_texts(dataset *c, size_t count);

/** Add a variable. Axes must be set before; NULL without memory.
 * @param name  becomes lower case, with one '_' for everything between letters and digits */
dataset_variable *dataset_add(dataset *c, unsigned axes, const char *name, const char *about,
                              const char *variable, const char *unit);

/** Add texts along an axis; room for them, or NULL. */
const char **dataset_label_axis(dataset *c, unsigned axis, const char *name, const char *about);

/** The years of one place of the axes; indices of axes that the variable has not are ignored.
 * @param level  percentile or threshold */
double *dataset_at(const dataset *c, const dataset_variable *v, size_t region, size_t scenario,
                   size_t level);

/** "unconditional low", with " capped" where hot air is. */
const char *dataset_case(dataset *c, stk_condition condition, stk_ambition ambition, bool capped);

/** Put the date into the name of every scenario, "unconditional low (as of 2021-04-22)", so that
 * data sets of several dates can be put together. */
void dataset_date_scenarios(dataset *c, stk_date as_of);

/** "Emissions|Kyoto Gases (AR6-GWP100)", with " excl. LULUCF" before the set without land use. */
const char *dataset_kyoto(dataset *c, const stk_gwp_table *gwp, size_t set, bool with_lulucf);

/** The data set as an IAMC table of scenarios, then regions, then variables; rows without any value
 * are left out. The caller frees the table. */
stk_status dataset_iamc(const dataset *c, stk_iamc **table, stk_error *error);

/** The data set as the content of a NetCDF-4 file that follows the CF conventions.
 * @return STK_EARG in a build without NetCDF, STK_EIO with the library's message */
stk_status dataset_netcdf(const dataset *c, const stk_origin *origin, stk_buffer *out,
                          stk_error *error);

#endif
