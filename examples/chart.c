/* A chart as bytes: the country chart of Brazil as SVG, which could go to a file, a browser or a
 * page. */
#include <stdio.h>
#include <string.h>

#include <stocktake.h>

int main(void)
{
    stk_session *s;
    const char *svg;
    size_t size;
    stk_session_open(NULL, &s);
    stk_session_set(s, "as-of", "2025-11-15");
    if (stk_session_ask(s, "chart country BRA", "svg", &svg, &size) != STK_DONE) {
        fprintf(stderr, "chart: %s\n", stk_session_message(s));
        stk_session_close(s);
        return 1;
    }
    const char *title = strstr(svg, "<title");
    if (size < 5 || strncmp(svg, "<svg", 4) != 0 || title == NULL) {
        fprintf(stderr, "chart: no SVG\n");
        stk_session_close(s);
        return 1;
    }
    printf("%.*s\n", (int)strcspn(title, "\n"), title);
    stk_session_close(s);
    return 0;
}
