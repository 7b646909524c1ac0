/** @file session_data.c
 * @brief What a session reads: an edition, the user's drivers and baselines, the model of warming.
 *
 * The embedded edition is the same for every session and never changes once it is read, so it is
 * read by the first session and kept for all that follow: the only memory that the library keeps
 * when everything is closed. What is read of an edition later goes through a handle of the
 * session's own.
 */
#include "session/session_impl.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- the embedded edition ---- */

static pthread_mutex_t embedded_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t watch_forks_once = PTHREAD_ONCE_INIT;
static stk_data embedded; /* read under the lock, constant afterwards */

static void lock_embedded(void)
{
    pthread_mutex_lock(&embedded_lock);
}

static void unlock_embedded(void)
{
    pthread_mutex_unlock(&embedded_lock);
}

/* A child that is forked while another thread reads must find the lock open. */
static void watch_forks(void)
{
    pthread_atfork(lock_embedded, unlock_embedded, unlock_embedded);
}

static stk_status read_embedded(const stk_data **data, stk_error *error)
{
    pthread_once(&watch_forks_once, watch_forks);
    lock_embedded();
    stk_status status =
        embedded.baseline != NULL ? STK_OK : stk_data_open(&embedded, NULL, NULL, error);
    if (status != STK_OK) {
        stk_data_close(&embedded);
    }
    *data = &embedded;
    unlock_embedded();
    return status;
}

/* ---- opening ---- */

static stk_status read_own(stk_session *s, stk_error *error)
{
    stk_data *own = &s->own;
    stk_status status = stk_inventory_load(s->edition, &own->inventory, error);
    status = status != STK_OK
                 ? status
                 : stk_pledges_load(s->edition, own->inventory, &own->pledges, NULL, error);
    return status != STK_OK ? status
                            : stk_baseline_make(own->inventory, NULL, &own->baseline, error);
}

static stk_status take(stk_session *s, const stk_data *from, stk_status status)
{
    if (status == STK_OK) {
        s->data = (stk_data){s->edition, from->inventory, from->pledges, from->baseline};
    }
    return status;
}

stk_status session_open_embedded(stk_session *s, stk_error *error)
{
    const stk_data *shared = NULL;
    stk_status status = stk_edition_open_embedded(&s->edition, error);
    status = status != STK_OK ? status : read_embedded(&shared, error);
    status = take(s, shared, status);
    return status != STK_OK ? status : session_lay_own(s, error);
}

stk_status session_open_path(stk_session *s, const char *path, stk_error *error)
{
    struct stat information;
    bool file = stat(path, &information) == 0 && S_ISREG(information.st_mode);
    stk_status status = file ? stk_edition_open_file(path, &s->edition, error)
                             : stk_edition_open_folder(path, &s->edition, error);
    status = status != STK_OK ? status : read_own(s, error);
    return take(s, &s->own, status);
}

stk_status session_open_packed(stk_session *s, const void *bytes, size_t size, stk_error *error)
{
    stk_status status = stk_edition_open_packed(bytes, size, &s->edition, error);
    status = status != STK_OK ? status : read_own(s, error);
    return take(s, &s->own, status);
}

stk_status session_check_open(const stk_session *s, stk_error *error)
{
    return s->data.baseline != NULL ? STK_OK
                                    : stk_error_set(error, STK_EARG, "the session has no edition");
}

void session_close_data(stk_session *s)
{
    session_forget_files(s);
    session_forget_results(s);
    session_forget_scenarios(s);
    stk_iamc_free(s->rows);
    stk_iamc_free(s->elsewhere);
    stk_scenario_report_free(s->read);
    stk_iamc_free(s->library);
    stk_iamc_free(s->history);
    stk_calibration_free(s->calibration);
    free(s->observed);
    stk_warming_keep_close(s->keep);
    stk_warming_model_free(s->model);
    stk_data_close(&s->own);
    stk_edition_free(s->edition);
}

/* ---- the user's drivers and baselines ---- */

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

void session_forget_files(stk_session *s)
{
    if (s->own_baseline != NULL) {
        session_forget_live(s);
    }
    stk_baseline_free(s->own_baseline);
    s->own_baseline = NULL;
    free(s->drivers);
    free(s->baselines);
    s->drivers = NULL;
    s->baselines = NULL;
}

static stk_status keep_names(stk_session *s, const char *drivers, const char *baselines,
                             stk_error *error)
{
    s->drivers = drivers == NULL ? NULL : session_copy(drivers);
    s->baselines = baselines == NULL ? NULL : session_copy(baselines);
    return same(s->drivers, drivers) && same(s->baselines, baselines) ? STK_OK
                                                                      : stk_error_memory(error);
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
    if (status == STK_OK) {
        stk_sha256(files.drivers, s->drivers_sha256);
        stk_sha256(files.baselines, s->baselines_sha256);
    }
    free((char *)files.drivers.data);
    free((char *)files.baselines.data);
    if (status != STK_OK) {
        return status;
    }
    session_forget_files(s);
    s->own_baseline = made;
    status = keep_names(s, drivers, baselines, error);
    if (status != STK_OK) {
        session_forget_files(s);
    }
    return status;
}

stk_status session_data(stk_session *s, const query *q, stk_data *data, stk_error *error)
{
    const char *drivers = query_value(q, "drivers");
    const char *baselines = query_value(q, "baselines");
    bool wanted = drivers != NULL || baselines != NULL;
    stk_status status = session_check_open(s, error);
    if (status == STK_OK && wanted &&
        (!same(drivers, s->drivers) || !same(baselines, s->baselines))) {
        status = make_baseline(s, drivers, baselines, error);
    }
    *data = s->data;
    if (wanted) {
        data->baseline = s->own_baseline;
    }
    if (s->documents != NULL) {
        data->pledges = s->documents->laid;
    }
    return status;
}

/* ---- read when they are first needed ---- */

stk_status session_model(stk_session *s, stk_error *error)
{
    return s->model != NULL ? STK_OK : stk_warming_model_open(s->data.edition, &s->model, error);
}

stk_status session_checksum(stk_session *s, stk_error *error)
{
    return s->sha256[0] != '\0' ? STK_OK : stk_data_checksum(&s->data, s->sha256, error);
}

const char *stk_session_edition(stk_session *s)
{
    stk_error error;
    if (s == NULL) {
        return NULL;
    }
    stk_status status = session_check_open(s, &error);
    status = status != STK_OK ? status : session_checksum(s, &error);
    return session_result(s, status, &error) == STK_DONE ? s->sha256 : NULL;
}

const char *stk_session_known_until(stk_session *s)
{
    stk_error error;
    if (s == NULL) {
        return NULL;
    }
    stk_status status = session_check_open(s, &error);
    if (status == STK_OK) {
        const stk_pledges *laid = s->documents != NULL ? s->documents->laid : s->data.pledges;
        stk_date_format(stk_pledges_known_until(laid), s->known_until);
    }
    return session_result(s, status, &error) == STK_DONE ? s->known_until : NULL;
}

int stk_session_read(stk_session *s, const char *path, const char **bytes, size_t *size)
{
    stk_error error;
    stk_text content = {"", 0};
    if (s == NULL || path == NULL || bytes == NULL || size == NULL) {
        return s == NULL ? STK_REFUSED_ARGUMENT
                         : session_refuse(s, "a file's name, and where it goes, are needed");
    }
    stk_status status = session_check_open(s, &error);
    status = status != STK_OK ? status : stk_edition_read(s->edition, path, &content, &error);
    *bytes = status == STK_OK ? content.data : "";
    *size = status == STK_OK ? content.size : 0;
    return session_result(s, status, &error);
}
