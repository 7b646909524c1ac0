/** @file target_trace.c
 * @brief The chain behind each level, as a table and as text.
 */
#include "report/report.h"

#include <math.h>
#include <string.h>

static const stk_column columns[] = {{"iso3", NULL, STK_TEXT},
                                     {"name", NULL, STK_TEXT},
                                     {"submitted", NULL, STK_DATE},
                                     {"status", NULL, STK_TEXT},
                                     {"document", NULL, STK_TEXT},
                                     {"source_url", NULL, STK_TEXT},
                                     {"source_dataset", NULL, STK_TEXT},
                                     {"passage", NULL, STK_TEXT},
                                     {"row_file", NULL, STK_TEXT},
                                     {"row_line", NULL, STK_INTEGER},
                                     {"target_year", NULL, STK_INTEGER},
                                     {"condition", NULL, STK_TEXT},
                                     {"ambition", NULL, STK_TEXT},
                                     {"kind", NULL, STK_TEXT},
                                     {"stated", NULL, STK_TEXT},
                                     {"lulucf", NULL, STK_TEXT},
                                     {"document_gwp", NULL, STK_TEXT},
                                     {"stated_mt", NULL, 3},
                                     {"document_level_mt", NULL, 3},
                                     {"way", NULL, STK_TEXT},
                                     {"rule", NULL, STK_TEXT},
                                     {"lulucf_off_mt", NULL, 3},
                                     {"own_mt", NULL, 3},
                                     {"inventory_year", NULL, STK_INTEGER},
                                     {"inventory_mt", NULL, 3},
                                     {"composite_mt", NULL, 3},
                                     {"ratio", NULL, 4},
                                     {"gwp_factor", NULL, 4},
                                     {"uncovered_mt", NULL, 3},
                                     {"covered_share", NULL, 4},
                                     {"reference_year", NULL, STK_INTEGER},
                                     {"reference_mt", NULL, 3},
                                     {"reference_covered_share", NULL, 4},
                                     {"reference_lulucf_mt", NULL, 3},
                                     {"lulucf_unscaled_mt", NULL, 3},
                                     {"growth", NULL, 4},
                                     {"reduction_pct", NULL, 3},
                                     {"cut_mt", NULL, 3},
                                     {"row_level_mt", NULL, 3},
                                     {"then", NULL, STK_TEXT},
                                     {"level_excl_lulucf_mt", NULL, 3},
                                     {"level_incl_lulucf_mt", NULL, 3},
                                     {"baseline_excl_lulucf_mt", NULL, 3},
                                     {"mark", NULL, STK_TEXT},
                                     {"check", NULL, STK_TEXT},
                                     {"method", NULL, STK_TEXT}};

/* ---- the table ---- */

stk_table *trace_table_new(void)
{
    return stk_table_new(columns, sizeof columns / sizeof *columns);
}

static void add_document(stk_table *table, const stk_trace *trace)
{
    const stk_target *row = trace->row;
    stk_table_texts(table, row->iso3, trace->actor->name);
    stk_table_date(table, row->submitted);
    stk_table_texts(table, stk_target_status_name(row), row->version, row->source_url,
                    row->source_dataset, trace->from.row == NULL ? "" : row->passage, row->file);
    stk_table_number(table, (double)row->line);
}

static double year_or_none(int year)
{
    return year == 0 ? (double)NAN : year;
}

static void add_chain(stk_table *table, const stk_gwp_table *gwp, const stk_trace *trace)
{
    const stk_derivation *from = &trace->from;
    char stated[STK_STATED_SIZE] = "";
    if (from->row != NULL) {
        stk_target_stated(from->row, stated);
    }
    stk_table_texts(table, stated,
                    from->row == NULL ? ""
                    : from->net       ? "counted"
                                      : "not counted",
                    from->row == NULL ? "" : stk_gwp_set_label(gwp, from->gwp));
    stk_table_numbers(table, from->stated_mt, from->document_mt);
    stk_table_texts(table, stk_way_name(from->way), stk_trace_rule(trace));
    stk_table_numbers(table, from->land_mt, from->own_mt, year_or_none(from->inventory_year),
                      from->inventory_mt, from->composite_mt, from->ratio, from->gwp_factor,
                      from->uncovered_mt, from->covered, year_or_none(from->reference_year),
                      from->reference_mt, from->reference_covered, from->reference_land_mt,
                      from->unscaled_mt, from->growth, from->reduction_pct, from->cut_mt,
                      from->row_mt);
}

void trace_table_add(stk_table *table, const stk_gwp_table *gwp, const stk_trace *trace,
                     const char *method)
{
    const stk_actor_target *target = trace->target;
    const char *check = stk_guard_words(trace->check);
    char then[STK_THEN_SIZE];
    stk_then_words(trace->from.then, then);
    add_document(table, trace);
    stk_table_number(table, target->year);
    stk_table_texts(table, stk_condition_name(trace->condition), stk_ambition_name(trace->ambition),
                    stk_target_kind_name(trace->row->kind));
    add_chain(table, gwp, trace);
    stk_table_text(table, then);
    stk_table_numbers(table, trace->level.excl_mt, trace->level.incl_mt, target->baseline_excl_mt);
    stk_table_texts(table, trace->mark, check == NULL ? "" : check, method);
}

/* ---- text ---- */

static void start(stk_buffer *out, const char *step)
{
    enum { INDENT = 14 };
    stk_buffer_printf(out, "  %s", step);
    stk_buffer_fill(out, ' ', INDENT - 2 - strlen(step));
}

static void say(stk_buffer *out, const char *step, const char *words)
{
    if (words != NULL && words[0] != '\0') {
        start(out, step);
        stk_buffer_printf(out, "%s\n", words);
    }
}

static void number(stk_buffer *out, double value)
{
    stk_buffer_decimal(out, value, value != 0 && fabs(value) < 10 ? 3 : 1);
    stk_buffer_text(out, " Mt");
}

static void write_document(stk_buffer *out, const stk_trace *trace)
{
    const stk_target *row = trace->row;
    char date[STK_DATE_SIZE] = "without a date";
    if (row->submitted != 0) {
        stk_date_format(row->submitted, date);
    }
    start(out, "Document");
    stk_buffer_printf(out, "%s, %s%s%s\n", date, stk_target_status_name(row),
                      row->version[0] == '\0' ? "" : ", ", row->version);
    say(out, "", row->source_url);
    say(out, "Passage", trace->from.row == NULL ? "" : row->passage);
    start(out, "Row");
    if (row->what_if) {
        stk_buffer_text(out, "none: supposed\n");
        return;
    }
    stk_buffer_printf(out, "%s, line %ld", row->file, row->line);
    stk_buffer_printf(out, row->source_dataset[0] == '\0' ? "%s\n" : " (%s)\n",
                      row->source_dataset);
}

static void write_stated(stk_buffer *out, const stk_gwp_table *gwp, const stk_trace *trace)
{
    const stk_derivation *from = &trace->from;
    char stated[STK_STATED_SIZE] = "";
    start(out, "States");
    if (from->row == NULL) {
        stk_buffer_printf(out, "nothing %s\n", stk_condition_name(trace->condition));
        return;
    }
    stk_target_stated(from->row, stated);
    stk_buffer_text(out, stated[0] == '\0' ? "no number" : stated);
    if (!isnan(from->document_mt)) {
        if (from->stated_mt != from->document_mt) {
            stk_buffer_text(out, " of ");
            number(out, from->stated_mt);
        }
        stk_buffer_text(out, ": ");
        number(out, from->document_mt);
    }
    stk_buffer_printf(
        out, ", LULUCF %s, %s%s%s\n", from->net ? "counted" : "not counted",
        stk_gwp_set_label(gwp, from->gwp), from->row->gwp[0] == '\0' ? " (not named)" : "",
        from->row->level_derived ? "; level derived from the document's numbers" : "");
}

/* From the Party's terms to the composite's. */
static void write_factors(stk_buffer *out, const stk_gwp_table *gwp, size_t set,
                          const stk_derivation *from)
{
    if (!isnan(from->own_mt)) {
        start(out, "Own terms");
        number(out, from->own_mt);
        stk_buffer_text(out, " without LULUCF");
        if (!isnan(from->land_mt)) {
            stk_buffer_text(out, ", LULUCF beside it ");
            number(out, from->land_mt);
        }
        stk_buffer_text(out, "\n");
    }
    if (from->inventory_year != 0) {
        start(out, "Inventory");
        stk_buffer_printf(out, "%d: own ", from->inventory_year);
        number(out, from->inventory_mt);
        stk_buffer_text(out, ", composite ");
        number(out, from->composite_mt);
        stk_buffer_printf(out, from->way == STK_WAY_PER_CENT ? ", not used\n" : ": x %.6g\n",
                          from->ratio);
    }
    if (from->way != STK_WAY_PER_CENT && from->gwp_factor != 1.0 && !isnan(from->stated_mt)) {
        start(out, "GWP");
        stk_buffer_printf(out, "%s to %s: x %.6g\n", stk_gwp_set_label(gwp, from->gwp),
                          stk_gwp_set_label(gwp, set), from->gwp_factor);
    }
}

static void write_uncovered(stk_buffer *out, const stk_derivation *from)
{
    if (from->uncovered_mt > 0) {
        start(out, "Uncovered");
        stk_buffer_text(out, "+ ");
        number(out, from->uncovered_mt);
        stk_buffer_printf(out, ", %.3g %% of emissions outside the document's total\n",
                          100.0 * (1.0 - from->covered));
    }
}

/* What a per cent or a cut is taken of. */
static void write_reference(stk_buffer *out, const stk_derivation *from, int year)
{
    if (isnan(from->reference_mt) || (isnan(from->reduction_pct) && isnan(from->cut_mt))) {
        return;
    }
    start(out, "Reference");
    if (from->reference_year == 0) {
        stk_buffer_text(out, "peak of ");
    } else {
        stk_buffer_printf(out, "%d, %s ", from->reference_year,
                          from->reference_year == year ? "modelled baseline" : "composite");
    }
    number(out, from->reference_mt);
    stk_buffer_text(out, " without LULUCF");
    if (from->reference_covered < 1.0) {
        stk_buffer_printf(out, ", of which %.6g %% count", 100.0 * from->reference_covered);
    }
    if (!isnan(from->reference_land_mt)) {
        stk_buffer_text(out, ", LULUCF beside it ");
        number(out, from->reference_land_mt);
    }
    if (from->growth != 1.0) {
        stk_buffer_printf(out, ", x %.6g by growth", from->growth);
    }
    stk_buffer_text(out, "; less ");
    if (isnan(from->cut_mt)) {
        stk_buffer_printf(out, "%.6g %%", from->reduction_pct);
    } else {
        number(out, from->cut_mt);
    }
    if (from->way == STK_WAY_PER_CENT && from->covered < 1.0) {
        stk_buffer_printf(out, " of the %.6g %% covered", 100.0 * from->covered);
    }
    if (from->unscaled_mt < 0) {
        stk_buffer_text(out, ", but nothing of the sink");
    }
    stk_buffer_text(out, "\n");
}

/* What a level that counts LULUCF is without it. */
static void write_split(stk_buffer *out, const stk_derivation *from)
{
    if (from->way == STK_WAY_NONE && !isnan(from->land_mt)) {
        start(out, "Net");
        number(out, from->row_mt + from->land_mt);
        stk_buffer_text(out, " with LULUCF; less LULUCF of ");
        number(out, from->land_mt);
        stk_buffer_text(out, "\n");
    }
}

static void write_level(stk_buffer *out, const stk_trace *trace)
{
    char then[STK_THEN_SIZE];
    const char *check = stk_guard_words(trace->check);
    stk_then_words(trace->from.then, then);
    if (!stk_trace_is_row(trace) && !isnan(trace->from.row_mt)) {
        start(out, "Of the row");
        number(out, trace->from.row_mt);
        stk_buffer_text(out, "\n");
    }
    say(out, "Then", then);
    start(out, "Level");
    number(out, trace->level.excl_mt);
    stk_buffer_text(out, " without LULUCF");
    if (!isnan(trace->level.incl_mt)) {
        stk_buffer_text(out, ", ");
        number(out, trace->level.incl_mt);
        stk_buffer_text(out, " with it");
    }
    stk_buffer_text(out, " (baseline ");
    number(out, trace->target->baseline_excl_mt);
    stk_buffer_printf(out, "), mark %s\n", trace->mark);
    say(out, "Check", check);
}

/* "unconditional low and high": the levels from `first` on that share its chain. */
static void write_heading(stk_buffer *out, const stk_trace *traces, int first)
{
    const stk_trace *trace = &traces[first];
    const char *between = " ";
    stk_buffer_printf(out, "\n%s (%s) %d,", trace->actor->name, trace->row->iso3,
                      trace->target->year);
    for (int c = 0; c < STK_CONDITIONS; c++) {
        bool named = false;
        for (int k = 0; k < STK_AMBITIONS; k++) {
            const stk_trace *other = &traces[c * STK_AMBITIONS + k];
            if (other < trace || !stk_trace_same(trace, other)) {
                continue;
            }
            stk_buffer_printf(out, "%s%s%s%s", named ? " and " : between,
                              named ? "" : stk_condition_name(other->condition), named ? "" : " ",
                              stk_ambition_name(other->ambition));
            named = true;
            between = ", ";
        }
    }
    stk_buffer_text(out, "\n");
}

void trace_write(stk_buffer *out, const stk_gwp_table *gwp, size_t set,
                 const stk_national *national, const stk_actor_target *target, bool cap)
{
    stk_trace traces[STK_CONDITIONS * STK_AMBITIONS];
    for (int i = 0; i < STK_CONDITIONS * STK_AMBITIONS; i++) {
        bool shown = false;
        traces[i] = stk_trace_level(national, target, (stk_condition)(i / STK_AMBITIONS),
                                    (stk_ambition)(i % STK_AMBITIONS), cap);
        for (int earlier = 0; earlier < i; earlier++) {
            shown = shown || stk_trace_same(&traces[earlier], &traces[i]);
        }
        if (shown) {
            traces[i].target = NULL;
        }
    }
    for (int i = 0; i < STK_CONDITIONS * STK_AMBITIONS; i++) {
        if (traces[i].target == NULL) {
            continue;
        }
        write_heading(out, traces, i);
        write_document(out, &traces[i]);
        write_stated(out, gwp, &traces[i]);
        say(out, "Rule", stk_trace_rule(&traces[i]));
        write_factors(out, gwp, set, &traces[i].from);
        write_reference(out, &traces[i].from, target->year);
        write_uncovered(out, &traces[i].from);
        write_split(out, &traces[i].from);
        write_level(out, &traces[i]);
    }
}
