/** @file what_if_parse.c
 * @brief The words of a what-if: AREA YEAR=VALUE, AREA net-zero=YEAR.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "world/what_if_impl.h"

/* Beyond these a number is a slip of the pen. */
static const double least_change_pct = -100.0;
static const double most_change_pct = 300.0;
static const double most_times_present = 10.0;

static const char forms[] = "a level as 3000Mt or 3Gt, or a change as -60%@2005, -45%/GDP@2005, "
                            "-20%/BAU or -10%";

typedef struct parser {
    national_context context;
    const stk_world *world;
    stk_text all;   /* as typed */
    char value[64]; /* what stands behind the "=", without spaces */
    stk_what_if *what_if;
    stk_error *error;
} parser;

static stk_status refuse(const parser *p, const char *given, const char *allowed)
{
    stk_text all = stk_text_cut(p->all, 80);
    return stk_error_set(p->error, STK_EARG, "what if '%.*s': '%s' is refused; allowed: %s",
                         (int)all.size, all.data, STK_CUT(given, 60), allowed);
}

/* ---- values ---- */

/* Copy the value without spaces, and a true minus sign as the one of keyboards. */
static bool take_value(parser *p, stk_text value)
{
    size_t used = 0;
    while (value.size > 0) {
        bool minus = stk_text_cut_prefix(&value, "\xe2\x88\x92");
        char c = minus ? '-' : value.data[0];
        if (!minus) {
            value = (stk_text){value.data + 1, value.size - 1};
        }
        if (c != ' ' && c != '\t') {
            p->value[used++] = c;
        }
        if (used == sizeof p->value) {
            p->value[used - 1] = '\0';
            return false;
        }
    }
    p->value[used] = '\0';
    return used > 0;
}

int stk_what_if_first_year(const stk_world *world)
{
    const national_context context = world_context(world);
    int known = stk_baseline_history_last(context.baseline) + 1;
    int today = stk_date_year(context.options->as_of.date);
    return known > today ? known : today;
}

static stk_status read_year(const parser *p, stk_text text, int first, int last, int *year)
{
    long found;
    char allowed[64];
    char given[32];
    if (stk_text_integer(text, &found) && found >= first && found <= last) {
        *year = (int)found;
        return STK_OK;
    }
    stk_print(given, sizeof given, "%.*s", (int)text.size, text.data);
    stk_print(allowed, sizeof allowed, "a year from %d to %d", first, last);
    return refuse(p, given, allowed);
}

static double sum_mt(const parser *p, int year)
{
    double sum = 0;
    for (stk_area a = 0; a < stk_inventory_area_count(p->context.inventory); a++) {
        sum += p->what_if->areas.members[a]
                   ? stk_baseline_mt(p->context.baseline, a, p->context.options->gwp, year)
                   : 0.0;
    }
    return sum;
}

static stk_status read_level(parser *p, stk_text number, double factor)
{
    char allowed[96];
    stk_what_if *w = p->what_if;
    int known = stk_baseline_history_last(p->context.baseline);
    double most = most_times_present * fmax(sum_mt(p, known), sum_mt(p, w->year));
    w->kind = STK_WHAT_IF_LEVEL;
    if (!stk_text_number(number, &w->level_mt)) {
        return refuse(p, p->value, forms);
    }
    w->level_mt *= factor;
    if (!(w->level_mt >= 0) || w->level_mt > most) {
        stk_print(allowed, sizeof allowed, "0 to %.6g Mt, ten times what %s emits", most,
                  STK_CUT(w->areas.code, 24));
        return refuse(p, p->value, allowed);
    }
    return STK_OK;
}

static stk_status read_reference(parser *p, stk_text year)
{
    int known = stk_baseline_history_last(p->context.baseline);
    return read_year(p, year, STK_PATH_FIRST, known, &p->what_if->reference_year);
}

/* What a change is one of: "", "@2005", "/GDP@2005", "/BAU". */
static stk_status read_scope(parser *p, stk_text scope)
{
    stk_what_if *w = p->what_if;
    if (scope.size == 0) {
        w->kind = STK_WHAT_IF_PLEDGED;
        return STK_OK;
    }
    if (stk_text_cut_prefix(&scope, "@")) {
        w->kind = STK_WHAT_IF_BASE_YEAR;
        return read_reference(p, scope);
    }
    if (stk_text_alike(scope, "/BAU")) {
        w->kind = STK_WHAT_IF_BASELINE;
        return STK_OK;
    }
    if (stk_text_cut_prefix_alike(&scope, "/GDP@") && scope.size > 0) {
        w->kind = STK_WHAT_IF_INTENSITY;
        return read_reference(p, scope);
    }
    return refuse(p, p->value, forms);
}

static stk_status read_change(parser *p, const char *percent)
{
    stk_what_if *w = p->what_if;
    stk_text number = {p->value, (size_t)(percent - p->value)};
    bool rises = stk_text_cut_prefix(&number, "+");
    if (!rises && p->value[0] != '-') {
        return refuse(p, p->value, "a change with its sign, as -60%@2005 or +20%@2005");
    }
    if (!stk_text_number(number, &w->change_pct) || (rises && !(w->change_pct >= 0))) {
        return refuse(p, p->value, forms);
    }
    if (!(w->change_pct >= least_change_pct) || !(w->change_pct <= most_change_pct)) {
        return refuse(p, p->value, "a change from -100% to +300%");
    }
    return read_scope(p, stk_text_of(percent + 1));
}

static stk_status read_target(parser *p, stk_text year)
{
    stk_status status =
        read_year(p, year, stk_what_if_first_year(p->world), STK_PATH_LAST, &p->what_if->year);
    stk_text value = stk_text_of(p->value);
    const char *percent = strchr(p->value, '%');
    if (status != STK_OK || percent != NULL) {
        return status != STK_OK ? status : read_change(p, percent);
    }
    stk_text_cut_suffix_alike(&value, "CO2e");
    bool giga = stk_text_cut_suffix_alike(&value, "Gt");
    if (!giga && !stk_text_cut_suffix_alike(&value, "Mt")) {
        return refuse(p, p->value, forms);
    }
    return read_level(p, value, giga ? 1000.0 : 1.0);
}

static stk_status read_net_zero(parser *p)
{
    p->what_if->kind = STK_WHAT_IF_NET_ZERO;
    if (stk_text_alike(stk_text_of(p->value), "none")) {
        p->what_if->year = 0;
        return STK_OK;
    }
    long year;
    if (!stk_text_integer(stk_text_of(p->value), &year)) {
        return refuse(p, p->value, "a year as net-zero=2060, or net-zero=none");
    }
    return read_year(p, stk_text_of(p->value), stk_what_if_first_year(p->world), STK_PATH_LAST,
                     &p->what_if->year);
}

/* ---- areas ---- */

static stk_status check_one(const parser *p, const what_if_reach *reach)
{
    const stk_what_if *w = p->what_if;
    char words[256];
    if (reach->count > 0) {
        return STK_OK;
    }
    if (reach->joint != NULL) {
        stk_print(words, sizeof words,
                  "%s, with which it pledges jointly (the document cannot be split among members)",
                  reach->joint->iso3);
        return refuse(p, w->areas.code, words);
    }
    if (reach->baseless_count > 0) {
        stk_print(words, sizeof words, "a year with a record of %s",
                  w->kind == STK_WHAT_IF_INTENSITY ? "emissions and GDP" : "emissions");
        return refuse(p, p->value, words);
    }
    return refuse(p, w->areas.code,
                  "a Party, or areas with Parties among them: it pledges nothing");
}

static stk_status check_reach(const parser *p)
{
    what_if_reach reach = {.list = NULL};
    const stk_what_if *w = p->what_if;
    what_if_find_reach(w, p->world, &reach);
    stk_status status = check_one(p, &reach);
    if (status == STK_OK && reach.count > 1 && w->kind == STK_WHAT_IF_LEVEL) {
        return refuse(p, p->value, "of several Parties a change, as -10%; a level is that of one");
    }
    return status;
}

/* Append the codes of a list as they can be typed again, "BRA,IND". */
static stk_status write_list(const parser *p, stk_text list, stk_buffer *out)
{
    stk_area_set *part = malloc(sizeof *part);
    stk_status status = stk_allocated(part, p->error);
    while (status == STK_OK) {
        const char *comma = memchr(list.data, ',', list.size);
        stk_text item = {list.data, comma == NULL ? list.size : (size_t)(comma - list.data)};
        status = stk_areas_find(p->context.inventory, stk_text_trim(item), part, p->error);
        stk_buffer_printf(out, "%s%s", status == STK_OK ? part->code : "",
                          comma == NULL ? "" : ",");
        if (comma == NULL) {
            break;
        }
        list = (stk_text){comma + 1, list.size - item.size - 1};
    }
    free(part);
    return status;
}

/* What was typed, by codes, so that it can be typed again. `what` stands before the "=". */
static stk_status write_words(const parser *p, stk_text area, const char *what)
{
    stk_what_if *w = p->what_if;
    stk_buffer words = {0};
    stk_status status = STK_OK;
    if (w->areas.kind == STK_AREAS_LIST) {
        status = write_list(p, area, &words);
    } else {
        stk_buffer_text(&words, w->areas.code);
    }
    stk_buffer_printf(&words, " %s=%s", what, p->value);
    status = status != STK_OK ? status : stk_buffer_status(&words, p->error);
    if (status == STK_OK && words.size >= sizeof w->words) {
        status = refuse(p, "a list that long", "fewer areas, or a group of them");
    }
    if (status == STK_OK) {
        memcpy(w->words, words.data, words.size);
        w->words[words.size] = '\0';
    }
    stk_buffer_free(&words);
    return status;
}

/* ---- the whole ---- */

/* "United States 2035", "IND net-zero": the last word says what; the area is before it. */
static stk_text cut_last_word(stk_text *text)
{
    size_t start = text->size;
    while (start > 0 && text->data[start - 1] != ' ' && text->data[start - 1] != '\t') {
        start--;
    }
    stk_text word = {text->data + start, text->size - start};
    *text = stk_text_trim((stk_text){text->data, start});
    return word;
}

static bool is_net_zero(stk_text word, stk_text *area)
{
    static const char *const names[] = {"net-zero", "net_zero", "netzero"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (stk_text_alike(word, names[i])) {
            return true;
        }
    }
    if (stk_text_alike(word, "zero") && stk_text_cut_suffix_alike(area, " net")) {
        *area = stk_text_trim(*area);
        return true;
    }
    return false;
}

/* Whether an area is a Party that is outside the Agreement. */
static bool is_outside(const parser *p, stk_text area)
{
    stk_area_set *set = &p->what_if->areas;
    bool outside = false;
    if (area.size == 0 || stk_areas_find(p->context.inventory, area, set, NULL) != STK_OK) {
        return false;
    }
    for (size_t n = 0; n < stk_world_count(p->world) && set->kind == STK_AREAS_ONE; n++) {
        const stk_actor *actor = &stk_world_national(p->world, n)->actor;
        outside = outside || (actor->suspended && set->members[actor->members[0]]);
    }
    return outside;
}

stk_status stk_what_if_parse(const stk_world *world, stk_text words, stk_what_if *what_if,
                             stk_error *error)
{
    parser p = {.context = world_context(world),
                .world = world,
                .all = stk_text_trim(words),
                .what_if = what_if,
                .error = error};
    const char *equals = p.all.size == 0 ? NULL : memchr(p.all.data, '=', p.all.size);
    memset(what_if, 0, sizeof *what_if);
    if (equals == NULL || memchr(p.all.data, '\0', p.all.size) != NULL) {
        stk_text rest = p.all;
        (void)take_value(&p, cut_last_word(&rest));
        return refuse(&p, p.value,
                      is_outside(&p, rest)
                          ? "an area and what it pledges, as 'IND 2035=3000Mt'; what a Party that "
                            "left the Agreement pledged counts with --ignore-withdrawal"
                          : "an area and what it pledges, as 'IND 2035=3000Mt' or "
                            "'IND net-zero=2060'");
    }
    stk_text area = stk_text_trim((stk_text){p.all.data, (size_t)(equals - p.all.data)});
    stk_text word = cut_last_word(&area);
    bool net_zero = is_net_zero(word, &area);
    bool whole =
        take_value(&p, (stk_text){equals + 1, p.all.size - (size_t)(equals + 1 - p.all.data)});
    if (area.size == 0) {
        return refuse(&p, "", "an area before it, as 'IND 2035=3000Mt'");
    }
    if (!whole) {
        return refuse(&p, p.value, net_zero ? "a year as net-zero=2060, or net-zero=none" : forms);
    }
    stk_status status = stk_areas_find(p.context.inventory, area, &what_if->areas, error);
    status = status != STK_OK ? status : net_zero ? read_net_zero(&p) : read_target(&p, word);
    if (status == STK_OK) {
        char what[16] = "net-zero";
        if (!net_zero) {
            stk_print(what, sizeof what, "%d", what_if->year);
        }
        status = write_words(&p, area, what);
        status = status != STK_OK ? status : check_reach(&p);
    }
    return status;
}
