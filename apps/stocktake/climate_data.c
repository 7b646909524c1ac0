/** @file climate_data.c
 * @brief The files of a climate run: calibration, history, scenarios; with their checksums.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <sys/types.h>

#include <sha256.h>

#include <stocktake/shipped.h>

#include "base/try.h"
#include "cmd_climate.h"

static void note_input(climate_data *data, const char *role, const char *name, const char *sha256)
{
    json_array_append_new(
        data->inputs, json_pack("{s:s, s:s, s:s}", "role", role, "file", name, "sha256", sha256));
}

static void note_content(climate_data *data, const char *role, const char *name, stk_text content)
{
    char sha256[STK_SHA256_SIZE];
    stk_sha256(content, sha256);
    note_input(data, role, name, sha256);
}

static void note_calibration(void *user, const char *path, stk_text content)
{
    note_content(user, "calibration", path, content);
}

stk_status climate_open_calibration(const cli_arguments *arguments, climate_data *data,
                                    stk_error *error)
{
    const char *folder = cli_value(arguments, "calibration");
    stk_status status;
    data->inputs = json_array();
    STK_TRY(cli_open_edition(arguments, &data->edition, error));
    if (folder != NULL) {
        STK_TRY(stk_edition_open_folder(folder, &data->folder, error));
    }
    STK_TRY(stk_shipped_calibration(folder != NULL ? data->folder : data->edition,
                                    folder != NULL ? "" : "climate/", note_calibration, data,
                                    &data->calibration, error));
done:
    return status;
}

/* --- scenario files, read in pieces -------------------------------------------------------------
 */

/* The checksum is that of what was read: a packed file is the same input as the file in it. */
typedef struct hashed_file {
    stk_stream *stream;
    SHA256_CTX hash;
} hashed_file;

static stk_status read_piece(void *user, char *buffer, size_t size, size_t *got, stk_error *error)
{
    hashed_file *file = user;
    stk_status status = stk_stream_read(file->stream, buffer, size, got, error);
    SHA256Update(&file->hash, (const uint8_t *)buffer, *got);
    return status;
}

static stk_status read_scenarios(climate_data *data, const char *path, stk_iamc **table,
                                 stk_error *error)
{
    char sha256[SHA256_DIGEST_STRING_LENGTH];
    hashed_file file = {.stream = NULL};
    stk_iamc_filter filter = {.wanted = stk_climate_names_want, .user = data->names};
    stk_iamc_input input = {path, read_piece, &file};
    stk_status status = stk_stream_open(path, &file.stream, error);
    if (status != STK_OK) {
        return status;
    }
    SHA256Init(&file.hash);
    status = stk_iamc_read_stream(&input, &filter, table, error);
    SHA256End(&file.hash, sha256);
    stk_stream_close(file.stream);
    if (status == STK_OK) {
        note_input(data, "scenarios", path, sha256);
    }
    return status;
}

static stk_status open_tables(const cli_arguments *arguments, climate_data *data, stk_error *error)
{
    stk_status status = STK_OK;
    data->tables = calloc((size_t)arguments->operand_count, sizeof(stk_iamc *));
    data->names = stk_climate_names_new(data->calibration);
    if (data->tables == NULL || data->names == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    for (int i = 0; status == STK_OK && i < arguments->operand_count; i++) {
        status = read_scenarios(data, arguments->operands[i], &data->tables[i], error);
        data->table_count += status == STK_OK;
    }
    return status;
}

/* A shipped table, noted as an input. */
static stk_status open_shipped(climate_data *data, const char *role, const char *path,
                               stk_iamc **table, stk_error *error)
{
    stk_text content;
    stk_status status;
    STK_TRY(stk_edition_read(data->edition, path, &content, error));
    note_content(data, role, path, content);
    STK_TRY(stk_shipped_table(data->edition, path, NULL, table, error));
done:
    return status;
}

static stk_status open_history(const cli_arguments *arguments, climate_data *data, stk_error *error)
{
    const char *own = cli_value(arguments, "history");
    stk_text content;
    if (own == NULL) {
        return open_shipped(data, "history", STK_SHIPPED_HISTORY, &data->history, error);
    }
    stk_status status = stk_file_unpack(own, &content, error);
    if (status == STK_OK) {
        note_content(data, "history", own, content);
        status = stk_iamc_read(own, content, NULL, &data->history, error);
        free((char *)(uintptr_t)content.data);
    }
    return status;
}

/* Variables that are no species: named once, or refused. */
static stk_status tell_unknown(const cli_arguments *arguments, const climate_data *data,
                               stk_error *error)
{
    enum { SHOWN = 20 };
    size_t count = stk_climate_names_unknown_count(data->names);
    if (count > 0 && cli_given(arguments, "strict")) {
        return stk_error_set(error, STK_EDATA, "'%s' is no species of the calibration%s",
                             stk_climate_names_unknown(data->names, 0),
                             count > 1 ? ", nor are others" : "");
    }
    for (size_t i = 0; i < count && i < SHOWN; i++) {
        fprintf(stderr, "%s%s", i == 0 ? "stocktake: left out, no species of the model: " : "; ",
                stk_climate_names_unknown(data->names, i));
    }
    if (count > SHOWN) {
        fprintf(stderr, "; and %zu more", count - SHOWN);
    }
    fprintf(stderr, "%s", count > 0 ? "\n" : "");
    return STK_OK;
}

stk_status climate_open(const cli_arguments *arguments, climate_data *data, stk_error *error)
{
    stk_status status;
    STK_TRY(open_tables(arguments, data, error));
    STK_TRY(tell_unknown(arguments, data, error));
    STK_TRY(open_history(arguments, data, error));
    if (cli_given(arguments, "fill")) {
        STK_TRY(
            open_shipped(data, "library", "pathways/scenario_library.csv", &data->library, error));
    }
    stk_climate_scenario_options options = {
        .history = data->history,
        .join = (stk_join)cli_choice(arguments, "join", STK_JOIN_NONE),
        .library = data->library};
    STK_TRY(stk_climate_scenarios_new(data->calibration, (const stk_iamc *const *)data->tables,
                                      data->table_count, &options, &data->scenarios, error));
done:
    return status;
}

void climate_close(climate_data *data)
{
    stk_climate_scenarios_free(data->scenarios);
    for (size_t i = 0; i < data->table_count; i++) {
        stk_iamc_free(data->tables[i]);
    }
    free(data->tables);
    stk_iamc_free(data->history);
    stk_iamc_free(data->library);
    stk_climate_names_free(data->names);
    stk_calibration_free(data->calibration);
    stk_edition_free(data->folder);
    stk_edition_free(data->edition);
    json_decref(data->inputs);
}
