/** What views ask the engine for, kept current. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Frame, Table, Wanted } from '../engine/protocol'
import type { Question } from '../state/question'
import { asked, engine, wanted } from '../state/store'

/** How long after the last input a table is asked for again, ms. */
const REST_MS = 120

/** Arrays that every frame shall hold while this view is in front. */
export function useArrays(...names: Wanted[]): void {
  const key = names.join()
  useEffect(() => {
    wanted.value = names
    return () => {
      wanted.value = []
    }
  }, [key])
}

export interface Answer<T> {
  readonly value: T | null
  readonly refusal: string
  /** The value is of a question before the present one. */
  readonly stale: boolean
}

/** The answer to a question as columns; null asks nothing. It follows every change after a short rest. */
export const useTable = (question: string | null, of: Question = asked.value) =>
  useAnswer<Table>(question === null ? null : JSON.stringify([question, of]), unless => engine.value!.table(of, question!, unless))
export const useText = (question: string | null, of: Question = asked.value) =>
  useAnswer<string>(question === null ? null : JSON.stringify([question, of]), async unless => (await engine.value!.ask(of, question!, 'text', unless)).text)
/** What is said beside an answer: what is left out, where data ends. */
export const useRemarks = (question: string, of: Question) =>
  useAnswer<string>(JSON.stringify(['remarks', question, of]), async unless => (await engine.value!.ask(of, question, 'csv', unless)).remarks)
/** Several questions at once; in the place of a table that is refused stands the refusal. */
export const useTables = (questions: readonly string[], of: Question = asked.value) =>
  useAnswer<readonly (Table | string)[]>(JSON.stringify([questions, of]), unless => Promise.all(questions.map(q => engine.value!.table(of, q, unless).catch((error: Error) => error.message))))
/** A frame of another question, with all cases. */
export const useFrame = (of: Question, ...names: Wanted[]) =>
  useAnswer<Frame>(JSON.stringify([of, names]), unless => engine.value!.whole(of, names, unless))

function useAnswer<T>(key: string | null, ask: (unless: AbortSignal) => Promise<T>): Answer<T> {
  const [answer, setAnswer] = useState<{ value: T | null; refusal: string; to: string | null }>({ value: null, refusal: '', to: null })
  useEffect(() => {
    if (key === null || engine.value === null) return
    let current = true
    const cancel = new AbortController()
    const timer = setTimeout(() => {
      ask(cancel.signal).then(
        value => current && setAnswer({ value, refusal: '', to: key }),
        (error: Error) => current && setAnswer({ value: null, refusal: error.message, to: key }),
      )
    }, answer.value === null ? 0 : REST_MS)
    return () => {
      current = false
      clearTimeout(timer)
      cancel.abort()
    }
  }, [key, engine.value])
  return key === null ? { value: null, refusal: '', stale: false } : { value: answer.value, refusal: answer.refusal, stale: answer.to !== key }
}

/** What was last said while everything was of one question: a sentence made of several answers never mixes two. */
export function useHeld<T>(value: T, stale: boolean): T {
  const held = useRef(value)
  if (!stale) held.current = value
  return held.current
}
