/** @file assess_text.c
 * @brief An assessment on one screen: first the answer in words, then the figures behind it.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/table.h"
#include "report/report.h"

enum { FORESTS_SHOWN = 5 };

static void write_range(stk_buffer *out, double a, double b, int decimals)
{
    char low[STK_DECIMAL_SIZE];
    char high[STK_DECIMAL_SIZE];
    stk_decimal_text(low, fmin(a, b), decimals);
    stk_decimal_text(high, fmax(a, b), decimals);
    stk_buffer_text(out, low);
    if (strcmp(low, high) != 0) {
        stk_buffer_printf(out, " to %s", high);
    }
}

static const stk_gap *gap_case(const stk_assessment *a, stk_condition c, stk_ambition k)
{
    bool cap = stk_assessment_request(a)->options.cap_hot_air;
    return &stk_assessment_gaps(a)[(cap ? STK_GAP_CASES / 2 : 0) + c * STK_AMBITIONS + k];
}

/* Median warming in 2100 of a case; false where it was not run. */
static bool find_median(const stk_assessment *a, stk_case kind, double *kelvin)
{
    const stk_warming_case *c = stk_assessment_warming_of(a, kind);
    *kelvin = c == NULL ? (double)NAN : c->outlook.last_k[STK_WARMING_MEDIAN];
    return c != NULL;
}

/* The net-zero aims of the case pledges and targets. */
static const char *counted_aims(stk_net_zero weakest)
{
    static const char *const words[] = {[STK_NET_ZERO_PROPOSED] = "law, policy, pledge or proposal",
                                        [STK_NET_ZERO_PLEDGE] = "law, policy or pledge",
                                        [STK_NET_ZERO_POLICY] = "law or policy",
                                        [STK_NET_ZERO_LAW] = "law"};
    return words[weakest];
}

/* One case a sentence: what targets do, and what it needs besides them. */
static void write_warming_headline(const stk_assessment *a, stk_buffer *out)
{
    double kept;
    double too;
    stk_net_zero weakest = stk_assessment_request(a)->options.binding;
    if (find_median(a, STK_CASE_TARGETS_ONLY, &kept) &&
        find_median(a, STK_CASE_PLEDGES_AND_TARGETS, &too)) {
        bool none = weakest == STK_NET_ZERO_NONE;
        bool same = none || round(10 * kept) == round(10 * too);
        stk_buffer_printf(out, "%.1f °C in 2100 if the unconditional targets are kept%s.\n", kept,
                          none   ? "; net-zero aims do not count"
                          : same ? ", net-zero aims or not"
                                 : "");
        if (!same) {
            stk_buffer_printf(out, "It heads for %.1f °C if net-zero aims in %s are kept too.\n",
                              too, counted_aims(weakest));
        }
        stk_buffer_text(out, "It will emit ");
    }
}

static void write_warming_before(const stk_assessment *a, stk_buffer *out)
{
    const stk_assessment *before = stk_assessment_before(a);
    double kept[2];
    double too[2];
    bool aims = stk_assessment_request(a)->options.binding != STK_NET_ZERO_NONE;
    for (int i = 0; i < 2; i++) {
        find_median(i == 0 ? before : a, STK_CASE_TARGETS_ONLY, &kept[i]);
        find_median(i == 0 ? before : a, STK_CASE_PLEDGES_AND_TARGETS, &too[i]);
    }
    stk_buffer_printf(out, "world headed for %.1f °C in 2100 if the targets are kept", kept[0]);
    if (aims) {
        stk_buffer_printf(out, ", %.1f °C if net-zero aims are kept too", too[0]);
    }
    stk_buffer_printf(out, "; now for %.1f", kept[1]);
    if (aims) {
        stk_buffer_printf(out, " and %.1f", too[1]);
    }
    stk_buffer_text(out, " °C.");
}

void stk_report_before(const stk_assessment *a, const char *between, stk_buffer *out)
{
    const stk_assessment *before = stk_assessment_before(a);
    const stk_assess_request *r = stk_assessment_request(a);
    double kelvin;
    stk_buffer_printf(out, "On %s the ", STK_DATE_TEXT(r->since));
    if (find_median(before, STK_CASE_TARGETS_ONLY, &kelvin)) {
        write_warming_before(a, out);
        stk_buffer_text(out, between);
        stk_buffer_text(out, "The ");
    }
    stk_buffer_printf(out, "gap in %d was ", r->year);
    for (int i = 0; i < 2; i++) {
        const stk_assessment *day = i == 0 ? before : a;
        stk_buffer_text(out, i == 0 ? "" : " Gt, now ");
        write_range(out, gap_case(day, STK_UNCONDITIONAL, STK_LOW)->gap_gt,
                    gap_case(day, STK_UNCONDITIONAL, STK_HIGH)->gap_gt, 1);
    }
    int then = stk_assessment_coverage(before)->parties_with_target;
    stk_buffer_printf(out, " Gt; %d %s had a target for %d or later, now %d.", then,
                      then == 1 ? "Party" : "Parties", r->year,
                      stk_assessment_coverage(a)->parties_with_target);
}

/* Level and gap as the benchmark counts, so that they are of one count; then the level in the
 * other.
 */
static void write_gap_headline(const stk_assessment *a, const stk_gwp_table *gwp,
                               const char *reason, stk_buffer *out)
{
    const stk_assess_request *r = stk_assessment_request(a);
    const stk_benchmark *b = &r->benchmark;
    const stk_gap *low = gap_case(a, STK_UNCONDITIONAL, STK_LOW);
    const stk_gap *high = gap_case(a, STK_UNCONDITIONAL, STK_HIGH);
    const char *title = STK_BENCHMARK_TITLE(b);
    write_range(out, low->world_gt, high->world_gt, 1);
    stk_buffer_printf(out, " Gt CO2e in %d %s land use", r->year,
                      b->with_lulucf ? "with" : "without");
    if (reason != NULL) {
        stk_buffer_printf(out, " (%s)", reason);
    }
    stk_buffer_text(out, r->warming ? "" : " if the unconditional targets are kept");
    stk_buffer_printf(out, low->gap_gt > 0 ? ".\nThe gap to %s is " : ".\nThat is ", title);
    double side = low->gap_gt > 0 ? 1 : -1;
    write_range(out, side * low->gap_gt, side * high->gap_gt, 1);
    if (low->gap_gt > 0) {
        stk_buffer_text(out, " Gt.");
    } else {
        stk_buffer_printf(out, " Gt below %s.", title);
    }
    if (b->with_lulucf) {
        bool cap = r->options.cap_hot_air;
        stk_buffer_text(out, " Without land use");
        if (b->gwp != r->options.gwp) {
            stk_buffer_printf(out, " (%s)", stk_gwp_set_label(gwp, r->options.gwp));
        }
        stk_buffer_text(out, " the world emits ");
        write_range(out, stk_assessment_level_gt(a, STK_UNCONDITIONAL, STK_LOW, cap),
                    stk_assessment_level_gt(a, STK_UNCONDITIONAL, STK_HIGH, cap), 1);
        stk_buffer_text(out, " Gt.");
    }
    stk_buffer_text(out, "\n");
}

/* Beyond the targets it matters whether aims of net zero are in the level: those of warming are. */
static const char *level_reason(const stk_assess_request *r, int history_last)
{
    int years[STK_MILESTONES];
    stk_milestones(r->options.as_of.date, history_last, years);
    if (r->year <= years[0]) {
        return stk_report_year_reason(r->year, r->options.as_of.date, history_last);
    }
    return r->options.extension == STK_EXTEND_NET_ZERO ? "net-zero aims counted"
                                                       : "net-zero aims not counted";
}

static void write_headline(const stk_assessment *a, const stk_data *data, stk_buffer *out)
{
    const stk_assess_request *r = stk_assessment_request(a);
    stk_date date = r->options.as_of.date;
    const char *reason = level_reason(r, stk_baseline_history_last(data->baseline));
    stk_date first = stk_pledges_known_from(data->pledges);
    if (date < first) {
        stk_buffer_printf(out, "Nothing was pledged yet: the first document is of %s.\n",
                          STK_DATE_TEXT(first));
    }
    stk_buffer_printf(out, "As pledged on %s%s", STK_DATE_TEXT(date),
                      r->options.as_of.include_announced ? " (announcements counted)" : "");
    stk_report_known_clause(stk_pledges_known_until(data->pledges), date, out);
    stk_buffer_text(out, ", the world heads for ");
    write_warming_headline(a, out);
    write_gap_headline(a, stk_inventory_gwp(data->inventory), reason, out);
}

/* What the world consists of besides the Parties; nothing is left out of the sum. */
static void write_composition(const stk_assessment *a, stk_buffer *out)
{
    static const char *const names[] = {"Parties", "territories", "bunkers",
                                        "statistical difference"};
    double parts[4];
    stk_assessment_composition_gt(a, parts);
    stk_buffer_printf(out, "  %-28s", "of which (low ambition)");
    for (int i = 0; i < 4; i++) {
        stk_buffer_printf(out, "%s%s ", i > 0 ? ", " : "", names[i]);
        stk_buffer_decimal(out, parts[i], 1);
    }
    stk_buffer_text(out, "\n");
}

static void write_levels(const stk_assessment *a, const stk_gwp_table *gwp, stk_buffer *out)
{
    const stk_assess_request *r = stk_assessment_request(a);
    stk_buffer_printf(out, "\nWorld in %d, Gt CO2e without land use (GWP %s)\n", r->year,
                      stk_gwp_set_label(gwp, r->options.gwp));
    static const char *const labels[] = {"unconditional pledges", "with conditional pledges"};
    for (int c = 0; c < STK_CONDITIONS; c++) {
        stk_buffer_printf(out, "  %-28s", labels[c]);
        write_range(
            out, stk_assessment_level_gt(a, (stk_condition)c, STK_LOW, r->options.cap_hot_air),
            stk_assessment_level_gt(a, (stk_condition)c, STK_HIGH, r->options.cap_hot_air), 1);
        stk_buffer_text(out, "\n");
    }
    write_composition(a, out);
    stk_buffer_printf(out, "  %-28s", "no pledge (baseline)");
    stk_buffer_decimal(out, stk_assessment_baseline_gt(a), 1);
    stk_buffer_printf(out, "\n  %-28s", "hot air in the pledges");
    write_range(out,
                stk_assessment_level_gt(a, STK_UNCONDITIONAL, STK_LOW, false) -
                    stk_assessment_level_gt(a, STK_UNCONDITIONAL, STK_LOW, true),
                stk_assessment_level_gt(a, STK_UNCONDITIONAL, STK_HIGH, false) -
                    stk_assessment_level_gt(a, STK_UNCONDITIONAL, STK_HIGH, true),
                1);
    stk_buffer_printf(out, " (levels above a Party's baseline%s)\n",
                      r->options.cap_hot_air ? "; capped above" : "");
}

static void write_gap(const stk_assessment *a, const stk_gwp_table *gwp, stk_buffer *out)
{
    const stk_benchmark *b = &stk_assessment_request(a)->benchmark;
    static const char *const labels[] = {"unconditional pledges", "with conditional pledges"};
    stk_buffer_printf(out, "\nGap to %s, Gt CO2e %s land use (GWP %s; %s)\n  %-28s",
                      STK_BENCHMARK_TITLE(b), b->with_lulucf ? "with" : "without",
                      stk_gwp_set_label(gwp, b->gwp), b->source, "benchmark");
    stk_buffer_decimal(out, b->median_gt, 1);
    if (!isnan(b->low_gt) && !isnan(b->high_gt)) {
        stk_buffer_text(out, " (");
        write_range(out, b->low_gt, b->high_gt, 1);
        stk_buffer_text(out, ", 5-95 % of scenarios)");
    }
    stk_buffer_text(out, "\n");
    for (int c = 0; c < STK_CONDITIONS; c++) {
        stk_condition condition = (stk_condition)c;
        stk_buffer_printf(out, "  %-28s", labels[c]);
        write_range(out, gap_case(a, condition, STK_LOW)->gap_gt,
                    gap_case(a, condition, STK_HIGH)->gap_gt, 1);
        stk_buffer_text(out, "  (world at ");
        write_range(out, gap_case(a, condition, STK_LOW)->world_gt,
                    gap_case(a, condition, STK_HIGH)->world_gt, 1);
        stk_buffer_text(out, ")\n");
    }
}

/* The milestone before the year, in two lines. */
static void write_other_year(const stk_assessment *a, stk_buffer *out)
{
    const stk_other_year *other = stk_assessment_other_year(a);
    const stk_assess_request *r = stk_assessment_request(a);
    if (other == NULL) {
        return;
    }
    const stk_benchmark *b = &r->other_benchmark;
    const stk_gap *gaps = other->gaps + (r->options.cap_hot_air ? STK_GAP_CASES / 2 : 0);
    char labels[3][STK_BENCHMARK_TITLE_SIZE + 8] = {"world with land use", "",
                                                    "world without land use"};
    stk_print(labels[1], sizeof labels[1], "gap to %s", STK_BENCHMARK_TITLE(b));
    stk_buffer_printf(out, "\nAnd in %d, Gt CO2e\n", other->year);
    for (int line = b->with_lulucf ? 0 : 1; line < 3; line++) {
        size_t width = stk_text_width(stk_text_of(labels[line]));
        stk_buffer_printf(out, "  %s%*s", labels[line], width < 27 ? (int)(27 - width) : 0, "");
        for (int c = 0; c < STK_CONDITIONS; c++) {
            double values[STK_AMBITIONS];
            for (int k = 0; k < STK_AMBITIONS; k++) {
                const stk_gap *gap = &gaps[c * STK_AMBITIONS + k];
                values[k] = line == 0   ? gap->world_gt
                            : line == 1 ? gap->gap_gt
                                        : other->level_gt[c][k];
            }
            stk_buffer_text(out, c == STK_UNCONDITIONAL ? " " : ", with conditional pledges ");
            write_range(out, values[STK_LOW], values[STK_HIGH], 1);
        }
        stk_buffer_text(out, "\n");
    }
}

static void write_coverage(const stk_assessment *a, stk_buffer *out)
{
    const stk_coverage *c = stk_assessment_coverage(a);
    stk_buffer_printf(out, "\nCovered: %d of %d Parties have a target for %d or later; they emit ",
                      c->parties_with_target, c->parties, stk_assessment_request(a)->year);
    stk_buffer_decimal(out, c->covered_pct, 0);
    stk_buffer_text(out, " % of the world's total\n");
    if (c->parties_suspended > 0) {
        stk_buffer_printf(out, "  withdrawn from the Agreement: %d (", c->parties_suspended);
        stk_buffer_decimal(out, c->suspended_pct, 0);
        stk_buffer_text(out, " %)\n");
    }
    stk_buffer_text(out, "  how sure the data is of these targets (share of world emissions):\n");
    for (int i = 0; i < STK_CONFIDENCE_MARKS; i++) {
        if (c->by_confidence_pct[i] >= 0.05) {
            stk_buffer_printf(out, "    %-3s", stk_confidence_mark(i));
            if (c->by_confidence_pct[i] < 10) {
                stk_buffer_text(out, " ");
            }
            stk_buffer_decimal(out, c->by_confidence_pct[i], 1);
            stk_buffer_printf(out, " %%  %s\n", stk_report_mark_meaning(i));
        }
    }
}

/* Medians of 2100, one line a case. */
static void write_warming(const stk_assessment *a, stk_buffer *out)
{
    size_t count;
    const stk_warming_case *cases = stk_assessment_warming(a, &count);
    if (count > 0) {
        stk_buffer_text(
            out, "\nWarming in 2100, K above 1850-1900 (5-95 %), and chance to stay below\n");
    }
    for (size_t i = 0; i < count; i++) {
        const stk_outlook *o = &cases[i].outlook;
        stk_buffer_printf(
            out, "  %-27s %.1f (%.1f to %.1f)   1.5 K: %2.0f %%   2 K: %2.0f %%   3 K: %2.0f %%\n",
            stk_case_title(cases[i].kind), o->last_k[STK_WARMING_MEDIAN], o->last_k[0],
            o->last_k[STK_WARMING_PERCENTILES - 1], 100.0 * (1.0 - o->p_exceed[STK_WARMING_1_5]),
            100.0 * (1.0 - o->p_exceed[STK_WARMING_2]), 100.0 * (1.0 - o->p_exceed[STK_WARMING_3]));
    }
    if (count > 0) {
        stk_buffer_text(out,
                        "Optimistic: every announcement, conditions met, strongest reading; the "
                        "others: unconditional, weakest reading.\n");
    }
}

static void write_checks(const stk_assessment *a, stk_buffer *out)
{
    enum { LINE = 100 };
    size_t count;
    const stk_checked_level *checks = stk_assessment_checks(a, &count);
    if (count > 0) {
        stk_buffer_text(out, "\n");
        stk_report_checks(checks, count, true, LINE, out);
        stk_buffer_text(out, "\n");
    }
}

static void write_forests(const stk_assessment *a, stk_buffer *out)
{
    size_t count;
    const stk_forest_choice *list = stk_assessment_forests(a, &count);
    if (count == 0) {
        return;
    }
    stk_buffer_text(out,
                    "\nWhere it matters whether a target cuts land use first or holds it (Mt):\n");
    for (size_t i = 0; i < count && i < FORESTS_SHOWN; i++) {
        stk_buffer_printf(out, "    %-28s", list[i].name);
        stk_buffer_decimal(out, list[i].first_mt, 0);
        stk_buffer_text(out, " or ");
        stk_buffer_decimal(out, list[i].hold_mt, 0);
        stk_buffer_text(out, "\n");
    }
    if (count > FORESTS_SHOWN) {
        stk_buffer_printf(out, "    and %zu more\n", count - FORESTS_SHOWN);
    }
}

static void change_cells(stk_table *table, const stk_change *c)
{
    stk_buffer text = {0};
    stk_table_text(table, c->name);
    stk_table_date(table, c->submitted);
    stk_table_text(table, stk_report_status(c->kind, c->status));
    const double *pairs[] = {c->before_mt, c->after_mt, c->change_gt};
    const int decimals[] = {0, 0, 2};
    for (int i = 0; i < 4; i++) {
        text.size = 0;
        if (i < 3) {
            write_range(&text, pairs[i][STK_LOW], pairs[i][STK_HIGH], decimals[i]);
        } else {
            stk_report_effect(c->share_of_gap_pct, &text);
        }
        stk_table_buffer(table, &text);
    }
    stk_buffer_free(&text);
}

static void write_total(const stk_change_total *t, stk_counterfactual counterfactual,
                        stk_buffer *out)
{
    double low = t->closes_gt[STK_LOW];
    double high = t->closes_gt[STK_HIGH];
    bool opens = low < 0 && high < 0;
    stk_buffer_printf(out, "All together: %s", opens ? "adds " : "closes ");
    write_range(out, opens ? -low : low, opens ? -high : high, 2);
    stk_buffer_text(out, opens ? " Gt to a gap of " : " Gt of a gap of ");
    write_range(out, t->gap_before_gt[STK_LOW], t->gap_before_gt[STK_HIGH], 1);
    stk_buffer_text(out, counterfactual == STK_COUNTERFACTUAL_BASELINE
                             ? " Gt, as it would be had these Parties pledged nothing.\n"
                             : " Gt before.\n");
}

static stk_status write_change_table(const stk_assessment *a, stk_condition condition,
                                     stk_counterfactual counterfactual, stk_buffer *out,
                                     stk_error *error)
{
    static const stk_column columns[] = {{"party", "Party", STK_TEXT},
                                         {"date", "Date", STK_DATE},
                                         {"status", "", STK_TEXT},
                                         {"before", "Before (Mt)", STK_TEXT},
                                         {"after", "After (Mt)", STK_TEXT},
                                         {"change", "Change (Gt)", STK_TEXT},
                                         {"share", "Effect on the gap", STK_TEXT}};
    size_t count;
    int small = 0;
    bool effects = false;
    const stk_change *list = stk_assessment_changes(a, &count);
    stk_table *table = stk_table_new(columns, 7);
    for (size_t i = 0; i < count; i++) {
        if (list[i].condition != condition || list[i].counterfactual != counterfactual) {
            continue;
        }
        if (stk_report_is_listed(&list[i])) {
            change_cells(table, &list[i]);
            effects = effects || !isnan(list[i].share_of_gap_pct[STK_LOW]);
        } else {
            small++;
        }
    }
    stk_status status = stk_table_write(table, STK_FORMAT_TEXT, out, error);
    stk_table_free(table);
    if (small > 0) {
        stk_buffer_printf(out, "and %d that change%s less than 0.005 Gt\n", small,
                          small == 1 ? "s" : "");
    }
    write_total(stk_assessment_total(a, condition, counterfactual), counterfactual, out);
    if (effects && stk_assessment_request(a)->benchmark.with_lulucf) {
        stk_buffer_text(out,
                        "The effect on the gap counts land use, the columns before it do not.\n");
    }
    if (counterfactual == STK_COUNTERFACTUAL_PREVIOUS) {
        stk_buffer raised = {0};
        stk_report_raised(a, "\n", &raised);
        stk_buffer_text(&raised, raised.size > 0 ? "\n" : "");
        stk_buffer_text(out, stk_buffer_pass(out, &raised));
        stk_buffer_free(&raised);
    }
    return status;
}

/* What came, then what it changed. */
static stk_status write_changes(const stk_assessment *a, const stk_data *data, int only,
                                stk_buffer *out, stk_error *error)
{
    static const char *const headings[STK_COUNTERFACTUALS] = {
        "Against the day before, by the same rules:",
        "Against no pledge at all (the Party's baseline):"};
    size_t arrivals;
    size_t changes;
    const stk_assess_request *r = stk_assessment_request(a);
    stk_assessment_arrivals(a, &arrivals);
    stk_assessment_changes(a, &changes);
    const char *since = STK_DATE_TEXT(r->since);
    if (arrivals == 0 && changes == 0) {
        stk_buffer_text(out, "\n");
        stk_report_nothing_came(r->since, r->options.as_of.date,
                                stk_pledges_known_until(data->pledges), out);
        stk_buffer_text(out, "\n");
        return STK_OK;
    }
    stk_buffer_printf(out, "\nWhat came after %s\n\n", since);
    stk_report_before(a, "\n", out);
    stk_buffer_text(out, "\n\n");
    stk_status status = STK_OK;
    if (arrivals == 0) {
        stk_buffer_printf(out,
                          "No document or event. Targets whose year is over by %d shape no pathway "
                          "any more.\n",
                          stk_date_year(r->options.as_of.date));
    } else {
        status = stk_report_documents(a, out, error);
    }
    if (changes == 0) {
        stk_buffer_printf(out, "\nNone of it changes %d.\n", r->year);
        return status;
    }
    stk_buffer_printf(out,
                      "\nWhat it changed in %d (unconditional targets; Mt and Gt without land "
                      "use)\n",
                      r->year);
    for (int f = 0; f < STK_COUNTERFACTUALS && status == STK_OK; f++) {
        if (only < 0 || only == f) {
            stk_buffer_printf(out, "\n%s\n", headings[f]);
            status = write_change_table(a, STK_UNCONDITIONAL, (stk_counterfactual)f, out, error);
        }
    }
    return status;
}

stk_status stk_report_text(const stk_assessment *a, const stk_data *data, int only,
                           stk_buffer *buffer, stk_error *error)
{
    const stk_gwp_table *gwp = stk_inventory_gwp(data->inventory);
    stk_status status = STK_OK;
    write_headline(a, data, buffer);
    write_levels(a, gwp, buffer);
    write_gap(a, gwp, buffer);
    write_other_year(a, buffer);
    write_warming(a, buffer);
    write_coverage(a, buffer);
    write_checks(a, buffer);
    write_forests(a, buffer);
    if (stk_assessment_request(a)->since != 0) {
        status = write_changes(a, data, only, buffer, error);
    }
    stk_buffer_text(buffer, "\n");
    stk_report_known_until(stk_pledges_known_until(data->pledges),
                           stk_assessment_request(a)->options.as_of.date, buffer);
    return status == STK_OK ? stk_buffer_status(buffer, error) : status;
}
