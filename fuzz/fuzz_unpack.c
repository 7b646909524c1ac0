/** @file fuzz_unpack.c
 * @brief Any bytes as something packed: from a file that can be gone back in, and from a pipe.
 */
#include <string.h>

#include "base/unpack.h"
#include "base/workbook.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct memory {
    const uint8_t *data;
    size_t size;
    size_t place;
} memory;

static stk_status read_memory(void *user, char *buffer, size_t size, size_t *got, stk_error *error)
{
    memory *in = user;
    size_t left = in->size - in->place;
    (void)error;
    *got = left < size ? left : size;
    memcpy(buffer, in->data + in->place, *got);
    in->place += *got;
    return STK_OK;
}

static int64_t seek_memory(void *user, int64_t place)
{
    memory *in = user;
    if (place > (int64_t)in->size) {
        return -1;
    }
    in->place = place < 0 ? in->size : (size_t)place;
    return (int64_t)in->place;
}

static void unpack(const uint8_t *data, size_t size, bool pipe)
{
    static char buffer[1 << 16];
    enum { UNPACKED_MAX = 1 << 24 }; /* small inputs may unpack to gigabytes */
    memory in = {data, size, 0};
    stk_packed packed = {"fuzz", &in, read_memory, pipe ? NULL : seek_memory};
    stk_unpacker *unpacker;
    stk_packing packing = stk_packing_of((const char *)data, size);
    if (packing == STK_NOT_PACKED || stk_unpack_open(&packed, packing, &unpacker, NULL) != STK_OK) {
        return;
    }
    size_t got = 1;
    for (size_t all = 0; got > 0 && all < UNPACKED_MAX; all += got) {
        if (stk_unpack_read(unpacker, buffer, sizeof buffer, &got, NULL) != STK_OK) {
            break;
        }
    }
    stk_unpack_close(unpacker);
}

static void read_workbook(const uint8_t *data, size_t size)
{
    static char buffer[1 << 16];
    enum { UNPACKED_MAX = 1 << 24 };
    memory in = {data, size, 0};
    stk_packed packed = {"fuzz", &in, read_memory, seek_memory};
    stk_workbook *workbook;
    size_t got = 1;
    if (stk_packing_of((const char *)data, size) != STK_ZIP ||
        stk_workbook_open(&packed, &workbook, NULL) != STK_OK || workbook == NULL) {
        return;
    }
    for (size_t all = 0; got > 0 && all < UNPACKED_MAX; all += got) {
        if (stk_workbook_read(workbook, buffer, sizeof buffer, &got, NULL) != STK_OK) {
            break;
        }
    }
    stk_workbook_close(workbook);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_workbook(data, size);
    unpack(data, size, false);
    unpack(data, size, true);
    return 0;
}
