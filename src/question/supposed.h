/** @file supposed.h
 * @brief A list of what-ifs laid over pledges, one after the other.
 */
#ifndef STK_QUESTION_SUPPOSED_H
#define STK_QUESTION_SUPPOSED_H

#include <stocktake/what_if.h>

#include "base/buffer.h"

/** Zero it, add what-ifs, lay them over, free it. */
typedef struct supposed_list {
    stk_what_if **items; /**< in the order in which they were said */
    size_t count;
    stk_pledges **overlays; /**< each over the one before */
    size_t overlay_count;
} supposed_list;

/** Whether two what-ifs speak of the same areas and the same year, or both of their net zero: the
 * later one takes the place of the earlier. */
bool supposed_same(const stk_what_if *a, const stk_what_if *b);

/** Read the words of one what-if and add it; one that it takes the place of goes. */
stk_status supposed_add(supposed_list *list, const stk_world *world, stk_text words,
                        stk_error *error);

/** The same for several, separated by ";". */
stk_status supposed_add_all(supposed_list *list, const stk_world *world, const char *words,
                            stk_error *error);

/** Lay all of them over the pledges of a world, which are nobody's supposition yet.
 * @param pledges  receives what is to be read; the world has it then
 * @param notes    gets what is said of them, a line each; may be NULL */
stk_status supposed_lay(supposed_list *list, stk_world *world, const stk_pledges **pledges,
                        stk_buffer *notes, stk_error *error);

/** Forget the overlays, which no world may have any more. */
void supposed_lift(supposed_list *list);

/** Take one out of the list; it is the caller's to free then. */
stk_what_if *supposed_take(supposed_list *list, size_t i);
void supposed_free(supposed_list *list);

/** All words, separated by "; ". */
void supposed_write(const supposed_list *list, stk_buffer *out);

#endif
