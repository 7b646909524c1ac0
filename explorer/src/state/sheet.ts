/** Rows of the tables of the question country. */
import type { Pathway } from './pathway'

/** The one row of --table profile. */
export interface Sheet {
  readonly iso3: string
  readonly name: string
  readonly kind: string
  readonly note: string
  readonly suspended: string
  readonly year: number
  readonly emissions_mt: number
  readonly land_use_co2_mt: number
  readonly share_of_world_pct: number
  readonly rank: number
  readonly areas: number
  readonly population: number
  readonly per_head_t: number
  readonly world_per_head_t: number
  readonly per_gdp_kg: number
  readonly world_per_gdp_kg: number
  readonly change_from_year_before_pct: number
  readonly change_from_1990_pct: number
  readonly change_from_2005_pct: number
  readonly change_from_2010_pct: number
  readonly fossil_co2_from: number
  readonly fossil_cumulative_co2_gt: number
  readonly fossil_co2_share_pct: number
  readonly land_use_cumulative_co2_gt: number
  readonly co2_share_pct: number
  readonly goal_year: number
  readonly goal: string
  readonly world_cut_pct: number
  readonly equal_cut_mt: number
  readonly equal_per_head_mt: number
  readonly what_is_rated: string
  readonly rated_mt: number
  readonly fair_lo_mt: number
  readonly fair_hi_mt: number
  readonly fair_lo_per_head_t: number
  readonly rated_per_head_t: number
  readonly fair_hi_per_head_t: number
  readonly readings_met: number
  readonly readings: number
  readonly implied_warming_k: number
  readonly warming_limit: string
  readonly band: string
}

/** An area beside others, with its sheet and both of its pathways. */
export interface Compared {
  /** As it stands in the address. */
  readonly typed: string
  readonly sheet: Sheet
  readonly mt: Pathway
  readonly head: Pathway
}

/** A row of --table documents: a target, and what it meant on its day. */
export interface Target {
  readonly submitted: string
  readonly status: string
  readonly target_year: number
  readonly kind: string
  readonly condition: string
  readonly stated: string
  readonly level_low_mt: number
  readonly level_high_mt: number
  readonly confidence: string
  readonly method: string
  readonly source_url: string
  readonly check: string
}

/** A row of --table net_zero. */
export interface Aim {
  readonly date: string
  readonly standing: string
  readonly year: number
  readonly scope: string
  readonly in_force: string
  readonly document: string
  readonly confidence: string
  readonly source_url: string
}

/** A row of `assess --since`: what one document changed. */
export interface Change {
  readonly iso3: string
  readonly submitted: string
  readonly status: string
  readonly condition: string
  readonly counterfactual: string
  readonly before_low_mt: number
  readonly after_low_mt: number
  readonly after_high_mt: number
  readonly closes_low_gt: number
  readonly closes_high_gt: number
  readonly share_of_gap_low_pct: number
  readonly share_of_gap_high_pct: number
}

/** Targets with the number of their document: the n-th day on which the Party submitted something. */
export interface Numbered extends Target {
  readonly number: number
}

export function numbered(targets: readonly Target[]): Numbered[] {
  const days = [...new Set(targets.map(t => t.submitted))]
  return targets.map(t => ({ ...t, number: days.indexOf(t.submitted) + 1 }))
}
