/** @file test_what_if.c
 * @brief What-ifs: their words, what they change, and that a world drawn again is the world drawn
 * anew, bit for bit.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

enum { TODAY = 20261101, LAYERS_MAX = 16 };

/* A world with what-ifs over it, one after the other. */
typedef struct pile {
    stk_options options;
    stk_world *world;
    stk_pledges *layers[LAYERS_MAX];
    int count;
    char note[STK_WHAT_IF_NOTE_SIZE];
} pile;

static const stk_pledges *top(const pile *p)
{
    return p->count > 0 ? p->layers[p->count - 1] : test_data()->pledges;
}

static stk_world *made_anew(const pile *p)
{
    stk_world *world;
    stk_error error;
    const stk_data *data = test_data();
    assert_ok(stk_world_make(data->inventory, top(p), data->baseline, &p->options, &world, &error),
              &error);
    return world;
}

static void start(pile *p, const stk_options *options)
{
    *p = (pile){.options = *options};
    p->world = made_anew(p);
}

static void start_today(pile *p)
{
    stk_options options = test_options("AR6", TODAY);
    options.extension = STK_EXTEND_OWN_RATE;
    start(p, &options);
}

static void end(pile *p)
{
    stk_world_free(p->world);
    while (p->count > 0) {
        stk_pledges_free(p->layers[--p->count]);
    }
}

static void suppose(pile *p, const char *words)
{
    stk_what_if *what_if = malloc(sizeof *what_if);
    stk_error error;
    assert_non_null(what_if);
    assert_true(p->count < LAYERS_MAX);
    assert_ok(stk_what_if_parse(p->world, stk_text_of(words), what_if, &error), &error);
    assert_ok(stk_what_if_apply(what_if, p->world, &p->layers[p->count], p->note, &error), &error);
    p->count++;
    free(what_if);
}

/* Take all what-ifs away again. */
static void reset(pile *p)
{
    stk_error error;
    const stk_pledges *base = test_data()->pledges;
    while (p->count > 0) {
        stk_pledges *layer = p->layers[--p->count];
        assert_ok(stk_world_replace_all(p->world, base, stk_pledges_over(layer), &error), &error);
        stk_pledges_free(layer);
    }
}

static void same_national(const stk_national *a, const stk_national *b)
{
    assert_string_equal(a->actor.iso3, b->actor.iso3);
    assert_int_equal(a->actor.suspended, b->actor.suspended);
    assert_int_equal(a->target_count, b->target_count);
    for (int t = 0; t < a->target_count; t++) {
        const stk_actor_target *x = &a->targets[t];
        const stk_actor_target *y = &b->targets[t];
        assert_int_equal(x->year, y->year);
        assert_ptr_equal(x->document, y->document);
        assert_memory_equal(x->level, y->level, sizeof x->level);
        assert_memory_equal(x->hold_excl_mt, y->hold_excl_mt, sizeof x->hold_excl_mt);
        assert_memory_equal(x->check, y->check, sizeof x->check);
        assert_memory_equal(x->land_change_mt, y->land_change_mt, sizeof x->land_change_mt);
        for (int i = 0; i < STK_CONDITIONS * STK_AMBITIONS; i++) {
            assert_string_equal(x->mark[i / 2][i % 2], y->mark[i / 2][i % 2]);
        }
    }
    assert_memory_equal(a->baseline, b->baseline, sizeof a->baseline);
    assert_memory_equal(a->lulucf_baseline, b->lulucf_baseline, sizeof a->lulucf_baseline);
    assert_memory_equal(a->path, b->path, sizeof a->path);
    assert_memory_equal(a->lulucf, b->lulucf, sizeof a->lulucf);
}

static void same_sums(const stk_world *a, const stk_world *b)
{
    stk_world_sums x;
    stk_world_sums y;
    stk_world_sum(a, &x);
    stk_world_sum_baselines(a, &x);
    stk_world_sum(b, &y);
    stk_world_sum_baselines(b, &y);
    assert_memory_equal(&x, &y, sizeof x);
    for (int year = STK_PATH_FIRST; year <= STK_PATH_LAST; year += 5) {
        for (int i = 0; i < 2 * STK_CONDITIONS * STK_AMBITIONS; i++) {
            int c = i / 4;
            int k = i / 2 % 2;
            double level = stk_world_level_mt(a, (stk_condition)c, (stk_ambition)k, i % 2, year);
            assert_true(level == x.level_mt[c][k][i % 2][year - STK_PATH_FIRST]);
        }
        assert_true(stk_world_baseline_mt(a, true, year) ==
                    x.baseline_mt[1][year - STK_PATH_FIRST]);
    }
}

static void same_world(const stk_world *a, const stk_world *b)
{
    assert_int_equal(stk_world_count(a), stk_world_count(b));
    for (size_t n = 0; n < stk_world_count(a); n++) {
        same_national(stk_world_national(a, n), stk_world_national(b, n));
    }
    same_sums(a, b);
}

static void as_made_anew(const pile *p)
{
    stk_world *full = made_anew(p);
    same_world(p->world, full);
    stk_world_free(full);
}

static double path_of(const pile *p, const char *iso3, int year)
{
    return stk_world_find(p->world, iso3)->path[0][0][year - STK_PATH_FIRST];
}

static double land_of(const pile *p, const char *iso3, int year)
{
    return stk_world_find(p->world, iso3)->lulucf[0][0][year - STK_PATH_FIRST];
}

/* ---- words ---- */

static void words_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        const char *words;
        stk_what_if_kind kind;
        int year;
        int reference;
        double number;
    } cases[] = {
        {"IND 2035=3000Mt", "IND 2035=3000Mt", STK_WHAT_IF_LEVEL, 2035, 0, 3000},
        {" india 2035 = 3 gt ", "IND 2035=3gt", STK_WHAT_IF_LEVEL, 2035, 0, 3000},
        {"United States 2035=3500.5 MtCO2e", "USA 2035=3500.5MtCO2e", STK_WHAT_IF_LEVEL, 2035, 0,
         3500.5},
        {"IND 2035=-60%@2005", "IND 2035=-60%@2005", STK_WHAT_IF_BASE_YEAR, 2035, 2005, -60},
        {"IND 2035=\xe2\x88\x92"
         "60 % @2005",
         "IND 2035=-60%@2005", STK_WHAT_IF_BASE_YEAR, 2035, 2005, -60},
        {"IND 2035=+20%@2005", "IND 2035=+20%@2005", STK_WHAT_IF_BASE_YEAR, 2035, 2005, 20},
        {"IND 2035=-45%/gdp@2005", "IND 2035=-45%/gdp@2005", STK_WHAT_IF_INTENSITY, 2035, 2005,
         -45},
        {"IND 2035=-20%/BAU", "IND 2035=-20%/BAU", STK_WHAT_IF_BASELINE, 2035, 0, -20},
        {"G20 2040=-10%", "G20 2040=-10%", STK_WHAT_IF_PLEDGED, 2040, 0, -10},
        {"BRA,India 2040=-10%", "BRA,IND 2040=-10%", STK_WHAT_IF_PLEDGED, 2040, 0, -10},
        {"IND net-zero=2060", "IND net-zero=2060", STK_WHAT_IF_NET_ZERO, 2060, 0, 0},
        {"European Union Net Zero = none", "EUU net-zero=none", STK_WHAT_IF_NET_ZERO, 0, 0, 0}};
    pile p;
    stk_what_if *w = malloc(sizeof *w);
    stk_error error;
    assert_non_null(w);
    start_today(&p);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_ok(stk_what_if_parse(p.world, stk_text_of(cases[i].typed), w, &error), &error);
        assert_string_equal(w->words, cases[i].words);
        assert_int_equal(w->kind, cases[i].kind);
        assert_int_equal(w->year, cases[i].year);
        assert_int_equal(w->reference_year, cases[i].reference);
        assert_true((w->kind == STK_WHAT_IF_LEVEL ? w->level_mt : w->change_pct) ==
                    cases[i].number);
    }
    free(w);
    end(&p);
}

static void words_are_refused_with_what_is_allowed(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        const char *says;
    } cases[] = {{"", "allowed: an area and what it pledges"},
                 {"IND", "allowed: an area and what it pledges"},
                 {"2035=3000Mt", "an area before it"},
                 {"IND 2035=", "a level as 3000Mt"},
                 {"Indai 2035=3000Mt", "did you mean India"},
                 {"IND 2035=3000", "'3000' is refused; allowed: a level as 3000Mt or 3Gt"},
                 {"IND 2035=3,000Mt", "a level as 3000Mt"},
                 {"IND 2035=nanMt", "a level as 3000Mt"},
                 {"IND 2035=-5Mt", "0 to "},
                 {"IND 2035=3000Gt", "ten times what IND emits"},
                 {"TUV 2035=3000Mt", "ten times what TUV emits"},
                 {"IND 2020=3000Mt", "'2020' is refused; allowed: a year from 2026 to 2100"},
                 {"IND 2025=3000Mt", "a year from 2026 to 2100"},
                 {"IND 2101=3000Mt", "a year from 2026 to 2100"},
                 {"IND soon=3000Mt", "a year from 2026 to 2100"},
                 {"IND 2035=60%@2005", "a change with its sign"},
                 {"IND 2035=-101%@2005", "a change from -100% to +300%"},
                 {"IND 2035=+301%", "a change from -100% to +300%"},
                 {"IND 2035=--5%", "a level as 3000Mt"},
                 {"IND 2035=-5%@1989", "a year from 1990 to "},
                 {"IND 2035=-5%@2030", "a year from 1990 to "},
                 {"IND 2035=-5%/GDP", "a level as 3000Mt"},
                 {"IND 2035=-5%/head", "a level as 3000Mt"},
                 {"IND net-zero=2020", "a year from 2026 to 2100"},
                 {"IND net-zero=soon", "a year as net-zero=2060, or net-zero=none"},
                 {"G20 2035=3000Mt", "of several Parties a change"},
                 {"DEU 2035=500Mt", "allowed: EUU, with which it pledges jointly"},
                 {"DEU,FRA 2035=-10%", "allowed: EUU"},
                 {"Germany net-zero=2040", "allowed: EUU"},
                 {"AIR 2035=-10%", "it pledges nothing"},
                 {"ABW 2035=-10%", "it pledges nothing"}};
    pile p;
    stk_what_if *w = malloc(sizeof *w);
    assert_non_null(w);
    start_today(&p);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stk_error error;
        stk_status status = stk_what_if_parse(p.world, stk_text_of(cases[i].typed), w, &error);
        assert_true(status == STK_EARG || status == STK_ENOTFOUND);
        assert_has(error.message, cases[i].says);
    }
    free(w);
    end(&p);
}

/* ---- what they change ---- */

static void each_kind_makes_its_level(void **state)
{
    (void)state;
    pile p;
    start_today(&p);
    const stk_national *india = stk_world_find(p.world, "IND");
    double in_2005 = india->baseline[2005 - STK_PATH_FIRST];
    double bau = india->baseline[2035 - STK_PATH_FIRST];
    double pledged = path_of(&p, "IND", 2035);
    stk_area area = stk_inventory_find(test_data()->inventory, stk_text_of("IND"));
    double growth = stk_baseline_gdp(test_data()->baseline, area, 2035) /
                    stk_baseline_gdp(test_data()->baseline, area, 2005);
    suppose(&p, "IND 2035=-10%");
    assert_close(path_of(&p, "IND", 2035), 0.9 * pledged, 1e-12);
    suppose(&p, "IND 2035=-10%"); /* of what is pledged with the one before */
    assert_close(path_of(&p, "IND", 2035), 0.81 * pledged, 1e-12);
    suppose(&p, "IND 2035=3000Mt");
    assert_true(path_of(&p, "IND", 2035) == 3000);
    suppose(&p, "IND 2035=+50%@2005");
    assert_close(path_of(&p, "IND", 2035), 1.5 * in_2005, 1e-12);
    suppose(&p, "IND 2035=-45%/GDP@2005");
    assert_close(path_of(&p, "IND", 2035), 0.55 * in_2005 * growth, 1e-12);
    suppose(&p, "IND 2035=-20%/BAU");
    assert_close(path_of(&p, "IND", 2035), 0.8 * bau, 1e-12);
    suppose(&p, "IND 2035=0Mt");
    assert_true(path_of(&p, "IND", 2035) == 0);
    as_made_anew(&p);
    size_t own;
    size_t with;
    stk_pledges_of(test_data()->pledges, "IND", &own);
    stk_pledges_of(top(&p), "IND", &with);
    assert_int_equal(with, own + 1); /* the last word stands alone */
    end(&p);
}

/* In another GWP set the level is in that, whichever set it is. */
static void levels_are_in_the_set_in_use(void **state)
{
    (void)state;
    static const char *const sets[] = {"SAR", "AR5", "AR6GWP20"};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        pile p;
        stk_options options = test_options(sets[i], TODAY);
        start(&p, &options);
        suppose(&p, "IND 2035=3000Mt");
        assert_close(path_of(&p, "IND", 2035), 3000, 1e-12);
        as_made_anew(&p);
        end(&p);
    }
}

/* Own inventories and the guard change nothing; a mark may say that it looks wrong. */
static void what_is_supposed_stands(void **state)
{
    (void)state;
    static const char *const parties[] = {"IRQ", "NGA", "KOR", "ZAF", "AUS", "MNG", "USA", "EUU"};
    for (size_t i = 0; i < sizeof parties / sizeof *parties; i++) {
        pile p;
        char words[64];
        start_today(&p);
        const stk_national *national = stk_world_find(p.world, parties[i]);
        double present = national->baseline[2020 - STK_PATH_FIRST];
        const double levels[] = {0.001 * present, 0.5 * present, 4 * present};
        for (size_t k = 0; k < 3; k++) {
            double mt = floor(levels[k] * 1000) / 1000;
            snprintf(words, sizeof words, "%s 2035=%.3fMt", parties[i], mt);
            suppose(&p, words);
            for (int c = 0; c < STK_CONDITIONS * STK_AMBITIONS; c++) {
                assert_true(fabs(national->path[c / 2][c % 2][2035 - STK_PATH_FIRST] - mt) <
                            1e-12 * present);
            }
            const stk_actor_target *t = stk_national_target(national, 2035);
            assert_int_equal(t->check[0][0] != 0, k != 1);
            assert_string_equal(t->mark[0][0], k == 1 ? "A" : "B");
        }
        as_made_anew(&p);
        end(&p);
    }
}

/* Land use, other years and other Parties stay; the level of what was pledged changes nothing. */
static void everything_else_stays(void **state)
{
    (void)state;
    pile p;
    start_today(&p);
    stk_world *before = made_anew(&p);
    for (size_t n = 0; n < stk_world_count(before); n += 5) {
        const stk_national *own = stk_world_national(before, n);
        char words[96];
        if (own->actor.kind != STK_ACTOR_PARTY || own->actor.suspended) {
            continue;
        }
        const int years[] = {2030, 2033, 2035, 2050};
        for (size_t y = 0; y < 4; y++) {
            snprintf(words, sizeof words, "%s %d=-7%%", own->actor.iso3, years[y]);
            suppose(&p, words);
            assert_memory_equal(stk_world_national(p.world, n)->lulucf, own->lulucf,
                                sizeof own->lulucf);
            for (int t = 0; t < own->target_count; t++) {
                const stk_actor_target *target =
                    stk_national_target(stk_world_national(p.world, n), own->targets[t].year);
                assert_int_equal(target->document->what_if, own->targets[t].year == years[y]);
            }
            reset(&p);
        }
    }
    same_world(p.world, before);
    stk_world_free(before);
    end(&p);
}

/* No jump where a slider is touched: the level that is pledged, as a level. */
static void the_pledged_level_goes_on_as_before(void **state)
{
    (void)state;
    static const char *const parties[] = {"IND", "CHN", "EUU", "JPN", "GBR"};
    pile p;
    start_today(&p);
    for (size_t i = 0; i < sizeof parties / sizeof *parties; i++) {
        char words[96];
        char number[STK_NUMBER_SIZE];
        double after = path_of(&p, parties[i], 2060);
        stk_number_format(path_of(&p, parties[i], 2035), number);
        snprintf(words, sizeof words, "%s 2035=%sMt", parties[i], number);
        suppose(&p, words);
        assert_close(path_of(&p, parties[i], 2060), after, 1e-9);
        reset(&p);
    }
    end(&p);
}

static void a_party_outside_the_agreement_may_be_supposed(void **state)
{
    (void)state;
    pile p;
    start_today(&p);
    const stk_national *usa = stk_world_find(p.world, "USA");
    assert_true(usa->actor.suspended && usa->target_count == 0);
    suppose(&p, "USA 2035=3000Mt");
    assert_int_equal(usa->target_count, 1);
    assert_true(path_of(&p, "USA", 2035) == 3000);
    as_made_anew(&p);
    end(&p);
}

static void net_zero_moves_what_counts_it(void **state)
{
    (void)state;
    pile plain;
    pile p;
    stk_options options = test_options("AR6", TODAY);
    start_today(&plain);
    double before = path_of(&plain, "IND", 2060);
    suppose(&plain, "IND net-zero=2060");
    assert_true(path_of(&plain, "IND", 2060) == before); /* no plain level */
    as_made_anew(&plain);
    end(&plain);
    options.extension = STK_EXTEND_NET_ZERO;
    options.net_zero = STK_NET_ZERO_LAW;
    start(&p, &options);
    suppose(&p, "IND net-zero=2060");
    assert_true(path_of(&p, "IND", 2059) > path_of(&p, "IND", 2060));
    double zero = path_of(&p, "IND", 2060);
    assert_true(path_of(&p, "IND", 2080) == zero);
    suppose(&p, "IND net-zero=none");
    assert_true(path_of(&p, "IND", 2060) > zero);
    suppose(&p, "USA net-zero=2050"); /* also beside no target */
    assert_true(path_of(&p, "USA", 2050) < 2000);
    suppose(&p, "IND net-zero=2030");
    assert_has(p.note, "an aim of an earlier year bends no pathway");
    as_made_anew(&p);
    end(&p);
}

static void groups_move_their_parties(void **state)
{
    (void)state;
    pile p;
    start_today(&p);
    stk_world *before = made_anew(&p);
    suppose(&p, "G20 2035=-10%");
    assert_has(p.note, "3 members of the European Union pledge jointly and stay: name EUU");
    suppose(&p, "EU27,UK 2035=-20%");
    assert_string_equal(p.note, "");
    as_made_anew(&p);
    for (size_t n = 0; n < stk_world_count(before); n++) {
        static const char *const moved[] = {"ARG", "AUS", "BRA", "CAN", "CHN", "IND", "IDN", "JPN",
                                            "KOR", "MEX", "RUS", "SAU", "ZAF", "TUR", "USA"};
        const stk_national *a = stk_world_national(before, n);
        double now = path_of(&p, a->actor.iso3, 2035) / a->path[0][0][2035 - STK_PATH_FIRST];
        double expected = strcmp(a->actor.iso3, "EUU") == 0 ? 0.8 : 1.0;
        for (size_t i = 0; i < sizeof moved / sizeof *moved; i++) {
            expected = strcmp(a->actor.iso3, moved[i]) == 0 ? 0.9 : expected;
        }
        expected = strcmp(a->actor.iso3, "GBR") == 0 ? 0.9 * 0.8 : expected;
        if (a->path[0][0][2035 - STK_PATH_FIRST] != 0) {
            assert_close(now, expected, 1e-9);
        }
    }
    reset(&p);
    same_world(p.world, before);
    suppose(&p, "WORLD 2035=-10%");
    assert_has(p.note, "areas without pledges stay");
    stk_world_free(before);
    end(&p);
}

static void land_use_of_sources_stays(void **state)
{
    (void)state;
    pile p;
    start_today(&p);
    const double before[] = {land_of(&p, "BRA", 2030), land_of(&p, "IDN", 2035)};
    suppose(&p, "BRA 2030=900Mt");
    suppose(&p, "IDN 2035=900Mt");
    assert_true(land_of(&p, "BRA", 2030) == before[0]);
    assert_true(land_of(&p, "IDN", 2035) == before[1]);
    end(&p);
}

/* ---- bits ---- */

/* Every Party, several dates and options, one random what-if each. */
static void one_party_drawn_again_is_the_world_drawn_anew(void **state)
{
    (void)state;
    static const stk_date dates[] = {20180601, 20210422, 20251115, TODAY};
    test_random random = {7};
    for (size_t d = 0; d < sizeof dates / sizeof *dates; d++) {
        pile p;
        stk_options options = test_options(d % 2 == 0 ? "AR6" : "AR5", dates[d]);
        options.extension = d % 2 == 0 ? STK_EXTEND_OWN_RATE : STK_EXTEND_NET_ZERO;
        options.otherwise = STK_EXTEND_OWN_RATE;
        options.cap_hot_air = d == 2;
        start(&p, &options);
        stk_world *first = made_anew(&p);
        for (size_t n = 0; n < stk_world_count(first); n++) {
            const stk_actor *actor = &stk_world_national(first, n)->actor;
            char words[96];
            int year = 2030 + (int)test_random_between(&random, 0, 40);
            if (actor->kind != STK_ACTOR_PARTY) {
                continue;
            }
            snprintf(words, sizeof words, n % 4 == 0 ? "%s net-zero=%d" : "%s %d=%+.3f%%",
                     actor->iso3, year, test_random_between(&random, -80, 80));
            suppose(&p, words);
            if (n % 8 == d % 8) {
                as_made_anew(&p);
            }
            if (p.count == LAYERS_MAX) {
                as_made_anew(&p);
                reset(&p);
            }
        }
        as_made_anew(&p);
        reset(&p);
        same_world(p.world, first);
        stk_world_free(first);
        end(&p);
    }
}

static void a_thousand_changes_and_back_are_none(void **state)
{
    (void)state;
    pile p;
    test_random random = {11};
    start_today(&p);
    stk_world *first = made_anew(&p);
    size_t actors = stk_world_count(first);
    for (int i = 0; i < 1000; i++) {
        char words[96];
        const stk_national *n =
            stk_world_national(first, (size_t)(test_random_bits(&random) % actors));
        int year = 2026 + (int)test_random_between(&random, 0, 74);
        if (n->actor.kind != STK_ACTOR_PARTY) {
            continue;
        }
        snprintf(words, sizeof words, "%s %d=%.6fMt", n->actor.iso3, year,
                 test_random_between(&random, 0, 2) * n->baseline[2020 - STK_PATH_FIRST]);
        suppose(&p, words);
        if (p.count == LAYERS_MAX || i % 50 == 49) {
            as_made_anew(&p);
            reset(&p);
        }
    }
    reset(&p);
    same_world(p.world, first);
    stk_world_free(first);
    end(&p);
}

/* A file laid over and taken away; a world with another option drawn again. */
static void a_file_laid_over_is_drawn_again(void **state)
{
    (void)state;
    static const char file[] = "iso3: IND\nparty: India\ndocuments:\n"
                               "- submission_date: 2026-10-01\n  status: submitted\n  targets:\n"
                               "  - {target_year: 2035, kind: absolute, abs_low_mt: 3000, "
                               "abs_high_mt: 3100, gwp: AR6, confidence: A}\n";
    stk_pledges *over;
    stk_error error;
    pile p;
    start_today(&p);
    stk_world *first = made_anew(&p);
    assert_ok(stk_pledges_read("mine.yaml", stk_text_of(file), test_data()->inventory, &over, NULL,
                               &error),
              &error);
    assert_ok(stk_pledges_overlay(top(&p), over, &p.layers[0], &error), &error);
    p.count = 1;
    assert_ok(stk_world_replace_all(p.world, top(&p), stk_pledges_over(top(&p)), &error), &error);
    as_made_anew(&p);
    suppose(&p, "IND 2040=-20%/BAU");
    p.options.extension = STK_EXTEND_NET_ZERO;
    p.options.cap_hot_air = true;
    assert_ok(stk_world_redraw(p.world, &p.options, &error), &error);
    as_made_anew(&p);
    p.options.extension = STK_EXTEND_OWN_RATE;
    p.options.cap_hot_air = false;
    assert_ok(stk_world_redraw(p.world, &p.options, &error), &error);
    reset(&p);
    same_world(p.world, first);
    assert_int_equal(stk_world_replace(p.world, top(&p), "XXX", &error), STK_ENOTFOUND);
    stk_world_free(first);
    end(&p);
}

/* Questions read it like any document. */
static void it_is_a_document_like_any_other(void **state)
{
    (void)state;
    pile p;
    stk_methods methods;
    start_today(&p);
    suppose(&p, "India 2035=3000Mt");
    const stk_national *india = stk_world_find(p.world, "IND");
    const stk_actor_target *t = stk_national_target(india, 2035);
    char stated[STK_STATED_SIZE];
    stk_target_stated(t->document, stated);
    assert_string_equal(stated, "3000 Mt");
    assert_string_equal(t->document->version, "what if: IND 2035=3000Mt");
    assert_int_equal(t->document->submitted, TODAY);
    stk_world_methods(p.world, india, t, &methods);
    assert_has(methods.text[0][0], "supposed level 3000 Mt");
    stk_text yaml;
    stk_error error;
    assert_ok(stk_pledges_write_yaml(top(&p), "IND", &yaml, &error), &error);
    assert_has(yaml.data, "what if: IND 2035=3000Mt");
    free((char *)yaml.data);
    end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_read),
        cmocka_unit_test(words_are_refused_with_what_is_allowed),
        cmocka_unit_test(each_kind_makes_its_level),
        cmocka_unit_test(levels_are_in_the_set_in_use),
        cmocka_unit_test(what_is_supposed_stands),
        cmocka_unit_test(everything_else_stays),
        cmocka_unit_test(the_pledged_level_goes_on_as_before),
        cmocka_unit_test(a_party_outside_the_agreement_may_be_supposed),
        cmocka_unit_test(net_zero_moves_what_counts_it),
        cmocka_unit_test(groups_move_their_parties),
        cmocka_unit_test(land_use_of_sources_stays),
        cmocka_unit_test(one_party_drawn_again_is_the_world_drawn_anew),
        cmocka_unit_test(a_thousand_changes_and_back_are_none),
        cmocka_unit_test(a_file_laid_over_is_drawn_again),
        cmocka_unit_test(it_is_a_document_like_any_other),
    };
    return cmocka_run_group_tests(tests, NULL, test_close_data);
}
