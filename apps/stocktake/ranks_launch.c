/** @file ranks_launch.c
 * @brief Whether this process was started together with others.
 */
#include "ranks_transport.h"

#include <stdlib.h>

/* Open MPI; MPICH, Intel MPI and others with PMI; srun, whatever MPI it starts. */
static const struct {
    const char *own;
    const char *count;
} launchers[] = {
    {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"},
    {"PMI_RANK", "PMI_SIZE"},
    {"SLURM_PROCID", "SLURM_STEP_NUM_TASKS"},
};

static bool read_number(const char *name, int *number)
{
    const char *text = getenv(name);
    char *end;
    if (text == NULL || *text == '\0') {
        return false;
    }
    long value = strtol(text, &end, 10);
    *number = (int)value;
    return *end == '\0' && value >= 0 && value < 1 << 20;
}

bool ranks_launched(int *own, int *count)
{
    for (size_t i = 0; i < sizeof launchers / sizeof *launchers; i++) {
        if (read_number(launchers[i].own, own) && read_number(launchers[i].count, count)) {
            return *count > 1 && *own < *count;
        }
    }
    return false;
}
