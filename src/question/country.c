/** @file country.c
 * @brief `stocktake country`: one area or group: what it emits and pledged, what that means, a
 * chart.
 */
#include "question/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

/* ---- net zero: the aim at each standing, weakest first ---- */

int country_aims(const stk_pledges *pledges, const char *iso3, stk_as_of as_of,
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

/* Whether an aim of a year that is over was reached, by the Party's own count; such an aim moves no
 * pathway. */
typedef struct past_aim {
    bool past;
    int own_year; /* 0: no count of that year or later is known */
    double own_mt;
} past_aim;

static past_aim judge(const stk_data *data, const char *iso3, stk_as_of as_of, int aim_year)
{
    past_aim found = {.past = aim_year < stk_date_year(as_of.date), .own_mt = NAN};
    stk_area area = stk_inventory_find(data->inventory, stk_text_of(iso3));
    if (found.past && area >= 0) {
        found.own_year = stk_inventory_own_net(data->inventory, area, as_of.date, &found.own_mt);
    }
    if (found.own_year < aim_year) {
        found.own_year = 0;
        found.own_mt = NAN;
    }
    return found;
}

static void write_past(const past_aim *aim, stk_buffer *out)
{
    if (!aim->past) {
        return;
    }
    if (aim->own_year == 0) {
        stk_buffer_text(out, ", past; no count of its own since is known here");
    } else {
        stk_buffer_printf(out, ", past; %sreached by its own inventory of %d: ",
                          aim->own_mt <= 0 ? "" : "not ", aim->own_year);
        stk_buffer_decimal(out, aim->own_mt, 1);
        stk_buffer_text(out, " Mt with land use");
    }
}

static void write_net_zero(const stk_data *data, const char *iso3, const stk_options *model,
                           stk_buffer *out)
{
    bool ahead = false;
    stk_as_of as_of = model->as_of;
    char date[STK_DATE_SIZE];
    stk_net_zero_aim aims[AIMS_MAX];
    const stk_pledges *pledges = data->pledges;
    int count = country_aims(pledges, iso3, as_of, aims);
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
        past_aim past = judge(data, iso3, as_of, aims[i].year);
        ahead = ahead || !past.past;
        stk_buffer_printf(out, "Net zero: %d", aims[i].year);
        write_past(&past, out);
        stk_buffer_printf(out, " (%s, ", stk_net_zero_name(aims[i].standing));
        if (event == NULL) {
            stk_buffer_text(out, "as it stood when the data was compiled)\n");
        } else {
            stk_date_format(event->date, date);
            stk_buffer_printf(out, "%s: %s)\n", date, event->document);
        }
    }
    if (ahead && model->extension != STK_EXTEND_NET_ZERO) {
        stk_buffer_text(
            out, "  (net-zero aims are not in the pathway below; --extend net_zero counts them)\n");
    }
}

static json_t *aim_as_json(const stk_net_zero_aim *aim, const past_aim *past)
{
    const stk_net_zero_event *event = aim->event;
    json_t *json =
        event == NULL
            ? json_pack("{s:i, s:s, s:n, s:n, s:n, s:n, s:n}", "year", aim->year, "standing",
                        stk_net_zero_name(aim->standing), "date", "document", "scope", "confidence",
                        "source_url")
            : json_pack("{s:i, s:s, s:s, s:s, s:s, s:s, s:s}", "year", aim->year, "standing",
                        stk_net_zero_name(aim->standing), "date", STK_DATE_TEXT(event->date),
                        "document", event->document, "scope", stk_net_zero_scope_name(event->scope),
                        "confidence", event->confidence, "source_url", event->source_url);
    document_set(&json, "past", json_boolean(past->past));
    document_set(&json, "own_year",
                 past->own_year == 0 ? json_null() : json_integer(past->own_year));
    document_set(&json, "own_net_mt", document_number(past->own_mt));
    return json;
}

/* The aims as a JSON list; NULL when there is no memory. */
static json_t *net_zero_json(const stk_data *data, const char *iso3, stk_as_of as_of)
{
    stk_net_zero_aim aims[AIMS_MAX];
    int count = country_aims(data->pledges, iso3, as_of, aims);
    json_t *list = json_array();
    for (int i = 0; i < count; i++) {
        past_aim past = judge(data, iso3, as_of, aims[i].year);
        document_push(&list, aim_as_json(&aims[i], &past));
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
    write_net_zero(data, n->actor.iso3, model, out);
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
        "net_zero", net_zero_json(data, n->actor.iso3, model->as_of), "profile",
        profile_json(profile));
    document_add(document, facts);
    document_add_table(document, "documents", documents);
    document_add_table(document, "pathway", path);
    return document_write(document, &q->out, error);
}

/* Text and JSON: everything there is. */
static stk_status write_sheet(query *q, const stk_data *data, const stk_world *world,
                              const query_area *area, stk_error *error)
{
    stk_profile profile;
    stk_table *documents = NULL;
    stk_table *path = NULL;
    stk_status status;
    STK_TRY(country_table(q, data, world, area, COUNTRY_DOCUMENTS, &documents, error));
    STK_TRY(stk_profile_make(data, world, &area->set, &area->path, &profile, error));
    STK_TRY(stk_profile_rate(data, world, &area->path, &profile, error));
    if (query_format(q) == QUERY_JSON) {
        path = country_path_table(data, area);
        STK_TRY(write_json(q, data, world, area, &profile, documents, path, error));
    } else {
        STK_TRY(write_text(q, data, world, area, &profile, documents, error));
        query_tell_known_until(q);
    }
done:
    stk_table_free(documents);
    stk_table_free(path);
    return status;
}

/* One table, with what it is of. */
static stk_status write_table(query *q, const stk_data *data, const stk_world *world,
                              const query_area *area, stk_error *error)
{
    static const char *const names[] = {"country pathway", "country documents", "country net_zero",
                                        "country profile", "country per_head"};
    const stk_national *n = &area->path.national;
    const char *gwp = query_gwp_label(data, stk_world_options(world)->gwp);
    int which = query_choice(q, "table", COUNTRY_PATHWAY);
    stk_table *table;
    stk_status status = country_table(q, data, world, area, which, &table, error);
    if (status != STK_OK) {
        return status;
    }
    const char *note = area->path.note;
    query_say(q, "%s (%s), GWP %s\n", n->actor.name, n->actor.iso3, gwp);
    if (note[0] != '\0') {
        query_say(q, "%s\n", note);
    }
    query_say(q, "\n");
    if (note[0] != '\0' && query_format(q) == QUERY_CSV && which != COUNTRY_PATHWAY &&
        which != COUNTRY_PROFILE) {
        query_remark(q, "%s", note); /* the rows have no column for it */
    }
    return query_write_rows(
        q, names[which], table,
        json_pack("{s:s, s:s, s:o, s:s}", "iso3", n->actor.iso3, "name", n->actor.name, "note",
                  note[0] != '\0' ? document_text(note) : json_null(), "gwp", gwp),
        NULL, NULL, error);
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
        STK_FAIL(query_given(q, "table")
                     ? query_usage(q, error, "--table: the table of an area, which is not named")
                     : country_list(q, data, world, error));
    }
    STK_TRY(query_find_area(data, world, q->operands[0], area, error));
    STK_TRY((query_given(q, "table") || query_format(q) == QUERY_CSV ? write_table : write_sheet)(
        q, data, world, area, error));
done:
    stk_world_free(world);
    return status;
}

static const question_option options[] = {
    {"table", "TABLE",
     "One table of the area alone: its pathway, its documents, every step of its net-zero aim, its "
     "sheet as a row, or its pathway by head.",
     "pathway|documents|net_zero|profile|per_head", "everything; csv: pathway"},
    {NULL, NULL, NULL, NULL, NULL}};

const question question_country = {
    .name = "country",
    .operands = "[AREA]",
    .operands_min = 0,
    .operands_max = 1,
    .summary = QUESTION_HELP(
        "one country or group: emissions, every pledge and what it meant, pathway, rank"),
    .description = QUESTION_HELP(
        "A country by its name in English, French, Spanish or German or by its code, a group (G20, "
        "LDC, AOSIS) or a list (BRA,IND): emissions by head and by GDP, rank and share, what "
        "changed since 1990, 2005, 2010 and the year before, what 1.5 \302\260C would ask at an "
        "equal cut or by head, and what readings of equity leave it; a chart; and a table of every "
        "document that the Party ever submitted, "
        "with the level that it meant on its day. Members of the European Union are shown as EUU, "
        "whose document speaks for them.\n\n"
        "CSV is the pathway 1990-2100 under all conditions and ambitions, or what --table names; "
        "JSON holds everything.\n\n"
        "Without an area: everything that the world is the sum of and the members of the European "
        "Union, a row each, with emissions, rank, population and GDP of the last year of data."),
    .examples = QUESTION_HELP("  stocktake country brazil\n"
                              "  stocktake country USA --as-of 2021-04-22 --gwp AR4 --format csv\n"
                              "  stocktake country Japan --table documents --format csv\n"
                              "  stocktake country LDC\n"
                              "  stocktake country --format csv\n"),
    .option_groups = OPTION_GROUPS(options, OPTIONS_MODEL, options_common),
    .answer = answer_query};
