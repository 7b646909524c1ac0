/** @file query_origin.c
 * @brief What a question has read, so that its answer says where it comes from.
 */
#include "question/query.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/sha256.h"
#include "data/paths.h"
#include "report/report.h"

bool query_tells_origin(const query *q)
{
    int format = (int)query_format(q);
    return format == QUERY_JSON || format == QUERY_NETCDF;
}

static bool is_noted(const query *q, const char *role, const char *path)
{
    size_t i;
    bool found = false;
    const json_t *input;
    json_t *name = document_text(path); /* as it is noted: a file may be named by any bytes */
    json_array_foreach(q->notes.inputs, i, input)
    {
        const char *its_role = json_string_value(json_object_get(input, "role"));
        found = found ||
                (strcmp(its_role, role) == 0 && json_equal(json_object_get(input, "file"), name));
    }
    json_decref(name);
    return found;
}

void query_note_input(query *q, const char *role, const char *path, const char *sha256)
{
    if (q->notes.inputs == NULL) {
        q->notes.inputs = json_array();
    }
    if (q->notes.failed) {
        return;
    }
    document_push(&q->notes.inputs, json_pack("{s:s, s:o, s:s}", "role", role, "file",
                                              document_text(path), "sha256", sha256));
    q->notes.failed = q->notes.inputs == NULL;
}

void query_note_content(query *q, const char *role, const char *path, stk_text content)
{
    char sha256[STK_SHA256_SIZE];
    if (!is_noted(q, role, path)) {
        stk_sha256(content, sha256);
        query_note_input(q, role, path, sha256);
    }
}

stk_status query_read_file(query *q, const char *role, const char *path, stk_text *content,
                           stk_error *error)
{
    stk_status status = stk_file_read(path, content, error);
    if (status == STK_OK) {
        query_note_content(q, role, path, *content);
    }
    return status;
}

/* A file as it was before its checksum was taken. */
struct query_file {
    struct query_file *next;
    const char *path;
    struct stat information;
    bool unread; /* its checksum is of less than all of it */
};

/* Whatever writes to a file or puts another in its place moves the time of its change. */
static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

stk_status query_check_files(const query *q, stk_error *error)
{
    for (const struct query_file *f = q->notes.files; f != NULL; f = f->next) {
        struct stat now;
        if (f->unread) {
            return stk_error_at(error, STK_EIO, f->path, 0, 0, "cannot be read for its checksum");
        }
        if (stat(f->path, &now) != 0 || !same_file(&now, &f->information)) {
            return stk_error_at(error, STK_EIO, f->path, 0, 0,
                                "the file changed while it was read");
        }
    }
    return STK_OK;
}

void query_note_file(query *q, const char *role, const char *path)
{
    char sha256[STK_SHA256_SIZE];
    struct query_file noted = {.next = q->notes.files};
    stk_sha256_sum sum;
    char piece[65536];
    if (path == NULL || is_noted(q, role, path) || stat(path, &noted.information) != 0 ||
        !S_ISREG(noted.information.st_mode)) {
        return;
    }
    struct query_file *kept = query_alloc(q, sizeof *kept);
    noted.path = stk_arena_string(&q->arena, stk_text_of(path));
    if (kept == NULL || noted.path == NULL) {
        q->notes.failed = true;
        return;
    }
    FILE *file = fopen(path, "rb");
    stk_sha256_start(&sum);
    for (size_t got; file != NULL && (got = fread(piece, 1, sizeof piece, file)) > 0;) {
        stk_sha256_add(&sum, (stk_text){piece, got});
    }
    stk_sha256_end(&sum, sha256);
    noted.unread = file == NULL || ferror(file) != 0;
    *kept = noted;
    q->notes.files = kept;
    if (file != NULL) {
        fclose(file);
    }
    query_note_input(q, role, path, sha256);
}

stk_status query_note_edition(query *q, stk_edition *edition, const stk_pledges *pledges,
                              stk_error *error)
{
    stk_pledges *own = NULL;
    stk_print(q->notes.edition, sizeof q->notes.edition, "%s", stk_edition_name(edition));
    if (q->shared_sha256 != NULL) {
        memcpy(q->notes.edition_sha256, q->shared_sha256, sizeof q->notes.edition_sha256);
        return STK_OK;
    }
    stk_text sums;
    stk_status status;
    STK_TRY(stk_edition_hidden(edition, STK_EDITION_SUMS, &sums, error));
    if (sums.data == NULL && pledges == NULL) {
        STK_TRY(stk_pledges_load(edition, NULL, &own, NULL, error));
    }
    stk_data data = {.edition = edition,
                     .pledges = pledges != NULL ? (stk_pledges *)(uintptr_t)pledges : own};
    STK_TRY(stk_data_checksum(&data, q->notes.edition_sha256, error));
done:
    stk_pledges_free(own);
    return status;
}

void query_tell_known_until(query *q)
{
    if (q->notes.as_of != 0 && q->notes.known_until != 0) {
        stk_buffer_text(&q->out, "\n");
        stk_report_known_until(q->notes.known_until, q->notes.as_of, &q->out);
    }
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

void query_command_line(const query *q, stk_buffer *out)
{
    const question_option *option;
    stk_date as_of = q->notes.as_of;
    stk_buffer_printf(out, "stocktake %s", q->question->name);
    for (int i = 0; i < q->operand_count; i++) {
        stk_buffer_text(out, " ");
        write_word(out, q->operands[i]);
    }
    if (as_of != 0) {
        stk_buffer_printf(out, " --as-of %s", STK_DATE_TEXT(as_of));
    }
    for (int i = 0; (option = question_option_at(q->question, i)) != NULL; i++) {
        if (q->values[i] == NULL || !option_changes_result(option) ||
            strcmp(option->name, "as-of") == 0) {
            continue;
        }
        stk_buffer_printf(out, " --%s", option->name);
        if (option->argument != NULL) {
            stk_buffer_text(out, " ");
            write_word(out, q->values[i]);
        }
    }
}

/* The options that were given, and the date even where it is today by default. */
static json_t *given_options(const query *q)
{
    char date[STK_DATE_SIZE];
    const question_option *option;
    json_t *options = json_object();
    for (int i = 0; (option = question_option_at(q->question, i)) != NULL; i++) {
        const char *value = q->values[i];
        if (strcmp(option->name, "as-of") == 0 && q->notes.as_of != 0) {
            value = stk_date_format(q->notes.as_of, date);
        }
        if (value != NULL && option_changes_result(option)) {
            document_set(&options, option->name,
                         option->argument == NULL ? json_true() : document_text(value));
        }
    }
    return options;
}

void query_origin_open(const query *q, const char *name, stk_origin *origin, stk_buffer *line)
{
    bool read = q->notes.edition[0] != '\0';
    query_command_line(q, line);
    *origin = (stk_origin){.command = name,
                           .command_line = line->data,
                           .options = given_options(q),
                           .inputs = q->notes.failed           ? NULL
                                     : q->notes.inputs != NULL ? json_incref(q->notes.inputs)
                                                               : json_array(),
                           .edition = read ? q->notes.edition : NULL,
                           .edition_sha256 = read ? q->notes.edition_sha256 : NULL};
}

void query_origin_close(stk_origin *origin, stk_buffer *line)
{
    json_decref(origin->options);
    json_decref(origin->inputs);
    stk_buffer_free(line);
}

/* The date, and the benchmark if there is one. */
void query_origin_facts(const query *q, json_t **object, bool flat)
{
    char date[STK_DATE_SIZE];
    const char *key;
    json_t *value;
    if (q->notes.as_of != 0) {
        stk_date_format(q->notes.as_of, date);
        document_set(object, "as_of", document_text(date));
        stk_date_format(q->notes.known_until, date);
        document_set(object, "known_until",
                     q->notes.known_until != 0 ? document_text(date) : json_null());
    }
    if (q->notes.benchmark != NULL && !flat) {
        document_set(object, "benchmark", json_incref(q->notes.benchmark));
    }
    json_object_foreach(flat ? q->notes.benchmark : NULL, key, value)
    {
        char name[64];
        stk_print(name, sizeof name, "benchmark_%s", key);
        document_set(object, name, json_incref(value));
    }
}

/* What is supposed, where anything is. */
static void add_supposed(const query *q, json_t **document)
{
    if (q->supposed.count == 0) {
        return;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < q->supposed.count; i++) {
        document_push(&list, document_text(q->supposed.items[i]->words));
    }
    document_set(document, "what_if", list);
}

json_t *query_document(const query *q, const char *name)
{
    stk_buffer line = {0};
    stk_origin origin;
    query_origin_open(q, name, &origin, &line);
    json_t *document = line.failed ? NULL : document_new(&origin);
    add_supposed(q, &document);
    query_origin_facts(q, &document, false);
    query_origin_close(&origin, &line);
    return document;
}
