/** @file unit.c
 * @brief Units of emissions: a mass of a substance per year.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <stocktake/scenario.h>

enum { SUBSTANCE_SIZE = 48 };

typedef struct unit {
    double grams;
    char substance[SUBSTANCE_SIZE]; /* canonical: upper case, no hyphens */
} unit;

static const struct {
    const char *name;
    double grams;
} masses[] = {
    {"Gt", 1e15}, {"Mt", 1e12}, {"kt", 1e9}, {"Pg", 1e15}, {"Tg", 1e12},
    {"Gg", 1e9},  {"Mg", 1e6},  {"kg", 1e3}, {"t", 1e6},   {"g", 1},
};

/* Spellings of one substance, both canonical. */
static const char *const aliases[][2] = {
    {"HFC4310MEE", "HFC4310"}, {"HFC245CA", "HFC245FA"}, /* see stk_variable_stand_in() */
    {"CO2E", "CO2EQ"},         {"NMVOC", "VOC"},         {"NOX", "NO2"},     {"SOX", "SO2"},
    {"N2ON2", "N2ON"},         {"SULFUR", "SO2"},        {"SULPHUR", "SO2"},
};

/* A compound, an element or part of it, and the grams per mole of compound that each stands for:
 * whole numbers, as the tools of the field have them (openscm-units, pyam, aneris, scmdata). */
static const struct {
    const char *compound;
    const char *part;
    double compound_mass;
    double part_mass;
} compounds[] = {
    {"CO2", "C", 44, 12},  {"N2O", "N2ON", 44, 28}, {"N2O", "N", 44, 28}, {"NO2", "N", 46, 14},
    {"NO2", "NO", 46, 30}, {"NH3", "N", 17, 14},    {"SO2", "S", 64, 32},
};

/* Cut "/yr", "/ year", " yr-1", "yr^-1", "/a" from the end; false if the unit is not per year. */
static bool cut_time(stk_text *text)
{
    for (size_t i = text->size; i-- > 0;) {
        char c = text->data[i];
        if (c != '/' && c != ' ') {
            continue;
        }
        stk_text after = stk_text_trim((stk_text){text->data + i + 1, text->size - i - 1});
        if (stk_text_choice(after, c == '/' ? "yr|year|y|a" : "yr-1|yr^-1|a-1") >= 0) {
            *text = stk_text_trim((stk_text){text->data, i});
            return true;
        }
        if (c == '/') {
            return false;
        }
    }
    return false;
}

static bool cut_mass(stk_text *text, double *grams)
{
    for (size_t i = 0; i < sizeof masses / sizeof *masses; i++) {
        size_t size = strlen(masses[i].name);
        if (text->size > size && memcmp(text->data, masses[i].name, size) == 0) {
            *grams = masses[i].grams;
            *text = stk_text_trim((stk_text){text->data + size, text->size - size});
            return true;
        }
    }
    return false;
}

static bool read_substance(stk_text text, char out[SUBSTANCE_SIZE])
{
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '-' || c == '_' || c == ' ') {
            continue;
        }
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter || size + 1 == SUBSTANCE_SIZE) {
            return false;
        }
        out[size++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    out[size] = '\0';
    /* Every equivalent may be written -equiv, -eq or, for CO2, as CO2e. */
    if (size > 5 && strcmp(out + size - 5, "EQUIV") == 0) {
        out[size - 3] = '\0';
    }
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        if (strcmp(out, aliases[i][0]) == 0) {
            stk_print(out, SUBSTANCE_SIZE, "%s", aliases[i][1]);
        }
    }
    return size > 0;
}

static bool read_unit(const char *text, unit *out)
{
    stk_text rest = stk_text_trim(stk_text_of(text));
    return cut_time(&rest) && cut_mass(&rest, &out->grams) && read_substance(rest, out->substance);
}

static bool substance_factor(const char *from, const char *to, double *factor)
{
    *factor = 1;
    if (strcmp(from, to) == 0) {
        return true;
    }
    for (size_t i = 0; i < sizeof compounds / sizeof *compounds; i++) {
        bool up = strcmp(compounds[i].part, from) == 0 && strcmp(compounds[i].compound, to) == 0;
        bool down = strcmp(compounds[i].compound, from) == 0 && strcmp(compounds[i].part, to) == 0;
        double ratio = compounds[i].compound_mass / compounds[i].part_mass;
        if (up || down) {
            *factor = up ? ratio : 1 / ratio;
            return true;
        }
    }
    return false;
}

/* The quotient of two powers of ten, exact where it can be. */
static double mass_factor(double from, double to)
{
    return from >= to ? from / to : 1 / (to / from);
}

stk_status stk_iamc_unit_factor(const char *from, const char *to, double *factor, stk_error *error)
{
    unit a;
    unit b;
    double substance;
    *factor = 1;
    if (strcmp(from, to) == 0) {
        return STK_OK;
    }
    if (!read_unit(from, &a)) {
        return stk_error_set(error, STK_EUNIT,
                             "the unit '%s' is refused; allowed: a mass of a substance per "
                             "year, such as '%s'",
                             STK_CUT(from, 60), STK_CUT(to, 60));
    }
    if (!read_unit(to, &b) || !substance_factor(a.substance, b.substance, &substance)) {
        return stk_error_set(error, STK_EUNIT, "the unit '%s' does not convert to '%s'",
                             STK_CUT(from, 60), STK_CUT(to, 60));
    }
    *factor = mass_factor(a.grams, b.grams) * substance;
    return STK_OK;
}

double stk_iamc_unit_limit(const char *unit_text)
{
    unit of;
    return read_unit(unit_text, &of) ? 1e21 / of.grams : INFINITY;
}

stk_status stk_iamc_row_within(const stk_iamc *table, const stk_iamc_row *row, stk_error *error)
{
    double limit = stk_iamc_unit_limit(row->unit);
    for (int i = 0; i < table->year_count; i++) {
        if (fabs(row->values[i]) > limit) {
            char text[STK_NUMBER_SIZE];
            stk_number_format(row->values[i], text);
            return stk_error_at(error, STK_EDATA, table->name, row->line, 0,
                                "%s in %d is refused; allowed: -%.0f to %.0f %s", text,
                                table->first_year + i, limit, limit, STK_CUT(row->unit, 60));
        }
    }
    return STK_OK;
}

stk_status stk_iamc_row_factor(const stk_iamc *table, const stk_iamc_row *row, const char *to,
                               double *factor, stk_error *error)
{
    stk_error cause = {0};
    stk_status status = stk_iamc_unit_factor(row->unit, to, factor, &cause);
    status = status != STK_OK ? status : stk_iamc_row_within(table, row, &cause);
    return status == STK_OK ? STK_OK
                            : stk_error_at(error, status, table->name, row->line, 0,
                                           "%s of model '%s', scenario '%s': %s",
                                           STK_CUT(row->variable, 200), STK_CUT(row->model, 60),
                                           STK_CUT(row->scenario, 60), STK_CUT(cause.message, 150));
}
