/** @file scenario_ensemble.c
 * @brief The climate ensemble on all scenarios, dealt out to the ranks.
 *
 * Every rank shows the others what drives its scenarios. Whoever takes one, runs it and writes the
 * result to its own file of the journal; the owner is told where it lies. What an interrupted run
 * has written counts if its key fits, so nothing depends on how many ranks there were then.
 */
#include "scenario_assessment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sys/types.h>

#include <sha256.h>

enum { TAKEN_MAX = 2048 }; /* more than scenarios are worked on at once */

/* What others see of a scenario, followed by what drives it. */
typedef struct item_head {
    uint64_t to_do;
    unsigned char key[JOURNAL_KEY];
} item_head;

typedef struct dealer {
    assessment *a;
    ranks_heap *heap;
    size_t drive_size;
    char *item; /* the one that was taken last, if it is another rank's */
    struct {
        int owner;
        size_t index;
        unsigned char key[JOURNAL_KEY];
    } taken[TAKEN_MAX]; /* by their numbers in this rank's run, in a circle */
    size_t taken_count;
    uint64_t before; /* results of interrupted runs */
    struct timespec start;
    time_t shown; /* when progress was shown last */
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

/* ---- what others see ---- */

/* Nothing drives the scenario: its result is that, and nobody needs to run it. */
static stk_status refuse_scenario(dealer *d, size_t index, stk_error *cause, stk_error *error)
{
    assessment *a = d->a;
    uint64_t place;
    size_t size = stk_warming_size(stk_method_postprocess(a->run->method));
    double *none = calloc(size + 1, sizeof *none);
    journal_record record = {.scenario = share_number_of(&a->share, ranks_own(a->ranks), index),
                             .status = (uint32_t)cause->status};
    if (none == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    memcpy(record.key, a->own[index].key, sizeof record.key);
    snprintf(record.message, sizeof record.message, "%s", cause->message);
    stk_status status = journal_write(a->journal, &record, none, &place, error);
    if (status == STK_OK) {
        ranks_answer(d->heap, ranks_own(a->ranks), index, place);
    }
    free(none);
    return status;
}

static stk_status show_scenario(dealer *d, const SHA2_CTX *context, size_t index, double *drive,
                                stk_error *error)
{
    const assessment *a = d->a;
    scenario_own *own = &a->own[index];
    char *item = ranks_item(d->heap, index);
    stk_error cause = {0};
    item_head head = {1, {0}};
    memset(drive, 0, d->drive_size * sizeof *drive);
    stk_status status =
        stk_scenario_drive(a->climate, a->infilled, own->model, own->scenario, drive, &cause);
    make_key(context, own, drive, d->drive_size, own->key);
    if (status != STK_OK) {
        return refuse_scenario(d, index, &cause, error);
    }
    if (item != NULL) {
        memcpy(head.key, own->key, sizeof head.key);
        memcpy(item, &head, sizeof head);
        memcpy(item + sizeof head, drive, d->drive_size * sizeof *drive);
    }
    return STK_OK;
}

static stk_status show_scenarios(dealer *d, const SHA2_CTX *context, stk_error *error)
{
    stk_status status = STK_OK;
    double *drive = malloc((d->drive_size + 1) * sizeof *drive);
    if (drive == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    for (size_t i = 0; i < d->a->own_count && status == STK_OK; i++) {
        if (d->a->own[i].model != NULL) {
            status = show_scenario(d, context, i, drive, error);
        }
    }
    free(drive);
    return status;
}

/* ---- going on with an interrupted run ---- */

static void take_record(void *user, const journal_record *record, uint64_t place)
{
    dealer *d = user;
    const assessment *a = d->a;
    unsigned char key[JOURNAL_KEY];
    size_t index;
    if (record->scenario >= share_total(&a->share)) {
        return;
    }
    int owner = share_owner(&a->share, record->scenario, &index);
    if (owner == ranks_own(a->ranks)) {
        memcpy(key, a->own[index].key, sizeof key);
    } else {
        ranks_look(d->heap, owner, index, offsetof(item_head, key), sizeof key, key);
    }
    if (memcmp(key, record->key, sizeof key) == 0) {
        ranks_answer(d->heap, owner, index, place);
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

/* Every rank looks through some of the files; what fits is an answer to its owner. */
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
    ranks_settle(d->heap);
    for (size_t i = 0; i < a->own_count; i++) {
        a->own[i].place = ranks_answered(d->heap, i);
        char *item = ranks_item(d->heap, i);
        if (a->own[i].place != 0) {
            done++;
        }
        if (a->own[i].place != 0 && item != NULL) {
            memset(item, 0, sizeof(uint64_t)); /* nothing to do */
        }
    }
    d->before = ranks_sum(a->ranks, done);
    ranks_done(d->heap, done);
    if (ranks_own(a->ranks) == 0 && cli_given(a->run->arguments, "resume")) {
        fprintf(stderr, "stocktake: %llu of %llu scenarios were done before\n",
                (unsigned long long)d->before, (unsigned long long)a->ready);
    }
    return ranks_agree(a->ranks, status, error);
}

/* ---- the run ---- */

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

static void show_progress(dealer *d, uint64_t done, bool last)
{
    time_t now = time(NULL);
    double seconds = seconds_since(&d->start);
    uint64_t made = done - d->before;
    if (ranks_own(d->a->ranks) != 0 || !isatty(STDERR_FILENO) || seconds < 1 || made == 0 ||
        (now == d->shown && !last)) {
        return;
    }
    d->shown = now;
    double rate = (double)made / seconds;
    fprintf(stderr, "\r%llu of %llu scenarios, %.1f a second, %.0f s left   %s",
            (unsigned long long)done, (unsigned long long)d->a->ready, rate,
            (double)(d->a->ready - done) / rate, last ? "\n" : "");
}

static bool next(void *user, size_t *number)
{
    dealer *d = user;
    const assessment *a = d->a;
    int owner;
    size_t index;
    while (ranks_take(d->heap, &owner, &index)) {
        item_head head = {0, {0}};
        if (owner == ranks_own(a->ranks)) {
            head.to_do = a->own[index].model != NULL && a->own[index].place == 0;
            memcpy(head.key, a->own[index].key, sizeof head.key);
        } else {
            size_t size = sizeof head + d->drive_size * sizeof(double);
            ranks_look(d->heap, owner, index, 0, size, d->item);
            memcpy(&head, d->item, sizeof head);
        }
        if (head.to_do == 0) {
            continue;
        }
        *number = d->taken_count++;
        d->taken[*number % TAKEN_MAX].owner = owner;
        d->taken[*number % TAKEN_MAX].index = index;
        memcpy(d->taken[*number % TAKEN_MAX].key, head.key, sizeof head.key);
        return true;
    }
    return false;
}

static stk_status drive(void *user, size_t number, double *values, stk_error *error)
{
    const dealer *d = user;
    const assessment *a = d->a;
    int owner = d->taken[number % TAKEN_MAX].owner;
    if (owner != ranks_own(a->ranks)) {
        memcpy(values, d->item + sizeof(item_head), d->drive_size * sizeof *values);
        return STK_OK;
    }
    const scenario_own *own = &a->own[d->taken[number % TAKEN_MAX].index];
    return stk_scenario_drive(a->climate, a->infilled, own->model, own->scenario, values, error);
}

static stk_status accept(void *user, size_t number, const stk_scenario_result *result,
                         stk_error *error)
{
    dealer *d = user;
    assessment *a = d->a;
    int owner = d->taken[number % TAKEN_MAX].owner;
    size_t index = d->taken[number % TAKEN_MAX].index;
    uint64_t place;
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
        ranks_answer(d->heap, owner, index, place);
        show_progress(d, ranks_done(d->heap, 1), false);
    }
    return status;
}

static stk_status run_dealt(dealer *d, stk_error *error)
{
    assessment *a = d->a;
    int threads;
    cli_integer(a->run->arguments, "threads", 0, &threads);
    stk_scenario_work work = {
        SIZE_MAX, threads > 0 ? threads : ranks_threads(a->ranks), drive, accept, d, next};
    clock_gettime(CLOCK_MONOTONIC, &d->start);
    ranks_deal(d->heap);
    stk_status status = stk_scenario_climate_run(a->climate, &work, error);
    if (status != STK_OK) {
        ranks_stop(d->heap);
    }
    stk_status flushed = journal_flush(a->journal, status == STK_OK ? error : NULL);
    status = status != STK_OK ? status : flushed;
    ranks_settle(d->heap);
    show_progress(d, ranks_done(d->heap, 0), true);
    for (size_t i = 0; i < a->own_count; i++) {
        a->own[i].place = ranks_answered(d->heap, i);
    }
    return ranks_agree(a->ranks, status, error);
}

static stk_status new_heap(dealer *d, stk_error *error)
{
    const assessment *a = d->a;
    size_t rank_count = (size_t)ranks_count(a->ranks);
    size_t *counts = calloc(rank_count, sizeof *counts);
    size_t item_size = sizeof(item_head) + d->drive_size * sizeof(double);
    d->item = malloc(item_size);
    stk_status status = counts != NULL && d->item != NULL
                            ? STK_OK
                            : stk_error_set(error, STK_EMEM, "out of memory");
    status = ranks_agree(a->ranks, status, error);
    if (status != STK_OK || counts == NULL) {
        free(counts);
        return status;
    }
    for (size_t r = 0; r < rank_count; r++) {
        counts[r] = share_count(&a->share, (int)r);
    }
    status = ranks_heap_new(a->ranks, counts, item_size, &d->heap, error);
    free(counts);
    return status;
}

static stk_status deal(dealer *d, const SHA2_CTX *context, stk_error *error)
{
    assessment *a = d->a;
    d->drive_size = stk_scenario_drive_size(a->climate);
    stk_status status = ranks_agree(a->ranks, new_heap(d, error), error);
    if (status == STK_OK) {
        status = ranks_agree(a->ranks, show_scenarios(d, context, error), error);
    }
    if (status == STK_OK) {
        ranks_publish(d->heap);
        status = take_done(d, error);
    }
    return status != STK_OK ? status : run_dealt(d, error);
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
        d->a = a;
        status = deal(d, &context, error);
        ranks_heap_free(d->heap);
        free(d->item);
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
