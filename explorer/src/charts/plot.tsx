/** Axes and marks that charts are made of. All sizes are px of the page. */
import type { ComponentChildren } from 'preact'
import { apart, bandPath, linePath, type Scale } from './scale'

export interface Margins {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

/** What a mark means; its colour is the same in every chart. */
export type Meaning = 'history' | 'pledge' | 'yours' | 'trend' | 'goal' | 'goal2' | 'goal3' | 'muted'

interface PlotProps {
  readonly width: number
  readonly height: number
  readonly margins: Margins
  readonly children: ComponentChildren
}

export function Svg({ width, height, children }: Omit<PlotProps, 'margins'>) {
  return (
    <svg class="stk" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
      {children}
    </svg>
  )
}

interface AxisProps {
  readonly scale: Scale
  readonly ticks: readonly number[]
  readonly format?: (value: number) => string
}

export function YAxis({ scale, ticks, format = String, x, unit }: AxisProps & { x: Scale; unit?: string }) {
  const [left, right] = x.range
  return (
    <g>
      {ticks.map(t => (
        <g key={t} transform={`translate(0 ${scale(t)})`}>
          <line class={t === 0 ? 'zero' : 'grid'} x1={left} x2={right} />
          <text class="small c-muted end" x={left - 6} dy="0.35em">{format(t)}</text>
        </g>
      ))}
      {unit !== undefined && <text class="small c-muted" x={0} y={scale.range[1] - 10}>{unit}</text>}
    </g>
  )
}

export function XAxis({ scale, ticks, format = String, y }: AxisProps & { y: number }) {
  return (
    <g>
      {ticks.map(t => (
        <g key={t} transform={`translate(${scale(t)} ${y})`}>
          <line class="grid" y2={4} />
          <text class="small c-muted mid" y={17}>{format(t)}</text>
        </g>
      ))}
    </g>
  )
}

interface SeriesProps {
  readonly xs: ArrayLike<number>
  readonly x: Scale
  readonly y: Scale
  readonly meaning: Meaning
  readonly dash?: boolean
  readonly thin?: boolean
}

export function Line({ xs, ys, x, y, meaning, dash, thin }: SeriesProps & { ys: ArrayLike<number> }) {
  return <path class={`line c-${meaning}${dash ? ' dash' : ''}${thin ? ' thin' : ''}`} d={linePath(xs, ys, x, y)} />
}

export function Band({ xs, low, high, x, y, meaning, strength = 20 }: SeriesProps & { low: ArrayLike<number>; high: ArrayLike<number>; strength?: number }) {
  return <path class={`area c-${meaning}`} style={{ fillOpacity: strength / 100 }} d={bandPath(xs, low, high, x, y)} />
}

export interface EndLabel {
  readonly text: string
  readonly at: number
  readonly meaning: Meaning
  readonly strong?: boolean
}

/** Labels at the ends of lines, moved apart where they would touch. */
export function EndLabels({ labels, x, top, bottom }: { labels: readonly EndLabel[]; x: number; top: number; bottom: number }) {
  const seen = labels.filter(({ at }) => Number.isFinite(at))
  return (
    <g>
      {apart(seen, 15, top, bottom).map(({ text, at, meaning, strong }) => (
        <text key={text} class={`small c-${meaning}${strong ? ' strong' : ''}`} x={x} y={at} dy="0.35em">{text}</text>
      ))}
    </g>
  )
}

/** The line at the place of the reading. */
export function Cursor({ at, x, top, bottom }: { at: number | null; x: Scale; top: number; bottom: number }) {
  return at === null ? null : <line class="cursor" x1={x(at)} x2={x(at)} y1={top} y2={bottom} />
}
