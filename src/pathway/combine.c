/** @file combine.c
 * @brief All rows of a document for one year to one level for each condition and ambition.
 *
 * Rows of one document and condition belong together in one of three ways:
 *  - they cover different gases or sectors: what each takes off the baseline adds up;
 *  - they are of different kinds over the same scope (an intensity and a peak): all hold, the
 * lowest level binds; a peak without a number says nothing beside a number;
 *  - they are of one kind and scope (two scenarios, or the same cut with and without LULUCF): they
 *    are the ends of a range, or each speaks for its own scope of LULUCF.
 */
#include <math.h>
#include <string.h>

#include "pathway/national_impl.h"

typedef struct entry {
    const stk_target *target;
    target_level levels[STK_AMBITIONS];
} entry;

enum { ROWS_MAX = 16 };

static bool same_scope(const stk_target *a, const stk_target *b)
{
    return a->gases == b->gases && a->sector_only == b->sector_only &&
           (!a->sector_only || (a->sectors == b->sectors && a->sectors != 0));
}

static bool excludes_lulucf(const stk_target *target)
{
    return target->lulucf == STK_TARGET_LULUCF_EXCLUDED ||
           target->lulucf == STK_TARGET_LULUCF_SEPARATE;
}

static bool is_bare_peak(const stk_target *target)
{
    return target->kind == STK_TARGET_PEAK && isnan(target->reduction_pct[0]) &&
           isnan(target->level_mt[0]) && isnan(target->cut_mt);
}

/* Fold `b` into `a`, both of the same scope. */
static void merge_same_scope(entry *a, const entry *b)
{
    if (is_bare_peak(b->target) != is_bare_peak(a->target)) {
        *a = is_bare_peak(a->target) ? *b : *a;
        return;
    }
    if (a->target->kind != b->target->kind) {
        for (int k = 0; k < STK_AMBITIONS; k++) {
            if (b->levels[k].level.excl_mt < a->levels[k].level.excl_mt) {
                a->levels[k] = b->levels[k];
            }
        }
        return;
    }
    if (excludes_lulucf(a->target) != excludes_lulucf(b->target)) {
        for (int k = 0; k < STK_AMBITIONS; k++) {
            const target_level *without =
                excludes_lulucf(a->target) ? &a->levels[k] : &b->levels[k];
            const target_level *with = excludes_lulucf(a->target) ? &b->levels[k] : &a->levels[k];
            target_level both = *without;
            both.level.incl_mt = with->level.incl_mt;
            a->levels[k] = both;
        }
        return;
    }
    if (b->levels[STK_LOW].level.excl_mt > a->levels[STK_LOW].level.excl_mt) {
        a->levels[STK_LOW] = b->levels[STK_LOW];
    }
    if (b->levels[STK_HIGH].level.excl_mt < a->levels[STK_HIGH].level.excl_mt) {
        a->levels[STK_HIGH] = b->levels[STK_HIGH];
    }
}

/* Add what `b` takes off the baseline to `a`, which covers something else. */
static void merge_other_scope(entry *a, const entry *b, double baseline_mt)
{
    for (int k = 0; k < STK_AMBITIONS; k++) {
        double change = b->levels[k].level.excl_mt - baseline_mt;
        a->levels[k].level.excl_mt += change;
        a->levels[k].level.incl_mt += change;
        a->levels[k].hold_excl_mt += change;
        method_add(a->levels[k].method, "and %s", b->levels[k].method);
    }
}

static size_t gather(const national_context *context, const stk_national *national,
                     const stk_target *rows, size_t count, stk_condition condition, entry *entries)
{
    size_t found = 0;
    for (size_t i = 0; i < count && found < ROWS_MAX; i++) {
        if (!rows[i].has_condition[condition]) {
            continue;
        }
        entry e = {.target = &rows[i]};
        for (int k = 0; k < STK_AMBITIONS; k++) {
            e.levels[k] = quantify_target(context, national, &rows[i], condition, (stk_ambition)k);
        }
        if (!e.levels[STK_LOW].found || !e.levels[STK_HIGH].found) {
            continue;
        }
        size_t k = 0;
        while (k < found && !same_scope(entries[k].target, e.target)) {
            k++;
        }
        if (k < found) {
            merge_same_scope(&entries[k], &e);
        } else {
            entries[found++] = e;
        }
    }
    return found;
}

/* Fill one condition of `out`; false if the document states nothing that can be quantified. */
static bool combine(const national_context *context, const stk_national *national,
                    const stk_target *rows, size_t count, stk_condition condition,
                    stk_actor_target *out)
{
    entry entries[ROWS_MAX];
    size_t found = gather(context, national, rows, count, condition, entries);
    if (found == 0) {
        return false;
    }
    for (size_t i = 1; i < found; i++) {
        merge_other_scope(&entries[0], &entries[i], out->baseline_excl_mt);
    }
    for (int k = 0; k < STK_AMBITIONS; k++) {
        out->level[condition][k] = entries[0].levels[k].level;
        out->hold_excl_mt[condition][k] = entries[0].levels[k].hold_excl_mt;
        memcpy(out->method[condition][k], entries[0].levels[k].method, STK_METHOD_SIZE);
    }
    out->lulucf_hold_mt = entries[0].levels[STK_LOW].lulucf_mt;
    out->kind = entries[0].target->kind;
    out->open_peak = is_bare_peak(entries[0].target);
    return true;
}

/* Rule 6 of the quantification: a conditional level is never above the unconditional one, which is
 * the baseline where the document states none; and it is the unconditional one where none is
 * stated. */
static void fill_conditional(stk_actor_target *out)
{
    for (int k = 0; k < STK_AMBITIONS; k++) {
        const stk_level *without = &out->level[STK_UNCONDITIONAL][k];
        stk_level *with = &out->level[STK_CONDITIONAL][k];
        double *hold = &out->hold_excl_mt[STK_CONDITIONAL][k];
        char *method = out->method[STK_CONDITIONAL][k];
        if (out->stated[STK_UNCONDITIONAL] &&
            (!out->stated[STK_CONDITIONAL] || with->excl_mt > without->excl_mt)) {
            *with = *without;
            *hold = out->hold_excl_mt[STK_UNCONDITIONAL][k];
            memcpy(method, out->method[STK_UNCONDITIONAL][k], STK_METHOD_SIZE);
            method_add(method, "the unconditional target");
        } else if (out->stated[STK_UNCONDITIONAL]) {
            with->incl_mt = fmin(with->incl_mt, without->incl_mt);
        } else {
            if (with->excl_mt > out->baseline_excl_mt) {
                method_add(method, "not above the baseline");
            }
            with->excl_mt = fmin(with->excl_mt, out->baseline_excl_mt);
            with->incl_mt = fmin(with->incl_mt, out->baseline_excl_mt + out->lulucf_hold_mt);
            *hold = fmin(*hold, out->baseline_excl_mt);
        }
    }
}

void quantify_year(const national_context *context, stk_national *national, int year)
{
    const stk_target *rows;
    size_t count;
    if (national->target_count == STK_ACTOR_TARGETS_MAX || year < STK_PATH_FIRST ||
        !stk_pledges_choose(context->pledges, national->actor.iso3, year, context->options->as_of,
                            &rows, &count)) {
        return;
    }
    stk_actor_target *out = &national->targets[national->target_count];
    memset(out, 0, sizeof *out);
    out->year = year;
    out->document = rows;
    out->baseline_excl_mt = national->baseline[year - STK_PATH_FIRST];
    for (int c = 0; c < STK_CONDITIONS; c++) {
        for (int k = 0; k < STK_AMBITIONS; k++) {
            out->level[c][k] = (stk_level){NAN, NAN};
            out->hold_excl_mt[c][k] = NAN;
        }
        out->stated[c] = combine(context, national, rows, count, (stk_condition)c, out);
    }
    fill_conditional(out);
    national->target_count += out->stated[0] || out->stated[1];
}
