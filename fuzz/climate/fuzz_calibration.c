/** @file fuzz_calibration.c
 * @brief Any three texts are a calibration or an error; a calibration has diagnostics.
 *
 * The input is the three tables, separated by form feeds: members, species, natural forcing.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <stocktake/climate.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static stk_text cut(stk_text *rest)
{
    const char *end = rest->size > 0 ? memchr(rest->data, '\f', rest->size) : NULL;
    stk_text part = {rest->data, end == NULL ? rest->size : (size_t)(end - rest->data)};
    size_t used = end == NULL ? rest->size : part.size + 1;
    *rest = (stk_text){rest->data + used, rest->size - used};
    return part;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    stk_error error;
    stk_calibration *calibration;
    stk_text rest = {(const char *)data, size};
    stk_calibration_files files;
    files.members = (stk_climate_file){"members", cut(&rest)};
    files.species = (stk_climate_file){"species", cut(&rest)};
    files.natural = (stk_climate_file){"natural", rest};
    if (stk_calibration_read(&files, &calibration, &error) == STK_OK) {
        for (size_t m = 0; m < stk_calibration_member_count(calibration) && m < 4; m++) {
            (void)stk_calibration_sensitivity(calibration, m);
        }
        stk_calibration_free(calibration);
    }
    return 0;
}
