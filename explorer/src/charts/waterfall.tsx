/** What one thing after the other adds: bars that begin where the one before ended, with a sum below. */
import { changesWords as words } from '../words/changes'
import { signed } from '../words/numbers'
import { Figure, type Drawing } from './figure'
import { Svg } from './plot'
import { linear, ticks } from './scale'

export interface Fall {
  readonly key: string
  readonly name: string
  /** Beside the name, smaller. */
  readonly note: string
  /** Added at low and at high ambition. */
  readonly low: number
  readonly high: number
  readonly reading: string
  readonly kind: 'change' | 'rest' | 'sum'
}

const ROW = { wide: 36, narrow: 42 }
const TOP = 22
const NARROW = 460
const LABELS = 168
const VALUES = 114

interface Props {
  readonly id: string
  readonly title: string
  readonly sub: string
  readonly summary: string
  readonly command: string
  readonly falls: readonly Fall[]
}

export function Waterfall({ id, title, sub, summary, command, falls }: Props) {
  return (
    <Figure id={id} title={title} sub={sub} summary={summary} command={command}
      walk={width => {
        const height = rowOf(width)
        return { first: 0, last: falls.length - 1, start: 0, reading: i => falls[i]?.reading ?? '', placeOf: (_, y) => Math.floor((y - TOP) / height) }
      }}
      data={() => ({
        columns: [{ name: 'Party' }, { name: 'what' }, { name: 'low ambition', unit: 'Gt CO2e' }, { name: 'high ambition', unit: 'Gt CO2e' }],
        rows: falls.map(f => [f.name, f.note, f.low, f.high]),
      })}>
      {drawing => <Drawn {...drawing} falls={falls} id={id} />}
    </Figure>
  )
}

const rowOf = (width: number) => (width < NARROW ? ROW.narrow : ROW.wide)

function Drawn({ width, at, falls, id }: Drawing & { falls: readonly Fall[]; id: string }) {
  const narrow = width < NARROW
  const row = rowOf(width)
  const height = TOP + row * falls.length + 6
  let sum = 0
  const starts = falls.map(({ low, kind }) => {
    const start = kind === 'sum' ? 0 : sum
    sum += kind === 'sum' ? 0 : low
    return start
  })
  const ends = falls.flatMap(({ low, high }, i) => [starts[i], starts[i] + low, starts[i] + high])
  const x = linear([Math.min(0, ...ends), Math.max(0, ...ends) || 0.1], narrow ? [4, width - 4] : [LABELS, width - VALUES])
  const marks = ticks(x.domain[0], x.domain[1], narrow ? 3 : 4)
  const hatch = `${id}-hatch`
  return (
    <Svg width={width} height={height}>
      <defs>
        <pattern id={hatch} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="opens-ground" width={5} height={5} />
          <line class="opens-line" x1={1} x2={1} y2={5} />
        </pattern>
      </defs>
      {marks.map(t => (
        <g key={t} transform={`translate(${x(t)} 0)`}>
          <line class={t === 0 ? 'zero' : 'grid'} y1={TOP - 6} y2={height - 4} />
          <text class={`small c-muted ${narrow && x(t) > width - 40 ? 'end' : narrow && x(t) < 30 ? '' : 'mid'}`} y={11}>{signed(t, marks.some(m => m % 1 !== 0) ? 1 : 0)}</text>
        </g>
      ))}
      {falls.map((fall, i) => <Bar key={fall.key} fall={fall} start={starts[i]} next={falls[i + 1]?.kind === 'sum' ? null : starts[i + 1] ?? null} x={x} y={TOP + i * row} row={row} width={width} narrow={narrow} hatch={hatch} />)}
      {at !== null && <rect class="cursor-box" x={0} width={width} y={TOP + at * row} height={row} />}
    </Svg>
  )
}

interface BarProps {
  readonly fall: Fall
  readonly start: number
  readonly next: number | null
  readonly x: (value: number) => number
  readonly y: number
  readonly row: number
  readonly width: number
  readonly narrow: boolean
  readonly hatch: string
}

function Bar({ fall: { name, note, low, high, kind }, start, next, x, y, row, width, narrow, hatch }: BarProps) {
  const top = y + (narrow ? 20 : 9)
  const [a, b] = [x(start), x(start + low)].sort((p, q) => p - q)
  const tick = x(start + high)
  const strong = kind === 'change' ? 'strong' : 'strong sum'
  return (
    <g>
      {kind === 'sum' && <line class="zero" x1={0} x2={width} y1={y + 1} y2={y + 1} />}
      {narrow
        ? <text x={4} y={y + 14}><tspan class={`small ${strong}`}>{name}</tspan> <tspan class="small c-muted">{short(note, width - 128 - 6.6 * name.length)}</tspan></text>
        : <><text class={`small ${strong}`} x={0} y={y + 15}>{short(name, LABELS - 8)}</text><text class="small c-muted" x={0} y={y + 29}>{short(note, LABELS - 8)}</text></>}
      <rect class={low > 0 ? 'opens' : 'closes'} fill={low > 0 ? `url(#${hatch})` : undefined} x={a} width={Math.max(1, b - a)} y={top} height={16} />
      {Math.abs(tick - x(start + low)) > 0.5 && <path class="whisker" d={`M${x(start + low)} ${top + 8}H${tick}M${tick} ${top - 2}v20`} />}
      {next !== null && <line class="link" x1={x(next)} x2={x(next)} y1={top + 16} y2={y + row + (narrow ? 20 : 9)} />}
      <text class={`small end halo ${strong}`} x={width} y={narrow ? y + 14 : y + 21}>{words.move(low, high)}</text>
    </g>
  )
}

/** A text that fits into a width, about; the reading and the table have all of it. */
const short = (text: string, width: number) => {
  const letters = Math.floor(width / 6.1)
  return text.length <= letters ? text : letters < 4 ? '' : `${text.slice(0, letters - 1).trimEnd()}…`
}
