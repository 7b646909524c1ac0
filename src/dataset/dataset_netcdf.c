/** @file dataset_netcdf.c
 * @brief A data set as NetCDF-4 with the attributes of the CF conventions, compressed.
 *
 * Dimensions region, scenario, percentile or threshold, year. The year is a plain number, which is
 * what one selects by; the auxiliary coordinate `time` says the same in the days and bounds that
 * the conventions ask for. The file is made in memory, so that it is written as every other result.
 */
#include "dataset/dataset.h"
#include "dataset/netcdf_library.h"

#ifdef STK_HAVE_NETCDF

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "dataset/netcdf_parts.h"

enum { AXES = 5 };
static const unsigned axes[AXES] = {DATASET_REGION, DATASET_SCENARIO, DATASET_PERCENTILE,
                                    DATASET_THRESHOLD, DATASET_YEAR};

typedef struct writer {
    const dataset *c;
    definer d;
    int dims[AXES];
    int coordinates[AXES];
    int time;
    int bounds;
    int labels[DATASET_LABELS_MAX];
    int variables[DATASET_VARIABLES_MAX];
    char auxiliary[2][256]; /* names of the texts along regions, scenarios */
} writer;

static size_t axis_size(const dataset *c, size_t axis)
{
    const size_t sizes[AXES] = {c->region_count, c->scenario_count, c->percentile_count,
                                c->threshold_count, (size_t)c->year_count};
    return sizes[axis];
}

static bool is_used(const dataset *c, size_t axis)
{
    for (size_t i = 0; i < c->variable_count; i++) {
        if ((c->variables[i].axes & axes[axis]) != 0) {
            return true;
        }
    }
    return false;
}

static void define_axes(writer *w)
{
    static const char *const names[AXES] = {"region", "scenario", "percentile", "threshold",
                                            "year"};
    static const char *const about[AXES] = {"area: ISO 3166 code, or World", "scenario",
                                            "percentile over ensemble members",
                                            "warming that is exceeded", "calendar year"};
    static const char *const units[AXES] = {NULL, NULL, "percent", "K", "1"};
    static const nc_type types[AXES] = {NC_STRING, NC_STRING, NC_DOUBLE, NC_DOUBLE, NC_INT};
    for (size_t a = 0; a < AXES; a++) {
        if (is_used(w->c, a)) {
            keep(&w->d, w->d.call->nc_def_dim(w->d.id, names[a], axis_size(w->c, a), &w->dims[a]));
            w->coordinates[a] =
                define_variable(&w->d, names[a], types[a], 1, &w->dims[a], about[a], units[a]);
        }
    }
}

static void define_time(writer *w)
{
    int dims[2] = {w->dims[AXES - 1], -1};
    keep(&w->d, w->d.call->nc_def_dim(w->d.id, "bnds", 2, &dims[1]));
    w->time = define_variable(&w->d, "time", NC_DOUBLE, 1, dims, "middle of the year",
                              "days since 1750-01-01 00:00:00");
    put_time(&w->d, w->time);
    put_text(&w->d, w->time, "bounds", "time_bnds");
    keep(&w->d, w->d.call->nc_def_var(w->d.id, "time_bnds", NC_DOUBLE, 2, dims, &w->bounds));
}

static void define_labels(writer *w)
{
    for (size_t i = 0; i < w->c->label_count; i++) {
        const dataset_label *label = &w->c->labels[i];
        size_t axis = label->axis == DATASET_REGION ? 0 : 1;
        size_t length = strlen(w->auxiliary[axis]);
        w->labels[i] =
            define_variable(&w->d, label->name, NC_STRING, 1, &w->dims[axis], label->about, NULL);
        stk_print(w->auxiliary[axis] + length, sizeof w->auxiliary[axis] - length, " %s",
                  label->name);
    }
}

static void define_values(writer *w, size_t i)
{
    const dataset_variable *v = &w->c->variables[i];
    const double fill = NAN;
    int dims[AXES];
    int rank = 0;
    char units[32];
    char coordinates[600];
    for (size_t a = 0; a < AXES; a++) {
        if ((v->axes & axes[a]) != 0) {
            dims[rank++] = w->dims[a];
        }
    }
    cf_units(v->unit, units);
    w->variables[i] = define_variable(&w->d, v->name, NC_DOUBLE, rank, dims, v->about, units);
    keep(&w->d, w->d.call->nc_def_var_deflate(w->d.id, w->variables[i], 1, 1, DEFLATE_LEVEL));
    keep(&w->d, w->d.call->nc_def_var_fill(w->d.id, w->variables[i], NC_FILL, &fill));
    if (v->variable[0] != '\0') {
        put_text(&w->d, w->variables[i], "iamc_variable", v->variable);
        put_text(&w->d, w->variables[i], "iamc_unit", v->unit);
    }
    bool annual = (v->axes & DATASET_YEAR) != 0;
    if (annual) {
        put_text(&w->d, w->variables[i], "cell_methods", "year: mean");
    }
    stk_print(coordinates, sizeof coordinates, "%s%s%s", annual ? " time" : "",
              (v->axes & DATASET_REGION) != 0 ? w->auxiliary[0] : "",
              (v->axes & DATASET_SCENARIO) != 0 ? w->auxiliary[1] : "");
    if (coordinates[0] != '\0') {
        put_text(&w->d, w->variables[i], "coordinates", coordinates + 1);
    }
}

static void put_json(writer *w, const char *name, json_t *value)
{
    stk_buffer text = {0};
    if (document_dump(json_incref(value), 0, &text, NULL) != STK_OK) {
        keep(&w->d, NC_ENOMEM);
    } else {
        put_text(&w->d, NC_GLOBAL, name, text.data);
    }
    stk_buffer_free(&text);
}

static void put_global(writer *w, const stk_origin *origin)
{
    const char *name;
    json_t *value;
    char source[64];
    stk_print(source, sizeof source, "stocktake %s", stk_version());
    put_text(&w->d, NC_GLOBAL, "Conventions", "CF-1.8");
    put_text(&w->d, NC_GLOBAL, "title", w->c->title);
    put_text(&w->d, NC_GLOBAL, "source", source);
    put_text(&w->d, NC_GLOBAL, "program_version", stk_version());
    put_text(&w->d, NC_GLOBAL, "command_line", origin->command_line);
    put_text(&w->d, NC_GLOBAL, "edition", origin->edition == NULL ? "" : origin->edition);
    put_text(&w->d, NC_GLOBAL, "edition_sha256",
             origin->edition_sha256 == NULL ? "" : origin->edition_sha256);
    put_json(w, "options", origin->options);
    put_json(w, "inputs", origin->inputs);
    json_object_foreach(w->c->attributes, name, value)
    {
        put_text(&w->d, NC_GLOBAL, name, json_string_value(value));
    }
}

/* ---- values ---- */

static void write_years(writer *w)
{
    for (size_t i = 0; i < (size_t)w->c->year_count; i++) {
        int year = w->c->first_year + (int)i;
        double edges[2] = {days_to(year), days_to(year + 1)};
        double middle = 0.5 * (edges[0] + edges[1]);
        size_t start[2] = {i, 0};
        size_t count[2] = {1, 2};
        keep(&w->d, w->d.call->nc_put_var1_int(w->d.id, w->coordinates[AXES - 1], &i, &year));
        keep(&w->d, w->d.call->nc_put_var1_double(w->d.id, w->time, &i, &middle));
        keep(&w->d, w->d.call->nc_put_vara_double(w->d.id, w->bounds, start, count, edges));
    }
}

static void write_axes(writer *w)
{
    const dataset *c = w->c;
    const char **texts[2] = {c->regions, c->scenarios};
    const double *levels[2] = {c->percentiles, c->thresholds_k};
    for (size_t a = 0; a < 2; a++) {
        if (is_used(c, a)) {
            keep(&w->d, w->d.call->nc_put_var_string(w->d.id, w->coordinates[a], texts[a]));
        }
        if (is_used(c, 2 + a)) {
            keep(&w->d, w->d.call->nc_put_var_double(w->d.id, w->coordinates[2 + a], levels[a]));
        }
    }
    write_years(w);
    for (size_t i = 0; i < c->label_count; i++) {
        keep(&w->d, w->d.call->nc_put_var_string(w->d.id, w->labels[i], c->labels[i].texts));
    }
}

static void write_all(writer *w, const stk_origin *origin)
{
    put_global(w, origin);
    define_axes(w);
    define_time(w);
    define_labels(w);
    for (size_t i = 0; i < w->c->variable_count; i++) {
        define_values(w, i);
    }
    keep(&w->d, w->d.call->nc_enddef(w->d.id));
    write_axes(w);
    for (size_t i = 0; i < w->c->variable_count; i++) {
        keep(&w->d,
             w->d.call->nc_put_var_double(w->d.id, w->variables[i], w->c->variables[i].values));
    }
}

stk_status dataset_netcdf(const dataset *c, const stk_origin *origin, stk_buffer *out,
                          stk_error *error)
{
    NC_memio memory = {0};
    netcdf_library nc;
    writer w = {.c = c, .d = {&nc, 0, NC_NOERR}};
    if (c->failed) {
        return stk_error_memory(error);
    }
    stk_status status = netcdf_load(&nc, NULL, error);
    if (status != STK_OK) {
        return status;
    }
    w.d.code = nc.nc_create_mem("stocktake.nc", NC_NETCDF4, 1 << 20, &w.d.id);
    if (w.d.code == NC_NOERR) {
        write_all(&w, origin);
        keep(&w.d, w.d.call->nc_close_memio(w.d.id, &memory));
    }
    if (w.d.code != NC_NOERR) {
        free(memory.memory);
        return stk_error_set(error, STK_EIO, "NetCDF: %s", nc.nc_strerror(w.d.code));
    }
    stk_buffer_append(out, (stk_text){memory.memory, memory.size});
    free(memory.memory);
    return stk_buffer_status(out, error);
}

#else

stk_status dataset_netcdf(const dataset *c, const stk_origin *origin, stk_buffer *out,
                          stk_error *error)
{
    (void)c, (void)origin, (void)out;
    return netcdf_check(NULL, error);
}

#endif
