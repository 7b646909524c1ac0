/** @file scenario_share.c
 * @brief Which scenarios of a file are whose.
 */
#include "scenario_share.h"

#include <stdlib.h>
#include <string.h>

stk_status share_open(scenario_share *share, int own, int ranks, stk_error *error)
{
    *share = (scenario_share){.own = own, .ranks = ranks, .names = stk_iamc_new("", 0, 0)};
    return share->names != NULL ? STK_OK : stk_error_set(error, STK_EMEM, "out of memory");
}

void share_close(scenario_share *share)
{
    stk_iamc_free(share->names);
    free(share->text);
    *share = (scenario_share){0};
}

static bool copy_names(scenario_share *share, const stk_iamc_seen *row)
{
    size_t size = row->model.size + row->scenario.size + 2;
    if (size > share->text_size) {
        char *text = realloc(share->text, size);
        if (text == NULL) {
            return false;
        }
        share->text = text;
        share->text_size = size;
    }
    memcpy(share->text, row->model.data, row->model.size);
    share->text[row->model.size] = '\0';
    memcpy(share->text + row->model.size + 1, row->scenario.data, row->scenario.size);
    share->text[size - 1] = '\0';
    return true;
}

static bool is_last(const scenario_share *share, const stk_iamc_seen *row)
{
    if (share->last >= share->names->row_count) {
        return false;
    }
    const stk_iamc_row *last = &share->names->rows[share->last];
    return stk_text_equal(row->scenario, last->scenario) && stk_text_equal(row->model, last->model);
}

/* The number of the row's scenario, a new one if it is the first of it. */
static bool number_scenario(scenario_share *share, const stk_iamc_seen *row)
{
    double *value;
    if (!copy_names(share, row)) {
        return false;
    }
    stk_iamc_row names = {
        share->text, share->text + row->model.size + 1, "World", "", "", row->line, NULL};
    share->last = share_number(share, names.model, names.scenario);
    return share->last < share->names->row_count ||
           stk_iamc_add(share->names, &names, &value, NULL) == STK_OK;
}

bool share_is_mine(void *user, const stk_iamc_seen *row)
{
    scenario_share *share = user;
    size_t index;
    if (!share->failed && !is_last(share, row)) {
        share->failed = !number_scenario(share, row);
    }
    return !share->failed && share_owner(share, share->last, &index) == share->own;
}

size_t share_total(const scenario_share *share)
{
    return share->names->row_count;
}

size_t share_count(const scenario_share *share, int rank)
{
    size_t ranks = (size_t)share->ranks;
    size_t blocks = share_total(share) / SHARE_BLOCK;
    size_t rest = share_total(share) % SHARE_BLOCK;
    size_t whole = blocks / ranks + ((size_t)rank < blocks % ranks ? 1 : 0);
    return whole * SHARE_BLOCK + (blocks % ranks == (size_t)rank ? rest : 0);
}

size_t share_rounds(const scenario_share *share)
{
    size_t round = SHARE_BLOCK * (size_t)share->ranks;
    return (share_total(share) + round - 1) / round;
}

size_t share_number(const scenario_share *share, const char *model, const char *scenario)
{
    const stk_iamc_row *row = stk_iamc_find(share->names, model, scenario, "");
    return row == NULL ? share->names->row_count : (size_t)(row - share->names->rows);
}

int share_owner(const scenario_share *share, size_t number, size_t *index)
{
    size_t ranks = (size_t)share->ranks;
    size_t block = number / SHARE_BLOCK;
    *index = block / ranks * SHARE_BLOCK + number % SHARE_BLOCK;
    return (int)(block % ranks);
}

size_t share_number_of(const scenario_share *share, int owner, size_t index)
{
    size_t block = index / SHARE_BLOCK * (size_t)share->ranks + (size_t)owner;
    return block * SHARE_BLOCK + index % SHARE_BLOCK;
}
