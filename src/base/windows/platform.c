/** @file platform.c
 * @brief What the project takes from POSIX, on Windows: files by UTF-8 names, libraries, terminal.
 */
#define WIN32_LEAN_AND_MEAN
#include "base/windows/platform.h"

#include <dlfcn.h>
#include <io.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <windows.h>

#include <stocktake/base.h>

enum { PATH_SIZE = 4096 };

/* ---- names and failures ---- */

static int fail(DWORD reason)
{
    static const struct {
        DWORD reason;
        int number;
    } known[] = {
        {ERROR_FILE_NOT_FOUND, ENOENT},
        {ERROR_PATH_NOT_FOUND, ENOENT},
        {ERROR_INVALID_NAME, ENOENT},
        {ERROR_BAD_NETPATH, ENOENT},
        {ERROR_FILE_EXISTS, EEXIST},
        {ERROR_ALREADY_EXISTS, EEXIST},
        {ERROR_DIR_NOT_EMPTY, ENOTEMPTY},
        {ERROR_ACCESS_DENIED, EACCES},
        {ERROR_SHARING_VIOLATION, EACCES},
        {ERROR_LOCK_VIOLATION, EAGAIN},
        {ERROR_DISK_FULL, ENOSPC},
        {ERROR_TOO_MANY_OPEN_FILES, EMFILE},
        {ERROR_NOT_ENOUGH_MEMORY, ENOMEM},
        {ERROR_INVALID_HANDLE, EBADF},
        {ERROR_FILENAME_EXCED_RANGE, ENAMETOOLONG},
    };
    errno = EIO;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        errno = known[i].reason == reason ? known[i].number : errno;
    }
    return -1;
}

static int result(BOOL done)
{
    return done ? 0 : fail(GetLastError());
}

/* The name as Windows has it; the null device has another one there. */
static bool wide_name(const char *path, wchar_t wide[PATH_SIZE])
{
    bool null = strcmp(path, "/dev/null") == 0;
    return MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, null ? "NUL" : path, -1, wide,
                               PATH_SIZE) > 0
               ? true
               : (fail(ERROR_INVALID_NAME), false);
}

/* ---- opening ---- */

/* As the C library's _wopen(), but what is open can be renamed and removed, and a folder can be
 * opened, to be found to be one. */
static HANDLE create(const wchar_t *name, int flags)
{
    DWORD access = (flags & (O_WRONLY | O_RDWR)) == O_RDWR ? GENERIC_READ | GENERIC_WRITE
                   : (flags & O_WRONLY) != 0               ? GENERIC_WRITE
                                                           : GENERIC_READ;
    DWORD how = (flags & O_CREAT) == 0   ? OPEN_EXISTING
                : (flags & O_EXCL) != 0  ? CREATE_NEW
                : (flags & O_TRUNC) != 0 ? CREATE_ALWAYS
                                         : OPEN_ALWAYS;
    return CreateFileW(name, access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                       how, FILE_ATTRIBUTE_NORMAL | FILE_FLAG_BACKUP_SEMANTICS, NULL);
}

int stk_windows_open(const char *path, int flags, ...)
{
    wchar_t name[PATH_SIZE];
    if (!wide_name(path, name)) {
        return -1;
    }
    HANDLE handle = create(name, flags);
    if (handle == INVALID_HANDLE_VALUE) {
        return fail(GetLastError());
    }
    int descriptor = _open_osfhandle((intptr_t)handle, (flags & O_CLOEXEC) | _O_BINARY);
    if (descriptor < 0) {
        CloseHandle(handle);
    }
    return descriptor;
}

/* For reading: what is written are stk_pending_file. */
FILE *stk_windows_fopen(const char *path, const char *mode)
{
    int descriptor = stk_windows_open(path, O_RDONLY | O_CLOEXEC);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, mode);
    if (file == NULL && descriptor >= 0) {
        close(descriptor);
    }
    return file;
}

int stk_windows_fcntl(int descriptor, int command, ...)
{
    if (command == F_GETFD) {
        return _get_osfhandle(descriptor) < 0 ? -1 : 0;
    }
    va_list arguments;
    va_start(arguments, command);
    int least = va_arg(arguments, int);
    va_end(arguments);
    int moved = dup(descriptor);
    if (moved >= 0 && moved < least) {
        int below = moved;
        moved = stk_windows_fcntl(descriptor, command, least);
        close(below);
    }
    return moved;
}

/* The system's locks keep others from reading, so the byte that is locked lies where none is. */
int stk_windows_flock(int descriptor, int operation)
{
    HANDLE handle = (HANDLE)_get_osfhandle(descriptor);
    OVERLAPPED place = {.OffsetHigh = 0x40000000};
    DWORD flags = ((operation & LOCK_EX) != 0 ? LOCKFILE_EXCLUSIVE_LOCK : 0) |
                  ((operation & LOCK_NB) != 0 ? LOCKFILE_FAIL_IMMEDIATELY : 0);
    (void)UnlockFileEx(handle, 0, 1, 0, &place); /* one that is held is exchanged */
    if (LockFileEx(handle, flags, 0, 1, 0, &place)) {
        return 0;
    }
    DWORD reason = GetLastError();
    fail(reason);
    errno = reason == ERROR_LOCK_VIOLATION || reason == ERROR_IO_PENDING ? EWOULDBLOCK : errno;
    return -1;
}

/* ---- facts ---- */

static int describe(HANDLE handle, struct stk_windows_stat *to)
{
    BY_HANDLE_FILE_INFORMATION file;
    FILE_BASIC_INFO times;
    *to = (struct stk_windows_stat){.st_mode = _S_IFIFO | 0666};
    DWORD type = GetFileType(handle);
    if (type != FILE_TYPE_DISK) {
        to->st_mode = type == FILE_TYPE_CHAR ? _S_IFCHR | 0666 : to->st_mode;
        return type == FILE_TYPE_UNKNOWN && GetLastError() != NO_ERROR ? fail(GetLastError()) : 0;
    }
    if (!GetFileInformationByHandle(handle, &file) ||
        !GetFileInformationByHandleEx(handle, FileBasicInfo, &times, sizeof times)) {
        return fail(GetLastError());
    }
    bool folder = (file.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
    to->st_mode = (folder ? _S_IFDIR | 0777 : _S_IFREG | 0666);
    to->st_dev = file.dwVolumeSerialNumber;
    to->st_ino = (uint64_t)file.nFileIndexHigh << 32 | file.nFileIndexLow;
    to->st_size = (int64_t)((uint64_t)file.nFileSizeHigh << 32 | file.nFileSizeLow);
    to->st_ctim.tv_sec = (time_t)(times.ChangeTime.QuadPart / 10000000);
    to->st_ctim.tv_nsec = (long)(times.ChangeTime.QuadPart % 10000000 * 100);
    return 0;
}

int stk_windows_fstat(int descriptor, struct stk_windows_stat *information)
{
    HANDLE handle = (HANDLE)_get_osfhandle(descriptor);
    return handle == INVALID_HANDLE_VALUE ? -1 : describe(handle, information);
}

int stk_windows_stat(const char *path, struct stk_windows_stat *information)
{
    wchar_t name[PATH_SIZE];
    if (!wide_name(path, name)) {
        return -1;
    }
    HANDLE handle = CreateFileW(name, FILE_READ_ATTRIBUTES,
                                FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                                OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    if (handle == INVALID_HANDLE_VALUE) {
        return fail(GetLastError());
    }
    int status = describe(handle, information);
    CloseHandle(handle);
    return status;
}

int stk_windows_access(const char *path, int mode)
{
    wchar_t name[PATH_SIZE];
    if (!wide_name(path, name)) {
        return -1;
    }
    DWORD attributes = GetFileAttributesW(name);
    if (attributes == INVALID_FILE_ATTRIBUTES) {
        return fail(GetLastError());
    }
    bool kept =
        (attributes & FILE_ATTRIBUTE_READONLY) != 0 && (attributes & FILE_ATTRIBUTE_DIRECTORY) == 0;
    return kept && (mode & W_OK) != 0 ? fail(ERROR_ACCESS_DENIED) : 0;
}

/* ---- names of files ---- */

/* A file takes the place of another; a folder does not, as nothing can take away what is in it. */
int stk_windows_rename(const char *from, const char *to)
{
    wchar_t old[PATH_SIZE];
    wchar_t new[PATH_SIZE];
    return wide_name(from, old) && wide_name(to, new)
               ? result(MoveFileExW(old, new, MOVEFILE_REPLACE_EXISTING))
               : -1;
}

int stk_windows_unlink(const char *path)
{
    wchar_t name[PATH_SIZE];
    return wide_name(path, name) ? result(DeleteFileW(name)) : -1;
}

int stk_windows_remove(const char *path)
{
    wchar_t name[PATH_SIZE];
    return wide_name(path, name) ? result(DeleteFileW(name) || RemoveDirectoryW(name)) : -1;
}

int stk_windows_mkdir(const char *path)
{
    wchar_t name[PATH_SIZE];
    return wide_name(path, name) ? result(CreateDirectoryW(name, NULL)) : -1;
}

/* ---- folders ---- */

struct stk_windows_folder {
    _WDIR *wide;
    struct stk_windows_entry entry;
};

stk_windows_folder *stk_windows_opendir(const char *path)
{
    wchar_t name[PATH_SIZE];
    stk_windows_folder *folder = wide_name(path, name) ? malloc(sizeof *folder) : NULL;
    if (folder != NULL && (folder->wide = _wopendir(name)) == NULL) {
        free(folder);
        return NULL;
    }
    return folder;
}

struct stk_windows_entry *stk_windows_readdir(stk_windows_folder *folder)
{
    const struct _wdirent *entry = _wreaddir(folder->wide);
    return entry != NULL && WideCharToMultiByte(CP_UTF8, 0, entry->d_name, -1, folder->entry.d_name,
                                                sizeof folder->entry.d_name, NULL, NULL) > 0
               ? &folder->entry
               : NULL;
}

int stk_windows_closedir(stk_windows_folder *folder)
{
    int status = _wclosedir(folder->wide);
    free(folder);
    return status;
}

int stk_windows_nftw(const char *path,
                     int (*visit)(const char *path, const struct stk_windows_stat *information,
                                  int kind, struct FTW *position),
                     int open_at_once, int flags)
{
    char inside[PATH_SIZE];
    stk_windows_folder *folder = stk_windows_opendir(path);
    const struct stk_windows_entry *entry;
    while (folder != NULL && (entry = stk_windows_readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            stk_print(inside, sizeof inside, "%s/%s", path, entry->d_name) < PATH_SIZE) {
            stk_windows_nftw(inside, visit, open_at_once, flags);
        }
    }
    if (folder != NULL) {
        stk_windows_closedir(folder);
    }
    return visit(path, NULL, 0, NULL);
}

/* ---- the rest ---- */

int stk_windows_entropy(void *bytes, size_t size)
{
    for (size_t done = 0; done < size;) {
        unsigned int number;
        size_t part = size - done < sizeof number ? size - done : sizeof number;
        if (rand_s(&number) != 0) {
            return -1;
        }
        memcpy((char *)bytes + done, &number, part);
        done += part;
    }
    return 0;
}

int stk_windows_setenv(const char *name, const char *value, int overwrite)
{
    return overwrite == 0 && getenv(name) != NULL ? 0 : _putenv_s(name, value);
}

char *stk_windows_strndup(const char *text, size_t most)
{
    size_t size = strnlen(text, most);
    char *copy = malloc(size + 1);
    if (copy != NULL) {
        memcpy(copy, text, size);
        copy[size] = '\0';
    }
    return copy;
}

int stk_windows_sigaction(int number, const struct sigaction *action, struct sigaction *before)
{
    if (action == NULL) {
        *before = (struct sigaction){.sa_handler = number > 0 ? SIG_DFL : SIG_IGN};
        return 0;
    }
    return signal(number, action->sa_handler) == SIG_ERR ? -1 : 0;
}

void *dlopen(const char *file, int flags)
{
    (void)flags;
    return (void *)LoadLibraryA(file);
}

void *dlsym(void *library, const char *name)
{
    FARPROC found = GetProcAddress((HMODULE)library, name);
    void *symbol;
    memcpy(&symbol, &found, sizeof symbol);
    return symbol;
}

int ioctl(int descriptor, int request, struct winsize *size)
{
    CONSOLE_SCREEN_BUFFER_INFO console;
    (void)request;
    if (!GetConsoleScreenBufferInfo((HANDLE)_get_osfhandle(descriptor), &console)) {
        return fail(GetLastError());
    }
    size->ws_col = (unsigned short)(console.srWindow.Right - console.srWindow.Left + 1);
    return 0;
}
