/** @file fold.c
 * @brief Names without case, accents, punctuation and articles.
 */
#include <string.h>

#include "base/suggest.h"

/* One character of UTF-8 from `at` on; what is malformed counts as one byte that is no letter. */
static size_t next_character(stk_text text, size_t at, unsigned *code)
{
    const unsigned char *p = (const unsigned char *)text.data + at;
    size_t size = p[0] < 0x80 ? 1 : p[0] >> 5 == 6 ? 2 : p[0] >> 4 == 14 ? 3 : 1;
    if (at + size > text.size) {
        *code = 0;
        return 1;
    }
    *code = size == 1   ? (p[0] < 0x80 ? p[0] : 0U)
            : size == 2 ? (p[0] & 0x1fU) << 6 | (p[1] & 0x3fU)
                        : (p[0] & 0x0fU) << 12 | (p[1] & 0x3fU) << 6 | (p[2] & 0x3fU);
    return size;
}

/* The letters of U+00C0 to U+017F without their marks; '.' for what is no letter or becomes two. */
static const char latin[] = "AAAAAA.CEEEEIIIIDNOOOOO.OUUUUY..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y"
                            "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi..JjKkkLlLlLlLlLl"
                            "NnNnNnnNnOoOoOo..RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

/* A letter as ASCII, "" for a mark that stands on the letter before, NULL for what parts words. */
static const char *letter_of(unsigned code, fold_umlauts umlauts, char one[2])
{
    static const struct {
        unsigned code;
        const char *letters;
    } pairs[] = {{0xc6, "ae"}, {0xe6, "ae"}, {0x152, "oe"}, {0x153, "oe"}, {0xdf, "ss"},
                 {0xde, "th"}, {0xfe, "th"}, {0x132, "ij"}, {0x133, "ij"}, {0x219, "s"},
                 {0x21b, "t"}, {0x218, "s"}, {0x21a, "t"},  {0x1ebf, "e"}, {0x1ec7, "e"}};
    static const unsigned umlaut[] = {0xc4, 0xe4, 0xd6, 0xf6, 0xdc, 0xfc};
    static const char *const spelled[] = {"ae", "ae", "oe", "oe", "ue", "ue"};
    for (size_t i = 0; umlauts == FOLD_UMLAUT_E && i < sizeof umlaut / sizeof *umlaut; i++) {
        if (code == umlaut[i]) {
            return spelled[i];
        }
    }
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (code == pairs[i].code) {
            return pairs[i].letters;
        }
    }
    if (code >= 0x300 && code <= 0x36f) {
        return "";
    }
    char c = code < 0x80 ? (char)code : code >= 0xc0 && code <= 0x17f ? latin[code - 0xc0] : '.';
    c = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    one[0] = c;
    one[1] = '\0';
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? one : NULL;
}

/* A letter between dots, as in "U.S.", does not part words. */
static bool is_initial(stk_text text, size_t dot, size_t word_letters)
{
    return text.data[dot] == '.' && word_letters > 0 &&
           (dot < 2 || text.data[dot - 2] == '.' || text.data[dot - 2] == ' ');
}

static bool is_word(const char *word, size_t size, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strlen(*list) == size && memcmp(*list, word, size) == 0) {
            return true;
        }
    }
    return false;
}

/* The words so far; the last one is still growing. */
typedef struct folding {
    char *out;
    size_t size;
    size_t word;    /* where the last word starts */
    size_t article; /* length of a leading article, which goes once another word follows */
} folding;

static void add_letters(folding *f, const char *letters)
{
    for (; *letters != '\0' && f->size + 1 < FOLD_SIZE; letters++) {
        f->out[f->size++] = *letters;
    }
}

static void end_word(folding *f)
{
    static const char *const dropped[] = {"the", NULL};
    static const char *const articles[] = {"la",  "le",  "les", "el", "los", "las",
                                           "die", "der", "das", "l",  NULL};
    size_t size = f->size - f->word;
    if (size == 0) {
        return;
    }
    if (is_word(f->out + f->word, size, dropped)) {
        f->size = f->word;
        return;
    }
    if (size == 2 && memcmp(f->out + f->word, "st", 2) == 0) {
        f->size = f->word;
        add_letters(f, "saint");
    } else if (f->word == 0 && is_word(f->out, size, articles)) {
        f->article = size;
    }
    f->word = f->size;
}

size_t text_fold(stk_text text, fold_umlauts umlauts, char out[FOLD_SIZE])
{
    folding f = {out, 0, 0, 0};
    unsigned code;
    char one[2];
    for (size_t i = 0, size; i < text.size; i += size) {
        size = next_character(text, i, &code);
        const char *letters = letter_of(code, umlauts, one);
        if (letters != NULL) {
            add_letters(&f, letters);
        } else if (!is_initial(text, i, f.size - f.word)) {
            end_word(&f);
            add_letters(&f, code == '&' ? "and" : "");
            end_word(&f);
        }
    }
    end_word(&f);
    if (f.article > 0 && f.size > f.article) {
        f.size -= f.article;
        memmove(out, out + f.article, f.size);
    }
    out[f.size] = '\0';
    return f.size;
}
