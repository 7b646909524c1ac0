/** @file yaml.c
 * @brief Strict reading of YAML.
 */
#include "base/yaml.h"

#include <stdarg.h>
#include <string.h>

#include "base/try.h"

stk_status stk_yaml_fail(const stk_yaml *yaml, const stk_yaml_node *node, stk_error *error,
                         const char *message)
{
    return stk_error_at(error, STK_EFORMAT, yaml->source.name, node->line, node->column, "%s",
                        message);
}

stk_status stk_yaml_open(stk_yaml *yaml, stk_source source, stk_arena *arena, stk_error *error)
{
    *yaml = (stk_yaml){.source = source, .arena = arena};
    stk_status status = stk_source_check_encoding(&source, 1, error);
    status = status != STK_OK ? status : stk_yaml_parse(yaml, error);
    if (status == STK_OK && yaml->root == NULL) {
        status = stk_error_at(error, STK_EFORMAT, source.name, 1, 1, "the file is empty");
    }
    return status;
}

void stk_yaml_close(stk_yaml *yaml)
{
    stk_arena_free(&yaml->nodes);
}

static const char *describe(const stk_yaml_node *node)
{
    return node->kind == STK_YAML_MAPPING    ? "a mapping"
           : node->kind == STK_YAML_SEQUENCE ? "a list"
                                             : node->text.data;
}

stk_status stk_yaml_refuse(stk_yaml *yaml, stk_yaml_node *node, stk_error *error,
                           const char *allowed, ...)
{
    char text[256];
    va_list arguments;
    va_start(arguments, allowed);
    stk_print_list(text, sizeof text, allowed, arguments);
    va_end(arguments);
    return stk_error_at(error, STK_EDATA, yaml->source.name, node->line, node->column,
                        "'%s' is refused; allowed: %s", STK_CUT(describe(node), 80), text);
}

stk_status stk_yaml_keys(stk_yaml *yaml, stk_yaml_node *node, stk_yaml_node **first,
                         stk_error *error)
{
    *first = node->first;
    return node->kind == STK_YAML_MAPPING
               ? STK_OK
               : stk_yaml_refuse(yaml, node, error, "a mapping of keys to values");
}

static bool is_key(const stk_yaml_node *key, const char *name)
{
    return key->kind == STK_YAML_SCALAR && stk_text_equal(key->text, name);
}

stk_yaml_node *stk_yaml_at(stk_yaml_node *mapping, const char *key)
{
    for (stk_yaml_node *k = mapping->kind == STK_YAML_MAPPING ? mapping->first : NULL; k != NULL;
         k = k->next->next) {
        if (is_key(k, key)) {
            return k->next;
        }
    }
    return mapping;
}

stk_status stk_yaml_text(stk_yaml *yaml, stk_yaml_node *node, const char **text, stk_error *error)
{
    if (node->kind != STK_YAML_SCALAR || node->text.size == 0 ||
        strlen(node->text.data) != node->text.size) {
        return stk_yaml_refuse(yaml, node, error, "a text");
    }
    *text = stk_arena_string(yaml->arena, node->text);
    return stk_allocated(*text, error);
}

stk_status stk_yaml_number(stk_yaml *yaml, stk_yaml_node *node, double *number, stk_error *error)
{
    if (node->kind != STK_YAML_SCALAR || !stk_text_number(node->text, number)) {
        return stk_yaml_refuse(yaml, node, error, "a number");
    }
    return STK_OK;
}

static stk_status read_number(stk_yaml *yaml, stk_yaml_node *node, const stk_yaml_field *field,
                              double *number, stk_error *error)
{
    stk_status status = stk_yaml_number(yaml, node, number, error);
    bool limited = field->least != 0 || field->most != 0;
    if (status == STK_OK && limited && !(*number >= field->least && *number <= field->most)) {
        return stk_yaml_refuse(yaml, node, error, "%s from %g to %g", field->key, field->least,
                               field->most);
    }
    return status;
}

static stk_status read_integer(stk_yaml *yaml, stk_yaml_node *node, const stk_yaml_field *field,
                               int *integer, stk_error *error)
{
    double number = 0;
    stk_status status = read_number(yaml, node, field, &number, error);
    if (status != STK_OK) {
        return status;
    }
    if (!(number >= -1e9 && number <= 1e9) || number != (double)(int)number) {
        return stk_yaml_refuse(yaml, node, error, "a whole number");
    }
    *integer = (int)number;
    return STK_OK;
}

static stk_status read_boolean(stk_yaml *yaml, stk_yaml_node *node, bool *boolean, stk_error *error)
{
    const char *text = node->kind == STK_YAML_SCALAR ? describe(node) : "";
    if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0) {
        return stk_yaml_refuse(yaml, node, error, "true or false");
    }
    *boolean = text[0] == 't';
    return STK_OK;
}

static stk_status read_list(stk_yaml *yaml, stk_yaml_node *node, stk_yaml_list *list,
                            stk_error *error)
{
    if (node->kind != STK_YAML_SEQUENCE) {
        return stk_yaml_refuse(yaml, node, error, "a list");
    }
    list->count = node->count;
    list->items = stk_arena_alloc(yaml->arena, list->count, sizeof(stk_yaml_node *));
    if (list->items == NULL) {
        return stk_error_memory(error);
    }
    stk_yaml_node *item = node->first;
    for (size_t i = 0; i < list->count; i++, item = item->next) {
        list->items[i] = item;
    }
    return STK_OK;
}

static stk_status read_numbers(stk_yaml *yaml, stk_yaml_node *node, const stk_yaml_field *field,
                               stk_yaml_numbers *numbers, stk_error *error)
{
    stk_yaml_list list = {0};
    stk_status status = read_list(yaml, node, &list, error);
    numbers->count = list.count;
    numbers->items = stk_arena_alloc(yaml->arena, list.count, sizeof(double));
    if (status == STK_OK && numbers->items == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < list.count && status == STK_OK; i++) {
        status = read_number(yaml, list.items[i], field, &numbers->items[i], error);
    }
    return status;
}

static stk_status read_texts(stk_yaml *yaml, stk_yaml_node *node, stk_yaml_texts *texts,
                             stk_error *error)
{
    stk_yaml_list list = {0};
    stk_status status = read_list(yaml, node, &list, error);
    texts->count = list.count;
    texts->items = stk_arena_alloc(yaml->arena, list.count, sizeof(const char *));
    if (status == STK_OK && texts->items == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < list.count && status == STK_OK; i++) {
        status = stk_yaml_text(yaml, list.items[i], &texts->items[i], error);
    }
    return status;
}

static stk_status read_field(stk_yaml *yaml, stk_yaml_node *node, const stk_yaml_field *field,
                             void *structure, stk_error *error)
{
    void *member = (char *)structure + field->offset;
    switch (field->type) {
    case STK_YAML_TEXT:
        return stk_yaml_text(yaml, node, member, error);
    case STK_YAML_NUMBER:
        return read_number(yaml, node, field, member, error);
    case STK_YAML_INTEGER:
        return read_integer(yaml, node, field, member, error);
    case STK_YAML_BOOLEAN:
        return read_boolean(yaml, node, member, error);
    case STK_YAML_NUMBERS:
        return read_numbers(yaml, node, field, member, error);
    case STK_YAML_TEXTS:
        return read_texts(yaml, node, member, error);
    case STK_YAML_LIST:
        return read_list(yaml, node, member, error);
    case STK_YAML_NODE:
        break;
    }
    *(stk_yaml_node **)member = node;
    return STK_OK;
}

static stk_status unknown_key(stk_yaml *yaml, stk_yaml_node *key, const stk_yaml_field *fields,
                              size_t count, stk_error *error)
{
    char list[200];
    size_t size = 0;
    for (size_t i = 0; i < count && size < sizeof list; i++) {
        int written =
            stk_print(list + size, sizeof list - size, "%s%s", i > 0 ? ", " : "", fields[i].key);
        size += written > 0 ? (size_t)written : 0;
    }
    return stk_yaml_refuse(yaml, key, error, "the keys %s", list);
}

stk_status stk_yaml_read(stk_yaml *yaml, stk_yaml_node *node, const stk_yaml_field *fields,
                         size_t count, void *structure, stk_error *error)
{
    stk_yaml_node *key;
    uint64_t seen = 0; /* no structure has more than 64 members */
    stk_status status = stk_yaml_keys(yaml, node, &key, error);
    for (; status == STK_OK && key != NULL; key = key->next->next) {
        size_t i = 0;
        while (i < count && !is_key(key, fields[i].key)) {
            i++;
        }
        if (i == count) {
            return unknown_key(yaml, key, fields, count, error);
        }
        if ((seen >> i & 1) != 0) {
            return stk_yaml_refuse(yaml, key, error, "each key once");
        }
        seen |= UINT64_C(1) << i;
        status = read_field(yaml, key->next, &fields[i], structure, error);
    }
    for (size_t i = 0; status == STK_OK && i < count; i++) {
        if (fields[i].required && (seen >> i & 1) == 0) {
            return stk_error_at(error, STK_EDATA, yaml->source.name, node->line, node->column,
                                "the key '%s' is missing", fields[i].key);
        }
    }
    return status;
}
