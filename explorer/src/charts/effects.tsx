/** What each choice of method changes alone: a dot a choice, under the name of what is chosen. */
import { say, type Measure } from '../words/assumptions'
import { year } from '../state/store'
import { signed } from '../words/numbers'
import { Figure, type Drawing } from './figure'
import { Svg, XAxis } from './plot'
import { linear, ticks, type Scale } from './scale'

export interface Effect {
  readonly title: string
  /** The option that chooses; "" where none does. */
  readonly option: string
  readonly choice: string
  readonly words: string
  readonly reference: boolean
  readonly warming: number
  readonly warmingChange: number
  readonly gap: number
  readonly gapChange: number
}

const NARROW = 560
const TOP = 8
const AXIS = 26
const LINE = 21
const GROUP_SPACE = 9

interface Row {
  readonly effect: Effect
  /** The first choice of an assumption names it, with what holds now. */
  readonly first: boolean
  readonly now: string
  readonly y: number
}

/** Places of all rows and the height of the whole. */
function rowsOf(effects: readonly Effect[], narrow: boolean): { rows: Row[]; height: number } {
  const rows: Row[] = []
  let y = TOP
  let title = ''
  for (const effect of effects) {
    if (effect.reference) continue
    const first = effect.title !== title
    title = effect.title
    if (first) y += GROUP_SPACE + LINE * (narrow ? 2 : 1)
    rows.push({ effect, first, now: effects.find(e => e.title === title && e.reference)!.words, y: y + LINE / 2 })
    y += LINE
  }
  return { rows, height: y + AXIS }
}

const changeOf = (e: Effect, measure: Measure) => (measure === 'warming' ? e.warmingChange : e.gapChange)
const LEFT = (width: number) => (width < NARROW ? 150 : 210)
const scaleOf = (effects: readonly Effect[], measure: Measure, width: number): Scale => {
  const changes = effects.map(e => changeOf(e, measure))
  const least = Math.min(0, ...changes)
  const most = Math.max(0, ...changes)
  const room = Math.max(0.04 * (most - least), 0.02)
  return linear([least - room, most + room], [LEFT(width), width - 56])
}

export function DotPlot({ effects, measure }: { effects: readonly Effect[]; measure: Measure }) {
  const choices = effects.filter(e => !e.reference)
  const last = choices.length - 1
  // the arrow down is a step back in a chart's walk, so the list is counted from its end
  const at = (place: number) => choices[last - place]
  const reading = (place: number) => {
    const e = at(place)
    return say.reading(e.title, e.words, e.warming, e.warmingChange, e.gap, e.gapChange)
  }
  return (
    <Figure id="effects" title={say.title(measure, year.value)} sub={say.sub(measure)} command="warming --effects"
      summary={say.summary(choices.map(e => `${e.title}, ${e.words}: ${signed(changeOf(e, measure), 2)}`))}
      walk={width => ({ first: 0, last, reading, placeOf: (_, y) => last - nearest(rowsOf(effects, width < NARROW).rows, y) })}
      data={() => ({
        columns: [{ name: 'assumption' }, { name: 'choice' }, { name: 'words' }, { name: 'now' }, { name: 'warming_2100', unit: 'K' }, { name: 'alone_2100', unit: 'K' }, { name: 'gap', unit: 'Gt CO2e' }, { name: 'alone_gap', unit: 'Gt CO2e' }],
        rows: effects.map(e => [e.title, e.choice, e.words, e.reference ? 'yes' : 'no', e.warming, e.warmingChange, e.gap, e.gapChange]),
      })}>
      {drawing => <Drawn {...drawing} at={drawing.at === null ? null : last - drawing.at} effects={effects} measure={measure} />}
    </Figure>
  )
}

function nearest(rows: readonly Row[], y: number): number {
  return rows.reduce((best, row, i) => (Math.abs(row.y - y) < Math.abs(rows[best].y - y) ? i : best), 0)
}

function Drawn({ width, at, effects, measure }: Drawing & { effects: readonly Effect[]; measure: Measure }) {
  const narrow = width < NARROW
  const { rows, height } = rowsOf(effects, narrow)
  const x = scaleOf(effects, measure, width)
  const bottom = height - AXIS
  const marks = ticks(x.domain[0], x.domain[1], narrow ? 3 : 6)
  const digits = [0, 1, 2].find(d => marks.every(m => Math.abs(m - Number(m.toFixed(d))) < 1e-9)) ?? 3
  return (
    <Svg width={width} height={height}>
      {marks.map(t => <line key={t} class={t === 0 ? 'zero' : 'grid'} x1={x(t)} x2={x(t)} y1={TOP} y2={bottom} />)}
      <XAxis scale={x} ticks={marks} format={v => signed(v, digits)} y={bottom + 2} />
      {at !== null && <rect class="cursor-box" x={0} width={width} y={rows[at].y - LINE / 2} height={LINE} />}
      {rows.map(row => <DrawnRow key={`${row.effect.title} ${row.effect.choice}`} {...row} x={x} change={changeOf(row.effect, measure)} width={width} narrow={narrow} />)}
    </Svg>
  )
}

function DrawnRow({ effect, first, now, y, x, change, width, narrow }: Row & { x: Scale; change: number; width: number; narrow: boolean }) {
  const colour = change < 0 ? 'c-pledge' : 'c-trend'
  const head = y - LINE * (narrow ? 2 : 1)
  return (
    <g>
      {first && (
        <>
          <text class="strong halo" x={0} y={head} dy="0.35em">{effect.title}</text>
          <text class={`small halo c-muted${narrow ? '' : ' end'}`} x={narrow ? 0 : width} y={narrow ? head + LINE - 3 : head} dy="0.35em">{say.now(now)}</text>
        </>
      )}
      <text class="small" x={12} y={y} dy="0.35em">{effect.words}</text>
      <line class={`line thin ${colour}`} x1={x(0)} x2={x(change)} y1={y} y2={y} />
      <circle class={change < 0 ? 'dot c-pledge' : 'dot open c-trend'} cx={x(change)} cy={y} r={4.5} />
      <text class="small end number" x={width} y={y} dy="0.35em">{signed(change, 2)}</text>
    </g>
  )
}
