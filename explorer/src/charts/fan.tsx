/** Warming to 2100: bands of the ensemble's members with net-zero aims, what was measured, and the median as pledged. */
import { changed, frame, pledged, whole } from '../state/store'
import type { Frame } from '../engine/protocol'
import { kelvin } from '../words/numbers'
import { Figure, type Drawing } from './figure'
import { Band, Cursor, EndLabels, Line, Svg, XAxis, YAxis } from './plot'
import { linear } from './scale'

const FIRST = 1995
const LAST = 2100
const YEARS = Array.from({ length: LAST - FIRST + 1 }, (_, i) => FIRST + i)
const PERCENTILES = [5, 17, 33, 50, 67, 83, 95]
const MEDIAN = 3
const BANDS = [[0, 6, 15], [1, 5, 20], [2, 4, 28]]
const OBSERVED_FIRST = 1850
const HEIGHT = 300
const TARGETS_ONLY = 1
const WITH_NET_ZERO = 2

export function fanOf(f: Frame, kind: number): number[][] {
  const { values } = f.arrays.warming!
  return PERCENTILES.map((_, p) => Array.from(values.subarray((kind * PERCENTILES.length + p) * YEARS.length, (kind * PERCENTILES.length + p + 1) * YEARS.length)))
}

export function WarmingFan() {
  const f = frame.value
  if (f === null) return null
  const fan = fanOf(f, WITH_NET_ZERO)
  const targets = whole.value === null ? null : fanOf(whole.value, TARGETS_ONLY)[MEDIAN]
  const ghost = changed.value && pledged.value !== null ? fanOf(pledged.value, WITH_NET_ZERO)[MEDIAN] : null
  const observed = f.arrays.observed === undefined ? [] : YEARS.map(y => f.arrays.observed!.values[y - OBSERVED_FIRST] ?? NaN)
  const end = YEARS.length - 1
  const reading = (y: number) => {
    const i = y - FIRST
    return `${y}: ${kelvin(fan[MEDIAN][i])} °C (5–95 %: ${kelvin(fan[0][i])} to ${kelvin(fan[6][i])})${Number.isFinite(observed[i]) ? `, measured ${kelvin(observed[i])}` : ''}`
  }
  return (
    <Figure id="warming" title="Warming with net-zero aims" command="warming"
      sub={<>°C above 1850–1900; 841 calibrated members: median, 33–67, 17–83 and 5–95 %; thin: targets alone; black: measured{ghost !== null && '; dotted: as pledged'}</>}
      summary={`With net-zero aims the world is ${kelvin(fan[MEDIAN][end])} °C warmer in 2100 than in 1850–1900, with nine chances in ten between ${kelvin(fan[0][end])} and ${kelvin(fan[6][end])} °C.`}
      walk={width => ({ first: FIRST, last: LAST, reading, placeOf: x => Math.round(scaleX(width).invert(x)) })}
      data={() => ({
        columns: [{ name: 'year' }, ...PERCENTILES.map(p => ({ name: `${p} %`, unit: 'K' })), { name: 'measured', unit: 'K' }],
        rows: YEARS.map((y, i) => [y, ...fan.map(line => line[i]), observed[i] ?? NaN]),
      })}>
      {drawing => <Drawn {...drawing} fan={fan} targets={targets} ghost={ghost} observed={observed} />}
    </Figure>
  )
}

const margins = { top: 26, bottom: 24, left: 30, right: 106 }
const scaleX = (width: number) => linear([FIRST, LAST], [margins.left, width - margins.right])

interface DrawnProps extends Drawing {
  readonly fan: readonly number[][]
  readonly targets: readonly number[] | null
  readonly ghost: readonly number[] | null
  readonly observed: readonly number[]
}

function Drawn({ width, at, fan, targets, ghost, observed }: DrawnProps) {
  const x = scaleX(width)
  const end = YEARS.length - 1
  const y = linear([0, Math.max(3.5, Math.ceil(2 * fan[6][end]) / 2)], [HEIGHT - margins.bottom, margins.top])
  return (
    <Svg width={width} height={HEIGHT}>
      <YAxis scale={y} ticks={[0, 1, 1.5, 2, 3, ...(y.domain[1] >= 4 ? [4] : [])]} x={x} />
      <XAxis scale={x} ticks={width < 420 ? [2000, 2050, 2100] : [2000, 2025, 2050, 2075, 2100]} y={HEIGHT - margins.bottom} />
      {BANDS.map(([low, high, strength]) => <Band key={low} xs={YEARS} low={fan[low]} high={fan[high]} x={x} y={y} meaning="trend" strength={strength} />)}
      {targets !== null && <Line xs={YEARS} ys={targets} x={x} y={y} meaning="pledge" thin />}
      {ghost !== null && <Line xs={YEARS} ys={ghost} x={x} y={y} meaning="trend" dash thin />}
      <Line xs={YEARS} ys={fan[MEDIAN]} x={x} y={y} meaning="trend" />
      <Line xs={YEARS} ys={observed} x={x} y={y} meaning="history" thin />
      <EndLabels x={x.range[1] + 6} top={margins.top} bottom={HEIGHT - margins.bottom}
        labels={[
          { text: kelvin(fan[6][end]), at: y(fan[6][end]), meaning: 'muted' },
          ...(targets === null ? [] : [{ text: `${kelvin(targets[end])} targets only`, at: y(targets[end]), meaning: 'pledge' as const }]),
          { text: `${kelvin(fan[MEDIAN][end])} °C`, at: y(fan[MEDIAN][end]), meaning: 'trend', strong: true },
          { text: kelvin(fan[0][end]), at: y(fan[0][end]), meaning: 'muted' },
        ]} />
      <Cursor at={at} x={x} top={margins.top} bottom={HEIGHT - margins.bottom} />
    </Svg>
  )
}
