/** @file session_support.h
 * @brief What the tests of the session share: sessions of a fixed day, answers, the command.
 */
#ifndef STK_TESTS_SESSION_SUPPORT_H
#define STK_TESTS_SESSION_SUPPORT_H

#include <stocktake.h>

#include "support/support.h"

/** The day on which sessions of the tests stand. */
#define TEST_DAY "2026-11-01"

/** Fail with the session's message unless the result is ::STK_DONE. */
#define assert_done(s, result) test_assert_done((s), (result), __FILE__, __LINE__)

void test_assert_done(const stk_session *s, int result, const char *file, int line);

/** A session of the embedded edition on ::TEST_DAY. */
stk_session *test_session(void);

/** An answer as bytes, to be freed; terminated besides. */
stk_text test_ask(stk_session *s, const char *question, const char *format);

/** What the command writes to its standard output, to be freed; fails unless it exits with 0.
 * @param arguments  as a shell takes them
 * @param said       receives what it writes besides, to be freed; may be NULL */
stk_text test_command(const char *arguments, stk_text *said);

/** A copy of an array of the session's with its size, to be freed. */
double *test_array(stk_session *s, const char *name, size_t *count);

/** Whether a sanitizer keeps freed memory for a while, so that its growth means nothing. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define TEST_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define TEST_SANITIZED 1
#endif
#endif
#ifndef TEST_SANITIZED
#define TEST_SANITIZED 0
#endif

/** Memory that this process has allocated and not freed, in KiB. */
long test_allocated_kib(void);

#endif
