/** @file cli_files.c
 * @brief Which files a command line names: no output is an input, or another output.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/pending_file.h"
#include "base/try.h"
#include "cli.h"

static const char *const outputs[] = {"output", "member-output", "meta", "report", "cases"};
static const char *const inputs[] = {"history", "library",   "method",   "pledges",
                                     "drivers", "baselines", "benchmark"};
enum { OUTPUTS = sizeof outputs / sizeof *outputs, INPUTS = sizeof inputs / sizeof *inputs };

/* Commands whose operands are files that are read have them from this one on. */
static int first_input(const query *q)
{
    return q->question == &command_climate || q->question == &question_quantify ? 0
           : q->question == &command_scenario                                   ? 1
                                              : QUESTION_OPERANDS_MAX;
}

/* Where an output goes; one that is not given is the standard output. The page has its file as an
 * operand. */
static const char *output_named(query *q, size_t o)
{
    const char *value = query_value(q, outputs[o]);
    bool folder = q->question == &command_scenario && strcmp(q->operands[0], "assess") == 0;
    if (o == 0 && q->question->names_its_file) {
        return q->operands[0];
    }
    return value == NULL && !folder && o == 0 ? "-" : value;
}

static bool is_input(const char *path, const char *input)
{
    return input != NULL && strcmp(path, "-") != 0 && access(input, F_OK) == 0 &&
           stk_same_file(path, input);
}

/* Whether an option or operand names the output as a file that is read. */
static bool is_read(query *q, const char *path)
{
    for (int i = first_input(q); i < q->operand_count; i++) {
        if (is_input(path, q->operands[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < INPUTS; i++) {
        char file[STK_PENDING_PATH_SIZE];
        const char *input = query_value(q, inputs[i]);
        if (strcmp(inputs[i], "benchmark") == 0) {
            input = query_benchmark_file(input, file, sizeof file) > 0 ? file : NULL;
        }
        if (is_input(path, input)) {
            return true;
        }
    }
    return false;
}

stk_status cli_check_output(query *q, const char *what, const char *path, stk_error *error)
{
    return is_read(q, path)
               ? query_usage(q, error, "%s: '%s' is read as an input; allowed: another file", what,
                             path)
               : STK_OK;
}

stk_status cli_check_files(query *q, stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t o = 0; o < OUTPUTS; o++) {
        char what[32];
        const char *path = output_named(q, o);
        stk_print(what, sizeof what, "--%s", outputs[o]);
        for (size_t i = o + 1; i < OUTPUTS && path != NULL; i++) {
            if (stk_same_file(path, output_named(q, i))) {
                return query_usage(q, error, "--%s and --%s are the same file", outputs[o],
                                   outputs[i]);
            }
        }
        if (path != NULL) {
            STK_TRY(cli_check_output(q, what, path, error));
        }
    }
done:
    return status;
}
