/* The world's emissions in 2018, summed over the countries of the edition inside the library: with
 * the modules. */
#include <stdio.h>

#include <stocktake/modules.h>

int main(void)
{
    stk_edition *edition = NULL;
    stk_inventory *inventory = NULL;
    stk_error error;
    size_t gwp;
    if (stk_edition_open_embedded(&edition, &error) != STK_OK ||
        stk_inventory_load(edition, &inventory, &error) != STK_OK ||
        stk_gwp_find_set(stk_inventory_gwp(inventory), stk_text_of("AR6"), &gwp, &error) !=
            STK_OK) {
        fprintf(stderr, "world: %s\n", error.message);
        stk_inventory_free(inventory);
        stk_edition_free(edition);
        return 1;
    }
    double mt = 0;
    for (stk_area a = 0; a < stk_inventory_area_count(inventory); a++) {
        mt += stk_inventory_total_mt(inventory, a, gwp, 2018);
    }
    printf("%.1f Gt CO2e\n", mt / 1000.0);
    stk_inventory_free(inventory);
    stk_edition_free(edition);
    return 0;
}
