/** @file yaml_write.c
 * @brief Pledges as files in the browser: none, in the place of pledge/write.c.
 */
#include <stocktake/pledge.h>

static stk_status refuse(stk_text *text, stk_error *error)
{
    *text = (stk_text){NULL, 0};
    return stk_error_set(error, STK_ENOTFOUND, "a page writes no pledges");
}

stk_status stk_pledges_write_csv(const stk_pledges *pledges, stk_text *csv, stk_error *error)
{
    (void)pledges;
    return refuse(csv, error);
}

stk_status stk_pledges_write_laid(const stk_pledges *pledges, stk_text *csv, stk_error *error)
{
    (void)pledges;
    return refuse(csv, error);
}

stk_status stk_pledges_write_yaml(const stk_pledges *pledges, const char *iso3, stk_text *yaml,
                                  stk_error *error)
{
    (void)pledges, (void)iso3;
    return refuse(yaml, error);
}
