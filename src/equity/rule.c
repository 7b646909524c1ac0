/** @file rule.c
 * @brief Rules in words: a method and its parameters.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "equity/equity_impl.h"
#include "equity/parameters.h"

static const char *const names[STK_EQUITY_METHODS] = {
    "grandfathering",  "per_capita",     "convergence", "ecpc",
    "ecpc_recurrence", "ability_to_pay", "gdr",         "adjusted"};

const char *stk_equity_method_name(stk_equity_method method)
{
    return names[method];
}

/* ---- lists of parameters ---- */

bool parameters_next(stk_text *rest, stk_text *key, stk_text *value)
{
    while (rest->size > 0) {
        const char *end = memchr(rest->data, ';', rest->size);
        size_t size = end == NULL ? rest->size : (size_t)(end - rest->data);
        stk_text item = stk_text_trim((stk_text){rest->data, size});
        size_t used = end == NULL ? size : size + 1;
        *rest = (stk_text){rest->data + used, rest->size - used};
        if (item.size == 0) {
            continue;
        }
        const char *equals = memchr(item.data, '=', item.size);
        size_t length = equals == NULL ? item.size : (size_t)(equals - item.data);
        *key = (stk_text){item.data, length};
        *value =
            equals == NULL ? (stk_text){"", 0} : (stk_text){equals + 1, item.size - length - 1};
        return true;
    }
    return false;
}

stk_status parameters_refuse(stk_text key, stk_text value, const char *allowed, stk_error *error)
{
    key = stk_text_cut(key, 40);
    value = stk_text_cut(value, 40);
    return stk_error_set(error, STK_EARG, "the parameter '%.*s=%.*s' is refused; allowed: %s",
                         (int)key.size, key.data, (int)value.size, value.data, allowed);
}

stk_status parameters_year(stk_text key, stk_text value, int *year, stk_error *error)
{
    long number;
    if (!stk_text_integer(value, &number) || number < 0 || number > 9999) {
        return parameters_refuse(key, value, "a year", error);
    }
    *year = (int)number;
    return STK_OK;
}

stk_status parameters_number(stk_text key, stk_text value, double *number, stk_error *error)
{
    return stk_text_number(value, number) ? STK_OK
                                          : parameters_refuse(key, value, "a number", error);
}

/* ---- the parameters of the methods ---- */

static stk_status read_population(stk_text key, stk_text value, bool *fixed, stk_error *error)
{
    *fixed = stk_text_equal(value, "fixed");
    return *fixed || stk_text_equal(value, "moving")
               ? STK_OK
               : parameters_refuse(key, value, "fixed or moving", error);
}

/* "1/3" or "0.5". */
static stk_status read_exponent(stk_text key, stk_text value, double *exponent, stk_error *error)
{
    const char *slash = memchr(value.data, '/', value.size);
    size_t length = slash == NULL ? value.size : (size_t)(slash - value.data);
    double below = 1;
    if (!stk_text_number((stk_text){value.data, length}, exponent) ||
        (slash != NULL &&
         (!stk_text_number((stk_text){slash + 1, value.size - length - 1}, &below) ||
          !(below > 0)))) {
        return parameters_refuse(key, value, "a number, or one as 1/3", error);
    }
    *exponent /= below;
    return STK_OK;
}

/* "2030-2100" */
static stk_status read_fade(stk_text key, stk_text value, stk_equity_rule *rule, stk_error *error)
{
    const char *dash = memchr(value.data, '-', value.size);
    size_t length = dash == NULL ? value.size : (size_t)(dash - value.data);
    if (dash == NULL ||
        parameters_year(key, (stk_text){value.data, length}, &rule->fade_from, NULL) != STK_OK ||
        parameters_year(key, (stk_text){dash + 1, value.size - length - 1}, &rule->fade_to, NULL) !=
            STK_OK ||
        rule->fade_from >= rule->fade_to) {
        return parameters_refuse(key, value, "two years as 2030-2100", error);
    }
    return STK_OK;
}

static stk_status read_smooth(stk_text key, stk_text value, bool *smooth, stk_error *error)
{
    *smooth = stk_text_equal(value, "yes");
    return *smooth || stk_text_equal(value, "no")
               ? STK_OK
               : parameters_refuse(key, value, "yes or no", error);
}

static stk_status read_parameter(stk_text key, stk_text value, stk_equity_rule *rule,
                                 stk_error *error)
{
    return stk_text_equal(key, "population")
               ? read_population(key, value, &rule->fixed_population, error)
           : stk_text_equal(key, "converge") ? parameters_year(key, value, &rule->converge, error)
           : stk_text_equal(key, "from")     ? parameters_year(key, value, &rule->from, error)
           : stk_text_equal(key, "discount")
               ? parameters_number(key, value, &rule->discount_pct, error)
           : stk_text_equal(key, "threshold")
               ? parameters_number(key, value, &rule->threshold, error)
           : stk_text_equal(key, "responsibility")
               ? parameters_number(key, value, &rule->responsibility, error)
           : stk_text_equal(key, "exponent") ? read_exponent(key, value, &rule->exponent, error)
           : stk_text_equal(key, "smooth")   ? read_smooth(key, value, &rule->smooth, error)
           : stk_text_equal(key, "fade")
               ? read_fade(key, value, rule, error)
               : parameters_refuse(key, value,
                                   "population, converge, from, discount, threshold, "
                                   "responsibility, exponent, smooth, fade",
                                   error);
}

stk_status stk_equity_rule_parse(stk_text method, stk_text parameters, stk_equity_rule *rule,
                                 stk_error *error)
{
    stk_text key;
    stk_text value;
    int found = -1;
    for (int m = 0; m < (int)STK_EQUITY_METHODS; m++) {
        found = stk_text_equal(method, names[m]) ? m : found;
    }
    if (found < 0) {
        method = stk_text_cut(method, 60);
        return stk_error_set(error, STK_EARG,
                             "the method '%.*s' is refused; allowed: grandfathering, per_capita, "
                             "convergence, ecpc, ecpc_recurrence, ability_to_pay, gdr, adjusted",
                             (int)method.size, method.data);
    }
    bool debts = found == STK_EQUITY_ECPC || found == STK_EQUITY_ECPC_RECURRENCE;
    *rule = (stk_equity_rule){.method = (stk_equity_method)found,
                              .converge = debts ? 2080 : 2050,
                              .from = 1990,
                              .exponent = 1.0 / 3.0,
                              .responsibility = 0.5};
    stk_status status = STK_OK;
    while (status == STK_OK && parameters_next(&parameters, &key, &value)) {
        status = read_parameter(key, value, rule, error);
    }
    return status;
}

/* ---- and back ---- */

static void write_number(double value, char out[STK_NUMBER_SIZE])
{
    stk_number_format(value, out);
    if (fabs(3.0 * value - 1.0) < 1e-12) {
        stk_print(out, STK_NUMBER_SIZE, "1/3");
    }
}

static void write_gdr(const stk_equity_rule *rule, char out[STK_EQUITY_PARAMETERS_SIZE])
{
    char threshold[STK_NUMBER_SIZE];
    char weight[STK_NUMBER_SIZE];
    char fade[32] = "";
    stk_number_format(rule->threshold, threshold);
    stk_number_format(rule->responsibility, weight);
    if (rule->fade_from != 0) {
        stk_print(fade, sizeof fade, ";fade=%d-%d", rule->fade_from, rule->fade_to);
    }
    stk_print(out, STK_EQUITY_PARAMETERS_SIZE, "from=%d;threshold=%s;responsibility=%s%s%s",
              rule->from, STK_CUT(threshold, 20), STK_CUT(weight, 20),
              rule->smooth ? ";smooth=yes" : "", fade);
}

const char *stk_equity_rule_write(const stk_equity_rule *rule, char out[STK_EQUITY_PARAMETERS_SIZE])
{
    const char *population = rule->fixed_population ? "fixed" : "moving";
    char number[STK_NUMBER_SIZE];
    out[0] = '\0';
    switch (rule->method) {
    case STK_EQUITY_PER_CAPITA:
        stk_print(out, STK_EQUITY_PARAMETERS_SIZE, "population=%s", population);
        break;
    case STK_EQUITY_CONVERGENCE:
        stk_print(out, STK_EQUITY_PARAMETERS_SIZE, "population=%s;converge=%d", population,
                  rule->converge);
        break;
    case STK_EQUITY_ECPC:
    case STK_EQUITY_ECPC_RECURRENCE:
        write_number(rule->discount_pct, number);
        stk_print(out, STK_EQUITY_PARAMETERS_SIZE, "from=%d;discount=%s;converge=%d", rule->from,
                  number, rule->converge);
        break;
    case STK_EQUITY_ABILITY_TO_PAY:
        write_number(rule->exponent, number);
        stk_print(out, STK_EQUITY_PARAMETERS_SIZE, "exponent=%s", number);
        break;
    case STK_EQUITY_GDR:
        write_gdr(rule, out);
        break;
    case STK_EQUITY_ADJUSTED:
        write_number(rule->responsibility, number);
        stk_print(out, STK_EQUITY_PARAMETERS_SIZE, "from=%d;responsibility=%s", rule->from, number);
        break;
    case STK_EQUITY_GRANDFATHERING:
    case STK_EQUITY_METHODS:
        break;
    }
    return out;
}

/* ---- limits ---- */

static stk_status check_years(const stk_equity_world *w, const stk_equity_rule *rule,
                              stk_error *error)
{
    bool debts = rule->method == STK_EQUITY_ECPC || rule->method == STK_EQUITY_ECPC_RECURRENCE;
    bool adjusted = rule->method == STK_EQUITY_ADJUSTED;
    bool history = debts || adjusted || rule->method == STK_EQUITY_GDR;
    bool converges = debts || rule->method == STK_EQUITY_CONVERGENCE;
    int last = adjusted ? w->now - 1 : w->now;
    if (history && (rule->from < w->first_year || rule->from > last)) {
        return stk_error_set(
            error, STK_EARG,
            "history from %d is refused; allowed: %d to %d, the last year of data%s", rule->from,
            w->first_year, last, adjusted ? " but one" : "");
    }
    if (converges && (rule->converge <= w->now || rule->converge > w->last_year)) {
        return stk_error_set(error, STK_EARG,
                             "convergence in %d is refused; allowed: %d to %d, after the last year "
                             "of data",
                             rule->converge, w->now + 1, w->last_year);
    }
    if (rule->fade_from != 0 && (rule->fade_from < w->now || rule->fade_to > w->last_year)) {
        return stk_error_set(error, STK_EARG, "fading %d-%d is refused; allowed: from %d to %d",
                             rule->fade_from, rule->fade_to, w->now, w->last_year);
    }
    return STK_OK;
}

stk_status stk_equity_rule_check(const stk_equity_world *world, const stk_equity_rule *rule,
                                 stk_error *error)
{
    if (!(rule->discount_pct >= 0 && rule->discount_pct < 100)) {
        return stk_error_set(
            error, STK_EARG,
            "the discount of %g %% a year is refused; allowed: from 0 to below 100",
            rule->discount_pct);
    }
    if (!(rule->responsibility >= 0 && rule->responsibility <= 1)) {
        return stk_error_set(error, STK_EARG,
                             "the weight of responsibility %g is refused; allowed: 0 to 1",
                             rule->responsibility);
    }
    if (!(rule->threshold >= 0 && isfinite(rule->threshold))) {
        return stk_error_set(error, STK_EARG,
                             "the threshold of %g is refused; allowed: 0 or more international "
                             "dollars a head and year",
                             rule->threshold);
    }
    return check_years(world, rule, error);
}
