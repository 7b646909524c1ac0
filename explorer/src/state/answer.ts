/** The figures of the first sentence, out of a frame. */
import type { Frame } from '../engine/protocol'
import { question } from './store'

/** Cases of warming, and places of a percentile, a year and a threshold, in the arrays of the face. */
export const KINDS = { trend: 0, targets: 1, netZero: 2, optimistic: 3 }
const PERCENTILES = 7
export const LAST_PERCENTILE = PERCENTILES - 1
const OUTLOOK_YEARS = 106
const MEDIAN = 3
const THRESHOLDS = 4

export const warmingIn2100 = (f: Frame, kind: number, percentile = MEDIAN) =>
  f.arrays.warming!.values[(kind * PERCENTILES + percentile) * OUTLOOK_YEARS + OUTLOOK_YEARS - 1]
/** Share of members under a threshold (1.5, 2, 2.5, 3 K) in every year to 2100. */
export const shareBelow = (f: Frame, kind: number, threshold: number) => 1 - f.arrays.ever!.values[kind * THRESHOLDS + threshold]

export interface Answer {
  readonly levels: readonly [number, number]
  readonly gaps: readonly [number, number]
}

/** World and gap of unconditional pledges as the benchmark counts, at low and high ambition, Gt. */
export function answerOf(f: Frame): Answer {
  const capped = question.value.options['hot-air'] === 'cap' ? 8 : 0
  const at = (ambition: number, which: number) => f.arrays.gap!.values[capped + ambition * 2 + which]
  return { levels: [at(0, 0), at(1, 0)], gaps: [at(0, 1), at(1, 1)] }
}
