/** @file test_yaml.c
 * @brief YAML as nodes: what is refused, and the nodes of a document kept as bytes.
 */
#include "support/support.h"

#include <stdlib.h>
#include <string.h>

#include "base/yaml.h"

static const char document[] = "# a method\n"
                               "name: AR6 x\n"
                               "empty:\n"
                               "quoted: ''\n"
                               "list: [1, -2.5e3, \"three\\nlines\"]\n"
                               "nested:\n"
                               "  - {a: ~, b: [x, []]}\n"
                               "  - ü\n";

static stk_source source_of(const char *text)
{
    return (stk_source){"m.yaml", {text, strlen(text)}};
}

static void assert_same_nodes(const stk_yaml_node *a,
                              const stk_yaml_node *b) // NOLINT(misc-no-recursion)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->plain, b->plain);
    assert_int_equal(a->line, b->line);
    assert_int_equal(a->column, b->column);
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->text.size, b->text.size);
    if (a->kind == STK_YAML_SCALAR) {
        assert_memory_equal(a->text.data, b->text.data, a->text.size + 1);
    }
    const stk_yaml_node *y = b->first;
    for (const stk_yaml_node *x = a->first; x != NULL; x = x->next, y = y->next) {
        assert_non_null(y);
        assert_same_nodes(x, y);
        assert_true(x->previous == NULL ? y->previous == NULL : y->previous->next == y);
    }
    assert_null(y);
}

static void parse(stk_yaml *yaml, stk_arena *arena, stk_buffer *tree)
{
    stk_error error;
    assert_ok(stk_yaml_open(yaml, source_of(document), arena, &error), &error);
    stk_yaml_write_tree(yaml, tree);
    assert_ok(stk_buffer_status(tree, &error), &error);
}

static void a_kept_document_has_the_nodes_of_the_parsed_one(void **state)
{
    (void)state;
    stk_error error;
    stk_arena arena = {0};
    stk_yaml parsed;
    stk_buffer tree = {0};
    parse(&parsed, &arena, &tree);
    assert_int_equal(parsed.root->count, 10);
    stk_yaml kept = {.source = {"m.yaml", {tree.data, tree.size}}, .arena = &arena};
    assert_ok(stk_yaml_read_tree(&kept, &error), &error);
    assert_same_nodes(parsed.root, kept.root);
    stk_yaml_close(&parsed);
    stk_yaml_close(&kept);
    stk_buffer_free(&tree);
    stk_arena_free(&arena);
}

/* Cut off anywhere, and with every byte another: refused, or other nodes, never a fault. */
static void a_damaged_tree_is_refused(void **state)
{
    (void)state;
    stk_error error;
    stk_arena arena = {0};
    stk_yaml parsed;
    stk_buffer tree = {0};
    parse(&parsed, &arena, &tree);
    for (size_t size = 0; size < tree.size; size++) {
        char *copy = malloc(size + 1);
        assert_non_null(copy);
        memcpy(copy, tree.data, size);
        stk_yaml kept = {.source = {"m.yaml", {copy, size}}, .arena = &arena};
        assert_int_equal(stk_yaml_read_tree(&kept, &error), STK_EFORMAT);
        stk_yaml_close(&kept);
        for (int change = 1; change < 256; change *= 2) {
            char *whole = malloc(tree.size);
            assert_non_null(whole);
            memcpy(whole, tree.data, tree.size);
            whole[size] = (char)(whole[size] ^ change);
            stk_yaml other = {.source = {"m.yaml", {whole, tree.size}}, .arena = &arena};
            (void)stk_yaml_read_tree(&other, &error);
            stk_yaml_close(&other);
            free(whole);
        }
        free(copy);
    }
    stk_yaml_close(&parsed);
    stk_buffer_free(&tree);
    stk_arena_free(&arena);
}

static void what_would_be_lost_or_cost_is_refused(void **state)
{
    (void)state;
    static const char *const refused[][2] = {
        {"", "m.yaml:1:1: the file is empty"},
        {"a: 1\n---\nb: 2\n", "m.yaml:3:1: only one YAML document is allowed in a file"},
        {"a: &x 1\n", "m.yaml:1:4: anchors and aliases are refused"},
        {"a: 1\nb: *x\n", "m.yaml:2:4: anchors and aliases are refused"},
        {"[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]\n", "nested more than 20 deep"},
        {"a: [1\nb: 2\n", "not valid YAML"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        char text[1024];
        stk_error error;
        stk_arena arena = {0};
        stk_yaml yaml;
        assert_int_not_equal(stk_yaml_open(&yaml, source_of(refused[i][0]), &arena, &error),
                             STK_OK);
        stk_error_format(&error, text, sizeof text);
        assert_has(text, refused[i][1]);
        stk_yaml_close(&yaml);
        stk_arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kept_document_has_the_nodes_of_the_parsed_one),
        cmocka_unit_test(a_damaged_tree_is_refused),
        cmocka_unit_test(what_would_be_lost_or_cost_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
