/** @file quantify.h
 * @brief One target turned into a level, by the rules of docs/methods.md.
 */
#ifndef STOCKTAKE_QUANTIFY_H
#define STOCKTAKE_QUANTIFY_H

#include <stocktake/pledge.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What stk_quantify() needs, Mt CO2e in one GWP set; NaN where absent. `baseline` and
 * `absolute` use the target year as the reference year. */
typedef struct stk_quantify_input {
    stk_target_kind kind;
    bool value_is_mt;  /**< a level for `absolute`, a cut for `baseline`; else per cent of reduction
                        */
    double value_excl; /**< for emissions without LULUCF */
    double value_incl; /**< for emissions with LULUCF */
    double emissions_reference_mt;
    double emissions_target_mt;
    double lulucf_reference_mt;
    double lulucf_target_mt;
    double coverage_reference; /**< share, 0 to 1 */
    double coverage_target;
    double driver_reference; /**< GDP or population; growth is their ratio, 1 where absent */
    double driver_target;
    double stated_baseline_incl_mt;
} stk_quantify_input;

typedef struct stk_level {
    double excl_mt; /**< without LULUCF */
    double incl_mt; /**< with LULUCF */
} stk_level;

/** Turn one target into a level (docs/methods.md, "Quantification", rules 2 to 5).
 * @return STK_EARG naming the input that the kind needs and does not have; STK_EDOMAIN if the level
 * is too large for a number */
stk_status stk_quantify(const stk_quantify_input *input, stk_sinks sinks, stk_lulucf_source source,
                        stk_level *level, stk_error *error);

#ifdef __cplusplus
}
#endif
#endif
