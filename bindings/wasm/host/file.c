/** @file file.c
 * @brief Files that are read in the browser: none, in the place of base/file.c and
 * data/edition_folder.c.
 */
#include <stocktake/edition.h>
#include <stocktake/file.h>

static stk_status refuse(const char *path, stk_error *error)
{
    return stk_error_at(error, STK_EIO, path, 0, 0, "a page reads no files");
}

stk_status stk_stream_open(const char *path, stk_stream **stream, stk_error *error)
{
    *stream = NULL;
    return refuse(path, error);
}

stk_status stk_stream_read(void *stream, char *buffer, size_t size, size_t *got, stk_error *error)
{
    (void)stream, (void)buffer, (void)size;
    *got = 0;
    return refuse("", error);
}

void stk_stream_close(stk_stream *stream)
{
    (void)stream;
}

bool stk_is_folder(const char *path)
{
    (void)path;
    return false;
}

stk_status stk_file_read(const char *path, stk_text *content, stk_error *error)
{
    *content = (stk_text){NULL, 0};
    return refuse(path, error);
}

stk_status stk_file_unpack(const char *path, stk_text *content, stk_error *error)
{
    return stk_file_read(path, content, error);
}

stk_status stk_file_write(const char *path, stk_text content, stk_error *error)
{
    (void)content;
    return refuse(path, error);
}

stk_status stk_edition_open_folder(const char *path, stk_edition **edition, stk_error *error)
{
    *edition = NULL;
    return refuse(path, error);
}
