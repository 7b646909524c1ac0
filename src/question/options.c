/** @file options.c
 * @brief Options that several questions share, and how values of options are checked.
 */
#include "question/query.h"

#include <stdio.h>
#include <string.h>

#include "base/pending_file.h"
#include "base/suggest.h"
#include "data/conferences.h"

/* In the order in which help shows them. */
#define WRITTEN                                                                                    \
    {"format", "FORMAT", "How to write the result.", "text|csv|json", "text"},                     \
    {                                                                                              \
        "output", "FILE",                                                                          \
            "Write to FILE, completely or not at all; its ending (.csv, .json, ...) decides the "  \
            "format where --format does not.",                                                     \
            NULL, "standard output"                                                                \
    }
#define HELP                                                                                       \
    {                                                                                              \
        "help", NULL, "Show this help.", NULL, NULL                                                \
    }

const question_option options_written[] = {WRITTEN, HELP, {NULL, NULL, NULL, NULL, NULL}};

const question_option options_common[] = {
    WRITTEN,
    {"edition", "DIR",
     "Use the data in DIR, laid out as the project's data/; also STOCKTAKE_EDITION.", NULL,
     "embedded"},
    HELP,
    {NULL, NULL, NULL, NULL, NULL}};

const question_option options_date[] = {
    {"as-of", "DATE", "Count the documents known on this day.", NULL, "today"},
    {NULL, NULL, NULL, NULL, NULL}};

const question_option options_gwp[] = {
    {"gwp", "SET", "Global warming potentials: SAR, AR4, AR5, AR6 or a column of gwp.csv.", NULL,
     "AR6"},
    {NULL, NULL, NULL, NULL, NULL}};

const question_option options_target[] = {
    {"include-announced", NULL, "Count announced and draft documents too.", NULL, NULL},
    {"ignore-withdrawal", NULL, "Count targets of Parties outside the Agreement too.", NULL, NULL},
    {"sinks", "RULE",
     "Targets that count LULUCF: cut emissions and land use together (net), or add sinks as "
     "they are (unscaled).",
     "net|unscaled", "net"},
    {"lulucf-source", "RULE",
     "Where land use is a source and the target counts it: cut it first, hold it, or cut "
     "both alike.",
     "first|hold|proportional", "first"},
    {"stated", "RULE",
     "Levels that a document states: carried over from the Party's own inventory to the "
     "composite one (scaled), or taken as they are (own).",
     "scaled|own", "scaled"},
    {"hot-air", "RULE", "Levels above a Party's baseline: keep them, or cap them there.",
     "keep|cap", "keep"},
    {NULL, NULL, NULL, NULL, NULL}};

const question_option options_extension[] = {
    {"extend", "METHOD",
     "How pathways go on beyond the last target: at the yearly rate of the document "
     "(own_rate), straight to the net-zero year (net_zero) or otherwise. In warming, how "
     "Parties without a net-zero year go on.",
     "net_zero|constant_rate|constant_level|baseline_ratio|own_rate", "own_rate"},
    {"net-zero", "STANDING",
     "The weakest standing of net-zero years that counts in warming, and in levels with "
     "--extend net_zero.",
     "none|proposed|pledge|policy|law", "warming: policy; levels: pledge"},
    {NULL, NULL, NULL, NULL, NULL}};

const question_option options_input[] = {
    {"drivers", "FILE", "Your own GDP and population, IAMC CSV (Region = ISO3 code).", NULL, NULL},
    {"baselines", "FILE", "Your own baselines: CSV with iso3, gwp and year columns, Mt CO2e.", NULL,
     NULL},
    {"pledges", "FILE",
     "Your own documents, laid over the edition's: YAML of a Party as in data/pledges, or "
     "the table that 'data convert' writes.",
     NULL, NULL},
    {"what-if", "WORDS",
     "Suppose another pledge: 'IND 2035=3000Mt', 'IND 2035=-60%@2005', 'IND "
     "2035=-45%/GDP@2005', 'IND 2035=-20%/BAU', 'G20 2035=-10%' (below what is pledged), "
     "'IND net-zero=2060'. May be given several times.",
     NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}};

const question_option options_benchmark[] = {
    {"benchmark", "NAME",
     "Hold against a scenario category (C1, C3, C1:p25 for another percentile), a FILE.csv, "
     "or FILE.csv:NAME.",
     NULL, "C1"},
    {NULL, NULL, NULL, NULL, NULL}};

const question_option options_warming[] = {
    {"long-term", "RULE",
     "How the world goes on after 2050 for its warming: at its place among the library's "
     "scenarios, or as national pathways add up.",
     "library|pathways", "library"},
    {NULL, NULL, NULL, NULL, NULL}};

const question_option options_series[] = {
    {"format", "FORMAT",
     "How to write the result; iamc and netcdf have every year, netcdf needs --output.",
     "text|csv|json|iamc|netcdf", "text"},
    {NULL, NULL, NULL, NULL, NULL}};

const question *question_find(const question *const *list, const char *name, char meant[MEANT_SIZE])
{
    enum { NAMES_MAX = 64 };
    const char *names[NAMES_MAX] = {NULL};
    size_t count = 0;
    for (; list[count] != NULL && count < NAMES_MAX; count++) {
        names[count] = list[count]->name;
    }
    int found = stk_text_find(stk_text_of(name), names, (int)count);
    if (found < 0) {
        question_meant(name, names, count, meant);
    }
    return found < 0 ? NULL : list[found];
}

const question_option *question_option_at(const question *asked, int i)
{
    for (const question_option *const *group = asked->option_groups; *group != NULL; group++) {
        for (const question_option *option = *group; option->name != NULL; option++) {
            if (i-- == 0) {
                return option;
            }
        }
    }
    return NULL;
}

int question_find_option(const question *asked, const char *name)
{
    int i = 0;
    for (const question_option *const *group = asked->option_groups; *group != NULL; group++) {
        for (const question_option *option = *group; option->name != NULL; option++, i++) {
            if (strcmp(option->name, name) == 0) {
                return i;
            }
        }
    }
    return -1;
}

bool option_takes(const question_option *option, const char *value)
{
    return option->choices == NULL || stk_text_choice(stk_text_of(value), option->choices) >= 0;
}

/* Whether a year alone is a day: a span starts on its first. */
static bool starts_a_span(const question_option *option)
{
    return stk_text_choice(stk_text_of(option->name), "since|from") >= 0;
}

/* A date as it may be typed. */
static bool find_date(const question_option *option, const char *value, stk_date *date)
{
    const conference *named = conference_find(value);
    char first[STK_DATE_SIZE] = "";
    if (starts_a_span(option) && strlen(value) == 4) {
        stk_print(first, sizeof first, "%s-01-01", value);
    }
    return stk_date_parse(stk_text_of(named != NULL      ? named->closing_day
                                      : first[0] != '\0' ? first
                                                         : value),
                          date);
}

static bool takes(const question_option *option, const char *what)
{
    return option->argument != NULL && strcmp(option->argument, what) == 0;
}

bool option_is_date(const question_option *option)
{
    return takes(option, "DATE");
}

const char *option_meant(const question_option *option, const char *value, char out[STK_DATE_SIZE])
{
    stk_date date;
    bool of_span =
        takes(option, "YEAR") && stk_text_choice(stk_text_of(option->name), "from|to") >= 0;
    if ((!of_span && !option_is_date(option)) || !find_date(option, value, &date)) {
        return value;
    }
    stk_date_format(date, out);
    out[of_span ? 4 : STK_DATE_SIZE - 1] = '\0';
    return out;
}

/* The number of a conference, whether or not it is known: "COP32", "cop 7"; 0 for anything else. */
static long conference_number(const char *value)
{
    long number;
    stk_text text = stk_text_of(value);
    if (!stk_text_cut_prefix_alike(&text, "cop")) {
        return 0;
    }
    text = stk_text_trim(text);
    stk_text_cut_prefix(&text, "-");
    return stk_text_integer(text, &number) && number > 0 ? number : 0;
}

static stk_status refuse_date(const question_option *option, const char *value, stk_error *error)
{
    enum { NAMES_MAX = 64 };
    const char *names[NAMES_MAX] = {NULL};
    int count = 0;
    for (; count < NAMES_MAX && conference_at(count) != NULL; count++) {
        names[count] = conference_at(count)->name;
    }
    char meant[MEANT_SIZE];
    long number = conference_number(value);
    if (number > 0) { /* names that look alike would be no nearer */
        bool early = number < conference_number(names[0]);
        stk_print(meant, sizeof meant, "; the list %s with %s, which closed on %s",
                  early ? "begins" : "ends", names[early ? 0 : count - 1],
                  conference_at(early ? 0 : count - 1)->closing_day);
    } else {
        question_meant(value, names, (size_t)count, meant);
    }
    return stk_error_set(error, STK_EARG,
                         "--%s: '%s' is refused; allowed: a date as 2021-04-22%s, or %s to %s%s",
                         option->name, value, starts_a_span(option) ? ", a year" : "", names[0],
                         names[count - 1], meant);
}

stk_status option_check(const question_option *option, const char *value, stk_error *error)
{
    stk_date date;
    if (!option_takes(option, value)) {
        char meant[MEANT_SIZE];
        return stk_error_set(error, STK_EARG, "--%s: '%s' is refused; allowed: %s%s", option->name,
                             value, option->choices,
                             question_meant_choice(value, option->choices, meant));
    }
    return option_is_date(option) && !find_date(option, value, &date)
               ? refuse_date(option, value, error)
               : STK_OK;
}

bool option_changes_result(const question_option *option)
{
    return stk_text_choice(stk_text_of(option->name),
                           "format|output|threads|part|resume|report|netcdf|no-open") < 0;
}

bool option_is_default(const question_option *option, const char *value)
{
    return option->usual != NULL && option->argument != NULL &&
           stk_text_alike(stk_text_of(value), option->usual);
}

const char *question_meant(const char *typed, const char *const *words, size_t count,
                           char out[MEANT_SIZE])
{
    char near[SUGGEST_SIZE];
    suggest_words(stk_text_of(typed), words, count, near);
    stk_print(out, MEANT_SIZE, "%s%s", near[0] != '\0' ? "; " : "", near);
    return out;
}

const char *question_other_name(const question *asked, const char *typed)
{
    static const struct {
        const char *typed;
        const char *name;
    } others[] = {{"since", "from"}, {"from", "since"},   {"date", "as-of"},    {"on", "as-of"},
                  {"until", "to"},   {"country", "area"}, {"party", "area"},    {"region", "area"},
                  {"group", "area"}, {"gas", "species"},  {"goal", "benchmark"}};
    typed += strspn(typed, "-");
    if (strcmp(typed, "since") == 0 && question_find_option(asked, "methods") >= 0) {
        return NULL; /* what fairness counts from is responsibility, not what is shown */
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strcmp(others[i].typed, typed) == 0 &&
            question_find_option(asked, others[i].name) >= 0) {
            return others[i].name;
        }
    }
    return NULL;
}

const char *question_meant_option(const question *asked, const char *typed, char out[MEANT_SIZE])
{
    char dashed[QUESTION_OPTIONS_MAX][32];
    const char *words[QUESTION_OPTIONS_MAX] = {NULL};
    const char *other = question_other_name(asked, typed);
    size_t count = 0;
    const question_option *option;
    if (other != NULL) {
        stk_print(out, MEANT_SIZE, "; did you mean --%s?", other);
        return out;
    }
    for (; (option = question_option_at(asked, (int)count)) != NULL; count++) {
        stk_print(dashed[count], sizeof dashed[count], "--%s", option->name);
        words[count] = dashed[count];
    }
    return question_meant(typed, words, count, out);
}

const char *question_meant_choice(const char *typed, const char *choices, char out[MEANT_SIZE])
{
    char near[SUGGEST_SIZE];
    suggest_choices(stk_text_of(typed), choices, near);
    stk_print(out, MEANT_SIZE, "%s%s", near[0] != '\0' ? "; " : "", near);
    return out;
}

/* ---- formats and names of outputs ---- */

/* The ending of a file's name without its folder, "" where there is none. */
static const char *ending_of(const char *path)
{
    const char *name = stk_path_name(path);
    const char *dot = strrchr(name, '.');
    return dot == NULL || dot == name ? "" : dot + 1;
}

/* What endings mean, and in which formats such a file can be. */
static const struct {
    const char *ending;
    const char *formats[2]; /* the first is meant unless --format says the other */
} endings[] = {{"csv", {"csv", "iamc"}}, {"json", {"json"}}, {"txt", {"text"}}, {"nc", {"netcdf"}},
               {"html", {"html"}},       {"htm", {"html"}},  {"svg", {"svg"}},  {"png", {"png"}},
               {"pdf", {"pdf"}},         {"xlsx", {"xlsx"}}, {"xls", {"xlsx"}}, {"jpg", {"jpg"}},
               {"jpeg", {"jpg"}},        {"yaml", {"yaml"}}, {"tsv", {"tsv"}}};

/* The row of endings[], -1 for an ending that says nothing. */
static int find_ending(const char *path)
{
    const char *ending = ending_of(path);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (stk_text_alike(stk_text_of(ending), endings[i].ending)) {
            return (int)i;
        }
    }
    return -1;
}

static bool is_one_of(const char *word, const char *choices)
{
    return stk_text_choice(stk_text_of(word), choices) >= 0;
}

const char *format_of_name(const char *path, const char *choices)
{
    int row = path == NULL ? -1 : find_ending(path);
    return row >= 0 && is_one_of(endings[row].formats[0], choices) ? endings[row].formats[0] : NULL;
}

stk_status query_check_name(query *q, const char *what, const char *path, const char *choices,
                            const char *given, stk_error *error)
{
    int row = path == NULL ? -1 : find_ending(path);
    if (row < 0) {
        return STK_OK;
    }
    const char *const *formats = endings[row].formats;
    bool other = formats[1] != NULL && given != NULL && strcmp(given, formats[1]) == 0;
    if (!other && !is_one_of(formats[0], choices)) {
        return query_usage(q, error, "%s: '%s' is refused: the result is %s, not .%s", what, path,
                           choices, endings[row].ending);
    }
    return other || given == NULL || strcmp(given, formats[0]) == 0
               ? STK_OK
               : query_usage(q, error, "%s: '%s' is refused with --format %s: the name says %s",
                             what, path, given, formats[0]);
}
