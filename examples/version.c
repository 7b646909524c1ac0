/* Version of the library that runs beside that of the headers it was compiled with. */
#include <stdio.h>

#include <stocktake/version.h>

int main(void)
{
    printf("library %s, headers %d.%d.%d\n", stk_version(), STOCKTAKE_VERSION_MAJOR,
           STOCKTAKE_VERSION_MINOR, STOCKTAKE_VERSION_PATCH);
    return 0;
}
