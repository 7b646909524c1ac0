/** @file data.c
 * @brief An edition read completely, and one checksum for all its data.
 */
#include <stdlib.h>
#include <string.h>

#include <stocktake/data.h>

#include "base/buffer.h"
#include "base/try.h"
#include "data/edition_impl.h"

stk_status stk_data_open(stk_data *data, const char *folder, const stk_baseline_files *files,
                         stk_error *error)
{
    memset(data, 0, sizeof *data);
    stk_status status;
    STK_TRY(folder == NULL ? stk_edition_open_embedded(&data->edition, error)
                           : stk_edition_open_folder(folder, &data->edition, error));
    STK_TRY(stk_inventory_load(data->edition, &data->inventory, error));
    STK_TRY(stk_pledges_load(data->edition, data->inventory, &data->pledges, NULL, error));
    STK_TRY(stk_baseline_make(data->inventory, files, &data->baseline, error));
done:
    if (status != STK_OK) {
        stk_data_close(data);
    }
    return status;
}

void stk_data_close(stk_data *data)
{
    stk_baseline_free(data->baseline);
    stk_pledges_free(data->pledges);
    stk_inventory_free(data->inventory);
    stk_edition_free(data->edition);
    memset(data, 0, sizeof *data);
}

static const char pledges_folder[] = "pledges/";
static const char *const events[] = {STK_PATH_PARTY_EVENTS, STK_PATH_NET_ZERO};

static void add_line(stk_buffer *list, const char *path, stk_text content)
{
    char checksum[STK_SHA256_SIZE];
    stk_sha256(content, checksum);
    stk_buffer_printf(list, "%s  %s\n", checksum, path);
}

/* Pledges are one table whatever files they came from, so that a folder and the pack made of it
 * have the same checksum. */
static stk_status add_pledges(const stk_data *data, stk_buffer *list, stk_error *error)
{
    stk_text table;
    stk_status status;
    STK_TRY(stk_pledges_write_csv(stk_pledges_base(data->pledges), &table, error));
    add_line(list, pledges_folder, table);
    free((char *)table.data);
done:
    return status;
}

/* Part of the table of pledges, and so already in the checksum. */
static bool is_pledge_file(const char *path)
{
    return strncmp(path, pledges_folder, sizeof pledges_folder - 1) == 0 &&
           strcmp(path, events[0]) != 0 && strcmp(path, events[1]) != 0;
}

stk_status stk_data_list(const stk_data *data, stk_text *list, stk_error *error)
{
    stk_buffer lines = {0};
    stk_status status = add_pledges(data, &lines, error);
    for (size_t i = 0; i < stk_edition_file_count(data->edition) && status == STK_OK; i++) {
        const char *path = stk_edition_path(data->edition, i);
        stk_text content;
        if (is_pledge_file(path)) {
            continue;
        }
        status = stk_edition_read(data->edition, path, &content, error);
        if (status == STK_OK) {
            add_line(&lines, path, content);
        }
    }
    status = status != STK_OK ? status : stk_buffer_status(&lines, error);
    if (status != STK_OK) {
        stk_buffer_free(&lines);
        return status;
    }
    *list = (stk_text){lines.data, lines.size};
    return STK_OK;
}

stk_status stk_data_checksum(const stk_data *data, char out[STK_SHA256_SIZE], stk_error *error)
{
    stk_text list;
    stk_text made = {NULL, 0};
    stk_status status = stk_edition_hidden(data->edition, STK_EDITION_SUMS, &list, error);
    if (status == STK_OK && list.data == NULL) {
        status = stk_data_list(data, &made, error);
        list = made;
    }
    if (status == STK_OK && list.size == STK_SHA256_SIZE - 1) { /* a page has no more */
        stk_print(out, STK_SHA256_SIZE, "%.*s", (int)list.size, list.data);
    } else if (status == STK_OK) {
        stk_sha256(list, out);
    }
    free((char *)(uintptr_t)made.data);
    return status;
}

/* ---- for a page ---- */

/* The names of what is laid over stand before its table, in a line. */
static stk_status write_own(const stk_data *data, const char *names, stk_buffer *out,
                            stk_error *error)
{
    stk_text table;
    stk_status status;
    STK_TRY(stk_pledges_write_laid(data->pledges, &table, error));
    stk_buffer_printf(out, "%s\n", names);
    stk_buffer_append(out, table);
    free((char *)table.data);
    status = stk_buffer_status(out, error);
done:
    return status;
}

stk_status stk_data_pack_page(const stk_data *data, const char *own, stk_text *packed,
                              stk_error *error)
{
    edition_additions additions = {{NULL, 0}};
    char checksum[STK_SHA256_SIZE]; /* of the whole is all that a page tells */
    stk_buffer laid = {0};
    stk_text table = {NULL, 0};
    stk_status status;
    STK_TRY(stk_pledges_write_csv(stk_pledges_base(data->pledges), &table, error));
    STK_TRY(stk_data_checksum(data, checksum, error));
    additions[STK_EDITION_SUMS] = stk_text_of(checksum);
    if (own != NULL) {
        STK_TRY(write_own(data, own, &laid, error));
        additions[STK_EDITION_OWN] = (stk_text){laid.data, laid.size};
    }
    STK_TRY(edition_pack_page(data->edition, table, additions, packed, error));
done:
    free((char *)(uintptr_t)table.data);
    stk_buffer_free(&laid);
    return status;
}

stk_status stk_data_find_own(stk_edition *edition, stk_text *names, stk_text *table,
                             stk_error *error)
{
    *names = (stk_text){NULL, 0};
    stk_status status = stk_edition_hidden(edition, STK_EDITION_OWN, table, error);
    if (status != STK_OK || table->data == NULL) {
        return status;
    }
    const char *end = memchr(table->data, '\n', table->size);
    if (end == NULL) {
        return stk_error_set(error, STK_EFORMAT, "the edition's own documents are damaged");
    }
    *names = (stk_text){table->data, (size_t)(end - table->data)};
    *table = (stk_text){end + 1, table->size - names->size - 1};
    return STK_OK;
}
