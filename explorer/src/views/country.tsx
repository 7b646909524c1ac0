/** One country or group: every document it submitted and what it meant, its pathway, and yours. */
import { useMemo } from 'preact/hooks'
import { Key, PathwayChart } from '../charts/pathway'
import { areaWord, at, HIGH, LOW, pathwayOfFrame, pathwayOfTable, type Pathway } from '../state/pathway'
import { records } from '../state/parties'
import { numbered, type Aim, type Change, type Numbered, type Sheet, type Target } from '../state/sheet'
import type { Step } from '../engine/protocol'
import { byPercent, changeOf, suppose, takeBack, type Question } from '../state/question'
import { address, ask, asked, asOf, changed, engine, frame, go, pledged, question, steps, supposable, year } from '../state/store'
import { Command } from '../ui/command'
import { Finder } from '../ui/finder'
import { useArrays, useTable } from '../ui/hooks'
import { Link, Refused } from '../ui/party'
import { Row, rowOf, Year } from '../ui/pledges'
import { Grid } from '../ui/table'
import { countryWords as words } from '../words/country'
import { say } from '../words/en'
import { bound, fixed, range, shortDay, signed, today } from '../words/numbers'
import { CountryList } from './countries'

export function Countries() {
  const { subject } = address.value
  return subject === '' ? <CountryList /> : <Country key={subject} subject={subject} />
}

/** Before the first document of all. */
const BEGINNING = '2014-12-31'

function Country({ subject }: { subject: string }) {
  const area = areaWord(subject)
  const sheetTable = useTable(`country ${area} --table profile`)
  const sheet = useMemo(() => (sheetTable.value === null ? null : records<Sheet>(sheetTable.value)[0]), [sheetTable.value])
  const unchanged = useMemo(() => ({ ...question.value, supposed: [] }), [JSON.stringify(question.value.options)])
  const documentTable = useTable(`country ${area} --table documents`, unchanged)
  const documents = useMemo(() => (documentTable.value === null ? null : numbered(records<Target>(documentTable.value))), [documentTable.value])
  const { now, before } = usePathways(area, sheet?.iso3, unchanged)
  if (sheet === null) {
    return (
      <section class="view country">
        <h1 class="headline">{sheetTable.refusal === '' ? ' ' : subject}</h1>
        <Refused text={sheetTable.refusal} />
        <Finder label={words.find} onFound={found => go('country', found.subject)} />
      </section>
    )
  }
  return (
    <section class="view country">
      {now === null ? <h1 class="headline">{sheet.name}</h1> : <Sentence sheet={sheet} now={now} documents={documents ?? []} />}
      <Finder label={words.find} onFound={found => go('country', found.subject)} />
      <div class="sheet">
        <div class="main">
          {now !== null && documents !== null && (
            <>
              <PathwayChart area={area} name={sheet.name} now={now} before={before} documents={documents} sheet={sheet} year={year.value} />
              <Key documents={documents} />
            </>
          )}
        </div>
        <aside class="facts">
          <Suppose sheet={sheet} subject={subject} />
          <h2>{words.standsTitle}</h2>
          <Facts list={words.facts(sheet)} />
          {sheet.emissions_mt > 0 && <><h2>{words.asksTitle(sheet)}</h2><Facts list={words.asks(sheet)} /></>}
          <p class="links">
            {sheet.what_is_rated !== '' && <Link view="fair" subject={sheet.iso3}>{words.fairLink}</Link>}
            <Link view="compare" own={{ iso: [sheet.iso3, 'CHN', 'USA', 'IND', 'EUU'].filter((c, i, all) => all.indexOf(c) === i).slice(0, 4).join() }}>{words.compareLink}</Link>
          </p>
        </aside>
        {engine.value!.facts.actors.includes(sheet.iso3) && (
          <div class="more">
            {asOf.value > BEGINNING && <Closes iso3={sheet.iso3} of={unchanged} />}
            <NetZeroSteps area={area} of={unchanged} />
          </div>
        )}
      </div>
      <Documents documents={documents} group={sheet.kind === 'group' || sheet.kind === 'world'} />
      <Command asked={`country ${area}`} />
      <Command asked={`country ${area} --table documents`} of={unchanged} />
    </section>
  )
}

/** Of an actor out of the frames, so that they follow a drag; of a group by its table. */
function usePathways(area: string, iso3: string | undefined, of: Question): { now: Pathway | null; before: Pathway | null } {
  const actor = iso3 !== undefined && engine.value!.facts.actors.includes(iso3) ? iso3 : undefined
  const grouped = iso3 !== undefined && actor === undefined
  useArrays(...(actor === undefined ? [] : [`path:${actor}` as const, `baseline:${actor}` as const]))
  const table = useTable(grouped ? `country ${area} --table pathway` : null)
  const unchanged = useTable(grouped ? `country ${area} --table pathway` : null, of)
  if (actor !== undefined) return { now: pathwayOfFrame(frame.value, actor), before: pathwayOfFrame(pledged.value, actor) }
  return { now: pathwayOfTable(table.value), before: pathwayOfTable(unchanged.value) }
}

function Sentence({ sheet, now, documents }: { sheet: Sheet; now: Pathway; documents: readonly Numbered[] }) {
  const supposed = changed.value && asked.value.supposed.some(s => s.area === sheet.iso3)
  const targets = documents.filter(d => Number.isFinite(d.level_low_mt) && (question.value.options['include-announced'] !== undefined || (d.status !== 'announced' && d.status !== 'draft')))
  const headline = words.headline({
    name: sheet.name, kind: sheet.kind, start: supposed ? 'yours' : asOf.value === today() ? 'today' : asOf.value,
    suspended: sheet.suspended === 'yes', pledged: targets.length > 0, ofYear: targets.some(d => String(d.target_year) === year.value),
    year: year.value, low: at(now.cases[LOW], year.value), high: at(now.cases[HIGH], year.value), last: sheet.emissions_mt, lastYear: sheet.year,
  })
  return (
    <div class="sentence">
      <h1 class="headline">{bound(headline)}</h1>
      {sheet.note !== '' && <p class="moved">{sheet.note}.</p>}
      <p class="lead">{bound(words.lead(sheet))}</p>
    </div>
  )
}

/** The slider of a Party as on the first screen; of a group one change for all. */
function Suppose({ sheet, subject }: { sheet: Sheet; subject: string }) {
  const actor = engine.value!.facts.actors.indexOf(sheet.iso3)
  if (actor >= 0 && sheet.kind !== 'party') return null
  return (
    <div class="suppose">
      <h2>{words.yoursTitle} <Year /></h2>
      <p class="sub">{actor >= 0 ? words.yoursSub(year.value) : words.groupSub(year.value)}</p>
      {actor >= 0 ? <ul class="rows"><Row {...rowOf(sheet.iso3, actor)} /></ul> : <GroupSlider area={sheet.iso3.includes('+') ? subject : sheet.iso3} name={sheet.name} />}
    </div>
  )
}

function GroupSlider({ area, name }: { area: string; name: string }) {
  const percent = Number(/^([+-]?\d+(?:\.\d+)?)%$/.exec(changeOf(question.value, area, year.value) ?? '')?.[1] ?? 0)
  const put = (to: number) => ask(to === 0 ? takeBack(question.value, area, year.value) : suppose(question.value, { area, change: byPercent(year.value, to) }), `${area} ${year.value}`)
  return (
    <div class="row group">
      <div class="who"><span class="change">{percent === 0 ? say.asPledged : say.onThePledges(percent)}</span></div>
      <input type="range" min={-60} max={20} step={1} value={percent} disabled={!supposable.value} aria-label={`${name}, ${year.value}`} aria-valuetext={percent === 0 ? say.asPledged : say.onThePledges(percent)}
        onInput={event => put(event.currentTarget.valueAsNumber)} />
    </div>
  )
}

const Facts = ({ list }: { list: readonly (readonly [string, string])[] }) => (
  <dl>{list.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{bound(value)}</dd></div>)}</dl>
)

/** Where a document is, if that is an address of the web. */
const Source = ({ url, label }: { url: string; label: string }) =>
  /^https?:\/\//.test(url) ? <a href={url} target="_blank" rel="noopener noreferrer" aria-label={`${words.source}: ${label}`}>{words.source}</a> : <>–</>

function Documents({ documents, group }: { documents: readonly Numbered[] | null; group: boolean }) {
  if (documents === null) return null
  const { columns } = words
  return (
    <section class="documents">
      <h2 id="documents-title">{words.documentsTitle}</h2>
      {documents.length === 0 ? <p class="sub">{group ? words.membersTargets : words.noDocuments}</p> : (
        <>
          <p class="sub">{words.marks}</p>
          <Grid titled="documents-title" class="tall" columns={[[columns.number, 'n'], [columns.date, 'day'], [columns.document], [columns.year, 'n'], [columns.states, 'states'], [columns.level, 'n', 'Mt'], [columns.mark], [columns.how, 'how'], [columns.source]]}
            rows={documents.map(d => [
              <b>{d.number}</b>, d.submitted, words.document(d.status), Number.isFinite(d.target_year) ? d.target_year : '', [d.stated, d.condition === 'unconditional' ? '' : d.condition].filter(Boolean).join(', '),
              words.meant(d.level_low_mt, d.level_high_mt), d.confidence, `${d.method}${d.check === '' ? '' : ` (${d.check})`}`, <Source url={d.source_url} label={words.sourceOf(d)} />,
            ])} />
        </>
      )}
    </section>
  )
}

function Closes({ iso3, of }: { iso3: string; of: Question }) {
  const asking = `assess --since ${BEGINNING} --no-warming`
  const table = useTable(asking, of)
  const rows = useMemo(() => (table.value === null ? null : records<Change>(table.value).filter(c => c.iso3 === iso3 && c.condition === 'unconditional')), [table.value, iso3])
  if (rows === null) return <Refused text={table.refusal} />
  const keyOf = (c: Change) => `${c.submitted} ${c.status}`
  const keys = [...new Set(rows.map(keyOf))].sort()
  const find = (key: string, counterfactual: string) => rows.find(c => keyOf(c) === key && c.counterfactual === counterfactual)
  const closes = (c: Change | undefined) => (c === undefined ? '–' : range(c.closes_low_gt, c.closes_high_gt, v => signed(v, 2)))
  const share = (c: Change | undefined) => (c === undefined ? '' : `${range(c.share_of_gap_low_pct, c.share_of_gap_high_pct, v => fixed(v, 1))} %`)
  const { closes: names } = words
  return (
    <section class="closing">
      <h2 id="closes-title">{words.closesTitle}</h2>
      <p class="sub">{words.closesSub(year.value, say.goals(question.value.options.benchmark ?? 'C1'))}</p>
      {keys.length === 0 ? <p>{words.noChange}</p> : (
        <Grid titled="closes-title" columns={[[names.date, 'day'], [names.event], [names.level, 'n', 'Mt'], [names.previous, 'n', 'Gt'], [names.baseline, 'n', 'Gt']]}
          rows={keys.map(key => {
            const [previous, baseline] = [find(key, 'previous'), find(key, 'baseline')]
            const either = (previous ?? baseline)!
            return [either.submitted, words.event(either.status), words.moved(either), <>{closes(previous)}<small>{share(previous)}</small></>, <>{closes(baseline)}<small>{share(baseline)}</small></>]
          })} />
      )}
      <Command asked={asking} of={of} />
      <OwnSteps iso3={iso3} of={of} />
    </section>
  )
}

/** Each document and event by itself, against the day before. */
function OwnSteps({ iso3, of }: { iso3: string; of: Question }) {
  const own = steps.value === null ? [] : records<Step>(steps.value).filter(s => s.iso3 === iso3 && s.date <= asOf.value && s.kind !== 'year')
  if (own.length === 0) return null
  return (
    <>
      <h3 id="steps-title">{words.stepsTitle}</h3>
      <ol class="own-steps" aria-labelledby="steps-title">
        {own.map((s, i) => <li key={i}><span>{shortDay(s.date)}</span> <span>{words.event(s.kind)}</span> <span class="n">{Math.abs(s.change_gt) < 5e-4 ? '0' : signed(s.change_gt, 3)}</span></li>)}
      </ol>
      <Command asked="timeline --no-warming" of={of} />
    </>
  )
}

function NetZeroSteps({ area, of }: { area: string; of: Question }) {
  const table = useTable(`country ${area} --table net_zero`, of)
  if (table.value === null) return null
  const steps = records<Aim>(table.value)
  const { aim } = words
  return (
    <section class="aims">
      <h2 id="aims-title">{words.netZeroTitle}</h2>
      {steps.length === 0 ? <p class="sub">{words.noNetZero}</p> : (
        <Grid titled="aims-title" columns={[[aim.date, 'day'], [aim.standing], [aim.year, 'n'], [aim.scope], [aim.force], [aim.document, 'states'], [aim.source]]}
          rows={steps.map(s => [
            s.date, s.standing, Number.isFinite(s.year) ? s.year : '', s.scope === 'unknown' ? '' : s.scope.toUpperCase(), s.in_force, s.document || words.compiled, <Source url={s.source_url} label={words.sourceOf(s)} />,
          ])} />
      )}
      <Command asked={`country ${area} --table net_zero`} of={of} />
    </section>
  )
}
