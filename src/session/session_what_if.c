/** @file session_what_if.c
 * @brief What is laid over the documents of a session: documents, targets, net-zero years.
 */
#include "session/session_impl.h"

#include <stdlib.h>
#include <string.h>

#include "data/edition_impl.h"

/* ---- documents ---- */

void session_free_documents(documents *list)
{
    while (list != NULL) {
        documents *below = list->below;
        stk_pledges_free(list->laid);
        free(list->name);
        free(list->content);
        free(list);
        list = below;
    }
}

/* The area that a code stands for; the EU has documents and is no area. */
static stk_status find_party(const stk_session *s, const char *iso3, const char **name,
                             stk_error *error)
{
    stk_area area = stk_inventory_find(s->data.inventory, stk_text_of(iso3));
    if (area < 0 && strcmp(iso3, "EUU") != 0) {
        return stk_error_set(error, STK_ENOTFOUND, "'%s' is no code of a Party, as BRA",
                             STK_CUT(iso3, 20));
    }
    *name = area >= 0 ? stk_inventory_area(s->data.inventory, area)->name : "European Union";
    return STK_OK;
}

static stk_status read_documents(const stk_session *s, const char *name, documents_kind kind,
                                 stk_text content, stk_pledges **read, stk_error *error)
{
    const char *party = "";
    if (kind != OF_PARTY) { /* an edition has the table, whatever its maker's file was */
        return stk_pledges_read(kind == OF_FILE ? name : "own.csv", content, s->data.inventory,
                                read, NULL, error);
    }
    stk_status status = find_party(s, name, &party, error);
    return status != STK_OK ? status
                            : stk_pledges_read_documents("document", content, name, party,
                                                         s->data.inventory, read, NULL, error);
}

/* Lay documents over those of a list; `*list` is the longer list then. */
static stk_status lay(const stk_session *s, const char *name, documents_kind kind, stk_text content,
                      documents **list, stk_error *error)
{
    stk_pledges *read = NULL;
    documents *added = calloc(1, sizeof *added);
    if (added == NULL) {
        stk_error_memory(error);
        return STK_EMEM;
    }
    stk_status status;
    STK_TRY(read_documents(s, name, kind, content, &read, error));
    const stk_pledges *base = *list != NULL ? (*list)->laid : s->data.pledges;
    STK_TRY(stk_pledges_overlay(base, read, &added->laid, error));
    added->kind = kind;
    added->name = session_copy(name);
    added->content = session_copy(content.data);
    stk_sha256(content, added->sha256);
    if (added->name == NULL || added->content == NULL) {
        STK_FAIL(stk_error_memory(error));
    }
done:
    if (status != STK_OK) {
        session_free_documents(added);
        return status;
    }
    added->below = *list;
    *list = added;
    return STK_OK;
}

static stk_status add_documents(stk_session *s, const char *name, documents_kind kind,
                                stk_text content, stk_error *error)
{
    stk_status status;
    STK_TRY(lay(s, name, kind, content, &s->documents, error));
    session_forget_live(s);
done:
    return status;
}

int stk_session_pledge(stk_session *s, const char *iso3, const char *yaml)
{
    stk_error error;
    if (s == NULL || iso3 == NULL || yaml == NULL) {
        return s == NULL ? STK_REFUSED_ARGUMENT
                         : session_refuse(s, "a Party's code and a document are needed");
    }
    stk_status status = session_check_open(s, &error);
    status =
        status != STK_OK ? status : add_documents(s, iso3, OF_PARTY, stk_text_of(yaml), &error);
    return session_result(s, status, &error);
}

int stk_session_pledges_read(stk_session *s, const char *path)
{
    stk_error error;
    stk_text content = {NULL, 0};
    if (s == NULL || path == NULL) {
        return s == NULL ? STK_REFUSED_ARGUMENT : session_refuse(s, "a file's name is needed");
    }
    stk_status status = session_check_open(s, &error);
    status = status != STK_OK ? status : stk_file_read(path, &content, &error);
    status = status != STK_OK ? status : add_documents(s, path, OF_FILE, content, &error);
    free((char *)content.data);
    return session_result(s, status, &error);
}

stk_status session_lay_own(stk_session *s, stk_error *error)
{
    stk_text names;
    stk_text table;
    char *name = NULL;
    stk_status status;
    STK_TRY(stk_data_find_own(s->edition, &names, &table, error));
    if (table.data == NULL) {
        return STK_OK;
    }
    name = stk_arena_string(&s->edition->arena, names);
    STK_TRY(stk_allocated(name, error));
    STK_TRY(lay(s, name, OF_EDITION, table, &s->documents, error));
done:
    return status;
}

/* The list without the documents of one Party, or (NULL) of everybody but the edition's, laid anew
 * from the oldest on. */
static stk_status lay_without(const stk_session *s, const documents *from, const char *iso3,
                              documents **list, stk_error *error)
{
    if (from == NULL) {
        return STK_OK;
    }
    stk_status status = lay_without(s, from->below, iso3, list, error);
    bool gone = iso3 == NULL ? from->kind != OF_EDITION
                             : from->kind == OF_PARTY && strcmp(from->name, iso3) == 0;
    return status != STK_OK || gone
               ? status
               : lay(s, from->name, from->kind, stk_text_of(from->content), list, error);
}

static bool has_documents(const stk_session *s, const char *iso3)
{
    const documents *d = s->documents;
    while (d != NULL && (d->kind != OF_PARTY || strcmp(d->name, iso3) != 0)) {
        d = d->below;
    }
    return d != NULL;
}

static stk_status lift_documents(stk_session *s, const char *iso3, stk_error *error)
{
    documents *kept = NULL;
    stk_status status = STK_OK;
    if (iso3 != NULL && !has_documents(s, iso3)) {
        return STK_OK;
    }
    status = lay_without(s, s->documents, iso3, &kept, error);
    if (status != STK_OK) {
        session_free_documents(kept);
        return status;
    }
    session_forget_live(s);
    session_free_documents(s->documents);
    s->documents = kept;
    return STK_OK;
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
    if (status != STK_OK) {
        return status;
    }
    size_t before = s->live->supposed.count;
    status = supposed_add_all(&s->live->supposed, s->live->worlds[LIVE_WORLD], words, error);
    if (status != STK_OK && s->live->supposed.count == before && strchr(words, ';') == NULL) {
        return status; /* nothing was taken */
    }
    status = status != STK_OK ? status : session_lay_again(s, NULL, error);
    status = status != STK_OK ? status : keep_words(s, error);
    if (status != STK_OK) { /* as it was: the words that were kept */
        session_forget_live(s);
    }
    return status;
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
    if (stk_print(words, sizeof words, "%s %s", area, target) >= (int)sizeof words) {
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
    int length = year == 0 ? stk_print(words, sizeof words, "%s net-zero=none", area)
                           : stk_print(words, sizeof words, "%s net-zero=%d", area, year);
    if (length >= (int)sizeof words) {
        return session_refuse(s, "the name of the area is too long");
    }
    return session_result(s, suppose(s, words, &error), &error);
}

static stk_status lift_supposed(stk_session *s, const stk_area_set *set, stk_error *error)
{
    stk_status status = s->what_ifs == NULL ? STK_OK : session_live(s, error);
    if (status != STK_OK || s->what_ifs == NULL) {
        return status;
    }
    supposed_list *list = &s->live->supposed;
    for (size_t i = list->count; status == STK_OK && i-- > 0;) {
        if (memcmp(list->items[i]->areas.members, set->members, sizeof set->members) == 0) {
            stk_what_if *gone = supposed_take(list, i);
            status = session_lay_again(s, gone, error);
            free(gone);
        }
    }
    status = status != STK_OK ? status : keep_words(s, error);
    if (status != STK_OK) {
        session_forget_live(s);
    }
    return status;
}

static stk_status reset_area(stk_session *s, const char *area, stk_error *error)
{
    stk_area_set *set = calloc(1, sizeof *set);
    if (set == NULL) {
        stk_error_memory(error);
        return STK_EMEM;
    }
    stk_status status = stk_areas_find(s->data.inventory, stk_text_of(area), set, error);
    status = status != STK_OK ? status : lift_supposed(s, set, error);
    status = status != STK_OK ? status : lift_documents(s, set->code, error);
    free(set);
    return status;
}

int stk_session_reset(stk_session *s, const char *area)
{
    stk_error error;
    if (s == NULL) {
        return STK_REFUSED_ARGUMENT;
    }
    stk_status status = session_check_open(s, &error);
    if (status == STK_OK && area == NULL) {
        free(s->what_ifs);
        s->what_ifs = NULL;
        session_forget_live(s);
        status = lift_documents(s, NULL, &error);
    } else if (status == STK_OK) {
        status = reset_area(s, area, &error);
    }
    return session_result(s, status, &error);
}
