/** @file session_what_if.c
 * @brief What is laid over the documents of a session: documents, targets, net-zero years.
 */
#include "session/session_impl.h"

#include <stdlib.h>
#include <string.h>

/* ---- documents ---- */

/* Lay documents over what is there already; they belong to the session then. */
static stk_status lay(stk_session *s, stk_pledges *read, stk_error *error)
{
    documents *added = calloc(1, sizeof *added);
    const stk_pledges *base = s->documents != NULL ? s->documents->laid : s->data.pledges;
    if (added == NULL) {
        stk_pledges_free(read);
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    stk_status status = stk_pledges_overlay(base, read, &added->laid, error);
    if (status != STK_OK) {
        free(added);
        return status;
    }
    session_forget_live(s);
    added->below = s->documents;
    s->documents = added;
    return STK_OK;
}

static stk_status check_open(const stk_session *s, stk_error *error)
{
    return s->data.baseline != NULL ? STK_OK
                                    : stk_error_set(error, STK_EARG, "the session has no edition");
}

int stk_session_pledge(stk_session *s, const char *iso3, const char *yaml)
{
    stk_error error;
    stk_pledges *read = NULL;
    if (s == NULL || iso3 == NULL || yaml == NULL) {
        return s == NULL ? STK_REFUSED_ARGUMENT
                         : session_refuse(s, "a Party's code and a document are needed");
    }
    stk_status status = check_open(s, &error);
    stk_area area =
        status == STK_OK ? stk_inventory_find(s->data.inventory, stk_text_of(iso3)) : -1;
    if (status == STK_OK && area < 0 && strcmp(iso3, "EUU") != 0) {
        status =
            stk_error_set(&error, STK_ENOTFOUND, "'%.20s' is no code of a Party, as BRA", iso3);
    }
    if (status == STK_OK) {
        const char *name =
            area >= 0 ? stk_inventory_area(s->data.inventory, area)->name : "European Union";
        status = stk_pledges_read_documents("document", stk_text_of(yaml), iso3, name,
                                            s->data.inventory, &read, NULL, &error);
    }
    status = status != STK_OK ? status : lay(s, read, &error);
    return session_result(s, status, &error);
}

int stk_session_pledges_read(stk_session *s, const char *path)
{
    stk_error error;
    stk_text content = {NULL, 0};
    stk_pledges *read = NULL;
    if (s == NULL || path == NULL) {
        return s == NULL ? STK_REFUSED_ARGUMENT : session_refuse(s, "a file's name is needed");
    }
    stk_status status = check_open(s, &error);
    if (status == STK_OK) {
        status = stk_file_read(path, &content, &error);
    }
    if (status == STK_OK) {
        status = stk_pledges_read(path, content, s->data.inventory, &read, NULL, &error);
    }
    status = status != STK_OK ? status : lay(s, read, &error);
    free((char *)content.data);
    return session_result(s, status, &error);
}

/* ---- suppositions ---- */

/* Keep the words for questions, in step with the live list. */
static stk_status keep_words(stk_session *s, stk_error *error)
{
    stk_buffer words = {0};
    supposed_write(&s->live->supposed, &words);
    stk_buffer_append(&words, (stk_text){"", 1});
    stk_status status = stk_buffer_status(&words, error);
    if (status != STK_OK) {
        stk_buffer_free(&words);
        return status;
    }
    free(s->what_ifs);
    s->what_ifs = words.data;
    if (s->live->supposed.count == 0) {
        free(s->what_ifs);
        s->what_ifs = NULL;
    }
    return STK_OK;
}

static stk_status suppose(stk_session *s, const char *words, stk_error *error)
{
    stk_status status = session_live(s, error);
    if (status == STK_OK) {
        status = supposed_add(&s->live->supposed, s->live->worlds[LIVE_WORLD], stk_text_of(words),
                              error);
    }
    if (status != STK_OK) {
        return status;
    }
    status = session_lay_again(s, NULL, error);
    if (status != STK_OK) { /* as it was: the words that were kept */
        session_forget_live(s);
        return status;
    }
    return keep_words(s, error);
}

int stk_session_what_if(stk_session *s, const char *words)
{
    stk_error error;
    if (s == NULL || words == NULL) {
        return s == NULL ? STK_REFUSED_ARGUMENT
                         : session_refuse(s, "words such as 'IND 2035=3000Mt' are needed");
    }
    return session_result(s, suppose(s, words, &error), &error);
}

int stk_session_target(stk_session *s, const char *area, const char *target)
{
    char words[512];
    stk_error error;
    if (s == NULL || area == NULL || target == NULL) {
        return s == NULL
                   ? STK_REFUSED_ARGUMENT
                   : session_refuse(s, "an area and a target such as '2035=3000Mt' are needed");
    }
    if (snprintf(words, sizeof words, "%s %s", area, target) >= (int)sizeof words) {
        return session_refuse(s, "the words of the target are too long");
    }
    return session_result(s, suppose(s, words, &error), &error);
}

int stk_session_net_zero(stk_session *s, const char *area, int year)
{
    char words[512];
    stk_error error;
    if (s == NULL || area == NULL) {
        return s == NULL ? STK_REFUSED_ARGUMENT : session_refuse(s, "an area is needed");
    }
    int length = year == 0 ? snprintf(words, sizeof words, "%s net-zero=none", area)
                           : snprintf(words, sizeof words, "%s net-zero=%d", area, year);
    if (length >= (int)sizeof words) {
        return session_refuse(s, "the name of the area is too long");
    }
    return session_result(s, suppose(s, words, &error), &error);
}

/* Take documents of one Party, or all, off again. */
static stk_status lift_documents(stk_session *s, const char *iso3, stk_error *error)
{
    if (s->documents == NULL) {
        return STK_OK;
    }
    if (iso3 != NULL) {
        return stk_error_set(error, STK_EARG,
                             "documents that were laid over are taken back together: reset with "
                             "NULL");
    }
    session_forget_live(s);
    while (s->documents != NULL) {
        documents *below = s->documents->below;
        stk_pledges_free(s->documents->laid);
        free(s->documents);
        s->documents = below;
    }
    return STK_OK;
}

static stk_status lift_supposed(stk_session *s, const char *iso3, stk_error *error)
{
    stk_area_set *set = calloc(1, sizeof *set);
    stk_status status = set == NULL
                            ? stk_error_set(error, STK_EMEM, "out of memory")
                            : stk_areas_find(s->data.inventory, stk_text_of(iso3), set, error);
    status = status != STK_OK ? status : session_live(s, error);
    supposed_list *list = status == STK_OK ? &s->live->supposed : NULL;
    for (size_t i = list == NULL ? 0 : list->count; status == STK_OK && i-- > 0;) {
        if (memcmp(list->items[i]->areas.members, set->members, sizeof set->members) == 0) {
            stk_what_if gone = *list->items[i];
            supposed_remove(list, i);
            status = session_lay_again(s, &gone, error);
        }
    }
    free(set);
    return status != STK_OK ? status : keep_words(s, error);
}

int stk_session_reset(stk_session *s, const char *iso3)
{
    stk_error error;
    if (s == NULL) {
        return STK_REFUSED_ARGUMENT;
    }
    stk_status status = check_open(s, &error);
    if (status == STK_OK && iso3 == NULL) {
        free(s->what_ifs);
        s->what_ifs = NULL;
        session_forget_live(s);
        status = lift_documents(s, NULL, &error);
    } else if (status == STK_OK) {
        status = lift_supposed(s, iso3, &error);
    }
    return session_result(s, status, &error);
}
