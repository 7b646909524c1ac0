/** @file fuzz_command.c
 * @brief Files that only the command reads: it is run on each, from the words to the files that it
 * leaves.
 *
 * FUZZ_COMMAND says which of the runs below. The bytes are the file in.csv; a run of `fairness` has
 * four, and one of `merge` has several, which are blocks with right checksums.
 */
#define _XOPEN_SOURCE 700 /* nftw() */

#include "fuzz.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "fuzz_blocks.h"

/* The others of main.c read nothing of their own. */
const question *cli_commands[] = {&command_scenario, &question_data, &question_fairness, NULL};

enum { WORDS = 11, OUTPUTS = 4, PATH_SIZE = 300 };

/* What starts with '@' lies in the scratch folder. */
static const struct {
    const char *name;
    const question *command;
    const char *words[WORDS];
    const char *outputs[OUTPUTS];
} runs[] = {
    {"postprocess",
     &command_scenario,
     {"scenario", "postprocess", "@in.csv", "--output", "@out.csv", "--meta", "@meta.csv"},
     {"@out.csv", "@meta.csv"}},
    {"categorise",
     &command_scenario,
     {"scenario", "categorise", "@in.csv", "--output", "@out.csv"},
     {"@out.csv"}},
    {"history",
     &command_scenario,
     {"scenario", "harmonise", "@scenario.csv", "--history", "@in.csv", "--output", "@out.csv"},
     {"@out.csv"}},
    {"library",
     &command_scenario,
     {"scenario", "infill", "@scenario.csv", "--library", "@in.csv", "--output", "@out.csv",
      "--threads", "1"},
     {"@out.csv"}},
    {"convert", &question_data, {"data", "convert", "@in.csv", "@out"}, {"@out"}},
    {"fairness",
     &question_fairness,
     {"fairness", "--world", "@in.csv", "--world-pathway", "@in2.csv", "--world-warming",
      "@in3.csv", "--cases", "@in4.csv", "--output", "@out.csv"},
     {"@out.csv"}},
    {"merge", &command_scenario, {"scenario", "merge", "@blocks"}, {NULL}},
};

/* For the stages: scenarios with names before and after harmonisation, and one that is left out. */
static const char scenario[] =
    "Model,Scenario,Region,Variable,Unit,2015,2020,2030,2040,2050,2060,2070,2080,2090,2100\n"
    "m,h,World,AR6 climate diagnostics|Harmonized|Emissions|CO2,Mt CO2/yr,9,8,7,6,5,4,3,2,1,-1\n"
    "m,h,World,AR6 climate diagnostics|Harmonized|Emissions|CO2|Energy and Industrial Processes,"
    "Mt CO2/yr,8,7,6,5,4,3,2,1,1,0\n"
    "m,s,World,Emissions|CO2,Mt CO2/yr,40000,41000,35000,20000,9000,4000,300,200,100,-10\n"
    "m,s,World,Emissions|CO2|Energy and Industrial Processes,Mt CO2/yr,"
    "36000,38000,33000,19000,8000,4000,300,200,100,-10\n"
    "m,s,World,Emissions|CH4,Mt CH4/yr,380,370,300,280,250,240,230,220,210,200\n"
    "m,t,World,Emissions|CH4,Mt CH4/yr,380,370,300,280,250,240,230,220,210,200\n";

static char folder[PATH_SIZE / 2];
static char words[WORDS][PATH_SIZE];

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *position)
{
    (void)about, (void)kind, (void)position;
    return remove(path);
}

static void remove_folder(void)
{
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static const char *place(const char *word, char path[PATH_SIZE])
{
    bool inside = word[0] == '@';
    snprintf(path, PATH_SIZE, "%s%s%.100s", inside ? folder : "", inside ? "/" : "", word + inside);
    return path;
}

static void write_file(const char *name, const void *data, size_t size)
{
    char path[PATH_SIZE];
    FILE *file = fopen(place(name, path), "wb");
    FUZZ_CHECK(file != NULL && fwrite(data, 1, size, file) == size && fclose(file) == 0);
}

/* What a run may leave, and nothing half done. */
static int check_one(const char *path, const struct stat *about, int kind, struct FTW *position)
{
    (void)about, (void)kind;
    const char *name = path + position->base;
    FUZZ_CHECK(strstr(name, ".part") == NULL || strncmp(name, "block-", 6) == 0);
    FUZZ_CHECK(strstr(name, "XXXXXX") == NULL && strstr(name, ".tmp") == NULL);
    return 0;
}

static void check_outputs(const char *const outputs[OUTPUTS], bool done)
{
    char path[PATH_SIZE];
    int there = 0;
    int wanted = 0;
    for (int i = 0; i < OUTPUTS && outputs[i] != NULL; i++, wanted++) {
        there += access(place(outputs[i], path), F_OK) == 0;
    }
    FUZZ_CHECK(there == wanted || (!done && there == 0));
    nftw(folder, check_one, 8, FTW_PHYS);
}

/* The files of a run in a new folder: libFuzzer runs in the one that it was started in. */
static void prepare(const uint8_t *data, size_t size)
{
    snprintf(folder, sizeof folder, "%.100s/stocktake-fuzz-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    FUZZ_CHECK(mkdtemp(folder) != NULL);
    write_file("@scenario.csv", scenario, sizeof scenario - 1);
    if (strcmp(FUZZ_COMMAND, "merge") == 0) {
        char path[PATH_SIZE];
        fuzz_write_blocks(place("@blocks", path), data, size);
    } else {
        char path[PATH_SIZE];
        fuzz_write_files(place("@in", path), data, size);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static FILE *nowhere;
    size_t r = 0;
    int count = 0;
    char *argv[WORDS + 1] = {NULL};
    while (strcmp(runs[r].name, FUZZ_COMMAND) != 0) {
        r++;
    }
    prepare(data, size);
    for (; count < WORDS && runs[r].words[count] != NULL; count++) {
        (void)place(runs[r].words[count], words[count]);
        argv[count] = words[count];
    }
    /* the command's messages are many, libFuzzer's few */
    nowhere = nowhere == NULL ? fopen("/dev/null", "w") : nowhere;
    FILE *before[2] = {stdout, stderr};
    stdout = nowhere;
    stderr = nowhere;
    int exit_code = cli_run(runs[r].command, count, argv);
    stdout = before[0];
    stderr = before[1];
    FUZZ_CHECK(exit_code == EXIT_SUCCESS || exit_code == EXIT_DATA);
    check_outputs(runs[r].outputs, exit_code == EXIT_SUCCESS);
    remove_folder();
    return 0;
}
