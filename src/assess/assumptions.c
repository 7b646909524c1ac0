/** @file assumptions.c
 * @brief The assumptions, their choices, and the options that a combination stands for.
 */
#include <string.h>

#include "assess/assess_impl.h"

typedef struct named_choice {
    const char *name;
    const char *words;
} named_choice;

static const struct {
    const char *name;
    const char *title;
    int count;
    named_choice choices[STK_CHOICES_MAX];
} assumptions[STK_ASSUMPTIONS] = {
    {"condition",
     "Conditional pledges",
     2,
     {{"unconditional", "do not count"}, {"conditional", "count"}}},
    {"ambition", "End of a range", 2, {{"low", "weakest"}, {"high", "strongest"}}},
    {"hot_air",
     "Levels above the baseline",
     2,
     {{"keep", "kept"}, {"cap", "capped at the baseline"}}},
    {"announced", "Announcements and drafts", 2, {{"no", "do not count"}, {"yes", "count"}}},
    {"withdrawn",
     "Parties outside the Agreement",
     2,
     {{"suspended", "targets suspended"}, {"counted", "targets count"}}},
    {"sinks",
     "Targets that count land use",
     2,
     {{"net", "cut as one"}, {"unscaled", "sinks added as they are"}}},
    {"lulucf_source",
     "Land use that is a source",
     3,
     {{"first", "cut first"}, {"hold", "held"}, {"proportional", "cut alike"}}},
    {"stated",
     "Levels that documents state",
     2,
     {{"scaled", "carried over to the composite inventory"}, {"own", "as they are"}}},
    {"net_zero",
     "Net-zero years that count",
     5,
     {{"none", "none"},
      {"law", "in law"},
      {"policy", "in policy documents"},
      {"pledge", "pledges too"},
      {"proposed", "proposals too"}}},
    {"beyond",
     "After the last target",
     4,
     {{"constant_rate", "yearly rate goes on"},
      {"constant_level", "level held"},
      {"baseline_ratio", "share of the baseline held"},
      {"own_rate", "the document's rate"}}},
    {"long_term",
     "After 2050",
     2,
     {{"library", "place among scenarios"}, {"pathways", "national pathways"}}}};

static const stk_net_zero standings[] = {STK_NET_ZERO_NONE, STK_NET_ZERO_LAW, STK_NET_ZERO_POLICY,
                                         STK_NET_ZERO_PLEDGE, STK_NET_ZERO_PROPOSED};

int stk_assumption_choices(stk_assumption assumption)
{
    return assumptions[assumption].count;
}

const char *stk_choice_name(stk_assumption assumption, int choice)
{
    return assumptions[assumption].choices[choice].name;
}

const char *stk_choice_words(stk_assumption assumption, int choice)
{
    return assumptions[assumption].choices[choice].words;
}

const char *stk_assumption_name(stk_assumption assumption)
{
    return assumptions[assumption].name;
}

const char *stk_assumption_title(stk_assumption assumption)
{
    return assumptions[assumption].title;
}

size_t combination_count(void)
{
    size_t count = 1;
    for (int a = 0; a < STK_ASSUMPTIONS; a++) {
        count *= (size_t)assumptions[a].count;
    }
    return count;
}

size_t combination_index(const stk_combination *combination)
{
    size_t index = 0;
    for (int a = 0; a < STK_ASSUMPTIONS; a++) {
        index = index * (size_t)assumptions[a].count + (size_t)combination->choice[a];
    }
    return index;
}

stk_combination combination_at(size_t index)
{
    stk_combination combination;
    for (int a = STK_ASSUMPTIONS - 1; a >= 0; a--) {
        combination.choice[a] = (unsigned char)(index % (size_t)assumptions[a].count);
        index /= (size_t)assumptions[a].count;
    }
    return combination;
}

stk_combination stk_combination_of(const stk_options *options)
{
    stk_combination c = {{0}};
    bool net_zero = options->extension == STK_EXTEND_NET_ZERO;
    stk_extension beyond = net_zero ? options->otherwise : options->extension;
    c.choice[STK_ASSUME_HOT_AIR] = options->cap_hot_air ? 1 : 0;
    c.choice[STK_ASSUME_ANNOUNCED] = options->as_of.include_announced ? 1 : 0;
    c.choice[STK_ASSUME_WITHDRAWN] = options->as_of.ignore_withdrawal ? 1 : 0;
    c.choice[STK_ASSUME_SINKS] = (unsigned char)options->sinks;
    c.choice[STK_ASSUME_LULUCF_SOURCE] = (unsigned char)options->lulucf_source;
    c.choice[STK_ASSUME_STATED] = (unsigned char)options->stated;
    for (int i = 0; net_zero && i < assumptions[STK_ASSUME_NET_ZERO].count; i++) {
        if (standings[i] == options->net_zero) {
            c.choice[STK_ASSUME_NET_ZERO] = (unsigned char)i;
        }
    }
    if (beyond != STK_EXTEND_NET_ZERO) {
        c.choice[STK_ASSUME_BEYOND] = (unsigned char)(beyond - STK_EXTEND_CONSTANT_RATE);
    }
    c.choice[STK_ASSUME_LONG_TERM] = (unsigned char)options->long_term;
    return c;
}

void stk_assumption_choose(stk_options *options, stk_assumption assumption, int choice)
{
    switch (assumption) {
    case STK_ASSUME_HOT_AIR:
        options->cap_hot_air = choice == 1;
        break;
    case STK_ASSUME_ANNOUNCED:
        options->as_of.include_announced = choice == 1;
        break;
    case STK_ASSUME_WITHDRAWN:
        options->as_of.ignore_withdrawal = choice == 1;
        break;
    case STK_ASSUME_SINKS:
        options->sinks = (stk_sinks)choice;
        break;
    case STK_ASSUME_LULUCF_SOURCE:
        options->lulucf_source = (stk_lulucf_source)choice;
        break;
    case STK_ASSUME_STATED:
        options->stated = (stk_stated_rule)choice;
        break;
    case STK_ASSUME_NET_ZERO:
        options->net_zero = standings[choice];
        break;
    case STK_ASSUME_BEYOND:
        options->extension = (stk_extension)(STK_EXTEND_CONSTANT_RATE + choice);
        break;
    case STK_ASSUME_LONG_TERM:
        options->long_term = (stk_long_term)choice;
        break;
    default: /* condition and ambition pick a case of the world */
        break;
    }
}

stk_options combination_options(const stk_combination *combination, stk_date as_of, size_t gwp)
{
    stk_options options = {.as_of = {.date = as_of}, .gwp = gwp};
    for (int a = 0; a < STK_ASSUMPTIONS; a++) {
        stk_assumption_choose(&options, (stk_assumption)a, combination->choice[a]);
    }
    options.otherwise = options.extension;
    options.extension = STK_EXTEND_NET_ZERO;
    return options;
}
