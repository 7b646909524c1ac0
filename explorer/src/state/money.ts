/** Questions of climate finance, with what the view's part of the address says, and their rows. */
import { withOption, type Question } from './question'
import { ownOptions } from './address'
import { address, asOf, question } from './store'
import { today } from '../words/numbers'

/** Of the address's options only the date means something for money. */
export const ofMoney = (): Question => withOption({ options: {}, supposed: [] }, 'as-of', 'as-of' in question.value.options || asOf.value !== today() ? asOf.value : undefined)

/** The options of the address among these, as words. */
const said = (...names: readonly string[]) => ownOptions(address.value.own, names)

export const askGoals = () => `finance${said('source', 'include-unchecked')}`
export const askParts = () => `finance --components${said('source', 'include-unchecked')}`
export const askShares = (area: string, year?: number) => `finance ${area}${year === undefined ? '' : ` --year ${year}`}${said('weights', 'from', 'public-only', 'include-unchecked')}`
export const askLearned = (since: string) => `finance --since ${since}${said('include-unchecked')}`

/** A row of `finance`. */
export interface GoalRow {
  readonly year: number
  readonly goal: string
  readonly status: string
  readonly goal_usd_bn: number
  readonly component: string
  readonly delivered_usd_bn: number
  readonly delivered_high_usd_bn: number
  readonly met: string
  readonly published: string
  readonly confidence: string
}

/** A row of `finance --components`. */
export interface PartRow {
  readonly year: number
  readonly component: string
  readonly words: string
  readonly usd_bn: number
  readonly percent: number
  readonly of: string
  readonly confidence: string
}

/** A row of `finance AREA`: one a source. */
export interface ShareRow {
  readonly iso3: string
  readonly year: number
  readonly contributor: string
  readonly goal: string
  readonly shared_usd_bn: number
  readonly gdp_share: number
  readonly population_share: number
  readonly fossil_co2_share: number
  readonly co2_with_land_use_share: number
  readonly share: number
  readonly due_usd_bn: number
  readonly provided_usd_bn: number
  readonly percent: number
  readonly source: string
  readonly published: string
  readonly confidence: string
  readonly source_percent: number
  readonly source_surplus_usd_bn: number
  readonly source_met: string
  readonly other_what: string
  readonly other_value: number
  readonly other_unit: string
  readonly source_url: string
}

/** A row of `finance --since`. */
export interface LearnedRow {
  readonly date: string
  readonly kind: string
  readonly iso3: string
  readonly year: number
  readonly source: string
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly before: number
  readonly confidence: string
}

/** What a contributor's share of a year is, and who says what it gave. */
export interface Contribution {
  readonly row: ShareRow
  readonly gave: readonly ShareRow[]
}

/** Rows of one contributor and year together. */
export function contributions(rows: readonly ShareRow[]): Contribution[] {
  const keys = [...new Set(rows.map(r => `${r.iso3} ${r.year}`))]
  return keys.map(key => {
    const own = rows.filter(r => `${r.iso3} ${r.year}` === key)
    return { row: own[0], gave: own.filter(r => Number.isFinite(r.provided_usd_bn)) }
  })
}
