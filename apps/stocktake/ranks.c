/** @file ranks.c
 * @brief The processes that share a run, whatever connects them.
 *
 * A rank that is alone is one of the ways of connecting them; MPI is the other (ranks_mpi.c). How
 * work is dealt out is in ranks_heap.c.
 */
#include "ranks.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ranks_transport.h"

/* ---- a rank that is alone ---- */

static int threads_alone(void)
{
    return 0;
}

static void least_alone(int64_t *value, int *rank)
{
    (void)value;
    *rank = 0;
}

static void broadcast_alone(int from, void *data, size_t size)
{
    (void)from, (void)data, (void)size;
}

static void sizes_alone(uint64_t own, uint64_t *all)
{
    *all = own;
}

static void gather_alone(const void *data, size_t size, const uint64_t *sizes, void *all)
{
    (void)sizes;
    memcpy(all, data, size);
}

static void exchange_sizes_alone(const uint64_t *sizes, uint64_t *from)
{
    *from = *sizes;
}

static void exchange_alone(const void *data, const uint64_t *sizes, void *all, const uint64_t *from)
{
    (void)from;
    memcpy(all, data, *sizes);
}

static void nothing(void)
{
}

static bool poll_alone(int *rank, int *kind, size_t *size)
{
    (void)rank, (void)kind, (void)size;
    return false;
}

static void call_alone(int kind)
{
    (void)kind;
}

static bool always(void)
{
    return true;
}

/* Files of a single rank are its own: see ranks_create(). */
static const ranks_transport alone = {
    .threads = threads_alone,
    .least = least_alone,
    .broadcast = broadcast_alone,
    .sizes = sizes_alone,
    .gather = gather_alone,
    .exchange_sizes = exchange_sizes_alone,
    .exchange = exchange_alone,
    .barrier = nothing,
    .poll = poll_alone,
    .call_all = call_alone,
    .all_called = always,
    .arrive = nothing,
    .all_arrived = always,
};

/* ---- who takes part ---- */

static stk_status connect(ranks *all, stk_error *error)
{
    int own;
    int count;
    all->way = &alone;
    all->own = 0;
    all->count = 1;
    if (!ranks_launched(&own, &count)) {
        return STK_OK;
    }
#ifdef STK_HAVE_MPI
    if (!ranks_mpi.open(&all->own, &all->count)) {
        return stk_error_set(error, STK_ENOTFOUND,
                             "%d processes were started together, but MPI connects this one to no "
                             "other: srun may need --mpi=pmix, mpirun the MPI of this build",
                             count);
    }
    all->way = &ranks_mpi;
    return STK_OK;
#else
    return stk_error_set(error, STK_ENOTFOUND,
                         "%d processes were started together, and this build has no MPI to share "
                         "the work: start one, or build with -DSTK_MPI=ON",
                         count);
#endif
}

stk_status ranks_open(ranks **all, stk_error *error)
{
    ranks *opened = calloc(1, sizeof *opened);
    *all = NULL;
    if (opened == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    stk_status status = connect(opened, error);
    if (status == STK_OK) {
        opened->sizes = calloc((size_t)opened->count, sizeof *opened->sizes);
        status = opened->sizes != NULL ? STK_OK : stk_error_set(error, STK_EMEM, "out of memory");
    }
    if (status != STK_OK) {
        free(opened);
        return status;
    }
    opened->threads = opened->way->threads();
    *all = opened;
    return STK_OK;
}

void ranks_close(ranks *all)
{
    if (all != NULL && all->way->close != NULL) {
        all->way->close();
    }
    if (all != NULL) {
        free(all->sizes);
    }
    free(all);
}

int ranks_own(const ranks *all)
{
    return all->own;
}

int ranks_count(const ranks *all)
{
    return all->count;
}

int ranks_threads(const ranks *all)
{
    return all->threads;
}

stk_status ranks_agree(ranks *all, stk_status status, stk_error *error)
{
    if (all->count == 1) {
        return status;
    }
    int rank = all->own;
    int64_t place = status == STK_OK   ? INT64_MAX
                    : error->line == 0 ? INT64_MAX - 1
                                       : (int64_t)error->line;
    all->way->least(&place, &rank);
    if (place == INT64_MAX) {
        return STK_OK;
    }
    error->status = rank == all->own ? status : error->status;
    all->way->broadcast(rank, error, sizeof *error);
    return error->status;
}

uint64_t ranks_sum(ranks *all, uint64_t value)
{
    uint64_t sum = 0;
    all->way->sizes(value, all->sizes);
    for (int r = 0; r < all->count; r++) {
        sum += all->sizes[r];
    }
    return sum;
}

void ranks_broadcast(ranks *all, void *data, size_t size)
{
    all->way->broadcast(0, data, size);
}

void ranks_gather(ranks *all, const void *data, size_t size, stk_buffer *gathered)
{
    uint64_t sum = ranks_sum(all, size);
    char room = 1;
    if (all->own == 0) {
        room = stk_buffer_reserve(gathered, (size_t)sum) ? 1 : 0;
    }
    ranks_broadcast(all, &room, 1);
    if (room == 0 || sum == 0) {
        return;
    }
    all->way->gather(data == NULL ? "" : data, size, all->sizes,
                     all->own == 0 ? gathered->data + gathered->size : NULL);
    gathered->size += all->own == 0 ? (size_t)sum : 0;
}

/* All buffers for other ranks as one, in the order of ranks. */
static stk_status join(const ranks *all, const stk_buffer *to, uint64_t *sizes, stk_buffer *joined,
                       stk_error *error)
{
    stk_status status = STK_OK;
    for (int r = 0; r < all->count && status == STK_OK; r++) {
        sizes[r] = to[r].size;
        status = stk_buffer_status(&to[r], error);
        if (to[r].size > 0) {
            stk_buffer_append(joined, (stk_text){to[r].data, to[r].size});
        }
    }
    return status != STK_OK ? status : stk_buffer_status(joined, error);
}

stk_status ranks_exchange(ranks *all, const stk_buffer *to, stk_buffer *received, stk_error *error)
{
    stk_buffer joined = {0};
    uint64_t sum = 0;
    uint64_t *sizes = calloc(2 * (size_t)all->count, sizeof *sizes);
    stk_status status = sizes != NULL ? join(all, to, sizes, &joined, error)
                                      : stk_error_set(error, STK_EMEM, "out of memory");
    status = ranks_agree(all, status, error);
    if (status == STK_OK && sizes != NULL) {
        uint64_t *from = sizes + all->count;
        all->way->exchange_sizes(sizes, from);
        for (int r = 0; r < all->count; r++) {
            sum += from[r];
        }
        bool room = stk_buffer_reserve(received, (size_t)sum + 1);
        status = room ? STK_OK : stk_error_set(error, STK_EMEM, "out of memory");
        status = ranks_agree(all, status, error);
        if (status == STK_OK) {
            all->way->exchange(joined.data == NULL ? "" : joined.data, sizes,
                               received->data + received->size, from);
            received->size += (size_t)sum;
        }
    }
    stk_buffer_free(&joined);
    free(sizes);
    return status;
}

/* ---- files ---- */

static stk_status refuse(const ranks_file *out, const char *problem, stk_error *error)
{
    return stk_error_at(error, STK_EIO, out->file.path, 0, 0, "cannot be written: %s", problem);
}

stk_status ranks_create(ranks *all, ranks_file *out, const char *folder, const char *name,
                        stk_error *error)
{
    const char *problem = NULL;
    *out = (ranks_file){.all = all};
    if (all->count == 1) {
        return scenario_create(&out->file, folder, name, error);
    }
    snprintf(out->file.path, sizeof out->file.path, "%s/%s", folder, name);
    snprintf(out->file.temporary, sizeof out->file.temporary, "%s.part", out->file.path);
    out->shared = all->way->create(out->file.temporary, &problem);
    return ranks_agree(all, problem == NULL ? STK_OK : refuse(out, problem, error), error);
}

stk_status ranks_append(ranks_file *out, const char *data, size_t size, stk_error *error)
{
    ranks *all = out->all;
    uint64_t place = out->size;
    if (all->count == 1) {
        return size == 0 || scenario_append(&out->file, data, size)
                   ? STK_OK
                   : refuse(out, "the disk may be full", error);
    }
    all->way->sizes(size, all->sizes);
    for (int r = 0; r < all->count; r++) {
        place += r < all->own ? all->sizes[r] : 0;
        out->size += all->sizes[r];
    }
    if (out->shared == NULL) {
        return STK_OK; /* it was refused when it was made */
    }
    const char *problem = all->way->write(out->shared, place, size == 0 ? "" : data, size);
    return problem == NULL ? STK_OK : refuse(out, problem, error);
}

stk_status ranks_finish(ranks_file *out, stk_status status, stk_error *error)
{
    ranks *all = out->all;
    if (all == NULL || all->count == 1) {
        return scenario_finish(&out->file, status, error);
    }
    const char *problem = out->shared == NULL ? NULL : all->way->finish(out->shared);
    out->shared = NULL;
    if (status == STK_OK && problem != NULL) {
        status = refuse(out, problem, error);
    }
    status = ranks_agree(all, status, error);
    if (all->own == 0 && status != STK_OK) {
        unlink(out->file.temporary);
    } else if (all->own == 0 && rename(out->file.temporary, out->file.path) != 0) {
        status = refuse(out, "it cannot be renamed", error);
    }
    return ranks_agree(all, status, error);
}
