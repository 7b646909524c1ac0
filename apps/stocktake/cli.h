/** @file cli.h
 * @brief The command line: what was typed becomes a question, its answer goes to a file or the
 * standard output.
 */
#ifndef STK_CLI_H
#define STK_CLI_H

#include <stdio.h>
#include <time.h>

#include <stocktake/modules.h>

#include "question/query.h"

enum { EXIT_DATA = 1, EXIT_USAGE = 2, INTEGER_BOUND = 100000 };

/* Commands are the questions of the library, and the program's own about files of scenarios. */
enum { CLI_COMMANDS_MAX = 32 };
extern const question *cli_commands[]; /* NULL-terminated */

extern const question command_climate;
extern const question command_scenario;

/* Parse argv[1..], ask, write the answer or the refusal. Returns the exit status. */
int cli_run(const question *command, int argc, char **argv);

/* Refuse an option that the command has not: what was meant, or which commands have it. */
stk_status cli_unknown_option(query *q, const char *typed, stk_error *error);

/* A line to the standard error, with nothing in it that commands a terminal: the only way to say
 * something there (scripts/check-rules). It starts anew where a progress line is shown. */
void cli_say(bool over_progress, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* HDF5 may crash in its exit handler when a file of it could not be written, as on a full disk: the
 * process is to end without such handlers. cli_leave() does that if it was asked for; else it
 * returns the exit code, which is that of a failure if the standard output could not be written. */
void cli_skip_exit_handlers(void);
int cli_leave(int exit_code);

/* Refuse an output that is a file that is read, or another output. */
stk_status cli_check_files(query *q, stk_error *error);
stk_status cli_check_output(query *q, const char *what, const char *path, stk_error *error);

/* The file that an answer goes to that is opened: that of --output, else one in a folder of its own
 * for temporary files, which is made. */
stk_status cli_place_opened(const query *q, char *path, size_t size, stk_error *error);

/* Remove the folder again where the file could not be written. */
void cli_forget_opened(const query *q, const char *path);

/* Say where it is, and open it in the browser unless --no-open is given or there is no display. */
void cli_open(const query *q, const char *path);

/* Print help or a manual page (mdoc) of a command; NULL is the program itself. */
void cli_print_help(const question *command, FILE *out);
void cli_print_manual(const question *command, FILE *out);
void cli_print_completion(bool zsh, FILE *out);

/* A progress line on a terminal: bar, rate, time left. */
typedef struct progress {
    bool shown;       /* set by the caller; false keeps quiet */
    const char *what; /* "scenarios" */
    size_t total;
    size_t first; /* how many were done before */
    struct timespec start;
    double last;
} progress;

void progress_begin(progress *p, size_t first, size_t total);
void progress_show(progress *p, size_t done);

/* Wipe the line. */
void progress_end(progress *p);

double progress_seconds_since(const struct timespec *start);

#endif
