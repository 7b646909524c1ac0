/** Fair shares: rows of the question fairness, and the parameters that a reader may change. */
import { ownOptions } from './address'
import { address, setOwn } from './store'

/** A row of fairness AREA: what a reading leaves. */
export interface Reading {
  readonly area: string
  readonly year: number
  readonly method: string
  readonly parameters: string
  readonly mt: number
  readonly per_head_t: number
  readonly below_1990_pct: number
  readonly below_2005_pct: number
  readonly pledged_mt: number
  readonly excess_mt: number
  readonly meets: string
  readonly rated: string
  readonly what_is_pledged: string
}

/** A row of --table rating. */
export interface Rating {
  readonly area: string
  readonly name: string
  readonly year: number
  readonly what_is_rated: string
  readonly level_mt: number
  readonly baseline_mt: number
  readonly lo_mt: number
  readonly hi_mt: number
  readonly readings_met: number
  readonly readings: number
  readonly met_percent: number
  readonly position: number
  readonly implied_warming_k: number
  readonly warming_limit: string
  readonly band: string
  readonly check: string
}

/** Options of fairness that mean something else, or nothing, to other questions: keys of this view. */
export const parameters = ['methods', 'from', 'discount', 'converge', 'population', 'threshold', 'responsibility', 'smooth', 'fade'] as const
export type Parameter = (typeof parameters)[number]
export const rated = ['per_capita', 'convergence', 'ecpc', 'ability_to_pay', 'gdr']

export const parameterOf = (name: Parameter) => address.value.own[name] ?? ''
export const putParameter = (name: Parameter, value: string) => setOwn({ [name]: value })
export const anyParameter = () => parameters.some(name => parameterOf(name) !== '')
export const resetParameters = () => setOwn(Object.fromEntries(parameters.map(name => [name, ''])))

/** " --from 1990 --fade" */
export const flags = () => ownOptions(address.value.own, parameters)
