/** @file history.c
 * @brief `stocktake history`: past emissions and their largest yearly changes.
 */
#include "question/query.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const question_option options[] = {
    {"area", "AREA",
     "A country by name or code, AIR, SEA, WORLD, a group (G20, EU, ANNEX_I), or a list of "
     "these (BRA,IND).",
     NULL, "WORLD"},
    {"species", "GAS", "CO2, CH4, N2O, SF6, NF3, HFC, PFC, a single gas (HFC134a), or KYOTO.", NULL,
     "KYOTO"},
    {"lulucf", "SCOPE", "Land-use CO2, mean of the bookkeeping models.", "excluded|included|only",
     "excluded"},
    {"gwp", "SET", "Global warming potentials: SAR, AR4, AR5, AR6 or a column of gwp.csv.", NULL,
     "AR6"},
    {"from", "YEAR", "First year.", NULL, "the first on record"},
    {"to", "YEAR", "Last year.", NULL, "the last on record"},
    {"rank-changes", "N", "Instead: the N largest yearly rises on record (negative: falls).", NULL,
     NULL},
    {NULL, NULL, NULL, NULL, NULL}};

/* What is asked for, resolved against the inventory. */
typedef struct record {
    const stk_inventory *inventory;
    stk_area_set area;
    stk_text species;
    unsigned gas_groups; /* bits; 0 for a single gas that is no group */
    size_t gwp;
    double gwp_of_species;
    stk_lulucf lulucf;
    int from;
    int to;
} record;

enum { YEAR_FIRST = 1850, YEAR_LAST = 2100 };

static double groups_mt(const record *r, int year)
{
    double sum = 0;
    for (int g = 0; g < STK_GAS_GROUPS; g++) {
        for (int a = 0;
             (r->gas_groups & (1u << g)) != 0 && a < stk_inventory_area_count(r->inventory); a++) {
            sum += r->area.members[a]
                       ? stk_inventory_group_mt(r->inventory, a, (stk_gas_group)g, r->gwp, year)
                       : 0.0;
        }
    }
    return sum;
}

static double lulucf_mt(const record *r, int year)
{
    double sum = 0;
    bool any = false;
    for (int a = 0; a < stk_inventory_area_count(r->inventory); a++) {
        double mt = r->area.members[a] ? stk_inventory_lulucf_mt(r->inventory, a, year) : NAN;
        any = any || !isnan(mt);
        sum += isnan(mt) ? 0.0 : mt;
    }
    return any ? sum : NAN;
}

/* A gas outside its record's years is no value, not zero. */
static double value_mt(const record *r, int year)
{
    if (r->lulucf == STK_LULUCF_ONLY) {
        return lulucf_mt(r, year);
    }
    bool found;
    double mt = r->gas_groups != 0 ? groups_mt(r, year)
                                   : stk_inventory_species_kt(r->inventory, r->area.members,
                                                              r->species, year, &found) *
                                         r->gwp_of_species / 1000.0;
    return r->lulucf == STK_LULUCF_INCLUDED ? mt + lulucf_mt(r, year) : mt;
}

static unsigned find_groups(stk_text species)
{
    if (stk_text_alike(species, "KYOTO")) {
        return (1u << STK_GAS_GROUPS) - 1;
    }
    for (int g = 0; g < STK_GAS_GROUPS; g++) {
        if (stk_text_alike(species, stk_gas_group_name((stk_gas_group)g))) {
            return 1u << g;
        }
    }
    return 0;
}

static stk_status resolve(query *q, const stk_inventory *inventory, record *r, stk_error *error)
{
    const char *area = query_value(q, "area");
    const char *species = query_value(q, "species");
    const char *gwp = query_value(q, "gwp");
    bool found = true;
    r->inventory = inventory;
    r->species = stk_text_of(species == NULL ? "KYOTO" : species);
    r->gas_groups = find_groups(r->species);
    r->lulucf = (stk_lulucf)query_choice(q, "lulucf", STK_LULUCF_EXCLUDED);
    stk_status status;
    STK_TRY(stk_areas_find(inventory, stk_text_of(area == NULL ? "WORLD" : area), &r->area, error));
    STK_TRY(stk_gwp_find_set(stk_inventory_gwp(inventory), stk_text_of(gwp == NULL ? "AR6" : gwp),
                             &r->gwp, error));
    if (r->gas_groups == 0) {
        stk_inventory_species_kt(inventory, r->area.members, r->species, YEAR_FIRST, &found);
        r->gwp_of_species = stk_gwp_value(stk_inventory_gwp(inventory), r->gwp, r->species, NULL);
    }
    if (!found) {
        STK_FAIL(stk_error_set(error, STK_ENOTFOUND,
                               "'%s' is no gas of the inventory; allowed: KYOTO, CO2, CH4, N2O, "
                               "HFC, PFC, SF6, NF3, or one gas such as HFC134a",
                               species));
    }
    bool has_co2 = (r->gas_groups & (1u << STK_GAS_CO2)) != 0;
    if (r->lulucf != STK_LULUCF_EXCLUDED && !has_co2) {
        STK_FAIL(stk_error_set(error, STK_EARG,
                               "--lulucf: land use is CO2; allowed with CO2 and "
                               "KYOTO only"));
    }
done:
    return status;
}

typedef struct change {
    int year;
    double change_gt;
    double change_pct;
} change;

static int larger_rise_first(const void *a, const void *b)
{
    const change *x = a;
    const change *y = b;
    return x->change_gt < y->change_gt ? 1 : x->change_gt > y->change_gt ? -1 : x->year - y->year;
}

static stk_table *rank(const record *r, int count)
{
    static const stk_column columns[] = {{"rank", "Rank", STK_INTEGER},
                                         {"year", "Year", STK_INTEGER},
                                         {"change_gt", "Change (Gt)", 3},
                                         {"change_pct", "Change (%)", 2}};
    change changes[YEAR_LAST - YEAR_FIRST + 1];
    int found = 0;
    bool falls = count < 0;
    for (int year = r->from > YEAR_FIRST ? r->from : YEAR_FIRST + 1; year <= r->to; year++) {
        double before = value_mt(r, year - 1);
        double mt = value_mt(r, year);
        double rise = mt - before;
        if (!isnan(rise) && (falls ? rise < 0 : rise > 0)) {
            changes[found++] = (change){year, rise / 1000.0, stk_change_pct(before, mt)};
        }
    }
    qsort(changes, (size_t)found, sizeof *changes, larger_rise_first);
    stk_table *table = stk_table_new(columns, 4);
    for (int i = 0; i < abs(count) && i < found; i++) {
        const change *c = &changes[falls ? found - 1 - i : i];
        stk_table_numbers(table, i + 1, c->year, c->change_gt, c->change_pct);
    }
    return table;
}

static stk_table *list(const record *r)
{
    static const stk_column columns[] = {{"year", "Year", STK_INTEGER},
                                         {"emissions_mt", "Mt CO2e", 1},
                                         {"change_pct", "Change (%)", 2}};
    stk_table *table = stk_table_new(columns, 3);
    for (int year = r->from; year <= r->to; year++) {
        double mt = value_mt(r, year);
        if (!isnan(mt)) {
            stk_table_numbers(table, year, mt, stk_change_pct(value_mt(r, year - 1), mt));
        }
    }
    return table;
}

static stk_status refuse_empty(const query *q, const record *r, int count, stk_text species,
                               stk_error *error)
{
    char area[256];
    bool years = query_given(q, "from") || query_given(q, "to");
    return stk_error_set(error, STK_ENOTFOUND, "no %s of %.*s in %s%s",
                         count == 0  ? "record"
                         : count > 0 ? "rise"
                                     : "fall",
                         (int)species.size, species.data, query_area_title(&r->area, area),
                         years ? " in the years asked for" : "");
}

static stk_status answer(query *q, const record *r, int count, stk_error *error)
{
    static const char *const scopes[] = {"without LULUCF", "with land-use CO2", "land-use CO2"};
    static const char *const names[] = {"excluded", "included", "only"};
    char area[256];
    stk_text species = stk_text_cut(r->species, 40);
    const char *gwp = stk_gwp_set_label(stk_inventory_gwp(r->inventory), r->gwp);
    stk_text gases = stk_text_alike(species, "KYOTO") ? stk_text_of("Kyoto gases") : species;
    query_say(q, "%s, %.*s %s, GWP %s\n\n", query_area_title(&r->area, area), (int)gases.size,
              gases.data, scopes[r->lulucf], gwp);
    stk_table *table = count != 0 ? rank(r, count) : list(r);
    if (stk_table_is_empty(table)) {
        stk_table_free(table);
        return refuse_empty(q, r, count, species, error);
    }
    json_t *facts =
        json_pack("{s:o, s:o, s:s, s:s}", "area", document_text(r->area.code), "species",
                  document_text(r->species.data), "lulucf", names[r->lulucf], "gwp", gwp);
    return query_write_rows(q, NULL, table, facts, NULL, NULL, error);
}

static stk_status read_numbers(query *q, record *r, int *count, stk_error *error)
{
    enum { BOUND = 100000 };
    stk_status status;
    STK_TRY(query_integer(q, "from", YEAR_FIRST, -BOUND, BOUND, &r->from, error));
    STK_TRY(query_integer(q, "to", YEAR_LAST, -BOUND, BOUND, &r->to, error));
    STK_TRY(query_integer(q, "rank-changes", 0, -BOUND, BOUND, count, error));
    if (r->from < YEAR_FIRST || r->to > YEAR_LAST || r->from > r->to) {
        STK_TRY(query_usage(q, error,
                            "the years must be from 1850 to 2100, the first not after the last"));
    }
    if (query_given(q, "rank-changes") && *count == 0) {
        STK_TRY(query_usage(q, error, "--rank-changes: 0 is refused; allowed: 5, or -5 for falls"));
    }
done:
    return status;
}

static stk_status answer_query(query *q, stk_error *error)
{
    int count;
    const stk_inventory *inventory = NULL;
    record *r = query_alloc(q, sizeof *r); /* holds a flag for every area */
    stk_status status;
    STK_TRY(stk_allocated(r, error));
    STK_TRY(read_numbers(q, r, &count, error));
    STK_TRY(query_inventory(q, &inventory, error));
    STK_TRY(resolve(q, inventory, r, error));
    STK_TRY(answer(q, r, count, error));
done:
    return status;
}

const question question_history = {
    .name = "history",
    .operands = "",
    .summary = QUESTION_HELP("past emissions; the largest yearly rises and falls"),
    .description = QUESTION_HELP(
        "Emissions on record by area, gas and year: fossil CO2 from 1850, CH4 and N2O from 1970, "
        "F-gases from 1990, land-use CO2 from 1850. Areas that a source merges are split by "
        "population; WORLD is the source's own world total.\n\n"
        "With --rank-changes N the N largest rises from one year to the next, with -N the N "
        "largest "
        "falls."),
    .examples = QUESTION_HELP(
        "  # The April 2021 claim: a rise of 1.5 Gt would be the second largest on record\n"
        "  stocktake history --area WORLD --species CO2 --to 2018 --rank-changes 5\n"
        "  stocktake history --area WORLD --species CO2 --rank-changes -3\n"
        "  stocktake history --area EU27 --gwp AR4 --from 1990\n"),
    .option_groups = OPTION_GROUPS(options, options_common),
    .answer = answer_query};
