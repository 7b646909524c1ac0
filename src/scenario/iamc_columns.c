/** @file iamc_columns.c
 * @brief The header of an IAMC table, and how years and missing values are written.
 */
#include "scenario/iamc_columns.h"

#include <math.h>
#include <string.h>

#include "base/try.h"

static bool one_of(stk_text text, const char *const *words, size_t count)
{
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        found = found || stk_text_alike(text, words[i]);
    }
    return found;
}

/* ---- years ---- */

typedef enum year_form {
    FORM_NONE,
    FORM_YEAR,
    FORM_MID_YEAR,
    FORM_REFUSED /* a number or a date that stands for no year */
} year_form;

static bool has_digits(const char *text, size_t count)
{
    bool all = true;
    for (size_t i = 0; i < count; i++) {
        all = all && text[i] >= '0' && text[i] <= '9';
    }
    return all;
}

/* Whether what follows the year of a date is the start of 1 January, with or without the time; in
 * names of R, which have points for all other signs, X2030.01.01.00.00.00. */
static bool starts_year(stk_text rest, bool x)
{
    if (x && stk_text_cut_prefix(&rest, ".01.01")) {
        while (stk_text_cut_prefix(&rest, ".00")) {
        }
        return rest.size == 0;
    }
    static const char *const zones[] = {"", "Z", "UTC", "+00:00", "+0000"};
    if (!stk_text_cut_prefix(&rest, "-01-01")) {
        return false;
    }
    if (stk_text_cut_prefix(&rest, "T") || stk_text_cut_prefix(&rest, " ")) {
        if (!stk_text_cut_prefix(&rest, "00:00")) {
            return false;
        }
        if (stk_text_cut_prefix(&rest, ":00") && stk_text_cut_prefix(&rest, ".")) {
            while (stk_text_cut_prefix(&rest, "0")) {
            }
        }
    }
    return one_of(stk_text_trim(rest), zones, sizeof zones / sizeof *zones);
}

/* "2020", "2020.0" (a column that was a number), "2020.5" (the middle of the year), or the date of
 * its first day, with or without the time. `x`: an X stood before it. */
static year_form form_of(stk_text name, bool x, int *year)
{
    double number;
    bool starts = name.size >= 4 && has_digits(name.data, 4) && name.data[0] != '0';
    stk_text rest = starts ? (stk_text){name.data + 4, name.size - 4} : (stk_text){"", 0};
    if (starts) {
        *year = 1000 * (name.data[0] - '0') + 100 * (name.data[1] - '0') +
                10 * (name.data[2] - '0') + name.data[3] - '0';
        if (rest.size == 0 || stk_text_equal(rest, ".0") || starts_year(rest, x)) {
            return FORM_YEAR;
        }
        if (stk_text_equal(rest, ".5")) {
            return FORM_MID_YEAR;
        }
    }
    bool date = rest.size >= 3 && rest.data[0] == '-' && has_digits(rest.data + 1, 2) &&
                (rest.size == 3 || rest.data[3] == '-');
    return date || stk_text_number(name, &number) ? FORM_REFUSED : FORM_NONE;
}

static stk_status refuse(const stk_csv *csv, size_t column, const char *why, stk_error *error)
{
    stk_text name = stk_text_cut(csv->columns[column], 60);
    return stk_error_at(error, STK_EFORMAT, csv->source.name, csv->line, csv->field_columns[column],
                        "the column '%.*s' is refused; allowed: %s", (int)name.size, name.data,
                        why);
}

static stk_status add_year(const stk_csv *csv, iamc_columns *to, size_t column, int year, bool mid,
                           stk_error *error)
{
    for (size_t c = 0; c < column; c++) {
        if (to->years[c] == year) {
            stk_text name = stk_text_cut(csv->columns[column], 60);
            return stk_error_at(error, STK_EFORMAT, csv->source.name, csv->line,
                                csv->field_columns[column], "the year '%.*s' is there twice",
                                (int)name.size, name.data);
        }
    }
    bool first = to->year_count == 0;
    if (!first && to->mid_year != mid) {
        return refuse(csv, column, "all years as 2020 or all as 2020.5", error);
    }
    int last = to->first_year + to->year_count - 1;
    last = first || year > last ? year : last;
    to->mid_year = mid;
    to->first_year = first || year < to->first_year ? year : to->first_year;
    to->year_count = last - to->first_year + 1;
    to->years[column] = year;
    return to->year_count <= IAMC_YEAR_SPAN_MAX
               ? STK_OK
               : stk_error_at(error, STK_EFORMAT, csv->source.name, csv->line,
                              csv->field_columns[column], "the years span more than %d years",
                              IAMC_YEAR_SPAN_MAX);
}

static stk_status find_years(const stk_csv *csv, iamc_columns *to, stk_error *error)
{
    stk_status status = STK_OK;
    to->years = stk_arena_alloc(csv->arena, csv->column_count, sizeof *to->years);
    if (to->years == NULL) {
        return stk_error_memory(error);
    }
    bool first_x = false;
    for (size_t c = 0; c < csv->column_count && status == STK_OK; c++) {
        int year;
        stk_text name = csv->columns[c];
        bool x = stk_csv_cut_x(&name);
        year_form form = form_of(name, x, &year);
        first_x = to->year_count == 0 ? x : first_x;
        if (form == FORM_REFUSED) {
            status = refuse(csv, c, "years as 2020, 2020.5 or 2020-01-01", error);
        } else if (form != FORM_NONE && x != first_x) {
            status = refuse(csv, c, "all years as 2020 or all as X2020", error);
        } else if (form != FORM_NONE) {
            status = add_year(csv, to, c, year, form == FORM_MID_YEAR, error);
        }
    }
    return status;
}

stk_status iamc_columns_year(const stk_csv *csv, const iamc_columns *columns, int *year, bool *mid,
                             stk_error *error)
{
    stk_text name = stk_text_trim(stk_csv_field(csv, columns->year));
    bool x = stk_csv_cut_x(&name);
    year_form form = form_of(name, x, year);
    *mid = form == FORM_MID_YEAR;
    return form == FORM_YEAR || *mid
               ? STK_OK
               : stk_csv_refuse(csv, columns->year, error, "a year as 2020, 2020.5 or 2020-01-01");
}

/* ---- values ---- */

/* What pandas reads as missing, and with it the tools of the field: R writes NA, pandas NaN, REMIND
 * N/A, spreadsheets #N/A, databases NULL. */
static bool says_none(stk_text field)
{
    static const char *const words[] = {"NA", "N/A", "#N/A", "<NA>", "NaN", "-NaN", "NULL", "None"};
    return one_of(field, words, sizeof words / sizeof *words);
}

stk_status iamc_columns_value(const stk_csv *csv, int column, double *value, stk_error *error)
{
    stk_text field = csv->prepared != NULL ? (stk_text){"", 0} : stk_csv_field(csv, column);
    field = stk_text_trim(field);
    if (field.size > 1 && field.size < 5 && !has_digits(field.data, 1) && says_none(field)) {
        *value = NAN;
        return STK_OK;
    }
    return stk_csv_number(csv, column, value, error);
}

/* ---- keys ---- */

/* The column of one of these names, -1 without. */
static stk_status find_key(const stk_csv *csv, const char *const *names, size_t count, int *column,
                           stk_error *error)
{
    *column = -1;
    for (size_t c = 0; c < csv->column_count; c++) {
        if (!one_of(csv->columns[c], names, count)) {
            continue;
        }
        if (*column >= 0) {
            return stk_error_at(error, STK_EFORMAT, csv->source.name, csv->line,
                                csv->field_columns[c], "the column '%s' is there twice", names[0]);
        }
        *column = (int)c;
    }
    return STK_OK;
}

static stk_status find_keys(const stk_csv *csv, iamc_columns *to, stk_error *error)
{
    static const char *const names[IAMC_KEYS] = {"Model", "Scenario", "Region", "Variable", "Unit"};
    stk_status status = STK_OK;
    for (int k = 0; k < IAMC_KEYS && status == STK_OK; k++) {
        status = find_key(csv, &names[k], 1, &to->keys[k], error);
        if (status == STK_OK && to->keys[k] < 0 && k != IAMC_MODEL) {
            return stk_error_at(
                error, STK_EFORMAT, csv->source.name, csv->line, 0,
                "the column '%s' is missing; an IAMC table has Model, Scenario, "
                "Region, Variable, Unit and years%s",
                names[k], csv->column_count > 1 ? "" : ", separated by commas, semicolons or tabs");
        }
    }
    return status;
}

/* A row for each value, as pyam ("year", "time") and quitte ("period") write them. */
static stk_status find_long(const stk_csv *csv, iamc_columns *to, stk_error *error)
{
    static const char *const years[] = {"Year", "Period", "Time"};
    static const char *const values[] = {"Value"};
    stk_status status;
    STK_TRY(find_key(csv, years, sizeof years / sizeof *years, &to->year, error));
    STK_TRY(find_key(csv, values, 1, &to->value, error));
    if (to->year < 0 || to->value < 0) {
        return stk_error_at(error, STK_EFORMAT, csv->source.name, csv->line, 0,
                            "no column is a year; columns such as 2020 or 2020.5 are needed, or "
                            "'year' and 'value'");
    }
done:
    return status;
}

stk_status iamc_columns_find(const stk_csv *csv, iamc_columns *columns, stk_error *error)
{
    *columns = (iamc_columns){.year = -1, .value = -1};
    stk_status status;
    STK_TRY(find_keys(csv, columns, error));
    STK_TRY(find_years(csv, columns, error));
    if (columns->year_count == 0) {
        STK_TRY(find_long(csv, columns, error));
    }
done:
    return status;
}
