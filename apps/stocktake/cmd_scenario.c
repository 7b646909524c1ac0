/** @file cmd_scenario.c
 * @brief `stocktake scenario`: from reported scenarios to categories, stage by stage.
 */
#include "ranks_transport.h"
#include "scenario_portions.h"

#include <stdlib.h>
#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#endif

static const cli_option options[] = {
    {"method", "METHOD", "A shipped method (ar6-2015, recent), or your own FILE.yaml. [ar6-2015]",
     NULL},
    {"history", "FILE", "Harmonise to this history, IAMC CSV. [the method's]", NULL},
    {"library", "FILE",
     "Infill from this database, IAMC CSV of any size, packed or not. [the method's]", NULL},
    {"labels", "WHOSE",
     "Categories as the IPCC report names them, or as the published tool does, which calls C1 "
     "without overshoot C1a and with overshoot C1b. [tool for categorise, report for assess]",
     "report|tool"},
    {"meta", "FILE", "postprocess: write the table that categorise reads.", NULL},
    {"report", "FILE", "Write what was left out, and why, as JSON.", NULL},
    {"netcdf", NULL, "assess: write emissions.nc and climate.nc as well.", NULL},
    {"resume", NULL, "assess: take over what an interrupted run into the same folder had done.",
     NULL},
    {"threads", "N", "Use N threads in each process. [as many as processors]", NULL},
    {"output", "FILE", "Write to FILE (assess: the folder), completely or not at all.", NULL},
    {"edition", "DIR",
     "Use the data in DIR, laid out as the project's data/; also STOCKTAKE_EDITION. [embedded]",
     NULL},
    {"help", NULL, "Show this help.", NULL},
    {NULL, NULL, NULL, NULL}};

static const cli_option *const groups[] = {options, NULL};

/* The scenarios of a run between the file and the output. */
typedef struct passage {
    scenario_share share;
    scenario_store *read;
    scenario_store *made;
    bool passed; /* the stage has run on all of them */
} passage;

static stk_status open_passage(passage *p, const scenario_run *run, const scenario_file *out,
                               stk_error *error)
{
    char folder[1024];
    scenario_scratch(out, folder, sizeof folder);
    stk_status status = share_open(&p->share, 0, 1, error);
    status = status != STK_OK ? status : store_open(folder, run->input, &p->read, error);
    return status != STK_OK ? status : store_open(folder, run->input, &p->made, error);
}

static void close_passage(passage *p)
{
    share_close(&p->share);
    store_close(p->read);
    store_close(p->made);
}

static stk_status pass(passage *p, scenario_run *run, scenario_stage *stage, stk_error *error)
{
    scenario_stages with = {.run = run};
    stk_status status = portions_read(run, &p->share, p->read, error);
    status =
        status != STK_OK ? status : portions_run(&p->share, p->read, stage, &with, p->made, error);
    scenario_stages_close(&with);
    p->passed = status == STK_OK;
    if (p->passed) {
        scenario_print_notes(run->report);
    }
    return p->passed && store_years(p->made) == NULL
               ? stk_error_at(error, STK_EDATA, run->input, 0, 0, "no scenario of it is left")
               : status;
}

/* The output is opened first: nobody wants to wait for a result that cannot be written. */
static stk_status open_output(scenario_run *run, scenario_file *out, stk_error *error)
{
    const char *report = cli_value(run->arguments, "report");
    const char *output = cli_value(run->arguments, "output");
    if (report != NULL && output != NULL && strcmp(report, output) == 0) {
        return stk_error_set(error, STK_EARG, "--report and --output are the same file");
    }
    stk_status status = report == NULL ? STK_OK : scenario_can_create(NULL, report, error);
    if (status == STK_OK) {
        scenario_note_inputs(run);
        status = scenario_create(out, NULL, output, error);
    }
    return status;
}

/* What was left out, also when that is everything. */
static stk_status write_report(const scenario_run *run, const passage *p, stk_status status,
                               stk_error *error)
{
    stk_error problem = {0};
    const char *report = cli_value(run->arguments, "report");
    if (report == NULL || !p->passed) {
        return status;
    }
    stk_status written = scenario_write_report(run, NULL, report, &problem);
    if (status == STK_OK && written != STK_OK) {
        *error = problem;
        return written;
    }
    return status;
}

/* Read scenarios, make others of them, write those. */
static int run_stage(scenario_run *run, scenario_stage *stage)
{
    stk_error error = {0};
    passage p = {.read = NULL};
    scenario_file out = {.file = NULL};
    stk_status status = open_output(run, &out, &error);
    status = status != STK_OK ? status : open_passage(&p, run, &out, &error);
    status = status != STK_OK ? status : pass(&p, run, stage, &error);
    if (status == STK_OK) {
        stk_iamc_output output = {.name = out.path, .write = scenario_append, .user = &out};
        status = portions_write(&p.share, p.made, &output, &error);
    }
    status = scenario_finish(&out, status, &error);
    status = write_report(run, &p, status, &error);
    close_passage(&p);
    return status == STK_OK ? EXIT_SUCCESS : cli_refuse(&error);
}

static int run_check(scenario_run *run)
{
    return run_stage(run, scenario_check);
}

static int run_harmonise(scenario_run *run)
{
    return run_stage(run, scenario_harmonise);
}

static int run_infill(scenario_run *run)
{
    return run_stage(run, scenario_infill);
}

static const struct {
    const char *name;
    int (*run)(scenario_run *run);
    const char *options; /* besides --method, --output, --threads, --edition; a space after each */
} stages[] = {
    {"check", run_check, "report "},
    {"harmonise", run_harmonise, "report history "},
    {"infill", run_infill, "report library "},
    {"postprocess", scenario_postprocess, "meta "},
    {"categorise", scenario_categorise, "labels "},
    {"assess", scenario_assess, "report history library labels netcdf resume "},
};

/* An option that the stage would pass over without a word; NULL if there is none. */
static const char *option_of_others(const cli_arguments *arguments, const char *own)
{
    static const char *const some[] = {"report", "history", "library", "meta",
                                       "labels", "netcdf",  "resume"};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        char name[16];
        snprintf(name, sizeof name, "%s ", some[i]);
        if (cli_given(arguments, some[i]) && strstr(own, name) == NULL) {
            return some[i];
        }
    }
    return NULL;
}

/* The output of assess is a folder, which may have any name. */
static bool check_names(const cli_arguments *arguments, bool folder)
{
    return (folder ||
            cli_check_name(arguments, "--output", cli_value(arguments, "output"), "csv", NULL)) &&
           cli_check_name(arguments, "--report", cli_value(arguments, "report"), "json", NULL) &&
           cli_check_name(arguments, "--meta", cli_value(arguments, "meta"), "csv", NULL);
}

static int run_command(const cli_arguments *arguments)
{
    enum { STAGES = sizeof stages / sizeof *stages };
    size_t s = 0;
    int threads;
    stk_error error = {0};
    while (s < STAGES && strcmp(stages[s].name, arguments->operands[0]) != 0) {
        s++;
    }
    if (s == STAGES) {
        char meant[CLI_MEANT_SIZE];
        return cli_usage(arguments,
                         "'%s' is no stage; allowed: check, harmonise, infill, postprocess, "
                         "categorise, assess%s",
                         arguments->operands[0],
                         cli_meant_choice(arguments->operands[0],
                                          "check|harmonise|infill|postprocess|categorise|assess",
                                          meant));
    }
    const char *other = option_of_others(arguments, stages[s].options);
    if (other != NULL) {
        return cli_usage(arguments, "'%s' has no use for --%s", stages[s].name, other);
    }
    if (arguments->operand_count < 2) {
        return cli_usage(arguments, "'%s' needs a file", stages[s].name);
    }
    if (!check_names(arguments, stages[s].run == scenario_assess)) {
        return EXIT_USAGE;
    }
    int own;
    int count;
    if (stages[s].run != scenario_assess && ranks_launched(&own, &count)) {
        return cli_usage(arguments, "%d processes were started together; only assess shares work",
                         count);
    }
    if (!cli_integer(arguments, "threads", 0, &threads)) {
        return EXIT_USAGE;
    }
    if (cli_given(arguments, "threads") && (threads < 1 || threads > 1024)) {
        return cli_usage(arguments, "--threads: %d is refused; allowed: 1 to 1024", threads);
    }
#ifdef _OPENMP
    if (threads > 0) {
        omp_set_num_threads(threads);
    }
#endif
    scenario_run run;
    stk_status status = scenario_open(arguments, &run, &error);
    run.input = arguments->operands[1];
    int exit_code = status == STK_OK ? stages[s].run(&run) : cli_refuse(&error);
    scenario_close(&run);
    return exit_code;
}

const cli_command command_scenario = {
    .name = "scenario",
    .operands = "check|harmonise|infill|postprocess|categorise|assess FILE.csv",
    .operands_min = 1,
    .operands_max = 2,
    .summary = "from an emission scenario to its warming and category",
    .description =
        "Takes emission scenarios (IAMC wide CSV, many to a file) through the workflow of the IPCC "
        "AR6 scenario assessment. Each stage reads and writes IAMC CSV, so that one can stop, "
        "look, and go on; assess runs them all, the climate ensemble included, and writes "
        "emissions.csv, climate.csv, meta.csv and report.json into the folder --output, and with "
        "--netcdf emissions.nc and climate.nc.\n\n"
        "check drops what cannot be used, harmonise makes annual values that meet the history, "
        "infill adds the gases that are missing, postprocess reads the members' temperatures that "
        "'stocktake climate --reference-period none --member-output' writes and makes percentiles "
        "and exceedance probabilities of them, categorise reads a table with the columns name, "
        "p33_peak, p50_peak, p67_peak, p50_2100 and adds the category.\n\n"
        "Files may be packed: gzip, xz, zstd, or zip with one CSV file in it.\n\n"
        "Everything that is left out is named on the standard error with file, line and reason.",
    .examples = "  stocktake scenario assess scenarios.csv --output result/\n"
                "  # Several processes share the work, in builds with MPI\n"
                "  mpirun -n 4 stocktake scenario assess scenarios.csv --output result/\n"
                "  # Stage by stage, with a database of your own\n"
                "  stocktake scenario check scenarios.csv --output checked.csv\n"
                "  stocktake scenario harmonise checked.csv --output harmonised.csv\n"
                "  stocktake scenario infill harmonised.csv --library database.csv --output "
                "infilled.csv\n",
    .option_groups = groups,
    .run = run_command};
