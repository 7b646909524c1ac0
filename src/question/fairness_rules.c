/** @file fairness_rules.c
 * @brief The rules that options ask for: the usual readings, with some parameters chosen.
 */
#include "question/fairness.h"

#include <string.h>

/* A number in a range that is named when it is refused. */
static stk_status read_number(query *q, const char *name, double *value, stk_error *error)
{
    const char *text = query_value(q, name);
    return text == NULL || stk_text_number(stk_text_of(text), value)
               ? STK_OK
               : query_usage(q, error, "--%s: '%s' is refused; allowed: a number", name, text);
}

static stk_status read_range(query *q, const char *name, double low, double high, bool open,
                             double *value, stk_error *error)
{
    stk_status status = read_number(q, name, value, error);
    if (status != STK_OK || !query_given(q, name) ||
        (*value >= low && (open ? *value < high : *value <= high))) {
        return status;
    }
    return query_usage(q, error, "--%s: %s is refused; allowed: from %g to %s%g", name,
                       query_value(q, name), low, open ? "below " : "", high);
}

/* ---- methods ---- */

typedef struct wanted {
    bool methods[STK_EQUITY_METHODS];
} wanted;

static stk_status find_method(query *q, stk_text name, wanted *w, stk_error *error)
{
    stk_equity_rule rule;
    stk_status status = stk_equity_rule_parse(name, (stk_text){"", 0}, &rule, error);
    if (status != STK_OK) {
        q->wrong_usage = true;
        return stk_error_context(error, status, "--methods");
    }
    w->methods[rule.method] = true;
    return STK_OK;
}

/* "ecpc,gdr"; all but the recurrence and the adjusted one where nothing is said. */
static stk_status read_methods(query *q, wanted *w, stk_error *error)
{
    const char *at = query_value(q, "methods");
    stk_status status = STK_OK;
    *w = (wanted){{false}};
    for (int m = 0; m < (int)STK_EQUITY_METHODS && at == NULL; m++) {
        w->methods[m] = m != (int)STK_EQUITY_ECPC_RECURRENCE && m != (int)STK_EQUITY_ADJUSTED;
    }
    while (at != NULL && status == STK_OK) {
        size_t size = strcspn(at, ",");
        status = find_method(q, stk_text_trim((stk_text){at, size}), w, error);
        at = at[size] == '\0' ? NULL : at + size + 1;
    }
    return status;
}

/* ---- parameters ---- */

typedef struct chosen {
    int from;
    double discount;
    int converge;
    int population; /* -1: not chosen */
    double responsibility;
    double threshold;
    bool smooth;
    bool fade;
} chosen;

static stk_status read_chosen(query *q, chosen *c, stk_error *error)
{
    enum { BOUND = 100000 };
    stk_status status;
    c->population = query_choice(q, "population", -1);
    c->smooth = query_given(q, "smooth");
    c->fade = query_given(q, "fade");
    STK_TRY(query_integer(q, "from", 0, -BOUND, BOUND, &c->from, error));
    STK_TRY(query_integer(q, "converge", 0, -BOUND, BOUND, &c->converge, error));
    STK_TRY(read_range(q, "discount", 0, 1, true, &c->discount, error));
    STK_TRY(read_range(q, "responsibility", 0, 1, false, &c->responsibility, error));
    STK_TRY(read_number(q, "threshold", &c->threshold, error));
    if (query_given(q, "threshold") &&
        !(c->threshold >= 0 && c->threshold < FAIRNESS_THRESHOLD_END)) {
        STK_TRY(query_usage(q, error, "--threshold: %s is refused; allowed: 0 or more, below 1e12",
                            query_value(q, "threshold")));
    }
done:
    return status;
}

static void choose(const query *q, const chosen *c, stk_equity_rule *rule)
{
    enum { FADE_FROM = 2030, FADE_TO = 2100 };
    rule->from = query_given(q, "from") ? c->from : rule->from;
    rule->converge = query_given(q, "converge") ? c->converge : rule->converge;
    rule->discount_pct = query_given(q, "discount") ? 100.0 * c->discount : rule->discount_pct;
    rule->responsibility =
        query_given(q, "responsibility") ? c->responsibility : rule->responsibility;
    rule->threshold = query_given(q, "threshold") ? c->threshold : rule->threshold;
    rule->fixed_population = c->population == 1;
    if (rule->method == STK_EQUITY_GDR) {
        rule->smooth = c->smooth;
        rule->exponent = 1.0 / 3.0;
        rule->fade_from = c->fade ? FADE_FROM : 0;
        rule->fade_to = c->fade ? FADE_TO : 0;
    }
}

/* Two rules that a choice has made the same are one reading. */
static void add_once(stk_equity_grid *grid, const stk_equity_rule *rule)
{
    char words[STK_EQUITY_PARAMETERS_SIZE];
    char other[STK_EQUITY_PARAMETERS_SIZE];
    stk_equity_rule_write(rule, words);
    for (size_t i = 0; i < grid->count; i++) {
        if (grid->rules[i].method == rule->method &&
            strcmp(words, stk_equity_rule_write(&grid->rules[i], other)) == 0) {
            return;
        }
    }
    if (grid->count < STK_EQUITY_READINGS_MAX) {
        grid->rules[grid->count++] = *rule;
    }
}

static bool narrows(const query *q)
{
    static const char *const names[] = {"methods",  "from",       "discount",
                                        "converge", "population", "responsibility",
                                        "smooth",   "fade",       "threshold"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (query_given(q, names[i])) {
            return true;
        }
    }
    return false;
}

stk_status fairness_read_rules(query *q, fairness_rules *rules, stk_error *error)
{
    static const stk_equity_rule unrated[] = {
        {.method = STK_EQUITY_GRANDFATHERING},
        {.method = STK_EQUITY_ECPC_RECURRENCE, .from = 1990, .converge = 2080},
        {.method = STK_EQUITY_ADJUSTED, .from = 1990, .responsibility = 0.5}};
    wanted w;
    chosen c = {0};
    stk_status status;
    memset(rules, 0, sizeof *rules);
    STK_TRY(read_methods(q, &w, error));
    STK_TRY(read_chosen(q, &c, error));
    const stk_equity_grid usual = stk_equity_grid_usual(STK_FAIRNESS_THRESHOLD);
    for (size_t i = 0; i < usual.count; i++) {
        stk_equity_rule rule = usual.rules[i];
        choose(q, &c, &rule);
        if (w.methods[rule.method]) {
            add_once(&rules->rated, &rule);
            add_once(&rules->shown, &rule);
        }
    }
    for (size_t i = 0; i < sizeof unrated / sizeof *unrated; i++) {
        stk_equity_rule rule = unrated[i];
        choose(q, &c, &rule);
        if (w.methods[rule.method]) {
            add_once(&rules->shown, &rule);
        }
    }
    rules->chosen = narrows(q);
done:
    return status;
}
