/** @file kernel_column.h
 * @brief Columns of values, one of each member that counts, and the bare kernel of the benchmark.
 * Part of kernel_lanes.h.
 */

/* Smallest, largest and sum of a column; the order of the sum differs by instruction set, but only
 * whether it is a number counts. */
static void put_range(stk_column *column, lanes low, lanes high, lanes sum)
{
    for (int i = 0; i < STK_LANES; i++) {
        column->low = low[i] < column->low ? low[i] : column->low;
        column->high = high[i] > column->high ? high[i] : column->high;
        column->sum += sum[i];
    }
}

static void put_value(stk_column *column, size_t i, double value)
{
    column->values[i] = value;
    column->low = value < column->low ? value : column->low;
    column->high = value > column->high ? value : column->high;
    column->sum += value;
}

/* Two vectors at a time, so that their sums need not wait for each other; rows are asked for three
 * years ahead, line by line, into the second cache: what is done with a column fills the first. */
INLINE void gather_all(stk_column *column, const stk_column_source *from, bool relative)
{
    enum { PAIR = 2 * STK_LANES };
    lanes low = lanes_all(INFINITY);
    lanes high = lanes_all(-INFINITY);
    lanes sums[2] = {{0}, {0}};
    ptrdiff_t ahead = 3 * (from->next - from->row);
    size_t i = 0;
    for (; i + PAIR <= column->count; i += PAIR) {
        for (size_t line = 0; line < PAIR; line += 8) {
            __builtin_prefetch(from->next + ahead + i + line, 0, 2);
        }
        for (size_t half = 0; half < 2; half++) {
            size_t at = i + half * STK_LANES;
            lanes value = 0.5 * (lanes_load(from->row + at) + lanes_load(from->next + at));
            if (relative) {
                value -= lanes_load(from->baseline + at);
            }
            lanes_store(column->values + at, value);
            low = lanes_min(low, value);
            high = lanes_max(high, value);
            sums[half] += value;
        }
    }
    put_range(column, low, high, sums[0] + sums[1]);
    for (; i < column->count; i++) {
        double value = 0.5 * (from->row[i] + from->next[i]);
        put_value(column, i, relative ? value - from->baseline[i] : value);
    }
}

static void kernel_gather(stk_column *column, const stk_column_source *from)
{
    column->low = INFINITY;
    column->high = -INFINITY;
    column->sum = 0;
    if (from->members == NULL && from->baseline == NULL) {
        gather_all(column, from, false);
    } else if (from->members == NULL) {
        gather_all(column, from, true);
    } else {
        for (size_t i = 0; i < column->count; i++) {
            size_t m = from->members[i];
            double value = 0.5 * (from->row[m] + from->next[m]);
            put_value(column, i, from->baseline == NULL ? value : value - from->baseline[m]);
        }
    }
}

static size_t kernel_above(const stk_column *column, double threshold)
{
    lanes_mask above = (lanes_mask){0};
    size_t count = 0;
    size_t i = 0;
    for (; i + STK_LANES <= column->count; i += STK_LANES) {
        above -= (lanes_mask)(lanes_load(column->values + i) > threshold);
    }
    for (int l = 0; l < STK_LANES; l++) {
        count += (size_t)above[l];
    }
    for (; i < column->count; i++) {
        count += column->values[i] > threshold;
    }
    return count;
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
