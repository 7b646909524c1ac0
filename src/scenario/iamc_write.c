/** @file iamc_write.c
 * @brief Writing IAMC wide CSV.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/scenario.h>

#include "base/pool.h"
#include "base/table.h"

static bool *used_years(const stk_iamc *table, const bool *years)
{
    bool *used = calloc((size_t)table->year_count + 1, sizeof *used);
    if (used != NULL && years != NULL) {
        memcpy(used, years, (size_t)table->year_count * sizeof *used);
        return used;
    }
    for (size_t r = 0; used != NULL && r < table->row_count; r++) {
        for (int i = 0; i < table->year_count; i++) {
            used[i] = used[i] || !isnan(table->rows[r].values[i]);
        }
    }
    return used;
}

static void write_row(stk_buffer *buffer, const stk_iamc *table, const stk_iamc_row *row,
                      const bool *used)
{
    const char *texts[] = {row->model, row->scenario, row->region, row->variable, row->unit};
    for (size_t i = 0; i < 5; i++) {
        stk_buffer_text(buffer, i > 0 ? "," : "");
        stk_csv_write_field(buffer, stk_text_of(texts[i]));
    }
    for (int i = 0; i < table->year_count; i++) {
        if (used[i]) {
            char number[STK_NUMBER_SIZE];
            stk_number_format(row->values[i], number);
            stk_buffer_text(buffer, ",");
            stk_buffer_text(buffer, number);
        }
    }
    stk_buffer_text(buffer, "\n");
}

static stk_status pass_on(const stk_buffer *buffer, const stk_iamc_output *output, stk_error *error)
{
    stk_status status = stk_buffer_status(buffer, error);
    if (status == STK_OK && buffer->size > 0 &&
        !output->write(output->user, buffer->data, buffer->size)) {
        status = stk_error_at(error, STK_EIO, output->name, 0, 0, "cannot be written");
    }
    return status;
}

enum { BLOCK_ROWS = 64, BLOCKS = 16 };

/* Blocks of rows as text, from row `start` on. */
typedef struct text_blocks {
    const stk_iamc *table;
    const bool *used;
    size_t start;
    stk_buffer blocks[BLOCKS];
} text_blocks;

static stk_status write_block(void *user, size_t b, int thread, stk_error *error)
{
    text_blocks *texts = user;
    const stk_iamc *table = texts->table;
    size_t first = texts->start + b * BLOCK_ROWS;
    (void)thread, (void)error;
    texts->blocks[b].size = 0;
    for (size_t r = first; r < first + BLOCK_ROWS && r < table->row_count; r++) {
        write_row(&texts->blocks[b], table, &table->rows[r], texts->used);
    }
    return STK_OK;
}

/* Most of the time goes into decimals, so blocks of rows are written side by side and then passed
 * on in their order. */
static stk_status write_rows(const stk_iamc *table, const bool *used, const stk_iamc_output *output,
                             stk_error *error)
{
    text_blocks texts = {.table = table, .used = used};
    stk_status status = STK_OK;
    for (; texts.start < table->row_count && status == STK_OK; texts.start += BLOCKS * BLOCK_ROWS) {
        size_t blocks = (table->row_count - texts.start + BLOCK_ROWS - 1) / BLOCK_ROWS;
        blocks = blocks < BLOCKS ? blocks : BLOCKS;
        (void)stk_pool_run(output->threads, blocks, write_block, &texts, NULL);
        for (size_t b = 0; b < blocks && status == STK_OK; b++) {
            status = pass_on(&texts.blocks[b], output, error);
        }
    }
    for (size_t b = 0; b < BLOCKS; b++) {
        stk_buffer_free(&texts.blocks[b]);
    }
    return status;
}

static void write_header(stk_buffer *header, const stk_iamc *table, const bool *used)
{
    stk_buffer_text(header, "Model,Scenario,Region,Variable,Unit");
    for (int i = 0; i < table->year_count; i++) {
        if (used[i]) {
            stk_buffer_printf(header, ",%d%s", table->first_year + i, table->mid_year ? ".5" : "");
        }
    }
    stk_buffer_text(header, "\n");
}

stk_status stk_iamc_write_stream(const stk_iamc *table, const stk_iamc_output *output,
                                 stk_error *error)
{
    stk_buffer header = {0};
    bool *used = used_years(table, output->years);
    if (used == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory for the output");
    }
    if (!output->no_header) {
        write_header(&header, table, used);
    }
    stk_status status = pass_on(&header, output, error);
    status = status != STK_OK ? status : write_rows(table, used, output, error);
    stk_buffer_free(&header);
    free(used);
    return status;
}

static bool append(void *user, const char *data, size_t size)
{
    stk_buffer *buffer = user;
    stk_buffer_append(buffer, (stk_text){data, size});
    return !buffer->failed;
}

stk_status stk_iamc_write(const stk_iamc *table, char **text, size_t *size, stk_error *error)
{
    stk_buffer buffer = {0};
    stk_iamc_output output = {.name = "", .write = append, .user = &buffer};
    stk_status status = stk_iamc_write_stream(table, &output, error);
    if (status != STK_OK) {
        status = stk_buffer_status(&buffer, error) != STK_OK ? STK_EMEM : status;
        stk_buffer_free(&buffer);
        return status;
    }
    *text = buffer.data;
    *size = buffer.size;
    return STK_OK;
}
