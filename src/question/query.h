/** @file query.h
 * @brief One question as it is asked: options, operands, the data that it is about, the answer.
 *
 * Whoever asks zeroes a query, sets what is asked, calls query_answer(), takes `out` and closes it.
 * Nothing here prints, and nothing is kept from one query to the next.
 */
#ifndef STK_QUESTION_QUERY_H
#define STK_QUESTION_QUERY_H

#include <stocktake/profile.h>
#include <stocktake/timeline.h>
#include <stocktake/warming.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/document.h"
#include "base/try.h"
#include "dataset/dataset.h"
#include "question/question.h"
#include "question/supposed.h"

/** What an answer can be written as. Questions that give tables have the first three. */
enum {
    QUERY_TEXT = STK_FORMAT_TEXT,
    QUERY_CSV = STK_FORMAT_CSV,
    QUERY_JSON = STK_FORMAT_JSON,
    QUERY_IAMC,
    QUERY_NETCDF
};

/** Where a result comes from: noted while things are read, told by JSON and NetCDF. */
typedef struct query_notes {
    json_t *inputs;     /**< the user's files: {role, file, sha256} */
    char edition[4096]; /**< "" until one was read */
    char edition_sha256[STK_SHA256_SIZE];
    stk_date as_of;      /**< 0: the question has none */
    stk_date known_from; /**< 0: the question is of no pledges */
    stk_date known_until;
    json_t *benchmark;
    struct query_file *files; /**< that are read again after they were noted */
    bool failed; /**< something could not be noted: no answer says where it comes from */
} query_notes;

struct query {
    /* set by whoever asks */
    const question *question;
    const char *values[QUESTION_OPTIONS_MAX]; /**< parallel to the question's options; "" for a
                                                   switch that is set */
    bool held[QUESTION_OPTIONS_MAX];          /**< the value is one that a session holds */
    int operand_count;
    const char *operands[QUESTION_OPERANDS_MAX];
    bool *looked; /**< [option] which were looked at, for whoever tells of the others; or NULL */
    const char *format;         /**< of the answer where --format does not say it, or NULL */
    const char *edition_folder; /**< where --edition does not name one; NULL: the embedded one */
    const stk_data *shared;     /**< data that is open already and stays so, or NULL */
    const char *shared_sha256;  /**< checksum of its edition, where that is told */
    const char *laid_over;      /**< whose documents `shared` has besides the edition's, or NULL */
    const stk_warming_model *model; /**< that is open already, or NULL */
    bool keep_table;                /**< the table itself is wanted, as `table` */
    int columns;                    /**< of the terminal that text is for; 0: of no terminal */
    bool (*progress)(void *user, const char *what, size_t done,
                     size_t total); /**< false ends the answer; or NULL */
    void *user;

    /* the answer */
    stk_buffer out;
    stk_table *table;   /**< with `keep_table`, where the answer is one */
    stk_buffer remarks; /**< lines for people besides the answer: what was assumed or left out */
    bool wrong_usage;   /**< the refusal is of how it was asked, not of data */
    bool written;       /**< the answer is in files already */
    bool incomplete;    /**< something that was asked for is left out */
    struct {            /**< a second result that the question was told to write into a file */
        const char *path;
        stk_buffer content;
    } side;

    /* inside */
    stk_data own;
    stk_data use;                 /**< `shared` or `own`, with what is laid over the pledges */
    stk_pledges *from_file;       /**< the documents of --pledges, laid over the edition's */
    const stk_pledges *documents; /**< what was pledged: `use` without what is supposed */
    supposed_list supposed;       /**< of --what-if */
    query_notes notes;
    stk_arena arena;
};

/** Set option `i` to a value that it can have; what is supposed is added to what was supposed. */
stk_status query_set(query *q, int i, const char *value, stk_error *error);

/** The same for a value that was checked, and is not added to anything. */
stk_status query_put(query *q, int i, const char *value, stk_error *error);

/** Refuse too few operands and too many. */
stk_status query_check_operands(query *q, stk_error *error);

/** Check the operands' number and answer.
 * @return what the question's answer() returns; STK_EARG with `wrong_usage` for wrong usage */
stk_status query_answer(query *q, stk_error *error);
void query_close(query *q);

/** @name What was asked
 * @{ */

/** The value of an option, NULL if it was not given ("" for a switch that was). */
const char *query_value(const query *q, const char *name);
bool query_given(const query *q, const char *name);

/** The same, and this question's own words say it: not an option that a session holds for all
 * questions, which may be of no use to one. */
bool query_said(const query *q, const char *name);

/** Index of the value among the choices of the option, `missing` if it was not given. */
int query_choice(const query *q, const char *name, int missing);

/** A whole number from `low` to `high`. */
stk_status query_integer(query *q, const char *name, int missing, int low, int high, int *value,
                         stk_error *error);

/** A date, `missing` if it was not given. It was checked when it was set. */
stk_date query_date(const query *q, const char *name, stk_date missing);

/** Refuse --since where it is not before --as-of. */
stk_status query_check_since(query *q, stk_error *error);

/** The date of --as-of, else today's; noted as that of the answer. */
stk_date query_as_of(query *q);

/** What the option format says, else `format`, else the ending of the output, else text. */
int query_format(const query *q);

/** Refuse the name of an output that promises another format than it gets.
 * @param what   "--output"
 * @param path   may be NULL
 * @param given  the value of the option format, or NULL */
stk_status query_check_name(query *q, const char *what, const char *path, const char *choices,
                            const char *given, stk_error *error);

/** Refuse how it was asked. */
stk_status query_usage(query *q, stk_error *error, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Say something besides the answer, one line. */
void query_remark(query *q, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Zeroed memory that lasts as long as the query; NULL without memory. */
void *query_alloc(query *q, size_t size);

/** @}
 * @name What it is about
 * @{ */

/** The edition, the user's drivers and baselines, read completely. They belong to the query. */
stk_status query_data(query *q, const stk_data **data, stk_error *error);

/** The edition alone, for what the command does with it. The caller frees it. */
stk_status query_edition(query *q, stk_edition **edition, stk_error *error);

/** The inventory alone, for what needs no pledges. It belongs to the query. */
stk_status query_inventory(query *q, const stk_inventory **inventory, stk_error *error);

/** The model options. */
stk_status query_options(query *q, const stk_data *data, stk_options *options, stk_error *error);

/** The world as the model options say; the caller frees it. */
stk_status query_world(query *q, const stk_data **data, stk_world **world, stk_error *error);

/** The file of a value of --benchmark, "FILE.csv" or "FILE.csv:NAME".
 * @return its length, at which `path` is cut if it is `size` or more; 0 if no file is named */
size_t query_benchmark_file(const char *value, char *path, size_t size);

/** The benchmark for a year. */
stk_status query_benchmark(query *q, const stk_data *data, int year, stk_benchmark *benchmark,
                           stk_error *error);

/** The same for every year of a span; years that the benchmark does not have are NaN. */
stk_status query_benchmark_years(query *q, const stk_data *data, int first, int last,
                                 stk_benchmark *benchmarks, stk_error *error);

/** The year of --year, or the headline year of the date.
 * @param other  receives the milestone before it, 0 if there is none or --year was given */
stk_status query_year(query *q, const stk_data *data, stk_date date, int *year, int *other,
                      stk_error *error);

/** The same with the benchmark of the year. One that has only the milestone before the headline
 * year is taken for that. */
stk_status query_year_and_benchmark(query *q, const stk_data *data, stk_date date, int *year,
                                    int *other, stk_benchmark *benchmark, stk_error *error);

/** Years and benchmarks of an assessment whose options are set; the second year only where the
 * benchmark has it. */
stk_status query_years(query *q, const stk_data *data, stk_assess_request *request,
                       stk_error *error);

/** A remark where --gwp gives way to the set of the benchmark. */
void query_tell_set(query *q, const stk_data *data, const stk_options *options,
                    const stk_benchmark *benchmark);

/** An area, a group, a list or the world, and its pathway; from query_alloc(), it is large. */
typedef struct query_area {
    stk_area_set set;
    stk_area_path path; /**< points into `set` */
} query_area;

/** Find what was typed and sum its pathways; names that are not known are refused with the nearest.
 */
stk_status query_find_area(const stk_data *data, const stk_world *world, const char *typed,
                           query_area *area, stk_error *error);

/** The actors of a set (NULL: all) by code; the caller frees the list. NULL without memory. */
const stk_national **query_list_actors(const stk_world *world, const stk_area_set *set,
                                       size_t *count);

/** How people call a GWP set of the data: "AR6". */
const char *query_gwp_label(const stk_data *data, size_t gwp);

/** The progress of a run over pathways, for a `user` that is a query with `progress`. */
bool query_show_pathways(void *user, size_t done, size_t total);

/** "Brazil (BRA)"; the name alone where it is the code too. */
const char *query_area_title(const stk_area_set *set, char out[256]);

/** @}
 * @name Where the answer comes from
 * @{ */

/** Whether the format asked for tells it. */
bool query_tells_origin(const query *q);

/** Read a file of the user's and note its checksum. */
stk_status query_read_file(query *q, const char *role, const char *path, stk_text *content,
                           stk_error *error);

/** Note a file of the user's, or what stands for one. */
void query_note_input(query *q, const char *role, const char *path, const char *sha256);

/** Note a file that was read whole, once. */
void query_note_content(query *q, const char *role, const char *path, stk_text content);

/** Note a file that is read in pieces later: query_check_files() holds it; one that is no regular
 * file is left out, and so is NULL. */
void query_note_file(query *q, const char *role, const char *path);

/** Hold what query_note_file() noted against what is there now, after it was read.
 * @return STK_EIO for a file that changed in between: the checksum may be of other bytes */
stk_status query_check_files(const query *q, stk_error *error);

/** Note name and checksum of an edition, the last one counts.
 * @param pledges  of the edition, or NULL: they are read */
stk_status query_note_edition(query *q, stk_edition *edition, const stk_pledges *pledges,
                              stk_error *error);

/** The question as it would be typed again, with --as-of even where it was today by default;
 * without the options that change no result. */
void query_command_line(const query *q, stk_buffer *out);

/** What a figure is traced by; close it after use.
 * @param name  of the document, such as "gap" */
void query_origin_open(const query *q, const char *name, stk_origin *origin, stk_buffer *line);
void query_origin_close(stk_origin *origin, stk_buffer *line);

/** Add date and benchmark to an object; `flat`: as single texts, for attributes of NetCDF. */
void query_origin_facts(const query *q, json_t **object, bool flat);

/** A JSON document with everything that was noted, or NULL without memory. */
json_t *query_document(const query *q, const char *name);

/** A line on the day up to which documents are known; nothing for a question without a date. */
void query_tell_known_until(query *q);

/** The files and Parties whose documents were laid over the edition's; NULL for none. */
const char *query_own_documents(const query *q);

/** What is supposed, as one text; "" for nothing. It lasts as long as the query. */
const char *query_supposed(query *q);

/** @}
 * @name Writing the answer
 * @{ */

/** Lines above a table, in text only: said before query_write_rows(). */
void query_say(query *q, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Write a table in the format asked for, and release it. `preface` and `notes` surround it in text
 * only; may be NULL.
 * @param name   of a JSON document; NULL: that of the question
 * @param facts  more for its head, an object, which is released; NULL in JSON is STK_EMEM */
stk_status query_write_rows(query *q, const char *name, stk_table *table, json_t *facts,
                            const char *preface, const char *notes, stk_error *error);

/** Whether the answer is a data set, IAMC or NetCDF. */
bool query_is_series(const query *q);

/** Write a data set in the format asked for. */
stk_status query_write_series(query *q, dataset *d, stk_error *error);

/** @} */

#endif
