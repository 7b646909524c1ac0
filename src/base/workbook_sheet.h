/** @file workbook_sheet.h
 * @brief The cells of a sheet as CSV text.
 */
#ifndef STK_BASE_WORKBOOK_SHEET_H
#define STK_BASE_WORKBOOK_SHEET_H

#include "base/xml_part.h"

/** What the cells of all sheets refer to. */
typedef struct stk_shared {
    stk_buffer texts;
    size_t *ends; /**< of each of the texts */
    size_t count;
    size_t capacity;
    bool *dates; /**< of each style: whether numbers in it are dates */
    size_t style_count;
    size_t style_capacity;
    bool from_1904; /**< dates are counted from 1904 */
} stk_shared;

/** A sheet on its way; all zeros but `shared` and `size` at first. */
typedef struct stk_sheet {
    const stk_shared *shared;
    uint64_t size;  /**< of the workbook, for what it may become */
    stk_buffer out; /**< taken and emptied by the caller */
    /* its own */
    uint64_t made;
    long row;
    int column;    /* of the cell at hand, from 0 */
    int fields;    /* of the row, that are written */
    int width;     /* of the header */
    char type[12]; /* of the cell */
    size_t style;
    bool formula;
    bool spoken; /* in a part of a text that says how it is spoken */
} stk_sheet;

/** The ::xml_reader of a worksheet, whose user is a stk_sheet. */
xml_start stk_sheet_start;
xml_end stk_sheet_end;

#endif
