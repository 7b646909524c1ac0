/** @file ranks_transport.h
 * @brief What ranks need of whatever connects them: a few collectives, messages, and a file that
 * all write to.
 */
#ifndef STK_RANKS_TRANSPORT_H
#define STK_RANKS_TRANSPORT_H

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
    /* Bytes from every rank to every rank: `sizes` say how many this one has for each, `from` how
     * many it gets of each; `data` and `all` hold them in the order of ranks. */
    void (*exchange_sizes)(const uint64_t *sizes, uint64_t *from);
    void (*exchange)(const void *data, const uint64_t *sizes, void *all, const uint64_t *from);
    void (*barrier)(void);
    /* Messages of a kind, 1 to 9. `poll` looks whether there is one, `receive` takes it. */
    void (*send)(int rank, int kind, const void *data, size_t size);
    bool (*poll)(int *rank, int *kind, size_t *size);
    void (*receive)(int rank, int kind, void *data, size_t size);
    /* Start sending an empty message to all others; whether all have taken it. */
    void (*call_all)(int kind);
    bool (*all_called)(void);
    /* This rank has come to an end; whether all have. */
    void (*arrive)(void);
    bool (*all_arrived)(void);
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
