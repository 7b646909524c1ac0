/** @file query_write.c
 * @brief Answers as tables and data sets in the format asked for.
 */
#include "question/query.h"

#include <stdarg.h>
#include <stdlib.h>

void query_say(query *q, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (query_format(q) == QUERY_TEXT) {
        stk_buffer_print_list(&q->out, format, arguments);
    }
    va_end(arguments);
}

stk_status query_write_rows(query *q, const char *name, stk_table *table, json_t *facts,
                            const char *preface, const char *notes, stk_error *error)
{
    stk_status status;
    int format = query_format(q);
    if (q->supposed.count > 0) {
        stk_table_mark(table, "what_if", query_supposed(q));
    }
    if (q->keep_table) {
        json_decref(facts);
        q->table = table;
        return stk_table_failed(table) ? stk_error_memory(error) : STK_OK;
    }
    bool text = format == QUERY_TEXT;
    stk_buffer_text(&q->out, text && preface != NULL ? preface : "");
    if (format == QUERY_JSON) {
        json_t *document = query_document(q, name != NULL ? name : q->question->name);
        document_add(document, facts);
        facts = NULL;
        document_add_table(document, "rows", table);
        status = document_write(document, &q->out, error);
    } else {
        status = stk_table_write(table, (stk_format)format, &q->out, error);
    }
    stk_buffer_text(&q->out, text && notes != NULL ? notes : "");
    if (text) {
        query_tell_known_until(q);
    }
    stk_table_free(table);
    json_decref(facts);
    return status;
}

bool query_is_series(const query *q)
{
    return query_format(q) >= QUERY_IAMC;
}

static stk_status write_iamc(query *q, const dataset *d, stk_error *error)
{
    stk_iamc *table = NULL;
    char *text;
    size_t size;
    stk_status status;
    STK_TRY(dataset_iamc(d, &table, error));
    STK_TRY(stk_iamc_write(table, &text, &size, error));
    stk_buffer_append(&q->out, (stk_text){text, size});
    free(text);
done:
    stk_iamc_free(table);
    return status;
}

static stk_status write_netcdf(query *q, dataset *d, stk_error *error)
{
    stk_buffer line = {0};
    stk_origin origin;
    query_origin_open(q, q->question->name, &origin, &line);
    d->attributes = d->attributes == NULL ? json_object() : d->attributes;
    query_origin_facts(q, &d->attributes, true);
    if (d->what_if != NULL) {
        document_set(&d->attributes, "what_if", document_text(d->what_if));
    }
    stk_status status = stk_buffer_status(&line, error);
    if (d->attributes == NULL || origin.options == NULL || origin.inputs == NULL) {
        status = stk_error_memory(error);
    }
    status = status != STK_OK ? status : dataset_netcdf(d, &origin, &q->out, error);
    query_origin_close(&origin, &line);
    return status;
}

stk_status query_write_series(query *q, dataset *d, stk_error *error)
{
    dataset_date_scenarios(d, q->notes.as_of);
    if (q->supposed.count > 0) {
        d->what_if = query_supposed(q);
    }
    return query_format(q) == QUERY_NETCDF ? write_netcdf(q, d, error) : write_iamc(q, d, error);
}
