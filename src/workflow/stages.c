/** @file stages.c
 * @brief The stages before the climate.
 */
#include "workflow/stages.h"

#include "base/try.h"
#include "workflow/store.h"

enum { PORTION = 8 * STK_BLOCK_SCENARIOS };

stk_status stk_stage_check(const stk_stages *with, const stk_iamc *input, stk_iamc **output,
                           stk_error *error)
{
    return stk_scenario_check(with->method, input, with->report, output, error);
}

stk_status stk_stage_harmonise(const stk_stages *with, const stk_iamc *input, stk_iamc **output,
                               stk_error *error)
{
    return stk_scenario_harmonise(with->method, input, with->history, with->report, output, error);
}

stk_status stk_stage_infill(const stk_stages *with, const stk_iamc *input, stk_iamc **output,
                            stk_error *error)
{
    return stk_scenario_infill(with->method, input, with->library, with->threads, with->report,
                               output, error);
}

stk_status stk_stage_all(const stk_stages *with, const stk_iamc *input, stk_iamc **output,
                         stk_error *error)
{
    stk_iamc *checked = NULL;
    stk_iamc *harmonised = NULL;
    stk_status status;
    STK_TRY(stk_stage_check(with, input, &checked, error));
    STK_TRY(stk_stage_harmonise(with, checked, &harmonised, error));
    STK_TRY(stk_stage_infill(with, harmonised, output, error));
done:
    stk_iamc_free(checked);
    stk_iamc_free(harmonised);
    return status;
}

/* ---- all scenarios of a file ---- */

static size_t end_of(const stk_intake *intake, size_t first)
{
    size_t count = stk_intake_count(intake);
    return first + PORTION < count ? first + PORTION : count;
}

static stk_status keep(const stk_intake *intake, const stk_iamc *made, stk_row_store *to,
                       stk_error *error)
{
    size_t number = 0;
    stk_status status = STK_OK;
    for (size_t r = 0; r < made->row_count && status == STK_OK; r++) {
        const stk_iamc_row *row = &made->rows[r];
        if (r == 0 || row->scenario != row[-1].scenario || row->model != row[-1].model) {
            number = stk_intake_number(intake, row->model, row->scenario);
        }
        status = stk_row_store_add(to, number, made, row, error);
    }
    return status;
}

/* Without any scenario the stage is run on none: what is wrong with a history is found. */
static stk_status run(const stk_stages *with, stk_stage *stage, const stk_intake *intake,
                      stk_row_store *to, stk_error *error)
{
    size_t first = 0;
    stk_status status;
    do {
        stk_iamc *input;
        stk_iamc *made = NULL;
        size_t last = end_of(intake, first);
        status = stk_intake_tables(intake, first, last, &input, error);
        status = status != STK_OK ? status : stage(with, input, &made, error);
        stk_iamc_free(input);
        status = status != STK_OK ? status : keep(intake, made, to, error);
        stk_iamc_free(made);
        first = last;
    } while (first < stk_intake_count(intake) && status == STK_OK);
    return status;
}

static stk_status write_table(const stk_intake *intake, stk_row_store *from,
                              stk_iamc_output *output, stk_error *error)
{
    stk_status status = STK_OK;
    output->years = stk_row_store_years(from);
    for (size_t first = 0, last; first < stk_intake_count(intake) && status == STK_OK;
         first = last) {
        stk_iamc *table = stk_row_store_table(from, 0);
        last = end_of(intake, first);
        status = stk_allocated(table, error);
        for (size_t i = first; i < last && status == STK_OK; i++) {
            const stk_iamc_row *names = stk_intake_names(intake, i);
            status = stk_row_store_read(from, i, names->model, names->scenario, &table, error);
        }
        status = status != STK_OK ? status : stk_iamc_write_stream(table, output, error);
        stk_iamc_free(table);
        output->no_header = true;
    }
    return status;
}

stk_status stk_stages_pass(const stk_stages *with, stk_stage *stage, const stk_intake *intake,
                           const char *scratch, stk_iamc_output *output, bool *ran,
                           size_t *left_out, stk_error *error)
{
    stk_row_store *made = NULL;
    stk_status status;
    *ran = false;
    *left_out = 0;
    stk_intake_note(intake, 0, stk_intake_count(intake), with->report);
    STK_TRY(stk_row_store_open(scratch, stk_intake_path(intake), &made, error));
    STK_TRY(run(with, stage, intake, made, error));
    *ran = true;
    for (size_t i = 0; i < stk_intake_count(intake); i++) {
        *left_out += !stk_row_store_has(made, i);
    }
    if (stk_row_store_years(made) == NULL) {
        STK_FAIL(stk_error_at(error, STK_EDATA, stk_intake_path(intake), 0, 0,
                              "no scenario of it is left"));
    }
    STK_TRY(write_table(intake, made, output, error));
done:
    stk_row_store_close(made);
    return status;
}
