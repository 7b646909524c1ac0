/** Pathways of an area: of the newest frame where it is one of the actors, else of the question country. */
import type { Frame, Table } from '../engine/protocol'

/** First year of the arrays and tables of pathways. */
export const FIRST_YEAR = 1990
const YEARS = 111

/** Mt CO2e without land use by year. */
export interface Pathway {
  readonly baseline: ArrayLike<number>
  /** Unconditional low and high, conditional low and high. */
  readonly cases: readonly ArrayLike<number>[]
}

export const LOW = 0
export const HIGH = 1
export const CONDITIONAL_HIGH = 3
const names = ['unconditional_low', 'unconditional_high', 'conditional_low', 'conditional_high']

export function pathwayOfFrame(frame: Frame | null, iso3: string): Pathway | null {
  const path = frame?.arrays[`path:${iso3}`]?.values
  const baseline = frame?.arrays[`baseline:${iso3}`]?.values
  if (path === undefined || baseline === undefined) return null
  return { baseline, cases: names.map((_, k) => path.subarray(k * YEARS, (k + 1) * YEARS)) }
}

/** @param unit  "mt", or "per_head_t" of the table by head */
export function pathwayOfTable(table: Table | null, unit: 'mt' | 'per_head_t' = 'mt'): Pathway | null {
  if (table === null || table[`unconditional_low_${unit}`] === undefined) return null
  return {
    baseline: table[unit === 'mt' ? 'baseline_excl_lulucf_mt' : 'baseline_per_head_t'] as Float64Array,
    cases: names.map(name => table[`${name}_${unit}`] as Float64Array),
  }
}

export const at = (series: ArrayLike<number>, year: number | string) => series[Number(year) - FIRST_YEAR] ?? NaN

/** An area, or the value of an option, as a word of a question: codes stay, names get quotes. */
export const areaWord = (typed: string) => (/^[\w.,=-]+$/.test(typed) ? typed : `"${typed.replace(/["$`\\]/g, '')}"`)
