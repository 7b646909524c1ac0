/** The command that gives the same figures, and its copy. */
import { useState } from 'preact/hooks'
import { commandLine } from '../state/question'
import { engine, question } from '../state/store'
import { say } from '../words/en'

export function Command({ asked }: { asked: string }) {
  const [copied, setCopied] = useState(false)
  const line = commandLine(asked, question.value, engine.value?.facts.options ?? [])
  const copy = async () => {
    await navigator.clipboard.writeText(line)
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <p class="command">
      <span class="label">{say.sameFigures}</span> <code data-command>{line}</code>{' '}
      <button type="button" class="quiet" onClick={copy}>{copied ? say.copied : say.copy}</button>
    </p>
  )
}
