/** @file members_netcdf.c
 * @brief Members from NetCDF, a scenario at a time.
 */
#include "dataset/members_netcdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "dataset/netcdf_library.h"

bool stk_is_netcdf(const char *path)
{
    static const char *const heads[] = {"\x89HDF", "CDF\1", "CDF\2", "CDF\5"};
    char head[4];
    struct stat there;
    bool found = false;
    FILE *file = stat(path, &there) == 0 && S_ISREG(there.st_mode) ? fopen(path, "rb") : NULL;
    if (file != NULL && fread(head, 1, sizeof head, file) == sizeof head) {
        for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
            found = found || memcmp(head, heads[i], sizeof head) == 0;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return found;
}

#ifdef STK_HAVE_NETCDF

#include <math.h>

#include "base/try.h"
#include "dataset/climate_output.h"
#include "dataset/netcdf_define.h"

enum { BOUNDS_MAX = 1500, VALUES_MAX = 1 << 27 }; /* of a scenario */

struct stk_members_netcdf {
    netcdf_library call;
    definer d;
    bool opened;
    const char *path;
    char variable_name[STK_MEMBER_COLUMN_SIZE];
    int scenario, model, variable;
    size_t scenarios, members, bounds;
    int first_year;
    char *names[2]; /* of the scenario at hand, from the library */
    double *values;
};

static stk_status status_of(const stk_members_netcdf *f, stk_error *error)
{
    return f->d.code == NC_NOERR
               ? STK_OK
               : stk_error_at(error, STK_EIO, f->path, 0, 0, "%s", f->call.nc_strerror(f->d.code));
}

static stk_status refuse(const stk_members_netcdf *f, const char *what, stk_error *error)
{
    return stk_error_at(error, STK_EDATA, f->path, 0, 0,
                        "%s; needed is what 'stocktake climate --member-output FILE.nc' writes",
                        what);
}

/* A variable with so many dimensions, in this order. */
static bool find_variable(stk_members_netcdf *f, const char *name, bool text, int *variable,
                          int rank, const int *dims)
{
    nc_type type;
    int found_rank;
    int found[NC_MAX_VAR_DIMS];
    const netcdf_library *call = &f->call;
    bool good =
        call->nc_inq_varid(f->d.id, name, variable) == NC_NOERR &&
        call->nc_inq_var(f->d.id, *variable, NULL, &type, &found_rank, found, NULL) == NC_NOERR &&
        found_rank == rank && (type == NC_STRING) == text;
    return good && memcmp(found, dims, (size_t)rank * sizeof *dims) == 0;
}

static bool find_length(stk_members_netcdf *f, const char *name, int *dim, size_t *length)
{
    return f->call.nc_inq_dimid(f->d.id, name, dim) == NC_NOERR &&
           f->call.nc_inq_dimlen(f->d.id, *dim, length) == NC_NOERR;
}

/* Times are the first instants of years that follow each other, in days since 1750. */
static stk_status find_years(stk_members_netcdf *f, int time, stk_error *error)
{
    static const char units[] = "days since 1750-01-01 00:00:00";
    char found[sizeof units];
    size_t size = 0;
    double days[BOUNDS_MAX];
    if (f->call.nc_inq_attlen(f->d.id, time, "units", &size) != NC_NOERR ||
        size != sizeof units - 1 ||
        f->call.nc_get_att_text(f->d.id, time, "units", found) != NC_NOERR ||
        memcmp(found, units, size) != 0) {
        return refuse(f, "its times are not in days since 1750", error);
    }
    keep(&f->d, f->call.nc_get_var_double(f->d.id, time, days));
    stk_status status = status_of(f, error);
    if (status != STK_OK) {
        return status;
    }
    f->first_year = 1750;
    if (fabs(days[0]) < 365.25 * BOUNDS_MAX) {
        f->first_year += (int)floor(days[0] / 365.2425 + 0.5);
    }
    for (size_t i = 0; i < f->bounds; i++) {
        if (days[i] != days_to(f->first_year + (int)i)) {
            return refuse(f, "its times are not the first instants of years, one after the other",
                          error);
        }
    }
    return STK_OK;
}

static stk_status find_parts(stk_members_netcdf *f, stk_error *error)
{
    int dims[3];
    int time;
    char what[STK_MEMBER_COLUMN_SIZE + 80];
    if (!find_length(f, "scenario", &dims[0], &f->scenarios) ||
        !find_length(f, "member", &dims[1], &f->members) ||
        !find_length(f, "time", &dims[2], &f->bounds) ||
        !find_variable(f, "scenario", true, &f->scenario, 1, &dims[0]) ||
        !find_variable(f, "model", true, &f->model, 1, &dims[0]) ||
        !find_variable(f, "time", false, &time, 1, &dims[2])) {
        return refuse(f, "it has no scenarios with members and times", error);
    }
    if (!find_variable(f, f->variable_name, false, &f->variable, 3, dims)) {
        stk_print(what, sizeof what, "it has no variable '%s' of scenario, member and time",
                  f->variable_name);
        return refuse(f, what, error);
    }
    if (f->bounds < 2 || f->bounds > BOUNDS_MAX || f->members == 0 ||
        f->members > VALUES_MAX / f->bounds) {
        return refuse(f, "it has too few or too many members or times", error);
    }
    return find_years(f, time, error);
}

stk_status stk_members_netcdf_open(const char *path, stk_climate_variable variable,
                                   stk_members_netcdf **file, stk_error *error)
{
    stk_status status;
    stk_members_netcdf *f = calloc(1, sizeof *f);
    *file = NULL;
    STK_TRY(stk_allocated(f, error));
    f->path = path;
    f->d.call = &f->call;
    stk_member_column(variable, f->variable_name);
    STK_TRY(netcdf_load(&f->call, path, error));
    keep(&f->d, f->call.nc_open(path, NC_NOWRITE, &f->d.id));
    STK_TRY(status_of(f, error));
    f->opened = true;
    STK_TRY(find_parts(f, error));
    f->values = malloc(f->members * f->bounds * sizeof *f->values);
    STK_TRY(stk_allocated(f->values, error));
    *file = f;
    f = NULL;
done:
    stk_members_netcdf_close(f);
    return status;
}

size_t stk_members_netcdf_count(const stk_members_netcdf *file)
{
    return file->scenarios;
}

static void free_names(stk_members_netcdf *f)
{
    for (size_t i = 0; i < 2; i++) {
        if (f->names[i] != NULL) {
            f->call.nc_free_string(1, &f->names[i]);
            f->names[i] = NULL;
        }
    }
}

/* Members that left the valid range have no value at all: they are left out, as in the CSV file. */
static size_t close_ranks(stk_members_netcdf *f)
{
    size_t count = 0;
    for (size_t m = 0; m < f->members; m++) {
        const double *from = f->values + m * f->bounds;
        bool any = false;
        for (size_t b = 0; b < f->bounds; b++) {
            any = any || !isnan(from[b]);
        }
        if (any) {
            memmove(f->values + count++ * f->bounds, from, f->bounds * sizeof *from);
        }
    }
    return count;
}

stk_status stk_members_netcdf_read(stk_members_netcdf *file, size_t at, stk_member_block *block,
                                   stk_error *error)
{
    stk_members_netcdf *f = file;
    const size_t start[3] = {at, 0, 0};
    const size_t count[3] = {1, f->members, f->bounds};
    free_names(f);
    keep(&f->d, f->call.nc_get_var1_string(f->d.id, f->model, &at, &f->names[0]));
    keep(&f->d, f->call.nc_get_var1_string(f->d.id, f->scenario, &at, &f->names[1]));
    keep(&f->d, f->call.nc_get_vara_double(f->d.id, f->variable, start, count, f->values));
    stk_status status = status_of(f, error);
    if (status == STK_OK) {
        *block = (stk_member_block){.model = f->names[0] == NULL ? "" : f->names[0],
                                    .scenario = f->names[1] == NULL ? "" : f->names[1],
                                    .first_year = f->first_year,
                                    .bounds = f->bounds,
                                    .count = close_ranks(f),
                                    .values = f->values};
    }
    return status;
}

void stk_members_netcdf_close(stk_members_netcdf *file)
{
    if (file != NULL) {
        free_names(file);
        if (file->opened) {
            (void)file->call.nc_close(file->d.id);
        }
        free(file->values);
        free(file);
    }
}

#else

stk_status stk_members_netcdf_open(const char *path, stk_climate_variable variable,
                                   stk_members_netcdf **file, stk_error *error)
{
    (void)variable;
    *file = NULL;
    return netcdf_check(path, error);
}

size_t stk_members_netcdf_count(const stk_members_netcdf *file)
{
    (void)file;
    return 0;
}

stk_status stk_members_netcdf_read(stk_members_netcdf *file, size_t at, stk_member_block *block,
                                   stk_error *error)
{
    (void)file, (void)at, (void)block;
    return netcdf_check(NULL, error);
}

void stk_members_netcdf_close(stk_members_netcdf *file)
{
    (void)file;
}

#endif
