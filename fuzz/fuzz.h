/** @file fuzz.h
 * @brief What the fuzzers share.
 */
#ifndef STK_FUZZ_H
#define STK_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/modules.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Stop where a promise is broken that no sanitizer sees. */
#define FUZZ_CHECK(condition)                                                                      \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #condition);          \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/** A refusal says what and, if it has a line, in which file. */
static inline void fuzz_check_error(stk_status status, const stk_error *error)
{
    FUZZ_CHECK(status == error->status && error->message[0] != '\0');
    FUZZ_CHECK(strchr(error->message, '\n') == NULL);
    FUZZ_CHECK(error->line == 0 || error->file[0] != '\0');
}

#ifndef FUZZ_SMALL_EDITION
#define FUZZ_SMALL_EDITION NULL /* the embedded one */
#endif

/** The edition that a target is built for, opened once. */
static inline stk_data *fuzz_data(void)
{
    static stk_data data;
    if (data.edition == NULL) {
        FUZZ_CHECK(stk_data_open(&data, FUZZ_SMALL_EDITION, NULL, NULL) == STK_OK);
    }
    return &data;
}

/** Opens what all inputs use before the first of them, whose time it would count as: libFuzzer's
 * own hook. */
#define FUZZ_BEFORE_INPUTS(open)                                                                   \
    int LLVMFuzzerInitialize(int *argc, char ***argv);                                             \
    int LLVMFuzzerInitialize(int *argc, char ***argv)                                              \
    {                                                                                              \
        (void)argc;                                                                                \
        (void)argv;                                                                                \
        (void)(open);                                                                              \
        return 0;                                                                                  \
    }

#endif
