/** @file conferences.c
 * @brief The table of conferences, which the build makes of the edition's.
 */
#include "data/conferences.h"

#include <string.h>

#include "base/suggest.h"
#include "conferences_table.h"

enum { COUNT = sizeof table / sizeof *table };

const conference *conference_at(int i)
{
    return i >= 0 && i < COUNT ? &table[i] : NULL;
}

const conference *conference_find(const char *name)
{
    char typed[FOLD_SIZE];
    text_fold(stk_text_of(name), FOLD_PLAIN, typed);
    for (int i = 0; i < COUNT; i++) {
        if (stk_text_alike(stk_text_of(typed), table[i].name)) {
            return &table[i];
        }
    }
    return NULL;
}
