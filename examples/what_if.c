/* What if India had another target: the gap of 2040 before and after, and what a refusal says. */
#include <stdio.h>

#include <stocktake.h>

static double gap_gt(stk_session *s)
{
    if (stk_session_update(s, STK_UPDATE_LEVELS) != STK_DONE) {
        fprintf(stderr, "what_if: %s\n", stk_session_message(s));
        return 0;
    }
    return stk_session_array(s, "gap", NULL, NULL)[1];
}

int main(void)
{
    stk_session *s;
    stk_session_open(NULL, &s);
    stk_session_set(s, "as-of", "2025-11-15");
    stk_session_set(s, "year", "2040");
    printf("as pledged: %.2f Gt\n", gap_gt(s));
    stk_session_target(s, "India", "2040=2500Mt");
    printf("with 2500 Mt in India: %.2f Gt\n", gap_gt(s));
    stk_session_what_if(s, "CHN 2040=5000Mt");
    printf("with 5000 Mt in China as well: %.2f Gt\n", gap_gt(s));
    stk_session_reset(s, NULL);
    printf("as pledged again: %.2f Gt\n", gap_gt(s));
    if (stk_session_target(s, "India", "2040=much") != STK_DONE) {
        printf("refused: %s\n", stk_session_message(s));
    }
    stk_session_close(s);
    return 0;
}
