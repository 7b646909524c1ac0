/** @file fairness_cases.c
 * @brief `stocktake fairness --world`: the rules of fair shares on an invented world.
 */
#include "question/fairness.h"

#include <stdlib.h>

#include <stocktake/equity.h>

typedef struct invented {
    stk_text areas;
    stk_text pathway;
    stk_text warming;
    stk_text cases;
    stk_equity_file *file;
} invented;

static stk_status read_one(query *q, const char *option, stk_text *content, stk_error *error)
{
    const char *path = query_value(q, option);
    return path == NULL ? STK_OK : query_read_file(q, option, path, content, error);
}

static stk_status check_usage(query *q, stk_error *error)
{
    static const char *const together[] = {"world", "world-pathway", "cases"};
    for (size_t i = 0; i < sizeof together / sizeof *together; i++) {
        if (!query_given(q, together[i])) {
            return query_usage(q, error,
                               "--world, --world-pathway and --cases go together: --%s "
                               "is missing",
                               together[i]);
        }
    }
    if (q->operand_count > 0) {
        return query_usage(q, error, "an invented world has no '%s': --cases names its areas",
                           q->operands[0]);
    }
    int format = query_format(q);
    return format == QUERY_TEXT || format == QUERY_CSV
               ? STK_OK
               : query_usage(q, error, "--cases are filled in as CSV alone");
}

static stk_status read_world(query *q, invented *w, stk_error *error)
{
    double threshold;
    const char *given = query_value(q, "threshold");
    stk_status status;
    STK_TRY(read_one(q, "world", &w->areas, error));
    STK_TRY(read_one(q, "world-pathway", &w->pathway, error));
    STK_TRY(read_one(q, "world-warming", &w->warming, error));
    STK_TRY(read_one(q, "cases", &w->cases, error));
    STK_TRY(stk_equity_file_read(query_value(q, "world"), w->areas, query_value(q, "world-pathway"),
                                 w->pathway, &w->file, error));
    if (w->warming.data != NULL) {
        STK_TRY(stk_equity_file_theta(w->file, query_value(q, "world-warming"), w->warming, error));
    }
    if (given != NULL) {
        if (!stk_text_number(stk_text_of(given), &threshold) ||
            !(threshold >= 0 && threshold < FAIRNESS_THRESHOLD_END)) {
            return query_usage(
                q, error, "--threshold: '%s' is refused; allowed: 0 or more, below 1e12", given);
        }
        stk_equity_file_threshold(w->file, threshold);
    }
done:
    return status;
}

stk_status fairness_answer_cases(query *q, stk_error *error)
{
    invented w = {.file = NULL};
    char *filled = NULL;
    size_t size = 0;
    stk_status status;
    STK_TRY(check_usage(q, error));
    STK_TRY(read_world(q, &w, error));
    STK_TRY(stk_equity_file_cases(w.file, query_value(q, "cases"), w.cases, &filled, &size, error));
    stk_buffer_append(&q->out, (stk_text){filled, size});
done:
    free(filled);
    stk_equity_file_free(w.file);
    free((char *)w.areas.data);
    free((char *)w.pathway.data);
    free((char *)w.warming.data);
    free((char *)w.cases.data);
    return status;
}
