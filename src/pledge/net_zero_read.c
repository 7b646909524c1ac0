/** @file net_zero_read.c
 * @brief Reading `pledges/net_zero.csv`: the history of every Party's net-zero aim.
 */
#include <stdlib.h>
#include <string.h>

#include "base/try.h"
#include "pledge/pledges_impl.h"

enum { YEAR_MAX = 2100, EVENTS_MAX = 4096 };

#define NET_ZERO_COLUMNS(X)                                                                        \
    X(iso3)                                                                                        \
    X(date)                                                                                        \
    X(year)                                                                                        \
    X(standing)                                                                                    \
    X(scope)                                                                                       \
    X(document)                                                                                    \
    X(source_url)                                                                                  \
    X(source_dataset)                                                                              \
    X(confidence)                                                                                  \
    X(notes)

enum {
#define NET_ZERO_ENUM(name) COLUMN_##name,
    NET_ZERO_COLUMNS(NET_ZERO_ENUM)
#undef NET_ZERO_ENUM
        COLUMN_COUNT
};

static const char *const column_names[COLUMN_COUNT] = {
#define NET_ZERO_NAME(name) #name,
    NET_ZERO_COLUMNS(NET_ZERO_NAME)
#undef NET_ZERO_NAME
};

/* The events that were read. */
typedef struct event_list {
    stk_net_zero_event *items;
    size_t count;
    size_t capacity;
} event_list;

typedef struct reader {
    stk_csv csv;
    int columns[COLUMN_COUNT];
    const stk_inventory *inventory;
    stk_arena *arena;
} reader;

static stk_text field(const reader *r, int column)
{
    return stk_csv_field(&r->csv, r->columns[column]);
}

static stk_status keep(const reader *r, int column, const char **text, stk_error *error)
{
    *text = stk_arena_string(r->arena, field(r, column));
    return stk_allocated(*text, error);
}

static stk_status read_party(const reader *r, stk_net_zero_event *event, stk_error *error)
{
    stk_text iso3 = field(r, COLUMN_iso3);
    bool code = iso3.size == 3;
    for (size_t i = 0; i < iso3.size; i++) {
        code = code && iso3.data[i] >= 'A' && iso3.data[i] <= 'Z';
    }
    bool known = stk_text_equal(iso3, "EUU") || r->inventory == NULL ||
                 (code && stk_inventory_find(r->inventory, iso3) >= 0);
    if (!code || !known) {
        return stk_csv_refuse(&r->csv, r->columns[COLUMN_iso3], error,
                              "the code of a country in countries.csv, or EUU");
    }
    return keep(r, COLUMN_iso3, &event->iso3, error);
}

static stk_status read_standing(const reader *r, stk_net_zero_event *event, stk_error *error)
{
    int standing =
        stk_text_choice(field(r, COLUMN_standing), "withdrawn|proposed|pledge|policy|law");
    int scope = stk_text_choice(field(r, COLUMN_scope), "unknown|ghg|co2");
    if (standing < 0) {
        return stk_csv_refuse(&r->csv, r->columns[COLUMN_standing], error,
                              "proposed, pledge, policy, law or withdrawn");
    }
    if (scope < 0) {
        return stk_csv_refuse(&r->csv, r->columns[COLUMN_scope], error, "ghg, co2 or unknown");
    }
    event->standing = (stk_net_zero)standing;
    event->scope = (stk_net_zero_scope)scope;
    return STK_OK;
}

static stk_status read_years(const reader *r, stk_net_zero_event *event, stk_error *error)
{
    long year = 0;
    stk_text text = field(r, COLUMN_year);
    if (!stk_date_parse(field(r, COLUMN_date), &event->date)) {
        return stk_csv_refuse(&r->csv, r->columns[COLUMN_date], error, "a date as 2021-06-30");
    }
    if (event->standing == STK_NET_ZERO_NONE) {
        return text.size == 0 ? STK_OK
                              : stk_csv_refuse(&r->csv, r->columns[COLUMN_year], error,
                                               "nothing, where the aim is withdrawn");
    }
    if (!stk_text_integer(text, &year) || year < stk_date_year(event->date) || year > YEAR_MAX) {
        return stk_csv_refuse(&r->csv, r->columns[COLUMN_year], error,
                              "a year from that of the date (%d) to %d", stk_date_year(event->date),
                              YEAR_MAX);
    }
    event->year = (int)year;
    return STK_OK;
}

static bool is_address(stk_text text)
{
    static const char *const schemes[] = {"https://", "http://"};
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c <= ' ' || c == '"' || c == '<' || c == '>') {
            return false;
        }
    }
    for (int i = 0; i < 2; i++) {
        size_t size = strlen(schemes[i]);
        if (text.size > size && memcmp(text.data, schemes[i], size) == 0) {
            return true;
        }
    }
    return false;
}

static stk_status read_source(const reader *r, stk_net_zero_event *event, stk_error *error)
{
    stk_text url = field(r, COLUMN_source_url);
    if (field(r, COLUMN_document).size == 0) {
        return stk_csv_refuse(&r->csv, r->columns[COLUMN_document], error,
                              "what the aim is stated in");
    }
    if (stk_text_choice(field(r, COLUMN_confidence), "A|A*|B|S|C|R") < 0) {
        return stk_csv_refuse(&r->csv, r->columns[COLUMN_confidence], error, "A, A*, B, S, C or R");
    }
    if (url.size > 0 && !is_address(url)) {
        return stk_csv_refuse(&r->csv, r->columns[COLUMN_source_url], error,
                              "an address that starts with https:// or http://, or nothing");
    }
    if (url.size == 0 && !stk_text_equal(field(r, COLUMN_confidence), "C")) {
        return stk_csv_refuse(&r->csv, r->columns[COLUMN_source_url], error,
                              "an address, where the confidence is not C");
    }
    const char **texts[] = {&event->document, &event->source_url, &event->source_dataset,
                            &event->confidence, &event->notes};
    stk_status status = STK_OK;
    for (int i = 0; i < 5 && status == STK_OK; i++) {
        status = keep(r, COLUMN_document + i, texts[i], error);
    }
    return status;
}

/* The same standing twice on one day would leave open which year counts. */
static stk_status check_single(const reader *r, const event_list *list,
                               const stk_net_zero_event *event, stk_error *error)
{
    for (size_t i = 0; i < list->count; i++) {
        const stk_net_zero_event *other = &list->items[i];
        if (other->date == event->date && other->standing == event->standing &&
            strcmp(other->iso3, event->iso3) == 0) {
            return stk_csv_refuse(&r->csv, r->columns[COLUMN_standing], error,
                                  "each standing of a Party once on a day (%s has it in line %ld)",
                                  event->iso3, other->line);
        }
    }
    return STK_OK;
}

static stk_status add(const reader *r, event_list *list, const stk_net_zero_event *event,
                      stk_error *error)
{
    if (list->count == EVENTS_MAX) {
        return stk_error_at(error, STK_EDATA, event->file, r->csv.line, 0,
                            "too many events; allowed: %d", EVENTS_MAX);
    }
    if (!STK_GROW(list->items, list->count + 1, list->capacity)) {
        return stk_error_memory(error);
    }
    list->items[list->count++] = *event;
    return STK_OK;
}

static stk_status read_row(const reader *r, event_list *list, stk_error *error)
{
    stk_net_zero_event event = {.file = r->csv.source.name, .line = r->csv.line};
    stk_status status;
    STK_TRY(read_party(r, &event, error));
    STK_TRY(read_standing(r, &event, error));
    STK_TRY(read_years(r, &event, error));
    STK_TRY(read_source(r, &event, error));
    STK_TRY(check_single(r, list, &event, error));
    STK_TRY(add(r, list, &event, error));
done:
    return status;
}

static stk_status open_table(reader *r, stk_source source, stk_error *error)
{
    stk_status status = stk_csv_open(&r->csv, source, r->arena, error);
    for (int i = 0; i < COLUMN_COUNT && status == STK_OK; i++) {
        status = stk_csv_require(&r->csv, column_names[i], &r->columns[i], error);
    }
    return status;
}

/* Read all rows; every refused one goes to `problems`, and any of them refuses the whole. */
static stk_status read_table(reader *r, stk_source source, event_list *list, stk_problems *problems,
                             stk_error *error)
{
    stk_error problem;
    bool more = true;
    stk_status result = STK_OK;
    stk_status status = open_table(r, source, &problem);
    while (status == STK_OK && more) {
        status = stk_csv_next(&r->csv, &more, &problem);
        stk_status row = status == STK_OK && more ? read_row(r, list, &problem) : STK_OK;
        if (row == STK_EMEM) {
            status = row;
        } else if (row != STK_OK) {
            pledges_report(row, &problem, problems, &result, error);
        }
    }
    if (status != STK_OK) { /* the table itself: nothing after it can be read */
        pledges_report(status, &problem, problems, &result, error);
    }
    return result;
}

/* Of one day, the row that stands later in the file is the newer one. */
int pledges_compare_events(const void *a, const void *b)
{
    const stk_net_zero_event *x = a;
    const stk_net_zero_event *y = b;
    int order = strcmp(x->iso3, y->iso3);
    if (order == 0) {
        order = (x->date > y->date) - (x->date < y->date);
    }
    return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

stk_status stk_pledges_read_net_zero(stk_pledges *pledges, const char *name, stk_text content,
                                     const stk_inventory *inventory, stk_problems *problems,
                                     stk_error *error)
{
    reader r = {.inventory = inventory, .arena = &pledges->arena};
    event_list list = {0};
    stk_source source = {stk_arena_string(&pledges->arena, stk_text_of(name)), content};
    if (source.name == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = read_table(&r, source, &list, problems, error);
    if (status != STK_OK) {
        free(list.items);
        return status;
    }
    if (list.count > 0) {
        qsort(list.items, list.count, sizeof *list.items, pledges_compare_events);
    }
    free(pledges->net_zero.own);
    pledges->net_zero = (net_zero_list){list.items, list.count, list.items};
    return STK_OK;
}
