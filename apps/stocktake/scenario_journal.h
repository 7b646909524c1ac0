/** @file scenario_journal.h
 * @brief What the climate ensemble made of scenarios, kept on disk as soon as it is there.
 *
 * Every rank appends to a file of its own in the output folder. A record says by a key what it is
 * the result of, so that a run that goes on takes what fits, whoever computed it, and nothing else.
 * Files are ensemble.RUN-RANK.part; a run that goes on starts new ones.
 */
#ifndef STK_SCENARIO_JOURNAL_H
#define STK_SCENARIO_JOURNAL_H

#include <stocktake/scenario.h>

enum { JOURNAL_KEY = 32 };

typedef struct journal_record {
    unsigned char key[JOURNAL_KEY]; /* SHA-256 of everything that the result depends on */
    uint64_t scenario;              /* its number in the run that wrote it: a hint */
    uint32_t status;                /* a stk_status: why there is no result */
    uint32_t members;
    char message[512]; /* of that failure */
} journal_record;

typedef struct journal journal;

/* A journal of records with `values` numbers each. `file` is that of this process; it is made when
 * the first record is written. */
stk_status journal_open(const char *folder, size_t values, uint32_t file, journal **opened,
                        stk_error *error);
void journal_close(journal *j);

/* Write a record; `*place` receives where it can be found again, which is never 0. */
stk_status journal_write(journal *j, const journal_record *record, const double *values,
                         uint64_t *place, stk_error *error);

/* Everything is in the file, for other processes too. */
stk_status journal_flush(journal *j, stk_error *error);

stk_status journal_read(journal *j, uint64_t place, journal_record *record, double *values,
                        stk_error *error);

/* Files that are in the folder, freed with free(). Names are numbers: the run times 2^20, plus the
 * rank. */
enum { JOURNAL_RANK_BITS = 20 };
stk_status journal_find(const char *folder, uint32_t **files, size_t *count, stk_error *error);

/* Call `take` for every record of a file that is whole. Files of another kind have none. */
stk_status journal_scan(journal *j, uint32_t file,
                        void (*take)(void *user, const journal_record *record, uint64_t place),
                        void *user, stk_error *error);

void journal_remove(const char *folder, uint32_t file);

#endif
