/** Climate finance: goals, what was delivered, whose share. */
import { Goals, Parts, Shares } from '../charts/money'
import type { Table } from '../engine/protocol'
import { askGoals, askLearned, askParts, askShares, contributions, ofMoney, type Contribution, type GoalRow, type LearnedRow, type PartRow, type ShareRow } from '../state/money'
import { records } from '../state/parties'
import { areaWord } from '../state/pathway'
import { since } from '../state/since'
import { address, asOf, go, nameOf, setOwn } from '../state/store'
import { Command } from '../ui/command'
import { useRemarks, useTable } from '../ui/hooks'
import { useOrder, useOwn } from '../ui/own'
import { Link, PartyLink, Refused } from '../ui/party'
import { SinceControl } from '../ui/since'
import { Sortable, sorted, type Column } from '../ui/sortable'
import { listed } from '../words/changes'
import { say } from '../words/en'
import { financeWords as words } from '../words/finance'
import { bound } from '../words/numbers'

const FIRST_YEAR = 2010
const LAST_YEAR = 2022
/** The last year of which contributors' totals are known. */
const USUAL_YEAR = 2020
const SOURCES = ['OECD', 'Oxfam']
const indicators = ['gdp', 'population', 'fossil_co2', 'co2_with_land_use']
const put = (name: string, value: string) => setOwn({ [name]: value })

export function Finance() {
  const area = address.value.subject
  return area === '' ? <AllOfIt /> : <OfArea key={area} area={area} />
}

function AllOfIt() {
  const of = ofMoney()
  const asked = askGoals()
  const { value, refusal } = useTable(asked, of)
  const until = useUntil(asked)
  const source = address.value.own.source || SOURCES[0]
  const rows = value === null ? null : records<GoalRow>(value)
  return (
    <section class="view finance">
      <div class="sentence">
        <h1 class="headline">{rows === null ? say.views.finance : bound(headlineOf(rows, source))}</h1>
        <p class="lead">{rows !== null && words.unknown(rows.filter(r => r.goal === 'usd100bn' && r.status !== 'upcoming' && r.met === 'not_known').map(r => r.year))} {words.neverAdded}</p>
        {until !== undefined && <p class="moved">{words.until(until)}</p>}
      </div>
      <Refused text={refusal} />
      <div class="money-controls">
        <label>{words.source}{' '}
          <select value={source} onChange={event => put('source', event.currentTarget.value === SOURCES[0] ? '' : event.currentTarget.value)}>
            {SOURCES.map(s => <option key={s} value={s}>{s}</option>)}
          </select>
        </label>
        <Switch name="include-unchecked" label={words.unchecked} />
      </div>
      <div class="charts">
        {rows !== null && <Goals rows={rows} source={source} asOf={asOf.value} command={asked} of={of} />}
        <Composition />
      </div>
      <Command asked={asked} of={of} />
      <Contributors />
      <Learned />
    </section>
  )
}

/** The day until which figures are known, where that is long before the one that is looked at. */
const useUntil = (asked: string) => /known until (\d{4}-\d\d-\d\d)/.exec(useRemarks(asked, ofMoney()).value ?? '')?.[1]

/** Of the year asked about, else the last that is known by parts. */
function Composition() {
  const asked = askParts()
  const of = ofMoney()
  const { value } = useTable(asked, of)
  const rows = value === null ? [] : records<PartRow>(value).filter(r => Number.isFinite(r.usd_bn))
  const years = [...new Set(rows.map(r => r.year))].filter(y => rows.filter(r => r.year === y).length > 1).sort((a, b) => a - b)
  const year = years.find(y => String(y) === address.value.own.money) ?? years.at(-1)
  return year === undefined ? null : <Parts year={year} parts={rows.filter(r => r.year === year)} command={asked} of={of} />
}

function headlineOf(rows: readonly GoalRow[], source: string): string {
  const delivered = (r: GoalRow) => ({ year: r.year, low: r.delivered_usd_bn, high: r.delivered_high_usd_bn })
  const totals = rows.filter(r => r.component === 'total')
  const known = totals.filter(r => Number.isFinite(r.delivered_usd_bn))
  const goal = totals.filter(r => r.goal === 'usd100bn')
  if (goal.length === 0) return words.nothing
  const met = goal.find(r => r.met === 'yes')
  const last = goal.filter(r => Number.isFinite(r.delivered_usd_bn)).at(-1)
  if (met !== undefined) return words.met(met.goal_usd_bn, goal[0].year, delivered(met), source)
  if (last !== undefined) return words.notMet(last.goal_usd_bn, delivered(last), source)
  return words.ahead(goal[0].goal_usd_bn, goal[0].year, known.length > 0 ? delivered(known.at(-1)!) : undefined)
}

function Switch({ name, label }: { name: string; label: string }) {
  const on = Boolean(address.value.own[name])
  return <label class="money-switch"><input type="checkbox" checked={on} onChange={() => put(name, on ? '' : 'yes')} /> {label}</label>
}

/** What shares go by: one of the usual ways, or weights of one's own. */
function Weights({ last = LAST_YEAR }: { last?: number }) {
  const text = address.value.own.weights ?? ''
  const from = address.value.own.from || '1990'
  const now = Object.fromEntries((text || 'gdp=1,population=1,fossil_co2=1').split(',').map(part => part.split('=')))
  const choose = (to: string) => put('weights', to)
  const weigh = (key: string, value: number) => {
    const next = indicators.map(i => [i, i === key ? value : Number(now[i] ?? 0)] as const).filter(([, v]) => v > 0).map(([i, v]) => `${i}=${v}`).join()
    if (next !== '') choose(next === 'gdp=1,population=1,fossil_co2=1' ? '' : next)
  }
  return (
    <fieldset class="money-controls weights">
      <legend>{words.weights}</legend>
      <select aria-label={words.weights} value={text in words.schemes ? text : 'own'} onChange={event => event.currentTarget.value !== 'own' && choose(event.currentTarget.value)}>
        {Object.entries(words.schemes).map(([value, name]) => <option key={value} value={value}>{name}</option>)}
        <option value="own" disabled>{words.ownWeights}</option>
      </select>
      {indicators.map(key => (
        <label key={key}>{words.indicator(key)}{' '}
          <input type="number" min={0} max={9} step={0.5} value={now[key] ?? 0} onChange={event => Number.isFinite(event.currentTarget.valueAsNumber) && weigh(key, Math.max(0, event.currentTarget.valueAsNumber))} />
        </label>
      ))}
      <label>{words.from}{' '}
        <input type="number" min={1850} max={last} value={from} onChange={event => put('from', event.currentTarget.value === '1990' ? '' : event.currentTarget.value)} />
      </label>
      <Switch name="public-only" label={words.publicOnly} />
      {address.value.subject !== '' && <Switch name="include-unchecked" label={words.unchecked} />}
    </fieldset>
  )
}

/** None after the day that is looked at, or before the first whose past counts. */
function useYears(): { years: readonly number[]; usual: number; year: number } {
  const last = Math.min(LAST_YEAR, Number(asOf.value.slice(0, 4)))
  const first = Math.min(Math.max(FIRST_YEAR, Number(address.value.own.from) || 0), last)
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const usual = Math.max(first, Math.min(USUAL_YEAR, last))
  return { years, usual, year: Number(useOwn('money', years.map(String), String(usual), `${first} to ${last}`)) }
}

function Contributors() {
  const { years, usual, year } = useYears()
  const asked = askShares('WORLD', year)
  const of = ofMoney()
  const { value, refusal } = useTable(asked, of)
  const rows = value === null ? [] : records<ShareRow>(value)
  const list = contributions(rows.filter(r => r.contributor === 'yes')).sort((a, b) => (b.row.due_usd_bn || 0) - (a.row.due_usd_bn || 0))
  return (
    <section class="money-part">
      <div class="money-controls">
        <label>{words.year}{' '}
          <select value={year} onChange={event => setOwn({ money: event.currentTarget.value === String(usual) ? '' : event.currentTarget.value })}>
            {years.map(y => <option key={y} value={y}>{y}</option>)}
          </select>
        </label>
      </div>
      <Weights last={year} />
      <Refused text={refusal} />
      {list.length > 0 && (
        <Shares id="contributors" title={words.contributorsTitle(String(year))} list={list} nameOf={c => nameOf(c.row.iso3)} command={asked} of={of}
          summary={words.contributorsSummary(list.length, list.filter(c => c.gave.length > 0).length, String(year))} open={c => go('finance', c.row.iso3)} />
      )}
      <p class="sub">{words.aReading}</p>
      <Others rows={rows} />
      <Command asked={asked} of={of} />
    </section>
  )
}

const saysOf = (r: ShareRow) => words.says(r.source_percent, r.source_surplus_usd_bn, r.source_met, r.other_what, r.other_value, r.other_unit)
const otherColumns: readonly Column<ShareRow>[] = [
  { key: 'party', name: words.others.party, value: r => nameOf(r.iso3), show: r => <PartyLink iso3={r.iso3} view="finance" /> },
  { key: 'year', name: words.others.year, value: r => r.year, numeric: true },
  { key: 'source', name: words.others.source, value: r => r.source, show: r => (/^https?:\/\/\S+$/.test(r.source_url) ? <a href={r.source_url} rel="noreferrer">{r.source}</a> : r.source) },
  { key: 'published', name: words.others.published, value: r => r.published },
  { key: 'says', name: words.others.says, value: saysOf },
  { key: 'mark', name: words.others.mark, value: r => r.confidence },
]

/** Two tables, one key: the order of one leaves the other in its own. */
function useOrderOf(columns: readonly Column<never>[], usual: string): string {
  const order = useOrder([...otherColumns, ...learnedColumns], usual)
  return columns.some(({ key }) => key === order.replace(/^-/, '')) ? order : usual
}

function Others({ rows }: { rows: readonly ShareRow[] }) {
  const found = rows.filter(r => saysOf(r) !== '')
  const order = useOrderOf(otherColumns, 'party')
  if (found.length === 0) return null
  return (
    <div class="money-part">
      <h2>{words.othersTitle}</h2>
      <p class="sub">{words.othersSub}</p>
      <Sortable label={words.othersTitle} columns={otherColumns} rows={sorted(found, otherColumns, order)} order={order} keyOf={(r, i) => `${r.iso3} ${i}`} onOrder={to => setOwn({ sort: to === 'party' ? '' : to })} />
    </div>
  )
}

function OfArea({ area }: { area: string }) {
  const asked = askShares(areaWord(area))
  const of = ofMoney()
  const { value, refusal } = useTable(asked, of)
  const rows = value === null ? [] : records<ShareRow>(value)
  const back = <p class="money-part"><Link view="finance">{words.back}</Link></p>
  if (value === null) return <section class="view finance"><h1 class="headline">{nameOf(area)}</h1><Refused text={refusal} />{back}</section>
  const members = new Set(rows.map(r => r.iso3))
  const name = members.size === 1 ? nameOf(rows[0].iso3) : listed(area.split(',').map(nameOf))
  const list = contributions(rows.filter(r => r.contributor === 'yes'))
  return (
    <section class="view finance">
      <div class="sentence">
        <h1 class="headline">{bound(members.size === 1 ? areaHeadline(name, list) : words.groupHeadline(name, new Set(list.map(c => c.row.iso3)).size))}</h1>
        <p class="lead">{words.aReading} {words.neverAdded}</p>
      </div>
      <Weights />
      {list.length > 0 && (
        <Shares id="years" title={words.areaTitle(name)} list={list} nameOf={c => (members.size === 1 ? String(c.row.year) : `${nameOf(c.row.iso3)} ${c.row.year}`)} command={asked} of={of}
          summary={words.contributorsSummary(list.length, list.filter(c => c.gave.length > 0).length, name)} />
      )}
      <Others rows={rows} />
      <Command asked={asked} of={of} />
      {back}
    </section>
  )
}

/** The last year with an amount, else the last with a share. */
function areaHeadline(name: string, list: readonly Contribution[]): string {
  const dated = list.filter(c => Number.isFinite(c.row.due_usd_bn))
  const best = dated.filter(c => c.gave.length > 0).at(-1) ?? dated.at(-1)
  if (best === undefined) return words.noContributor(name)
  const { row, gave } = best
  return words.areaHeadline(name, row.year, row.share, row.due_usd_bn, row.shared_usd_bn, gave.at(-1)?.provided_usd_bn, gave.at(-1)?.source ?? '')
}

const learnedColumns: readonly Column<LearnedRow>[] = [
  { key: 'date', name: words.learned.date, value: r => r.date },
  { key: 'what', name: words.learned.what, value: r => words.kinds[r.kind] ?? r.kind },
  { key: 'party', name: words.learned.party, value: r => (r.iso3 === '' ? '' : nameOf(r.iso3)) },
  { key: 'year', name: words.learned.year, value: r => r.year, show: r => (Number.isFinite(r.year) ? r.year : ''), numeric: true },
  { key: 'source', name: words.learned.source, value: r => r.source },
  { key: 'value', name: words.learned.value, value: r => words.value(r.value, r.unit, r.what) },
  { key: 'before', name: words.learned.before, value: r => r.before, show: r => words.before(r.before), numeric: true },
  { key: 'mark', name: words.learned.mark, value: r => r.confidence },
]

function Learned() {
  const asked = askLearned(since.value)
  const of = ofMoney()
  const { value, refusal } = useTable(asked, of)
  const until = useUntil(asked)
  return (
    <section class="money-part">
      <h2>{words.learnedTitle}</h2>
      <SinceControl />
      <Refused text={refusal} />
      {value !== null && <LearnedTable table={value} until={until} />}
      <Command asked={asked} of={of} />
    </section>
  )
}

function LearnedTable({ table, until = '' }: { table: Table; until?: string }) {
  const rows = records<LearnedRow>(table)
  const order = useOrderOf(learnedColumns, '-date')
  if (rows.length === 0) return <p class="money-part">{until !== '' && since.value >= until ? words.until(until) : words.learnedNone(since.value, until || asOf.value)}</p>
  return <Sortable label={words.learnedTitle} columns={learnedColumns} rows={sorted(rows, learnedColumns, order)} order={order} keyOf={(r, i) => `${r.date} ${i}`} onOrder={to => setOwn({ sort: to })} />
}
