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

static bool copy_names(scenario_share *share, stk_text model, stk_text scenario)
{
    size_t size = model.size + scenario.size + 2;
    if (size > share->text_size) {
        char *text = realloc(share->text, size);
        if (text == NULL) {
            return false;
        }
        share->text = text;
        share->text_size = size;
    }
    memcpy(share->text, model.data, model.size);
    share->text[model.size] = '\0';
    memcpy(share->text + model.size + 1, scenario.data, scenario.size);
    share->text[size - 1] = '\0';
    return true;
}

static bool is_last(const scenario_share *share, stk_text model, stk_text scenario)
{
    if (share->last >= share->names->row_count) {
        return false;
    }
    const stk_iamc_row *last = &share->names->rows[share->last];
    return stk_text_equal(scenario, last->scenario) && stk_text_equal(model, last->model);
}

bool share_is_mine(void *user, stk_text model, stk_text scenario)
{
    scenario_share *share = user;
    size_t index;
    if (share->failed) {
        return false;
    }
    if (!is_last(share, model, scenario)) {
        double *value;
        share->failed = !copy_names(share, model, scenario);
        if (share->failed) {
            return false;
        }
        stk_iamc_row row = {share->text, share->text + model.size + 1, "World", "", "", 0, NULL};
        share->last = share_number(share, row.model, row.scenario);
        if (share->last == share->names->row_count &&
            stk_iamc_add(share->names, &row, &value, NULL) != STK_OK) {
            share->failed = true;
            return false;
        }
    }
    return share_owner(share, share->last, &index) == share->own;
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
