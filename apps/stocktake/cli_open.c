/** @file cli_open.c
 * @brief An answer that is opened in the browser: where it is put, and who opens it.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef _WIN32
#include <windows.h>

#include <shellapi.h>
#else
#include <spawn.h>

extern char **environ;
#endif

#include "base/pending_file.h"
#include "base/plain.h"
#include "cli.h"

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value != NULL && value[0] != '\0';
}

stk_status cli_place_opened(const query *q, char *path, size_t size, stk_error *error)
{
    const char *output = query_value(q, "output");
    if (output != NULL) {
        return stk_print(path, size, "%s", output) < (int)size
                   ? STK_OK
                   : stk_error_set(error, STK_EARG, "the name of the output is too long");
    }
    /* the page keeps its name, which the browser shows, in a folder that nobody else can guess */
    char folder[STK_PENDING_PATH_SIZE - 64];
    const char *base = is_set("TMPDIR") ? getenv("TMPDIR") : "/tmp";
    if (!stk_pending_folder(base, "stocktake", folder, sizeof folder)) {
        return stk_error_at(error, STK_EIO, base, 0, 0,
                            "no temporary folder can be made there; --output names a file");
    }
    stk_print(path, size, "%s/%s", folder, q->question->opens_as);
    return STK_OK;
}

void cli_forget_opened(const query *q, const char *path)
{
    char folder[STK_PENDING_PATH_SIZE];
    if (!query_given(q, "output")) {
        stk_path_folder(path, folder, sizeof folder);
        (void)rmdir(folder);
    }
}

/* What opens a file as a click on it does; NULL where there is nothing to open it on. */
static const char *opener(void)
{
#if defined(_WIN32) || defined(__APPLE__)
    return "open";
#elif defined(__CYGWIN__)
    return "cygstart";
#else
    return is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") || is_set("WSL_DISTRO_NAME") ? "xdg-open"
                                                                                       : NULL;
#endif
}

#ifdef _WIN32
static bool start(const char *program, const char *path)
{
    wchar_t wide[STK_PENDING_PATH_SIZE];
    (void)program;
    return MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, STK_PENDING_PATH_SIZE) > 0 &&
           (INT_PTR)ShellExecuteW(NULL, L"open", wide, NULL, NULL, SW_SHOWNORMAL) > 32;
}
#else
/* The browser goes on when this program and its terminal are gone, and says nothing here. */
static bool start(const char *program, const char *path)
{
    char file[STK_PENDING_PATH_SIZE + 2]; /* a name alone could be taken for an option or a link */
    stk_print(file, sizeof file, "%s%s", path[0] == '/' ? "" : "./", path);
    char *const words[] = {(char *)(uintptr_t)program, file, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    pid_t child;
    if (posix_spawn_file_actions_init(&files) != 0) {
        return false;
    }
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&files);
        return false;
    }
    bool started =
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", 0, 0) == 0 &&
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", 1, 0) == 0 &&
        posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", 1, 0) == 0 &&
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP) == 0 &&
        posix_spawnp(&child, program, &files, &attributes, words, environ) == 0;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return started;
}
#endif

void cli_open(const query *q, const char *path)
{
    const char *program = opener();
    char shown[STK_PENDING_PATH_SIZE];
    if (strcmp(path, "-") == 0) {
        return;
    }
    stk_print(shown, sizeof shown, "%s", path);
    shown[plain_text(shown, strlen(shown), false)] = '\0';
    printf("%s\n", shown);
    if (query_given(q, "no-open")) {
        return;
    }
    if (program == NULL) {
        cli_say(false, "stocktake: there is no display to open it on; any browser opens it");
    } else if (!start(program, path)) {
        cli_say(false, "stocktake: '%s' cannot be started to open it; any browser opens it",
                program);
    }
}
