/** @file fuzz_ask.c
 * @brief Questions to a session, as words: the first byte says in which format. The edition is a
 * small one, with which a question takes milliseconds; with the shipped one it is seconds.
 */
#include "fuzz.h"

#include <stocktake.h>

static stk_session *session(void)
{
    static stk_session *s;
    if (s == NULL) {
        FUZZ_CHECK(stk_session_open(FUZZ_SMALL_EDITION, &s) == STK_DONE);
        FUZZ_CHECK(stk_session_set(s, "as-of", "2026-11-01") == STK_DONE);
    }
    return s;
}

/* What takes seconds, or reads files that the fuzzer does not make, is left to tests. */
static int is_left_out(const char *question)
{
    static const char *const words[] = {"timeline", "warming", "report", "chart", "assess"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strstr(question, words[i]) != NULL && strstr(question, "--no-warming") == NULL) {
            return 1;
        }
    }
    return strchr(question, '/') != NULL;
}

FUZZ_BEFORE_INPUTS(session())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const formats[] = {NULL, "text", "csv", "json", "iamc", "netcdf", "xml"};
    const char *bytes = NULL;
    size_t length = 1;
    stk_session *s = session();
    if (size == 0) {
        return 0;
    }
    const char *format = formats[data[0] % (sizeof formats / sizeof *formats)];
    char *question = malloc(size);
    FUZZ_CHECK(question != NULL);
    memcpy(question, data + 1, size - 1);
    question[size - 1] = '\0';
    if (!is_left_out(question)) {
        int result = stk_session_ask(s, question, format, &bytes, &length);
        const char *message = stk_session_message(s);
        FUZZ_CHECK((result == STK_DONE) == (message[0] == '\0'));
        FUZZ_CHECK((result == STK_DONE) == (length > 0));
        FUZZ_CHECK(bytes[length] == '\0' && strchr(message, '\n') == NULL);
        FUZZ_CHECK(strcmp(stk_session_get(s, "as-of"), "2026-11-01") == 0);
    }
    free(question);
    return 0;
}
