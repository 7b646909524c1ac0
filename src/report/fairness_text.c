/** @file fairness_text.c
 * @brief Ratings in words.
 */
#include "report/fairness.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *report_name_inside(const stk_actor *actor, char out[128])
{
    static const char with_article[] =
        "USA GBR EUU NLD PHL GMB BHS MDV MHL SLB COM CAF DOM ARE SYC COK "
        "ATF BES CCK CYM FLK FRO IMN IOT MNP TCA UMI VGB VIR";
    bool article = strstr(with_article, actor->iso3) != NULL;
    stk_print(out, 128, "%s%s", article ? "the " : "", actor->name);
    return out;
}

void report_implied_warming(const stk_fairness_rating *rating, stk_buffer *out)
{
    stk_buffer_decimal(out, rating->rating.implied_warming_k, 1);
    const char *limit = stk_fairness_limit_words(rating);
    stk_buffer_printf(out, " °C%s%s", limit[0] == '\0' ? "" : " ", limit);
}

static void write_digits(double mt, stk_buffer *out)
{
    stk_buffer_decimal(out, mt, fabs(mt) < 1 ? 2 : fabs(mt) < 10 ? 1 : 0);
}

/* Where a pathway is that no pledge states for the year: "after", or "towards" the target. */
static const char *side_of_target(const stk_fairness_level *level, int year)
{
    return level->target_year < year ? "after" : "towards";
}

const char *report_fairness_what(const stk_fairness_level *level, int year, char out[64])
{
    if (!level->has_pledge || level->target_year == year) {
        stk_print(out, 64, "%s", level->has_pledge ? "pledge" : "baseline");
    } else {
        stk_print(out, 64, "pathway %s the target of %d", side_of_target(level, year),
                  level->target_year);
    }
    return out;
}

static void write_subject(const stk_fairness_level *level, const char *name, int year,
                          stk_buffer *out)
{
    if (!level->has_pledge) {
        stk_buffer_printf(out, "No %spledge in force gives %s a level: its baseline in %d ",
                          level->condition == STK_UNCONDITIONAL ? "unconditional " : "", name,
                          year);
    } else if (level->target_year == year) {
        stk_buffer_printf(out, "The pledge of %s for %d ", name, year);
    } else {
        stk_buffer_printf(out, "The pathway of %s in %d, %s its target of %d, ", name, year,
                          side_of_target(level, year), level->target_year);
    }
}

void report_fairness_sentence(const stk_national *national, const stk_fairness_rating *rating,
                              int year, stk_buffer *out)
{
    char name[128];
    const stk_equity_rating *r = &rating->rating;
    int above = r->readings - r->met;
    report_name_inside(&national->actor, name);
    write_subject(&rating->level, name, year, out);
    if (above > 0) {
        stk_buffer_printf(out, "lies above what %d of %d readings of equity allow", above,
                          r->readings);
    } else {
        stk_buffer_printf(out, "is no more than each of the %d readings of equity allows",
                          r->readings);
    }
    if (rating->is_narrow) { /* a place between them, and a warming by it, would say little */
        stk_buffer_text(out, "; the methods nearly agree");
        return;
    }
    stk_buffer_text(out, "; if every country were at the same place of its own range, the world "
                         "would warm by ");
    report_implied_warming(rating, out);
}

void report_fairness_line(const stk_fairness_rating *rating, const char *goal, int year,
                          stk_buffer *out)
{
    const stk_equity_rating *r = &rating->rating;
    stk_buffer_printf(out, "Fair shares of %s in %d: ", goal, year);
    write_digits(r->lo_mt, out);
    stk_buffer_text(out, " to ");
    write_digits(r->hi_mt, out);
    stk_buffer_text(out, " Mt with land use, ");
    stk_buffer_decimal(out, rating->lo_per_head_t, 1);
    stk_buffer_text(out, " to ");
    stk_buffer_decimal(out, rating->hi_per_head_t, 1);
    char what[64];
    stk_buffer_printf(out, " t per head; the %s meets %d of %d readings",
                      report_fairness_what(&rating->level, year, what), r->met, r->readings);
    if (rating->is_narrow) {
        stk_buffer_text(out, "; the methods nearly agree");
        return;
    }
    stk_buffer_printf(out, ": %s (", stk_fairness_band_name(rating->band));
    report_implied_warming(rating, out);
    stk_buffer_text(out, " if all did so)");
}

void report_fairness_range(const stk_fairness_rating *rating, int year, stk_buffer *out)
{
    char what[64];
    const stk_fairness_level *level = &rating->level;
    const stk_equity_rating *r = &rating->rating;
    stk_buffer_text(out, "The methods leave it from ");
    write_digits(r->lo_mt, out);
    stk_buffer_text(out, " to ");
    write_digits(r->hi_mt, out);
    stk_buffer_text(out, " Mt CO2e, single readings from ");
    write_digits(rating->least_mt, out);
    stk_buffer_text(out, " to ");
    write_digits(rating->most_mt, out);
    stk_buffer_printf(out, "; the %s, with land use as bookkeeping models count it, is ",
                      report_fairness_what(level, year, what));
    write_digits(r->level_mt, out);
    if (!isnan(level->document_mt)) {
        stk_buffer_text(out, " (as its own document counts land use: ");
        write_digits(level->document_mt, out);
        stk_buffer_text(out, ")");
    }
}
