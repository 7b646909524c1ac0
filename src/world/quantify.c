/** @file quantify.c
 * @brief One target, one level.
 *
 * With E emissions without LULUCF, L net LULUCF, reference and target year r and t, driver D,
 * growth g = D_t / D_r (1 without a driver), coverage c and a reduction x:
 *
 *     without LULUCF   T = g (1-x) c_r E_r + (1-c_t) E_t
 *     with, net        T = g (1-x) (c_r E_r + L_r) + (1-c_t) E_t
 *     with, unscaled   T = g (1-x) (c_r E_r + max(L_r,0)) + min(L_r,0) + (1-c_t) E_t
 *
 * A cut of X Mt below a stated baseline B comes off the whole of it: nothing is added for what is
 * not covered, which B holds already. With a number for each scope B counts LULUCF and serves that
 * one; the other comes off the emissions of the target year.
 *
 * The unscaled rule is that of Günther, Gütschow & Jeffery (2021), doi:10.5194/gmd-14-5695-2021.
 */
#include <math.h>

#include <stocktake/quantify.h>

static double or_default(double value, double missing)
{
    return isnan(value) ? missing : value;
}

static double share_left(double reduction_pct)
{
    return 1.0 - reduction_pct / 100.0;
}

static bool has_reference(stk_target_kind kind)
{
    return kind == STK_TARGET_BASE_YEAR || kind == STK_TARGET_INTENSITY || kind == STK_TARGET_PEAK;
}

/* Inputs with the defaults filled in and the reference year chosen by the kind. */
typedef struct terms {
    double growth;
    double covered_reference; /* c_r E_r */
    double lulucf_reference;
    double uncovered_target; /* (1-c_t) E_t */
} terms;

static stk_status need(double value, const char *name, stk_target_kind kind, stk_error *error)
{
    return isnan(value) ? stk_error_set(error, STK_EARG, "%s is empty; the kind '%s' needs it",
                                        name, stk_target_kind_name(kind))
                        : STK_OK;
}

static stk_status check(const stk_quantify_input *input, stk_error *error)
{
    stk_status status = need(input->emissions_target_mt, "emissions_target_mt", input->kind, error);
    if (status == STK_OK && has_reference(input->kind)) {
        status = need(input->emissions_reference_mt, "emissions_reference_mt", input->kind, error);
    }
    if (status == STK_OK && input->kind == STK_TARGET_INTENSITY) {
        status = need(input->driver_reference, "driver_reference", input->kind, error);
    }
    if (status == STK_OK && input->kind == STK_TARGET_INTENSITY) {
        status = need(input->driver_target, "driver_target", input->kind, error);
    }
    if (status == STK_OK && input->kind == STK_TARGET_INTENSITY && input->driver_reference <= 0) {
        status = stk_error_set(error, STK_EARG, "driver_reference must be positive");
    }
    if (status != STK_OK) {
        return status;
    }
    if (input->kind == STK_TARGET_BUDGET || input->kind == STK_TARGET_UNKNOWN) {
        return stk_error_set(error, STK_EARG, "the kind '%s' is no level of one year",
                             stk_target_kind_name(input->kind));
    }
    if (input->kind == STK_TARGET_ABSOLUTE && !input->value_is_mt) {
        return stk_error_set(error, STK_EARG, "the kind 'absolute' needs the unit 'mt'");
    }
    if (input->kind != STK_TARGET_NONE && isnan(input->value_excl) && isnan(input->value_incl)) {
        return stk_error_set(error, STK_EARG,
                             "value_excl_lulucf and value_incl_lulucf are empty; "
                             "at least one is needed");
    }
    return STK_OK;
}

static terms make_terms(const stk_quantify_input *input)
{
    bool reference = has_reference(input->kind);
    double coverage_target = or_default(input->coverage_target, 1.0);
    double coverage =
        reference ? or_default(input->coverage_reference, coverage_target) : coverage_target;
    double emissions = reference ? input->emissions_reference_mt : input->emissions_target_mt;
    double lulucf = reference ? input->lulucf_reference_mt : input->lulucf_target_mt;
    bool grows = input->kind == STK_TARGET_INTENSITY;
    return (terms){grows ? input->driver_target / input->driver_reference : 1.0,
                   coverage * emissions, or_default(lulucf, 0.0),
                   (1.0 - coverage_target) * input->emissions_target_mt};
}

static double excluding(const stk_quantify_input *input, const terms *t)
{
    double value = input->value_excl;
    double baseline = t->covered_reference;
    if (input->kind == STK_TARGET_ABSOLUTE) {
        return value + t->uncovered_target;
    }
    if (input->kind == STK_TARGET_BASELINE && !isnan(input->stated_baseline_incl_mt) &&
        !(input->value_is_mt && !isnan(input->value_incl))) {
        baseline = input->stated_baseline_incl_mt - t->lulucf_reference;
        if (input->value_is_mt) {
            return baseline - value;
        }
    }
    if (input->value_is_mt) {
        return t->growth * (baseline - value) + t->uncovered_target;
    }
    return t->growth * share_left(value) * baseline + t->uncovered_target;
}

static double including(const stk_quantify_input *input, const terms *t, stk_sinks sinks)
{
    double value = input->value_incl;
    double baseline = t->covered_reference + t->lulucf_reference;
    if (input->kind == STK_TARGET_BASELINE && !isnan(input->stated_baseline_incl_mt)) {
        baseline = input->stated_baseline_incl_mt;
        if (input->value_is_mt) {
            return baseline - value;
        }
    }
    if (input->kind == STK_TARGET_ABSOLUTE) {
        return value + t->uncovered_target;
    }
    if (input->value_is_mt) {
        return t->growth * (baseline - value) + t->uncovered_target;
    }
    double unscaled = sinks == STK_SINKS_UNSCALED ? fmin(t->lulucf_reference, 0.0) : 0.0;
    return t->growth * share_left(value) * (baseline - unscaled) + unscaled + t->uncovered_target;
}

/* The part without LULUCF of a level that counts LULUCF. */
static double split_level(const stk_quantify_input *input, double incl, stk_lulucf_source source)
{
    double emissions = input->emissions_target_mt;
    double lulucf = or_default(input->lulucf_target_mt, 0.0);
    if (lulucf > 0 && incl > 0 && source == STK_LULUCF_SOURCE_FIRST) {
        return fmax(fmin(emissions, incl), incl - lulucf); /* a source does not grow */
    }
    if (lulucf > 0 && source == STK_LULUCF_SOURCE_PROPORTIONAL) {
        return emissions * incl / (emissions + lulucf);
    }
    double excl = incl - lulucf;
    if (excl < 0 && emissions > 0) {
        double cut = emissions + lulucf - incl;
        excl = emissions - cut * emissions / (emissions + fabs(lulucf));
    }
    return excl;
}

stk_status stk_quantify(const stk_quantify_input *input, stk_sinks sinks, stk_lulucf_source source,
                        stk_level *level, stk_error *error)
{
    stk_status status = check(input, error);
    if (status != STK_OK) {
        return status;
    }
    double lulucf = or_default(input->lulucf_target_mt, 0.0);
    if (input->kind == STK_TARGET_NONE) {
        *level = (stk_level){input->emissions_target_mt, input->emissions_target_mt + lulucf};
        return STK_OK;
    }
    terms t = make_terms(input);
    bool has_excl = !isnan(input->value_excl);
    bool has_incl = !isnan(input->value_incl);
    double excl = has_excl ? excluding(input, &t) : NAN;
    double incl = has_incl ? including(input, &t, sinks) : NAN;
    level->excl_mt = has_excl ? excl : split_level(input, incl, source);
    level->incl_mt = has_incl ? incl : excl + lulucf;
    return isfinite(level->excl_mt) && isfinite(level->incl_mt)
               ? STK_OK
               : stk_error_set(error, STK_EDOMAIN, "the level is not a finite number");
}
