/** @file scenario_inputs.h
 * @brief What a scenario workflow reads besides scenarios: its method, history and database, the
 * user's own or those of the edition.
 */
#ifndef STK_ASSESS_SCENARIO_INPUTS_H
#define STK_ASSESS_SCENARIO_INPUTS_H

#include <stocktake/shipped.h>

/** The names of the methods in the edition, as messages list them. */
#define STK_SHIPPED_METHODS "ar6-2015-cdr, ar6-2015, recent, sci-2026, cmip7"

/** The caller sets the first part, which is not owned, and the opening functions the second, which
 * scenario_inputs_free() frees, also after a failure. */
typedef struct scenario_inputs {
    stk_edition *edition;
    stk_scenario_report *report; /**< is told of rows below the data of a table */
    const char *method_name;     /**< of the edition, or a path; NULL for STK_METHOD_DEFAULT */
    const char *history_path;    /**< this and the next: NULL for the method's own */
    const char *library_path;
    const char *preindustrial_path;

    stk_method *method;
    stk_text method_text;
    stk_text overrides; /**< the text of the user's table that the method names, or no data */
    char overrides_path[1024];
    stk_iamc *history;
    stk_scenario_library *library;
} scenario_inputs;

/** Whether a method is asked for by a path, which ends in .yaml or .yml or has a folder. */
bool scenario_inputs_is_file(const char *method);

/** Open the method and the table of overrides that it names, which lies beside it.
 * @return STK_ENOTFOUND for a name that the edition does not have, with those that it has */
stk_status scenario_inputs_open_method(scenario_inputs *in, stk_error *error);

/** Open the history to harmonise to.
 * @return STK_ENOTFOUND where the method's is not shipped, with where it is published */
stk_status scenario_inputs_open_history(scenario_inputs *in, stk_error *error);

/** Open the database to infill from and, where the method scales gases, what they are scaled by,
 * with the history unless it is open. Refusals as scenario_inputs_open_history(). */
stk_status scenario_inputs_open_library(scenario_inputs *in, stk_error *error);

void scenario_inputs_free(scenario_inputs *in);

#endif
