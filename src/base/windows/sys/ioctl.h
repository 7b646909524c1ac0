/** @file ioctl.h
 * @brief The width of the terminal, on Windows.
 */
#ifndef STK_WINDOWS_IOCTL_H
#define STK_WINDOWS_IOCTL_H

struct winsize {
    unsigned short ws_col;
};
enum { TIOCGWINSZ };

int ioctl(int descriptor, int request, struct winsize *size);

#endif
