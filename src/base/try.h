/** @file try.h
 * @brief Leaving a function at its first failure.
 */
#ifndef STK_BASE_TRY_H
#define STK_BASE_TRY_H

/** Run a call whose status is kept in `status`; go to the label `done` unless it is STK_OK. */
#define STK_TRY(call) do { if ((status = (call)) != STK_OK) goto done; } while (0)

#endif
