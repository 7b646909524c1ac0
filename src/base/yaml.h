/** @file yaml.h
 * @brief Strict reading of YAML into structures: every key is known, every value has its type.
 *
 * A table of fields says where the value of each key goes. Unknown, repeated and missing keys,
 * wrong types and numbers out of range are refused with file, line, column, value and what is
 * allowed.
 */
#ifndef STK_BASE_YAML_H
#define STK_BASE_YAML_H

#include <stocktake/base.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/csv.h"

typedef enum stk_yaml_kind { STK_YAML_SCALAR, STK_YAML_SEQUENCE, STK_YAML_MAPPING } stk_yaml_kind;

enum { STK_YAML_NESTING_MAX = 20 };

/** A value of a file and its place. */
typedef struct stk_yaml_node {
    stk_yaml_kind kind;
    bool plain; /**< of a scalar: without quotes */
    long line;  /**< from 1, as the column */
    long column;
    stk_text text;               /**< of a scalar, terminated */
    size_t count;                /**< of a list: items; of a mapping: keys and values together */
    struct stk_yaml_node *first; /**< the first of these, NULL for none */
    struct stk_yaml_node *last;
    struct stk_yaml_node *next; /**< after this one; after a key comes its value */
    struct stk_yaml_node *previous;
} stk_yaml_node;

typedef struct stk_yaml {
    stk_source source;
    stk_arena *arena;    /**< gets the texts and lists that are read */
    stk_arena nodes;     /**< of the document, until it is closed */
    stk_yaml_node *root; /**< NULL where nothing is in the file */
} stk_yaml;

typedef struct stk_yaml_list {
    size_t count;
    stk_yaml_node **items;
} stk_yaml_list;

typedef struct stk_yaml_numbers {
    size_t count;
    double *items;
} stk_yaml_numbers;

typedef struct stk_yaml_texts {
    size_t count;
    const char **items;
} stk_yaml_texts;

typedef enum stk_yaml_type {
    STK_YAML_TEXT,    /**< const char * */
    STK_YAML_NUMBER,  /**< double */
    STK_YAML_INTEGER, /**< int */
    STK_YAML_BOOLEAN, /**< bool */
    STK_YAML_NUMBERS, /**< stk_yaml_numbers */
    STK_YAML_TEXTS,   /**< stk_yaml_texts */
    STK_YAML_LIST,    /**< stk_yaml_list, for structures in structures */
    STK_YAML_NODE,    /**< stk_yaml_node * */
} stk_yaml_type;

typedef struct stk_yaml_field {
    const char *key;
    stk_yaml_type type;
    size_t offset; /**< of the member that gets the value */
    bool required;
    double least; /**< of numbers and items; no limits where both are 0 */
    double most;
} stk_yaml_field;

/** Parse the one document of a file; to be closed also after an error. */
stk_status stk_yaml_open(stk_yaml *yaml, stk_source source, stk_arena *arena, stk_error *error);
void stk_yaml_close(stk_yaml *yaml);

/** The document of a file as nodes: yaml_parse.c. */
stk_status stk_yaml_parse(stk_yaml *yaml, stk_error *error);

/** A document as bytes from which the nodes are made without a parser, and the nodes of such bytes:
 * yaml_tree.c. */
void stk_yaml_write_tree(const stk_yaml *yaml, stk_buffer *out);
stk_status stk_yaml_read_tree(stk_yaml *yaml, stk_error *error);

/** Read a mapping into a structure; members of absent keys keep their values. */
stk_status stk_yaml_read(stk_yaml *yaml, stk_yaml_node *node, const stk_yaml_field *fields,
                         size_t count, void *structure, stk_error *error);

/** The first key of a mapping with free keys; NULL for none. */
stk_status stk_yaml_keys(stk_yaml *yaml, stk_yaml_node *node, stk_yaml_node **first,
                         stk_error *error);

/** The value of a key, for its place; the mapping itself where there is no such key. */
stk_yaml_node *stk_yaml_at(stk_yaml_node *mapping, const char *key);

/** Values of single nodes. */
stk_status stk_yaml_text(stk_yaml *yaml, stk_yaml_node *node, const char **text, stk_error *error);
stk_status stk_yaml_number(stk_yaml *yaml, stk_yaml_node *node, double *number, stk_error *error);

/** Refuse what a node is: its place and a message. */
stk_status stk_yaml_fail(const stk_yaml *yaml, const stk_yaml_node *node, stk_error *error,
                         const char *message);

/** Refuse a value: the node's place, its value, and what is allowed. */
stk_status stk_yaml_refuse(stk_yaml *yaml, stk_yaml_node *node, stk_error *error,
                           const char *allowed, ...) __attribute__((format(printf, 4, 5)));

#endif
