/** Small multiples: a panel an area, all with the same axes. */
import { lastOfRecord } from '../state/store'
import { at, CONDITIONAL_HIGH, FIRST_YEAR, LOW, type Pathway } from '../state/pathway'
import { compareWords as words } from '../words/compare'
import { fixed } from '../words/numbers'
import { Figure, type Drawing } from './figure'
import { Band, Cursor, Line, Svg } from './plot'
import { linear, linePath, ticks } from './scale'

const LAST = 2060
const YEARS = Array.from({ length: LAST - FIRST_YEAR + 1 }, (_, i) => FIRST_YEAR + i)
const PANEL = 190
const HEAD = 26
const FOOT = 24
const LEFT = 47
const GUTTER = 22

export interface Panel {
  readonly name: string
  readonly path: Pathway
}

interface Props {
  readonly panels: readonly Panel[]
  readonly unit: string
  readonly year: string
  readonly command: readonly string[]
}

const columnsAt = (width: number, panels: number) => Math.min(panels, width < 480 ? 1 : width < 780 ? 2 : panels === 4 && width > 1000 ? 4 : panels === 4 ? 2 : 3)
const panelAt = (width: number, panels: number) => (width - GUTTER * (columnsAt(width, panels) - 1)) / columnsAt(width, panels)
const scaleX = (panel: number) => linear([FIRST_YEAR, LAST], [LEFT, panel - 4])

export function Multiples({ panels, unit, year, command }: Props) {
  const reading = (y: number) => words.read(y, panels.map(p => ({ name: p.name, value: at(p.path.cases[LOW], y) })), unit)
  const placeOf = (width: number) => (x: number) => {
    const panel = panelAt(width, panels.length)
    return Math.round(scaleX(panel).invert(x % (panel + GUTTER)))
  }
  return (
    <Figure id="paths" title={words.pathsTitle} sub={words.pathsSub(words.unitOf[unit], year)} command={command}
      summary={words.pathsSummary(panels.map(p => ({ name: p.name, at: at(p.path.cases[LOW], year) })), unit, year)}
      walk={width => ({ first: FIRST_YEAR, last: LAST, reading, placeOf: placeOf(width) })}
      data={() => ({ columns: [{ name: 'year' }, ...panels.map(p => ({ name: p.name, unit: words.units[unit] }))], rows: YEARS.map(y => [y, ...panels.map(p => at(p.path.cases[LOW], y))]) })}>
      {drawing => <Drawn {...drawing} panels={panels} unit={unit} year={year} />}
    </Figure>
  )
}

function Drawn({ width, at: cursor, panels, unit, year }: Drawing & Omit<Props, 'command'>) {
  const columns = columnsAt(width, panels.length)
  const size = panelAt(width, panels.length)
  const rows = Math.ceil(panels.length / columns)
  const values = panels.flatMap(p => YEARS.flatMap(y => [at(p.path.baseline, y), ...p.path.cases.map(c => at(c, y))])).filter(Number.isFinite)
  const [least, most] = [Math.min(0, ...values), Math.max(...values, 1e-9)]
  return (
    <Svg width={width} height={rows * (PANEL + HEAD + FOOT)}>
      {panels.map((panel, i) => (
        <g key={panel.name} transform={`translate(${(i % columns) * (size + GUTTER)} ${Math.floor(i / columns) * (PANEL + HEAD + FOOT)})`}>
          <One panel={panel} size={size} domain={[least, 1.04 * most]} cursor={cursor} unit={unit} year={Number(year)} />
        </g>
      ))}
    </Svg>
  )
}

function One({ panel: { name, path }, size, domain, cursor, unit, year }: { panel: Panel; size: number; domain: [number, number]; cursor: number | null; unit: string; year: number }) {
  const x = scaleX(size)
  const y = linear(domain, [HEAD + PANEL, HEAD + 6])
  const last = lastOfRecord.value
  const from = (series: ArrayLike<number>) => YEARS.map(at_ => (at_ >= last ? at(series, at_) : NaN))
  const level = at(path.cases[LOW], year)
  const low = from(path.cases[LOW])
  const above = y(level) > HEAD + 26
  return (
    <g>
      <text class="strong" x={0} y={13}>{name}</text>
      {ticks(domain[0], domain[1], 4).map(t => (
        <g key={t} transform={`translate(0 ${y(t)})`}>
          <line class={t === 0 ? 'zero' : 'grid'} x1={LEFT} x2={size} />
          <text class="small c-muted end" x={LEFT - 6} dy="0.35em">{Number.isInteger(t) ? t.toLocaleString('en').replace('-', '−') : fixed(t, 1)}</text>
        </g>
      ))}
      {[1990, 2025, 2060].map(t => <text key={t} class={`small c-muted ${t === LAST ? 'end' : 'mid'}`} x={x(t) + (t === LAST ? 4 : 0)} y={HEAD + PANEL + 16}>{t}</text>)}
      <Band xs={YEARS} low={from(path.cases[CONDITIONAL_HIGH])} high={low} x={x} y={y} meaning="pledge" />
      <path class="line thin dashes c-muted" d={linePath(YEARS, from(path.baseline), x, y)} />
      <Line xs={YEARS} ys={YEARS.map(v => (v <= last ? at(path.baseline, v) : NaN))} x={x} y={y} meaning="history" />
      <Line xs={YEARS} ys={low} x={x} y={y} meaning="pledge" />
      {Number.isFinite(level) && (
        <g class="c-pledge">
          <circle class="fill" cx={x(year)} cy={y(level)} r={4} />
          <text class="small strong halo" x={x(year) + 6} y={y(level) + (above ? -8 : 16)}>{words.amount(level, unit)}</text>
        </g>
      )}
      <Cursor at={cursor} x={x} top={HEAD} bottom={HEAD + PANEL} />
    </g>
  )
}
