/** @file fuzz_edition.c
 * @brief Every file of an edition: the first line of the input names one of a small edition, the
 * rest takes its place. Inventories, drivers, names, benchmarks and sources are read and asked for;
 * with FUZZ_FINANCE goals and figures of climate finance.
 */
#include "fuzz.h"

#include <stocktake.h>

#ifdef FUZZ_FINANCE
static const char *const questions[] = {"finance",
                                        "finance USA --year 2022",
                                        "finance --components --year 2022",
                                        "finance --since 2015-01-01",
                                        "finance --include-unchecked --public-only",
                                        "finance DEU --weights gdp=1,population=2",
                                        "finance USA --since 2010-01-01",
                                        "finance USA"};
static const char day[] = "2024-11-30";
#else
static const char day[] = "2021-04-22";
static const char *const questions[] = {"targets --trace",
                                        "country BRA",
                                        "country USA",
                                        "history --area BRA,USA",
                                        "history --rank-changes 3",
                                        "pathways",
                                        "gap --benchmark C1 --year 2030",
                                        "assess --no-warming --since 2021-04-20 --year 2030"};
#endif

/* The small edition; its files are read once. */
static stk_edition *small(void)
{
    static stk_edition *edition;
    FUZZ_CHECK(edition != NULL ||
               stk_edition_open_folder(FUZZ_SMALL_EDITION, &edition, NULL) == STK_OK);
    return edition;
}

static void ask_some(stk_session *session, size_t turn)
{
    static const char *const formats[] = {"text", "json", "csv"};
    FUZZ_CHECK(stk_session_set(session, "as-of", day) == STK_DONE);
    /* two of them an input, or runs would be few */
    for (size_t i = turn % 4; i < sizeof questions / sizeof *questions; i += 4) {
        const char *bytes = NULL;
        size_t length = 0;
        int result = stk_session_ask(session, questions[i], formats[i % 3], &bytes, &length);
        FUZZ_CHECK((result == STK_DONE) == (length > 0));
        FUZZ_CHECK((result == STK_DONE) == (stk_session_message(session)[0] == '\0'));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[100];
    stk_text packed = {NULL, 0};
    stk_session *session = NULL;
    const uint8_t *end = size > 0 ? memchr(data, '\n', size) : NULL;
    if (end == NULL || (size_t)(end - data) >= sizeof path) {
        return 0;
    }
    size_t length = (size_t)(end - data);
    memcpy(path, data, length);
    path[length] = '\0';
    if (!stk_edition_has(small(), path)) {
        return 0;
    }
    stk_text content = {(const char *)end + 1, size - length - 1};
    stk_error error;
    FUZZ_CHECK(stk_edition_pack(small(), path, content, NULL, &packed, &error) == STK_OK);
    if (stk_session_open_packed(packed.data, packed.size, &session) == STK_DONE) {
        ask_some(session, size);
    } else {
        FUZZ_CHECK(stk_session_message(session)[0] != '\0');
    }
    stk_session_close(session);
    free((char *)(uintptr_t)packed.data);
    return 0;
}
