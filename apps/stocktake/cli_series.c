/** @file cli_series.c
 * @brief Results that are data sets: --format iamc and netcdf.
 */
#include "cli.h"

#include <string.h>

const cli_option cli_series_options[] = {
    {"format", "FORMAT",
     "How to write the result; iamc and netcdf have every year, netcdf needs --output. [text]",
     "text|csv|json|iamc|netcdf"},
    {NULL, NULL, NULL, NULL}};

bool cli_is_series(const cli_arguments *arguments)
{
    return (int)cli_format(arguments) >= CLI_IAMC;
}

bool cli_check_series(const cli_arguments *arguments)
{
    if ((int)cli_format(arguments) == CLI_NETCDF && !cli_given(arguments, "output")) {
        cli_usage(arguments, "--format netcdf needs --output FILE");
        return false;
    }
    return true;
}

static stk_status write_iamc(const dataset *c, stk_buffer *out, stk_error *error)
{
    stk_iamc *table;
    char *text;
    size_t size;
    stk_status status = dataset_iamc(c, &table, error);
    if (status == STK_OK) {
        status = stk_iamc_write(table, &text, &size, error);
    }
    if (status == STK_OK) {
        *out = (stk_buffer){text, size, size, false};
    }
    stk_iamc_free(table);
    return status;
}

static stk_status write_netcdf(const cli_arguments *arguments, dataset *c, stk_buffer *out,
                               stk_error *error)
{
    stk_buffer line = {0};
    stk_origin origin;
    cli_origin_open(arguments, arguments->command->name, &origin, &line);
    cli_origin_facts(&c->attributes);
    stk_status status = stk_buffer_status(&line, error);
    status = status != STK_OK ? status : dataset_netcdf(c, &origin, out, error);
    cli_origin_close(&origin, &line);
    return status;
}

int cli_write_series(const cli_arguments *arguments, dataset *c)
{
    stk_buffer out = {0};
    stk_error error;
    dataset_date_scenarios(c, cli_noted_date());
    stk_status status = (int)cli_format(arguments) == CLI_NETCDF
                            ? write_netcdf(arguments, c, &out, &error)
                            : write_iamc(c, &out, &error);
    if (status != STK_OK) {
        stk_buffer_free(&out);
        return cli_refuse(&error);
    }
    return cli_write(arguments, &out);
}
