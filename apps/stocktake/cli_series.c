/** @file cli_series.c
 * @brief Results that are data sets: --format iamc and netcdf.
 */
#include "cli.h"

#include <ctype.h>
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

static stk_status write_iamc(const cube *c, stk_buffer *out, stk_error *error)
{
    stk_iamc *table;
    char *text;
    size_t size;
    stk_status status = cube_iamc(c, &table, error);
    if (status == STK_OK) {
        status = stk_iamc_write(table, &text, &size, error);
    }
    if (status == STK_OK) {
        *out = (stk_buffer){text, size, size, false};
    }
    stk_iamc_free(table);
    return status;
}

static stk_status write_netcdf(const cli_arguments *arguments, cube *c, stk_buffer *out,
                               stk_error *error)
{
    stk_buffer line = {0};
    stk_origin origin;
    cli_origin_open(arguments, arguments->command->name, &origin, &line);
    cli_origin_facts(&c->attributes);
    stk_status status = stk_buffer_status(&line, error);
    status = status != STK_OK ? status : cube_netcdf(c, &origin, out, error);
    cli_origin_close(&origin, &line);
    return status;
}

stk_status cli_find_party(const stk_world *world, const char *code, const stk_national **national,
                          stk_error *error)
{
    char iso3[16] = "";
    for (size_t i = 0; code[i] != '\0' && i + 1 < sizeof iso3; i++) {
        iso3[i] = (char)toupper((unsigned char)code[i]);
    }
    bool joint = strcmp(iso3, "EU27") == 0 || strcmp(iso3, "EU") == 0;
    *national = stk_world_find(world, joint ? "EUU" : iso3);
    if (*national == NULL) {
        return stk_error_set(error, STK_ENOTFOUND,
                             "'%.40s' is no country; allowed: an ISO 3166 code of three letters "
                             "such as BRA, or EUU",
                             code);
    }
    if (strcmp((*national)->actor.iso3, iso3) != 0 && !joint) {
        fprintf(stderr, "stocktake: %s pledges jointly with the European Union, shown here\n",
                iso3);
    }
    return STK_OK;
}

int cli_write_series(const cli_arguments *arguments, cube *c)
{
    stk_buffer out = {0};
    stk_error error;
    stk_status status = (int)cli_format(arguments) == CLI_NETCDF
                            ? write_netcdf(arguments, c, &out, &error)
                            : write_iamc(c, &out, &error);
    if (status != STK_OK) {
        stk_buffer_free(&out);
        return cli_refuse(&error);
    }
    return cli_write(arguments, &out);
}
