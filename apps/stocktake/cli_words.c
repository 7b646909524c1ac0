/** @file cli_words.c
 * @brief What a person mistyped, and what they most likely meant; and the format that the name of
 * an output asks for.
 */
#include "cli.h"

#include <string.h>
#include <strings.h>

#include "base/suggest.h"

enum { WORDS_MAX = 64 };

const char *cli_meant(const char *typed, const char *const *words, size_t count,
                      char out[CLI_MEANT_SIZE])
{
    char near[SUGGEST_SIZE];
    suggest_words(stk_text_of(typed), words, count, near);
    snprintf(out, CLI_MEANT_SIZE, "%s%s", near[0] != '\0' ? "; " : "", near);
    return out;
}

const char *cli_meant_choice(const char *typed, const char *choices, char out[CLI_MEANT_SIZE])
{
    char near[SUGGEST_SIZE];
    suggest_choices(stk_text_of(typed), choices, near);
    snprintf(out, CLI_MEANT_SIZE, "%s%s", near[0] != '\0' ? "; " : "", near);
    return out;
}

/* ---- options ---- */

static bool has_option(const cli_command *command, const char *name, size_t size)
{
    const cli_option *option;
    for (int i = 0; (option = cli_option_at(command, i)) != NULL; i++) {
        if (strlen(option->name) == size && memcmp(option->name, name, size) == 0) {
            return true;
        }
    }
    return false;
}

/* "; assess and country have it", where other commands have the option. */
static void others_with(const cli_command *command, const char *name, size_t size, char *out)
{
    const char *list[WORDS_MAX] = {NULL};
    int count = 0;
    size_t used = 0;
    out[0] = '\0';
    for (int i = 0; cli_commands[i] != NULL && count < WORDS_MAX; i++) {
        if (cli_commands[i] != command && has_option(cli_commands[i], name, size)) {
            list[count++] = cli_commands[i]->name;
        }
    }
    for (int i = 0; i < count && used < CLI_MEANT_SIZE; i++) {
        used += (size_t)snprintf(out + used, CLI_MEANT_SIZE - used, "%s%s",
                                 i == 0           ? "; it is one of "
                                 : i + 1 == count ? " and "
                                                  : ", ",
                                 list[i]);
    }
}

/* Why a command has no use for an option that others have. */
static const char *reason_of(const cli_command *command, const char *name)
{
    static const struct {
        const char *command;
        const char *option;
        const char *reason;
    } reasons[] = {{"gap", "gwp", ": a gap is in the benchmark's own set"},
                   {"timeline", "gwp", ": a gap is in the benchmark's own set"},
                   {"warming", "gwp", ": the climate model's gases are in AR6"},
                   {"gap", "area",
                    ": a gap is the world's; 'stocktake assess --area' shows the level of an area"},
                   {"targets", "extend", ": targets are levels of their own years"},
                   {"targets", "net-zero", ": targets are levels of their own years"}};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (strcmp(command->name, reasons[i].command) == 0 &&
            strcmp(name, reasons[i].option) == 0) {
            return reasons[i].reason;
        }
    }
    return NULL;
}

int cli_unknown_option(const cli_arguments *arguments, const char *typed)
{
    char meant[CLI_MEANT_SIZE];
    char elsewhere[CLI_MEANT_SIZE];
    char dashed[CLI_OPTIONS_MAX][32];
    const char *words[CLI_OPTIONS_MAX] = {NULL};
    size_t count = 0;
    const cli_option *option;
    const char *name = typed + strspn(typed, "-");
    size_t size = strcspn(name, "=");
    char own[64];
    for (; (option = cli_option_at(arguments->command, (int)count)) != NULL; count++) {
        snprintf(dashed[count], sizeof dashed[count], "--%s", option->name);
        words[count] = dashed[count];
    }
    snprintf(own, sizeof own, "%.*s", (int)size, name);
    const char *reason = reason_of(arguments->command, own);
    if (reason != NULL) {
        return cli_usage(arguments, "'%.60s' is no option of %s%s", typed, arguments->command->name,
                         reason);
    }
    others_with(arguments->command, name, size, elsewhere);
    if (elsewhere[0] != '\0') {
        return cli_usage(arguments, "'%.60s' is no option of %s%s", typed, arguments->command->name,
                         elsewhere);
    }
    return cli_usage(arguments, "'%.60s' is no option%s", typed,
                     cli_meant(own, words, count, meant));
}

/* ---- outputs ---- */

/* The ending of a file's name without its folder, "" where there is none. */
static const char *ending_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    return dot == NULL || dot == name ? "" : dot + 1;
}

/* What endings mean, and in which formats such a file can be. */
static const struct {
    const char *ending;
    const char *formats[2]; /* the first is meant unless --format says the other */
} endings[] = {{"csv", {"csv", "iamc"}}, {"json", {"json"}}, {"txt", {"text"}}, {"nc", {"netcdf"}},
               {"html", {"html"}},       {"htm", {"html"}},  {"svg", {"svg"}},  {"png", {"png"}},
               {"pdf", {"pdf"}},         {"xlsx", {"xlsx"}}, {"xls", {"xlsx"}}, {"jpg", {"jpg"}},
               {"jpeg", {"jpg"}},        {"yaml", {"yaml"}}, {"tsv", {"tsv"}}};

/* The row of endings[], -1 for an ending that says nothing. */
static int find_ending(const char *path)
{
    const char *ending = ending_of(path);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (strcasecmp(endings[i].ending, ending) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static bool is_one_of(const char *word, const char *choices)
{
    size_t size = strlen(word);
    for (const char *at = choices; at != NULL; at = strchr(at, '|')) {
        at += *at == '|';
        if (strncmp(at, word, size) == 0 && (at[size] == '|' || at[size] == '\0')) {
            return true;
        }
    }
    return false;
}

const char *cli_format_of_name(const char *path, const char *choices)
{
    int row = path == NULL ? -1 : find_ending(path);
    return row >= 0 && is_one_of(endings[row].formats[0], choices) ? endings[row].formats[0] : NULL;
}

bool cli_check_name(const cli_arguments *arguments, const char *what, const char *path,
                    const char *choices, const char *given)
{
    int row = path == NULL ? -1 : find_ending(path);
    if (row < 0) {
        return true;
    }
    const char *const *formats = endings[row].formats;
    bool offered = is_one_of(formats[0], choices) ||
                   (formats[1] != NULL && given != NULL && strcmp(given, formats[1]) == 0);
    if (!offered) {
        cli_usage(arguments, "%s: '%s' is refused: the result is %s, not .%s", what, path, choices,
                  endings[row].ending);
        return false;
    }
    bool agrees = given == NULL || strcmp(given, formats[0]) == 0 ||
                  (formats[1] != NULL && strcmp(given, formats[1]) == 0);
    if (!agrees) {
        cli_usage(arguments, "%s: '%s' is refused with --format %s: the name says %s", what, path,
                  given, formats[0]);
    }
    return agrees;
}
