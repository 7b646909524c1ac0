/** @file conferences.h
 * @brief Sessions of the Conference of the Parties, by whose names dates may be given.
 */
#ifndef STK_DATA_CONFERENCES_H
#define STK_DATA_CONFERENCES_H

#include <stocktake/base.h>

/** A row of data/global/conferences.csv, as it was when the program was built. */
typedef struct conference {
    const char *name; /**< "COP30" */
    const char *place;
    const char *first_day;
    const char *closing_day;
} conference;

/** Conference `i` in order of time; NULL after the last. */
const conference *conference_at(int i);

/** The conference of a name, whatever its case and with blanks or a dash in it: "cop 30". NULL for
 * none. */
const conference *conference_find(const char *name);

#endif
