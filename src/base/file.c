/** @file file.c
 * @brief Whole files in, whole files out, and their checksums.
 */
#include <errno.h>
#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stocktake/file.h>

enum { FIRST_CAPACITY = 64 * 1024 };
#define FILE_SIZE_MAX ((size_t)2 << 30)

void stk_sha256(stk_text text, char out[STK_SHA256_SIZE])
{
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA2_CTX context;
    SHA256Init(&context);
    SHA256Update(&context, (const uint8_t *)text.data, text.size);
    SHA256Final(digest, &context);
    for (size_t i = 0; i < sizeof digest; i++) {
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
    }
}

static stk_status refuse(const char *path, stk_error *error)
{
    return stk_error_at(error, STK_EIO, path, 0, 0, "%s", strerror(errno));
}

/* Pipes have no size beforehand, so the content is read until it ends. */
static stk_status read_all(FILE *file, const char *path, stk_text *content, stk_error *error)
{
    size_t capacity = FIRST_CAPACITY;
    size_t size = 0;
    char *data = malloc(capacity);
    while (data != NULL) {
        size += fread(data + size, 1, capacity - size - 1, file);
        if (size + 1 < capacity || size > FILE_SIZE_MAX) {
            break;
        }
        capacity *= 2;
        char *larger = realloc(data, capacity);
        if (larger == NULL) {
            free(data);
        }
        data = larger;
    }
    if (data == NULL) {
        return stk_error_at(error, STK_EMEM, path, 0, 0, "out of memory");
    }
    if (ferror(file) || size > FILE_SIZE_MAX) {
        stk_status status = ferror(file)
                                ? refuse(path, error)
                                : stk_error_at(error, STK_EIO, path, 0, 0, "larger than 2 GiB");
        free(data);
        return status;
    }
    data[size] = '\0';
    *content = (stk_text){data, size};
    return STK_OK;
}

stk_status stk_file_read(const char *path, stk_text *content, stk_error *error)
{
    struct stat information;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return refuse(path, error);
    }
    stk_status status = STK_OK;
    if (fstat(fileno(file), &information) == 0 && S_ISDIR(information.st_mode)) {
        status = stk_error_at(error, STK_EIO, path, 0, 0, "is a folder, not a file");
    } else {
        status = read_all(file, path, content, error);
    }
    fclose(file);
    return status;
}

/* A device or a pipe, such as /dev/stdout, is no file that a rename may replace. */
static bool is_special(const char *path)
{
    struct stat information;
    return stat(path, &information) == 0 && !S_ISREG(information.st_mode) &&
           !S_ISDIR(information.st_mode);
}

static bool write_all(FILE *file, stk_text content)
{
    bool written = fwrite(content.data, 1, content.size, file) == content.size;
    return fclose(file) == 0 && written;
}

static stk_status write_special(const char *path, stk_text content, stk_error *error)
{
    FILE *file = fopen(path, "wb");
    return file != NULL && write_all(file, content) ? STK_OK : refuse(path, error);
}

static stk_status replace(const char *path, char *temporary, stk_text content, stk_error *error)
{
    int descriptor = mkstemp(temporary);
    if (descriptor < 0) {
        return refuse(path, error);
    }
    FILE *file = fdopen(descriptor, "wb");
    if (file == NULL) {
        close(descriptor);
    }
    mode_t mask = umask(0);
    umask(mask);
    if (file == NULL || !write_all(file, content) || chmod(temporary, 0666 & ~mask) != 0 ||
        rename(temporary, path) != 0) {
        stk_status status = refuse(path, error);
        remove(temporary);
        return status;
    }
    return STK_OK;
}

stk_status stk_file_write(const char *path, stk_text content, stk_error *error)
{
    if (is_special(path)) {
        return write_special(path, content, error);
    }
    size_t size = strlen(path) + sizeof ".XXXXXX";
    char *temporary = malloc(size);
    if (temporary == NULL) {
        return stk_error_at(error, STK_EMEM, path, 0, 0, "out of memory");
    }
    snprintf(temporary, size, "%s.XXXXXX", path);
    stk_status status = replace(path, temporary, content, error);
    free(temporary);
    return status;
}
