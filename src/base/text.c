/** @file text.c
 * @brief Slices of text, numbers in the C locale, dates, annual series.
 */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/base.h>

#include "base/decimal.h"

stk_text stk_text_of(const char *string)
{
    return (stk_text){string, strlen(string)};
}

bool stk_text_equal(stk_text a, const char *b)
{
    /* the first letter tells most words apart, before they are measured */
    return (a.size == 0 || a.data[0] == b[0]) && a.size == strlen(b) &&
           memcmp(a.data, b, a.size) == 0;
}

bool stk_text_same(stk_text a, stk_text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

char stk_char_small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool stk_char_is_alphanumeric(char c)
{
    char small = stk_char_small(c);
    return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9');
}

static bool alike(const char *a, const char *b, size_t size)
{
    size_t i = 0;
    while (i < size && stk_char_small(a[i]) == stk_char_small(b[i])) {
        i++;
    }
    return i == size;
}

bool stk_text_alike(stk_text a, const char *b)
{
    return a.size == strlen(b) && alike(a.data, b, a.size);
}

int stk_text_choice(stk_text text, const char *choices)
{
    int index = 0;
    for (const char *at = choices; at != NULL; index++) {
        const char *end = strchr(at, '|');
        size_t size = end == NULL ? strlen(at) : (size_t)(end - at);
        if (stk_text_same(text, (stk_text){at, size})) {
            return index;
        }
        at = end == NULL ? NULL : end + 1;
    }
    return -1;
}

int stk_text_find(stk_text text, const char *const *words, int count)
{
    for (int i = 0; i < count; i++) {
        if (stk_text_equal(text, words[i])) {
            return i;
        }
    }
    return -1;
}

bool stk_text_contains(stk_text haystack, const char *needle)
{
    size_t size = strlen(needle);
    const char *at = haystack.data;
    if (size == 0) {
        return true;
    }
    if (size > haystack.size) {
        return false;
    }
    const char *last = haystack.data + haystack.size - size;
    while (at <= last && (at = memchr(at, needle[0], (size_t)(last - at) + 1)) != NULL) {
        if (memcmp(at, needle, size) == 0) {
            return true;
        }
        at++;
    }
    return false;
}

stk_text stk_text_cut(stk_text text, size_t limit)
{
    size_t length = text.size < limit ? text.size : limit;
    while (length < text.size && length > 0 && ((unsigned char)text.data[length] & 0xc0) == 0x80) {
        length--;
    }
    return (stk_text){text.data, length};
}

const char *stk_text_start(const char *string, size_t limit, char *out)
{
    stk_text cut = stk_text_cut(stk_text_of(string == NULL ? "" : string), limit);
    memcpy(out, cut.data, cut.size);
    out[cut.size] = '\0';
    return out;
}

/* The bytes at the end of a text that are the start of a character without its rest. */
static size_t torn_end(const char *text, size_t size)
{
    for (size_t back = 1; back <= 4 && back <= size; back++) {
        unsigned char c = (unsigned char)text[size - back];
        if ((c & 0xc0) != 0x80) {
            size_t whole = c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
            return whole > back ? back : 0;
        }
    }
    return 0;
}

int stk_print_list(char *out, size_t size, const char *format, va_list arguments)
{
    int length = vsnprintf(out, size, format, arguments);
    if (size > 0 && length >= 0 && (size_t)length >= size) {
        out[size - 1 - torn_end(out, size - 1)] = '\0';
    }
    return length;
}

int stk_print(char *out, size_t size, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = stk_print_list(out, size, format, arguments);
    va_end(arguments);
    return length;
}

stk_text stk_text_trim(stk_text text)
{
    while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\t')) {
        text.data++;
        text.size--;
    }
    while (text.size > 0 && (text.data[text.size - 1] == ' ' || text.data[text.size - 1] == '\t')) {
        text.size--;
    }
    return text;
}

bool stk_text_cut_prefix(stk_text *text, const char *prefix)
{
    size_t size = strlen(prefix);
    if (text->size < size || memcmp(text->data, prefix, size) != 0) {
        return false;
    }
    *text = (stk_text){text->data + size, text->size - size};
    return true;
}

bool stk_text_ends_in(stk_text text, const char *suffix)
{
    size_t size = strlen(suffix);
    return text.size >= size && memcmp(text.data + text.size - size, suffix, size) == 0;
}

bool stk_text_cut_suffix(stk_text *text, const char *suffix)
{
    bool ends = stk_text_ends_in(*text, suffix);
    text->size -= ends ? strlen(suffix) : 0;
    return ends;
}

bool stk_text_cut_prefix_alike(stk_text *text, const char *prefix)
{
    size_t size = strlen(prefix);
    bool starts = text->size >= size && alike(text->data, prefix, size);
    *text = starts ? (stk_text){text->data + size, text->size - size} : *text;
    return starts;
}

bool stk_text_cut_suffix_alike(stk_text *text, const char *suffix)
{
    size_t size = strlen(suffix);
    bool ends = text->size >= size && alike(text->data + text->size - size, suffix, size);
    text->size -= ends ? size : 0;
    return ends;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A decimal number as sign * mantissa * 10^exponent, plus whether the mantissa is complete. */
typedef struct decimal {
    bool negative;
    uint64_t mantissa;
    int digits; /* significant digits seen */
    int exponent;
} decimal;

static size_t read_digits(stk_text text, size_t i, decimal *number, bool fraction, bool *any)
{
    for (; i < text.size && is_digit(text.data[i]); i++) {
        *any = true;
        if (number->digits < 19) {
            number->mantissa = 10 * number->mantissa + (uint64_t)(text.data[i] - '0');
            number->digits += number->mantissa != 0;
            number->exponent -= fraction;
        } else {
            number->digits++;
            number->exponent += !fraction;
        }
    }
    return i;
}

static bool read_exponent(stk_text text, size_t i, decimal *number)
{
    bool negative = false;
    int exponent = 0;
    if (i < text.size && (text.data[i] == '+' || text.data[i] == '-')) {
        negative = text.data[i] == '-';
        i++;
    }
    if (i == text.size) {
        return false;
    }
    for (; i < text.size; i++) {
        if (!is_digit(text.data[i])) {
            return false;
        }
        if (exponent < 100000) {
            exponent = 10 * exponent + (text.data[i] - '0');
        }
    }
    number->exponent += negative ? -exponent : exponent;
    return true;
}

static bool read_decimal(stk_text text, decimal *number)
{
    size_t i = 0;
    bool any = false;
    *number = (decimal){false, 0, 0, 0};
    if (text.size > 0 && (text.data[0] == '-' || text.data[0] == '+')) {
        number->negative = text.data[0] == '-';
        i = 1;
    }
    i = read_digits(text, i, number, false, &any);
    if (i < text.size && text.data[i] == '.') {
        i = read_digits(text, i + 1, number, true, &any);
    }
    if (!any) {
        return false;
    }
    if (i < text.size && (text.data[i] == 'e' || text.data[i] == 'E')) {
        return read_exponent(text, i + 1, number);
    }
    return i == text.size;
}

__extension__ typedef unsigned __int128 wide;

static uint64_t ten_to_the(int k)
{
    uint64_t power = 1;
    for (; k > 0; k--) {
        power *= 10;
    }
    return power;
}

/* mantissa / 10^k for k up to 19, rounded once: the quotient of a dividend of 128 bits has at least
 * 63, and of what is left only whether there is any counts. */
static double divide_exactly(uint64_t mantissa, int k)
{
    int shift = 64 + __builtin_clzll(mantissa);
    wide dividend = (wide)mantissa << shift;
    wide divisor = ten_to_the(k);
    wide quotient = dividend / divisor;
    bool rest = dividend != quotient * divisor;
    uint64_t high = (uint64_t)(quotient >> 64);
    int bits = high != 0 ? 128 - __builtin_clzll(high) : 64 - __builtin_clzll((uint64_t)quotient);
    int lost = bits - 54; /* all but 53 bits and the one that decides */
    uint64_t kept = (uint64_t)(quotient >> lost);
    rest = rest || quotient != (wide)kept << lost;
    bool up = (kept & 1) != 0 && (rest || (kept & 2) != 0);
    return ldexp((double)((kept >> 1) + up), lost + 1 - shift);
}

/* The C library rounds every decimal correctly, but reads the decimal point of the program's
 * locale; the point is replaced before the call so that the result is that of the C locale. */
static bool read_with_library(stk_text text, double *value)
{
    char small[128];
    char *copy = small;
    const char *point = localeconv()->decimal_point;
    size_t point_size = strlen(point);
    size_t size = 0;
    if (text.size + point_size + 1 > sizeof small) {
        copy = malloc(text.size + point_size + 1);
        if (copy == NULL) {
            return false;
        }
    }
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '.') {
            memcpy(copy + size, point, point_size);
            size += point_size;
        } else {
            copy[size++] = text.data[i];
        }
    }
    copy[size] = '\0';
    *value = strtod(copy, NULL);
    if (copy != small) {
        free(copy);
    }
    return isfinite(*value);
}

bool stk_text_number(stk_text text, double *value)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    decimal number;
    if (!read_decimal(text, &number)) {
        return false;
    }
    /* Exact operands and one rounding give the correctly rounded result (Clinger 1990); all
     * but a few of the numbers in the data are of this form. */
    if (number.mantissa < (UINT64_C(1) << 53) && number.digits <= 19 && number.exponent >= -22 &&
        number.exponent <= 22) {
        double magnitude = (double)number.mantissa;
        magnitude = number.exponent < 0 ? magnitude / powers[-number.exponent]
                                        : magnitude * powers[number.exponent];
        *value = number.negative ? -magnitude : magnitude;
        return true;
    }
    if (number.digits <= 19 && number.mantissa != 0 && number.exponent >= -19 &&
        number.exponent <= 0) {
        double magnitude = divide_exactly(number.mantissa, -number.exponent);
        *value = number.negative ? -magnitude : magnitude;
        return true;
    }
    return read_with_library(text, value);
}

bool stk_text_integer(stk_text text, long *value)
{
    size_t i = text.size > 0 && text.data[0] == '-';
    long magnitude = 0;
    if (i == text.size || text.size > 18) {
        return false;
    }
    for (size_t k = i; k < text.size; k++) {
        if (!is_digit(text.data[k])) {
            return false;
        }
        magnitude = 10 * magnitude + (text.data[k] - '0');
    }
    *value = i == 1 ? -magnitude : magnitude;
    return true;
}

void stk_number_format(double value, char out[STK_NUMBER_SIZE])
{
    out[0] = '\0';
    if (!isfinite(value) || stk_decimal_format(value, out)) {
        return;
    }
    for (int precision = 15; precision <= 17; precision++) {
        double back = 0;
        stk_print(out, STK_NUMBER_SIZE, "%.*g", precision, value);
        const char *point = localeconv()->decimal_point;
        char *found = strcmp(point, ".") == 0 ? NULL : strstr(out, point);
        if (found != NULL) {
            size_t size = strlen(point);
            *found = '.';
            memmove(found + 1, found + size, strlen(found + size) + 1);
        }
        if (stk_text_number(stk_text_of(out), &back) && back == value) {
            return;
        }
    }
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool stk_date_parse(stk_text text, stk_date *date)
{
    long year;
    long month;
    long day;
    if (text.size != 10 || text.data[4] != '-' || text.data[7] != '-' ||
        !stk_text_integer((stk_text){text.data, 4}, &year) ||
        !stk_text_integer((stk_text){text.data + 5, 2}, &month) ||
        !stk_text_integer((stk_text){text.data + 8, 2}, &day)) {
        return false;
    }
    if (year < 1850 || month < 1 || month > 12 || day < 1 ||
        day > days_in_month((int)year, (int)month)) {
        return false;
    }
    *date = (stk_date)(10000 * year + 100 * month + day);
    return true;
}

const char *stk_date_format(stk_date date, char out[STK_DATE_SIZE])
{
    out[0] = '\0';
    if (date != 0) {
        stk_print(out, STK_DATE_SIZE, "%04d-%02d-%02d", date / 10000, date / 100 % 100, date % 100);
    }
    return out;
}

int stk_date_year(stk_date date)
{
    return date / 10000;
}

double stk_change_pct(double from, double to)
{
    const double most = 1000.0; /* times */
    bool is_change = from > 0 && to >= 0 && to <= most * from;
    return is_change ? 100.0 * (to / from - 1.0) : (double)NAN;
}

double stk_series_at(const stk_series *series, int year)
{
    int i = year - series->first_year;
    return i >= 0 && i < series->count ? series->values[i] : NAN;
}

bool stk_series_span(const stk_series *series, int *first_year, int *last_year)
{
    int first = 0;
    int last = series->count - 1;
    while (first < series->count && isnan(series->values[first])) {
        first++;
    }
    while (last >= first && isnan(series->values[last])) {
        last--;
    }
    *first_year = series->first_year + first;
    *last_year = series->first_year + last;
    return last >= first;
}
