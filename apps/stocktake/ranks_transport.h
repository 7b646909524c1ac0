/** @file ranks_transport.h
 * @brief What ranks need of whatever connects them: a few collectives, memory that others read and
 * write, and a file that all write to.
 */
#ifndef STOCKTAKE_CLI_RANKS_TRANSPORT_H
#define STOCKTAKE_CLI_RANKS_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ranks_transport {
    /* False when this process stands alone. */
    bool (*open)(int *own, int *count);
    void (*close)(void);
    int (*threads)(void);
    /* The least value of all ranks and the first that has it. */
    void (*least)(int64_t *value, int *rank);
    void (*broadcast)(int from, void *data, size_t size);
    /* Sizes of all ranks, for all; then their bytes, for rank 0. */
    void (*sizes)(uint64_t own, uint64_t *all);
    void (*gather)(const void *data, size_t size, const uint64_t *sizes, void *all);
    /* Memory of `size` bytes that all can reach; offsets are in bytes. `settle` is a barrier after
     * which everybody sees what was written before it. */
    void *(*share)(size_t size, void **memory);
    void (*unshare)(void *memory);
    void (*settle)(void *shared);
    void (*get)(void *shared, int rank, size_t offset, void *out, size_t size);
    void (*put)(void *shared, int rank, size_t offset, const void *data, size_t size);
    /* Add to a number, and what it was before; write `wanted` if it is `expected`, and what it was.
     */
    uint64_t (*add)(void *shared, int rank, size_t offset, uint64_t value);
    uint64_t (*swap)(void *shared, int rank, size_t offset, uint64_t expected, uint64_t wanted);
    /* A file that all write to, each at its place; NULL when it cannot be opened. Messages are
     * texts of the transport, or NULL for success. */
    void *(*create)(const char *path, const char **problem);
    const char *(*write)(void *file, uint64_t place, const void *data, size_t size);
    const char *(*finish)(void *file);
} ranks_transport;

/* Those who take part, and what connects them. */
struct ranks {
    const ranks_transport *way;
    int own;
    int count;
    int threads;
    uint64_t *sizes; /* of all ranks */
};

/* MPI; only in builds with it. */
extern const ranks_transport ranks_mpi;

/* From the variables that mpirun, srun and the like set: how many processes were started together
 * with this one, and which of them it is. False when it was started on its own. */
bool ranks_launched(int *own, int *count);

#endif
