/** Links to countries, and what was refused. */
import { go, hrefOf, nameOf, parties, view as here } from '../state/store'

export function PartyLink({ iso3, view = 'country', text = String }: { iso3: string; view?: string; text?: (name: string) => string }) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    go(view, iso3)
  }
  return <a class="party" href={hrefOf(view, iso3)} onClick={follow}>{text(nameOf(iso3))}</a>
}

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
