/** @file energy.h
 * @brief The energy balance: n ocean layers under a forcing that relaxes to its driver.
 *
 * Cummins et al. (2020, 10.1175/JCLI-D-19-0589.1). State x = (F~, T_1 .. T_n), driver F:
 *
 *     dF~/dt = gamma (F - F~)
 *     C_1 dT_1/dt = F~ - kappa_1 T_1 - kappa_2 (T_1 - T_2)
 *     C_k dT_k/dt = kappa_k (T_{k-1} - T_k) - kappa_{k+1} (T_k - T_{k+1})
 *
 * where kappa_n counts eps times in the row of layer n-1 (the deep ocean's efficacy). Over a step
 * of constant F the solution is exact: x' = Ad x + bd F, Ad = exp(A), bd = int_0^1 exp(As) ds b.
 */
#ifndef STK_CLIMATE_ENERGY_H
#define STK_CLIMATE_ENERGY_H

#include <stocktake/base.h>

enum { STK_LAYERS_MAX = 4, STK_STATE_MAX = STK_LAYERS_MAX + 1 };

typedef struct stk_energy {
    int layers;
    double timestep_yr;
    double heat_capacity[STK_LAYERS_MAX]; /**< W yr m-2 K-1 */
    double heat_transfer[STK_LAYERS_MAX]; /**< W m-2 K-1 */
    double efficacy;                      /**< of heat uptake by the deepest layer */
    double gamma;                         /**< relaxation of the forcing, per step */
    double forcing_4co2;                  /**< W m-2 */
} stk_energy;

/** Matrices of one step, of which the first `layers + 1` rows and columns are used. */
typedef struct stk_energy_step {
    double a[STK_STATE_MAX][STK_STATE_MAX];  /**< continuous */
    double ad[STK_STATE_MAX][STK_STATE_MAX]; /**< over one step */
    double bd[STK_STATE_MAX];
} stk_energy_step;

void stk_energy_discretise(const stk_energy *energy, stk_energy_step *step);

/** The same without the relaxation: F acts on layer 1 at once. The state's first entry then only
 * carries noise, if any: column and decay of `ad` are kept, `bd[0]` is 0. */
void stk_energy_discretise_direct(const stk_energy *energy, stk_energy_step *step);

/** Response to a forcing as a sum of exponentials: time scales (yr, rising) and coefficients. */
typedef struct stk_energy_response {
    double tau_yr[STK_LAYERS_MAX];
    double q[STK_LAYERS_MAX]; /**< K per W m-2 */
    double ecs_k;
    double tcr_k;
} stk_energy_response;

void stk_energy_respond(const stk_energy *energy, stk_energy_response *response);

/** Covariance of the noise of one step (Van Loan 1978, 10.1109/TAC.1978.1101743), from the
 * standard deviations of forcing (sigma_eta) and temperature (sigma_xi). */
void stk_energy_noise(const stk_energy *energy, double sigma_eta, double sigma_xi,
                      double covariance[STK_STATE_MAX][STK_STATE_MAX]);

/** Lower triangular L with L L^T = covariance (size n); rows without variance are zero. */
void stk_cholesky(int n, double covariance[STK_STATE_MAX][STK_STATE_MAX],
                  double lower[STK_STATE_MAX][STK_STATE_MAX]);

#endif
