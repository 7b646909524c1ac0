/** @file fuzz_overlay.c
 * @brief A user's documents laid over the edition's, what is supposed on top, and all taken back.
 */
#include "fuzz.h"

#include <stocktake/what_if.h>

static stk_world *make(const stk_pledges *pledges)
{
    stk_error error;
    stk_world *world = NULL;
    const stk_data *data = fuzz_data();
    const stk_options options = {.as_of = {.date = 20261101}};
    stk_status status =
        stk_world_make(data->inventory, pledges, data->baseline, &options, &world, &error);
    if (status != STK_OK) {
        fuzz_check_error(status, &error);
    }
    return world;
}

static void suppose(stk_world *world)
{
    stk_error error;
    stk_pledges *over = NULL;
    stk_what_if *what_if = malloc(sizeof *what_if);
    FUZZ_CHECK(what_if != NULL);
    if (stk_what_if_parse(world, stk_text_of("BRA 2035=-10%"), what_if, &error) == STK_OK) {
        FUZZ_CHECK(stk_what_if_apply(what_if, world, &over, NULL, &error) == STK_OK);
    }
    stk_world_free(world);
    stk_pledges_free(over);
    free(what_if);
}

FUZZ_BEFORE_INPUTS(fuzz_data())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    stk_error error;
    stk_pledges *read = NULL;
    stk_pledges *laid = NULL;
    const stk_text content = {(const char *)data, size};
    stk_status status =
        stk_pledges_read("fuzz", content, fuzz_data()->inventory, &read, NULL, &error);
    if (status == STK_OK) {
        status = stk_pledges_overlay(fuzz_data()->pledges, read, &laid, &error);
    }
    if (status != STK_OK) {
        fuzz_check_error(status, &error);
        return 0;
    }
    FUZZ_CHECK(stk_pledges_base(laid) == fuzz_data()->pledges);
    stk_world *world = make(laid);
    if (world != NULL) {
        suppose(world);
    }
    stk_pledges_free(laid);
    return 0;
}
