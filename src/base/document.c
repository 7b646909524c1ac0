/** @file document.c
 * @brief JSON documents that say where they come from.
 */
#include "base/document.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/base.h>

/* The unit of a number is the ending of its name; longer endings come first. */
static const struct {
    const char *ending;
    const char *unit;
} units[] = {{"cumulative_co2_gt", "Gt CO2"},
             {"_use_gt", "Gt CO2"},
             {"_budget_gt", "Gt CO2"},
             {"_co2_mt", "Mt CO2/yr"},
             {"_mt", "Mt CO2-equiv/yr"},
             {"_gt", "Gt CO2-equiv/yr"},
             {"_head_t", "t CO2-equiv/yr"},
             {"_gdp_kg", "kg CO2-equiv/international dollar"},
             {"_head_usd", "US$/yr"},
             {"usd_bn", "10^9 US$/yr"},
             {"gdp_share", "1"},
             {"population_share", "1"},
             {"co2_share", "1"},
             {"land_use_share", "1"},
             {"_pct", "%"},
             {"_k", "K"}};

const char *document_unit(const char *name)
{
    size_t size = strlen(name);
    if (strncmp(name, "p_exceed_", 9) == 0 || strcmp(name, "share_of_variance") == 0 ||
        strcmp(name, "share") == 0) {
        return "1";
    }
    if (strcmp(name, "percent") == 0) {
        return "%";
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t tail = strlen(units[i].ending);
        if (size >= tail && strcmp(name + size - tail, units[i].ending) == 0) {
            return units[i].unit;
        }
    }
    return NULL;
}

json_t *document_text(const char *text)
{
    if (text == NULL) {
        return json_null();
    }
    json_t *value = json_string(text);
    if (value != NULL) {
        return value;
    }
    char *plain = malloc(strlen(text) + 1);
    if (plain == NULL) {
        return NULL;
    }
    size_t size = 0;
    for (; text[size] != '\0'; size++) {
        plain[size] = (char)((unsigned char)text[size] < 0x80 ? text[size] : '?');
    }
    plain[size] = '\0';
    value = json_string(plain);
    free(plain);
    return value;
}

json_t *document_slice(const char *text, size_t size)
{
    return json_stringn(text, size);
}

json_t *document_number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *document_integer(double value)
{
    return fabs(value) < 0x1p53 && value == rint(value) ? json_integer((json_int_t)value)
                                                        : document_number(value);
}

/* What could not be made whole is nothing. */
static void fail_unless(bool made, json_t **whole)
{
    if (!made) {
        json_decref(*whole);
        *whole = NULL;
    }
}

void document_push(json_t **list, json_t *value)
{
    fail_unless(json_array_append_new(*list, value) == 0, list);
}

void document_set(json_t **object, const char *name, json_t *value)
{
    fail_unless(json_object_set_new(*object, name, value) == 0, object);
}

json_t *document_new(const stk_origin *origin)
{
    return json_pack("{s:s, s:s, s:s, s:o, s:O, s:O, s:o, s:o, s:{}}", "program", "stocktake",
                     "version", stk_version(), "command", origin->command, "command_line",
                     document_text(origin->command_line), "options", origin->options, "inputs",
                     origin->inputs, "edition", document_text(origin->edition), "edition_sha256",
                     document_text(origin->edition_sha256), "units");
}

void document_add(json_t *document, json_t *members)
{
    if (members == NULL || json_object_size(document) == 0 ||
        json_object_update(document, members) != 0) {
        json_object_clear(document); /* told by document_write() */
    }
    json_decref(members);
}

void document_add_table(json_t *document, const char *name, const stk_table *table)
{
    json_t *rows = stk_table_json(table);
    if (rows == NULL || json_object_size(document) == 0 ||
        json_object_set(document, name, rows) != 0) {
        json_object_clear(document); /* told by document_write() */
    }
    json_decref(rows);
}

/* Names with a unit go into `found`; those that are the user's own texts into `texts`. */
static void collect_units(const json_t *value, json_t **found, json_t **texts)
{
    const char *key;
    json_t *member;
    size_t i;
    if (json_is_array(value)) {
        json_array_foreach(value, i, member)
        {
            collect_units(member, found, texts);
        }
        return;
    }
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
    {
        const char *unit = document_unit(key);
        if (unit != NULL) {
            document_set(json_is_string(member) ? texts : found, key, json_string(unit));
        }
        collect_units(member, found, texts);
    }
}

static bool fill_units(json_t *document)
{
    json_t *units_of_all = json_object();
    json_t *texts = json_object();
    json_t *all = json_object();
    const char *key;
    json_t *unit;
    collect_units(document, &all, &texts);
    json_object_foreach(all, key, unit)
    {
        if (json_object_get(texts, key) == NULL) {
            document_set(&units_of_all, key, json_incref(unit));
        }
    }
    bool complete = json_object_set_new(document, "units", units_of_all) == 0 && all != NULL &&
                    texts != NULL; /* in this order: what is set is released */
    json_decref(all);
    json_decref(texts);
    return complete;
}

static int append(const char *text, size_t size, void *user)
{
    stk_buffer *buffer = user;
    stk_buffer_append(buffer, (stk_text){text, size});
    return buffer->failed ? -1 : 0;
}

stk_status document_dump(json_t *value, size_t flags, stk_buffer *out, stk_error *error)
{
    bool complete = value != NULL &&
                    json_dump_callback(value, append, out, flags | JSON_REAL_PRECISION(17)) == 0;
    json_decref(value);
    return complete ? stk_buffer_status(out, error) : stk_error_memory(error);
}

stk_status document_write(json_t *document, stk_buffer *out, stk_error *error)
{
    if (json_object_size(document) == 0 || !fill_units(document)) {
        json_decref(document);
        document = NULL;
    }
    stk_status status = document_dump(document, JSON_INDENT(1), out, error);
    stk_buffer_text(out, "\n");
    return status != STK_OK ? status : stk_buffer_status(out, error);
}
