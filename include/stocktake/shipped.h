/** @file shipped.h
 * @brief What an edition ships for scenarios and the climate: methods, tables, the calibration.
 */
#ifndef STOCKTAKE_SHIPPED_H
#define STOCKTAKE_SHIPPED_H

#include <stocktake/climate.h>
#include <stocktake/edition.h>
#include <stocktake/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The method of scenarios unless another is asked for. */
#define STK_METHOD_DEFAULT "ar6-2015-cdr"

/** A method by its name, such as `ar6-2015-cdr`. `*content` receives its text, which is the
 * edition's; may be NULL.
 * @return STK_ENOTFOUND for a name that the edition does not have */
stk_status stk_shipped_method(stk_edition *edition, const char *name, stk_method **method,
                              stk_text *content, stk_error *error);

/** An IAMC table by its path in the edition; `filter` may be NULL. */
stk_status stk_shipped_table(stk_edition *edition, const char *path, const stk_iamc_filter *filter,
                             stk_iamc **table, stk_error *error);

/** Who is told of each file that is read and its checksum. */
typedef struct stk_shipped_note {
    void (*take)(void *user, const char *path, const char *sha256);
    void *user;
} stk_shipped_note;

/** The calibration in a folder of an edition, "climate/" or "": a file of members
 * (`calibrated_constrained_parameters*.csv` or `*members.csv`), one of species
 * (`species_configs_properties*.csv` or `*species.csv`) and, if there is one, of solar and volcanic
 * forcing (`volcanic_solar*.csv` or `*timebounds.csv`).
 * @param note  may be NULL
 * @return STK_ENOTFOUND where one is not there, STK_EDATA where two of a kind are, both with what
 * is there; what stk_calibration_read() refuses */
stk_status stk_shipped_calibration(stk_edition *edition, const char *folder,
                                   const stk_shipped_note *note, stk_calibration **calibration,
                                   stk_error *error);

/** Take what a calibration lacks of solar and volcanic forcing from a folder of an edition. */
stk_status stk_shipped_natural(stk_edition *edition, const char *folder,
                               const stk_shipped_note *note, stk_calibration *calibration,
                               stk_error *error);

#ifdef __cplusplus
}
#endif
#endif
