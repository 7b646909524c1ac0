/* Percentiles of warming for a scenario in memory: rows in, temperatures of the ensemble out. With
 * the modules. */
#include <stdio.h>

#include <stocktake/modules.h>

/* CO2 falls to nothing; gases that are not given are those of the edition's nearest scenario. */
static const char rows[] = "model,scenario,region,variable,unit,2023,2030,2050,2100\n"
                           "mine,to nothing,World,Emissions|CO2|Energy and Industrial Processes,Mt "
                           "CO2/yr,37000,24000,0,0\n"
                           "mine,to nothing,World,Emissions|CO2|AFOLU,Mt CO2/yr,4000,2000,0,0\n";

static stk_status print_last_year(void *user, const stk_ensemble_result *result, stk_error *error)
{
    (void)user;
    (void)error;
    if (result->status != STK_OK) {
        printf("refused: %s\n", result->error->message);
        return STK_OK;
    }
    int last = result->count - 1;
    printf("%d:", result->first_year + last);
    for (int p = 0; p < 3; p++) {
        printf(" %.2f", result->percentiles[p * result->count + last]);
    }
    printf(" K above 1850-1900 (5th, 50th, 95th percentile of %d members)\n",
           (int)result->used_count);
    return STK_OK;
}

typedef struct model {
    stk_edition *edition;
    stk_calibration *calibration;
    stk_iamc *history;
    stk_iamc *library;
    stk_iamc *table;
    stk_climate_scenarios *scenarios;
} model;

static stk_climate_file file_of(model *m, const char *path, stk_status *status, stk_error *error)
{
    stk_climate_file file = {path, {NULL, 0}};
    if (*status == STK_OK) {
        *status = stk_edition_read(m->edition, path, &file.content, error);
    }
    return file;
}

static stk_status open_model(model *m, stk_error *error)
{
    stk_status status = stk_edition_open_embedded(&m->edition, error);
    stk_calibration_files files = {
        file_of(m, "climate/calibration_1.4.1_members.csv", &status, error),
        file_of(m, "climate/calibration_1.4.1_species.csv", &status, error),
        file_of(m, "climate/volcanic_solar_timebounds.csv", &status, error)};
    stk_text history = file_of(m, "climate/history_1750-2022.csv", &status, error).content;
    stk_text library = file_of(m, "pathways/scenario_library.csv", &status, error).content;
    if (status == STK_OK) {
        status = stk_calibration_read(&files, &m->calibration, error);
    }
    if (status == STK_OK) {
        status = stk_iamc_read("history", history, NULL, &m->history, error);
    }
    return status == STK_OK ? stk_iamc_read("library", library, NULL, &m->library, error) : status;
}

static stk_status run(model *m, stk_error *error)
{
    static const double percentiles[] = {5, 50, 95};
    static const stk_climate_variable temperature = STK_CLIMATE_TEMPERATURE;
    stk_climate_scenario_options join = {m->history, STK_JOIN_NONE, m->library};
    static stk_ensemble_options options; /* nothing set: defaults, in C and in C++ */
    static stk_ensemble_job job;
    const stk_iamc *tables[1];
    stk_status status = stk_iamc_read("rows", stk_text_of(rows), NULL, &m->table, error);
    if (status != STK_OK) {
        return status;
    }
    tables[0] = m->table;
    status = stk_climate_scenarios_new(m->calibration, tables, 1, &join, &m->scenarios, error);
    if (status != STK_OK) {
        return status;
    }
    options.years.first = 1750;
    options.years.last = 2100;
    options.reference.first = 1850;
    options.reference.last = 1900;
    options.variables = &temperature;
    options.variable_count = 1;
    options.percentiles = percentiles;
    options.percentile_count = 3;
    job.scenario_count = stk_climate_scenarios_count(m->scenarios);
    job.fill = stk_climate_scenarios_fill;
    job.accept = print_last_year;
    job.user = m->scenarios;
    return stk_ensemble_run(m->calibration, &options, &job, error);
}

int main(void)
{
    static model m;
    static stk_error error;
    stk_status status = open_model(&m, &error);
    if (status == STK_OK) {
        status = run(&m, &error);
    }
    if (status != STK_OK) {
        fprintf(stderr, "percentiles: %s\n", error.message);
    }
    stk_climate_scenarios_free(m.scenarios);
    stk_iamc_free(m.table);
    stk_iamc_free(m.library);
    stk_iamc_free(m.history);
    stk_calibration_free(m.calibration);
    stk_edition_free(m.edition);
    return status == STK_OK ? 0 : 1;
}
