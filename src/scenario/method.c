/** @file method.c
 * @brief Reading a method file, what it says of itself, and its variables by their names in
 * scenarios, histories and databases.
 */
#include "scenario/method.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/try.h"

enum { LAST_YEAR_MAX = 2500 };

#define FIELD(member, key, type, required, least, most)                                            \
    {                                                                                              \
        key, type, offsetof(stk_method, member), required, least, most                             \
    }

static const stk_yaml_field top_fields[] = {
    FIELD(format, "format", STK_YAML_TEXT, true, 0, 0),
    FIELD(name, "name", STK_YAML_TEXT, true, 0, 0),
    FIELD(version, "version", STK_YAML_TEXT, true, 0, 0),
    FIELD(description, "description", STK_YAML_TEXT, true, 0, 0),
    FIELD(history, "history", STK_YAML_TEXT, false, 0, 0),
    FIELD(library, "library", STK_YAML_TEXT, false, 0, 0),
    FIELD(builtin_library, "builtin_library", STK_YAML_TEXT, false, 0, 0),
    FIELD(preindustrial_file, "preindustrial", STK_YAML_TEXT, false, 0, 0),
    FIELD(published_node, "published", STK_YAML_NODE, false, 0, 0),
    FIELD(years_node, "years", STK_YAML_NODE, true, 0, 0),
    FIELD(check_node, "check", STK_YAML_NODE, true, 0, 0),
    FIELD(harmonise_node, "harmonise", STK_YAML_NODE, true, 0, 0),
    FIELD(infill_node, "infill", STK_YAML_NODE, true, 0, 0),
    FIELD(co2_node, "co2", STK_YAML_NODE, true, 0, 0),
    FIELD(variable_nodes, "variables", STK_YAML_LIST, true, 0, 0),
    FIELD(kyoto_nodes, "kyoto", STK_YAML_LIST, true, 0, 0),
    FIELD(post_node, "postprocess", STK_YAML_NODE, true, 0, 0),
    FIELD(category_nodes, "categories", STK_YAML_LIST, true, 0, 0),
    FIELD(tier_nodes, "tiered_categories", STK_YAML_LIST, false, 0, 0),
};

static const stk_yaml_field published_fields[] = {
    FIELD(published[STK_METHOD_HISTORY], "history", STK_YAML_TEXT, false, 0, 0),
    FIELD(published[STK_METHOD_LIBRARY], "library", STK_YAML_TEXT, false, 0, 0),
    FIELD(published[STK_METHOD_PREINDUSTRIAL], "preindustrial", STK_YAML_TEXT, false, 0, 0),
};

static const stk_yaml_field year_fields[] = {
    FIELD(years.base, "base", STK_YAML_INTEGER, true, 1850, LAST_YEAR_MAX),
    FIELD(years.proxy, "proxy", STK_YAML_INTEGER, false, 1850, LAST_YEAR_MAX),
    FIELD(years.interpolate_base, "interpolate_base", STK_YAML_BOOLEAN, false, 0, 0),
    FIELD(years.last, "last", STK_YAML_INTEGER, true, 1850, LAST_YEAR_MAX),
    FIELD(years.any_of, "any_of", STK_YAML_NUMBERS, true, 1850, LAST_YEAR_MAX),
    FIELD(years.required, "required", STK_YAML_NUMBERS, true, 1850, LAST_YEAR_MAX),
};

static const stk_yaml_field check_fields[] = {
    FIELD(check.small_negative, "small_negative", STK_YAML_NUMBER, true, -1e9, 0),
    FIELD(check.relative, "relative", STK_YAML_BOOLEAN, false, 0, 0),
    FIELD(check.keep_zeros, "keep_zeros", STK_YAML_BOOLEAN, false, 0, 0),
};

static const stk_yaml_field harmonise_fields[] = {
    FIELD(harmonise.variation_years, "variation_years", STK_YAML_NUMBERS, true, 1750,
          LAST_YEAR_MAX),
    FIELD(harmonise.variation_limit, "variation_limit", STK_YAML_NUMBER, true, 0, 1e9),
    FIELD(harmonise.distance_limit, "distance_limit", STK_YAML_NUMBER, true, 0, 1e9),
    FIELD(harmonise.ratio_until, "ratio_until", STK_YAML_INTEGER, true, 1850, LAST_YEAR_MAX),
    FIELD(harmonise.negative_ratio_until, "negative_ratio_until", STK_YAML_INTEGER, true, 1850,
          LAST_YEAR_MAX),
    FIELD(harmonise.offset_until, "offset_until", STK_YAML_INTEGER, true, 1850, LAST_YEAR_MAX),
    FIELD(harmonise.zero_offset_until, "zero_offset_until", STK_YAML_INTEGER, true, 1850,
          LAST_YEAR_MAX),
    FIELD(harmonise.no_negative_offset, "no_negative_offset", STK_YAML_BOOLEAN, false, 0, 0),
    FIELD(harmonise.overrides_file, "overrides", STK_YAML_TEXT, false, 0, 0),
};

static const stk_yaml_field infill_fields[] = {
    FIELD(infill.quantile, "quantile", STK_YAML_NUMBER, true, 0, 1),
    FIELD(infill.windows, "windows", STK_YAML_INTEGER, true, 2, 1000),
    FIELD(infill.decay, "decay", STK_YAML_NUMBER, true, 1e-6, 1e6),
    FIELD(infill.scale_years, "scale_years", STK_YAML_NUMBERS, false, 1750, LAST_YEAR_MAX),
    FIELD(infill.preindustrial_year, "preindustrial_year", STK_YAML_INTEGER, false, 1,
          LAST_YEAR_MAX),
};

static const stk_yaml_field co2_fields[] = {
    FIELD(co2.total_name, "total", STK_YAML_TEXT, true, 0, 0),
    FIELD(co2.fossil_name, "fossil", STK_YAML_TEXT, true, 0, 0),
    FIELD(co2.land_name, "land", STK_YAML_TEXT, true, 0, 0),
    FIELD(co2.lead_text, "lead", STK_YAML_TEXT, false, 0, 0),
    FIELD(co2.fossil_parts, "fossil_parts", STK_YAML_TEXTS, true, 0, 0),
    FIELD(co2.fossil_extra, "fossil_extra", STK_YAML_TEXTS, true, 0, 0),
};

static const stk_yaml_field post_fields[] = {
    FIELD(preindustrial, "preindustrial", STK_YAML_NUMBERS, true, 1750, LAST_YEAR_MAX),
    FIELD(recent_years, "recent_years", STK_YAML_NUMBERS, true, 1750, LAST_YEAR_MAX),
    FIELD(post.recent_warming_k, "recent_warming_k", STK_YAML_NUMBER, false, -5, 10),
    FIELD(post_years, "years", STK_YAML_NUMBERS, true, 1750, LAST_YEAR_MAX),
    FIELD(percentiles, "percentiles", STK_YAML_NUMBERS, true, 0, 100),
    FIELD(peak_percentiles, "peak_percentiles", STK_YAML_NUMBERS, true, 0, 100),
    FIELD(exceedance, "exceedance_k", STK_YAML_NUMBERS, true, 0, 20),
    FIELD(post.net_zero_from, "net_zero_from", STK_YAML_INTEGER, true, 1850, LAST_YEAR_MAX),
    FIELD(post.model, "model", STK_YAML_TEXT, true, 0, 0),
    FIELD(cumulative, "cumulative", STK_YAML_NUMBERS, true, 1850, LAST_YEAR_MAX),
};

#define READ(fields, node)                                                                         \
    stk_yaml_read((yaml), (node), (fields), sizeof(fields) / sizeof *(fields), method, error)

static stk_status read_years(stk_method *method, stk_yaml *yaml, stk_error *error)
{
    stk_status status;
    STK_TRY(READ(year_fields, method->years_node));
    if (method->years.last <= method->years.base) {
        return stk_yaml_refuse(yaml, stk_yaml_at(method->years_node, "last"), error,
                               "last: a year after the base year");
    }
    for (size_t i = 0; i < method->years.required.count; i++) {
        if (method->years.required.items[i] > method->years.last) {
            return stk_yaml_refuse(yaml, stk_yaml_at(method->years_node, "last"), error,
                                   "last: no year before a required one");
        }
    }
done:
    return status;
}

static stk_status read_span(stk_yaml *yaml, stk_yaml_node *node, const char *key,
                            const stk_yaml_numbers *numbers, int span[2], stk_error *error)
{
    if (numbers->count != 2 || !(numbers->items[0] <= numbers->items[1])) {
        return stk_yaml_refuse(yaml, stk_yaml_at(node, key), error, "%s: [first year, last year]",
                               key);
    }
    span[0] = (int)numbers->items[0];
    span[1] = (int)numbers->items[1];
    return STK_OK;
}

/* Whether a span lies between two years. */
static stk_status check_span(stk_yaml *yaml, stk_yaml_node *node, const char *key,
                             const int span[2], int first, int last, stk_error *error)
{
    return span[0] >= first && span[1] <= last
               ? STK_OK
               : stk_yaml_refuse(yaml, stk_yaml_at(node, key), error, "%s: years from %d to %d",
                                 key, first, last);
}

/* What fades ends after the base year. */
static stk_status check_fades(const stk_method *method, stk_yaml *yaml, stk_error *error)
{
    const struct {
        const char *key;
        int until;
    } fades[] = {{"ratio_until", method->harmonise.ratio_until},
                 {"negative_ratio_until", method->harmonise.negative_ratio_until},
                 {"offset_until", method->harmonise.offset_until},
                 {"zero_offset_until", method->harmonise.zero_offset_until}};
    for (size_t i = 0; i < sizeof fades / sizeof *fades; i++) {
        if (fades[i].until <= method->years.base) {
            return stk_yaml_refuse(yaml, stk_yaml_at(method->harmonise_node, fades[i].key), error,
                                   "%s: a year after the base year %d", fades[i].key,
                                   method->years.base);
        }
    }
    return STK_OK;
}

/* The years that are computed are those of the history and of the method; names of columns and
 * categories are of 2100 and of three percentiles. */
static stk_status check_postprocess(const stk_method *method, stk_yaml *yaml, stk_error *error)
{
    enum { WARMING_YEAR = 2100, HISTORY_START = 1750 };
    static const double categories[] = {33, 50, 67};
    stk_yaml_node *node = method->post_node;
    const stk_postprocess_options *post = &method->post;
    int base = method->years.base;
    int last = method->years.last;
    stk_status status;
    STK_TRY(
        check_span(yaml, node, "preindustrial", post->preindustrial, HISTORY_START, last, error));
    STK_TRY(check_span(yaml, node, "recent_years", post->recent_years, HISTORY_START, last, error));
    STK_TRY(check_span(yaml, node, "cumulative", post->cumulative, base, last, error));
    if (post->years[1] != WARMING_YEAR || last < WARMING_YEAR) {
        return stk_yaml_refuse(yaml, stk_yaml_at(node, "years"), error,
                               "years: a last year of %d, which categories are about, and no "
                               "earlier last year of the method",
                               WARMING_YEAR);
    }
    for (size_t i = 0; i < 3; i++) {
        bool found = false;
        for (size_t p = 0; p < post->peak_percentile_count; p++) {
            found = found || post->peak_percentiles[p] == categories[i];
        }
        if (!found) {
            return stk_yaml_refuse(yaml, stk_yaml_at(node, "peak_percentiles"), error,
                                   "peak_percentiles: 33, 50 and 67 and any others");
        }
    }
done:
    return status;
}

static stk_status read_postprocess(stk_method *method, stk_yaml *yaml, stk_error *error)
{
    stk_yaml_node *node = method->post_node;
    stk_postprocess_options *post = &method->post;
    post->recent_warming_k = NAN;
    stk_status status;
    const struct {
        const char *key;
        const stk_yaml_numbers *numbers;
        int *span;
    } spans[] = {
        {"preindustrial", &method->preindustrial, post->preindustrial},
        {"recent_years", &method->recent_years, post->recent_years},
        {"years", &method->post_years, post->years},
        {"cumulative", &method->cumulative, post->cumulative},
    };
    STK_TRY(READ(post_fields, node));
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        STK_TRY(read_span(yaml, node, spans[i].key, spans[i].numbers, spans[i].span, error));
    }
    post->percentile_count = method->percentiles.count;
    post->percentiles = method->percentiles.items;
    post->peak_percentile_count = method->peak_percentiles.count;
    post->peak_percentiles = method->peak_percentiles.items;
    post->exceedance_count = method->exceedance.count;
    post->exceedance_k = method->exceedance.items;
    STK_TRY(check_postprocess(method, yaml, error));
done:
    return status;
}

/* Each file that the method needs is shipped, or published somewhere. */
static stk_status read_files(stk_method *method, stk_yaml *yaml, stk_error *error)
{
    bool scales = stk_method_scales(method);
    const struct {
        const char *key;
        const char *shipped;
        bool needed;
    } files[STK_METHOD_FILES] = {
        [STK_METHOD_HISTORY] = {"history", method->history, true},
        [STK_METHOD_LIBRARY] = {"library", method->library, true},
        [STK_METHOD_PREINDUSTRIAL] = {"preindustrial", method->preindustrial_file, scales},
    };
    stk_status status = STK_OK;
    if (method->published_node != NULL) {
        STK_TRY(READ(published_fields, method->published_node));
    }
    for (size_t i = 0; i < STK_METHOD_FILES; i++) {
        bool shipped = files[i].shipped != NULL;
        bool published = method->published[i] != NULL;
        if (shipped == published && (shipped || files[i].needed)) {
            return stk_yaml_refuse(yaml, stk_yaml_at(yaml->root, files[i].key), error,
                                   "%s: a shipped file, or under published where it is",
                                   files[i].key);
        }
    }
    if (scales &&
        (method->infill.scale_years.count == 0 || method->infill.preindustrial_year == 0)) {
        return stk_yaml_refuse(yaml, method->infill_node, error,
                               "scale_years and preindustrial_year, by which gases are scaled");
    }
done:
    return status;
}

static stk_status read_all(stk_method *method, stk_yaml *yaml, stk_error *error)
{
    int variation[2] = {0, 0};
    stk_status status;
    STK_TRY(READ(top_fields, yaml->root));
    if (strcmp(method->format, "stocktake-method/1") != 0) {
        return stk_yaml_refuse(yaml, yaml->root, error, "format: stocktake-method/1");
    }
    STK_TRY(read_years(method, yaml, error));
    STK_TRY(READ(check_fields, method->check_node));
    STK_TRY(READ(harmonise_fields, method->harmonise_node));
    STK_TRY(check_fades(method, yaml, error));
    STK_TRY(read_span(yaml, method->harmonise_node, "variation_years",
                      &method->harmonise.variation_years, variation, error));
    STK_TRY(check_span(yaml, method->harmonise_node, "variation_years", variation, 1750,
                       method->years.last, error));
    STK_TRY(READ(infill_fields, method->infill_node));
    STK_TRY(READ(co2_fields, method->co2_node));
    STK_TRY(stk_method_read_variables(method, yaml, error));
    STK_TRY(read_files(method, yaml, error));
    STK_TRY(stk_method_read_kyoto(method, yaml, error));
    STK_TRY(read_postprocess(method, yaml, error));
    STK_TRY(stk_method_read_categories(method, yaml, error));
done:
    return status;
}

stk_status stk_method_read(const char *name, stk_text content, stk_method **method,
                           stk_error *error)
{
    stk_method *made = calloc(1, sizeof *made);
    *method = NULL;
    if (made == NULL) {
        return stk_error_memory(error);
    }
    stk_yaml yaml;
    made->file = stk_arena_string(&made->arena, stk_text_of(name));
    stk_status status = stk_allocated(made->file, error);
    if (status == STK_OK) {
        status = stk_yaml_open(&yaml, (stk_source){made->file, content}, &made->arena, error);
        if (status == STK_OK) {
            status = read_all(made, &yaml, error);
        }
        stk_yaml_close(&yaml);
    }
    if (status != STK_OK) {
        stk_method_free(made);
        return status;
    }
    *method = made;
    return STK_OK;
}

void stk_method_free(stk_method *method)
{
    if (method != NULL) {
        stk_arena_free(&method->arena);
        free(method);
    }
}

const char *stk_method_name(const stk_method *method)
{
    return method->name;
}

const char *stk_method_version(const stk_method *method)
{
    return method->version;
}

const char *stk_method_history(const stk_method *method)
{
    return method->history;
}

const char *stk_method_library(const stk_method *method)
{
    return method->library;
}

const char *stk_method_builtin_library(const stk_method *method)
{
    return method->builtin_library;
}

const char *stk_method_preindustrial(const stk_method *method)
{
    return method->preindustrial_file;
}

const char *stk_method_published(const stk_method *method, stk_method_file file)
{
    return method->published[file];
}

const char *stk_method_overrides(const stk_method *method)
{
    return method->harmonise.overrides_file;
}

bool stk_method_scales(const stk_method *method)
{
    for (size_t v = 0; v < method->variable_count; v++) {
        if (method->variables[v].infill == STK_INFILL_SCALE) {
            return true;
        }
    }
    return false;
}

bool stk_method_has_tiers(const stk_method *method)
{
    return method->tier_count > 0;
}

int stk_method_base_year(const stk_method *method)
{
    return method->years.base;
}

int stk_method_last_year(const stk_method *method)
{
    return method->years.last;
}

const stk_postprocess_options *stk_method_postprocess(const stk_method *method)
{
    return &method->post;
}

size_t stk_method_years(const stk_method *method)
{
    return (size_t)(method->years.last - method->years.base + 1);
}

/* --- names of variables ----------------------------------------------------------------------- */

int stk_method_find(const stk_method *method, stk_text name)
{
    for (size_t i = 0; i < method->variable_count; i++) {
        if (stk_text_equal(name, method->variables[i].name)) {
            return (int)i;
        }
    }
    return STK_NO_VARIABLE;
}

/* By the names that the method file gives: its own, then others. */
static stk_method_match match_text(const stk_method *method, stk_text plain)
{
    int found = stk_method_find(method, plain);
    if (found != STK_NO_VARIABLE) {
        return (stk_method_match){found, STK_NAME_REPORTED, 4};
    }
    for (size_t i = 0; i < method->variable_count; i++) {
        const stk_yaml_texts *also = &method->variables[i].also;
        for (size_t k = 0; k < also->count; k++) {
            if (stk_text_alike(plain, also->items[k])) {
                return (stk_method_match){(int)i, STK_NAME_REPORTED, 3};
            }
        }
    }
    return (stk_method_match){STK_NO_VARIABLE, STK_NAME_REPORTED, 0};
}

static int find_key(const stk_method *method, const char *key)
{
    for (size_t i = 0; key != NULL && i < method->variable_count; i++) {
        if (strcmp(method->variables[i].key, key) == 0) {
            return (int)i;
        }
    }
    return STK_NO_VARIABLE;
}

stk_method_match stk_method_match_name(const stk_method *method, stk_text name)
{
    stk_variable_name known;
    stk_variable_name_start(name, &known);
    stk_method_match match = match_text(method, known.plain);
    match.rank = known.rank;
    if (match.variable != STK_NO_VARIABLE) {
        return match;
    }
    stk_variable_name_finish(&known);
    if (!known.concentration && known.key[0] != '\0') {
        match.variable = find_key(method, known.key);
        match.nearness = 2;
        if (match.variable == STK_NO_VARIABLE) {
            match.variable = find_key(method, stk_variable_stand_in(known.key));
            match.nearness = 1;
        }
    }
    return match;
}

int stk_method_detail_of(const stk_method *method, stk_text name)
{
    const stk_yaml_texts *extra = &method->co2.fossil_extra;
    for (size_t i = 0; i < extra->count; i++) {
        int v = stk_method_find(method, stk_text_of(extra->items[i]));
        if (stk_variable_is_detail(name, method->variables[v].key)) {
            return v;
        }
    }
    return STK_NO_VARIABLE;
}

bool stk_method_wants(void *user, stk_text variable)
{
    return stk_method_match_name(user, variable).variable != STK_NO_VARIABLE;
}

const char *stk_method_climate_variable(const stk_method *method, const char *species,
                                        const char **unit)
{
    const stk_method_variable *found = NULL;
    stk_variable_name name;
    stk_variable_name_read(stk_text_of(species), &name);
    for (size_t v = 0; v < method->variable_count; v++) {
        const stk_method_variable *variable = &method->variables[v];
        if (variable->climate != NULL && strcmp(variable->climate, species) == 0) {
            found = variable;
            break;
        }
        bool same = strcmp(variable->key, name.key) == 0;
        for (size_t k = 0; k < variable->also.count; k++) {
            same = same || strcmp(variable->also.items[k], species) == 0;
        }
        if (same && variable->climate == NULL && variable->infill != STK_INFILL_NONE) {
            found = variable;
        }
    }
    *unit = found == NULL ? NULL : found->climate_unit != NULL ? found->climate_unit : found->unit;
    return found == NULL ? NULL : found->name;
}
