/** @file yaml_parse.c
 * @brief YAML documents as nodes, by the events of libyaml.
 */
#include <yaml.h>

#include "base/try.h"
#include "base/yaml.h"

enum { BYTES_MAX = 8 << 20 };

typedef struct composer {
    stk_yaml *yaml;
    yaml_parser_t parser;
    stk_yaml_node *open[STK_YAML_NESTING_MAX]; /* lists and mappings around what comes next */
    int depth;
    int documents;
} composer;

/* What libyaml has no words for is memory that is not there; its error may say so or nothing. */
static stk_status refuse_syntax(const composer *c, stk_error *error)
{
    return c->parser.problem == NULL ? stk_error_memory(error)
                                     : stk_error_at(error, STK_EFORMAT, c->yaml->source.name,
                                                    (long)c->parser.problem_mark.line + 1,
                                                    (long)c->parser.problem_mark.column + 1,
                                                    "not valid YAML: %s", c->parser.problem);
}

static stk_status refuse_event(const composer *c, const yaml_event_t *event, const char *why,
                               stk_error *error)
{
    return stk_error_at(error, STK_EFORMAT, c->yaml->source.name, (long)event->start_mark.line + 1,
                        (long)event->start_mark.column + 1, "%s", why);
}

/* Put a node behind those of the list or mapping around it. */
static void place(composer *c, stk_yaml_node *node)
{
    if (c->depth == 0) {
        c->yaml->root = node;
        return;
    }
    stk_yaml_node *around = c->open[c->depth - 1];
    if (around->first == NULL) {
        around->first = node;
    } else {
        around->last->next = node;
        node->previous = around->last;
    }
    around->last = node;
    around->count++;
}

static stk_status add(composer *c, const yaml_event_t *event, stk_yaml_kind kind,
                      const yaml_char_t *anchor, stk_error *error)
{
    /* Anchors and aliases make gigabytes of a small file, deep nesting takes the parser minutes; a
     * second document would be lost without a word. */
    const char *why =
        c->documents > 1 ? "only one YAML document is allowed in a file"
        : anchor != NULL ? "anchors and aliases are refused; write the value where it belongs"
        : kind != STK_YAML_SCALAR && c->depth == STK_YAML_NESTING_MAX ? "nested more than 20 deep"
                                                                      : NULL;
    if (why != NULL) {
        return refuse_event(c, event, why, error);
    }
    stk_yaml_node *node = stk_arena_alloc(&c->yaml->nodes, 1, sizeof *node);
    if (node == NULL) {
        return stk_error_memory(error);
    }
    *node = (stk_yaml_node){.kind = kind,
                            .line = (long)event->start_mark.line + 1,
                            .column = (long)event->start_mark.column + 1};
    if (kind == STK_YAML_SCALAR) {
        node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        node->text.size = event->data.scalar.length;
        node->text.data =
            stk_arena_string(&c->yaml->nodes, (stk_text){(const char *)event->data.scalar.value,
                                                         event->data.scalar.length});
        if (node->text.data == NULL) {
            return stk_error_memory(error);
        }
    }
    place(c, node);
    if (kind != STK_YAML_SCALAR) {
        c->open[c->depth++] = node;
    }
    return STK_OK;
}

static stk_status take_event(composer *c, const yaml_event_t *event, stk_error *error)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        c->documents++;
        return STK_OK;
    case YAML_ALIAS_EVENT:
        return add(c, event, STK_YAML_SCALAR, event->data.alias.anchor, error);
    case YAML_SCALAR_EVENT:
        return add(c, event, STK_YAML_SCALAR, event->data.scalar.anchor, error);
    case YAML_SEQUENCE_START_EVENT:
        return add(c, event, STK_YAML_SEQUENCE, event->data.sequence_start.anchor, error);
    case YAML_MAPPING_START_EVENT:
        return add(c, event, STK_YAML_MAPPING, event->data.mapping_start.anchor, error);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        c->depth--;
        return STK_OK;
    default:
        return STK_OK;
    }
}

stk_status stk_yaml_parse(stk_yaml *yaml, stk_error *error)
{
    composer c = {.yaml = yaml};
    stk_text content = yaml->source.content;
    stk_status status = STK_OK;
    if (content.size > BYTES_MAX) {
        return stk_error_at(error, STK_EFORMAT, yaml->source.name, 0, 0, "larger than 8 MiB");
    }
    if (!yaml_parser_initialize(&c.parser)) {
        return stk_error_memory(error);
    }
    yaml_parser_set_input_string(&c.parser, (const unsigned char *)content.data, content.size);
    for (bool more = true; more && status == STK_OK;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&c.parser, &event)) {
            STK_FAIL(refuse_syntax(&c, error));
        }
        status = take_event(&c, &event, error);
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
done:
    yaml_parser_delete(&c.parser);
    return status;
}
