/** @file fuzz_net_zero.c
 * @brief The reader of net-zero events, and the aims that follow from what it accepts.
 */
#include "fuzz.h"

static const char header[] =
    "iso3,date,year,standing,scope,document,source_url,source_dataset,confidence,notes\n";

static stk_pledges *no_pledges(void)
{
    static const char yaml[] = "iso3: BRA\nparty: Brazil\ndocuments:\n"
                               "- submission_date: 2016-01-01\n  status: submitted\n  targets:\n"
                               "  - {target_year: 2030, kind: none, confidence: A}\n";
    stk_pledges *pledges;
    FUZZ_CHECK(stk_pledges_read("BRA.yaml", (stk_text){yaml, sizeof yaml - 1}, NULL, &pledges, NULL,
                                NULL) == STK_OK);
    return pledges;
}

/* What asks for less may rest on a newer event, never on an older one. */
static void check_aims(const stk_pledges *pledges, const stk_net_zero_event *on)
{
    stk_as_of as_of = {.date = on->date};
    stk_net_zero_aim stronger = {0, STK_NET_ZERO_NONE, NULL};
    for (int s = STK_NET_ZERO_LAW; s >= STK_NET_ZERO_PROPOSED; s--) {
        stk_net_zero_aim aim;
        bool has = stk_pledges_net_zero_aim(pledges, on->iso3, as_of, (stk_net_zero)s, &aim);
        FUZZ_CHECK(has == (aim.year != 0) && has == (aim.event != NULL));
        FUZZ_CHECK(has || stronger.event == NULL);
        if (has) {
            FUZZ_CHECK(aim.standing >= (stk_net_zero)s && aim.event->date <= on->date);
            FUZZ_CHECK(aim.year >= stk_date_year(aim.event->date) && aim.year <= 2100);
            FUZZ_CHECK(stronger.event == NULL || aim.event >= stronger.event);
        }
        stronger = aim;
    }
}

static void check_events(const stk_pledges *pledges)
{
    size_t count;
    const stk_net_zero_event *events = stk_pledges_net_zero_events(pledges, &count);
    for (size_t i = 0; i < count; i++) {
        size_t own;
        const stk_net_zero_event *first = stk_pledges_net_zero_of(pledges, events[i].iso3, &own);
        int order = i == 0 ? -1 : strcmp(events[i - 1].iso3, events[i].iso3);
        FUZZ_CHECK(order <= 0 && (order < 0 || events[i - 1].date <= events[i].date));
        FUZZ_CHECK(first <= &events[i] && &events[i] < first + own);
        check_aims(pledges, &events[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* the header is given where it is missing, so that runs do not end at it */
    bool whole = size >= 5 && memcmp(data, "iso3,", 5) == 0;
    size_t before = whole ? 0 : sizeof header - 1;
    char *bytes = malloc(before + size + 1);
    size_t count;
    stk_error error;
    stk_problems problems = {0};
    stk_pledges *pledges = no_pledges();
    FUZZ_CHECK(bytes != NULL);
    memcpy(bytes, header, before);
    if (size > 0) {
        memcpy(bytes + before, data, size);
    }
    stk_status status = stk_pledges_read_net_zero(
        pledges, "net_zero.csv", (stk_text){bytes, before + size}, NULL, &problems, &error);
    if (status != STK_OK) {
        fuzz_check_error(status, &error);
        stk_pledges_net_zero_events(pledges, &count);
        FUZZ_CHECK(count == 0 && problems.count > 0);
    } else {
        FUZZ_CHECK(problems.count == 0);
        check_events(pledges);
    }
    free(bytes); /* events keep copies */
    stk_problems_free(&problems);
    stk_pledges_free(pledges);
    return 0;
}
