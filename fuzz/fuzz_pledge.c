/** @file fuzz_pledge.c
 * @brief The pledge readers: YAML, or the table if the input starts with the table's first column.
 * What is accepted makes the round trip and is quantified.
 */
#include "fuzz.h"

static void round_trip(const stk_pledges *pledges)
{
    size_t count;
    const stk_target *targets = stk_pledges_party(pledges, 0, &count);
    stk_pledges *again;
    stk_text first;
    stk_text second;
    stk_text yaml;
    stk_error error;
    FUZZ_CHECK(stk_pledges_write_csv(pledges, &first, &error) == STK_OK);
    FUZZ_CHECK(stk_pledges_read("a.csv", first, NULL, &again, NULL, &error) == STK_OK);
    FUZZ_CHECK(stk_pledges_write_csv(again, &second, &error) == STK_OK);
    FUZZ_CHECK(first.size == second.size && memcmp(first.data, second.data, first.size) == 0);
    stk_pledges_free(again);
    free((char *)second.data);
    bool one_party = stk_pledges_party_count(pledges) == 1;
    if (one_party) {
        bool one_name = true; /* of the Party, which a table may spell in two ways */
        for (size_t i = 1; i < count; i++) {
            one_name = one_name && strcmp(targets[0].party, targets[i].party) == 0;
        }
        FUZZ_CHECK(stk_pledges_write_yaml(pledges, targets[0].iso3, &yaml, &error) == STK_OK);
        FUZZ_CHECK(stk_pledges_read("a.yaml", yaml, NULL, &again, NULL, &error) == STK_OK);
        FUZZ_CHECK(stk_pledges_write_csv(again, &second, &error) == STK_OK);
        FUZZ_CHECK(!one_name ||
                   (first.size == second.size && memcmp(first.data, second.data, first.size) == 0));
        stk_pledges_free(again);
        free((char *)second.data);
        free((char *)yaml.data);
    }
    free((char *)first.data);
}

static void make_world(const stk_pledges *pledges)
{
    const stk_data *data = fuzz_data();
    stk_options options = {.as_of = {.date = 20300101, .include_announced = true}};
    stk_world *world;
    FUZZ_CHECK(stk_world_make(data->inventory, pledges, data->baseline, &options, &world, NULL) ==
               STK_OK);
    stk_world_free(world);
}

FUZZ_BEFORE_INPUTS(fuzz_data())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    stk_text content = {(const char *)data, size};
    bool table = size > 5 && memcmp(data, "iso3,", 5) == 0;
    stk_pledges *pledges;
    stk_problems problems = {0};
    stk_error error;
    stk_status status =
        stk_pledges_read(table ? "f.csv" : "f.yaml", content, NULL, &pledges, &problems, &error);
    if (status != STK_OK) {
        fuzz_check_error(status, &error);
        FUZZ_CHECK(pledges == NULL && problems.count > 0);
    } else {
        round_trip(pledges);
        make_world(pledges);
        stk_pledges_free(pledges);
    }
    stk_problems_free(&problems);
    return 0;
}
