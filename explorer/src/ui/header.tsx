/** Name, views, undo, share and export. */
import { useState } from 'preact/hooks'
import { address, ask, canRedo, canUndo, go, hrefOf, question, redo, replaying, undo } from '../state/store'
import { writeAddress } from '../state/address'
import { say } from '../words/en'
import { save } from './export'

const order = ['world', 'country', 'compare', 'changes', 'map', 'fair', 'finance', 'assumptions', 'tour', 'method']
const subjects: Record<string, string> = { tour: 'april-2021' }

export function Header() {
  const { view } = address.value
  const supposed = question.value.supposed.length > 0
  return (
    <header class="top">
      <a class="name" href={hrefOf('world')} onClick={event => follow(event, 'world')}>stocktake</a>
      <nav aria-label="Views">
        <ul>
          {order.map(v => (
            <li key={v}>
              <a href={hrefOf(v, subjects[v])} aria-current={v === view ? 'page' : undefined} onClick={event => follow(event, v)}>{say.views[v]}</a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="acts">
        <button type="button" class="quiet" disabled={!canUndo.value} onClick={undo}>{say.undo}</button>
        <button type="button" class="quiet" disabled={!canRedo.value} onClick={redo}>{say.redo}</button>
        {supposed && (
          <button type="button" class="quiet" aria-pressed={replaying.value} onClick={() => (replaying.value = !replaying.value)}>
            {replaying.value ? say.replayBack : say.replay}
          </button>
        )}
        {supposed && <button type="button" class="quiet" onClick={() => ask({ ...question.value, supposed: [] })}>{say.reset}</button>}
        <Share />
        <button type="button" onClick={savePage}>{say.export}</button>
      </div>
    </header>
  )
}

function follow(event: MouseEvent, view: string): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
  event.preventDefault()
  go(view, subjects[view])
}

function Share() {
  const [shared, setShared] = useState(false)
  const copy = async () => {
    const link = location.href.split('#', 1)[0] + writeAddress(address.value)
    await navigator.clipboard.writeText(link)
    setShared(true)
    setTimeout(() => setShared(false), 2000)
  }
  return <button type="button" onClick={copy}><span role="status">{shared ? say.shared : say.share}</span></button>
}

/** The single file with this state: the page as it came, from the file that is open or from beside it. */
async function savePage(): Promise<void> {
  const link = document.querySelector<HTMLLinkElement>('link[rel=alternate][data-single]')
  const state = writeAddress(address.value)
  if (link === null) {
    // the engine's data was taken out of the document when it was read; the file itself still has it
    location.hash = state
    return window.print()
  }
  const page = await (await fetch(link.href)).text()
  save('stocktake-explorer.html', 'text/html', page.replace('<html ', `<html data-state="${state.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}" `))
}
