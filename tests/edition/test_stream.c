/** @file test_stream.c
 * @brief Packed files: what is in them comes out, whatever they are called; what is wrong with them
 * is refused in one line; memory does not grow with them.
 */
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>
#include <stocktake/scenario.h>

static const char table[] = "Model,Scenario,Region,Variable,Unit,2020\nm,s,World,v,Mt,1\n";

typedef struct packer {
    char path[4096];
    struct archive *archive;
} packer;

static packer start(const char *name, int filter, int format)
{
    packer p;
    snprintf(p.path, sizeof p.path, "%s", test_scratch(name));
    p.archive = archive_write_new();
    assert_int_equal(archive_write_set_format(p.archive, format), ARCHIVE_OK);
    assert_int_equal(archive_write_add_filter(p.archive, filter), ARCHIVE_OK);
    return p;
}

static void begin_member(packer *p, const char *name, int type)
{
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, (__LA_MODE_T)type);
    archive_entry_set_perm(entry, 0644);
    assert_int_equal(archive_write_header(p->archive, entry), ARCHIVE_OK);
    archive_entry_free(entry);
}

static void add(packer *p, const char *data, size_t size)
{
    assert_int_equal(archive_write_data(p->archive, data, size), (la_ssize_t)size);
}

static void open_packer(packer *p)
{
    assert_int_equal(archive_write_open_filename(p->archive, p->path), ARCHIVE_OK);
}

static const char *finish(packer *p)
{
    static char path[4096];
    assert_int_equal(archive_write_close(p->archive), ARCHIVE_OK);
    archive_write_free(p->archive);
    memcpy(path, p->path, sizeof path);
    return path;
}

/* One file, packed alone. */
static const char *pack(const char *name, int filter, const char *content, size_t size)
{
    packer p = start(name, filter, ARCHIVE_FORMAT_RAW);
    open_packer(&p);
    begin_member(&p, "data", AE_IFREG);
    add(&p, content, size);
    return finish(&p);
}

/* A zip archive with files of the names given, each of which holds the table. */
static const char *zip(const char *name, const char *const *members, const char *options)
{
    packer p = start(name, ARCHIVE_FILTER_NONE, ARCHIVE_FORMAT_ZIP);
    if (options != NULL) {
        assert_int_equal(archive_write_set_options(p.archive, options), ARCHIVE_OK);
        assert_int_equal(archive_write_set_passphrase(p.archive, "secret"), ARCHIVE_OK);
    }
    open_packer(&p);
    for (; *members != NULL; members++) {
        begin_member(&p, *members, AE_IFREG);
        add(&p, table, sizeof table - 1);
    }
    return finish(&p);
}

#define ZIP(name, ...) zip(name, (const char *const[]){__VA_ARGS__, NULL}, NULL)

static void holds_table(const char *path)
{
    stk_text content = {NULL, 0};
    stk_error error = {0};
    assert_ok(stk_file_unpack(path, &content, &error), &error);
    assert_int_equal(content.size, sizeof table - 1);
    assert_string_equal(content.data, table);
    free((char *)content.data);
}

static void refused(const char *path, const char *reason)
{
    stk_text content = {NULL, 0};
    stk_error error = {0};
    stk_status status = stk_file_unpack(path, &content, &error);
    if (status == STK_OK || strstr(error.message, reason) == NULL) {
        fail_msg("%s: '%s' does not say '%s'", path, error.message, reason);
    }
    assert_string_equal(error.file, path);
    assert_null(strchr(error.message, '\n'));
}

static void what_is_packed_comes_out(void **state)
{
    (void)state;
    static const int filters[] = {ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_ZSTD};
    for (size_t i = 0; i < 3; i++) {
        holds_table(pack("any name", filters[i], table, sizeof table - 1));
    }
    holds_table(ZIP("zip", "table.csv"));
    holds_table(ZIP("zip", "readme.txt", "a/b/TABLE.CSV", "meta.xlsx", "__MACOSX/._table.csv"));
    holds_table(ZIP("zip", "../../etc/table.csv"));
    holds_table(ZIP("zip", "t\303\244ble.csv"));
}

static void what_is_not_packed_is_as_it_is(void **state)
{
    (void)state;
    stk_error error = {0};
    const char *path = test_scratch("plain.zip");
    assert_ok(stk_file_write(path, stk_text_of(table), &error), &error);
    holds_table(path);
    assert_ok(stk_file_write(path, stk_text_of("P"), &error), &error);
    stk_text content;
    assert_ok(stk_file_unpack(path, &content, &error), &error);
    assert_string_equal(content.data, "P");
    free((char *)content.data);
    refused(test_scratch("nowhere.zip"), "No such file");
    refused(TEST_SOURCE_DIR, "is a folder");
}

/* A pipe cannot be gone back in. */
static void pipes(void **state)
{
    (void)state;
    char fifo[4096];
    char source[4096];
    snprintf(fifo, sizeof fifo, "%s", test_scratch("fifo"));
    for (int round = 0; round < 3; round++) {
        const char *path = round == 0 ? ZIP("piped.zip", "table.csv", "other.txt")
                           : round == 1
                               ? ZIP("piped.zip", "table.csv", "second.csv")
                               : pack("piped.gz", ARCHIVE_FILTER_GZIP, table, sizeof table - 1);
        snprintf(source, sizeof source, "%s", path);
        unlink(fifo);
        assert_int_equal(mkfifo(fifo, 0600), 0);
        pid_t child = fork();
        if (child == 0) {
            execl("/bin/sh", "sh", "-c", "exec cat \"$1\" >\"$2\"", "sh", source, fifo, NULL);
            _exit(1);
        }
        if (round == 1) {
            refused(fifo, "'table.csv' and 'second.csv'");
        } else {
            holds_table(fifo);
        }
        waitpid(child, NULL, 0);
    }
}

static void refused_archives(void **state)
{
    (void)state;
    refused(ZIP("bad.zip", "b/one.csv", "x.txt", "two.csv"), "'b/one.csv' and 'two.csv'");
    refused(ZIP("bad.zip", "table.xlsx", "table.csv.gz"), "holds no CSV file (2 other files)");
    refused(zip("bad.zip", (const char *const[]){NULL}, NULL), "holds no CSV file");
    refused(zip("bad.zip", (const char *const[]){"table.csv", NULL}, "zip:encryption=traditional"),
            "'table.csv' in it is encrypted");
    refused(zip("bad.zip", (const char *const[]){"table.csv", NULL}, "zip:encryption=aes256"),
            "'table.csv' in it is encrypted");

    packer p = start("folder.zip", ARCHIVE_FILTER_NONE, ARCHIVE_FORMAT_ZIP);
    open_packer(&p);
    begin_member(&p, "folder.csv/", AE_IFDIR);
    refused(finish(&p), "holds no CSV file");

    p = start("many.zip", ARCHIVE_FILTER_NONE, ARCHIVE_FORMAT_ZIP);
    open_packer(&p);
    for (int i = 0; i < 10001; i++) {
        char name[32];
        snprintf(name, sizeof name, "%d", i);
        begin_member(&p, name, AE_IFREG);
    }
    refused(finish(&p), "more than 10000 files");
}

static void packed_twice(void **state)
{
    (void)state;
    static const int filters[] = {ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_ZSTD};
    stk_text content;
    stk_error error = {0};
    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < 4; k++) {
            const char *inner = k < 3 ? pack("inner", filters[k], table, sizeof table - 1)
                                      : ZIP("inner", "table.csv");
            assert_ok(stk_file_read(inner, &content, &error), &error);
            refused(pack("twice", filters[i], content.data, content.size), "more than once");
            free((char *)content.data);
        }
    }
}

/* Wherever an archive is cut or damaged, nothing but a refusal comes of it, or the table. */
static void damage(const char *path, size_t step)
{
    stk_text whole;
    stk_text content;
    stk_error error = {0};
    const char *broken = test_scratch("broken");
    assert_ok(stk_file_read(path, &whole, &error), &error);
    for (size_t size = 7; size + 1 < whole.size; size += step) {
        assert_ok(stk_file_write(broken, (stk_text){whole.data, size}, &error), &error);
        stk_status status = stk_file_unpack(broken, &content, &error);
        if (status == STK_OK && size < whole.size / 2) {
            fail_msg("%s cut to %zu bytes is accepted", path, size);
        }
        if (status == STK_OK) {
            free((char *)content.data);
        }
        ((char *)whole.data)[size] ^= 0x15;
        assert_ok(stk_file_write(broken, whole, &error), &error);
        if (stk_file_unpack(broken, &content, &error) == STK_OK) {
            free((char *)content.data);
        }
        ((char *)whole.data)[size] ^= 0x15;
    }
    free((char *)whole.data);
}

static void damaged_archives(void **state)
{
    (void)state;
    damage(pack("a", ARCHIVE_FILTER_GZIP, table, sizeof table - 1), 3);
    damage(pack("a", ARCHIVE_FILTER_XZ, table, sizeof table - 1), 3);
    damage(pack("a", ARCHIVE_FILTER_ZSTD, table, sizeof table - 1), 3);
    damage(ZIP("a", "table.csv"), 3);
}

static void bomb(void **state)
{
    (void)state;
    enum { PIECE = 1 << 20 };
    char *zeros = calloc(PIECE, 1);
    packer p = start("bomb", ARCHIVE_FILTER_ZSTD, ARCHIVE_FORMAT_RAW);
    open_packer(&p);
    begin_member(&p, "data", AE_IFREG);
    for (int i = 0; i < 260; i++) {
        add(&p, zeros, PIECE);
    }
    const char *path = finish(&p);
    stk_stream *stream;
    stk_error error = {0};
    stk_status status = stk_stream_open(path, &stream, &error);
    assert_ok(status, &error);
    for (size_t got = 1; status == STK_OK && got > 0;) {
        status = stk_stream_read(stream, zeros, PIECE, &got, &error);
    }
    assert_int_equal(status, STK_EFORMAT);
    assert_non_null(strstr(error.message, "2000 times its size"));
    stk_stream_close(stream);
    free(zeros);
}

static long largest_memory_kb(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/* 50 MB of rows that nobody wants beside one that is. */
static void memory_is_flat(void **state)
{
    (void)state;
    static const char head[] = "Model,Scenario,Region,Variable,Unit,2020\n";
    packer p = start("large.zip", ARCHIVE_FILTER_NONE, ARCHIVE_FORMAT_ZIP);
    open_packer(&p);
    begin_member(&p, "readme.txt", AE_IFREG);
    begin_member(&p, "table.csv", AE_IFREG);
    add(&p, head, sizeof head - 1);
    for (int i = 0; i < 100; i++) {
        static char rows[512 * 1024];
        size_t size = 0;
        for (int k = 0; size < sizeof rows - 100; k++) {
            size += (size_t)snprintf(rows + size, 100, "m%d,s%d,R5ASIA,v%d,Mt CO2/yr,%d.%d\n", i, k,
                                     k * 7, i * k, k);
        }
        add(&p, rows, size);
    }
    add(&p, "m,s,World,v,Mt,7\n", 17);
    const char *path = finish(&p);
    stk_stream *stream;
    stk_iamc *read = NULL;
    stk_error error = {0};
    long before = largest_memory_kb();
    assert_ok(stk_stream_open(path, &stream, &error), &error);
    stk_iamc_input input = {path, stk_stream_read, stream};
    assert_ok(stk_iamc_read_stream(&input, NULL, &read, &error), &error);
    stk_stream_close(stream);
    assert_int_equal(read->row_count, 1);
    assert_true(read->rows[0].values[0] == 7);
    assert_true(read->skipped_regions > 500000);
    stk_iamc_free(read);
    if (largest_memory_kb() - before > 32 * 1024) {
        fail_msg("%ld kB were needed", largest_memory_kb() - before);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_flat), /* the first: it looks at the largest size ever */
        cmocka_unit_test(what_is_packed_comes_out),
        cmocka_unit_test(what_is_not_packed_is_as_it_is),
        cmocka_unit_test(pipes),
        cmocka_unit_test(refused_archives),
        cmocka_unit_test(packed_twice),
        cmocka_unit_test(damaged_archives),
        cmocka_unit_test(bomb),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
