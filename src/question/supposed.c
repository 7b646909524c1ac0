/** @file supposed.c
 * @brief A list of what-ifs laid over pledges, one after the other.
 */
#include "question/supposed.h"

#include <stdlib.h>
#include <string.h>

bool supposed_same(const stk_what_if *a, const stk_what_if *b)
{
    bool net_zero = a->kind == STK_WHAT_IF_NET_ZERO;
    return net_zero == (b->kind == STK_WHAT_IF_NET_ZERO) && (net_zero || a->year == b->year) &&
           memcmp(a->areas.members, b->areas.members, sizeof a->areas.members) == 0;
}

stk_what_if *supposed_take(supposed_list *list, size_t i)
{
    stk_what_if *taken = list->items[i];
    list->count--;
    memmove(&list->items[i], &list->items[i + 1], (list->count - i) * sizeof(stk_what_if *));
    return taken;
}

stk_status supposed_add(supposed_list *list, const stk_world *world, stk_text words,
                        stk_error *error)
{
    stk_what_if *added = calloc(1, sizeof *added);
    stk_what_if **items = realloc(list->items, (list->count + 1) * sizeof(stk_what_if *));
    if (items != NULL) {
        list->items = items;
    }
    if (added == NULL || items == NULL) {
        free(added);
        return stk_error_memory(error);
    }
    stk_status status = stk_what_if_parse(world, words, added, error);
    if (status != STK_OK) {
        free(added);
        return status;
    }
    for (size_t i = list->count; i-- > 0;) {
        if (supposed_same(list->items[i], added)) {
            free(supposed_take(list, i));
        }
    }
    list->items[list->count++] = added;
    return STK_OK;
}

stk_status supposed_add_all(supposed_list *list, const stk_world *world, const char *words,
                            stk_error *error)
{
    stk_status status = STK_OK;
    size_t said = 0;
    for (const char *at = words; status == STK_OK && at != NULL;) {
        const char *end = strchr(at, ';');
        stk_text one = stk_text_trim((stk_text){at, end == NULL ? strlen(at) : (size_t)(end - at)});
        if (one.size > 0) {
            status = supposed_add(list, world, one, error);
            said++;
        }
        at = end == NULL ? NULL : end + 1;
    }
    /* nothing, or nothing but semicolons: refused as no words are */
    return status == STK_OK && said == 0 ? supposed_add(list, world, (stk_text){"", 0}, error)
                                         : status;
}

stk_status supposed_lay(supposed_list *list, stk_world *world, const stk_pledges **pledges,
                        stk_buffer *notes, stk_error *error)
{
    char note[STK_WHAT_IF_NOTE_SIZE];
    list->overlays = calloc(list->count + 1, sizeof(stk_pledges *));
    if (list->overlays == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < list->count; i++) {
        stk_status status =
            stk_what_if_apply(list->items[i], world, &list->overlays[i], note, error);
        if (status != STK_OK) {
            return status;
        }
        list->overlay_count++;
        *pledges = list->overlays[i];
        if (notes != NULL && note[0] != '\0') {
            stk_buffer_printf(notes, "%s\n", note);
        }
    }
    return STK_OK;
}

void supposed_lift(supposed_list *list)
{
    while (list->overlay_count > 0) {
        stk_pledges_free(list->overlays[--list->overlay_count]);
    }
    free(list->overlays);
    list->overlays = NULL;
}

void supposed_free(supposed_list *list)
{
    supposed_lift(list);
    while (list->count > 0) {
        free(list->items[--list->count]);
    }
    free(list->items);
    list->items = NULL;
}

void supposed_write(const supposed_list *list, stk_buffer *out)
{
    for (size_t i = 0; i < list->count; i++) {
        stk_buffer_printf(out, "%s%s", i > 0 ? "; " : "", list->items[i]->words);
    }
}
