/** @file intake.h
 * @brief Scenarios of files: numbered in the order of their first rows, their rows on disk.
 *
 * The rows of a scenario may lie anywhere in a file, so all is read before the first scenario is
 * complete. Scenarios are worked on in blocks; a process may take only some of the blocks, and can
 * tell its own while the file is read.
 */
#ifndef STK_WORKFLOW_INTAKE_H
#define STK_WORKFLOW_INTAKE_H

#include <stocktake/climate.h>

enum { STK_BLOCK_SCENARIOS = 8 };

/** Which blocks are read: those of a part, without those that are done. All zeros read all. */
typedef struct stk_share {
    size_t part;      /**< from 0 */
    size_t parts;     /**< blocks go round them; 0 is one part */
    const bool *done; /**< [block], or NULL */
    size_t done_count;
} stk_share;

/** Whether a block is of the part, done or not; whether it is to be read. */
bool stk_share_owns(const stk_share *share, size_t block);
bool stk_share_reads(const stk_share *share, size_t block);

typedef struct stk_intake stk_intake;

/** Read a file; packed ones are unpacked. Its rows go to a file without a name in `scratch`.
 * @param method  knows which variables are wanted; kept by reference, as are the texts
 * @param reported  what is read is checked: rows that check does not take are counted, those of
 *                  other stages and of gases that the method takes from its library
 * @return STK_EIO, and what stk_iamc_read_rows() refuses. A row that is there twice shows when its
 *         scenario is asked for. */
stk_status stk_intake_read(const char *path, const char *scratch, const stk_method *method,
                           const stk_share *share, bool reported, stk_intake **intake,
                           stk_error *error);
void stk_intake_free(stk_intake *intake);

/** The same for several files and the climate model: open, and add one file after the other. A
 * scenario may be spread over them; one without a row that is wanted is none, and noted.
 * @param path  of the first file
 * @param filter  only its `last_year` and `footer` are used */
stk_status stk_intake_open(const char *path, const char *scratch,
                           const stk_calibration *calibration, stk_intake **intake,
                           stk_error *error);
stk_status stk_intake_add(stk_intake *intake, const stk_iamc_input *input,
                          const stk_iamc_filter *filter, stk_error *error);
size_t stk_intake_files(const stk_intake *intake);

/** Path of the file. */
const char *stk_intake_path(const stk_intake *intake);

/** Scenarios of the file, whoever reads them, and blocks of them. */
size_t stk_intake_count(const stk_intake *intake);
size_t stk_intake_blocks(const stk_intake *intake);

/** Model and scenario of a number, with their first line, and as the unit its region or, in the
 * world, its variable: "region 'Asia'". */
const stk_iamc_row *stk_intake_names(const stk_intake *intake, size_t number);

/** Variables that are not taken, as stk_census_unused() has them. */
const stk_iamc *stk_intake_unused(const stk_intake *intake);

/** Number of a scenario; the count for one that is not in the file. */
size_t stk_intake_number(const stk_intake *intake, const char *model, const char *scenario);

/** The scenarios from `first` to before `last` as tables, one for each file, that the caller frees,
 * also after a failure; NULL for files but the first that have none of their rows. Those that were
 * not read have no rows. */
stk_status stk_intake_tables(const stk_intake *intake, size_t first, size_t last, stk_iamc **tables,
                             stk_error *error);

/** Note those of them without a row, which would be missing without a word; with the first of all,
 * what stands below the data, rows of other regions and emissions that are not taken, notes of no
 * scenario.
 */
void stk_intake_note(const stk_intake *intake, size_t first, size_t last,
                     stk_scenario_report *report);

#endif
