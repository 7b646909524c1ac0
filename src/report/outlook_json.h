/** @file outlook_json.h
 * @brief What the ensemble says of one case of pledges, as JSON.
 */
#ifndef STK_REPORT_OUTLOOK_JSON_H
#define STK_REPORT_OUTLOOK_JSON_H

#include <jansson.h>

#include <stocktake/warming.h>

/** The case and all of its outlook but the single years; docs/schema/common.schema.json has the
 * keys. NULL without memory. */
json_t *outlook_json(const stk_warming_case *c);

#endif
