/** Ratings of all Parties along warming: a dot each, stacked where they would touch. */
import { parties } from '../state/store'
import type { Rating } from '../state/fair'
import { fairWords as words } from '../words/fair'
import { kelvin } from '../words/numbers'
import { Figure, type Drawing } from './figure'
import { Svg, XAxis } from './plot'
import { linear, type Scale } from './scale'

const DOT = 4.5
const STEP = 2 * DOT
const FOOT = 42
const TOP = 58
const NAMED = 10
const LOW = 1.33
const HIGH = 4.23
/** Rows of the blocks at the ends, where what lies beyond the known worlds is. */
const BLOCK_ROWS = 10
const GAP = 16
const TEXT = 15

interface Placed {
  readonly r: Rating
  readonly cx: number
  readonly row: number
}

interface Laid {
  readonly placed: readonly Placed[]
  readonly x: Scale
  readonly rows: number
  /** Ends of the blocks, px. */
  readonly left: number
  readonly right: number
}

/** Blocks for both ends; between them from the left, each on the lowest row that is free. */
function laid(ratings: readonly Rating[], width: number): Laid {
  const less = ratings.filter(r => r.warming_limit === 'or less')
  const more = ratings.filter(r => r.warming_limit === 'or more')
  const columns = (n: number) => Math.max(1, Math.ceil(n / BLOCK_ROWS))
  const left = columns(less.length) * STEP
  const right = width - columns(more.length) * STEP
  const x = linear([LOW, HIGH], [left + GAP, right - GAP])
  const rows: number[] = []
  const placed = ratings.map(r => {
    if (r.warming_limit !== '') {
      const [list, from] = r.warming_limit === 'or less' ? [less, 0] : [more, right]
      const i = list.indexOf(r)
      return { r, cx: from + DOT + STEP * Math.floor(i / BLOCK_ROWS), row: i % BLOCK_ROWS }
    }
    const cx = x(r.implied_warming_k)
    let row = rows.findIndex(last => cx - last >= STEP)
    if (row < 0) row = rows.length
    rows[row] = cx
    return { r, cx, row }
  })
  return { placed, x, left, right, rows: Math.max(...placed.map(p => p.row)) + 1 }
}

const sizeOf = (r: Rating) => parties.value.get(r.area)?.lastMt ?? 0
const heightOf = ({ rows }: Laid) => TOP + STEP * rows + FOOT
const cyOf = (p: Placed, floor: number) => floor - DOT - STEP * p.row

export function RatingStrip({ ratings, command }: { ratings: readonly Rating[]; command: string }) {
  const ordered = [...ratings].filter(r => Number.isFinite(r.implied_warming_k)).sort((a, b) => a.implied_warming_k - b.implied_warming_k || sizeOf(b) - sizeOf(a))
  if (ordered.length === 0) return null
  const bands = [...new Set(ordered.map(r => r.band))].map(band => [band, ordered.filter(r => r.band === band).length] as const)
  const nearest = (width: number, px: number, py: number) => {
    const all = laid(ordered, width)
    const far = (p: Placed) => (p.cx - px) ** 2 + (cyOf(p, heightOf(all) - FOOT) - py) ** 2
    return all.placed.indexOf(all.placed.reduce((a, b) => (far(b) < far(a) ? b : a)))
  }
  return (
    <Figure id="ratings" title={words.stripTitle(ordered[0].year)} sub={words.stripSub} command={command} summary={words.stripSummary(ordered.length, bands)}
      walk={width => ({ first: 0, last: ordered.length - 1, reading: i => words.readParty(ordered[i]), placeOf: (x, y) => nearest(width, x, y) })}
      data={() => ({
        columns: [{ name: words.columns.name }, { name: words.columns.rated }, { name: words.columns.warming, unit: '°C' }, { name: words.columns.band }],
        rows: ordered.map(r => [r.name, r.what_is_rated, r.implied_warming_k, r.band]),
      })}>
      {drawing => <Drawn {...drawing} all={laid(ordered, drawing.width)} />}
    </Figure>
  )
}

function Drawn({ width, at, all }: Drawing & { all: Laid }) {
  const { placed, x } = all
  const height = heightOf(all)
  const floor = height - FOOT
  const named = [...placed].sort((a, b) => sizeOf(b.r) - sizeOf(a.r)).slice(0, width < 560 ? 5 : NAMED)
  return (
    <Svg width={width} height={height}>
      {[1.5, 2, 3, 4].map(k => <line key={k} class="grid" x1={x(k)} x2={x(k)} y1={TOP - 10} y2={floor} />)}
      <line class="zero" x1={x.range[0]} x2={x.range[1]} y1={floor} y2={floor} />
      <XAxis scale={x} ticks={width < 360 ? [2, 3, 4] : width < 560 ? [1.5, 2, 3, 4] : [1.5, 2, 2.5, 3, 3.5, 4]} y={floor} format={k => `${kelvin(k)} °C`} />
      <text class="small c-muted" x={0} y={height - 4}>{words.ends[0]}</text>
      <text class="small c-muted end" x={width} y={height - 4}>{words.ends[1]}</text>
      {placed.map((p, i) => (
        <circle key={p.r.area} class={`equity c-goal ${p.r.what_is_rated === 'pledge' ? 'met' : 'unmet'} ${at === i ? 'here' : ''}`} cx={p.cx} cy={cyOf(p, floor)} r={DOT - 0.8} />
      ))}
      {labelled(named, placed, floor, width).map(({ p, left, top }) => (
        <g key={p.r.area}>
          <line class="link" x1={p.cx} x2={p.cx} y1={cyOf(p, floor) - DOT} y2={top + 4} />
          <circle class="ring" cx={p.cx} cy={cyOf(p, floor)} r={DOT} />
          <text class="small strong halo" x={left} y={top}>{p.r.name}</text>
        </g>
      ))}
    </Svg>
  )
}

/** Names above their dots, as low as they are free of each other and of all dots. */
function labelled(named: readonly Placed[], placed: readonly Placed[], floor: number, width: number): { p: Placed; left: number; top: number }[] {
  const taken: { left: number; right: number; top: number }[] = []
  return [...named].sort((a, b) => a.cx - b.cx).map(p => {
    const size = 6.9 * p.r.name.length + 4
    const left = Math.max(0, Math.min(p.cx - 3, width - size))
    const over = placed.filter(o => o.cx > left - DOT && o.cx < left + size + DOT)
    let top = Math.min(...over.map(o => cyOf(o, floor))) - DOT - 5
    while (taken.some(t => t.left < left + size && left < t.right && Math.abs(t.top - top) < TEXT) && top > 12) top -= 3
    taken.push({ left, right: left + size, top })
    return { p, left, top }
  })
}
