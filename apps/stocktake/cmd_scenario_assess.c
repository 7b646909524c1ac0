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

stk_status scenario_find_part(query *q, size_t *part, size_t *parts, stk_error *error)
{
    long own;
    long count;
    const char *given = query_value(q, "part");
    *part = 0;
    *parts = 1;
    if (given != NULL) {
        return parse_part(given, part, parts)
                   ? STK_OK
                   : query_usage(q, error,
                                 "--part: '%s' is refused; allowed: a part and how many there are, "
                                 "such as 3/8",
                                 given);
    }
    size_t i = find_launcher(&own, &count);
    if (i == LAUNCHERS) {
        return STK_OK;
    }
    if (own < 0 || own >= count || count > PARTS_MAX) {
        return query_usage(q, error, "%s and %s say part %ld of %ld; --part says it better",
                           launchers[i].own, launchers[i].count, own + 1, count);
    }
    *part = (size_t)own;
    *parts = (size_t)count;
    cli_say(false, "stocktake: part %zu of %zu, as %s says", *part + 1, *parts, launchers[i].own);
    return STK_OK;
}

/* ---- the run ---- */

static stk_status make_folder(const char *folder, stk_error *error)
{
    int reason = mkdir(folder, 0777) == 0 ? 0 : errno;
    return reason == 0 || stk_is_folder(folder)
               ? STK_OK
               : stk_error_at(error, STK_EIO, folder, 0, 0, "the folder cannot be made: %s",
                              reason == EEXIST ? "there is a file of that name" : strerror(reason));
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
static stk_status check_names(query *q, const char *folder, const char *report, stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t i = 0; i < STK_ASSESS_NAMES; i++) {
        char path[STK_PENDING_PATH_SIZE];
        stk_print(path, sizeof path, "%s/%s", folder, stk_assess_names[i]);
        if (report != NULL && stk_same_file(path, report)) {
            return query_usage(
                q, error, "--report: '%s' is a file of the results; allowed: another file", report);
        }
        STK_TRY(cli_check_output(q, "--output", path, error));
    }
done:
    return status;
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

/* What is told of a run while it goes on, and held. */
typedef struct watch {
    progress progress;
    const query *q;
} watch;

static stk_status check_files(void *user, stk_error *error)
{
    const watch *w = user;
    return query_check_files(w->q, error);
}

static void show_progress(void *user, size_t done, size_t total)
{
    progress *p = &((watch *)user)->progress;
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
    watch w = {{.what = "scenarios", .shown = isatty(STDERR_FILENO) != 0}, run->q};
    stk_status status;
    STK_TRY(scenario_document(run, &request->run, error));
    document_set(&request->run, "method_file", document_text(run->in.method_text.data));
    if (run->in.overrides.data != NULL) {
        document_set(&request->run, "overrides", document_text(run->in.overrides.data));
    }
    document_set(&request->run, "netcdf", json_boolean(request->netcdf));
    document_set(&request->run, "strict", json_boolean(query_given(run->q, "strict")));
    STK_TRY(scenario_inputs_open_history(&run->in, error));
    STK_TRY(scenario_open_library(run, error));
    STK_TRY(
        stk_shipped_calibration(run->in.edition, STK_PATH_CALIBRATION, NULL, &calibration, error));
    STK_TRY(stk_shipped_table(run->in.edition, STK_PATH_SPECIES_HISTORY, NULL, &past, error));
    request->stages = scenario_stages(run);
    request->past = past;
    request->calibration = calibration;
    request->progress = show_progress;
    request->check = check_files;
    request->user = &w;
    status = stk_assess_blocks(request, count, error);
    progress_end(&w.progress);
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

static stk_status tell_result(const char *folder, const stk_assess_result *result, stk_error *error)
{
    const char *input = json_string_value(json_object_get(result->run, "input"));
    scenario_print_notes(result->left_out);
    if (result->before) {
        cli_say(false, "stocktake: %s: was joined before; the rest of its blocks is removed",
                folder);
    }
    fwrite(result->summary.data, 1, result->summary.size, stdout);
    fflush(stdout);
    return result->ready > result->failed ? STK_OK
                                          : refuse_nothing(result->before ? folder : input, error);
}

/* Join the blocks of a folder, say what came out, and remove them: who is ended meanwhile is told
 * the same again. */
static stk_status join(query *q, const char *folder, stk_error *error)
{
    stk_assess_result result;
    stk_status status = stk_assess_join(folder, query_value(q, "report"), &result, error);
    if (status == STK_OK) {
        status = tell_result(folder, &result, error);
        stk_assess_remove_blocks(folder);
    } else {
        cli_skip_exit_handlers(); /* a file of NetCDF may be unfinished */
    }
    q->incomplete = result.ready - result.failed < result.scenarios;
    stk_assess_result_free(&result);
    return status;
}

static stk_status finish(const scenario_run *run, const stk_workflow_request *request,
                         const stk_assess_count *count, stk_error *error)
{
    if (request->resume) {
        cli_say(false, "stocktake: %zu of %zu scenarios were done before", count->before,
                count->own);
    }
    if (count->all == 0) {
        return refuse_nothing(run->input, error);
    }
    if (request->parts == 1) {
        return join(run->q, request->folder, error);
    }
    cli_say(false,
            "stocktake: part %zu of %zu is done: %zu of %zu scenarios; 'stocktake scenario merge "
            "%s' joins all parts",
            request->part + 1, request->parts, count->own, count->all, request->folder);
    return STK_OK;
}

stk_status scenario_assess(scenario_run *run, stk_error *error)
{
    query *q = run->q;
    stk_assess_count count = {0};
    stk_workflow_request request = {.input = run->input,
                                    .folder = query_value(q, "output"),
                                    .threads = run->threads,
                                    .tool_labels = query_choice(q, "labels", 0) == 1,
                                    .netcdf = query_given(q, "netcdf"),
                                    .resume = query_given(q, "resume")};
    stk_lock locks[2] = {{.path = ""}, {.path = ""}};
    stk_status status;
    if (request.folder == NULL) {
        return query_usage(q, error, "assess needs --output DIR for its files");
    }
    STK_TRY(scenario_find_part(q, &request.part, &request.parts, error));
    if (request.parts > 1 && query_given(q, "report")) {
        return query_usage(q, error, "a part has no use for --report; 'scenario merge' takes it");
    }
    STK_TRY(check_names(q, request.folder, query_value(q, "report"), error));
    STK_TRY(check_input(run, &request, error));
    STK_TRY(make_folder(request.folder, error));
    STK_TRY(lock_folder(&request, locks, error));
    STK_TRY(check_output(run, &request, error));
    STK_TRY(make_blocks(run, &request, &count, error));
    STK_TRY(finish(run, &request, &count, error));
done:
    unlock_folder(locks);
    json_decref(request.run);
    return status;
}

stk_status scenario_merge(query *q, stk_error *error)
{
    const char *report = query_value(q, "report");
    const char *folder = q->operands[1];
    stk_lock lock = {.path = ""};
    stk_status status;
    STK_TRY(check_names(q, folder, report, error));
    if (report != NULL) {
        STK_TRY(stk_pending_check(NULL, report, error));
    }
    STK_TRY(stk_lock_take(&lock, folder, "assess", false, folder, error));
    STK_TRY(join(q, folder, error));
done:
    stk_lock_release(&lock);
    return status;
}
