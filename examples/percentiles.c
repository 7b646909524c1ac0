/* Percentiles of warming for a scenario in memory: rows in, temperatures of the ensemble out. */
#include <stdio.h>
#include <string.h>

#include <stocktake.h>

/* CO2 falls to nothing; gases that are not given are those of the nearest scenario of the edition.
 */
static const int years[] = {2023, 2030, 2050, 2100};
static const double fossil[] = {37000, 24000, 0, 0};
static const double land[] = {4000, 2000, 0, 0};

/* The numbers of a column of the last answer, NULL if it has no such column. */
static const double *column(stk_session *s, int columns, const char *wanted)
{
    for (int c = 0; c < columns; c++) {
        const char *name;
        int type;
        const void *values = stk_session_column(s, c, &name, NULL, &type);
        if (strcmp(name, wanted) == 0 && type == STK_COLUMN_NUMBERS) {
            return (const double *)values;
        }
    }
    return NULL;
}

int main(void)
{
    stk_session *s;
    int rows, columns;
    stk_session_open(NULL, &s);
    if (stk_session_rows(s, "mine", "to nothing", "Emissions|CO2|Energy and Industrial Processes",
                         "Mt CO2/yr", years, fossil, 4) != STK_DONE ||
        stk_session_rows(s, "mine", "to nothing", "Emissions|CO2|AFOLU", "Mt CO2/yr", years, land,
                         4) != STK_DONE ||
        stk_session_run(s, "climate fill", NULL, NULL, &rows, &columns) != STK_DONE) {
        fprintf(stderr, "percentiles: %s\n", stk_session_message(s));
        stk_session_close(s);
        return 1;
    }
    const double *year = column(s, columns, "year"), *low = column(s, columns, "p5_k"),
                 *median = column(s, columns, "p50_k"), *high = column(s, columns, "p95_k");
    if (year == NULL || low == NULL || median == NULL || high == NULL) {
        fprintf(stderr, "percentiles: the answer lacks a column\n");
        stk_session_close(s);
        return 1;
    }
    for (int r = 0; r < rows; r++) {
        if (year[r] == 2050 || year[r] == 2100) {
            printf("%.0f: %.2f (%.2f to %.2f) K above 1850-1900\n", year[r], median[r], low[r],
                   high[r]);
        }
    }
    stk_session_close(s);
    return 0;
}
