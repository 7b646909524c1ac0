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

#include "world/national_impl.h"

typedef struct entry {
    const stk_target *target;
    bool net; /* the numbers count LULUCF */
    target_level levels[STK_AMBITIONS];
} entry;

/* Words of every row while they are combined. */
typedef struct row_words {
    char text[STK_TARGET_ROWS_MAX][STK_AMBITIONS][STK_METHOD_SIZE];
} row_words;

/* What a year's rows are combined with. */
typedef struct combination {
    const national_context *context;
    const stk_national *national;
    stk_actor_target *out;
    stk_methods *methods; /* NULL: no words are wanted */
    row_words *words;
    int present_year;
    double present_mt;
} combination;

/* Room for the words of a level; NULL where none are wanted. */
static char *method_of(const combination *c, int condition, int ambition)
{
    return c->methods == NULL ? NULL : c->methods->text[condition][ambition];
}

static bool same_scope(const stk_target *a, const stk_target *b)
{
    return a->gases == b->gases && a->sector_only == b->sector_only &&
           (!a->sector_only || (a->sectors == b->sectors && a->sectors != 0));
}

/* Kinds that end in one level; an intensity or a peak says another thing beside one. */
static bool is_level(const stk_target *target)
{
    return target->kind == STK_TARGET_BASELINE || target->kind == STK_TARGET_ABSOLUTE ||
           target->kind == STK_TARGET_BASE_YEAR;
}

static bool is_bare_peak(const stk_target *target)
{
    return target->kind == STK_TARGET_PEAK && isnan(target->reduction_pct[0]) &&
           isnan(target->level_mt[0]) && isnan(target->cut_mt);
}

/* Fold `b` into `a`, both of the same scope and both with LULUCF or both without. */
static void merge_same_scope(entry *a, const entry *b)
{
    if (is_bare_peak(b->target) != is_bare_peak(a->target)) {
        *a = is_bare_peak(a->target) ? *b : *a;
        return;
    }
    if (a->target->kind != b->target->kind && !(is_level(a->target) && is_level(b->target))) {
        for (int k = 0; k < STK_AMBITIONS; k++) {
            if (b->levels[k].level.excl_mt < a->levels[k].level.excl_mt) {
                a->levels[k] = b->levels[k];
            }
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

/* The same target with LULUCF and without: each speaks for its own scope. */
static void pair(entry *without, const entry *with)
{
    for (int k = 0; k < STK_AMBITIONS; k++) {
        double land = with->levels[k].level.incl_mt - with->levels[k].level.excl_mt;
        without->levels[k].lulucf_mt = with->levels[k].lulucf_mt;
        without->levels[k].from.then |= STK_THEN_OTHER_LAND;
        without->levels[k].level.incl_mt = without->levels[k].level.excl_mt + land;
    }
}

static size_t pair_scopes(entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < count; k++) {
            if (i != k && !entries[i].net && entries[k].net &&
                same_scope(entries[i].target, entries[k].target) && is_level(entries[i].target) &&
                is_level(entries[k].target)) {
                pair(&entries[i], &entries[k]);
                memmove(&entries[k], &entries[k + 1], (count - k - 1) * sizeof *entries);
                return pair_scopes(entries, count - 1);
            }
        }
    }
    return count;
}

/* Rows of one scope that cannot be told apart by LULUCF: the lowest level binds. */
static size_t bind_lowest(entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count; k++) {
            if (same_scope(entries[i].target, entries[k].target)) {
                merge_same_scope(&entries[i], &entries[k]);
                memmove(&entries[k], &entries[k + 1], (count - k - 1) * sizeof *entries);
                return bind_lowest(entries, count - 1);
            }
        }
    }
    return count;
}

static unsigned guard(const combination *c, double level_mt)
{
    return stk_guard(level_mt, c->out->baseline_excl_mt, c->present_mt, c->out->year,
                     c->present_year, 1.0);
}

/* Add what `b` takes off the baseline to `a`, which covers something else; not where nothing would
 * be left. */
static void merge_other_scope(const combination *c, entry *a, const entry *b)
{
    for (int k = 0; k < STK_AMBITIONS; k++) {
        target_level *level = &a->levels[k];
        double change = b->levels[k].level.excl_mt - c->out->baseline_excl_mt;
        if ((guard(c, level->level.excl_mt + change) & STK_GUARD_TOO_LOW) != 0) {
            method_add(level->method, "refused beside it: %s", b->levels[k].method);
            level->mark = "R";
            continue;
        }
        level->level.excl_mt += change;
        level->level.incl_mt += change;
        level->hold_excl_mt += change;
        level->from.then |= STK_THEN_OTHER_ROWS;
        level->mark = stk_worse_mark(level->mark, b->levels[k].mark);
        level->check |= b->levels[k].check;
        method_add(level->method, "and %s", b->levels[k].method);
    }
}

/* One entry for each scope, with and without LULUCF apart. A row whose every way the guard refuses
 * leaves its mark on what stands; `refused` has the last such row. */
static size_t gather(const combination *c, const stk_target *rows, size_t count,
                     stk_condition condition, entry *entries, entry *refused)
{
    size_t found = 0;
    refused->target = NULL;
    for (size_t i = 0; i < count && i < STK_TARGET_ROWS_MAX; i++) {
        if (!rows[i].has_condition[condition]) {
            continue;
        }
        entry e = {.target = &rows[i]};
        for (int k = 0; k < STK_AMBITIONS; k++) {
            char *words = c->words == NULL ? NULL : c->words->text[i][k];
            if (words != NULL) {
                words[0] = '\0';
            }
            e.levels[k] = quantify_target(c->context, c->national, &rows[i], condition,
                                          (stk_ambition)k, words);
        }
        e.net = e.levels[STK_LOW].net;
        if (!e.levels[STK_LOW].found || !e.levels[STK_HIGH].found) {
            if (e.levels[STK_LOW].refused || e.levels[STK_HIGH].refused) {
                *refused = e;
            }
            continue;
        }
        size_t k = 0;
        while (k < found && !(entries[k].net == e.net && same_scope(entries[k].target, e.target))) {
            k++;
        }
        if (k < found) {
            merge_same_scope(&entries[k], &e);
        } else {
            entries[found++] = e;
        }
    }
    for (size_t k = 0; refused->target != NULL && k < found; k++) {
        entries[k].levels[STK_LOW].mark = entries[k].levels[STK_HIGH].mark = "R";
    }
    return bind_lowest(entries, pair_scopes(entries, found));
}

static void put(const combination *c, stk_condition condition, int k, const target_level *level)
{
    stk_actor_target *out = c->out;
    out->level[condition][k] = level->level;
    out->hold_excl_mt[condition][k] = level->hold_excl_mt;
    out->mark[condition][k] = level->mark;
    out->check[condition][k] = level->check;
    out->from[condition][k] = level->from;
    if (c->methods != NULL) {
        memcpy(method_of(c, (int)condition, k), level->method, STK_METHOD_SIZE);
    }
}

/* A target that the guard refuses in every way binds nothing, which is said and not passed over. */
static void stand_at_baseline(const combination *c, entry *refused)
{
    for (int k = 0; k < STK_AMBITIONS; k++) {
        target_level *level = &refused->levels[k];
        double land = isnan(level->lulucf_mt) ? 0.0 : level->lulucf_mt;
        level->level = (stk_level){c->out->baseline_excl_mt, c->out->baseline_excl_mt + land};
        level->hold_excl_mt = c->out->baseline_excl_mt;
        level->mark = "R";
        level->check |= STK_GUARD_TOO_LOW;
        method_add(level->method, "no way is left: the baseline stands");
    }
}

/* Fill one condition; false if the document states nothing that can be quantified. */
static bool combine(const combination *c, const stk_target *rows, size_t count,
                    stk_condition condition)
{
    entry entries[STK_TARGET_ROWS_MAX];
    entry refused;
    stk_actor_target *out = c->out;
    size_t found = gather(c, rows, count, condition, entries, &refused);
    if (found == 0 && refused.target != NULL) {
        stand_at_baseline(c, &refused);
        entries[found++] = refused;
    }
    if (found == 0) {
        return false;
    }
    for (size_t i = 1; i < found; i++) {
        merge_other_scope(c, &entries[0], &entries[i]);
    }
    for (int k = 0; k < STK_AMBITIONS; k++) {
        put(c, condition, k, &entries[0].levels[k]);
    }
    out->lulucf_hold_mt = entries[0].levels[STK_LOW].lulucf_mt;
    out->kind = entries[0].target->kind;
    out->open_peak = is_bare_peak(entries[0].target);
    return true;
}

static void copy_level(const combination *comb, int c, int k, int to_c, int to_k)
{
    stk_actor_target *out = comb->out;
    out->level[to_c][to_k] = out->level[c][k];
    out->hold_excl_mt[to_c][to_k] = out->hold_excl_mt[c][k];
    out->mark[to_c][to_k] = out->mark[c][k];
    out->check[to_c][to_k] = out->check[c][k];
    out->from[to_c][to_k] = out->from[c][k];
    if (comb->methods != NULL) {
        memcpy(method_of(comb, to_c, to_k), method_of(comb, c, k), STK_METHOD_SIZE);
    }
}

/* The conditional level of an ambition becomes the unconditional one. */
static void take_unconditional(const combination *c, int k)
{
    copy_level(c, STK_UNCONDITIONAL, k, STK_CONDITIONAL, k);
    c->out->from[STK_CONDITIONAL][k].then |= STK_THEN_UNCONDITIONAL;
    method_add(method_of(c, STK_CONDITIONAL, k), "the unconditional target");
}

/* Rule 6 of the quantification: a conditional level is never above the unconditional one, which is
 * the baseline where the document states none; and it is the unconditional one where none is
 * stated. */
static void fill_conditional(const combination *c)
{
    stk_actor_target *out = c->out;
    for (int k = 0; k < STK_AMBITIONS; k++) {
        const stk_level *without = &out->level[STK_UNCONDITIONAL][k];
        stk_level *with = &out->level[STK_CONDITIONAL][k];
        double *hold = &out->hold_excl_mt[STK_CONDITIONAL][k];
        if (out->stated[STK_UNCONDITIONAL] &&
            (!out->stated[STK_CONDITIONAL] || with->excl_mt > without->excl_mt)) {
            take_unconditional(c, k);
        } else if (out->stated[STK_UNCONDITIONAL]) {
            with->incl_mt = with->incl_mt > without->incl_mt ? without->incl_mt : with->incl_mt;
        } else if (with->excl_mt > out->baseline_excl_mt) {
            method_add(method_of(c, STK_CONDITIONAL, k), "not above the baseline");
            with->incl_mt -= with->excl_mt - out->baseline_excl_mt;
            with->excl_mt = out->baseline_excl_mt;
            out->from[STK_CONDITIONAL][k].then |= STK_THEN_BASELINE;
            *hold = fmin(*hold, out->baseline_excl_mt);
        }
    }
}

/* What the guard finds in a level reaches people; such a level is never marked as sure. */
static void check(const combination *c)
{
    stk_actor_target *out = c->out;
    for (int i = 0; i < STK_CONDITIONS * STK_AMBITIONS; i++) {
        stk_level *level = &out->level[i / STK_AMBITIONS][i % STK_AMBITIONS];
        unsigned *found = &out->check[i / STK_AMBITIONS][i % STK_AMBITIONS];
        if (isnan(level->excl_mt) || out->kind == STK_TARGET_NONE) {
            continue;
        }
        *found |= guard(c, level->excl_mt);
        if (out->document->what_if && (*found & STK_GUARD_NOT_BINDING) != 0) {
            *found ^= STK_GUARD_NOT_BINDING | STK_GUARD_HIGH; /* what is supposed stands */
        }
        if ((*found & STK_GUARD_NOT_BINDING) != 0) {
            level->incl_mt -= level->excl_mt - out->baseline_excl_mt;
            level->excl_mt = out->baseline_excl_mt;
            out->hold_excl_mt[i / STK_AMBITIONS][i % STK_AMBITIONS] = out->baseline_excl_mt;
            out->from[i / STK_AMBITIONS][i % STK_AMBITIONS].then |= STK_THEN_NOT_BINDING;
        }
        if (*found != 0) {
            const char **mark = &out->mark[i / STK_AMBITIONS][i % STK_AMBITIONS];
            *mark = stk_worse_mark(*mark, "B");
            method_add(method_of(c, i / STK_AMBITIONS, i % STK_AMBITIONS), "CHECK: %s",
                       stk_guard_words(*found));
        }
    }
}

/* What the guard lowered stays above what is more ambitious. */
static void keep_order(const combination *comb)
{
    const stk_actor_target *out = comb->out;
    for (int c = 0; c < STK_CONDITIONS; c++) {
        if (out->level[c][STK_HIGH].excl_mt > out->level[c][STK_LOW].excl_mt) {
            copy_level(comb, c, STK_LOW, c, STK_HIGH);
        }
    }
    for (int k = 0; k < STK_AMBITIONS; k++) {
        if (out->level[STK_CONDITIONAL][k].excl_mt > out->level[STK_UNCONDITIONAL][k].excl_mt) {
            take_unconditional(comb, k);
        }
    }
}

/* Combine the rows of one document for one year. */
static void quantify_rows(const national_context *context, const stk_national *national,
                          const stk_target *rows, size_t count, stk_actor_target *out,
                          stk_methods *methods)
{
    row_words words;
    combination c = {.context = context,
                     .national = national,
                     .out = out,
                     .methods = methods,
                     .words = methods == NULL ? NULL : &words,
                     .present_year = stk_baseline_history_last(context->baseline)};
    c.present_mt = national->baseline[c.present_year - STK_PATH_FIRST];
    memset(out, 0, sizeof *out);
    out->year = rows->year;
    out->document = rows;
    out->row_count = (int)count;
    out->baseline_excl_mt = national->baseline[out->year - STK_PATH_FIRST];
    for (int i = 0; i < STK_CONDITIONS; i++) {
        for (int k = 0; k < STK_AMBITIONS; k++) {
            out->level[i][k] = (stk_level){NAN, NAN};
            out->hold_excl_mt[i][k] = NAN;
            out->mark[i][k] = rows->confidence;
        }
        out->stated[i] = combine(&c, rows, count, (stk_condition)i);
    }
    fill_conditional(&c);
    check(&c);
    keep_order(&c);
    for (int i = 0; i < STK_CONDITIONS * STK_AMBITIONS; i++) {
        const stk_level *level = &out->level[i / STK_AMBITIONS][i % STK_AMBITIONS];
        out->land_change_mt[i / STK_AMBITIONS][i % STK_AMBITIONS] =
            fmin(0.0, level->incl_mt - level->excl_mt - out->lulucf_hold_mt);
    }
}

/* What is supposed leaves land use where the document has it whose year it takes; of a year without
 * one, land use goes on as if nothing were supposed. */
static void keep_land(const national_context *context, const stk_national *national,
                      stk_actor_target *out)
{
    const stk_target *rows;
    size_t count;
    stk_actor_target own = {0};
    bool found = !national->actor.suspended &&
                 stk_pledges_choose_own(context->pledges, national->actor.iso3, out->year,
                                        context->options->as_of, &rows, &count);
    if (found) {
        quantify_rows(context, national, rows, count, &own, NULL);
    }
    for (int i = 0; i < STK_CONDITIONS * STK_AMBITIONS; i++) {
        int c = i / STK_AMBITIONS;
        int k = i % STK_AMBITIONS;
        bool stands = found && !own.open_peak && !isnan(own.level[c][k].excl_mt);
        out->land_change_mt[c][k] = stands ? own.land_change_mt[c][k] : (double)NAN;
        if (stands) {
            out->lulucf_hold_mt = own.lulucf_hold_mt;
            out->level[c][k].incl_mt =
                out->level[c][k].excl_mt + (own.level[c][k].incl_mt - own.level[c][k].excl_mt);
        }
    }
}

void quantify_year(const national_context *context, stk_national *national, int year)
{
    const stk_target *rows;
    size_t count;
    if (national->target_count == STK_ACTOR_TARGETS_MAX || year < STK_PATH_FIRST ||
        !stk_pledges_choose(context->pledges, national->actor.iso3, year, context->options->as_of,
                            &rows, &count) ||
        (national->actor.suspended && !rows->what_if)) {
        return;
    }
    stk_actor_target *out = &national->targets[national->target_count];
    quantify_rows(context, national, rows, count, out, NULL);
    if (rows->what_if) {
        keep_land(context, national, out);
    }
    national->target_count += out->stated[0] || out->stated[1];
}

void quantify_methods(const national_context *context, const stk_national *national,
                      const stk_actor_target *target, stk_methods *methods)
{
    stk_actor_target again;
    stk_national before = *national; /* as it was when the target was made */
    before.target_count = 0;
    while (before.targets[before.target_count].year < target->year) {
        before.target_count++;
    }
    memset(methods, 0, sizeof *methods);
    quantify_rows(context, &before, target->document, (size_t)target->row_count, &again, methods);
}
