/** Every member of the ensemble as a square, by its warming in 2100; and how many stay below a threshold. */
import { changed, frame, pledged } from '../state/store'
import { fixed, kelvin } from '../words/numbers'
import { Figure, type Drawing } from './figure'
import { Svg, XAxis } from './plot'
import { linear } from './scale'
import { KINDS, shareBelow } from '../state/answer'

const LOW = 1
const BIN = 0.05
const HEIGHT = 270
const THRESHOLDS = [1.5, 2, 2.5, 3]

/** How many members are in each bin, the ends holding what lies beyond. */
function binned(members: ArrayLike<number>, high: number): number[] {
  const bins = new Array<number>(Math.round((high - LOW) / BIN)).fill(0)
  for (let i = 0; i < members.length; i++) {
    if (Number.isFinite(members[i])) bins[Math.min(bins.length - 1, Math.max(0, Math.floor((members[i] - LOW) / BIN + 1e-9)))]++
  }
  return bins
}

const highOf = (members: ArrayLike<number>) => Math.max(4.5, Math.ceil(2 * Math.max(...Array.from(members).filter(Number.isFinite))) / 2)
const meaningAt = (k: number) => (k < 2 - 1e-9 ? 'below2' : k < 3 - 1e-9 ? 'below3' : 'above3')

export function Futures() {
  const members = frame.value?.arrays.members?.values
  if (members === undefined) return null
  const high = highOf(members)
  const bins = binned(members, high)
  const all = bins.reduce((a, b) => a + b, 0)
  const counts = { below2: 0, below3: 0, above3: 0 }
  bins.forEach((n, i) => (counts[meaningAt(LOW + i * BIN)] += n))
  const reading = (i: number) => `${(LOW + i * BIN).toFixed(2)} to ${(LOW + (i + 1) * BIN).toFixed(2)} °C: ${bins[i]} of ${all} futures`
  return (
    <Figure id="futures" title={`${all} futures in 2100`} command="warming" sub="a square for each member of the ensemble, all equally likely, at its warming in 2100; with net-zero aims"
      summary={`Of ${all} equally likely futures ${counts.below2} end below 2 °C in 2100, ${counts.below3} between 2 and 3 °C and ${counts.above3} above 3 °C.`}
      walk={width => ({ first: 0, last: bins.length - 1, reading, placeOf: x => Math.floor((scaleX(width, high).invert(x) - LOW) / BIN) })}
      data={() => ({ columns: [{ name: 'from', unit: 'K' }, { name: 'to', unit: 'K' }, { name: 'futures' }], rows: bins.map((n, i) => [Number((LOW + i * BIN).toFixed(2)), Number((LOW + (i + 1) * BIN).toFixed(2)), n]) })}>
      {drawing => <Squares {...drawing} bins={bins} high={high} counts={counts} />}
    </Figure>
  )
}

const scaleX = (width: number, high: number) => linear([LOW, high], [16, width - 16])

function Squares({ width, at, bins, high, counts }: Drawing & { bins: readonly number[]; high: number; counts: Record<string, number> }) {
  const x = scaleX(width, high)
  const column = x(LOW + BIN) - x(LOW)
  const floor = HEIGHT - 24
  const most = Math.max(...bins, 1)
  const size = Math.min(column, (floor - 34) / most)
  const paths: Record<string, string> = { below2: '', below3: '', above3: '' }
  bins.forEach((n, i) => {
    const left = x(LOW + i * BIN) + (column - size) / 2
    let path = ''
    for (let k = 0; k < n; k++) path += `M${left.toFixed(1)} ${(floor - size * (k + 1)).toFixed(1)}h${(size - 0.8).toFixed(1)}v${(size - 0.8).toFixed(1)}h${(0.8 - size).toFixed(1)}z`
    paths[meaningAt(LOW + i * BIN)] += path
  })
  return (
    <Svg width={width} height={HEIGHT}>
      {Object.entries(paths).map(([name, d]) => <path key={name} class={`squares ${name}`} d={d} />)}
      <line class="zero" x1={x.range[0]} x2={x.range[1]} y1={floor} y2={floor} />
      <XAxis scale={x} ticks={width < 420 ? [1, 2, 3, 4] : [1, 1.5, 2, 2.5, 3, 3.5, 4]} format={v => `${v} °C`} y={floor} />
      {[2, 3].map(k => <line key={k} class="grid" x1={x(k)} x2={x(k)} y1={22} y2={floor} />)}
      <text class="small strong below2 end" x={x(2) - 6} y={14}>{width < 360 ? `${counts.below2} < 2 °C` : `${counts.below2} below 2 °C`}</text>
      <text class="small strong below3 mid" x={(x(2) + x(3)) / 2} y={14}>{counts.below3}</text>
      <text class="small strong above3" x={x(3) + 6} y={14}>{counts.above3} above 3 °C</text>
      {at !== null && <rect class="cursor-box" x={x(LOW + at * BIN)} width={column} y={20} height={floor - 20} />}
    </Svg>
  )
}

export function Chance() {
  const f = frame.value
  if (f?.arrays.ever === undefined) return null
  const all = f.arrays.members!.values.length
  const shares = THRESHOLDS.map((_, t) => shareBelow(f, KINDS.netZero, t))
  const before = changed.value && pledged.value !== null ? THRESHOLDS.map((_, t) => shareBelow(pledged.value!, KINDS.netZero, t)) : null
  const text = (t: number) => `${fixed(100 * shares[t], 0)} %, ${Math.round(shares[t] * all)} of ${all}`
  return (
    <Figure id="chance" title="Chance of staying below, to 2100" command="warming" sub={<>share of futures that never pass the threshold, with net-zero aims{before !== null && '; tick: as pledged'}</>}
      summary={THRESHOLDS.map((k, t) => `${kelvin(k)} °C: ${text(t)}`).join('; ')}
      data={() => ({ columns: [{ name: 'threshold', unit: 'K' }, { name: 'chance to stay below' }], rows: THRESHOLDS.map((k, t) => [k, shares[t]]) })}>
      {({ width }) => {
        const x = linear([0, 1], [58, width - 120])
        return (
          <Svg width={width} height={176}>
            {THRESHOLDS.map((k, t) => (
              <g key={k} transform={`translate(0 ${14 + t * 42})`}>
                <text class="strong" x={0} y={14}>{kelvin(k)} °C</text>
                <rect class="track" x={x(0)} y={2} width={x(1) - x(0)} height={16} />
                <rect class="fill c-pledge" x={x(0)} y={2} width={Math.max(0, x(shares[t]) - x(0))} height={16} />
                {before !== null && <line class="tick" x1={x(before[t])} x2={x(before[t])} y1={-2} y2={22} />}
                <text x={x(1) + 8} y={14} class="strong">{fixed(100 * shares[t], 0)} %</text>
                <text x={x(1) + 50} y={14} class="small c-muted">{Math.round(shares[t] * all)} of {all}</text>
              </g>
            ))}
          </Svg>
        )
      }}
    </Figure>
  )
}
