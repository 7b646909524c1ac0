/** @file pending_file.c
 * @brief Outputs: files that get their names when they are complete.
 */
#define _DEFAULT_SOURCE /* getentropy() */

#include "base/pending_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/abandon.h"
#include "base/try.h"

#ifdef __APPLE__
#include <sys/random.h>
#endif

enum { TAG_SIZE = 17, NAME_MOST = 200 };

static stk_status refuse(const stk_pending_file *out, const char *why, stk_error *error)
{
    return strcmp(out->path, "-") == 0
               ? stk_error_set(error, STK_EIO, "the standard output cannot be written: %s", why)
               : stk_error_at(error, STK_EIO, out->path, 0, 0, "cannot be written: %s", why);
}

/* ---- names ---- */

/* Before the last name of a path; Windows knows two slashes. */
static const char *last_slash(const char *path)
{
    const char *end = strrchr(path, '/');
#ifdef _WIN32
    const char *other = strrchr(path, '\\');
    end = end == NULL || (other != NULL && other > end) ? other : end;
#endif
    return end;
}

void stk_path_folder(const char *path, char *folder, size_t size)
{
    const char *end = last_slash(path);
    if (end == NULL) {
        stk_print(folder, size, ".");
    } else { /* with the slash, if that is all */
        stk_print(folder, size, "%.*s", end == path ? 1 : (int)(end - path), path);
    }
}

const char *stk_path_name(const char *path)
{
    const char *end = last_slash(path);
    return end == NULL ? path : end + 1;
}

/* What nobody can guess; where the system has no randomness the name is still new, see O_EXCL. */
static void make_tag(char tag[TAG_SIZE])
{
    uint64_t number = 0;
    struct timespec now = {0};
    if (getentropy(&number, sizeof number) != 0) {
        clock_gettime(CLOCK_REALTIME, &now);
        number = (uint64_t)now.tv_nsec * UINT64_C(0x9e3779b97f4a7c15) ^ (uint64_t)getpid();
    }
    stk_print(tag, TAG_SIZE, "%08x%08x", (unsigned)(number >> 32), (unsigned)number);
}

bool stk_pending_folder(const char *base, const char *name, char *path, size_t size)
{
    char tag[TAG_SIZE];
    make_tag(tag);
    errno = ENAMETOOLONG;
    return stk_print(path, size, "%s/%s-%s", base, name, tag) < (int)size &&
           mkdir(path, S_IRWXU) == 0;
}

bool stk_pending_is_rest(const char *entry, const char *name)
{
    char start[NAME_MOST + 3];
    stk_print(start, sizeof start, ".%s.", STK_CUT(name, NAME_MOST));
    size_t size = strlen(start);
    return strncmp(entry, start, size) == 0 &&
           strspn(entry + size, "0123456789abcdef") == TAG_SIZE - 1 &&
           strcmp(entry + size + TAG_SIZE - 1, ".part") == 0;
}

/* Its names, and whether it is written to as it is: the standard output; a device or a pipe is no
 * file that another may take the place of, nor is what the system shows of an open file. */
static stk_status find_place(stk_pending_file *out, const char *folder, const char *name,
                             stk_error *error)
{
    struct stat there;
    struct stat link;
    bool standard = name == NULL || strcmp(name, "-") == 0;
    int length = stk_print(out->path, sizeof out->path, "%s%s%s", folder == NULL ? "" : folder,
                           folder == NULL ? "" : "/", standard ? "-" : name);
    out->file = standard ? stdout : NULL;
    out->as_it_is = standard;
    if (standard) {
        return STK_OK;
    }
    if (name[0] == '\0') {
        return stk_error_set(error, STK_EARG, "an output has no name; '-' is the standard output");
    }
    if (length < 0 || (size_t)length >= sizeof out->path) {
        return refuse(out, "the name is too long", error);
    }
    bool exists = stat(out->path, &there) == 0;
    if (exists && S_ISDIR(there.st_mode)) {
        return refuse(out, "it is a folder", error);
    }
    bool of_system = strncmp(out->path, "/dev/", 5) == 0 || strncmp(out->path, "/proc/", 6) == 0;
    out->as_it_is =
        exists && (!S_ISREG(there.st_mode) ||
                   (of_system && lstat(out->path, &link) == 0 && S_ISLNK(link.st_mode)));
    return STK_OK;
}

/* ---- opening ---- */

/* The standard files stay what they are, even where the caller has closed one of them. */
static int above_standard_files(int descriptor)
{
    if (descriptor < 0 || descriptor > STDERR_FILENO) {
        return descriptor;
    }
    int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    int reason = errno;
    close(descriptor);
    errno = reason;
    return moved;
}

/* A new file beside the output, with the rights of the file that it replaces.
 * @return a descriptor, or -1 with errno set */
static int create_beside(stk_pending_file *out)
{
    enum { TIMES = 16 };
    struct stat before;
    char folder[STK_PENDING_PATH_SIZE];
    bool replaces = stat(out->path, &before) == 0;
    int descriptor = -1;
    stk_path_folder(out->path, folder, sizeof folder);
    for (int i = 0; i < TIMES && descriptor < 0 && (i == 0 || errno == EEXIST); i++) {
        char tag[TAG_SIZE];
        make_tag(tag);
        stk_print(out->temporary, sizeof out->temporary, "%s/.%s.%s.part", folder,
                  STK_CUT(stk_path_name(out->path), NAME_MOST), tag);
        descriptor = open(out->temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                          replaces ? 0600 : 0666);
    }
    if (descriptor < 0) {
        out->temporary[0] = '\0';
        return -1;
    }
    stk_abandon_remember(out->temporary);
    if (replaces && fchmod(descriptor, before.st_mode & 0777) != 0) {
        close(descriptor);
        return -1;
    }
    return above_standard_files(descriptor);
}

/* A device, a pipe, or what the system shows as a file of this process. */
static int open_as_it_is(const stk_pending_file *out)
{
    struct stat there;
    int descriptor = open(out->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor >= 0 && fstat(descriptor, &there) == 0 && S_ISREG(there.st_mode)) {
        struct stat own;
        for (int standard = STDOUT_FILENO; standard <= STDERR_FILENO; standard++) {
            if (fstat(standard, &own) == 0 && own.st_dev == there.st_dev &&
                own.st_ino == there.st_ino) { /* behind what was written there, not over it */
                close(descriptor);
                return fcntl(standard, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
            }
        }
        if (ftruncate(descriptor, 0) != 0) {
            close(descriptor);
            return -1;
        }
    }
    return above_standard_files(descriptor);
}

static stk_status open_place(stk_pending_file *out, stk_error *error)
{
    if (out->file != NULL) {
        return STK_OK;
    }
    int descriptor = out->as_it_is ? open_as_it_is(out) : create_beside(out);
    out->file = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
    if (out->file == NULL) {
        int reason = errno;
        if (descriptor >= 0) {
            close(descriptor);
        }
        return refuse(out, strerror(reason), error);
    }
    return STK_OK;
}

/* What a run of before that was killed has left behind: nobody else is on the way to this name. */
static void remove_rests(const char *folder, const char *name)
{
    char path[STK_PENDING_PATH_SIZE + 64];
    DIR *all = opendir(folder);
    for (const struct dirent *entry; all != NULL && (entry = readdir(all)) != NULL;) {
        if (stk_pending_is_rest(entry->d_name, name) &&
            stk_print(path, sizeof path, "%s/%s", folder, entry->d_name) < (int)sizeof path) {
            unlink(path);
        }
    }
    if (all != NULL) {
        closedir(all);
    }
}

static stk_status take_lock(stk_pending_file *out, stk_error *error)
{
    char folder[STK_PENDING_PATH_SIZE];
    if (out->as_it_is) {
        return STK_OK;
    }
    stk_path_folder(out->path, folder, sizeof folder);
    stk_status status =
        stk_lock_take(&out->lock, folder, stk_path_name(out->path), false, out->path, error);
    if (status == STK_OK && out->lock.taken_over) {
        remove_rests(folder, stk_path_name(out->path));
    }
    return status;
}

static void drop(stk_pending_file *out)
{
    if (out->temporary[0] != '\0') {
        unlink(out->temporary);
        stk_abandon_forget(out->temporary);
        out->temporary[0] = '\0';
    }
    stk_lock_release(&out->lock);
}

stk_status stk_pending_create(stk_pending_file *out, const char *folder, const char *name,
                              stk_error *error)
{
    stk_status status;
    STK_TRY(find_place(out, folder, name, error));
    STK_TRY(take_lock(out, error));
    STK_TRY(open_place(out, error));
done:
    if (status != STK_OK) {
        drop(out);
    }
    return status;
}

stk_status stk_pending_reserve(stk_pending_file *out, const char *folder, const char *name,
                               stk_error *error)
{
    stk_status status;
    STK_TRY(find_place(out, folder, name, error));
    if (out->as_it_is) {
        out->file = NULL;
        return refuse(out, "it is no file that can be replaced", error);
    }
    STK_TRY(take_lock(out, error));
    STK_TRY(open_place(out, error));
    fclose(out->file);
    out->file = NULL;
done:
    if (status != STK_OK) {
        drop(out);
    }
    return status;
}

stk_status stk_pending_check(const char *folder, const char *name, stk_error *error)
{
    stk_pending_file out = {.file = NULL};
    stk_status status = find_place(&out, folder, name, error);
    if (status == STK_OK && !out.as_it_is) {
        status = open_place(&out, error);
        (void)stk_pending_finish(&out, STK_EARG, NULL); /* which removes it */
    }
    return status;
}

FILE *stk_nameless_file(const char *folder)
{
    stk_pending_file out = {.file = NULL};
    stk_print(out.path, sizeof out.path, "%s/scenarios", folder);
    int descriptor = create_beside(&out);
    drop(&out);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w+b");
    if (file == NULL && descriptor >= 0) {
        close(descriptor);
    }
    return file;
}

/* ---- writing ---- */

bool stk_pending_append(void *file, const char *data, size_t size)
{
    stk_pending_file *out = file;
    return fwrite(data, 1, size, out->file) == size;
}

stk_status stk_pending_write(stk_pending_file *out, stk_text text, stk_error *error)
{
    errno = 0;
    return text.size == 0 || stk_pending_append(out, text.data, text.size)
               ? STK_OK
               : refuse(out, strerror(errno), error);
}

/* ---- finishing ---- */

/* All bytes are with the system, or the first failure. */
static stk_status complete(stk_pending_file *out, stk_status status, stk_error *error)
{
    if (out->file == NULL) {
        return status;
    }
    errno = 0;
    bool written = fflush(out->file) == 0 && ferror(out->file) == 0;
    const char *why = strerror(errno);
    if (out->file != stdout && fclose(out->file) != 0 && written) {
        written = false;
        why = strerror(errno);
    }
    out->file = NULL;
    return status != STK_OK || written ? status : refuse(out, why, error);
}

static stk_status take_name(stk_pending_file *out, stk_status status, stk_error *error)
{
    if (status == STK_OK && out->temporary[0] != '\0') {
        if (rename(out->temporary, out->path) != 0) {
            status = refuse(out, strerror(errno), error);
        } else {
            stk_abandon_forget(out->temporary);
            out->temporary[0] = '\0';
        }
    }
    return status;
}

/* The one that gets its name first: those that describe others come after these. */
static size_t first_named(stk_pending_file *const *files, size_t count)
{
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count; i++) {
            if (files[i]->temporary[0] != '\0' && files[i]->describes == (pass == 1)) {
                return i;
            }
        }
    }
    return count;
}

/* Old files must not stand beside new ones, whatever happens between two names: but for the first,
 * whose name goes from the old to the new at once, the old ones go before. A folder that was left
 * in between is seen to be incomplete. */
static stk_status take_away(const stk_pending_file *out, stk_status status, stk_error *error)
{
    return status != STK_OK || out->temporary[0] == '\0' || unlink(out->path) == 0 ||
                   errno == ENOENT
               ? status
               : refuse(out, strerror(errno), error);
}

stk_status stk_pending_finish_all(stk_pending_file *const *files, size_t count, stk_status status,
                                  stk_error *error)
{
    for (size_t i = 0; i < count; i++) {
        status = complete(files[i], status, error);
    }
    stk_abandon_hold(true);
    size_t first = first_named(files, count);
    for (size_t i = count; i-- > 0;) {
        status = i != first ? take_away(files[i], status, error) : status;
    }
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count; i++) {
            status =
                files[i]->describes == (pass == 1) ? take_name(files[i], status, error) : status;
        }
    }
    for (size_t i = 0; i < count; i++) {
        drop(files[i]);
    }
    stk_abandon_hold(false);
    return status;
}

stk_status stk_pending_finish(stk_pending_file *out, stk_status status, stk_error *error)
{
    return stk_pending_finish_all(&out, 1, status, error);
}

stk_status stk_pending_put(const char *path, stk_text content, stk_error *error)
{
    stk_pending_file out = {.file = NULL};
    stk_status status;
    STK_TRY(find_place(&out, NULL, path, error));
    STK_TRY(open_place(&out, error));
    STK_TRY(stk_pending_write(&out, content, error));
done:
    return stk_pending_finish(&out, status, error);
}

bool stk_pending_abandon(void)
{
    return stk_abandon_all();
}

/* ---- places ---- */

static bool same_inode(const char *a, const char *b)
{
    struct stat first;
    struct stat second;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

/* A path without what leads nowhere: "./" and further slashes. */
static const char *skip_nothing(const char *path)
{
    while ((path[0] == '.' && path[1] == '/') || (path[0] == '/' && path[1] == '/')) {
        path += path[0] == '.' ? 2 : 1;
    }
    return path;
}

/* Of folders that are not there yet nothing but their names can be compared. */
static bool same_words(const char *a, const char *b)
{
    bool start = true;
    for (;;) {
        a = start || *a == '/' ? skip_nothing(a) : a;
        b = start || *b == '/' ? skip_nothing(b) : b;
        if (*a != *b || *a == '\0') {
            return *a == *b;
        }
        start = *a == '/';
        a++;
        b++;
    }
}

bool stk_same_file(const char *a, const char *b)
{
    char first[STK_PENDING_PATH_SIZE];
    char second[STK_PENDING_PATH_SIZE];
    if (a == NULL || b == NULL || a[0] == '\0' || b[0] == '\0') {
        return false;
    }
    stk_path_folder(a, first, sizeof first);
    stk_path_folder(b, second, sizeof second);
    return same_inode(a, b) || same_words(a, b) ||
           (strcmp(stk_path_name(a), stk_path_name(b)) == 0 && same_inode(first, second));
}

bool stk_lies_within(const char *path, const char *folder)
{
    enum { DEPTH_MAX = 5 };
    char at[STK_PENDING_PATH_SIZE + 4 * DEPTH_MAX];
    stk_path_folder(path, at, STK_PENDING_PATH_SIZE);
    size_t used = strlen(at);
    for (int up = 0; up < DEPTH_MAX; up++) {
        if (same_inode(at, folder)) {
            return true;
        }
        used += (size_t)stk_print(at + used, sizeof at - used, "/..");
    }
    return false;
}

void stk_pending_scratch(const stk_pending_file *out, char *folder, size_t size)
{
    const char *temporary = getenv("TMPDIR");
    if (out->as_it_is) {
        bool given = temporary != NULL && temporary[0] != '\0';
        stk_print(folder, size, "%s", given ? temporary : "/tmp");
    } else {
        stk_path_folder(out->path, folder, size);
    }
}

void stk_pending_scratch_for(const char *name, char *folder, size_t size)
{
    stk_pending_file out = {.file = NULL};
    bool placed = find_place(&out, NULL, name, NULL) == STK_OK;
    stk_pending_scratch(&out, folder, size);
    if (!placed || access(folder, W_OK | X_OK) != 0) {
        out.as_it_is = true;
        stk_pending_scratch(&out, folder, size);
    }
}
