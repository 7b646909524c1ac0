/** @file platform.h
 * @brief What the project takes from POSIX, on Windows.
 *
 * Included before every source there (CMakeLists.txt), so that nothing else knows of Windows. Names
 * of files are UTF-8, whatever the code page; bytes stay what they are; a file that is open can be
 * renamed, replaced and removed, as on other systems.
 */
#ifndef STK_WINDOWS_PLATFORM_H
#define STK_WINDOWS_PLATFORM_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- files ---- */

struct stk_windows_stat {
    uint64_t st_dev;
    uint64_t st_ino;
    int64_t st_size;
    unsigned st_mode;
    struct timespec st_ctim;
};

typedef struct stk_windows_folder stk_windows_folder;
struct stk_windows_entry {
    char d_name[4 * 260];
};

int stk_windows_open(const char *path, int flags, ...);
FILE *stk_windows_fopen(const char *path, const char *mode);
int stk_windows_stat(const char *path, struct stk_windows_stat *information);
int stk_windows_fstat(int descriptor, struct stk_windows_stat *information);
int stk_windows_rename(const char *from, const char *to);
int stk_windows_unlink(const char *path);
int stk_windows_remove(const char *path);
int stk_windows_mkdir(const char *path);
int stk_windows_access(const char *path, int mode);
int stk_windows_fcntl(int descriptor, int command, ...);
int stk_windows_flock(int descriptor, int operation);
stk_windows_folder *stk_windows_opendir(const char *path);
struct stk_windows_entry *stk_windows_readdir(stk_windows_folder *folder);
int stk_windows_closedir(stk_windows_folder *folder);

/** Only as the project uses it: everything in a folder, and the folder after it. */
int stk_windows_nftw(const char *path,
                     int (*visit)(const char *path, const struct stk_windows_stat *information,
                                  int kind, struct FTW *position),
                     int open_at_once, int flags);

#define open stk_windows_open
#define fopen stk_windows_fopen
#undef stat
#define stat stk_windows_stat
#define lstat stk_windows_stat
#undef fstat
#define fstat stk_windows_fstat
#define rename stk_windows_rename
#define unlink stk_windows_unlink
#define remove stk_windows_remove
#define mkdir(path, mode) stk_windows_mkdir(path)
#define access stk_windows_access
#define fcntl stk_windows_fcntl
#define flock stk_windows_flock
#define nftw stk_windows_nftw
#define DIR stk_windows_folder
#define dirent stk_windows_entry
#define opendir stk_windows_opendir
#define readdir stk_windows_readdir
#define closedir stk_windows_closedir
#undef ftruncate
#define ftruncate _chsize_s
#define fchmod(descriptor, mode) ((void)(descriptor), (void)(mode), 0)

#ifndef S_ISLNK
#define S_ISLNK(mode) ((void)(mode), false)
#endif
#define O_NOFOLLOW 0
#define O_NONBLOCK 0
#define O_NOCTTY 0
#define O_CLOEXEC _O_NOINHERIT
#define F_GETFD 1
#define F_DUPFD_CLOEXEC 2
enum { LOCK_SH = 1, LOCK_EX = 2, LOCK_NB = 4 };

/* ---- the rest ---- */

int stk_windows_entropy(void *bytes, size_t size);
int stk_windows_setenv(const char *name, const char *value, int overwrite);
char *stk_windows_strndup(const char *text, size_t most);
#define getentropy stk_windows_entropy
#define setenv stk_windows_setenv
#define strndup stk_windows_strndup
#define aligned_alloc(alignment, size) _aligned_malloc(size, alignment)
#define sysconf(what) pthread_num_processors_np()

/* A thread cannot refuse signals; those that Windows does not have never come. */
typedef _sigset_t stk_windows_sigset;
#define sigset_t stk_windows_sigset
struct sigaction {
    void (*sa_handler)(int number);
    int sa_mask;
    int sa_flags;
};
enum { SA_RESTART = 0, SIGHUP = SIGBREAK, SIGQUIT = -1, SIGPIPE = -2, SIGXCPU = -3, SIGXFSZ = -4 };
int stk_windows_sigaction(int number, const struct sigaction *action, struct sigaction *before);
#define sigaction(number, action, before) stk_windows_sigaction(number, action, before)
#define sigemptyset(set) ((void)(set))
#define sigfillset(set) ((void)(*(set) = 0))
#undef pthread_sigmask
#define pthread_sigmask(how, set, before) ((void)(set), (void)(before), 0)

#endif
