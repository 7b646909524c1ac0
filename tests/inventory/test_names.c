/** @file test_names.c
 * @brief Names that people type, in four languages; what is no name is refused with the nearest.
 */
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/suggest.h"

static const stk_inventory *inventory(void)
{
    return test_data()->inventory;
}

static void all_spellings_are_found(void **state)
{
    (void)state;
    stk_arena arena = {0};
    stk_text content = test_read("inventory/data/names.csv");
    stk_csv csv;
    stk_error error;
    bool more;
    int count = 0;
    static stk_area_set set;
    assert_ok(stk_csv_open(&csv, (stk_source){"names.csv", content}, &arena, &error), &error);
    while (stk_csv_next(&csv, &more, &error) == STK_OK && more) {
        stk_text code = stk_csv_field(&csv, 1);
        assert_ok(stk_areas_find(inventory(), stk_csv_field(&csv, 0), &set, &error), &error);
        if (!stk_text_equal(code, set.code)) {
            fail_msg("line %ld: %s instead of %.*s", csv.line, set.code, (int)code.size, code.data);
        }
        assert_true((set.kind == STK_AREAS_ONE) == (set.count == 1 && set.area >= 0));
        count++;
    }
    assert_true(count > 700);
    stk_arena_free(&arena);
    free((char *)content.data);
}

/* Every name of countries.csv, with its codes, stands for its country. */
static void no_two_areas_share_a_name(void **state)
{
    (void)state;
    static stk_area_set set;
    stk_error error;
    const char *code;
    for (stk_area a = 0; a < stk_inventory_area_count(inventory()); a++) {
        const stk_area_info *info = stk_inventory_area(inventory(), a);
        assert_ok(stk_areas_find(inventory(), stk_text_of(info->iso3), &set, &error), &error);
        assert_int_equal(set.area, a);
        assert_ok(stk_areas_find(inventory(), stk_text_of(info->name), &set, &error), &error);
        assert_int_equal(set.area, a);
    }
    const char *before = "";
    for (size_t i = 0; stk_areas_known(inventory(), i, &code) != NULL; i++) {
        const char *name = stk_areas_known(inventory(), i, &code);
        assert_true(strcmp(before, name) < 0);
        before = name;
    }
}

static void a_name_of_two_areas_is_refused(void **state)
{
    (void)state;
    stk_edition *edition;
    stk_inventory *loaded;
    stk_error error;
    const char *folder =
        test_mini_with("countries/aliases.csv", "United Kingdom,GBR\n", "Brazil,GBR\n");
    assert_ok(stk_edition_open_folder(folder, &edition, &error), &error);
    assert_int_equal(stk_inventory_load(edition, &loaded, &error), STK_EDATA);
    assert_has(error.message, "'brazil' stands for both BRA and GBR");
    stk_edition_free(edition);
}

static void lists_are_the_union(void **state)
{
    (void)state;
    static stk_area_set list;
    static stk_area_set part;
    stk_error error;
    assert_ok(stk_areas_find(inventory(), stk_text_of("Brazil, ind,Alemania"), &list, &error),
              &error);
    assert_string_equal(list.code, "BRA+IND+DEU");
    assert_string_equal(list.name, "Brazil, India and Germany");
    assert_int_equal(list.kind, STK_AREAS_LIST);
    assert_int_equal(list.count, 3);
    assert_ok(stk_areas_find(inventory(), stk_text_of("G20,DEU"), &list, &error), &error);
    assert_ok(stk_areas_find(inventory(), stk_text_of("G20"), &part, &error), &error);
    assert_int_equal(list.count, part.count);
    assert_memory_equal(list.members, part.members, sizeof part.members);
    assert_int_equal(stk_areas_find(inventory(), stk_text_of("BRA,,IND"), &list, &error),
                     STK_ENOTFOUND);
    assert_int_equal(stk_areas_find(inventory(), stk_text_of("BRA,Idnia"), &list, &error),
                     STK_ENOTFOUND);
    assert_has(error.message, "'Idnia' is no area; did you mean India (IND)?");
}

/* "PE,RU" without its comma would be Peru. */
static void a_list_of_codes_is_no_name(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        const char *code;
    } cases[] = {{"PE,RU", "PER+RUS"},         {"MA,LI", "MAR+LIE"}, {"CU,BA", "CUB+BIH"},
                 {"CH,AD", "CHE+AND"},         {"4,8", "AFG+ALB"},   {"G7,G20", "G7+G20"},
                 {"Korea, Republic of", "KOR"}};
    static stk_area_set set;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stk_error error;
        stk_status status = stk_areas_find(inventory(), stk_text_of(cases[i].typed), &set, &error);
        if (cases[i].code != NULL) {
            assert_ok(status, &error);
            assert_string_equal(set.code, cases[i].code);
        }
    }
}

static void near_misses_are_refused_with_the_name(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        const char *message;
    } cases[] = {{"Germny", "did you mean Germany (DEU)"},
                 {"Gremany", "did you mean Germany (DEU)"},
                 {"Brazul", "did you mean Brazil (BRA)"},
                 {"Alemagne", "did you mean Germany (DEU)"},
                 {"Untied Kingdom", "did you mean UK (GBR)"},
                 {"Congo", "Congo - Brazzaville (COG) or Congo - Kinshasa (COD)?"},
                 {"Philipines", "did you mean Philippines (PHL)"},
                 {"Kazakstan", "did you mean Kazakhstan (KAZ)"},
                 {"European Unoin", "did you mean European Union (EUU)"},
                 {"G2O", "did you mean Group of Twenty (G20)"},
                 {"Atlantis", "the nearest is "},
                 {"zzzzzzzzzzzzzzz", "the nearest is "},
                 {"", "known are names and ISO 3166 codes"},
                 {"\xe4\xb8\xad\xe5\x9b\xbd", "known are names and ISO 3166 codes"}};
    static stk_area_set set;
    stk_error error;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(stk_areas_find(inventory(), stk_text_of(cases[i].typed), &set, &error),
                         STK_ENOTFOUND);
        assert_has(error.message, cases[i].message);
    }
}

static void names_are_folded(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *plain;
        const char *spelled;
    } cases[] = {{"L'\xc3\x89gypte", "egypte", "egypte"},
                 {"\xc3\x96sterreich", "osterreich", "oesterreich"},
                 {"The Bahamas", "bahamas", "bahamas"},
                 {"St. Kitts & Nevis", "saintkittsandnevis", "saintkittsandnevis"},
                 {"U.S.A.", "usa", "usa"},
                 {"C\xc3\xb4te d\xe2\x80\x99Ivoire", "cotedivoire", "cotedivoire"},
                 {"La", "la", "la"},
                 {"Ru\xc3\x9fland", "russland", "russland"},
                 {"e\xcc\x81", "e", "e"},
                 {"\xff\xfe", "", ""},
                 {"--", "", ""}};
    char out[FOLD_SIZE];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        text_fold(stk_text_of(cases[i].name), FOLD_PLAIN, out);
        assert_string_equal(out, cases[i].plain);
        text_fold(stk_text_of(cases[i].name), FOLD_UMLAUT_E, out);
        assert_string_equal(out, cases[i].spelled);
    }
    char bytes[400];
    memset(bytes, 'a', sizeof bytes);
    assert_int_equal(text_fold((stk_text){bytes, sizeof bytes}, FOLD_PLAIN, out), FOLD_SIZE - 1);
}

static void distances(void **state)
{
    (void)state;
    assert_int_equal(text_distance("", ""), 0);
    assert_int_equal(text_distance("abc", ""), 3);
    assert_int_equal(text_distance("ab", "ba"), 1);
    assert_int_equal(text_distance("kitten", "sitting"), 3);
    assert_int_equal(text_distance("gemrany", "germany"), 1);
}

static void words_are_suggested(void **state)
{
    (void)state;
    static const char *const words[] = {"assess", "targets", "gap", "chart"};
    char out[SUGGEST_SIZE];
    suggest_words(stk_text_of("asses"), words, 4, out);
    assert_string_equal(out, "did you mean assess?");
    suggest_words(stk_text_of("ga"), words, 4, out);
    assert_string_equal(out, "did you mean gap?");
    suggest_words(stk_text_of("frobnicate"), words, 4, out);
    assert_string_equal(out, "");
    suggest_words(stk_text_of(""), words, 4, out);
    assert_string_equal(out, "");
    suggest_choices(stk_text_of("cvs"), "text|csv|json", out);
    assert_string_equal(out, "did you mean csv?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_spellings_are_found),
        cmocka_unit_test(no_two_areas_share_a_name),
        cmocka_unit_test(a_name_of_two_areas_is_refused),
        cmocka_unit_test(lists_are_the_union),
        cmocka_unit_test(a_list_of_codes_is_no_name),
        cmocka_unit_test(near_misses_are_refused_with_the_name),
        cmocka_unit_test(names_are_folded),
        cmocka_unit_test(distances),
        cmocka_unit_test(words_are_suggested),
    };
    return cmocka_run_group_tests(tests, NULL, test_close_data);
}
