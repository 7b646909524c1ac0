/** The command that gives the same figures, to be copied, and its answer as a file. */
import { useState } from 'preact/hooks'
import type { Question } from '../state/question'
import { engine, question } from '../state/store'
import { copy, lineOf, save } from './export'
import { say } from '../words/en'

/** `of`: where it is not the question of the address. */
export function Command({ asked, of = question.value }: { asked: string; of?: Question }) {
  const [copied, setCopied] = useState(false)
  const line = lineOf(asked, of)
  const copyLine = async () => {
    await copy(line)
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  const csv = async () => {
    const answer = await engine.value!.ask(of, asked, 'csv')
    save(`stocktake-${asked.replace(/[^\w]+/g, '-')}.csv`, 'text/csv', answer.text)
  }
  return (
    <p class="command">
      <span class="label">{say.sameFigures}</span> <code data-command>{line}</code>{' '}
      <span class="files">
        <button type="button" class="quiet" onClick={copyLine}>{copied ? say.copied : say.copy}</button>
        <button type="button" class="quiet" onClick={csv}>{say.csv}</button>
      </span>
    </p>
  )
}
