/** @file cmd_climate.c
 * @brief `stocktake climate`: what emission scenarios do to the climate.
 */
#include "cmd_climate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static const question_option options_of_climate[] = {
    {"calibration", "DIR",
     "Folder with calibrated_constrained_parameters*.csv, species_configs_properties*.csv and "
     "volcanic_solar*.csv; see docs/calibrations.md.",
     NULL, "edition"},
    {"forcing", "FILE", "Forcings from outside, IAMC CSV; take the place of the calibration's.",
     NULL, NULL},
    {"missing-forcing", "RULE",
     "A forcing from outside that is not given is refused or zero; hold: the last value goes on.",
     "refuse|zero|hold", "refuse"},
    {"members", "LIST", "all, the first N, or a list of member numbers such as 1234,2451.", NULL,
     "all"},
    {"start", "YEAR", "First year of emissions.", NULL, "1750"},
    {"end", "YEAR", "Last year of emissions.", NULL, "2100"},
    {"percentiles", "LIST", "Percentiles over members.", NULL, "5,17,33,50,67,83,95"},
    {"exceedance", "LIST", "Warming levels for exceedance probabilities, K.", NULL,
     "1.5,2,2.5,3,4"},
    {"reference-period", "YEARS", "Temperature is relative to these years, or none.", NULL,
     "1850-1900"},
    {"variables", "LIST", "Variables by key, or 'all'; see below.", NULL, "temperature,erf,co2"},
    {"output", "FILE", "Percentiles as IAMC CSV, or NetCDF if FILE ends in .nc.", NULL,
     "standard output"},
    {"member-output", "FILE",
     "Each member's series on time bounds, CSV or NetCDF: of --variables if given, else of eight.",
     NULL, NULL},
    {"history", "FILE", "Emissions before a scenario's first year, IAMC CSV.", NULL, "edition"},
    {"join", "RULE", "History and scenario end to end, or fading into each other until 2080.",
     "none|taper", "none"},
    {"fill", "SOURCE", "Take missing species from the nearest scenario of the library.", "library",
     NULL},
    {"strict", NULL, "Refuse variables that are no species instead of leaving them out.", NULL,
     NULL},
    {"physics", "RULE", "As calibrated, or without the quirks that docs/climate.md lists.",
     "reference|corrected", "reference"},
    {"stochastic", NULL, "With internal variability of temperature.", NULL, NULL},
    {"seed", "N", "Another realisation of the variability.", NULL, "0"},
    {"threads", "N", "Threads; results do not depend on it.", NULL, "all"},
    {"quiet", NULL, "No progress.", NULL, NULL},
    {"edition", "DIR",
     "Use the data in DIR, laid out as the project's data/; also STOCKTAKE_EDITION.", NULL,
     "embedded"},
    {"help", NULL, "Show this help.", NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}};

/* --- lists --------------------------------------------------------------------------------------
 */

/* Cut the text before the next comma off; false at the end. */
static bool next_item(const char **at, stk_text *item)
{
    if (*at == NULL) {
        return false;
    }
    const char *comma = strchr(*at, ',');
    size_t size = comma == NULL ? strlen(*at) : (size_t)(comma - *at);
    *item = stk_text_trim((stk_text){*at, size});
    *at = comma == NULL ? NULL : comma + 1;
    return true;
}

static stk_status read_numbers(query *q, const char *name, const char *missing, double *numbers,
                               size_t *count, stk_error *error)
{
    const char *at = query_given(q, name) ? query_value(q, name) : missing;
    stk_text item;
    *count = 0;
    while (next_item(&at, &item)) {
        if (*count == CLIMATE_LIST_MAX || !stk_text_number(item, &numbers[*count])) {
            return query_usage(q, error, "--%s: '%.*s' is refused; allowed: at most %d numbers",
                               name, (int)item.size, item.data, CLIMATE_LIST_MAX);
        }
        ++*count;
    }
    return STK_OK;
}

static bool has_variable(const climate_options *o, stk_climate_variable variable)
{
    for (size_t i = 0; i < o->ensemble.variable_count; i++) {
        if (o->variables[i] == variable) {
            return true;
        }
    }
    return false;
}

static stk_status read_variables(query *q, climate_options *o, stk_error *error)
{
    const char *at = query_value(q, "variables");
    stk_text item;
    at = at == NULL ? "temperature,erf,co2" : at;
    if (strcmp(at, "all") == 0) {
        for (int v = 0; v < STK_CLIMATE_VARIABLE_COUNT; v++) {
            o->variables[o->ensemble.variable_count++] = (stk_climate_variable)v;
        }
        return STK_OK;
    }
    while (next_item(&at, &item)) {
        stk_climate_variable variable;
        if (!stk_climate_variable_find(item, &variable)) {
            return query_usage(
                q, error, "--variables: '%.*s' is none; allowed: all, or keys such as %s",
                (int)item.size, item.data, "temperature, erf, co2, ch4, ohc, erf-aerosols");
        }
        if (!has_variable(o, variable)) {
            o->variables[o->ensemble.variable_count++] = variable;
        }
    }
    return STK_OK;
}

static stk_status read_period(query *q, stk_years *years, stk_error *error)
{
    long first, last;
    const char *text = query_value(q, "reference-period");
    text = text == NULL ? "1850-1900" : text;
    *years = (stk_years){0, 0};
    if (strcmp(text, "none") == 0) {
        return STK_OK;
    }
    if (strlen(text) != 9 || text[4] != '-' || !stk_text_integer((stk_text){text, 4}, &first) ||
        !stk_text_integer((stk_text){text + 5, 4}, &last) || first < 1 || last < first) {
        return query_usage(q, error,
                           "--reference-period: '%s' is refused; allowed: none, or two years such "
                           "as 1850-1900",
                           text);
    }
    *years = (stk_years){(int)first, (int)last};
    return STK_OK;
}

static stk_status add_member(query *q, const stk_calibration *calibration, stk_text item,
                             climate_options *o, stk_error *error)
{
    long number;
    long index =
        stk_text_integer(item, &number) ? stk_calibration_find_member(calibration, number) : -1;
    if (index < 0) {
        return query_usage(q, error, "--members: there is no member '%.*s'", (int)item.size,
                           item.data);
    }
    for (size_t i = 0; i < o->ensemble.member_count; i++) {
        if (o->members[i] == (size_t)index) {
            return query_usage(q, error, "--members: member %ld is there twice", number);
        }
    }
    o->members[o->ensemble.member_count++] = (size_t)index;
    return STK_OK;
}

static stk_status read_members(query *q, const stk_calibration *calibration, climate_options *o,
                               stk_error *error)
{
    const char *text = query_value(q, "members");
    size_t all = stk_calibration_member_count(calibration);
    long count;
    stk_text item;
    if (text == NULL || strcmp(text, "all") == 0) {
        return STK_OK;
    }
    o->members = calloc(all, sizeof *o->members);
    if (o->members == NULL) {
        return stk_error_memory(error);
    }
    o->ensemble.members = o->members;
    /* a lone number that is too large to be a count is a member's */
    bool lone_member = stk_text_integer(stk_text_of(text), &count) && count > (long)all &&
                       stk_calibration_find_member(calibration, count) >= 0;
    if (strchr(text, ',') != NULL || lone_member) {
        stk_status status = STK_OK;
        while (status == STK_OK && next_item(&text, &item)) {
            status = item.size > 0 ? add_member(q, calibration, item, o, error) : STK_OK;
        }
        return status;
    }
    if (!stk_text_integer(stk_text_of(text), &count) || count < 1 || (size_t)count > all) {
        return query_usage(q, error,
                           "--members: '%s' is refused; allowed: all, 1 to %zu, or member numbers",
                           text, all);
    }
    for (size_t i = 0; i < (size_t)count; i++) {
        o->members[o->ensemble.member_count++] = i;
    }
    return STK_OK;
}

/* The members' file has the variables that are asked for; if none are, eight that tell most of the
 * model's state. */
static void add_member_variables(query *q, climate_options *o)
{
    bool asked = query_given(q, "variables");
    o->percentile_variables = o->ensemble.variable_count;
    o->member_variables = asked ? o->variables : stk_member_variables;
    o->member_variable_count = asked ? o->percentile_variables : STK_MEMBER_COLUMNS;
    if (o->ensemble.threshold_count > 0 && !has_variable(o, STK_CLIMATE_TEMPERATURE)) {
        o->variables[o->ensemble.variable_count++] = STK_CLIMATE_TEMPERATURE;
    }
    for (size_t v = 0; o->member_output != NULL && v < o->member_variable_count; v++) {
        if (!has_variable(o, o->member_variables[v])) {
            o->variables[o->ensemble.variable_count++] = o->member_variables[v];
        }
    }
    o->ensemble.variables = o->variables;
    o->ensemble.keep_members = o->member_output != NULL;
}

static stk_status read_options(query *q, const stk_calibration *calibration, climate_options *o,
                               stk_error *error)
{
    enum { BOUND = INTEGER_BOUND };
    stk_ensemble_options *e = &o->ensemble;
    const char *plain = getenv("STOCKTAKE_IMPLEMENTATION");
    int seed;
    o->output = query_value(q, "output");
    o->member_output = query_value(q, "member-output");
    o->strict = query_given(q, "strict");
    e->percentiles = o->percentiles;
    e->thresholds_k = o->thresholds_k;
    e->isa = getenv("STOCKTAKE_ISA"); /* for tests, as is the other one */
    e->plain = plain != NULL && strcmp(plain, "reference") == 0;
    e->physics.physics = (stk_physics)query_choice(q, "physics", STK_PHYSICS_REFERENCE);
    e->physics.stochastic = query_given(q, "stochastic");
    stk_status status;
    STK_TRY(query_check_name(q, "--output", o->output, "csv|netcdf", NULL, error));
    STK_TRY(query_check_name(q, "--member-output", o->member_output, "csv|netcdf", NULL, error));
    STK_TRY(query_integer(q, "start", 1750, -BOUND, BOUND, &e->years.first, error));
    STK_TRY(query_integer(q, "end", 2100, -BOUND, BOUND, &e->years.last, error));
    STK_TRY(query_integer(q, "threads", 0, -BOUND, BOUND, &e->threads, error));
    STK_TRY(query_integer(q, "seed", 0, -BOUND, BOUND, &seed, error));
    STK_TRY(read_numbers(q, "percentiles", "5,17,33,50,67,83,95", o->percentiles,
                         &e->percentile_count, error));
    STK_TRY(read_numbers(q, "exceedance", "1.5,2,2.5,3,4", o->thresholds_k, &e->threshold_count,
                         error));
    STK_TRY(read_period(q, &e->reference, error));
    STK_TRY(read_variables(q, o, error));
    STK_TRY(read_members(q, calibration, o, error));
    if (e->threads < 0) {
        return query_usage(q, error, "--threads: 0 or more are allowed");
    }
    e->physics.seed_offset = (uint64_t)seed;
    add_member_variables(q, o);
done:
    return status;
}

static stk_status answer_query(query *q, stk_error *error)
{
    climate_data data = {0};
    climate_options options = {0};
    stk_status status;
    q->written = true;
    STK_TRY(climate_open_calibration(q, &data, error));
    STK_TRY(read_options(q, data.calibration, &options, error));
    STK_TRY(stk_calibration_reach(
        data.calibration, options.ensemble.years,
        (stk_missing_forcing)query_choice(q, "missing-forcing", STK_FORCING_REFUSE), error));
    STK_TRY(climate_open(q, &data, error));
    STK_TRY(climate_run(q, &options, &data, error));
done:
    free(options.members);
    climate_close(&data);
    return status;
}

const question command_climate = {
    .name = "climate",
    .operands = "FILE...",
    .operands_min = 1,
    .operands_max = QUESTION_OPERANDS_MAX,
    .summary = "temperature, forcing and concentrations of emission scenarios, with percentiles",
    .description =
        "Runs the calibrated climate ensemble (FaIR calibration 1.4.1, 841 members) on every "
        "scenario of the files and writes percentiles over members as annual means, and the "
        "probability that warming exceeds given levels.\n\n"
        "Files are IAMC tables, CSV or the sheet 'data' of an Excel workbook: Model (optional), "
        "Scenario, Region, Variable, Unit and years "
        "such as 2020 or 2020.5, annual or with gaps (linear between). Variables may be named as "
        "in RCMIP, AR6, MAGICC-style files or as the model's own species; units are converted or "
        "refused; packed files (gzip, xz, zstd, zip) are read as they come. Variables that are no "
        "species (totals, Kyoto gases) are named once and left out. Years before a scenario's "
        "first come from the history.\n\n"
        "Variables by key: temperature, erf, co2, ch4, n2o, ohc, heat-uptake, airborne-fraction, "
        "alpha-co2, eesc, temperature-2, temperature-3, and the forcings erf-co2, erf-ch4, "
        "erf-n2o, erf-montreal, erf-fgases, erf-ozone, erf-aerosols, erf-ari, erf-aci, erf-lapsi, "
        "erf-h2o, erf-land-use, erf-solar, erf-volcanic, erf-ghg, erf-non-co2-ghg, "
        "erf-anthropogenic, erf-non-co2-anthropogenic.\n\n"
        "Beside each output lies FILE.manifest.json with version, options and checksums. A "
        "scenario that is refused is reported and the others go on; the exit status is then 1. "
        "A member that leaves the valid range of the model is reported by number and left out.",
    .examples = "  stocktake climate scenarios.csv --output warming.csv\n"
                "  stocktake climate ssp245.csv --members 1234,2451 --member-output members.nc\n"
                "  stocktake climate ar6.csv --fill library --variables temperature,erf-aerosols\n",
    .option_groups = OPTION_GROUPS(options_of_climate),
    .answer = answer_query};
