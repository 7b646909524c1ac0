/** One area from 1990 to 2060: history, baseline, what is pledged, yours, and every document's target as it stood on its day. */
import { changed, lastOfRecord } from '../state/store'
import { at, CONDITIONAL_HIGH, FIRST_YEAR, HIGH, LOW, type Pathway } from '../state/pathway'
import type { Numbered, Sheet } from '../state/sheet'
import { countryWords as words } from '../words/country'
import { shortDay } from '../words/numbers'
import { Figure, type Drawing } from './figure'
import { Band, Cursor, EndLabels, Line, Svg, XAxis, YAxis } from './plot'
import { apart, linear, ticks, type Scale } from './scale'

const LAST = 2060
const YEARS = Array.from({ length: LAST - FIRST_YEAR + 1 }, (_, i) => FIRST_YEAR + i)
const HEIGHT = 380
const margins = { top: 18, bottom: 24 }
const leftOf = (top: number) => (top >= 10000 ? 46 : 38)
const rightOf = (width: number) => (width < 420 ? 84 : 104)
/** Half the height of a mark. */
const MARK = 8

interface Props {
  readonly area: string
  readonly name: string
  readonly now: Pathway
  readonly before: Pathway | null
  readonly documents: readonly Numbered[]
  readonly sheet: Sheet
  readonly year: string
}

/** Places of documents that would lie on one another are one mark. */
interface Mark {
  readonly year: number
  readonly mt: number
  readonly low: number
  readonly high: number
  readonly numbers: readonly number[]
}

/** At one year and the same level to a thousandth of the chart, documents share a mark. */
function marksOf(documents: readonly Numbered[], top: number): Mark[] {
  const marks = new Map<string, Mark>()
  for (const d of documents) {
    if (!Number.isFinite(d.level_low_mt) || d.target_year > LAST) continue
    const key = `${d.target_year} ${Math.round((200 * d.level_low_mt) / top)} ${Math.round((200 * d.level_high_mt) / top)}`
    const numbers = [...new Set([...(marks.get(key)?.numbers ?? []), d.number])]
    marks.set(key, { year: d.target_year, mt: d.level_low_mt, low: Math.min(d.level_low_mt, d.level_high_mt), high: Math.max(d.level_low_mt, d.level_high_mt), numbers })
  }
  return [...marks.values()]
}

export function PathwayChart({ area, name, now, before, documents, sheet, year }: Props) {
  const last = lastOfRecord.value
  const moves = before !== null && now.cases[LOW].length === before.cases[LOW].length && YEARS.some(y => Math.abs(at(before.cases[LOW], y) - at(now.cases[LOW], y)) > 1e-9)
  const ghost = changed.value && moves ? before : null
  const from = (series: ArrayLike<number>, first: number) => YEARS.map(y => (y >= first ? at(series, y) : NaN))
  const history = YEARS.map(y => (y <= last ? at(now.baseline, y) : NaN))
  const targetsOf = (y: number) => documents.filter((d, i) => d.target_year === y && Number.isFinite(d.level_low_mt) && documents.findIndex(o => o.number === d.number && o.target_year === y) === i)
  const reading = (y: number) => (y <= last ? words.readHistory(y, at(now.baseline, y)) : words.readPathway(y, now.cases.map(c => at(c, y)), at(now.baseline, y), targetsOf(y)))
  const widest = Math.max(...YEARS.flatMap(y => [at(now.baseline, y), ...now.cases.map(c => at(c, y))]), ...documents.map(d => d.level_low_mt).filter(Number.isFinite))
  return (
    <Figure id="pathway" title={words.chartTitle(name)} command={`country ${area} --table pathway`} sub={words.chartSub}
      summary={words.chartSummary(name, year, at(now.cases[LOW], year), at(now.cases[HIGH], year), last, at(now.baseline, last), documents.length)}
      walk={width => ({ first: FIRST_YEAR, last: LAST, reading, placeOf: x => Math.round(scaleX(width, widest).invert(x)) })}
      data={() => ({
        columns: [{ name: 'year' }, { name: words.series.baseline, unit: 'Mt' }, ...words.cases.map(c => ({ name: c, unit: 'Mt' })), ...(ghost === null ? [] : [{ name: words.series.pledged, unit: 'Mt' }])],
        rows: YEARS.map(y => [y, at(now.baseline, y), ...now.cases.map(c => at(c, y)), ...(ghost === null ? [] : [at(ghost.cases[LOW], y)])]),
      })}>
      {drawing => (
        <Drawn {...drawing} widest={widest} history={history} baseline={from(now.baseline, last)} low={from(now.cases[LOW], last)} conditional={from(now.cases[CONDITIONAL_HIGH], last)}
          ghost={ghost === null ? null : from(ghost.cases[LOW], last)} documents={documents} sheet={sheet} />
      )}
    </Figure>
  )
}

const scaleX = (width: number, widest: number) => linear([FIRST_YEAR, LAST], [leftOf(widest), width - rightOf(width)])

interface DrawnProps extends Drawing {
  readonly widest: number
  readonly history: readonly number[]
  readonly baseline: readonly number[]
  readonly low: readonly number[]
  readonly conditional: readonly number[]
  readonly ghost: readonly number[] | null
  readonly documents: readonly Numbered[]
  readonly sheet: Sheet
}

function Drawn({ width, at: cursor, widest, history, baseline, low, conditional, ghost, documents, sheet }: DrawnProps) {
  const x = scaleX(width, widest)
  const least = Math.min(0, ...[...low, ...conditional].filter(Number.isFinite))
  const y = linear([least, 1.04 * widest || 1], [HEIGHT - margins.bottom, margins.top])
  const end = YEARS.length - 1
  return (
    <Svg width={width} height={HEIGHT}>
      <YAxis scale={y} ticks={ticks(y.domain[0], y.domain[1], 5)} x={x} format={v => v.toLocaleString('en', { maximumFractionDigits: 6 }).replace('-', '−')} />
      <XAxis scale={x} ticks={width < 420 ? [1990, 2020, 2050] : [1990, 2000, 2010, 2020, 2030, 2040, 2050, 2060]} y={HEIGHT - margins.bottom} />
      <Band xs={YEARS} low={conditional} high={low} x={x} y={y} meaning="pledge" />
      <path class="line thin dashes c-muted" d={pathOf(baseline, x, y)} />
      <Line xs={YEARS} ys={history} x={x} y={y} meaning="history" />
      {ghost !== null && <Line xs={YEARS} ys={ghost} x={x} y={y} meaning="pledge" dash thin />}
      <Line xs={YEARS} ys={low} x={x} y={y} meaning={ghost === null ? 'pledge' : 'trend'} />
      <Goal x={x} y={y} sheet={sheet} />
      <Marks x={x} y={y} marks={marksOf(documents, widest)} wide={width >= 560} />
      <EndLabels x={x.range[1] + 6} top={margins.top} bottom={HEIGHT - margins.bottom}
        labels={[
          { text: words.series.baseline, at: y(baseline[end]), meaning: 'muted' },
          { text: ghost === null ? words.series.pledged : words.series.yours, at: y(low[end]), meaning: ghost === null ? 'pledge' : 'trend', strong: true },
          ...(ghost === null ? [] : [{ text: words.series.pledged, at: y(ghost[end]), meaning: 'pledge' as const }]),
          ...(Math.abs(y(conditional[end]) - y(low[end])) < 15 ? [] : [{ text: words.series.conditional, at: y(conditional[end]), meaning: 'pledge' as const }]),
        ]} />
      <Cursor at={cursor} x={x} top={margins.top} bottom={HEIGHT - margins.bottom} />
    </Svg>
  )
}

const pathOf = (ys: readonly number[], x: Scale, y: Scale) =>
  ys.map((v, i) => (Number.isFinite(v) ? `${x(YEARS[i]).toFixed(1)} ${y(v).toFixed(1)}` : '')).filter(Boolean).reduce((path, point) => (path === '' ? `M${point}` : `${path}L${point}`), '')

/** What 1.5 °C would ask by two simple rules: a triangle down for the equal cut, one up for equal emissions per head. */
function Goal({ x, y, sheet }: { x: Scale; y: Scale; sheet: Sheet }) {
  const inside = (v: number) => Number.isFinite(v) && y(v) >= margins.top
  const place = x(sheet.goal_year)
  return (
    <g class="fill c-goal">
      {inside(sheet.equal_cut_mt) && <path d={`M${place - 5.5} ${y(sheet.equal_cut_mt) - 9}h11l-5.5 9z`}><title>{words.equalCut}</title></path>}
      {inside(sheet.equal_per_head_mt) && <path d={`M${place - 5.5} ${y(sheet.equal_per_head_mt) + 9}h11l-5.5 -9z`}><title>{words.equalPerHead}</title></path>}
    </g>
  )
}

/** Numbers of documents at what they meant, moved apart where they would touch, with a line to their place. */
function Marks({ x, y, marks, wide }: { x: Scale; y: Scale; marks: readonly Mark[]; wide: boolean }) {
  const half = (text: string) => Math.max(MARK, 3.6 * text.length + 4)
  const texts = marks.map(m => ({ ...m, text: wide ? runs(m.numbers) : String(m.numbers.at(-1)), at: y(m.mt), true: y(m.mt) })).sort((a, b) => a.year - b.year)
  // years whose marks would touch move apart together
  const clusters: (typeof texts)[] = []
  for (const m of texts) {
    const last = clusters.at(-1)?.at(-1)
    if (last !== undefined && x(m.year) - x(last.year) < half(m.text) + half(last.text) + 1) clusters.at(-1)!.push(m)
    else clusters.push([m])
  }
  return (
    <g class="targets">
      {clusters.flatMap(cluster => apart(cluster, 2 * MARK + 2, margins.top + MARK, HEIGHT - margins.bottom - MARK)).map(m => (
        <g key={`${m.year} ${m.text}`} transform={`translate(${x(m.year)} ${m.at})`}>
          {Math.abs(m.at - m.true) > 1.5 && <line class="leader" y2={m.true - m.at} />}
          {m.high - m.low > 0 && y(m.low) - y(m.high) > 3 && <line class="whisker" x1={half(m.text) + 3} x2={half(m.text) + 3} y1={y(m.low) - m.at} y2={y(m.high) - m.at} />}
          <rect x={-half(m.text)} y={-MARK} width={2 * half(m.text)} height={2 * MARK} rx={MARK} />
          <text class="small strong mid" dy="0.36em">{m.text}</text>
        </g>
      ))}
    </g>
  )
}

/** "1–3, 5" */
function runs(numbers: readonly number[]): string {
  const parts: [number, number][] = []
  for (const n of numbers) {
    const last = parts.at(-1)
    if (last !== undefined && last[1] === n - 1) last[1] = n
    else parts.push([n, n])
  }
  return parts.map(([a, b]) => (a === b ? String(a) : `${a}–${b}`)).join(', ')
}

/** Which document a number is. */
export function Key({ documents }: { documents: readonly Numbered[] }) {
  const days = documents.filter((d, i) => documents.findIndex(o => o.number === d.number) === i)
  return (
    <ol class="key">
      {days.map(d => <li key={d.number}><b>{d.number}</b> {words.document(d.status)}, {shortDay(d.submitted)}</li>)}
    </ol>
  )
}
