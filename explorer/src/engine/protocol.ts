/** What goes between the page and the worker that runs the engine. */
import type { ArrayName, Conference, Option } from '../../../bindings/wasm/engine.mjs'
import type { Question } from '../state/question'

/**
 * An array; its rows of one actor, "path:BRA"; or all actors in one year, "path@2030", in that of the question
 * "path@". Of members: their values in 2100.
 */
export type Wanted = ArrayName | `${'baseline' | 'path' | 'land'}${':' | '@'}${string}`

export interface Numbers {
  readonly values: Float64Array
  readonly shape: readonly number[]
}

/** Results of one question: the arrays that were wanted. */
export interface Frame {
  readonly question: Question
  readonly arrays: Readonly<Partial<Record<Wanted, Numbers>>>
  /** Whether all four cases of warming are in it, or only the first two of the sentence. */
  readonly cases: boolean
  /** Processor time of the worker for it, ms. */
  readonly took: number
}

/** A country, territory, the European Union or a bunker. */
export interface Party {
  readonly iso3: string
  readonly name: string
  /** "party", "member" of the European Union, … */
  readonly kind: string
  /** Whose document speaks for it: its own code, "EUU", or "" for none. */
  readonly speaker: string
  /** The United Nations' number, NaN for none. */
  readonly m49: number
  readonly lastYear: number
  /** In the last year of data, without land use. */
  readonly lastMt: number
  readonly population: number
  readonly perHead: number
}

/** What does not change while the page is open. */
export interface Facts {
  readonly options: readonly Option[]
  /** Codes of all actors, in the order of the arrays. */
  readonly actors: readonly string[]
  /** First 8 digits of the edition's checksum, or "". */
  readonly edition: string
  /** The newest day of a document: what came later is not in the answers. */
  readonly knownUntil: string
  readonly conferences: readonly Conference[]
  /** The array of this name under the usual options. */
  readonly years: Numbers
}

export type Column = Float64Array | string[]
export type Table = Readonly<Record<string, Column>>

export type Request =
  /** `answers` is the part of the engine that is needed when a question is asked first. */
  | { kind: 'open'; wasm: ArrayBuffer; answers: ArrayBuffer; edition: ArrayBuffer }
  | { kind: 'frame'; id: number; question: Question; wanted: readonly Wanted[]; cases: boolean }
  | { kind: 'table'; id: number; question: Question; asked: string }
  | { kind: 'ask'; id: number; question: Question; asked: string; format: string | null }

export type Reply =
  | { kind: 'opened'; facts: Facts }
  | { kind: 'frame'; id: number; frame: Frame }
  | { kind: 'table'; id: number; table: Table }
  | { kind: 'text'; id: number; text: string; remarks: string }
  /** `unable`: the browser cannot run the engine at all. */
  | { kind: 'refused'; id: number; message: string; unable: boolean }

/** A row of the question timeline. */
export interface Step {
  readonly date: string
  readonly iso3: string
  readonly kind: string
  readonly document: string
  readonly gap_gt: number
  readonly change_gt: number
}
