/** @file method.h
 * @brief What a method file says, ready for the stages.
 */
#ifndef STK_SCENARIO_METHOD_H
#define STK_SCENARIO_METHOD_H

#include <stocktake/scenario.h>

#include "base/arena.h"
#include "base/yaml.h"
#include "scenario/variable_names.h"

typedef enum stk_harmonise_kind {
    STK_HARMONISE_NONE,
    STK_HARMONISE_TREE, /* the decision tree picks one of those below */
    STK_HARMONISE_KEEP,
    STK_HARMONISE_CONSTANT_RATIO,
    STK_HARMONISE_CONSTANT_OFFSET,
    STK_HARMONISE_REDUCE_RATIO,
    STK_HARMONISE_REDUCE_OFFSET,
} stk_harmonise_kind;

typedef struct stk_harmonise_rule {
    stk_harmonise_kind kind;
    int until; /* year in which a reduced ratio or offset has faded out */
} stk_harmonise_rule;

typedef enum stk_infill_kind {
    STK_INFILL_NONE,
    STK_INFILL_REQUIRED,        /* nothing stands in for it: a scenario without it is left out */
    STK_INFILL_QUANTILE,        /* quantile rolling windows */
    STK_INFILL_CLOSEST,         /* from the library scenario with the nearest lead */
    STK_INFILL_CLOSEST_BUILTIN, /* as above, from the method's own library where that has it */
    STK_INFILL_COPY,            /* the only series of the library */
    STK_INFILL_SCALE, /* in proportion to another gas, both above what they were before industry */
} stk_infill_kind;

/* What happens where a gas is neither in the scenario nor in the library. */
typedef enum stk_absent_kind {
    STK_ABSENT_REFUSED, /* the library is */
    STK_ABSENT_ZERO,
    STK_ABSENT_DROP, /* the scenario is left out */
} stk_absent_kind;

typedef struct stk_method_variable {
    const char *name;
    const char *unit;
    const char *unit_harmonized; /* as written; NULL is `unit` */
    const char *unit_infilled;
    const char *harmonise_text;
    stk_yaml_node *infill_node; /* while reading */
    const char *leader_name;    /* of a scaled variable */
    const char *absent_text;
    const char *climate; /* the species of the climate model that it drives; NULL: by its names */
    const char *climate_unit; /* there; NULL is `unit` */
    stk_yaml_texts also;      /* other names in histories and libraries */
    double cap;      /* a library value above it drops the library scenario; NaN has no cap */
    const char *key; /* of its name, which all names of the variable have */
    bool read;       /* taken from input */
    bool is_co2;
    stk_absent_kind absent;
    stk_harmonise_rule harmonise;
    stk_infill_kind infill;
    size_t leader; /* of a scaled variable */
} stk_method_variable;

typedef struct stk_method_kyoto {
    const char *name;
    stk_yaml_node *gwp_node; /* while reading */
    size_t count;
    size_t *variables; /* the gases besides CO2 */
    double *factors;   /* to Mt CO2-equiv of the variable's unit */
} stk_method_kyoto;

typedef enum stk_category_input {
    STK_CATEGORY_P33_PEAK,
    STK_CATEGORY_P50_PEAK,
    STK_CATEGORY_P67_PEAK,
    STK_CATEGORY_P50_2100,
    STK_CATEGORY_P67_2100,
    STK_CATEGORY_DECLINING, /* facts: 1 or 0 */
    STK_CATEGORY_NEGATIVE,
    STK_CATEGORY_INPUTS,
} stk_category_input;

typedef struct stk_method_condition {
    stk_category_input input;
    bool less;
    bool equal;
    double threshold;
} stk_method_condition;

typedef struct stk_method_category {
    const char *name;
    const char *label; /* of the published tool; NULL is `name` */
    const char *title;
    stk_yaml_texts tiers; /* of a tiered category, which has no name */
    stk_yaml_texts when;
    stk_method_condition *conditions;
} stk_method_category;

/* A row of a table of overrides. */
typedef struct stk_method_override {
    const char *model;
    bool family;  /* every model whose name begins like that */
    int variable; /* STK_NO_VARIABLE: every one */
    stk_harmonise_rule rule;
} stk_method_override;

enum { STK_NO_VARIABLE = -1, STK_METHOD_VARIABLES_MAX = 200, STK_METHOD_KYOTO_MAX = 8 };

struct stk_method {
    stk_arena arena;
    const char *file;
    const char *format, *name, *version, *description;
    const char *history, *library, *builtin_library, *preindustrial_file; /* NULL: not shipped */
    const char *published[STK_METHOD_FILES]; /* where each is that is not shipped */
    stk_yaml_node *published_node, *years_node, *check_node, *harmonise_node, *infill_node,
        *co2_node, *post_node;
    stk_yaml_list variable_nodes, kyoto_nodes, category_nodes, tier_nodes;
    struct {
        int base, proxy, last;
        bool interpolate_base;
        stk_yaml_numbers any_of, required;
    } years;
    struct {
        double small_negative;
        bool relative;
        bool keep_zeros;
    } check;
    struct {
        stk_yaml_numbers variation_years;
        double variation_limit, distance_limit;
        int ratio_until, negative_ratio_until, offset_until, zero_offset_until;
        bool no_negative_offset;
        const char *overrides_file;
        size_t override_count;
        stk_method_override *overrides;
    } harmonise;
    struct {
        double quantile, decay;
        int windows;
        stk_yaml_numbers scale_years; /* the first in which both gases have a history counts */
        int preindustrial_year;
    } infill;
    struct stk_method_co2 {
        const char *total_name, *fossil_name, *land_name, *lead_text;
        bool fossil_leads; /* also where there is a total */
        stk_yaml_texts fossil_parts, fossil_extra;
        int total, fossil, land;
    } co2;
    stk_postprocess_options post;
    stk_yaml_numbers preindustrial, recent_years, post_years, percentiles, peak_percentiles,
        exceedance, cumulative;
    size_t variable_count;
    stk_method_variable *variables;
    size_t kyoto_count;
    stk_method_kyoto *kyoto;
    size_t category_count;
    stk_method_category *categories;
    size_t tier_count;
    stk_method_category *tiers;
};

/** A rule of harmonising by its name, ours or aneris's; one that fades does so after the base year.
 */
bool stk_method_parse_rule(const stk_method *method, stk_text text, stk_harmonise_rule *rule);

/** The rule of a variable for a model: an override, or what the method says of the variable. */
stk_harmonise_rule stk_method_rule(const stk_method *method, const char *model, size_t variable);

/** The lists of a method file; method_parts.c. */
stk_status stk_method_read_variables(stk_method *method, stk_yaml *yaml, stk_error *error);
stk_status stk_method_read_kyoto(stk_method *method, stk_yaml *yaml, stk_error *error);
stk_status stk_method_read_categories(stk_method *method, stk_yaml *yaml, stk_error *error);

/** Number of years from the base year to the last. */
size_t stk_method_years(const stk_method *method);

/** Index of a variable by its name, or STK_NO_VARIABLE. */
int stk_method_find(const stk_method *method, stk_text name);

/** What a name of a file is to the method: a name of its own, or one of the same key. */
typedef struct stk_method_match {
    int variable; /**< STK_NO_VARIABLE: nothing */
    stk_name_rank rank;
    int nearness; /**< of several rows that give a variable in one rank, the highest counts */
} stk_method_match;

/** The sector of fossil CO2, of those that the method adds, that a name is a detail of, or
 * STK_NO_VARIABLE. */
int stk_method_detail_of(const stk_method *method, stk_text name);

stk_method_match stk_method_match_name(const stk_method *method, stk_text name);

#endif
