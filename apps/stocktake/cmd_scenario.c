/** @file cmd_scenario.c
 * @brief `stocktake scenario`: from reported scenarios to categories, stage by stage.
 */
#include "cmd_scenario.h"

#include <stdlib.h>
#include <string.h>

#include "dataset/assess_files.h"

static const question_option options[] = {
    {"method", "METHOD", "A shipped method (ar6-2015, recent), or your own FILE.yaml.", NULL,
     "ar6-2015"},
    {"history", "FILE", "Harmonise to this history, IAMC CSV.", NULL, "the method's"},
    {"library", "FILE", "Infill from this database, IAMC CSV of any size, packed or not.", NULL,
     "the method's"},
    {"labels", "WHOSE",
     "Categories as the IPCC report names them, or as the published tool does, which calls "
     "C1 without overshoot C1a and with overshoot C1b.",
     "report|tool", "tool for categorise, report for assess"},
    {"meta", "FILE", "postprocess: write the table that categorise reads.", NULL, NULL},
    {"report", "FILE", "Write what was left out, and why, as JSON.", NULL, NULL},
    {"netcdf", NULL, "assess: write emissions.nc and climate.nc as well.", NULL, NULL},
    {"part", "I/N", "assess: only part I of N; 'scenario merge' joins them.", NULL,
     "the environment's, or 1/1"},
    {"resume", NULL, "assess: skip what an interrupted run into the same folder has finished.",
     NULL, NULL},
    {"threads", "N", "Use N threads.", NULL, "as many as processors"},
    {"output", "FILE", "Write to FILE (assess: the folder), completely or not at all.", NULL, NULL},
    {"edition", "DIR",
     "Use the data in DIR, laid out as the project's data/; also STOCKTAKE_EDITION.", NULL,
     "embedded"},
    {"help", NULL, "Show this help.", NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}};

/* The output is opened first: nobody wants to wait for a result that cannot be written. */
static stk_status open_output(scenario_run *run, stk_pending_file *out, stk_error *error)
{
    const char *report = query_value(run->q, "report");
    const char *output = query_value(run->q, "output");
    stk_status status = report == NULL ? STK_OK : stk_pending_check(NULL, report, error);
    if (status == STK_OK) {
        scenario_note_inputs(run);
        status = stk_pending_create(out, NULL, output, error);
    }
    return status;
}

/* What was left out, also when that is everything. It is on its way. */
static stk_status start_report(const scenario_run *run, stk_pending_file *out, stk_error *error)
{
    json_t *document = NULL;
    stk_status status = scenario_document(run, &document, error);
    status = status != STK_OK ? status
                              : stk_assess_start_report(out, NULL, query_value(run->q, "report"),
                                                        document, run->report, error);
    json_decref(document);
    return status;
}

/* Read scenarios, make others of them, write those. */
static stk_status pass(scenario_run *run, stk_stage *stage, stk_pending_file *out, bool *ran,
                       stk_error *error)
{
    char scratch[1024];
    stk_share all = {0};
    stk_stages with;
    stk_intake *intake = NULL;
    stk_iamc_output output = {
        .name = out->path, .write = stk_pending_append, .user = out, .threads = run->threads};
    stk_status status;
    stk_pending_scratch(out, scratch, sizeof scratch);
    STK_TRY(stk_intake_read(run->input, scratch, run->method, &all, &intake, error));
    if (stage == stk_stage_harmonise) {
        STK_TRY(scenario_open_history(run, error));
    }
    if (stage == stk_stage_infill) {
        STK_TRY(scenario_open_library(run, error));
    }
    with = scenario_stages(run);
    STK_TRY(stk_stages_pass(&with, stage, intake, scratch, &output, ran, error));
done:
    stk_intake_free(intake);
    return status;
}

static int run_stage(scenario_run *run, stk_stage *stage)
{
    bool ran = false;
    stk_error error = {0};
    stk_error problem = {0};
    stk_pending_file out = {.file = NULL};
    stk_pending_file report = {.file = NULL};
    stk_pending_file *const files[] = {&out, &report};
    stk_status status = open_output(run, &out, &error);
    status = status != STK_OK ? status : pass(run, stage, &out, &ran, &error);
    if (ran) {
        scenario_print_notes(run->report);
    }
    stk_status told = STK_OK;
    if (ran && query_given(run->q, "report")) {
        told = start_report(run, &report, &problem);
    }
    if (status != STK_OK) { /* then the report is all that there is */
        (void)stk_pending_finish(&out, status, NULL);
        (void)stk_pending_finish(&report, told, NULL);
    } else {
        error = told != STK_OK ? problem : error;
        status = stk_pending_finish_all(files, 2, told, &error);
    }
    return status == STK_OK ? EXIT_SUCCESS : cli_refuse(&error);
}

static int run_check(scenario_run *run)
{
    return run_stage(run, stk_stage_check);
}

static int run_harmonise(scenario_run *run)
{
    return run_stage(run, stk_stage_harmonise);
}

static int run_infill(scenario_run *run)
{
    return run_stage(run, stk_stage_infill);
}

static const struct {
    const char *name;
    int (*run)(scenario_run *run); /* NULL: scenario_merge() */
    const char *options;           /* besides --threads and --edition; a space after each */
} stages[] = {
    {"check", run_check, "method output report "},
    {"harmonise", run_harmonise, "method output report history "},
    {"infill", run_infill, "method output report library "},
    {"postprocess", scenario_postprocess, "method output meta "},
    {"categorise", scenario_categorise, "method output labels "},
    {"assess", scenario_assess, "method output report history library labels netcdf part resume "},
    {"merge", NULL, "report "},
};

/* An option that the stage would pass over without a word; NULL if there is none. */
static const char *option_of_others(query *q, const char *own)
{
    static const char *const some[] = {"method", "output", "report", "history", "library",
                                       "meta",   "labels", "netcdf", "part",    "resume"};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        char name[16];
        stk_print(name, sizeof name, "%s ", some[i]);
        if (query_given(q, some[i]) && strstr(own, name) == NULL) {
            return some[i];
        }
    }
    return NULL;
}

/* The output of assess is a folder, which may have any name. */
static bool check_names(query *q, bool folder)
{
    return (folder || cli_check_name(q, "--output", query_value(q, "output"), "csv", NULL)) &&
           cli_check_name(q, "--report", query_value(q, "report"), "json", NULL) &&
           cli_check_name(q, "--meta", query_value(q, "meta"), "csv", NULL);
}

int run_scenario(query *q)
{
    enum { STAGES = sizeof stages / sizeof *stages };
    size_t s = 0;
    int threads;
    stk_error error = {0};
    while (s < STAGES && strcmp(stages[s].name, q->operands[0]) != 0) {
        s++;
    }
    if (s == STAGES) {
        char meant[MEANT_SIZE];
        return cli_usage(q,
                         "'%s' is no stage; allowed: check, harmonise, infill, postprocess, "
                         "categorise, assess, merge%s",
                         q->operands[0],
                         question_meant_choice(q->operands[0],
                                               "check|harmonise|infill|postprocess|categorise|"
                                               "assess|merge",
                                               meant));
    }
    const char *other = option_of_others(q, stages[s].options);
    if (other != NULL) {
        return cli_usage(q, "'%s' has no use for --%s", stages[s].name, other);
    }
    if (q->operand_count < 2) {
        return cli_usage(q, "'%s' needs a %s", stages[s].name,
                         stages[s].run == NULL ? "folder" : "file");
    }
    if (!check_names(q, stages[s].run == scenario_assess)) {
        return EXIT_USAGE;
    }
    size_t count;
    if (stages[s].run != scenario_assess && scenario_launched(&count)) {
        return cli_usage(q, "%zu processes were started together; only assess shares work", count);
    }
    if (!cli_integer(q, "threads", 0, &threads)) {
        return EXIT_USAGE;
    }
    if (query_given(q, "threads") && (threads < 1 || threads > 1024)) {
        return cli_usage(q, "--threads: %d is refused; allowed: 1 to 1024", threads);
    }
    if (stages[s].run == NULL) {
        return scenario_merge(q);
    }
    scenario_run run;
    stk_status status = scenario_open(q, &run, &error);
    run.input = q->operands[1];
    run.threads = threads;
    int exit_code = status == STK_OK ? stages[s].run(&run) : cli_refuse(&error);
    scenario_close(&run);
    return exit_code;
}

const question command_scenario = {
    .name = "scenario",
    .operands = "check|harmonise|infill|postprocess|categorise|assess FILE.csv, or merge DIR",
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
        "Several processes share the work of assess with --part, each a part of its own: by hand, "
        "or "
        "by the number that srun, mpirun or an array of jobs gives them. Each writes finished "
        "blocks "
        "into the folder; merge joins them to what one process writes. A part that was interrupted "
        "goes on with --resume.\n\n"
        "Files may be packed: gzip, xz, zstd, or zip with one CSV file in it.\n\n"
        "Everything that is left out is named on the standard error with file, line and reason.",
    .examples = "  stocktake scenario assess scenarios.csv --output result/\n"
                "  # Four processes share the work\n"
                "  mpirun -n 4 stocktake scenario assess scenarios.csv --output result/\n"
                "  stocktake scenario merge result/\n"
                "  # Stage by stage, with a database of your own\n"
                "  stocktake scenario check scenarios.csv --output checked.csv\n"
                "  stocktake scenario harmonise checked.csv --output harmonised.csv\n"
                "  stocktake scenario infill harmonised.csv --library database.csv --output "
                "infilled.csv\n",
    .option_groups = OPTION_GROUPS(options)};
