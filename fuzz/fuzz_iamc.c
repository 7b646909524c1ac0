/** @file fuzz_iamc.c
 * @brief Any bytes as an IAMC table: in one piece and in many, with the same outcome; then the
 * stages on what was read.
 */
#include <stdlib.h>
#include <string.h>

#include <stocktake/scenario.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct pieces {
    const uint8_t *data;
    size_t size;
    size_t position;
} pieces;

static stk_status read_piece(void *user, char *buffer, size_t size, size_t *got, stk_error *error)
{
    pieces *in = user;
    (void)error;
    size_t left = in->size - in->position;
    *got = left < 7 ? left : 7;
    *got = *got < size ? *got : size;
    memcpy(buffer, in->data + in->position, *got);
    in->position += *got;
    return STK_OK;
}

static void write_and_read(const stk_iamc *table)
{
    char *text = NULL;
    size_t size = 0;
    stk_iamc *again = NULL;
    if (stk_iamc_write(table, &text, &size, NULL) != STK_OK) {
        return;
    }
    /* Without any value there is no year, and so nothing that could be read. */
    if (stk_iamc_read("again", (stk_text){text, size}, NULL, &again, NULL) == STK_OK &&
        again->row_count != table->row_count) {
        abort();
    }
    stk_iamc_free(again);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    stk_iamc *whole = NULL;
    stk_iamc *streamed = NULL;
    pieces in = {data, size, 0};
    stk_iamc_input input = {"fuzz", read_piece, &in};
    stk_status status =
        stk_iamc_read("fuzz", (stk_text){(const char *)data, size}, NULL, &whole, NULL);
    if (size < 4096) {
        stk_status other = stk_iamc_read_stream(&input, NULL, &streamed, NULL);
        if ((status == STK_OK) != (other == STK_OK)) {
            abort();
        }
    }
    if (status == STK_OK) {
        double factor;
        write_and_read(whole);
        for (size_t r = 0; r < whole->row_count; r++) {
            stk_iamc_unit_factor(whole->rows[r].unit, "Mt CO2/yr", &factor, NULL);
        }
    }
    stk_iamc_free(whole);
    stk_iamc_free(streamed);
    return 0;
}
