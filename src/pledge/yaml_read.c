/** @file yaml_read.c
 * @brief Reading a Party's YAML file into rows.
 *
 *     iso3: USA
 *     party: United States of America
 *     documents:            # newest first
 *       - submission_date: 2021-04-22
 *         status: submitted
 *         targets:
 *           - target_year: 2030
 *             kind: base_year
 *
 * libyaml parses; its nodes carry the places that messages need.
 */
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "pledge/row.h"

typedef struct reader {
    stk_source source;
    stk_arena *arena;
    yaml_document_t document;
    pledge_rows *rows;
    const pledge_party_name *expected; /* NULL: any Party */
} reader;

static stk_status fail(const reader *r, const yaml_node_t *node, stk_error *error,
                       const char *message)
{
    return stk_error_at(error, STK_EFORMAT, r->source.name, (long)node->start_mark.line + 1,
                        (long)node->start_mark.column + 1, "%s", message);
}

static stk_text scalar_text(const yaml_node_t *node)
{
    return (stk_text){(const char *)node->data.scalar.value, node->data.scalar.length};
}

/* "~", "null" and an empty plain scalar are no value. */
static bool is_null(const yaml_node_t *node)
{
    stk_text text = scalar_text(node);
    return node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           (text.size == 0 || stk_text_equal(text, "~") || stk_text_equal(text, "null"));
}

static stk_status set_field(reader *r, pledge_row *row, int field, const yaml_node_t *value,
                            stk_error *error)
{
    if (value->type != YAML_SCALAR_NODE) {
        return fail(r, value, error, "a single value is needed here, not a list or a mapping");
    }
    stk_text text = is_null(value) ? (stk_text){"", 0} : scalar_text(value);
    if (text.size > 0 && memchr(text.data, '\0', text.size) != NULL) {
        return fail(r, value, error, "a NUL character is not allowed in a value");
    }
    row->field[field].data = stk_arena_string(r->arena, text);
    row->field[field].size = text.size;
    row->place[field] =
        (pledge_place){(long)value->start_mark.line + 1, (long)value->start_mark.column + 1};
    return stk_allocated(row->field[field].data, error);
}

static bool key_repeats(const reader *r, const yaml_node_t *mapping, const yaml_node_pair_t *pair)
{
    yaml_document_t *document = (yaml_document_t *)&r->document;
    stk_text key = scalar_text(yaml_document_get_node(document, pair->key));
    for (const yaml_node_pair_t *p = mapping->data.mapping.pairs.start; p < pair; p++) {
        stk_text other = scalar_text(yaml_document_get_node(document, p->key));
        if (other.size == key.size && memcmp(other.data, key.data, key.size) == 0) {
            return true;
        }
    }
    return false;
}

/* Read the fields of one mapping into `row`, and hand back the list it may hold. */
static stk_status read_mapping(reader *r, const yaml_node_t *mapping, int level, const char *list,
                               pledge_row *row, const yaml_node_t **items, stk_error *error)
{
    *items = NULL;
    if (mapping->type != YAML_MAPPING_NODE) {
        return fail(r, mapping, error, "a mapping (key: value) is needed here");
    }
    for (const yaml_node_pair_t *pair = mapping->data.mapping.pairs.start;
         pair < mapping->data.mapping.pairs.top; pair++) {
        const yaml_node_t *key = yaml_document_get_node(&r->document, pair->key);
        const yaml_node_t *value = yaml_document_get_node(&r->document, pair->value);
        if (key == NULL || value == NULL || key->type != YAML_SCALAR_NODE) {
            return fail(r, mapping, error, "a key must be a plain word");
        }
        if (key_repeats(r, mapping, pair)) {
            return fail(r, key, error, "this key is there twice");
        }
        if (list != NULL && stk_text_equal(scalar_text(key), list)) {
            *items = value;
            continue;
        }
        int field = stk_text_find(scalar_text(key), pledge_field_names, FIELD_COUNT);
        /* a target may differ from its document, but not from its party */
        if (field < 0 || pledge_field_levels[field] > level ||
            (pledge_field_levels[field] == LEVEL_PARTY && level != LEVEL_PARTY)) {
            return stk_error_at(error, STK_EFORMAT, r->source.name, (long)key->start_mark.line + 1,
                                (long)key->start_mark.column + 1, "'%s' is no key of a %s",
                                STK_CUT((const char *)key->data.scalar.value, 40),
                                level == LEVEL_PARTY      ? "party"
                                : level == LEVEL_DOCUMENT ? "document"
                                                          : "target");
        }
        stk_status status = set_field(r, row, field, value, error);
        if (status != STK_OK) {
            return status;
        }
    }
    return STK_OK;
}

static bool is_list(const yaml_node_t *items)
{
    return items != NULL && items->type == YAML_SEQUENCE_NODE &&
           items->data.sequence.items.start < items->data.sequence.items.top;
}

static stk_status need_list(const reader *r, const yaml_node_t *parent, const char *name,
                            stk_error *error)
{
    return stk_error_at(error, STK_EFORMAT, r->source.name, (long)parent->start_mark.line + 1,
                        (long)parent->start_mark.column + 1,
                        "'%s' with a list of at least one entry is needed here", name);
}

static stk_status read_document(reader *r, const yaml_node_t *node, const pledge_row *party,
                                stk_error *error)
{
    pledge_row base = *party;
    const yaml_node_t *targets;
    if (node == NULL) {
        return stk_error_at(error, STK_EFORMAT, r->source.name, 1, 1, "an empty document");
    }
    stk_status status = read_mapping(r, node, LEVEL_DOCUMENT, "targets", &base, &targets, error);
    if (status == STK_OK && !is_list(targets)) {
        return need_list(r, node, "targets", error);
    }
    if (status != STK_OK) {
        return status;
    }
    for (const yaml_node_item_t *item = targets->data.sequence.items.start;
         item < targets->data.sequence.items.top && status == STK_OK; item++) {
        const yaml_node_t *target = yaml_document_get_node(&r->document, *item);
        const yaml_node_t *none;
        pledge_row *row = pledge_rows_add(r->rows, r->source.name);
        if (row == NULL || target == NULL) {
            return stk_error_memory(error);
        }
        *row = base;
        for (int f = 0; f < FIELD_COUNT; f++) {
            if (row->place[f].line == 0) { /* a missing value is missing where its target starts */
                row->place[f] = (pledge_place){(long)target->start_mark.line + 1,
                                               (long)target->start_mark.column + 1};
            }
        }
        status = read_mapping(r, target, LEVEL_TARGET, NULL, row, &none, error);
    }
    return status;
}

/* The file has the newest document first, the table the oldest. */
static stk_status read_documents(reader *r, const yaml_node_t *documents, const pledge_row *party,
                                 stk_error *error)
{
    stk_status status = STK_OK;
    for (const yaml_node_item_t *item = documents->data.sequence.items.top;
         status == STK_OK && item > documents->data.sequence.items.start; item--) {
        status = read_document(r, yaml_document_get_node(&r->document, item[-1]), party, error);
    }
    return status;
}

/* Whether a text that should be a Party's file is one document of it. */
static bool is_document(reader *r, const yaml_node_t *root)
{
    bool targets = false;
    bool documents = false;
    for (const yaml_node_pair_t *pair = root->data.mapping.pairs.start;
         root->type == YAML_MAPPING_NODE && pair < root->data.mapping.pairs.top; pair++) {
        const yaml_node_t *key = yaml_document_get_node(&r->document, pair->key);
        if (key != NULL && key->type == YAML_SCALAR_NODE) {
            targets = targets || stk_text_equal(scalar_text(key), "targets");
            documents = documents || stk_text_equal(scalar_text(key), "documents");
        }
    }
    return targets && !documents;
}

static stk_status read_single(reader *r, const yaml_node_t *root, pledge_row *party,
                              stk_error *error)
{
    const char *iso3 = stk_arena_string(r->arena, stk_text_of(r->expected->iso3));
    const char *name = stk_arena_string(r->arena, stk_text_of(r->expected->name));
    if (iso3 == NULL || name == NULL) {
        return stk_error_memory(error);
    }
    party->field[FIELD_iso3] = stk_text_of(iso3);
    party->field[FIELD_party] = stk_text_of(name);
    return read_document(r, root, party, error);
}

static stk_status read_file(reader *r, const yaml_node_t *root, pledge_row *party, stk_error *error)
{
    const yaml_node_t *documents;
    stk_status status = read_mapping(r, root, LEVEL_PARTY, "documents", party, &documents, error);
    if (status == STK_OK && r->expected != NULL &&
        !stk_text_equal(party->field[FIELD_iso3], r->expected->iso3)) {
        return stk_error_at(error, STK_EDATA, r->source.name, party->place[FIELD_iso3].line,
                            party->place[FIELD_iso3].column,
                            "iso3: '%s' is refused; allowed: %s, whose documents are asked for",
                            STK_CUT(party->field[FIELD_iso3].data, 40), r->expected->iso3);
    }
    if (status == STK_OK && is_list(documents)) {
        status = read_documents(r, documents, party, error);
    } else if (status == STK_OK) {
        status = need_list(r, root, "documents", error);
    }
    return status;
}

static stk_status read_party(reader *r, stk_error *error)
{
    pledge_rows party_row = {0};
    const yaml_node_t *root = yaml_document_get_root_node(&r->document);
    if (root == NULL) {
        return stk_error_at(error, STK_EFORMAT, r->source.name, 1, 1, "the file is empty");
    }
    pledge_row *party = pledge_rows_add(&party_row, r->source.name);
    if (party == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = r->expected != NULL && is_document(r, root)
                            ? read_single(r, root, party, error)
                            : read_file(r, root, party, error);
    free(party_row.items);
    return status;
}

static stk_status parse_failure(const reader *r, const yaml_parser_t *parser, stk_error *error)
{
    long line = (long)parser->problem_mark.line + 1;
    if (parser->error == YAML_MEMORY_ERROR) {
        return stk_error_memory(error);
    }
    return stk_error_at(error, STK_EFORMAT, r->source.name, line,
                        (long)parser->problem_mark.column + 1, "not valid YAML: %s",
                        parser->problem == NULL ? "unknown problem" : parser->problem);
}

/* A second document of the stream would be lost without a word. */
static stk_status check_end(reader *r, yaml_parser_t *parser, stk_error *error)
{
    if (!yaml_parser_load(parser, &r->document)) {
        return parse_failure(r, parser, error);
    }
    const yaml_node_t *root = yaml_document_get_root_node(&r->document);
    stk_status status =
        root == NULL ? STK_OK : fail(r, root, error, "only one YAML document is allowed in a file");
    yaml_document_delete(&r->document);
    return status;
}

stk_status pledge_read_yaml(stk_source source, const pledge_party_name *expected, stk_arena *arena,
                            pledge_rows *rows, stk_error *error)
{
    reader r = {.source = source, .arena = arena, .rows = rows, .expected = expected};
    yaml_parser_t parser;
    stk_status status = stk_source_check_encoding(&source, 1, error);
    if (status != STK_OK) {
        return status;
    }
    if (!yaml_parser_initialize(&parser)) {
        return stk_error_memory(error);
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)source.content.data,
                                 source.content.size);
    if (!yaml_parser_load(&parser, &r.document)) {
        status = parse_failure(&r, &parser, error);
    } else {
        status = read_party(&r, error);
        yaml_document_delete(&r.document);
    }
    if (status == STK_OK) {
        status = check_end(&r, &parser, error);
    }
    yaml_parser_delete(&parser);
    return status;
}
