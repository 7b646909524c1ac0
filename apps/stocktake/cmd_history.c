/** @file cmd_history.c
 * @brief `stocktake history`: past emissions and their largest yearly changes.
 */
#include "cli_area.h"
#include "commands.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const cli_option options[] = {
    {"area", "AREA",
     "A country by name or code, AIR, SEA, WORLD, a group (G20, EU, ANNEX_I), or a list of these "
     "(BRA,IND). [WORLD]",
     NULL},
    {"species", "GAS",
     "CO2, CH4, N2O, SF6, NF3, HFC, PFC, a single gas (HFC134a), or KYOTO. [KYOTO]", NULL},
    {"lulucf", "SCOPE", "Land-use CO2, mean of the bookkeeping models. [excluded]",
     "excluded|included|only"},
    {"gwp", "SET", "Global warming potentials: SAR, AR4, AR5, AR6 or a column of gwp.csv. [AR6]",
     NULL},
    {"from", "YEAR", "First year. [the first on record]", NULL},
    {"to", "YEAR", "Last year. [the last on record]", NULL},
    {"rank-changes", "N", "Instead: the N largest yearly rises on record (negative: falls).", NULL},
    {NULL, NULL, NULL, NULL}};

static const cli_option *const groups[] = {options, cli_common_options, NULL};

/* What is asked for, resolved against the inventory. */
typedef struct query {
    const stk_inventory *inventory;
    stk_area_set area;
    stk_text species;
    unsigned gas_groups; /* bits; 0 for a single gas that is no group */
    size_t gwp;
    double gwp_of_species;
    stk_lulucf lulucf;
    int from;
    int to;
} query;

enum { YEAR_FIRST = 1850, YEAR_LAST = 2100 };

static double groups_mt(const query *q, int year)
{
    double sum = 0;
    for (int g = 0; g < STK_GAS_GROUPS; g++) {
        for (int a = 0;
             (q->gas_groups & (1u << g)) != 0 && a < stk_inventory_area_count(q->inventory); a++) {
            sum += q->area.members[a]
                       ? stk_inventory_group_mt(q->inventory, a, (stk_gas_group)g, q->gwp, year)
                       : 0.0;
        }
    }
    return sum;
}

static double lulucf_mt(const query *q, int year)
{
    double sum = 0;
    bool any = false;
    for (int a = 0; a < stk_inventory_area_count(q->inventory); a++) {
        double mt = q->area.members[a] ? stk_inventory_lulucf_mt(q->inventory, a, year) : NAN;
        any = any || !isnan(mt);
        sum += isnan(mt) ? 0.0 : mt;
    }
    return any ? sum : NAN;
}

/* A gas outside its record's years is no value, not zero. */
static double value_mt(const query *q, int year)
{
    if (q->lulucf == STK_LULUCF_ONLY) {
        return lulucf_mt(q, year);
    }
    bool found;
    double mt = q->gas_groups != 0 ? groups_mt(q, year)
                                   : stk_inventory_species_kt(q->inventory, q->area.members,
                                                              q->species, year, &found) *
                                         q->gwp_of_species / 1000.0;
    return q->lulucf == STK_LULUCF_INCLUDED ? mt + lulucf_mt(q, year) : mt;
}

static bool same_word(stk_text a, const char *b)
{
    return a.size == strlen(b) && strncasecmp(a.data, b, a.size) == 0;
}

static unsigned find_groups(stk_text species)
{
    if (same_word(species, "KYOTO")) {
        return (1u << STK_GAS_GROUPS) - 1;
    }
    for (int g = 0; g < STK_GAS_GROUPS; g++) {
        if (same_word(species, stk_gas_group_name((stk_gas_group)g))) {
            return 1u << g;
        }
    }
    return 0;
}

static stk_status resolve(const cli_arguments *arguments, const stk_inventory *inventory, query *q,
                          stk_error *error)
{
    const char *area = cli_value(arguments, "area");
    const char *species = cli_value(arguments, "species");
    const char *gwp = cli_value(arguments, "gwp");
    bool found = true;
    q->inventory = inventory;
    q->species = stk_text_of(species == NULL ? "KYOTO" : species);
    q->gas_groups = find_groups(q->species);
    q->lulucf = (stk_lulucf)cli_choice(arguments, "lulucf", STK_LULUCF_EXCLUDED);
    stk_status status =
        stk_areas_find(inventory, stk_text_of(area == NULL ? "WORLD" : area), &q->area, error);
    if (status == STK_OK) {
        status = stk_gwp_find_set(stk_inventory_gwp(inventory),
                                  stk_text_of(gwp == NULL ? "AR6" : gwp), &q->gwp, error);
    }
    if (status == STK_OK && q->gas_groups == 0) {
        stk_inventory_species_kt(inventory, q->area.members, q->species, YEAR_FIRST, &found);
        q->gwp_of_species = stk_gwp_value(stk_inventory_gwp(inventory), q->gwp, q->species, NULL);
    }
    if (status == STK_OK && !found) {
        status = stk_error_set(error, STK_ENOTFOUND,
                               "'%s' is no gas of the inventory; allowed: KYOTO, CO2, CH4, N2O, "
                               "HFC, PFC, SF6, NF3, or one gas such as HFC134a",
                               species);
    }
    bool has_co2 = (q->gas_groups & (1u << STK_GAS_CO2)) != 0;
    if (status == STK_OK && q->lulucf != STK_LULUCF_EXCLUDED && !has_co2) {
        status = stk_error_set(error, STK_EARG,
                               "--lulucf: land use is CO2; allowed with CO2 and "
                               "KYOTO only");
    }
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

static stk_table *rank(const query *q, int count)
{
    static const stk_column columns[] = {{"rank", "Rank", STK_COLUMN_INTEGER},
                                         {"year", "Year", STK_COLUMN_INTEGER},
                                         {"change_gt", "Change (Gt)", 3},
                                         {"change_pct", "Change (%)", 2}};
    change changes[YEAR_LAST - YEAR_FIRST + 1];
    int found = 0;
    bool falls = count < 0;
    for (int year = q->from > YEAR_FIRST ? q->from : YEAR_FIRST + 1; year <= q->to; year++) {
        double before = value_mt(q, year - 1);
        double rise = value_mt(q, year) - before;
        if (!isnan(rise) && (falls ? rise < 0 : rise > 0)) {
            changes[found++] = (change){year, rise / 1000.0, 100.0 * rise / before};
        }
    }
    qsort(changes, (size_t)found, sizeof *changes, larger_rise_first);
    stk_table *table = stk_table_new(columns, 4);
    for (int i = 0; i < abs(count) && i < found; i++) {
        const change *c = &changes[falls ? found - 1 - i : i];
        stk_table_number(table, i + 1);
        stk_table_number(table, c->year);
        stk_table_number(table, c->change_gt);
        stk_table_number(table, c->change_pct);
    }
    return table;
}

static stk_table *list(const query *q)
{
    static const stk_column columns[] = {{"year", "Year", STK_COLUMN_INTEGER},
                                         {"emissions_mt", "Mt CO2e", 1},
                                         {"change_pct", "Change (%)", 2}};
    stk_table *table = stk_table_new(columns, 3);
    for (int year = q->from; year <= q->to; year++) {
        double mt = value_mt(q, year);
        if (!isnan(mt)) {
            double before = value_mt(q, year - 1);
            stk_table_number(table, year);
            stk_table_number(table, mt);
            stk_table_number(table, before > 0 ? 100.0 * (mt - before) / before : NAN);
        }
    }
    return table;
}

static int answer(const cli_arguments *arguments, const query *q, int count)
{
    static const char *const scopes[] = {"without LULUCF", "with land-use CO2", "land-use CO2"};
    static const char *const names[] = {"excluded", "included", "only"};
    char preface[512];
    char area[256];
    const char *gwp = stk_gwp_set_label(stk_inventory_gwp(q->inventory), q->gwp);
    snprintf(preface, sizeof preface, "%s, %.*s %s, GWP %s\n\n", cli_area_title(&q->area, area),
             (int)(q->species.size > 40 ? 40 : q->species.size), q->species.data, scopes[q->lulucf],
             gwp);
    stk_table *table = count != 0 ? rank(q, count) : list(q);
    if (table != NULL && stk_table_rows(table) == 0) {
        stk_error error;
        stk_table_free(table);
        stk_error_set(&error, STK_ENOTFOUND, "no record of %.*s in the years asked for",
                      (int)(q->species.size > 40 ? 40 : q->species.size), q->species.data);
        return cli_refuse(&error);
    }
    json_t *facts =
        json_pack("{s:o, s:o, s:s, s:s}", "area", document_text(q->area.code), "species",
                  document_text(q->species.data), "lulucf", names[q->lulucf], "gwp", gwp);
    return cli_write_rows(arguments, table, facts, preface, NULL);
}

static int run(const cli_arguments *arguments)
{
    static query q; /* holds a flag for every area */
    int count;
    stk_edition *edition = NULL;
    stk_inventory *inventory = NULL;
    stk_error error;
    if (!cli_integer(arguments, "from", YEAR_FIRST, &q.from) ||
        !cli_integer(arguments, "to", YEAR_LAST, &q.to) ||
        !cli_integer(arguments, "rank-changes", 0, &count)) {
        return EXIT_USAGE;
    }
    if (q.from < YEAR_FIRST || q.to > YEAR_LAST || q.from > q.to) {
        return cli_usage(arguments, "the years must be from 1850 to 2100, the first not after the "
                                    "last");
    }
    if (cli_given(arguments, "rank-changes") && count == 0) {
        return cli_usage(arguments, "--rank-changes: 0 is refused; allowed: 5, or -5 for falls");
    }
    stk_status status = cli_open_edition(arguments, &edition, &error);
    if (status == STK_OK) {
        status = stk_inventory_load(edition, &inventory, &error);
    }
    if (status == STK_OK) {
        status = resolve(arguments, inventory, &q, &error);
    }
    int exit_code = status == STK_OK ? answer(arguments, &q, count) : cli_refuse(&error);
    stk_inventory_free(inventory);
    stk_edition_free(edition);
    return exit_code;
}

const cli_command command_history = {
    .name = "history",
    .operands = "",
    .summary = "past emissions; the largest yearly rises and falls",
    .description =
        "Emissions on record by area, gas and year: fossil CO2 from 1850, CH4 and N2O from 1970, "
        "F-gases from 1990, land-use CO2 from 1850. Areas that a source merges are split by "
        "population; WORLD is the source's own world total.\n\n"
        "With --rank-changes N the N largest rises from one year to the next.",
    .examples = "  # The April 2021 claim: a rise of 1.5 Gt would be the second largest on record\n"
                "  stocktake history --area WORLD --species CO2 --to 2018 --rank-changes 5\n"
                "  stocktake history --area EU27 --gwp AR4 --from 1990\n",
    .option_groups = groups,
    .run = run};
