/** @file country_names_known.c
 * @brief The names of areas, groups and regions, folded and in order.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "data/inventory_impl.h"

enum { NAMES_MAX = 4096 };

/* Names of groups that people write; the column comes first. */
static const struct {
    const char *column;
    const char *code;
    const char *names[6];
} groups[] = {{"unfccc", "UNFCCC", {"Parties to the UNFCCC", "Parties"}},
              {"annex_one", "ANNEX_I", {"Annex I Parties", "Annex I", "Annex 1", "Annex One"}},
              {"annex_one_kaz", "ANNEX_I_KAZ", {"Annex I Parties and Kazakhstan", "Annex One KAZ"}},
              {"non_annex_one",
               "NON_ANNEX_I",
               {"Non-Annex I Parties", "Non-Annex I", "Non-Annex 1", "Non-Annex One"}},
              {"g20", "G20", {"Group of Twenty", "G-20"}},
              {"g7", "G7", {"Group of Seven", "G-7"}},
              {"g77", "G77", {"Group of 77 and China", "G77 and China", "Group of 77"}},
              {"ldc", "LDC", {"Least developed countries", "LDCs"}},
              {"lldc", "LLDC", {"Landlocked developing countries", "LLDCs"}},
              {"sids", "SIDS", {"Small island developing States", "Small islands"}},
              {"aosis", "AOSIS", {"Alliance of Small Island States"}},
              {"umbrella", "UMBRELLA", {"Umbrella Group"}},
              {"eig", "EIG", {"Environmental Integrity Group"}},
              {"arab_group", "ARAB_GROUP", {"Arab Group"}}};

static const struct {
    name_kind kind;
    const char *code;
    const char *names[14];
} others[] = {{NAME_EU,
               "EUU",
               {"European Union", "EUU", "EU", "EU27", "EU-27", "European Union (27)",
                "european_union", "Union européenne", "UE", "Unión Europea", "Europäische Union",
                "União Europeia", "Unione europea"}},
              {NAME_WORLD, "WORLD", {"World", "Earth", "Global", "Monde", "Mundo", "Welt"}},
              {NAME_BUNKERS, "BUNKERS", {"International bunkers", "Bunkers"}}};

/* The names that are being gathered. */
typedef struct gathering {
    stk_inventory *inventory;
    stk_error *error;
    bool failed;
} gathering;

static void add_folded(gathering *g, const char *folded, area_name entry)
{
    stk_inventory *inventory = g->inventory;
    if (g->failed || folded[0] == '\0') {
        return;
    }
    entry.folded = stk_arena_string(&inventory->arena, stk_text_of(folded));
    g->failed = entry.folded == NULL || inventory->name_count == NAMES_MAX;
    if (g->failed) {
        stk_error_set(g->error, entry.folded == NULL ? STK_EMEM : STK_EDATA,
                      entry.folded == NULL ? "out of memory" : "more than 4096 names of areas");
        return;
    }
    inventory->names[inventory->name_count++] = entry;
}

static void add_name(gathering *g, stk_text name, area_name entry)
{
    char plain[FOLD_SIZE];
    char spelled[FOLD_SIZE];
    text_fold(name, FOLD_PLAIN, plain);
    text_fold(name, FOLD_UMLAUT_E, spelled);
    add_folded(g, plain, entry);
    if (strcmp(plain, spelled) != 0) {
        add_folded(g, spelled, entry);
    }
}

static area_name entry_of(const stk_inventory *inventory, stk_area area)
{
    const stk_area_info *info = &inventory->areas[area].info;
    return (area_name){.kind = NAME_AREA, .index = area, .code = info->iso3, .shown = info->name};
}

static void add_areas(gathering *g)
{
    for (stk_area a = 0; a < g->inventory->area_count; a++) {
        const area_record *record = &g->inventory->areas[a];
        area_name entry = entry_of(g->inventory, a);
        add_name(g, stk_text_of(record->info.iso3), entry);
        add_name(g, stk_text_of(record->info.name), entry);
        entry.is_code = true;
        add_name(g, record->iso2, entry);
        add_name(g, record->m49, entry);
    }
}

/* "OECD" for the column oecd. */
static const char *upper_case(gathering *g, const char *column)
{
    char *upper = stk_arena_string(&g->inventory->arena, stk_text_of(column));
    if (upper == NULL) {
        g->failed = true;
        stk_error_memory(g->error);
        return column;
    }
    for (char *c = upper; *c != '\0'; c++) {
        *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    }
    return upper;
}

static void add_group(gathering *g, int index)
{
    const char *column = g->inventory->group_names[index];
    size_t known = 0;
    while (known < sizeof groups / sizeof *groups && strcmp(groups[known].column, column) != 0) {
        known++;
    }
    bool has_names = known < sizeof groups / sizeof *groups;
    const char *code = has_names ? groups[known].code : upper_case(g, column);
    area_name entry = {.kind = NAME_GROUP,
                       .index = index,
                       .code = code,
                       .shown = has_names ? groups[known].names[0] : code};
    add_name(g, stk_text_of(column), entry);
    for (int n = 0; has_names && n < 6 && groups[known].names[n] != NULL; n++) {
        add_name(g, stk_text_of(groups[known].names[n]), entry);
    }
}

static void add_groups(gathering *g)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        area_name entry = {
            .kind = others[i].kind, .code = others[i].code, .shown = others[i].names[0]};
        for (int n = 0; n < 14 && others[i].names[n] != NULL; n++) {
            add_name(g, stk_text_of(others[i].names[n]), entry);
        }
    }
    for (int c = 0; c < g->inventory->group_count; c++) {
        add_group(g, c);
    }
}

/* Subregions and the regions of the SSPs. */
static void add_regions(gathering *g)
{
    for (stk_area a = 0; a < g->inventory->area_count; a++) {
        for (int r = 1; r < 3; r++) {
            const char *region = g->inventory->areas[a].region[r];
            if (region != NULL) {
                add_name(
                    g, stk_text_of(region),
                    (area_name){
                        .kind = NAME_REGION, .region = region, .code = region, .shown = region});
            }
        }
    }
}

static stk_status add_aliases(gathering *g, stk_edition *edition)
{
    stk_csv csv;
    stk_status status =
        stk_edition_csv(edition, STK_PATH_ALIASES, &g->inventory->arena, &csv, g->error);
    while (!g->failed && stk_csv_each(&csv, &status, g->error)) {
        stk_area area = stk_inventory_find(g->inventory, stk_csv_field(&csv, 1));
        if (area < 0) {
            return stk_csv_refuse(&csv, 1, g->error, "the code of a country");
        }
        add_name(g, stk_csv_field(&csv, 0), entry_of(g->inventory, area));
    }
    return status;
}

/* By name, and areas before the groups that share a name with them. */
static int by_name(const void *a, const void *b)
{
    const area_name *x = a;
    const area_name *y = b;
    int order = strcmp(x->folded, y->folded);
    order = order != 0 ? order : (int)x->kind - (int)y->kind;
    return order != 0 ? order : x->index - y->index;
}

/* One entry a name. Two areas cannot share one; an area hides a group or region of its name. */
static stk_status make_unique(stk_inventory *inventory, stk_error *error)
{
    size_t kept = 0;
    for (size_t i = 0; i < inventory->name_count; i++) {
        const area_name *entry = &inventory->names[i];
        const area_name *last = kept > 0 ? &inventory->names[kept - 1] : NULL;
        if (last == NULL || strcmp(last->folded, entry->folded) != 0) {
            inventory->names[kept++] = *entry;
        } else if (last->kind == NAME_AREA && entry->kind == NAME_AREA &&
                   last->index != entry->index) {
            return stk_error_set(error, STK_EDATA, "the name '%s' stands for both %s and %s",
                                 entry->folded, last->code, entry->code);
        }
    }
    inventory->name_count = kept;
    return STK_OK;
}

stk_status inventory_read_names(stk_inventory *inventory, stk_edition *edition, stk_error *error)
{
    stk_error local;
    gathering g = {inventory, error != NULL ? error : &local, false};
    inventory->names = stk_arena_alloc(&inventory->arena, NAMES_MAX, sizeof *inventory->names);
    stk_status status;
    STK_TRY(stk_allocated(inventory->names, error));
    add_areas(&g);
    add_groups(&g);
    add_regions(&g);
    STK_TRY(add_aliases(&g, edition));
    if (g.failed) {
        return g.error->status;
    }
    qsort(inventory->names, inventory->name_count, sizeof *inventory->names, by_name);
    STK_TRY(make_unique(inventory, error));
done:
    return status;
}
