/** Names and facts of everything that the world is the sum of, from the edition. */
import type { Engine } from '../engine/client'
import type { Party, Table } from '../engine/protocol'

const nothingAsked = { options: {}, supposed: [] }

export async function readParties(engine: Engine): Promise<Map<string, Party>> {
  const table = await engine.table(nothingAsked, 'country')
  const texts = (name: string) => table[name] as string[]
  const numbers = (name: string) => table[name] as Float64Array
  return new Map(texts('iso3').map((iso3, i) => [iso3, {
    iso3, name: texts('name')[i], kind: texts('kind')[i], speaker: texts('party')[i], m49: numbers('m49')[i],
    lastYear: numbers('year')[i], lastMt: numbers('emissions_mt')[i],
    population: numbers('population')[i], perHead: numbers('per_head_t')[i],
  }]))
}

export const rowsOf = (table: Table): number => Object.values(table)[0]?.length ?? 0

/** A table as objects; T names the columns that are read. */
export function records<T>(table: Table): T[] {
  const columns = Object.entries(table)
  return Array.from({ length: rowsOf(table) }, (_, i) => Object.fromEntries(columns.map(([name, values]) => [name, values[i]])) as T)
}
