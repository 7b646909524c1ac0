/** @file energy.c
 * @brief Matrix exponentials and eigenvalues of small systems.
 */
#include "climate/energy.h"

#include <math.h>
#include <string.h>

#include "base/elementary.h"

enum { MATRIX_MAX = 2 * STK_STATE_MAX };

/* What lies beyond n is never looked at. */
typedef struct matrix {
    int n;
    double v[MATRIX_MAX][MATRIX_MAX];
} matrix;

/* Whole rows at once, so that they are vectors; every sum has its terms in the same order. */
static inline void multiply_rows(const matrix *restrict a, const matrix *restrict b,
                                 matrix *restrict out, int width)
{
    out->n = a->n;
    for (int i = 0; i < a->n; i++) {
        double row[MATRIX_MAX] = {0};
        for (int k = 0; k < a->n; k++) {
            for (int j = 0; j < width; j++) {
                row[j] += a->v[i][k] * b->v[k][j];
            }
        }
        for (int j = 0; j < width; j++) {
            out->v[i][j] = row[j];
        }
    }
}

static void multiply(const matrix *a, const matrix *b, matrix *out)
{
    enum { USUAL = 6 }; /* three layers */
    if (a->n <= USUAL) {
        multiply_rows(a, b, out, USUAL);
    } else {
        multiply_rows(a, b, out, MATRIX_MAX);
    }
}

static double norm_1(const matrix *a)
{
    double norm = 0;
    for (int j = 0; j < a->n; j++) {
        double sum = 0;
        for (int i = 0; i < a->n; i++) {
            sum += fabs(a->v[i][j]);
        }
        norm = fmax(norm, sum);
    }
    return norm;
}

/* exp(A) by scaling to a norm below 1/2, a Taylor series of 18 terms (remainder below 1e-21) and
 * squaring. */
static void exponential(const matrix *a, matrix *out)
{
    enum { TERMS = 18 };
    int squarings = 0;
    double scale = 1;
    double norm = norm_1(a);
    while (norm * scale > 0.5 && squarings < 60) {
        scale *= 0.5;
        squarings++;
    }
    matrix x = *a;
    matrix sum = {.n = a->n};
    for (int i = 0; i < a->n; i++) {
        sum.v[i][i] = 1;
        for (int j = 0; j < a->n; j++) {
            x.v[i][j] *= scale;
        }
    }
    /* Horner's scheme: I + X (I + X/2 (I + X/3 (...))) */
    for (int k = TERMS; k >= 1; k--) {
        multiply(&x, &sum, out);
        for (int i = 0; i < a->n; i++) {
            for (int j = 0; j < a->n; j++) {
                sum.v[i][j] = out->v[i][j] / k + (i == j);
            }
        }
    }
    *out = sum;
    for (int k = 0; k < squarings; k++) {
        multiply(out, out, &sum);
        *out = sum;
    }
}

/* Rows 1 .. n of A: exchange between the layers, capacities per time step. */
static void fill_layers(const stk_energy *e, double a[STK_STATE_MAX][STK_STATE_MAX])
{
    int n = e->layers;
    for (int k = 0; k < n; k++) {
        double capacity = e->heat_capacity[k] / e->timestep_yr;
        double above = e->heat_transfer[k];
        double below = k + 1 < n ? e->heat_transfer[k + 1] : 0;
        if (k + 2 == n) {
            below *= e->efficacy;
        }
        if (k > 0) {
            a[k + 1][k] = above / capacity;
        }
        a[k + 1][k + 1] = -(above + below) / capacity;
        if (k + 1 < n) {
            a[k + 1][k + 2] = below / capacity;
        }
    }
}

static void fill_system(const stk_energy *e, double a[STK_STATE_MAX][STK_STATE_MAX])
{
    memset(a, 0, sizeof(double[STK_STATE_MAX][STK_STATE_MAX]));
    fill_layers(e, a);
    a[0][0] = -e->gamma;
    a[1][0] = e->timestep_yr / e->heat_capacity[0];
}

/* The last column of exp([A b; 0 0]) is bd, without an inverse of A. */
static void discretise(const stk_energy *e, const double b[STK_STATE_MAX], stk_energy_step *step)
{
    int n = e->layers + 1;
    matrix system = {.n = n + 1};
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            system.v[i][j] = step->a[i][j];
        }
        system.v[i][n] = b[i];
    }
    matrix result;
    exponential(&system, &result);
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            step->ad[i][j] = result.v[i][j];
        }
        step->bd[i] = result.v[i][n];
    }
}

void stk_energy_discretise(const stk_energy *energy, stk_energy_step *step)
{
    double b[STK_STATE_MAX] = {energy->gamma};
    memset(step, 0, sizeof *step);
    fill_system(energy, step->a);
    discretise(energy, b, step);
}

void stk_energy_discretise_direct(const stk_energy *energy, stk_energy_step *step)
{
    double b[STK_STATE_MAX] = {0, energy->timestep_yr / energy->heat_capacity[0]};
    memset(step, 0, sizeof *step);
    fill_system(energy, step->a);
    discretise(energy, b, step);
}

/* One Jacobi rotation that makes s[p][q] zero; u gathers the eigenvectors. */
static void rotate(int n, double s[STK_LAYERS_MAX][STK_LAYERS_MAX],
                   double u[STK_LAYERS_MAX][STK_LAYERS_MAX], int p, int q)
{
    if (s[p][q] == 0) {
        return;
    }
    double theta = (s[q][q] - s[p][p]) / (2 * s[p][q]);
    double t = copysign(1, theta) / (fabs(theta) + sqrt(theta * theta + 1));
    double c = 1 / sqrt(t * t + 1);
    double sine = t * c;
    for (int k = 0; k < n; k++) {
        double skp = s[k][p];
        double skq = s[k][q];
        s[k][p] = c * skp - sine * skq;
        s[k][q] = sine * skp + c * skq;
    }
    for (int k = 0; k < n; k++) {
        double spk = s[p][k];
        double sqk = s[q][k];
        s[p][k] = c * spk - sine * sqk;
        s[q][k] = sine * spk + c * sqk;
        double ukp = u[k][p];
        double ukq = u[k][q];
        u[k][p] = c * ukp - sine * ukq;
        u[k][q] = sine * ukp + c * ukq;
    }
}

/* Sort by rising time scale, that is by falling |lambda|. */
static void sort_response(int n, stk_energy_response *r)
{
    for (int i = 1; i < n; i++) {
        for (int j = i; j > 0 && r->tau_yr[j] < r->tau_yr[j - 1]; j--) {
            double tau = r->tau_yr[j];
            double q = r->q[j];
            r->tau_yr[j] = r->tau_yr[j - 1];
            r->q[j] = r->q[j - 1];
            r->tau_yr[j - 1] = tau;
            r->q[j - 1] = q;
        }
    }
}

/* The layers' matrix is tridiagonal with positive products of opposite entries; a diagonal scaling
 * makes it symmetric, D^-1 A D = S = U L U^T, and in V[0,j] V^-1[j,0] = U[0,j]^2 D cancels. */
void stk_energy_respond(const stk_energy *energy, stk_energy_response *response)
{
    enum { SWEEPS = 30 };
    int n = energy->layers;
    double a[STK_STATE_MAX][STK_STATE_MAX] = {{0}};
    double s[STK_LAYERS_MAX][STK_LAYERS_MAX] = {{0}};
    double u[STK_LAYERS_MAX][STK_LAYERS_MAX] = {{0}};
    memset(response, 0, sizeof *response);
    fill_layers(energy, a);
    for (int i = 0; i < n; i++) {
        u[i][i] = 1;
        s[i][i] = a[i + 1][i + 1];
        if (i + 1 < n) {
            s[i][i + 1] = s[i + 1][i] = sqrt(a[i + 1][i + 2] * a[i + 2][i + 1]);
        }
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        for (int p = 0; p < n; p++) {
            for (int q = p + 1; q < n; q++) {
                rotate(n, s, u, p, q);
            }
        }
    }
    for (int j = 0; j < n; j++) {
        response->tau_yr[j] = -energy->timestep_yr / s[j][j];
        response->q[j] = response->tau_yr[j] * u[0][j] * u[0][j] / energy->heat_capacity[0];
    }
    sort_response(n, response);
    double doubling_yr = stk_log(2) / stk_log(1.01); /* of CO2 at 1 % a year */
    for (int j = 0; j < n; j++) {
        double tau = response->tau_yr[j];
        double half = 0.5 * energy->forcing_4co2 * response->q[j];
        response->ecs_k += half;
        response->tcr_k += half * (1 + tau / doubling_yr * stk_expm1(-doubling_yr / tau));
    }
}

void stk_energy_noise(const stk_energy *energy, double sigma_eta, double sigma_xi,
                      double covariance[STK_STATE_MAX][STK_STATE_MAX])
{
    int n = energy->layers + 1;
    double a[STK_STATE_MAX][STK_STATE_MAX];
    matrix h = {.n = 2 * n};
    fill_system(energy, a);
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            h.v[i][j] = -a[i][j];
            h.v[n + i][n + j] = a[j][i];
        }
    }
    double xi = sigma_xi * energy->timestep_yr / energy->heat_capacity[0];
    h.v[0][n] = sigma_eta * sigma_eta;
    h.v[1][n + 1] = xi * xi;
    matrix result;
    exponential(&h, &result);
    memset(covariance, 0, sizeof(double[STK_STATE_MAX][STK_STATE_MAX]));
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < n; k++) {
                covariance[i][j] += result.v[n + k][n + i] * result.v[k][n + j];
            }
        }
    }
}

void stk_cholesky(int n, double covariance[STK_STATE_MAX][STK_STATE_MAX],
                  double lower[STK_STATE_MAX][STK_STATE_MAX])
{
    memset(lower, 0, sizeof(double[STK_STATE_MAX][STK_STATE_MAX]));
    for (int j = 0; j < n; j++) {
        double rest = covariance[j][j];
        for (int k = 0; k < j; k++) {
            rest -= lower[j][k] * lower[j][k];
        }
        /* The deepest layer's variance is at the edge of what rounding leaves of it. */
        if (!(rest > 1e-14 * covariance[j][j])) {
            continue;
        }
        lower[j][j] = sqrt(rest);
        for (int i = j + 1; i < n; i++) {
            double sum = covariance[i][j];
            for (int k = 0; k < j; k++) {
                sum -= lower[i][k] * lower[j][k];
            }
            lower[i][j] = sum / lower[j][j];
        }
    }
}
