/** @file test_overlay.c
 * @brief Pledges laid over the edition's: what is replaced, what adds, what stays the base's own.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

static const stk_pledges *edition(void)
{
    return test_data()->pledges;
}

static stk_pledges *read(const char *name, const char *text)
{
    stk_pledges *pledges;
    stk_error error;
    assert_ok(
        stk_pledges_read(name, stk_text_of(text), test_data()->inventory, &pledges, NULL, &error),
        &error);
    return pledges;
}

static stk_pledges *lay(const stk_pledges *base, stk_pledges *over)
{
    stk_pledges *made;
    stk_error error;
    assert_ok(stk_pledges_overlay(base, over, &made, &error), &error);
    return made;
}

static stk_text csv_of(const stk_pledges *pledges)
{
    stk_text csv;
    stk_error error;
    assert_ok(stk_pledges_write_csv(pledges, &csv, &error), &error);
    return csv;
}

static const stk_target *chosen(const stk_pledges *pledges, const char *iso3, int year,
                                stk_date date)
{
    const stk_target *first;
    size_t count;
    stk_as_of as_of = {.date = date};
    return stk_pledges_choose(pledges, iso3, year, as_of, &first, &count) ? first : NULL;
}

static const char new_document[] = "iso3: BRA\n"
                                   "party: Brazil\n"
                                   "documents:\n"
                                   "- submission_date: 2026-05-01\n"
                                   "  status: submitted\n"
                                   "  ndc_version: another\n"
                                   "  targets:\n"
                                   "  - target_year: 2035\n"
                                   "    kind: absolute\n"
                                   "    metric: ghg\n"
                                   "    abs_low_mt: 700\n"
                                   "    abs_high_mt: 800\n"
                                   "    conditional: U\n"
                                   "    confidence: A\n";

static void documents_of_other_days_add(void **state)
{
    (void)state;
    size_t before;
    size_t after;
    stk_pledges *made = lay(edition(), read("mine.yaml", new_document));
    stk_pledges_of(edition(), "BRA", &before);
    const stk_target *rows = stk_pledges_of(made, "BRA", &after);
    assert_int_equal(after, before + 1);
    for (size_t i = 1; i < after; i++) {
        assert_true(rows[i - 1].submitted <= rows[i].submitted);
    }
    const stk_target *t = chosen(made, "BRA", 2035, 20260601);
    assert_string_equal(t->version, "another");
    assert_string_equal(t->file, "mine.yaml");
    assert_ptr_not_equal(chosen(made, "BRA", 2035, 20260430), t);
    assert_int_equal(stk_pledges_target_count(made), stk_pledges_target_count(edition()) + 1);
    assert_int_equal(stk_pledges_party_count(made), stk_pledges_party_count(edition()));
    assert_ptr_equal(stk_pledges_base(made), edition());
    stk_pledges_free(made);
}

/* By address, so that what was computed for them stays what it is. */
static void other_parties_are_those_of_the_base(void **state)
{
    (void)state;
    stk_pledges *made = lay(edition(), read("mine.yaml", new_document));
    for (size_t p = 0; p < stk_pledges_party_count(made); p++) {
        size_t a;
        size_t b;
        const stk_target *own = stk_pledges_party(made, p, &a);
        const stk_target *base = stk_pledges_party(edition(), p, &b);
        assert_int_equal(own == base, strcmp(own->iso3, "BRA") != 0);
    }
    stk_pledges_free(made);
}

static void the_same_party_day_and_status_is_replaced(void **state)
{
    (void)state;
    stk_pledges *first = lay(edition(), read("a.yaml", new_document));
    char other[sizeof new_document];
    memcpy(other, new_document, sizeof other);
    test_change(other, "another", "changed");
    test_change(other, "2035", "2040");
    stk_pledges *second = lay(first, read("b.yaml", other));
    assert_int_equal(stk_pledges_target_count(second), stk_pledges_target_count(first));
    assert_string_equal(chosen(second, "BRA", 2040, 20260601)->version, "changed");
    assert_string_not_equal(chosen(second, "BRA", 2035, 20260601)->version, "another");
    assert_ptr_equal(stk_pledges_base(second), edition());
    stk_pledges_free(second);
    stk_pledges_free(first);
}

/* The edition over itself, whole or Party by Party, writes the edition. */
static void the_edition_over_itself_is_the_edition(void **state)
{
    (void)state;
    stk_error error;
    stk_text all = csv_of(edition());
    char *table = malloc(all.size + 1);
    assert_non_null(table);
    memcpy(table, all.data, all.size);
    table[all.size] = '\0';
    stk_pledges *made = lay(edition(), read("all.csv", table));
    stk_text again = csv_of(made);
    assert_int_equal(again.size, all.size);
    assert_memory_equal(again.data, all.data, all.size);
    free((char *)again.data);
    stk_pledges_free(made);
    for (size_t p = 0; p < stk_pledges_party_count(edition()); p += 7) {
        size_t count;
        stk_text yaml;
        const char *iso3 = stk_pledges_party(edition(), p, &count)->iso3;
        stk_pledges *over;
        assert_ok(stk_pledges_write_yaml(edition(), iso3, &yaml, &error), &error);
        assert_ok(stk_pledges_read_documents("text", yaml, iso3, iso3, test_data()->inventory,
                                             &over, NULL, &error),
                  &error);
        made = lay(edition(), over);
        again = csv_of(made);
        assert_int_equal(again.size, all.size);
        assert_memory_equal(again.data, all.data, all.size);
        free((char *)again.data);
        free((char *)yaml.data);
        stk_pledges_free(made);
    }
    free(table);
    free((char *)all.data);
}

/* One of a new day, one in the place of the edition's own, and two layers over each other. */
static void what_is_laid_over_gives_the_same_again(void **state)
{
    (void)state;
    stk_text laid;
    stk_error error;
    char other[sizeof new_document];
    memcpy(other, new_document, sizeof other);
    test_change(other, "2026-05-01", "2024-11-13"); /* the day of the edition's newest */
    stk_pledges *first = lay(edition(), read("mine.yaml", new_document));
    stk_pledges *both = lay(first, read("other.yaml", other));
    assert_ok(stk_pledges_write_laid(both, &laid, &error), &error);
    stk_pledges *again = lay(edition(), read("laid.csv", laid.data));
    stk_text want = csv_of(both);
    stk_text got = csv_of(again);
    assert_string_equal(got.data, want.data);
    assert_true(stk_text_contains(laid, "\nBRA,") && !stk_text_contains(laid, "\nUSA,"));
    free((char *)want.data);
    free((char *)got.data);
    free((char *)laid.data);
    stk_pledges_free(again);
    stk_pledges_free(both);
    stk_pledges_free(first);
}

static void one_document_is_enough(void **state)
{
    (void)state;
    static const char single[] = "submission_date: 2026-05-01\n"
                                 "status: submitted\n"
                                 "targets:\n"
                                 "- target_year: 2035\n"
                                 "  kind: baseline\n"
                                 "  reduction_low_pct: 30\n"
                                 "  confidence: A\n";
    stk_pledges *over;
    stk_error error;
    assert_ok(stk_pledges_read_documents("pledge", stk_text_of(single), "IND", "India",
                                         test_data()->inventory, &over, NULL, &error),
              &error);
    stk_pledges *made = lay(edition(), over);
    assert_true(chosen(made, "IND", 2035, 20260601)->reduction_pct[STK_LOW] == 30);
    assert_string_equal(chosen(made, "IND", 2035, 20260601)->party, "India");
    stk_pledges_free(made);
}

static void documents_are_refused_with_their_place(void **state)
{
    (void)state;
    stk_pledges *over;
    stk_error error;
    assert_int_equal(stk_pledges_read_documents("pledge", stk_text_of(new_document), "IND", "India",
                                                test_data()->inventory, &over, NULL, &error),
                     STK_EDATA);
    assert_has(error.message, "iso3: 'BRA' is refused; allowed: IND");
    assert_int_equal(error.line, 1);
    assert_int_equal(error.column, 7);
    assert_null(over);
    assert_int_equal(stk_pledges_read_documents("pledge", stk_text_of("targets: 5\n"), "IND",
                                                "India", test_data()->inventory, &over, NULL,
                                                &error),
                     STK_EFORMAT);
    assert_int_equal(error.line, 1);
    assert_int_equal(stk_pledges_read_documents("pledge", stk_text_of("[1, 2]\n"), "IND", "India",
                                                test_data()->inventory, &over, NULL, &error),
                     STK_EFORMAT);
}

/* More years than there is room for are refused where the last of them stands. */
static void too_many_years_are_refused(void **state)
{
    (void)state;
    char text[8192];
    int length = snprintf(text, sizeof text, "%s",
                          "iso3: BRA\nparty: Brazil\ndocuments:\n- submission_date: 2026-05-01\n"
                          "  status: submitted\n  targets:\n");
    for (int year = 2036; year < 2051; year++) {
        length += snprintf(text + length, sizeof text - (size_t)length,
                           "  - {target_year: %d, kind: baseline, reduction_low_pct: 3, "
                           "confidence: A}\n",
                           year);
    }
    stk_pledges *made;
    stk_error error;
    assert_int_equal(stk_pledges_overlay(edition(), read("many.yaml", text), &made, &error),
                     STK_EDATA);
    assert_null(made);
    assert_string_equal(error.file, "many.yaml");
    assert_true(error.line > 6);
}

/* ---- what is supposed ---- */

static stk_supposition level_of(const char *iso3, int year, double mt)
{
    return (stk_supposition){.iso3 = iso3,
                             .party = "a Party",
                             .title = "what if",
                             .date = 20261101,
                             .year = year,
                             .kind = STK_TARGET_ABSOLUTE,
                             .reduction_pct = NAN,
                             .level_mt = {{mt, mt}, {mt, mt}},
                             .gwp = "AR6"};
}

static stk_pledges *suppose(const stk_supposition *list, size_t count)
{
    stk_pledges *made;
    stk_error error;
    assert_ok(stk_pledges_suppose(list, count, &made, &error), &error);
    return made;
}

static void what_is_supposed_takes_the_place_of_what_was_before(void **state)
{
    (void)state;
    const stk_supposition one = level_of("IND", 2035, 3000.125);
    const stk_supposition two[] = {level_of("IND", 2035, 2800), level_of("IND", 2040, 2500)};
    size_t before;
    size_t after;
    stk_pledges *first = lay(edition(), suppose(&one, 1));
    stk_pledges *second = lay(first, suppose(two, 2));
    const stk_target *t = chosen(first, "IND", 2035, 20261101);
    assert_true(t->what_if && t->level_mt[STK_LOW] == 3000.125);
    assert_true(t->has_condition[0] && t->has_condition[1]);
    assert_true(chosen(second, "IND", 2035, 20261101)->level_mt[STK_HIGH] == 2800);
    stk_pledges_of(edition(), "IND", &before);
    stk_pledges_of(second, "IND", &after);
    assert_int_equal(after, before + 2);
    assert_ptr_equal(chosen(first, "USA", 2035, 20261101),
                     chosen(edition(), "USA", 2035, 20261101));
    assert_int_equal(stk_pledges_known_until(second), stk_pledges_known_until(edition()));
    stk_pledges_free(second);
    stk_pledges_free(first);
}

/* A document of the same day keeps its other years. */
static void what_is_supposed_replaces_no_document(void **state)
{
    (void)state;
    const stk_target *own = chosen(edition(), "IND", 2035, 20260424);
    stk_supposition one = level_of("IND", 2030, 3000);
    one.date = own->submitted;
    stk_pledges *made = lay(edition(), suppose(&one, 1));
    assert_string_equal(chosen(made, "IND", 2035, 20260424)->version, own->version);
    assert_true(chosen(made, "IND", 2030, 20260424)->what_if);
    stk_pledges_free(made);
}

static void net_zero_events_are_laid_over(void **state)
{
    (void)state;
    stk_as_of as_of = {.date = 20261101};
    stk_supposition aim = {.iso3 = "IND",
                           .party = "India",
                           .title = "what if",
                           .date = 20261101,
                           .reduction_pct = NAN,
                           .net_zero_year = 2060};
    stk_pledges *first = lay(edition(), suppose(&aim, 1));
    assert_int_equal(stk_pledges_net_zero(first, "IND", as_of, STK_NET_ZERO_LAW), 2060);
    assert_int_equal(stk_pledges_net_zero(edition(), "IND", as_of, STK_NET_ZERO_LAW), 0);
    aim.net_zero_year = 0;
    stk_pledges *second = lay(first, suppose(&aim, 1));
    assert_int_equal(stk_pledges_net_zero(second, "IND", as_of, STK_NET_ZERO_PROPOSED), 0);
    size_t a;
    size_t b;
    stk_pledges_net_zero_events(first, &a);
    stk_pledges_net_zero_events(second, &b);
    assert_int_equal(a, b);
    const stk_net_zero_event *events = stk_pledges_net_zero_events(first, &a);
    for (size_t i = 1; i < a; i++) {
        int order = strcmp(events[i - 1].iso3, events[i].iso3);
        assert_true(order < 0 || (order == 0 && events[i - 1].date <= events[i].date));
    }
    stk_pledges_free(second);
    stk_pledges_free(first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_of_other_days_add),
        cmocka_unit_test(other_parties_are_those_of_the_base),
        cmocka_unit_test(the_same_party_day_and_status_is_replaced),
        cmocka_unit_test(the_edition_over_itself_is_the_edition),
        cmocka_unit_test(what_is_laid_over_gives_the_same_again),
        cmocka_unit_test(one_document_is_enough),
        cmocka_unit_test(documents_are_refused_with_their_place),
        cmocka_unit_test(too_many_years_are_refused),
        cmocka_unit_test(what_is_supposed_takes_the_place_of_what_was_before),
        cmocka_unit_test(what_is_supposed_replaces_no_document),
        cmocka_unit_test(net_zero_events_are_laid_over),
    };
    return cmocka_run_group_tests(tests, NULL, test_close_data);
}
