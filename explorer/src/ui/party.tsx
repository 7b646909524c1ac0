/** A link to a country. */
import { go, hrefOf, nameOf } from '../state/store'

export function PartyLink({ iso3, view = 'country' }: { iso3: string; view?: string }) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    go(view, iso3)
  }
  return <a class="party" href={hrefOf(view, iso3)} onClick={follow}>{nameOf(iso3)}</a>
}
