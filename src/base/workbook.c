/** @file workbook.c
 * @brief The parts of a workbook: which sheets there are, the texts and styles that cells refer to.
 */
#include "base/workbook.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/try.h"
#include "base/workbook_sheet.h"

enum { TEXTS_MAX = 256 << 20, LISTED = 10 };

/* A sheet of the list, or a part that the workbook is related to. */
typedef struct named {
    const char *name; /* of the sheet, or the type of the part */
    const char *id;
    const char *path;
} named;

typedef struct names {
    named *items;
    size_t count;
    size_t capacity;
} names;

struct stk_workbook {
    const stk_packed *packed;
    stk_arena arena;
    names sheets;
    names parts;
    names dates; /* identifiers of formats that are dates */
    stk_shared shared;
    bool in_styles; /* of cells */
    bool spoken;    /* in a part of a text that says how it is spoken */
    stk_sheet sheet;
    xml_part part; /* of the sheet */
    size_t taken;  /* of its text */
};

static void add_name(xml_part *part, names *list, const char *name, const char *id,
                     const char *path)
{
    stk_workbook *w = part->reader.user;
    const char *texts[] = {name, id, path};
    const char *copies[3];
    bool good = STK_GROW(list->items, list->count + 1, list->capacity);
    for (size_t i = 0; i < 3; i++) {
        copies[i] = stk_arena_string(&w->arena, stk_text_of(texts[i] == NULL ? "" : texts[i]));
        good = good && copies[i] != NULL;
    }
    if (!good) {
        part->text.failed = true;
        return;
    }
    list->items[list->count++] = (named){copies[0], copies[1], copies[2]};
}

static void nothing(xml_part *part, const char *name)
{
    (void)part;
    (void)name;
}

/* ---- relations and sheets ---- */

static void start_relation(xml_part *part, const char *name, const char *const *attributes)
{
    stk_workbook *w = part->reader.user;
    if (strcmp(name, "Relationship") == 0) {
        const char *type = xml_attribute(attributes, "Type");
        const char *slash = type == NULL ? NULL : strrchr(type, '/');
        add_name(part, &w->parts, slash == NULL ? "" : slash + 1, xml_attribute(attributes, "Id"),
                 xml_attribute(attributes, "Target"));
    }
}

static void start_workbook(xml_part *part, const char *name, const char *const *attributes)
{
    stk_workbook *w = part->reader.user;
    if (strcmp(name, "sheet") == 0) {
        add_name(part, &w->sheets, xml_attribute(attributes, "name"),
                 xml_attribute(attributes, "id"), "");
    } else if (strcmp(name, "workbookPr") == 0) {
        const char *from_1904 = xml_attribute(attributes, "date1904");
        w->shared.from_1904 =
            from_1904 != NULL && (strcmp(from_1904, "1") == 0 || strcmp(from_1904, "true") == 0);
    }
}

static const named *find(const names *list, const char *name, const char *id)
{
    for (size_t i = 0; i < list->count; i++) {
        const named *item = &list->items[i];
        if ((name == NULL || stk_text_alike(stk_text_of(name), item->name)) &&
            (id == NULL || strcmp(item->id, id) == 0)) {
            return item;
        }
    }
    return NULL;
}

/* Paths of parts count from the root of the archive, or from where the workbook lies in it. */
static const char *path_of(stk_workbook *w, const named *part)
{
    size_t size = strlen(part->path) + 4;
    char *path = stk_arena_alloc(&w->arena, size, 1);
    if (path != NULL) {
        bool rooted = part->path[0] == '/';
        stk_print(path, size, "%s%s", rooted ? "" : "xl/", part->path + (rooted ? 1 : 0));
    }
    return path;
}

static stk_status refuse_sheets(const stk_workbook *w, stk_error *error)
{
    stk_buffer list = {0};
    const named *items = w->sheets.items;
    for (size_t i = 0; items != NULL && i < w->sheets.count && i < LISTED; i++) {
        stk_buffer_printf(&list, "%s'%s'", i > 0 ? ", " : "", items[i].name);
    }
    stk_status status = stk_error_at(
        error, STK_EFORMAT, w->packed->name, 0, 0,
        "the workbook has no sheet 'data' but %zu others (%s%s); give one that name, or save it as "
        "CSV",
        w->sheets.count, list.data == NULL ? "" : STK_CUT(list.data, 300),
        w->sheets.count > LISTED ? ", ..." : "");
    stk_buffer_free(&list);
    return status;
}

/* ---- texts ---- */

static void start_text(xml_part *part, const char *name, const char *const *attributes)
{
    stk_workbook *w = part->reader.user;
    (void)attributes;
    w->spoken = w->spoken || strcmp(name, "rPh") == 0;
    part->collect = !w->spoken && strcmp(name, "t") == 0;
}

static void end_text(xml_part *part, const char *name)
{
    stk_workbook *w = part->reader.user;
    stk_shared *shared = &w->shared;
    part->collect = false;
    w->spoken = w->spoken && strcmp(name, "rPh") != 0;
    if (strcmp(name, "si") != 0) {
        return;
    }
    if (shared->texts.size + part->text.size > TEXTS_MAX) {
        xml_part_refuse(part, "its texts take more than %d MiB; save the sheet as CSV",
                        TEXTS_MAX >> 20);
        return;
    }
    stk_buffer_append(&shared->texts, (stk_text){part->text.data, part->text.size});
    part->text.size = 0;
    if (shared->texts.failed || !STK_GROW(shared->ends, shared->count + 1, shared->capacity)) {
        part->text.failed = true;
        return;
    }
    shared->ends[shared->count++] = shared->texts.size;
}

/* ---- styles ---- */

/* Whether a format shows days or times: it has their letters outside quotes and brackets. */
static bool is_date_format(const char *code)
{
    char closes = '\0';
    bool date = false;
    for (; *code != '\0'; code++) {
        if (closes != '\0') {
            closes = *code == closes ? '\0' : closes;
        } else if (*code == '"' || *code == '[') {
            closes = *code == '[' ? ']' : '"';
        } else if ((*code == '\\' || *code == '_' || *code == '*') && code[1] != '\0') {
            code++;
        } else {
            date = date || strchr("yYdDhH", *code) != NULL;
        }
    }
    return date;
}

static bool is_builtin_date(long format)
{
    return (format >= 14 && format <= 22) || (format >= 27 && format <= 36) ||
           (format >= 45 && format <= 47) || (format >= 50 && format <= 58);
}

static void start_style(xml_part *part, const char *name, const char *const *attributes)
{
    stk_workbook *w = part->reader.user;
    stk_shared *shared = &w->shared;
    const char *format = xml_attribute(attributes, "numFmtId");
    w->in_styles = w->in_styles || strcmp(name, "cellXfs") == 0;
    if (strcmp(name, "numFmt") == 0) {
        const char *code = xml_attribute(attributes, "formatCode");
        if (format != NULL && code != NULL && is_date_format(code)) {
            add_name(part, &w->dates, "", format, "");
        }
    } else if (w->in_styles && strcmp(name, "xf") == 0) {
        long number = 0;
        bool builtin =
            format != NULL && stk_text_integer(stk_text_of(format), &number) && number < 164;
        if (!STK_GROW(shared->dates, shared->style_count + 1, shared->style_capacity)) {
            part->text.failed = true;
            return;
        }
        shared->dates[shared->style_count++] =
            (builtin && is_builtin_date(number)) ||
            (format != NULL && find(&w->dates, NULL, format) != NULL);
    }
}

static void end_style(xml_part *part, const char *name)
{
    stk_workbook *w = part->reader.user;
    w->in_styles = w->in_styles && strcmp(name, "cellXfs") != 0;
}

/* ---- all of it ---- */

/* A part of a type, where there is one. */
static stk_status read_typed(stk_workbook *w, const char *type, xml_start *start, xml_end *end,
                             stk_error *error)
{
    bool found;
    const xml_reader reader = {w, start, end};
    const named *part = find(&w->parts, type, NULL);
    if (part == NULL) {
        return STK_OK;
    }
    const char *path = path_of(w, part);
    return path == NULL ? stk_error_memory(error)
                        : xml_part_read(w->packed, path, &reader, &found, error);
}

static stk_status open_sheet(stk_workbook *w, stk_error *error)
{
    const named *data = find(&w->sheets, "data", NULL);
    const named *sheet = data == NULL && w->sheets.count == 1 ? w->sheets.items : data;
    bool found = false;
    const xml_reader reader = {&w->sheet, stk_sheet_start, stk_sheet_end};
    stk_status status;
    if (sheet == NULL) {
        return refuse_sheets(w, error);
    }
    const named *part = find(&w->parts, NULL, sheet->id);
    const char *path = part == NULL ? "" : path_of(w, part);
    STK_TRY(stk_allocated(path, error));
    int64_t size = w->packed->seek(w->packed->user, -1);
    w->sheet.shared = &w->shared;
    w->sheet.size = size < 0 ? 0 : (uint64_t)size;
    STK_TRY(xml_part_open(&w->part, w->packed, path, &reader, &found, error));
    if (!found) {
        STK_FAIL(stk_error_at(error, STK_EFORMAT, w->packed->name, 0, 0,
                              "the workbook is damaged: the sheet '%s' is not in it",
                              STK_CUT(sheet->name, 100)));
    }
done:
    return status;
}

static stk_status open_workbook(stk_workbook *w, bool *found, stk_error *error)
{
    const xml_reader workbook = {w, start_workbook, nothing};
    const xml_reader relations = {w, start_relation, nothing};
    bool related;
    stk_status status;
    STK_TRY(xml_part_read(w->packed, "xl/workbook.xml", &workbook, found, error));
    if (!*found) {
        return STK_OK;
    }
    STK_TRY(xml_part_read(w->packed, "xl/_rels/workbook.xml.rels", &relations, &related, error));
    STK_TRY(read_typed(w, "sharedStrings", start_text, end_text, error));
    STK_TRY(read_typed(w, "styles", start_style, end_style, error));
    STK_TRY(open_sheet(w, error));
done:
    return status;
}

stk_status stk_workbook_open(const stk_packed *packed, stk_workbook **workbook, stk_error *error)
{
    bool found = false;
    stk_workbook *w = calloc(1, sizeof *w);
    *workbook = NULL;
    if (w == NULL) {
        return stk_error_memory(error);
    }
    w->packed = packed;
    stk_status status = open_workbook(w, &found, error);
    if (status != STK_OK || !found) {
        stk_workbook_close(w);
        return status;
    }
    *workbook = w;
    return STK_OK;
}

stk_status stk_workbook_read(stk_workbook *workbook, char *buffer, size_t size, size_t *got,
                             stk_error *error)
{
    stk_workbook *w = workbook;
    stk_buffer *out = &w->sheet.out;
    stk_status status = STK_OK;
    while (status == STK_OK && w->taken == out->size && !w->part.ended) {
        w->taken = 0;
        out->size = 0;
        status = xml_part_next(&w->part, error);
        status = status != STK_OK ? status : stk_buffer_status(out, error);
    }
    size_t left = status == STK_OK ? out->size - w->taken : 0;
    *got = left < size ? left : size;
    if (*got > 0) {
        memcpy(buffer, out->data + w->taken, *got);
        w->taken += *got;
    }
    return status;
}

void stk_workbook_close(stk_workbook *workbook)
{
    if (workbook != NULL) {
        xml_part_close(&workbook->part);
        free(workbook->sheets.items);
        free(workbook->parts.items);
        free(workbook->dates.items);
        stk_buffer_free(&workbook->shared.texts);
        free(workbook->shared.ends);
        free(workbook->shared.dates);
        stk_buffer_free(&workbook->sheet.out);
        stk_arena_free(&workbook->arena);
        free(workbook);
    }
}
