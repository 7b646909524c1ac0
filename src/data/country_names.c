/** @file country_names.c
 * @brief What a name that a person typed stands for.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "data/inventory_impl.h"

const char *stk_areas_known(const stk_inventory *inventory, size_t i, const char **code)
{
    if (i >= inventory->name_count) {
        return NULL;
    }
    *code = inventory->names[i].code;
    return inventory->names[i].folded;
}

static int compare_name(const void *key, const void *entry)
{
    return strcmp(key, ((const area_name *)entry)->folded);
}

static const area_name *find_folded(const stk_inventory *inventory, const char *folded)
{
    return bsearch(folded, inventory->names, inventory->name_count, sizeof *inventory->names,
                   compare_name);
}

/* "004" is the M49 code 4. */
static const area_name *find_name(const stk_inventory *inventory, stk_text name)
{
    char folded[FOLD_SIZE];
    size_t zeros = 0;
    text_fold(name, FOLD_PLAIN, folded);
    while (folded[zeros] == '0') {
        zeros++;
    }
    return find_folded(inventory, folded + zeros);
}

static bool is_member(const stk_inventory *inventory, const area_name *entry, stk_area a)
{
    const area_record *area = &inventory->areas[a];
    switch (entry->kind) {
    case NAME_AREA:
        return a == entry->index;
    case NAME_EU:
        return area->info.eu_member;
    case NAME_WORLD:
        return true;
    case NAME_BUNKERS:
        return area->info.bunker;
    case NAME_GROUP:
        return area->in_group[entry->index];
    default:
        return (area->region[1] != NULL && strcmp(area->region[1], entry->region) == 0) ||
               (area->region[2] != NULL && strcmp(area->region[2], entry->region) == 0);
    }
}

static void fill_set(const stk_inventory *inventory, const area_name *entry, stk_area_set *set)
{
    static const stk_areas_kind kinds[] = {STK_AREAS_ONE,   STK_AREAS_EU,    STK_AREAS_WORLD,
                                           STK_AREAS_GROUP, STK_AREAS_GROUP, STK_AREAS_GROUP};
    memset(set, 0, sizeof *set);
    set->kind = kinds[entry->kind];
    set->area = entry->kind == NAME_AREA ? entry->index : -1;
    stk_print(set->code, sizeof set->code, "%s", entry->code);
    stk_print(set->name, sizeof set->name, "%s", entry->shown);
    for (stk_area a = 0; a < inventory->area_count; a++) {
        set->members[a] = is_member(inventory, entry, a);
        set->count += set->members[a];
    }
}

/* ---- what is not known ---- */

static void write_entry(char *out, size_t size, const area_name *entry)
{
    stk_print(out, size, strcmp(entry->shown, entry->code) == 0 ? "%s" : "%s (%s)", entry->shown,
              entry->code);
}

/* An id for each thing, whatever its name. */
static long id_of(const area_name *entries, const area_name *entry)
{
    for (long i = 0; &entries[i] < entry; i++) {
        if (strcmp(entries[i].code, entry->code) == 0) {
            return i;
        }
    }
    return entry - entries;
}

static void find_near(const stk_inventory *inventory, stk_text name, suggest *s)
{
    suggest_start(s, name);
    for (size_t i = 0; i < inventory->name_count; i++) {
        const area_name *entry = &inventory->names[i];
        if (!entry->is_code) {
            suggest_offer(s, entry->folded, id_of(inventory->names, entry));
        }
    }
}

static void write_near(const stk_inventory *inventory, const suggest *s, char *out, size_t size)
{
    size_t used = 0;
    char entry[96];
    out[0] = '\0';
    for (int i = 0; i < s->count && used < size; i++) {
        write_entry(entry, sizeof entry, &inventory->names[s->best[i].id]);
        used += (size_t)stk_print(out + used, size - used, "%s%s",
                                  i == 0              ? "; did you mean "
                                  : i == s->count - 1 ? " or "
                                                      : ", ",
                                  entry);
    }
    if (s->count > 0 && used + 1 < size) {
        stk_print(out + used, size - used, "?");
    } else if (s->count == 0 && s->nearest >= 0) {
        write_entry(entry, sizeof entry, &inventory->names[s->nearest]);
        stk_print(out, size, "; the nearest is %s", entry);
    }
}

static stk_status refuse(const stk_inventory *inventory, stk_text name, stk_error *error)
{
    suggest s;
    char near[SUGGEST_SIZE];
    char known[240] = "";
    for (int g = 0; g < inventory->group_count; g++) {
        size_t used = strlen(known);
        stk_print(known + used, sizeof known - used, "%s%s", g > 0 ? ", " : "",
                  inventory->group_names[g]);
    }
    find_near(inventory, name, &s);
    write_near(inventory, &s, near, sizeof near);
    stk_text shown = stk_text_cut(name, 40);
    if (s.count > 0) {
        return stk_error_set(error, STK_ENOTFOUND, "'%.*s' is no area%s", (int)shown.size,
                             shown.data, near);
    }
    return stk_error_set(error, STK_ENOTFOUND,
                         "'%.*s' is no area%s; known are names and ISO 3166 codes of countries, "
                         "AIR, SEA, WORLD, BUNKERS, EU, lists such as BRA,IND and the groups %s",
                         (int)shown.size, shown.data, near, known);
}

/* ---- lists ---- */

static void add_part(stk_area_set *set, const stk_area_set *part, int i, bool last)
{
    size_t code = strlen(set->code);
    size_t name = strlen(set->name);
    stk_print(set->code + code, sizeof set->code - code, "%s%s", i > 0 ? "+" : "", part->code);
    stk_print(set->name + name, sizeof set->name - name, "%s%s",
              i == 0 ? ""
              : last ? " and "
                     : ", ",
              part->name);
    for (int a = 0; a < STK_AREAS_MAX; a++) {
        set->count += part->members[a] && !set->members[a];
        set->members[a] = set->members[a] || part->members[a];
    }
}

static stk_status find_list(const stk_inventory *inventory, stk_text list, stk_area_set *set,
                            stk_error *error)
{
    stk_area_set *part = malloc(sizeof *part);
    stk_status status = STK_OK;
    if (part == NULL) {
        return stk_error_memory(error);
    }
    memset(set, 0, sizeof *set);
    set->kind = STK_AREAS_LIST;
    set->area = -1;
    for (int i = 0; list.data != NULL && status == STK_OK; i++) {
        const char *comma = memchr(list.data, ',', list.size);
        stk_text item = list;
        item.size = comma == NULL ? list.size : (size_t)(comma - list.data);
        status = stk_areas_find(inventory, stk_text_trim(item), part, error);
        if (status == STK_OK) {
            add_part(set, part, i, comma == NULL);
        }
        list =
            comma == NULL ? (stk_text){NULL, 0} : (stk_text){comma + 1, list.size - item.size - 1};
    }
    free(part);
    return status;
}

stk_status stk_areas_find(const stk_inventory *inventory, stk_text name, stk_area_set *set,
                          stk_error *error)
{
    const area_name *entry = find_name(inventory, name);
    bool list = name.size > 0 && memchr(name.data, ',', name.size) != NULL;
    if (list) {
        /* "PE,RU" without its comma is a name, and yet a list; "Korea, Republic of" is none */
        stk_status status = find_list(inventory, name, set, error);
        if (status == STK_OK || entry == NULL) {
            return status;
        }
    }
    /* "BRICS+" is another group than BRICS, whose name has the same letters */
    bool more = name.size > 0 && memchr(name.data, '+', name.size) != NULL;
    if (entry == NULL || more) {
        return refuse(inventory, name, error);
    }
    fill_set(inventory, entry, set);
    return set->count > 0 ? STK_OK
                          : stk_error_set(error, STK_ENOTFOUND,
                                          "'%s' has no members in the edition", set->code);
}

stk_status stk_inventory_select(const stk_inventory *inventory, stk_text name, bool *members,
                                stk_error *error)
{
    stk_area_set *set = malloc(sizeof *set);
    if (set == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = stk_areas_find(inventory, name, set, error);
    if (status == STK_OK) {
        memcpy(members, set->members, (size_t)inventory->area_count * sizeof *members);
    }
    free(set);
    return status;
}
