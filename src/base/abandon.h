/** @file abandon.h
 * @brief Names of files that are on their way, for a handler of signals to remove.
 */
#ifndef STK_BASE_ABANDON_H
#define STK_BASE_ABANDON_H

#include <stdbool.h>

/** Remember the name of a file that goes when the process is ended; the text stays where it is
 * until it is forgotten. More names than there is room for are left behind, and no harm. */
void stk_abandon_remember(const char *path);
void stk_abandon_forget(const char *path);

/** Remove them, from a handler of signals; false, and nothing removed, between
 * stk_abandon_hold(true) and stk_abandon_hold(false), while files get their names. */
bool stk_abandon_all(void);
void stk_abandon_hold(bool hold);

#endif
