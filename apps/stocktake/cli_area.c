/** @file cli_area.c
 * @brief Areas that a person asks for.
 */
#include "cli_area.h"

#include <string.h>

stk_status cli_find_area(const stk_data *data, const stk_world *world, const char *typed,
                         cli_area *area, stk_error *error)
{
    stk_status status = stk_areas_find(data->inventory, stk_text_of(typed), &area->set, error);
    return status == STK_OK ? stk_area_path_make(data->inventory, data->baseline, world, &area->set,
                                                 &area->path, error)
                            : status;
}

void cli_tell_area(const cli_area *area)
{
    if (area->path.note[0] != '\0') {
        fprintf(stderr, "stocktake: %s\n", area->path.note);
    }
}

const char *cli_area_title(const stk_area_set *set, char out[256])
{
    bool same = strcmp(set->name, set->code) == 0;
    snprintf(out, 256, same || set->kind == STK_AREAS_WORLD ? "%s" : "%s (%s)", set->name,
             set->code);
    return out;
}
