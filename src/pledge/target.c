/** @file target.c
 * @brief From the text of a row to a target, refusing what cannot be.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pledge/row.h"

enum { YEAR_FIRST = 1850, YEAR_LAST = 2100 };

/* A net target may be below zero where sinks exceed what is left; 10 % over is the most that
 * documents state. Other cuts end at 100 %. */
static const double reduction_min = -1000.0;
static const double reduction_max = 100.0;
static const double reduction_max_net = 110.0;
static const double amount_max_mt = 1e6;

static const char *const status_names[] = {"submitted", "indc", "announced", "draft"};
static const char *const kind_names[] = {"base_year", "baseline", "intensity", "absolute",
                                         "peak",      "budget",   "none",      "unknown"};
static const char *const condition_names[] = {"unconditional", "conditional"};
static const char *const ambition_names[] = {"low", "high"};

const char *stk_document_status_name(stk_document_status status)
{
    return status_names[status];
}

const char *stk_target_status_name(const stk_target *target)
{
    return target->what_if ? "supposed" : stk_document_status_name(target->status);
}

const char *stk_target_kind_name(stk_target_kind kind)
{
    return kind_names[kind];
}

const char *stk_condition_name(stk_condition condition)
{
    return condition_names[condition];
}

const char *stk_ambition_name(stk_ambition ambition)
{
    return ambition_names[ambition];
}

/* The parser's state: the row, where to put text, and the first thing refused. */
typedef struct parser {
    const pledge_row *row;
    stk_arena *arena;
    stk_status status;
    stk_error *error;
} parser;

static void refuse(parser *p, pledge_field field, const char *allowed)
{
    if (p->status == STK_OK) {
        p->status = pledge_row_refuse(p->row, field, p->error, allowed);
    }
}

static const char *text_of(parser *p, pledge_field field)
{
    const char *copy = stk_arena_string(p->arena, p->row->field[field]);
    if (copy == NULL && p->status == STK_OK) {
        p->status = stk_error_memory(p->error);
    }
    return copy == NULL ? "" : copy;
}

static double number_of(parser *p, pledge_field field)
{
    double value = NAN;
    stk_text text = stk_text_trim(p->row->field[field]);
    if (text.size > 0 && !stk_text_number(text, &value)) {
        refuse(p, field, "a number with a decimal point");
    }
    return value;
}

static int year_of(parser *p, pledge_field field)
{
    long year = 0;
    stk_text text = p->row->field[field];
    if (text.size > 0 &&
        (!stk_text_integer(text, &year) || year < YEAR_FIRST || year > YEAR_LAST)) {
        refuse(p, field, "a year from 1850 to 2100");
        year = 0;
    }
    return (int)year;
}

static stk_date date_of(parser *p, pledge_field field, bool needed)
{
    stk_date date = 0;
    stk_text text = p->row->field[field];
    if ((text.size > 0 || needed) && !stk_date_parse(text, &date)) {
        refuse(p, field, "a date as 2021-04-22");
    }
    return date;
}

/* A choice that was found, or the first after a refusal. */
static int found(parser *p, pledge_field field, int choice, const char *allowed)
{
    if (choice < 0) {
        refuse(p, field, allowed);
    }
    return choice < 0 ? 0 : choice;
}

static int choice_of(parser *p, pledge_field field, const char *choices, const char *allowed)
{
    return found(p, field, stk_text_choice(p->row->field[field], choices), allowed);
}

static stk_target_kind kind_of(parser *p)
{
    if (stk_text_equal(p->row->field[FIELD_kind], "bau")) {
        return STK_TARGET_BASELINE; /* the table's word for it */
    }
    return (stk_target_kind)found(
        p, FIELD_kind, stk_text_find(p->row->field[FIELD_kind], kind_names, 8),
        "base_year, baseline (bau), intensity, absolute, peak, budget, none, unknown");
}

static bool has(stk_text text, const char *needle)
{
    return stk_text_contains(text, needle);
}

/* "CO2+CH4": the basket's groups, each by its formula. Nothing means all of them. */
static unsigned gases_of(parser *p)
{
    stk_text text = p->row->field[FIELD_gases];
    unsigned gases = 0;
    size_t start = 0;
    for (size_t i = 0; i <= text.size && text.size > 0; i++) {
        if (i < text.size && text.data[i] != '+') {
            continue;
        }
        int group = 0;
        stk_text word = {text.data + start, i - start};
        while (group < STK_GAS_GROUPS &&
               !stk_text_equal(word, stk_gas_group_name((stk_gas_group)group))) {
            group++;
        }
        if (group == STK_GAS_GROUPS) {
            refuse(p, FIELD_gases, "CO2, CH4, N2O, HFC, PFC, SF6, NF3 joined by +, or nothing");
            break;
        }
        gases |= 1u << group;
        start = i + 1;
    }
    return gases == 0 ? (1u << STK_GAS_GROUPS) - 1 : gases;
}

static unsigned sectors_of(stk_text text)
{
    unsigned sectors = 0;
    sectors |= has(text, "energy") || has(text, "transport") ? STK_SECTOR_ENERGY : 0u;
    sectors |= has(text, "industry") ? STK_SECTOR_INDUSTRY : 0u;
    sectors |= has(text, "agriculture") ? STK_SECTOR_AGRICULTURE : 0u;
    sectors |= has(text, "waste") ? STK_SECTOR_WASTE : 0u;
    if (sectors == 0) {
        sectors = STK_SECTOR_ALL;
    }
    return sectors | (has(text, "lulucf") ? STK_SECTOR_LULUCF : 0u);
}

static bool read_years_of_sum(stk_text metric, int *from, int *to)
{
    static const char word[] = "_cumulative_";
    long a;
    long b;
    for (size_t i = 0; i + sizeof word - 1 + 9 <= metric.size; i++) {
        const char *at = metric.data + i;
        if (memcmp(at, word, sizeof word - 1) == 0) {
            at += sizeof word - 1;
            if (stk_text_integer((stk_text){at, 4}, &a) &&
                stk_text_integer((stk_text){at + 5, 4}, &b) && a <= b && a >= YEAR_FIRST &&
                b <= YEAR_LAST) {
                *from = (int)a;
                *to = (int)b;
                return true;
            }
        }
    }
    return false;
}

/* The sector of `ghg@SECTOR`. Electricity and transport are parts of energy for which the
 * inventories have no share; they are marked as covering no whole sector. */
static void apply_metric_sector(stk_text sector, stk_target *target)
{
    if (stk_text_equal(sector, "fossil")) {
        return; /* of CO2: all of what the inventory without LULUCF holds */
    }
    target->sector_only = true;
    target->sectors = has(sector, "energy") ? STK_SECTOR_ENERGY : 0u;
    target->sectors |= has(sector, "industry") ? STK_SECTOR_INDUSTRY : 0u;
    target->sectors |= has(sector, "agriculture") ? STK_SECTOR_AGRICULTURE : 0u;
    target->sectors |= has(sector, "waste") ? STK_SECTOR_WASTE : 0u;
    target->sectors |=
        has(sector, "forest") || has(sector, "lulucf") ? (unsigned)STK_SECTOR_LULUCF : 0u;
}

static void parse_metric(parser *p, stk_target *target)
{
    static const struct {
        const char *prefix;
        unsigned gases;
    } bases[] = {{"ghg", 0},
                 {"co2", 1u << STK_GAS_CO2},
                 {"ch4", 1u << STK_GAS_CH4},
                 {"n2o", 1u << STK_GAS_N2O}};
    stk_text metric = p->row->field[FIELD_metric];
    bool known = metric.size == 0;
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        if (metric.size >= 3 && memcmp(metric.data, bases[i].prefix, 3) == 0) {
            known = true;
            target->gases = bases[i].gases != 0 ? bases[i].gases : target->gases;
        }
    }
    if (!known) {
        refuse(p, FIELD_metric,
               "ghg, co2, ch4 or n2o, with _per_gdp, _per_capita, _cumulative_YEAR_YEAR, @SECTOR");
        return;
    }
    target->per_gdp = has(metric, "_per_gdp");
    target->per_capita = has(metric, "_per_capita");
    if (has(metric, "_cumulative") &&
        !read_years_of_sum(metric, &target->sum_from, &target->sum_to)) {
        refuse(p, FIELD_metric, "two years after _cumulative_, the first not after the second");
    }
    const char *at = metric.size == 0 ? NULL : memchr(metric.data, '@', metric.size);
    if (at != NULL) {
        size_t before = (size_t)(at + 1 - metric.data);
        apply_metric_sector((stk_text){at + 1, metric.size - before}, target);
    }
}

static stk_target_lulucf lulucf_of(parser *p)
{
    int choice = choice_of(p, FIELD_lulucf_included, "|Y|N|separate|gross-net|sector_listed|?",
                           "Y, N, separate, gross-net, sector_listed, ? or nothing");
    return choice == 6 ? STK_TARGET_LULUCF_UNKNOWN : (stk_target_lulucf)choice;
}

/* How binding the document's net-zero year is; `other` is an aim that is not one of no net
 * emissions. */
static stk_net_zero net_zero_of(parser *p)
{
    int choice = choice_of(p, FIELD_net_zero_status, "|proposed|pledge|policy|law|other",
                           "law, policy, pledge, proposed, other or nothing");
    return choice == 5 ? STK_NET_ZERO_NONE : (stk_net_zero)choice;
}

static bool level_is_derived(parser *p)
{
    return choice_of(p, FIELD_level_origin, "|stated|derived", "stated, derived or nothing") == 2;
}

static void parse_condition(parser *p, stk_target *target)
{
    int choice = choice_of(p, FIELD_conditional, "|U|C|UC", "U, C, UC or nothing");
    /* a document that names no condition has none */
    target->has_condition[STK_UNCONDITIONAL] = choice != 2;
    target->has_condition[STK_CONDITIONAL] = choice >= 2;
}

static void parse_numbers(parser *p, stk_target *target)
{
    target->reduction_pct[STK_LOW] = number_of(p, FIELD_reduction_low_pct);
    target->reduction_pct[STK_HIGH] = number_of(p, FIELD_reduction_high_pct);
    target->level_mt[STK_LOW] = number_of(p, FIELD_abs_high_mt);
    target->level_mt[STK_HIGH] = number_of(p, FIELD_abs_low_mt);
    target->cut_mt = number_of(p, FIELD_abs_reduction_mt);
    target->stated_baseline_mt = number_of(p, FIELD_ref_level_mt_stated);
    for (int pass = 0; pass < 2; pass++) { /* a single value is both ambitions */
        int other = 1 - pass;
        if (isnan(target->reduction_pct[pass])) {
            target->reduction_pct[pass] = target->reduction_pct[other];
        }
        if (isnan(target->level_mt[pass])) {
            target->level_mt[pass] = target->level_mt[other];
        }
    }
}

static void check_numbers(parser *p, const stk_target *target)
{
    bool net = target->lulucf == STK_TARGET_LULUCF_INCLUDED;
    double most = net ? reduction_max_net : reduction_max;
    const pledge_field fields[2] = {FIELD_reduction_low_pct, FIELD_reduction_high_pct};
    for (int a = 0; a < STK_AMBITIONS; a++) {
        double value = target->reduction_pct[a];
        if (value < reduction_min || value > most) {
            refuse(p, fields[a],
                   net ? "a per cent from -1000 to 110 (net of sinks)"
                       : "a per cent from -1000 to 100");
        }
    }
    const struct {
        pledge_field field;
        double mt;
    } amounts[] = {{FIELD_abs_high_mt, target->level_mt[STK_LOW]},
                   {FIELD_abs_low_mt, target->level_mt[STK_HIGH]},
                   {FIELD_abs_reduction_mt, target->cut_mt},
                   {FIELD_ref_level_mt_stated, target->stated_baseline_mt}};
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        if (fabs(amounts[i].mt) > amount_max_mt) {
            refuse(p, amounts[i].field, "a number of Mt CO2e from -1000000 to 1000000");
        }
    }
    if (target->reduction_pct[STK_LOW] > target->reduction_pct[STK_HIGH]) {
        refuse(p, FIELD_reduction_low_pct, "a per cent not above reduction_high_pct");
    }
    if (target->level_mt[STK_HIGH] > target->level_mt[STK_LOW]) {
        refuse(p, FIELD_abs_low_mt, "a level not above abs_high_mt");
    }
    if (target->stated_baseline_mt <= 0 && !net) {
        refuse(p, FIELD_ref_level_mt_stated, "a positive number of Mt");
    }
}

static void check_years(parser *p, const stk_target *target)
{
    if (target->reference_year != 0 && target->year != 0 &&
        target->reference_year >= target->year) {
        refuse(p, FIELD_reference_year, "a year before target_year");
    }
    bool needs_reference =
        target->kind == STK_TARGET_BASE_YEAR || (target->kind == STK_TARGET_INTENSITY);
    if (needs_reference && target->reference_year == 0) {
        refuse(p, FIELD_reference_year, "a year; kinds base_year and intensity need one");
    }
    if (target->year == 0 && target->kind != STK_TARGET_NONE &&
        target->kind != STK_TARGET_UNKNOWN) {
        refuse(p, FIELD_target_year, "a year; every kind but none and unknown needs one");
    }
}

static void check_needed(parser *p, const stk_target *target)
{
    bool reduction = !isnan(target->reduction_pct[STK_LOW]);
    bool level = !isnan(target->level_mt[STK_LOW]);
    bool cut = !isnan(target->cut_mt);
    switch (target->kind) {
    case STK_TARGET_BASE_YEAR:
    case STK_TARGET_BASELINE:
    case STK_TARGET_INTENSITY:
        if (!reduction && !level && !cut) {
            refuse(p, FIELD_reduction_low_pct,
                   "a number here, in abs_low_mt or in abs_reduction_mt; the kind needs one");
        }
        break;
    case STK_TARGET_ABSOLUTE:
    case STK_TARGET_BUDGET:
        if (!level) {
            refuse(p, FIELD_abs_low_mt, "a number; kinds absolute and budget need one");
        }
        break;
    case STK_TARGET_PEAK:
    case STK_TARGET_NONE:
    case STK_TARGET_UNKNOWN:
        break;
    }
    if (target->per_gdp && target->per_capita) {
        refuse(p, FIELD_metric, "either _per_gdp or _per_capita");
    }
}

static void check_names(parser *p, const stk_target *target)
{
    const char *iso3 = target->iso3;
    for (int i = 0; i < 3; i++) {
        if (strlen(iso3) != 3 || iso3[i] < 'A' || iso3[i] > 'Z') {
            refuse(p, FIELD_iso3, "an ISO 3166 code of three capital letters, or EUU");
            break;
        }
    }
    choice_of(p, FIELD_gwp, "|SAR|AR4|AR5|AR6|unknown", "SAR, AR4, AR5, AR6, unknown or nothing");
    choice_of(p, FIELD_confidence, "A|A*|B|S|C|R", "A, A*, B, S, C or R");
}

stk_status pledge_parse_row(const pledge_row *row, stk_arena *arena, stk_target *target,
                            stk_error *error)
{
    parser p = {row, arena, STK_OK, error};
    memset(target, 0, sizeof *target);
    target->iso3 = text_of(&p, FIELD_iso3);
    target->party = text_of(&p, FIELD_party);
    target->status = (stk_document_status)found(
        &p, FIELD_status, stk_text_find(row->field[FIELD_status], status_names, 4),
        "submitted, indc, announced, draft");
    /* an INDC without a date is older than any date that can be asked for */
    target->submitted = date_of(&p, FIELD_submission_date, target->status != STK_DOCUMENT_INDC);
    target->version = text_of(&p, FIELD_ndc_version);
    target->supersedes = date_of(&p, FIELD_supersedes, false);
    target->year = year_of(&p, FIELD_target_year);
    target->kind = kind_of(&p);
    target->gases = gases_of(&p);
    target->sectors = sectors_of(row->field[FIELD_sectors]);
    target->lulucf = lulucf_of(&p);
    parse_metric(&p, target);
    target->reference_year = year_of(&p, FIELD_reference_year);
    parse_numbers(&p, target);
    parse_condition(&p, target);
    target->gwp = text_of(&p, FIELD_gwp);
    target->gwp = strcmp(target->gwp, "unknown") == 0 ? "" : target->gwp;
    target->levels_are_sums = row->field[FIELD_budget_type].size > 0;
    target->net_zero_year = year_of(&p, FIELD_net_zero_year);
    target->net_zero = net_zero_of(&p);
    target->joint_party = text_of(&p, FIELD_joint_party);
    target->source_url = text_of(&p, FIELD_source_url);
    target->source_dataset = text_of(&p, FIELD_source_dataset);
    target->confidence = text_of(&p, FIELD_confidence);
    target->notes = text_of(&p, FIELD_notes);
    target->passage = text_of(&p, FIELD_passage);
    target->level_derived = level_is_derived(&p);
    target->file = row->file;
    target->what_if = row->what_if;
    target->line = row->place[FIELD_kind].line;
    check_names(&p, target);
    check_years(&p, target);
    check_numbers(&p, target);
    check_needed(&p, target);
    return p.status;
}
