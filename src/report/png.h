/** @file png.h
 * @brief An SVG as a PNG, through librsvg and cairo.
 */
#ifndef STK_REPORT_PNG_H
#define STK_REPORT_PNG_H

#include "base/buffer.h"

/** @param scale  pixels of the picture for one of the drawing
 * @return STK_ENOTFOUND when the library was built without librsvg; STK_EFORMAT, STK_EMEM */
stk_status stk_png_render(stk_text svg, double scale, stk_buffer *png, stk_error *error);

#endif
