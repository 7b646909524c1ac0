/** @file scenario_results.c
 * @brief What is written, in the order of scenarios: in rounds, in which every rank adds a block of
 * its own scenarios to each file.
 */
#include "scenario_netcdf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The own scenarios of a round. */
static void block_of(const assessment *a, size_t round, size_t *first, size_t *last)
{
    *first = round * SHARE_BLOCK < a->own_count ? round * SHARE_BLOCK : a->own_count;
    *last = *first + SHARE_BLOCK < a->own_count ? *first + SHARE_BLOCK : a->own_count;
}

static bool append_to_buffer(void *user, const char *data, size_t size)
{
    stk_buffer *buffer = user;
    stk_buffer_append(buffer, (stk_text){data, size});
    return !buffer->failed;
}

static void iamc_header(stk_buffer *out, int first_year, int last_year)
{
    stk_buffer_text(out, "Model,Scenario,Region,Variable,Unit");
    for (int year = first_year; year <= last_year; year++) {
        stk_buffer_printf(out, ",%d", year);
    }
    stk_buffer_text(out, "\n");
}

/* Add what a buffer holds to a file, and empty it. A rank that has failed adds nothing, but takes
 * part. */
static stk_status pass_on(ranks_file *out, stk_buffer *text, stk_status status, stk_error *error)
{
    status = status != STK_OK ? status : stk_buffer_status(text, error);
    size_t size = status == STK_OK ? text->size : 0;
    stk_status added = ranks_append(out, text->data, size, status == STK_OK ? error : NULL);
    text->size = 0;
    return status != STK_OK ? status : added;
}

/* ---- emissions.csv ---- */

static stk_status write_rows(const assessment *a, size_t round, stk_buffer *text, stk_error *error)
{
    size_t first;
    size_t last;
    stk_iamc *table;
    stk_iamc_output output = {.name = "emissions.csv",
                              .write = append_to_buffer,
                              .user = text,
                              .no_header = true,
                              .threads = a->run->threads};
    block_of(a, round, &first, &last);
    stk_status status = scenario_infilled(a, first, last, &table, error);
    status = status != STK_OK ? status : stk_iamc_write_stream(table, &output, error);
    stk_iamc_free(table);
    return status;
}

static stk_status write_emissions_csv(assessment *a, stk_error *error)
{
    ranks_file out;
    stk_buffer text = {0};
    const stk_method *method = a->run->method;
    stk_status status = ranks_create(a->ranks, &out, a->folder, "emissions.csv", error);
    if (status == STK_OK && ranks_own(a->ranks) == 0) {
        iamc_header(&text, stk_method_base_year(method),
                    a->ready > 0 ? stk_method_last_year(method) : 0);
    }
    status = pass_on(&out, &text, status, error);
    for (size_t round = 0; round < share_rounds(&a->share); round++) {
        status = status != STK_OK ? status : write_rows(a, round, &text, error);
        status = pass_on(&out, &text, status, error);
    }
    stk_buffer_free(&text);
    return ranks_finish(&out, status, error);
}

static stk_status write_emissions_netcdf(assessment *a, stk_error *error)
{
    netcdf_out out;
    stk_status status = netcdf_open_emissions(&out, a, error);
    for (size_t round = 0; out.opened && round < share_rounds(&a->share); round++) {
        size_t first;
        size_t last;
        block_of(a, round, &first, &last);
        status = netcdf_add_emissions(&out, first, last, status, error);
    }
    return netcdf_finish(&out, status, error);
}

static bool wants_netcdf(const assessment *a)
{
    return cli_given(a->run->arguments, "netcdf");
}

stk_status scenario_write_emissions(assessment *a, stk_error *error)
{
    stk_status status = write_emissions_csv(a, error);
    return status == STK_OK && wants_netcdf(a) ? write_emissions_netcdf(a, error) : status;
}

/* ---- climate.csv and meta.csv ---- */

typedef struct results {
    assessment *a;
    ranks_file climate;
    ranks_file meta;
    stk_buffer climate_text;
    stk_buffer meta_text;
    netcdf_out netcdf;
    stk_buffer netcdf_kept;
    stk_warming *warming;
} results;

static const char *shown_category(const assessment *a, const stk_scenario_outcome *outcome)
{
    bool tool = cli_choice(a->run->arguments, "labels", 0) == 1;
    return tool ? outcome->category.label : outcome->category.name;
}

static void note_failure(assessment *a, const scenario_own *own, const char *reason)
{
    stk_scenario_note note = {"climate", own->model, own->scenario, "", a->run->input, 0, reason};
    stk_scenario_report_add(a->run->report, &note);
    a->failed++;
}

/* What follows from the warming of a scenario and its emissions, or why it has no outcome. */
static stk_status complete(const assessment *a, size_t index, stk_scenario_outcome *outcome,
                           stk_error *cause, stk_error *error)
{
    stk_iamc *infilled;
    stk_status status = scenario_infilled(a, index, index + 1, &infilled, error);
    if (status == STK_OK) {
        outcome->status = stk_scenario_complete(a->run->method, infilled, outcome, cause);
    }
    stk_iamc_free(infilled);
    return status;
}

/* The outcome of a scenario; its status says whether there is one. */
static stk_status read_outcome(results *r, size_t index, stk_scenario_outcome *outcome,
                               stk_error *error)
{
    assessment *a = r->a;
    const scenario_own *own = &a->own[index];
    journal_record record;
    stk_error cause = {0};
    stk_status status =
        journal_read(a->journal, own->place, &record, r->warming->percentiles_k, error);
    if (status != STK_OK) {
        return status;
    }
    *outcome = (stk_scenario_outcome){.model = own->model,
                                      .scenario = own->scenario,
                                      .status = (stk_status)record.status,
                                      .warming = r->warming,
                                      .member_count = record.members};
    if (outcome->status == STK_OK) {
        status = complete(a, index, outcome, &cause, error);
    }
    if (status == STK_OK && outcome->status != STK_OK) {
        note_failure(a, own, cause.status != STK_OK ? cause.message : record.message);
    }
    return status;
}

static stk_status add_result(results *r, size_t index, stk_error *error)
{
    assessment *a = r->a;
    const stk_method *method = a->run->method;
    stk_scenario_outcome outcome;
    stk_iamc_output output = {.name = "climate.csv",
                              .write = append_to_buffer,
                              .user = &r->climate_text,
                              .no_header = true,
                              .threads = a->run->threads};
    stk_status status = read_outcome(r, index, &outcome, error);
    if (status != STK_OK || outcome.status != STK_OK) {
        return status;
    }
    status = scenario_write_warming(stk_method_postprocess(method), outcome.model, outcome.scenario,
                                    outcome.warming, &output, error);
    if (status == STK_OK && r->netcdf.opened) {
        netcdf_keep_outcome(&r->netcdf, &r->netcdf_kept, &outcome);
    }
    if (status == STK_OK) {
        scenario_meta_row(&r->meta_text, method, shown_category(a, &outcome), &outcome);
        status = scenario_count_category(a, shown_category(a, &outcome), outcome.category.title,
                                         &outcome.inputs, error);
    }
    return status;
}

static stk_status write_round(results *r, size_t round, stk_status status, stk_error *error)
{
    const assessment *a = r->a;
    size_t first;
    size_t last;
    block_of(a, round, &first, &last);
    for (size_t i = first; i < last && status == STK_OK; i++) {
        if (a->own[i].model != NULL) {
            status = add_result(r, i, error);
        }
    }
    if (r->netcdf.opened) {
        status = netcdf_add_climate(&r->netcdf, &r->netcdf_kept, status, error);
    }
    status = pass_on(&r->climate, &r->climate_text, status, error);
    return pass_on(&r->meta, &r->meta_text, status, error);
}

static stk_status write_headers(results *r, stk_status status, stk_error *error)
{
    const stk_postprocess_options *o = stk_method_postprocess(r->a->run->method);
    if (ranks_own(r->a->ranks) == 0) {
        iamc_header(&r->climate_text, o->years[0], o->years[1]);
        scenario_meta_header(&r->meta_text, o);
    }
    status = pass_on(&r->climate, &r->climate_text, status, error);
    return pass_on(&r->meta, &r->meta_text, status, error);
}

static stk_status write_tables(results *r, stk_error *error)
{
    assessment *a = r->a;
    stk_status status = ranks_create(a->ranks, &r->climate, a->folder, "climate.csv", error);
    if (status == STK_OK) {
        status = ranks_create(a->ranks, &r->meta, a->folder, "meta.csv", error);
        status = write_headers(r, status, error);
        for (size_t round = 0; round < share_rounds(&a->share); round++) {
            status = write_round(r, round, status, error);
        }
        status = ranks_finish(&r->meta, status, error);
    }
    return ranks_finish(&r->climate, status, error);
}

static stk_status write_all(results *r, stk_error *error)
{
    if (!wants_netcdf(r->a)) {
        return write_tables(r, error);
    }
    stk_status status = netcdf_open_climate(&r->netcdf, r->a, error);
    status = status != STK_OK ? status : write_tables(r, error);
    return netcdf_finish(&r->netcdf, status, error);
}

stk_status scenario_write_results(assessment *a, stk_error *error)
{
    results r = {.a = a, .warming = stk_warming_new(stk_method_postprocess(a->run->method))};
    stk_status status =
        r.warming != NULL ? STK_OK : stk_error_set(error, STK_EMEM, "out of memory");
    status = ranks_agree(a->ranks, status, error);
    status = status != STK_OK ? status : write_all(&r, error);
    if (status == STK_OK) {
        a->failed = ranks_sum(a->ranks, a->failed);
    }
    stk_buffer_free(&r.climate_text);
    stk_buffer_free(&r.meta_text);
    stk_buffer_free(&r.netcdf_kept);
    stk_warming_free(r.warming);
    return status;
}
