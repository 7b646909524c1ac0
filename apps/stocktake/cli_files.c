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
enum { OUTPUTS = sizeof outputs / sizeof *outputs };

/* `fairness` reads its cases, `warming` writes them. */
static bool is_output(const query *q, const char *name)
{
    for (size_t o = 0; o < OUTPUTS; o++) {
        if (strcmp(name, outputs[o]) == 0) {
            return q->question != &question_fairness || strcmp(name, "cases") != 0;
        }
    }
    return false;
}

/* Commands whose operands are files that are read have them from this one on. */
static int first_input(const query *q)
{
    bool verb = q->question == &command_scenario || q->question == &question_data;
    return q->question == &command_climate || q->question == &question_quantify ? 0
           : verb                                                               ? 1
                  : QUESTION_OPERANDS_MAX;
}

/* Where an output goes; one that is not given is the standard output. The page has its file as an
 * operand. */
static const char *output_named(query *q, size_t o)
{
    const char *value = is_output(q, outputs[o]) ? query_value(q, outputs[o]) : NULL;
    bool folder = q->question == &command_scenario && strcmp(q->operands[0], "assess") == 0;
    if (o == 0 && q->question->names_its_file) {
        return q->operands[0];
    }
    return value == NULL && !folder && o == 0 ? "-" : value;
}

/* A folder is read with all that is in it; that of `scenario merge` has the results too. */
static bool is_input(const query *q, const char *path, const char *input)
{
    bool merges = q->question == &command_scenario && strcmp(q->operands[0], "merge") == 0;
    return input != NULL && strcmp(path, "-") != 0 && access(input, F_OK) == 0 &&
           (stk_same_file(path, input) ||
            (!merges && stk_is_folder(input) && stk_lies_within(path, input)));
}

/* The file or folder that an option names as one that is read. */
static const char *input_named(const query *q, int i, char *file, size_t size)
{
    const question_option *option = question_option_at(q->question, i);
    if (strcmp(option->name, "benchmark") == 0) {
        return query_benchmark_file(q->values[i], file, size) > 0 ? file : NULL;
    }
    if (strcmp(option->name, "edition") == 0 && q->values[i] == NULL) {
        return q->edition_folder;
    }
    bool names = option->argument != NULL && option->choices == NULL &&
                 stk_text_choice(stk_text_of(option->argument), "FILE|DIR|METHOD") >= 0;
    return names && !is_output(q, option->name) ? q->values[i] : NULL;
}

/* Whether an option or operand names the output as a file that is read. */
static bool is_read(const query *q, const char *path)
{
    for (int i = first_input(q); i < q->operand_count; i++) {
        if (is_input(q, path, q->operands[i])) {
            return true;
        }
    }
    for (int i = 0; question_option_at(q->question, i) != NULL; i++) {
        char file[STK_PENDING_PATH_SIZE];
        if (is_input(q, path, input_named(q, i, file, sizeof file))) {
            return true;
        }
    }
    return false;
}

stk_status cli_check_output(query *q, const char *what, const char *path, stk_error *error)
{
    return is_read(q, path)
               ? query_usage(q, error, "%s: '%s' %s; allowed: another file", what, path,
                             access(path, F_OK) == 0 ? "is read as an input"
                                                     : "lies in a folder that is read")
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
