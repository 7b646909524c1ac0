/** @file cmd_scenario_assess.c
 * @brief `stocktake scenario assess` and `merge`: the whole workflow, by one process or by parts.
 */
#include "cmd_scenario.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lock.h"
#include "base/pending_file.h"
#include "data/paths.h"
#include "dataset/assess_files.h"
#include "workflow/assess.h"

/* ---- which part this process is ---- */

/* Open MPI; MPICH, Intel MPI and others with PMI; srun; arrays of Slurm; indexed jobs of
 * Kubernetes, which do not say how many there are. A batch script of Slurm is not srun: only a step
 * has SLURM_STEP_NUM_TASKS. */
static const struct {
    const char *own;
    const char *count;
    const char *first; /* or NULL: counted from 0 */
    const char *step;
    bool together; /* started by one launcher, at the same time */
} launchers[] = {
    {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", NULL, NULL, true},
    {"PMI_RANK", "PMI_SIZE", NULL, NULL, true},
    {"SLURM_PROCID", "SLURM_STEP_NUM_TASKS", NULL, NULL, true},
    {"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN",
     "SLURM_ARRAY_TASK_STEP", false},
    {"JOB_COMPLETION_INDEX", "STOCKTAKE_PARTS", NULL, NULL, false},
};

enum { LAUNCHERS = sizeof launchers / sizeof *launchers, PARTS_MAX = 1000000 };

static bool read_number(const char *name, long *number)
{
    const char *text = name == NULL ? NULL : getenv(name);
    return text != NULL && stk_text_integer(stk_text_of(text), number) && *number >= 0;
}

/* The launcher that has more than one process; LAUNCHERS without. */
static size_t find_launcher(long *own, long *count)
{
    for (size_t i = 0; i < LAUNCHERS; i++) {
        long first = 0;
        long step = 1;
        if (read_number(launchers[i].own, own) && read_number(launchers[i].count, count) &&
            *count > 1) {
            (void)read_number(launchers[i].first, &first);
            (void)read_number(launchers[i].step, &step);
            *own = step > 0 ? (*own - first) / step : *own;
            return i;
        }
    }
    return LAUNCHERS;
}

bool scenario_launched(size_t *count)
{
    long own;
    long all;
    size_t i = find_launcher(&own, &all);
    *count = i < LAUNCHERS ? (size_t)all : 1;
    return i < LAUNCHERS && launchers[i].together;
}

/* "3/8" */
static bool parse_part(const char *text, size_t *part, size_t *parts)
{
    long own;
    long count;
    const char *slash = strchr(text, '/');
    if (slash == NULL || !stk_text_integer((stk_text){text, (size_t)(slash - text)}, &own) ||
        !stk_text_integer(stk_text_of(slash + 1), &count) || own < 1 || own > count ||
        count > PARTS_MAX) {
        return false;
    }
    *part = (size_t)own - 1;
    *parts = (size_t)count;
    return true;
}

int scenario_find_part(query *q, size_t *part, size_t *parts)
{
    long own;
    long count;
    const char *given = query_value(q, "part");
    *part = 0;
    *parts = 1;
    if (given != NULL) {
        return parse_part(given, part, parts)
                   ? EXIT_SUCCESS
                   : cli_usage(q,
                               "--part: '%s' is refused; allowed: a part and how many there are, "
                               "such as 3/8",
                               given);
    }
    size_t i = find_launcher(&own, &count);
    if (i == LAUNCHERS) {
        return EXIT_SUCCESS;
    }
    if (own < 0 || own >= count || count > PARTS_MAX) {
        return cli_usage(q, "%s and %s say part %ld of %ld; --part says it better",
                         launchers[i].own, launchers[i].count, own + 1, count);
    }
    *part = (size_t)own;
    *parts = (size_t)count;
    fprintf(stderr, "stocktake: part %zu of %zu, as %s says\n", *part + 1, *parts,
            launchers[i].own);
    return EXIT_SUCCESS;
}

/* ---- the run ---- */

static stk_status make_folder(const char *folder, stk_error *error)
{
    struct stat information;
    if (mkdir(folder, 0777) == 0) {
        return STK_OK;
    }
    int reason = errno;
    bool there = stat(folder, &information) == 0;
    if (there && S_ISDIR(information.st_mode)) {
        return STK_OK;
    }
    return stk_error_at(error, STK_EIO, folder, 0, 0, "the folder cannot be made: %s",
                        there ? "there is a file of that name" : strerror(reason));
}

/* What several read, or one reads again, is a file. */
static stk_status check_input(const scenario_run *run, const stk_workflow_request *request,
                              stk_error *error)
{
    struct stat information;
    bool again = request->parts > 1 || request->resume;
    return again && stat(run->input, &information) == 0 && !S_ISREG(information.st_mode)
               ? stk_error_at(error, STK_EARG, run->input, 0, 0,
                              "parts and --resume need a file that can be read again")
               : STK_OK;
}

/* One run at a time, or one for each part, and nobody joins while parts are made. */
static stk_status lock_folder(const stk_workflow_request *request, stk_lock locks[2],
                              stk_error *error)
{
    char part[64];
    bool alone = request->parts == 1;
    stk_status status =
        stk_lock_take(&locks[0], request->folder, "assess", !alone, request->folder, error);
    stk_print(part, sizeof part, "part-%zu-of-%zu", request->part + 1, request->parts);
    return status != STK_OK || alone
               ? status
               : stk_lock_take(&locks[1], request->folder, part, false, request->folder, error);
}

static void unlock_folder(stk_lock locks[2])
{
    stk_lock_release(&locks[1]);
    stk_lock_release(&locks[0]);
}

/* No result of the folder is the input or the report. */
static bool check_names(query *q, const char *folder, const char *report)
{
    for (size_t i = 0; i < STK_ASSESS_NAMES; i++) {
        char path[STK_PENDING_PATH_SIZE];
        stk_print(path, sizeof path, "%s/%s", folder, stk_assess_names[i]);
        if (report != NULL && stk_same_file(path, report)) {
            cli_usage(q, "--report: '%s' is a file of the results; allowed: another file", report);
            return false;
        }
        if (!cli_check_output(q, "--output", path)) {
            return false;
        }
    }
    return true;
}

/* Everything that is to be written can be; that is found out before the work. */
static stk_status check_output(const scenario_run *run, const stk_workflow_request *request,
                               stk_error *error)
{
    const char *report = query_value(run->q, "report");
    stk_status status = report == NULL ? STK_OK : stk_pending_check(NULL, report, error);
    if (status == STK_OK && request->parts == 1) {
        status = stk_assess_check_files(request->folder, request->netcdf, error);
    }
    return status;
}

static void show_progress(void *user, size_t done, size_t total)
{
    progress *p = user;
    if (p->total == 0) {
        progress_begin(p, done - 1, total);
    }
    progress_show(p, done);
}

static stk_status make_blocks(scenario_run *run, stk_workflow_request *request,
                              stk_assess_count *count, stk_error *error)
{
    stk_calibration *calibration = NULL;
    stk_iamc *past = NULL;
    progress p = {.what = "scenarios", .shown = isatty(STDERR_FILENO) != 0};
    stk_status status;
    STK_TRY(scenario_document(run, &request->run, error));
    document_set(&request->run, "method_file", document_text(run->method_file));
    document_set(&request->run, "netcdf", json_boolean(request->netcdf));
    STK_TRY(scenario_open_history(run, error));
    STK_TRY(scenario_open_library(run, error));
    STK_TRY(stk_shipped_calibration(run->edition, STK_PATH_CALIBRATION, NULL, NULL, &calibration,
                                    error));
    STK_TRY(stk_shipped_table(run->edition, STK_PATH_SPECIES_HISTORY, NULL, &past, error));
    request->stages = scenario_stages(run);
    request->past = past;
    request->calibration = calibration;
    request->progress = show_progress;
    request->user = &p;
    status = stk_assess_blocks(request, count, error);
    progress_end(&p);
done:
    stk_calibration_free(calibration);
    stk_iamc_free(past);
    return status;
}

/* ---- the result ---- */

static stk_status refuse_nothing(const char *input, stk_error *error)
{
    return stk_error_at(error, STK_EDATA, input, 0, 0, "no scenario of the file could be assessed");
}

static stk_status tell(query *q, const stk_assess_result *result, stk_error *error)
{
    stk_buffer text = {0};
    const char *report = query_value(q, "report");
    const char *input = json_string_value(json_object_get(result->run, "input"));
    scenario_print_notes(result->left_out);
    stk_status status = stk_table_write(result->summary, STK_FORMAT_TEXT, &text, error);
    if (status == STK_OK) {
        fwrite(text.data, 1, text.size, stdout);
    }
    stk_buffer_free(&text);
    if (status == STK_OK && report != NULL) {
        status = stk_assess_write_report(NULL, report, result->run, result->left_out, error);
    }
    return status == STK_OK && result->ready == result->failed ? refuse_nothing(input, error)
                                                               : status;
}

/* Join the blocks of a folder, say what came out, and remove them. */
static int join(query *q, const char *folder)
{
    stk_error error = {0};
    stk_assess_result result;
    stk_status status = stk_assess_join(folder, &result, &error);
    if (status == STK_OK) {
        stk_assess_remove_blocks(folder);
        status = tell(q, &result, &error);
    } else {
        cli_skip_exit_handlers(); /* a file of NetCDF may be unfinished */
    }
    bool failed = result.failed > 0;
    stk_assess_result_free(&result);
    if (status != STK_OK) {
        return cli_refuse(&error);
    }
    return failed ? EXIT_DATA : EXIT_SUCCESS;
}

static int finish(const scenario_run *run, const stk_workflow_request *request,
                  const stk_assess_count *count)
{
    stk_error error = {0};
    if (request->resume) {
        fprintf(stderr, "stocktake: %zu of %zu scenarios were done before\n", count->before,
                count->own);
    }
    if (count->all == 0) {
        (void)refuse_nothing(run->input, &error);
        return cli_refuse(&error);
    }
    if (request->parts == 1) {
        return join(run->q, request->folder);
    }
    fprintf(stderr,
            "stocktake: part %zu of %zu is done: %zu of %zu scenarios; 'stocktake scenario merge "
            "%s' joins all parts\n",
            request->part + 1, request->parts, count->own, count->all, request->folder);
    return EXIT_SUCCESS;
}

int scenario_assess(scenario_run *run)
{
    query *q = run->q;
    stk_error error = {0};
    stk_assess_count count = {0};
    stk_workflow_request request = {.input = run->input,
                                    .folder = query_value(q, "output"),
                                    .threads = run->threads,
                                    .tool_labels = query_choice(q, "labels", 0) == 1,
                                    .netcdf = query_given(q, "netcdf"),
                                    .resume = query_given(q, "resume")};
    if (request.folder == NULL) {
        return cli_usage(q, "assess needs --output DIR for its files");
    }
    int exit_code = scenario_find_part(q, &request.part, &request.parts);
    if (exit_code != EXIT_SUCCESS) {
        return exit_code;
    }
    if (request.parts > 1 && query_given(q, "report")) {
        return cli_usage(q, "a part has no use for --report; 'scenario merge' takes it");
    }
    if (!check_names(q, request.folder, query_value(q, "report"))) {
        return EXIT_USAGE;
    }
    stk_lock locks[2] = {{.path = ""}, {.path = ""}};
    stk_status status;
    STK_TRY(check_input(run, &request, &error));
    STK_TRY(make_folder(request.folder, &error));
    STK_TRY(lock_folder(&request, locks, &error));
    STK_TRY(check_output(run, &request, &error));
    STK_TRY(make_blocks(run, &request, &count, &error));
done:
    exit_code = status == STK_OK ? finish(run, &request, &count) : cli_refuse(&error);
    unlock_folder(locks);
    json_decref(request.run);
    return exit_code;
}

int scenario_merge(query *q)
{
    const char *report = query_value(q, "report");
    const char *folder = q->operands[1];
    stk_error error = {0};
    stk_lock lock = {.path = ""};
    if (!check_names(q, folder, report)) {
        return EXIT_USAGE;
    }
    stk_status status = report == NULL ? STK_OK : stk_pending_check(NULL, report, &error);
    status =
        status != STK_OK ? status : stk_lock_take(&lock, folder, "assess", false, folder, &error);
    int exit_code = status == STK_OK ? join(q, folder) : cli_refuse(&error);
    stk_lock_release(&lock);
    return exit_code;
}
