/** @file content_options.c
 * @brief The last line of every chart and of the page: of what day, from which data, and each
 * option that is not the default.
 */
#include <stdio.h>
#include <string.h>

#include "report/page_content.h"
#include "report/svg.h"

/* Options of which an assumption has the words; `choice` is that of a switch. */
static const struct {
    const char *option;
    stk_assumption assumption;
    int choice;
} assumed[] = {{"hot-air", STK_ASSUME_HOT_AIR, 0},
               {"include-announced", STK_ASSUME_ANNOUNCED, 1},
               {"ignore-withdrawal", STK_ASSUME_WITHDRAWN, 1},
               {"sinks", STK_ASSUME_SINKS, 0},
               {"lulucf-source", STK_ASSUME_LULUCF_SOURCE, 0},
               {"stated", STK_ASSUME_STATED, 0},
               {"net-zero", STK_ASSUME_NET_ZERO, 0},
               {"extend", STK_ASSUME_BEYOND, 0},
               {"long-term", STK_ASSUME_LONG_TERM, 0}};

/* And the others. What is in neither list is shown as it was typed. */
static const struct {
    const char *option;
    const char *words;
} named[] = {{"drivers", "GDP and population of the user's own"},
             {"baselines", "baselines of the user's own"},
             {"pledges", "documents of the user's own"},
             {"what-if", "what is supposed"},
             {"include-unchecked", "rows that rest on memory counted"},
             {"benchmark", "the goal that the gap is measured to"}};

/* The choice of an assumption by the name that the command has for it; -1 if it has none. */
static int find_choice(stk_assumption assumption, const char *name)
{
    for (int i = 0; i < stk_assumption_choices(assumption); i++) {
        if (stk_text_alike(stk_text_of(name), stk_choice_name(assumption, i))) {
            return i;
        }
    }
    return -1;
}

static bool write_assumed(const content_option *option, stk_buffer *out)
{
    for (size_t i = 0; i < sizeof assumed / sizeof *assumed; i++) {
        stk_assumption a = assumed[i].assumption;
        if (strcmp(assumed[i].option, option->name) != 0) {
            continue;
        }
        int choice = option->value == NULL ? assumed[i].choice : find_choice(a, option->value);
        if (choice < 0) {
            return false;
        }
        const char *title = stk_assumption_title(a);
        bool is_term = strncmp(title, "Parties", 7) == 0;
        stk_buffer_printf(out, "%c%s \u2013 %s ", is_term ? title[0] : stk_char_small(title[0]),
                          title + 1, stk_choice_words(a, choice));
        return true;
    }
    return false;
}

/* The set of the gap is that of the benchmark, whatever was asked for. */
static void write_set(const page_content *s, stk_buffer *out)
{
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    const stk_gwp_table *gwp = stk_inventory_gwp(s->data->inventory);
    if (r->options.gwp == r->benchmark.gwp) {
        stk_buffer_printf(out, "global warming potentials of %s ",
                          stk_gwp_set_label(gwp, r->options.gwp));
    } else {
        stk_buffer_printf(out,
                          "global warming potentials of %s, but of %s in what is held against the "
                          "benchmark ",
                          stk_gwp_set_label(gwp, r->options.gwp),
                          stk_gwp_set_label(gwp, r->benchmark.gwp));
    }
}

static void write_words(const page_content *s, const content_option *option, stk_buffer *out)
{
    if (write_assumed(option, out)) {
        return;
    }
    if (strcmp(option->name, "gwp") == 0) {
        write_set(s, out);
    }
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (strcmp(named[i].option, option->name) == 0) {
            stk_buffer_printf(out, "%s ", named[i].words);
        }
    }
}

stk_status content_write_last_line(const page_content *s, const content_request *request,
                                   const char *what, stk_date known, stk_buffer *out,
                                   stk_error *error)
{
    stk_buffer_printf(out, "As of %s. Edition: %s, with %s to %s%s.", s->as_of,
                      stk_edition_name(s->data->edition), what, STK_DATE_TEXT(known),
                      request->assess.options.as_of.date > known ? "; later ones are not in it"
                                                                 : "");
    bool first = true;
    for (size_t i = 0; i < request->option_count; i++) {
        const content_option *option = &request->options[i];
        if (strcmp(option->name, "what-if") == 0) {
            continue; /* it is said before everything else */
        }
        stk_buffer_text(out, first ? " Not the default: " : "; ");
        first = false;
        write_words(s, option, out);
        stk_buffer_printf(out, "(--%s%s%s)", option->name, option->value == NULL ? "" : " ",
                          option->value == NULL ? "" : option->value);
    }
    stk_buffer_text(out, first ? "" : ".");
    return stk_buffer_status(out, error);
}
