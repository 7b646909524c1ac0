/** @file parts.h
 * @brief What the files of one question share, where it takes more than one.
 */
#ifndef STK_QUESTION_PARTS_H
#define STK_QUESTION_PARTS_H

#include <stocktake/finance.h>

#include "question/query.h"
#include "report/page_content.h"

/** warming --factorial: run every combination and say what each assumption does; with --cases all
 * of them are the side result. */
stk_status warming_factorial(query *q, const stk_data *data, const stk_warming_model *model,
                             const stk_factorial_request *request, stk_error *error);

/** warming --effects: what each choice does alone, around the request's reference; and to the gap
 * of the levels that the options ask for. */
stk_status warming_effects(query *q, const stk_data *data, const stk_warming_model *model,
                           const stk_factorial_request *request, const stk_options *levels,
                           stk_error *error);

/** assess --area: what an area is heading for, and what it changed. */
typedef struct area_request {
    stk_options options;
    stk_date since; /**< 0: no comparison */
    int year;
} area_request;

/** Answer for the area of the option. */
stk_status assess_area(query *q, const stk_data *data, const area_request *request,
                       stk_error *error);

/** assess --parties: the level of everything that the world is the sum of. */
stk_status assess_parties(query *q, const stk_data *data, const area_request *request,
                          stk_error *error);

/** An option that was given and says nothing of an area; NULL if there is none. */
const char *assess_area_refuses(const query *q);

/** country without an area: what everything that emits stands at. */
stk_status country_list(query *q, const stk_data *data, const stk_world *world, stk_error *error);

/** The tables of an area, by the places of --table's choices. */
enum { COUNTRY_PATHWAY, COUNTRY_DOCUMENTS, COUNTRY_NET_ZERO, COUNTRY_PROFILE, COUNTRY_PER_HEAD };

/** Make one of them; NULL where it is refused. */
stk_status country_table(const query *q, const stk_data *data, const stk_world *world,
                         const query_area *area, int which, stk_table **table, stk_error *error);

/** The pathway, with the note on the joint document in each row. */
stk_table *country_path_table(const stk_data *data, const query_area *area);

enum { AIMS_MAX = STK_NET_ZERO_LAW };

/** The net-zero aims of a date, weakest standing first: a standing that asks for more may have
 * another event behind it, and another year. */
int country_aims(const stk_pledges *pledges, const char *iso3, stk_as_of as_of,
                 stk_net_zero_aim aims[AIMS_MAX]);

/** The head of a country's sheet: lines for people, without net zero. */
void profile_write(const query_area *area, const stk_profile *profile, const char *gwp,
                   stk_buffer *out);

/** The same figures as an object; NULL without memory. */
json_t *profile_json(const stk_profile *profile);

/** data check PATH. */
stk_status data_check(query *q, const char *path, stk_error *error);

/** What a chart and the report are told: the number of threads; and that --since is before --as-of.
 */
stk_status request_check(query *q, content_request *request, stk_error *error);

/** Fill the request from the options and the data; `threads` and `charts` stay. */
stk_status request_read(query *q, const stk_data *data, content_request *request, stk_error *error);

/** finance: what is asked, with what it is asked of. */
typedef struct finance_request {
    const stk_inventory *inventory;
    stk_finance_view view;
    const stk_finance_goal *goal; /* of the option, or NULL */
    const char *contributors_by;  /* the one source of contributors that is asked for, or NULL */
    stk_finance_weights weights;
    int year; /* 0: every one */
    bool public_only;
    stk_date since; /* 0: not asked */
} finance_request;

/** finance AREA. */
stk_status finance_area(query *q, const finance_request *r, stk_error *error);

/** finance --since.
 * @param area  NULL: goals, figures and all contributors */
stk_status finance_learned(query *q, const finance_request *r, const stk_area_set *area,
                           stk_error *error);

/** Write a table with what every answer on finance says besides: how many rows stay out, as a line
 * of text, a remark or a member of the JSON.
 * @param name    of the JSON document, "finance area"
 * @param facts   more for the JSON; is released
 * @param notes   lines under the table; may be NULL */
stk_status finance_write(query *q, const finance_request *r, const char *name,
                         const stk_finance_scope *scope, stk_table *table, json_t *facts,
                         const stk_buffer *preface, const stk_buffer *notes, stk_error *error);

#endif
