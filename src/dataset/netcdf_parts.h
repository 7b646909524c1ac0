/** @file netcdf_parts.h
 * @brief What every NetCDF writer needs: definitions that read as a list, time in days.
 *
 * Included only where the build has NetCDF.
 */
#ifndef STK_DATASET_NETCDF_PARTS_H
#define STK_DATASET_NETCDF_PARTS_H

#include <stdio.h>
#include <string.h>

#include "dataset/netcdf_library.h"

enum { DEFLATE_LEVEL = 4 };

/* Remembers the first failure, so that a list of definitions reads as one. */
typedef struct definer {
    const netcdf_library *call;
    int id;
    int code;
} definer;

static inline void keep(definer *d, int code)
{
    d->code = d->code == NC_NOERR ? code : d->code;
}

static inline void put_text(definer *d, int variable, const char *name, const char *text)
{
    keep(d, d->call->nc_put_att_text(d->id, variable, name, strlen(text), text));
}

static inline int define_variable(definer *d, const char *name, nc_type type, int rank,
                                  const int *dims, const char *long_name, const char *units)
{
    int variable = -1;
    keep(d, d->call->nc_def_var(d->id, name, type, rank, dims, &variable));
    put_text(d, variable, "long_name", long_name);
    if (units != NULL) {
        put_text(d, variable, "units", units);
    }
    return variable;
}

/* Days from 1750-01-01 to the first of January of a year, in the Gregorian calendar. */
static inline double days_to(int year)
{
    int y = year - 1;
    int before = 1749;
    int leap_days = y / 4 - y / 100 + y / 400 - (before / 4 - before / 100 + before / 400);
    return 365.0 * (year - 1750) + leap_days;
}

/* The attributes of a time in these days. */
static inline void put_time(definer *d, int variable)
{
    put_text(d, variable, "standard_name", "time");
    put_text(d, variable, "calendar", "proleptic_gregorian");
}

/* Units as udunits knows them, without the substance; kt would be knots there. */
static inline void cf_units(const char *unit, char out[32])
{
    static const struct {
        const char *prefix;
        const char *units;
    } masses[] = {{"Gt ", "Pg yr-1"}, {"Mt ", "Tg yr-1"}, {"kt ", "Gg yr-1"}};
    stk_print(out, 32, "%s", unit);
    for (size_t i = 0; i < sizeof masses / sizeof *masses; i++) {
        if (strncmp(unit, masses[i].prefix, 3) == 0) {
            stk_print(out, 32, "%s", masses[i].units);
        }
    }
}

#endif
