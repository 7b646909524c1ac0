/** @file kernel_sort.h
 * @brief Sorting columns by a network, and the bare kernel of the benchmark. Part of
 * kernel_lanes.h.
 */

/* Knuth (1998), volume 3, algorithm 5.2.2M (merge exchange): the same exchanges whatever the
 * values, so that a vector sorts as many columns as it has lanes and nothing has to be guessed. */
static void sort_columns(double *data, size_t n)
{
    size_t top = 1;
    while (2 * top < n) {
        top *= 2;
    }
    for (size_t p = n > 1 ? top : 0; p > 0; p /= 2) {
        size_t r = 0;
        size_t d = p;
        for (size_t q = top;; q /= 2) {
            /* exchange i with i + d for all i with (i & p) == r: runs of p out of every 2 p */
            for (size_t run = r; run + d < n; run += 2 * p) {
                size_t end = run + p < n - d ? run + p : n - d;
                for (size_t i = run; i < end; i++) {
                    lanes a = lanes_load(data + i * STK_SORT_COLUMNS);
                    lanes b = lanes_load(data + (i + d) * STK_SORT_COLUMNS);
                    lanes_store(data + i * STK_SORT_COLUMNS, lanes_min(a, b));
                    lanes_store(data + (i + d) * STK_SORT_COLUMNS, lanes_max(a, b));
                }
            }
            if (q == p) {
                break;
            }
            d = q - p;
            r = p;
        }
    }
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
