/** @file xml_part.c
 * @brief XML of an archive through expat.
 */
#include "base/xml_part.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/loaded.h"
#include "base/try.h"

static const char *without_prefix(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

const char *xml_attribute(const char *const *attributes, const char *name)
{
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        if (strcmp(without_prefix(attributes[i]), name) == 0) {
            return attributes[i + 1];
        }
    }
    return NULL;
}

#ifdef STK_HAVE_EXPAT

#include <expat.h>

#define FUNCTIONS(X)                                                                               \
    X(XML_ParserCreate)                                                                            \
    X(XML_ParserFree)                                                                              \
    X(XML_SetUserData)                                                                             \
    X(XML_SetElementHandler)                                                                       \
    X(XML_SetCharacterDataHandler)                                                                 \
    X(XML_SetStartDoctypeDeclHandler)                                                              \
    X(XML_Parse)                                                                                   \
    X(XML_StopParser)                                                                              \
    X(XML_GetErrorCode)                                                                            \
    X(XML_ErrorString)

struct xml_library {
    FUNCTIONS(STK_LOADED_MEMBER)
};

enum { DEPTH_MAX = 100, TEXT_MAX = 256 * 1024, PIECE = 16 * 1024 };

static bool load(struct xml_library *call)
{
#define PLACE(name) STK_LOADED_PLACE(struct xml_library, name)
    static const stk_loaded functions[] = {FUNCTIONS(PLACE)};
#undef PLACE
    return stk_load(STK_EXPAT_FILE, call, functions, sizeof functions / sizeof *functions);
}

void xml_part_refuse(xml_part *part, const char *format, ...)
{
    char message[400];
    va_list arguments;
    if (part->problem.status != STK_OK) {
        return;
    }
    va_start(arguments, format);
    stk_print_list(message, sizeof message, format, arguments);
    va_end(arguments);
    (void)stk_error_at(&part->problem, STK_EFORMAT, part->name, 0, 0, "%s", message);
    part->library->XML_StopParser(part->parser, XML_FALSE);
}

static void on_start(void *user, const char *name, const char **attributes)
{
    xml_part *part = user;
    if (++part->depth > DEPTH_MAX) {
        xml_part_refuse(part, "is no workbook: its XML is nested more than %d deep", DEPTH_MAX);
    } else {
        part->reader.start(part, without_prefix(name), (const char *const *)attributes);
    }
}

static void on_end(void *user, const char *name)
{
    xml_part *part = user;
    part->depth--;
    part->reader.end(part, without_prefix(name));
}

static void on_text(void *user, const char *text, int size)
{
    xml_part *part = user;
    if (part->collect && part->text.size + (size_t)size > TEXT_MAX) {
        xml_part_refuse(part, "a text of it is longer than %d KiB", TEXT_MAX / 1024);
    } else if (part->collect) {
        stk_buffer_append(&part->text, (stk_text){text, (size_t)size});
    }
}

static void on_doctype(void *user, const char *name, const char *system, const char *public,
                       int own)
{
    (void)name, (void)system, (void)public, (void)own;
    xml_part_refuse(user, "is no workbook: its XML has a document type");
}

stk_status xml_part_open(xml_part *part, const stk_packed *packed, const char *path,
                         const xml_reader *reader, bool *found, stk_error *error)
{
    stk_status status;
    *part = (xml_part){.reader = *reader, .name = packed->name};
    *found = false;
    STK_TRY(stk_unpack_open_member(packed, path, &part->unpacker, error));
    if (part->unpacker == NULL) {
        return STK_OK;
    }
    *found = true;
    part->library = malloc(sizeof *part->library);
    STK_TRY(stk_allocated(part->library, error));
    if (!load(part->library)) {
        STK_FAIL(stk_error_at(error, STK_ENOTFOUND, packed->name, 0, 0,
                              "is an Excel workbook, and " STK_EXPAT_FILE
                              ", which is needed for it, is not installed here (package libexpat1) "
                              "or finds no memory; "
                              "or save the sheet as CSV"));
    }
    part->parser = part->library->XML_ParserCreate(NULL);
    STK_TRY(stk_allocated(part->parser, error));
    part->library->XML_SetUserData(part->parser, part);
    part->library->XML_SetElementHandler(part->parser, on_start, on_end);
    part->library->XML_SetCharacterDataHandler(part->parser, on_text);
    part->library->XML_SetStartDoctypeDeclHandler(part->parser, on_doctype);
done:
    return status;
}

stk_status xml_part_next(xml_part *part, stk_error *error)
{
    char piece[PIECE];
    size_t got = 0;
    struct xml_library *call = part->library;
    stk_status status = stk_unpack_read(part->unpacker, piece, sizeof piece, &got, error);
    if (status != STK_OK) {
        return status;
    }
    part->ended = got == 0;
    enum XML_Status parsed = call->XML_Parse(part->parser, piece, (int)got, got == 0);
    if (part->problem.status != STK_OK) {
        if (error != NULL) {
            *error = part->problem;
        }
        return part->problem.status;
    }
    if (parsed != XML_STATUS_OK) {
        enum XML_Error code = call->XML_GetErrorCode(part->parser);
        return code == XML_ERROR_NO_MEMORY
                   ? stk_error_memory(error)
                   : stk_error_at(error, STK_EFORMAT, part->name, 0, 0,
                                  "the workbook is damaged: %s", call->XML_ErrorString(code));
    }
    return stk_buffer_status(&part->text, error);
}

void xml_part_close(xml_part *part)
{
    if (part->parser != NULL) {
        part->library->XML_ParserFree(part->parser);
    }
    free(part->library);
    stk_unpack_close(part->unpacker);
    stk_buffer_free(&part->text);
    *part = (xml_part){.ended = true};
}

#else

void xml_part_refuse(xml_part *part, const char *format, ...)
{
    (void)part, (void)format;
}

stk_status xml_part_open(xml_part *part, const stk_packed *packed, const char *path,
                         const xml_reader *reader, bool *found, stk_error *error)
{
    *part = (xml_part){.reader = *reader};
    stk_status status = stk_unpack_open_member(packed, path, &part->unpacker, error);
    *found = part->unpacker != NULL;
    return !*found ? status
                   : stk_error_at(error, STK_ENOTFOUND, packed->name, 0, 0,
                                  "is an Excel workbook, and this build reads none: expat was "
                                  "missing when it was made; save the sheet as CSV");
}

stk_status xml_part_next(xml_part *part, stk_error *error)
{
    (void)part;
    return stk_error_set(error, STK_ENOTFOUND, "this build reads no workbooks");
}

void xml_part_close(xml_part *part)
{
    stk_unpack_close(part->unpacker);
    *part = (xml_part){.ended = true};
}

#endif

stk_status xml_part_read(const stk_packed *packed, const char *path, const xml_reader *reader,
                         bool *found, stk_error *error)
{
    xml_part part;
    stk_status status = xml_part_open(&part, packed, path, reader, found, error);
    while (status == STK_OK && *found && !part.ended) {
        status = xml_part_next(&part, error);
    }
    xml_part_close(&part);
    return status;
}
