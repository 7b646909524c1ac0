/** @file world.c
 * @brief All actors and their sum.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/try.h"
#include "world/national_impl.h"

struct stk_world {
    stk_arena arena;
    const stk_inventory *inventory;
    const stk_pledges *pledges;
    const stk_baseline *baseline;
    stk_options options;
    stk_national *nationals;
    size_t count;
};

national_context world_context(const stk_world *world)
{
    return (national_context){world->inventory, world->pledges, world->baseline, &world->options};
}

static stk_actor_kind kind_of(const stk_area_info *info)
{
    if (info->bunker) {
        return STK_ACTOR_BUNKER;
    }
    if (strcmp(info->iso3, "STATDIFF") == 0) {
        return STK_ACTOR_DIFFERENCE;
    }
    return info->party ? STK_ACTOR_PARTY : STK_ACTOR_TERRITORY;
}

/* One actor for each area, but one for all that the joint EU document covers on the date. */
static stk_status list_actors(const national_context *context, stk_world *world, stk_error *error)
{
    int areas = stk_inventory_area_count(context->inventory);
    world->nationals = stk_arena_alloc(&world->arena, (size_t)areas + 1, sizeof *world->nationals);
    if (world->nationals == NULL) {
        return stk_error_memory(error);
    }
    stk_actor *eu = &world->nationals[0].actor;
    *eu = (stk_actor){.iso3 = "EUU", .name = "European Union", .kind = STK_ACTOR_PARTY};
    world->count = 1;
    for (stk_area a = 0; a < areas; a++) {
        const stk_area_info *info = stk_inventory_area(context->inventory, a);
        if (stk_pledges_in_joint(context->pledges, info->iso3, info->eu_member,
                                 context->options->as_of)) {
            if (eu->member_count == STK_ACTOR_MEMBERS_MAX) {
                return stk_error_set(error, STK_EDATA, "more than %d members in the joint document",
                                     STK_ACTOR_MEMBERS_MAX);
            }
            eu->members[eu->member_count++] = a;
            continue;
        }
        world->nationals[world->count++].actor =
            (stk_actor){.iso3 = info->iso3,
                        .name = info->name,
                        .kind = kind_of(info),
                        .suspended = stk_pledges_suspended(context->pledges, info->iso3,
                                                           context->options->as_of),
                        .member_count = 1,
                        .members = {a}};
    }
    return STK_OK;
}

/* `iso3`: of the only Party that is computed; NULL: all are. */
static stk_status make(const national_context *context, const char *iso3, stk_world **world,
                       stk_error *error)
{
    stk_world *made = calloc(1, sizeof *made);
    stk_status status;
    *world = NULL;
    STK_TRY(stk_allocated(made, error));
    made->inventory = context->inventory;
    made->pledges = context->pledges;
    made->baseline = context->baseline;
    made->options = *context->options;
    STK_TRY(list_actors(context, made, error));
    const stk_national *only = iso3 == NULL ? NULL : stk_world_find(made, iso3);
    const national_context own = world_context(made);
    for (size_t i = 0; i < made->count; i++) {
        if (iso3 == NULL || only == &made->nationals[i]) {
            national_make(&own, &made->nationals[i]);
        }
    }
    *world = made;
done:
    if (status != STK_OK) {
        stk_world_free(made);
    }
    return status;
}

stk_status stk_world_make(const stk_inventory *inventory, const stk_pledges *pledges,
                          const stk_baseline *baseline, const stk_options *options,
                          stk_world **world, stk_error *error)
{
    return make(&(national_context){inventory, pledges, baseline, options}, NULL, world, error);
}

stk_status stk_world_make_party(const stk_inventory *inventory, const stk_pledges *pledges,
                                const stk_baseline *baseline, const stk_options *options,
                                const char *iso3, stk_world **world, stk_error *error)
{
    return make(&(national_context){inventory, pledges, baseline, options}, iso3, world, error);
}

/* The actors of another date; those with the same members keep what was computed for them. */
static stk_status list_again(const national_context *context, stk_world *world, stk_error *error)
{
    const stk_national *before = world->nationals;
    size_t count = world->count;
    stk_status status = list_actors(context, world, error);
    for (size_t i = 0; i < world->count && status == STK_OK; i++) {
        stk_national *national = &world->nationals[i];
        size_t k = 0;
        while (k < count && (before[k].actor.iso3 != national->actor.iso3 ||
                             before[k].actor.member_count != national->actor.member_count)) {
            k++;
        }
        if (k < count) {
            *national = before[k];
        } else {
            national_make(context, national);
        }
    }
    return status;
}

stk_status stk_world_advance(stk_world *world, stk_date date, const char *iso3, stk_error *error)
{
    stk_national *national = (stk_national *)stk_world_find(world, iso3);
    stk_area area = stk_inventory_find(world->inventory, stk_text_of(iso3));
    world->options.as_of.date = date;
    national_context context = world_context(world);
    if (national == NULL) {
        return stk_error_set(error, STK_ENOTFOUND, "'%s' is no Party of the world",
                             STK_CUT(iso3, 40));
    }
    if (area >= 0) { /* what stands is the world's own list: its date may be this one already */
        bool was_joint = strcmp(national->actor.iso3, iso3) != 0;
        if (stk_pledges_in_joint(world->pledges, iso3,
                                 stk_inventory_area(world->inventory, area)->eu_member,
                                 world->options.as_of) != was_joint) {
            return list_again(&context, world, error);
        }
    }
    stk_actor actor = national->actor;
    actor.suspended = stk_pledges_suspended(world->pledges, actor.iso3, world->options.as_of);
    *national = (stk_national){.actor = actor};
    national_make(&context, national);
    return STK_OK;
}

stk_status stk_world_replace_all(stk_world *world, const stk_pledges *pledges,
                                 const stk_pledges *changed, stk_error *error)
{
    size_t count;
    stk_status status = STK_OK;
    const stk_target *targets;
    const stk_net_zero_event *events;
    world->pledges = pledges;
    for (size_t p = 0; (targets = stk_pledges_party(changed, p, &count)) != NULL; p++) {
        if (status == STK_OK && stk_world_find(world, targets->iso3) != NULL) {
            status = stk_world_replace(world, pledges, targets->iso3, error);
        }
    }
    events = stk_pledges_net_zero_events(changed, &count);
    for (size_t i = 0; i < count && status == STK_OK; i++) {
        bool again = i > 0 && strcmp(events[i].iso3, events[i - 1].iso3) == 0;
        if (!again && stk_world_find(world, events[i].iso3) != NULL) {
            status = stk_world_replace(world, pledges, events[i].iso3, error);
        }
    }
    return status;
}

stk_status stk_world_replace(stk_world *world, const stk_pledges *pledges, const char *iso3,
                             stk_error *error)
{
    stk_national *national = (stk_national *)stk_world_find(world, iso3);
    if (national == NULL) {
        return stk_error_set(error, STK_ENOTFOUND, "'%s' is no Party of the world",
                             STK_CUT(iso3, 40));
    }
    world->pledges = pledges;
    national_context context = world_context(world);
    national_change(&context, national);
    return STK_OK;
}

stk_status stk_world_copy(const stk_world *world, stk_world **copy, stk_error *error)
{
    stk_world *made = malloc(sizeof *made);
    *copy = NULL;
    if (made == NULL) {
        return stk_error_memory(error);
    }
    *made = *world;
    made->arena = (stk_arena){0};
    made->nationals = stk_arena_alloc(&made->arena, world->count + 1, sizeof *made->nationals);
    if (made->nationals == NULL) {
        stk_world_free(made);
        return stk_error_memory(error);
    }
    memcpy(made->nationals, world->nationals, world->count * sizeof *made->nationals);
    *copy = made;
    return STK_OK;
}

stk_status stk_world_redraw(stk_world *world, const stk_options *options, stk_error *error)
{
    const stk_options *o = &world->options;
    if (o->as_of.date != options->as_of.date ||
        o->as_of.include_announced != options->as_of.include_announced ||
        o->as_of.ignore_withdrawal != options->as_of.ignore_withdrawal || o->gwp != options->gwp ||
        o->sinks != options->sinks || o->lulucf_source != options->lulucf_source ||
        o->stated != options->stated) {
        return stk_error_set(error, STK_EARG,
                             "only hot air, extension and net zero can be drawn again");
    }
    world->options = *options;
    national_context context = world_context(world);
    for (size_t i = 0; i < world->count; i++) {
        national_draw(&context, &world->nationals[i]);
    }
    return STK_OK;
}

void stk_world_free(stk_world *world)
{
    if (world != NULL) {
        stk_arena_free(&world->arena);
        free(world);
    }
}

void stk_world_methods(const stk_world *world, const stk_national *national,
                       const stk_actor_target *target, stk_methods *methods)
{
    const national_context context = world_context(world);
    quantify_methods(&context, national, target, methods);
}

const stk_options *stk_world_options(const stk_world *world)
{
    return &world->options;
}

size_t stk_world_count(const stk_world *world)
{
    return world->count;
}

const stk_national *stk_world_national(const stk_world *world, size_t i)
{
    return &world->nationals[i];
}

const stk_actor_target *stk_national_target(const stk_national *national, int year)
{
    for (int i = 0; i < national->target_count; i++) {
        if (national->targets[i].year >= year) {
            return &national->targets[i];
        }
    }
    return NULL;
}

const stk_national *stk_world_find(const stk_world *world, const char *iso3)
{
    for (size_t i = 0; i < world->count; i++) {
        const stk_actor *actor = &world->nationals[i].actor;
        if (strcmp(actor->iso3, iso3) == 0) {
            return &world->nationals[i];
        }
        for (int m = 0; m < actor->member_count; m++) {
            if (strcmp(stk_inventory_area(world->inventory, actor->members[m])->iso3, iso3) == 0) {
                return &world->nationals[i];
            }
        }
    }
    return NULL;
}

double stk_world_level_mt(const stk_world *world, stk_condition condition, stk_ambition ambition,
                          bool with_lulucf, int year)
{
    double sum = 0;
    int i = year - STK_PATH_FIRST;
    if (i < 0 || i >= STK_PATH_YEARS) {
        return NAN;
    }
    for (size_t n = 0; n < world->count; n++) {
        const stk_national *national = &world->nationals[n];
        sum += national->path[condition][ambition][i];
        sum += with_lulucf ? national->lulucf[condition][ambition][i] : 0.0;
    }
    return sum;
}

/* Add a series, actor after actor, so that every year has the sum that it has alone. */
static void add_to(double *restrict sum, const double *restrict values)
{
    for (int i = 0; i < STK_PATH_YEARS; i++) {
        sum[i] += values[i];
    }
}

void stk_world_sum(const stk_world *world, stk_world_sums *sums)
{
    memset(sums->level_mt, 0, sizeof sums->level_mt);
    for (size_t n = 0; n < world->count; n++) {
        const stk_national *national = &world->nationals[n];
        for (int i = 0; i < STK_CONDITIONS * STK_AMBITIONS; i++) {
            int c = i / STK_AMBITIONS;
            int k = i % STK_AMBITIONS;
            add_to(sums->level_mt[c][k][0], national->path[c][k]);
            add_to(sums->level_mt[c][k][1], national->path[c][k]);
            add_to(sums->level_mt[c][k][1], national->lulucf[c][k]);
        }
    }
}

void stk_world_sum_baselines(const stk_world *world, stk_world_sums *sums)
{
    memset(sums->baseline_mt, 0, sizeof sums->baseline_mt);
    for (size_t n = 0; n < world->count; n++) {
        const stk_national *national = &world->nationals[n];
        add_to(sums->baseline_mt[0], national->baseline);
        add_to(sums->baseline_mt[1], national->baseline);
        add_to(sums->baseline_mt[1], national->lulucf_baseline);
    }
}

double stk_world_baseline_mt(const stk_world *world, bool with_lulucf, int year)
{
    double sum = 0;
    int i = year - STK_PATH_FIRST;
    if (i < 0 || i >= STK_PATH_YEARS) {
        return NAN;
    }
    for (size_t n = 0; n < world->count; n++) {
        sum += world->nationals[n].baseline[i];
        sum += with_lulucf ? world->nationals[n].lulucf_baseline[i] : 0.0;
    }
    return sum;
}
