/** @file session.c
 * @brief A session: its data, its options, what is supposed.
 */
#include "session/session_impl.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/conferences.h"

/* ---- refusals ---- */

int session_result(stk_session *s, stk_status status, const stk_error *error)
{
    static const int results[STK_STATUS_END] = {
        [STK_OK] = STK_DONE,
        [STK_EARG] = STK_REFUSED_ARGUMENT,
        [STK_EMEM] = STK_REFUSED_MEMORY,
        [STK_EIO] = STK_REFUSED_DATA,
        [STK_EFORMAT] = STK_REFUSED_DATA,
        [STK_EDATA] = STK_REFUSED_DATA,
        [STK_ENOTFOUND] = STK_REFUSED_UNKNOWN,
        [STK_EUNIT] = STK_REFUSED_DATA,
        [STK_EDOMAIN] = STK_REFUSED_DATA,
    };
    bool cancelled = s->cancelled && status != STK_OK;
    s->cancelled = false;
    s->message[0] = '\0';
    s->refusal = (stk_error){.status = STK_OK};
    if (status != STK_OK) {
        s->refusal = *error;
        stk_error_format(error, s->message, sizeof s->message);
    }
    return cancelled ? STK_CANCELLED : results[status];
}

int session_refuse(stk_session *s, const char *format, ...)
{
    char text[sizeof s->message];
    stk_error error;
    va_list list;
    va_start(list, format);
    stk_print_list(text, sizeof text, format, list);
    va_end(list);
    return session_result(s, stk_error_set(&error, STK_EARG, "%s", text), &error);
}

const char *stk_session_message(const stk_session *s)
{
    return s == NULL ? "there is no session" : s->message;
}

int stk_session_refusal(const stk_session *s, const char **reason, const char **file, long *line,
                        long *column)
{
    static const stk_error none = {.status = STK_EARG, .message = "there is no session"};
    static const int refusals[STK_STATUS_END] = {
        [STK_OK] = STK_REFUSAL_NONE,           [STK_EARG] = STK_REFUSAL_ARGUMENT,
        [STK_EMEM] = STK_REFUSAL_MEMORY,       [STK_EIO] = STK_REFUSAL_FILE,
        [STK_EFORMAT] = STK_REFUSAL_FORMAT,    [STK_EDATA] = STK_REFUSAL_DATA,
        [STK_ENOTFOUND] = STK_REFUSAL_UNKNOWN, [STK_EUNIT] = STK_REFUSAL_UNIT,
        [STK_EDOMAIN] = STK_REFUSAL_DOMAIN,
    };
    const stk_error *error = s == NULL ? &none : &s->refusal;
    if (reason != NULL) {
        *reason = error->message;
    }
    if (file != NULL) {
        *file = error->file;
    }
    if (line != NULL) {
        *line = error->line;
    }
    if (column != NULL) {
        *column = error->column;
    }
    return refusals[error->status];
}

char *session_copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy == NULL ? NULL : memcpy(copy, text, size);
}

/* ---- opening ---- */

int stk_session_open(const char *path, stk_session **session)
{
    stk_error error;
    if (session == NULL) {
        return STK_REFUSED_ARGUMENT;
    }
    *session = calloc(1, sizeof **session);
    if (*session == NULL) {
        return STK_REFUSED_MEMORY;
    }
    stk_status status = path == NULL ? session_open_embedded(*session, &error)
                                     : session_open_path(*session, path, &error);
    return session_result(*session, status, &error);
}

int stk_session_open_packed(const void *bytes, size_t size, stk_session **session)
{
    stk_error error;
    if (session == NULL) {
        return STK_REFUSED_ARGUMENT;
    }
    *session = calloc(1, sizeof **session);
    if (*session == NULL) {
        return STK_REFUSED_MEMORY;
    }
    if (bytes == NULL) {
        return session_refuse(*session, "there is no packed edition");
    }
    stk_status status = session_open_packed(*session, bytes, size, &error);
    return session_result(*session, status, &error);
}

void stk_session_close(stk_session *s)
{
    if (s == NULL) {
        return;
    }
    if (s->asked.question != NULL) {
        query_close(&s->asked);
    }
    session_forget_live(s);
    session_free_documents(s->documents);
    session_close_data(s);
    while (s->options != NULL) {
        set_option *next = s->options->next;
        free(s->options->value);
        free(s->options);
        s->options = next;
    }
    free(s->what_ifs);
    free(s);
}

/* ---- the table of options ---- */

/* Whether an option is the first of its name over all questions. */
static bool is_first(size_t asked, const char *name)
{
    for (size_t a = 0; a < asked; a++) {
        if (question_find_option(questions[a], name) >= 0) {
            return false;
        }
    }
    return true;
}

/* The i-th different option over all questions. */
static const question_option *option_of(int i)
{
    const question_option *option;
    for (size_t a = 0; questions[a] != NULL && i >= 0; a++) {
        for (int k = 0; (option = question_option_at(questions[a], k)) != NULL; k++) {
            if (strcmp(option->name, "help") != 0 && is_first(a, option->name) && i-- == 0) {
                return option;
            }
        }
    }
    return NULL;
}

const question_option *session_find_option(const char *name)
{
    for (size_t a = 0; questions[a] != NULL; a++) {
        int k = question_find_option(questions[a], name);
        if (k >= 0) {
            return question_option_at(questions[a], k);
        }
    }
    return NULL;
}

int stk_option_count(void)
{
    int count = 0;
    while (option_of(count) != NULL) {
        count++;
    }
    return count;
}

const char *stk_option_name(int i)
{
    const question_option *option = option_of(i);
    return option == NULL ? NULL : option->name;
}

const char *stk_option_kind(int i)
{
    const question_option *option = option_of(i);
    if (option == NULL) {
        return NULL;
    }
    if (option->argument == NULL) {
        return "switch";
    }
    if (option->choices != NULL) {
        return "choice";
    }
    stk_text argument = stk_text_of(option->argument);
    return stk_text_choice(argument, "YEAR|N|PIXELS") >= 0 ? "number"
           : stk_text_equal(argument, "DATE")              ? "date"
                                                           : "text";
}

const char *stk_option_choices(int i)
{
    const question_option *option = option_of(i);
    return option == NULL ? NULL : option->choices == NULL ? "" : option->choices;
}

const char *stk_option_default(int i)
{
    const question_option *option = option_of(i);
    return option == NULL ? NULL : option->usual == NULL ? "" : option->usual;
}

const char *stk_option_help(int i)
{
    const question_option *option = option_of(i);
    return option == NULL ? NULL : option->help;
}

int stk_option_applies(int i, const char *asked)
{
    const question_option *option = option_of(i);
    for (size_t a = 0; option != NULL && asked != NULL && questions[a] != NULL; a++) {
        if (strcmp(questions[a]->name, asked) == 0) {
            return question_find_option(questions[a], option->name) >= 0;
        }
    }
    return 0;
}

/* ---- conferences ---- */

const char *stk_conference_name(int i)
{
    const conference *found = conference_at(i);
    return found == NULL ? NULL : found->name;
}

const char *stk_conference_place(int i)
{
    const conference *found = conference_at(i);
    return found == NULL ? NULL : found->place;
}

const char *stk_conference_first_day(int i)
{
    const conference *found = conference_at(i);
    return found == NULL ? NULL : found->first_day;
}

const char *stk_conference_closing_day(int i)
{
    const conference *found = conference_at(i);
    return found == NULL ? NULL : found->closing_day;
}

/* ---- setting ---- */

static set_option **find_set(const stk_session *s, const char *name)
{
    set_option **at = (set_option **)(uintptr_t)&s->options;
    while (*at != NULL && strcmp((*at)->name, name) != 0) {
        at = &(*at)->next;
    }
    return at;
}

/* Of documents that were laid over, the newest file is told as the command would be told it. */
static const char *file_of_pledges(const stk_session *s)
{
    const documents *d = s->documents;
    while (d != NULL && d->kind == OF_PARTY) {
        d = d->below;
    }
    return d == NULL ? NULL : d->name;
}

const char *stk_session_get(const stk_session *s, const char *name)
{
    set_option *found = s == NULL || name == NULL ? NULL : *find_set(s, name);
    return s != NULL && name != NULL && strcmp(name, "pledges") == 0 ? file_of_pledges(s)
           : found == NULL                                           ? NULL
                                                                     : found->value;
}

/* How the answer is written is said with each question, and so is what is supposed. */
static bool is_elsewhere(const char *name)
{
    return stk_text_choice(stk_text_of(name), "help|output|format|cases|edition|what-if|pledges|"
                                              "no-open") >= 0;
}

static int refuse_option(stk_session *s, const char *name)
{
    enum { WORDS_MAX = 64 };
    const char *words[WORDS_MAX] = {NULL};
    char meant[MEANT_SIZE];
    int count = stk_option_count();
    count = count < WORDS_MAX ? count : WORDS_MAX;
    for (int i = 0; i < count; i++) {
        words[i] = stk_option_name(i);
    }
    session_refuse(s, "'%s' is no option%s", STK_CUT(name, 60),
                   question_meant(name, words, (size_t)count, meant));
    return STK_REFUSED_UNKNOWN;
}

static stk_status put(stk_session *s, const char *name, const char *value, stk_error *error)
{
    set_option **at = find_set(s, name);
    char *copy = session_copy(value);
    if (copy != NULL && *at == NULL) {
        *at = calloc(1, sizeof **at);
    }
    if (copy == NULL || *at == NULL) {
        free(copy);
        return stk_error_memory(error);
    }
    free((*at)->value);
    **at = (set_option){name, copy, (*at)->next};
    return STK_OK;
}

/* What was computed with another value. A file is read again when its option is set again. */
static void forget_results(stk_session *s, const char *name)
{
    session_forget_live(s);
    if (strcmp(name, "drivers") == 0 || strcmp(name, "baselines") == 0) {
        session_forget_files(s);
    }
}

/* Two questions may take different values by one name; what one of them takes is refused to none.
 */
static stk_status check_value(const question_option *option, const char *value, stk_error *error)
{
    for (size_t a = 0; questions[a] != NULL && option->choices != NULL; a++) {
        int k = question_find_option(questions[a], option->name);
        if (k >= 0 && option_takes(question_option_at(questions[a], k), value)) {
            return STK_OK;
        }
    }
    return option->argument == NULL ? STK_OK : option_check(option, value, error);
}

int stk_session_set(stk_session *s, const char *name, const char *value)
{
    stk_error error;
    if (s == NULL || name == NULL) {
        return s == NULL ? STK_REFUSED_ARGUMENT : session_refuse(s, "there is no option's name");
    }
    const question_option *option = session_find_option(name);
    if (option == NULL) {
        return refuse_option(s, name);
    }
    if (is_elsewhere(option->name)) {
        return session_refuse(s,
                              "'%s' is no option of a session: it is said with a question, or "
                              "has a function",
                              option->name);
    }
    if (value == NULL) {
        set_option **at = find_set(s, option->name);
        set_option *gone = *at;
        if (gone != NULL) {
            *at = gone->next;
            free(gone->value);
            free(gone);
        }
        forget_results(s, option->name);
        return session_result(s, STK_OK, &error);
    }
    if (option->argument == NULL && value[0] != '\0') {
        return session_refuse(s, "'%s' is a switch: its value is \"\" or NULL, not '%s'",
                              option->name, STK_CUT(value, 60));
    }
    stk_status status = check_value(option, value, &error);
    status = status != STK_OK ? status : put(s, option->name, value, &error);
    if (status == STK_OK) {
        forget_results(s, option->name);
    }
    return session_result(s, status, &error);
}
