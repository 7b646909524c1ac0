/** @file scenario_share.h
 * @brief Which scenarios of a file are whose.
 *
 * Scenarios are numbered in the order of their first rows. Blocks of eight go round the ranks, so
 * that a rank can tell its own while the file is read, and what every rank writes for a round of
 * blocks is one piece of the output.
 */
#ifndef STK_SCENARIO_SHARE_H
#define STK_SCENARIO_SHARE_H

#include <stocktake/scenario.h>

enum { SHARE_BLOCK = 8 };

typedef struct scenario_share {
    int own;
    int ranks;
    stk_iamc *names; /* a row for each scenario of the file, whoever has it, with its first line */
    char *text;      /* scratch */
    size_t text_size;
    size_t last; /* number of the row before; names->row_count at first */
    bool failed; /* there was no memory for a name */
} scenario_share;

stk_status share_open(scenario_share *share, int own, int ranks, stk_error *error);
void share_close(scenario_share *share);

/* The `mine` of a ::stk_iamc_filter: numbers the scenarios on the way. */
bool share_is_mine(void *share, const stk_iamc_seen *row);

/* How many scenarios there are, and how many of them are of a rank. */
size_t share_total(const scenario_share *share);
size_t share_count(const scenario_share *share, int rank);

/* How many blocks the rank with most of them has. */
size_t share_rounds(const scenario_share *share);

/* Number of a scenario; share_total() for one that is not in the file. */
size_t share_number(const scenario_share *share, const char *model, const char *scenario);

/* Whose a scenario is, and its index among those. */
int share_owner(const scenario_share *share, size_t number, size_t *index);
size_t share_number_of(const scenario_share *share, int owner, size_t index);

#endif
