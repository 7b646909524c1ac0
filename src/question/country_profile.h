/** @file country_profile.h
 * @brief The head of a country's sheet.
 */
#ifndef STK_QUESTION_COUNTRY_PROFILE_H
#define STK_QUESTION_COUNTRY_PROFILE_H

#include "question/query.h"

/* Lines for people; without net zero. */
void profile_write(const query_area *area, const stk_profile *profile, const char *gwp,
                   stk_buffer *out);

/* The same figures as an object; NULL without memory. */
json_t *profile_json(const stk_profile *profile);

#endif
