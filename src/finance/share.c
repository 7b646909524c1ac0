/** @file share.c
 * @brief Contributors' shares by weighted indicators, and what was given against them.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "base/try.h"
#include "finance/finance_impl.h"

/* ---- weights ---- */

static stk_status refuse_indicator(stk_text name, stk_error *error)
{
    char near[SUGGEST_SIZE];
    const char *names[STK_FINANCE_INDICATORS];
    for (int i = 0; i < STK_FINANCE_INDICATORS; i++) {
        names[i] = stk_finance_indicator_name((stk_finance_indicator)i);
    }
    suggest_words(name, names, STK_FINANCE_INDICATORS, near);
    return stk_error_set(error, STK_EARG,
                         "--weights: '%.*s' is refused; allowed: gdp, population, fossil_co2, "
                         "co2_with_land_use, each with a weight as gdp=1%s%s",
                         name.size > 60 ? 60 : (int)name.size, name.data,
                         near[0] != '\0' ? "; " : "", near);
}

/* "gdp=1". */
static stk_status read_weight(stk_text item, double *weight, stk_error *error)
{
    const char *equals = item.size == 0 ? NULL : memchr(item.data, '=', item.size);
    stk_text name = stk_text_trim(
        (stk_text){item.data, equals == NULL ? item.size : (size_t)(equals - item.data)});
    int found = 0;
    while (found < STK_FINANCE_INDICATORS &&
           !stk_text_equal(name, stk_finance_indicator_name((stk_finance_indicator)found))) {
        found++;
    }
    if (found == STK_FINANCE_INDICATORS || equals == NULL) {
        return refuse_indicator(equals == NULL ? item : name, error);
    }
    stk_text number =
        stk_text_trim((stk_text){equals + 1, item.size - (size_t)(equals + 1 - item.data)});
    double value;
    if (!isnan(weight[found])) {
        return stk_error_set(error, STK_EARG, "--weights: %.*s is there twice", (int)name.size,
                             name.data);
    }
    if (!stk_text_number(number, &value) || value < 0 || value > 1e6) {
        return stk_error_set(error, STK_EARG,
                             "--weights: '%.*s' is refused for %.*s; allowed: a number from 0 to "
                             "1000000",
                             number.size > 40 ? 40 : (int)number.size, number.data, (int)name.size,
                             name.data);
    }
    weight[found] = value;
    return STK_OK;
}

stk_status stk_finance_weights_read(const char *text, int from, stk_finance_weights *weights,
                                    stk_error *error)
{
    double sum = 0;
    stk_text rest = stk_text_of(text != NULL ? text : "gdp=1,population=1,fossil_co2=1");
    weights->from = from;
    for (int i = 0; i < STK_FINANCE_INDICATORS; i++) {
        weights->weight[i] = (double)NAN;
    }
    for (bool more = true; more;) {
        const char *comma = rest.size == 0 ? NULL : memchr(rest.data, ',', rest.size);
        stk_text item = {rest.data, comma == NULL ? rest.size : (size_t)(comma - rest.data)};
        stk_status status = read_weight(stk_text_trim(item), weights->weight, error);
        if (status != STK_OK) {
            return status;
        }
        more = comma != NULL;
        rest = more ? (stk_text){comma + 1, rest.size - item.size - 1} : rest;
    }
    for (int i = 0; i < STK_FINANCE_INDICATORS; i++) {
        weights->weight[i] = isnan(weights->weight[i]) ? 0 : weights->weight[i];
        sum += weights->weight[i];
    }
    if (!(sum > 0)) {
        return stk_error_set(error, STK_EARG,
                             "--weights: all are 0; one at least must be above it");
    }
    for (int i = 0; i < STK_FINANCE_INDICATORS; i++) {
        weights->weight[i] /= sum;
    }
    return STK_OK;
}

/* ---- indicators ---- */

/* Membership on the last day of a year, as far as it was decided by the date. */
static bool is_member_then(const stk_finance_view *view, const finance_member *member, int year)
{
    stk_date then = year * 10000 + 1231;
    return stk_finance_counts(view, member->from, member->mark) && member->from <= then &&
           (member->to == 0 || member->to > then);
}

bool stk_finance_is_member(const stk_finance_view *view, stk_area area, int year)
{
    const finance_member *members = view->finance->members.items;
    for (size_t i = 0; i < view->finance->members.count; i++) {
        if (members[i].area == area && is_member_then(view, &members[i], year)) {
            return true;
        }
    }
    return false;
}

static double gdp_of(const stk_finance *finance, stk_area area, int year)
{
    const finance_gdp *gdp = finance->gdp.items;
    for (size_t i = 0; i < finance->gdp.count; i++) {
        if (gdp[i].area == area) {
            return stk_series_at(&gdp[i].usd, year);
        }
    }
    return NAN;
}

/* Emissions are added up from the first year on; a year in which the record says nothing of an area
 * counts as nothing, one in which the record has ended is not known. */
static double emitted_mt(const stk_finance *finance, stk_area area, int from, int year,
                         bool land_use)
{
    double sum = 0;
    int first;
    int last;
    stk_inventory_years(finance->inventory, STK_GAS_CO2, &first, &last);
    if (year > last || isnan(stk_inventory_recorded_co2_mt(finance->inventory, area, last)) ||
        (land_use && isnan(stk_inventory_lulucf_mt(finance->inventory, area, year)))) {
        return NAN;
    }
    for (int y = from; y <= year; y++) {
        double fossil = stk_inventory_recorded_co2_mt(finance->inventory, area, y);
        double land = land_use ? stk_inventory_lulucf_mt(finance->inventory, area, y) : 0;
        sum += (isnan(fossil) ? 0 : fossil) + (isnan(land) ? 0 : land);
    }
    return sum;
}

static double indicator_of(const stk_finance *finance, stk_finance_indicator indicator,
                           stk_area area, int from, int year)
{
    switch (indicator) {
    case STK_FINANCE_GDP:
        return gdp_of(finance, area, year);
    case STK_FINANCE_POPULATION:
        return stk_inventory_population(finance->inventory, area, year);
    case STK_FINANCE_FOSSIL_CO2:
    case STK_FINANCE_CO2_WITH_LAND_USE:
        return year < from ? (double)NAN
                           : emitted_mt(finance, area, from, year,
                                        indicator == STK_FINANCE_CO2_WITH_LAND_USE);
    case STK_FINANCE_INDICATORS:
        break;
    }
    return NAN;
}

/* ---- shares ---- */

static int by_code(const stk_inventory *inventory, stk_area a, stk_area b)
{
    return strcmp(stk_inventory_area(inventory, a)->iso3, stk_inventory_area(inventory, b)->iso3);
}

/* The members of a year in the order of codes. */
static size_t list_members(const stk_finance_view *view, int year, stk_finance_share *shares)
{
    size_t count = 0;
    const finance_member *members = view->finance->members.items;
    for (size_t i = 0; i < view->finance->members.count; i++) {
        if (!is_member_then(view, &members[i], year)) {
            continue;
        }
        size_t at = count++;
        for (;
             at > 0 && by_code(view->finance->inventory, members[i].area, shares[at - 1].area) < 0;
             at--) {
            shares[at] = shares[at - 1];
        }
        shares[at] = (stk_finance_share){.area = members[i].area};
    }
    return count;
}

/* Each member's part of an indicator; all NaN where it is missing for one of them, or adds up to
 * nothing that could be shared. */
static bool divide(const stk_finance *finance, stk_finance_indicator k, int from, int year,
                   stk_finance_share *shares, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        shares[i].part[k] = indicator_of(finance, k, shares[i].area, from, year);
        sum += shares[i].part[k];
    }
    for (size_t i = 0; i < count; i++) {
        shares[i].part[k] = sum > 0 ? shares[i].part[k] / sum : (double)NAN;
    }
    return sum > 0;
}

/* Whether every indicator with a weight is there. */
static bool share_out(const stk_finance_view *view, const stk_finance_weights *weights, int year,
                      stk_finance_share *shares, size_t *count)
{
    bool complete = true;
    *count = list_members(view, year, shares);
    for (int k = 0; k < STK_FINANCE_INDICATORS; k++) {
        bool there =
            divide(view->finance, (stk_finance_indicator)k, weights->from, year, shares, *count);
        complete = complete && (there || weights->weight[k] == 0);
        for (size_t i = 0; i < *count && weights->weight[k] > 0; i++) {
            shares[i].share += weights->weight[k] * shares[i].part[k];
        }
    }
    for (size_t i = 0; i < *count; i++) {
        shares[i].gdp_usd = gdp_of(view->finance, shares[i].area, year);
        shares[i].population =
            stk_inventory_population(view->finance->inventory, shares[i].area, year);
    }
    return complete && *count > 0;
}

/* Whether shares can be computed, without computing them. */
static bool has_year(const stk_finance_view *view, const stk_finance_weights *weights, int year)
{
    stk_finance_share members[STK_FINANCE_MEMBERS_MAX];
    size_t count = list_members(view, year, members);
    for (size_t i = 0; i < count; i++) {
        for (int k = 0; k < STK_FINANCE_INDICATORS; k++) {
            /* the last year alone says whether emissions are known */
            int from = k >= STK_FINANCE_FOSSIL_CO2 && weights->from < year ? year : weights->from;
            if (weights->weight[k] > 0 &&
                isnan(indicator_of(view->finance, (stk_finance_indicator)k, members[i].area, from,
                                   year))) {
                return false;
            }
        }
    }
    return count > 0;
}

bool stk_finance_share_years(const stk_finance_view *view, const stk_finance_weights *weights,
                             int *first, int *last)
{
    *first = 0;
    *last = 0;
    for (int year = FINANCE_YEAR_FIRST;
         year <= stk_date_year(view->as_of) && year <= FINANCE_YEAR_LAST; year++) {
        if (has_year(view, weights, year)) {
            *first = *first == 0 ? year : *first;
            *last = year;
        }
    }
    return *first != 0;
}

/* What keeps the shares of a year from being computed: "gdp of ISL". */
static void write_missing(const stk_finance_view *view, const stk_finance_weights *weights,
                          int year, const stk_finance_share *shares, size_t count, char out[80])
{
    stk_print(out, 80, "membership");
    for (int k = 0; k < STK_FINANCE_INDICATORS; k++) {
        for (size_t i = 0; i < count && weights->weight[k] > 0; i++) {
            if (isnan(indicator_of(view->finance, (stk_finance_indicator)k, shares[i].area,
                                   weights->from, year))) {
                stk_print(out, 80, "%s of %s", stk_finance_indicator_name((stk_finance_indicator)k),
                          stk_inventory_area(view->finance->inventory, shares[i].area)->iso3);
                return;
            }
        }
    }
}

stk_status stk_finance_shares(const stk_finance_view *view, const stk_finance_weights *weights,
                              int year, stk_finance_share *shares, size_t *count, stk_error *error)
{
    int first;
    int last;
    char missing[80];
    bool ahead = year > stk_date_year(view->as_of);
    *count = 0;
    if (!ahead && share_out(view, weights, year, shares, count)) {
        return STK_OK;
    }
    write_missing(view, weights, year, shares, *count, missing);
    *count = 0;
    if (!stk_finance_share_years(view, weights, &first, &last)) {
        return stk_error_set(error, STK_ENOTFOUND,
                             "shares by these weights cannot be computed for any year until %s: %s "
                             "is not known in %d",
                             STK_DATE_TEXT(view->as_of), missing, year);
    }
    return ahead ? stk_error_set(error, STK_ENOTFOUND,
                                 "--year: %d is refused: it lies after %s; allowed: %d to %d", year,
                                 STK_DATE_TEXT(view->as_of), first, last)
                 : stk_error_set(error, STK_ENOTFOUND,
                                 "--year: %d is refused: %s is not known; allowed: %d to %d", year,
                                 missing, first, last);
}

/* ---- what was given against a share ---- */

double stk_finance_basis_usd_bn(const stk_finance_view *view, const stk_finance_goal *goal,
                                int year, bool public_only)
{
    if (!public_only) {
        return goal->usd_bn;
    }
    const stk_finance_figure *private =
        stk_finance_known(view, STK_FINANCE_PRIVATE_MOBILISED, year);
    const stk_finance_figure *credits = stk_finance_known(view, STK_FINANCE_EXPORT_CREDITS, year);
    return private != NULL && credits != NULL ? goal->usd_bn - private->usd_bn - credits->usd_bn
                                              : (double)NAN;
}

/* The place of a year and a source in the list; made where there is none yet. */
static stk_finance_said *place_of(stk_finance_said *list, size_t *count,
                                  const stk_finance_finding *finding)
{
    for (size_t i = 0; i < *count; i++) {
        if (list[i].year == finding->year && strcmp(list[i].source, finding->source) == 0) {
            return &list[i];
        }
    }
    list[*count] = (stk_finance_said){.year = finding->year, .source = finding->source};
    return &list[(*count)++];
}

stk_status stk_finance_said_of(const stk_finance_view *view, stk_area area, int year,
                               const char *source, stk_finance_said **list, size_t *count,
                               stk_error *error)
{
    const stk_finance_finding *findings = view->finance->findings.items;
    *count = 0;
    *list = calloc(view->finance->findings.count + 1, sizeof **list);
    if (*list == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < view->finance->findings.count; i++) {
        const stk_finance_finding *f = &findings[i];
        if (f->area == area && (year == 0 || f->year == year) &&
            (source == NULL || strcmp(f->source, source) == 0) &&
            stk_finance_counts(view, f->published, f->mark)) {
            place_of(*list, count, f)->of[f->quantity] = f; /* in the order of days */
        }
    }
    return STK_OK;
}

/* A value in dollars or without a unit of money; NaN where there is none. */
static double value_of(const stk_finance_said *said, stk_finance_quantity quantity)
{
    const stk_finance_finding *f = said == NULL ? NULL : said->of[quantity];
    bool money = quantity == STK_FINANCE_PROVIDED;
    return f == NULL || (money && strcmp(f->unit, "usd_bn") != 0) ? (double)NAN : f->value;
}

stk_finance_account stk_finance_account_of(double due_usd_bn, const stk_finance_said *said)
{
    stk_finance_account a = {.due_usd_bn = due_usd_bn,
                             .provided_usd_bn = value_of(said, STK_FINANCE_PROVIDED),
                             .source_due_usd_bn = value_of(said, STK_FINANCE_FAIR_SHARE),
                             .source_percent = value_of(said, STK_FINANCE_PERCENT),
                             .source_surplus_usd_bn = value_of(said, STK_FINANCE_SURPLUS)};
    a.percent = due_usd_bn > 0 ? 100 * a.provided_usd_bn / due_usd_bn : (double)NAN;
    a.surplus_usd_bn = a.provided_usd_bn - due_usd_bn;
    if (isnan(a.source_percent) && a.source_due_usd_bn > 0) {
        a.source_percent = 100 * a.provided_usd_bn / a.source_due_usd_bn;
    }
    if (isnan(a.source_surplus_usd_bn)) {
        a.source_surplus_usd_bn = a.provided_usd_bn - a.source_due_usd_bn;
    }
    return a;
}
