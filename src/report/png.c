/** @file png.c
 * @brief An SVG as a PNG, through librsvg and cairo.
 *
 * librsvg brings some forty other libraries. It is loaded when a picture is asked for and not when
 * the program starts, because loading them takes longer than computing a whole assessment's
 * pathways.
 */
#include "report/report.h"

#ifdef STK_HAVE_RSVG

#include <errno.h>

#include <librsvg/rsvg.h>

#include "base/loaded.h"

/* What is used of librsvg, and of cairo and GObject, which come with it. */
#define FUNCTIONS(X)                                                                               \
    X(rsvg_handle_new_from_data)                                                                   \
    X(rsvg_handle_get_intrinsic_size_in_pixels)                                                    \
    X(rsvg_handle_render_document)                                                                 \
    X(cairo_image_surface_create)                                                                  \
    X(cairo_create)                                                                                \
    X(cairo_scale)                                                                                 \
    X(cairo_status)                                                                                \
    X(cairo_surface_write_to_png_stream)                                                           \
    X(cairo_destroy)                                                                               \
    X(cairo_surface_destroy)                                                                       \
    X(g_object_unref)

#undef g_object_unref /* a macro that checks types */

typedef struct renderer {
    FUNCTIONS(STK_LOADED_MEMBER)
} renderer;

static bool load(renderer *r)
{
#define PLACE(name) STK_LOADED_PLACE(renderer, name)
    static const stk_loaded functions[] = {FUNCTIONS(PLACE)};
#undef PLACE
    return stk_load(STK_RSVG_FILE, r, functions, sizeof functions / sizeof *functions);
}

static cairo_status_t append(void *user, const unsigned char *data, unsigned int size)
{
    stk_buffer *out = user;
    stk_buffer_append(out, (stk_text){(const char *)data, size});
    return out->failed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static stk_status draw(const renderer *r, RsvgHandle *handle, double width, double height,
                       double scale, stk_buffer *png, stk_error *error)
{
    RsvgRectangle room = {0, 0, width, height};
    cairo_surface_t *surface = r->cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32, (int)(width * scale + 0.5), (int)(height * scale + 0.5));
    cairo_t *context = r->cairo_create(surface);
    r->cairo_scale(context, scale, scale);
    errno = 0; /* a picture that lacks a letter for want of memory is told as drawn */
    bool drawn = r->rsvg_handle_render_document(handle, context, &room, NULL) &&
                 r->cairo_status(context) == CAIRO_STATUS_SUCCESS && errno != ENOMEM &&
                 r->cairo_surface_write_to_png_stream(surface, append, png) == CAIRO_STATUS_SUCCESS;
    r->cairo_destroy(context);
    r->cairo_surface_destroy(surface);
    return drawn ? STK_OK
                 : stk_error_set(error, STK_EFORMAT,
                                 "the chart cannot be drawn as PNG; it may take too much memory");
}

stk_status stk_png_render(stk_text svg, double scale, stk_buffer *png, stk_error *error)
{
    renderer r = {0};
    double width;
    double height;
    if (!load(&r)) {
        return stk_error_set(error, STK_ENOTFOUND,
                             "PNG needs librsvg, and " STK_RSVG_FILE
                             " is not installed here or finds no memory");
    }
    RsvgHandle *handle =
        r.rsvg_handle_new_from_data((const unsigned char *)svg.data, svg.size, NULL);
    if (handle == NULL) {
        return stk_error_set(error, STK_EFORMAT,
                             "librsvg cannot read the chart; there may be too little memory");
    }
    stk_status status = r.rsvg_handle_get_intrinsic_size_in_pixels(handle, &width, &height)
                            ? draw(&r, handle, width, height, scale, png, error)
                            : stk_error_set(error, STK_EFORMAT, "the chart has no size");
    r.g_object_unref(handle);
    return status != STK_OK ? status : stk_buffer_status(png, error);
}

#else

stk_status stk_png_render(stk_text svg, double scale, stk_buffer *png, stk_error *error)
{
    (void)svg;
    (void)scale;
    (void)png;
    return stk_error_set(error, STK_ENOTFOUND,
                         "this build has no PNG: librsvg was missing when it was made");
}

#endif
