/** @file cli_words.c
 * @brief Options that a command does not have: what was meant, or who has them.
 */
#include "cli.h"

#include <string.h>

enum { WORDS_MAX = 64 };

/* ---- options ---- */

static bool has_option(const question *command, const char *name, size_t size)
{
    const question_option *option;
    for (int i = 0; (option = question_option_at(command, i)) != NULL; i++) {
        if (strlen(option->name) == size && memcmp(option->name, name, size) == 0) {
            return true;
        }
    }
    return false;
}

/* "; assess and country have it", where other commands have the option. */
static void others_with(const question *command, const char *name, size_t size, char *out)
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
    for (int i = 0; i < count && used < MEANT_SIZE; i++) {
        used += (size_t)stk_print(out + used, MEANT_SIZE - used, "%s%s",
                                  i == 0           ? "; it is one of "
                                  : i + 1 == count ? " and "
                                                   : ", ",
                                  list[i]);
    }
}

/* Why a command has no use for an option that others have. */
static const char *reason_of(const question *command, const char *name)
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

stk_status cli_unknown_option(query *q, const char *typed, stk_error *error)
{
    char meant[MEANT_SIZE];
    char elsewhere[MEANT_SIZE];
    const char *name = typed + strspn(typed, "-");
    size_t size = strcspn(name, "=");
    char own[64];
    stk_print(own, sizeof own, "%.*s", (int)size, name);
    const char *reason = reason_of(q->question, own);
    if (reason != NULL) {
        return query_usage(q, error, "'%s' is no option of %s%s", STK_CUT(typed, 60),
                           q->question->name, reason);
    }
    if (name[size] == '=' && has_option(q->question, name, size)) {
        return query_usage(q, error, "--%s takes no value", own);
    }
    others_with(q->question, name, size, elsewhere);
    if (elsewhere[0] != '\0' && question_other_name(q->question, own) == NULL) {
        return query_usage(q, error, "'%s' is no option of %s%s", STK_CUT(typed, 60),
                           q->question->name, elsewhere);
    }
    return query_usage(q, error, "'%s' is no option%s", STK_CUT(typed, 60),
                       question_meant_option(q->question, own, meant));
}
