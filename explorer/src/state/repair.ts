/** What of a question the engine takes, and why not the rest. */
import type { Engine } from '../engine/client'
import { writeSupposed } from './address'
import { asPledged, withOption, type Question } from './question'

/** Parts are tried one after the other, each with those before it that were taken. */
export async function takenOf(engine: Engine, { options, supposed }: Question): Promise<{ question: Question; left: [string, string][] }> {
  let question = asPledged
  const left: [string, string][] = []
  const attempt = async (next: Question, part: string) => {
    try {
      await engine.whole(next, [])
      question = next
    } catch (error) {
      left.push([part, (error as Error).message])
    }
  }
  for (const [name, value] of Object.entries(options)) await attempt(withOption(question, name, value), value === '' ? name : `${name}=${value}`)
  for (const s of supposed) await attempt({ ...question, supposed: [...question.supposed, s] }, `set=${writeSupposed(s)}`)
  return { question, left }
}
