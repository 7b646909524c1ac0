/** @file cmd_scenario.c
 * @brief `stocktake scenario`: from reported scenarios to categories, stage by stage.
 */
#include "cmd_scenario.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dataset/assess_files.h"

static const question_option options[] = {
    {"method", "METHOD", "A shipped method (" STK_SHIPPED_METHODS "), or your own FILE.yaml.", NULL,
     STK_METHOD_DEFAULT},
    {"history", "FILE", "Harmonise to this history, IAMC CSV.", NULL, "the method's"},
    {"library", "FILE", "Infill from this database, IAMC CSV of any size, packed or not.", NULL,
     "the method's"},
    {"preindustrial", "FILE",
     "Take emissions before industry, which gases are scaled by, from this history, IAMC CSV.",
     NULL, "the method's"},
    {"labels", "WHOSE",
     "Categories as the IPCC report names them, or as the published tool does, which calls "
     "C1 without overshoot C1a and with overshoot C1b.",
     "report|tool", "tool for categorise, report for assess"},
    {"meta", "FILE", "postprocess: write the table that categorise reads.", NULL, NULL},
    {"report", "FILE", "Write what was left out, and why, as JSON.", NULL, NULL},
    {"strict", NULL,
     "check, harmonise, assess: leave out what would be warned of, base years far from the "
     "history and totals that contradict their parts.",
     NULL, NULL},
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
                                                        document, run->in.report, error);
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
    size_t left_out;
    stk_iamc_output output = {
        .name = out->path, .write = stk_pending_append, .user = out, .threads = run->threads};
    stk_status status;
    stk_pending_scratch(out, scratch, sizeof scratch);
    STK_TRY(stk_intake_read(run->input, scratch, run->in.method, &all, stage == stk_stage_check,
                            &intake, error));
    if (stage == stk_stage_harmonise) {
        STK_TRY(scenario_inputs_open_history(&run->in, error));
    }
    if (stage == stk_stage_infill) {
        STK_TRY(scenario_check_unused(run, "history", error));
        STK_TRY(scenario_open_library(run, error));
    }
    with = scenario_stages(run);
    STK_TRY(stk_stages_pass(&with, stage, intake, scratch, &output, ran, &left_out, error));
    run->q->incomplete = left_out > 0;
done:
    stk_intake_free(intake);
    return status;
}

static stk_status run_stage(scenario_run *run, stk_stage *stage, stk_error *error)
{
    bool ran = false;
    stk_error problem = {0};
    stk_pending_file out = {.file = NULL};
    stk_pending_file report = {.file = NULL};
    stk_pending_file *const files[] = {&out, &report};
    stk_status status = open_output(run, &out, error);
    status = status != STK_OK ? status : pass(run, stage, &out, &ran, error);
    stk_status unchanged = query_check_files(run->q, &problem);
    if (unchanged != STK_OK) { /* no report either: it would name other bytes */
        *error = problem;
        status = unchanged;
        ran = false;
    }
    if (ran) {
        scenario_print_notes(run->in.report);
    }
    stk_status told = STK_OK;
    bool tells = ran && query_given(run->q, "report");
    if (tells) {
        told = start_report(run, &report, &problem);
    }
    if (status != STK_OK) { /* then the report is all that there is */
        bool old = !out.as_it_is && access(out.path, F_OK) == 0;
        (void)stk_pending_finish(&out, status, NULL);
        if (stk_pending_finish(&report, told, NULL) == STK_OK && tells && old) {
            cli_say(false, "stocktake: %s: is of an earlier run, the report is of this one",
                    out.path);
        }
    } else {
        if (told != STK_OK) {
            *error = problem;
        }
        status = stk_pending_finish_all(files, 2, told, error);
    }
    return status;
}

static stk_status run_check(scenario_run *run, stk_error *error)
{
    return run_stage(run, stk_stage_check, error);
}

static stk_status run_harmonise(scenario_run *run, stk_error *error)
{
    return run_stage(run, stk_stage_harmonise, error);
}

static stk_status run_infill(scenario_run *run, stk_error *error)
{
    return run_stage(run, stk_stage_infill, error);
}

static const char stage_names[] = "check|harmonise|infill|postprocess|categorise|assess|merge";

/* In the order of their names. */
static const struct {
    stk_status (*run)(scenario_run *run, stk_error *error); /* NULL: scenario_merge() */
    const char *options;                                    /* besides --threads and --edition */
} stages[] = {
    {run_check, "method|output|report|strict"},
    {run_harmonise, "method|output|report|history|strict"},
    {run_infill, "method|output|report|history|library|preindustrial"},
    {scenario_postprocess, "method|output|meta"},
    {scenario_categorise, "method|output|labels"},
    {scenario_assess,
     "method|output|report|history|library|preindustrial|labels|netcdf|part|resume|strict"},
    {NULL, "report"},
};

/* An option that the stage would pass over without a word; NULL if there is none. */
static const char *option_of_others(query *q, const char *own)
{
    static const char *const some[] = {"method",  "output",        "report", "history",
                                       "library", "preindustrial", "meta",   "labels",
                                       "netcdf",  "part",          "resume", "strict"};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        if (query_given(q, some[i]) && stk_text_choice(stk_text_of(some[i]), own) < 0) {
            return some[i];
        }
    }
    return NULL;
}

/* The output of assess is a folder, which may have any name. */
static stk_status check_names(query *q, bool folder, stk_error *error)
{
    stk_status status;
    STK_TRY(query_check_name(q, "--output", folder ? NULL : query_value(q, "output"), "csv", NULL,
                             error));
    STK_TRY(query_check_name(q, "--report", query_value(q, "report"), "json", NULL, error));
    STK_TRY(query_check_name(q, "--meta", query_value(q, "meta"), "csv", NULL, error));
done:
    return status;
}

/* Whether the stage can be asked for what is asked. */
static stk_status check(query *q, size_t s, int *threads, stk_error *error)
{
    const char *other = option_of_others(q, stages[s].options);
    bool assess = stages[s].run == scenario_assess;
    size_t count;
    stk_status status;
    if (other != NULL) {
        return query_usage(q, error, "'%s' has no use for --%s", q->operands[0], other);
    }
    if (q->operand_count < 2) {
        return query_usage(q, error, "'%s' needs a %s", q->operands[0],
                           stages[s].run == NULL ? "folder" : "file");
    }
    STK_TRY(check_names(q, assess, error));
    if (!assess && scenario_launched(&count)) {
        return query_usage(q, error, "%zu processes were started together; only assess shares work",
                           count);
    }
    STK_TRY(
        query_integer(q, "threads", 0, query_given(q, "threads") ? 1 : 0, 1024, threads, error));
done:
    return status;
}

static stk_status answer_query(query *q, stk_error *error)
{
    char meant[MEANT_SIZE];
    scenario_run run = {.q = q};
    int s = stk_text_choice(stk_text_of(q->operands[0]), stage_names);
    stk_status status;
    if (s < 0) {
        return query_usage(q, error,
                           "'%s' is no stage; allowed: check, harmonise, infill, postprocess, "
                           "categorise, assess, merge%s",
                           q->operands[0],
                           question_meant_choice(q->operands[0], stage_names, meant));
    }
    q->written = true;
    STK_TRY(check(q, (size_t)s, &run.threads, error));
    if (stages[s].run == NULL) {
        return scenario_merge(q, error);
    }
    STK_TRY(scenario_open(&run, error));
    STK_TRY(stages[s].run(&run, error));
done:
    scenario_close(&run);
    return status;
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
        "'stocktake climate --reference-period none --member-output' writes, CSV or NetCDF, and "
        "makes percentiles "
        "and exceedance probabilities of them, categorise reads a table with the columns name, "
        "p33_peak, p50_peak, p67_peak, p50_2100, the meta.csv of assess, or the metadata of the "
        "AR6 "
        "database, and adds the category.\n\n"
        "Several processes share the work of assess with --part, each a part of its own: by hand, "
        "or "
        "by the number that srun, mpirun or an array of jobs gives them. Each writes finished "
        "blocks "
        "into the folder; merge joins them to what one process writes. A part that was interrupted "
        "goes on with --resume.\n\n"
        "Files may be packed (gzip, xz, zstd, or zip with one CSV file in it), or Excel workbooks, "
        "of "
        "which the sheet 'data' is read.\n\n"
        "Everything that is left out is named on the standard error with file, line and reason. "
        "When a "
        "whole scenario is, a stage writes the others and ends with 1.",
    .examples = "  stocktake scenario assess scenarios.csv --output result/\n"
                "  # Four processes share the work\n"
                "  mpirun -n 4 stocktake scenario assess scenarios.csv --output result/\n"
                "  stocktake scenario merge result/\n"
                "  # Stage by stage, with a database of your own\n"
                "  stocktake scenario check scenarios.csv --output checked.csv\n"
                "  stocktake scenario harmonise checked.csv --output harmonised.csv\n"
                "  stocktake scenario infill harmonised.csv --library database.csv --output "
                "infilled.csv\n",
    .option_groups = OPTION_GROUPS(options),
    .answer = answer_query};
