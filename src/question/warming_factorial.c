/** @file warming_factorial.c
 * @brief `stocktake warming --factorial`: every combination of assumptions, and which of them moves
 * the result by how much.
 */
#include "question/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/pending_file.h"

static const stk_column effect_columns[] = {
    {"as_of", NULL, STK_DATE},   {"assumption", "", STK_TEXT}, {"choice", "", STK_TEXT},
    {"reference", "", STK_TEXT}, {"alone_2100_k", "", 3},      {"mean_2100_k", "", 3},
    {"least_2100_k", "", 3},     {"most_2100_k", "", 3},       {"alone_world_gt", "", 3},
    {"mean_world_gt", "", 3},    {"share_of_variance", "", 4}};

static const stk_column shown_columns[] = {
    {"assumption", "Assumption", STK_TEXT}, {"choice", "Choice", STK_TEXT},
    {"alone_k", "Alone (K)", STK_TEXT},     {"mean_k", "On average", STK_TEXT},
    {"range_k", "From .. to", STK_TEXT},    {"alone_gt", "Alone (Gt)", STK_TEXT},
    {"share", "Explains", STK_TEXT}};

enum { SHOWN = sizeof shown_columns / sizeof *shown_columns };

/* ---- the table of effects ---- */

static void add_effect(stk_table *table, const char *as_of, const stk_factorial *f,
                       const stk_effect *e)
{
    stk_table_texts(table, as_of, stk_assumption_name(e->assumption),
                    stk_choice_name(e->assumption, e->choice), e->reference ? "yes" : "no");
    stk_table_numbers(table, e->alone_k, e->mean_k, e->least_k, e->most_k, e->alone_gt, e->mean_gt,
                      stk_factorial_share(f, e->assumption));
}

static void show_effect(stk_table *table, const stk_factorial *f, const stk_effect *e, bool first)
{
    char text[64];
    stk_table_texts(table, first ? stk_assumption_title(e->assumption) : "",
                    stk_choice_name(e->assumption, e->choice));
    stk_print(text, sizeof text, "%+.2f", e->alone_k);
    stk_table_text(table, text);
    stk_print(text, sizeof text, "%+.2f", e->mean_k);
    stk_table_text(table, text);
    stk_print(text, sizeof text, "%+.2f .. %+.2f", e->least_k, e->most_k);
    stk_table_text(table, text);
    stk_print(text, sizeof text, "%+.2f", e->alone_gt);
    stk_table_text(table, text);
    stk_print(text, sizeof text, "%.0f %%", 100 * stk_factorial_share(f, e->assumption));
    stk_table_text(table, first ? text : "");
}

/* The assumptions, the one that explains most first. */
static void rank_assumptions(const stk_factorial *f, stk_assumption ranked[STK_ASSUMPTIONS])
{
    for (int a = 0; a < STK_ASSUMPTIONS; a++) {
        double share = stk_factorial_share(f, (stk_assumption)a);
        int at = a;
        while (at > 0 && stk_factorial_share(f, ranked[at - 1]) < share) {
            ranked[at] = ranked[at - 1];
            at--;
        }
        ranked[at] = (stk_assumption)a;
    }
}

static void describe_reference(const stk_factorial *f, char *text, size_t size)
{
    const stk_combination *c = &stk_factorial_reference(f)->combination;
    size_t length = 0;
    for (int a = 0; a < STK_ASSUMPTIONS && length < size; a++) {
        length += (size_t)stk_print(text + length, size - length, "%s%s %s",
                                    a == 0   ? ""
                                    : a == 5 ? ",\n  "
                                             : ", ",
                                    stk_assumption_name((stk_assumption)a),
                                    stk_choice_name((stk_assumption)a, c->choice[a]));
    }
}

static void describe_all(const stk_factorial *f, const stk_factorial_request *r, const char *as_of,
                         char *text, size_t size)
{
    size_t count;
    char reference[400];
    double least = INFINITY;
    double most = -INFINITY;
    const stk_factorial_case *cases = stk_factorial_cases(f, &count);
    const stk_factorial_case *from = stk_factorial_reference(f);
    for (size_t i = 0; i < count; i++) {
        least = fmin(least, cases[i].warming_2100_k[STK_WARMING_MEDIAN]);
        most = fmax(most, cases[i].warming_2100_k[STK_WARMING_MEDIAN]);
    }
    describe_reference(f, reference, sizeof reference);
    stk_print(text, size,
              "What the assumptions do to the warming of the pledges as of %s\n\n"
              "Median of 2100: %.2f K in the reference, %.2f to %.2f K in all %zu combinations.\n"
              "World in %d: %.1f Gt CO2e in the reference (AR6, with land use). The reference:\n"
              "  %s.\n\n",
              as_of, from->warming_2100_k[STK_WARMING_MEDIAN], least, most, count, r->year,
              from->world_gt, reference);
}

static stk_status answer_text(query *q, const stk_factorial *f,
                              const stk_factorial_request *request, const char *as_of,
                              stk_error *error)
{
    size_t count;
    char preface[900];
    char notes[700];
    stk_assumption ranked[STK_ASSUMPTIONS];
    double explained = 0;
    const stk_effect *effects = stk_factorial_effects(f, &count);
    stk_table *table = stk_table_new(shown_columns, SHOWN);
    rank_assumptions(f, ranked);
    for (int a = 0; a < STK_ASSUMPTIONS; a++) {
        bool first = true;
        explained += stk_factorial_share(f, ranked[a]);
        for (size_t i = 0; i < count; i++) {
            if (effects[i].assumption == ranked[a] && !effects[i].reference) {
                show_effect(table, f, &effects[i], first);
                first = false;
            }
        }
    }
    describe_all(f, request, as_of, preface, sizeof preface);
    stk_print(
        notes, sizeof notes,
        "\nAlone: the choice changed in the reference. On average, from .. to: changed in every\n"
        "combination of the others. Explains: its part of the variance of all combinations;\n"
        "%.0f %% are interactions. Gt: world in %d.\n",
        100 * (1 - explained), request->year);
    return query_write_rows(q, NULL, table, NULL, preface, notes, error);
}

static stk_status answer(query *q, const stk_factorial *f, const stk_factorial_request *request,
                         stk_error *error)
{
    size_t count;
    const stk_effect *effects = stk_factorial_effects(f, &count);
    const char *as_of = STK_DATE_TEXT(request->as_of);
    if (query_format(q) == QUERY_TEXT) {
        return answer_text(q, f, request, as_of, error);
    }
    stk_table *table =
        stk_table_new(effect_columns, sizeof effect_columns / sizeof *effect_columns);
    for (size_t i = 0; i < count; i++) {
        add_effect(table, as_of, f, &effects[i]);
    }
    return query_write_rows(q, NULL, table,
                            json_pack("{s:s, s:s, s:i}", "gwp", "AR6", "reference_period",
                                      "1850-1900", "year", request->year),
                            NULL, NULL, error);
}

/* ---- the cases ---- */

enum { CASE_COLUMNS = STK_ASSUMPTIONS + 1 + STK_WARMING_PERCENTILES + STK_WARMING_THRESHOLDS };

static void name_columns(stk_column columns[CASE_COLUMNS], char names[CASE_COLUMNS][32])
{
    int c = 0;
    for (int a = 0; a < STK_ASSUMPTIONS; a++) {
        stk_print(names[c++], 32, "%s", stk_assumption_name((stk_assumption)a));
    }
    stk_print(names[c++], 32, "world_gt");
    for (int p = 0; p < STK_WARMING_PERCENTILES; p++) {
        stk_print(names[c++], 32, "warming_2100_p%g_k", stk_warming_percentiles[p]);
    }
    stk_print(names[c++], 32, "p_exceed_1_5");
    stk_print(names[c++], 32, "p_exceed_2");
    stk_print(names[c++], 32, "p_exceed_2_5");
    stk_print(names[c++], 32, "p_exceed_3");
    for (int i = 0; i < CASE_COLUMNS; i++) {
        columns[i] = (stk_column){names[i], "", i < STK_ASSUMPTIONS ? STK_TEXT : 3};
    }
}

static stk_status write_cases(query *q, const stk_factorial *f, stk_error *error)
{
    stk_column columns[CASE_COLUMNS];
    char names[CASE_COLUMNS][32];
    size_t count;
    const stk_factorial_case *cases = stk_factorial_cases(f, &count);
    name_columns(columns, names);
    stk_table *table = stk_table_new(columns, CASE_COLUMNS);
    for (size_t i = 0; i < count; i++) {
        const stk_factorial_case *c = &cases[i];
        for (int a = 0; a < STK_ASSUMPTIONS; a++) {
            stk_table_text(table, stk_choice_name((stk_assumption)a, c->combination.choice[a]));
        }
        stk_table_number(table, c->world_gt);
        for (int p = 0; p < STK_WARMING_PERCENTILES; p++) {
            stk_table_number(table, c->warming_2100_k[p]);
        }
        for (int t = 0; t < STK_WARMING_THRESHOLDS; t++) {
            stk_table_number(table, c->p_exceed[t]);
        }
    }
    stk_status status = stk_table_write(table, STK_FORMAT_CSV, &q->side.content, error);
    stk_table_free(table);
    q->side.path = query_value(q, "cases");
    return status;
}

/* ---- the run ---- */

/* A folder that cannot be written to is refused before the work, not after it. */
static stk_status check_folder(const char *path, stk_error *error)
{
    char folder[4096];
    stk_path_folder(path, folder, sizeof folder);
    return access(folder, W_OK) == 0
               ? STK_OK
               : stk_error_at(error, STK_EIO, path, 0, 0, "cannot be written");
}

stk_status warming_factorial(query *q, const stk_data *data, const stk_warming_model *model,
                             const stk_factorial_request *request, stk_error *error)
{
    stk_factorial *f = NULL;
    stk_factorial_request own = *request;
    const char *path = query_value(q, "cases");
    own.every_combination = true;
    own.progress = q->progress != NULL ? query_show_pathways : NULL;
    own.user = q;
    stk_status status = path == NULL ? STK_OK : check_folder(path, error);
    if (status == STK_OK) {
        status = stk_factorial_run(data, model, &own, &f, error);
    }
    if (status == STK_OK && path != NULL) {
        status = write_cases(q, f, error);
    }
    status = status != STK_OK ? status : answer(q, f, &own, error);
    stk_factorial_free(f);
    return status;
}
