/** @file linear_forcing.c
 * @brief Which series of a scenario force linearly, and with which coefficients.
 */
#include "climate/plan.h"

typedef struct builder {
    stk_plan *plan;
    const stk_calibration *cal;
    const stk_species_table *table;
    stk_arena scratch;
    double *coefficients[STK_LINEAR_FORCINGS_MAX]; /* of each linear forcing, [group][member] */
    bool used[STK_LINEAR_FORCINGS_MAX][STK_GROUP_COUNT]; /* rows of them; all others are 0 */
    bool failed;
} builder;

static double *coefficient_row(builder *b, int linear, stk_group group)
{
    b->used[linear][group] = true;
    return b->coefficients[linear] + (size_t)group * b->plan->member_count;
}

/* A new linear forcing over one species, or -1 when there is no room. */
static int add_linear_forcing(builder *b, stk_linear_forcing_kind kind, int species, double weight)
{
    stk_plan *plan = b->plan;
    if (plan->linear_count == STK_LINEAR_FORCINGS_MAX) {
        b->failed = true;
        return -1;
    }
    stk_linear_forcing *linear = &plan->linear[plan->linear_count];
    linear->kind = kind;
    linear->count = 1;
    linear->species = stk_arena_alloc(&plan->arena, b->table->count, sizeof(int));
    linear->weights = stk_arena_alloc(&plan->arena, b->table->count, sizeof(double));
    double *coefficients =
        stk_arena_alloc(&b->scratch, STK_GROUP_COUNT * plan->member_count, sizeof(double));
    if (linear->species == NULL || linear->weights == NULL || coefficients == NULL) {
        b->failed = true;
        return -1;
    }
    linear->species[0] = species;
    linear->weights[0] = weight;
    b->coefficients[plan->linear_count] = coefficients;
    return plan->linear_count++;
}

/* How strongly a species acts on a group per unit, times the scale of the group's own species. */
static bool add_strength(builder *b, int linear, int species, stk_species_parameter p,
                         stk_group group, stk_species_kind owner)
{
    bool any = false;
    int target = b->table->first_of_kind[owner];
    if (target >= 0 && stk_species_is_forced(&b->table->items[target])) {
        return false; /* given, not computed */
    }
    for (size_t m = 0; target >= 0 && m < b->plan->member_count; m++) {
        size_t member = b->plan->members[m];
        double strength = stk_parameter_or_zero(b->cal, species, p, member) *
                          stk_forcing_scale(b->cal, target, member);
        any = any || strength != 0;
        if (any && linear < 0) {
            return true;
        }
        if (linear >= 0) {
            coefficient_row(b, linear, group)[m] += strength;
        }
    }
    return any;
}

static bool strength_of_emissions(builder *b, int linear, int s)
{
    bool chemistry = b->table->items[s].emission_chem;
    bool any = chemistry &&
               add_strength(b, linear, s, STK_PARAM_ARI_EFFICIENCY, STK_GROUP_ARI, STK_KIND_ARI);
    any |= chemistry &&
           add_strength(b, linear, s, STK_PARAM_OZONE_EFFICIENCY, STK_GROUP_OZONE, STK_KIND_OZONE);
    any |= add_strength(b, linear, s, STK_PARAM_LAPSI_EFFICIENCY, STK_GROUP_LAPSI, STK_KIND_LAPSI);
    any |= add_strength(b, linear, s, STK_PARAM_CONTRAILS_EFFICIENCY, STK_GROUP_OTHER,
                        STK_KIND_CONTRAILS);
    return any;
}

static bool strength_of_concentration(builder *b, int linear, int s)
{
    const stk_species *species = &b->table->items[s];
    /* see force_aerosols() in reference.c for chlorine */
    bool direct =
        species->concentration_chem &&
        (species->kind != STK_KIND_EESC || b->plan->physics.physics == STK_PHYSICS_CORRECTED);
    bool any =
        direct && add_strength(b, linear, s, STK_PARAM_ARI_EFFICIENCY, STK_GROUP_ARI, STK_KIND_ARI);
    any |= species->concentration_chem &&
           add_strength(b, linear, s, STK_PARAM_OZONE_EFFICIENCY, STK_GROUP_OZONE, STK_KIND_OZONE);
    any |= species->is_gas &&
           add_strength(b, linear, s, STK_PARAM_H2O_FACTOR, STK_GROUP_H2O, STK_KIND_H2O);
    return any;
}

static void add_chemistry(builder *b, int s)
{
    const stk_species *species = &b->table->items[s];
    if (species->kind == STK_KIND_CO2) {
        return;
    }
    if (strength_of_emissions(b, -1, s)) {
        int f =
            add_linear_forcing(b, STK_LINEAR_EMISSIONS, s,
                               stk_parameter_or_zero(b->cal, s, STK_PARAM_BASELINE_EMISSIONS, 0));
        (void)(f >= 0 && strength_of_emissions(b, f, s));
    }
    if (species->kind != STK_KIND_CH4 && strength_of_concentration(b, -1, s)) {
        int f = add_linear_forcing(b, STK_LINEAR_CONCENTRATION, s, 1);
        (void)(f >= 0 && strength_of_concentration(b, f, s));
    }
    if (add_strength(b, -1, s, STK_PARAM_LAND_USE_EFFICIENCY, STK_GROUP_LAND_USE,
                     STK_KIND_LAND_USE)) {
        int f = add_linear_forcing(b, STK_LINEAR_CUMULATIVE, s, 1);
        (void)(f >= 0 && add_strength(b, f, s, STK_PARAM_LAND_USE_EFFICIENCY, STK_GROUP_LAND_USE,
                                      STK_KIND_LAND_USE));
    }
}

static double scale_of(const builder *b, int s, size_t m)
{
    return stk_parameter(b->cal, s, STK_PARAM_FORCING_SCALE, b->plan->members[m]);
}

/* Whether a linear forcing of the group already has, in every member, the scale of this gas. */
static bool has_scale(builder *b, int linear, stk_group group, int s)
{
    const double *row = coefficient_row(b, linear, group);
    for (size_t m = 0; m < b->plan->member_count; m++) {
        if (row[m] != scale_of(b, s, m)) {
            return false;
        }
    }
    return true;
}

/* The minor gases: one linear forcing for all gases of a group that are scaled alike. */
static void add_minor_gas(builder *b, int s, stk_group group, int first)
{
    double weight = 1e-3 * stk_parameter(b->cal, s, STK_PARAM_RADIATIVE_EFFICIENCY, 0) *
                    (1 + stk_parameter_or_zero(b->cal, s, STK_PARAM_TROPOSPHERIC_ADJUSTMENT, 0));
    for (int f = first; f < b->plan->linear_count; f++) {
        stk_linear_forcing *linear = &b->plan->linear[f];
        if (has_scale(b, f, group, s)) {
            linear->species[linear->count] = s;
            linear->weights[linear->count++] = weight;
            return;
        }
    }
    int f = add_linear_forcing(b, STK_LINEAR_CONCENTRATION, s, weight);
    for (size_t m = 0; f >= 0 && m < b->plan->member_count; m++) {
        coefficient_row(b, f, group)[m] = scale_of(b, s, m);
    }
}

static void add_minor_gases(builder *b)
{
    int first = b->plan->linear_count;
    for (int s = 0; s < (int)b->table->count; s++) {
        stk_species_kind kind = b->table->items[s].kind;
        if (kind == STK_KIND_CFC_11 || kind == STK_KIND_OTHER_HALOGEN) {
            add_minor_gas(b, s, STK_GROUP_MONTREAL, first);
        }
    }
    first = b->plan->linear_count;
    for (int s = 0; s < (int)b->table->count; s++) {
        if (b->table->items[s].kind == STK_KIND_F_GAS) {
            add_minor_gas(b, s, STK_GROUP_FGASES, first);
        }
    }
}

static void add_given(builder *b, int s, stk_linear_forcing_kind linear, stk_group group)
{
    int f = s >= 0 ? add_linear_forcing(b, linear, s, 1) : -1;
    for (size_t m = 0; f >= 0 && m < b->plan->member_count; m++) {
        coefficient_row(b, f, group)[m] = stk_forcing_scale(b->cal, s, b->plan->members[m]);
    }
}

/* Coefficients in blocks of members, by group and in total. The last block repeats its last
 * member, so that no lane computes with what is no parameter. */
static stk_status lay_out(builder *b, stk_error *error)
{
    stk_plan *plan = b->plan;
    size_t linear_count = (size_t)plan->linear_count;
    size_t size = plan->block_count * linear_count * STK_BLOCK;
    plan->total = stk_plan_vectors(plan, (STK_GROUP_COUNT + 1) * size); /* pages if used */
    if (plan->total == NULL) {
        return stk_error_memory(error);
    }
    for (int g = 0; g < STK_GROUP_COUNT; g++) {
        plan->group[g] = plan->total + (size_t)(g + 1) * size;
        for (size_t f = 0; f < linear_count; f++) {
            if (!b->used[f][g]) {
                continue;
            }
            const double *row = coefficient_row(b, (int)f, (stk_group)g);
            for (size_t i = 0; i < plan->block_count * STK_BLOCK; i++) {
                size_t m = i < plan->member_count ? i : plan->member_count - 1;
                size_t at = (i / STK_BLOCK * linear_count + f) * STK_BLOCK + i % STK_BLOCK;
                plan->group[g][at] = row[m];
                plan->total[at] += row[m];
            }
        }
    }
    return STK_OK;
}

stk_status stk_plan_linear_forcings(stk_plan *plan, stk_error *error)
{
    builder b = {.plan = plan, .cal = plan->calibration, .table = &plan->calibration->species};
    plan->linear = stk_arena_alloc(&plan->arena, STK_LINEAR_FORCINGS_MAX, sizeof *plan->linear);
    if (plan->linear == NULL) {
        return stk_error_memory(error);
    }
    for (int s = 0; s < (int)b.table->count; s++) {
        add_chemistry(&b, s);
    }
    add_minor_gases(&b);
    add_given(&b, b.table->first_of_kind[STK_KIND_SOLAR], STK_LINEAR_SOLAR, STK_GROUP_SOLAR);
    add_given(&b, b.table->first_of_kind[STK_KIND_VOLCANIC], STK_LINEAR_VOLCANIC,
              STK_GROUP_VOLCANIC);
    for (int s = 0; s < (int)b.table->count; s++) {
        const stk_species *species = &b.table->items[s];
        if (stk_species_is_forced(species) && !stk_species_is_natural(species)) {
            add_given(&b, s, STK_LINEAR_GIVEN,
                      species->kind == STK_KIND_LAND_USE ? STK_GROUP_LAND_USE : STK_GROUP_OTHER);
        }
    }
    stk_status status = b.failed ? stk_error_set(error, STK_EMEM,
                                                 "out of memory, or more than %d different linear "
                                                 "forcings",
                                                 STK_LINEAR_FORCINGS_MAX)
                                 : lay_out(&b, error);
    stk_arena_free(&b.scratch);
    return status;
}
