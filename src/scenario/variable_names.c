/** @file variable_names.c
 * @brief The table of names.
 */
#include "scenario/variable_names.h"

#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* What results carry in front: who made them, then the stage. */
static const char *const makers[] = {"AR6 climate diagnostics|", "SR15 climate diagnostics|",
                                     "Climate Assessment|"};
static const struct {
    const char *text;
    stk_name_rank rank;
} stages[] = {
    {"Harmonized and Infilled|", STK_NAME_INFILLED},
    {"Infilled|", STK_NAME_INFILLED},
    {"Harmonized|", STK_NAME_HARMONISED},
};

static const char unharmonised[] = "|Unharmonized";

/* Groups that a gas may be written in, one in the other. */
static const char *const families[] = {"F-Gases|", "Montreal Gases|", "HFC|",  "PFC|",
                                       "CFC|",     "HCFC|",           "Halon|"};

/* Other names of one variable, and its key; both in small letters, without hyphens and spaces. */
static const char *const aliases[][2] = {
    {"co2|magiccfossilandindustrial", STK_KEY_CO2_FOSSIL},    /* openscm-runner, RCMIP 2 */
    {"co2|energyandindustrialprocesses", STK_KEY_CO2_FOSSIL}, /* IAMC, AR6, CMIP7 */
    {"co2|fossilandindustrial", STK_KEY_CO2_FOSSIL},          /* RCMIP 3 */
    {"co2|ffi", STK_KEY_CO2_FOSSIL},
    {"co2ffi", STK_KEY_CO2_FOSSIL}, /* FaIR */
    {"co2|magiccafolu", STK_KEY_CO2_LAND},
    {"co2|afolu", STK_KEY_CO2_LAND},
    {"co2|landusechange", STK_KEY_CO2_LAND},
    {"co2afolu", STK_KEY_CO2_LAND},
    {"hfc4310", "hfc4310mee"},
    {"nmvoc", "voc"},
    {"so2", "sulfur"},
    {"sox", "sulfur"},
    {"sulphur", "sulfur"},
    {"no2", "nox"},
};

static const char gases[] = STK_KEY_CO2_LAND
    "/" STK_KEY_CO2_FOSSIL
    "/bc/ch4/co/n2o/nh3/nox/oc/sulfur/voc/hfc125/hfc134a/hfc143a/hfc152a/hfc227ea/hfc23/hfc236fa/"
    "hfc245ca/hfc245fa/hfc32/hfc365mfc/hfc4310mee/cf4/c2f6/c3f8/c4f10/c5f12/c6f14/c7f16/c8f18/"
    "cc4f8/nf3/sf6/so2f2/ccl4/cfc11/cfc113/cfc114/cfc115/cfc12/ch2cl2/ch3br/ch3ccl3/ch3cl/chcl3/"
    "hcfc141b/hcfc142b/hcfc22/halon1202/halon1211/halon1301/halon2402/";

static const char totals[] = "co2/hfc/pfc/fgases/cfc/hcfc/halon/halons/montrealgases/kyotogases/"
                             "ghg/ghgs/greenhousegases/";

/* What models report of removals in positive numbers, and before them: their emissions are net. */
static const char *const gross[] = {"Carbon Removal", "Carbon Sequestration", "Carbon Capture",
                                    "Gross Emissions", "Gross Removals"};

static bool lists(const char *list, const char *word, size_t size)
{
    for (const char *at = list; *at != '\0'; at = strchr(at, '/') + 1) {
        if (strncmp(at, word, size) == 0 && at[size] == '/') {
            return true;
        }
    }
    return false;
}

/* Small letters, no hyphens and spaces: HFC-125, HFC125 and hfc 125 are one. */
static void simplify(stk_text text, char out[STK_NAME_KEY_SIZE])
{
    size_t size = 0;
    for (size_t i = 0; i < text.size && size < STK_NAME_KEY_SIZE; i++) {
        char c = text.data[i];
        if (c != '-' && c != ' ' && c != '_') {
            out[size++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        }
    }
    out[size < STK_NAME_KEY_SIZE ? size : 0] = '\0';
}

bool stk_variable_is_detail(stk_text text, const char *key)
{
    char head[STK_NAME_KEY_SIZE];
    stk_variable_name name;
    size_t bars = 1;
    size_t i = 0;
    stk_variable_name_start(text, &name);
    stk_text rest = name.plain;
    (void)stk_text_cut_prefix_alike(&rest, "Emissions|");
    for (const char *at = key; *at != '\0'; at++) {
        bars += *at == '|';
    }
    while (i < rest.size && bars > 0) {
        bars -= rest.data[i++] == '|';
    }
    simplify((stk_text){rest.data, bars == 0 ? i - 1 : 0}, head);
    return i < rest.size && strcmp(head, key) == 0;
}

void stk_variable_name_start(stk_text text, stk_variable_name *name)
{
    name->rank = STK_NAME_REPORTED;
    name->plain = stk_text_trim(text);
    for (size_t i = 0; i < COUNT(makers); i++) {
        if (stk_text_cut_prefix_alike(&name->plain, makers[i])) {
            name->rank = STK_NAME_NATIVE;
            break;
        }
    }
    for (size_t i = 0; i < COUNT(stages); i++) {
        if (stk_text_cut_prefix_alike(&name->plain, stages[i].text)) {
            name->rank = stages[i].rank;
            break;
        }
    }
    if (stk_text_cut_suffix_alike(&name->plain, unharmonised)) {
        name->rank = name->rank == STK_NAME_NATIVE ? STK_NAME_UNHARMONISED : name->rank;
    }
}

void stk_variable_name_finish(stk_variable_name *name)
{
    stk_text rest = name->plain;
    name->concentration = stk_text_cut_prefix_alike(&rest, "Atmospheric Concentrations|");
    name->emissions = !name->concentration && stk_text_cut_prefix_alike(&rest, "Emissions|");
    for (size_t depth = 0; depth < 2; depth++) {
        for (size_t i = 0; i < COUNT(families); i++) {
            (void)stk_text_cut_prefix_alike(&rest, families[i]);
        }
    }
    simplify(rest, name->key);
    name->lacks_parts = strcmp(name->key, "co2|energyandindustrialprocesses") == 0;
    for (size_t i = 0; i < COUNT(aliases); i++) {
        if (strcmp(name->key, aliases[i][0]) == 0) {
            memcpy(name->key, aliases[i][1], strlen(aliases[i][1]) + 1);
            break;
        }
    }
}

void stk_variable_name_read(stk_text text, stk_variable_name *name)
{
    stk_variable_name_start(text, name);
    stk_variable_name_finish(name);
}

const char *stk_variable_stand_in(const char *key)
{
    return strcmp(key, "hfc245ca") == 0   ? "hfc245fa"
           : strcmp(key, "hfc245fa") == 0 ? "hfc245ca"
                                          : NULL;
}

/* ---- what is left out ---- */

static bool is_gross(stk_text plain)
{
    for (size_t i = 0; i < COUNT(gross); i++) {
        stk_text rest = plain;
        if (stk_text_cut_prefix_alike(&rest, gross[i]) && (rest.size == 0 || rest.data[0] == '|')) {
            return true;
        }
    }
    return false;
}

const char *stk_variable_kind(stk_text text)
{
    stk_variable_name name;
    char whole[STK_NAME_KEY_SIZE];
    stk_variable_name_read(text, &name);
    stk_text rest = name.plain;
    (void)stk_text_cut_prefix_alike(&rest, "Emissions|");
    simplify(rest, whole);
    size_t head = strcspn(whole, "|(");
    size_t gas = strcspn(name.key, "|(");
    if (is_gross(name.plain)) {
        return "a gross amount, which net emissions contain";
    }
    if (!name.concentration && !name.emissions && strstr(whole, "emissions|") != NULL) {
        return "unknown"; /* what stands in front is */
    }
    if (name.concentration || !(name.emissions || lists(gases, name.key, strlen(name.key)))) {
        return "no emissions";
    }
    if (lists(gases, name.key, strlen(name.key))) {
        return "a gas that is not taken";
    }
    if (whole[head] != '|' && lists(totals, whole, head)) {
        return "a known total";
    }
    if (name.key[gas] != '|' && lists(totals, name.key, gas)) {
        return "a known total";
    }
    return lists(totals, whole, head) || lists(gases, name.key, gas) ? "a sector detail"
                                                                     : "unknown";
}

stk_iamc *stk_variable_counts_new(void)
{
    return stk_iamc_new("", 0, 1); /* how many, and the first line where it is known */
}

enum { COUNTED_NAME_SIZE = 400 };

static const stk_iamc_row *find_counted(const stk_iamc *counts, stk_text variable,
                                        char name[COUNTED_NAME_SIZE])
{
    variable = stk_text_cut(variable, COUNTED_NAME_SIZE - 1);
    memcpy(name, variable.data, variable.size);
    name[variable.size] = '\0';
    return stk_iamc_find(counts, "", "", name);
}

const stk_iamc_row *stk_variable_count_again(stk_iamc *counts, stk_text variable)
{
    char name[COUNTED_NAME_SIZE];
    const stk_iamc_row *found = find_counted(counts, variable, name);
    if (found != NULL) {
        found->values[0]++;
    }
    return found;
}

void stk_variable_count(stk_iamc *counts, stk_text variable, const char *kind, long line)
{
    enum { VARIABLES_MAX = 20000 };
    char name[COUNTED_NAME_SIZE];
    double *value;
    bool full = counts->row_count >= VARIABLES_MAX;
    const stk_iamc_row *found =
        find_counted(counts, full ? stk_text_of("Emissions|others") : variable, name);
    const char *unit = full ? "more than can be listed" : kind;
    const stk_iamc_row row = {"", "", "World", name, unit, line, NULL};
    if (found == NULL && stk_iamc_add(counts, &row, &value, NULL) == STK_OK) {
        value[0] = 0;
        value[1] = 0;
        found = &counts->rows[counts->row_count - 1];
    }
    if (found != NULL) { /* a name less is better than a run less */
        found->values[0]++;
    }
}
