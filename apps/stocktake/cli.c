/** @file cli.c
 * @brief Parsing of options, and what every command does alike.
 */
#include "cli.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

const cli_option cli_common_options[] = {
    {"format", "FORMAT", "How to write the result. [text]", "text|csv|json"},
    {"output", "FILE",
     "Write to FILE, completely or not at all; its ending (.csv, .json, ...) decides the format "
     "where --format does not. [standard output]",
     NULL},
    {"edition", "DIR",
     "Use the data in DIR, laid out as the project's data/; also STOCKTAKE_EDITION. [embedded]",
     NULL},
    {"help", NULL, "Show this help.", NULL},
    {NULL, NULL, NULL, NULL}};

const cli_option cli_date_options[] = {
    {"as-of", "DATE", "Count the documents known on this day. [today]", NULL},
    {NULL, NULL, NULL, NULL}};

const cli_option cli_gwp_options[] = {
    {"gwp", "SET", "Global warming potentials: SAR, AR4, AR5, AR6 or a column of gwp.csv. [AR6]",
     NULL},
    {NULL, NULL, NULL, NULL}};

const cli_option cli_target_options[] = {
    {"include-announced", NULL, "Count announced and draft documents too.", NULL},
    {"ignore-withdrawal", NULL, "Count targets of Parties outside the Agreement too.", NULL},
    {"sinks", "RULE",
     "Targets that count LULUCF: cut emissions and land use together (net), or add sinks as they "
     "are (unscaled). [net]",
     "net|unscaled"},
    {"lulucf-source", "RULE",
     "Where land use is a source and the target counts it: cut it first, hold it, or cut both "
     "alike. [first]",
     "first|hold|proportional"},
    {"stated", "RULE",
     "Levels that a document states: carried over from the Party's own inventory to the composite "
     "one (scaled), or taken as they are (own). [scaled]",
     "scaled|own"},
    {"hot-air", "RULE", "Levels above a Party's baseline: keep them, or cap them there. [keep]",
     "keep|cap"},
    {NULL, NULL, NULL, NULL}};

const cli_option cli_extension_options[] = {
    {"extend", "METHOD",
     "How pathways go on beyond the last target: at the yearly rate of the document (own_rate), "
     "straight to the net-zero year (net_zero) or otherwise. In warming, how Parties without a "
     "net-zero year go on. [own_rate]",
     "net_zero|constant_rate|constant_level|baseline_ratio|own_rate"},
    {"net-zero", "STANDING",
     "The weakest standing of net-zero years that counts in warming, and in levels with --extend "
     "net_zero. [warming: policy; levels: pledge]",
     "none|proposed|pledge|policy|law"},
    {NULL, NULL, NULL, NULL}};

const cli_option cli_input_options[] = {
    {"drivers", "FILE", "Your own GDP and population, IAMC CSV (Region = ISO3 code).", NULL},
    {"baselines", "FILE", "Your own baselines: CSV with iso3, gwp and year columns, Mt CO2e.",
     NULL},
    {NULL, NULL, NULL, NULL}};

const cli_option cli_benchmark_options[] = {
    {"benchmark", "NAME",
     "Hold against a scenario category (C1, C3, C1:p25 for another percentile), a FILE.csv, or "
     "FILE.csv:NAME. [C1]",
     NULL},
    {NULL, NULL, NULL, NULL}};

const cli_option cli_warming_options[] = {
    {"long-term", "RULE",
     "How the world goes on after 2050 for its warming: at its place among the library's "
     "scenarios, or as national pathways add up. [library]",
     "library|pathways"},
    {NULL, NULL, NULL, NULL}};

const cli_option *cli_option_at(const cli_command *command, int i)
{
    for (const cli_option *const *group = command->option_groups; *group != NULL; group++) {
        for (const cli_option *option = *group; option->name != NULL; option++) {
            if (i-- == 0) {
                return option;
            }
        }
    }
    return NULL;
}

static int find_option(const cli_command *command, const char *name)
{
    for (int i = 0; cli_option_at(command, i) != NULL; i++) {
        if (strcmp(cli_option_at(command, i)->name, name) == 0) {
            return i;
        }
    }
    return -1;
}

const char *cli_value(const cli_arguments *arguments, const char *name)
{
    int i = find_option(arguments->command, name);
    return i < 0 ? NULL : arguments->values[i];
}

bool cli_given(const cli_arguments *arguments, const char *name)
{
    return cli_value(arguments, name) != NULL;
}

/* Position of `value` in "a|b|c", -1 if it is not among them. */
static int choice_index(const char *choices, const char *value)
{
    size_t size = strlen(value);
    int index = 0;
    for (const char *at = choices;; index++) {
        const char *end = strchr(at, '|');
        size_t length = end == NULL ? strlen(at) : (size_t)(end - at);
        if (length == size && memcmp(at, value, size) == 0) {
            return index;
        }
        if (end == NULL) {
            return -1;
        }
        at = end + 1;
    }
}

int cli_choice(const cli_arguments *arguments, const char *name, int missing)
{
    int i = find_option(arguments->command, name);
    const char *value = i < 0 ? NULL : arguments->values[i];
    return value == NULL ? missing
                         : choice_index(cli_option_at(arguments->command, i)->choices, value);
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

int cli_usage(const cli_arguments *arguments, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    fprintf(stderr, "stocktake %s: ", arguments->command->name);
    vfprintf(stderr, format, list);
    fprintf(stderr, "\nTry 'stocktake %s --help'.\n", arguments->command->name);
    va_end(list);
    return EXIT_USAGE;
}

int cli_refuse(const stk_error *error)
{
    char text[1024];
    stk_error_format(error, text, sizeof text);
    fprintf(stderr, "stocktake: %s\n", text);
    return error->status == STK_EARG ? EXIT_USAGE : EXIT_DATA;
}

static bool take_option(cli_arguments *arguments, int index, const char *value)
{
    const cli_option *option = cli_option_at(arguments->command, index);
    if (option->choices != NULL && value != NULL && choice_index(option->choices, value) < 0) {
        char meant[CLI_MEANT_SIZE];
        cli_usage(arguments, "--%s: '%s' is refused; allowed: %s%s", option->name, value,
                  option->choices, cli_meant_choice(value, option->choices, meant));
        return false;
    }
    stk_date date;
    bool is_date = option->argument != NULL && strcmp(option->argument, "DATE") == 0;
    if (is_date && !stk_date_parse(stk_text_of(value), &date)) {
        cli_usage(arguments, "--%s: '%s' is refused; allowed: a date as 2021-04-22", option->name,
                  value);
        return false;
    }
    arguments->values[index] = value == NULL ? "" : value;
    return true;
}

static bool take_operands(cli_arguments *arguments, int argc, char **argv)
{
    const cli_command *command = arguments->command;
    for (int i = optind; i < argc && arguments->operand_count < CLI_OPERANDS_MAX; i++) {
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

/* Where --format and --output both exist, the name of the file and the format agree. */
static bool check_output(const cli_arguments *arguments)
{
    int i = find_option(arguments->command, "format");
    return i < 0 ||
           cli_check_name(arguments, "--output", cli_value(arguments, "output"),
                          cli_option_at(arguments->command, i)->choices, arguments->values[i]);
}

bool cli_parse(const cli_command *command, int argc, char **argv, cli_arguments *arguments,
               bool *done)
{
    struct option options[CLI_OPTIONS_MAX + 1] = {{NULL, 0, NULL, 0}};
    memset(arguments, 0, sizeof *arguments);
    arguments->command = command;
    *done = false;
    for (int i = 0; cli_option_at(command, i) != NULL && i < CLI_OPTIONS_MAX; i++) {
        const cli_option *option = cli_option_at(command, i);
        options[i] = (struct option){option->name, option->argument != NULL, NULL, 1000 + i};
    }
    int help = 1000 + find_option(command, "help");
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

/* A word as a shell takes it, quoted where it must be. */
static void write_word(stk_buffer *out, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-./:,+=@%";
    if (word[0] != '\0' && strspn(word, plain) == strlen(word)) {
        stk_buffer_text(out, word);
        return;
    }
    stk_buffer_text(out, "'");
    for (const char *at = word; *at != '\0'; at++) {
        if (*at == '\'') {
            stk_buffer_text(out, "'\\''");
        } else {
            stk_buffer_append(out, (stk_text){at, 1});
        }
    }
    stk_buffer_text(out, "'");
}

bool cli_changes_result(const cli_option *option)
{
    static const char *const others[] = {"format", "output", "threads", "part",
                                         "resume", "report", "netcdf"};
    for (size_t k = 0; k < sizeof others / sizeof *others; k++) {
        if (strcmp(option->name, others[k]) == 0) {
            return false;
        }
    }
    return true;
}

void cli_command_line(const cli_arguments *arguments, stk_date as_of, stk_buffer *out)
{
    const cli_option *option;
    char date[STK_DATE_SIZE];
    stk_date_format(as_of, date);
    stk_buffer_printf(out, "stocktake %s", arguments->command->name);
    for (int i = 0; i < arguments->operand_count; i++) {
        stk_buffer_text(out, " ");
        write_word(out, arguments->operands[i]);
    }
    if (as_of != 0) {
        stk_buffer_printf(out, " --as-of %s", date);
    }
    for (int i = 0; (option = cli_option_at(arguments->command, i)) != NULL; i++) {
        if (arguments->values[i] == NULL || !cli_changes_result(option) ||
            strcmp(option->name, "as-of") == 0) {
            continue;
        }
        stk_buffer_printf(out, " --%s", option->name);
        if (option->argument != NULL) {
            stk_buffer_text(out, " ");
            write_word(out, arguments->values[i]);
        }
    }
}

/* What --format says, else the ending of --output, else text. */
stk_format cli_format(const cli_arguments *arguments)
{
    int i = find_option(arguments->command, "format");
    if (i < 0 || arguments->values[i] != NULL) {
        return (stk_format)cli_choice(arguments, "format", STK_FORMAT_TEXT);
    }
    const char *choices = cli_option_at(arguments->command, i)->choices;
    const char *named = cli_format_of_name(cli_value(arguments, "output"), choices);
    return named == NULL ? STK_FORMAT_TEXT : (stk_format)choice_index(choices, named);
}

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

int cli_write_table(const cli_arguments *arguments, stk_table *table, const char *preface,
                    const char *notes)
{
    return cli_write_rows(arguments, table, json_object(), preface, notes);
}

int cli_write_rows(const cli_arguments *arguments, stk_table *table, json_t *facts,
                   const char *preface, const char *notes)
{
    return cli_write_rows_as(arguments, arguments->command->name, table, facts, preface, notes);
}

int cli_write_rows_as(const cli_arguments *arguments, const char *name, stk_table *table,
                      json_t *facts, const char *preface, const char *notes)
{
    stk_buffer buffer = {0};
    stk_error error;
    stk_status status;
    stk_format format = cli_format(arguments);
    bool text = format == STK_FORMAT_TEXT;
    stk_buffer_text(&buffer, text && preface != NULL ? preface : "");
    if (format == STK_FORMAT_JSON) {
        json_t *document = cli_document(arguments, name);
        document_add(document, json_incref(facts));
        document_add_table(document, "rows", table);
        status = document_write(document, &buffer, &error);
    } else {
        status = stk_table_write(table, format, &buffer, &error);
    }
    stk_buffer_text(&buffer, text && notes != NULL ? notes : "");
    if (text) {
        cli_tell_known_until(&buffer);
    }
    stk_table_free(table);
    json_decref(facts);
    if (status != STK_OK) {
        stk_buffer_free(&buffer);
        return cli_refuse(&error);
    }
    return cli_write(arguments, &buffer);
}

static const char *edition_folder(const cli_arguments *arguments)
{
    const char *folder = cli_value(arguments, "edition");
    folder = folder == NULL ? getenv("STOCKTAKE_EDITION") : folder;
    return folder != NULL && folder[0] == '\0' ? NULL : folder;
}

stk_status cli_open_edition(const cli_arguments *arguments, stk_edition **edition, stk_error *error)
{
    const char *folder = edition_folder(arguments);
    stk_status status = folder == NULL ? stk_edition_open_embedded(edition, error)
                                       : stk_edition_open_folder(folder, edition, error);
    if (status == STK_OK && cli_tells_origin(arguments)) {
        status = cli_note_edition(*edition, NULL, error);
        if (status != STK_OK) {
            stk_edition_free(*edition);
            *edition = NULL;
        }
    }
    return status;
}

stk_status cli_open_data(const cli_arguments *arguments, stk_data *data, stk_error *error)
{
    stk_baseline_files files = {.drivers_name = cli_value(arguments, "drivers"),
                                .baselines_name = cli_value(arguments, "baselines")};
    stk_status status = STK_OK;
    memset(data, 0, sizeof *data);
    if (files.drivers_name != NULL) {
        status = cli_read_file("drivers", files.drivers_name, &files.drivers, error);
    }
    if (status == STK_OK && files.baselines_name != NULL) {
        status = cli_read_file("baselines", files.baselines_name, &files.baselines, error);
    }
    if (status == STK_OK) {
        status = stk_data_open(data, edition_folder(arguments), &files, error);
    }
    if (status == STK_OK) {
        cli_note_known_until(data->pledges);
    }
    if (status == STK_OK && cli_tells_origin(arguments)) {
        status = cli_note_edition(data->edition, data->pledges, error);
    }
    free((char *)files.drivers.data);
    free((char *)files.baselines.data);
    return status;
}

static stk_date today(void)
{
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    return (stk_date)(10000 * (utc.tm_year + 1900) + 100 * (utc.tm_mon + 1) + utc.tm_mday);
}

stk_status cli_options(const cli_arguments *arguments, const stk_data *data, stk_options *options,
                       stk_error *error)
{
    const char *as_of = cli_value(arguments, "as-of");
    const char *gwp = cli_value(arguments, "gwp");
    *options = (stk_options){
        .as_of = {.date = today(),
                  .include_announced = cli_given(arguments, "include-announced"),
                  .ignore_withdrawal = cli_given(arguments, "ignore-withdrawal")},
        .sinks = (stk_sinks)cli_choice(arguments, "sinks", STK_SINKS_NET),
        .lulucf_source =
            (stk_lulucf_source)cli_choice(arguments, "lulucf-source", STK_LULUCF_SOURCE_FIRST),
        .stated = (stk_stated_rule)cli_choice(arguments, "stated", STK_STATED_SCALED),
        .cap_hot_air = cli_choice(arguments, "hot-air", 0) == 1,
        .extension = (stk_extension)cli_choice(arguments, "extend", STK_EXTEND_OWN_RATE),
        .net_zero = (stk_net_zero)cli_choice(arguments, "net-zero", STK_NET_ZERO_PLEDGE),
        .binding = (stk_net_zero)cli_choice(arguments, "net-zero", STK_NET_ZERO_POLICY),
        .long_term = (stk_long_term)cli_choice(arguments, "long-term", STK_LONG_TERM_LIBRARY)};
    if (as_of != NULL) {
        stk_date_parse(stk_text_of(as_of), &options->as_of.date); /* checked when it was given */
    }
    cli_note_date(options->as_of.date);
    cli_tell_beyond(data, options->as_of.date, as_of != NULL);
    return stk_gwp_find_set(stk_inventory_gwp(data->inventory),
                            stk_text_of(gwp == NULL ? "AR6" : gwp), &options->gwp, error);
}

stk_status cli_open_world(const cli_arguments *arguments, stk_data *data, stk_world **world,
                          stk_error *error)
{
    stk_options options;
    *world = NULL;
    stk_status status = cli_open_data(arguments, data, error);
    if (status == STK_OK) {
        status = cli_options(arguments, data, &options, error);
    }
    return status == STK_OK ? stk_world_make(data->inventory, data->pledges, data->baseline,
                                             &options, world, error)
                            : status;
}

/* What --benchmark names: "NAME" of the edition, or "FILE.csv" with or without ":NAME". */
typedef struct benchmark_source {
    const char *name;
    char path[4096]; /* "": the edition's own table */
    stk_text content;
} benchmark_source;

static stk_status open_benchmark(const cli_arguments *arguments, benchmark_source *source,
                                 stk_error *error)
{
    const char *value = cli_value(arguments, "benchmark");
    const char *csv = value == NULL ? NULL : strstr(value, ".csv");
    *source = (benchmark_source){value == NULL ? "C1" : value, "", {NULL, 0}};
    if (csv == NULL) {
        return STK_OK;
    }
    size_t length = (size_t)(csv - value) + 4;
    if (length >= sizeof source->path) {
        return stk_error_set(error, STK_EARG, "the name of the benchmark's file is too long");
    }
    memcpy(source->path, value, length);
    source->path[length] = '\0';
    source->name = value[length] == ':' ? value + length + 1 : value + length;
    return cli_read_file("benchmark", source->path, &source->content, error);
}

static void close_benchmark(benchmark_source *source)
{
    free((char *)source->content.data);
}

stk_status cli_benchmark(const cli_arguments *arguments, const stk_data *data, int year,
                         stk_benchmark *benchmark, stk_error *error)
{
    benchmark_source source;
    *benchmark = (stk_benchmark){.name = ""};
    stk_status status = open_benchmark(arguments, &source, error);
    if (status == STK_OK) {
        status = stk_benchmark_find(data->edition, stk_inventory_gwp(data->inventory), source.name,
                                    source.path, source.content, year, benchmark, error);
    }
    if (status == STK_ENOTFOUND && benchmark->source[0] != '\0' && error != NULL &&
        !cli_given(arguments, "year")) { /* it is there, but not for the year */
        stk_error before = *error;
        status = stk_error_set(error, status, "%.400s; --year names another year", before.message);
    }
    if (status == STK_OK) {
        cli_note_benchmark(stk_inventory_gwp(data->inventory), benchmark);
    }
    close_benchmark(&source);
    return status;
}

stk_status cli_benchmark_years(const cli_arguments *arguments, const stk_data *data, int first,
                               int last, stk_benchmark *benchmarks, stk_error *error)
{
    benchmark_source source;
    stk_status status = open_benchmark(arguments, &source, error);
    if (status == STK_OK) {
        status =
            stk_benchmark_find_years(data->edition, stk_inventory_gwp(data->inventory), source.name,
                                     source.path, source.content, first, last, benchmarks, error);
    }
    if (status == STK_OK) {
        cli_note_benchmark(stk_inventory_gwp(data->inventory), benchmarks);
    }
    close_benchmark(&source);
    return status;
}

void cli_tell_set(const cli_arguments *arguments, const stk_data *data, const stk_options *options,
                  const stk_benchmark *benchmark)
{
    const char *set = stk_gwp_set_label(stk_inventory_gwp(data->inventory), benchmark->gwp);
    if (options->gwp != benchmark->gwp && cli_given(arguments, "gwp")) {
        fprintf(stderr,
                "stocktake: the benchmark is in %s, so the world is computed in %s for the gap\n",
                set, set);
    }
}
