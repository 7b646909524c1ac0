/** @file area.c
 * @brief Sums of pathways over the areas of a group.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <stocktake/area.h>

#include "world/national_impl.h"

typedef struct summing {
    national_context context;
    const stk_area_set *set;
    stk_area_path *path;
} summing;

static int members_in(const stk_area_set *set, const stk_actor *actor)
{
    int count = 0;
    for (int m = 0; m < actor->member_count; m++) {
        count += set->members[actor->members[m]];
    }
    return count;
}

bool stk_area_set_has(const stk_area_set *set, const stk_actor *actor)
{
    return members_in(set, actor) > 0;
}

static void add_series(double *sum, const double *values)
{
    for (int i = 0; i < STK_PATH_YEARS; i++) {
        sum[i] += values[i];
    }
}

static void add_whole(stk_national *sum, const stk_national *n)
{
    add_series(sum->baseline, n->baseline);
    add_series(sum->lulucf_baseline, n->lulucf_baseline);
    for (int k = 0; k < STK_CONDITIONS * STK_AMBITIONS; k++) {
        int c = k / STK_AMBITIONS;
        int a = k % STK_AMBITIONS;
        add_series(sum->path[c][a], n->path[c][a]);
        add_series(sum->lulucf[c][a], n->lulucf[c][a]);
    }
}

/* The members in the set as an actor of their own, without targets. */
static void part_of(const summing *s, const stk_national *joint, stk_actor *part)
{
    *part = (stk_actor){.iso3 = joint->actor.iso3, .name = joint->actor.name};
    for (int m = 0; m < joint->actor.member_count; m++) {
        if (s->set->members[joint->actor.members[m]]) {
            part->members[part->member_count++] = joint->actor.members[m];
        }
    }
}

/* Emissions in proportion to baselines; land use is the members' own, and of what targets change in
 * it the same part. */
static void add_part(const summing *s, stk_national *sum, const stk_national *joint)
{
    stk_actor part;
    double land[STK_PATH_YEARS];
    size_t gwp = s->context.options->gwp;
    part_of(s, joint, &part);
    actor_bookkeeping(&s->context, &part, land);
    for (int i = 0; i < STK_PATH_YEARS; i++) {
        double own = actor_baseline_mt(&s->context, &part, gwp, i + STK_PATH_FIRST);
        double share = joint->baseline[i] > 0 ? own / joint->baseline[i] : 0.0;
        sum->baseline[i] += own;
        sum->lulucf_baseline[i] += land[i];
        for (int k = 0; k < STK_CONDITIONS * STK_AMBITIONS; k++) {
            int c = k / STK_AMBITIONS;
            int a = k % STK_AMBITIONS;
            sum->path[c][a][i] += share * joint->path[c][a][i];
            sum->lulucf[c][a][i] +=
                land[i] + share * (joint->lulucf[c][a][i] - joint->lulucf_baseline[i]);
        }
    }
}

/* The names of the members that stand for themselves, as far as there are few of them. */
static void write_split_note(const summing *s, const stk_national *joint, int count)
{
    char names[160] = "";
    stk_actor part;
    part_of(s, joint, &part);
    for (int m = 0; m < count && count <= 4; m++) {
        size_t used = strlen(names);
        stk_print(names + used, sizeof names - used, "%s%s",
                  m == 0           ? ""
                  : m + 1 == count ? " and "
                                   : ", ",
                  stk_inventory_area(s->context.inventory, part.members[m])->name);
    }
    if (count > 4) {
        stk_print(names, sizeof names, "%d members", count);
    }
    stk_print(s->path->note, sizeof s->path->note,
              "%s pledge%s jointly with the %s: of its pathway the part that %s in its baseline is "
              "counted",
              names, count == 1 ? "s" : "", joint->actor.name,
              count == 1 ? "this baseline has" : "their baselines have");
}

/* One actor as it is; a member of the joint document is shown as that. */
static void take_actor(const summing *s, const stk_national *n)
{
    stk_area_path *path = s->path;
    path->national = *n;
    path->is_actor = true;
    path->for_member = s->set->kind == STK_AREAS_ONE && strcmp(s->set->code, n->actor.iso3) != 0;
    if (path->for_member) {
        stk_print(path->note, sizeof path->note,
                  "%s pledges jointly with the %s, whose document speaks for it: shown is the %s",
                  s->set->name, n->actor.name, n->actor.name);
    }
}

static void add_actor(const summing *s, const stk_national *n)
{
    int count = members_in(s->set, &n->actor);
    if (count == n->actor.member_count) {
        add_whole(&s->path->national, n);
    } else if (count > 0) {
        add_part(s, &s->path->national, n);
        s->path->split_count += count;
        write_split_note(s, n, count);
    }
}

/* The one actor that a set asks for: its only area, or the EU whatever its members on the date. */
static const stk_national *only_actor(const stk_inventory *inventory, const stk_world *world,
                                      const stk_area_set *set)
{
    if (set->kind == STK_AREAS_EU) {
        return stk_world_find(world, "EUU");
    }
    return set->kind == STK_AREAS_ONE
               ? stk_world_find(world, stk_inventory_area(inventory, set->area)->iso3)
               : NULL;
}

stk_status stk_area_path_make(const stk_inventory *inventory, const stk_baseline *baseline,
                              const stk_world *world, const stk_area_set *set, stk_area_path *path,
                              stk_error *error)
{
    const summing s = {{inventory, NULL, baseline, stk_world_options(world)}, set, path};
    memset(path, 0, sizeof *path);
    const stk_national *one = only_actor(inventory, world, set);
    if (one != NULL) {
        take_actor(&s, one);
        return STK_OK;
    }
    if (set->kind == STK_AREAS_ONE || set->kind == STK_AREAS_EU) {
        return stk_error_set(error, STK_ENOTFOUND, "%s has no pathway on this date", set->name);
    }
    path->national.actor = (stk_actor){.iso3 = set->code, .name = set->name};
    for (size_t i = 0; i < stk_world_count(world); i++) {
        add_actor(&s, stk_world_national(world, i));
    }
    return STK_OK;
}

const char *stk_area_path_kind(const stk_area_path *path, const stk_area_set *set)
{
    static const char *const names[] = {"party", "territory", "bunker", "difference"};
    if (path->is_actor) {
        return names[path->national.actor.kind];
    }
    return set->kind == STK_AREAS_WORLD ? "world" : "group";
}
