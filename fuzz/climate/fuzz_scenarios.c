/** @file fuzz_scenarios.c
 * @brief Any IAMC text runs through names, units, years and a few members, or is an error; no
 * percentile is ever further than a member may be.
 *
 * The calibration and the library are the embedded edition's.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <stocktake/climate.h>
#include <stocktake/edition.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct fixture {
    stk_edition *edition;
    stk_calibration *calibration;
    stk_iamc *history;
    stk_iamc *library;
} fixture;

static stk_climate_file file_of(stk_edition *edition, const char *path)
{
    stk_climate_file file = {path, {NULL, 0}};
    if (stk_edition_read(edition, path, &file.content, NULL) != STK_OK) {
        abort();
    }
    return file;
}

static const fixture *get_fixture(void)
{
    static fixture f;
    if (f.edition == NULL && stk_edition_open_embedded(&f.edition, NULL) == STK_OK) {
        stk_calibration_files files = {file_of(f.edition, "climate/calibration_1.4.1_members.csv"),
                                       file_of(f.edition, "climate/calibration_1.4.1_species.csv"),
                                       file_of(f.edition, "climate/volcanic_solar_timebounds.csv")};
        stk_text history = file_of(f.edition, "climate/history_1750-2022.csv").content;
        stk_text library = file_of(f.edition, "pathways/scenario_library.csv").content;
        if (stk_calibration_read(&files, &f.calibration, NULL) != STK_OK ||
            stk_iamc_read("history", history, NULL, &f.history, NULL) != STK_OK ||
            stk_iamc_read("library", library, NULL, &f.library, NULL) != STK_OK) {
            abort();
        }
    }
    return &f;
}

static stk_status accept(void *user, const stk_ensemble_result *result, stk_error *error)
{
    (void)user, (void)error;
    for (int i = 0; result->status == STK_OK && i < 2 * result->count; i++) {
        if (!(fabs(result->percentiles[i]) <= 100)) {
            abort();
        }
    }
    return STK_OK;
}

static void run(const fixture *f, const stk_iamc *table, stk_join join)
{
    static const stk_climate_variable variables[] = {STK_CLIMATE_TEMPERATURE};
    static const double percentiles[] = {0, 100};
    static const size_t members[] = {0, 100, 200};
    stk_climate_scenarios *scenarios;
    stk_climate_scenario_options options = {
        .history = f->history, .join = join, .library = f->library};
    stk_ensemble_options ensemble = {.members = members,
                                     .member_count = 3,
                                     .years = {2000, 2040},
                                     .variables = variables,
                                     .variable_count = 1,
                                     .percentiles = percentiles,
                                     .percentile_count = 2,
                                     .threads = 1};
    if (stk_climate_scenarios_new(f->calibration, &table, 1, &options, &scenarios, NULL) ==
        STK_OK) {
        size_t count = stk_climate_scenarios_count(scenarios);
        stk_ensemble_job job = {count < 4 ? count : 4, stk_climate_scenarios_fill, accept,
                                scenarios};
        (void)stk_ensemble_run(f->calibration, &ensemble, &job, NULL);
        stk_climate_scenarios_free(scenarios);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    stk_iamc *table;
    const fixture *f = get_fixture();
    stk_text text = {(const char *)data, size};
    if (stk_iamc_read("input", text, NULL, &table, NULL) == STK_OK) {
        run(f, table, size % 2 == 0 ? STK_JOIN_NONE : STK_JOIN_TAPER);
        stk_iamc_free(table);
    }
    return 0;
}
