/** What changed between two dates, and how much of the gap each document closes. */
import { useMemo } from 'preact/hooks'
import { Waterfall, type Fall } from '../charts/waterfall'
import { answerOf, KINDS, warmingIn2100 } from '../state/answer'
import { withOption, type Question } from '../state/question'
import { records } from '../state/parties'
import { dayAfter, since } from '../state/since'
import { asked, end, nameOf, question, setOwn, whole, year } from '../state/store'
import type { Frame, Step, Table } from '../engine/protocol'
import { Command } from '../ui/command'
import { useFrame, useHeld, useTable } from '../ui/hooks'
import { useOrder, useOwn } from '../ui/own'
import { PartyLink, Refused } from '../ui/party'
import { SinceControl } from '../ui/since'
import { Sortable, sorted, type Column } from '../ui/sortable'
import { changesWords as words, type Named } from '../words/changes'
import { say } from '../words/en'
import { bound, fixed, gt, range, shortDay, signed } from '../words/numbers'

/** A row of `assess --since`. */
interface Change {
  readonly iso3: string
  readonly submitted: string
  readonly status: string
  readonly condition: string
  readonly counterfactual: string
  readonly share_of_gap_low_pct: number
  readonly share_of_gap_high_pct: number
  readonly closes_low_gt: number
  readonly closes_high_gt: number
}

/** Bars of their own; what is smaller is one bar. */
const BARS = 12
/** Movers that the sentence names. */
const NAMED = 3
/** A move that is worth naming, of the largest. */
const WORTH_NAMING = 0.08
const conditions = ['unconditional', 'conditional']

export function Changes() {
  const condition = useOwn('show', conditions, conditions[0])
  const changes = useTable(`assess --since ${since.value}`)
  const events = useTable(`timeline --no-warming --from ${dayAfter(since.value)}`)
  const before = useFrame({ options: { ...withOption(question.value, 'since', undefined).options, 'as-of': since.value, year: year.value }, supposed: [] }, 'gap', 'world', 'warming')
  const rows = useMemo(() => (changes.value === null ? null : records<Change>(changes.value).filter(r => r.condition === condition)), [changes.value, condition])
  return (
    <section class="view changes">
      <Sentence rows={rows} events={events.value} before={before.value} end={end.value} stale={changes.stale || before.stale || events.stale || !isOf(whole.value, asked.value)} />
      <SinceControl />
      <Refused text={changes.refusal} />
      <div class="choices" role="group" aria-label={words.condition}>
        {conditions.map(c => <button key={c} type="button" class="quiet" aria-pressed={c === condition} onClick={() => setOwn({ show: c === conditions[0] ? '' : c })}>{words.conditions[c]}</button>)}
      </div>
      {rows !== null && (
        <div class="charts">
          <Contributions rows={rows} counterfactual="previous" />
          <Contributions rows={rows} counterfactual="baseline" />
        </div>
      )}
      <Command asked={`assess --since ${since.value}`} />
      <Steps table={events.value} end={end.value} />
    </section>
  )
}

/** In the gap, so that a positive number opens it. */
const moved = (r: Change) => ({ low: -r.closes_low_gt || 0, high: -r.closes_high_gt || 0 })
const middle = ({ low, high }: { low: number; high: number }) => (low + high) / 2

interface Said {
  readonly rows: readonly Change[] | null
  readonly events: Table | null
  readonly before: Frame | null
  /** The day on which the data ends before the date that is looked at, or ''. */
  readonly end: string
  readonly stale: boolean
}

/** Whether a frame answers a question; its own came back from the worker as a copy. */
const isOf = (f: Frame | null, of: Question) => JSON.stringify(f?.question) === JSON.stringify(of)

function Sentence({ rows, events, before, end, stale }: Said) {
  return useHeld(sentenceOf(rows, events, before, end), stale)
}

function sentenceOf(rows: Said['rows'], events: Table | null, before: Frame | null, end: string) {
  const now = whole.value
  if (rows === null || before === null || now === null) return <div class="sentence waiting"><h1 class="headline">{say.views.changes}</h1><p class="lead">{' '}</p></div>
  const gaps = answerOf(now).gaps
  const old = answerOf(before).gaps
  const named: Named[] = rows.filter(r => r.counterfactual === 'previous').map(r => ({ name: nameOf(r.iso3), status: r.status, day: r.submitted, ...moved(r) }))
  const largest = Math.max(0, ...named.map(n => Math.abs(middle(n))))
  const worth = named.filter(n => Math.abs(middle(n)) >= Math.max(0.005, WORTH_NAMING * largest)).sort((a, b) => Math.abs(middle(b)) - Math.abs(middle(a)))
  const median = (f: Frame) => [warmingIn2100(f, KINDS.targets), warmingIn2100(f, KINDS.netZero)] as const
  const unknown = end !== '' && since.value >= end
  return (
    <div class="sentence">
      <h1 class="headline">{bound(unknown ? words.unknown(since.value, end) : words.headline(since.value, say.goals(question.value.options.benchmark ?? 'C1'), year.value, [gaps[0] - old[0], gaps[1] - old[1]], gaps))}</h1>
      <p class="lead">{bound(`${unknown ? '' : `${words.movers(worth.filter(n => middle(n) > 0).slice(0, NAMED), worth.filter(n => middle(n) < 0).slice(0, NAMED))} `}${words.warming(median(before), median(now))}`)}</p>
      <p class="moved">{events === null || unknown ? ' ' : came(records<Step>(events))}{end !== '' && !unknown && ` ${words.end(end)}`}</p>
    </div>
  )
}

function came(steps: readonly Step[]): string {
  const documents = steps.filter(s => s.kind === 'document')
  const kinds = [...new Set(steps.map(s => s.kind))].filter(kind => kind !== 'document')
  return words.came(documents.length, new Set(documents.map(s => s.iso3)).size, kinds.map(kind => [kind, steps.filter(s => s.kind === kind).length] as const))
}

const together = (list: readonly { low: number; high: number }[]) => list.reduce((sum, m) => ({ low: sum.low + m.low, high: sum.high + m.high }), { low: 0, high: 0 })

function Contributions({ rows, counterfactual }: { rows: readonly Change[]; counterfactual: 'previous' | 'baseline' }) {
  const changes = rows.filter(r => r.counterfactual === counterfactual)
    .sort((a, b) => Math.abs(middle(moved(b))) - Math.abs(middle(moved(a))))
  const title = counterfactual === 'previous' ? words.previousTitle : words.baselineTitle
  if (changes.length === 0) return <div><h2>{title}</h2><p class="sub">{words.noChange}</p></div>
  const share = (r: Change) => range(Math.abs(r.share_of_gap_low_pct), Math.abs(r.share_of_gap_high_pct), v => fixed(v, 1))
  const falls: Fall[] = changes.slice(0, BARS).map(r => {
    const what = `${words.event(r.status)}, ${shortDay(r.submitted)}`
    return { key: `${r.iso3} ${r.submitted} ${r.status}`, name: nameOf(r.iso3), note: what, ...moved(r), kind: 'change', reading: words.read(nameOf(r.iso3), what, moved(r).low, moved(r).high, share(r)) }
  })
  const bar = (kind: Fall['kind'], name: string, list: readonly Change[]): Fall => {
    const { low, high } = together(list.map(moved))
    return { key: kind, name, note: '', low, high, kind, reading: words.read(name, '', low, high, '') }
  }
  const rest = changes.slice(BARS)
  const all = bar('sum', words.together, changes)
  return (
    <Waterfall id={counterfactual} title={title} command={`assess --since ${since.value} --counterfactual ${counterfactual}`}
      sub={counterfactual === 'previous' ? words.previousSub : words.baselineSub}
      summary={words.summary(changes.length, all.low, all.high, falls[0].name)}
      falls={[...falls, ...(rest.length > 0 ? [bar('rest', words.more(rest.length), rest)] : []), all]} />
  )
}

const columns: readonly Column<Step>[] = [
  { key: 'date', name: words.columns.date, value: s => s.date },
  { key: 'party', name: words.columns.party, value: s => nameOf(s.iso3), show: s => <PartyLink iso3={s.iso3} /> },
  { key: 'kind', name: words.columns.kind, value: s => words.event(s.kind) },
  { key: 'document', name: words.columns.document, value: s => s.document },
  { key: 'change', name: words.columns.change, unit: 'Gt', numeric: true, value: s => s.change_gt, show: s => (Math.abs(s.change_gt) < 5e-4 ? '' : signed(s.change_gt, 3)) },
  { key: 'gap', name: words.columns.gap, unit: 'Gt', numeric: true, value: s => s.gap_gt, show: s => gt(s.gap_gt) },
]

function Steps({ table, end }: { table: Table | null; end: string }) {
  const order = useOrder(columns, 'date')
  if (table === null) return null
  const steps = records<Step>(table)
  return (
    <div class="steps">
      <h2>{words.eventsTitle}</h2>
      <p class="sub">{words.eventsSub(year.value)}</p>
      {steps.length === 0 ? <p>{end !== '' && since.value >= end ? words.unknown(since.value, end) : words.none}</p> : (
        <Sortable label={words.eventsTitle} columns={columns} rows={sorted(steps, columns, order)} order={order} keyOf={(s, i) => `${s.date} ${s.iso3} ${i}`}
          onOrder={to => setOwn({ sort: to === 'date' ? '' : to })} />
      )}
      <Command asked={`timeline --no-warming --from ${dayAfter(since.value)}`} />
    </div>
  )
}
