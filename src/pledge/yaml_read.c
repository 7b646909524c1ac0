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
 * The nodes carry the places that messages need.
 */
#include <stdlib.h>
#include <string.h>

#include "base/try.h"
#include "base/yaml.h"
#include "pledge/row.h"

typedef struct reader {
    stk_yaml yaml;
    pledge_rows *rows;
    const pledge_party_name *expected; /* NULL: any Party */
} reader;

static pledge_place place_of(const stk_yaml_node *node)
{
    return (pledge_place){node->line, node->column};
}

/* "~", "null" and an empty plain scalar are no value. */
static bool is_null(const stk_yaml_node *node)
{
    return node->plain && (node->text.size == 0 || stk_text_equal(node->text, "~") ||
                           stk_text_equal(node->text, "null"));
}

static stk_status set_field(reader *r, pledge_row *row, int field, const stk_yaml_node *value,
                            stk_error *error)
{
    if (value->kind != STK_YAML_SCALAR) {
        return stk_yaml_fail(&r->yaml, value, error,
                             "a single value is needed here, not a list or a mapping");
    }
    stk_text text = is_null(value) ? (stk_text){"", 0} : value->text;
    if (text.size > 0 && memchr(text.data, '\0', text.size) != NULL) {
        return stk_yaml_fail(&r->yaml, value, error, "a NUL character is not allowed in a value");
    }
    row->field[field].data = stk_arena_string(r->yaml.arena, text);
    row->field[field].size = text.size;
    row->place[field] = place_of(value);
    return stk_allocated(row->field[field].data, error);
}

static stk_status refuse_key(const reader *r, const stk_yaml_node *key, int level, stk_error *error)
{
    static const char *const names[] = {"party", "document", "target"};
    pledge_place place = place_of(key);
    return stk_error_at(error, STK_EFORMAT, r->yaml.source.name, place.line, place.column,
                        "'%s' is no key of a %s", STK_CUT(key->text.data, 40), names[level]);
}

/* Read the fields of one mapping into `row`, and hand back the list it may hold. */
static stk_status read_mapping(reader *r, const stk_yaml_node *mapping, int level, const char *list,
                               pledge_row *row, const stk_yaml_node **items, stk_error *error)
{
    uint64_t seen = 0;
    stk_status status = STK_OK;
    *items = NULL;
    if (mapping->kind != STK_YAML_MAPPING) {
        return stk_yaml_fail(&r->yaml, mapping, error, "a mapping (key: value) is needed here");
    }
    for (const stk_yaml_node *key = mapping->first; key != NULL; key = key->next->next) {
        const stk_yaml_node *value = key->next;
        if (key->kind != STK_YAML_SCALAR) {
            return stk_yaml_fail(&r->yaml, mapping, error, "a key must be a plain word");
        }
        bool is_items = list != NULL && stk_text_equal(key->text, list);
        int field = stk_text_find(key->text, pledge_field_names, FIELD_COUNT);
        /* a target may differ from its document, but not from its party */
        if (!is_items && (field < 0 || pledge_field_levels[field] > level ||
                          (pledge_field_levels[field] == LEVEL_PARTY && level != LEVEL_PARTY))) {
            return refuse_key(r, key, level, error);
        }
        uint64_t bit = UINT64_C(1) << (is_items ? FIELD_COUNT : field);
        if ((seen & bit) != 0) {
            return stk_yaml_fail(&r->yaml, key, error, "this key is there twice");
        }
        seen |= bit;
        if (is_items) {
            *items = value;
        } else {
            STK_TRY(set_field(r, row, field, value, error));
        }
    }
done:
    return status;
}

static bool is_list(const stk_yaml_node *items)
{
    return items != NULL && items->kind == STK_YAML_SEQUENCE && items->count > 0;
}

static stk_status need_list(const reader *r, const stk_yaml_node *parent, const char *name,
                            stk_error *error)
{
    pledge_place place = place_of(parent);
    return stk_error_at(error, STK_EFORMAT, r->yaml.source.name, place.line, place.column,
                        "'%s' with a list of at least one entry is needed here", name);
}

static stk_status read_document(reader *r, const stk_yaml_node *node, const pledge_row *party,
                                stk_error *error)
{
    pledge_row base = *party;
    const stk_yaml_node *targets;
    stk_status status;
    STK_TRY(read_mapping(r, node, LEVEL_DOCUMENT, "targets", &base, &targets, error));
    if (!is_list(targets)) {
        return need_list(r, node, "targets", error);
    }
    for (const stk_yaml_node *target = targets->first; target != NULL; target = target->next) {
        const stk_yaml_node *none;
        pledge_row *row = pledge_rows_add(r->rows, r->yaml.source.name);
        if (row == NULL) {
            return stk_error_memory(error);
        }
        *row = base;
        for (int f = 0; f < FIELD_COUNT; f++) {
            if (row->place[f].line == 0) { /* a missing value is missing where its target starts */
                row->place[f] = place_of(target);
            }
        }
        STK_TRY(read_mapping(r, target, LEVEL_TARGET, NULL, row, &none, error));
    }
done:
    return status;
}

/* The file has the newest document first, the table the oldest. */
static stk_status read_documents(reader *r, const stk_yaml_node *documents, const pledge_row *party,
                                 stk_error *error)
{
    stk_status status = STK_OK;
    for (const stk_yaml_node *item = documents->last; status == STK_OK && item != NULL;
         item = item->previous) {
        status = read_document(r, item, party, error);
    }
    return status;
}

/* Whether a text that should be a Party's file is one document of it. */
static bool is_document(stk_yaml_node *root)
{
    return stk_yaml_at(root, "targets") != root && stk_yaml_at(root, "documents") == root;
}

static stk_status read_single(reader *r, const stk_yaml_node *root, pledge_row *party,
                              stk_error *error)
{
    const char *iso3 = stk_arena_string(r->yaml.arena, stk_text_of(r->expected->iso3));
    const char *name = stk_arena_string(r->yaml.arena, stk_text_of(r->expected->name));
    if (iso3 == NULL || name == NULL) {
        return stk_error_memory(error);
    }
    party->field[FIELD_iso3] = stk_text_of(iso3);
    party->field[FIELD_party] = stk_text_of(name);
    return read_document(r, root, party, error);
}

static stk_status read_file(reader *r, const stk_yaml_node *root, pledge_row *party,
                            stk_error *error)
{
    const stk_yaml_node *documents;
    stk_status status = read_mapping(r, root, LEVEL_PARTY, "documents", party, &documents, error);
    if (status == STK_OK && r->expected != NULL &&
        !stk_text_equal(party->field[FIELD_iso3], r->expected->iso3)) {
        return stk_error_at(error, STK_EDATA, r->yaml.source.name, party->place[FIELD_iso3].line,
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
    stk_yaml_node *root = r->yaml.root;
    pledge_row *party = pledge_rows_add(&party_row, r->yaml.source.name);
    if (party == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = r->expected != NULL && is_document(root)
                            ? read_single(r, root, party, error)
                            : read_file(r, root, party, error);
    free(party_row.items);
    return status;
}

stk_status pledge_read_yaml(stk_source source, const pledge_party_name *expected, stk_arena *arena,
                            pledge_rows *rows, stk_error *error)
{
    reader r = {.rows = rows, .expected = expected};
    stk_status status;
    STK_TRY(stk_yaml_open(&r.yaml, source, arena, error));
    STK_TRY(read_party(&r, error));
done:
    stk_yaml_close(&r.yaml);
    return status;
}
