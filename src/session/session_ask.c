/** @file session_ask.c
 * @brief Questions to a session: answers as bytes and as columns.
 */
#include "session/session_impl.h"

#include <stdlib.h>
#include <string.h>

#include "base/pending_file.h"

/* ---- words ---- */

stk_status session_next_word(char **at, char **word, stk_error *error)
{
    static const char blanks[] = " \t\r\n";
    char *read = *at + strspn(*at, blanks);
    char *into = read;
    char quote = '\0';
    *word = *read == '\0' ? NULL : read;
    for (; *read != '\0' && (quote != '\0' || strchr(blanks, *read) == NULL); read++) {
        if (quote == '\0' && (*read == '"' || *read == '\'')) {
            quote = *read;
        } else if (*read == quote && quote != '\0') {
            quote = '\0';
        } else {
            *into++ = *read;
        }
    }
    if (quote != '\0') {
        return stk_error_set(error, STK_EARG, "a quote is left open in the question: %c", quote);
    }
    *at = *read == '\0' ? read : read + 1;
    *into = '\0';
    return STK_OK;
}

/* What a session does elsewhere: its edition is open, and an answer is bytes that nobody opens. The
 * cases of warming are a second file that is written, those of fair shares are read. */
static bool is_refused(const question *asked, const char *name)
{
    return stk_text_choice(stk_text_of(name), "help|output|edition|no-open") >= 0 ||
           (asked == &question_warming && strcmp(name, "cases") == 0);
}

/* "--year" with the next word, or "--year=2035". */
static stk_status take_option(query *q, char *word, char **rest, stk_error *error)
{
    char *name = word + 2;
    char *value = strchr(name, '=');
    if (value != NULL) {
        *value++ = '\0';
    }
    char meant[MEANT_SIZE];
    int i = question_find_option(q->question, name);
    if (i < 0 || is_refused(q->question, name)) {
        return stk_error_set(error, STK_EARG, "'--%s' is no option of the question %s%s",
                             STK_CUT(name, 40), q->question->name,
                             i < 0 ? question_meant_option(q->question, name, meant) : "");
    }
    const question_option *option = question_option_at(q->question, i);
    q->held[i] = false;
    if (option->argument == NULL) {
        q->values[i] = "";
        return value == NULL ? STK_OK : stk_error_set(error, STK_EARG, "--%s takes no value", name);
    }
    stk_status status = value != NULL ? STK_OK : session_next_word(rest, &value, error);
    if (status == STK_OK && value == NULL) {
        status = stk_error_set(error, STK_EARG, "--%s needs a value", name);
    }
    return status != STK_OK ? status : query_set(q, i, value, error);
}

static stk_status take_words(query *q, char *words, stk_error *error)
{
    char *word;
    stk_status status = session_next_word(&words, &word, error);
    while (status == STK_OK && word != NULL) {
        if (strncmp(word, "--", 2) == 0) {
            status = take_option(q, word, &words, error);
        } else if (q->operand_count == QUESTION_OPERANDS_MAX) {
            status = stk_error_set(error, STK_EARG, "there are too many words");
        } else {
            q->operands[q->operand_count++] = word;
        }
        status = status != STK_OK ? status : session_next_word(&words, &word, error);
    }
    return status;
}

/* Options of the session that the question has; what it has not means nothing to it. */
static stk_status take_options(const stk_session *s, query *q, stk_error *error)
{
    for (const set_option *set = s->options; set != NULL; set = set->next) {
        int i = question_find_option(q->question, set->name);
        if (i >= 0 && option_takes(question_option_at(q->question, i), set->value)) {
            stk_status status = query_put(q, i, set->value, error);
            if (status != STK_OK) {
                return status;
            }
            q->held[i] = true;
        }
    }
    int i = question_find_option(q->question, "what-if");
    if (i >= 0 && s->what_ifs != NULL) {
        q->values[i] = stk_arena_string(&q->arena, stk_text_of(s->what_ifs));
        return stk_allocated(q->values[i], error);
    }
    return STK_OK;
}

/* The oldest first, as they were laid. */
static void name_documents(const documents *list, stk_buffer *names)
{
    if (list != NULL) {
        name_documents(list->below, names);
        stk_buffer_printf(names, "%s%s", names->size > 0 ? ", " : "", stk_path_name(list->name));
    }
}

static stk_status take_documents(const stk_session *s, query *q, stk_error *error)
{
    stk_buffer names = {0};
    if (s->documents == NULL) {
        return STK_OK;
    }
    name_documents(s->documents, &names);
    stk_status status = stk_buffer_status(&names, error);
    if (status == STK_OK) {
        q->laid_over = stk_arena_string(&q->arena, (stk_text){names.data, names.size});
        status = stk_allocated(q->laid_over, error);
    }
    stk_buffer_free(&names);
    return status;
}

stk_status session_query(stk_session *s, char *words, query *q, stk_error *error)
{
    char *name;
    char meant[MEANT_SIZE];
    stk_data *data = NULL;
    stk_status status;
    memset(q, 0, sizeof *q);
    STK_TRY(session_next_word(&words, &name, error));
    if (name == NULL) {
        return stk_error_set(error, STK_EARG, "there is no question");
    }
    q->question = question_find(questions, name, meant);
    if (q->question == NULL) {
        return stk_error_set(error, STK_ENOTFOUND, "'%s' is no question%s", STK_CUT(name, 40),
                             meant);
    }
    STK_TRY(take_options(s, q, error));
    STK_TRY(take_words(q, words, error));
    data = query_alloc(q, sizeof *data);
    STK_TRY(stk_allocated(data, error));
    STK_TRY(session_data(s, q, data, error));
    STK_TRY(take_documents(s, q, error));
done:
    q->shared = data;
    return status;
}

/* ---- asking ---- */

static stk_status check_format(const query *q, const char *format, stk_error *error)
{
    int i = question_find_option(q->question, "format");
    const char *choices =
        i >= 0 ? question_option_at(q->question, i)->choices : q->question->formats;
    choices = choices != NULL ? choices : "text";
    if (format != NULL && stk_text_choice(stk_text_of(format), choices) < 0) {
        return stk_error_set(error, STK_EARG, "the format '%s' is refused for %s; allowed: %s",
                             STK_CUT(format, 40), q->question->name, choices);
    }
    return i < 0 || format == NULL || q->values[i] == NULL || strcmp(format, q->values[i]) == 0
               ? STK_OK
               : stk_error_set(error, STK_EARG,
                               "two formats are asked for, %s and in the question %s", format,
                               q->values[i]);
}

/* Documents that were laid over are inputs as the file of --pledges is, the oldest first. */
static void note_documents(query *q, const documents *list)
{
    if (list != NULL) {
        note_documents(q, list->below);
        query_note_input(q, "pledges", list->name, list->sha256);
    }
}

/* Where the answer comes from, as the command says it. */
static stk_status tell_origin(stk_session *s, query *q, stk_error *error)
{
    if (!query_tells_origin(q)) {
        return STK_OK;
    }
    q->shared_sha256 = s->sha256;
    if (query_value(q, "drivers") != NULL) {
        query_note_input(q, "drivers", s->drivers, s->drivers_sha256);
    }
    if (query_value(q, "baselines") != NULL) {
        query_note_input(q, "baselines", s->baselines, s->baselines_sha256);
    }
    note_documents(q, s->documents);
    return session_checksum(s, error);
}

static stk_status answer(stk_session *s, query *q, stk_error *error)
{
    stk_status status = tell_origin(s, q, error);
    if (status == STK_OK && q->question->runs_ensemble && !query_given(q, "no-warming")) {
        status = session_model(s, error);
        q->model = s->model;
    }
    return status != STK_OK ? status : query_answer(q, error);
}

static bool tell_done(void *user, const char *what, size_t done, size_t total)
{
    stk_session *s = user;
    stk_error error;
    (void)what;
    return session_go_on(s, s->told.tell, s->told.user, (double)done / (double)total, &error) ==
           STK_OK;
}

int stk_session_progress(stk_session *s, int (*progress)(void *user, double share), void *user)
{
    if (s == NULL) {
        return STK_REFUSED_ARGUMENT;
    }
    s->told = (session_progress){progress, user};
    return session_result(s, STK_OK, NULL);
}

/* The answer stays in `asked`, where nothing points at the caller's words any more. */
static stk_status ask(stk_session *s, const char *asked, const char *format, bool columns,
                      stk_error *error)
{
    query *q = &s->asked;
    if (q->question != NULL) {
        query_close(q);
    }
    s->columns = NULL;
    char *words = session_copy(asked);
    if (words == NULL) {
        stk_error_memory(error);
        return STK_EMEM;
    }
    stk_status status;
    STK_TRY(session_query(s, words, q, error));
    STK_TRY(check_format(q, format, error));
    if (columns && question_find_option(q->question, "format") < 0) {
        STK_FAIL(stk_error_set(error, STK_EARG, "the question %s has no table", q->question->name));
    }
    q->format = format;
    q->keep_table = columns;
    q->progress = s->told.tell == NULL ? NULL : tell_done;
    q->user = s;
    STK_TRY(answer(s, q, error));
done:
    free(words);
    q->format = NULL;
    q->operand_count = 0;
    memset(q->values, 0, sizeof q->values);
    return status;
}

int stk_session_ask(stk_session *s, const char *asked, const char *format, const char **bytes,
                    size_t *size)
{
    stk_error error;
    if (s == NULL || asked == NULL || bytes == NULL || size == NULL) {
        return s == NULL ? STK_REFUSED_ARGUMENT
                         : session_refuse(s, "a question, and where its answer goes, are needed");
    }
    *bytes = "";
    *size = 0;
    stk_status status;
    STK_TRY(ask(s, asked, format, false, &error));
    stk_buffer_append(&s->asked.out, (stk_text){"", 1}); /* a terminator, which does not count */
    STK_TRY(stk_buffer_status(&s->asked.out, &error));
    *bytes = s->asked.out.data;
    *size = s->asked.out.size - 1;
done:
    return session_result(s, status, &error);
}

const char *stk_session_remarks(const stk_session *s)
{
    return s == NULL || s->asked.remarks.data == NULL ? "" : s->asked.remarks.data;
}

int stk_session_table(stk_session *s, const char *asked, int *rows, int *columns)
{
    stk_error error;
    if (s == NULL || asked == NULL) {
        return s == NULL ? STK_REFUSED_ARGUMENT : session_refuse(s, "a question is needed");
    }
    stk_status status = ask(s, asked, NULL, true, &error);
    if (status == STK_OK && s->asked.table == NULL) {
        status = stk_error_set(&error, STK_EARG, "the question %s has no table",
                               s->asked.question->name);
    }
    if (rows != NULL) {
        *rows = status == STK_OK ? (int)stk_table_rows(s->asked.table) : 0;
    }
    if (columns != NULL) {
        *columns = status == STK_OK ? (int)stk_table_columns(s->asked.table) : 0;
    }
    return session_result(s, status, &error);
}

/* The values of a column, gathered once. */
static const void *take_column(stk_session *s, size_t column)
{
    const stk_table *table = s->asked.table;
    stk_arena *arena = &s->asked.arena;
    if (s->columns == NULL) {
        s->columns = stk_arena_alloc(arena, stk_table_columns(table), sizeof *s->columns);
    }
    if (s->columns == NULL) {
        return NULL;
    }
    if (s->columns[column] == NULL) {
        s->columns[column] = stk_table_values(table, column, arena);
    }
    return s->columns[column];
}

static bool has_column(const stk_session *s, int column)
{
    return s != NULL && s->asked.table != NULL && column >= 0 &&
           (size_t)column < stk_table_columns(s->asked.table);
}

const void *stk_session_column(stk_session *s, int column, const char **name, const char **unit,
                               int *type)
{
    if (!has_column(s, column)) {
        return NULL;
    }
    stk_column about = stk_table_column(s->asked.table, (size_t)column);
    if (name != NULL) {
        *name = about.name;
    }
    if (unit != NULL) {
        *unit = document_unit(about.name) == NULL ? "" : document_unit(about.name);
    }
    if (type != NULL) {
        *type = stk_column_is_text(&about) ? STK_COLUMN_TEXTS : STK_COLUMN_NUMBERS;
    }
    return take_column(s, (size_t)column);
}

const char *stk_session_column_kind(const stk_session *s, int column)
{
    if (!has_column(s, column)) {
        return NULL;
    }
    int kind = stk_table_column(s->asked.table, (size_t)column).decimals;
    return kind == STK_DATE      ? "date"
           : kind == STK_TEXT    ? "text"
           : kind == STK_INTEGER ? "integer"
                                 : "number";
}

void session_take_table(stk_session *s, stk_table *table)
{
    if (s->asked.question != NULL) {
        query_close(&s->asked);
    }
    s->columns = NULL;
    s->asked.question = &question_warming; /* so that it is closed */
    s->asked.table = table;
}
