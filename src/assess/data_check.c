/** @file data_check.c
 * @brief Data that is valid and looks wrong all the same.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/data_check.h>

#include "base/arena.h"
#include "base/try.h"

static const char *const names[STK_DATA_WARNINGS] = {"level", "baseline", "mark"};

const char *stk_data_warning_name(stk_data_warning_kind kind)
{
    return names[kind];
}

typedef struct findings {
    const stk_data *data;
    stk_data_warning *list;
    size_t count;
    size_t room;
    bool full; /* there is no memory */
} findings;

static void add(findings *f, stk_data_warning warning)
{
    if (!STK_GROW(f->list, f->count + 1, f->room)) {
        f->full = true;
        return;
    }
    f->list[f->count++] = warning;
}

static stk_data_warning of_row(stk_data_warning_kind kind, const stk_target *row)
{
    return (stk_data_warning){.kind = kind,
                              .iso3 = row->iso3,
                              .name = row->party,
                              .document = row->submitted,
                              .year = row->year,
                              .condition = "",
                              .value_mt = (double)NAN,
                              .expected_mt = (double)NAN,
                              .mark = row->confidence,
                              .words = "",
                              .file = row->file,
                              .line = row->line};
}

/* ---- levels ---- */

static void check_level(findings *f, const stk_national *national, const stk_actor_target *target,
                        stk_condition condition)
{
    stk_checked_level level;
    if (!stk_check_level(national, target, condition, &level)) {
        return;
    }
    const stk_target *row = target->from[condition][level.ambition].row;
    stk_data_warning warning = of_row(STK_DATA_WARNING_LEVEL, row != NULL ? row : target->document);
    warning.condition = stk_condition_name(condition);
    warning.value_mt = level.level_mt;
    warning.expected_mt = level.baseline_mt;
    warning.mark = level.mark;
    warning.words = level.words;
    add(f, warning);
}

/* A conditional level that is the unconditional one says nothing new. */
static bool speaks_for_itself(const stk_actor_target *target)
{
    return target->stated[STK_CONDITIONAL] && target->level[STK_CONDITIONAL][STK_LOW].excl_mt !=
                                                  target->level[STK_UNCONDITIONAL][STK_LOW].excl_mt;
}

static stk_status check_levels(findings *f, stk_error *error)
{
    stk_world *world;
    const stk_data *data = f->data;
    stk_options options = {
        .as_of = {.date = stk_pledges_known_until(data->pledges), .ignore_withdrawal = true}};
    stk_status status;
    STK_TRY(stk_gwp_find_set(stk_inventory_gwp(data->inventory), stk_text_of("AR6"), &options.gwp,
                             error));
    STK_TRY(
        stk_world_make(data->inventory, data->pledges, data->baseline, &options, &world, error));
    for (size_t i = 0; i < stk_world_count(world); i++) {
        const stk_national *national = stk_world_national(world, i);
        for (int t = 0; t < national->target_count; t++) {
            const stk_actor_target *target = &national->targets[t];
            if (target->stated[STK_UNCONDITIONAL]) {
                check_level(f, national, target, STK_UNCONDITIONAL);
            }
            if (speaks_for_itself(target)) {
                check_level(f, national, target, STK_CONDITIONAL);
            }
        }
    }
    stk_world_free(world);
done:
    return status;
}

/* ---- baselines ---- */

/* The Party's own baseline that is nearest to what a row states, with or without LULUCF: rows do
 * not always say which. NaN where the document has none. */
static double own_baseline(const stk_data *data, const stk_target *row)
{
    size_t count = 0;
    double nearest = (double)NAN;
    stk_area area = stk_inventory_find(data->inventory, stk_text_of(row->iso3));
    const stk_own_value *values =
        area >= 0 ? stk_inventory_own(data->inventory, area, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        bool baseline = values[i].quantity == STK_OWN_BAU_EXCL ||
                        (values[i].quantity == STK_OWN_BAU_INCL && values[i].mt > 0);
        bool same = values[i].document != 0 && values[i].document == row->submitted &&
                    values[i].year == row->year;
        if (baseline && same &&
            !(fabs(values[i].mt - row->stated_baseline_mt) >=
              fabs(nearest - row->stated_baseline_mt))) {
            nearest = values[i].mt;
        }
    }
    return nearest;
}

/* Sums over years and single sectors are no baseline of the Party. */
static void check_baseline(findings *f, const stk_target *row)
{
    if (row->kind != STK_TARGET_BASELINE || isnan(row->stated_baseline_mt) || row->sum_from != 0 ||
        row->levels_are_sums || row->sector_only) {
        return;
    }
    double own = own_baseline(f->data, row);
    if (!isnan(own) && !stk_baseline_is_near(row->stated_baseline_mt, own)) {
        stk_data_warning warning = of_row(STK_DATA_WARNING_BASELINE, row);
        warning.value_mt = row->stated_baseline_mt;
        warning.expected_mt = own;
        warning.words = "the stated baseline is far from the Party's own";
        add(f, warning);
    }
}

/* ---- marks ---- */

/* What in the notes denies that somebody read the document; NULL for nothing. */
static const char *denial(const char *notes)
{
    static const char *const denials[] = {"from memory", "unverified", "not extracted"};
    for (const char *at = notes; *at != '\0'; at++) {
        for (size_t i = 0; i < sizeof denials / sizeof *denials; i++) {
            stk_text rest = stk_text_of(at);
            if (stk_text_cut_prefix_alike(&rest, denials[i])) {
                return denials[i];
            }
        }
    }
    return NULL;
}

static bool is_sure(const char *mark)
{
    return strcmp(mark, "A") == 0 || strcmp(mark, "A*") == 0;
}

static const char *name_of(const stk_inventory *inventory, const char *iso3)
{
    stk_area area = stk_inventory_find(inventory, stk_text_of(iso3));
    return area >= 0 ? stk_inventory_area(inventory, area)->name : iso3;
}

static void check_mark(findings *f, const stk_target *row)
{
    const char *words = is_sure(row->confidence) ? denial(row->notes) : NULL;
    if (words != NULL) {
        stk_data_warning warning = of_row(STK_DATA_WARNING_MARK, row);
        warning.words = words;
        add(f, warning);
    }
}

static void check_net_zero_marks(findings *f)
{
    size_t count;
    const stk_net_zero_event *events = stk_pledges_net_zero_events(f->data->pledges, &count);
    for (size_t i = 0; i < count; i++) {
        const stk_net_zero_event *e = &events[i];
        const char *words = is_sure(e->confidence) ? denial(e->notes) : NULL;
        if (words != NULL) {
            add(f, (stk_data_warning){.kind = STK_DATA_WARNING_MARK,
                                      .iso3 = e->iso3,
                                      .name = name_of(f->data->inventory, e->iso3),
                                      .document = e->date,
                                      .year = e->year,
                                      .condition = "",
                                      .value_mt = (double)NAN,
                                      .expected_mt = (double)NAN,
                                      .mark = e->confidence,
                                      .words = words,
                                      .file = e->file,
                                      .line = e->line});
        }
    }
}

static void for_each_row(findings *f, void (*check)(findings *f, const stk_target *row))
{
    size_t count;
    const stk_target *rows;
    for (size_t p = 0; (rows = stk_pledges_party(f->data->pledges, p, &count)) != NULL; p++) {
        for (size_t i = 0; i < count; i++) {
            check(f, &rows[i]);
        }
    }
}

stk_status stk_data_warnings(const stk_data *data, stk_data_warning **list, size_t *count,
                             stk_error *error)
{
    findings f = {.data = data};
    stk_status status;
    STK_TRY(check_levels(&f, error));
    for_each_row(&f, check_baseline);
    for_each_row(&f, check_mark);
    check_net_zero_marks(&f);
    if (f.full) {
        STK_FAIL(stk_error_memory(error));
    }
done:
    if (status != STK_OK) {
        free(f.list);
        f = (findings){.data = data};
    }
    *list = f.list;
    *count = f.count;
    return status;
}
