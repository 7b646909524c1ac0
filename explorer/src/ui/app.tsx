/** The frame of the page: header, date, and the view that the address names. */
import type { FunctionComponent } from 'preact'
import { useEffect } from 'preact/hooks'
import { writeAddress } from '../state/address'
import { address, asOf, end, engine, leftOut, question, refusal, steps, view } from '../state/store'
import { since } from '../state/since'
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
import { article } from '../words/changes'
import { say } from '../words/en'
import { Header } from './header'
import { PartyLink, Refused } from './party'
import { Scrubber } from './scrubber'

const views: Record<string, FunctionComponent> = {
  world: World, country: Countries, compare: Compare, changes: Changes, map: MapView,
  assumptions: Assumptions, fair: Fair, finance: Finance, method: Method, tour: TourView,
}

/** Views that show one area, or more than one by keys of their own. */
const ofAreas = ['country', 'compare', 'fair', 'finance', 'method', 'tour']

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
      <Printed />
    </>
  )
}

/** What a sheet of paper says besides: which day it is about, and where it came from. */
function Printed() {
  const page = /^http/.test(location.protocol) ? location.href.split('#', 1)[0] : ''
  return <p class="printed">{say.printed(asOf.value, end.value, engine.value?.facts.edition ?? '', page + writeAddress(address.value))}</p>
}

function Notices() {
  const { edition, unknown, subject } = address.value
  const given = question.value.options.since
  const here = engine.value?.facts.edition ?? ''
  const known = views[view.value] !== undefined
  const first = (steps.value?.date as string[] | undefined)?.[0] ?? ''
  return (
    <>
      {!known && <p class="notice" role="status">{say.unknownView(view.value)}</p>}
      {known && subject !== '' && !ofAreas.includes(view.value) && <p class="notice" role="status">{say.notOfAnArea(say.views[view.value])} <PartyLink iso3={subject} text={name => say.seeArea(article(name))} />.</p>}
      {leftOut.value.map(([part, why]) => <Refused key={part} text={say.leftOut(part, why)} />)}
      {first !== '' && asOf.value < first && view.value !== 'finance' && <p class="notice" role="status">{say.beforeAll(first)}</p>}
      {question.value.options['as-of'] !== undefined && end.value !== '' && <p class="notice" role="status">{say.afterEnd(end.value)}</p>}
      {question.value.supposed.length > 0 && (question.value.options.gwp ?? 'AR6').toUpperCase() !== 'AR6' && <p class="notice" role="status">{say.readIn(question.value.options.gwp.toUpperCase())}</p>}
      {given !== undefined && given !== since.value && <p class="notice" role="status">{say.notBefore(given, asOf.value, since.value)}</p>}
      {unknown.length > 0 && <p class="notice" role="status">{say.unknownKeys(unknown)}</p>}
      {edition !== '' && here !== '' && edition !== here && <p class="notice" role="status">{say.otherEdition(edition, here)}</p>}
      <Refused text={refusal.value} />
    </>
  )
}

/** The fragment is the state, so a link may not change it. */
function toAnswer(event: Event): void {
  event.preventDefault()
  document.getElementById('answer')!.focus()
}
