/** Links to views and countries, and what was refused. */
import type { ComponentChildren } from 'preact'
import { go, hrefOf, nameOf, parties, view as here } from '../state/store'

interface To {
  readonly view: string
  readonly subject?: string
  readonly own?: Record<string, string>
  readonly class?: string
  readonly current?: boolean
  readonly children: ComponentChildren
}

/** A view with the question as it is; a click with a key held is the browser's. */
export function Link({ view, subject = '', own = {}, class: name, current, children }: To) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    go(view, subject, own)
  }
  return <a class={name} href={hrefOf(view, subject, own)} aria-current={current ? 'page' : undefined} onClick={follow}>{children}</a>
}

export const PartyLink = ({ iso3, view = 'country', text = String }: { iso3: string; view?: string; text?: (name: string) => string }) =>
  <Link view={view} subject={iso3} class="party">{text(nameOf(iso3))}</Link>

/** What the engine refused, as a sentence of the page; the areas that it suggests are links. */
export function Refused({ text }: { text: string }) {
  if (text === '') return null
  const view = ['fair', 'finance'].includes(here.value) ? here.value : 'country'
  return (
    <p class="notice refused" role="alert">
      {text.replace(/^--/, '').replace(/[^.?]$/, '$&.').split(/\b([A-Z]{3})\b/).map(part => (parties.value.has(part) ? <PartyLink iso3={part} view={view} text={() => part} /> : part))}
    </p>
  )
}
