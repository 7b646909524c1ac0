/** @file session_support.c
 * @brief What the tests of the session share.
 */
#include "session/session_support.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"

void test_assert_done(const stk_session *s, int result, const char *file, int line)
{
    if (result != STK_DONE) {
        print_error("%d: %s\n", result, stk_session_message(s));
        _fail(file, line);
    }
}

stk_session *test_session(void)
{
    stk_session *s = NULL;
    int result = stk_session_open(NULL, &s);
    assert_done(s, result);
    assert_done(s, stk_session_set(s, "as-of", TEST_DAY));
    return s;
}

static stk_text copy(const char *bytes, size_t size)
{
    char *out = malloc(size + 1);
    assert_non_null(out);
    memcpy(out, bytes, size);
    out[size] = '\0';
    return (stk_text){out, size};
}

stk_text test_ask(stk_session *s, const char *question, const char *format)
{
    const char *bytes;
    size_t size;
    assert_done(s, stk_session_ask(s, question, format, &bytes, &size));
    return copy(bytes, size);
}

stk_text test_command(const char *arguments, stk_text *said)
{
    char file[1024];
    stk_error error;
    stk_buffer line = {0};
    stk_buffer out = {0};
    char piece[65536];
    snprintf(file, sizeof file, "%s", test_scratch("session-said"));
    stk_buffer_printf(&line, "'%s' %s 2>'%s'", TEST_COMMAND, arguments, file);
    FILE *pipe = popen(line.data, "r");
    assert_non_null(pipe);
    for (size_t got; (got = fread(piece, 1, sizeof piece, pipe)) > 0;) {
        stk_buffer_append(&out, (stk_text){piece, got});
    }
    int status = pclose(pipe);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fail_msg("%s ended with %d", line.data, status);
    }
    stk_text text = copy(out.data == NULL ? "" : out.data, out.size);
    if (said != NULL) {
        assert_ok(stk_file_read(file, said, &error), &error);
    }
    remove(file);
    stk_buffer_free(&line);
    stk_buffer_free(&out);
    return text;
}

double *test_array(stk_session *s, const char *name, size_t *count)
{
    size_t shape[4];
    const double *values = stk_session_array(s, name, shape, NULL);
    assert_non_null(values);
    *count = shape[0] * shape[1] * shape[2] * shape[3];
    double *out = malloc(*count * sizeof *out);
    assert_non_null(out);
    return memcpy(out, values, *count * sizeof *out);
}

long test_allocated_kib(void)
{
    struct mallinfo2 info = mallinfo2();
    return (long)((info.uordblks + info.hblkhd) / 1024);
}
