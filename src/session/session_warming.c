/** @file session_warming.c
 * @brief Live warming: the cases' worlds and the ensemble stay, so that a change runs only the
 * years after history.
 */
#include "session/session_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The world of a case, in the climate model's set of GWP, made when it is first asked for. */
static stk_status find_world(live *l, stk_case kind, stk_error *error)
{
    const stk_data *data = &l->query.use;
    stk_options options = stk_warming_case_options(&l->options, kind);
    if (l->worlds[LIVE_CASE + kind] != NULL) {
        return STK_OK;
    }
    stk_status status = stk_gwp_find_set(stk_inventory_gwp(data->inventory), stk_text_of("AR6"),
                                         &options.gwp, error);
    return status != STK_OK ? status
                            : stk_world_make(data->inventory, l->pledges, data->baseline, &options,
                                             &l->worlds[LIVE_CASE + kind], error);
}

static void fill(live *l, stk_case kind, const stk_outlook *outlook)
{
    memcpy(l->arrays[ARRAY_WARMING] + (size_t)kind * LIVE_WARMING_SIZE, outlook->annual_k,
           sizeof outlook->annual_k);
    memcpy(l->arrays[ARRAY_EXCEED] + (size_t)kind * LIVE_EXCEED_SIZE, outlook->annual_exceed,
           sizeof outlook->annual_exceed);
    memcpy(l->arrays[ARRAY_PEAK] + (size_t)kind * STK_WARMING_PERCENTILES, outlook->peak_k,
           sizeof outlook->peak_k);
    memcpy(l->arrays[ARRAY_EVER] + (size_t)kind * STK_WARMING_THRESHOLDS, outlook->p_exceed,
           sizeof outlook->p_exceed);
}

/* What the case of pledges and targets has besides. */
static stk_status fill_own(const stk_session *s, stk_error *error)
{
    live *l = s->live;
    double **members = &l->arrays[ARRAY_MEMBERS];
    if (*members == NULL) {
        *members = malloc(stk_warming_member_count(s->model) * STK_OUTLOOK_YEARS * sizeof(double));
    }
    if (*members == NULL) {
        return stk_error_memory(error);
    }
    stk_warming_members(s->keep, *members);
    memcpy(l->arrays[ARRAY_OBSERVED], s->observed, STK_OBSERVED_YEARS * sizeof(double));
    return STK_OK;
}

static stk_status open_ensemble(stk_session *s, stk_error *error)
{
    stk_series observed;
    stk_status status = session_model(s, error);
    if (status == STK_OK && s->observed == NULL) {
        status = stk_observed_warming(s->data.edition, &observed, error);
        s->observed = observed.values;
    }
    if (status == STK_OK && s->keep == NULL) {
        status = stk_warming_keep_open(s->model, 0, &s->keep, error);
    }
    return status;
}

/* The ensemble on one pathway, in memory for it. */
static stk_status run_case(stk_session *s, stk_case kind, stk_outlook *outlook, stk_error *error)
{
    live *l = s->live;
    size_t years = stk_warming_year_count(s->model);
    double *values = malloc((2 * years + 1) * sizeof *values);
    if (values == NULL) {
        return stk_error_memory(error);
    }
    const stk_basket basket = {values, values + years};
    stk_status status;
    STK_TRY(find_world(l, kind, error));
    STK_TRY(stk_warming_case_basket(s->model, l->worlds[LIVE_CASE + kind], kind, values,
                                    values + years, error));
    STK_TRY(stk_warming_run_kept(s->keep, &basket, outlook, error));
done:
    free(values);
    return status;
}

stk_status session_warm(stk_session *s, stk_case kind, stk_error *error)
{
    stk_outlook *outlook = malloc(sizeof *outlook);
    if (outlook == NULL) {
        return stk_error_memory(error);
    }
    stk_status status;
    STK_TRY(open_ensemble(s, error));
    STK_TRY(run_case(s, kind, outlook, error));
    fill(s->live, kind, outlook);
    if (kind == STK_CASE_PLEDGES_AND_TARGETS) {
        STK_TRY(fill_own(s, error));
    }
done:
    free(outlook);
    return status;
}
