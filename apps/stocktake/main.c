/** @file main.c
 * @brief The command `stocktake`: finds the subcommand and runs it.
 */
#include "cli.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/pending_file.h"

const question *const cli_commands[] = {&question_assess,
                                        &question_targets,
                                        &question_quantify,
                                        &question_country,
                                        &question_pathways,
                                        &question_gap,
                                        &question_warming,
                                        &question_timeline,
                                        &question_chart,
                                        &question_report,
                                        &question_history,
                                        &question_fairness,
                                        &question_finance,
                                        &command_climate,
                                        &command_scenario,
                                        &command_data,
                                        NULL};

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

/* A file that is opened where a standard file is missing would take what is said for its content.
 */
static bool hold_standard_files(void)
{
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++) {
        if (fcntl(descriptor, F_GETFD) < 0 &&
            open("/dev/null", descriptor == STDIN_FILENO ? O_RDONLY : O_WRONLY) != descriptor) {
            return false;
        }
    }
    return true;
}

/* What is on its way is removed, and the signal does what it does. */
static void end_by_signal(int number)
{
    if (stk_pending_abandon()) {
        (void)signal(number, SIG_DFL);
        (void)raise(number);
    }
}

static void handle_signals(void)
{
    static const int numbers[] = {SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGXCPU, SIGXFSZ};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction action = {.sa_handler = SIG_IGN};
        if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler == SIG_DFL) {
            action = (struct sigaction){.sa_handler = end_by_signal};
            sigemptyset(&action.sa_mask);
            action.sa_flags = SA_RESTART;
            (void)sigaction(numbers[i], &action, NULL);
        }
    }
}

int main(int argc, char **argv)
{
    static query q;
    int exit_code;
    if (!hold_standard_files()) {
        return EXIT_DATA;
    }
    handle_signals();
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
