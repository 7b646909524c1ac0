/** @file yaml.c
 * @brief Strict reading of YAML, on the document interface of libyaml.
 */
#include "base/yaml.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/try.h"

stk_status stk_yaml_fail(const stk_yaml *yaml, const yaml_node_t *node, stk_error *error,
                         const char *message)
{
    return stk_error_at(error, STK_EFORMAT, yaml->source.name, (long)node->start_mark.line + 1,
                        (long)node->start_mark.column + 1, "%s", message);
}

/* What libyaml has no words for is memory that is not there; its error may say so or nothing. */
static stk_status refuse_syntax(const stk_yaml *yaml, const yaml_parser_t *parser, stk_error *error)
{
    return parser->problem == NULL ? stk_error_memory(error)
                                   : stk_error_at(error, STK_EFORMAT, yaml->source.name,
                                                  (long)parser->problem_mark.line + 1,
                                                  (long)parser->problem_mark.column + 1,
                                                  "not valid YAML: %s", parser->problem);
}

/* ---- what is refused before it costs anything ---- */

enum { NESTING_MAX = 20, BYTES_MAX = 8 << 20 };

/* Anchors and aliases make gigabytes of a small file, deep nesting takes the parser minutes. */
static stk_status check_event(const stk_yaml *yaml, const yaml_event_t *event, int *depth,
                              stk_error *error)
{
    const yaml_char_t *anchor =
        event->type == YAML_SCALAR_EVENT           ? event->data.scalar.anchor
        : event->type == YAML_SEQUENCE_START_EVENT ? event->data.sequence_start.anchor
        : event->type == YAML_MAPPING_START_EVENT  ? event->data.mapping_start.anchor
                                                   : NULL;
    *depth += event->type == YAML_SEQUENCE_START_EVENT || event->type == YAML_MAPPING_START_EVENT;
    *depth -= event->type == YAML_SEQUENCE_END_EVENT || event->type == YAML_MAPPING_END_EVENT;
    const char *why = event->type == YAML_ALIAS_EVENT || anchor != NULL
                          ? "anchors and aliases are refused; write the value where it belongs"
                      : *depth > NESTING_MAX ? "nested more than 20 deep"
                                             : NULL;
    return why == NULL ? STK_OK
                       : stk_error_at(error, STK_EFORMAT, yaml->source.name,
                                      (long)event->start_mark.line + 1,
                                      (long)event->start_mark.column + 1, "%s", why);
}

static stk_status check_events(const stk_yaml *yaml, stk_error *error)
{
    yaml_parser_t parser;
    yaml_event_t event;
    int depth = 0;
    stk_text content = yaml->source.content;
    if (content.size > BYTES_MAX) {
        return stk_error_at(error, STK_EFORMAT, yaml->source.name, 0, 0, "larger than 8 MiB");
    }
    if (!yaml_parser_initialize(&parser)) {
        return stk_error_memory(error);
    }
    stk_status status = STK_OK;
    yaml_parser_set_input_string(&parser, (const unsigned char *)content.data, content.size);
    for (bool more = true; more && status == STK_OK;) {
        if (!yaml_parser_parse(&parser, &event)) {
            status = refuse_syntax(yaml, &parser, error);
            break;
        }
        status = check_event(yaml, &event, &depth, error);
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return status;
}

static stk_status load(stk_yaml *yaml, yaml_parser_t *parser, yaml_document_t *document,
                       stk_error *error)
{
    if (yaml_parser_load(parser, document)) {
        return STK_OK;
    }
    memset(document, 0, sizeof *document);
    return refuse_syntax(yaml, parser, error);
}

/* A second document of the stream would be lost without a word. */
static stk_status check_end(stk_yaml *yaml, yaml_parser_t *parser, stk_error *error)
{
    yaml_document_t second;
    stk_status status = load(yaml, parser, &second, error);
    const yaml_node_t *root = status != STK_OK ? NULL : yaml_document_get_root_node(&second);
    if (root != NULL) {
        status = stk_yaml_fail(yaml, root, error, "only one YAML document is allowed in a file");
    }
    yaml_document_delete(&second);
    return status;
}

stk_status stk_yaml_open(stk_yaml *yaml, stk_source source, stk_arena *arena, stk_error *error)
{
    yaml_parser_t parser;
    *yaml = (stk_yaml){.source = source, .arena = arena};
    stk_status status = stk_source_check_encoding(&source, 1, error);
    status = status != STK_OK ? status : check_events(yaml, error);
    if (status != STK_OK) {
        return status;
    }
    if (!yaml_parser_initialize(&parser)) {
        return stk_error_memory(error);
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)source.content.data,
                                 source.content.size);
    STK_TRY(load(yaml, &parser, &yaml->document, error));
    if (stk_yaml_root(yaml) == NULL) {
        STK_FAIL(stk_error_at(error, STK_EFORMAT, source.name, 1, 1, "the file is empty"));
    }
    STK_TRY(check_end(yaml, &parser, error));
done:
    yaml_parser_delete(&parser);
    return status;
}

void stk_yaml_close(stk_yaml *yaml)
{
    yaml_document_delete(&yaml->document);
}

yaml_node_t *stk_yaml_root(stk_yaml *yaml)
{
    return yaml_document_get_root_node(&yaml->document);
}

static const char *describe(const yaml_node_t *node)
{
    return node->type == YAML_MAPPING_NODE    ? "a mapping"
           : node->type == YAML_SEQUENCE_NODE ? "a list"
                                              : (const char *)node->data.scalar.value;
}

stk_status stk_yaml_refuse(stk_yaml *yaml, yaml_node_t *node, stk_error *error, const char *allowed,
                           ...)
{
    char text[256];
    va_list arguments;
    va_start(arguments, allowed);
    stk_print_list(text, sizeof text, allowed, arguments);
    va_end(arguments);
    return stk_error_at(error, STK_EDATA, yaml->source.name, (long)node->start_mark.line + 1,
                        (long)node->start_mark.column + 1, "'%s' is refused; allowed: %s",
                        STK_CUT(describe(node), 80), text);
}

stk_status stk_yaml_pairs(stk_yaml *yaml, yaml_node_t *node, yaml_node_pair_t **pairs,
                          size_t *count, stk_error *error)
{
    if (node->type != YAML_MAPPING_NODE) {
        return stk_yaml_refuse(yaml, node, error, "a mapping of keys to values");
    }
    *pairs = node->data.mapping.pairs.start;
    *count = (size_t)(node->data.mapping.pairs.top - node->data.mapping.pairs.start);
    return STK_OK;
}

static yaml_node_t *node_at(stk_yaml *yaml, int index)
{
    return yaml_document_get_node(&yaml->document, index);
}

yaml_node_t *stk_yaml_at(stk_yaml *yaml, yaml_node_t *mapping, const char *key)
{
    yaml_node_pair_t *pairs = NULL;
    size_t count = 0;
    if (stk_yaml_pairs(yaml, mapping, &pairs, &count, NULL) == STK_OK) {
        for (size_t i = 0; i < count; i++) {
            yaml_node_t *name = node_at(yaml, pairs[i].key);
            if (name->type == YAML_SCALAR_NODE && strcmp(describe(name), key) == 0) {
                return node_at(yaml, pairs[i].value);
            }
        }
    }
    return mapping;
}

stk_status stk_yaml_text(stk_yaml *yaml, yaml_node_t *node, const char **text, stk_error *error)
{
    if (node->type != YAML_SCALAR_NODE || node->data.scalar.length == 0 ||
        strlen((const char *)node->data.scalar.value) != node->data.scalar.length) {
        return stk_yaml_refuse(yaml, node, error, "a text");
    }
    *text = stk_arena_string(
        yaml->arena, (stk_text){(const char *)node->data.scalar.value, node->data.scalar.length});
    return stk_allocated(*text, error);
}

stk_status stk_yaml_number(stk_yaml *yaml, yaml_node_t *node, double *number, stk_error *error)
{
    if (node->type != YAML_SCALAR_NODE ||
        !stk_text_number(
            (stk_text){(const char *)node->data.scalar.value, node->data.scalar.length}, number)) {
        return stk_yaml_refuse(yaml, node, error, "a number");
    }
    return STK_OK;
}

static stk_status read_number(stk_yaml *yaml, yaml_node_t *node, const stk_yaml_field *field,
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

static stk_status read_integer(stk_yaml *yaml, yaml_node_t *node, const stk_yaml_field *field,
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

static stk_status read_boolean(stk_yaml *yaml, yaml_node_t *node, bool *boolean, stk_error *error)
{
    const char *text = node->type == YAML_SCALAR_NODE ? describe(node) : "";
    if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0) {
        return stk_yaml_refuse(yaml, node, error, "true or false");
    }
    *boolean = text[0] == 't';
    return STK_OK;
}

static stk_status read_list(stk_yaml *yaml, yaml_node_t *node, stk_yaml_list *list,
                            stk_error *error)
{
    if (node->type != YAML_SEQUENCE_NODE) {
        return stk_yaml_refuse(yaml, node, error, "a list");
    }
    const yaml_node_item_t *start = node->data.sequence.items.start;
    list->count = (size_t)(node->data.sequence.items.top - start);
    list->items = stk_arena_alloc(yaml->arena, list->count, sizeof(yaml_node_t *));
    if (list->items == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < list->count; i++) {
        list->items[i] = node_at(yaml, start[i]);
    }
    return STK_OK;
}

static stk_status read_numbers(stk_yaml *yaml, yaml_node_t *node, const stk_yaml_field *field,
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

static stk_status read_texts(stk_yaml *yaml, yaml_node_t *node, stk_yaml_texts *texts,
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

static stk_status read_field(stk_yaml *yaml, yaml_node_t *node, const stk_yaml_field *field,
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
    *(yaml_node_t **)member = node;
    return STK_OK;
}

static stk_status unknown_key(stk_yaml *yaml, yaml_node_t *key, const stk_yaml_field *fields,
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

stk_status stk_yaml_read(stk_yaml *yaml, yaml_node_t *node, const stk_yaml_field *fields,
                         size_t count, void *structure, stk_error *error)
{
    yaml_node_pair_t *pairs = NULL;
    size_t pair_count = 0;
    uint64_t seen = 0; /* no structure has more than 64 members */
    stk_status status = stk_yaml_pairs(yaml, node, &pairs, &pair_count, error);
    for (size_t p = 0; status == STK_OK && p < pair_count; p++) {
        yaml_node_t *key = node_at(yaml, pairs[p].key);
        const char *name = key->type == YAML_SCALAR_NODE ? describe(key) : "";
        size_t i = 0;
        while (i < count && strcmp(fields[i].key, name) != 0) {
            i++;
        }
        if (i == count) {
            return unknown_key(yaml, key, fields, count, error);
        }
        if ((seen >> i & 1) != 0) {
            return stk_yaml_refuse(yaml, key, error, "each key once");
        }
        seen |= UINT64_C(1) << i;
        status = read_field(yaml, node_at(yaml, pairs[p].value), &fields[i], structure, error);
    }
    for (size_t i = 0; status == STK_OK && i < count; i++) {
        if (fields[i].required && (seen >> i & 1) == 0) {
            return stk_error_at(error, STK_EDATA, yaml->source.name,
                                (long)node->start_mark.line + 1, (long)node->start_mark.column + 1,
                                "the key '%s' is missing", fields[i].key);
        }
    }
    return status;
}
