/** @file document.c
 * @brief JSON in the browser: refused, in the place of base/document.c.
 */
#include "base/document.h"

const char *document_unit(const char *name)
{
    (void)name;
    return NULL;
}

json_t *document_new(const stk_origin *origin)
{
    (void)origin;
    return json_nothing();
}

json_t *document_text(const char *text)
{
    (void)text;
    return json_nothing();
}

json_t *document_slice(const char *text, size_t size)
{
    (void)text, (void)size;
    return json_nothing();
}

json_t *document_number(double value)
{
    (void)value;
    return json_nothing();
}

json_t *document_integer(double value)
{
    (void)value;
    return json_nothing();
}

void document_push(json_t **list, json_t *value)
{
    (void)list, (void)value;
}

void document_set(json_t **object, const char *name, json_t *value)
{
    (void)object, (void)name, (void)value;
}

stk_status document_dump(json_t *value, size_t flags, stk_buffer *out, stk_error *error)
{
    (void)value, (void)flags, (void)out;
    return stk_error_set(error, STK_ENOTFOUND, "a page writes no JSON");
}

void document_add(json_t *document, json_t *members)
{
    (void)document, (void)members;
}

void document_add_table(json_t *document, const char *name, const stk_table *table)
{
    (void)document, (void)name, (void)table;
}

stk_status document_write(json_t *document, stk_buffer *out, stk_error *error)
{
    return document_dump(document, 0, out, error);
}
