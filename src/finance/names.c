/** @file names.c
 * @brief What components, quantities, marks and the like are called, and what is a part of what.
 */
#include "finance/finance_impl.h"

static const struct {
    const char *name;
    const char *words;
    stk_finance_component whole;
} components[STK_FINANCE_COMPONENTS] = {
    [STK_FINANCE_TOTAL] = {"total", "all climate finance", STK_FINANCE_TOTAL},
    [STK_FINANCE_PUBLIC] = {"public", "public money", STK_FINANCE_TOTAL},
    [STK_FINANCE_BILATERAL_PUBLIC] = {"bilateral_public", "public money from country to country",
                                      STK_FINANCE_TOTAL},
    [STK_FINANCE_MULTILATERAL_PUBLIC] = {"multilateral_public",
                                         "public money through banks and funds", STK_FINANCE_TOTAL},
    [STK_FINANCE_EXPORT_CREDITS] = {"export_credits", "export credits", STK_FINANCE_TOTAL},
    [STK_FINANCE_PRIVATE_MOBILISED] = {"private_mobilised", "private money mobilised",
                                       STK_FINANCE_TOTAL},
    [STK_FINANCE_MITIGATION] = {"mitigation", "money for mitigation", STK_FINANCE_TOTAL},
    [STK_FINANCE_ADAPTATION] = {"adaptation", "money for adaptation", STK_FINANCE_TOTAL},
    [STK_FINANCE_CROSS_CUTTING] = {"cross_cutting", "money for both", STK_FINANCE_TOTAL},
    [STK_FINANCE_ADAPTATION_PUBLIC] = {"adaptation_public", "public money for adaptation",
                                       STK_FINANCE_ADAPTATION},
    [STK_FINANCE_ADAPTATION_PRIVATE] = {"adaptation_private", "private money for adaptation",
                                        STK_FINANCE_ADAPTATION},
    [STK_FINANCE_PUBLIC_LOANS] = {"public_loans", "public loans", STK_FINANCE_PUBLIC},
    [STK_FINANCE_PUBLIC_GRANTS] = {"public_grants", "public grants", STK_FINANCE_PUBLIC},
    [STK_FINANCE_NET_ASSISTANCE_LOW] = {"net_assistance_low", "grant equivalent (low end)",
                                        STK_FINANCE_NET_ASSISTANCE_LOW},
    [STK_FINANCE_NET_ASSISTANCE_HIGH] = {"net_assistance_high", "grant equivalent (high end)",
                                         STK_FINANCE_NET_ASSISTANCE_HIGH},
    [STK_FINANCE_NET_ASSISTANCE_ADAPTATION_LOW] = {"net_assistance_adaptation_low",
                                                   "of it for adaptation (low end)",
                                                   STK_FINANCE_NET_ASSISTANCE_LOW},
    [STK_FINANCE_NET_ASSISTANCE_ADAPTATION_HIGH] = {"net_assistance_adaptation_high",
                                                    "of it for adaptation (high end)",
                                                    STK_FINANCE_NET_ASSISTANCE_HIGH}};

const char *stk_finance_component_name(stk_finance_component component)
{
    return components[component].name;
}

const char *stk_finance_component_words(stk_finance_component component)
{
    return components[component].words;
}

stk_finance_component stk_finance_component_whole(stk_finance_component component)
{
    return components[component].whole;
}

bool finance_range_of(stk_finance_component component, stk_finance_component *low,
                      stk_finance_component *high)
{
    bool adaptation = component == STK_FINANCE_ADAPTATION;
    *low = adaptation ? STK_FINANCE_NET_ASSISTANCE_ADAPTATION_LOW : STK_FINANCE_NET_ASSISTANCE_LOW;
    *high =
        adaptation ? STK_FINANCE_NET_ASSISTANCE_ADAPTATION_HIGH : STK_FINANCE_NET_ASSISTANCE_HIGH;
    return adaptation || component == STK_FINANCE_TOTAL;
}

const char *stk_finance_mark_name(stk_finance_mark mark)
{
    static const char *const names[] = {"A", "B", "C"};
    return names[mark];
}

const char *stk_finance_quantity_name(stk_finance_quantity quantity)
{
    static const char *const names[STK_FINANCE_QUANTITIES] = {
        "provided",         "fair_share", "surplus",
        "percent_of_share", "met",        "multilateral_provided",
        "provided_budget"};
    return names[quantity];
}

const char *stk_finance_status_name(stk_finance_status status)
{
    static const char *const names[] = {"upcoming", "in_force", "ended"};
    return names[status];
}

const char *stk_finance_met_name(stk_finance_met met)
{
    static const char *const names[] = {"not_known", "no", "depends", "yes"};
    return names[met];
}

const char *stk_finance_indicator_name(stk_finance_indicator indicator)
{
    static const char *const names[STK_FINANCE_INDICATORS] = {"gdp", "population", "fossil_co2",
                                                              "co2_with_land_use"};
    return names[indicator];
}
