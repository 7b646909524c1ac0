/** @file yaml_tree.c
 * @brief YAML documents as bytes from which the nodes are made without a parser.
 *
 * A line a node, each before what it holds: kind, line, column, and either the size of its text,
 * the text, or how many nodes it holds. For programs that have no YAML library: the page.
 *
 *     stocktake-yaml
 *     m 1 1 2
 *     s 1 1 4 name
 *     q 1 7 5 AR6 x
 */
#include "base/yaml.h"

#include <string.h>

#include "base/try.h"

static const char magic[] = "stocktake-yaml\n";

/* ---- writing ---- */

/* The document is nested as deep as a parsed one, 20 at most. */
static void write_node(const stk_yaml_node *node, stk_buffer *out) // NOLINT(misc-no-recursion)
{
    static const char kinds[] = {'s', 'l', 'm'};
    bool scalar = node->kind == STK_YAML_SCALAR;
    stk_buffer_printf(out, "%c %ld %ld %zu", scalar && !node->plain ? 'q' : kinds[node->kind],
                      node->line, node->column, scalar ? node->text.size : node->count);
    if (scalar) {
        stk_buffer_text(out, " ");
        stk_buffer_append(out, node->text);
    }
    stk_buffer_text(out, "\n");
    for (const stk_yaml_node *child = node->first; child != NULL; child = child->next) {
        write_node(child, out);
    }
}

void stk_yaml_write_tree(const stk_yaml *yaml, stk_buffer *out)
{
    stk_buffer_text(out, magic);
    write_node(yaml->root, out);
}

/* ---- reading ---- */

static stk_status damaged(const stk_yaml *yaml, stk_error *error)
{
    return stk_error_at(error, STK_EFORMAT, yaml->source.name, 0, 0, "the tree is damaged");
}

/* The next number of a line and the space or line end behind it. */
static bool take_number(stk_text *rest, char end, long *number)
{
    const char *at = memchr(rest->data, end, rest->size);
    if (at == NULL ||
        !stk_text_integer((stk_text){rest->data, (size_t)(at - rest->data)}, number) ||
        *number < 0) {
        return false;
    }
    rest->size -= (size_t)(at - rest->data) + 1;
    rest->data = at + 1;
    return true;
}

static stk_status read_node(stk_yaml *yaml, stk_text *rest, int depth, // NOLINT(misc-no-recursion)
                            stk_yaml_node **node, stk_error *error)
{
    char kind = '\0';
    long size;
    stk_yaml_node *n = stk_arena_alloc(&yaml->nodes, 1, sizeof *n);
    stk_status status = stk_allocated(n, error);
    if (status != STK_OK) {
        return status;
    }
    if (rest->size > 2 && rest->data[1] == ' ') {
        kind = rest->data[0];
        *rest = (stk_text){rest->data + 2, rest->size - 2};
    }
    bool scalar = kind == 's' || kind == 'q';
    n->kind = scalar ? STK_YAML_SCALAR : kind == 'l' ? STK_YAML_SEQUENCE : STK_YAML_MAPPING;
    n->plain = kind == 's';
    if (!(scalar || kind == 'l' || kind == 'm') || depth > STK_YAML_NESTING_MAX ||
        !take_number(rest, ' ', &n->line) || !take_number(rest, ' ', &n->column) ||
        !take_number(rest, scalar ? ' ' : '\n', &size) || (size_t)size >= rest->size + !scalar ||
        (kind == 'm' && size % 2 != 0)) {
        return damaged(yaml, error);
    }
    if (scalar) {
        n->text = (stk_text){rest->data, (size_t)size};
        if (rest->data[size] != '\n') {
            return damaged(yaml, error);
        }
        *rest = (stk_text){rest->data + size + 1, rest->size - (size_t)size - 1};
        n->text.data = stk_arena_string(&yaml->nodes, n->text);
        STK_TRY(stk_allocated(n->text.data, error));
    }
    for (stk_yaml_node **child = &n->first; !scalar && n->count < (size_t)size;
         child = &(*child)->next) {
        STK_TRY(read_node(yaml, rest, depth + 1, child, error));
        (*child)->previous = n->last;
        n->last = *child;
        n->count++;
    }
    *node = n;
done:
    return status;
}

stk_status stk_yaml_read_tree(stk_yaml *yaml, stk_error *error)
{
    stk_text rest = yaml->source.content;
    if (!stk_text_cut_prefix(&rest, magic)) {
        return damaged(yaml, error);
    }
    stk_status status = read_node(yaml, &rest, 0, &yaml->root, error);
    return status == STK_OK && rest.size > 0 ? damaged(yaml, error) : status;
}
