/** @file data_check.h
 * @brief Data that is valid and looks wrong all the same, for those who keep an edition.
 */
#ifndef STOCKTAKE_DATA_CHECK_H
#define STOCKTAKE_DATA_CHECK_H

#include <stocktake/assess.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum stk_data_warning_kind {
    STK_DATA_WARNING_LEVEL,    /**< the guard caught the level of a target */
    STK_DATA_WARNING_BASELINE, /**< a row states another baseline than the Party's own of the same
                                    document and year in own_inventory.csv: not 0.67 to 1.5 of it */
    STK_DATA_WARNING_MARK,     /**< a mark A or A* that the notes of the row deny */
    STK_DATA_WARNINGS
} stk_data_warning_kind;

/** "level", "baseline", "mark". */
const char *stk_data_warning_name(stk_data_warning_kind kind);

/** What looks wrong. Text belongs to the data. */
typedef struct stk_data_warning {
    stk_data_warning_kind kind;
    const char *iso3;
    const char *name;      /**< of the Party */
    stk_date document;     /**< or the day of a net-zero aim; 0: not known */
    int year;              /**< of the target; 0: none */
    const char *condition; /**< of the level; "" for other warnings */
    double value_mt; /**< the level without LULUCF; the baseline stated by the row; else NaN */
    double
        expected_mt; /**< the modelled baseline; the Party's own of own_inventory.csv; else NaN */
    const char *mark;
    const char *words; /**< what the guard found; what the notes say */
    const char *file;  /**< where the row was read */
    long line;
} stk_data_warning;

/** Look through an edition as known on its last day, levels in AR6: levels first, then baselines,
 * then marks, each in the order of Parties. What is found is legal and read; an edition with
 * warnings is as good as one without until somebody looks.
 * @param list  to be freed with free() */
stk_status stk_data_warnings(const stk_data *data, stk_data_warning **list, size_t *count,
                             stk_error *error);

#ifdef __cplusplus
}
#endif
#endif
