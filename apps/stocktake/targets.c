/** @file targets.c
 * @brief `stocktake targets`: every quantified target.
 */
#include "cli_area.h"
#include "commands.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

static const cli_option options[] = {
    {"area", "AREA",
     "Only a country by name or code, a group (G20, LDC), or a list (BRA,IND). [all]", NULL},
    {NULL, NULL, NULL, NULL}};

static const cli_option *const groups[] = {options,
                                           cli_date_options,
                                           cli_gwp_options,
                                           cli_target_options,
                                           cli_input_options,
                                           cli_common_options,
                                           NULL};

static const stk_column columns[] = {
    {"iso3", "Party", STK_COLUMN_TEXT},
    {"submitted", "Submitted", STK_COLUMN_TEXT},
    {"status", "Status", STK_COLUMN_TEXT},
    {"target_year", "Year", STK_COLUMN_INTEGER},
    {"kind", "Kind", STK_COLUMN_TEXT},
    {"condition", "Condition", STK_COLUMN_TEXT},
    {"ambition", "Ambition", STK_COLUMN_TEXT},
    {"level_excl_lulucf_mt", "Mt CO2e", 1},
    {"level_incl_lulucf_mt", "with LULUCF", 1},
    {"baseline_excl_lulucf_mt", "Baseline", 1},
    {"method", NULL, STK_COLUMN_TEXT},
    {"confidence", "Mark", STK_COLUMN_TEXT},
    {"name", NULL, STK_COLUMN_TEXT},
    {"stated", NULL, STK_COLUMN_TEXT},
    {"source_url", NULL, STK_COLUMN_TEXT},
    {"source_dataset", NULL, STK_COLUMN_TEXT},
    {"check", NULL, STK_COLUMN_TEXT},
    {"way", NULL, STK_COLUMN_TEXT},
};

/* A Party with only a conditional target stays on its baseline unconditionally (rule 6). */
static stk_level level_of(const stk_actor_target *target, int condition, int ambition, bool cap)
{
    stk_level level = target->level[condition][ambition];
    if (isnan(level.excl_mt)) {
        level.excl_mt = target->baseline_excl_mt;
        level.incl_mt = target->baseline_excl_mt + target->lulucf_hold_mt;
    }
    if (cap && level.excl_mt > target->baseline_excl_mt) {
        level.incl_mt -= level.excl_mt - target->baseline_excl_mt;
        level.excl_mt = target->baseline_excl_mt;
    }
    return level;
}

/* The words of the row that states a condition; a document may state each in a row of its own. */
static const stk_target *stating_row(const stk_data *data, const stk_actor_target *target,
                                     int condition)
{
    size_t count;
    const stk_target *first = target->document;
    const stk_target *rows = stk_pledges_of(data->pledges, first->iso3, &count);
    for (size_t i = 0; i < count; i++) {
        const stk_target *row = &rows[i];
        if (row->submitted == first->submitted && row->status == first->status &&
            row->year == target->year && row->has_condition[condition]) {
            return row;
        }
    }
    return first;
}

static void add_row(const stk_data *data, stk_table *table, const stk_national *n,
                    const stk_actor_target *target, int condition, int ambition, bool cap)
{
    char stated[STK_STATED_SIZE];
    const stk_target *row = stating_row(data, target, condition);
    bool states = target->stated[condition] || target->stated[STK_UNCONDITIONAL];
    stk_target_stated(row, stated);
    stk_level level = level_of(target, condition, ambition, cap);
    const char *method = target->method[condition][ambition];
    stk_table_text(table, target->document->iso3);
    stk_table_date(table, target->document->submitted);
    stk_table_text(table, stk_document_status_name(target->document->status));
    stk_table_number(table, target->year);
    stk_table_text(table, stk_target_kind_name(target->kind));
    stk_table_text(table, stk_condition_name((stk_condition)condition));
    stk_table_text(table, stk_ambition_name((stk_ambition)ambition));
    stk_table_number(table, level.excl_mt);
    stk_table_number(table, level.incl_mt);
    stk_table_number(table, target->baseline_excl_mt);
    stk_table_text(table, method[0] == '\0' ? "only a conditional target: baseline" : method);
    stk_table_text(table, target->mark[condition][ambition]);
    stk_table_text(table, n->actor.name);
    stk_table_text(table, states ? stated : "");
    stk_table_text(table, row->source_url);
    stk_table_text(table, row->source_dataset);
    const char *check =
        stk_level_check_words(target, (stk_condition)condition, (stk_ambition)ambition);
    stk_table_text(table, check != NULL ? check : "");
    stk_table_text(table, stk_way_name(target->from[condition][ambition].way));
}

static int by_code(const void *a, const void *b)
{
    const stk_national *const *x = a;
    const stk_national *const *y = b;
    return strcmp((*x)->actor.iso3, (*y)->actor.iso3);
}

static stk_table *make_table(const stk_data *data, const stk_world *world, const stk_area_set *set)
{
    size_t count = stk_world_count(world);
    stk_table *table = stk_table_new(columns, sizeof columns / sizeof *columns);
    const stk_national **sorted = malloc(count * sizeof(const stk_national *));
    if (sorted == NULL) {
        stk_table_free(table);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        sorted[i] = stk_world_national(world, i);
    }
    qsort(sorted, count, sizeof *sorted, by_code);
    for (size_t i = 0; i < count; i++) {
        bool wanted = stk_area_set_has(set, &sorted[i]->actor);
        for (int t = 0; t < sorted[i]->target_count && wanted; t++) {
            for (int c = 0; c < STK_CONDITIONS * STK_AMBITIONS; c++) {
                add_row(data, table, sorted[i], &sorted[i]->targets[t], c / STK_AMBITIONS,
                        c % STK_AMBITIONS, stk_world_options(world)->cap_hot_air);
            }
        }
    }
    free(sorted);
    return table;
}

static void list_suspended(const stk_world *world, const stk_area_set *set, stk_buffer *notes)
{
    for (size_t i = 0; i < stk_world_count(world); i++) {
        const stk_actor *actor = &stk_world_national(world, i)->actor;
        if (actor->suspended && stk_area_set_has(set, actor)) {
            stk_buffer_printf(notes,
                              "\n%s is outside the Agreement on this date; its targets are "
                              "suspended (--ignore-withdrawal counts them).\n",
                              actor->name);
        }
    }
}

/* Members of the joint document have its targets. */
static void tell_joint(const stk_world *world, const stk_area_set *set, stk_buffer *notes)
{
    const stk_actor *joint = &stk_world_find(world, "EUU")->actor;
    int members = 0;
    for (int m = 0; m < joint->member_count; m++) {
        members += set->members[joint->members[m]];
    }
    if (members > 0 && members < joint->member_count) {
        stk_buffer_printf(notes, "\nThe joint document of the %s speaks for its members.\n",
                          joint->name);
    }
}

/* What looks wrong, a Party a line. */
static void tell_checks(const stk_world *world, const stk_area_set *set, stk_buffer *notes)
{
    stk_buffer levels = {0};
    bool first = true;
    for (size_t i = 0; i < stk_world_count(world); i++) {
        const stk_national *n = stk_world_national(world, i);
        levels.size = 0;
        if (stk_area_set_has(set, &n->actor)) {
            stk_report_party_checks(n, &levels);
        }
        if (levels.size > 0) {
            stk_buffer_printf(notes, "%s  %s: %s\n", first ? "\nCHECK, looks wrong:\n" : "",
                              n->actor.name, levels.data);
            first = false;
        }
    }
    stk_buffer_free(&levels);
}

static int answer(const cli_arguments *arguments, const stk_data *data, const stk_world *world,
                  const stk_area_set *set)
{
    char preface[600];
    char title[256] = "";
    char date[STK_DATE_SIZE];
    stk_buffer notes = {0};
    const char *gwp =
        stk_gwp_set_label(stk_inventory_gwp(data->inventory), stk_world_options(world)->gwp);
    bool world_asked = set->kind == STK_AREAS_WORLD;
    stk_date_format(stk_world_options(world)->as_of.date, date);
    snprintf(preface, sizeof preface, "Quantified targets%s%s as of %s, GWP %s\n\n",
             world_asked ? "" : " of ", world_asked ? "" : cli_area_title(set, title), date, gwp);
    list_suspended(world, set, &notes);
    tell_joint(world, set, &notes);
    tell_checks(world, set, &notes);
    int exit_code = cli_write_rows(arguments, make_table(data, world, set),
                                   json_pack("{s:s}", "gwp", gwp), preface, notes.data);
    stk_buffer_free(&notes);
    return exit_code;
}

static int run(const cli_arguments *arguments)
{
    static stk_area_set set;
    stk_data data;
    stk_world *world;
    stk_error error;
    const char *area = cli_given(arguments, "area") ? cli_value(arguments, "area") : "WORLD";
    stk_status status = cli_open_world(arguments, &data, &world, &error);
    if (status == STK_OK) {
        status = stk_areas_find(data.inventory, stk_text_of(area), &set, &error);
    }
    int exit_code = status == STK_OK ? answer(arguments, &data, world, &set) : cli_refuse(&error);
    stk_world_free(world);
    stk_data_close(&data);
    return exit_code;
}

const cli_command command_targets = {
    .name = "targets",
    .operands = "",
    .summary = "every quantified target: Party, year, condition, ambition",
    .description =
        "One row for each Party, target year, condition and ambition, as emissions without LULUCF "
        "and with it. For each year the newest document that states a target for it counts; the "
        "EU and its members are one Party, EUU. High ambition is the lower level.\n\n"
        "CSV and JSON add how the level came about and from which data (method), and what the "
        "document states in words, with its source.\n\n"
        "A level that looks wrong is named below the table, with what is wrong, and in the column "
        "check.",
    .examples = "  stocktake targets --area 'South Africa'\n"
                "  stocktake targets --area G20 --format csv\n"
                "  stocktake targets --as-of 2021-04-22 --gwp AR4 --include-announced\n"
                "  stocktake targets --format csv --output targets.csv\n",
    .option_groups = groups,
    .run = run};
