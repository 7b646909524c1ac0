/** @file document.h
 * @brief Where a result comes from, and the JSON documents that say so.
 *
 * Every JSON result of the program is one object that starts with the same keys (docs/formats.md);
 * docs/schema/ has a JSON Schema for each.
 */
#ifndef STK_BASE_DOCUMENT_H
#define STK_BASE_DOCUMENT_H

#include <jansson.h>

#include <stocktake/base.h>

#include "base/table.h"

/** What a figure is traced by. Nothing is owned. */
typedef struct stk_origin {
    const char *command;        /**< "gap", "data check" */
    const char *command_line;   /**< what makes the result again */
    json_t *options;            /**< object: the options that were given */
    json_t *inputs;             /**< list of the user's files: {role, file, sha256} */
    const char *edition;        /**< name of the data edition, NULL if none was read */
    const char *edition_sha256; /**< its checksum, NULL if none was read */
} stk_origin;

/** The unit of a number by the ending of its name; NULL where there is none. */
const char *document_unit(const char *name);

/** A document with the common keys, or NULL without memory. */
json_t *document_new(const stk_origin *origin);

/** A string, or null for NULL; bytes that are no UTF-8 become '?'. */
json_t *document_text(const char *text);

/** A text of `size` bytes, which is UTF-8. */
json_t *document_slice(const char *text, size_t size);

/** A number, or null if it is not finite. The only way to put one into JSON. */
json_t *document_number(double value);

/** A number of any size that is mostly a whole one, without decimals then; null if it is not
 * finite. */
json_t *document_integer(double value);

/** Append a value to a list, or set a member of an object; the value is released. Where it is NULL,
 * or there is no memory, the whole becomes NULL, and so does what it is put into: nothing is ever
 * missing from a document without its being refused. The only ways to do so. */
void document_push(json_t **list, json_t *value);
void document_set(json_t **object, const char *name, json_t *value);

/** Append a value as text; it is released.
 * @param flags  of jansson
 * @return STK_EMEM, also for NULL */
stk_status document_dump(json_t *value, size_t flags, stk_buffer *out, stk_error *error);

/** Add all members of an object, which is released; NULL is a lack of memory. `document` may be
 * NULL. */
void document_add(json_t *document, json_t *members);

/** Add a table as a list of objects. `document` may be NULL. */
void document_add_table(json_t *document, const char *name, const stk_table *table);

/** Fill in the units of all that the document holds, by the endings of names, and append it to
 * `out`.
 * @param document  is released; NULL is STK_EMEM */
stk_status document_write(json_t *document, stk_buffer *out, stk_error *error);

#endif
