/** @file xml_part.h
 * @brief An XML file of a zip archive, read piece by piece through expat, which is loaded.
 *
 * Files come from anywhere: no document type (and so no entities) is read, elements lie no deeper
 * than a hundred, and a text that is collected has a bound.
 */
#ifndef STK_BASE_XML_PART_H
#define STK_BASE_XML_PART_H

#include "base/buffer.h"
#include "base/unpack.h"

typedef struct xml_part xml_part;

/** An element starts or ends; `name` has no prefix. Attributes: xml_attribute(). */
typedef void xml_start(xml_part *part, const char *name, const char *const *attributes);
typedef void xml_end(xml_part *part, const char *name);

/** What is made of it: set by the caller before xml_part_open(). */
typedef struct xml_reader {
    void *user;
    xml_start *start;
    xml_end *end;
} xml_reader;

struct xml_part {
    xml_reader reader;
    bool collect;    /**< texts are added to `text`; set and cleared by the callbacks */
    stk_buffer text; /**< emptied by them */
    bool ended;
    /* its own */
    struct xml_library *library;
    const char *name; /* of the archive */
    void *parser;
    stk_unpacker *unpacker;
    int depth;
    stk_error problem; /* of a callback */
};

/** Open a member of an archive; `*found` is false where it has none of that path.
 * @return STK_ENOTFOUND without expat */
stk_status xml_part_open(xml_part *part, const stk_packed *packed, const char *path,
                         const xml_reader *reader, bool *found, stk_error *error);

/** Read the next piece, with callbacks; `ended` becomes true with the last one. */
stk_status xml_part_next(xml_part *part, stk_error *error);
void xml_part_close(xml_part *part);

/** Read a member from start to end. */
stk_status xml_part_read(const stk_packed *packed, const char *path, const xml_reader *reader,
                         bool *found, stk_error *error);

/** Refuse the file from a callback: nothing more of it is read. */
void xml_part_refuse(xml_part *part, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** The value of an attribute without its prefix, or NULL. */
const char *xml_attribute(const char *const *attributes, const char *name);

#endif
