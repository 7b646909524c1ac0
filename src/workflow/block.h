/** @file block.h
 * @brief Results of blocks of scenarios as files of their own, there completely or not at all.
 *
 * What one process would write is cut into blocks, so that several can share the work and one that
 * was ended can go on. A file is a line of JSON, the sections one after the other, and a checksum
 * of both. The line says what the results depend on (`run`): blocks of another run are told from
 * it. Names are block-000017.part-3-of-8, counted from one.
 */
#ifndef STK_WORKFLOW_BLOCK_H
#define STK_WORKFLOW_BLOCK_H

#include <jansson.h>
#include <stdint.h>

#include <stocktake/base.h>

typedef enum stk_section {
    STK_SECTION_EMISSIONS,       /**< rows of emissions.csv */
    STK_SECTION_CLIMATE,         /**< rows of climate.csv */
    STK_SECTION_META,            /**< rows of meta.csv */
    STK_SECTION_NOTES,           /**< what was left out, see notes.h */
    STK_SECTION_TALLY,           /**< a scenario: category, title, peak and last warming */
    STK_SECTION_EMISSION_VALUES, /**< a row: model, scenario, variable, unit, values; for NetCDF */
    STK_SECTION_WARMING_VALUES,  /**< a scenario: model, scenario, a ::stk_warming; for NetCDF */
    STK_SECTIONS
} stk_section;

typedef struct stk_block {
    size_t number; /**< from 0 */
    size_t part;   /**< of the process that made it, from 0 */
    size_t parts;
    size_t scenarios; /**< of the whole input */
    size_t ready;     /**< scenarios of the block that were infilled */
    size_t failed;    /**< of those, how many the climate has no result for */
    json_t *run;      /**< all that the results depend on; owned by a block that was read */
    stk_text sections[STK_SECTIONS];
    char *content; /**< of a block that was read: what the sections lie in */
} stk_block;

/** A file of a folder. */
typedef struct stk_block_file {
    size_t number;
    size_t part;
    size_t parts;
    bool unfinished; /**< left by a process that was ended while it wrote */
    char name[128];
} stk_block_file;

typedef struct stk_block_files {
    stk_block_file *items; /**< in the order of numbers */
    size_t count;
} stk_block_files;

/** The block files of a folder; free the items with free(). A folder that is not there has none.
 * @return STK_EIO, STK_EMEM */
stk_status stk_block_find(const char *folder, stk_block_files *files, stk_error *error);
void stk_block_remove(const char *folder, const stk_block_file *file);

/** The mark of a folder whose blocks are joined: there while they are removed, so that whoever is
 * ended meanwhile is told from one that lacks blocks. It goes last, and before new blocks come.
 * @param said  what the joining ended with; free its data, which is NULL without a mark */
stk_status stk_block_mark(const char *folder, stk_text said, stk_error *error);
stk_status stk_block_marked(const char *folder, stk_text *said, stk_error *error);
void stk_block_unmark(const char *folder);

stk_status stk_block_write(const char *folder, const stk_block *block, stk_error *error);

/** Read a block, which the caller frees, also after a failure.
 * @return STK_EFORMAT for one that is damaged; STK_EIO, STK_EMEM */
stk_status stk_block_read(const char *folder, const stk_block_file *file, stk_block *block,
                          stk_error *error);
void stk_block_free(stk_block *block);

/** The name of something in which two runs differ; NULL for the same run. */
const char *stk_block_difference(const json_t *run, const json_t *other);

#endif
