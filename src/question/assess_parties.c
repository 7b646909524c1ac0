/** @file assess_parties.c
 * @brief `stocktake assess --parties`: what each Party is heading for, a row each.
 */
#include "question/parts.h"

#include <math.h>
#include <string.h>

static const stk_column columns[] = {{"iso3", "Code", STK_TEXT},
                                     {"name", "Party", STK_TEXT},
                                     {"kind", NULL, STK_TEXT},
                                     {"suspended", NULL, STK_TEXT},
                                     {"year", NULL, STK_INTEGER},
                                     {"level_low_mt", "Level (Mt)", 1},
                                     {"level_high_mt", "high ambition", 1},
                                     {"conditional_low_mt", NULL, 1},
                                     {"conditional_high_mt", NULL, 1},
                                     {"baseline_mt", NULL, 1},
                                     {"history_year", NULL, STK_INTEGER},
                                     {"history_mt", "Last (Mt)", 1},
                                     {"change_low_pct", "Change (%)", 1},
                                     {"change_high_pct", NULL, 1},
                                     {"population", NULL, STK_INTEGER},
                                     {"per_head_t", "t/head", 1},
                                     {"target_year", "Target", STK_INTEGER},
                                     {"submitted", "Document", STK_DATE},
                                     {"status", NULL, STK_TEXT},
                                     {"confidence", "Mark", STK_TEXT},
                                     {"before_low_mt", "Before (Mt)", 1},
                                     {"before_high_mt", NULL, 1},
                                     {"changed_pct", "Since (%)", 1}};

enum { COLUMNS = sizeof columns / sizeof *columns, COLUMNS_SINCE = 3 };

static const char *kind_of(const stk_actor *actor)
{
    static const char *const kinds[] = {"party", "territory", "bunker", "difference"};
    return kinds[actor->kind];
}

/* What a Party is heading for; by head and change are those of the low ambition. */
static void add_row(const stk_party_level *l, int year, stk_table *table)
{
    const stk_actor *actor = &l->national->actor;
    const stk_target *document = l->document;
    stk_table_texts(table, actor->iso3, actor->name, kind_of(actor),
                    actor->suspended ? "yes" : "no");
    stk_table_number(table, year);
    for (int k = 0; k < STK_AREA_CASES; k++) {
        stk_table_number(table, l->level_mt[k / STK_AMBITIONS][k % STK_AMBITIONS]);
    }
    stk_table_numbers(table, l->baseline_mt, l->history_year, l->history_mt,
                      l->change_pct[STK_UNCONDITIONAL][STK_LOW],
                      l->change_pct[STK_UNCONDITIONAL][STK_HIGH], l->population,
                      l->per_head_t[STK_UNCONDITIONAL][STK_LOW],
                      document == NULL ? (double)NAN : l->target_year);
    stk_table_date(table, document == NULL ? 0 : document->submitted);
    stk_table_texts(table, document == NULL ? "" : stk_target_status_name(document), l->confidence);
}

static void add_before(const stk_party_level *now, const stk_national *then, int year,
                       stk_table *table)
{
    double before[STK_AMBITIONS] = {(double)NAN, (double)NAN};
    for (int k = 0; k < STK_AMBITIONS && then != NULL; k++) {
        before[k] = then->path[STK_UNCONDITIONAL][k][year - STK_PATH_FIRST];
    }
    double low_mt = now->level_mt[STK_UNCONDITIONAL][STK_LOW];
    stk_table_numbers(table, before[STK_LOW], before[STK_HIGH],
                      stk_change_pct(before[STK_LOW], low_mt));
}

/* The same actor on the earlier date; NULL where the joint document spoke for other members then.
 */
static const stk_national *same_actor(const stk_world *then, const stk_actor *actor)
{
    const stk_national *found = then == NULL ? NULL : stk_world_find(then, actor->iso3);
    bool same = found != NULL && strcmp(found->actor.iso3, actor->iso3) == 0 &&
                found->actor.member_count == actor->member_count;
    return same ? found : NULL;
}

static stk_table *make_table(const stk_data *data, const stk_world *now, const stk_world *then,
                             int year, bool since)
{
    stk_party_level level;
    stk_table *table = stk_table_new(columns, since ? COLUMNS : COLUMNS - COLUMNS_SINCE);
    for (size_t i = 0; i < stk_world_count(now); i++) {
        stk_party_level_find(data, now, i, year, &level);
        add_row(&level, year, table);
        if (since) {
            add_before(&level, same_actor(then, &level.national->actor), year, table);
        }
    }
    return table;
}

stk_status assess_parties(query *q, const stk_data *data, const area_request *r, stk_error *error)
{
    stk_world *now = NULL;
    stk_world *then = NULL;
    stk_options earlier = r->options;
    const char *gwp = query_gwp_label(data, r->options.gwp);
    stk_status status;
    STK_TRY(
        stk_world_make(data->inventory, data->pledges, data->baseline, &r->options, &now, error));
    if (r->since != 0) {
        earlier.as_of.date = r->since;
        STK_TRY(
            stk_world_make(data->inventory, data->pledges, data->baseline, &earlier, &then, error));
    }
    query_say(q, "Emissions in %d as pledged on %s, without LULUCF, GWP %s; change from %d%s%s\n\n",
              r->year, STK_DATE_TEXT(r->options.as_of.date), gwp,
              stk_baseline_history_last(data->baseline), r->since != 0 ? ", and since " : "",
              r->since != 0 ? STK_DATE_TEXT(r->since) : "");
    status = query_write_rows(
        q, "assess parties",
        make_table(data, now, then, r->year, r->since != 0 || query_format(q) != QUERY_TEXT),
        json_pack("{s:o, s:i, s:s}", "since",
                  r->since != 0 ? document_text(STK_DATE_TEXT(r->since)) : json_null(), "year",
                  r->year, "gwp", gwp),
        NULL, NULL, error);
done:
    stk_world_free(then);
    stk_world_free(now);
    return status;
}
