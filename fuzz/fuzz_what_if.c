/** @file fuzz_what_if.c
 * @brief The words of a what-if. What is accepted is laid over and drawn, and its own words mean
 * the same.
 */
#include "fuzz.h"

static stk_world *today(void)
{
    static stk_world *world;
    const stk_data *data = fuzz_data();
    stk_options options = {.as_of = {.date = 20261101}};
    FUZZ_CHECK(world != NULL || stk_world_make(data->inventory, data->pledges, data->baseline,
                                               &options, &world, NULL) == STK_OK);
    return world;
}

FUZZ_BEFORE_INPUTS(fuzz_data())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    stk_text words = {(const char *)data, size};
    static stk_what_if what_if;
    static stk_what_if again;
    stk_error error;
    stk_world *world = today();
    stk_status status = stk_what_if_parse(world, words, &what_if, &error);
    if (status != STK_OK) {
        fuzz_check_error(status, &error);
        return 0;
    }
    stk_pledges *over;
    FUZZ_CHECK(stk_what_if_parse(world, stk_text_of(what_if.words), &again, &error) == STK_OK);
    FUZZ_CHECK(again.kind == what_if.kind && again.year == what_if.year &&
               again.level_mt == what_if.level_mt && again.change_pct == what_if.change_pct);
    FUZZ_CHECK(memcmp(again.areas.members, what_if.areas.members, sizeof again.areas.members) == 0);
    FUZZ_CHECK(stk_what_if_apply(&what_if, world, &over, NULL, &error) == STK_OK);
    FUZZ_CHECK(stk_world_replace_all(world, fuzz_data()->pledges, stk_pledges_over(over), &error) ==
               STK_OK);
    stk_pledges_free(over);
    return 0;
}
