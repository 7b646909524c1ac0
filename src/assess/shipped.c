/** @file shipped.c
 * @brief Opening what an edition ships for scenarios and the climate.
 */
#include <stdio.h>
#include <string.h>

#include <stocktake/shipped.h>

#include "base/try.h"
#include "climate/calibration.h"
#include "data/paths.h"
#include "scenario/iamc_file.h"

stk_status stk_shipped_method(stk_edition *edition, const char *name, stk_method **method,
                              stk_text *content, stk_error *error)
{
    char path[256];
    stk_text text;
    stk_status status;
    stk_print(path, sizeof path, "methods/%s.yaml", STK_CUT(name, 200));
    STK_TRY(stk_edition_read(edition, path, &text, error));
    STK_TRY(stk_method_read(stk_edition_source_name(edition, path), text, method, error));
    if (content != NULL) {
        *content = text;
    }
done:
    return status;
}

stk_status stk_shipped_table(stk_edition *edition, const char *path, const stk_iamc_filter *filter,
                             stk_iamc **table, stk_error *error)
{
    stk_csv_file file;
    stk_status status = stk_edition_file(edition, path, &file, error);
    return status != STK_OK ? status : iamc_read_file(&file, filter, table, error);
}

/* What the three tables of a calibration are called: ours end in a word, those that are published
 * begin with one, and a version follows. */
typedef struct table_kind {
    const char *what;
    const char *end;
    const char *start;
} table_kind;

enum { MEMBERS, SPECIES, NATURAL, TABLES };

static const table_kind kinds[TABLES] = {
    {"members", "members.csv", "calibrated_constrained_parameters"},
    {"species", "species.csv", "species_configs_properties"},
    {"solar and volcanic forcing", "timebounds.csv", "volcanic_solar"}};

static bool is_of_kind(const table_kind *kind, const char *path)
{
    stk_text name = stk_text_of(path);
    return stk_text_cut_suffix(&name, kind->end) ||
           (stk_text_cut_suffix(&name, ".csv") && stk_text_cut_prefix(&name, kind->start));
}

/* The name of a file that lies in the folder itself, or NULL. */
static const char *name_in(const char *folder, const char *path)
{
    size_t size = strlen(folder);
    return strncmp(path, folder, size) == 0 && strchr(path + size, '/') == NULL ? path + size
                                                                                : NULL;
}

/* What is there: files of a kind, or all of them without one. */
static void list_files(const stk_edition *edition, const char *folder, const table_kind *kind,
                       char *list, size_t size)
{
    enum { SHOWN = 10 };
    int count = 0;
    list[0] = '\0';
    for (size_t i = 0; i < stk_edition_file_count(edition); i++) {
        const char *name = name_in(folder, stk_edition_path(edition, i));
        if (name != NULL && (kind == NULL || is_of_kind(kind, name)) && count++ <= SHOWN) {
            size_t used = strlen(list);
            stk_print(list + used, size - used, "%s%s", used > 0 ? ", " : "",
                      count > SHOWN ? "..." : STK_CUT(name, 80));
        }
    }
}

/* The only file of a kind; `*path` is NULL where there is none. */
static stk_status find_path(const stk_edition *edition, const char *folder, const table_kind *kind,
                            const char **path, stk_error *error)
{
    char list[1024];
    int count = 0;
    *path = NULL;
    for (size_t i = 0; i < stk_edition_file_count(edition); i++) {
        const char *name = name_in(folder, stk_edition_path(edition, i));
        if (name != NULL && is_of_kind(kind, name)) {
            *path = stk_edition_path(edition, i);
            count++;
        }
    }
    if (count <= 1) {
        return STK_OK;
    }
    list_files(edition, folder, kind, list, sizeof list);
    return stk_error_set(error, STK_EDATA, "%s has %d files of %s, one is allowed: %s",
                         stk_edition_name(edition), count, kind->what, list);
}

/* The version in a name, such as 1.4.1: the last figures with points between them. */
static stk_text version_of(const char *name)
{
    stk_text found = {0};
    const char *at = name;
    while (at != NULL && (at = strpbrk(at, "0123456789")) != NULL) {
        size_t size = strspn(at, "0123456789.");
        const char *end = at + size;
        while (size > 0 && at[size - 1] == '.') {
            size--;
        }
        if (memchr(at, '.', size) != NULL) {
            found = (stk_text){at, size};
        }
        at = end;
    }
    return found;
}

/* Members fit species of their own version alone, but a folder may be renamed. */
static void note_versions(const char *members, const char *species, stk_calibration *calibration)
{
    stk_text m = version_of(members);
    stk_text s = version_of(species);
    if (m.size > 0 && s.size > 0 && !stk_text_same(m, s)) {
        stk_error note;
        (void)stk_error_set(&note, STK_EDATA,
                            "%s and %s are of different versions: %.*s and %.*s; results are of "
                            "no published calibration",
                            STK_CUT(members, 150), STK_CUT(species, 150), (int)m.size, m.data,
                            (int)s.size, s.data);
        stk_problems_add(&calibration->notes, &note);
    }
}

static stk_status open_table(stk_edition *edition, const char *path, const stk_shipped_note *note,
                             stk_csv_file *file, stk_error *error)
{
    char sha256[STK_SHA256_SIZE];
    stk_status status;
    STK_TRY(stk_edition_file(edition, path, file, error));
    if (note != NULL) {
        STK_TRY(stk_edition_sha256(edition, path, sha256, error));
        note->take(note->user, path, sha256);
    }
done:
    return status;
}

stk_status stk_shipped_calibration(stk_edition *edition, const char *folder,
                                   const stk_shipped_note *note, stk_calibration **calibration,
                                   stk_error *error)
{
    calibration_tables tables = {0};
    stk_csv_file *const slots[TABLES] = {&tables.members, &tables.species, &tables.natural};
    const char *paths[TABLES];
    char list[1024];
    stk_status status = STK_OK;
    for (int i = 0; i < TABLES; i++) {
        STK_TRY(find_path(edition, folder, &kinds[i], &paths[i], error));
        if (paths[i] == NULL && i != NATURAL) {
            list_files(edition, folder, NULL, list, sizeof list);
            return stk_error_set(error, STK_ENOTFOUND,
                                 "%s has no file of %s, called %s*.csv or *%s; there is: %s",
                                 stk_edition_name(edition), kinds[i].what, kinds[i].start,
                                 kinds[i].end, list[0] != '\0' ? list : "nothing");
        }
    }
    for (int i = 0; i < TABLES; i++) {
        if (paths[i] != NULL) {
            STK_TRY(open_table(edition, paths[i], note, slots[i], error));
        }
    }
    STK_TRY(calibration_read(&tables, calibration, error));
    note_versions(paths[MEMBERS] + strlen(folder), paths[SPECIES] + strlen(folder), *calibration);
done:
    return status;
}

stk_status stk_shipped_natural(stk_edition *edition, const char *folder,
                               const stk_shipped_note *note, stk_calibration *calibration,
                               stk_error *error)
{
    stk_csv_file file;
    const char *path;
    stk_status status;
    STK_TRY(find_path(edition, folder, &kinds[NATURAL], &path, error));
    if (path == NULL) {
        return stk_error_set(error, STK_ENOTFOUND, "%s has no file of %s",
                             stk_edition_name(edition), kinds[NATURAL].what);
    }
    STK_TRY(open_table(edition, path, note, &file, error));
    STK_TRY(calibration_read_forcing(calibration, &file, error));
    calibration_prefer_given(calibration);
done:
    return status;
}
