/** @file iamc_write.c
 * @brief Writing IAMC wide CSV.
 */
#include <math.h>
#include <stdlib.h>

#include <stocktake/scenario.h>

#include "base/table.h"

static bool *used_years(const stk_iamc *table)
{
    bool *used = calloc((size_t)table->year_count + 1, sizeof *used);
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

stk_status stk_iamc_write(const stk_iamc *table, char **text, size_t *size, stk_error *error)
{
    stk_buffer buffer = {0};
    bool *used = used_years(table);
    if (used == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory for the output");
    }
    stk_buffer_text(&buffer, "Model,Scenario,Region,Variable,Unit");
    for (int i = 0; i < table->year_count; i++) {
        if (used[i]) {
            stk_buffer_printf(&buffer, ",%d%s", table->first_year + i, table->mid_year ? ".5" : "");
        }
    }
    stk_buffer_text(&buffer, "\n");
    for (size_t r = 0; r < table->row_count; r++) {
        write_row(&buffer, table, &table->rows[r], used);
    }
    free(used);
    stk_status status = stk_buffer_status(&buffer, error);
    if (status != STK_OK) {
        stk_buffer_free(&buffer);
        return status;
    }
    *text = buffer.data;
    *size = buffer.size;
    return STK_OK;
}
