/** @file effects.c
 * @brief What each assumption does to the outcome, read from the cases of a factorial.
 *
 * With y the outcome of a case, y(a = i) that of the same combination with choice i of assumption
 * a, and r the reference's choice: the effect alone is y(a = i) - y(a = r) with all others as in
 * the reference, the mean effect the average of that difference over all combinations of the
 * others. Over every combination the sum of squares falls apart (analysis of variance of a balanced
 * factorial): the part of a is sum over its choices i of n_i (mean of y where a = i - mean of y)^2.
 */
#include <math.h>

#include "assess/assess_impl.h"
#include "base/elementary.h"

static double median_of(const stk_factorial_case *c)
{
    return c->warming_2100_k[STK_WARMING_MEDIAN];
}

/* The case of a combination, NULL if it was not run. */
static const stk_factorial_case *find_case(const stk_factorial *f, const stk_combination *wanted)
{
    if (f->complete) {
        return &f->cases[combination_index(wanted)];
    }
    for (size_t i = 0; i < f->count; i++) {
        if (combination_index(&f->cases[i].combination) == combination_index(wanted)) {
            return &f->cases[i];
        }
    }
    return NULL;
}

static const stk_factorial_case *
with_choice(const stk_factorial *f, const stk_factorial_case *other, stk_assumption a, int choice)
{
    stk_combination combination = other->combination;
    combination.choice[a] = (unsigned char)choice;
    return find_case(f, &combination);
}

/* Mean and range of the difference over all combinations of the other assumptions. */
static void average(const stk_factorial *f, stk_effect *effect)
{
    int reference = f->reference.choice[effect->assumption];
    double sum_k = 0;
    double sum_gt = 0;
    size_t count = 0;
    effect->least_k = INFINITY;
    effect->most_k = -INFINITY;
    for (size_t i = 0; i < f->count; i++) {
        const stk_factorial_case *from = &f->cases[i];
        if (from->combination.choice[effect->assumption] == reference) {
            const stk_factorial_case *to = with_choice(f, from, effect->assumption, effect->choice);
            double change = median_of(to) - median_of(from);
            effect->least_k = fmin(effect->least_k, change);
            effect->most_k = fmax(effect->most_k, change);
            sum_k += change;
            sum_gt += to->world_gt - from->world_gt;
            count++;
        }
    }
    effect->mean_k = sum_k / (double)count;
    effect->mean_gt = sum_gt / (double)count;
}

static void find_shares(stk_factorial *f)
{
    double mean = 0;
    double total = 0;
    for (size_t i = 0; i < f->count; i++) {
        mean += median_of(&f->cases[i]) / (double)f->count;
    }
    for (size_t i = 0; i < f->count; i++) {
        total += stk_pow(median_of(&f->cases[i]) - mean, 2);
    }
    for (int a = 0; a < STK_ASSUMPTIONS; a++) {
        int choices = stk_assumption_choices((stk_assumption)a);
        double each = (double)f->count / choices;
        double part = 0;
        for (int choice = 0; choice < choices; choice++) {
            double sum = 0;
            for (size_t i = 0; i < f->count; i++) {
                bool has = f->cases[i].combination.choice[a] == choice;
                sum += has ? median_of(&f->cases[i]) : 0;
            }
            part += each * stk_pow(sum / each - mean, 2);
        }
        f->shares[a] = f->complete && total > 0 ? part / total : NAN;
    }
}

void factorial_find_effects(stk_factorial *f)
{
    const stk_factorial_case *reference = find_case(f, &f->reference);
    f->effect_count = 0;
    for (int a = 0; a < STK_ASSUMPTIONS; a++) {
        for (int choice = 0; choice < stk_assumption_choices((stk_assumption)a); choice++) {
            stk_effect *effect = &f->effects[f->effect_count++];
            const stk_factorial_case *alone = with_choice(f, reference, (stk_assumption)a, choice);
            *effect = (stk_effect){.assumption = (stk_assumption)a,
                                   .choice = choice,
                                   .reference = choice == f->reference.choice[a],
                                   .alone_gt = alone->world_gt - reference->world_gt,
                                   .alone_k = median_of(alone) - median_of(reference),
                                   .mean_gt = NAN,
                                   .mean_k = NAN,
                                   .least_k = NAN,
                                   .most_k = NAN};
            if (f->complete) {
                average(f, effect);
            }
        }
    }
    find_shares(f);
}

const stk_factorial_case *stk_factorial_reference(const stk_factorial *factorial)
{
    return find_case(factorial, &factorial->reference);
}

const stk_effect *stk_factorial_effects(const stk_factorial *factorial, size_t *count)
{
    *count = factorial->effect_count;
    return factorial->effects;
}

double stk_factorial_share(const stk_factorial *factorial, stk_assumption assumption)
{
    return factorial->shares[assumption];
}
