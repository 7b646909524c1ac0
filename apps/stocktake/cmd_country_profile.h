/** @file cmd_country_profile.h
 * @brief The head of a country's sheet.
 */
#ifndef STK_CMD_COUNTRY_PROFILE_H
#define STK_CMD_COUNTRY_PROFILE_H

#include "cli_area.h"

/* Lines for people; without net zero. */
void profile_write(const cli_area *area, const stk_profile *profile, const char *gwp,
                   stk_buffer *out);

/* The same figures as an object; NULL without memory. */
json_t *profile_json(const stk_profile *profile);

#endif
