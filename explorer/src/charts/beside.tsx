/** Areas side by side: emissions per head, share of cumulative CO2, and what readings of equity leave. */
import type { Compared } from '../state/sheet'
import { compareWords as words } from '../words/compare'
import { fixed } from '../words/numbers'
import { Figure, type Drawing } from './figure'
import { Svg } from './plot'
import { linear, type Scale } from './scale'

const ROW = 46
const HEAD = 22
const BAR = 12
const GUTTER = 30
const NUMBER = 44

export function Beside({ areas, command }: { areas: readonly Compared[]; command: readonly string[] }) {
  const first = areas[0].sheet
  return (
    <Figure id="beside" title={words.barsTitle} sub={words.barsSub(first.year, first.fossil_co2_from)} summary={words.barsSummary(areas)} command={command}
      walk={width => ({ first: 0, last: areas.length - 1, reading: i => words.readBars(areas[i]), placeOf: (_, y) => Math.floor(((width < 700 ? y % (HEAD + ROW * areas.length + 14) : y) - HEAD) / ROW) })}
      data={() => ({
        columns: [{ name: words.columns.name }, { name: words.perHead }, { name: words.columns.fossil(first.fossil_co2_from), unit: '%' }, { name: words.columns.co2, unit: '%' }, { name: 'fair, least', unit: 't' }, { name: 'fair, most', unit: 't' }, { name: 'rated', unit: 't' }],
        rows: areas.map(({ sheet: s }) => [s.name, s.per_head_t, s.fossil_co2_share_pct, s.co2_share_pct, s.fair_lo_per_head_t, s.fair_hi_per_head_t, s.rated_per_head_t]),
      })}>
      {drawing => <Drawn {...drawing} areas={areas} />}
    </Figure>
  )
}

function Drawn({ width, at, areas }: Drawing & { areas: readonly Compared[] }) {
  const stacked = width < 700
  const part = stacked ? width : (width - 2 * GUTTER) / 3
  const height = HEAD + ROW * areas.length
  const finite = (values: number[]) => values.filter(Number.isFinite)
  const heads = finite(areas.flatMap(({ sheet: s }) => [s.per_head_t, s.world_per_head_t]))
  const shares = finite(areas.flatMap(({ sheet: s }) => [s.fossil_co2_share_pct, s.co2_share_pct]))
  const fair = finite(areas.flatMap(({ sheet: s }) => [s.fair_lo_per_head_t, s.fair_hi_per_head_t, s.rated_per_head_t]))
  const place = (i: number) => (stacked ? `translate(0 ${i * (height + 14)})` : `translate(${i * (part + GUTTER)} 0)`)
  const scale = (values: readonly number[], right: number) => linear([Math.min(0, ...values), Math.max(0.001, ...values)], [0, part - right])
  return (
    <Svg width={width} height={stacked ? 3 * height + 28 : height}>
      <g transform={place(0)}><Heads areas={areas} x={scale(heads, NUMBER)} at={at} /></g>
      <g transform={place(1)}><Shares areas={areas} x={scale(shares, NUMBER)} at={at} /></g>
      <g transform={place(2)}><FairShares areas={areas} x={linear([Math.min(0, ...fair), Math.max(0.001, ...fair)], [8, part - 8])} at={at} part={part} /></g>
    </Svg>
  )
}

interface PartProps {
  readonly areas: readonly Compared[]
  readonly x: Scale
  readonly at: number | null
}

/** A row of a part: the name above its mark. */
function Rows({ title, areas, at, x, children }: PartProps & { title: string; children: (area: Compared) => preact.JSX.Element | null }) {
  return (
    <g>
      <text class="small c-muted" x={0} y={11}>{title}</text>
      {areas.map((area, i) => (
        <g key={area.sheet.iso3} transform={`translate(0 ${HEAD + ROW * i})`}>
          <text class={`small ${at === i ? 'strong' : ''}`} x={0} y={13}>{area.sheet.name}</text>
          {x.domain[0] < 0 && <line class="grid" x1={x(0)} x2={x(0)} y1={17} y2={17 + BAR + 4} />}
          {children(area)}
        </g>
      ))}
    </g>
  )
}

const Heads = (props: PartProps) => (
  <Rows {...props} title={words.perHead}>
    {({ sheet: s }) => (
      <g>
        <rect class="length" x={0} y={19} width={Math.max(0, props.x(s.per_head_t) || 0)} height={BAR} />
        <line class="line c-goal" x1={props.x(s.world_per_head_t)} x2={props.x(s.world_per_head_t)} y1={16} y2={34} />
        <text class="small strong" x={Math.max(props.x(s.per_head_t) || 0, 0) + 6 + (Math.abs(props.x(s.world_per_head_t) - props.x(s.per_head_t)) < 26 && s.world_per_head_t >= s.per_head_t ? 26 : 0)} y={29}>{fixed(s.per_head_t, 1)}</text>
      </g>
    )}
  </Rows>
)

const Shares = (props: PartProps) => (
  <Rows {...props} title={words.cumulative(props.areas[0].sheet.fossil_co2_from)}>
    {({ sheet: s }) => (
      <g>
        <rect class="length" x={0} y={19} width={props.x(s.fossil_co2_share_pct) || 0} height={BAR} />
        <rect class="outline" x={0.5} y={17.5} width={Math.max(0, props.x(s.co2_share_pct) || 0)} height={BAR + 3} />
        <text class="small strong" x={(Math.max(props.x(s.fossil_co2_share_pct), props.x(s.co2_share_pct)) || 0) + 6} y={29}>{fixed(s.fossil_co2_share_pct, 1)}</text>
      </g>
    )}
  </Rows>
)

const FairShares = ({ part, ...props }: PartProps & { part: number }) => (
  <Rows {...props} title={words.fair}>
    {({ sheet: s }) => (s.what_is_rated === '' ? <text class="small c-muted" x={0} y={29}>{words.noRating}</text> : (
      <g>
        <rect class="fill c-goal" x={Math.min(props.x(s.fair_lo_per_head_t), props.x(s.fair_hi_per_head_t))} y={21} width={Math.max(2, Math.abs(props.x(s.fair_hi_per_head_t) - props.x(s.fair_lo_per_head_t)))} height={8} />
        <circle class={`equity c-pledge ${s.what_is_rated === 'pledge' ? 'met' : 'unmet'}`} cx={props.x(s.rated_per_head_t)} cy={25} r={5} />
        <text class="small c-muted end" x={part} y={13}>{fixed(s.fair_lo_per_head_t, 1)} to {fixed(s.fair_hi_per_head_t, 1)}; {fixed(s.rated_per_head_t, 1)}</text>
      </g>
    ))}
  </Rows>
)
