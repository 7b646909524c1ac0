/** @file emissions_netcdf.c
 * @brief Emissions of scenarios as NetCDF-4 with the attributes of the CF conventions.
 *
 * Units are written as UDUNITS knows them, a mass by year; the substance, which is part of the unit
 * in IAMC tables, is in the attribute `iamc_unit`.
 */
#include "dataset/climate_output.h"
#include "dataset/netcdf_library.h"

#ifdef STK_HAVE_NETCDF

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/try.h"
#include "dataset/netcdf_define.h"

enum { BLOCK = 32 }; /* scenarios that are written at once */

struct stk_emissions_netcdf {
    netcdf_file file;
    stk_emissions_netcdf_layout layout;
    size_t years;
    int *variables;
    double *block; /* [variable][BLOCK][year] */
    size_t first;  /* scenario of the block */
    size_t count;
};

/* "AR6 climate diagnostics|Infilled|Emissions|CO2|AFOLU" is "Infilled_Emissions_CO2_AFOLU". */
static void name_of(const char *variable, char out[NC_MAX_NAME + 1])
{
    static const char prefix[] = "AR6 climate diagnostics|";
    size_t skip = strncmp(variable, prefix, sizeof prefix - 1) == 0 ? sizeof prefix - 1 : 0;
    stk_print(out, NC_MAX_NAME + 1, "%s", variable + skip);
    for (char *c = out; *c != '\0'; c++) {
        *c = stk_char_is_alphanumeric(*c) ? *c : '_';
    }
}

static void define_file(stk_emissions_netcdf *f)
{
    definer *d = &f->file.d;
    const stk_emissions_netcdf_layout *l = &f->layout;
    netcdf_head head = {.title = "Harmonised and infilled emissions of scenarios",
                        .references = "10.5194/gmd-15-9075-2022, 10.5194/gmd-13-5259-2020",
                        .origin = l->origin,
                        .first_year = l->first_year,
                        .times = f->years};
    netcdf_define_head(d, &head);
    f->file.scenario = head.scenario;
    f->file.model = head.model;
    const int dims[2] = {head.scenario_dim, head.time_dim};
    const size_t chunk[2] = {BLOCK, f->years};
    for (size_t v = 0; v < l->variable_count; v++) {
        char name[NC_MAX_NAME + 1];
        char units[32];
        name_of(l->variables[v], name);
        cf_units(l->units[v], units);
        f->variables[v] = netcdf_define_data(d, name, 2, dims, l->variables[v], units, chunk, true);
        put_text(d, f->variables[v], "iamc_unit", l->units[v]);
    }
    keep(d, d->call->nc_enddef(d->id));
    netcdf_write_times(d, &head);
}

stk_status stk_emissions_netcdf_open(const char *path, const stk_emissions_netcdf_layout *layout,
                                     stk_emissions_netcdf **file, stk_error *error)
{
    stk_emissions_netcdf *f = calloc(1, sizeof *f);
    stk_status status;
    STK_TRY(stk_allocated(f, error));
    f->layout = *layout;
    f->years = (size_t)(layout->last_year - layout->first_year + 1);
    f->variables = calloc(layout->variable_count + 1, sizeof *f->variables);
    f->block = malloc((layout->variable_count * f->years * BLOCK + 1) * sizeof *f->block);
    STK_TRY(stk_allocated(f->variables, error));
    STK_TRY(stk_allocated(f->block, error));
    STK_TRY(netcdf_file_create(&f->file, path, layout->shown, error));
    define_file(f);
    STK_TRY(netcdf_file_status(&f->file, error));
done:
    *file = status == STK_OK ? f : NULL;
    if (status != STK_OK) {
        (void)stk_emissions_netcdf_close(f, NULL);
    }
    return status;
}

static stk_status write_block(stk_emissions_netcdf *f, stk_error *error)
{
    definer *d = &f->file.d;
    size_t start[2] = {f->first, 0};
    size_t count[2] = {f->count, f->years};
    for (size_t v = 0; v < f->layout.variable_count && f->count > 0; v++) {
        keep(d, d->call->nc_put_vara_double(d->id, f->variables[v], start, count,
                                            f->block + v * BLOCK * f->years));
    }
    f->count = 0;
    return netcdf_file_status(&f->file, error);
}

stk_status stk_emissions_netcdf_write(stk_emissions_netcdf *file, size_t at, const char *model,
                                      const char *scenario, const double *values, stk_error *error)
{
    stk_status status;
    netcdf_file_name(&file->file, at, model, scenario);
    STK_TRY(netcdf_file_status(&file->file, error));
    if (file->count > 0 && at != file->first + file->count) {
        STK_TRY(write_block(file, error));
    }
    file->first = file->count == 0 ? at : file->first;
    for (size_t v = 0; v < file->layout.variable_count; v++) {
        memcpy(file->block + (v * BLOCK + file->count) * file->years, values + v * file->years,
               file->years * sizeof *values);
    }
    file->count++;
    if ((at + 1) % BLOCK == 0) { /* blocks lie as the chunks of the file do */
        STK_TRY(write_block(file, error));
    }
done:
    return status;
}

stk_status stk_emissions_netcdf_close(stk_emissions_netcdf *file, stk_error *error)
{
    if (file == NULL) {
        return STK_OK;
    }
    stk_status status = write_block(file, error);
    stk_status closed = netcdf_file_close(&file->file, status == STK_OK ? error : NULL);
    free(file->variables);
    free(file->block);
    free(file);
    return status != STK_OK ? status : closed;
}

#else

stk_status stk_emissions_netcdf_open(const char *path, const stk_emissions_netcdf_layout *layout,
                                     stk_emissions_netcdf **file, stk_error *error)
{
    (void)layout;
    *file = NULL;
    return netcdf_check(path, error);
}

stk_status stk_emissions_netcdf_write(stk_emissions_netcdf *file, size_t at, const char *model,
                                      const char *scenario, const double *values, stk_error *error)
{
    (void)file, (void)at, (void)model, (void)scenario, (void)values;
    return netcdf_check(NULL, error);
}

stk_status stk_emissions_netcdf_close(stk_emissions_netcdf *file, stk_error *error)
{
    (void)file, (void)error;
    return STK_OK;
}

#endif
