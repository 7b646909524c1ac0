/** @file unpack.c
 * @brief Zip, gzip, zstd and xz through libarchive.
 *
 * Nothing is written to disk, and memory does not grow with what is packed. libarchive brings a
 * dozen other libraries: it is loaded when there is something to unpack.
 */
#include "base/unpack.h"

#include "base/loaded.h"
#include "base/pending_file.h"

#include <string.h>

stk_packing stk_packing_of(const char *head, size_t size)
{
    static const struct {
        stk_packing packing;
        size_t size;
        char bytes[STK_PACKING_HEAD];
    } heads[] = {
        {STK_GZIP, 2, {'\x1f', '\x8b'}},
        {STK_XZ, 6, {'\xfd', '7', 'z', 'X', 'Z', '\0'}},
        {STK_ZSTD, 4, {'\x28', '\xb5', '\x2f', '\xfd'}},
        {STK_ZIP, 4, {'P', 'K', '\3', '\4'}},
        {STK_ZIP, 4, {'P', 'K', '\5', '\6'}}, /* without a member */
        {STK_OLE, 6, {'\xd0', '\xcf', '\x11', '\xe0', '\xa1', '\xb1'}},
    };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (size >= heads[i].size && memcmp(head, heads[i].bytes, heads[i].size) == 0) {
            return heads[i].packing;
        }
    }
    return STK_NOT_PACKED;
}

#ifdef STK_HAVE_ARCHIVE

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#define FUNCTIONS(X)                                                                               \
    X(archive_read_new)                                                                            \
    X(archive_read_free)                                                                           \
    X(archive_read_support_filter_gzip)                                                            \
    X(archive_read_support_filter_xz)                                                              \
    X(archive_read_support_filter_zstd)                                                            \
    X(archive_read_support_format_raw)                                                             \
    X(archive_read_support_format_zip)                                                             \
    X(archive_read_set_callback_data)                                                              \
    X(archive_read_set_read_callback)                                                              \
    X(archive_read_set_seek_callback)                                                              \
    X(archive_read_open1)                                                                          \
    X(archive_read_next_header)                                                                    \
    X(archive_read_data)                                                                           \
    X(archive_filter_count)                                                                        \
    X(archive_errno)                                                                               \
    X(archive_error_string)                                                                        \
    X(archive_entry_pathname_utf8)                                                                 \
    X(archive_entry_pathname)                                                                      \
    X(archive_entry_filetype)                                                                      \
    X(archive_entry_is_encrypted)

typedef struct library {
    FUNCTIONS(STK_LOADED_MEMBER)
} library;

enum {
    BUFFER_SIZE = 256 * 1024,
    MEMBERS_MAX = 10000, /* of an archive */
    RATIO_MAX = 2000,    /* of unpacked to packed, once there are as many bytes as below */
    RATIO_MEMBER = 200,  /* of a member that is asked for */
    RATIO_FROM = 256 * 1024 * 1024
};

struct stk_unpacker {
    library call;
    stk_packed packed;
    stk_packing packing;
    struct archive *archive;
    stk_error problem; /* of reading the packed bytes */
    int64_t place;     /* from the start, where they are read next */
    uint64_t in;
    uint64_t out;
    size_t members;     /* looked at */
    const char *wanted; /* the member that is asked for; NULL: the one CSV file */
    bool is_workbook;
    char member[512];
    bool ended;
    char buffer[BUFFER_SIZE];
};

/* ---- the library ---- */

static bool load(library *call)
{
#define PLACE(name) STK_LOADED_PLACE(library, name)
    static const stk_loaded functions[] = {FUNCTIONS(PLACE)};
#undef PLACE
    return stk_load(STK_ARCHIVE_FILE, call, functions, sizeof functions / sizeof *functions);
}

static la_ssize_t give(struct archive *archive, void *user, const void **data)
{
    stk_unpacker *u = user;
    size_t got = 0;
    (void)archive;
    *data = u->buffer;
    if (u->packed.read(u->packed.user, u->buffer, sizeof u->buffer, &got, &u->problem) != STK_OK) {
        return -1;
    }
    u->in += got;
    u->place += (int64_t)got;
    return (la_ssize_t)got;
}

static la_int64_t go_to(struct archive *archive, void *user, la_int64_t offset, int whence)
{
    stk_unpacker *u = user;
    (void)archive;
    int64_t from = whence == SEEK_CUR   ? u->place
                   : whence == SEEK_END ? u->packed.seek(u->packed.user, -1)
                                        : 0;
    if (from < 0 || from + offset < 0 || u->packed.seek(u->packed.user, from + offset) < 0) {
        return ARCHIVE_FATAL;
    }
    u->place = from + offset;
    return u->place;
}

static stk_status refuse(stk_unpacker *u, stk_error *error)
{
    const char *why = u->call.archive_error_string(u->archive);
    if (u->problem.status != STK_OK) {
        if (error != NULL) {
            *error = u->problem;
        }
        return u->problem.status;
    }
    if (u->call.archive_errno(u->archive) == ENOMEM) {
        return stk_error_memory(error);
    }
    return stk_error_at(error, STK_EFORMAT, u->packed.name, 0, 0, "cannot be unpacked: %s",
                        why == NULL ? "the archive is damaged" : why);
}

static stk_status start(stk_unpacker *u, stk_error *error)
{
    const library *call = &u->call;
    u->archive = call->archive_read_new();
    u->members = 0;
    u->place = 0;
    if (u->archive == NULL) {
        return stk_error_memory(error);
    }
    if (u->packing == STK_ZIP && u->packed.seek != NULL && u->packed.seek(u->packed.user, 0) < 0) {
        return stk_error_at(error, STK_EIO, u->packed.name, 0, 0, "cannot be read");
    }
    if (u->packing == STK_ZIP) {
        call->archive_read_support_format_zip(u->archive);
    } else {
        call->archive_read_support_format_raw(u->archive);
    }
    if (u->packing == STK_GZIP) {
        call->archive_read_support_filter_gzip(u->archive);
    } else if (u->packing == STK_XZ) {
        call->archive_read_support_filter_xz(u->archive);
    } else if (u->packing == STK_ZSTD) {
        call->archive_read_support_filter_zstd(u->archive);
    }
    call->archive_read_set_callback_data(u->archive, u);
    call->archive_read_set_read_callback(u->archive, give);
    if (u->packed.seek != NULL && u->packing == STK_ZIP) {
        call->archive_read_set_seek_callback(u->archive, go_to);
    }
    return call->archive_read_open1(u->archive) < ARCHIVE_WARN ? refuse(u, error) : STK_OK;
}

/* ---- members ---- */

/* Files whose names start with a dot are what other systems leave beside the real ones. */
static bool is_table(const char *name)
{
    const char *base = stk_path_name(name);
    stk_text name_alone = stk_text_of(base);
    return base[0] != '.' && stk_text_cut_suffix_alike(&name_alone, ".csv");
}

static bool is_wanted(stk_unpacker *u, const char *name)
{
    stk_text rest = stk_text_of(name);
    u->is_workbook = u->is_workbook || stk_text_cut_prefix_alike(&rest, "xl/workbook.");
    return u->wanted != NULL ? stk_text_alike(stk_text_of(name), u->wanted) : is_table(name);
}

/* Advance to the next file of the archive that is wanted; `*found` is false at the end. */
static stk_status next_table(stk_unpacker *u, bool *found, stk_error *error)
{
    const library *call = &u->call;
    *found = false;
    for (;;) {
        struct archive_entry *entry;
        int code = call->archive_read_next_header(u->archive, &entry);
        if (code == ARCHIVE_EOF) {
            return STK_OK;
        }
        if (code < ARCHIVE_WARN) {
            return refuse(u, error);
        }
        if (++u->members > MEMBERS_MAX) {
            return stk_error_at(error, STK_EFORMAT, u->packed.name, 0, 0,
                                "the archive holds more than %d files", MEMBERS_MAX);
        }
        const char *name = call->archive_entry_pathname_utf8(entry);
        name = name == NULL ? call->archive_entry_pathname(entry) : name;
        if (name == NULL || !is_wanted(u, name) ||
            call->archive_entry_filetype(entry) != AE_IFREG) {
            continue;
        }
        if (call->archive_entry_is_encrypted(entry)) {
            return stk_error_at(error, STK_EFORMAT, u->packed.name, 0, 0,
                                "'%s' in it is encrypted; unpack it first", STK_CUT(name, 200));
        }
        stk_print(u->member, sizeof u->member, "%s", name);
        *found = true;
        return STK_OK;
    }
}

static stk_status refuse_second(stk_unpacker *u, const char *first, stk_error *error)
{
    return stk_error_at(error, STK_EFORMAT, u->packed.name, 0, 0,
                        "holds more than one CSV file, '%s' and '%s'; unpack it and name "
                        "the one that is meant",
                        STK_CUT(first, 150), STK_CUT(u->member, 150));
}

static stk_status refuse_none(stk_unpacker *u, stk_error *error)
{
    return u->is_workbook ? stk_error_at(error, STK_EFORMAT, u->packed.name, 0, 0,
                                         "is an Excel workbook, %s; save the sheet as CSV",
                                         u->packed.seek == NULL ? "which cannot be read from a pipe"
                                                                : "but not in the form of XLSX")
                          : stk_error_at(error, STK_EFORMAT, u->packed.name, 0, 0,
                                         "the archive holds no CSV file (%zu other file%s)",
                                         u->members, u->members == 1 ? "" : "s");
}

/* Look for a second CSV file before the first is read, where one can go back. */
static stk_status check_members(stk_unpacker *u, stk_error *error)
{
    char first[sizeof u->member];
    bool found = false;
    stk_status status = next_table(u, &found, error);
    if (status != STK_OK || !found) {
        return status != STK_OK ? status : refuse_none(u, error);
    }
    memcpy(first, u->member, sizeof first);
    status = next_table(u, &found, error);
    if (status == STK_OK && found) {
        return refuse_second(u, first, error);
    }
    u->call.archive_read_free(u->archive);
    u->archive = NULL;
    return status != STK_OK ? status : start(u, error);
}

static stk_status open_table(stk_unpacker *u, stk_error *error)
{
    bool found;
    stk_status status = u->packed.seek == NULL ? STK_OK : check_members(u, error);
    status = status != STK_OK ? status : next_table(u, &found, error);
    return status == STK_OK && !found ? refuse_none(u, error) : status;
}

static stk_status open_alone(stk_unpacker *u, stk_error *error)
{
    struct archive_entry *entry;
    if (u->call.archive_read_next_header(u->archive, &entry) < ARCHIVE_WARN) {
        return refuse(u, error);
    }
    /* the bytes as they are count as one more */
    return u->call.archive_filter_count(u->archive) <= 2
               ? STK_OK
               : stk_error_at(error, STK_EFORMAT, u->packed.name, 0, 0,
                              "is packed more than once; unpack it first");
}

static stk_status open_archive(stk_unpacker *u, stk_error *error)
{
    stk_status status = start(u, error);
    if (status != STK_OK || u->archive == NULL) {
        return status;
    }
    return u->packing == STK_ZIP ? open_table(u, error) : open_alone(u, error);
}

static stk_status make(const stk_packed *packed, stk_packing packing, stk_unpacker **unpacker,
                       stk_error *error)
{
    stk_unpacker *u = calloc(1, sizeof *u);
    *unpacker = NULL;
    if (u == NULL) {
        return stk_error_memory(error);
    }
    if (!load(&u->call)) {
        free(u);
        return stk_error_at(error, STK_ENOTFOUND, packed->name, 0, 0,
                            "is packed, and " STK_ARCHIVE_FILE
                            ", which unpacks it, is not installed here or finds no memory");
    }
    u->packed = *packed;
    u->packing = packing;
    *unpacker = u;
    return STK_OK;
}

stk_status stk_unpack_open(const stk_packed *packed, stk_packing packing, stk_unpacker **unpacker,
                           stk_error *error)
{
    stk_status status = make(packed, packing, unpacker, error);
    if (*unpacker == NULL) {
        return status;
    }
    status = open_archive(*unpacker, error);
    if (status != STK_OK) {
        stk_unpack_close(*unpacker);
        *unpacker = NULL;
    }
    return status;
}

stk_status stk_unpack_open_member(const stk_packed *packed, const char *path,
                                  stk_unpacker **unpacker, stk_error *error)
{
    bool found = false;
    stk_status status = make(packed, STK_ZIP, unpacker, error);
    if (*unpacker == NULL) {
        return status;
    }
    (*unpacker)->wanted = path;
    status = start(*unpacker, error);
    status = status != STK_OK ? status : next_table(*unpacker, &found, error);
    if (!found) {
        stk_unpack_close(*unpacker);
        *unpacker = NULL;
    }
    return status;
}

/* The table has ended: what follows it must be no other. */
static stk_status finish(stk_unpacker *u, stk_error *error)
{
    char first[sizeof u->member];
    bool found = false;
    memcpy(first, u->member, sizeof first);
    u->ended = true;
    bool others = u->packing == STK_ZIP && u->wanted == NULL;
    stk_status status = others ? next_table(u, &found, error) : STK_OK;
    return status == STK_OK && found ? refuse_second(u, first, error) : status;
}

stk_status stk_unpack_read(stk_unpacker *u, char *buffer, size_t size, size_t *got,
                           stk_error *error)
{
    la_ssize_t read;
    *got = 0;
    if (u->ended || size == 0) {
        return STK_OK;
    }
    do {
        read = u->call.archive_read_data(u->archive, buffer, size);
    } while (read == ARCHIVE_RETRY);
    if (read < 0) {
        return refuse(u, error);
    }
    *got = (size_t)read;
    u->out += *got;
    uint64_t ratio = u->wanted != NULL ? RATIO_MEMBER : RATIO_MAX;
    if (u->out > RATIO_FROM && u->out / ratio > u->in) {
        return stk_error_at(error, STK_EFORMAT, u->packed.name, 0, 0,
                            "unpacks to more than %d times its size; unpack it first if that is "
                            "meant",
                            (int)ratio);
    }
    return read == 0 ? finish(u, error) : STK_OK;
}

void stk_unpack_close(stk_unpacker *u)
{
    if (u != NULL && u->archive != NULL) {
        u->call.archive_read_free(u->archive);
    }
    free(u);
}

#else

stk_status stk_unpack_open(const stk_packed *packed, stk_packing packing, stk_unpacker **unpacker,
                           stk_error *error)
{
    (void)packing;
    *unpacker = NULL;
    return stk_error_at(error, STK_ENOTFOUND, packed->name, 0, 0,
                        "is packed, and this build unpacks nothing: libarchive was missing when "
                        "it was made");
}

stk_status stk_unpack_open_member(const stk_packed *packed, const char *path,
                                  stk_unpacker **unpacker, stk_error *error)
{
    (void)path;
    return stk_unpack_open(packed, STK_ZIP, unpacker, error);
}

stk_status stk_unpack_read(stk_unpacker *unpacker, char *buffer, size_t size, size_t *got,
                           stk_error *error)
{
    (void)unpacker, (void)buffer, (void)size;
    *got = 0;
    return stk_error_set(error, STK_ENOTFOUND, "this build unpacks nothing");
}

void stk_unpack_close(stk_unpacker *unpacker)
{
    (void)unpacker;
}

#endif
