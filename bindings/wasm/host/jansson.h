/** @file jansson.h
 * @brief JSON in the browser: none. Every value is one inert value, and what would be written is
 * refused (document.c).
 *
 * The page takes texts, columns and arrays; a JSON library would be a tenth of the engine.
 */
#ifndef STK_WASM_JANSSON_H
#define STK_WASM_JANSSON_H

#include <stddef.h>
#include <stdio.h>

typedef struct json_t {
    int nothing;
} json_t;
typedef long long json_int_t;
typedef struct json_error_t {
    char text[1];
} json_error_t;

static inline json_t *json_nothing(void)
{
    static json_t nothing;
    return &nothing;
}

#define json_pack(...) (json_unused(__VA_ARGS__), json_nothing())
static inline void json_unused(const char *format, ...)
{
    (void)format;
}

#define json_object() json_nothing()
#define json_array() json_nothing()
#define json_null() json_nothing()
#define json_true() json_nothing()
#define json_boolean(value) ((void)(value), json_nothing())
#define json_string(text) ((void)(text), json_nothing())
#define json_stringn(text, size) ((void)(text), (void)(size), json_nothing())
#define json_integer(value) ((void)(value), json_nothing())
#define json_real(value) ((void)(value), json_nothing())
#define json_deep_copy(value) ((void)(value), json_nothing())
#define json_loadb(bytes, size, flags, error)                                                      \
    ((void)(bytes), (void)(size), (void)(flags), (error)->text[0] = '?', (json_t *)NULL)
#define json_incref(value) ((void)(value), json_nothing())
#define json_decref(value) ((void)(value))

#define json_object_get(object, name) ((void)(object), (void)(name), (json_t *)NULL)
#define json_object_set_new(object, name, value) ((void)(object), (void)(name), (void)(value), 0)
#define json_object_update(object, other) ((void)(object), (void)(other), 0)
#define json_object_del(object, name) ((void)(object), (void)(name), 0)
#define json_object_clear(object) ((void)(object), 0)
#define json_object_size(object) ((void)(object), (size_t)1)
#define json_array_append_new(array, value) ((void)(array), (void)(value), 0)
#define json_array_get(array, i) ((void)(array), (void)(i), (json_t *)NULL)
#define json_array_size(array) ((void)(array), (size_t)0)
#define json_equal(a, b) ((void)(a), (void)(b), 0)
#define json_string_value(value) ((void)(value), (const char *)NULL)
#define json_integer_value(value) ((void)(value), (json_int_t)0)
#define json_is_array(value) ((void)(value), 0)
#define json_is_object(value) ((void)(value), 0)
#define json_is_string(value) ((void)(value), 0)
#define json_is_integer(value) ((void)(value), 0)
#define json_is_true(value) ((void)(value), 0)
#define json_object_foreach(object, name, value)                                                   \
    if ((void)(object), (name) = "", (value) = NULL, 1) {                                          \
    } else
#define json_array_foreach(array, i, value)                                                        \
    if ((void)(array), (i) = 0, (value) = NULL, 1) {                                               \
    } else

#define JSON_INDENT(n) (n)
#define JSON_COMPACT 0

#endif
