/** @file scenario_ensemble.c
 * @brief The climate ensemble on all scenarios, dealt out to the ranks.
 *
 * Whoever takes a scenario runs it and writes the result to its own file of the journal; its owner
 * is told where it lies when all are done. What an interrupted run has written counts if its key
 * fits, so nothing depends on how many ranks there were then.
 */
#include "scenario_assessment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/types.h>

#include <sha256.h>

#include "progress.h"

enum { TAKEN_MAX = 2048 }; /* more than scenarios are worked on at once */

/* Where the result of a scenario lies, as its owner is told. */
typedef struct told_place {
    uint64_t index;
    uint64_t place;
    unsigned char key[JOURNAL_KEY];
} told_place;

typedef struct dealer {
    assessment *a;
    ranks_heap *heap;
    size_t drive_size;
    const char *data; /* of the scenario taken last, if it is another rank's: key, what drives it */
    struct {
        int owner;
        size_t index;
        unsigned char key[JOURNAL_KEY];
    } taken[TAKEN_MAX]; /* by their numbers in this rank's run, in a circle */
    size_t taken_count;
    stk_buffer *places; /* what the owners are to be told, by rank */
    uint64_t before;    /* results of interrupted runs */
    progress progress;
} dealer;

/* ---- keys ---- */

static void add_text(SHA2_CTX *hash, const char *text)
{
    SHA256Update(hash, (const uint8_t *)text, strlen(text) + 1);
}

static void add_bytes(SHA2_CTX *hash, const void *data, size_t size)
{
    SHA256Update(hash, data, size);
}

static void add_options(SHA2_CTX *hash, const stk_method *method)
{
    const stk_postprocess_options *o = stk_method_postprocess(method);
    const int years[] = {o->preindustrial[0],
                         o->preindustrial[1],
                         o->recent_years[0],
                         o->recent_years[1],
                         o->years[0],
                         o->years[1],
                         stk_method_base_year(method),
                         stk_method_last_year(method)};
    add_text(hash, stk_version());
    add_text(hash, stk_method_name(method));
    add_text(hash, stk_method_version(method));
    add_bytes(hash, years, sizeof years);
    add_bytes(hash, &o->recent_warming_k, sizeof o->recent_warming_k);
    add_bytes(hash, o->percentiles, o->percentile_count * sizeof(double));
    add_text(hash, "peaks");
    add_bytes(hash, o->peak_percentiles, o->peak_percentile_count * sizeof(double));
    add_text(hash, "thresholds");
    add_bytes(hash, o->exceedance_k, o->exceedance_count * sizeof(double));
}

static stk_status read_shipped(assessment *a, const char *path, SHA2_CTX *hash, stk_text *content,
                               stk_error *error)
{
    stk_status status = stk_edition_read(a->run->edition, path, content, error);
    if (status == STK_OK) {
        add_bytes(hash, content->data, content->size);
    }
    return status;
}

/* Calibration and history; what the results depend on besides emissions goes into the hash. */
static stk_status open_climate(assessment *a, SHA2_CTX *hash, stk_error *error)
{
    static const char *const paths[] = {"climate/calibration_1.4.1_members.csv",
                                        "climate/calibration_1.4.1_species.csv",
                                        "climate/volcanic_solar_timebounds.csv"};
    static const char past[] = "climate/history_1750-2022.csv";
    stk_edition *edition = a->run->edition;
    stk_calibration_files files;
    stk_climate_file *const slots[] = {&files.members, &files.species, &files.natural};
    stk_text content;
    stk_status status = STK_OK;
    add_options(hash, a->run->method);
    for (size_t i = 0; i < 3 && status == STK_OK; i++) {
        slots[i]->name = stk_edition_source_name(edition, paths[i]);
        status = read_shipped(a, paths[i], hash, &slots[i]->content, error);
    }
    status = status != STK_OK ? status : stk_calibration_read(&files, &a->calibration, error);
    status = status != STK_OK ? status : read_shipped(a, past, hash, &content, error);
    if (status == STK_OK) {
        status = stk_iamc_read(stk_edition_source_name(edition, past), content, NULL, &a->history,
                               error);
    }
    return status != STK_OK ? status
                            : stk_scenario_climate_new(a->run->method, a->history, a->calibration,
                                                       &a->climate, error);
}

static void make_key(const SHA2_CTX *context, const scenario_own *own, const double *drive,
                     size_t drive_size, unsigned char key[JOURNAL_KEY])
{
    SHA2_CTX hash = *context;
    add_text(&hash, own->model);
    add_text(&hash, own->scenario);
    add_bytes(&hash, drive, drive_size * sizeof *drive);
    SHA256Final(key, &hash);
}

/* ---- own scenarios ---- */

/* Nothing drives the scenario: its result is that, and nobody needs to run it. */
static stk_status refuse_scenario(dealer *d, size_t index, const stk_error *cause, stk_error *error)
{
    assessment *a = d->a;
    size_t size = stk_warming_size(stk_method_postprocess(a->run->method));
    double *none = calloc(size + 1, sizeof *none);
    journal_record record = {.scenario = share_number_of(&a->share, ranks_own(a->ranks), index),
                             .status = (uint32_t)cause->status};
    if (none == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    memcpy(record.key, a->own[index].key, sizeof record.key);
    snprintf(record.message, sizeof record.message, "%s", cause->message);
    stk_status status = journal_write(a->journal, &record, none, &a->own[index].place, error);
    free(none);
    return status;
}

/* What drives an own scenario; the numbers are complete or zero. */
static stk_status drive_own(const dealer *d, size_t index, double *drive, stk_error *error)
{
    const assessment *a = d->a;
    stk_iamc *infilled;
    memset(drive, 0, d->drive_size * sizeof *drive);
    stk_status status = scenario_infilled(a, index, index + 1, &infilled, error);
    if (status == STK_OK) {
        status = stk_scenario_drive(a->climate, infilled, a->own[index].model,
                                    a->own[index].scenario, drive, error);
    }
    stk_iamc_free(infilled);
    return status;
}

/* What says nothing of the scenario but of this machine: the run ends, nothing is recorded. */
static bool is_fault(stk_status status)
{
    return status == STK_EIO || status == STK_EMEM;
}

static stk_status name_scenario(dealer *d, const SHA2_CTX *context, size_t index, double *drive,
                                stk_error *error)
{
    const assessment *a = d->a;
    scenario_own *own = &a->own[index];
    stk_error cause = {0};
    stk_status status = drive_own(d, index, drive, &cause);
    if (is_fault(status)) {
        *error = cause;
        return status;
    }
    make_key(context, own, drive, d->drive_size, own->key);
    return status == STK_OK ? STK_OK : refuse_scenario(d, index, &cause, error);
}

static stk_status name_scenarios(dealer *d, const SHA2_CTX *context, stk_error *error)
{
    stk_status status = STK_OK;
    double *drive = malloc((d->drive_size + 1) * sizeof *drive);
    if (drive == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    for (size_t i = 0; i < d->a->own_count && status == STK_OK; i++) {
        if (d->a->own[i].model != NULL) {
            status = name_scenario(d, context, i, drive, error);
        }
    }
    free(drive);
    return status;
}

static bool pack(void *user, size_t index, void *item)
{
    const dealer *d = user;
    char *out = item;
    memcpy(out, d->a->own[index].key, JOURNAL_KEY);
    return drive_own(d, index, (double *)(void *)(out + JOURNAL_KEY), NULL) == STK_OK;
}

/* ---- where results lie ---- */

static void note_place(dealer *d, int owner, size_t index, const unsigned char *key, uint64_t place)
{
    told_place told = {.index = index, .place = place};
    memcpy(told.key, key, sizeof told.key);
    stk_buffer_append(&d->places[owner], (stk_text){(const char *)&told, sizeof told});
}

/* Tell the owners. What does not fit was made of other emissions, or with another method. */
static stk_status tell_places(dealer *d, stk_error *error)
{
    const assessment *a = d->a;
    stk_buffer received = {0};
    stk_status status = ranks_exchange(a->ranks, d->places, &received, error);
    for (size_t at = 0; status == STK_OK && at < received.size; at += sizeof(told_place)) {
        told_place told;
        memcpy(&told, received.data + at, sizeof told);
        scenario_own *own = &a->own[told.index];
        if (own->model != NULL && memcmp(told.key, own->key, sizeof told.key) == 0) {
            own->place = told.place;
        }
    }
    for (int r = 0; r < ranks_count(a->ranks); r++) {
        d->places[r].size = 0;
    }
    stk_buffer_free(&received);
    return status;
}

/* ---- going on with an interrupted run ---- */

static void take_record(void *user, const journal_record *record, uint64_t place)
{
    dealer *d = user;
    size_t index;
    if (record->scenario < share_total(&d->a->share)) {
        int owner = share_owner(&d->a->share, record->scenario, &index);
        note_place(d, owner, index, record->key, place);
    }
}

/* The files of earlier runs, as rank 0 sees them, and the number of this run. */
static stk_status find_files(assessment *a, uint32_t *run, stk_error *error)
{
    stk_status status = STK_OK;
    uint64_t count = 0;
    if (ranks_own(a->ranks) == 0) {
        status = journal_find(a->folder, &a->journal_files, &a->journal_file_count, error);
        count = a->journal_file_count;
    }
    status = ranks_agree(a->ranks, status, error);
    if (status != STK_OK) {
        return status;
    }
    ranks_broadcast(a->ranks, &count, sizeof count);
    if (ranks_own(a->ranks) != 0) {
        a->journal_files = malloc(((size_t)count + 1) * sizeof *a->journal_files);
        a->journal_file_count = a->journal_files == NULL ? 0 : (size_t)count;
    }
    bool room = count == 0 || a->journal_files != NULL;
    status = room ? STK_OK : stk_error_set(error, STK_EMEM, "out of memory");
    status = ranks_agree(a->ranks, status, error);
    if (status != STK_OK || count == 0 || a->journal_files == NULL) {
        *run = 1;
        return status;
    }
    ranks_broadcast(a->ranks, a->journal_files, (size_t)count * sizeof *a->journal_files);
    *run = 1 + (a->journal_files[count - 1] >> JOURNAL_RANK_BITS);
    return *run < 1u << (32 - JOURNAL_RANK_BITS)
               ? STK_OK
               : stk_error_at(error, STK_EIO, a->folder, 0, 0,
                              "too many interrupted runs; start anew without --resume");
}

/* Start without what earlier runs have left. */
static void forget_files(assessment *a)
{
    for (size_t i = 0; i < a->journal_file_count && ranks_own(a->ranks) == 0; i++) {
        journal_remove(a->folder, a->journal_files[i]);
    }
    a->journal_file_count = 0;
}

static stk_status open_journal(assessment *a, stk_error *error)
{
    uint32_t run = 1;
    stk_status status = find_files(a, &run, error);
    if (status != STK_OK) {
        return status;
    }
    if (!cli_given(a->run->arguments, "resume")) {
        forget_files(a);
    }
    uint32_t file = run << JOURNAL_RANK_BITS | (uint32_t)ranks_own(a->ranks);
    status = journal_open(a->folder, stk_warming_size(stk_method_postprocess(a->run->method)), file,
                          &a->journal, error);
    return ranks_agree(a->ranks, status, error);
}

/* Every rank looks through some of the files and tells the owners. */
static stk_status take_done(dealer *d, stk_error *error)
{
    assessment *a = d->a;
    stk_status status = STK_OK;
    uint64_t done = 0;
    for (size_t i = 0; i < a->journal_file_count && status == STK_OK; i++) {
        if (i % (size_t)ranks_count(a->ranks) == (size_t)ranks_own(a->ranks)) {
            status = journal_scan(a->journal, a->journal_files[i], take_record, d, error);
        }
    }
    status = ranks_agree(a->ranks, status, error);
    status = status != STK_OK ? status : tell_places(d, error);
    for (size_t i = 0; i < a->own_count && status == STK_OK; i++) {
        done += a->own[i].place != 0;
        if (a->own[i].model != NULL && a->own[i].place == 0) {
            status = ranks_put(d->heap, i, error);
        }
    }
    status = ranks_agree(a->ranks, status, error);
    d->before = ranks_sum(a->ranks, done);
    if (ranks_own(a->ranks) == 0 && cli_given(a->run->arguments, "resume")) {
        fprintf(stderr, "stocktake: %llu of %llu scenarios were done before\n",
                (unsigned long long)d->before, (unsigned long long)a->ready);
    }
    return status;
}

/* ---- the run ---- */

static bool next(void *user, size_t *number)
{
    dealer *d = user;
    ranks_item item;
    if (!ranks_take(d->heap, &item)) {
        return false;
    }
    *number = d->taken_count++;
    d->data = item.data;
    d->taken[*number % TAKEN_MAX].owner = item.owner;
    d->taken[*number % TAKEN_MAX].index = item.index;
    memcpy(d->taken[*number % TAKEN_MAX].key,
           item.data == NULL ? d->a->own[item.index].key : item.data, JOURNAL_KEY);
    return true;
}

static stk_status drive(void *user, size_t number, double *values, stk_error *error)
{
    const dealer *d = user;
    if (d->data != NULL) {
        memcpy(values, d->data + JOURNAL_KEY, d->drive_size * sizeof *values);
        return STK_OK;
    }
    return drive_own(d, d->taken[number % TAKEN_MAX].index, values, error);
}

static stk_status accept(void *user, size_t number, const stk_scenario_result *result,
                         stk_error *error)
{
    dealer *d = user;
    assessment *a = d->a;
    int owner = d->taken[number % TAKEN_MAX].owner;
    size_t index = d->taken[number % TAKEN_MAX].index;
    uint64_t place;
    if (is_fault(result->status)) {
        *error = *result->error;
        return result->status;
    }
    journal_record record = {.scenario = share_number_of(&a->share, owner, index),
                             .status = (uint32_t)result->status,
                             .members = (uint32_t)result->member_count};
    memcpy(record.key, d->taken[number % TAKEN_MAX].key, sizeof record.key);
    if (result->status != STK_OK) {
        snprintf(record.message, sizeof record.message, "%s", result->error->message);
    }
    stk_status status =
        journal_write(a->journal, &record, result->warming->percentiles_k, &place, error);
    if (status == STK_OK) {
        note_place(d, owner, index, record.key, place);
        progress_show(&d->progress, (size_t)(d->before + ranks_done(d->heap, 1)));
    }
    return status;
}

static stk_status check_all_done(const assessment *a, stk_error *error)
{
    for (size_t i = 0; i < a->own_count; i++) {
        if (a->own[i].model != NULL && a->own[i].place == 0) {
            return stk_error_set(error, STK_EMEM,
                                 "scenario '%.100s' was given away and did not come back: a "
                                 "process had no memory for it; go on with --resume",
                                 a->own[i].scenario);
        }
    }
    return STK_OK;
}

static stk_status run_dealt(dealer *d, stk_error *error)
{
    assessment *a = d->a;
    stk_scenario_work work = {SIZE_MAX, a->run->threads, drive, accept, d, next};
    d->progress.what = "scenarios";
    d->progress.shown = ranks_own(a->ranks) == 0 && isatty(STDERR_FILENO) != 0;
    progress_begin(&d->progress, (size_t)d->before, (size_t)a->ready);
    ranks_deal(d->heap);
    stk_status status = stk_scenario_climate_run(a->climate, &work, error);
    if (status != STK_OK) {
        ranks_stop(d->heap);
    }
    stk_status flushed = journal_flush(a->journal, status == STK_OK ? error : NULL);
    status = status != STK_OK ? status : flushed;
    ranks_settle(d->heap);
    progress_end(&d->progress);
    status = ranks_agree(a->ranks, status, error);
    status = status != STK_OK ? status : tell_places(d, error);
    status = status != STK_OK ? status : check_all_done(a, error);
    return ranks_agree(a->ranks, status, error);
}

static stk_status open_dealer(dealer *d, assessment *a, stk_error *error)
{
    d->a = a;
    d->drive_size = stk_scenario_drive_size(a->climate);
    d->places = calloc((size_t)ranks_count(a->ranks), sizeof *d->places);
    if (d->places == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    return ranks_heap_new(a->ranks, JOURNAL_KEY + d->drive_size * sizeof(double), pack, d, &d->heap,
                          error);
}

static void close_dealer(dealer *d)
{
    for (int r = 0; d->places != NULL && r < ranks_count(d->a->ranks); r++) {
        stk_buffer_free(&d->places[r]);
    }
    free(d->places);
    ranks_heap_free(d->heap);
}

static stk_status deal(dealer *d, assessment *a, const SHA2_CTX *context, stk_error *error)
{
    stk_status status = open_dealer(d, a, error);
    status = status != STK_OK ? status : name_scenarios(d, context, error);
    status = ranks_agree(a->ranks, status, error);
    status = status != STK_OK ? status : take_done(d, error);
    status = status != STK_OK ? status : run_dealt(d, error);
    close_dealer(d);
    return status;
}

stk_status scenario_run_ensemble(assessment *a, stk_error *error)
{
    SHA2_CTX context;
    dealer *d = calloc(1, sizeof *d);
    SHA256Init(&context);
    stk_status status = d != NULL ? open_climate(a, &context, error)
                                  : stk_error_set(error, STK_EMEM, "out of memory");
    status = ranks_agree(a->ranks, status, error);
    status = status != STK_OK ? status : open_journal(a, error);
    if (status == STK_OK && a->ready > 0 && d != NULL) {
        status = deal(d, a, &context, error);
    }
    free(d);
    return status;
}

void scenario_close_ensemble(assessment *a, bool complete)
{
    journal_close(a->journal);
    a->journal = NULL;
    free(a->journal_files);
    a->journal_files = NULL;
    if (complete && ranks_own(a->ranks) == 0 &&
        journal_find(a->folder, &a->journal_files, &a->journal_file_count, NULL) == STK_OK) {
        forget_files(a);
        free(a->journal_files);
        a->journal_files = NULL;
    }
    stk_scenario_climate_free(a->climate);
    stk_iamc_free(a->history);
    stk_calibration_free(a->calibration);
}
