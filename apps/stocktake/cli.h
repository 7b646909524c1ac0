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

enum { EXIT_DATA = 1, EXIT_USAGE = 2 };

/* Commands are questions of the library, and those of the program's own that read and write files
 * of scenarios and data; those have no answer() but a function here. */
extern const question *const cli_commands[]; /* NULL-terminated */

extern const question command_climate;
extern const question command_scenario;
extern const question command_data;
int run_climate(query *q);
int run_scenario(query *q);
int run_data(query *q);

/* Parse argv[1..] of a zeroed query; false after a message if the usage is wrong, with exit 2;
 * `*done` is set when help was asked for and printed. */
bool cli_parse(const question *command, int argc, char **argv, query *q, bool *done);

/* Ask the library, and write the answer. Returns the exit status. */
int cli_ask(query *q);

/* Refuse an option that the command has not: what was meant, or which commands have it. */
int cli_unknown_option(query *q, const char *typed);

/* Wrong usage: prints the message and how to get help, returns EXIT_USAGE. */
int cli_usage(query *q, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints the error, returns EXIT_DATA, or EXIT_USAGE for the value of an option that no data would
 * allow (STK_EARG). */
int cli_refuse(const stk_error *error);

/* HDF5 may crash in its exit handler when a file of it could not be written, as on a full disk: the
 * process is to end without such handlers. cli_leave() does that if it was asked for. */
void cli_skip_exit_handlers(void);
void cli_leave(int exit_code);

/* A whole number; false after a message. */
bool cli_integer(query *q, const char *name, int missing, int *value);

/* False after a message where the name of an output promises another format than it gets. */
bool cli_check_name(query *q, const char *what, const char *path, const char *choices,
                    const char *given);

/* False after a message where an output is a file that is read, or another output. */
bool cli_check_files(query *q);
bool cli_check_output(query *q, const char *what, const char *path);

/* Write to --output or to the standard output, and release the buffer. */
int cli_write(query *q, stk_buffer *buffer);

/* Write a text to a file, or to the standard output where the path is NULL or "-". */
stk_status cli_write_to(const char *path, stk_text text, stk_error *error);

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
