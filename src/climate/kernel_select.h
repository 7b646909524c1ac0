/** @file kernel_select.h
 * @brief Order statistics of a column, without sorting all of it. Part of kernel_lanes.h.
 *
 * Seven percentiles need fourteen of 841 values. Values are counted in bins of equal width between
 * the smallest and the largest; only those in bins that hold a rank that is asked for are sorted.
 *
 * Bins in ascending order are steps of so many; bin b has the number b % STEP * STEPS + b / STEP,
 * so that counts of a step lie one below the other and vectors sum them.
 */
enum { STEP = 16, STEPS = 64, BINS = STEP * STEPS };

/** Values of a bin that a network sorts. */
enum { WINDOW = STK_WINDOW };

/* Widths within which scale and bins are finite; a column beyond, or of equal values, is sorted. */
#define RANGE_MIN 1e-300
#define RANGE_MAX 1e300

typedef struct histogram {
    _Alignas(64) uint32_t counts[STEP][STEPS];
    uint32_t below[STEPS + 1]; /* values before a step */
    uint32_t next[BINS];       /* where the next candidate of a wanted bin goes */
} histogram;

/* Shell's sort (1959); a few values need the last pass only. */
static void sort_group(double *values, size_t count)
{
    static const size_t gaps[] = {1750, 701, 301, 132, 57, 23, 10, 4, 1};
    for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++) {
        if (gaps[g] > 1 && 8 * gaps[g] > count) {
            continue;
        }
        for (size_t i = gaps[g]; i < count; i++) {
            double value = values[i];
            size_t at = i;
            for (; at >= gaps[g] && values[at - gaps[g]] > value; at -= gaps[g]) {
                values[at] = values[at - gaps[g]];
            }
            values[at] = value;
        }
    }
}

static void select_sorted(stk_column *column, const size_t *ranks, size_t count, double *out)
{
    memcpy(column->candidates, column->values, column->count * sizeof *column->values);
    if (column->low < column->high) {
        sort_group(column->candidates, column->count);
    }
    for (size_t k = 0; k < count; k++) {
        out[k] = column->candidates[ranks[k]];
    }
}

/* Number the bins of all values, of the whole part of (value - low) * scale; up to a multiple of
 * STK_BLOCK the highest value is repeated. Vectors by the compiler, which packs them best. */
static void number_bins(stk_column *column, double scale)
{
    size_t whole = (column->count + STK_BLOCK - 1) / STK_BLOCK * STK_BLOCK;
    const double *restrict values = column->values;
    uint16_t *restrict bins = column->bins;
    double low = column->low;
    for (size_t i = column->count; i < whole; i++) {
        column->values[i] = column->high;
    }
    for (size_t i = 0; i < whole; i++) {
        bins[i] = (uint16_t)(int)((values[i] - low) * scale);
    }
    for (size_t i = 0; i < whole; i++) { /* apart, as twice as many numbers of a bin fit a vector */
        bins[i] = (uint16_t)(bins[i] % STEP * STEPS + bins[i] / STEP);
    }
}

/* Four numbers are read at once: a loop of one is so short that its time depends on where it lies.
 */
static void count_bins(const stk_column *column, histogram *h)
{
    const uint16_t *restrict bins = column->bins;
    uint32_t *restrict counts = h->counts[0];
    size_t i = 0;
    memset(h->counts, 0, sizeof h->counts);
    for (; i + 4 <= column->count; i += 4) {
        uint64_t four;
        memcpy(&four, bins + i, sizeof four);
        counts[four & 0xffff]++;
        counts[four >> 16 & 0xffff]++;
        counts[four >> 32 & 0xffff]++;
        counts[four >> 48]++;
    }
    for (; i < column->count; i++) {
        counts[bins[i]]++;
    }
}

static void sum_steps(histogram *h)
{
    enum { WIDTH = 2 * STK_LANES };
    uint32_t steps[STEPS];
    uint32_t below = 0;
    for (int s = 0; s < STEPS; s += WIDTH) {
        uint32_t sum[WIDTH] = {0};
        for (int b = 0; b < STEP; b++) {
            for (int i = 0; i < WIDTH; i++) {
                sum[i] += h->counts[b][s + i];
            }
        }
        memcpy(steps + s, sum, sizeof sum);
    }
    for (int s = 0; s < STEPS; s++) {
        h->below[s] = below;
        below += steps[s];
    }
    h->below[STEPS] = below;
}

/* The step of a rank is near that of the same rank in the column before. */
static int find_step(const histogram *h, size_t rank, int step)
{
    while (h->below[step] > rank) {
        step--;
    }
    while (h->below[step + 1] <= rank) {
        step++;
    }
    return step;
}

/* The bin of a rank within a step, and how many values lie before it; without a branch, which
 * nothing could foretell. */
static int find_bin(const histogram *h, int step, uint32_t rank, uint32_t *below)
{
    uint32_t sum = h->below[step];
    int bin = 0;
    *below = sum;
    for (int b = 0; b < STEP; b++) {
        sum += h->counts[b][step];
        bin += sum <= rank;
        *below = sum <= rank ? sum : *below;
    }
    return bin;
}

/* Places for the values of all bins that hold a rank, in their order; the most of one bin. */
static uint32_t want_bins(histogram *h, stk_column *column, const size_t *ranks, size_t count)
{
    uint32_t below = 0;
    uint32_t end = 0; /* of the values in the bin at hand */
    uint32_t start = 0;
    uint32_t candidates = 0;
    uint32_t most = 0;
    column->wanted_count = 0;
    for (size_t k = 0; k < count; k++) {
        if (ranks[k] >= end) {
            int step = find_step(h, ranks[k], column->steps[k]);
            int bin = find_bin(h, step, (uint32_t)ranks[k], &below);
            uint32_t values = h->counts[bin][step];
            uint16_t *wanted = column->wanted + column->wanted_count++ * STK_WANTED;
            column->steps[k] = step;
            for (int i = 0; i < STK_WANTED; i++) {
                wanted[i] = (uint16_t)(bin * STEPS + step);
            }
            start = candidates;
            h->next[bin * STEPS + step] = start;
            candidates += values;
            end = below + values;
            most = values > most ? values : most;
        }
        column->starts[k] = start;
        column->places[k] = (uint32_t)ranks[k] - below;
    }
    column->candidate_count = candidates;
    return most;
}

/* Bins of STK_BLOCK values that are wanted, two bits each. */
INLINE uint64_t wanted_bits(const stk_column *column, size_t first)
{
    enum { PARTS = STK_BLOCK / LANES_WORDS };
    lanes_words bins[PARTS];
    lanes_words found[PARTS];
    uint64_t bits = 0;
    for (int p = 0; p < PARTS; p++) {
        bins[p] = lanes_load_words(column->bins + first + p * LANES_WORDS);
        found[p] = (lanes_words){0};
    }
    for (size_t w = 0; w < column->wanted_count; w++) {
        lanes_words wanted = lanes_load_words(column->wanted + w * STK_WANTED);
        for (int p = 0; p < PARTS; p++) {
            found[p] |= (lanes_words)(bins[p] == wanted);
        }
    }
    for (int p = 0; p < PARTS; p++) {
        bits |= lanes_word_bits(found[p]) << 2 * LANES_WORDS * p;
    }
    return bits & 0x5555555555555555;
}

/* Fill `chosen` with the indices of the values in bins that are wanted, ascending; how many. Mostly
 * one or two of a block are chosen, which are put down without a branch. What repeats the highest
 * value is chosen last if at all. */
static size_t choose_candidates(stk_column *column)
{
    size_t chosen = 0;
    for (size_t i = 0; i < column->count; i += STK_BLOCK) {
        uint64_t bits = wanted_bits(column, i);
        for (int n = 0; n < 2 || bits != 0; n++) {
            column->chosen[chosen] = (uint32_t)i + (uint32_t)__builtin_ctzll(bits | 1ull << 63) / 2;
            chosen += bits != 0;
            bits &= bits - 1;
        }
    }
    return chosen;
}

static void place_candidates(stk_column *column, histogram *h)
{
    size_t chosen = choose_candidates(column);
    for (size_t i = 0; i < chosen; i++) {
        uint32_t value = column->chosen[i];
        column->candidates[h->next[column->bins[value]]++] = column->values[value];
    }
}

/* What lies at a vector of ranks: every lane sorts the values of its bin, and what follows them,
 * which is larger, without a branch, which nothing could foretell. Equal values stay in order. */
INLINE lanes sort_windows(const stk_column *column, size_t first)
{
    double rows[WINDOW][STK_LANES];
    lanes x[WINDOW];
    lanes found = (lanes){0};
    lanes_mask place = (lanes_mask){0};
    for (size_t l = 0; l < STK_LANES; l++) {
        const double *window = column->candidates + column->starts[first + l];
        place[l] = column->places[first + l];
        for (int i = 0; i < WINDOW; i++) {
            rows[i][l] = window[i];
        }
    }
    for (int i = 0; i < WINDOW; i++) {
        x[i] = lanes_load(rows[i]);
    }
    for (int round = 0; round < WINDOW; round++) {
        for (int i = round % 2; i + 1 < WINDOW; i += 2) {
            lanes a = x[i];
            x[i] = lanes_min(x[i + 1], a);
            x[i + 1] = lanes_max(a, x[i + 1]);
        }
    }
    for (int i = 0; i < WINDOW; i++) {
        found = lanes_select((lanes_mask)(place == i), x[i], found);
    }
    return found;
}

static void sort_candidates(stk_column *column, uint32_t most, size_t count, double *out)
{
    if (most > WINDOW) { /* bins follow each other: values move within their bins only */
        sort_group(column->candidates, column->candidate_count);
        for (size_t k = 0; k < count; k++) {
            out[k] = column->candidates[column->starts[k] + column->places[k]];
        }
        return;
    }
    for (size_t k = count; k % STK_LANES > 0; k++) {
        column->starts[k] = column->places[k] = 0;
    }
    for (int i = 0; i < WINDOW; i++) { /* what follows the last bin */
        column->candidates[column->candidate_count + (size_t)i] = INFINITY;
    }
    for (size_t k = 0; k < count; k += STK_LANES) {
        lanes found = sort_windows(column, k);
        for (size_t l = 0; l < STK_LANES && k + l < count; l++) {
            out[k + l] = found[l];
        }
    }
}

static void kernel_select(stk_column *column, const size_t *ranks, size_t count, double *out)
{
    histogram h;
    double range = column->high - column->low;
    if (!(range >= RANGE_MIN && range <= RANGE_MAX)) {
        select_sorted(column, ranks, count, out);
        return;
    }
    number_bins(column, (BINS - 0.001) / range); /* the highest, rounded, is in the last bin */
    count_bins(column, &h);
    sum_steps(&h);
    uint32_t most = want_bins(&h, column, ranks, count);
    place_candidates(column, &h);
    sort_candidates(column, most, count, out);
}
