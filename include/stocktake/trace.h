/** @file trace.h
 * @brief The chain from a document to a level: document, passage, stated number, rule, factor,
 * level.
 */
#ifndef STOCKTAKE_TRACE_H
#define STOCKTAKE_TRACE_H

#include <stocktake/world.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A level as results show it: as the pathway goes where the document states only a conditional
 * target, so an older target going on or the baseline (rule 6), which the conditional level is not
 * above, and where a peak without a number comes before a target with one; never above the baseline
 * with `cap`.
 * @param target  of the national */
stk_level stk_actor_target_level(const stk_national *national, const stk_actor_target *target,
                                 stk_condition condition, stk_ambition ambition, bool cap);

/** One level with everything that it follows from. Text belongs to the pledges. */
typedef struct stk_trace {
    const stk_actor *actor;
    const stk_actor_target *target;
    stk_condition condition;
    stk_ambition ambition;
    const stk_target *row; /**< that states it; the document's first where none does */
    stk_derivation from;   /**< `then` has STK_THEN_CAPPED and STK_THEN_NO_TARGET too */
    stk_level level;       /**< as stk_actor_target_level() has it */
    const char *mark;
    unsigned check; /**< of ::stk_guard */
} stk_trace;

stk_trace stk_trace_level(const stk_national *national, const stk_actor_target *target,
                          stk_condition condition, stk_ambition ambition, bool cap);

/** Whether the level without LULUCF is that of its row: nothing in `then` has changed it. */
bool stk_trace_is_row(const stk_trace *trace);

/** Whether two levels of one target follow from the same in every step, and are the same. */
bool stk_trace_same(const stk_trace *a, const stk_trace *b);

/** The rule that made a level of the number, in words: "the document states it without LULUCF". */
const char *stk_trace_rule(const stk_trace *trace);

/** Add to the words of a method why results show where the pathway goes, if they do. */
void stk_trace_add_then(const stk_trace *trace, char method[STK_METHOD_SIZE]);

enum { STK_THEN_SIZE = 512 };

/** Bits of STK_THEN_... in words, "; " between them; "" for none. */
void stk_then_words(unsigned then, char out[STK_THEN_SIZE]);

#ifdef __cplusplus
}
#endif
#endif
