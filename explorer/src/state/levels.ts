/** What every Party is heading for: `assess --parties`, kept live by the pathways of the newest frame. */
import type { Frame, Table } from '../engine/protocol'
import type { Quantity } from '../words/map'
import { records } from './parties'

/** A row of `assess --parties --since`. */
export interface Row {
  readonly iso3: string
  readonly name: string
  readonly kind: string
  readonly suspended: string
  readonly level_low_mt: number
  readonly history_year: number
  readonly history_mt: number
  readonly population: number
  readonly target_year: number
  readonly submitted: string
  readonly status: string
  readonly confidence: string
  readonly before_low_mt: number
}

export interface Level extends Row {
  /** Mt in the year asked about, unconditional at low ambition. */
  readonly level: number
  readonly value: number | string
}

/** Cases of an actor in the array of pathways: unconditional low is the first. */
const CASES = 4

function valueOf(row: Row, level: number, quantity: Quantity): number | string {
  switch (quantity) {
    case 'mark': return row.status === 'supposed' ? '' : row.confidence
    case 'head': return (1e6 * level) / row.population
    case 'since': return row.before_low_mt > 0 ? 100 * (level / row.before_low_mt - 1) : NaN
    default: return row.history_mt > 0 ? 100 * (level / row.history_mt - 1) : NaN
  }
}

export function levelsOf(table: Table, frame: Frame | null, actors: readonly string[], quantity: Quantity): Level[] {
  const path = frame?.arrays['path@']?.values
  return records<Row>(table).filter(row => row.kind === 'party').map(row => {
    const level = path?.[actors.indexOf(row.iso3) * CASES] ?? row.level_low_mt
    return { ...row, level, value: valueOf(row, level, quantity) }
  })
}

/** Bounds of the seven steps; a value on one belongs to the step above it. */
export const bounds: Record<Exclude<Quantity, 'mark'>, readonly number[]> = {
  change: [-50, -25, 0, 25, 50, 100],
  head: [1, 2, 4, 6, 10, 15],
  since: [-25, -10, -1, 1, 10, 25],
}
const marks = ['A', 'A*', 'B', 'S', 'C', 'R']
export const STEPS = 7

/** The step of a value, 0 to 6; -1 for none. */
export function stepOf(value: number | string, quantity: Quantity): number {
  if (quantity === 'mark') return value === '' ? STEPS - 1 : marks.indexOf(String(value))
  if (typeof value === 'string' || !Number.isFinite(value)) return -1
  return bounds[quantity].filter(b => value >= b).length
}
