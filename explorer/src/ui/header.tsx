/** Name, views, undo, share and export. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { address, canRedo, canUndo, redo, undo, view } from '../state/store'
import { writeAddress } from '../state/address'
import { say } from '../words/en'
import { copy, pageAsItCame, save } from './export'
import { Link } from './party'

const order = ['world', 'country', 'compare', 'changes', 'map', 'fair', 'finance', 'assumptions', 'tour', 'method']
const subjects: Record<string, string> = { tour: 'april-2021' }

export function Header() {
  const nav = useRef<HTMLElement>(null)
  // on a narrow screen the list of views is wider than the page
  useEffect(() => nav.current!.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' }), [view.value])
  return (
    <header class="top">
      <Link view="world" class="name">stocktake</Link>
      <nav ref={nav} aria-label="Views">
        <ul>
          {order.map(v => (
            <li key={v}>
              <Link view={v} subject={subjects[v]} current={v === view.value}>{say.views[v]}</Link>
            </li>
          ))}
        </ul>
      </nav>
      <div class="acts">
        <button type="button" class="quiet glyph" aria-label={say.undo} title={say.undo} disabled={!canUndo.value} onClick={undo}>↶</button>
        <button type="button" class="quiet glyph" aria-label={say.redo} title={say.redo} disabled={!canRedo.value} onClick={redo}>↷</button>
        <Share />
        <Export />
      </div>
    </header>
  )
}

function Share() {
  const [shared, setShared] = useState(false)
  const share = async () => {
    const link = location.href.split('#', 1)[0] + writeAddress(address.value)
    // a phone has a sheet for it
    if (navigator.share !== undefined && matchMedia('(pointer: coarse)').matches) return void navigator.share({ url: link }).catch(() => {})
    await copy(link)
    setShared(true)
    setTimeout(() => setShared(false), 2000)
  }
  return <button type="button" onClick={share}><span role="status">{shared ? say.shared : say.share}</span></button>
}

/** The page with this state as one file, from what is open or from beside it; or on paper. */
function Export() {
  const menu = useRef<HTMLDetailsElement>(null)
  const close = () => menu.current!.removeAttribute('open')
  const pick = (act: () => unknown) => () => {
    close()
    act()
  }
  return (
    <details ref={menu} class="menu" onKeyDown={event => event.key === 'Escape' && close()} onFocusOut={event => !menu.current!.contains(event.relatedTarget as Node | null) && close()}>
      <summary>{say.export}</summary>
      <div class="items">
        <button type="button" class="quiet" onClick={pick(savePage)}>{say.exportPage}</button>
        <button type="button" class="quiet" onClick={pick(() => window.print())}>{say.exportPaper}</button>
      </div>
    </details>
  )
}

async function savePage(): Promise<void> {
  const state = writeAddress(address.value)
  const link = document.querySelector<HTMLLinkElement>('link[data-single]')
  const page = link === null ? pageAsItCame() : await (await fetch(link.href)).text()
  const safe = state.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('$', '$$$$')
  save('stocktake-explorer.html', 'text/html', page.replace(/<html(?: data-state="[^"]*")?/, `<html data-state="${safe}"`))
}
