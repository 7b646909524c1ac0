/** The day that the page looks at: every document since 2015 is a tick, the gap by date a line behind them. */
import { useMemo, useRef, useState } from 'preact/hooks'
import { useWidth } from '../charts/figure'
import { linear } from '../charts/scale'
import type { Table } from '../engine/protocol'
import { ask, asOf, end, nameOf, question, steps, year } from '../state/store'
import { withOption } from '../state/question'
import { day, signed, today } from '../words/numbers'
import { say } from '../words/en'

const FIRST = '2015-01-01'
const HEIGHT = 34
const daysOf = (iso: string) => Math.round(Date.parse(`${iso}T00:00:00Z`) / 86400000)
const isoOf = (days: number) => new Date(days * 86400000).toISOString().slice(0, 10)

export function Scrubber() {
  const [place, width] = useWidth<HTMLDivElement>(160)
  const table = steps.value
  const dates = useMemo(() => (table === null ? [] : [...new Set(table.date as string[])]), [table])
  const now = asOf.value
  const last = today()
  const to = (iso: string, act = '') => ask(withOption(question.value, 'as-of', iso >= last ? undefined : iso), act)
  const before = dates.filter(d => d < now).at(-1)
  const after = dates.find(d => d > now) ?? (now < last ? last : undefined)
  return (
    <section class="scrubber" aria-label="Date">
      <DateField value={now} last={last} onChange={to} />
      <button type="button" class="quiet step" disabled={before === undefined} aria-label={`To the documents before: ${before === undefined ? 'none' : day(before)}`} onClick={() => to(before!)}>‹</button>
      <div ref={place} class="track">
        {width > 0 && table !== null && <GapLine table={table} width={width} last={last} />}
        <input type="range" min={daysOf(FIRST)} max={daysOf(last)} value={daysOf(now)} aria-label="Documents known on" aria-valuetext={readingOf(table, now)}
          onInput={event => to(isoOf(event.currentTarget.valueAsNumber), 'as-of')} />
      </div>
      <button type="button" class="quiet step" disabled={after === undefined} aria-label={`To the next documents: ${after === undefined ? 'none' : day(after)}`} onClick={() => to(after!)}>›</button>
      <p class="scrubbed">{now === last ? say.documentsUntil(end.value) : eventsOf(table, now)}</p>
    </section>
  )
}

/** A half-typed date changes nothing. */
function DateField({ value, last, onChange }: { value: string; last: string; onChange(iso: string): void }) {
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const commit = () => {
    if (typed !== null && /^\d{4}-\d{2}-\d{2}$/.test(typed) && typed >= FIRST && typed <= last) onChange(typed)
    setTyped(null)
  }
  return (
    <input ref={field} class="date" type="date" aria-label="Pledges as of" min={FIRST} max={last} value={typed ?? value}
      onInput={event => setTyped(event.currentTarget.value)} onBlur={commit} onKeyDown={event => event.key === 'Enter' && commit()} />
  )
}

function eventsOf(table: Table | null, date: string): string {
  if (table === null) return ''
  const rows = (table.date as string[]).flatMap((d, i) => (d === date ? [i] : []))
  if (rows.length === 0) return day(date)
  const names = [...new Set(rows.map(i => nameOf((table.iso3 as string[])[i])))]
  return names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ')
}

function readingOf(table: Table | null, date: string): string {
  const events = eventsOf(table, date)
  return events === '' || events === day(date) ? day(date) : `${day(date)}: ${events}`
}

function GapLine({ table, width, last }: { table: Table; width: number; last: string }) {
  const dates = table.date as string[]
  const gaps = table.gap_gt as Float64Array
  const path = useMemo(() => {
    const x = linear([daysOf(FIRST), daysOf(last)], [8, width - 8])
    const finite = Array.from(gaps).filter(Number.isFinite)
    const y = linear([Math.min(...finite), Math.max(...finite)], [HEIGHT - 6, 4])
    let line = ''
    for (let i = 0; i < dates.length; i++) {
      if (!Number.isFinite(gaps[i])) continue
      const at = x(daysOf(dates[i])).toFixed(1)
      line += line === '' ? `M8 ${y(gaps[i]).toFixed(1)}H${at}` : `H${at}V${y(gaps[i]).toFixed(1)}`
    }
    const marks = [...new Set(dates)].map(d => `M${x(daysOf(d)).toFixed(1)} ${HEIGHT}v-4`).join('')
    return { line: `${line}H${width - 8}`, marks }
  }, [table, width, last])
  return (
    <svg class="stk gapline" width={width} height={HEIGHT} aria-hidden="true">
      <title>{`Gap in ${year.value} by date`}</title>
      <path class="line thin c-muted" d={path.line} />
      <path class="marks c-muted" d={path.marks} />
    </svg>
  )
}

export const changeText = (gt: number) => signed(gt, 2)
