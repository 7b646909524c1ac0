/** @file support.c
 * @brief What the tests share.
 */
#include "support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"

void test_assert_ok(stk_status status, const stk_error *error, const char *file, int line)
{
    if (status != STK_OK) {
        char text[1024] = "";
        if (error != NULL) {
            stk_error_format(error, text, sizeof text);
        }
        print_error("%s: %s\n", stk_status_text(status), text);
        _fail(file, line);
    }
}

void test_assert_close(double a, double b, double tolerance, const char *file, int line)
{
    double scale = fmax(fmax(fabs(a), fabs(b)), 1e-300);
    if (!(fabs(a - b) <= tolerance * scale)) {
        print_error("%.17g is not %.17g (relative difference %.3g, allowed %.3g)\n", a, b,
                    fabs(a - b) / scale, tolerance);
        _fail(file, line);
    }
}

void test_assert_has(const char *text, const char *needle, const char *file, int line)
{
    if (strstr(text, needle) == NULL) {
        print_error("'%s' is not in '%s'\n", needle, text);
        _fail(file, line);
    }
}

static stk_data data;
static int is_open;

const stk_data *test_data(void)
{
    if (!is_open) {
        stk_error error;
        assert_ok(stk_data_open(&data, NULL, NULL, &error), &error);
        is_open = 1;
    }
    return &data;
}

int test_close_data(void **state)
{
    (void)state;
    if (is_open) {
        stk_data_close(&data);
        is_open = 0;
    }
    return 0;
}

size_t test_gwp(const char *name)
{
    size_t set = 0;
    stk_error error;
    assert_ok(stk_gwp_find_set(stk_inventory_gwp(test_data()->inventory), stk_text_of(name), &set,
                               &error),
              &error);
    return set;
}

stk_options test_options(const char *gwp, stk_date as_of)
{
    return (stk_options){.as_of = {.date = as_of},
                         .gwp = test_gwp(gwp),
                         .sinks = STK_SINKS_NET,
                         .lulucf_source = STK_LULUCF_SOURCE_FIRST,
                         .extension = STK_EXTEND_NET_ZERO,
                         .net_zero = STK_NET_ZERO_PLEDGE,
                         .binding = STK_NET_ZERO_POLICY};
}

stk_world *test_world(stk_date as_of)
{
    stk_world *world;
    stk_error error;
    const stk_data *d = test_data();
    stk_options options = test_options("AR6", as_of);
    assert_ok(stk_world_make(d->inventory, d->pledges, d->baseline, &options, &world, &error),
              &error);
    return world;
}

stk_text test_read(const char *name)
{
    char path[4096];
    stk_text content = {NULL, 0};
    stk_error error;
    snprintf(path, sizeof path, "%s/%s", TEST_SOURCE_DIR, name);
    assert_ok(stk_file_read(path, &content, &error), &error);
    return content;
}

const char *test_scratch(const char *name)
{
    static char path[4096];
    mkdir(TEST_SCRATCH_DIR, 0777);
    snprintf(path, sizeof path, "%s/%ld-%s", TEST_SCRATCH_DIR, (long)getpid(), name);
    return path;
}

static void copy_file(const char *folder, const char *path, stk_text content)
{
    char name[8192];
    stk_error error;
    snprintf(name, sizeof name, "%s/%s", folder, path);
    for (char *slash = strchr(name + strlen(folder) + 1, '/'); slash != NULL;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(name, 0777);
        *slash = '/';
    }
    assert_ok(stk_file_write(name, content, &error), &error);
}

static char copied_edition[4096];

static void remove_copied_edition(void)
{
    char command[4200];
    snprintf(command, sizeof command, "rm -rf '%s'", copied_edition);
    if (system(command) != 0) {
        print_error("%s is left over\n", copied_edition);
    }
}

const char *test_mini_with(const char *path, const char *from, const char *to)
{
    char *folder = copied_edition;
    char mini[4096];
    stk_edition *edition;
    stk_error error;
    char unique[32];
    snprintf(unique, sizeof unique, "edition-%ld", (long)getpid());
    if (folder[0] == '\0') {
        atexit(remove_copied_edition);
    }
    snprintf(copied_edition, sizeof copied_edition, "%s", test_scratch(unique));
    snprintf(mini, sizeof mini, "%s/data/mini", TEST_SOURCE_DIR);
    mkdir(folder, 0777);
    assert_ok(stk_edition_open_folder(mini, &edition, &error), &error);
    for (size_t i = 0; i < stk_edition_file_count(edition); i++) {
        stk_text content;
        const char *name = stk_edition_path(edition, i);
        assert_ok(stk_edition_read(edition, name, &content, &error), &error);
        if (strcmp(name, path) != 0) {
            copy_file(folder, name, content);
        } else if (from == NULL) {
            copy_file(folder, name, stk_text_of(to));
        } else {
            stk_buffer changed = {0};
            const char *at = strstr(content.data, from);
            assert_non_null(at);
            stk_buffer_append(&changed, (stk_text){content.data, (size_t)(at - content.data)});
            stk_buffer_text(&changed, to);
            stk_buffer_text(&changed, at + strlen(from));
            copy_file(folder, name, (stk_text){changed.data, changed.size});
            stk_buffer_free(&changed);
        }
    }
    stk_edition_free(edition);
    return folder;
}

void test_change(char *text, const char *from, const char *to)
{
    char *at = strstr(text, from);
    assert_non_null(at);
    assert_int_equal(strlen(from), strlen(to));
    for (size_t i = 0; to[i] != '\0'; i++) {
        at[i] = to[i];
    }
}

uint64_t test_random_bits(test_random *random)
{
    random->state ^= random->state >> 12;
    random->state ^= random->state << 25;
    random->state ^= random->state >> 27;
    return random->state * UINT64_C(2685821657736338717);
}

double test_random_between(test_random *random, double low, double high)
{
    return low + (high - low) * (double)(test_random_bits(random) >> 11) / 9007199254740992.0;
}
