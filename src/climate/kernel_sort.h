/** @file kernel_sort.h
 * @brief Sorting columns by a network, and the bare kernel of the benchmark. Part of
 * kernel_lanes.h.
 */

/* Batcher's odd-even merge sort (1968, 10.1145/1468075.1468121): the same exchanges whatever the
 * values, so that a vector sorts as many columns as it has lanes and nothing has to be guessed.
 * Runs of eight rows are sorted in registers; what is merged to 512 rows stays in the first cache.
 * Rows beyond the last count as infinite and are never touched. */

INLINE void exchange(lanes *a, lanes *b)
{
    lanes low = lanes_min(*a, *b);
    *b = lanes_max(*a, *b);
    *a = low;
}

static void sort_run(double *data, size_t n)
{
    static const unsigned char pairs[][2] = {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {0, 2}, {1, 3}, {4, 6},
                                             {5, 7}, {1, 2}, {5, 6}, {0, 4}, {1, 5}, {2, 6}, {3, 7},
                                             {2, 4}, {3, 5}, {1, 2}, {3, 4}, {5, 6}};
    lanes x[8];
    for (size_t i = 0; i < 8; i++) {
        x[i] = i < n ? lanes_load(data + i * STK_SORT_COLUMNS) : lanes_all(INFINITY);
    }
#pragma GCC unroll 19
    for (size_t k = 0; k < sizeof pairs / sizeof pairs[0]; k++) {
        exchange(&x[pairs[k][0]], &x[pairs[k][1]]);
    }
    for (size_t i = 0; i < 8 && i < n; i++) {
        lanes_store(data + i * STK_SORT_COLUMNS, x[i]);
    }
}

/* Exchange rows i and i + distance for i from `from` to before `to`. */
INLINE void exchange_rows(double *data, size_t from, size_t to, size_t distance)
{
    for (size_t i = from; i < to; i++) {
        lanes a = lanes_load(data + i * STK_SORT_COLUMNS);
        lanes b = lanes_load(data + (i + distance) * STK_SORT_COLUMNS);
        exchange(&a, &b);
        lanes_store(data + i * STK_SORT_COLUMNS, a);
        lanes_store(data + (i + distance) * STK_SORT_COLUMNS, b);
    }
}

INLINE lanes load_row(const double *data, size_t row, size_t n)
{
    return row < n ? lanes_load(data + row * STK_SORT_COLUMNS) : lanes_all(INFINITY);
}

INLINE void store_row(double *data, size_t row, size_t n, lanes x)
{
    if (row < n) {
        lanes_store(data + row * STK_SORT_COLUMNS, x);
    }
}

/* Two passes of a merge at once, of distances 2 h and h, so that a row is written once for both.
 * Of every h-th row, numbered t: exchange t and t + 2 for t = 2, 3 (mod 4), then t and t + 1 for
 * odd t. The second of a pair is carried to where its second exchange is. */
static void exchange_twice(double *data, size_t n, size_t h)
{
    for (size_t i = 0; i < h; i++) {
        lanes carried = load_row(data, i + h, n);
        for (size_t row = i + 2 * h; row < n; row += 4 * h) {
            lanes a = load_row(data, row, n);
            lanes b = load_row(data, row + h, n);
            lanes c = load_row(data, row + 2 * h, n);
            lanes d = load_row(data, row + 3 * h, n);
            exchange(&a, &c);
            exchange(&b, &d);
            exchange(&carried, &a);
            exchange(&b, &c);
            store_row(data, row - h, n, carried);
            store_row(data, row, n, a);
            store_row(data, row + h, n, b);
            store_row(data, row + 2 * h, n, c);
            carried = d;
            store_row(data, row + 3 * h, n, d);
        }
    }
}

/* Merge two sorted halves of `size` rows, of which n are there. */
static void merge_halves(double *data, size_t n, size_t size)
{
    size_t k = size / 4;
    if (n <= size / 2) {
        return;
    }
    exchange_rows(data, 0, n - size / 2, size / 2);
    for (; k >= 2; k /= 4) {
        exchange_twice(data, n, k / 2);
    }
    for (; k > 0; k /= 2) {
        for (size_t j = k; j + k < n; j += 2 * k) {
            exchange_rows(data, j, j + 2 * k < n ? j + k : n - k, k);
        }
    }
}

/* Sort n rows of a block of `size`, a power of two. */
static void sort_block(double *data, size_t n, size_t size)
{
    if (size <= 8) {
        sort_run(data, n);
        return;
    }
    size_t half = size / 2;
    sort_block(data, n < half ? n : half, half);
    if (n > half) {
        sort_block(data + half * STK_SORT_COLUMNS, n - half, half);
        merge_halves(data, n, size);
    }
}

static void sort_columns(double *data, size_t n)
{
    size_t size = 8;
    while (size < n) {
        size *= 2;
    }
    sort_block(data, n, size);
}

static void kernel_sort(double *data, size_t count)
{
    for (int c = 0; c < STK_SORT_COLUMNS; c += STK_LANES) {
        sort_columns(data + c, count);
    }
}

/* Per member and year: the exponential of the lifetime, four boxes with decay, two logarithms and
 * two roots. Several independent chains, as in the model. */
static double kernel_bare(size_t count)
{
    enum { CHAINS = STK_BLOCK / STK_LANES };
    lanes x[CHAINS];
    double sum = 0;
    for (int i = 0; i < CHAINS; i++) {
        x[i] = lanes_all(0.5 + 0.001 * i);
    }
    for (size_t n = 0; n < count; n += STK_BLOCK) {
        for (int i = 0; i < CHAINS; i++) {
            lanes alpha = lanes_exp(x[i]);
            lanes a = lanes_expm1(-alpha * 0.003);
            lanes b = lanes_expm1(-alpha * 0.03);
            lanes c = lanes_expm1(-alpha * 0.3);
            lanes d = lanes_expm1(-alpha * 0.06);
            lanes s = a + b + c + d + 8;
            x[i] = 0.01 * (lanes_log(s) + lanes_log1p(s) + lanes_sqrt(s) + lanes_sqrt(alpha));
        }
    }
    for (int i = 0; i < CHAINS; i++) {
        for (int l = 0; l < STK_LANES; l++) {
            sum += x[i][l];
        }
    }
    return sum;
}
