/** @file test_edition.c
 * @brief Editions in folders and packs, damaged packs, writing files.
 */
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sha256.h"
#include "data/edition_impl.h"
#include "data/paths.h"

static stk_edition *open_mini(void)
{
    char path[4096];
    stk_edition *edition = NULL;
    stk_error error;
    snprintf(path, sizeof path, "%s/data/mini", TEST_SOURCE_DIR);
    assert_ok(stk_edition_open_folder(path, &edition, &error), &error);
    return edition;
}

static stk_text pack_mini(void)
{
    stk_edition *edition = open_mini();
    stk_text packed;
    stk_error error;
    assert_ok(stk_edition_pack(edition, NULL, (stk_text){NULL, 0}, NULL, &packed, &error), &error);
    stk_edition_free(edition);
    return packed;
}

static void assert_sorted(const stk_edition *edition)
{
    for (size_t i = 1; i < stk_edition_file_count(edition); i++) {
        assert_true(strcmp(stk_edition_path(edition, i - 1), stk_edition_path(edition, i)) < 0);
    }
}

static void a_folder_is_an_edition(void **state)
{
    (void)state;
    stk_edition *edition = open_mini();
    stk_text content;
    stk_text again;
    stk_error error;
    assert_has(stk_edition_name(edition), "data/mini");
    assert_sorted(edition);
    assert_true(stk_edition_has(edition, "global/gwp.csv"));
    assert_false(stk_edition_has(edition, "global"));
    assert_ok(stk_edition_read(edition, "global/gwp.csv", &content, &error), &error);
    assert_ok(stk_edition_read(edition, "global/gwp.csv", &again, &error), &error);
    assert_ptr_equal(content.data, again.data);
    assert_has(stk_edition_source_name(edition, "global/gwp.csv"), "data/mini/global/gwp.csv");
    assert_string_equal(stk_edition_source_name(edition, "none.csv"), "unknown file");
    assert_int_equal(stk_edition_read(edition, "none.csv", &content, &error), STK_ENOTFOUND);
    assert_has(error.message, "has no file none.csv");
    stk_edition_free(edition);
}

static void what_is_no_folder_is_refused(void **state)
{
    (void)state;
    char path[4096];
    stk_edition *edition;
    stk_error error;
    assert_int_equal(stk_edition_open_folder(test_scratch("not-there"), &edition, &error), STK_EIO);
    assert_null(edition);
    snprintf(path, sizeof path, "%s/data/mini/README.md", TEST_SOURCE_DIR);
    assert_int_equal(stk_edition_open_folder(path, &edition, &error), STK_EIO);
    mkdir(test_scratch("empty"), 0777);
    assert_int_equal(stk_edition_open_folder(test_scratch("empty"), &edition, &error),
                     STK_ENOTFOUND);
    assert_has(error.message, "the folder is empty");
    /* a link to itself must not be followed for ever */
    mkdir(test_scratch("loop"), 0777);
    if (symlink(".", test_scratch("loop/again")) == 0 ||
        access(test_scratch("loop/again"), F_OK) == 0) {
        assert_int_equal(stk_edition_open_folder(test_scratch("loop"), &edition, &error),
                         STK_EDATA);
        assert_has(error.message, "nested too deeply");
    }
    mkdir(test_scratch("dangling"), 0777);
    if (symlink("nowhere", test_scratch("dangling/link")) == 0) {
        assert_int_equal(stk_edition_open_folder(test_scratch("dangling"), &edition, &error),
                         STK_EIO);
        unlink(test_scratch("dangling/link"));
    }
    unlink(test_scratch("loop/again"));
}

static void a_pack_gives_back_every_byte(void **state)
{
    (void)state;
    stk_edition *folder = open_mini();
    stk_edition *pack;
    stk_text packed = pack_mini();
    stk_error error;
    assert_ok(stk_edition_open_packed(packed.data, packed.size, &pack, &error), &error);
    assert_string_equal(stk_edition_name(pack), "embedded");
    assert_int_equal(stk_edition_file_count(pack), stk_edition_file_count(folder));
    assert_sorted(pack);
    for (size_t i = 0; i < stk_edition_file_count(folder); i++) {
        stk_text a;
        stk_text b;
        const char *path = stk_edition_path(folder, i);
        assert_string_equal(stk_edition_path(pack, i), path);
        assert_ok(stk_edition_read(folder, path, &a, &error), &error);
        assert_ok(stk_edition_read(pack, path, &b, &error), &error);
        assert_int_equal(a.size, b.size);
        assert_memory_equal(a.data, b.data, a.size);
    }
    stk_edition_free(pack);
    stk_edition_free(folder);
    free((char *)packed.data);
}

static void packing_may_replace_and_leave_out(void **state)
{
    (void)state;
    stk_edition *folder = open_mini();
    stk_edition *pack;
    stk_text packed;
    stk_text content;
    stk_error error;
    assert_ok(stk_edition_pack(folder, "pledges/pledges.csv", stk_text_of("hello"), "pledges/",
                               &packed, &error),
              &error);
    assert_ok(stk_edition_open_packed(packed.data, packed.size, &pack, &error), &error);
    assert_sorted(pack);
    assert_false(stk_edition_has(pack, "pledges/USA.yaml"));
    assert_true(stk_edition_has(pack, "pledges/party_events.csv"));
    assert_ok(stk_edition_read(pack, "pledges/pledges.csv", &content, &error), &error);
    assert_true(stk_text_equal(content, "hello"));
    stk_edition_free(pack);
    free((char *)packed.data);
    stk_edition_free(folder);
}

/* The index separates words by spaces and lines by line feeds. */
static void names_that_the_index_cannot_hold_are_refused(void **state)
{
    (void)state;
    stk_edition *folder;
    stk_text packed = {NULL, 0};
    stk_error error;
    mkdir(test_scratch("spaces"), 0777);
    assert_ok(stk_file_write(test_scratch("spaces/a b.csv"), stk_text_of("x"), &error), &error);
    assert_ok(stk_edition_open_folder(test_scratch("spaces"), &folder, &error), &error);
    assert_int_equal(stk_edition_pack(folder, NULL, (stk_text){NULL, 0}, NULL, &packed, &error),
                     STK_EDATA);
    stk_edition_free(folder);
}

static void the_embedded_edition_is_the_projects_data(void **state)
{
    (void)state;
    stk_edition *embedded;
    stk_edition *folder;
    stk_error error;
    assert_ok(stk_edition_open_embedded(&embedded, &error), &error);
    assert_ok(stk_edition_open_folder(TEST_DATA_DIR, &folder, &error), &error);
    assert_sorted(embedded);
    for (size_t i = 0; i < stk_edition_file_count(folder); i++) {
        stk_text a;
        stk_text b;
        const char *path = stk_edition_path(folder, i);
        if (strncmp(path, "pledges/", 8) == 0 && strstr(path, ".yaml") != NULL) {
            assert_false(stk_edition_has(embedded, path));
            continue;
        }
        assert_ok(stk_edition_read(folder, path, &a, &error), &error);
        assert_ok(stk_edition_read(embedded, path, &b, &error), &error);
        assert_int_equal(a.size, b.size);
        assert_memory_equal(a.data, b.data, a.size);
    }
    stk_edition_free(embedded);
    stk_edition_free(folder);
}

/* The checksums that the build wrote down are those of the texts. */
static void checksums_of_the_embedded_edition(void **state)
{
    (void)state;
    stk_edition *embedded;
    stk_error error;
    stk_text list;
    assert_ok(stk_edition_open_embedded(&embedded, &error), &error);
    assert_ok(stk_edition_hidden(embedded, STK_EDITION_SUMS, &list, &error), &error);
    assert_non_null(list.data);
    for (size_t i = 0; i < stk_edition_file_count(embedded); i++) {
        char kept[STK_SHA256_SIZE];
        char made[STK_SHA256_SIZE];
        stk_text content;
        const char *path = stk_edition_path(embedded, i);
        assert_ok(stk_edition_sha256(embedded, path, kept, &error), &error);
        assert_ok(stk_edition_read(embedded, path, &content, &error), &error);
        stk_sha256(content, made);
        assert_string_equal(kept, made);
        assert_true(stk_text_contains(list, made) || strcmp(path, "pledges/pledges.csv") == 0);
    }
    assert_int_equal(
        stk_edition_sha256(embedded, "no/such/file", (char[STK_SHA256_SIZE]){0}, &error),
        STK_ENOTFOUND);
    stk_edition_free(embedded);
}

static size_t embedded_size(void)
{
    return (size_t)(stk_embedded_edition_end - stk_embedded_edition);
}

/* A pack that somebody gives has neither checksums nor columns of its own, whatever is in it. */
static void what_the_build_adds_is_believed_there_alone(void **state)
{
    (void)state;
    static const char path[] = "inventory/emissions_by_species.csv";
    static const char lie[] = "0000000000000000000000000000000000000000000000000000000000000000  "
                              "inventory/emissions_by_species.csv\n";
    char sum[STK_SHA256_SIZE];
    char right[STK_SHA256_SIZE];
    stk_edition *mini = open_mini();
    stk_edition *pack;
    stk_csv_file file;
    stk_error error;
    stk_text list;
    stk_text packed;
    assert_ok(stk_edition_sha256(mini, path, right, &error), &error);
    const edition_additions lies = {[STK_EDITION_SUMS] = stk_text_of(lie)};
    assert_ok(edition_pack_built(mini, NULL, (stk_text){NULL, 0}, NULL, lies, &packed, &error),
              &error);
    for (int built = 0; built < 2; built++) {
        assert_ok(edition_open_pack(packed.data, packed.size, built == 1, &pack, &error), &error);
        assert_int_equal(stk_edition_file_count(pack), stk_edition_file_count(mini));
        assert_ok(stk_edition_sha256(pack, path, sum, &error), &error);
        assert_int_equal(strcmp(sum, right) == 0, built == 0);
        stk_edition_free(pack);
    }
    for (int built = 0; built < 2; built++) {
        assert_ok(
            edition_open_pack(stk_embedded_edition, embedded_size(), built == 1, &pack, &error),
            &error);
        assert_ok(stk_edition_file(pack, path, &file, &error), &error);
        assert_int_equal(file.columns.data != NULL, built == 1);
        assert_int_equal(file.content.data != NULL, built == 0);
        assert_ok(stk_edition_hidden(pack, STK_EDITION_SUMS, &list, &error), &error);
        assert_int_equal(list.data != NULL, built == 1);
        for (size_t i = 0; i < stk_edition_file_count(pack); i++) {
            assert_int_not_equal(stk_edition_path(pack, i)[0], '.');
        }
        stk_edition_free(pack);
    }
    free((char *)packed.data);
    stk_edition_free(mini);
}

/* A bit that changes in what the build added is noticed, or changes nothing. */
static void damage_of_what_the_build_adds_is_noticed(void **state)
{
    (void)state;
    stk_edition *truth;
    stk_edition *pack;
    stk_error error;
    test_random random = {12};
    size_t size = embedded_size();
    char *copy = malloc(size);
    int noticed = 0;
    assert_non_null(copy);
    memcpy(copy, stk_embedded_edition, size);
    assert_ok(stk_edition_open_embedded(&truth, &error), &error);
    for (int i = 0; i < 40; i++) {
        /* what is added comes last */
        size_t at = size - 1 - (size_t)test_random_bits(&random) % (size / 3);
        char before = copy[at];
        copy[at] = (char)(before ^ (1 << (i % 8)));
        assert_ok(edition_open_pack(copy, size, true, &pack, &error), &error);
        for (size_t k = 0; k < stk_edition_file_count(pack); k++) {
            stk_csv_file file;
            stk_csv_file right;
            const char *path = stk_edition_path(pack, k);
            if (stk_edition_file(pack, path, &file, &error) != STK_OK) {
                noticed++;
            } else if (file.columns.data != NULL) {
                assert_ok(stk_edition_file(truth, path, &right, &error), &error);
                assert_int_equal(file.columns.size, right.columns.size);
                assert_memory_equal(file.columns.data, right.columns.data, right.columns.size);
            }
        }
        stk_text page; /* where the build has one, much of what comes last is the explorer */
        noticed += stk_edition_hidden(pack, STK_EDITION_EXPLORER, &page, &error) != STK_OK;
        stk_edition_free(pack);
        copy[at] = before;
    }
    assert_in_range(noticed, 35, 40);
    free(copy);
    stk_edition_free(truth);
}

/* Open a pack and read all of it; no damage may go unnoticed as a crash or as other bytes. */
static stk_status read_pack(const char *data, size_t size, stk_edition *truth)
{
    stk_edition *pack;
    stk_error error;
    stk_status status = stk_edition_open_packed(data, size, &pack, &error);
    if (status != STK_OK) {
        assert_null(pack);
        assert_has(error.message, "damaged");
        return status;
    }
    for (size_t i = 0; i < stk_edition_file_count(pack); i++) {
        stk_text content;
        stk_text right;
        const char *path = stk_edition_path(pack, i);
        stk_status read = stk_edition_read(pack, path, &content, &error);
        if (read != STK_OK) {
            status = read;
        } else if (stk_edition_has(truth, path)) {
            assert_ok(stk_edition_read(truth, path, &right, &error), &error);
            assert_int_equal(content.size, right.size);
            assert_memory_equal(content.data, right.data, right.size);
        }
    }
    stk_edition_free(pack);
    return status;
}

static void damaged_packs_are_noticed(void **state)
{
    (void)state;
    stk_text packed = pack_mini();
    stk_edition *truth = open_mini();
    char *copy = malloc(packed.size);
    test_random random = {99};
    assert_non_null(copy);
    assert_int_equal(read_pack(packed.data, packed.size, truth), STK_OK);
    assert_int_equal(read_pack("", 0, truth), STK_EFORMAT);
    for (size_t size = 0; size < packed.size; size += 1 + size / 16) {
        memcpy(copy, packed.data, size);
        assert_int_not_equal(read_pack(copy, size, truth), STK_OK);
    }
    memcpy(copy, packed.data, packed.size);
    size_t index_end = (size_t)(strstr(packed.data, "\x28\xb5\x2f\xfd") - packed.data);
    assert_int_not_equal(index_end, 0);
    int harmless = 0;
    for (int i = 0; i < 400; i++) {
        /* half of the damage in the index, half in the frames */
        size_t at = i % 2 == 0
                        ? (size_t)test_random_bits(&random) % index_end
                        : index_end + (size_t)test_random_bits(&random) % (packed.size - index_end);
        char before = copy[at];
        copy[at] = (char)(before ^ (1 << (i % 8)));
        stk_status status = read_pack(copy, packed.size, truth);
        /* a changed name in the index is another edition, not a damaged one; in a frame a bit may
         * mean nothing to the decoder: every byte was compared with the truth */
        harmless += status == STK_OK && at >= index_end;
        copy[at] = before;
    }
    assert_in_range(harmless, 0, 2);
    free(copy);
    stk_edition_free(truth);
    free((char *)packed.data);
}

static void false_packs_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"x",
                                        "stocktake-edition 1 0",
                                        "stocktake-edition 2 0\n",
                                        "stocktake-edition 1 x\n",
                                        "stocktake-edition 1 -1\n",
                                        "stocktake-edition 1 1\n",
                                        "stocktake-edition 1 1\na 5\n",
                                        "stocktake-edition 1 1\na 5 5\n",
                                        "stocktake-edition 1 1\na -5 5\nxxxxx",
                                        "stocktake-edition 1 1\na 5 -1\nxxxxx",
                                        "stocktake-edition 1 1\na 2000000000 1\nx",
                                        "stocktake-edition 1 100000000000000000\na 5 0\n"};
    stk_edition *edition;
    stk_error error;
    stk_text content;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(stk_edition_open_packed(wrong[i], strlen(wrong[i]), &edition, &error),
                         STK_EFORMAT);
    }
    static const char no_frame[] = "stocktake-edition 1 1\na 5 5\nhello";
    assert_ok(stk_edition_open_packed(no_frame, strlen(no_frame), &edition, &error), &error);
    assert_int_equal(stk_edition_read(edition, "a", &content, &error), STK_EFORMAT);
    assert_has(error.message, "damaged at this file");
    stk_edition_free(edition);
    stk_edition_free(NULL);
}

static void checksums(void **state)
{
    (void)state;
    char hash[STK_SHA256_SIZE];
    stk_sha256((stk_text){"", 0}, hash); /* FIPS 180-4 examples */
    assert_string_equal(hash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    stk_sha256(stk_text_of("abc"), hash);
    assert_string_equal(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    stk_sha256(stk_text_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), hash);
    assert_string_equal(hash, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    /* a million letters, at once and in pieces of every length up to what they take together */
    char *letters = malloc(1000000);
    stk_sha256_sum sum;
    assert_non_null(letters);
    memset(letters, 'a', 1000000);
    stk_sha256((stk_text){letters, 1000000}, hash);
    assert_string_equal(hash, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    stk_sha256_start(&sum);
    for (size_t size = 0, left = 1000000; left > 0; left -= size) {
        size = size + 1 < left ? size + 1 : left;
        stk_sha256_add(&sum, (stk_text){letters, size});
    }
    stk_sha256_end(&sum, hash);
    assert_string_equal(hash, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(letters);
}

static void files_are_written_whole_or_not_at_all(void **state)
{
    (void)state;
    stk_error error;
    stk_text content;
    const char *path = test_scratch("written.txt");
    assert_ok(stk_file_write(path, stk_text_of("one"), &error), &error);
    assert_ok(stk_file_write(path, stk_text_of("two, longer"), &error), &error);
    assert_ok(stk_file_read(path, &content, &error), &error);
    assert_string_equal(content.data, "two, longer");
    free((char *)content.data);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(stk_file_write(test_scratch("no/such/folder"), stk_text_of("x"), &error),
                     STK_EIO);
    /* the name is taken by a folder: nothing is left beside it */
    mkdir(test_scratch("taken"), 0777);
    mkdir(test_scratch("taken/by-a-folder"), 0777);
    assert_int_equal(stk_file_write(test_scratch("taken/by-a-folder"), stk_text_of("x"), &error),
                     STK_EIO);
    assert_int_equal(rmdir(test_scratch("taken/by-a-folder")), 0);
    assert_int_equal(rmdir(test_scratch("taken")), 0);
}

/* A device or a pipe is written to, never replaced. */
static void what_is_no_regular_file_is_not_replaced(void **state)
{
    (void)state;
    stk_error error;
    struct stat information;
    const char *link = test_scratch("null");
    unlink(link);
    assert_int_equal(symlink("/dev/null", link), 0);
    assert_ok(stk_file_write(link, stk_text_of("x"), &error), &error);
    assert_int_equal(lstat(link, &information), 0);
    assert_true(S_ISLNK(information.st_mode));
    unlink(link);
}

static void files_that_cannot_be_read(void **state)
{
    (void)state;
    stk_error error;
    stk_text content;
    assert_int_equal(stk_file_read(test_scratch("nothing"), &content, &error), STK_EIO);
    assert_has(error.message, "No such file");
    assert_int_equal(stk_file_read(TEST_SOURCE_DIR, &content, &error), STK_EIO);
    assert_has(error.message, "is a folder");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_is_an_edition),
        cmocka_unit_test(what_is_no_folder_is_refused),
        cmocka_unit_test(a_pack_gives_back_every_byte),
        cmocka_unit_test(packing_may_replace_and_leave_out),
        cmocka_unit_test(names_that_the_index_cannot_hold_are_refused),
        cmocka_unit_test(the_embedded_edition_is_the_projects_data),
        cmocka_unit_test(checksums_of_the_embedded_edition),
        cmocka_unit_test(what_the_build_adds_is_believed_there_alone),
        cmocka_unit_test(damage_of_what_the_build_adds_is_noticed),
        cmocka_unit_test(damaged_packs_are_noticed),
        cmocka_unit_test(false_packs_are_refused),
        cmocka_unit_test(checksums),
        cmocka_unit_test(files_are_written_whole_or_not_at_all),
        cmocka_unit_test(what_is_no_regular_file_is_not_replaced),
        cmocka_unit_test(files_that_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
