/** @file level_impl.h
 * @brief One row of a document on its way to a level: what is known of it while it is quantified.
 */
#ifndef STK_WORLD_LEVEL_IMPL_H
#define STK_WORLD_LEVEL_IMPL_H

#include "world/national_impl.h"

/* Land use in a Party's own terms; NaN where neither its documents nor the record know it. */
typedef struct own_land {
    double inventory_mt; /* newest own inventory that a document states */
    double record_mt;    /* last value of the edition's record, 2010 or later */
} own_land;

/* The Party's own total beside the composite's. */
typedef struct own_ratio {
    int year; /* 0: none known */
    double own_mt;
    double composite_mt;
    stk_ratio ratio;
    bool other; /* neither the row's document nor a national inventory has it: the record, or
                   another document, whose inventory may be another one */
} own_ratio;

typedef struct work {
    const national_context *context;
    const stk_national *national;
    const stk_target *target;
    stk_condition condition;
    stk_ambition ambition;
    bool net; /* the row's numbers count LULUCF */
    size_t document_gwp;
    double emissions_t; /* modelled baseline without LULUCF, the user's set */
    double present_mt;  /* emissions in the last year of data */
    int present_year;
    unsigned gases;      /* that the row's numbers cover: all of them in a national total */
    double gas_share;    /* of emissions in the target year that they cover */
    double sector_share; /* the same by sectors */
    double gwp_factor;   /* from the document's set to the user's, covered gases */
    own_land land;
    double lulucf_t; /* LULUCF in the target year without the target; NaN where not known */
    target_level *result;
} work;

/* Whether the row's numbers count LULUCF: it says so, or its baseline is the one that the document
 * has with land use. */
bool row_is_net(const work *w);

/* Emissions in the gases that the row covers, Mt CO2e in a GWP set. */
double covered_gases_mt(const work *w, size_t gwp, int year);

/* Whether numbers count as they stand: by the option, or because they are supposed. */
bool in_composite_terms(const work *w);

/* A number of the Party's documents, in the document's own set: of the row's document, for a year;
 * NaN where it is not stated. */
double own_number(const work *w, stk_own_quantity quantity, int year);

/* The Party's own total in a year from any document or the record, with or without LULUCF, in the
 * GWP set of the row's document; NaN where it is not known. */
double own_total(const work *w, int year, bool net);

own_land own_land_find(const national_context *context, const stk_actor *actor, stk_date document);

/* The newest of the years that can be compared, 2010 or later where there is one. */
own_ratio own_ratio_find(const work *w);

/* Whether the row's numbers are a national total, so that nothing is added for gases and sectors
 * that its lists leave out; `number_mt` is a level or baseline without LULUCF in the composite's
 * terms. */
bool is_national_total(const work *w, double number_mt);

/* Quantify a row that states a level, or a baseline with a cut. `level_mt` and `baseline_mt` are
 * in the row's scope and set. */
void quantify_stated(work *w, double level_mt, double baseline_mt, double reduction_pct);

/* The Party's per cent on the modelled baseline. */
void quantify_per_cent(work *w, double reduction_pct, const char *why);

/* Set `gwp_factor` by the gases covered. */
void find_gwp_factor(work *w);

/* Keep a level unless the guard refuses it; says so in the result. */
bool keep_level(work *w, double excl_mt, double covered);

#endif
