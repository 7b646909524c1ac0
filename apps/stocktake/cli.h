/** @file cli.h
 * @brief The command line as data: commands, options, help; and what every command does alike.
 */
#ifndef STK_CLI_H
#define STK_CLI_H

#include <stdio.h>

#include <stocktake/modules.h>

#include "base/buffer.h"
#include "base/document.h"
#include "base/table.h"
#include "dataset/dataset.h"

enum { EXIT_DATA = 1, EXIT_USAGE = 2, CLI_OPTIONS_MAX = 48, CLI_OPERANDS_MAX = 1024 };

typedef struct cli_option {
    const char *name;     /* without the dashes */
    const char *argument; /* "DATE", or NULL for a switch */
    const char *help;
    const char *choices; /* "a|b|c" if only these are allowed, or NULL */
} cli_option;

typedef struct cli_arguments cli_arguments;

typedef struct cli_command {
    const char *name;
    const char *operands; /* "FILE.csv", or "" */
    int operands_min;
    int operands_max;
    const char *summary;                    /* one line */
    const char *description;                /* paragraphs, separated by blank lines */
    const char *examples;                   /* lines: a command, or "# what it shows" before it */
    const cli_option *const *option_groups; /* NULL-terminated list of NULL-name-terminated lists */
    int (*run)(const cli_arguments *arguments);
} cli_command;

struct cli_arguments {
    const cli_command *command;
    const char *values[CLI_OPTIONS_MAX]; /* parallel to the options of the command */
    int operand_count;
    const char *operands[CLI_OPERANDS_MAX];
};

extern const cli_command *const cli_commands[];   /* NULL-terminated */
extern const cli_option cli_common_options[];     /* --format, --output, --edition, --help */
#define cli_file_options (cli_common_options + 1) /* the same without --format */
/* What a world is computed with: the date; the GWP set; what levels depend on; what comes after the
 * last target; the user's data. */
extern const cli_option cli_date_options[];
extern const cli_option cli_gwp_options[];
extern const cli_option cli_target_options[];
extern const cli_option cli_extension_options[];
extern const cli_option cli_input_options[];
/* For the list of a command's options: all of them; all but --gwp, where the set is given. */
#define CLI_MODEL_OPTIONS                                                                          \
    cli_date_options, cli_gwp_options, cli_target_options, cli_extension_options, cli_input_options
#define CLI_MODEL_OPTIONS_OF_SET                                                                   \
    cli_date_options, cli_target_options, cli_extension_options, cli_input_options
extern const cli_option cli_benchmark_options[];
extern const cli_option cli_warming_options[]; /* --long-term */
extern const cli_option cli_series_options[];  /* --format for data sets, with cli_file_options */

/* The options of a command in order; NULL at the end. */
const cli_option *cli_option_at(const cli_command *command, int i);

/* Parse argv[1..]; returns false after a message if the usage is wrong, with exit 2; `*done` is set
 * when help was asked for and printed. */
bool cli_parse(const cli_command *command, int argc, char **argv, cli_arguments *arguments,
               bool *done);

/* ---- words: what was typed, and what was most likely meant; cli_words.c ---- */

enum { CLI_MEANT_SIZE = 256 };

/* "; did you mean gap?" for a word that is none of those known, or "". */
const char *cli_meant(const char *typed, const char *const *words, size_t count,
                      char out[CLI_MEANT_SIZE]);

/* The same for "a|b|c". */
const char *cli_meant_choice(const char *typed, const char *choices, char out[CLI_MEANT_SIZE]);

/* Refuse an option that the command has not: what was meant, or which commands have it. */
int cli_unknown_option(const cli_arguments *arguments, const char *typed);

/* The format among "a|b|c" that the ending of a file's name asks for; NULL where it says none. */
const char *cli_format_of_name(const char *path, const char *choices);

/* False after a message where the name of an output promises another format than it gets.
 * `what` is "--output"; `path` may be NULL; `given` is the value of --format, or NULL. */
bool cli_check_name(const cli_arguments *arguments, const char *what, const char *path,
                    const char *choices, const char *given);

/* The value of an option, NULL if it was not given ("" for a switch that was). */
const char *cli_value(const cli_arguments *arguments, const char *name);
bool cli_given(const cli_arguments *arguments, const char *name);

/* Index of the value among the choices of the option, `missing` if it was not given. */
int cli_choice(const cli_arguments *arguments, const char *name, int missing);

/* A whole number; false after a message. */
bool cli_integer(const cli_arguments *arguments, const char *name, int missing, int *value);

/* False for the options that only say where and how the result is written. */
bool cli_changes_result(const cli_option *option);

/* Whether the value is the one that the option has anyway, which its help has in brackets. */
bool cli_is_default(const cli_option *option, const char *value);

/* The command as it would be typed again, with --as-of even where it was today by default (0: it
 * has none); without the options that change no result. */
void cli_command_line(const cli_arguments *arguments, stk_date as_of, stk_buffer *out);

/* Wrong usage: prints the message and how to get help, returns EXIT_USAGE. */
int cli_usage(const cli_arguments *arguments, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* HDF5 may crash in its exit handler when a file of it could not be written, as on a full disk: the
 * process is to end without such handlers. cli_leave() does that if it was asked for. */
void cli_skip_exit_handlers(void);
void cli_leave(int exit_code);

/* Prints the error, returns EXIT_DATA, or EXIT_USAGE for the value of an option that no data would
 * allow (STK_EARG). */
int cli_refuse(const stk_error *error);

stk_format cli_format(const cli_arguments *arguments);

/* Write to --output or to the standard output, and release the buffer. */
int cli_write(const cli_arguments *arguments, stk_buffer *buffer);

/* Write a text to a file, or to the standard output where the path is NULL or "-". */
stk_status cli_write_to(const char *path, stk_text text, stk_error *error);

/* Write a table in the format asked for, and release it. `preface` and `notes` surround it on a
 * terminal only; may be NULL. */
int cli_write_table(const cli_arguments *arguments, stk_table *table, const char *preface,
                    const char *notes);

/* The same, with more to say in the head of a JSON document: an object, which is released. */
int cli_write_rows(const cli_arguments *arguments, stk_table *table, json_t *facts,
                   const char *preface, const char *notes);

/* The same, in a JSON document of another name than the command's, such as "assess area". */
int cli_write_rows_as(const cli_arguments *arguments, const char *name, stk_table *table,
                      json_t *facts, const char *preface, const char *notes);

/* Open edition, drivers and baselines as the options say. */
stk_status cli_open_data(const cli_arguments *arguments, stk_data *data, stk_error *error);
stk_status cli_open_edition(const cli_arguments *arguments, stk_edition **edition,
                            stk_error *error);

/* Fill the model options; STK_EARG for a date that is none. */
stk_status cli_options(const cli_arguments *arguments, const stk_data *data, stk_options *options,
                       stk_error *error);

/* Open the data and compute the world as the model options say. Whatever happens, the caller frees
 * the world and closes the data. */
stk_status cli_open_world(const cli_arguments *arguments, stk_data *data, stk_world **world,
                          stk_error *error);

/* Find the benchmark of --benchmark for a year. */
stk_status cli_benchmark(const cli_arguments *arguments, const stk_data *data, int year,
                         stk_benchmark *benchmark, stk_error *error);

/* A word on a date after the newest document of the edition: where it was asked for, and where so
 * much is missing that today's answer misleads. */
void cli_tell_beyond(const stk_data *data, stk_date as_of, bool asked);

/* The year of --year, or the headline year of the date.
 * `other` receives the milestone before it, 0 if there is none or --year was given. */
stk_status cli_year(const cli_arguments *arguments, const stk_data *data, stk_date date, int *year,
                    int *other, stk_error *error);

/* The same with the benchmark of the year. One that has only the milestone before the headline year
 * is taken for that. */
stk_status cli_year_and_benchmark(const cli_arguments *arguments, const stk_data *data,
                                  stk_date date, int *year, int *other, stk_benchmark *benchmark,
                                  stk_error *error);

/* Years and benchmarks of an assessment whose options are set; the second year only where the
 * benchmark has it. */
stk_status cli_years(const cli_arguments *arguments, const stk_data *data,
                     stk_assess_request *request, stk_error *error);

/* The same for every year of a span; years that the benchmark does not have are NaN. */
stk_status cli_benchmark_years(const cli_arguments *arguments, const stk_data *data, int first,
                               int last, stk_benchmark *benchmarks, stk_error *error);

/* One line on the standard error where --gwp gives way to the set of the benchmark. */
void cli_tell_set(const cli_arguments *arguments, const stk_data *data, const stk_options *options,
                  const stk_benchmark *benchmark);

/* ---- where a result comes from: noted while things are read, told by JSON and NetCDF ---- */

/* Whether the format asked for tells it. */
bool cli_tells_origin(const cli_arguments *arguments);

/* Read a file of the user's and note its checksum. */
stk_status cli_read_file(const char *role, const char *path, stk_text *content, stk_error *error);

/* Note a file that was read in pieces; one that is no regular file is left out, and so is NULL. */
void cli_note_file(const char *role, const char *path);

/* Note name and checksum of an edition, the last one counts.
 * `pledges` of the edition, or NULL: they are read. */
stk_status cli_note_edition(stk_edition *edition, const stk_pledges *pledges, stk_error *error);
void cli_note_date(stk_date as_of);
void cli_note_known_until(const stk_pledges *pledges);
stk_date cli_noted_date(void); /* 0: none was noted */
void cli_note_benchmark(const stk_gwp_table *gwp, const stk_benchmark *benchmark);

/* A line on the day up to which documents are known; nothing for a command without a date. */
void cli_tell_known_until(stk_buffer *out);

/* All of it, for NetCDF; close it after use. `command` is its name, such as "gap". */
void cli_origin_open(const cli_arguments *arguments, const char *command, stk_origin *origin,
                     stk_buffer *line);
void cli_origin_close(stk_origin *origin, stk_buffer *line);

/* Add date and benchmark to an object, which is made if it is NULL. */
void cli_origin_facts(json_t **attributes);

/* A JSON document with everything that was noted, or NULL without memory.
 * `command` is its name, such as "gap" or "data check". */
json_t *cli_document(const cli_arguments *arguments, const char *command);

/* ---- data sets: commands whose --format is that of cli_series_options ---- */

enum { CLI_IAMC = STK_FORMAT_JSON + 1, CLI_NETCDF };

/* Whether the result is a data set. */
bool cli_is_series(const cli_arguments *arguments);

/* False after a message when NetCDF has nowhere to go. */
bool cli_check_series(const cli_arguments *arguments);

/* Write a data set in the format asked for. */
int cli_write_series(const cli_arguments *arguments, dataset *c);

/* Print help or a manual page (mdoc) of a command; NULL is the program itself. */
void cli_print_help(const cli_command *command, FILE *out);
void cli_print_manual(const cli_command *command, FILE *out);
void cli_print_completion(bool zsh, FILE *out);

#endif
