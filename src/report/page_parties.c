/** @file page_parties.c
 * @brief The table of all Parties, with a sparkline each.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/profile.h>

#include "report/page_parts.h"
#include "report/report.h"

/* A Party and its emissions in the last year of history. */
typedef struct emitter {
    const stk_national *national;
    size_t i; /* in the world */
    double now;
} emitter;

static int larger_first(const void *a, const void *b)
{
    const emitter *x = a;
    const emitter *y = b;
    return x->now == y->now  ? strcmp(x->national->actor.iso3, y->national->actor.iso3)
           : x->now < y->now ? 1
                             : -1;
}

static int decimals_of(double mt)
{
    return mt < 10 ? 1 : 0;
}

/* The year that counts in the case of pledges and targets; in brackets one that does not. */
static void net_zero_cell(const page_content *s, const stk_national *n, stk_buffer *out)
{
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    stk_net_zero standing = content_net_zero_standing(s);
    stk_net_zero weakest =
        standing == STK_NET_ZERO_PROPOSED ? STK_NET_ZERO_PROPOSED : STK_NET_ZERO_PLEDGE;
    int counted =
        standing == STK_NET_ZERO_NONE
            ? 0
            : stk_pledges_net_zero(s->data->pledges, n->actor.iso3, r->options.as_of, standing);
    int other = stk_pledges_net_zero(s->data->pledges, n->actor.iso3, r->options.as_of, weakest);
    char text[24] = "–";
    if (counted >= stk_date_year(r->options.as_of.date)) {
        stk_print(text, sizeof text, "%d", counted);
    } else if (other != 0 || counted != 0) {
        stk_print(text, sizeof text, "(%d)", other != 0 ? other : counted);
    }
    stk_buffer_printf(out, "<td class=\"n\">%s</td>", text);
}

static bool looks_wrong(const page_content *s, const char *iso3)
{
    size_t count;
    const stk_checked_level *checks = stk_assessment_checks(s->assessment, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(checks[i].iso3, iso3) == 0) {
            return true;
        }
    }
    return false;
}

/* The mark of the level, and a sign where it looks wrong. */
static void mark_cell(const page_content *s, const stk_party_level *level, stk_buffer *out)
{
    char text[16] = "–";
    if (level->confidence[0] != '\0') {
        stk_print(text, sizeof text, "%s%s", level->confidence,
                  looks_wrong(s, level->national->actor.iso3) ? " !" : "");
    }
    page_cell(out, text);
}

/* The document whose target reaches the year, as `assess --parties` lists it. */
static void document_cells(const page_content *s, size_t i, stk_buffer *out)
{
    stk_party_level level;
    stk_party_level_find(s->data, s->world, i, stk_assessment_request(s->assessment)->year, &level);
    if (level.national->actor.suspended) {
        page_cell(out, "outside the Agreement");
    } else {
        page_date_cell(out, level.document == NULL ? 0 : level.document->submitted);
    }
    net_zero_cell(s, level.national, out);
    mark_cell(s, &level, out);
}

static void party_row(const page_content *s, size_t i, double world_mt, int last, stk_buffer *out)
{
    const stk_national *n = stk_world_national(s->world, i);
    int year = stk_assessment_request(s->assessment)->year;
    double now = n->baseline[last - STK_PATH_FIRST];
    const double *low_path = n->path[STK_UNCONDITIONAL][STK_LOW];
    double then = low_path[year - STK_PATH_FIRST];
    double best = then;
    char summary[200];
    char number[SVG_NUMBER_SIZE];
    STK_EACH_CASE(c, k) {
        best = fmin(best, n->path[c][k][year - STK_PATH_FIRST]);
    }
    double change = stk_change_pct(now, then);
    stk_print(summary, sizeof summary, "%s, 1990 to 2050: %s %% from %d to %d",
              STK_CUT(n->actor.name, 60), svg_decimal(number, change, 0), last, year);
    page_row_start(out, n->actor.name);
    page_range_cell(out, best, then, decimals_of(now));
    page_change_cell(out, change, 0);
    stk_buffer_text(out, "<td>");
    chart_draw_sparkline(n, last, summary, out);
    stk_buffer_text(out, "</td>");
    page_number_cell(out, now, decimals_of(now));
    page_number_cell(out, 100 * now / world_mt, 1);
    document_cells(s, i, out);
    page_row_end(out);
}

/* Whose levels look wrong, in one line. */
static void write_checks(const page_content *s, stk_buffer *out)
{
    size_t count;
    stk_buffer text = {0};
    const stk_checked_level *checks = stk_assessment_checks(s->assessment, &count);
    stk_report_checks(checks, count, true, 0, &text);
    stk_buffer_text(&text, text.size > 0 ? "." : "");
    const char *checked = stk_buffer_pass(out, &text);
    if (checked[0] != '\0') {
        page_paragraph(out, "", checked);
    }
    stk_buffer_free(&text);
}

void page_parties(const page_content *s, stk_buffer *out)
{
    int last = stk_baseline_history_last(s->data->baseline);
    int year = stk_assessment_request(s->assessment)->year;
    double world_mt = stk_world_baseline_mt(s->world, false, last);
    size_t all = stk_world_count(s->world);
    size_t count = 0;
    char emissions[32];
    char level[32];
    char change[40];
    emitter *list = malloc((all + 1) * sizeof *list);
    out->failed = out->failed || list == NULL;
    stk_print(emissions, sizeof emissions, "#Mt in %d", last);
    stk_print(level, sizeof level, "#Mt in %d", year);
    stk_print(change, sizeof change, "#%% %d–%d", last, year);
    char caption[760];
    const char *headings[] = {"Party",       level,      change,      "1990–2050", emissions,
                              "#% of world", "Document", "#Net zero", "Mark"};
    stk_print(
        caption, sizeof caption,
        "Largest emitter first; Mt CO2e without land use. Ranges: from the strongest to the "
        "weakest reading, conditions met or not; the change is that of the weakest, "
        "unconditional. Document: with a target for %d or later; without one, its last target "
        "or the baseline goes on. Net-zero years that count in pledges and targets: %s; others are "
        "in "
        "brackets, and so are those that are past, which move no pathway.",
        year, page_net_zero_words(content_net_zero_standing(s)));
    page_section_start(out, "parties", "Every Party");
    write_checks(s, out);
    page_table_start(out, "party-table", caption, headings, sizeof headings / sizeof *headings);
    for (size_t i = 0; list != NULL && i < all; i++) {
        const stk_national *n = stk_world_national(s->world, i);
        if (n->actor.kind == STK_ACTOR_PARTY) {
            list[count++] = (emitter){n, i, n->baseline[last - STK_PATH_FIRST]};
        }
    }
    if (list != NULL) {
        qsort(list, count, sizeof *list, larger_first);
    }
    for (size_t i = 0; i < count; i++) {
        party_row(s, list[i].i, world_mt, last, out);
    }
    free(list);
    page_table_end(out);
    page_paragraph(out, "muted",
                   "Marks: how sure the data is. A: read from the document or a database built on "
                   "it; A*: the same, corrected by hand; B: a named page or a lesser database; S: "
                   "a news article; C: unverified; R: document known, target not "
                   "extracted, or a reading of it refused. !: the level looks wrong.");
    page_section_end(out);
}
