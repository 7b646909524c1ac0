/** @file cli.c
 * @brief From the command line to a question, and from its answer to a file.
 */
#include "cli.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/pending_file.h"
#include "base/try.h"

static bool leave_at_once;

void cli_skip_exit_handlers(void)
{
    leave_at_once = true;
}

void cli_leave(int exit_code)
{
    if (leave_at_once) {
        fflush(NULL);
        _exit(exit_code);
    }
}

/* ---- refusals ---- */

static void write_usage(query *q, const char *message)
{
    fprintf(stderr, "stocktake %s: %s\nTry 'stocktake %s --help'.\n", q->question->name, message,
            q->question->name);
}

int cli_usage(query *q, const char *format, ...)
{
    char message[1024];
    va_list list;
    va_start(list, format);
    stk_print_list(message, sizeof message, format, list);
    va_end(list);
    write_usage(q, message);
    return EXIT_USAGE;
}

int cli_refuse(const stk_error *error)
{
    char text[1024];
    stk_error_format(error, text, sizeof text);
    fprintf(stderr, "stocktake: %s\n", text);
    return error->status == STK_EARG ? EXIT_USAGE : EXIT_DATA;
}

/* ---- parsing ---- */

static bool take_option(query *q, int index, const char *value)
{
    stk_error error;
    if (query_set(q, index, value == NULL ? "" : value, &error) != STK_OK) {
        write_usage(q, error.message);
        return false;
    }
    return true;
}

static bool take_operands(query *q, int argc, char **argv)
{
    const question *command = q->question;
    for (int i = optind; i < argc && q->operand_count < QUESTION_OPERANDS_MAX; i++) {
        q->operands[q->operand_count++] = argv[i];
    }
    if (q->operand_count < command->operands_min) {
        cli_usage(q, "%s is missing", command->operands);
        return false;
    }
    if (q->operand_count > command->operands_max) {
        cli_usage(q, "'%s' is one argument too many", q->operands[command->operands_max]);
        return false;
    }
    return true;
}

bool cli_check_name(query *q, const char *what, const char *path, const char *choices,
                    const char *given)
{
    stk_error error;
    if (format_check_name(what, path, choices, given, &error) != STK_OK) {
        write_usage(q, error.message);
        return false;
    }
    return true;
}

/* Where --format and --output both exist, the name of the file and the format agree. */
static bool check_output(query *q)
{
    int i = question_find_option(q->question, "format");
    if (i >= 0 && !cli_check_name(q, "--output", query_value(q, "output"),
                                  question_option_at(q->question, i)->choices, q->values[i])) {
        return false;
    }
    if (query_format(q) == QUERY_NETCDF && !query_given(q, "output")) {
        cli_usage(q, "--format netcdf needs --output FILE");
        return false;
    }
    return true;
}

bool cli_parse(const question *command, int argc, char **argv, query *q, bool *done)
{
    struct option options[QUESTION_OPTIONS_MAX + 1] = {{NULL, 0, NULL, 0}};
    q->question = command;
    *done = false;
    for (int i = 0; question_option_at(command, i) != NULL && i < QUESTION_OPTIONS_MAX; i++) {
        const question_option *option = question_option_at(command, i);
        options[i] = (struct option){option->name, option->argument != NULL, NULL, 1000 + i};
    }
    int help = 1000 + question_find_option(command, "help");
    opterr = 0;
    optind = 1;
    for (int code; (code = getopt_long(argc, argv, ":h", options, NULL)) != -1;) {
        if (code == 'h' || code == help) {
            cli_print_help(command, stdout);
            *done = true;
            return true;
        }
        if (code == ':') {
            cli_usage(q, "%s needs a value", argv[optind - 1]);
            return false;
        }
        if (code < 1000) {
            cli_unknown_option(q, argv[optind - 1]);
            return false;
        }
        if (!take_option(q, code - 1000, optarg)) {
            return false;
        }
    }
    return take_operands(q, argc, argv) && check_output(q) && cli_check_files(q);
}

bool cli_integer(query *q, const char *name, int missing, int *value)
{
    const char *text = query_value(q, name);
    long number = missing;
    bool ok = text == NULL ||
              (stk_text_integer(stk_text_of(text), &number) && number > -100000 && number < 100000);
    *value = (int)number;
    if (!ok) {
        cli_usage(q, "--%s: '%s' is not a whole number from -99999 to 99999", name, text);
    }
    return ok;
}

/* ---- writing ---- */

stk_status cli_write_to(const char *path, stk_text text, stk_error *error)
{
    if (path != NULL && strcmp(path, "-") != 0) {
        return stk_file_write(path, text, error);
    }
    return fwrite(text.data, 1, text.size, stdout) == text.size && fflush(stdout) == 0
               ? STK_OK
               : stk_error_set(error, STK_EIO, "the standard output cannot be written");
}

int cli_write(query *q, stk_buffer *buffer)
{
    stk_text text = {buffer->data == NULL ? "" : buffer->data, buffer->size};
    stk_error error;
    stk_status status = stk_buffer_status(buffer, &error);
    status = status != STK_OK ? status : cli_write_to(query_value(q, "output"), text, &error);
    stk_buffer_free(buffer);
    return status == STK_OK ? EXIT_SUCCESS : cli_refuse(&error);
}

/* ---- asking ---- */

static int terminal_columns(void)
{
    struct winsize size;
    bool known = isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
    return known ? size.ws_col : 0;
}

static void show_progress(void *user, const char *what, size_t done, size_t total)
{
    progress *line = user;
    line->what = what;
    line->total = total;
    progress_show(line, done);
}

/* What was said besides the answer. */
static void write_remarks(const stk_buffer *remarks)
{
    const char *at = remarks->data;
    const char *end = at == NULL ? NULL : at + remarks->size;
    while (at != end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        fprintf(stderr, "stocktake: %.*s\n", (int)(line_end - at), at);
        at = line_end + 1;
    }
}

/* The page has its file as an operand, all else in --output. */
static int write_answer(query *q)
{
    stk_error error;
    stk_text side = {q->side.content.data, q->side.content.size};
    const char *path = q->question == &question_report ? q->operands[0] : query_value(q, "output");
    stk_text text = {q->out.data == NULL ? "" : q->out.data, q->out.size};
    stk_pending_file files[2] = {{.file = NULL}, {.file = NULL}};
    stk_pending_file *const both[] = {&files[0], &files[1]};
    stk_status status = STK_OK;
    if (q->side.path != NULL) {
        STK_TRY(stk_pending_create(&files[0], NULL, q->side.path, &error));
        STK_TRY(stk_pending_write(&files[0], side, &error));
    }
    STK_TRY(stk_pending_create(&files[1], NULL, path, &error));
    STK_TRY(stk_pending_write(&files[1], text, &error));
done:
    status = stk_pending_finish_all(both, 2, status, &error);
    return status == STK_OK ? EXIT_SUCCESS : cli_refuse(&error);
}

int cli_ask(query *q)
{
    stk_error error;
    int exit_code;
    bool terminal = isatty(STDERR_FILENO) != 0;
    progress line = {.shown = terminal, .what = ""};
    if (q->question == &question_report && q->operand_count == 0) {
        return cli_usage(q, "FILE.html is missing");
    }
    if (q->question == &question_report &&
        !cli_check_name(q, "FILE.html", q->operands[0], "html", NULL)) {
        return EXIT_USAGE;
    }
    q->columns = terminal_columns();
    q->progress = terminal ? show_progress : NULL;
    q->user = &line;
    progress_begin(&line, 0, 1);
    stk_status status = query_answer(q, &error);
    progress_end(&line);
    write_remarks(&q->remarks);
    if (status == STK_OK) {
        exit_code = write_answer(q);
    } else if (q->wrong_usage) {
        write_usage(q, error.message);
        exit_code = EXIT_USAGE;
    } else {
        exit_code = cli_refuse(&error);
    }
    query_close(q);
    return exit_code;
}
