/** The world as a map and as a table. */
import { useMemo, useRef, useState } from 'preact/hooks'
import { Atlas, countryAt, patternOf, Patterns, type Look, type Scheme } from '../charts/atlas'
import { Figure } from '../charts/figure'
import type { Party, Table } from '../engine/protocol'
import { bounds, levelsOf, stepOf, STEPS, type Level } from '../state/levels'
import { since } from '../state/since'
import { address, asked, engine, frame, go, lastOfRecord, parties, setOwn, year } from '../state/store'
import { Command } from '../ui/command'
import { useHeld, useTable } from '../ui/hooks'
import { useLeftOut, useOrder, useOwn } from '../ui/own'
import { PartyLink, Refused } from '../ui/party'
import { SinceControl } from '../ui/since'
import { Sortable, sorted, type Column } from '../ui/sortable'
import { say } from '../words/en'
import { mapWords as words, type Quantity } from '../words/map'
import { bound, mt } from '../words/numbers'

const quantities: readonly Quantity[] = ['change', 'head', 'since', 'mark']
const schemes: Record<Quantity, Scheme> = { change: 'diverging', since: 'diverging', head: 'sequential', mark: 'trust' }
/** Emitters that the sentence names. */
const NAMED = 5
/** A change that is one, %. */
const MOVED = 0.5
const LARGEST_FIRST = '-last'

export function MapView() {
  const { value: table, refusal, stale } = useTable(`assess --parties --since ${since.value}`)
  if (refusal !== '') return <section class="view map"><Refused text={refusal} /></section>
  if (table === null) return <section class="view map"><div class="sentence waiting"><h1 class="headline">{say.views.map}</h1></div></section>
  return <Loaded table={table} stale={stale} />
}

const stepsOf = (text: string | undefined): readonly number[] =>
  (text ?? '').split('.').filter(Boolean).map(Number).filter(n => Number.isInteger(n) && n >= 0 && n < STEPS)

function Loaded({ table, stale }: { table: Table; stale: boolean }) {
  const { own } = address.value
  const quantity = useOwn('show', quantities, 'change')
  const filter = stepsOf(own.bins)
  useLeftOut('bins', filter.join('.') !== (own.bins ?? ''), words.bins(STEPS - 1))
  const order = useOrder(columnsOf('change'), LARGEST_FIRST)
  const [search, setSearch] = useState('')
  const [found, setFound] = useState<string | null>(null)
  const [hovered, setHovered] = useState('')
  const levels = useMemo(() => levelsOf(table, frame.value, engine.value!.facts.actors, quantity), [table, frame.value, quantity])
  const columns = columnsOf(quantity)
  const kept = (l: Level) => filter.length === 0 || filter.includes(stepOf(l.value, quantity))
  const ordered = useMemo(() => {
    const all = sorted(levels, columns, order)
    return [...all.filter(kept), ...all.filter(l => !kept(l))]
  }, [levels, order, own.bins])
  const wanted = search.trim().toLowerCase()
  const rows = wanted === '' ? ordered.filter(kept) : ordered.filter(l => l.iso3 === found || l.iso3.toLowerCase() === wanted || l.name.toLowerCase().includes(wanted))
  const resolve = async () => {
    const answer = await engine.value!.table({ options: {}, supposed: [] }, `country "${search.replaceAll('"', '')}"`).catch(() => null)
    setFound((answer?.iso3 as string[] | undefined)?.[0] ?? '')
  }
  const looked = wanted !== '' && rows.length === 1 ? rows[0].iso3 : hovered
  return (
    <section class="view map">
      <Sentence levels={levels} quantity={quantity} stale={stale && quantity === 'since'} />
      <div class="choices" role="group" aria-label={words.quantity}>
        {quantities.map(q => (
          <button key={q} type="button" class="quiet" aria-pressed={q === quantity} onClick={() => setOwn({ show: q === 'change' ? '' : q, bins: '' })}>{words.quantities(lastOfRecord.value)[q]}</button>
        ))}
      </div>
      {quantity === 'since' && <SinceControl />}
      <div class="mapped">
        <div>
          <World ordered={ordered} quantity={quantity} kept={kept} looked={looked} />
          <Legend levels={levels} quantity={quantity} filter={filter} />
        </div>
        <div class="beside">
          <input type="search" placeholder={words.find} aria-label={words.find} value={search}
            onInput={event => { setSearch(event.currentTarget.value); setFound(null) }} onKeyDown={event => event.key === 'Enter' && (rows.length === 1 ? go('country', rows[0].iso3) : resolve())} />
          <p class="sub" role="status">{rows.length === 0 ? words.notFound : words.showing(rows.length, levels.length)}</p>
          <Sortable label={words.titles(year.value, lastOfRecord.value, since.value)[quantity]} columns={columns} rows={rows} order={order} keyOf={l => l.iso3}
            onOrder={to => setOwn({ sort: to === LARGEST_FIRST ? '' : to })} onHover={l => setHovered(l?.iso3 ?? '')} />
        </div>
      </div>
      <Command asked={quantity === 'since' ? `assess --parties --since ${since.value}` : 'assess --parties'} />
    </section>
  )
}

const columnsOf = (quantity: Quantity): readonly Column<Level>[] => [
  { key: 'name', name: words.columns.name, value: l => l.name, show: l => <PartyLink iso3={l.iso3} /> },
  ...(quantity === 'mark' ? [] : [{ key: 'value', name: words.columns.value[quantity], unit: words.units[quantity], numeric: true, value: (l: Level) => l.value, show: (l: Level) => words.value(quantity, l.value) }]),
  { key: 'level', name: `${words.columns.level} ${year.value}`, unit: 'Mt', numeric: true, value: l => l.level, show: l => mt(l.level) },
  { key: 'last', name: `${words.columns.last} ${lastOfRecord.value}`, unit: 'Mt', numeric: true, value: l => l.history_mt, show: l => mt(l.history_mt) },
  { key: 'mark', name: words.columns.mark, value: l => l.confidence },
]

function Sentence({ levels, quantity, stale }: { levels: readonly Level[]; quantity: Quantity; stale: boolean }) {
  return useHeld(sentenceOf(levels, quantity), stale)
}

function sentenceOf(levels: readonly Level[], quantity: Quantity) {
  const numbers = levels.filter(l => typeof l.value === 'number' && Number.isFinite(l.value)).sort((a, b) => Number(a.value) - Number(b.value))
  const below = numbers.filter(l => Number(l.value) <= -MOVED).length
  const above = numbers.filter(l => Number(l.value) >= MOVED).length
  const head = words.headline
  const [least, most] = [numbers[0], numbers[numbers.length - 1]]
  const headline =
    quantity === 'change' ? head.change(year.value, lastOfRecord.value, below, above)
    : quantity === 'since' ? head.since(year.value, since.value, below, above)
    : quantity === 'head' ? head.head(year.value, least.name, Number(least.value), most.name, Number(most.value), Number(numbers[Math.floor(numbers.length / 2)].value))
    : head.mark(year.value, levels.filter(l => String(l.value).startsWith('A')).length, levels.length, levels.filter(l => l.value === '').length)
  const largest = [...levels].sort((a, b) => b.history_mt - a.history_mt).slice(0, NAMED)
  return (
    <div class="sentence">
      <h1 class="headline">{bound(headline)}</h1>
      <p class="lead">{bound(`${words.largest(largest.map(l => [l.name, words.short(quantity, l.value)]))} ${words.asOne}`)}</p>
    </div>
  )
}

/** A reading with where the level comes from. */
function readingOf(l: Level, quantity: Quantity): string {
  const value = Number(l.value)
  const read = words.read
  const said =
    quantity === 'mark' ? read.mark(l.name, String(l.value))
    : quantity === 'head' ? read.head(l.name, l.level, year.value, value)
    : quantity === 'since' ? read.since(l.name, l.level, year.value, value, l.before_low_mt, since.value)
    : read.change(l.name, l.level, year.value, value, l.history_year)
  const source = l.submitted === '' ? (quantity === 'mark' && l.suspended !== 'yes' ? '' : words.noTarget(l.suspended === 'yes')) : words.document(l.submitted, l.status, l.target_year, year.value)
  return said + source
}

const numbersOf = (all: Iterable<Party>) => [...all].filter(p => Number.isFinite(p.m49)).map(p => [String(p.m49), p] as const)

interface WorldProps {
  readonly ordered: readonly Level[]
  readonly quantity: Quantity
  readonly kept: (level: Level) => boolean
  readonly looked: string
}

function World({ ordered, quantity, kept, looked }: WorldProps) {
  const place = useRef<HTMLDivElement>(null)
  const countries = useMemo(() => new Map(numbersOf(parties.value.values())), [parties.value])
  const places = useMemo(() => new Map(ordered.map((l, i) => [l.iso3, i])), [ordered])
  const territories = useMemo(() => [...countries.values()].filter(p => !places.has(p.speaker)), [countries, places])
  const looks = useMemo(() => {
    const found = new Map<string, Look & { iso3: string }>()
    for (const [m49, { speaker }] of countries) {
      const l = ordered[places.get(speaker) ?? -1]
      if (l === undefined) continue
      const supposed = asked.value.supposed.some(s => s.area === l.iso3)
      found.set(m49, { iso3: l.iso3, step: stepOf(l.value, quantity), faded: !kept(l), untargeted: l.submitted === '' && !supposed })
    }
    return found
  }, [ordered, quantity])
  const title = words.titles(year.value, lastOfRecord.value, since.value)[quantity]
  const speakerAt = (i: number) => ordered[i]?.iso3 ?? ''
  const placeOf = (x: number, y: number): number => {
    const box = place.current!.querySelector('.drawing')!.getBoundingClientRect()
    const country = countries.get(countryAt(box.left + x, box.top + y))
    if (country === undefined) return NaN
    return places.get(country.speaker) ?? ordered.length + territories.indexOf(country)
  }
  const marked = (at: number | null) => {
    if (at !== null && at >= ordered.length) return [String(territories[at - ordered.length].m49)]
    const speaker = at === null ? looked : speakerAt(at)
    return speaker === '' ? [] : [...countries].filter(([, p]) => p.speaker === speaker).map(([m49]) => m49)
  }
  return (
    <div ref={place}>
      <Figure id="atlas" title={title} sub={words.sub} summary={words.summary(ordered.length, title)} command={quantity === 'since' ? `assess --parties --since ${since.value}` : 'assess --parties'}
        walk={() => ({
          first: 0, last: ordered.length + territories.length - 1, start: 0, placeOf,
          reading: i => (i < ordered.length ? readingOf(ordered[i], quantity) : words.territory(territories[i - ordered.length]?.name ?? '')),
          open: i => i < ordered.length && go('country', ordered[i].iso3),
        })}
        data={() => ({
          columns: [{ name: 'code' }, { name: 'Party' }, { name: title, unit: words.units[quantity] }, { name: `level ${year.value}`, unit: 'Mt CO2e' }, { name: 'mark' }],
          rows: ordered.filter(kept).map(l => [l.iso3, l.name, l.value, l.level, l.confidence]),
        })}>
        {({ width, at }) => <Atlas width={width} scheme={schemes[quantity]} looks={looks} marked={marked(at)} />}
      </Figure>
    </div>
  )
}

function labelsOf(quantity: Quantity): readonly string[] {
  if (quantity === 'mark') return words.markLabels
  const edges = bounds[quantity]
  const text = (v: number) => `${v < 0 ? '−' : quantity !== 'head' && v > 0 ? '+' : ''}${Math.abs(v)}`
  return Array.from({ length: STEPS }, (_, i) => (i === 0 ? `below ${text(edges[0])}` : i === STEPS - 1 ? `from ${text(edges[i - 1])}` : `${text(edges[i - 1])} to ${text(edges[i])}`))
}

/** A histogram whose bars are the legend, and a filter. */
function Legend({ levels, quantity, filter }: { levels: readonly Level[]; quantity: Quantity; filter: readonly number[] }) {
  const counts = Array.from({ length: STEPS }, (_, step) => levels.filter(l => stepOf(l.value, quantity) === step).length)
  const most = Math.max(...counts, 1)
  const scheme = schemes[quantity]
  const press = (step: number) => {
    const next = filter.includes(step) ? filter.filter(s => s !== step) : [...filter, step].sort()
    setOwn({ bins: next.length === STEPS ? '' : next.join('.') })
  }
  return (
    <div class="legend">
      <p class="sub">{words.legendOf(words.units[quantity])}</p>
      <div class="steps7" role="group" aria-label={words.legend}>
        {labelsOf(quantity).map((label, step) => (
          <button key={step} type="button" aria-pressed={filter.includes(step)} title={quantity === 'mark' ? words.markOf(['A', 'A*', 'B', 'S', 'C', 'R', ''][step]) : undefined} onClick={() => press(step)}>
            <span class="bar"><i style={{ height: `${(100 * counts[step]) / most}%` }} /></span>
            <span class="count">{counts[step]}</span>
            <svg class="stk swatch" aria-hidden="true"><rect width="100%" height="100%" fill={patternOf(scheme, step)} /></svg>
            <span class="label">{label}</span>
          </button>
        ))}
      </div>
      <svg class="stk unseen" aria-hidden="true"><Patterns scheme={scheme} /></svg>
      {quantity === 'mark' && (
        <dl class="marks">
          {['A', 'A*', 'B', 'S', 'C', 'R', ''].map((mark, step) => counts[step] > 0 && <div key={mark}><dt>{mark || 'none'}</dt><dd>{words.markOf(mark)}</dd></div>)}
        </dl>
      )}
      {filter.length > 0 && <button type="button" class="quiet" onClick={() => setOwn({ bins: '' })}>{words.unfilter}</button>}
    </div>
  )
}
