/** @file session_members.c
 * @brief What temperatures amount to: members of an ensemble to percentiles, warming to a category.
 */
#include "session/session_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/scenario_inputs.h"
#include "workflow/result_rows.h"

/* ---- members ---- */

/* What the members of a scenario amount to; `members` is their memory. */
static stk_status add_members(stk_session *s, const stk_method *method, const char *model,
                              const char *scenario, const stk_member_temperatures *members,
                              stk_error *error)
{
    const stk_postprocess_options *options = stk_method_postprocess(method);
    stk_buffer *results = s->results;
    stk_iamc_output output = {.name = "climate",
                              .write = session_append,
                              .user = &results[SESSION_CLIMATE],
                              .no_header = true};
    stk_warming *warming = stk_warming_new(options);
    stk_category_warming inputs;
    stk_error cause = {0};
    stk_status status;
    STK_TRY(stk_allocated(warming, error));
    if (stk_scenario_postprocess(options, members, warming, &cause) != STK_OK) {
        STK_FAIL(stk_error_set(error, cause.status, "scenario '%s': %s", STK_CUT(scenario, 100),
                               cause.message));
    }
    STK_TRY(stk_result_warming_rows(options, model, scenario, warming, &output, error));
    STK_TRY(stk_warming_category_inputs(options, warming, &inputs, error));
    stk_result_category_row(&results[SESSION_META], model, scenario, &inputs);
done:
    stk_warming_free(warming);
    return status;
}

/* Those that are there, packed. */
static int pack_members(const double *values, size_t count, size_t years, double *packed)
{
    int there = 0;
    for (size_t m = 0; m < count; m++) {
        if (!isnan(values[m * years])) {
            memcpy(packed + (size_t)there++ * years, values + m * years, years * sizeof *packed);
        }
    }
    return there;
}

int stk_session_postprocess(stk_session *s, const char *method, size_t scenario_count,
                            const char *const *models, const char *const *scenarios, int first_year,
                            size_t year_count, size_t member_count, const double *values)
{
    enum { YEARS_MAX = 10000, MEMBERS_MAX = 1000000 };
    stk_error error;
    scenario_inputs in = {.method_name = method};
    size_t size = year_count * member_count;
    double *packed = NULL;
    stk_status status;
    if (s == NULL || scenario_count == 0 || models == NULL || scenarios == NULL || values == NULL) {
        return s == NULL ? STK_REFUSED_ARGUMENT
                         : session_refuse(s, "names and temperatures of scenarios are needed");
    }
    if (first_year < 0 || first_year > YEARS_MAX || year_count - 1 >= YEARS_MAX ||
        member_count - 1 >= MEMBERS_MAX) {
        return session_refuse(s, "%zu members in %zu years from %d are refused", member_count,
                              year_count, first_year);
    }
    session_forget_results(s);
    STK_TRY(session_check_open(s, &error));
    in.edition = s->edition;
    STK_TRY(scenario_inputs_open_method(&in, &error));
    packed = malloc(size * sizeof *packed);
    STK_TRY(stk_allocated(packed, &error));
    const stk_postprocess_options *options = stk_method_postprocess(in.method);
    stk_result_iamc_header(&s->results[SESSION_CLIMATE], options->years[0], options->years[1]);
    stk_result_category_header(&s->results[SESSION_META], true);
    for (size_t i = 0; i < scenario_count; i++) {
        int there = pack_members(values + i * size, member_count, year_count, packed);
        const stk_member_temperatures members = {first_year, (int)year_count, (size_t)there,
                                                 packed};
        STK_TRY(add_members(s, in.method, models[i], scenarios[i], &members, &error));
    }
    STK_TRY(session_terminate(s->results, &error));
done:
    free(packed);
    scenario_inputs_free(&in);
    if (status != STK_OK) {
        session_forget_results(s);
    }
    return session_result(s, status, &error);
}

/* ---- categories ---- */

int stk_session_category(stk_session *s, const char *method, const double warming[7],
                         const char **name, const char **label)
{
    stk_error error;
    scenario_inputs in = {.method_name = method};
    stk_category category;
    stk_status status;
    if (s == NULL || warming == NULL) {
        return s == NULL ? STK_REFUSED_ARGUMENT : session_refuse(s, "seven numbers are needed");
    }
    STK_TRY(session_check_open(s, &error));
    in.edition = s->edition;
    STK_TRY(scenario_inputs_open_method(&in, &error));
    const stk_category_warming numbers = {warming[0], warming[1], warming[2], warming[3],
                                          warming[4], warming[5], warming[6]};
    STK_TRY(stk_scenario_category(in.method, &numbers, &category, &error));
    stk_print(s->category[0], sizeof s->category[0], "%s", category.name);
    stk_print(s->category[1], sizeof s->category[1], "%s", category.label);
    if (name != NULL) {
        *name = s->category[0];
    }
    if (label != NULL) {
        *label = s->category[1];
    }
done:
    scenario_inputs_free(&in);
    return session_result(s, status, &error);
}
