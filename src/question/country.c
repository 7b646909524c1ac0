/** @file country.c
 * @brief `stocktake country`: one area or group: what it emits and pledged, what that means, a
 * chart.
 */
#include "question/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

static const stk_column path_columns[] = {
    {"iso3", "", STK_TEXT},          {"year", "", STK_INTEGER},
    {"status", "", STK_TEXT},        {"baseline_excl_lulucf_mt", "", 1},
    {"unconditional_low_mt", "", 1}, {"unconditional_high_mt", "", 1},
    {"conditional_low_mt", "", 1},   {"conditional_high_mt", "", 1},
    {"lulucf_co2_mt", "", 1},        {"note", "", STK_TEXT}};

enum { PATH_COLUMNS = 9 }; /* of JSON, which has the note once */

static stk_table *make_path_table(const query_area *area, int last, bool with_note)
{
    const stk_national *n = &area->path.national;
    stk_table *table = stk_table_new(path_columns, PATH_COLUMNS + with_note);
    for (int year = STK_PATH_FIRST; year <= STK_PATH_LAST; year++) {
        int i = year - STK_PATH_FIRST;
        stk_table_text(table, n->actor.iso3);
        stk_table_number(table, year);
        stk_table_text(table, year <= last ? "history" : "pathway");
        stk_table_number(table, n->baseline[i]);
        for (int k = 0; k < STK_CONDITIONS * STK_AMBITIONS; k++) {
            stk_table_number(table, n->path[k / STK_AMBITIONS][k % STK_AMBITIONS][i]);
        }
        stk_table_number(table, n->lulucf[STK_UNCONDITIONAL][STK_LOW][i]);
        if (with_note) {
            stk_table_text(table, area->path.note);
        }
    }
    return table;
}

/* ---- every document ever ---- */

static const stk_column document_columns[] = {
    {"submitted", "Document", STK_TEXT},  {"status", "Status", STK_TEXT},
    {"target_year", "Year", STK_INTEGER}, {"kind", "Kind", STK_TEXT},
    {"condition", "Condition", STK_TEXT}, {"stated", "States", STK_TEXT},
    {"level_low_mt", "Low (Mt)", 0},      {"level_high_mt", "High (Mt)", 0},
    {"confidence", "Mark", STK_TEXT},     {"method", NULL, STK_TEXT},
    {"source_url", NULL, STK_TEXT},       {"check", NULL, STK_TEXT}};

/* The level that a document meant on the day it came. */
static stk_status level_on_its_day(const stk_data *data, const stk_pledges *pledges,
                                   const stk_options *model, const stk_target *t,
                                   stk_actor_target *found, stk_methods *methods, bool *has,
                                   stk_error *error)
{
    stk_options then = *model;
    stk_world *world;
    then.as_of.date = t->submitted;
    then.as_of.include_announced = true;
    then.as_of.ignore_withdrawal = true;
    stk_status status = stk_world_make_party(data->inventory, pledges, data->baseline, &then,
                                             t->iso3, &world, error);
    *has = false;
    if (status != STK_OK) {
        return status;
    }
    const stk_national *n = stk_world_find(world, t->iso3);
    for (int i = 0; n != NULL && i < n->target_count; i++) {
        if (n->targets[i].year == t->year && n->targets[i].document->submitted == t->submitted) {
            *found = n->targets[i];
            stk_world_methods(world, n, &n->targets[i], methods);
            *has = true;
        }
    }
    stk_world_free(world);
    return STK_OK;
}

static void add_document(stk_table *table, const stk_target *t, const stk_actor_target *found,
                         const stk_methods *methods, bool has)
{
    char stated[STK_STATED_SIZE];
    const char *check = NULL;
    stk_condition condition =
        t->has_condition[STK_UNCONDITIONAL] ? STK_UNCONDITIONAL : STK_CONDITIONAL;
    stk_table_date(table, t->submitted);
    stk_table_text(table, stk_target_status_name(t));
    stk_table_number(table, t->year == 0 ? (double)NAN : t->year);
    stk_table_text(table, stk_target_kind_name(t->kind));
    stk_table_text(
        table, t->has_condition[0] && t->has_condition[1] ? "both" : stk_condition_name(condition));
    stk_target_stated(t, stated);
    stk_table_text(table, stated);
    for (int k = 0; k < STK_AMBITIONS; k++) {
        stk_table_number(table, has ? found->level[condition][k].excl_mt : NAN);
    }
    for (int k = 0; k < STK_AMBITIONS && has && check == NULL; k++) {
        check = stk_level_check_words(found, condition, (stk_ambition)k);
    }
    stk_table_texts(table, has ? found->mark[condition][STK_LOW] : t->confidence,
                    has ? methods->text[condition][STK_LOW] : "", t->source_url,
                    check != NULL ? check : "");
}

/* What is supposed changes no document of the same day. */
static stk_status make_document_table(const query *q, const stk_data *data,
                                      const stk_options *model, const char *iso3, stk_table *table,
                                      stk_error *error)
{
    size_t count;
    stk_actor_target found;
    stk_methods methods;
    bool has = false;
    const stk_target *previous = NULL;
    stk_status status = STK_OK;
    const stk_target *targets = stk_pledges_of(data->pledges, iso3, &count);
    for (size_t i = 0; i < count && status == STK_OK; i++) {
        const stk_target *t = &targets[i];
        if (t->submitted > model->as_of.date) {
            continue;
        }
        if (previous == NULL || previous->submitted != t->submitted || previous->year != t->year ||
            previous->what_if != t->what_if) {
            const stk_pledges *pledges = t->what_if ? data->pledges : q->documents;
            status = level_on_its_day(data, pledges, model, t, &found, &methods, &has, error);
        }
        previous = t;
        add_document(table, t, &found, &methods, has);
    }
    return status;
}

/* ---- net zero: the aim at each standing, weakest first ---- */

enum { AIMS_MAX = STK_NET_ZERO_LAW };

/* A standing that asks for more may have another event behind it, and another year. */
static int aims_on_date(const stk_pledges *pledges, const char *iso3, stk_as_of as_of,
                        stk_net_zero_aim aims[AIMS_MAX])
{
    int count = 0;
    stk_net_zero_aim aim;
    for (int s = STK_NET_ZERO_PROPOSED; s <= STK_NET_ZERO_LAW; s++) {
        if (stk_pledges_net_zero_aim(pledges, iso3, as_of, (stk_net_zero)s, &aim) &&
            (count == 0 || aims[count - 1].event != aim.event)) {
            aims[count++] = aim;
        }
    }
    return count;
}

static const stk_net_zero_event *withdrawal(const stk_pledges *pledges, const char *iso3,
                                            stk_date date)
{
    size_t count;
    const stk_net_zero_event *events = stk_pledges_net_zero_of(pledges, iso3, &count);
    const stk_net_zero_event *last = NULL;
    for (size_t i = 0; i < count && events[i].date <= date; i++) {
        last = &events[i];
    }
    return last != NULL && last->standing == STK_NET_ZERO_NONE ? last : NULL;
}

static void write_net_zero(const stk_pledges *pledges, const char *iso3, stk_as_of as_of,
                           stk_buffer *out)
{
    char date[STK_DATE_SIZE];
    stk_net_zero_aim aims[AIMS_MAX];
    int count = aims_on_date(pledges, iso3, as_of, aims);
    const stk_net_zero_event *none = withdrawal(pledges, iso3, as_of.date);
    if (none != NULL) {
        stk_date_format(none->date, date);
        stk_buffer_printf(out, "Net zero: none (withdrawn, %s: %s)\n", date, none->document);
    }
    for (int i = 0; i < count; i++) {
        const stk_net_zero_event *event = aims[i].event;
        if (i + 1 < count && aims[i + 1].year == aims[i].year) {
            continue; /* a stronger standing says the same */
        }
        stk_buffer_printf(out, "Net zero: %d (%s, ", aims[i].year,
                          stk_net_zero_name(aims[i].standing));
        if (event == NULL) {
            stk_buffer_text(out, "as it stood when the data was compiled)\n");
        } else {
            stk_date_format(event->date, date);
            stk_buffer_printf(out, "%s: %s)\n", date, event->document);
        }
    }
}

static json_t *aim_as_json(const stk_net_zero_aim *aim)
{
    const stk_net_zero_event *event = aim->event;
    if (event == NULL) {
        return json_pack("{s:i, s:s, s:n, s:n, s:n, s:n, s:n}", "year", aim->year, "standing",
                         stk_net_zero_name(aim->standing), "date", "document", "scope",
                         "confidence", "source_url");
    }
    return json_pack("{s:i, s:s, s:s, s:s, s:s, s:s, s:s}", "year", aim->year, "standing",
                     stk_net_zero_name(aim->standing), "date", STK_DATE_TEXT(event->date),
                     "document", event->document, "scope", stk_net_zero_scope_name(event->scope),
                     "confidence", event->confidence, "source_url", event->source_url);
}

/* The aims as a JSON list; NULL when there is no memory. */
static json_t *net_zero_json(const stk_pledges *pledges, const char *iso3, stk_as_of as_of)
{
    stk_net_zero_aim aims[AIMS_MAX];
    int count = aims_on_date(pledges, iso3, as_of, aims);
    json_t *list = json_array();
    for (int i = 0; i < count; i++) {
        document_push(&list, aim_as_json(&aims[i]));
    }
    return list;
}

static void write_checks(const stk_national *n, stk_buffer *out)
{
    stk_buffer levels = {0};
    stk_report_party_checks(n, &levels);
    const char *named = stk_buffer_pass(out, &levels);
    if (named[0] != '\0') {
        stk_buffer_printf(out, "Looks wrong: the target for %s\n", named);
    }
    stk_buffer_free(&levels);
}

/* ---- text ---- */

enum { COLUMNS_USUAL = 80, COLUMNS_MAX = 120 };

static stk_status write_text(query *q, const stk_data *data, const stk_world *world,
                             const query_area *area, const stk_profile *profile,
                             const stk_table *documents, stk_error *error)
{
    stk_buffer *out = &q->out;
    int columns = q->columns == 0            ? COLUMNS_USUAL
                  : q->columns < COLUMNS_MAX ? q->columns
                                             : COLUMNS_MAX;
    const stk_national *n = &area->path.national;
    const stk_options *model = stk_world_options(world);
    profile_write(area, profile, query_gwp_label(data, model->gwp), out);
    write_net_zero(data->pledges, n->actor.iso3, model->as_of, out);
    if (n->actor.suspended) {
        stk_buffer_text(out, "Outside the Agreement on this date: targets are suspended\n");
    }
    write_checks(n, out);
    stk_buffer_text(out, "\n");
    stk_report_chart(n, stk_baseline_history_last(data->baseline), columns, out);
    if (!stk_table_is_empty(documents)) {
        stk_buffer_text(out, "\nDocuments, and what each meant on its day:\n\n");
        return stk_table_write(documents, STK_FORMAT_TEXT, out, error);
    }
    if (area->path.is_actor) {
        stk_buffer_text(out, "\nNo document.\n");
    } else {
        stk_buffer_printf(out, "\nThe targets of its members: stocktake targets --area '%s'\n",
                          area->set.code);
    }
    return STK_OK;
}

/* ---- JSON: both tables and the description ---- */

static stk_status write_json(query *q, const stk_data *data, const stk_world *world,
                             const query_area *area, const stk_profile *profile,
                             const stk_table *documents, const stk_table *path, stk_error *error)
{
    const stk_national *n = &area->path.national;
    const stk_options *model = stk_world_options(world);
    json_t *document = query_document(q, "country");
    json_t *facts = json_pack(
        "{s:s, s:s, s:s, s:o, s:s, s:b, s:i, s:o, s:o}", "iso3", n->actor.iso3, "name",
        n->actor.name, "kind", stk_area_path_kind(&area->path, &area->set), "note",
        area->path.note[0] != '\0' ? document_text(area->path.note) : json_null(), "gwp",
        query_gwp_label(data, model->gwp), "suspended", n->actor.suspended, "net_zero_year",
        stk_pledges_net_zero(data->pledges, n->actor.iso3, model->as_of, STK_NET_ZERO_PROPOSED),
        "net_zero", net_zero_json(data->pledges, n->actor.iso3, model->as_of), "profile",
        profile_json(profile));
    document_add(document, facts);
    document_add_table(document, "documents", documents);
    document_add_table(document, "pathway", path);
    return document_write(document, &q->out, error);
}

/* Text and JSON: everything there is. */
static stk_status write_sheet(query *q, const stk_data *data, const stk_world *world,
                              const query_area *area, const stk_table *path, stk_error *error)
{
    stk_profile profile;
    stk_table *documents =
        stk_table_new(document_columns, sizeof document_columns / sizeof *document_columns);
    stk_status status = make_document_table(q, data, stk_world_options(world),
                                            area->path.national.actor.iso3, documents, error);
    if (status == STK_OK) {
        status = stk_profile_make(data, world, &area->set, &area->path, &profile, error);
    }
    if (status == STK_OK) {
        status = stk_profile_rate(data, world, &area->path, &profile, error);
    }
    if (status == STK_OK && query_format(q) == QUERY_JSON) {
        status = write_json(q, data, world, area, &profile, documents, path, error);
    } else if (status == STK_OK) {
        status = write_text(q, data, world, area, &profile, documents, error);
        query_tell_known_until(q);
    }
    stk_table_free(documents);
    return status;
}

static stk_status answer(query *q, const stk_data *data, const stk_world *world,
                         const query_area *area, stk_error *error)
{
    bool csv = query_format(q) == QUERY_CSV;
    stk_table *path = make_path_table(area, stk_baseline_history_last(data->baseline), csv);
    if (csv) {
        return query_write_rows(q, NULL, path, NULL, NULL, NULL, error);
    }
    stk_status status = write_sheet(q, data, world, area, path, error);
    stk_table_free(path);
    return status;
}

static stk_status answer_query(query *q, stk_error *error)
{
    const stk_data *data;
    stk_world *world = NULL;
    query_area *area = query_alloc(q, sizeof *area);
    stk_status status;
    STK_TRY(stk_allocated(area, error));
    STK_TRY(query_world(q, &data, &world, error));
    if (q->operand_count == 0) {
        STK_FAIL(country_list(q, data, world, error));
    }
    STK_TRY(query_find_area(data, world, q->operands[0], area, error));
    STK_TRY(answer(q, data, world, area, error));
done:
    stk_world_free(world);
    return status;
}

const question question_country = {
    .name = "country",
    .operands = "[AREA]",
    .operands_min = 0,
    .operands_max = 1,
    .summary = "one country or group: emissions, every pledge and what it meant, pathway, rank",
    .description =
        "A country by its name in English, French, Spanish or German or by its code, a group (G20, "
        "LDC, AOSIS) or a list (BRA,IND): emissions by head and by GDP, rank and share, what "
        "changed since 1990, 2005, 2010 and the year before, what 1.5 \302\260C would ask at an "
        "equal cut or by head, and what readings of equity leave it; a chart; and a table of every "
        "document that the Party ever submitted, "
        "with the level that it meant on its day. Members of the European Union are shown as EUU, "
        "whose document speaks for them.\n\n"
        "CSV is the pathway 1990-2100 under all conditions and ambitions; JSON holds "
        "everything.\n\n"
        "Without an area: everything that the world is the sum of and the members of the European "
        "Union, a row each, with emissions, rank, population and GDP of the last year of data.",
    .examples = "  stocktake country brazil\n"
                "  stocktake country USA --as-of 2021-04-22 --gwp AR4 --format csv\n"
                "  stocktake country LDC\n"
                "  stocktake country --format csv\n",
    .option_groups = OPTION_GROUPS(OPTIONS_MODEL, options_common),
    .answer = answer_query};
