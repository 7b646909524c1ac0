/** @file cli.h
 * @brief The command line: what was typed becomes a question, its answer goes to a file or the
 * standard output.
 */
#ifndef STK_CLI_H
#define STK_CLI_H

#include <stdio.h>

#include <stocktake/modules.h>

#include "question/query.h"

enum { EXIT_DATA = 1, EXIT_USAGE = 2 };

/* Commands are questions of the library, and those of the program's own that read and write files
 * of scenarios and data; those have no answer() but a function here. */
typedef question cli_command;
typedef question_option cli_option;
typedef query cli_arguments;

extern const cli_command *const cli_commands[]; /* NULL-terminated */

extern const cli_command command_climate;
extern const cli_command command_scenario;
extern const cli_command command_data;
int run_climate(const cli_arguments *arguments);
int run_scenario(const cli_arguments *arguments);
int run_data(const cli_arguments *arguments);

/* Parse argv[1..] of a zeroed query; false after a message if the usage is wrong, with exit 2;
 * `*done` is set when help was asked for and printed. */
bool cli_parse(const cli_command *command, int argc, char **argv, cli_arguments *arguments,
               bool *done);

/* Ask the library, and write the answer. Returns the exit status. */
int cli_ask(cli_arguments *arguments);

/* Refuse an option that the command has not: what was meant, or which commands have it. */
int cli_unknown_option(const cli_arguments *arguments, const char *typed);

/* Wrong usage: prints the message and how to get help, returns EXIT_USAGE. */
int cli_usage(const cli_arguments *arguments, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Prints the error, returns EXIT_DATA, or EXIT_USAGE for the value of an option that no data would
 * allow (STK_EARG). */
int cli_refuse(const stk_error *error);

/* HDF5 may crash in its exit handler when a file of it could not be written, as on a full disk: the
 * process is to end without such handlers. cli_leave() does that if it was asked for. */
void cli_skip_exit_handlers(void);
void cli_leave(int exit_code);

/* ---- for the program's own commands ---- */

static inline const char *cli_value(const cli_arguments *arguments, const char *name)
{
    return query_value(arguments, name);
}

static inline bool cli_given(const cli_arguments *arguments, const char *name)
{
    return query_given(arguments, name);
}

static inline int cli_choice(const cli_arguments *arguments, const char *name, int missing)
{
    return query_choice(arguments, name, missing);
}

static inline stk_format cli_format(const cli_arguments *arguments)
{
    return (stk_format)query_format(arguments);
}

/* The query of this run, for what notes where its result comes from. */
extern cli_arguments *cli_current;

static inline stk_status cli_open_edition(const cli_arguments *arguments, stk_edition **edition,
                                          stk_error *error)
{
    (void)arguments;
    return query_edition(cli_current, edition, error);
}

static inline stk_status cli_read_file(const char *role, const char *path, stk_text *content,
                                       stk_error *error)
{
    return query_read_file(cli_current, role, path, content, error);
}

static inline void cli_note_file(const char *role, const char *path)
{
    query_note_file(cli_current, role, path);
}

static inline stk_status cli_note_edition(stk_edition *edition, const stk_pledges *pledges,
                                          stk_error *error)
{
    return query_note_edition(cli_current, edition, pledges, error);
}

static inline json_t *cli_document(const cli_arguments *arguments, const char *name)
{
    return query_document(arguments, name);
}

/* A whole number; false after a message. */
bool cli_integer(const cli_arguments *arguments, const char *name, int missing, int *value);

/* False after a message where the name of an output promises another format than it gets. */
bool cli_check_name(const cli_arguments *arguments, const char *what, const char *path,
                    const char *choices, const char *given);

/* Write to --output or to the standard output, and release the buffer. */
int cli_write(const cli_arguments *arguments, stk_buffer *buffer);

/* Write a text to a file, or to the standard output where the path is NULL or "-". */
stk_status cli_write_to(const char *path, stk_text text, stk_error *error);

/* Print help or a manual page (mdoc) of a command; NULL is the program itself. */
void cli_print_help(const cli_command *command, FILE *out);
void cli_print_manual(const cli_command *command, FILE *out);
void cli_print_completion(bool zsh, FILE *out);

#endif
