/** @file names.c
 * @brief Names of variables: those of scenario files, to the species of a calibration, and those of
 * the output.
 */
#include "climate/calibration.h"

#include <stdlib.h>
#include <string.h>

/* Names that are no species are remembered to be told; a file may have a million of them. */
enum { NAME_MAX_SIZE = 96, UNKNOWN_MAX = 200 };

/* Small letters and digits only: HFC-125, HFC125 and hfc 125 are one. */
static bool simplify(stk_text text, char out[NAME_MAX_SIZE])
{
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '-' || c == ' ' || c == '_') {
            continue;
        }
        if (size + 1 >= NAME_MAX_SIZE) {
            return false;
        }
        out[size++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    out[size] = '\0';
    return size > 0;
}

/* Other names of one species, both simplified. HFC-245ca has always stood for HFC-245fa in the
 * scenario databases. */
static const char *const aliases[][2] = {
    {"hfc4310", "hfc4310mee"}, {"hfc245ca", "hfc245fa"}, {"nmvoc", "voc"}, {"so2", "sulfur"},
    {"sox", "sulfur"},         {"sulphur", "sulfur"},    {"no2", "nox"},
};

static long find_simplified(const stk_calibration *c, stk_text text)
{
    char wanted[NAME_MAX_SIZE];
    char name[NAME_MAX_SIZE];
    if (!simplify(text, wanted)) {
        return -1;
    }
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        if (strcmp(wanted, aliases[i][0]) == 0) {
            memcpy(wanted, aliases[i][1], strlen(aliases[i][1]) + 1);
        }
    }
    for (size_t s = 0; s < c->species.count; s++) {
        if (simplify(stk_text_of(c->species.items[s].name), name) && strcmp(name, wanted) == 0) {
            return (long)s;
        }
    }
    return -1;
}

/* The two sectors of CO2; a total is no species, because land use forces by itself. */
static long find_sector(const stk_calibration *c, stk_text sector)
{
    static const char fossil[] = "MAGICC Fossil and Industrial|Energy and Industrial Processes|"
                                 "Fossil and Industrial|Fossil|FFI";
    static const char land[] = "MAGICC AFOLU|AFOLU|Land-use Change";
    return stk_text_choice(sector, fossil) >= 0 ? c->species.first_of_kind[STK_KIND_CO2_FFI]
           : stk_text_choice(sector, land) >= 0 ? c->species.first_of_kind[STK_KIND_CO2_AFOLU]
                                                : -1;
}

static long find_gas(const stk_calibration *c, stk_text name)
{
    static const char *const families[] = {"F-Gases|", "Montreal Gases|", "HFC|",  "PFC|",
                                           "CFC|",     "HCFC|",           "Halon|"};
    for (int depth = 0; depth < 2; depth++) {
        for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
            (void)stk_text_cut_prefix(&name, families[i]);
        }
    }
    return memchr(name.data, '|', name.size) != NULL ? -1 : find_simplified(c, name);
}

stk_variable_meaning stk_climate_meaning(const stk_calibration *calibration, stk_text variable)
{
    stk_variable_meaning meaning = {.species = -1, .rank = 1};
    stk_text name = stk_text_trim(variable);
    (void)stk_text_cut_prefix(&name, "AR6 climate diagnostics|");
    if (stk_text_cut_prefix(&name, "Infilled|")) {
        meaning.rank = 3;
    } else if (stk_text_cut_prefix(&name, "Harmonized|")) {
        meaning.rank = 2;
    }
    stk_text_cut_suffix(&name, "|Unharmonized");
    meaning.concentration = stk_text_cut_prefix(&name, "Atmospheric Concentrations|");
    if (!meaning.concentration) {
        (void)stk_text_cut_prefix(&name, "Emissions|");
    }
    stk_text sector = name;
    meaning.species = !meaning.concentration && stk_text_cut_prefix(&sector, "CO2|")
                          ? find_sector(calibration, sector)
                          : find_gas(calibration, name);
    if (meaning.species >= 0) {
        const stk_species *s = &calibration->species.items[meaning.species];
        bool gives = meaning.concentration ? s->is_gas : s->mode == STK_INPUT_EMISSIONS;
        meaning.species = gives ? meaning.species : -1;
    }
    return meaning;
}

long stk_climate_species_of(const stk_calibration *calibration, stk_text variable,
                            bool *concentration)
{
    stk_variable_meaning meaning = stk_climate_meaning(calibration, variable);
    if (concentration != NULL) {
        *concentration = meaning.concentration;
    }
    return meaning.species;
}

struct stk_climate_names {
    const stk_calibration *calibration;
    stk_arena arena;
    const char **unknown;
    size_t count;
    size_t capacity;
};

stk_climate_names *stk_climate_names_new(const stk_calibration *calibration)
{
    stk_climate_names *names = calloc(1, sizeof *names);
    if (names != NULL) {
        names->calibration = calibration;
    }
    return names;
}

void stk_climate_names_free(stk_climate_names *names)
{
    if (names != NULL) {
        stk_arena_free(&names->arena);
        free(names->unknown);
        free(names);
    }
}

/* Out of memory only means that a name is not told. */
static void remember(stk_climate_names *names, stk_text variable)
{
    for (size_t i = 0; i < names->count; i++) {
        if (stk_text_equal(variable, names->unknown[i])) {
            return;
        }
    }
    if (names->count == UNKNOWN_MAX) {
        return;
    }
    if (!STK_GROW(names->unknown, names->count + 1, names->capacity)) {
        return;
    }
    const char *copy = stk_arena_string(&names->arena, variable);
    if (copy != NULL) {
        names->unknown[names->count++] = copy;
    }
}

bool stk_climate_names_want(void *names, stk_text variable)
{
    stk_climate_names *n = names;
    if (stk_climate_meaning(n->calibration, variable).species >= 0) {
        return true;
    }
    remember(n, variable);
    return false;
}

size_t stk_climate_names_unknown_count(const stk_climate_names *names)
{
    return names->count;
}

const char *stk_climate_names_unknown(const stk_climate_names *names, size_t i)
{
    return names->unknown[i];
}

/* --- output ----------------------------------------------------------------------------------- */

typedef struct variable_names {
    const char *key;
    const char *name;
    const char *unit;
} variable_names;

static const variable_names variables[] = {
#define VARIABLE_NAMES(symbol, key, name, unit) {key, name, unit},
    STK_CLIMATE_VARIABLES(VARIABLE_NAMES)
#undef VARIABLE_NAMES
};

const char *stk_climate_variable_key(stk_climate_variable variable)
{
    return variables[variable].key;
}

const char *stk_climate_variable_name(stk_climate_variable variable)
{
    return variables[variable].name;
}

const char *stk_climate_variable_unit(stk_climate_variable variable)
{
    return variables[variable].unit;
}

bool stk_climate_variable_find(stk_text text, stk_climate_variable *variable)
{
    for (int i = 0; i < STK_CLIMATE_VARIABLE_COUNT; i++) {
        if (stk_text_equal(text, variables[i].key) || stk_text_equal(text, variables[i].name)) {
            *variable = (stk_climate_variable)i;
            return true;
        }
    }
    return false;
}
