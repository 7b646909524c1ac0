/** @file scenario_inputs.c
 * @brief Opening the method, the history and the database of a scenario workflow.
 */
#include "assess/scenario_inputs.h"

#include <stdlib.h>
#include <string.h>

#include <stocktake/file.h>

#include "base/try.h"

bool scenario_inputs_is_file(const char *method)
{
    stk_text text = stk_text_of(method);
    return stk_text_ends_in(text, ".yaml") || stk_text_ends_in(text, ".yml") ||
           strchr(method, '/') != NULL;
}

static stk_status open_overrides(scenario_inputs *in, const char *method, stk_error *error)
{
    const char *name = stk_method_overrides(in->method);
    const char *slash = strrchr(method, '/');
    stk_text content;
    stk_status status;
    if (name == NULL) {
        return STK_OK;
    }
    if (scenario_inputs_is_file(method)) {
        int folder = slash == NULL || *name == '/' ? 0 : (int)(slash - method) + 1;
        stk_print(in->overrides_path, sizeof in->overrides_path, "%.*s%s", folder, method, name);
        STK_TRY(stk_file_read(in->overrides_path, &in->overrides, error));
        content = in->overrides;
    } else {
        stk_print(in->overrides_path, sizeof in->overrides_path, "methods/%s", name);
        STK_TRY(stk_edition_read(in->edition, in->overrides_path, &content, error));
    }
    STK_TRY(stk_method_read_overrides(in->method, in->overrides_path, content, error));
done:
    return status;
}

static stk_status open_shipped_method(scenario_inputs *in, const char *name, stk_error *error)
{
    char path[256];
    stk_text text;
    stk_status status;
    stk_print(path, sizeof path, "methods/%s.yaml", STK_CUT(name, 200));
    if (!stk_edition_has(in->edition, path)) {
        return stk_error_set(error, STK_ENOTFOUND,
                             "--method: '%s' is no shipped method; allowed: " STK_SHIPPED_METHODS
                             ", or a FILE.yaml",
                             STK_CUT(name, 100));
    }
    STK_TRY(stk_shipped_method(in->edition, name, &in->method, &text, error));
    in->method_text = (stk_text){strndup(text.data, text.size), text.size};
    STK_TRY(stk_allocated(in->method_text.data, error));
done:
    return status;
}

stk_status scenario_inputs_open_method(scenario_inputs *in, stk_error *error)
{
    const char *name = in->method_name == NULL ? STK_METHOD_DEFAULT : in->method_name;
    stk_status status;
    if (scenario_inputs_is_file(name)) {
        STK_TRY(stk_file_read(name, &in->method_text, error));
        STK_TRY(stk_method_read(name, in->method_text, &in->method, error));
    } else {
        STK_TRY(open_shipped_method(in, name, error));
    }
    STK_TRY(open_overrides(in, name, error));
done:
    return status;
}

/* A table of the variables that the method knows: the user's, or else one of the edition. `option`
 * gives the user's, and `kind` is what it is to the method. */
static stk_status open_table(const scenario_inputs *in, const char *path, const char *shipped,
                             const char *option, stk_method_file kind, stk_iamc **table,
                             stk_error *error)
{
    stk_stream *stream;
    stk_iamc_filter filter = {.wanted = stk_method_wants,
                              .user = in->method,
                              .footer = stk_scenario_report_footer,
                              .footer_user = in->report};
    if (path == NULL && shipped == NULL) {
        return stk_error_set(
            error, STK_ENOTFOUND, "the method '%s' needs --%s FILE, which is not shipped: %s",
            stk_method_name(in->method), option, stk_method_published(in->method, kind));
    }
    if (path == NULL) {
        return stk_shipped_table(in->edition, shipped, &filter, table, error);
    }
    stk_status status = stk_stream_open(path, &stream, error);
    if (status == STK_OK) {
        stk_iamc_input input = {path, stk_stream_read, stream};
        status = stk_iamc_read_stream(&input, &filter, table, error);
        stk_stream_close(stream);
    }
    return status;
}

stk_status scenario_inputs_open_history(scenario_inputs *in, stk_error *error)
{
    return open_table(in, in->history_path, stk_method_history(in->method), "history",
                      STK_METHOD_HISTORY, &in->history, error);
}

static stk_status scale_library(scenario_inputs *in, stk_error *error)
{
    stk_iamc *before_industry = NULL;
    stk_status status;
    if (in->history == NULL) {
        STK_TRY(scenario_inputs_open_history(in, error));
    }
    STK_TRY(open_table(in, in->preindustrial_path, stk_method_preindustrial(in->method),
                       "preindustrial", STK_METHOD_PREINDUSTRIAL, &before_industry, error));
    STK_TRY(stk_scenario_library_scale(in->library, in->history, before_industry, error));
done:
    stk_iamc_free(before_industry);
    return status;
}

stk_status scenario_inputs_open_library(scenario_inputs *in, stk_error *error)
{
    const char *builtin_path = stk_method_builtin_library(in->method);
    stk_iamc *chosen = NULL;
    stk_iamc *builtin = NULL;
    stk_status status;
    STK_TRY(open_table(in, in->library_path, stk_method_library(in->method), "library",
                       STK_METHOD_LIBRARY, &chosen, error));
    if (builtin_path != NULL) {
        STK_TRY(open_table(in, NULL, builtin_path, "library", STK_METHOD_LIBRARY, &builtin, error));
    }
    STK_TRY(stk_scenario_library_new(in->method, chosen, builtin, in->report, &in->library, error));
    if (stk_method_scales(in->method)) {
        STK_TRY(scale_library(in, error));
    }
done:
    stk_iamc_free(chosen);
    stk_iamc_free(builtin);
    return status;
}

void scenario_inputs_free(scenario_inputs *in)
{
    stk_iamc_free(in->history);
    stk_scenario_library_free(in->library);
    stk_method_free(in->method);
    free((char *)(uintptr_t)in->method_text.data);
    free((char *)(uintptr_t)in->overrides.data);
}
