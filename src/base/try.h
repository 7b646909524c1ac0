/** @file try.h
 * @brief Steps that end a function at its first failure.
 */
#ifndef STK_BASE_TRY_H
#define STK_BASE_TRY_H

/** Take a step of a function that has a `status` and a label `done`, where it releases what it
 * holds and returns `status`. */
#define STK_TRY(call)                                                                              \
    do {                                                                                           \
        if ((status = (call)) != STK_OK)                                                           \
            goto done;                                                                             \
    } while (0)

/** Leave such a function with a refusal: a call that never returns STK_OK. */
#define STK_FAIL(refusal)                                                                          \
    do {                                                                                           \
        status = (refusal);                                                                        \
        goto done;                                                                                 \
    } while (0)

#endif
