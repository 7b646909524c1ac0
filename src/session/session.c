/** @file session.c
 * @brief A session: its data, its options, what is supposed.
 */
#include "session/session_impl.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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
    s->message[0] = '\0';
    if (status != STK_OK) {
        stk_error_format(error, s->message, sizeof s->message);
    }
    return results[status];
}

int session_refuse(stk_session *s, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vsnprintf(s->message, sizeof s->message, format, list);
    va_end(list);
    return STK_REFUSED_ARGUMENT;
}

const char *stk_session_message(const stk_session *s)
{
    return s == NULL ? "there is no session" : s->message;
}

char *session_copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy == NULL ? NULL : memcpy(copy, text, size);
}

/* ---- opening ---- */

static stk_status open_edition(const char *path, stk_edition **edition, stk_error *error)
{
    struct stat information;
    if (path == NULL) {
        return stk_edition_open_embedded(edition, error);
    }
    if (stat(path, &information) == 0 && S_ISREG(information.st_mode)) {
        return stk_edition_open_file(path, edition, error);
    }
    return stk_edition_open_folder(path, edition, error);
}

static stk_status fill(stk_session *s, stk_status status, stk_edition *edition, stk_error *error)
{
    s->data.edition = edition;
    if (status == STK_OK) {
        status = stk_inventory_load(edition, &s->data.inventory, error);
    }
    if (status == STK_OK) {
        status = stk_pledges_load(edition, s->data.inventory, &s->data.pledges, NULL, error);
    }
    if (status == STK_OK) {
        const stk_baseline_files none = {NULL, {NULL, 0}, NULL, {NULL, 0}};
        status = stk_baseline_make(s->data.inventory, &none, &s->data.baseline, error);
    }
    return status;
}

int stk_session_open(const char *path, stk_session **session)
{
    stk_error error;
    stk_edition *edition = NULL;
    if (session == NULL) {
        return STK_REFUSED_ARGUMENT;
    }
    *session = calloc(1, sizeof **session);
    if (*session == NULL) {
        return STK_REFUSED_MEMORY;
    }
    stk_status status = open_edition(path, &edition, &error);
    return session_result(*session, fill(*session, status, edition, &error), &error);
}

int stk_session_open_packed(const void *bytes, size_t size, stk_session **session)
{
    stk_error error;
    stk_edition *edition = NULL;
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
    stk_status status = stk_edition_open_packed(bytes, size, &edition, &error);
    return session_result(*session, fill(*session, status, edition, &error), &error);
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
    stk_warming_model_free(s->model);
    while (s->documents != NULL) {
        documents *below = s->documents->below;
        stk_pledges_free(s->documents->laid);
        free(s->documents);
        s->documents = below;
    }
    stk_data_close(&s->data);
    while (s->options != NULL) {
        set_option *next = s->options->next;
        free(s->options->value);
        free(s->options);
        s->options = next;
    }
    free(s->what_ifs);
    free(s->drivers);
    free(s->baselines);
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
    static const char *const numbers[] = {"YEAR", "N", "PIXELS"};
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
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
        if (strcmp(option->argument, numbers[k]) == 0) {
            return "number";
        }
    }
    return strcmp(option->argument, "DATE") == 0 ? "date" : "text";
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

/* ---- setting ---- */

static set_option **find_set(const stk_session *s, const char *name)
{
    set_option **at = (set_option **)(uintptr_t)&s->options;
    while (*at != NULL && strcmp((*at)->name, name) != 0) {
        at = &(*at)->next;
    }
    return at;
}

const char *stk_session_get(const stk_session *s, const char *name)
{
    set_option *found = s == NULL || name == NULL ? NULL : *find_set(s, name);
    return found == NULL ? NULL : found->value;
}

/* How the answer is written is said with each question, and so is what is supposed. */
static bool is_elsewhere(const char *name)
{
    static const char *const names[] = {"help",    "output",  "format", "cases",
                                        "edition", "what-if", "pledges"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
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
    session_refuse(s, "'%.60s' is no option%s", name,
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
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    free((*at)->value);
    **at = (set_option){name, copy, (*at)->next};
    return STK_OK;
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
        session_forget_live(s);
        return session_result(s, STK_OK, &error);
    }
    if (option->argument == NULL && value[0] != '\0') {
        return session_refuse(s, "'%s' is a switch: its value is \"\" or NULL, not '%.60s'",
                              option->name, value);
    }
    stk_status status = option->argument == NULL ? STK_OK : option_check(option, value, &error);
    status = status != STK_OK ? status : put(s, option->name, value, &error);
    session_forget_live(s);
    return session_result(s, status, &error);
}

/* ---- data and model ---- */

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static stk_status make_baseline(stk_session *s, const char *drivers, const char *baselines,
                                stk_error *error)
{
    stk_baseline *made = NULL;
    stk_baseline_files files = {.drivers_name = drivers, .baselines_name = baselines};
    stk_status status = drivers == NULL ? STK_OK : stk_file_read(drivers, &files.drivers, error);
    if (status == STK_OK && baselines != NULL) {
        status = stk_file_read(baselines, &files.baselines, error);
    }
    if (status == STK_OK) {
        status = stk_baseline_make(s->data.inventory, &files, &made, error);
    }
    free((char *)files.drivers.data);
    free((char *)files.baselines.data);
    if (status == STK_OK) {
        stk_baseline_free(s->data.baseline);
        s->data.baseline = made;
        free(s->drivers);
        free(s->baselines);
        s->drivers = drivers == NULL ? NULL : session_copy(drivers);
        s->baselines = baselines == NULL ? NULL : session_copy(baselines);
    }
    return status;
}

stk_status session_data(stk_session *s, stk_data *data, stk_error *error)
{
    const char *drivers = stk_session_get(s, "drivers");
    const char *baselines = stk_session_get(s, "baselines");
    stk_status status = s->data.baseline != NULL
                            ? STK_OK
                            : stk_error_set(error, STK_EARG, "the session has no edition");
    if (status == STK_OK && (!same(drivers, s->drivers) || !same(baselines, s->baselines))) {
        session_forget_live(s);
        status = make_baseline(s, drivers, baselines, error);
    }
    *data = s->data;
    if (s->documents != NULL) {
        data->pledges = s->documents->laid;
    }
    return status;
}

stk_status session_model(stk_session *s, stk_error *error)
{
    return s->model != NULL ? STK_OK : stk_warming_model_open(s->data.edition, &s->model, error);
}
