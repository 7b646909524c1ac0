/** @file ranks_mpi.c
 * @brief Ranks connected by MPI: messages for what is dealt out, MPI-IO for files.
 *
 * Calls come from the main thread only. Communicators keep MPI's default of ending the whole run
 * when something breaks, because a lost rank cannot be talked to; files report their errors.
 */
#define _GNU_SOURCE /* sched_getaffinity */
#include "ranks_transport.h"

#include <limits.h>
#include <mpi.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 1 << 30 }; /* counts are ints */

static MPI_Comm messages; /* apart from collectives, which send as well */

static bool open_mpi(int *own, int *count)
{
    int given;
    MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &given);
    MPI_Comm_rank(MPI_COMM_WORLD, own);
    MPI_Comm_size(MPI_COMM_WORLD, count);
    if (*count == 1) {
        MPI_Finalize();
    } else {
        MPI_Comm_dup(MPI_COMM_WORLD, &messages);
    }
    return *count > 1;
}

static void close_mpi(void)
{
    MPI_Comm_free(&messages);
    MPI_Finalize();
}

/* Each processor counts for as many parts as there are ranks on this machine that may use it. */
static int threads(void)
{
    static int users[CPU_SETSIZE];
    MPI_Comm machine;
    cpu_set_t mine;
    double share = 0;
    CPU_ZERO(&mine);
    sched_getaffinity(0, sizeof mine, &mine);
    for (size_t c = 0; c < CPU_SETSIZE; c++) {
        users[c] = CPU_ISSET(c, &mine) ? 1 : 0;
    }
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine);
    MPI_Allreduce(MPI_IN_PLACE, users, CPU_SETSIZE, MPI_INT, MPI_SUM, machine);
    MPI_Comm_free(&machine);
    for (size_t c = 0; c < CPU_SETSIZE; c++) {
        share += CPU_ISSET(c, &mine) ? 1.0 / users[c] : 0;
    }
    return share < 1 ? 1 : (int)(share + 1e-6);
}

static void least(int64_t *value, int *rank)
{
    struct {
        long value;
        int rank;
    } pair = {(long)*value, *rank};
    MPI_Allreduce(MPI_IN_PLACE, &pair, 1, MPI_LONG_INT, MPI_MINLOC, MPI_COMM_WORLD);
    *value = pair.value;
    *rank = pair.rank;
}

static void broadcast(int from, void *data, size_t size)
{
    for (size_t at = 0; at < size; at += PIECE) {
        size_t piece = size - at < PIECE ? size - at : PIECE;
        MPI_Bcast((char *)data + at, (int)piece, MPI_BYTE, from, MPI_COMM_WORLD);
    }
}

static void sizes(uint64_t own, uint64_t *all)
{
    MPI_Allgather(&own, 1, MPI_UINT64_T, all, 1, MPI_UINT64_T, MPI_COMM_WORLD);
}

/* Point to point and not MPI_Gatherv, whose places are ints. */
static void gather(const void *data, size_t size, const uint64_t *all_sizes, void *all)
{
    int own, count;
    MPI_Comm_rank(MPI_COMM_WORLD, &own);
    MPI_Comm_size(MPI_COMM_WORLD, &count);
    if (own != 0) {
        for (size_t at = 0; at < size; at += PIECE) {
            size_t piece = size - at < PIECE ? size - at : PIECE;
            MPI_Send((const char *)data + at, (int)piece, MPI_BYTE, 0, 0, MPI_COMM_WORLD);
        }
        return;
    }
    char *to = all;
    memcpy(to, data, size);
    to += size;
    for (int r = 1; r < count; r++) {
        for (uint64_t at = 0; at < all_sizes[r]; at += PIECE) {
            uint64_t piece = all_sizes[r] - at < PIECE ? all_sizes[r] - at : PIECE;
            MPI_Recv(to, (int)piece, MPI_BYTE, r, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            to += piece;
        }
    }
}

/* ---- from all to all ---- */

static void exchange_sizes(const uint64_t *sizes_to, uint64_t *from)
{
    MPI_Alltoall(sizes_to, 1, MPI_UINT64_T, from, 1, MPI_UINT64_T, MPI_COMM_WORLD);
}

static uint64_t sum_before(const uint64_t *all_sizes, int rank)
{
    uint64_t sum = 0;
    for (int r = 0; r < rank; r++) {
        sum += all_sizes[r];
    }
    return sum;
}

/* Send to one and receive from another what there is, piece by piece. */
static void pass(const char *out, uint64_t out_size, int to, char *in, uint64_t in_size, int of)
{
    for (uint64_t at = 0; at < out_size || at < in_size; at += PIECE) {
        uint64_t sent = at < out_size ? out_size - at : 0;
        uint64_t got = at < in_size ? in_size - at : 0;
        int sent_piece = (int)(sent < PIECE ? sent : PIECE);
        int got_piece = (int)(got < PIECE ? got : PIECE);
        if (sent > 0 && got > 0) {
            MPI_Sendrecv(out + at, sent_piece, MPI_BYTE, to, 0, in + at, got_piece, MPI_BYTE, of, 0,
                         MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        } else if (sent > 0) {
            MPI_Send(out + at, sent_piece, MPI_BYTE, to, 0, MPI_COMM_WORLD);
        } else {
            MPI_Recv(in + at, got_piece, MPI_BYTE, of, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        }
    }
}

/* Pair by pair and not MPI_Alltoallv, whose places are ints. */
static void exchange(const void *data, const uint64_t *sizes_to, void *all, const uint64_t *from)
{
    int own, count;
    MPI_Comm_rank(MPI_COMM_WORLD, &own);
    MPI_Comm_size(MPI_COMM_WORLD, &count);
    for (int k = 0; k < count; k++) {
        int to = (own + k) % count;
        int of = (own - k + count) % count;
        pass((const char *)data + sum_before(sizes_to, to), sizes_to[to], to,
             (char *)all + sum_before(from, of), from[of], of);
    }
}

static void barrier(void)
{
    MPI_Barrier(MPI_COMM_WORLD);
}

/* ---- messages ---- */

static void send_message(int rank, int kind, const void *data, size_t size)
{
    MPI_Send(data, (int)size, MPI_BYTE, rank, kind, messages);
}

static bool poll_message(int *rank, int *kind, size_t *size)
{
    MPI_Status status;
    int found;
    int bytes;
    MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, messages, &found, &status);
    if (found == 0) {
        return false;
    }
    MPI_Get_count(&status, MPI_BYTE, &bytes);
    *rank = status.MPI_SOURCE;
    *kind = status.MPI_TAG;
    *size = (size_t)bytes;
    return true;
}

static void receive_message(int rank, int kind, void *data, size_t size)
{
    MPI_Recv(data, (int)size, MPI_BYTE, rank, kind, messages, MPI_STATUS_IGNORE);
}

static MPI_Request *calls;
static int call_count;

/* Synchronous, so that the call has not only been sent but taken. */
static void call_all(int kind)
{
    int own, count;
    MPI_Comm_rank(MPI_COMM_WORLD, &own);
    MPI_Comm_size(MPI_COMM_WORLD, &count);
    calls = calloc((size_t)count, sizeof *calls);
    if (calls == NULL) {
        MPI_Abort(MPI_COMM_WORLD, 1);
        return;
    }
    for (int r = 0; r < count; r++) {
        if (r != own) {
            MPI_Issend(NULL, 0, MPI_BYTE, r, kind, messages, &calls[call_count++]);
        }
    }
}

static bool all_called(void)
{
    int done = 1;
    if (calls != NULL) {
        MPI_Testall(call_count, calls, &done, MPI_STATUSES_IGNORE);
    }
    if (done != 0) {
        free(calls);
        calls = NULL;
        call_count = 0;
    }
    return done != 0;
}

static MPI_Request arrival;

static void arrive(void)
{
    MPI_Ibarrier(MPI_COMM_WORLD, &arrival);
}

static bool all_arrived(void)
{
    int done;
    MPI_Test(&arrival, &done, MPI_STATUS_IGNORE);
    return done != 0;
}

/* ---- files ---- */

static const char *message(int code)
{
    static char text[MPI_MAX_ERROR_STRING + 1];
    int size = 0;
    if (code == MPI_SUCCESS) {
        return NULL;
    }
    MPI_Error_string(code, text, &size);
    text[strcspn(text, "\n")] = '\0';
    return text;
}

typedef struct shared_file {
    MPI_File file;
} shared_file;

static void *create(const char *path, const char **problem)
{
    shared_file *f = malloc(sizeof *f);
    *problem = "out of memory";
    if (f == NULL) {
        MPI_Abort(MPI_COMM_WORLD, 1);
        return NULL;
    }
    int code = MPI_File_open(MPI_COMM_WORLD, path, MPI_MODE_CREATE | MPI_MODE_WRONLY, MPI_INFO_NULL,
                             &f->file);
    if (code == MPI_SUCCESS) {
        code = MPI_File_set_size(f->file, 0);
    }
    *problem = message(code);
    if (code != MPI_SUCCESS) {
        free(f);
        return NULL;
    }
    return f;
}

static const char *write_at(void *file, uint64_t place, const void *data, size_t size)
{
    shared_file *f = file;
    MPI_Status status;
    int written = 0;
    int code =
        MPI_File_write_at_all(f->file, (MPI_Offset)place, data, (int)size, MPI_BYTE, &status);
    if (code == MPI_SUCCESS) {
        MPI_Get_count(&status, MPI_BYTE, &written);
    }
    return code != MPI_SUCCESS    ? message(code)
           : written != (int)size ? "cannot be written completely"
                                  : NULL;
}

static const char *finish(void *file)
{
    shared_file *f = file;
    int code = MPI_File_close(&f->file);
    free(f);
    return message(code);
}

const ranks_transport ranks_mpi = {
    .open = open_mpi,
    .close = close_mpi,
    .threads = threads,
    .least = least,
    .broadcast = broadcast,
    .sizes = sizes,
    .gather = gather,
    .exchange_sizes = exchange_sizes,
    .exchange = exchange,
    .barrier = barrier,
    .send = send_message,
    .poll = poll_message,
    .receive = receive_message,
    .call_all = call_all,
    .all_called = all_called,
    .arrive = arrive,
    .all_arrived = all_arrived,
    .create = create,
    .write = write_at,
    .finish = finish,
};
