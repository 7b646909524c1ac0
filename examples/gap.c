/* The gap of 2035: what the pledges of one day add up to, less the median of 1.5 degree pathways.
 */
#include <stdio.h>

#include <stocktake.h>

int main(void)
{
    stk_session *s;
    size_t shape[4]; /* hot air, condition, ambition, (world, gap) */
    stk_session_open(NULL, &s);
    stk_session_set(s, "as-of", "2025-11-15");
    stk_session_set(s, "year", "2035");
    if (stk_session_update(s, STK_UPDATE_LEVELS) != STK_DONE) {
        fprintf(stderr, "gap: %s\n", stk_session_message(s));
        stk_session_close(s);
        return 1;
    }
    const double *gap = stk_session_array(s, "gap", shape, NULL);
    printf("world %.1f, gap %.1f Gt CO2e: all that is pledged without conditions, in full\n",
           gap[2], gap[3]);
    stk_session_close(s);
    return 0;
}
