/** @file assess_documents.c
 * @brief The documents and events that came between two dates, for a terminal.
 */
#include <stdio.h>
#include <string.h>

#include "base/table.h"
#include "report/report.h"

const char *stk_report_status(stk_step_kind kind, const char *status)
{
    switch (kind) {
    case STK_STEP_LEAVES_JOINT:
        return "leaves the joint document";
    case STK_STEP_NET_ZERO:
        return "net-zero aim";
    case STK_STEP_YEAR:
        return "year is past";
    case STK_STEP_WITHDRAWAL:
    case STK_STEP_RETURN:
    case STK_STEP_DOCUMENT:
    case STK_STEP_KINDS:
        break;
    }
    return status;
}

static void add_years(stk_table *table, const stk_arrival *d)
{
    stk_buffer text = {0};
    for (int i = 0; i < d->year_count; i++) {
        stk_buffer_printf(&text, "%s%d", i > 0 ? ", " : "", d->years[i]);
    }
    stk_table_text(table, text.size > 0 ? text.data : "-");
    stk_buffer_free(&text);
}

static const char *remark_on(const stk_arrival *d)
{
    if (d->kind != STK_STEP_DOCUMENT) {
        return "";
    }
    return !d->counts ? "does not count" : d->quantified ? "yes" : "no";
}

stk_status stk_report_documents(const stk_assessment *a, stk_buffer *buffer, stk_error *error)
{
    static const stk_column columns[] = {{"date", "Date", STK_TEXT},
                                         {"party", "Party", STK_TEXT},
                                         {"status", "", STK_TEXT},
                                         {"years", "Speaks of", STK_TEXT},
                                         {"quantified", "In numbers", STK_TEXT},
                                         {"document", "Document", STK_TEXT}};
    size_t count;
    const stk_arrival *list = stk_assessment_arrivals(a, &count);
    stk_table *table = stk_table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const stk_arrival *d = &list[i];
        stk_text title = stk_text_cut(stk_text_of(d->title), 60);
        char cut[64];
        snprintf(cut, sizeof cut, "%.*s", (int)title.size, title.data);
        stk_table_date(table, d->date);
        stk_table_texts(table, d->name, stk_report_status(d->kind, d->status));
        add_years(table, d);
        stk_table_texts(table, remark_on(d), cut);
    }
    stk_status status = stk_table_write(table, STK_FORMAT_TEXT, buffer, error);
    stk_table_free(table);
    return status;
}
