/** @file windows_main.c
 * @brief The start on Windows: words in UTF-8, bytes as they are.
 */
#define WIN32_LEAN_AND_MEAN
#include <io.h>
#include <windows.h>

int main(int argc, char **argv);

static char *narrow(const wchar_t *wide)
{
    int size = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
    char *text = size > 0 ? malloc((size_t)size) : NULL;
    if (text == NULL || WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, size, NULL, NULL) != size) {
        exit(EXIT_FAILURE);
    }
    return text;
}

/* Where what has no name of its own lies for a while. */
static void find_temporary_folder(void)
{
    wchar_t folder[MAX_PATH + 1];
    if (GetTempPathW(MAX_PATH + 1, folder) > 0) {
        char *text = narrow(folder);
        (void)setenv("TMPDIR", text, 0);
        free(text);
    }
}

int wmain(int argc, wchar_t **wide);

int wmain(int argc, wchar_t **wide)
{
    char **argv = calloc((size_t)argc + 1, sizeof *argv);
    for (int i = 0; argv != NULL && i < argc; i++) {
        argv[i] = narrow(wide[i]);
    }
    for (int descriptor = 0; descriptor < 3; descriptor++) {
        (void)_setmode(descriptor, _O_BINARY);
    }
    (void)SetConsoleOutputCP(CP_UTF8);
    find_temporary_folder();
    return argv == NULL ? EXIT_FAILURE : main(argc, argv);
}
