/** @file session_ask.c
 * @brief Questions to a session: answers as bytes and as columns.
 */
#include "session/session_impl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- words ---- */

/* Cut the next word off, with what stands between quotes as one; NULL at the end. */
static char *next_word(char **at)
{
    char *from = *at + strspn(*at, " \t\n");
    if (*from == '\0') {
        return NULL;
    }
    char *into = from;
    char *read = from;
    for (char quote = '\0'; *read != '\0' && (quote != '\0' || !isspace((unsigned char)*read));
         read++) {
        if (quote == '\0' && (*read == '"' || *read == '\'')) {
            quote = *read;
        } else if (*read == quote && quote != '\0') {
            quote = '\0';
        } else {
            *into++ = *read;
        }
    }
    *at = *read == '\0' ? read : read + 1;
    *into = '\0';
    return from;
}

static const question *find_question(const char *name, stk_error *error)
{
    enum { WORDS_MAX = 32 };
    const char *words[WORDS_MAX] = {NULL};
    char meant[MEANT_SIZE];
    size_t count = 0;
    for (; questions[count] != NULL; count++) {
        if (strcmp(questions[count]->name, name) == 0) {
            return questions[count];
        }
        words[count] = questions[count]->name;
    }
    stk_error_set(error, STK_ENOTFOUND, "'%.40s' is no question%s", name,
                  question_meant(name, words, count, meant));
    return NULL;
}

/* "--year" with the next word, or "--year=2035". */
static stk_status take_option(query *q, char *word, char **rest, stk_error *error)
{
    char *name = word + 2;
    char *value = strchr(name, '=');
    if (value != NULL) {
        *value++ = '\0';
    }
    int i = question_find_option(q->question, name);
    if (i < 0 || strcmp(name, "help") == 0 || strcmp(name, "output") == 0) {
        return stk_error_set(error, STK_EARG, "'--%.40s' is no option of the question %s", name,
                             q->question->name);
    }
    const question_option *option = question_option_at(q->question, i);
    if (option->argument == NULL) {
        q->values[i] = "";
        return value == NULL ? STK_OK : stk_error_set(error, STK_EARG, "--%s takes no value", name);
    }
    value = value != NULL ? value : next_word(rest);
    if (value == NULL) {
        return stk_error_set(error, STK_EARG, "--%s needs a value", name);
    }
    q->values[i] = value;
    return option_check(option, value, error);
}

static stk_status take_words(query *q, char *words, stk_error *error)
{
    stk_status status = STK_OK;
    for (char *word; status == STK_OK && (word = next_word(&words)) != NULL;) {
        if (strncmp(word, "--", 2) == 0) {
            status = take_option(q, word, &words, error);
        } else if (q->operand_count == QUESTION_OPERANDS_MAX) {
            status = stk_error_set(error, STK_EARG, "there are too many words");
        } else {
            q->operands[q->operand_count++] = word;
        }
    }
    return status;
}

/* Options of the session that the question has; what it has not means nothing to it. */
static stk_status take_options(const stk_session *s, query *q, stk_error *error)
{
    for (const set_option *set = s->options; set != NULL; set = set->next) {
        int i = question_find_option(q->question, set->name);
        if (i >= 0) {
            q->values[i] = set->value;
        }
    }
    int i = question_find_option(q->question, "what-if");
    if (i >= 0 && s->what_ifs != NULL) {
        q->values[i] = stk_arena_string(&q->arena, stk_text_of(s->what_ifs));
        return q->values[i] != NULL ? STK_OK : stk_error_set(error, STK_EMEM, "out of memory");
    }
    return STK_OK;
}

stk_status session_query(stk_session *s, char *words, query *q, stk_error *error)
{
    const char *name = next_word(&words);
    memset(q, 0, sizeof *q);
    if (name == NULL) {
        return stk_error_set(error, STK_EARG, "there is no question");
    }
    q->question = find_question(name, error);
    if (q->question == NULL) {
        return STK_ENOTFOUND;
    }
    stk_status status = take_options(s, q, error);
    if (status == STK_OK) {
        status = take_words(q, words, error);
    }
    stk_data *data = status != STK_OK ? NULL : query_alloc(q, sizeof *data, error);
    if (status == STK_OK) {
        status = data == NULL ? STK_EMEM : session_data(s, data, error);
    }
    q->shared = data;
    return status;
}

/* ---- asking ---- */

/* Which questions run the ensemble, and so are quicker with a model that is open. */
static bool needs_model(const query *q)
{
    static const char *const names[] = {"assess", "warming", "timeline", "chart", "report"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(q->question->name, names[i]) == 0) {
            return !query_given(q, "no-warming");
        }
    }
    return false;
}

static stk_status check_format(const query *q, const char *format, stk_error *error)
{
    const char *choices = "text";
    int i = question_find_option(q->question, "format");
    if (i >= 0) {
        choices = question_option_at(q->question, i)->choices;
    } else if (q->question == &question_chart) {
        choices = "svg|png";
    } else if (q->question == &question_report) {
        choices = "html";
    }
    return format == NULL || option_choice(choices, format) >= 0
               ? STK_OK
               : stk_error_set(error, STK_EARG, "the format '%.40s' is refused for %s; allowed: %s",
                               format, q->question->name, choices);
}

static stk_status ask(stk_session *s, const char *asked, const char *format, bool columns,
                      stk_error *error)
{
    query *q = &s->asked;
    if (q->question != NULL) {
        query_close(q);
    }
    char *words = session_copy(asked);
    stk_status status = words == NULL ? stk_error_set(error, STK_EMEM, "out of memory")
                                      : session_query(s, words, q, error);
    if (status == STK_OK) {
        status = check_format(q, format, error);
    }
    if (status == STK_OK && needs_model(q)) {
        status = session_model(s, error);
        q->model = s->model;
    }
    if (status == STK_OK) {
        q->format = format;
        q->keep_table = columns;
        status = query_answer(q, error);
        q->format = NULL;
    }
    free(words);
    q->operand_count = 0; /* they were in `words` */
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
    stk_status status = ask(s, asked, format, false, &error);
    if (status == STK_OK) {
        stk_buffer_append(&s->asked.out,
                          (stk_text){"", 1}); /* a terminator, which does not count */
        status = stk_buffer_status(&s->asked.out, &error);
    }
    if (status == STK_OK) {
        *bytes = s->asked.out.data;
        *size = s->asked.out.size - 1;
    }
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

const void *stk_session_column(stk_session *s, int column, const char **name, const char **unit,
                               int *type)
{
    if (s == NULL || s->asked.table == NULL || column < 0 ||
        (size_t)column >= stk_table_columns(s->asked.table)) {
        return NULL;
    }
    bool text;
    const char *called;
    const void *values =
        stk_table_values(s->asked.table, (size_t)column, &s->asked.arena, &called, &text);
    if (name != NULL) {
        *name = called;
    }
    if (unit != NULL) {
        *unit = document_unit(called) == NULL ? "" : document_unit(called);
    }
    if (type != NULL) {
        *type = text ? STK_COLUMN_TEXTS : STK_COLUMN_NUMBERS;
    }
    return values;
}
