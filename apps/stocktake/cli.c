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
#include "base/plain.h"
#include "base/try.h"

static bool leave_at_once;

void cli_skip_exit_handlers(void)
{
    leave_at_once = true;
}

int cli_leave(int exit_code)
{
    bool written = fflush(stdout) == 0 && ferror(stdout) == 0;
    if (!written && exit_code == EXIT_SUCCESS) {
        fprintf(stderr, "stocktake: the standard output cannot be written\n");
        exit_code = EXIT_DATA;
    }
    if (leave_at_once) {
        fflush(NULL);
        _exit(exit_code);
    }
    return exit_code;
}

/* ---- what is said ---- */

void cli_say(bool over_progress, const char *format, ...)
{
    char small[8192] = "";
    va_list list;
    va_start(list, format);
    stk_print_list(small, sizeof small, format, list);
    va_end(list);
    small[plain_text(small, strlen(small), false)] = '\0';
    fprintf(stderr, "%s%s\n", over_progress ? "\r" : "", small);
}

/* ---- parsing ---- */

/* The name of the file and the format agree, wherever the file is named. */
static stk_status check_output(query *q, stk_error *error)
{
    int i = question_find_option(q->question, "format");
    if (q->question->names_its_file) {
        return q->operand_count == 0 ? query_usage(q, error, "%s is missing", q->question->operands)
                                     : query_check_name(q, q->question->operands, q->operands[0],
                                                        q->question->formats, NULL, error);
    }
    if (query_format(q) == QUERY_NETCDF && !query_given(q, "output")) {
        return query_usage(q, error, "--format netcdf needs --output FILE");
    }
    const char *choices =
        i < 0 ? q->question->formats : question_option_at(q->question, i)->choices;
    return choices == NULL ? STK_OK
                           : query_check_name(q, "--output", query_value(q, "output"), choices,
                                              i < 0 ? NULL : q->values[i], error);
}

static stk_status parse(query *q, int argc, char **argv, bool *help_shown, stk_error *error)
{
    struct option options[QUESTION_OPTIONS_MAX + 1] = {{NULL, 0, NULL, 0}};
    stk_status status;
    for (int i = 0; question_option_at(q->question, i) != NULL && i < QUESTION_OPTIONS_MAX; i++) {
        const question_option *option = question_option_at(q->question, i);
        options[i] = (struct option){option->name, option->argument != NULL, NULL, 1000 + i};
    }
    int help = 1000 + question_find_option(q->question, "help");
    opterr = 0;
    optind = 1;
    for (int code; (code = getopt_long(argc, argv, ":h", options, NULL)) != -1;) {
        if (code == 'h' || code == help) {
            cli_print_help(q->question, stdout);
            *help_shown = true;
            return STK_OK;
        }
        if (code == ':') {
            return query_usage(q, error, "%s needs a value", argv[optind - 1]);
        }
        if (code < 1000) {
            return cli_unknown_option(q, argv[optind - 1], error);
        }
        q->wrong_usage = true; /* unless the value is allowed */
        STK_TRY(query_set(q, code - 1000, optarg == NULL ? "" : optarg, error));
        q->wrong_usage = false;
    }
    for (; optind < argc; optind++) {
        if (q->operand_count == QUESTION_OPERANDS_MAX) {
            return query_usage(q, error, "more than %d files at once", QUESTION_OPERANDS_MAX);
        }
        q->operands[q->operand_count++] = argv[optind];
    }
    STK_TRY(query_check_operands(q, error));
    STK_TRY(check_output(q, error));
    STK_TRY(cli_check_files(q, error));
done:
    return status;
}

/* ---- asking ---- */

static int terminal_columns(void)
{
    struct winsize size;
    bool known = isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
    return known ? size.ws_col : 0;
}

static bool show_progress(void *user, const char *what, size_t done, size_t total)
{
    progress *line = user;
    line->what = what;
    line->total = total;
    if (done > 0) {
        progress_show(line, done);
    }
    return true;
}

/* What was said besides the answer. */
static void write_remarks(const stk_buffer *remarks)
{
    const char *at = remarks->data;
    const char *end = at == NULL ? NULL : at + remarks->size;
    while (at != end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        cli_say(false, "stocktake: %.*s", (int)(line_end - at), at);
        at = line_end + 1;
    }
}

/* The page has its file as an operand, all else in --output. */
static stk_status write_answer(query *q, stk_error *error)
{
    char opened[STK_PENDING_PATH_SIZE] = "";
    stk_text side = {q->side.content.data, q->side.content.size};
    const char *path = q->question->names_its_file ? q->operands[0] : query_value(q, "output");
    stk_text text = {q->out.data == NULL ? "" : q->out.data, q->out.size};
    stk_pending_file files[2] = {{.file = NULL}, {.file = NULL}};
    stk_pending_file *const both[] = {&files[0], &files[1]};
    stk_status status = STK_OK;
    if (q->question->opens_as != NULL) {
        STK_TRY(cli_place_opened(q, opened, sizeof opened, error));
        path = opened;
    }
    if (q->side.path != NULL) {
        STK_TRY(stk_pending_create(&files[0], NULL, q->side.path, error));
        STK_TRY(stk_pending_write(&files[0], side, error));
    }
    if (!q->written) {
        STK_TRY(stk_pending_create(&files[1], NULL, path, error));
        STK_TRY(stk_pending_write(&files[1], text, error));
    }
done:
    status = stk_pending_finish_all(both, 2, status, error);
    if (status == STK_OK && opened[0] != '\0') {
        cli_open(q, opened);
    } else if (opened[0] != '\0') {
        cli_forget_opened(q, opened);
    }
    return status;
}

/* Options that were given and that nobody looked at. */
static void tell_unused(const query *q)
{
    const question_option *option;
    for (int i = 0; (option = question_option_at(q->question, i)) != NULL; i++) {
        if (q->values[i] != NULL && !q->looked[i]) {
            cli_say(false, "stocktake: --%s is not used: nothing here depends on it", option->name);
        }
    }
}

static stk_status ask(query *q, stk_error *error)
{
    bool looked[QUESTION_OPTIONS_MAX] = {false};
    bool terminal = isatty(STDERR_FILENO) != 0;
    progress line = {.shown = terminal, .what = ""};
    stk_status status;
    q->columns = terminal_columns();
    q->looked = looked;
    q->progress = terminal ? show_progress : NULL;
    q->user = &line;
    progress_begin(&line, 0, 1);
    status = query_answer(q, error);
    progress_end(&line);
    write_remarks(&q->remarks);
    status = status != STK_OK ? status : write_answer(q, error);
    if (status == STK_OK) {
        tell_unused(q);
    }
    q->looked = NULL;
    return status;
}

/* The value of an option that no data would allow is wrong usage too, but needs no help. */
static int refuse(const query *q, const stk_error *error)
{
    char text[1024];
    stk_error_format(error, text, sizeof text);
    if (q->wrong_usage) {
        cli_say(false, "stocktake %s: %s", q->question->name, text);
        cli_say(false, "Try 'stocktake %s --help'.", q->question->name);
    } else {
        cli_say(false, "stocktake: %s", text);
    }
    return q->wrong_usage || error->status == STK_EARG ? EXIT_USAGE : EXIT_DATA;
}

int cli_run(const question *command, int argc, char **argv)
{
    static query q;
    stk_error error;
    bool help_shown = false;
    q.question = command;
    q.edition_folder = getenv("STOCKTAKE_EDITION");
    stk_status status = parse(&q, argc, argv, &help_shown, &error);
    if (status == STK_OK && !help_shown) {
        status = ask(&q, &error);
    }
    int exit_code = status != STK_OK ? refuse(&q, &error) : q.incomplete ? EXIT_DATA : EXIT_SUCCESS;
    query_close(&q);
    return exit_code;
}
