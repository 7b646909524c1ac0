/** @file scenario_assess.c
 * @brief `stocktake scenario assess`: all stages, the climate ensemble, and what comes of it.
 */
#include "scenario.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { CATEGORIES_MAX = 64 };

/* Scenarios of one category, for the summary. */
typedef struct tally {
    char name[64];
    char title[160];
    double *peaks;
    double *lasts;
    size_t count;
} tally;

typedef struct assessment {
    scenario_run *run;
    scenario_file climate;
    scenario_file meta;
    bool started; /* climate.csv has its header */
    size_t done;
    size_t failed;
    scenario_done before; /* of an interrupted run */
    size_t total;
    struct timespec start;
    time_t shown; /* when progress was shown last */
    tally tallies[CATEGORIES_MAX];
    size_t tally_count;
} assessment;

/* ---- progress ---- */

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

static void show_progress(assessment *a, bool last)
{
    time_t now = time(NULL);
    double seconds = seconds_since(&a->start);
    if (!isatty(STDERR_FILENO) || seconds < 1 || (now == a->shown && !last)) {
        return;
    }
    a->shown = now;
    double rate = (double)a->done / seconds;
    fprintf(stderr, "\r%zu of %zu scenarios, %.1f a second, %.0f s left   %s", a->done, a->total,
            rate, (double)(a->total - a->done) / rate, last ? "\n" : "");
}

static stk_status write_climate(assessment *a, const stk_scenario_outcome *outcome,
                                stk_error *error)
{
    stk_iamc_output output = {a->climate.path, scenario_append, &a->climate, a->started};
    a->started = true;
    return scenario_write_warming(stk_method_postprocess(a->run->method), outcome->model,
                                  outcome->scenario, outcome->warming, &output, error);
}

/* ---- meta.csv ---- */

static void percentile_name(double percentile, char out[24])
{
    snprintf(out, 24, percentile == 50 ? "median" : "p%g", percentile);
}

static void header_percentiles(stk_buffer *out, const stk_postprocess_options *o, const char *what)
{
    for (size_t p = 0; p < o->peak_percentile_count; p++) {
        char name[24];
        percentile_name(o->peak_percentiles[p], name);
        stk_buffer_printf(out, ",%s %s (%s)", name, what, o->model);
    }
}

static void header(stk_buffer *out, const stk_postprocess_options *o)
{
    stk_buffer_text(out, "Model,Scenario,Category,Category_name,Category_subset");
    header_percentiles(out, o, "peak warming");
    header_percentiles(out, o, "year of peak warming");
    header_percentiles(out, o, "warming in 2100");
    for (size_t t = 0; t < o->exceedance_count; t++) {
        stk_buffer_printf(out, ",Exceedance Probability %.1fC (%s)", o->exceedance_k[t], o->model);
    }
    stk_buffer_text(out, ",Year of netzero CO2 emissions (Harm-Infilled)"
                         ",Year of netzero GHG emissions (Harm-Infilled)");
    stk_buffer_printf(out,
                      ",\"Cumulative net CO2 (%d-%d, Gt CO2) (Harm-Infilled)\""
                      ",\"Cumulative net CO2 (%d to netzero, Gt CO2) (Harm-Infilled)\""
                      ",\"Cumulative net-negative CO2 (post net-zero, Gt CO2) (Harm-Infilled)\"",
                      o->cumulative[0], o->cumulative[1], o->cumulative[0]);
    stk_buffer_text(out, ",CO2 emissions reductions 2019-2030 % modelled Harm-Infilled"
                         ",CO2 emissions reductions 2019-2040 % modelled Harm-Infilled"
                         ",GHG emissions reductions 2019-2030 % modelled Harm-Infilled"
                         ",GHG emissions reductions 2019-2040 % modelled Harm-Infilled");
    for (int t = 0; t < STK_BUDGET_THRESHOLDS; t++) {
        for (int p = 0; p < STK_BUDGET_PERCENTILES; p++) {
            stk_buffer_printf(
                out, ",\"Cumulative CO2 from %d until p%g warming exceeds %.1fC (Gt CO2)\"",
                o->cumulative[0], stk_budget_percentiles[p], stk_budget_thresholds_k[t]);
        }
    }
    stk_buffer_text(out, ",Ensemble members,Method,Method version,stocktake version\n");
}

static void number(stk_buffer *out, double value)
{
    char text[STK_NUMBER_SIZE];
    stk_number_format(value, text);
    stk_buffer_text(out, ",");
    stk_buffer_text(out, text);
}

static void numbers(stk_buffer *out, const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        number(out, values[i]);
    }
}

static void fields(stk_buffer *out, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        stk_buffer_text(out, i > 0 ? "," : "");
        stk_csv_write_field(out, stk_text_of(texts[i]));
    }
}

static const char *shown_category(const assessment *a, const stk_scenario_outcome *outcome)
{
    bool tool = cli_choice(a->run->arguments, "labels", 0) == 1;
    return tool ? outcome->category.label : outcome->category.name;
}

static void row(stk_buffer *out, const assessment *a, const stk_scenario_outcome *outcome)
{
    const stk_method *method = a->run->method;
    const stk_postprocess_options *o = stk_method_postprocess(method);
    const stk_warming *warming = outcome->warming;
    const stk_emission_indicators *e = &outcome->indicators;
    const char *texts[] = {outcome->model, outcome->scenario, shown_category(a, outcome),
                           outcome->category.title, outcome->subset};
    const double amounts[] = {
        e->net_zero_co2_year == 0 ? (double)NAN : e->net_zero_co2_year,
        e->net_zero_ghg_year == 0 ? (double)NAN : e->net_zero_ghg_year,
        e->cumulative_gtco2,
        e->cumulative_to_net_zero_gtco2,
        e->net_negative_gtco2,
        e->co2_reduction_2030_pct,
        e->co2_reduction_2040_pct,
        e->ghg_reduction_2030_pct,
        e->ghg_reduction_2040_pct,
    };
    fields(out, texts, 5);
    numbers(out, warming->peak_k, o->peak_percentile_count);
    numbers(out, warming->peak_year, o->peak_percentile_count);
    numbers(out, warming->last_k, o->peak_percentile_count);
    numbers(out, warming->exceedance_ever, o->exceedance_count);
    numbers(out, amounts, sizeof amounts / sizeof *amounts);
    for (int t = 0; t < STK_BUDGET_THRESHOLDS; t++) {
        numbers(out, outcome->budgets_gtco2[t], STK_BUDGET_PERCENTILES);
    }
    number(out, (double)outcome->member_count);
    stk_buffer_text(out, ",");
    fields(
        out,
        (const char *const[]){stk_method_name(method), stk_method_version(method), stk_version()},
        3);
    stk_buffer_text(out, "\n");
}

static stk_status write_meta(assessment *a, stk_buffer *text, stk_error *error)
{
    stk_status status = stk_buffer_status(text, error);
    if (status == STK_OK && !scenario_append(&a->meta, text->data, text->size)) {
        status = stk_error_at(error, STK_EIO, a->meta.path, 0, 0, "cannot be written");
    }
    stk_buffer_free(text);
    return status;
}

/* ---- summary ---- */

static stk_status count_category(void *user, const char *name, const char *title,
                                 const stk_category_warming *inputs, stk_error *error)
{
    assessment *a = user;
    size_t c = 0;
    while (c < a->tally_count && strcmp(a->tallies[c].name, name) != 0) {
        c++;
    }
    if (c == CATEGORIES_MAX) {
        return STK_OK;
    }
    tally *t = &a->tallies[c];
    if (c == a->tally_count) {
        *t = (tally){.peaks = malloc(a->total * sizeof(double)),
                     .lasts = malloc(a->total * sizeof(double))};
        snprintf(t->name, sizeof t->name, "%s", name);
        snprintf(t->title, sizeof t->title, "%s", title);
        a->tally_count++;
    }
    if (t->peaks == NULL || t->lasts == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    t->peaks[t->count] = inputs->p50_peak;
    t->lasts[t->count++] = inputs->p50_2100;
    return STK_OK;
}

static int compare_numbers(const void *x, const void *y)
{
    double a = *(const double *)x;
    double b = *(const double *)y;
    return (a > b) - (a < b);
}

static int compare_tallies(const void *x, const void *y)
{
    return strcmp(((const tally *)x)->name, ((const tally *)y)->name);
}

static stk_status print_summary(assessment *a, stk_error *error)
{
    static const stk_column columns[] = {{"category", "Category", STK_COLUMN_TEXT},
                                         {"scenarios", "Scenarios", STK_COLUMN_INTEGER},
                                         {"median_peak_k", "Median peak (K)", 2},
                                         {"median_2100_k", "Median 2100 (K)", 2},
                                         {"title", "Meaning", STK_COLUMN_TEXT}};
    stk_buffer buffer = {0};
    stk_table *table = stk_table_new(columns, 5);
    qsort(a->tallies, a->tally_count, sizeof *a->tallies, compare_tallies);
    for (size_t c = 0; c < a->tally_count; c++) {
        tally *t = &a->tallies[c];
        qsort(t->peaks, t->count, sizeof *t->peaks, compare_numbers);
        qsort(t->lasts, t->count, sizeof *t->lasts, compare_numbers);
        stk_table_text(table, t->name);
        stk_table_number(table, (double)t->count);
        stk_table_number(table, stk_percentile(t->peaks, t->count, 50));
        stk_table_number(table, stk_percentile(t->lasts, t->count, 50));
        stk_table_text(table, t->title);
    }
    stk_status status = stk_table_write(table, STK_FORMAT_TEXT, &buffer, error);
    if (status == STK_OK) {
        fwrite(buffer.data, 1, buffer.size, stdout);
    }
    stk_buffer_free(&buffer);
    stk_table_free(table);
    return status;
}

/* ---- the run ---- */

static void note_failure(assessment *a, const stk_scenario_outcome *outcome)
{
    stk_scenario_note note = {
        "climate", outcome->model,         outcome->scenario, "", a->run->input,
        0,         outcome->error->message};
    stk_scenario_report_add(a->run->report, &note);
}

static stk_status accept(void *user, const stk_scenario_outcome *outcome, stk_error *error)
{
    assessment *a = user;
    stk_buffer text = {0};
    a->done++;
    show_progress(a, false);
    if (outcome->status != STK_OK) {
        note_failure(a, outcome);
        a->failed++;
        return STK_OK;
    }
    stk_status status = write_climate(a, outcome, error);
    if (status == STK_OK) {
        row(&text, a, outcome);
        status = write_meta(a, &text, error);
    }
    return status != STK_OK ? status
                            : count_category(a, shown_category(a, outcome), outcome->category.title,
                                             &outcome->inputs, error);
}

/* Reported to infilled; the intermediate tables are not kept. */
static stk_status prepare(scenario_run *run, stk_iamc **infilled, stk_error *error)
{
    stk_iamc *input = NULL;
    stk_iamc *checked = NULL;
    stk_iamc *history = NULL;
    stk_iamc *harmonised = NULL;
    stk_scenario_library *library = NULL;
    stk_status status = scenario_read(run, run->input, &input, error);
    if (status == STK_OK) {
        status = stk_scenario_check(run->method, input, run->report, &checked, error);
    }
    stk_iamc_free(input);
    if (status == STK_OK) {
        status = scenario_table(run, "history", stk_method_history(run->method), &history, error);
    }
    if (status == STK_OK) {
        status =
            stk_scenario_harmonise(run->method, checked, history, run->report, &harmonised, error);
    }
    stk_iamc_free(checked);
    stk_iamc_free(history);
    status = status != STK_OK ? status : scenario_library(run, &library, error);
    if (status == STK_OK) {
        status =
            stk_scenario_infill(run->method, harmonised, library, run->report, infilled, error);
    }
    stk_iamc_free(harmonised);
    stk_scenario_library_free(library);
    return status;
}

static stk_status open_calibration(scenario_run *run, stk_calibration **calibration,
                                   stk_iamc **history, stk_error *error)
{
    static const char *const paths[] = {"climate/calibration_1.4.1_members.csv",
                                        "climate/calibration_1.4.1_species.csv",
                                        "climate/volcanic_solar_timebounds.csv"};
    static const char past[] = "climate/history_1750-2022.csv";
    stk_calibration_files files;
    stk_climate_file *const slots[] = {&files.members, &files.species, &files.natural};
    stk_text content;
    stk_status status = STK_OK;
    for (size_t i = 0; i < 3 && status == STK_OK; i++) {
        slots[i]->name = stk_edition_source_name(run->edition, paths[i]);
        status = stk_edition_read(run->edition, paths[i], &slots[i]->content, error);
    }
    status = status != STK_OK ? status : stk_calibration_read(&files, calibration, error);
    status = status != STK_OK ? status : stk_edition_read(run->edition, past, &content, error);
    return status != STK_OK ? status
                            : stk_iamc_read(stk_edition_source_name(run->edition, past), content,
                                            NULL, history, error);
}

static bool is_done(void *user, const char *model, const char *scenario)
{
    const assessment *a = user;
    return a->before.names != NULL && stk_iamc_find(a->before.names, model, scenario, "") != NULL;
}

static stk_status run_climate(assessment *a, const stk_iamc *infilled, stk_error *error)
{
    stk_calibration *calibration = NULL;
    stk_iamc *history = NULL;
    int threads;
    cli_integer(a->run->arguments, "threads", 0, &threads);
    stk_status status = open_calibration(a->run, &calibration, &history, error);
    clock_gettime(CLOCK_MONOTONIC, &a->start);
    if (status == STK_OK && a->total > 0) {
        stk_scenario_run job = {a->run->method, infilled, history, calibration,
                                threads,        is_done,  accept,  a};
        status = stk_scenario_run_all(&job, error);
        show_progress(a, true);
    }
    stk_iamc_free(history);
    stk_calibration_free(calibration);
    return status;
}

static stk_status count_scenarios(const stk_iamc *infilled, size_t *count, stk_error *error)
{
    stk_iamc_scenarios scenarios;
    stk_status status = stk_iamc_group(infilled, &scenarios, error);
    *count = status == STK_OK ? scenarios.count : 0;
    if (status == STK_OK) {
        stk_iamc_scenarios_free(&scenarios);
    }
    return status;
}

/* Open climate.csv and meta.csv, anew or to go on with. */
static stk_status open_outputs(assessment *a, const char *folder, const stk_iamc *infilled,
                               stk_error *error)
{
    const stk_postprocess_options *o = stk_method_postprocess(a->run->method);
    bool resume = cli_given(a->run->arguments, "resume");
    stk_buffer text = {0};
    stk_status status = count_scenarios(infilled, &a->total, error);
    if (status == STK_OK) {
        status = scenario_find_done(folder, infilled, a->run->method,
                                    o->percentile_count + o->exceedance_count, resume, &a->before,
                                    count_category, a, error);
    }
    a->done = a->before.count;
    a->started = a->done > 0;
    stk_status (*open)(scenario_file *, const char *, const char *, stk_error *) =
        a->started ? scenario_reopen : scenario_create;
    status = status != STK_OK ? status : open(&a->climate, folder, "climate.csv", error);
    status = status != STK_OK ? status : open(&a->meta, folder, "meta.csv", error);
    if (status == STK_OK && !a->started) {
        header(&text, o);
        status = write_meta(a, &text, error);
    }
    return status;
}

static stk_status assess(assessment *a, const char *folder, stk_error *error)
{
    stk_iamc *infilled = NULL;
    stk_status status = prepare(a->run, &infilled, error);
    status = status != STK_OK ? status : scenario_write(folder, "emissions.csv", infilled, error);
    status = status != STK_OK ? status : open_outputs(a, folder, infilled, error);
    status = status != STK_OK ? status : run_climate(a, infilled, error);
    status = scenario_finish(&a->climate, status, error);
    status = scenario_finish(&a->meta, status, error);
    stk_iamc_free(infilled);
    if (status == STK_OK) {
        unlink(a->before.marker);
        scenario_print_notes(a->run->report);
        status = print_summary(a, error);
    }
    scenario_done_free(&a->before);
    return status != STK_OK ? status : scenario_write_report(a->run, folder, "report.json", error);
}

int scenario_assess(scenario_run *run)
{
    static assessment a;
    const char *folder = cli_value(run->arguments, "output");
    const char *report = cli_value(run->arguments, "report");
    stk_error error = {0};
    if (folder == NULL) {
        return cli_usage(run->arguments, "assess needs --output DIR for its files");
    }
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        stk_error_at(&error, STK_EIO, folder, 0, 0, "the folder cannot be made");
        return cli_refuse(&error);
    }
    a = (assessment){.run = run};
    stk_status status = assess(&a, folder, &error);
    if (status == STK_OK && report != NULL) {
        status = scenario_write_report(run, NULL, report, &error);
    }
    for (size_t c = 0; c < a.tally_count; c++) {
        free(a.tallies[c].peaks);
        free(a.tallies[c].lasts);
    }
    if (status == STK_OK && a.done == a.failed) {
        status = stk_error_at(&error, STK_EDATA, run->input, 0, 0,
                              "no scenario of the file could be assessed");
    }
    if (status != STK_OK) {
        return cli_refuse(&error);
    }
    return a.failed == 0 ? EXIT_SUCCESS : EXIT_DATA;
}
