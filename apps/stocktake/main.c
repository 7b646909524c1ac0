/** @file main.c
 * @brief The command `stocktake`: finds the subcommand and runs it.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

const question *const cli_commands[] = {
    &question_assess,   &question_targets, &question_quantify, &question_country,
    &question_pathways, &question_gap,     &question_warming,  &question_timeline,
    &question_chart,    &question_report,  &question_history,  &question_fairness,
    &command_climate,   &command_scenario, &command_data,      NULL};

/* The NetCDF library reads ~/.ncrc and the keys in ~/.aws, which tell how to reach servers: there
 * is none here. Set before there is a second thread; who has set them knows why. */
static void keep_netcdf_from_home(void)
{
    setenv("NCRCENV_IGNORE", "1", 0);
    setenv("NC_TEST_AWS_DIR", "/dev/null", 0); /* the folder that .aws is looked for in */
}

static int run(query *q)
{
    keep_netcdf_from_home();
    q->edition_folder = getenv("STOCKTAKE_EDITION");
    const question *command = q->question;
    return command == &command_climate    ? run_climate(q)
           : command == &command_scenario ? run_scenario(q)
           : command == &command_data     ? run_data(q)
                                          : cli_ask(q);
}

static const question *find_command(const char *name)
{
    for (int i = 0; cli_commands[i] != NULL; i++) {
        if (strcmp(cli_commands[i]->name, name) == 0) {
            return cli_commands[i];
        }
    }
    return NULL;
}

static int unknown_command(const char *name)
{
    char meant[MEANT_SIZE];
    const char *names[64] = {NULL};
    size_t count = 0;
    for (; cli_commands[count] != NULL && count < 64; count++) {
        names[count] = cli_commands[count]->name;
    }
    question_meant(name, names, count, meant);
    fprintf(stderr, "stocktake: '%s' is no command%s", name, meant);
    for (size_t i = 0; i < count && meant[0] == '\0'; i++) {
        fprintf(stderr, "%s %s", i > 0 ? "," : "; there are", names[i]);
    }
    fprintf(stderr, "\nTry 'stocktake --help'.\n");
    return EXIT_USAGE;
}

/* What the build and packagers call: `manual [COMMAND]`, `completion bash|zsh`. */
static bool run_generator(int argc, char **argv, int *exit_code)
{
    *exit_code = EXIT_SUCCESS;
    if (strcmp(argv[1], "manual") == 0) {
        const question *command = argc > 2 ? find_command(argv[2]) : NULL;
        if (argc > 2 && command == NULL) {
            *exit_code = unknown_command(argv[2]);
            return true;
        }
        cli_print_manual(command, stdout);
        return true;
    }
    if (strcmp(argv[1], "completion") == 0 && argc == 3) {
        bool zsh = strcmp(argv[2], "zsh") == 0;
        if (zsh || strcmp(argv[2], "bash") == 0) {
            cli_print_completion(zsh, stdout);
        } else {
            fprintf(stderr, "stocktake completion: '%s' is refused; allowed: bash or zsh\n",
                    argv[2]);
            *exit_code = EXIT_USAGE;
        }
        return true;
    }
    return false;
}

int main(int argc, char **argv)
{
    static query q;
    int exit_code;
    if (argc < 2) {
        cli_print_help(NULL, stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("stocktake %s\n", stk_version());
        return EXIT_SUCCESS;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        (strcmp(argv[1], "help") == 0 && argc == 2)) {
        cli_print_help(NULL, stdout);
        return EXIT_SUCCESS;
    }
    if (run_generator(argc, argv, &exit_code)) {
        return exit_code;
    }
    bool help = strcmp(argv[1], "help") == 0;
    const question *command = find_command(argv[help ? 2 : 1]);
    if (command == NULL) {
        return unknown_command(argv[help ? 2 : 1]);
    }
    if (help) {
        cli_print_help(command, stdout);
        return EXIT_SUCCESS;
    }
    bool done;
    if (!cli_parse(command, argc - 1, argv + 1, &q, &done)) {
        return EXIT_USAGE;
    }
    exit_code = done ? EXIT_SUCCESS : run(&q);
    cli_leave(exit_code);
    return exit_code;
}
