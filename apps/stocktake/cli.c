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

#include "progress.h"

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

static void write_usage(const cli_arguments *arguments, const char *message)
{
    fprintf(stderr, "stocktake %s: %s\nTry 'stocktake %s --help'.\n", arguments->question->name,
            message, arguments->question->name);
}

int cli_usage(const cli_arguments *arguments, const char *format, ...)
{
    char message[1024];
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    write_usage(arguments, message);
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

static bool take_option(cli_arguments *arguments, int index, const char *value)
{
    stk_error error;
    if (query_set(arguments, index, value == NULL ? "" : value, &error) != STK_OK) {
        write_usage(arguments, error.message);
        return false;
    }
    return true;
}

static bool take_operands(cli_arguments *arguments, int argc, char **argv)
{
    const cli_command *command = arguments->question;
    for (int i = optind; i < argc && arguments->operand_count < QUESTION_OPERANDS_MAX; i++) {
        arguments->operands[arguments->operand_count++] = argv[i];
    }
    if (arguments->operand_count < command->operands_min) {
        cli_usage(arguments, "%s is missing", command->operands);
        return false;
    }
    if (arguments->operand_count > command->operands_max) {
        cli_usage(arguments, "'%s' is one argument too many",
                  arguments->operands[command->operands_max]);
        return false;
    }
    return true;
}

bool cli_check_name(const cli_arguments *arguments, const char *what, const char *path,
                    const char *choices, const char *given)
{
    stk_error error;
    if (format_check_name(what, path, choices, given, &error) != STK_OK) {
        write_usage(arguments, error.message);
        return false;
    }
    return true;
}

/* Where --format and --output both exist, the name of the file and the format agree. */
static bool check_output(const cli_arguments *arguments)
{
    int i = question_find_option(arguments->question, "format");
    if (i >= 0 && !cli_check_name(arguments, "--output", cli_value(arguments, "output"),
                                  question_option_at(arguments->question, i)->choices,
                                  arguments->values[i])) {
        return false;
    }
    if (query_format(arguments) == QUERY_NETCDF && !cli_given(arguments, "output")) {
        cli_usage(arguments, "--format netcdf needs --output FILE");
        return false;
    }
    return true;
}

bool cli_parse(const cli_command *command, int argc, char **argv, cli_arguments *arguments,
               bool *done)
{
    struct option options[QUESTION_OPTIONS_MAX + 1] = {{NULL, 0, NULL, 0}};
    arguments->question = command;
    *done = false;
    for (int i = 0; question_option_at(command, i) != NULL && i < QUESTION_OPTIONS_MAX; i++) {
        const cli_option *option = question_option_at(command, i);
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
            cli_usage(arguments, "%s needs a value", argv[optind - 1]);
            return false;
        }
        if (code < 1000) {
            cli_unknown_option(arguments, argv[optind - 1]);
            return false;
        }
        if (!take_option(arguments, code - 1000, optarg)) {
            return false;
        }
    }
    return take_operands(arguments, argc, argv) && check_output(arguments);
}

bool cli_integer(const cli_arguments *arguments, const char *name, int missing, int *value)
{
    const char *text = cli_value(arguments, name);
    long number = missing;
    bool ok = text == NULL ||
              (stk_text_integer(stk_text_of(text), &number) && number > -100000 && number < 100000);
    *value = (int)number;
    if (!ok) {
        cli_usage(arguments, "--%s: '%s' is not a whole number from -99999 to 99999", name, text);
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

int cli_write(const cli_arguments *arguments, stk_buffer *buffer)
{
    stk_text text = {buffer->data == NULL ? "" : buffer->data, buffer->size};
    stk_error error;
    stk_status status = stk_buffer_status(buffer, &error);
    status = status != STK_OK ? status : cli_write_to(cli_value(arguments, "output"), text, &error);
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
static int write_answer(cli_arguments *arguments)
{
    stk_error error;
    stk_text side = {arguments->side.content.data, arguments->side.content.size};
    const char *path = arguments->question == &question_report ? arguments->operands[0]
                                                               : cli_value(arguments, "output");
    stk_text text = {arguments->out.data == NULL ? "" : arguments->out.data, arguments->out.size};
    stk_status status =
        arguments->side.path == NULL ? STK_OK : stk_file_write(arguments->side.path, side, &error);
    status = status != STK_OK ? status : cli_write_to(path, text, &error);
    return status == STK_OK ? EXIT_SUCCESS : cli_refuse(&error);
}

int cli_ask(cli_arguments *arguments)
{
    stk_error error;
    int exit_code;
    bool terminal = isatty(STDERR_FILENO) != 0;
    progress line = {.shown = terminal, .what = ""};
    if (arguments->question == &question_report && arguments->operand_count == 0) {
        return cli_usage(arguments, "FILE.html is missing");
    }
    if (arguments->question == &question_report &&
        !cli_check_name(arguments, "FILE.html", arguments->operands[0], "html", NULL)) {
        return EXIT_USAGE;
    }
    arguments->columns = terminal_columns();
    arguments->progress = terminal ? show_progress : NULL;
    arguments->user = &line;
    progress_begin(&line, 0, 1);
    stk_status status = query_answer(arguments, &error);
    progress_end(&line);
    write_remarks(&arguments->remarks);
    if (status == STK_OK) {
        exit_code = write_answer(arguments);
    } else if (arguments->wrong_usage) {
        write_usage(arguments, error.message);
        exit_code = EXIT_USAGE;
    } else {
        exit_code = cli_refuse(&error);
    }
    query_close(arguments);
    return exit_code;
}
