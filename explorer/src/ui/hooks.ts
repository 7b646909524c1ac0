/** What views ask the engine for, kept current. */
import { useEffect, useState } from 'preact/hooks'
import type { Table, Wanted } from '../engine/protocol'
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
export const useTable = (question: string | null) => useAnswer<Table>(question, q => engine.value!.table(asked.value, q))
export const useText = (question: string | null) => useAnswer<string>(question, async q => (await engine.value!.ask(asked.value, q, 'text')).text)

function useAnswer<T>(question: string | null, ask: (question: string) => Promise<T>): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ value: null, refusal: '', stale: true })
  const present = asked.value
  useEffect(() => {
    if (question === null || engine.value === null) return
    let current = true
    setAnswer(before => ({ ...before, stale: true }))
    const timer = setTimeout(() => {
      ask(question).then(
        value => current && setAnswer({ value, refusal: '', stale: false }),
        (error: Error) => current && setAnswer({ value: null, refusal: error.message, stale: false }),
      )
    }, answer.value === null ? 0 : REST_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [question, present, engine.value])
  return answer
}
