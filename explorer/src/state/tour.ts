/** The steps of the tour of April 2021: where each stands, what it moves, and the figures of its words. */
import type { Engine } from '../engine/client'
import type { Frame, Table, Wanted } from '../engine/protocol'
import { say, type Level } from '../words/tour'
import { records } from './parties'
import type { Question } from './question'

const BEFORE = '2021-04-20'
const DAY = '2021-04-22'
const YEAR = 2030
const arrays: Wanted[] = ['world', 'gap', 'warming', `path@${YEAR}`]

const on = (options: Record<string, string>): Question => ({ options, supposed: [] })
const before = on({ 'as-of': BEFORE })
const submitted = on({ 'as-of': DAY })
const announced = on({ 'as-of': DAY, 'include-announced': '' })
const today = on({ year: String(YEAR) })

/** Levels of Parties that a step moves on its way from one question to its own. */
export interface Movement {
  readonly from: Question
  readonly parties: readonly string[]
}

export interface Step {
  /** The view behind the step, with what it is about. */
  readonly view: string
  readonly question: Question
  readonly own?: Readonly<Record<string, string>>
  readonly movement?: Movement
  /** What is pointed at: a selector. */
  readonly points: string
  readonly commands: readonly string[]
  words(look: Look): Promise<string>
}

/** Asks the engine on the side; the same question is asked once. */
export class Look {
  #frames = new Map<Question, Promise<Frame>>()
  #tables = new Map<string, Promise<Table>>()
  constructor(private engine: Engine) {}

  frame(question: Question): Promise<Frame> {
    const kept = this.#frames.get(question) ?? this.engine.whole(question, arrays)
    this.#frames.set(question, kept)
    return kept
  }

  table(question: Question, asked: string): Promise<Table> {
    const key = JSON.stringify([question, asked])
    const kept = this.#tables.get(key) ?? this.engine.table(question, asked)
    this.#tables.set(key, kept)
    return kept
  }

  async level(question: Question, iso3: string): Promise<number> {
    return levelIn(await this.frame(question), this.engine.facts.actors.indexOf(iso3))
  }

  async change(movement: Movement, to: Question, iso3: string): Promise<Level> {
    return { before: await this.level(movement.from, iso3), after: await this.level(to, iso3) }
  }
}

// ---- out of the arrays of a frame ----

const CASES = 4
const levelIn = (f: Frame, actor: number) => f.arrays[`path@${YEAR}`]!.values[actor * CASES]
/** World without land use in 2030, unconditional: low, high. */
const worldOf = (f: Frame): [number, number] => [0, 1].map(k => f.arrays.world!.values[k * 2 * 111 + YEAR - 1990]) as [number, number]
/** Gap with hot air kept or capped, by condition and ambition. */
const gapOf = (f: Frame, { capped = 0, conditional = 0, high = 0 } = {}) => f.arrays.gap!.values[((capped * 2 + conditional) * 2 + high) * 2 + 1]
const gapsOf = (f: Frame): [number, number] => [gapOf(f), gapOf(f, { high: 1 })]
const medianOf = (f: Frame) => f.arrays.warming!.values[(2 * 7 + 3) * 106 + 105]

interface Change {
  readonly iso3: string
  readonly condition: string
  readonly counterfactual: string
  readonly share_of_gap_low_pct: number
  readonly share_of_gap_high_pct: number
}

interface Rise {
  readonly year: number
  readonly rank: number
  readonly change_gt: number
}

const shares = (rows: readonly Change[], counterfactual: string): [number, number] => {
  const row = rows.find(r => r.iso3 === 'USA' && r.condition === 'unconditional' && r.counterfactual === counterfactual)!
  return [row.share_of_gap_low_pct, row.share_of_gap_high_pct]
}

/** Largest first. */
const changes = `assess --since ${BEFORE} --no-warming`

const usMoves: Movement = { from: before, parties: ['USA'] }
const othersMove: Movement = { from: submitted, parties: ['JPN', 'CAN'] }

export const steps: readonly Step[] = [
  {
    view: 'world', question: before, points: '#emissions', commands: ['assess'],
    words: async look => {
      const f = await look.frame(before)
      return say.world(BEFORE, worldOf(f), gapsOf(f), medianOf(f))
    },
  },
  {
    view: 'world', question: submitted, movement: usMoves, points: '.row[data-iso3="USA"]', commands: ['targets --area USA', 'assess'],
    words: async look => say.unitedStates(await look.change(usMoves, submitted, 'USA'), { before: gapOf(await look.frame(before)), after: gapOf(await look.frame(submitted)) },
      records<Change>(await look.table(announced, changes))[0]?.iso3 === 'USA'),
  },
  {
    view: 'world', question: announced, movement: othersMove, points: '.row[data-iso3="JPN"],.row[data-iso3="CAN"]', commands: ['targets --area JPN,CAN'],
    words: async look => say.others(await look.change(othersMove, announced, 'JPN'), await look.change(othersMove, announced, 'CAN'),
      { before: gapOf(await look.frame(submitted)), after: gapOf(await look.frame(announced)) }),
  },
  {
    view: 'changes', question: on({ ...announced.options, since: BEFORE }), points: '#answer figure', commands: ['assess'],
    words: async look => {
      const rows = records<Change>(await look.table(announced, changes))
      return say.counterfactuals(shares(rows, 'previous'), shares(rows, 'baseline'))
    },
  },
  {
    view: 'world', question: announced, points: '#emissions', commands: ['history --species CO2 --rank-changes 5'],
    words: async look => {
      const rows = records<Rise>(await look.table(on({}), 'history --species CO2 --rank-changes 100'))
      const of2021 = rows.find(r => r.year === 2021)!
      return say.rises(of2021.year, of2021.rank, of2021.change_gt, rows[0].year, rows[0].change_gt)
    },
  },
  {
    view: 'assumptions', question: announced, own: { show: 'gap' }, points: '.control:has(#option-include-announced)', commands: ['gap'],
    words: async look => {
      const [without, withThem] = [await look.frame(submitted), await look.frame(announced)]
      return say.announcements(gapOf(without), gapOf(withThem), medianOf(without), medianOf(withThem))
    },
  },
  {
    view: 'assumptions', question: announced, own: { show: 'gap' }, points: '#effects,.control:has(#option-hot-air)', commands: ['gap'],
    words: async look => {
      const f = await look.frame(announced)
      return say.hotAir(gapOf(f), gapOf(f, { conditional: 1 }), gapOf(f) - gapOf(f, { capped: 1 }))
    },
  },
  {
    view: 'world', question: today, points: '.scrubber', commands: ['assess'],
    words: async look => {
      const [then, now] = [await look.frame(announced), await look.frame(today)]
      return say.after(gapOf(then), gapOf(now), medianOf(then), medianOf(now))
    },
  },
]
