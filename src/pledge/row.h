/** @file row.h
 * @brief A pledge as text: one row of the table, one target of the YAML, with the place of each
 * value.
 *
 * Both readers make rows and both writers take them, so that nothing is lost between the formats.
 */
#ifndef STK_PLEDGE_ROW_H
#define STK_PLEDGE_ROW_H

#include <stocktake/pledge.h>

#include "base/csv.h"

/** The columns, in the table's order, and where the YAML keeps them: with the party, with the
 * document, or with each target. Document fields may be repeated in a target that differs. */
#define PLEDGE_FIELDS(X)                                                                           \
    X(iso3, LEVEL_PARTY)                                                                           \
    X(party, LEVEL_PARTY)                                                                          \
    X(submission_date, LEVEL_DOCUMENT)                                                             \
    X(status, LEVEL_DOCUMENT)                                                                      \
    X(ndc_version, LEVEL_DOCUMENT)                                                                 \
    X(supersedes, LEVEL_DOCUMENT)                                                                  \
    X(target_year, LEVEL_TARGET)                                                                   \
    X(kind, LEVEL_TARGET)                                                                          \
    X(metric, LEVEL_TARGET)                                                                        \
    X(reference_year, LEVEL_TARGET)                                                                \
    X(reduction_low_pct, LEVEL_TARGET)                                                             \
    X(reduction_high_pct, LEVEL_TARGET)                                                            \
    X(abs_low_mt, LEVEL_TARGET)                                                                    \
    X(abs_high_mt, LEVEL_TARGET)                                                                   \
    X(abs_reduction_mt, LEVEL_TARGET)                                                              \
    X(ref_level_mt_stated, LEVEL_TARGET)                                                           \
    X(level_origin, LEVEL_TARGET)                                                                  \
    X(conditional, LEVEL_TARGET)                                                                   \
    X(conditional_inferred, LEVEL_TARGET)                                                          \
    X(gases, LEVEL_DOCUMENT)                                                                       \
    X(sectors, LEVEL_DOCUMENT)                                                                     \
    X(lulucf_included, LEVEL_DOCUMENT)                                                             \
    X(gwp, LEVEL_DOCUMENT)                                                                         \
    X(budget_type, LEVEL_TARGET)                                                                   \
    X(net_zero_year, LEVEL_DOCUMENT)                                                               \
    X(net_zero_status, LEVEL_DOCUMENT)                                                             \
    X(joint_party, LEVEL_DOCUMENT)                                                                 \
    X(source_url, LEVEL_DOCUMENT)                                                                  \
    X(source_dataset, LEVEL_DOCUMENT)                                                              \
    X(passage, LEVEL_TARGET)                                                                       \
    X(confidence, LEVEL_TARGET)                                                                    \
    X(notes, LEVEL_TARGET)

enum { LEVEL_PARTY, LEVEL_DOCUMENT, LEVEL_TARGET };

typedef enum pledge_field {
#define PLEDGE_FIELD_ENUM(name, level) FIELD_##name,
    PLEDGE_FIELDS(PLEDGE_FIELD_ENUM)
#undef PLEDGE_FIELD_ENUM
        FIELD_COUNT
} pledge_field;

extern const char *const pledge_field_names[FIELD_COUNT];
extern const int pledge_field_levels[FIELD_COUNT];

typedef struct pledge_place {
    long line;
    long column;
} pledge_place;

typedef struct pledge_row {
    const char *file;
    stk_text field[FIELD_COUNT];
    pledge_place place[FIELD_COUNT];
    int document;  /* rows of one document share a number, that of the first of them */
    size_t number; /* position among all rows, so that sorting is stable */
    bool what_if;  /* supposed, not read */
    const struct pledge_row *twin; /* one before that states the same, or NULL */
} pledge_row;

typedef struct pledge_rows {
    pledge_row *items;
    size_t count;
    size_t capacity;
} pledge_rows;

/* Append an empty row, or NULL when there is no memory. */
pledge_row *pledge_rows_add(pledge_rows *rows, const char *file);

/* Whether two rows are of one document: the same Party, date, status and version. */
bool pledge_same_document(const pledge_row *a, const pledge_row *b);

/* Refuse a value of a row. */
stk_status pledge_row_refuse(const pledge_row *row, pledge_field field, stk_error *error,
                             const char *allowed);

stk_status pledge_read_csv(stk_source source, stk_arena *arena, pledge_rows *rows,
                           stk_error *error);

typedef struct pledge_party_name {
    const char *iso3;
    const char *name;
} pledge_party_name;

/* Read a Party's file. With `expected` another Party is refused, and one document alone is taken as
 * that Party's. */
stk_status pledge_read_yaml(stk_source source, const pledge_party_name *expected, stk_arena *arena,
                            pledge_rows *rows, stk_error *error);

/* Parse and validate one row. */
stk_status pledge_parse_row(const pledge_row *row, stk_arena *arena, stk_target *target,
                            stk_error *error);

#endif
