/** @file what_if_impl.h
 * @brief Which Parties of a world a what-if reaches.
 */
#ifndef STK_WORLD_WHAT_IF_IMPL_H
#define STK_WORLD_WHAT_IF_IMPL_H

#include <stocktake/what_if.h>

#include "world/national_impl.h"

typedef struct what_if_reach {
    size_t count;              /* of Parties */
    const stk_national **list; /* of them, in the order of the world; NULL: only counted */
    const stk_actor *joint;    /* that some members of it do not move; NULL: none */
    int joint_count;           /* of these members */
    int silent_count;          /* of areas that pledge nothing */
    int baseless_count; /* of Parties whose reference year has no emissions or GDP on record */
} what_if_reach;

void what_if_find_reach(const stk_what_if *what_if, const stk_world *world, what_if_reach *reach);

#endif
