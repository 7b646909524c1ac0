/** Charts of climate finance: years against the goal line, and contributors against their shares. */
import { financeWords as words, type Delivered } from '../words/finance'
import type { Question } from '../state/question'
import type { Contribution, GoalRow, PartRow } from '../state/money'
import { Figure, type Drawing } from './figure'
import { Svg, YAxis } from './plot'
import { linear, ticks } from './scale'

const HEIGHT = 300
const FOOT = 26
const TOP = 26
const LEFT = 34
/** A goal above it is named, and not drawn. */
const HIGHEST = 400

interface YearOf extends Delivered {
  readonly goal: number
  readonly published: string
  readonly mark: string
}

/** Every year from the first to the last that is not ahead, then the years of goals ahead. */
function yearsOf(rows: readonly GoalRow[]): YearOf[] {
  const drawn = rows.filter(r => r.component === 'total' && !(r.goal_usd_bn > HIGHEST))
  const near = drawn.filter(r => !/^ncqg/.test(r.goal)).map(r => r.year)
  if (near.length === 0) return []
  const first = Math.min(...near)
  const years = Array.from({ length: Math.max(...near) - first + 1 }, (_, i) => first + i)
  const ahead = drawn.map(r => r.year).filter(y => y > years.at(-1)!)
  return [...years, ...new Set(ahead)].map(year => {
    const r = drawn.find(row => row.year === year)
    return { year, low: r?.delivered_usd_bn ?? NaN, high: r?.delivered_high_usd_bn ?? NaN, goal: r?.goal_usd_bn ?? NaN, published: r?.published ?? '', mark: r?.confidence ?? '' }
  })
}

interface GoalsProps {
  readonly rows: readonly GoalRow[]
  readonly source: string
  readonly asOf: string
  readonly command: string
  readonly of: Question
}

export function Goals({ rows, source, asOf, command, of }: GoalsProps) {
  const years = yearsOf(rows)
  const beyond = rows.filter(r => r.component === 'total' && r.goal_usd_bn > HIGHEST)
  const known = years.filter(y => Number.isFinite(y.low))
  return (
    <Figure id="goals" title={words.goalsTitle} sub={words.goalsSub(source, asOf)} command={command} of={of}
      summary={words.summary(known.length, years.filter(y => Number.isFinite(y.goal) && !Number.isFinite(y.low)).length)}
      walk={width => ({
        first: 0, last: years.length - 1, start: 0, placeOf: x => Math.floor((x - LEFT) / columnOf(width, years.length)),
        reading: i => (years[i] === undefined ? '' : words.readYear(years[i].year, years[i].goal, years[i], years[i].published, years[i].mark)),
      })}
      data={() => ({
        columns: [{ name: 'year' }, { name: 'goal' }, { name: 'goal', unit: 'bn US$' }, { name: 'delivered', unit: 'bn US$' }, { name: 'to', unit: 'bn US$' }, { name: 'met' }, { name: 'published' }, { name: 'mark' }],
        rows: rows.map(r => [r.year, r.goal, r.goal_usd_bn, r.delivered_usd_bn, r.delivered_high_usd_bn, r.met, r.published, r.confidence]),
      })}>
      {drawing => <Years {...drawing} years={years} beyond={beyond} />}
    </Figure>
  )
}

const columnOf = (width: number, count: number) => (width - LEFT) / Math.max(count, 1)

function Years({ width, at, years, beyond }: Drawing & { years: readonly YearOf[]; beyond: readonly GoalRow[] }) {
  const column = columnOf(width, years.length)
  const top = 1.08 * Math.max(10, ...years.flatMap(y => [y.low, y.high, y.goal]).filter(Number.isFinite))
  const y = linear([0, top], [HEIGHT - FOOT, TOP])
  const x = linear([0, years.length], [LEFT, width])
  const bar = Math.max(4, column * 0.62)
  const wide = bar >= 33
  return (
    <Svg width={width} height={HEIGHT}>
      <YAxis scale={y} ticks={ticks(0, top, 4)} x={x} />
      {years.map((d, i) => {
        const left = x(i) + (column - bar) / 2
        const isKnown = Number.isFinite(d.low)
        const labelled = wide || i === 0 || i === years.length - 1 || (d.year % 5 === 0 && d.year < 2025)
        return (
          <g key={d.year}>
            {isKnown
              ? <><rect class="fill c-pledge" x={left} width={bar} y={y(d.low)} height={y(0) - y(d.low)} />
                {Number.isFinite(d.high) && <path class="whisker" d={`M${left + bar / 2} ${y(d.low)}V${y(d.high)}m-5 0h10`} />}</>
              : <><rect class="unknown" x={left} width={bar} y={y(0) - 34} height={34} /><text class="small c-muted mid" x={left + bar / 2} y={y(0) - 13}>?</text></>}
            {labelled && <text class={`small c-muted ${!wide && i === years.length - 1 ? 'end' : 'mid'}`} x={!wide && i === years.length - 1 ? width : x(i) + column / 2} y={HEIGHT - 8}>{d.year}</text>}
            {i > 0 && d.year > years[i - 1].year + 1 && <path class="axis-break" d={`M${x(i) - 3} ${y(0) + 5}l3 -10M${x(i) + 1} ${y(0) + 5}l3 -10`} />}
          </g>
        )
      })}
      <GoalLines years={years} x={x} y={y} />
      {years.map((d, i) => Number.isFinite(d.low) && (
        <Amount key={d.year} d={d} x={x(i) + column / 2} top={y(Number.isFinite(d.high) ? d.high : d.low)} inside={wide && y(0) - y(d.low) > 22 ? y(d.low) + 15 : null} upright={wide} />
      ))}
      {beyond.map(r => <text key={r.goal} class="small c-trend end halo" x={width} y={12}>{words.calledFor(r.goal_usd_bn)}</text>)}
      {at !== null && years[at] !== undefined && <rect class="cursor-box" x={x(at)} width={column} y={TOP - 8} height={HEIGHT - FOOT - TOP + 8} />}
    </Svg>
  )
}

/** In the bar where there is room, else above it; upright where columns are narrow. */
function Amount({ d, x, top, inside, upright }: { d: Delivered; x: number; top: number; inside: number | null; upright: boolean }) {
  if (inside !== null) return <text class="small strong mid in-bar" x={x} y={inside}>{words.amount(d)}</text>
  if (upright) return <text class="small strong mid halo" x={x} y={top - 6}>{words.amount(d)}</text>
  return <text class="small strong halo" transform={`translate(${x + 4} ${top - 6}) rotate(-90)`}>{words.amount(d)}</text>
}

/** A line over the years for which a goal holds, with its amount at its last year. */
function GoalLines({ years, x, y }: { years: readonly YearOf[]; x: (i: number) => number; y: (v: number) => number }) {
  const spans: { from: number; to: number; goal: number }[] = []
  years.forEach(({ goal, year }, i) => {
    if (!Number.isFinite(goal)) return
    const last = spans.at(-1)
    if (last !== undefined && last.goal === goal && last.to === i && years[i - 1].year === year - 1) last.to = i + 1
    else spans.push({ from: i, to: i + 1, goal })
  })
  return (
    <g class="c-trend">
      {spans.map(({ from, to, goal }) => {
        return (
          <g key={from}>
            <line class="goal-line" x1={x(from) + 1} x2={x(to) - 1} y1={y(goal)} y2={y(goal)} />
            <text class="small strong halo c-trend end" x={x(to) - 2} y={y(goal) - 5}>{words.bn(goal)}</text>
          </g>
        )
      })}
    </g>
  )
}

// ---- shares ----

const ROW = 25
const VALUES = 92

interface SharesProps {
  readonly id: string
  readonly title: string
  readonly list: readonly Contribution[]
  readonly nameOf: (c: Contribution) => string
  readonly summary: string
  readonly command: string
  readonly of: Question
  readonly open?: (c: Contribution) => void
}

export function Shares({ id, title, list, nameOf, summary, command, of, open }: SharesProps) {
  const shared = Math.max(...list.map(c => c.row.shared_usd_bn).filter(Number.isFinite), 0)
  const reading = ({ row, gave }: Contribution, name: string) => words.readContributor(name, row.due_usd_bn, row.share,
    [['GDP', row.gdp_share], ['people', row.population_share], ['fossil CO₂', row.fossil_co2_share], ['CO₂ with land use', row.co2_with_land_use_share]],
    gave.map(g => [g.source, g.provided_usd_bn, g.percent] as const))
  return (
    <Figure id={id} title={title} sub={words.contributorsSub(shared)} summary={summary} command={command} of={of}
      walk={() => ({ first: 0, last: list.length - 1, start: 0, placeOf: (_, y) => Math.floor((y - 20) / ROW), reading: i => (list[i] === undefined ? '' : reading(list[i], nameOf(list[i]))), open: open && (i => open(list[i])) })}
      data={() => ({
        columns: [{ name: 'Party' }, { name: 'year' }, { name: 'share' }, { name: 'due', unit: 'bn US$' }, { name: 'given', unit: 'bn US$' }, { name: 'of due', unit: '%' }, { name: 'source' }, { name: 'mark' }],
        rows: list.flatMap(({ row, gave }) => (gave.length > 0 ? gave : [row]).map(r => [r.iso3, r.year, r.share, r.due_usd_bn, r.provided_usd_bn, r.percent, Number.isFinite(r.provided_usd_bn) ? r.source : '', Number.isFinite(r.provided_usd_bn) ? r.confidence : ''])),
      })}>
      {({ width, at }) => {
        const names = width < 420 ? 92 : 130
        const most = Math.max(1, ...list.flatMap(c => [c.row.due_usd_bn, ...c.gave.map(g => g.provided_usd_bn)]).filter(Number.isFinite))
        const x = linear([0, most], [names, width - VALUES])
        const height = 20 + ROW * list.length
        return (
          <Svg width={width} height={height}>
            {ticks(0, most, width < 420 ? 3 : 5).map(t => <g key={t}><line class={t === 0 ? 'zero' : 'grid'} x1={x(t)} x2={x(t)} y1={16} y2={height} /><text class="small c-muted mid" x={x(t)} y={11}>{t}</text></g>)}
            {list.map((c, i) => <ShareRow key={i} contribution={c} name={nameOf(c)} x={x} y={20 + i * ROW} width={width} letters={Math.floor(names / 6.6)} />)}
            {at !== null && <rect class="cursor-box" x={0} width={width} y={20 + at * ROW} height={ROW} />}
          </Svg>
        )
      }}
    </Figure>
  )
}

function ShareRow({ contribution: { row, gave }, name, x, y, width, letters }: { contribution: Contribution; name: string; x: (v: number) => number; y: number; width: number; letters: number }) {
  const due = row.due_usd_bn
  const height = gave.length > 1 ? 14 / gave.length : 12
  return (
    <g>
      <text class="small" x={0} y={y + 16}>{name.length > letters ? `${name.slice(0, letters - 1)}…` : name}</text>
      {gave.length === 0 && Number.isFinite(due) && <rect class="unknown" x={x(0)} width={Math.max(2, x(due) - x(0))} y={y + 6} height={12} />}
      {gave.map((g, k) => <rect key={g.source} class="fill c-pledge" x={x(0)} width={Math.max(1, x(g.provided_usd_bn) - x(0))} y={y + 6 + k * height} height={height - 1} />)}
      {Number.isFinite(due) && <line class="due" x1={x(due)} x2={x(due)} y1={y + 2} y2={y + 22} />}
      <text class={`small end ${gave.length > 0 ? 'strong' : 'c-muted'}`} x={width} y={y + 16}>{gave.length > 0 ? `${words.bn(gave[0].provided_usd_bn)} of ${words.bn(due)}` : Number.isFinite(due) ? words.due(due) : words.notKnown}</text>
    </g>
  )
}

// ---- parts ----

interface PartsProps {
  readonly year: number
  readonly parts: readonly PartRow[]
  readonly command: string
  readonly of: Question
}

/** Channels, themes and kinds of one year, each as a bar; a label stands above its bar. */
export function Parts({ year, parts, command, of }: PartsProps) {
  const reading = (p: PartRow) => words.readPart(p.words, p.usd_bn, p.percent, p.of, p.confidence)
  const row = 34
  return (
    <Figure id="parts" title={words.partsTitle(year)} sub={words.partsSub} command={command} of={of} summary={words.partsSummary(parts.length, [...parts].sort((a, b) => b.usd_bn - a.usd_bn)[0]?.words ?? '')}
      walk={() => ({ first: 0, last: parts.length - 1, start: 0, placeOf: (_, y) => Math.floor(y / row), reading: i => (parts[i] === undefined ? '' : reading(parts[i])) })}
      data={() => ({ columns: [{ name: 'year' }, { name: 'component' }, { name: 'amount', unit: 'bn US$' }, { name: 'share', unit: '%' }, { name: 'of' }, { name: 'mark' }], rows: parts.map(p => [p.year, p.component, p.usd_bn, p.percent, p.of, p.confidence]) })}>
      {({ width, at }) => {
        const x = linear([0, Math.max(1, ...parts.map(p => p.usd_bn))], [0, width - 60])
        return (
          <Svg width={width} height={row * parts.length}>
            {parts.map((p, i) => (
              <g key={p.component} transform={`translate(0 ${i * row})`}>
                <text class="small" y={13}>{p.words}</text>
                <rect class={`fill ${p.component === 'total' ? 'c-history' : 'c-pledge'}`} y={18} width={Math.max(1, x(p.usd_bn))} height={9} />
                <text class="small strong" x={x(p.usd_bn) + 7} y={27}>{words.bn(p.usd_bn)}</text>
              </g>
            ))}
            {at !== null && parts[at] !== undefined && <rect class="cursor-box" width={width} y={at * row} height={row} />}
          </Svg>
        )
      }}
    </Figure>
  )
}
