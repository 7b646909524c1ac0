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

const question *cli_commands[CLI_COMMANDS_MAX + 1];

/* The NetCDF library reads ~/.ncrc and the keys in ~/.aws, which tell how to reach servers: there
 * is none here. Set before there is a second thread; who has set them knows why. */
static void keep_netcdf_from_home(void)
{
    setenv("NCRCENV_IGNORE", "1", 0);
    setenv("NC_TEST_AWS_DIR", "/dev/null", 0); /* the folder that .aws is looked for in */
}

/* The questions of the library, then what is done with files of one's own. */
static void list_commands(void)
{
    static const question *const own[] = {&command_climate, &command_scenario, &question_data};
    size_t count = 0;
    for (; questions[count] != NULL && count + sizeof own / sizeof *own < CLI_COMMANDS_MAX;
         count++) {
        cli_commands[count] = questions[count];
    }
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        cli_commands[count++] = own[i];
    }
}

/* The command of a name, or NULL after a message. */
static const question *find_command(const char *name)
{
    char meant[MEANT_SIZE];
    const question *found = question_find(cli_commands, name, meant);
    if (found == NULL) {
        char all[1024] = "";
        for (size_t i = 0; cli_commands[i] != NULL && meant[0] == '\0'; i++) {
            size_t used = strlen(all);
            stk_print(all + used, sizeof all - used, "%s %s", i > 0 ? "," : "; there are",
                      cli_commands[i]->name);
        }
        cli_say(false, "stocktake: '%s' is no command%s%s", name, meant, all);
        cli_say(false, "Try 'stocktake --help'.");
    }
    return found;
}

/* What the build and packagers call: `manual [COMMAND]`, `completion bash|zsh`. -1 for none. */
static int generate(int argc, char **argv)
{
    if (strcmp(argv[1], "manual") == 0) {
        const question *command = argc > 2 ? find_command(argv[2]) : NULL;
        if (argc > 2 && command == NULL) {
            return EXIT_USAGE;
        }
        cli_print_manual(command, stdout);
        return EXIT_SUCCESS;
    }
    if (strcmp(argv[1], "completion") != 0 || argc != 3) {
        return -1;
    }
    int shell = stk_text_choice(stk_text_of(argv[2]), "bash|zsh");
    if (shell < 0) {
        cli_say(false, "stocktake completion: '%s' is refused; allowed: bash or zsh", argv[2]);
        return EXIT_USAGE;
    }
    cli_print_completion(shell == 1, stdout);
    return EXIT_SUCCESS;
}

/* A file that is opened where a standard file is missing would take what is said for its content.
 * What is written there is refused, so that a result that nobody gets is no success. */
static bool hold_standard_files(void)
{
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++) {
        if (fcntl(descriptor, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != descriptor) {
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
    static const int numbers[] = {SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGPIPE, SIGXCPU, SIGXFSZ};
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

static int run(int argc, char **argv)
{
    if (argc < 2) {
        cli_print_help(NULL, stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("stocktake %s\n", stk_version());
        return EXIT_SUCCESS;
    }
    bool help = strcmp(argv[1], "help") == 0;
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || (help && argc == 2)) {
        cli_print_help(NULL, stdout);
        return EXIT_SUCCESS;
    }
    int generated = generate(argc, argv);
    if (generated >= 0) {
        return generated;
    }
    const question *command = find_command(argv[help ? 2 : 1]);
    if (command != NULL && help) {
        cli_print_help(command, stdout);
        return EXIT_SUCCESS;
    }
    return command == NULL ? EXIT_USAGE : cli_run(command, argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    if (!hold_standard_files()) {
        return EXIT_DATA;
    }
    handle_signals();
    keep_netcdf_from_home();
    list_commands();
    return cli_leave(run(argc, argv));
}
