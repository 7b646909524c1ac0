/** @file warming_effects.c
 * @brief `stocktake warming --effects`: what each choice of method does alone, all others as they
 * are asked, to the warming of pledges and targets and to the gap.
 */
#include "question/parts.h"

/* The option that makes the choices of an assumption; none of `warming` does for the first two. */
static const char *const choosing_options[STK_ASSUMPTIONS] = {
    [STK_ASSUME_CONDITION] = "",
    [STK_ASSUME_AMBITION] = "",
    [STK_ASSUME_HOT_AIR] = "hot-air",
    [STK_ASSUME_ANNOUNCED] = "include-announced",
    [STK_ASSUME_WITHDRAWN] = "ignore-withdrawal",
    [STK_ASSUME_SINKS] = "sinks",
    [STK_ASSUME_LULUCF_SOURCE] = "lulucf-source",
    [STK_ASSUME_STATED] = "stated",
    [STK_ASSUME_NET_ZERO] = "net-zero",
    [STK_ASSUME_BEYOND] = "extend",
    [STK_ASSUME_LONG_TERM] = "long-term"};

static const stk_column columns[] = {
    {"as_of", NULL, STK_DATE},         {"assumption", NULL, STK_TEXT},
    {"title", "Assumption", STK_TEXT}, {"option", NULL, STK_TEXT},
    {"choice", "Choice", STK_TEXT},    {"words", "", STK_TEXT},
    {"reference", NULL, STK_TEXT},     {"warming_2100_k", "2100 (K)", 2},
    {"alone_2100_k", "Change", 2},     {"gap_gt", "Gap (Gt)", 1},
    {"alone_gap_gt", "Change", 2}};

/* What one choice comes to. */
typedef struct effect_row {
    const stk_effect *effect;
    double warming_k;
    double gap_gt;
} effect_row;

typedef struct effects {
    const stk_factorial_request *request;
    stk_benchmark benchmark;
    effect_row rows[STK_EFFECTS_MAX];
    size_t count;
    const effect_row *references[STK_ASSUMPTIONS];
} effects;

/* The gap that `gap` has for the options, of the case that the choice picks. */
static stk_status find_gap(const stk_data *data, const effects *e, stk_options options,
                           effect_row *row, stk_error *error)
{
    stk_gap cases[STK_GAP_CASES];
    const stk_effect *effect = row->effect;
    stk_assumption a = effect->assumption;
    bool conditional = a == STK_ASSUME_CONDITION && effect->choice == STK_CONDITIONAL;
    bool high = a == STK_ASSUME_AMBITION && effect->choice == STK_HIGH;
    if (!effect->reference) {
        stk_assumption_choose(&options, a, effect->choice);
    }
    stk_status status =
        stk_gap_cases(data, &options, &e->benchmark, e->request->year, cases, error);
    for (int i = 0; i < STK_GAP_CASES && status == STK_OK; i++) {
        if ((cases[i].condition == STK_CONDITIONAL) == conditional &&
            (cases[i].ambition == STK_HIGH) == high &&
            cases[i].hot_air_capped == options.cap_hot_air) {
            row->gap_gt = cases[i].gap_gt;
        }
    }
    return status;
}

/* Whether a choice can move levels, or only what comes after them. */
static bool moves_levels(const stk_effect *effect, const stk_options *levels)
{
    return !effect->reference && effect->assumption != STK_ASSUME_LONG_TERM &&
           (effect->assumption != STK_ASSUME_NET_ZERO || levels->extension == STK_EXTEND_NET_ZERO);
}

static stk_status find_rows(const stk_data *data, const stk_factorial *f, const stk_options *levels,
                            effects *e, stk_error *error)
{
    const stk_effect *list = stk_factorial_effects(f, &e->count);
    const stk_factorial_case *reference = stk_factorial_reference(f);
    const stk_factorial_case *other = stk_factorial_cases(f, &(size_t){0});
    effect_row as_asked = {.effect = &(stk_effect){.reference = true}};
    stk_status status = find_gap(data, e, *levels, &as_asked, error);
    for (size_t i = 0; i < e->count && status == STK_OK; i++) {
        const stk_factorial_case *c = list[i].reference ? reference : ++other;
        effect_row *row = &e->rows[i];
        *row = (effect_row){&list[i], c->warming_2100_k[STK_WARMING_MEDIAN], as_asked.gap_gt};
        if (list[i].reference) {
            e->references[list[i].assumption] = row;
        }
        if (moves_levels(&list[i], levels)) {
            status = find_gap(data, e, *levels, row, error);
        }
    }
    return status;
}

static stk_table *make_table(const effects *e, const char *as_of, bool with_reference)
{
    stk_table *table = stk_table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < e->count; i++) {
        const effect_row *row = &e->rows[i];
        stk_assumption a = row->effect->assumption;
        if (with_reference || !row->effect->reference) {
            stk_table_texts(table, as_of, stk_assumption_name(a), stk_assumption_title(a),
                            choosing_options[a], stk_choice_name(a, row->effect->choice),
                            stk_choice_words(a, row->effect->choice),
                            row->effect->reference ? "yes" : "no");
            stk_table_numbers(table, row->warming_k, row->effect->alone_k, row->gap_gt,
                              row->gap_gt - e->references[a]->gap_gt);
        }
    }
    return table;
}

static stk_status answer(query *q, const effects *e, stk_error *error)
{
    char preface[400];
    const char *as_of = STK_DATE_TEXT(e->request->as_of);
    const effect_row *now = e->references[0];
    stk_print(
        preface, sizeof preface,
        "What each choice does alone to the warming and the gap of the pledges as of %s\n\n"
        "Now: %.2f K in 2100 (median, pledges and targets), gap in %d to %s %.1f Gt CO2e.\n\n",
        as_of, now->warming_k, e->request->year, STK_BENCHMARK_TITLE(&e->benchmark), now->gap_gt);
    return query_write_rows(q, NULL, make_table(e, as_of, query_format(q) != QUERY_TEXT),
                            json_pack("{s:s, s:s, s:i}", "gwp", "AR6", "reference_period",
                                      "1850-1900", "year", e->request->year),
                            preface, "\nAll of them in every combination: --factorial.\n", error);
}

stk_status warming_effects(query *q, const stk_data *data, const stk_warming_model *model,
                           const stk_factorial_request *request, const stk_options *levels,
                           stk_error *error)
{
    stk_factorial *f = NULL;
    effects *e = query_alloc(q, sizeof *e);
    stk_status status;
    STK_TRY(stk_allocated(e, error));
    e->request = request;
    STK_TRY(query_benchmark(q, data, request->year, &e->benchmark, error));
    STK_TRY(stk_factorial_run(data, model, request, &f, error));
    STK_TRY(find_rows(data, f, levels, e, error));
    STK_TRY(answer(q, e, error));
done:
    stk_factorial_free(f);
    return status;
}
