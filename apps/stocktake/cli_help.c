/** @file cli_help.c
 * @brief Help and manual pages, from the same tables.
 */
#include "cli.h"

#include <string.h>

#include <stocktake.h>

static const char intro[] =
    "stocktake computes what the world's climate pledges add up to: every Party's\n"
    "pledge as a level of emissions, the sum, the gap to 1.5 or 2 degrees, and what\n"
    "each pledge changes. The data is inside the program.\n";

static void print_wrapped(FILE *out, const char *text, int indent, int first)
{
    int column = first;
    for (const char *word = text; *word != '\0';) {
        size_t length = strcspn(word, " ");
        if (column + (int)length + 1 > 80 && column > indent) {
            fprintf(out, "\n%*s", indent, "");
            column = indent;
        } else if (column > first || word != text) {
            fputc(' ', out);
            column++;
        }
        fprintf(out, "%.*s", (int)length, word);
        column += (int)length;
        word += length;
        word += strspn(word, " ");
    }
    fputc('\n', out);
}

static void print_option(FILE *out, const question_option *option)
{
    char left[64];
    int indent = 27;
    stk_print(left, sizeof left, "  --%s%s%s", option->name, option->argument != NULL ? " " : "",
              option->argument != NULL ? option->argument : "");
    fprintf(out, "%-*s", indent, left);
    if ((int)strlen(left) >= indent) {
        fprintf(out, "\n%*s", indent, "");
    }
    char help[512];
    stk_print(help, sizeof help, "%s%s%s%s%s%s", option->choices != NULL ? option->choices : "",
              option->choices != NULL ? ": " : "", option->help, option->usual != NULL ? " [" : "",
              option->usual != NULL ? option->usual : "", option->usual != NULL ? "]" : "");
    print_wrapped(out, help, indent, indent);
}

/* What a DATE may be, for commands that take one; "" for the others. */
static const char *words_on_dates(const question *command, char out[256])
{
    const question_option *option;
    int last = 0;
    bool any = false;
    for (int i = 0; (option = question_option_at(command, i)) != NULL; i++) {
        any = any || option_is_date(option);
    }
    while (stk_conference_name(last + 1) != NULL) {
        last++;
    }
    out[0] = '\0';
    if (any) {
        stk_print(out, 256,
                  "DATE is a day as 2021-04-22, or a conference from %s to %s: the day it "
                  "closed. Where a span starts (--since, --from) it may be a year: its first "
                  "day.",
                  stk_conference_name(0), stk_conference_name(last));
    }
    return out;
}

/* Paragraphs wrap; lines that start with a space are kept as they are. */
static void print_paragraphs(FILE *out, const char *text)
{
    while (*text != '\0') {
        const char *end = strstr(text, "\n\n");
        size_t length = end == NULL ? strlen(text) : (size_t)(end - text);
        char paragraph[2048];
        stk_print(paragraph, sizeof paragraph, "%.*s", (int)length, text);
        if (paragraph[0] == ' ') {
            fprintf(out, "%s\n", paragraph);
        } else {
            print_wrapped(out, paragraph, 0, 0);
        }
        text += length + (end == NULL ? 0 : 2);
        fprintf(out, "%s", *text != '\0' ? "\n" : "");
    }
}

static void print_program_help(FILE *out)
{
    fprintf(out, "Usage: stocktake COMMAND [OPTION]...\n\n%s\nCommands:\n", intro);
    for (int i = 0; cli_commands[i] != NULL; i++) {
        fprintf(out, "  %-12s %s\n", cli_commands[i]->name, cli_commands[i]->summary);
    }
    fprintf(out,
            "\nStart here:\n"
            "  stocktake assess                    the world today\n"
            "  stocktake assess --since COP30      what changed since\n"
            "  stocktake country BRA               one Party\n\n"
            "'stocktake COMMAND --help' explains a command. Exit status: 0 success, 1 the data\n"
            "refuses, 2 wrong usage.\n");
}

void cli_print_help(const question *command, FILE *out)
{
    if (command == NULL) {
        print_program_help(out);
        return;
    }
    fprintf(out, "Usage: stocktake %s%s%s [OPTION]...\n\n", command->name,
            command->operands[0] != '\0' ? " " : "", command->operands);
    print_paragraphs(out, command->description);
    fprintf(out, "\nOptions:\n");
    for (int i = 0; question_option_at(command, i) != NULL; i++) {
        print_option(out, question_option_at(command, i));
    }
    char dates[256];
    if (words_on_dates(command, dates)[0] != '\0') {
        fputc('\n', out);
        print_wrapped(out, dates, 0, 0);
    }
    if (command->examples[0] != '\0') {
        fprintf(out, "\nExamples:\n%s", command->examples);
    }
}

/* ---- manual pages ---- */

/* mdoc reads a leading dot or quote and any backslash as markup, and wants each sentence on a line
 * of its own; literal text keeps its lines. */
static void print_roff(FILE *out, const char *text, size_t length, bool literal)
{
    bool line_start = true;
    for (size_t i = 0; i < length; i++) {
        bool sentence_ends = !literal && text[i] == ' ' && i > 0 && text[i - 1] == '.';
        if (sentence_ends) {
            fputc('\n', out);
            line_start = true;
            continue;
        }
        if (text[i] == '\\') {
            fputs("\\e", out);
        } else if (line_start && (text[i] == '.' || text[i] == '\'')) {
            fprintf(out, "\\&%c", text[i]);
        } else if (text[i] == '-') {
            fputs("\\-", out);
        } else {
            fputc(text[i], out);
        }
        line_start = text[i] == '\n';
    }
}

static void print_roff_text(FILE *out, const char *text)
{
    print_roff(out, text, strlen(text), false);
}

static void print_manual_paragraphs(FILE *out, const char *text)
{
    bool first = true;
    while (*text != '\0') {
        const char *end = strstr(text, "\n\n");
        size_t length = end == NULL ? strlen(text) : (size_t)(end - text);
        if (text[0] == ' ') {
            fputs(".Bd -literal -offset indent\n", out);
            print_roff(out, text, length, true);
            fputs("\n.Ed\n", out);
        } else {
            fputs(first ? "" : ".Pp\n", out);
            print_roff(out, text, length, false);
            fputs("\n", out);
        }
        first = false;
        text += length + (end == NULL ? 0 : 2);
    }
}

static void print_manual_options(const question *command, FILE *out)
{
    fputs(".Sh OPTIONS\n.Bl -tag -width Ds\n", out);
    for (int i = 0; question_option_at(command, i) != NULL; i++) {
        const question_option *option = question_option_at(command, i);
        fprintf(out, ".It Fl Fl %s", option->name);
        fprintf(out, option->argument != NULL ? " Ar %s\n" : "%s\n",
                option->argument != NULL ? option->argument : "");
        print_roff_text(out, option->help);
        if (option->usual != NULL) {
            fputs(" [", out);
            print_roff_text(out, option->usual);
            fputs("]", out);
        }
        fputs("\n", out);
        if (option->choices != NULL) {
            fputs("One of ", out);
            print_roff_text(out, option->choices);
            fputs(".\n", out);
        }
    }
    fputs(".El\n", out);
    char dates[256];
    if (words_on_dates(command, dates)[0] != '\0') {
        fputs(".Pp\n", out);
        print_roff_text(out, dates);
        fputs("\n", out);
    }
}

static void print_manual_tail(FILE *out)
{
    fputs(".Sh ENVIRONMENT\n.Bl -tag -width Ds\n.It Ev STOCKTAKE_EDITION\n"
          "Folder of the data to use instead of the embedded edition.\n.It Ev NO_COLOR\n"
          "No colour on a terminal.\n.El\n"
          ".Sh EXIT STATUS\n0 on success, 1 if the data refuses, 2 on wrong usage.\n",
          out);
}

/* In alphabetical order, as mdoc wants it. */
static void print_references(FILE *out)
{
    const char *last = "";
    for (;;) {
        const char *next = NULL;
        for (int i = 0; cli_commands[i] != NULL; i++) {
            const char *name = cli_commands[i]->name;
            if (strcmp(name, last) > 0 && (next == NULL || strcmp(name, next) < 0)) {
                next = name;
            }
        }
        if (next == NULL) {
            break;
        }
        fprintf(out, "%s.Xr stocktake-%s 1", last[0] != '\0' ? " ,\n" : "", next);
        last = next;
    }
    fputs("\n", out);
}

static void print_program_manual(FILE *out)
{
    fputs(".Dd November 22, 2026\n.Dt STOCKTAKE 1\n.Os\n.Sh NAME\n.Nm stocktake\n"
          ".Nd what the world's climate pledges add up to\n"
          ".Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar option ...\n.Sh DESCRIPTION\n",
          out);
    print_roff_text(out, intro);
    fputs(".Sh COMMANDS\n.Bl -tag -width Ds\n", out);
    for (int i = 0; cli_commands[i] != NULL; i++) {
        fprintf(out, ".It Cm %s\n", cli_commands[i]->name);
        print_roff_text(out, cli_commands[i]->summary);
        fputs("\n", out);
    }
    fputs(".El\n", out);
    print_manual_tail(out);
    fputs(".Sh SEE ALSO\n", out);
    print_references(out);
}

void cli_print_manual(const question *command, FILE *out)
{
    if (command == NULL) {
        print_program_manual(out);
        return;
    }
    char title[64];
    stk_print(title, sizeof title, "STOCKTAKE-%s", command->name);
    for (char *c = title; *c != '\0'; c++) {
        *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    }
    fprintf(out, ".Dd November 22, 2026\n.Dt %s 1\n.Os\n.Sh NAME\n.Nm stocktake-%s\n.Nd ", title,
            command->name);
    print_roff_text(out, command->summary);
    fprintf(out, "\n.Sh SYNOPSIS\n.Nm stocktake\n.Cm %s\n", command->name);
    if (command->operands[0] != '\0') {
        fprintf(out, ".Ar %s\n", command->operands);
    }
    fputs(".Op Ar option ...\n.Sh DESCRIPTION\n", out);
    print_manual_paragraphs(out, command->description);
    print_manual_options(command, out);
    print_manual_tail(out);
    if (command->examples[0] != '\0') {
        fputs(".Sh EXAMPLES\n.Bd -literal -offset indent\n", out);
        print_roff(out, command->examples, strlen(command->examples), true);
        fputs(".Ed\n", out);
    }
    fputs(".Sh SEE ALSO\n.Xr stocktake 1\n", out);
}
