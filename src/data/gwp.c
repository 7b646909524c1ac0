/** @file gwp.c
 * @brief The table of global warming potentials and the gas groups.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/units.h>

#include "base/suggest.h"
#include "base/try.h"
#include "data/paths.h"

enum { SPECIES_MAX = 512, SETS_MAX = 32 };

struct stk_gwp_table {
    stk_arena arena;
    size_t set_count;
    const char *set_names[SETS_MAX];
    const char *set_labels[SETS_MAX];
    int fallback[SETS_MAX]; /* the set to borrow from, or -1 */
    size_t species_count;
    stk_text species[SPECIES_MAX];
    double *values; /* [species][set] */
};

static const char *const group_names[STK_GAS_GROUPS] = {"CO2", "CH4", "N2O", "HFC",
                                                        "PFC", "SF6", "NF3"};

const char *stk_gas_group_name(stk_gas_group group)
{
    return group_names[group];
}

bool stk_gas_group_of(stk_text species, stk_gas_group *group)
{
    /* the perfluorocarbons of the basket: saturated carbon-fluorine compounds, cyclic ones too */
    bool hfc = species.size > 3 && memcmp(species.data, "HFC", 3) == 0;
    bool pfc =
        stk_text_choice(species, "CF4|C2F6|C3F8|C4F10|cC4F8|C5F12|C6F14|C7F16|C8F18|C10F18") >= 0;
    int found = stk_text_find(species, group_names, STK_GAS_GROUPS);
    *group = found >= 0 ? (stk_gas_group)found : hfc ? STK_GAS_HFC : STK_GAS_PFC;
    return found >= 0 || hfc || pfc;
}

size_t stk_gwp_set_count(const stk_gwp_table *table)
{
    return table->set_count;
}

const char *stk_gwp_set_name(const stk_gwp_table *table, size_t set)
{
    return table->set_names[set];
}

const char *stk_gwp_set_label(const stk_gwp_table *table, size_t set)
{
    return table->set_labels[set];
}

stk_status stk_gwp_find_set(const stk_gwp_table *table, stk_text name, size_t *set,
                            stk_error *error)
{
    char known[256] = "";
    char folded[FOLD_SIZE]; /* "AR6 GWP-100" is AR6GWP100 */
    stk_text typed = {folded, text_fold(name, FOLD_PLAIN, folded)};
    for (size_t i = 0; i < table->set_count; i++) {
        if (stk_text_alike(typed, table->set_names[i]) ||
            stk_text_alike(typed, table->set_labels[i])) {
            *set = i;
            return STK_OK;
        }
    }
    for (size_t i = 0; i < table->set_count; i++) {
        size_t used = strlen(known);
        stk_print(known + used, sizeof known - used, "%s%s", i > 0 ? ", " : "",
                  table->set_labels[i]);
    }
    char near[SUGGEST_SIZE];
    stk_text shown = stk_text_cut(name, 40);
    suggest_words(name, (const char *const *)table->set_labels, table->set_count, near);
    return stk_error_set(error, STK_ENOTFOUND, "'%.*s' is no GWP set; the edition has %s%s%s",
                         (int)shown.size, shown.data, known, near[0] != '\0' ? "; " : "", near);
}

double stk_gwp_value(const stk_gwp_table *table, size_t set, stk_text species, size_t *borrowed)
{
    if (borrowed != NULL) {
        *borrowed = set;
    }
    if (stk_text_equal(species, "CO2")) {
        return 1.0;
    }
    for (size_t i = 0; i < table->species_count; i++) {
        if (!stk_text_same(table->species[i], species)) {
            continue;
        }
        int from = (int)set;
        while (from >= 0 && isnan(table->values[i * table->set_count + (size_t)from])) {
            from = table->fallback[from];
        }
        if (from < 0) {
            return NAN;
        }
        if (borrowed != NULL) {
            *borrowed = (size_t)from;
        }
        return table->values[i * table->set_count + (size_t)from];
    }
    return NAN;
}

static void link_fallbacks(stk_gwp_table *table)
{
    static const char *const reports[] = {"SARGWP100", "TARGWP100", "AR4GWP100", "AR5GWP100",
                                          "AR6GWP100"};
    for (size_t i = 0; i < table->set_count; i++) {
        table->fallback[i] = -1;
        size_t next = sizeof reports / sizeof *reports;
        for (size_t k = 0; k + 1 < sizeof reports / sizeof *reports; k++) {
            if (strcmp(table->set_names[i], reports[k]) == 0) {
                next = k + 1;
            }
        }
        for (size_t k = 0; next < sizeof reports / sizeof *reports && k < table->set_count; k++) {
            if (strcmp(table->set_names[k], reports[next]) == 0) {
                table->fallback[i] = (int)k;
            }
        }
    }
}

static stk_status read_sets(stk_gwp_table *table, const stk_csv *csv, stk_error *error)
{
    for (size_t c = 1; c < csv->column_count; c++) {
        if (table->set_count == SETS_MAX) {
            return stk_error_at(error, STK_EFORMAT, csv->source.name, csv->line, 0,
                                "more than %d GWP sets", SETS_MAX);
        }
        stk_text name = csv->columns[c];
        stk_text label = name;
        bool hundred = name.size > 6 && memcmp(name.data + name.size - 6, "GWP100", 6) == 0;
        label.size -= hundred ? 6 : 0;
        table->set_names[table->set_count] = stk_arena_string(&table->arena, name);
        table->set_labels[table->set_count] = stk_arena_string(&table->arena, label);
        if (table->set_names[table->set_count] == NULL ||
            table->set_labels[table->set_count] == NULL) {
            return stk_error_memory(error);
        }
        table->set_count++;
    }
    link_fallbacks(table);
    return STK_OK;
}

static stk_status read_species(stk_gwp_table *table, const stk_csv *csv, stk_error *error)
{
    static const stk_csv_bounds bounds = {0, 1e6, "a number from 0 to 1e6"};
    if (table->species_count == SPECIES_MAX) {
        return stk_error_at(error, STK_EFORMAT, csv->source.name, csv->line, 0,
                            "more than %d species", SPECIES_MAX);
    }
    stk_text name = stk_csv_field(csv, 0);
    const char *copy = stk_arena_string(&table->arena, name);
    if (copy == NULL) {
        return stk_error_memory(error);
    }
    size_t row = table->species_count++;
    table->species[row] = (stk_text){copy, name.size};
    for (size_t set = 0; set < table->set_count; set++) {
        double *value = &table->values[row * table->set_count + set];
        stk_status status = stk_csv_number_within(csv, (int)set + 1, &bounds, value, error);
        if (status != STK_OK) {
            return status;
        }
    }
    return STK_OK;
}

static stk_status read_table(stk_gwp_table *table, stk_edition *edition, stk_error *error)
{
    stk_csv csv;
    int column;
    stk_status status;
    STK_TRY(stk_edition_csv(edition, STK_PATH_GWP, &table->arena, &csv, error));
    STK_TRY(stk_csv_require(&csv, "Species", &column, error));
    STK_TRY(read_sets(table, &csv, error));
    table->values = stk_arena_alloc(&table->arena, SPECIES_MAX * table->set_count, sizeof(double));
    if (table->values == NULL) {
        return stk_error_memory(error);
    }
    while (stk_csv_each(&csv, &status, error)) {
        status = read_species(table, &csv, error);
    }
done:
    return status;
}

stk_status stk_gwp_load(stk_edition *edition, stk_gwp_table **table, stk_error *error)
{
    *table = NULL;
    stk_gwp_table *loaded = calloc(1, sizeof *loaded);
    if (loaded == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = read_table(loaded, edition, error);
    if (status != STK_OK) {
        stk_gwp_free(loaded);
        return status;
    }
    *table = loaded;
    return STK_OK;
}

void stk_gwp_free(stk_gwp_table *table)
{
    if (table != NULL) {
        stk_arena_free(&table->arena);
        free(table);
    }
}
