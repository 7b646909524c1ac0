/** @file what_if.c
 * @brief A what-if laid over the pledges of a world: which Parties it reaches, what each then
 * pledges.
 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "world/what_if_impl.h"

/* ---- whom it reaches ---- */

/* Members of an actor in the set; and whether the actor moves as a whole, as the joint document
 * does with all 27 members (the United Kingdom, covered until its own, need not be named). */
static int members_in(const stk_inventory *inventory, const stk_area_set *set,
                      const stk_actor *actor, bool *whole)
{
    int count = 0;
    *whole = true;
    for (int m = 0; m < actor->member_count; m++) {
        stk_area area = actor->members[m];
        bool needed = actor->member_count == 1 || stk_inventory_area(inventory, area)->eu_member;
        count += set->members[area];
        *whole = *whole && (set->members[area] || !needed);
    }
    *whole = *whole && count > 0;
    return count;
}

static double gdp_of(const national_context *context, const stk_actor *actor, int year)
{
    double sum = 0;
    for (int m = 0; m < actor->member_count; m++) {
        sum += stk_baseline_gdp(context->baseline, actor->members[m], year);
    }
    return sum;
}

/* Whether there is something that a per cent can be taken of. */
static bool has_base(const national_context *context, const stk_what_if *what_if,
                     const stk_national *national)
{
    int year = what_if->reference_year;
    bool emits = year == 0 || national->baseline[year - STK_PATH_FIRST] > 0;
    return emits && (what_if->kind != STK_WHAT_IF_INTENSITY ||
                     (gdp_of(context, &national->actor, year) > 0 &&
                      gdp_of(context, &national->actor, what_if->year) > 0));
}

void what_if_find_reach(const stk_what_if *what_if, const stk_world *world, what_if_reach *reach)
{
    const national_context context = world_context(world);
    *reach = (what_if_reach){.list = reach->list};
    for (size_t n = 0; n < stk_world_count(world); n++) {
        bool whole;
        const stk_national *national = stk_world_national(world, n);
        int count = members_in(context.inventory, &what_if->areas, &national->actor, &whole);
        if (count == 0) {
            continue;
        }
        if (national->actor.kind != STK_ACTOR_PARTY) {
            reach->silent_count++;
        } else if (!whole) {
            reach->joint = &national->actor;
            reach->joint_count = count;
        } else if (!has_base(&context, what_if, national)) {
            reach->baseless_count++;
        } else {
            if (reach->list != NULL) {
                reach->list[reach->count] = national;
            }
            reach->count++;
        }
    }
}

static void add_note(char *note, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add_note(char *note, const char *format, ...)
{
    size_t used = strlen(note);
    va_list arguments;
    used += (size_t)stk_print(note + used, STK_WHAT_IF_NOTE_SIZE - used, used > 0 ? "; " : "");
    va_start(arguments, format);
    stk_print_list(note + used, STK_WHAT_IF_NOTE_SIZE - used, format, arguments);
    va_end(arguments);
}

/* What stays as it is, though the words seem to name it. */
static void write_note(const stk_what_if *what_if, const what_if_reach *reach, char *note)
{
    note[0] = '\0';
    if (reach->joint != NULL) {
        add_note(note, "%d member%s of the %s pledge%s jointly and stay%s: name %s to move it",
                 reach->joint_count, reach->joint_count == 1 ? "" : "s", reach->joint->name,
                 reach->joint_count == 1 ? "s" : "", reach->joint_count == 1 ? "s" : "",
                 reach->joint->iso3);
    }
    if (reach->silent_count > 0) {
        add_note(note, "%d area%s without pledges stay%s", reach->silent_count,
                 reach->silent_count == 1 ? "" : "s", reach->silent_count == 1 ? "s" : "");
    }
    if (reach->baseless_count > 0) {
        add_note(note, "%d Part%s without a record of %d stay%s", reach->baseless_count,
                 reach->baseless_count == 1 ? "y" : "ies", what_if->reference_year,
                 reach->baseless_count == 1 ? "s" : "");
    }
    const stk_national *one = reach->list != NULL && reach->count == 1 ? reach->list[0] : NULL;
    int last = one != NULL && one->target_count > 0 ? one->targets[one->target_count - 1].year : 0;
    if (one != NULL && what_if->kind == STK_WHAT_IF_NET_ZERO && what_if->year != 0 &&
        last >= what_if->year) {
        add_note(note, "targets of %s reach %d: an aim of an earlier year bends no pathway",
                 one->actor.iso3, last);
    }
}

/* ---- what each pledges ---- */

typedef struct supposing {
    national_context context;
    const stk_what_if *what_if;
    char title[STK_WHAT_IF_WORDS_SIZE + 16];
} supposing;

/* The sets that documents name; levels of another are carried over to the newest of them. */
static const char *named_set(const supposing *s, const stk_national *national, double *factor)
{
    static const char *const named[] = {"SAR", "AR4", "AR5", "AR6"};
    const stk_gwp_table *table = stk_inventory_gwp(s->context.inventory);
    size_t used = s->context.options->gwp;
    size_t set;
    *factor = 1.0;
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (strcmp(stk_gwp_set_label(table, used), named[i]) == 0) {
            return named[i];
        }
    }
    if (stk_gwp_find_set(table, stk_text_of("AR6"), &set, NULL) == STK_OK) {
        int year = s->what_if->year;
        double from = actor_baseline_mt(&s->context, &national->actor, used, year);
        *factor = from > 0 ? actor_baseline_mt(&s->context, &national->actor, set, year) / from : 1;
    }
    return "AR6";
}

/* Where a level starts from is where the document started whose year it takes, so that the rate
 * after it changes with the level alone. */
static int start_of(const supposing *s, const stk_national *national)
{
    const stk_target *rows;
    size_t count;
    int year = 0;
    if (stk_pledges_choose(s->context.pledges, national->actor.iso3, s->what_if->year,
                           s->context.options->as_of, &rows, &count)) {
        year = rows->reference_year != 0 ? rows->reference_year : stk_date_year(rows->submitted);
    }
    return year < s->what_if->year ? year : 0;
}

static void suppose_level(const supposing *s, const stk_national *national, stk_supposition *out)
{
    double factor;
    const stk_what_if *w = s->what_if;
    int i = w->year - STK_PATH_FIRST;
    out->kind = STK_TARGET_ABSOLUTE;
    out->gwp = named_set(s, national, &factor);
    out->reference_year = start_of(s, national);
    for (int c = 0; c < STK_CONDITIONS; c++) {
        for (int k = 0; k < STK_AMBITIONS; k++) {
            double mt = w->kind == STK_WHAT_IF_LEVEL
                            ? w->level_mt
                            : national->path[c][k][i] * (1.0 + w->change_pct / 100.0);
            out->level_mt[c][k] = mt * factor;
        }
        out->level_mt[c][STK_HIGH] = fmin(out->level_mt[c][STK_HIGH], out->level_mt[c][STK_LOW]);
    }
}

static stk_supposition suppose(const supposing *s, const stk_national *national)
{
    const stk_what_if *w = s->what_if;
    stk_supposition out = {.iso3 = national->actor.iso3,
                           .party = national->actor.name,
                           .title = s->title,
                           .date = s->context.options->as_of.date,
                           .year = w->year,
                           .reference_year = w->reference_year,
                           .reduction_pct = -w->change_pct,
                           .gwp = ""};
    switch (w->kind) {
    case STK_WHAT_IF_BASE_YEAR:
        out.kind = STK_TARGET_BASE_YEAR;
        break;
    case STK_WHAT_IF_INTENSITY:
        out.kind = STK_TARGET_INTENSITY;
        out.per_gdp = true;
        break;
    case STK_WHAT_IF_BASELINE:
        out.kind = STK_TARGET_BASELINE;
        break;
    case STK_WHAT_IF_LEVEL:
    case STK_WHAT_IF_PLEDGED:
        out.reduction_pct = (double)NAN;
        suppose_level(s, national, &out);
        break;
    case STK_WHAT_IF_NET_ZERO:
        out.year = 0;
        out.net_zero_year = w->year;
        break;
    }
    return out;
}

static stk_status lay_over(const supposing *s, const what_if_reach *reach, stk_pledges **pledges,
                           stk_error *error)
{
    stk_pledges *supposed = NULL;
    stk_supposition *list = malloc((reach->count + 1) * sizeof *list);
    if (list == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < reach->count; i++) {
        list[i] = suppose(s, reach->list[i]);
    }
    stk_status status = stk_pledges_suppose(list, reach->count, &supposed, error);
    free(list);
    return status != STK_OK ? status
                            : stk_pledges_overlay(s->context.pledges, supposed, pledges, error);
}

/* ---- what it means ---- */

/* Of all Parties that it reaches, Mt without land use. */
typedef struct sums {
    double path_mt; /* in its year, unconditional with low ambition */
    double baseline_mt;
    double reference_mt;
} sums;

static sums add_up(const stk_what_if *what_if, const what_if_reach *reach)
{
    sums all = {0, 0, 0};
    int reference = what_if->reference_year;
    for (size_t i = 0; i < reach->count && what_if->year != 0; i++) {
        const stk_national *n = reach->list[i];
        int at = what_if->year - STK_PATH_FIRST;
        all.path_mt += n->path[STK_UNCONDITIONAL][STK_LOW][at];
        all.baseline_mt += n->baseline[at];
        all.reference_mt += reference == 0 ? 0.0 : n->baseline[reference - STK_PATH_FIRST];
    }
    return all;
}

static void write_means(stk_what_if *w, const what_if_reach *reach, sums before, sums after)
{
    const char *whose = reach->count == 1 ? "its" : "their";
    bool at_baseline = before.path_mt == before.baseline_mt;
    double base = w->kind == STK_WHAT_IF_BASELINE  ? before.baseline_mt
                  : w->kind == STK_WHAT_IF_PLEDGED ? before.path_mt
                                                   : before.reference_mt;
    char of[96] = "";
    char mt[32];
    char change[32];
    stk_print(change, sizeof change, "%.6g %% %s", fabs(w->change_pct),
              w->change_pct > 0 ? "above" : "below");
    stk_print(mt, sizeof mt, "%.*f Mt", fabs(base) < 10 ? 2 : 0, base);
    switch (w->kind) {
    case STK_WHAT_IF_BASE_YEAR:
        stk_print(of, sizeof of, "%s %d, %s", change, w->reference_year, mt);
        break;
    case STK_WHAT_IF_INTENSITY:
        stk_print(of, sizeof of, "emissions per GDP %s those of %d, when %s", change,
                  w->reference_year, mt);
        break;
    case STK_WHAT_IF_BASELINE:
        stk_print(of, sizeof of, "%s %s modelled baseline, %s", change, whose, mt);
        break;
    case STK_WHAT_IF_PLEDGED:
        stk_print(of, sizeof of, "%s %s %s, %s", change, whose,
                  at_baseline         ? "baseline"
                  : reach->count == 1 ? "pathway as pledged"
                                      : "pathways as pledged",
                  mt);
        break;
    case STK_WHAT_IF_LEVEL:
        stk_print(of, sizeof of, "in place of %.0f Mt, %s %s", before.path_mt, whose,
                  at_baseline ? "baseline" : "pathway as pledged");
        break;
    case STK_WHAT_IF_NET_ZERO:
        stk_print(of, sizeof of, "net zero in %d, in place of %.0f Mt", w->year, before.path_mt);
        break;
    }
    if (w->kind == STK_WHAT_IF_NET_ZERO && w->year != 0 && after.path_mt == before.path_mt) {
        stk_print(w->means, sizeof w->means,
                  "net zero in %d where aims count; by targets alone %.0f Mt without land use",
                  w->year, after.path_mt);
    } else if (w->year == 0) {
        stk_print(w->means, sizeof w->means, "no net-zero aim");
    } else {
        stk_print(w->means, sizeof w->means, "%s: %.*f Mt without land use in %d", of,
                  fabs(after.path_mt) < 10 ? 2 : 0, after.path_mt, w->year);
    }
}

stk_status stk_what_if_apply(stk_what_if *what_if, stk_world *world, stk_pledges **pledges,
                             char note[STK_WHAT_IF_NOTE_SIZE], stk_error *error)
{
    supposing s = {.context = world_context(world), .what_if = what_if};
    what_if_reach reach = {.list = malloc((stk_world_count(world) + 1) * sizeof *reach.list)};
    *pledges = NULL;
    if (reach.list == NULL) {
        return stk_error_memory(error);
    }
    stk_print(s.title, sizeof s.title, "what if: %s", what_if->words);
    what_if_find_reach(what_if, world, &reach);
    sums before = add_up(what_if, &reach);
    stk_status status = lay_over(&s, &reach, pledges, error);
    for (size_t i = 0; i < reach.count && status == STK_OK; i++) {
        status = stk_world_replace(world, *pledges, reach.list[i]->actor.iso3, error);
    }
    if (status == STK_OK) {
        write_means(what_if, &reach, before, add_up(what_if, &reach));
    }
    if (status == STK_OK && note != NULL) {
        write_note(what_if, &reach, note);
    }
    free(reach.list);
    return status;
}
