/** @file test_source.c
 * @brief Scenarios of several files reach the model whole, in order, and a portion of them at a
 * time: what is allocated does not grow with them.
 */
#include "support.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workflow/climate_source.h"

enum { FIRST = 2000, YEARS = 60, GASES = 5 };

static const char *const gases[GASES] = {"CH4", "N2O", "Sulfur", "SF6", "CO2|AFOLU"};
static const char *const units[GASES] = {"Mt CH4/yr", "Mt N2O/yr", "Mt SO2/yr", "kt SF6/yr",
                                         "Gt CO2/yr"};

/* A file of scenarios that is made as it is read: two files share them, each with some gases. */
typedef struct made_file {
    size_t count;   /* of scenarios */
    size_t first;   /* gas */
    size_t last;    /* before this one */
    bool backward;  /* scenarios in reverse order */
    bool scattered; /* gas by gas */
    size_t at;      /* row; 0 is the header */
} made_file;

static double value_of(size_t scenario, size_t gas)
{
    return (double)(1 + scenario) + 1000.0 * (double)gas;
}

static stk_status read_made(void *user, char *buffer, size_t size, size_t *got, stk_error *error)
{
    made_file *f = user;
    size_t per = f->last - f->first;
    size_t row = f->at - 1;
    (void)error;
    *got = 0;
    if (f->at == 0) {
        *got = (size_t)snprintf(buffer, size, "Model,Scenario,Region,Variable,Unit,%d,%d\n", FIRST,
                                FIRST + YEARS - 1);
    } else if (row < f->count * per) {
        size_t s = f->scattered ? row % f->count : row / per;
        size_t g = f->first + (f->scattered ? row / f->count : row % per);
        s = f->backward ? f->count - 1 - s : s;
        *got = (size_t)snprintf(buffer, size, "m,s%zu,World,Emissions|%s,%s,%.0f,%.0f\n", s,
                                gases[g], units[g], value_of(s, g), value_of(s, g));
    }
    f->at++;
    return STK_OK;
}

static void add(stk_intake *intake, const char *name, made_file file)
{
    stk_error error = {0};
    stk_iamc_input input = {name, read_made, &file};
    stk_iamc_filter filter = {.last_year = 0};
    if (stk_intake_add(intake, &input, &filter, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
}

/* Room for what a scenario gives. */
typedef struct room {
    stk_climate_rows rows;
    double *values;
    bool *given;
} room;

static room make_room(const stk_calibration *calibration)
{
    size_t species = stk_calibration_species_count(calibration);
    room r = {.rows = {.first_year = FIRST,
                       .year_count = YEARS,
                       .species_count = species,
                       .emissions = calloc(3 * species, sizeof(double *))},
              .values = calloc(3 * species * (YEARS + 1), sizeof(double)),
              .given = calloc(3 * species, sizeof(bool))};
    assert_true(r.rows.emissions != NULL && r.values != NULL && r.given != NULL);
    for (size_t s = 0; s < 3 * species; s++) {
        r.rows.emissions[s] = r.values + s * (YEARS + 1);
    }
    r.rows.concentrations = r.rows.emissions + species;
    r.rows.forcings = r.rows.concentrations + species;
    r.rows.emissions_given = r.given;
    r.rows.concentrations_given = r.given + species;
    r.rows.forcings_given = r.given + 2 * species;
    return r;
}

static void free_room(room *r)
{
    free(r->rows.emissions);
    free(r->values);
    free(r->given);
}

static void check_scenario(const stk_calibration *calibration, stk_climate_source *source, size_t i,
                           size_t scenario, size_t half, room *r)
{
    char name[32];
    stk_error error = {0};
    snprintf(name, sizeof name, "s%zu", scenario);
    assert_string_equal(stk_climate_source_names(source, i)->scenario, name);
    memset(r->given, 0, 3 * r->rows.species_count * sizeof *r->given);
    if (stk_climate_source_fill(source, i, &r->rows, &error) != STK_OK) {
        fail_msg("%s: %s", name, error.message);
    }
    for (size_t g = 0; g < GASES; g++) {
        long species = stk_climate_species_of(calibration, stk_text_of(gases[g]), NULL);
        bool given = g >= 2 || scenario < half;
        assert_true(species >= 0 && r->rows.emissions_given[species] == given);
        for (int y = 0; y < YEARS && given; y++) {
            assert_true(r->rows.emissions[species][y] == value_of(scenario, g));
        }
    }
}

/* Run through the scenarios of three files, of which the first has half of them; the most that was
 * allocated meanwhile. */
static size_t run_through(const stk_calibration *calibration, size_t count, bool scattered)
{
    stk_error error = {0};
    stk_intake *intake = NULL;
    stk_climate_source *source = NULL;
    const stk_climate_scenario_options options = {.history = NULL};
    room r = make_room(calibration);
    size_t most = 0;
    assert_int_equal(stk_intake_open("a.csv", "/tmp", calibration, &intake, &error), STK_OK);
    add(intake, "a.csv", (made_file){count / 2, 0, 2, false, scattered, 0});
    add(intake, "b.csv", (made_file){count, 2, 4, true, scattered, 0});
    add(intake, "c.csv", (made_file){count, 4, GASES, false, scattered, 0});
    assert_int_equal(stk_climate_source_new(calibration, intake, &options, &source, &error),
                     STK_OK);
    assert_int_equal(stk_climate_source_count(source), count);
    for (size_t i = 0; i < count; i++) {
        size_t behind = count - 1 - (i - count / 2); /* what b.csv adds, from its first on */
        check_scenario(calibration, source, i, i < count / 2 ? i : behind, count / 2, &r);
        struct mallinfo2 info = mallinfo2();
        size_t now = info.uordblks + info.hblkhd;
        most = now > most ? now : most;
    }
    assert_null(stk_climate_source_fault(source));
    stk_climate_source_free(source);
    stk_intake_free(intake);
    free_room(&r);
    return most;
}

static void scenarios_come_whole_and_in_order(void **state)
{
    (void)state;
    stk_calibration *calibration = test_calibration();
    enum { FEW = 300, MANY = 3000, BYTES = 1000 };
    for (int scattered = 0; scattered < 2; scattered++) {
        size_t few = run_through(calibration, FEW, scattered != 0);
        size_t many = run_through(calibration, MANY, scattered != 0);
        /* names and places; the values of a scenario would be 2400 bytes */
        if (many > few + (MANY - FEW) * (size_t)BYTES) {
            fail_msg("%zu bytes for each of more scenarios", (many - few) / (MANY - FEW));
        }
    }
    stk_calibration_free(calibration);
}

/* A text, in one piece. */
static stk_status read_text(void *user, char *buffer, size_t size, size_t *got, stk_error *error)
{
    const char **text = user;
    (void)error;
    *got = strlen(*text) < size ? strlen(*text) : size;
    memcpy(buffer, *text, *got);
    *text += *got;
    return STK_OK;
}

#define HEAD "Model,Scenario,Region,Variable,Unit,2000\n"
#define CH4 ",World,Emissions|CH4,Mt CH4/yr,1\n"

static void rows_that_are_there_twice_end_the_run(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool reading; /* whether it is found while the file is read */
    } cases[] = {{HEAD "m,a" CH4 "m,a" CH4, true}, {HEAD "m,a" CH4 "m,b" CH4 "m,a" CH4, false}};
    stk_calibration *calibration = test_calibration();
    const stk_climate_scenario_options options = {.history = NULL};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stk_error error = {0};
        stk_intake *intake = NULL;
        stk_climate_source *source = NULL;
        const char *text = cases[i].text;
        stk_iamc_input input = {"a.csv", read_text, (void *)&text};
        stk_iamc_filter filter = {.last_year = 0};
        const stk_error *fault = &error;
        assert_int_equal(stk_intake_open("a.csv", "/tmp", calibration, &intake, &error), STK_OK);
        stk_status status = stk_intake_add(intake, &input, &filter, &error);
        assert_int_equal(status != STK_OK, cases[i].reading);
        if (status == STK_OK) {
            room r = make_room(calibration);
            stk_error ignored;
            assert_int_equal(stk_climate_source_new(calibration, intake, &options, &source, &error),
                             STK_OK);
            assert_int_equal(stk_climate_source_count(source), 2);
            assert_int_equal(stk_climate_source_fill(source, 0, &r.rows, &ignored), STK_EDATA);
            fault = stk_climate_source_fault(source);
            free_room(&r);
        }
        assert_non_null(fault);
        assert_string_equal(fault->file, "a.csv");
        assert_int_equal(fault->line, cases[i].reading ? 3 : 4);
        assert_non_null(strstr(fault->message, "is there twice, first on line 2"));
        stk_climate_source_free(source);
        stk_intake_free(intake);
    }
    stk_calibration_free(calibration);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenarios_come_whole_and_in_order),
        cmocka_unit_test(rows_that_are_there_twice_end_the_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
