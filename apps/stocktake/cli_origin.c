/** @file cli_origin.c
 * @brief What a run of the program has read, so that its result says where it comes from.
 *
 * A run of the program makes one result; what is noted here is that result's.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <sha256.h>

#include "report/report.h"

static struct {
    json_t *inputs;
    char edition[4096]; /* "" until one was read */
    char edition_sha256[STK_SHA256_SIZE];
    stk_date as_of; /* 0: the command has none */
    stk_date known_until;
    json_t *benchmark;
} noted;

bool cli_tells_origin(const cli_arguments *arguments)
{
    int format = (int)cli_format(arguments);
    return format == STK_FORMAT_JSON || format == CLI_NETCDF;
}

static bool is_noted(const char *role, const char *path)
{
    size_t i;
    bool found = false;
    const json_t *input;
    json_t *name = document_text(path); /* as it is noted: a file may be named by any bytes */
    json_array_foreach(noted.inputs, i, input)
    {
        const char *its_role = json_string_value(json_object_get(input, "role"));
        found = found ||
                (strcmp(its_role, role) == 0 && json_equal(json_object_get(input, "file"), name));
    }
    json_decref(name);
    return found;
}

static void note_input(const char *role, const char *path, const char *sha256)
{
    if (noted.inputs == NULL) {
        noted.inputs = json_array();
    }
    json_array_append_new(noted.inputs, json_pack("{s:s, s:o, s:s}", "role", role, "file",
                                                  document_text(path), "sha256", sha256));
}

stk_status cli_read_file(const char *role, const char *path, stk_text *content, stk_error *error)
{
    char sha256[STK_SHA256_SIZE];
    stk_status status = stk_file_read(path, content, error);
    if (status != STK_OK || is_noted(role, path)) {
        return status;
    }
    stk_sha256(*content, sha256);
    note_input(role, path, sha256);
    return STK_OK;
}

void cli_note_file(const char *role, const char *path)
{
    char sha256[SHA256_DIGEST_STRING_LENGTH];
    struct stat information;
    SHA256_CTX hash;
    uint8_t piece[65536];
    if (path == NULL || is_noted(role, path) || stat(path, &information) != 0 ||
        !S_ISREG(information.st_mode)) {
        return;
    }
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return;
    }
    SHA256Init(&hash);
    for (size_t got; (got = fread(piece, 1, sizeof piece, file)) > 0;) {
        SHA256Update(&hash, piece, got);
    }
    SHA256End(&hash, sha256);
    fclose(file);
    note_input(role, path, sha256);
}

stk_status cli_note_edition(stk_edition *edition, const stk_pledges *pledges, stk_error *error)
{
    stk_pledges *own = NULL;
    stk_status status =
        pledges != NULL ? STK_OK : stk_pledges_load(edition, NULL, &own, NULL, error);
    if (status == STK_OK) {
        stk_data data = {.edition = edition,
                         .pledges = pledges != NULL ? (stk_pledges *)(uintptr_t)pledges : own};
        status = stk_data_checksum(&data, noted.edition_sha256, error);
    }
    stk_pledges_free(own);
    snprintf(noted.edition, sizeof noted.edition, "%s", stk_edition_name(edition));
    return status;
}

void cli_note_date(stk_date as_of)
{
    noted.as_of = as_of;
}

void cli_note_known_until(const stk_pledges *pledges)
{
    noted.known_until = stk_pledges_known_until(pledges);
}

void cli_tell_known_until(stk_buffer *out)
{
    if (noted.as_of != 0 && noted.known_until != 0) {
        stk_buffer_text(out, "\n");
        stk_report_known_until(noted.known_until, noted.as_of, out);
    }
}

stk_date cli_noted_date(void)
{
    return noted.as_of;
}

void cli_note_benchmark(const stk_gwp_table *gwp, const stk_benchmark *benchmark)
{
    json_decref(noted.benchmark);
    noted.benchmark = json_pack("{s:s, s:s, s:s, s:s, s:s}", "name", benchmark->name, "source",
                                benchmark->source, "percentile", benchmark->percentile, "gwp",
                                stk_gwp_set_label(gwp, benchmark->gwp), "scope",
                                benchmark->with_lulucf ? "incl_lulucf" : "excl_lulucf");
}

bool cli_is_default(const cli_option *option, const char *value)
{
    const char *usual = strrchr(option->help, '[');
    size_t size = strlen(value);
    return usual != NULL && option->argument != NULL && strncasecmp(usual + 1, value, size) == 0 &&
           usual[1 + size] == ']';
}

/* The options that were given, and the date even where it is today by default. */
static json_t *given_options(const cli_arguments *arguments)
{
    char date[STK_DATE_SIZE];
    const cli_option *option;
    json_t *options = json_object();
    for (int i = 0; (option = cli_option_at(arguments->command, i)) != NULL; i++) {
        const char *value = arguments->values[i];
        if (strcmp(option->name, "as-of") == 0 && noted.as_of != 0) {
            stk_date_format(noted.as_of, date);
            value = date;
        }
        if (value != NULL && cli_changes_result(option)) {
            json_object_set_new(options, option->name,
                                option->argument == NULL ? json_true() : document_text(value));
        }
    }
    return options;
}

void cli_origin_open(const cli_arguments *arguments, const char *command, stk_origin *origin,
                     stk_buffer *line)
{
    bool read = noted.edition[0] != '\0';
    cli_command_line(arguments, noted.as_of, line);
    *origin =
        (stk_origin){.command = command,
                     .command_line = line->data,
                     .options = given_options(arguments),
                     .inputs = noted.inputs != NULL ? json_incref(noted.inputs) : json_array(),
                     .edition = read ? noted.edition : NULL,
                     .edition_sha256 = read ? noted.edition_sha256 : NULL};
}

void cli_origin_close(stk_origin *origin, stk_buffer *line)
{
    json_decref(origin->options);
    json_decref(origin->inputs);
    stk_buffer_free(line);
}

/* The date, and the benchmark if there is one. */
static void add_facts(json_t *object, bool flat)
{
    char date[STK_DATE_SIZE];
    const char *key;
    json_t *value;
    if (noted.as_of != 0) {
        stk_date_format(noted.as_of, date);
        json_object_set_new(object, "as_of", json_string(date));
        stk_date_format(noted.known_until, date);
        json_object_set_new(object, "known_until",
                            noted.known_until != 0 ? json_string(date) : json_null());
    }
    if (noted.benchmark != NULL && !flat) {
        json_object_set(object, "benchmark", noted.benchmark);
    }
    json_object_foreach(flat ? noted.benchmark : NULL, key, value)
    {
        char name[64];
        snprintf(name, sizeof name, "benchmark_%s", key);
        json_object_set(object, name, value);
    }
}

void cli_origin_facts(json_t **attributes)
{
    *attributes = *attributes == NULL ? json_object() : *attributes;
    add_facts(*attributes, true);
}

json_t *cli_document(const cli_arguments *arguments, const char *command)
{
    stk_buffer line = {0};
    stk_origin origin;
    cli_origin_open(arguments, command, &origin, &line);
    json_t *document = line.failed ? NULL : document_new(&origin);
    add_facts(document, false);
    cli_origin_close(&origin, &line);
    return document;
}
