/** Types of engine.mjs. */

export declare const LEVELS = 1
export declare const WARMING = 2
export declare const CASES = 4

/** What the library refused, with its message. */
export declare class Refusal extends Error {}

/** An array of include/stocktake.h. NaN is "none". */
export type ArrayName =
  | 'world'
  | 'baseline'
  | 'path'
  | 'land'
  | 'target'
  | 'gap'
  | 'benchmark'
  | 'years'
  | 'warming'
  | 'exceed'
  | 'peak'
  | 'ever'
  | 'observed'
  | 'members'

export interface View {
  /** Row-major, in the engine's memory: copy what is to last. */
  values: Float64Array
  shape: number[]
}

export interface Option {
  name: string
  /** "switch", "date", "choice", "number", "text" */
  kind: string
  choices: string[]
  /** Its default, in words where it is no value. */
  usual: string
  help: string
  /** Those of the questions that take it. */
  questions: string[]
}

export interface Conference {
  /** "COP30" */
  name: string
  /** The day on which it closed. */
  closed: string
}

export declare class Engine {
  private constructor()
  close(): void
  /** Hand over answers.wasm, where it came later: before the first question. */
  answers: (bytes: Uint8Array) => void
  options(questions: readonly string[]): Option[]
  /** The checksum of the data, 64 digits. */
  edition(): string
  /** The newest day of a document, '' where there is none. */
  knownUntil(): string
  conferences(): Conference[]
  /** An option of the command; '' turns a switch on, null is the default. */
  set(option: string, value: string | null): void
  target(area: string, target: string): void
  /** 0: none. */
  netZero(area: string, year: number): void
  whatIf(words: string): void
  reset(area?: string | null): void
  update(parts: number): void
  array(name: ArrayName): View | null
  axis(array: ArrayName, axis: number, count: number): (string | null)[]
  ask(question: string, format?: string | null): string
  /** What the command would say besides the last answer, a line each. */
  remarks(): string
  table(question: string): Record<string, Float64Array | string[]>
}

/** @param answers  answers.wasm, where `wasm` is engine.wasm and the rest is there already */
export declare function openEngine(wasm: BufferSource, edition: Uint8Array, answers?: Uint8Array | null): Promise<Engine>
