/** @file assess_area.c
 * @brief `stocktake assess --area`: what an area is heading for, and what it changed.
 */
#include "question/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const stk_column columns[] = {{"area", NULL, STK_TEXT},
                                     {"year", NULL, STK_INTEGER},
                                     {"condition", "Pledges", STK_TEXT},
                                     {"ambition", "Ambition", STK_TEXT},
                                     {"level_excl_lulucf_mt", "Level (Mt)", 1},
                                     {"level_incl_lulucf_mt", "with land use", 1},
                                     {"change_pct", "Change (%)", 1},
                                     {"share_of_world_pct", "World (%)", 1},
                                     {"before_mt", "Before (Mt)", 1},
                                     {"change_gt", "Changed (Gt)", 3},
                                     {"world_change_gt", "World (Gt)", 3},
                                     {"share_of_change_pct", "Share (%)", 1}};

enum { COLUMNS_ALONE = 8, COLUMNS = 12 };

/* `changes` are left out of a text without an earlier date. */
static stk_table *make_table(const stk_area_set *set, int year, bool changes,
                             const stk_area_assessment *a)
{
    stk_table *table = stk_table_new(columns, changes ? COLUMNS : COLUMNS_ALONE);
    for (int k = 0; k < STK_AREA_CASES; k++) {
        const stk_area_case *c = &a->cases[k];
        stk_table_text(table, a->path.is_actor ? a->path.national.actor.iso3 : set->code);
        stk_table_number(table, year);
        stk_table_texts(table, stk_condition_name(c->condition), stk_ambition_name(c->ambition));
        stk_table_numbers(table, c->level_mt, c->level_incl_mt, c->change_pct,
                          c->share_of_world_pct);
        if (changes) {
            stk_table_numbers(table, c->before_mt, c->change_gt, c->world_change_gt,
                              c->share_of_change_pct);
        }
    }
    return table;
}

static void write_preface(const stk_data *data, const stk_area_set *set, const area_request *q,
                          const stk_area_assessment *a, stk_buffer *out)
{
    char title[256];
    stk_buffer_printf(out, "%s in %d as pledged on %s, Mt CO2e without land use, GWP %s\n",
                      a->path.is_actor ? a->path.national.actor.name : query_area_title(set, title),
                      q->year, STK_DATE_TEXT(q->options.as_of.date),
                      query_gwp_label(data, q->options.gwp));
    stk_buffer_printf(out, "%d: ", a->history_last);
    stk_buffer_decimal(out, a->emissions_mt, 1);
    stk_buffer_printf(out, " Mt; without pledges %d: ", q->year);
    stk_buffer_decimal(out, a->baseline_mt, 1);
    stk_buffer_printf(out, " Mt. Change: from %d", a->history_last);
    if (q->since != 0) {
        stk_buffer_printf(out, "; changed: since %s, and its share of the world's change",
                          STK_DATE_TEXT(q->since));
    }
    stk_buffer_text(out, ".\nWith land use: by bookkeeping models; 'targets' has it as the Party's "
                         "document counts it.\n");
    if (a->path.note[0] != '\0') {
        stk_buffer_printf(out, "%s\n", a->path.note);
    }
    stk_buffer_text(out, "\n");
}

/* A part of the world's change that is no part of a whole is explained. */
static const char *notes_of(const area_request *q, const stk_area_assessment *a)
{
    bool odd = false;
    for (int k = 0; k < STK_AREA_CASES && q->since != 0; k++) {
        double percent = a->cases[k].share_of_change_pct;
        odd = odd || percent < 0 || percent > 100;
    }
    return odd ? "Share: below zero where the area and the world moved in opposite directions, "
                 "above "
                 "100 where the others\nmoved against it.\n"
               : NULL;
}

static json_t *facts_of(const stk_data *data, const stk_area_set *set, const area_request *q,
                        const stk_area_assessment *a)
{
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:i, s:s, s:i, s:o, s:o}", "area",
                     a->path.is_actor ? a->path.national.actor.iso3 : set->code, "name",
                     a->path.is_actor ? a->path.national.actor.name : set->name, "kind",
                     stk_area_path_kind(&a->path, set), "note",
                     a->path.note[0] != '\0' ? document_text(a->path.note) : json_null(), "since",
                     q->since != 0 ? document_text(STK_DATE_TEXT(q->since)) : json_null(), "year",
                     q->year, "gwp", query_gwp_label(data, q->options.gwp), "history_year",
                     a->history_last, "emissions_mt", document_number(a->emissions_mt),
                     "baseline_mt", document_number(a->baseline_mt));
}

stk_status assess_area(query *q, const stk_data *data, const area_request *request,
                       stk_error *error)
{
    stk_area_set *set = query_alloc(q, sizeof *set);
    stk_area_assessment *a = query_alloc(q, sizeof *a);
    stk_buffer preface = {0};
    stk_status status;
    STK_TRY(stk_allocated(set, error));
    STK_TRY(stk_allocated(a, error));
    STK_TRY(stk_areas_find(data->inventory, stk_text_of(query_value(q, "area")), set, error));
    STK_TRY(stk_area_assess(data, &request->options, set, request->year, request->since, a, error));
    write_preface(data, set, request, a, &preface);
    if (query_format(q) == QUERY_CSV && a->path.note[0] != '\0') {
        query_remark(q, "%s", a->path.note);
    }
    stk_table *table =
        make_table(set, request->year, request->since != 0 || query_format(q) != QUERY_TEXT, a);
    status = query_write_rows(q, "assess area", table, facts_of(data, set, request, a),
                              stk_buffer_pass(&q->out, &preface), notes_of(request, a), error);
    stk_buffer_free(&preface);
done:
    return status;
}

/* What speaks of the world only. */
const char *assess_area_refuses(const query *q)
{
    static const char *const names[] = {"benchmark", "counterfactual", "no-warming", "long-term"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (query_said(q, names[i])) {
            return names[i];
        }
    }
    return NULL;
}
