/** @file suggest.c
 * @brief The known words nearest to one that is not known.
 */
#include <stdio.h>
#include <string.h>

#include "base/suggest.h"

static int least(int a, int b)
{
    return a < b ? a : b;
}

int text_distance(const char *a, const char *b)
{
    int rows[3][FOLD_SIZE + 1];
    int n = (int)strnlen(a, FOLD_SIZE);
    int m = (int)strnlen(b, FOLD_SIZE);
    int *before = rows[0];
    int *last = rows[1];
    int *row = rows[2];
    for (int j = 0; j <= m; j++) {
        before[j] = last[j] = j;
    }
    for (int i = 1; i <= n; i++) {
        row[0] = i;
        for (int j = 1; j <= m; j++) {
            int change = last[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = least(change, least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = least(row[j], before[j - 2] + 1);
            }
        }
        int *free_row = before;
        before = last;
        last = row;
        row = free_row;
    }
    return last[m];
}

void suggest_start(suggest *s, stk_text word)
{
    memset(s, 0, sizeof *s);
    s->nearest = -1;
    text_fold(word, FOLD_PLAIN, s->word);
}

/* One slip for every three letters is near, and so is a word that the other begins or holds. */
static int score_of(const char *word, const char *folded, int distance)
{
    size_t size = strlen(word);
    const char *at = size >= 4 ? strstr(folded, word) : NULL;
    int allowed = size <= 5 ? 1 : size <= 8 ? 2 : 3;
    int score = distance <= allowed ? 2 * distance : -1;
    if (at != NULL) {
        int held = at == folded ? 3 : 5;
        score = score < 0 || held < score ? held : score;
    }
    return score;
}

/* Let an id in at its place; what is there with a better score stays, with a worse one goes. */
static void let_in(suggest *s, long id, int score)
{
    int at = 0;
    while (at < s->count && s->best[at].id != id) {
        at++;
    }
    if (at < s->count) {
        if (s->best[at].score <= score) {
            return;
        }
        memmove(&s->best[at], &s->best[at + 1], (size_t)(s->count - at - 1) * sizeof s->best[0]);
        s->count--;
    }
    at = s->count;
    while (at > 0 && s->best[at - 1].score > score) {
        at--;
    }
    if (at == SUGGESTIONS_MAX) {
        return;
    }
    s->count = s->count == SUGGESTIONS_MAX ? s->count : s->count + 1;
    memmove(&s->best[at + 1], &s->best[at], (size_t)(s->count - at - 1) * sizeof s->best[0]);
    s->best[at].id = id;
    s->best[at].score = score;
}

void suggest_offer(suggest *s, const char *folded, long id)
{
    if (s->word[0] == '\0') {
        return;
    }
    int distance = text_distance(s->word, folded);
    int score = score_of(s->word, folded, distance);
    if (s->nearest < 0 || distance < s->nearest_distance) {
        s->nearest = id;
        s->nearest_distance = distance;
    }
    if (score >= 0) {
        let_in(s, id, score);
    }
}

void suggest_words(stk_text typed, const char *const *words, size_t count, char out[SUGGEST_SIZE])
{
    suggest s;
    size_t used = 0;
    out[0] = '\0';
    suggest_start(&s, typed);
    for (size_t i = 0; i < count; i++) {
        char folded[FOLD_SIZE];
        text_fold(stk_text_of(words[i]), FOLD_PLAIN, folded);
        suggest_offer(&s, folded, (long)i);
    }
    for (int i = 0; i < s.count && used < SUGGEST_SIZE; i++) {
        used += (size_t)stk_print(out + used, SUGGEST_SIZE - used, "%s%s",
                                  i == 0             ? "did you mean "
                                  : i == s.count - 1 ? " or "
                                                     : ", ",
                                  STK_CUT(words[s.best[i].id], 60));
    }
    if (s.count > 0 && used + 1 < SUGGEST_SIZE) {
        memcpy(out + used, "?", 2);
    }
}

enum { CHOICES_MAX = 64, CHOICE_SIZE = 64 };

void suggest_choices(stk_text typed, const char *choices, char out[SUGGEST_SIZE])
{
    char words[CHOICES_MAX][CHOICE_SIZE];
    const char *list[CHOICES_MAX] = {NULL};
    size_t count = 0;
    for (const char *at = choices; at != NULL && count < CHOICES_MAX; count++) {
        const char *end = strchr(at, '|');
        int size = (int)(end == NULL ? strlen(at) : (size_t)(end - at));
        stk_print(words[count], CHOICE_SIZE, "%.*s", size, at);
        list[count] = words[count];
        at = end == NULL ? NULL : end + 1;
    }
    suggest_words(typed, list, count, out);
}
