/** The first screen: where the world heads, the gap, the warming, what moved last; and every pledge to drag. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { Chance, Futures } from '../charts/futures'
import { Emissions } from '../charts/emissions'
import { WarmingFan } from '../charts/fan'
import { asOf, changed, frame, nameOf, pledged, question, steps, whole, year } from '../state/store'
import type { Frame, Table } from '../engine/protocol'
import { Command } from '../ui/command'
import { Pledges } from '../ui/pledges'
import { say } from '../words/en'
import { today } from '../words/numbers'

/** Cases of warming, and places of a percentile, a year and a threshold, in the arrays of the face. */
export const KINDS = { trend: 0, targets: 1, netZero: 2, optimistic: 3 }
const PERCENTILES = 7
const OUTLOOK_YEARS = 106
const MEDIAN = 3
const THRESHOLDS = 4

export const warmingIn2100 = (f: Frame, kind: number, percentile = MEDIAN) =>
  f.arrays.warming!.values[(kind * PERCENTILES + percentile) * OUTLOOK_YEARS + OUTLOOK_YEARS - 1]
/** Share of members under a threshold (1.5, 2, 2.5, 3 K) in every year to 2100. */
export const shareBelow = (f: Frame, kind: number, threshold: number) => 1 - f.arrays.ever!.values[kind * THRESHOLDS + threshold]

export interface Answer {
  readonly levels: readonly [number, number]
  readonly gaps: readonly [number, number]
}

/** World without land use and gap of unconditional pledges, at low and high ambition, Gt. */
export function answerOf(f: Frame): Answer {
  const world = f.arrays.world!.values
  const at = (ambition: number) => world[ambition * 2 * 111 + Number(year.value) - 1990]
  const capped = question.value.options['hot-air'] === 'cap' ? 8 : 0
  const gap = (ambition: number) => f.arrays.gap!.values[capped + ambition * 2 + 1]
  return { levels: [at(0), at(1)], gaps: [gap(0), gap(1)] }
}

export function World() {
  return (
    <div class="world">
      <div class="answer">
        <Sentence />
        <Yours />
        <div class="charts">
          <Emissions />
          <WarmingFan />
          <Futures />
          <Chance />
        </div>
        <Command asked="assess" />
      </div>
      <Pledges />
    </div>
  )
}

/** Announced half a second after the last input; what is seen changes at once. */
function useCalm(text: string): string {
  const [said, setSaid] = useState(text)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  useEffect(() => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setSaid(text), 500)
    return () => clearTimeout(timer.current)
  }, [text])
  return said
}

export function Sentence() {
  const f = frame.value
  const w = whole.value
  if (f === null || w === null) return <h1 class="headline">{document.documentElement.dataset.headline ?? ' '}</h1>
  const { levels, gaps } = answerOf(f)
  const headline = say.headline({
    asOf: asOf.value, today: asOf.value === today(), changed: changed.value, year: year.value,
    targetsOnly: warmingIn2100(w, KINDS.targets), withNetZero: warmingIn2100(f, KINDS.netZero),
  })
  const lead = say.lead(year.value, levels[0], levels[1], gaps[0], gaps[1], say.goals(question.value.options.benchmark ?? 'C1'))
  const members = f.arrays.members!.values.length
  const futures = say.futures(Math.round(shareBelow(f, KINDS.netZero, 1) * members), members, warmingIn2100(f, KINDS.netZero, 0), warmingIn2100(f, KINDS.netZero, PERCENTILES - 1))
  return (
    <div class="sentence">
      <h1 class="headline">{headline}</h1>
      <p class="lead">{lead} {futures}</p>
      <LastMoved table={steps.value} />
      <Announcer text={`${headline} ${lead}`} />
    </div>
  )
}

const Announcer = ({ text }: { text: string }) => <p class="unseen" role="status">{useCalm(text)}</p>

function LastMoved({ table }: { table: Table | null }) {
  if (table === null) return <p class="moved"> </p>
  const dates = table.date as string[]
  const kinds = table.kind as string[]
  let last = -1
  for (let i = 0; i < dates.length && dates[i] <= asOf.value; i++) if (kinds[i] === 'document' || kinds[i] === 'withdrawal') last = i
  if (last < 0) return <p class="moved"> </p>
  const change = (table.change_gt as Float64Array)[last]
  return <p class="moved">{say.lastMoved(dates[last], nameOf((table.iso3 as string[])[last]), (table.document as string[])[last] || kinds[last], change, year.value)}</p>
}

function Yours() {
  const f = frame.value
  const p = pledged.value
  if (!changed.value || f === null || p === null || f.question.supposed.length === 0) return null
  const gap = answerOf(f).gaps[0] - answerOf(p).gaps[0]
  const warming = warmingIn2100(f, KINDS.netZero) - warmingIn2100(p, KINDS.netZero)
  return <p class="difference">{say.yours(gap, warming)}</p>
}
