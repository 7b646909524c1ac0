/** World emissions: history, pledges, where current trends lead, the benchmark, and the gap in the year asked about. */
import { useEffect, useState } from 'preact/hooks'
import { asked, changed, engine, frame, lastOfRecord, pledged, question, year } from '../state/store'
import type { Question } from '../state/question'
import type { Frame } from '../engine/protocol'
import { fixed, gt } from '../words/numbers'
import { say } from '../words/en'
import { answerOf } from '../state/answer'
import { Figure, type Drawing } from './figure'
import { Band, Cursor, EndLabels, Line, Svg, XAxis, YAxis } from './plot'
import { linear, ticks } from './scale'

const FIRST = 1990
const LAST = 2060
const YEARS = Array.from({ length: LAST - FIRST + 1 }, (_, i) => FIRST + i)
const WIDTH_OF_YEARS = 111
const HEIGHT = 300

interface Series {
  readonly history: number[]
  readonly low: number[]
  readonly conditional: number[]
  readonly goal: readonly number[][]
}

/** World with land use, Gt: condition, ambition, land, year. */
function worldOf(f: Frame, condition: number, ambition: number): number[] {
  const at = ((condition * 2 + ambition) * 2 + 1) * WIDTH_OF_YEARS
  return Array.from(f.arrays.world!.values.subarray(at, at + YEARS.length))
}

function seriesOf(f: Frame): Series {
  const benchmark = f.arrays.benchmark!.values
  const statistic = (k: number) => YEARS.map((_, i) => benchmark[i * 3 + k])
  const low = worldOf(f, 0, 0)
  return {
    history: low.map((v, i) => (FIRST + i <= lastOfRecord.value ? v : NaN)),
    low: low.map((v, i) => (FIRST + i >= lastOfRecord.value ? v : NaN)),
    conditional: worldOf(f, 1, 1).map((v, i) => (FIRST + i >= lastOfRecord.value ? v : NaN)),
    goal: [statistic(0), statistic(1), statistic(2)],
  }
}

/**
 * The gap is counted in the benchmark's potentials, whatever set levels are asked in: then the world beside it is asked
 * for again, as soon as the reader rests.
 */
function useInSetOfBenchmark(f: Frame | null, p: Frame | null): readonly [Frame | null, Frame | null] {
  const { gwp, ...options } = asked.value.options
  const [other, setOther] = useState<readonly [Frame | null, Frame | null]>([null, null])
  useEffect(() => {
    if (gwp === undefined || engine.value === null) return
    let current = true
    const ask = (supposed: Question['supposed']) => engine.value!.whole({ options, supposed }, ['world', 'gap', 'benchmark'])
    Promise.all([ask(asked.value.supposed), asked.value.supposed.length > 0 ? ask([]) : null]).then(frames => current && setOther(frames), () => {})
    return () => {
      current = false
    }
  }, [asked.value])
  return gwp === undefined ? [f, p] : other
}

export function Emissions() {
  const [f, p] = useInSetOfBenchmark(frame.value, pledged.value)
  if (f === null) return null
  const now = seriesOf(f)
  const before = changed.value && p !== null ? seriesOf(p) : null
  const at = Number(year.value) - FIRST
  const goal = question.value.options.benchmark ?? 'C1'
  const reading = (y: number) => {
    const i = y - FIRST
    if (y <= lastOfRecord.value) return `${y}: ${gt(now.history[i])} Gt`
    const parts = [`pledges ${gt(now.low[i])}`, `conditional, high ambition ${gt(now.conditional[i])}`, ...(Number.isFinite(now.goal[1][i]) ? [`${say.goals(goal)} ${gt(now.goal[1][i])}`] : [])]
    return `${y}: ${parts.join(', ')} Gt`
  }
  return (
    <Figure id="emissions" title="World emissions with land use" command="gap"
      sub={<>Gt CO₂e a year, GWP AR6; shaded: conditional pledges, 5–95 % of {say.goals(goal)}{before !== null && '; dotted: as pledged'}</>}
      summary={`The world emits ${gt(now.low[at])} Gt with land use in ${year.value} as pledged; ${say.goals(goal)} have ${gt(now.goal[1][at])} Gt (median).`}
      walk={width => ({ first: FIRST, last: LAST, reading, placeOf: x => Math.round(scaleX(width).invert(x)) })}
      data={() => ({
        columns: [{ name: 'year' }, { name: 'pledges, unconditional low', unit: 'Gt CO2e' }, { name: 'conditional high', unit: 'Gt CO2e' }, { name: `${goal} 5 %`, unit: 'Gt CO2e' }, { name: `${goal} median`, unit: 'Gt CO2e' }, { name: `${goal} 95 %`, unit: 'Gt CO2e' }],
        rows: YEARS.map((y, i) => [y, i + FIRST <= lastOfRecord.value ? now.history[i] : now.low[i], now.conditional[i], ...now.goal.map(g => g[i])]),
      })}>
      {drawing => <Drawn {...drawing} now={now} before={before} gap={answerOf(f).gaps[0]} />}
    </Figure>
  )
}

const margins = { top: 26, bottom: 24, left: 30 }
const rightOf = (width: number) => (width < 420 ? 84 : 108)
const scaleX = (width: number) => linear([FIRST, LAST], [margins.left, width - rightOf(width)])

function Drawn({ width, at, now, before, gap }: Drawing & { now: Series; before: Series | null; gap: number }) {
  const x = scaleX(width)
  const values = [...now.history, ...now.low, ...now.goal[2], ...now.goal[0], ...(before?.low ?? [])].filter(Number.isFinite)
  const y = linear([Math.min(0, ...values), 1.04 * Math.max(...values)], [HEIGHT - margins.bottom, margins.top])
  const target = Number(year.value)
  const i = target - FIRST
  const end = YEARS.length - 1
  return (
    <Svg width={width} height={HEIGHT}>
      <YAxis scale={y} ticks={ticks(y.domain[0], y.domain[1], 6)} format={v => fixed(v, 0)} x={x} />
      <XAxis scale={x} ticks={width < 420 ? [1990, 2020, 2050] : [1990, 2000, 2010, 2020, 2030, 2040, 2050, 2060]} y={HEIGHT - margins.bottom} />
      <Band xs={YEARS} low={now.goal[0]} high={now.goal[2]} x={x} y={y} meaning="goal" strength={14} />
      <Band xs={YEARS} low={now.conditional} high={now.low} x={x} y={y} meaning="pledge" strength={20} />
      <Line xs={YEARS} ys={now.goal[1]} x={x} y={y} meaning="goal" dash thin />
      <Line xs={YEARS} ys={now.history} x={x} y={y} meaning="history" />
      {before !== null && <Line xs={YEARS} ys={before.low} x={x} y={y} meaning="pledge" dash thin />}
      <Line xs={YEARS} ys={now.low} x={x} y={y} meaning="pledge" />
      <Bracket x={x(target)} top={y(now.low[i])} bottom={y(now.goal[1][i])} text={`gap ${gt(gap)}`} />
      <EndLabels x={x.range[1] + 6} top={margins.top} bottom={HEIGHT - margins.bottom}
        labels={[
          { text: before === null ? 'pledges' : 'yours', at: y(now.low[end]), meaning: 'pledge', strong: true },
          ...(before === null ? [] : [{ text: 'as pledged', at: y(before.low[end]), meaning: 'pledge' as const }]),
          { text: question.value.options.benchmark ?? '1.5 °C (C1)', at: y(now.goal[1][end]), meaning: 'goal', strong: true },
        ]} />
      <Cursor at={at} x={x} top={margins.top} bottom={HEIGHT - margins.bottom} />
    </Svg>
  )
}

/** The gap between two heights. */
function Bracket({ x, top, bottom, text }: { x: number; top: number; bottom: number; text: string }) {
  if (!Number.isFinite(top) || !Number.isFinite(bottom)) return null
  return (
    <g class="c-trend">
      <path class="line thin" d={`M${x - 5} ${top}h10M${x} ${top}V${bottom}M${x - 5} ${bottom}h10`} />
      <text class="small strong halo c-trend" x={x + 8} y={(top + bottom) / 2} dy="0.35em">{text}</text>
    </g>
  )
}
