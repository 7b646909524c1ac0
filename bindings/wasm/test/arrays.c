/** @file arrays.c
 * @brief The native library's side of the comparison with the page's engine: acts on the standard
 * input, the arrays after each update and the answers to questions on the standard output.
 *
 *     set OPTION VALUE | target AREA TARGET | net-zero AREA YEAR | reset | update PARTS
 *     ask QUESTION FORMAT
 *
 * Words are separated by tabs. Each array or answer is its bytes after their number, of 64
 * bits; a refusal is the largest number.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake.h>

static const char *const names[] = {"world", "baseline",  "path",     "land",    "target",
                                    "gap",   "benchmark", "years",    "warming", "exceed",
                                    "peak",  "ever",      "observed", "members", NULL};

static void write_bytes(const void *bytes, size_t size)
{
    uint64_t count = size;
    fwrite(&count, sizeof count, 1, stdout);
    fwrite(bytes, 1, size, stdout);
}

static void write_array(const stk_session *s, const char *name)
{
    size_t shape[4];
    const double *values = stk_session_array(s, name, shape, NULL);
    write_bytes(values == NULL ? (const double[]){0} : values,
                values == NULL ? 0 : shape[0] * shape[1] * shape[2] * shape[3] * sizeof *values);
}

static int ask(stk_session *s, const char *question, const char *format)
{
    const char *bytes;
    size_t size;
    int result = stk_session_ask(s, question, format, &bytes, &size);
    if (result == STK_DONE) {
        write_bytes(bytes, size);
    }
    return result;
}

static int act(stk_session *s, char *words[3])
{
    return strcmp(words[0], "set") == 0        ? stk_session_set(s, words[1], words[2])
           : strcmp(words[0], "target") == 0   ? stk_session_target(s, words[1], words[2])
           : strcmp(words[0], "net-zero") == 0 ? stk_session_net_zero(s, words[1], atoi(words[2]))
           : strcmp(words[0], "reset") == 0    ? stk_session_reset(s, NULL)
           : strcmp(words[0], "ask") == 0      ? ask(s, words[1], words[2])
                                               : stk_session_update(s, (unsigned)atoi(words[1]));
}

int main(void)
{
    char line[1024];
    stk_session *s;
    if (stk_session_open(NULL, &s) != STK_DONE) {
        fprintf(stderr, "%s\n", s == NULL ? "out of memory" : stk_session_message(s));
        return 1;
    }
    while (fgets(line, sizeof line, stdin) != NULL) {
        char *words[3] = {"", NULL, NULL};
        line[strcspn(line, "\n")] = '\0';
        char *rest = line;
        for (int i = 0; i < 3 && rest != NULL; i++) {
            words[i] = rest;
            rest = strchr(rest, '\t');
            if (rest != NULL) {
                *rest++ = '\0';
            }
        }
        if (act(s, words) != STK_DONE) {
            const uint64_t refused = UINT64_MAX;
            fwrite(&refused, sizeof refused, 1, stdout);
        } else if (strcmp(words[0], "update") == 0) {
            for (int i = 0; names[i] != NULL; i++) {
                write_array(s, names[i]);
            }
        }
    }
    stk_session_close(s);
    return 0;
}
