/** @file checks.c
 * @brief The levels of a world that look wrong.
 */
#include <stdlib.h>
#include <string.h>

#include <stocktake/checks.h>

static const char refused_words[] =
    "a reading of its number is refused: below 2 % of present emissions";

/* R is the mark of rows that nobody read as well; the guard gave it where the row has another. */
static bool is_refused(const stk_actor_target *target, stk_condition condition,
                       stk_ambition ambition)
{
    const stk_target *row = target->from[condition][ambition].row;
    const char *own = row != NULL ? row->confidence : target->document->confidence;
    const char *mark = target->mark[condition][ambition];
    return mark != NULL && strcmp(mark, "R") == 0 && strcmp(own, "R") != 0;
}

const char *stk_level_check_words(const stk_actor_target *target, stk_condition condition,
                                  stk_ambition ambition)
{
    return is_refused(target, condition, ambition)
               ? refused_words
               : stk_guard_words(target->check[condition][ambition]);
}

stk_condition stk_target_condition(const stk_actor_target *target)
{
    return target->stated[STK_UNCONDITIONAL] ? STK_UNCONDITIONAL : STK_CONDITIONAL;
}

/* Smaller is graver: a refusal, then the guard's findings in their order; `none` for none. */
static unsigned gravity(const stk_actor_target *target, stk_condition condition,
                        stk_ambition ambition)
{
    const unsigned none = ~0u;
    unsigned found = target->check[condition][ambition];
    return is_refused(target, condition, ambition) ? 0 : found == 0 ? none : found & (~found + 1);
}

bool stk_check_level(const stk_national *national, const stk_actor_target *target, stk_condition c,
                     stk_checked_level *checked)
{
    stk_ambition k =
        gravity(target, c, STK_HIGH) < gravity(target, c, STK_LOW) ? STK_HIGH : STK_LOW;
    const char *words = stk_level_check_words(target, c, k);
    if (words == NULL) {
        return false;
    }
    *checked = (stk_checked_level){.iso3 = national->actor.iso3,
                                   .name = national->actor.name,
                                   .submitted = target->document->submitted,
                                   .year = target->year,
                                   .condition = c,
                                   .ambition = k,
                                   .level_mt = target->level[c][k].excl_mt,
                                   .baseline_mt = target->baseline_excl_mt,
                                   .refused = is_refused(target, c, k),
                                   .words = words,
                                   .mark = target->mark[c][k]};
    return true;
}

static int larger_level_first(const void *a, const void *b)
{
    const stk_checked_level *x = a;
    const stk_checked_level *y = b;
    return x->level_mt < y->level_mt   ? 1
           : x->level_mt > y->level_mt ? -1
                                       : strcmp(x->iso3, y->iso3);
}

stk_status stk_checked_levels(const stk_world *world, int year, stk_checked_level **list,
                              size_t *count, stk_error *error)
{
    size_t actors = stk_world_count(world);
    *count = 0;
    *list = calloc(actors + 1, sizeof **list);
    if (*list == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < actors; i++) {
        const stk_national *national = stk_world_national(world, i);
        const stk_actor_target *target = stk_national_target(national, year);
        stk_checked_level *found = &(*list)[*count];
        if (target != NULL &&
            stk_check_level(national, target, stk_target_condition(target), found)) {
            stk_methods methods;
            stk_world_methods(world, national, target, &methods);
            memcpy(found->method, methods.text[found->condition][found->ambition],
                   sizeof found->method);
            ++*count;
        }
    }
    qsort(*list, *count, sizeof **list, larger_level_first);
    return STK_OK;
}
