/** The frame of the page: header, date, and the view that the address names. */
import type { FunctionComponent } from 'preact'
import { useEffect } from 'preact/hooks'
import { address, engine, refusal, view } from '../state/store'
import { Assumptions } from '../views/assumptions'
import { Changes } from '../views/changes'
import { Compare } from '../views/compare'
import { Countries } from '../views/country'
import { Fair } from '../views/fair'
import { Finance } from '../views/finance'
import { MapView } from '../views/map'
import { Method } from '../views/method'
import { TourBar, TourView } from '../views/tour'
import { World } from '../views/world'
import { say } from '../words/en'
import { Header } from './header'
import { Scrubber } from './scrubber'

const views: Record<string, FunctionComponent> = {
  world: World, country: Countries, compare: Compare, changes: Changes, map: MapView,
  assumptions: Assumptions, fair: Fair, finance: Finance, method: Method, tour: TourView,
}

export function App() {
  const name = say.views[view.value]
  useEffect(() => {
    document.title = view.value === 'world' || name === undefined ? say.title : `${name} · stocktake`
  }, [name])
  const View = views[view.value] ?? World
  return (
    <>
      <a class="skip" href="#answer" onClick={toAnswer}>{say.skip}</a>
      <Header />
      <Scrubber />
      {view.value === 'tour' && <TourBar />}
      <Notices />
      <main id="answer" tabIndex={-1} data-view={view.value}>
        <View />
      </main>
    </>
  )
}

function Notices() {
  const { edition, unknown } = address.value
  const here = engine.value?.facts.edition ?? ''
  return (
    <>
      {views[view.value] === undefined && <p class="notice" role="status">{say.unknownView(view.value)}</p>}
      {unknown.length > 0 && <p class="notice" role="status">{say.unknownKeys(unknown)}</p>}
      {edition !== '' && here !== '' && edition !== here && <p class="notice" role="status">{say.otherEdition(edition, here)}</p>}
      {refusal.value !== '' && <p class="notice refused" role="alert">{refusal.value}</p>}
    </>
  )
}

/** The fragment is the state, so a link may not change it. */
function toAnswer(event: Event): void {
  event.preventDefault()
  document.getElementById('answer')!.focus()
}
