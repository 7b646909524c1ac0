/* An answer as columns: the first row of the gap of 2035, a column a line. */
#include <stdio.h>

#include <stocktake.h>

int main(void)
{
    stk_session *s;
    int rows, columns;
    stk_session_open(NULL, &s);
    stk_session_set(s, "as-of", "2025-11-15");
    if (stk_session_table(s, "gap --year 2035", &rows, &columns) != STK_DONE) {
        fprintf(stderr, "table: %s\n", stk_session_message(s));
        stk_session_close(s);
        return 1;
    }
    for (int c = 0; c < columns; c++) {
        const char *name, *unit;
        int type;
        const void *values = stk_session_column(s, c, &name, &unit, &type);
        if (type == STK_COLUMN_NUMBERS) {
            printf("%s%s%s: %.2f\n", name, *unit ? " in " : "", unit, ((const double *)values)[0]);
        } else {
            printf("%s: %s\n", name, ((const char *const *)values)[0]);
        }
    }
    stk_session_close(s);
    return 0;
}
