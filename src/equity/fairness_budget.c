/** @file fairness_budget.c
 * @brief Budgets of CO2 of the real world: published ones, the Parties' parts, what pledges use.
 */
#include <math.h>
#include <string.h>

#include "data/paths.h"
#include "equity/fairness_impl.h"

/* ---- published budgets ---- */

enum { BUDGET_COLUMNS = 9 };
static const char *const budget_columns[BUDGET_COLUMNS] = {
    "source",    "variant",     "preferred", "from_date", "published",
    "warming_k", "probability", "gt_co2",    "confidence"};

static void copy_text(char *out, size_t size, stk_text text)
{
    stk_text cut = stk_text_cut(text, size - 1);
    memcpy(out, cut.data, cut.size);
    out[cut.size] = '\0';
}

static stk_status read_day(const stk_csv *csv, int column, stk_date *date, stk_error *error)
{
    return stk_date_parse(stk_csv_field(csv, column), date)
               ? STK_OK
               : stk_csv_refuse(csv, column, error, "a date as 2021-08-09");
}

static stk_status read_budget(const stk_csv *csv, const int *columns, stk_published_budget *b,
                              stk_error *error)
{
    int preferred;
    static const stk_csv_bounds share = {0, 1, "a number from 0 to 1"};
    static const stk_csv_bounds gigatons = {-1e5, 1e5, "a number of Gt from -100000 to 100000"};
    stk_status status;
    memset(b, 0, sizeof *b);
    copy_text(b->source, sizeof b->source, stk_csv_field(csv, columns[0]));
    copy_text(b->variant, sizeof b->variant, stk_csv_field(csv, columns[1]));
    STK_TRY(stk_csv_integer(csv, columns[2], 0, &preferred, error));
    b->preferred = preferred == 1;
    STK_TRY(read_day(csv, columns[3], &b->from, error));
    STK_TRY(read_day(csv, columns[4], &b->published, error));
    STK_TRY(stk_csv_number_within(csv, columns[5], &stk_csv_kelvin, &b->warming_k, error));
    STK_TRY(stk_csv_number_within(csv, columns[6], &share, &b->probability, error));
    STK_TRY(stk_csv_number_within(csv, columns[7], &gigatons, &b->gt, error));
    copy_text(b->confidence, sizeof b->confidence, stk_csv_field(csv, columns[8]));
    if (!isfinite(b->warming_k) || !isfinite(b->probability) || !isfinite(b->gt)) {
        STK_TRY(stk_csv_refuse(csv, columns[7], error, "a number"));
    }
done:
    return status;
}

/* 0.66 and 0.67 are one probability under two labels. */
static double labelled(double probability)
{
    return fabs(probability - 0.66) < 0.005 ? 0.67 : probability;
}

static bool is_asked(const stk_published_budget *b, stk_date as_of, double warming_k,
                     double probability, const char *source, bool all)
{
    return b->published <= as_of && fabs(b->warming_k - warming_k) < 1e-6 &&
           fabs(labelled(b->probability) - labelled(probability)) < 1e-6 && (all || b->preferred) &&
           (source == NULL || strstr(b->source, source) != NULL);
}

/* Newest first, the preferred variant before others. */
static bool comes_before(const stk_published_budget *a, const stk_published_budget *b)
{
    return a->published != b->published ? a->published > b->published
                                        : a->preferred && !b->preferred;
}

static void insert(stk_published_budget *found, size_t room, size_t count,
                   const stk_published_budget *b)
{
    size_t at = count < room ? count : room;
    while (at > 0 && comes_before(b, &found[at - 1])) {
        if (at < room) {
            found[at] = found[at - 1];
        }
        at--;
    }
    if (at < room) {
        found[at] = *b;
    }
}

static stk_status refuse_none(stk_date as_of, double warming_k, double probability,
                              const char *source, stk_error *error)
{
    return stk_error_set(
        error, STK_ENOTFOUND,
        "no budget%s%s for %g K at %g %% was published by %s; there are those of "
        "1.5 to 2 K in steps of 0.1 at 10, 17, 33, 50, 67, 83 and 90 %% from 2021-08-09 on",
        source != NULL ? " of " : "", STK_CUT(source, 40), warming_k, 100.0 * probability,
        STK_DATE_TEXT(as_of));
}

stk_status stk_fairness_budgets(stk_edition *edition, stk_date as_of, double warming_k,
                                double probability, const char *source, bool all,
                                stk_published_budget *found, size_t room, size_t *count,
                                stk_error *error)
{
    stk_arena arena = {0};
    stk_csv csv;
    int columns[BUDGET_COLUMNS];
    stk_status status;
    *count = 0;
    STK_TRY(stk_edition_csv(edition, STK_PATH_CARBON_BUDGETS, &arena, &csv, error));
    STK_TRY(stk_csv_columns(&csv, budget_columns, BUDGET_COLUMNS, columns, error));
    while (stk_csv_each(&csv, &status, error)) {
        stk_published_budget b;
        status = read_budget(&csv, columns, &b, error);
        if (status == STK_OK && is_asked(&b, as_of, warming_k, probability, source, all)) {
            insert(found, room, *count, &b);
            (*count)++;
        }
    }
    if (status == STK_OK && *count == 0) {
        status = refuse_none(as_of, warming_k, probability, source, error);
    }
done:
    stk_arena_free(&arena);
    return status;
}

/* ---- CO2 of the actors ---- */

/* The last year of fossil CO2 goes with the land use that is known last. */
static double land_co2_mt(const stk_fairness *f, stk_area area, int year)
{
    int last = year;
    while (year <= f->co2_last && last > STK_PATH_FIRST &&
           isnan(stk_inventory_lulucf_mt(f->data->inventory, area, last))) {
        last--;
    }
    return fairness_land_mt(f->data->inventory, area, last > STK_PATH_FIRST ? last : year);
}

static double actor_co2_mt(const stk_fairness *f, const stk_actor *actor, int year)
{
    double sum = 0;
    for (int m = 0; m < actor->member_count; m++) {
        double mt = year >= STK_PATH_FIRST
                        ? stk_baseline_group_mt(f->data->baseline, actor->members[m], STK_GAS_CO2,
                                                f->gwp, year)
                        : stk_inventory_group_mt(f->data->inventory, actor->members[m], STK_GAS_CO2,
                                                 f->gwp, year);
        sum += isnan(mt) ? 0.0 : mt;
        sum += land_co2_mt(f, actor->members[m], year);
    }
    return sum;
}

static stk_status make_co2(stk_fairness *f, stk_error *error)
{
    int first;
    if (f->co2_mt != NULL) {
        return STK_OK;
    }
    stk_inventory_years(f->data->inventory, STK_GAS_CO2, &first, &f->co2_last);
    double *own = stk_arena_alloc(&f->arena, f->count * FAIRNESS_YEARS, sizeof *own);
    f->world_co2_mt = stk_arena_alloc(&f->arena, FAIRNESS_YEARS, sizeof(double));
    f->shared_co2_mt = stk_arena_alloc(&f->arena, FAIRNESS_YEARS, sizeof(double));
    if (own == NULL || f->world_co2_mt == NULL || f->shared_co2_mt == NULL) {
        return stk_error_memory(error);
    }
    for (int year = STK_FAIRNESS_FIRST; year <= STK_PATH_LAST; year++) {
        size_t y = fairness_year(year);
        for (size_t i = 0; i < f->count; i++) {
            own[i * FAIRNESS_YEARS + y] = actor_co2_mt(f, &f->nationals[i]->actor, year);
            f->shared_co2_mt[y] += own[i * FAIRNESS_YEARS + y];
        }
        f->world_co2_mt[y] = f->shared_co2_mt[y];
        for (size_t r = 0; r < f->rest_count; r++) {
            f->world_co2_mt[y] += actor_co2_mt(f, &f->rest[r]->actor, year);
        }
    }
    f->co2_mt = own;
    return STK_OK;
}

int stk_fairness_co2_last(const stk_fairness *fairness)
{
    int first;
    int last;
    stk_inventory_years(fairness->data->inventory, STK_GAS_CO2, &first, &last);
    return last;
}

/* ---- what pledges use ---- */

/* CO2 of the pledged pathway: the baseline's part of CO2 in what is pledged without land use, and
 * the land use that is pledged. */
static double pledged_co2_mt(const stk_fairness *f, size_t actor, stk_condition condition,
                             stk_ambition ambition, int year)
{
    const stk_national *n = f->nationals[actor];
    int i = year - STK_PATH_FIRST;
    double co2 = f->co2_mt[actor * FAIRNESS_YEARS + fairness_year(year)] - n->lulucf_baseline[i];
    double part = n->baseline[i] > 0 ? co2 / n->baseline[i] : 0.0;
    return part * n->path[condition][ambition][i] + n->lulucf[condition][ambition][i];
}

/* Sum up to 2050, and the year in which the part of the budget is used up. */
static void use_up(const stk_fairness *f, size_t actor, int start, stk_condition condition,
                   stk_ambition ambition, stk_fairness_budget *b)
{
    enum { USED_UNTIL = 2050 };
    double sum_gt = 0;
    b->exhausted = b->gt > 0 ? 0 : start;
    for (int year = start; year <= STK_PATH_LAST; year++) {
        sum_gt += pledged_co2_mt(f, actor, condition, ambition, year) / 1000.0;
        if (b->exhausted == 0 && sum_gt > b->gt) {
            b->exhausted = year;
        }
        b->pledged_use_gt = year == USED_UNTIL ? sum_gt : b->pledged_use_gt;
    }
    b->used_pct = b->gt > 0 ? 100.0 * b->pledged_use_gt / b->gt : (double)NAN;
}

stk_status stk_fairness_budget_of(stk_fairness *f, size_t actor, const stk_published_budget *budget,
                                  stk_condition condition, stk_ambition ambition,
                                  stk_fairness_budget *budgets, stk_error *error)
{
    static const stk_fairness_budget kinds[STK_FAIRNESS_BUDGETS] = {
        {.method = STK_BUDGET_GRANDFATHERING},
        {.method = STK_BUDGET_PER_CAPITA},
        {.method = STK_BUDGET_ECPC, .from = 1990},
        {.method = STK_BUDGET_ECPC, .from = STK_FAIRNESS_FIRST}};
    stk_arena arena = {0};
    double *gt = stk_arena_alloc(&arena, f->count, sizeof *gt);
    int start = stk_date_year(budget->from);
    double world_gt = budget->gt;
    stk_equity_budget b = {.until = STK_PATH_LAST};
    stk_status status;
    if (gt == NULL) {
        return stk_error_memory(error);
    }
    STK_TRY(make_co2(f, error));
    for (; start <= f->co2_last; start++) { /* what has been emitted since is not left */
        world_gt -= f->world_co2_mt[fairness_year(start)] / 1000.0;
    }
    b.start = start;
    b.co2_mt = f->co2_mt;
    /* what shares nothing keeps its part */
    double left =
        f->shared_co2_mt[fairness_year(f->co2_last)] / f->world_co2_mt[fairness_year(f->co2_last)];
    double rate_mt = f->co2_mt[actor * FAIRNESS_YEARS + fairness_year(f->co2_last)];
    for (int k = 0; k < STK_FAIRNESS_BUDGETS; k++) {
        budgets[k] = kinds[k];
        bool by_emissions = kinds[k].method == STK_BUDGET_GRANDFATHERING;
        b.from = kinds[k].from;
        b.world_gt = by_emissions ? world_gt : world_gt * left;
        b.world_co2_mt = by_emissions ? f->world_co2_mt : f->shared_co2_mt;
        STK_TRY(stk_equity_budget_share(f->opened, &b, kinds[k].method, gt, error));
        budgets[k].start = start;
        budgets[k].gt = gt[actor];
        budgets[k].years_left = rate_mt > 0 ? 1000.0 * gt[actor] / rate_mt : (double)NAN;
        budgets[k].cut_pct_per_year = stk_equity_budget_cut_pct(1000.0 * gt[actor], rate_mt);
        use_up(f, actor, start, condition, ambition, &budgets[k]);
    }
done:
    stk_arena_free(&arena);
    return status;
}
