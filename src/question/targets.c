/** @file targets.c
 * @brief `stocktake targets`: every quantified target.
 */
#include "question/query.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/fairness.h>

#include "report/report.h"

static const question_option options[] = {
    {"area", "AREA", "Only a country by name or code, a group (G20, LDC), or a list (BRA,IND).",
     NULL, "all"},
    {"year", "YEAR", "Only targets of this year.", NULL, "all"},
    {"rating", NULL,
     "Columns that compare each level with the readings of equity of its year (docs/fairness.md); "
     "no verdict.",
     NULL, NULL},
    {"trace", NULL,
     "The chain behind each level: document, passage, stated number, rule, factor, level.", NULL,
     NULL},
    {NULL, NULL, NULL, NULL, NULL}};

static const stk_column columns[] = {{"iso3", "Party", STK_TEXT},
                                     {"submitted", "Submitted", STK_DATE},
                                     {"status", "Status", STK_TEXT},
                                     {"target_year", "Year", STK_INTEGER},
                                     {"kind", "Kind", STK_TEXT},
                                     {"condition", "Condition", STK_TEXT},
                                     {"ambition", "Ambition", STK_TEXT},
                                     {"level_excl_lulucf_mt", "Mt CO2e", 1},
                                     {"level_incl_lulucf_mt", "with LULUCF", 1},
                                     {"baseline_excl_lulucf_mt", "Baseline", 1},
                                     {"method", NULL, STK_TEXT},
                                     {"confidence", "Mark", STK_TEXT},
                                     {"name", NULL, STK_TEXT},
                                     {"stated", NULL, STK_TEXT},
                                     {"source_url", NULL, STK_TEXT},
                                     {"source_dataset", NULL, STK_TEXT},
                                     {"check", NULL, STK_TEXT},
                                     {"way", NULL, STK_TEXT},
                                     {"rated_mt", NULL, STK_SCALED},
                                     {"lo_mt", "Least", STK_SCALED},
                                     {"hi_mt", "Most", STK_SCALED},
                                     {"readings_met", "Met", STK_INTEGER},
                                     {"readings", "of", STK_INTEGER},
                                     {"met_percent", NULL, 1},
                                     {"position", NULL, 2},
                                     {"implied_warming_k", "°C", 1},
                                     {"warming_limit", " ", STK_TEXT},
                                     {"band", "Band (ours)", STK_TEXT},
                                     {"rating_check", "Rating", STK_TEXT}};

enum { RATING_COLUMNS = 11, COLUMNS = sizeof columns / sizeof *columns };

/* Readings of equity by target year, made when a target of the year is rated. */
typedef struct ratings {
    stk_fairness *fairness; /* NULL: not asked for */
    stk_fairness_readings *of[STK_PATH_YEARS];
    stk_status status; /* the first failure */
    stk_error *error;
} ratings;

/* What is asked for. */
typedef struct selection {
    const stk_data *data;
    const stk_world *world;
    const stk_area_set *set;
    int year; /* 0: all */
    bool trace;
    bool cap;
    ratings *ratings;
} selection;

/* The words of the row that states a condition; a document may state each in a row of its own. */
static const stk_target *stating_row(const stk_data *data, const stk_actor_target *target,
                                     int condition)
{
    size_t count;
    const stk_target *first = target->document;
    const stk_target *rows = stk_pledges_of(data->pledges, first->iso3, &count);
    for (size_t i = 0; i < count; i++) {
        const stk_target *row = &rows[i];
        if (row->submitted == first->submitted && row->status == first->status &&
            row->year == target->year && row->has_condition[condition]) {
            return row;
        }
    }
    return first;
}

static void add_row(const stk_data *data, stk_table *table, const stk_national *n,
                    const stk_actor_target *target, const char *method, int condition, int ambition,
                    bool cap)
{
    char stated[STK_STATED_SIZE];
    const stk_target *row = stating_row(data, target, condition);
    bool states = target->stated[condition] || target->stated[STK_UNCONDITIONAL];
    stk_target_stated(row, stated);
    stk_trace trace =
        stk_trace_level(n, target, (stk_condition)condition, (stk_ambition)ambition, cap);
    char how[STK_METHOD_SIZE];
    stk_print(how, sizeof how, "%s", method);
    stk_trace_add_then(&trace, how);
    stk_table_text(table, target->document->iso3);
    stk_table_date(table, target->document->submitted);
    stk_table_text(table, stk_target_status_name(target->document));
    stk_table_number(table, target->year);
    stk_table_texts(table, stk_target_kind_name(target->kind),
                    stk_condition_name((stk_condition)condition),
                    stk_ambition_name((stk_ambition)ambition));
    stk_table_numbers(table, trace.level.excl_mt, trace.level.incl_mt, target->baseline_excl_mt);
    stk_table_texts(table, how, target->mark[condition][ambition], n->actor.name,
                    states ? stated : "", row->source_url, row->source_dataset);
    const char *check =
        stk_level_check_words(target, (stk_condition)condition, (stk_ambition)ambition);
    stk_table_texts(table, check != NULL ? check : "",
                    stk_way_name(target->from[condition][ambition].way));
}

/* The readings of a year; NULL where nothing is left to share, or the year is over. */
static stk_fairness_readings *readings_of(ratings *r, int year)
{
    int last = stk_equity_world_of(stk_fairness_equity(r->fairness))->now;
    if (year <= last || year > STK_PATH_LAST || stk_fairness_world_mt(r->fairness, year) <= 0) {
        return NULL;
    }
    stk_fairness_readings **made = &r->of[year - STK_PATH_FIRST];
    if (*made == NULL && r->status == STK_OK) {
        r->status = stk_fairness_readings_make(r->fairness, NULL, year, made, r->error);
    }
    return *made;
}

/* The level in the benchmark's GWP set, with the land use of the pathway, which is by bookkeeping
 * as all that is shared. */
static bool rate(const selection *s, const stk_national *n, const stk_actor_target *target,
                 int condition, int ambition, stk_fairness_rating *rating)
{
    ratings *r = s->ratings;
    stk_fairness_readings *readings = readings_of(r, target->year);
    size_t actor = stk_fairness_find(r->fairness, n->actor.iso3);
    if (readings == NULL || actor == stk_fairness_count(r->fairness)) {
        return false;
    }
    const stk_national *same = stk_fairness_national(r->fairness, actor);
    double excl_mt =
        stk_actor_target_level(same, &same->targets[target - n->targets], (stk_condition)condition,
                               (stk_ambition)ambition, s->cap)
            .excl_mt;
    double land_mt = same->lulucf[condition][ambition][target->year - STK_PATH_FIRST];
    stk_fairness_level level = {.mt = excl_mt + land_mt,
                                .has_pledge = true,
                                .condition = (stk_condition)condition,
                                .target_year = target->year,
                                .document_mt = NAN};
    return stk_fairness_rate(readings, actor, level, rating, NULL) == STK_OK;
}

static void add_rating(const selection *s, stk_table *table, const stk_national *n,
                       const stk_actor_target *target, int condition, int ambition)
{
    stk_fairness_rating rating;
    if (!rate(s, n, target, condition, ambition, &rating)) {
        const double none = (double)NAN;
        stk_table_numbers(table, none, none, none, none, none, none, none, none);
        stk_table_texts(table, "", "", "");
        return;
    }
    const stk_equity_rating *r = &rating.rating;
    stk_table_numbers(table, r->level_mt, r->lo_mt, r->hi_mt, r->met, r->readings, r->met_percent,
                      r->position, r->implied_warming_k);
    stk_table_texts(table, stk_fairness_limit_words(&rating), stk_fairness_band_name(rating.band),
                    rating.is_narrow ? "narrow range" : "");
}

/* The targets asked for, each in the order of Parties and years. */
static bool each_target(const selection *s,
                        void (*take)(const selection *, const stk_national *,
                                     const stk_actor_target *, void *),
                        void *into)
{
    size_t count;
    const stk_national **sorted = query_list_actors(s->world, s->set, &count);
    for (size_t i = 0; i < count; i++) {
        for (int t = 0; t < sorted[i]->target_count; t++) {
            const stk_actor_target *target = &sorted[i]->targets[t];
            if (s->year == 0 || s->year == target->year) {
                take(s, sorted[i], target, into);
            }
        }
    }
    free(sorted);
    return sorted != NULL;
}

static void add_target(const selection *s, const stk_national *national,
                       const stk_actor_target *target, void *table)
{
    stk_methods methods;
    stk_world_methods(s->world, national, target, &methods);
    STK_EACH_CASE(c, k) {
        add_row(s->data, table, national, target, methods.text[c][k], c, k, s->cap);
        if (s->ratings != NULL) {
            add_rating(s, table, national, target, c, k);
        }
    }
}

static void add_trace(const selection *s, const stk_national *national,
                      const stk_actor_target *target, void *table)
{
    stk_methods methods;
    stk_world_methods(s->world, national, target, &methods);
    STK_EACH_CASE(c, k) {
        stk_trace trace =
            stk_trace_level(national, target, (stk_condition)c, (stk_ambition)k, s->cap);
        trace_table_add(table, stk_inventory_gwp(s->data->inventory), &trace, methods.text[c][k]);
    }
}

static void write_trace(const selection *s, const stk_national *national,
                        const stk_actor_target *target, void *out)
{
    trace_write(out, stk_inventory_gwp(s->data->inventory), stk_world_options(s->world)->gwp,
                national, target, s->cap);
}

static stk_table *make_table(const selection *s)
{
    stk_table *table = s->trace
                           ? trace_table_new()
                           : stk_table_new(columns, s->ratings != NULL ? (size_t)COLUMNS
                                                                       : COLUMNS - RATING_COLUMNS);
    if (table != NULL && !each_target(s, s->trace ? add_trace : add_target, table)) {
        stk_table_free(table);
        return NULL;
    }
    return table;
}

static void list_suspended(const stk_world *world, const stk_area_set *set, stk_buffer *notes)
{
    for (size_t i = 0; i < stk_world_count(world); i++) {
        const stk_national *national = stk_world_national(world, i);
        const stk_actor *actor = &national->actor;
        bool supposed = national->target_count > 0 && national->targets[0].document->what_if;
        if (actor->suspended && !supposed && stk_area_set_has(set, actor)) {
            stk_buffer_printf(notes,
                              "\n%s is outside the Agreement on this date; its targets are "
                              "suspended (--ignore-withdrawal counts them).\n",
                              actor->name);
        }
    }
}

/* Members of the joint document have its targets. */
static void tell_joint(const stk_world *world, const stk_area_set *set, stk_buffer *notes)
{
    const stk_actor *joint = &stk_world_find(world, "EUU")->actor;
    int members = 0;
    for (int m = 0; m < joint->member_count; m++) {
        members += set->members[joint->members[m]];
    }
    if (members > 0 && members < joint->member_count) {
        stk_buffer_printf(notes, "\nThe joint document of the %s speaks for its members.\n",
                          joint->name);
    }
}

/* What looks wrong, a Party a line. */
static void tell_checks(const stk_world *world, const stk_area_set *set, stk_buffer *notes)
{
    stk_buffer levels = {0};
    bool first = true;
    for (size_t i = 0; i < stk_world_count(world); i++) {
        const stk_national *n = stk_world_national(world, i);
        levels.size = 0;
        if (stk_area_set_has(set, &n->actor)) {
            stk_report_party_checks(n, &levels);
        }
        const char *named = stk_buffer_pass(notes, &levels);
        if (named[0] != '\0') {
            stk_buffer_text(notes, first ? "\nCHECK, looks wrong:\n" : "");
            stk_buffer_printf(notes, "  %s: %s\n", n->actor.name, named);
            first = false;
        }
    }
    stk_buffer_free(&levels);
}

static void tell_years(const stk_national *n, int year, stk_buffer *notes)
{
    const stk_actor_target *before = NULL;
    const stk_actor_target *next = stk_national_target(n, year);
    for (int t = 0; t < n->target_count && n->targets[t].year < year; t++) {
        before = &n->targets[t];
    }
    stk_buffer_printf(notes, "%s has no target for %d", n->actor.name, year);
    if (before != NULL) {
        stk_buffer_printf(notes, "; its last before is for %d", before->year);
    }
    if (next != NULL) {
        stk_buffer_printf(notes, "%s its next is for %d", before != NULL ? "," : ";", next->year);
    }
    stk_buffer_text(notes, n->target_count > 0 ? ".\n" : ", nor for any other year.\n");
}

/* Of areas that are named, those without a row of the year; of a group, how many. */
static void tell_missing(const selection *s, stk_buffer *notes)
{
    bool named = s->set->kind == STK_AREAS_ONE || s->set->kind == STK_AREAS_EU ||
                 s->set->kind == STK_AREAS_LIST;
    int parties = 0;
    int missing = 0;
    for (size_t i = 0; i < stk_world_count(s->world) && s->year != 0; i++) {
        const stk_national *n = stk_world_national(s->world, i);
        const stk_actor_target *next = stk_national_target(n, s->year);
        if (n->actor.kind != STK_ACTOR_PARTY || !stk_area_set_has(s->set, &n->actor)) {
            continue;
        }
        parties++;
        if ((next != NULL && next->year == s->year) || (named && n->actor.suspended)) {
            continue;
        }
        stk_buffer_text(notes, missing == 0 ? "\n" : "");
        missing++;
        if (named) {
            tell_years(n, s->year, notes);
        }
    }
    if (!named && missing > 0) {
        stk_buffer_printf(notes, "%d of %d have no target for %d.\n", missing, parties, s->year);
    }
}

/* What stands above and below the rows. */
static void write_frame(const selection *s, stk_buffer *preface, stk_buffer *notes)
{
    char title[256] = "";
    bool world_asked = s->set->kind == STK_AREAS_WORLD;
    stk_buffer_printf(
        preface, "%s%s%s", s->trace ? "How levels follow from the targets" : "Quantified targets",
        world_asked ? "" : " of ", world_asked ? "" : query_area_title(s->set, title));
    if (s->year != 0) {
        stk_buffer_printf(preface, " for %d", s->year);
    }
    stk_buffer_printf(preface, " as of %s, GWP %s\n",
                      STK_DATE_TEXT(stk_world_options(s->world)->as_of.date),
                      query_gwp_label(s->data, stk_world_options(s->world)->gwp));
    stk_buffer_text(preface, s->trace ? "" : "\n"); /* each level starts with a blank line */
    tell_missing(s, notes);
    list_suspended(s->world, s->set, notes);
    tell_joint(s->world, s->set, notes);
    tell_checks(s->world, s->set, notes);
    stk_buffer_text(notes, s->trace ? ""
                                    : "\nwith LULUCF: as the Party's document counts land use; by "
                                      "bookkeeping models: assess --area, fairness.\n");
}

static void tell_rating(const selection *s, stk_buffer *notes)
{
    const stk_benchmark *shared = stk_fairness_benchmark(s->ratings->fairness, STK_PATH_LAST);
    stk_buffer_printf(
        notes,
        "\nLeast, Most: of the methods' means in the target's year, Mt with land use, where they "
        "share\n%s. Met: readings of equity that the level does not exceed. °C: median warming in "
        "2100 if\nevery country were at the same place of its own range. A rating is a reading of "
        "equity, no verdict;\nwithout one: years that are over, Parties without population, GDP or "
        "Gini index: docs/fairness.md.\n",
        STK_BENCHMARK_TITLE(shared));
}

static stk_status answer(query *q, const selection *s, stk_error *error)
{
    stk_buffer preface = {0};
    stk_buffer notes = {0};
    stk_status status = STK_OK;
    stk_table *table;
    const char *gwp = query_gwp_label(s->data, stk_world_options(s->world)->gwp);
    write_frame(s, &preface, &notes);
    if (s->ratings != NULL) {
        tell_rating(s, &notes);
    }
    if (s->trace && query_format(q) == QUERY_TEXT) {
        stk_buffer_text(&q->out, stk_buffer_pass(&q->out, &preface));
        q->out.failed = !each_target(s, write_trace, &q->out) || q->out.failed;
        stk_buffer_text(&q->out, stk_buffer_pass(&q->out, &notes));
        query_tell_known_until(q);
    } else {
        table = make_table(s);
        status = s->ratings != NULL ? s->ratings->status : STK_OK;
        if (status == STK_OK) {
            status = query_write_rows(
                q, s->trace ? "targets trace" : "targets", table, json_pack("{s:s}", "gwp", gwp),
                stk_buffer_pass(&q->out, &preface), stk_buffer_pass(&q->out, &notes), error);
        } else {
            stk_table_free(table);
        }
    }
    stk_buffer_free(&preface);
    stk_buffer_free(&notes);
    return status;
}

static stk_status answer_query(query *q, stk_error *error)
{
    enum { BOUND = 100000 };
    stk_world *world = NULL;
    stk_area_set *set = query_alloc(q, sizeof *set);
    selection s = {.set = set, .trace = query_given(q, "trace")};
    ratings rated = {.error = error};
    const char *area = query_given(q, "area") ? query_value(q, "area") : "WORLD";
    stk_status status;
    STK_TRY(stk_allocated(set, error));
    if (s.trace && query_given(q, "rating")) {
        return query_usage(q, error, "--rating has no columns in --trace");
    }
    STK_TRY(query_integer(q, "year", 0, -BOUND, BOUND, &s.year, error));
    if (query_given(q, "year") && (s.year < STK_PATH_FIRST || s.year > STK_PATH_LAST)) {
        return query_usage(q, error, "the year %d is refused; allowed: %d to %d", s.year,
                           STK_PATH_FIRST, STK_PATH_LAST);
    }
    STK_TRY(query_world(q, &s.data, &world, error));
    STK_TRY(stk_areas_find(s.data->inventory, stk_text_of(area), set, error));
    s.world = world;
    s.cap = stk_world_options(world)->cap_hot_air;
    if (query_given(q, "rating")) {
        STK_TRY(stk_fairness_open(s.data, world, "C1", &rated.fairness, error));
        s.ratings = &rated;
    }
    STK_TRY(answer(q, &s, error));
done:
    for (int i = 0; i < STK_PATH_YEARS; i++) {
        stk_fairness_readings_free(rated.of[i]);
    }
    stk_fairness_free(rated.fairness);
    stk_world_free(world);
    return status;
}

const question question_targets = {
    .name = "targets",
    .operands = "",
    .summary = QUESTION_HELP("every quantified target: Party, year, condition, ambition"),
    .description = QUESTION_HELP(
        "One row for each Party, target year, condition and ambition, as emissions without LULUCF "
        "and with it. For each year the newest document that states a target for it counts; the "
        "EU and its members are one Party, EUU. High ambition is the lower level.\n\n"
        "CSV and JSON add how the level came about and from which data (method), and what the "
        "document states in words, with its source.\n\n"
        "--trace shows how each level follows from its document: the passage, the number that it "
        "states, the rule that made a level of it, what was taken off for land use, the Party's "
        "own inventory beside the composite one and their ratio, GWP, and what was added. In CSV "
        "and JSON each step is a column, so that a level can be worked out again.\n\n"
        "--rating adds what the methods of equity leave the Party in the target's year for 1.5 °C, "
        "and how the level compares.\n\n"
        "A level that looks wrong is named below the table, with what is wrong, and in the column "
        "check."),
    .examples =
        QUESTION_HELP("  stocktake targets --area 'South Africa'\n"
                      "  stocktake targets --area G20 --format csv\n"
                      "  stocktake targets --trace --area Iraq --year 2030\n"
                      "  stocktake targets --rating --area G20 --year 2035\n"
                      "  stocktake targets --as-of 2021-04-22 --gwp AR4 --include-announced\n"
                      "  stocktake targets --format csv --output targets.csv\n"),
    .option_groups = OPTION_GROUPS(options, options_date, options_gwp, options_target,
                                   options_input, options_common),
    .answer = answer_query};
