/** @file cli_completion.c
 * @brief Shell completion: commands, options, their values, and the areas and groups of the data.
 */
#include "cli.h"

#include <string.h>

#include <stocktake.h>

#include "report/page_content.h"

/* ---- words ---- */

static void add_word(stk_buffer *out, const char *word)
{
    stk_buffer_text(out, out->size > 0 ? " " : "");
    stk_buffer_text(out, word);
}

/* A word that needs no quotes in a shell. */
static bool is_plain(const char *word)
{
    for (; *word != '\0'; word++) {
        if (!stk_char_is_alphanumeric(*word) && *word != '_' && *word != '-' && *word != '.') {
            return false;
        }
    }
    return true;
}

/* Groups by their codes, once each; what is known by a longer name only is left out. */
static void add_groups(const stk_inventory *inventory, stk_buffer *out)
{
    static stk_area_set set;
    const char *code;
    for (size_t i = 0; stk_areas_known(inventory, i, &code) != NULL; i++) {
        char word[80];
        stk_print(word, sizeof word, " %s ", code);
        bool known = stk_areas_find(inventory, stk_text_of(code), &set, NULL) == STK_OK;
        bool new = strstr(out->data, word) == NULL;
        if (known && set.kind != STK_AREAS_ONE && is_plain(code) && new) {
            stk_buffer_text(out,
                            word + 1); /* with a space behind, so that the next look finds it */
        }
    }
}

/* Codes and plain names of all areas and groups; none where the edition cannot be read. */
static void find_areas(stk_buffer *out)
{
    stk_edition *edition = NULL;
    stk_inventory *inventory = NULL;
    stk_buffer_text(out, " ");
    if (!out->failed && stk_edition_open_embedded(&edition, NULL) == STK_OK &&
        stk_inventory_load(edition, &inventory, NULL) == STK_OK) {
        add_groups(inventory, out);
        for (stk_area a = 0; a < stk_inventory_area_count(inventory); a++) {
            const stk_area_info *info = stk_inventory_area(inventory, a);
            bool named = is_plain(info->name) && strcmp(info->name, info->iso3) != 0;
            stk_buffer_printf(out, "%s %s%s", info->iso3, named ? info->name : "",
                              named ? " " : "");
        }
    }
    stk_inventory_free(inventory);
    stk_edition_free(edition);
}

static void find_charts(stk_buffer *out)
{
    for (int i = 0; i < CONTENT_CHARTS; i++) {
        add_word(out, content_chart_name((content_chart)i));
    }
}

static void find_conferences(stk_buffer *out)
{
    for (int i = 0; stk_conference_name(i) != NULL; i++) {
        add_word(out, stk_conference_name(i));
    }
}

/* What an option without fixed choices takes; NULL for a file or a number. "$areas" and "$days" are
 * variables of the script. */
static const char *values_of(const question_option *option)
{
    if (option->argument == NULL) {
        return NULL;
    }
    return strcmp(option->name, "area") == 0        ? "$areas"
           : option_is_date(option)                 ? "$days"
           : strcmp(option->name, "benchmark") == 0 ? "C1 C3 1.5 2"
           : strcmp(option->name, "gwp") == 0       ? "SAR AR4 AR5 AR6"
                                                    : NULL;
}

/* ---- bash ---- */

static void print_choices(const char *choices, FILE *out)
{
    for (const char *c = choices; *c != '\0'; c++) {
        fputc(*c == '|' ? ' ' : *c, out);
    }
}

/* Commands that take one, or all of them. */
static bool takes_area(const question *command)
{
    return stk_text_choice(stk_text_of(command->operands), "AREA|[AREA]") >= 0;
}

static void print_bash_command(const question *command, FILE *out)
{
    bool chart = strcmp(command->name, "chart") == 0;
    fprintf(out, "    %s)\n      case \"$previous\" in\n", command->name);
    for (int i = 0; question_option_at(command, i) != NULL; i++) {
        const question_option *option = question_option_at(command, i);
        if (option->choices != NULL) {
            fprintf(out, "        --%s) words='", option->name);
            print_choices(option->choices, out);
            fputs("' ;;\n", out);
        } else if (values_of(option) != NULL) {
            fprintf(out, "        --%s) words=\"%s\" ;;\n", option->name, values_of(option));
        }
    }
    if (takes_area(command)) {
        fprintf(out, "        %s) words=$areas ;;\n", command->name);
    }
    fputs(chart ? "        chart) words=$charts ;;\n        country) words=$areas ;;\n" : "", out);
    fputs("        *) words='", out);
    for (int i = 0; question_option_at(command, i) != NULL; i++) {
        fprintf(out, "--%s ", question_option_at(command, i)->name);
    }
    fputs("' ;;\n      esac ;;\n", out);
}

static void print_bash(const char *areas, const char *charts, const char *days, FILE *out)
{
    fprintf(
        out,
        "# bash completion for stocktake\n_stocktake() {\n"
        "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words=\n"
        "  local areas='%s'\n  local charts='%s'\n  local days='%s'\n"
        "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    words='",
        areas, charts, days);
    for (int i = 0; cli_commands[i] != NULL; i++) {
        fprintf(out, "%s ", cli_commands[i]->name);
    }
    fputs("--help --version'\n  else\n  case \"${COMP_WORDS[1]}\" in\n", out);
    for (int i = 0; cli_commands[i] != NULL; i++) {
        print_bash_command(cli_commands[i], out);
    }
    fputs("  esac\n  fi\n"
          "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
          "  [ ${#COMPREPLY[@]} -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
          "}\ncomplete -F _stocktake stocktake\n",
          out);
}

/* ---- zsh ---- */

/* The values in the form of _arguments; `areas` is an array there. */
static void print_zsh_option(const question_option *option, FILE *out)
{
    const char *values = values_of(option);
    fprintf(out, " '--%s", option->name);
    if (option->choices != NULL) {
        fprintf(out, ":%s:(", option->argument);
        print_choices(option->choices, out);
        fputc(')', out);
    } else if (values != NULL && values[0] == '$') {
        fprintf(out, ":%s:compadd -a %s", option->argument, values + 1);
    } else if (values != NULL) {
        fprintf(out, ":%s:(%s)", option->argument, values);
    } else if (option->argument != NULL) {
        fprintf(out, ":%s:_files", option->argument);
    }
    fputc('\'', out);
}

static const char *zsh_operands(const question *command)
{
    if (takes_area(command)) {
        return " '1:area:compadd -a areas'";
    }
    return strcmp(command->name, "chart") == 0
               ? " '1:chart:compadd -a charts' '2:area:compadd -a areas'"
               : " '*:file:_files'";
}

static void print_zsh(const char *areas, const char *charts, const char *days, FILE *out)
{
    fprintf(out,
            "#compdef stocktake\n_stocktake() {\n  local -a commands areas charts days\n"
            "  areas=(%s)\n  charts=(%s)\n  days=(%s)\n  commands=(\n",
            areas, charts, days);
    for (int i = 0; cli_commands[i] != NULL; i++) {
        fprintf(out, "    '%s:%s'\n", cli_commands[i]->name, cli_commands[i]->summary);
    }
    fputs("  )\n  if (( CURRENT == 2 )); then _describe command commands; return; fi\n"
          "  local command=$words[2]\n  shift words; (( CURRENT-- ))\n  case $command in\n",
          out);
    for (int c = 0; cli_commands[c] != NULL; c++) {
        fprintf(out, "    %s) _arguments", cli_commands[c]->name);
        for (int i = 0; question_option_at(cli_commands[c], i) != NULL; i++) {
            print_zsh_option(question_option_at(cli_commands[c], i), out);
        }
        fprintf(out, "%s ;;\n", zsh_operands(cli_commands[c]));
    }
    fputs("  esac\n}\n_stocktake \"$@\"\n", out);
}

void cli_print_completion(bool zsh, FILE *out)
{
    stk_buffer areas = {0};
    stk_buffer charts = {0};
    stk_buffer days = {0};
    find_areas(&areas);
    find_charts(&charts);
    find_conferences(&days);
    if (!areas.failed && !charts.failed && !days.failed) {
        (zsh ? print_zsh : print_bash)(areas.data, charts.data, days.data, out);
    }
    stk_buffer_free(&days);
    stk_buffer_free(&areas);
    stk_buffer_free(&charts);
}
