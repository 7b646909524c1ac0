/** What readings of equity leave a Party, a row of dots for each method, against what is pledged. */
import type { Rating, Reading } from '../state/fair'
import { fairWords as words } from '../words/fair'
import { mt } from '../words/numbers'
import { Figure, type Drawing } from './figure'
import { Svg, XAxis } from './plot'
import { linear, ticks } from './scale'

/** Names stand above their dots where there is no room beside them. */
const rowOf = (width: number) => (width < 560 ? 62 : 46)
const TOP = 34
const BOTTOM = 26
const DOT = 5.5
const RIGHT = 18
const leftOf = (width: number) => (width < 560 ? 10 : 200)

interface Props {
  readonly name: string
  readonly readings: readonly Reading[]
  readonly rating: Rating | null
  readonly command: string
}

/** Readings of one method, dots that would touch one above the other. */
function placed(readings: readonly Reading[], x: (v: number) => number): { r: Reading; cx: number; dy: number }[] {
  const rows: number[] = []
  return [...readings].sort((a, b) => a.mt - b.mt).map(r => {
    const cx = x(r.mt)
    let row = rows.findIndex(last => cx - last >= 2 * DOT + 1)
    if (row < 0) row = rows.length
    rows[row] = cx
    return { r, cx, dy: row === 0 ? 0 : (row % 2 === 1 ? 1 : -1) * Math.ceil(row / 2) * (2 * DOT) }
  })
}

export function EquityDots({ name, readings, rating, command }: Props) {
  const first = readings[0]
  const methods = [...new Set(readings.map(r => r.method))]
  const ordered = methods.flatMap(m => readings.filter(r => r.method === m).sort((a, b) => a.mt - b.mt))
  const levels = [...readings.map(r => r.mt), first.pledged_mt]
  const scale = (width: number) => linear([1.03 * Math.min(0, ...levels), 1.03 * Math.max(0, ...levels) || 1], [leftOf(width), width - RIGHT])
  const nearest = (width: number, px: number, py: number) => {
    const x = scale(width)
    const method = methods[Math.max(0, Math.min(methods.length - 1, Math.floor((py - TOP) / rowOf(width))))]
    const far = (r: Reading) => Math.abs(x(r.mt) - px)
    return ordered.indexOf(ordered.filter(r => r.method === method).reduce((a, b) => (far(b) < far(a) ? b : a)))
  }
  return (
    <Figure id="readings" title={words.dotsTitle(name, first.year)} sub={words.dotsSub(first)} command={command}
      summary={rating === null ? words.dotsTitle(name, first.year) : words.dotsSummary(name, rating)}
      walk={width => ({ first: 0, last: ordered.length - 1, reading: i => words.read(ordered[i]), placeOf: (x, y) => nearest(width, x, y) })}
      data={() => ({
        columns: [{ name: words.reading.method }, { name: words.reading.parameters }, { name: words.reading.mt, unit: 'Mt' }, { name: words.reading.head, unit: 't' }, { name: words.reading.met }],
        rows: ordered.map(r => [words.method(r.method), r.parameters, r.mt, r.per_head_t, r.meets]),
      })}>
      {drawing => <Drawn {...drawing} methods={methods} readings={ordered} rating={rating} x={scale(drawing.width)} />}
    </Figure>
  )
}

function Drawn({ width, at, methods, readings, rating, x }: Drawing & { methods: readonly string[]; readings: readonly Reading[]; rating: Rating | null; x: ReturnType<typeof linear> }) {
  const ROW = rowOf(width)
  const height = TOP + ROW * methods.length + BOTTOM
  const left = leftOf(width)
  const { pledged_mt: pledged, what_is_pledged: kind } = readings[0]
  const right = x(pledged) > (x.range[0] + x.range[1]) / 2
  return (
    <Svg width={width} height={height}>
      <XAxis scale={x} ticks={ticks(x.domain[0], x.domain[1], width < 560 ? 4 : 7)} y={height - BOTTOM} format={v => (v === 0 ? '0' : mt(v))} />
      {x.domain[0] < 0 && <line class="zero" x1={x(0)} x2={x(0)} y1={TOP - 8} y2={height - BOTTOM} />}
      {rating !== null && <rect class="area c-goal faint" x={Math.min(x(rating.lo_mt), x(rating.hi_mt))} width={Math.abs(x(rating.hi_mt) - x(rating.lo_mt))} y={TOP - 6} height={ROW * methods.length + 6} />}
      <line class="line c-pledge" x1={x(pledged)} x2={x(pledged)} y1={TOP - 10} y2={height - BOTTOM} />
      <text class={`small strong c-pledge ${right ? 'end' : ''}`} x={x(pledged) + (right ? 4 : -4)} y={TOP - 17}>{words.pledge(kind, pledged)}</text>
      {methods.map((method, m) => {
        const middle = TOP + ROW * m + (left < 100 ? 35 : ROW / 2)
        const own = placed(readings.filter(r => r.method === method), x)
        return (
          <g key={method}>
            <line class="grid" x1={0} x2={width} y1={TOP + ROW * m} y2={TOP + ROW * m} />
            <text class="small strong halo" x={0} y={left < 100 ? TOP + ROW * m + 13 : middle - 2}>{words.method(method)}</text>
            {left >= 100 && <text class="small c-muted" x={0} y={middle + 12}>{own.length === 1 ? '1 reading' : `${own.length} readings`}</text>}
            {own.map(({ r, cx, dy }) => (
              <circle key={r.parameters} class={`equity ${r.meets === 'yes' ? 'met' : 'unmet'} ${r.rated === 'yes' ? 'c-goal' : 'c-muted'} ${at !== null && readings[at] === r ? 'here' : ''}`} cx={cx} cy={middle + dy} r={DOT} />
            ))}
          </g>
        )
      })}
    </Svg>
  )
}
