/** @file write.c
 * @brief Writing pledges as the table and as YAML; both give back what the readers read.
 */
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/table.h"
#include "pledge/pledges_impl.h"

static void write_row(stk_buffer *buffer, const pledge_row *row)
{
    for (int f = 0; f < FIELD_COUNT; f++) {
        stk_buffer_text(buffer, f > 0 ? "," : "");
        stk_csv_write_field(buffer, row->field[f]);
    }
    stk_buffer_text(buffer, "\n");
}

/* The table of all Parties, or without those that are the same in `others`. */
static stk_status write_table(const stk_pledges *pledges, const stk_pledges *others, stk_text *csv,
                              stk_error *error)
{
    stk_buffer buffer = {0};
    for (int f = 0; f < FIELD_COUNT; f++) {
        stk_buffer_text(&buffer, f > 0 ? "," : "");
        stk_buffer_text(&buffer, pledge_field_names[f]);
    }
    stk_buffer_text(&buffer, "\n");
    for (size_t p = 0; p < pledges->party_count; p++) {
        const pledge_party *party = &pledges->parties[p];
        const pledge_party *same = others == NULL ? NULL : pledges_party_of(others, party->iso3);
        for (size_t i = 0; i < party->count && (same == NULL || same->rows != party->rows); i++) {
            write_row(&buffer, party->written[i]);
        }
    }
    stk_status status = stk_buffer_status(&buffer, error);
    if (status != STK_OK) {
        stk_buffer_free(&buffer);
        return status;
    }
    *csv = (stk_text){buffer.data, buffer.size};
    return STK_OK;
}

stk_status stk_pledges_write_csv(const stk_pledges *pledges, stk_text *csv, stk_error *error)
{
    return write_table(pledges, NULL, csv, error);
}

stk_status stk_pledges_write_laid(const stk_pledges *pledges, stk_text *csv, stk_error *error)
{
    return write_table(pledges, stk_pledges_base(pledges), csv, error);
}

typedef struct writer {
    yaml_emitter_t emitter;
    stk_buffer buffer;
    bool ok;
} writer;

static int append(void *data, unsigned char *text, size_t size)
{
    writer *w = data;
    stk_buffer_append(&w->buffer, (stk_text){(const char *)text, size});
    return !w->buffer.failed;
}

static void emit(writer *w, yaml_event_t *event, int initialised)
{
    /* yaml_emitter_emit() takes the event over, also when it fails */
    w->ok = w->ok && initialised && yaml_emitter_emit(&w->emitter, event);
}

static void emit_scalar(writer *w, stk_text text)
{
    yaml_event_t event;
    if (!w->ok) {
        return;
    }
    bool null_word = text.size == 0 || stk_text_equal(text, "~") || stk_text_equal(text, "null");
    emit(w, &event,
         yaml_scalar_event_initialize(
             &event, NULL, NULL, (const yaml_char_t *)text.data, (int)text.size, 1, 1,
             null_word ? YAML_DOUBLE_QUOTED_SCALAR_STYLE : YAML_ANY_SCALAR_STYLE));
}

static void emit_mapping(writer *w, bool start)
{
    yaml_event_t event;
    if (w->ok) {
        emit(w, &event,
             start ? yaml_mapping_start_event_initialize(&event, NULL, NULL, 1,
                                                         YAML_BLOCK_MAPPING_STYLE)
                   : yaml_mapping_end_event_initialize(&event));
    }
}

static void emit_sequence(writer *w, bool start)
{
    yaml_event_t event;
    if (w->ok) {
        emit(w, &event,
             start ? yaml_sequence_start_event_initialize(&event, NULL, NULL, 1,
                                                          YAML_BLOCK_SEQUENCE_STYLE)
                   : yaml_sequence_end_event_initialize(&event));
    }
}

static void emit_key(writer *w, const char *name)
{
    emit_scalar(w, stk_text_of(name));
}

static bool same_field(const pledge_row *a, const pledge_row *b, int field)
{
    return a->field[field].size == b->field[field].size &&
           memcmp(a->field[field].data, b->field[field].data, a->field[field].size) == 0;
}

/* A document's field is written once if all of its targets agree. */
static bool shared(const pledge_row *const *rows, size_t count, int field)
{
    for (size_t i = 1; i < count; i++) {
        if (!same_field(rows[0], rows[i], field)) {
            return false;
        }
    }
    return true;
}

static void emit_field(writer *w, const pledge_row *row, int field, bool even_if_empty)
{
    if (row->field[field].size > 0 || even_if_empty) {
        emit_key(w, pledge_field_names[field]);
        emit_scalar(w, row->field[field]);
    }
}

static void emit_document(writer *w, const pledge_row *const *rows, size_t count)
{
    emit_mapping(w, true);
    for (int f = 0; f < FIELD_COUNT; f++) {
        if (pledge_field_levels[f] == LEVEL_DOCUMENT && shared(rows, count, f)) {
            emit_field(w, rows[0], f, false);
        }
    }
    emit_key(w, "targets");
    emit_sequence(w, true);
    for (size_t i = 0; i < count; i++) {
        emit_mapping(w, true);
        for (int f = 0; f < FIELD_COUNT; f++) {
            bool own = pledge_field_levels[f] == LEVEL_TARGET ||
                       (pledge_field_levels[f] == LEVEL_DOCUMENT && !shared(rows, count, f));
            if (own) {
                emit_field(w, rows[i], f, f == FIELD_kind);
            }
        }
        emit_mapping(w, false);
    }
    emit_sequence(w, false);
    emit_mapping(w, false);
}

static void emit_party(writer *w, const pledge_row *const *rows, size_t count)
{
    emit_mapping(w, true);
    emit_field(w, rows[0], FIELD_iso3, true);
    emit_field(w, rows[0], FIELD_party, true);
    emit_key(w, "documents");
    emit_sequence(w, true);
    size_t end = count;
    while (end > 0) { /* newest first */
        size_t start = end - 1;
        while (start > 0 && pledge_same_document(rows[start - 1], rows[end - 1])) {
            start--;
        }
        emit_document(w, rows + start, end - start);
        end = start;
    }
    emit_sequence(w, false);
    emit_mapping(w, false);
}

static void emit_file(writer *w, const pledge_row *const *rows, size_t count)
{
    yaml_event_t event;
    emit(w, &event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING));
    if (w->ok) {
        emit(w, &event, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1));
    }
    emit_party(w, rows, count);
    if (w->ok) {
        emit(w, &event, yaml_document_end_event_initialize(&event, 1));
    }
    if (w->ok) {
        emit(w, &event, yaml_stream_end_event_initialize(&event));
    }
}

stk_status stk_pledges_write_yaml(const stk_pledges *pledges, const char *iso3, stk_text *yaml,
                                  stk_error *error)
{
    const pledge_party *party = pledges_party_of(pledges, iso3);
    if (party == NULL) {
        return stk_error_set(error, STK_ENOTFOUND, "%s has no pledges", iso3);
    }
    writer w = {.buffer = {0}, .ok = true};
    if (!yaml_emitter_initialize(&w.emitter)) {
        return stk_error_memory(error);
    }
    yaml_emitter_set_output(&w.emitter, append, &w);
    yaml_emitter_set_unicode(&w.emitter, 1);
    yaml_emitter_set_width(&w.emitter, 100);
    emit_file(&w, party->written, party->count);
    yaml_emitter_delete(&w.emitter);
    if (!w.ok) {
        stk_buffer_free(&w.buffer);
        return stk_error_set(error, STK_EMEM, "out of memory for the YAML of %s", iso3);
    }
    *yaml = (stk_text){w.buffer.data, w.buffer.size};
    return STK_OK;
}
