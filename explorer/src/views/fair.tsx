/** What readings of equity leave a Party, and how its pledge compares; ratings of all Parties. */
import { useMemo } from 'preact/hooks'
import { EquityDots } from '../charts/dots'
import { RatingStrip } from '../charts/strip'
import { anyParameter, flags, parameterOf, putParameter, rated, resetParameters, type Parameter, type Rating, type Reading } from '../state/fair'
import { records } from '../state/parties'
import { areaWord } from '../state/pathway'
import type { Sheet } from '../state/sheet'
import { withOption } from '../state/question'
import { address, ask, asOf, changed, go, nameOf, question, setOwn } from '../state/store'
import { Command } from '../ui/command'
import { Finder } from '../ui/finder'
import { useTable } from '../ui/hooks'
import { useOrder } from '../ui/own'
import { Link, Refused } from '../ui/party'
import { Year } from '../ui/pledges'
import { Sortable, sorted, type Column } from '../ui/sortable'
import { say } from '../words/en'
import { fairWords as words } from '../words/fair'
import { bound, fixed, kelvin, level, today } from '../words/numbers'

export function Fair() {
  const { subject } = address.value
  const area = subject === '' ? '' : ` ${areaWord(subject)}`
  const asking = `fairness${area} --table rating${flags()}`
  const table = useTable(asking)
  const ratings = useMemo(() => (table.value === null ? null : records<Rating>(table.value)), [table.value])
  const readings = useTable(subject === '' ? null : `fairness${area} --table allocations${flags()}`)
  const rows = useMemo(() => (readings.value === null || subject === '' ? null : records<Reading>(readings.value)), [readings.value, subject])
  const one = rows !== null && rows.length > 0 && rows.every(r => r.area === rows[0].area)
  const sheet = useTable(subject === '' ? null : `country${area} --table profile`)
  const { name = '', note = '' } = sheet.value === null || subject === '' ? {} : records<Sheet>(sheet.value)[0]
  const start = words.start(changed.value, asOf.value === today() ? null : asOf.value)
  const refusal = (rows === null && readings.refusal) || (table.refusal !== '' && !one ? table.refusal : '')
  return (
    <section class="view fair">
      {one ? <PartySentence rating={ratings?.find(r => r.area === rows[0].area) ?? null} readings={rows} start={start} /> : <WorldSentence ratings={ratings} start={start} group={name} />}
      {note !== '' && <p class="lead">{note}.</p>}
      <p class="caution">{words.noVerdict}</p>
      <Finder label={words.find} onFound={found => go('fair', found.subject, address.value.own)} />
      <Refused text={refusal} />
      {table.refusal !== '' && one && <p class="sub" role="status">{table.refusal}</p>}
      <Controls />
      {one ? <Party rows={rows} rating={ratings?.find(r => r.area === rows[0].area) ?? null} area={area} /> : ratings !== null && <World ratings={ratings} asking={asking} />}
    </section>
  )
}

const goal = () => say.goals(question.value.options.benchmark ?? 'C1')

function PartySentence({ rating, readings, start }: { rating: Rating | null; readings: readonly Reading[]; start: string }) {
  const name = nameOf(readings[0].area)
  return (
    <div class="sentence">
      <h1 class="headline">{bound(rating === null ? words.onlyMethods(name, readings[0].year) : words.headline(name, rating, rating.readings, start))}</h1>
      <p class="lead">{rating === null ? ' ' : bound(words.lead(rating, goal()))}</p>
    </div>
  )
}

function WorldSentence({ ratings, start, group }: { ratings: readonly Rating[] | null; start: string; group: string }) {
  const pledges = ratings?.filter(r => r.what_is_rated === 'pledge') ?? []
  return (
    <div class="sentence">
      <h1 class="headline">
        {ratings === null || ratings.length === 0 ? words.title : bound(words.worldHeadline(pledges.length, pledges.filter(r => r.readings_met === 0).length, pledges.filter(r => r.met_percent >= 50).length, ratings[0].year, start, group))}
      </h1>
    </div>
  )
}

/** The parameters go along to another Party; the order of a table does not. */
const kept = () => ({ ...address.value.own, sort: '' })

function Party({ rows, rating, area }: { rows: readonly Reading[]; rating: Rating | null; area: string }) {
  const asking = `fairness${area}${flags()}`
  const order = useOrder(readingColumns, '')
  return (
    <>
      <div class="plot"><EquityDots name={nameOf(rows[0].area)} readings={rows} rating={rating} command={asking} /></div>
      <Command asked={asking} />
      <section class="readings">
        <h2 id="readings-table">{words.readingsTitle}</h2>
        <Sortable label={words.readingsTitle} columns={readingColumns} rows={sorted(rows, readingColumns, order)} order={order} keyOf={r => `${r.method} ${r.parameters}`} onOrder={to => setOwn({ sort: to })} />
      </section>
      <p class="links"><Link view="country" subject={rows[0].area}>{nameOf(rows[0].area)}</Link> <Link view="fair" own={kept()}>{words.world}</Link></p>
    </>
  )
}

const readingColumns: readonly Column<Reading>[] = [
  { key: 'method', name: words.reading.method, value: r => words.method(r.method), show: r => <span title={words.means(r.method)}>{words.method(r.method)}</span> },
  { key: 'parameters', name: words.reading.parameters, value: r => words.parameters(r.parameters) },
  { key: 'mt', name: words.reading.mt, unit: 'Mt', numeric: true, value: r => r.mt, show: r => level(r.mt) },
  { key: 'head', name: words.reading.head, unit: 't', numeric: true, value: r => r.per_head_t, show: r => fixed(r.per_head_t, 1) },
  { key: 'from1990', name: words.reading.from1990, unit: '%', numeric: true, value: r => -r.below_1990_pct, show: r => words.since(-r.below_1990_pct) },
  { key: 'from2005', name: words.reading.from2005, unit: '%', numeric: true, value: r => -r.below_2005_pct, show: r => words.since(-r.below_2005_pct) },
  { key: 'excess', name: words.reading.excess, unit: 'Mt', numeric: true, value: r => r.excess_mt, show: r => level(r.excess_mt) },
  { key: 'met', name: words.reading.met, value: r => r.meets },
]

const columns: readonly Column<Rating>[] = [
  { key: 'name', name: words.columns.name, value: r => r.name, show: r => <Link view="fair" subject={r.area} own={kept()} class="party">{r.name}</Link> },
  { key: 'rated', name: words.columns.rated, value: r => r.what_is_rated },
  { key: 'level', name: words.columns.level, unit: 'Mt', numeric: true, value: r => r.level_mt, show: r => level(r.level_mt) },
  { key: 'lo', name: words.columns.lo, unit: 'Mt', numeric: true, value: r => r.lo_mt, show: r => level(r.lo_mt) },
  { key: 'hi', name: words.columns.hi, unit: 'Mt', numeric: true, value: r => r.hi_mt, show: r => level(r.hi_mt) },
  { key: 'met', name: words.columns.met, numeric: true, value: r => r.met_percent, show: r => `${r.readings_met} of ${r.readings}` },
  { key: 'place', name: words.columns.place, numeric: true, value: r => r.position, show: r => fixed(r.position, 2) },
  { key: 'warming', name: words.columns.warming, unit: '°C', numeric: true, value: r => r.implied_warming_k, show: r => `${kelvin(r.implied_warming_k)} ${r.warming_limit}` },
  { key: 'band', name: words.columns.band, value: r => r.band },
  { key: 'check', name: words.columns.check, value: r => r.check },
]

function World({ ratings, asking }: { ratings: readonly Rating[]; asking: string }) {
  const order = useOrder(columns, 'warming')
  return (
    <>
      <div class="plot"><RatingStrip ratings={ratings} command={asking} /></div>
      <Command asked={asking} />
      <section class="ratings">
        <h2 id="ratings-table">{words.tableTitle}</h2>
        <p class="sub">{words.tableSub}</p>
        <Sortable label={words.tableTitle} columns={columns} rows={sorted(ratings, columns, order)} order={order} keyOf={r => r.area} onOrder={to => setOwn({ sort: to === 'warming' ? '' : to })} />
      </section>
    </>
  )
}

// ---- controls ----

function Controls() {
  const set = anyParameter()
  return (
    <details class="parameters" open={set || undefined}>
      <summary>{words.controls}</summary>
      <div class="fields">
        <label>{words.options.year} <Year /></label>
        <OptionField name="benchmark" choices={['C1', 'C2', 'C3']} show={say.goals} />
        <OptionField name="condition" choices={['unconditional', 'conditional']} />
        <OptionField name="ambition" choices={['low', 'high']} />
        <Methods />
        <Field name="from" usual="1850, 1950, 1990" choices={['1850', '1950', '1990']} />
        <Field name="discount" usual="0 and 2 %" choices={['0', '0.01', '0.02', '0.03']} show={v => `${fixed(100 * Number(v), 0)} %`} />
        <Field name="converge" usual="2040, 2050; ecpc 2080" choices={['2035', '2040', '2050', '2060', '2080', '2100']} />
        <Field name="population" usual="moving" choices={['fixed']} />
        <Field name="threshold" usual="$0 and $9250" choices={['0', '5000', '9250', '20000']} show={v => `$${v}`} />
        <Responsibility />
        <Switch name="smooth" />
        <Switch name="fade" />
        <button type="button" class="quiet" disabled={!set} onClick={resetParameters}>{words.reset}</button>
      </div>
    </details>
  )
}

interface FieldProps {
  readonly name: Parameter
  readonly usual: string
  readonly choices: readonly string[]
  readonly show?: (value: string) => string
}

function Field({ name, usual, choices, show = String }: FieldProps) {
  const value = parameterOf(name)
  const all = value === '' || choices.includes(value) ? choices : [...choices, value]
  return (
    <label>{words.options[name]}
      <select value={value} onChange={event => putParameter(name, event.currentTarget.value)}>
        <option value="">{words.usual(usual)}</option>
        {all.map(c => <option key={c} value={c}>{show(c)}</option>)}
      </select>
    </label>
  )
}

/** An option that other views have too: it stays when the view changes. The first choice is the usual one. */
function OptionField({ name, choices, show = String }: { name: 'benchmark' | 'condition' | 'ambition'; choices: readonly string[]; show?: (value: string) => string }) {
  const value = question.value.options[name] ?? choices[0]
  const all = choices.includes(value) ? choices : [...choices, value]
  return (
    <label>{words.options[name]}
      <select value={value} onChange={event => ask(withOption(question.value, name, event.currentTarget.value === choices[0] ? undefined : event.currentTarget.value))}>
        {all.map(c => <option key={c} value={c}>{show(c)}</option>)}
      </select>
    </label>
  )
}

function Methods() {
  const chosen = parameterOf('methods') === '' ? rated : parameterOf('methods').split(',')
  const least = address.value.subject === '' ? 2 : 1 // ratings lie between readings of two
  const put = (method: string, on: boolean) => {
    const next = rated.filter(m => (m === method ? on : chosen.includes(m)))
    putParameter('methods', next.length === rated.length ? '' : next.join())
  }
  return (
    <fieldset>
      <legend>{words.options.methods}</legend>
      {rated.map(m => <label key={m} class="check"><input type="checkbox" checked={chosen.includes(m)} disabled={chosen.includes(m) && chosen.length <= least} onChange={event => put(m, event.currentTarget.checked)} /> {words.method(m)}</label>)}
    </fieldset>
  )
}

function Responsibility() {
  const value = parameterOf('responsibility') || '0.5'
  return (
    <label>{words.options.responsibility} <output>{value}</output>
      <input type="range" min={0} max={1} step={0.05} value={value} onInput={event => putParameter('responsibility', event.currentTarget.valueAsNumber === 0.5 ? '' : String(event.currentTarget.valueAsNumber))} />
    </label>
  )
}

const Switch = ({ name }: { name: 'smooth' | 'fade' }) => (
  <label class="check"><input type="checkbox" checked={parameterOf(name) !== ''} onChange={event => putParameter(name, event.currentTarget.checked ? 'yes' : '')} /> {words.options[name]}</label>
)
