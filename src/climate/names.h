/** @file names.h
 * @brief What a variable of a scenario file is to the model.
 */
#ifndef STK_CLIMATE_NAMES_H
#define STK_CLIMATE_NAMES_H

#include "climate/calibration.h"

typedef struct stk_variable_meaning {
    long species; /**< -1: none */
    bool concentration;
    int rank; /**< as reported 1, harmonised 2, infilled 3: the highest counts */
} stk_variable_meaning;

stk_variable_meaning stk_climate_meaning(const stk_calibration *calibration, stk_text variable);

#endif
