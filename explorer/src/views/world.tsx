/** The first screen: where the world heads, the gap, the warming, what moved last; and every pledge to drag. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { Chance, Futures } from '../charts/futures'
import { Emissions } from '../charts/emissions'
import { WarmingFan } from '../charts/fan'
import { ask, asOf, changed, frame, nameOf, pledged, question, replaying, steps, whole, year } from '../state/store'
import type { Step, Table } from '../engine/protocol'
import { answerOf, KINDS, LAST_PERCENTILE, shareBelow, warmingIn2100 } from '../state/answer'
import { records } from '../state/parties'
import { Command } from '../ui/command'
import { Pledges } from '../ui/pledges'
import { say } from '../words/en'
import { bound, today } from '../words/numbers'

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
  const futures = say.futures(Math.round(shareBelow(f, KINDS.netZero, 1) * members), members, warmingIn2100(f, KINDS.netZero, 0), warmingIn2100(f, KINDS.netZero, LAST_PERCENTILE))
  return (
    <div class="sentence">
      <h1 class="headline">{bound(headline)}</h1>
      <p class="lead">{bound(`${lead} ${futures}`)}</p>
      <LastMoved table={steps.value} />
      <Announcer text={`${headline} ${lead}`} />
    </div>
  )
}

const Announcer = ({ text }: { text: string }) => <p class="unseen" role="status">{useCalm(text)}</p>

/** Changes of the world's level below this are no news, Gt. */
const NEWS_GT = 0.05

function LastMoved({ table }: { table: Table | null }) {
  if (table === null) return <p class="moved"> </p>
  const past = records<Step>(table).filter(({ date, kind }) => date <= asOf.value && kind !== 'year')
  const newest = past.filter(({ kind }) => kind === 'document').at(-1)
  const large = past.filter(({ change_gt }) => Math.abs(change_gt) >= NEWS_GT).at(-1)
  const what = large === undefined || large.kind === 'document' ? '' : ` (${large.kind.replaceAll('_', ' ')})`
  return (
    <p class="moved">
      {large !== undefined && `${say.lastMoved(large.date, nameOf(large.iso3), what, large.change_gt, year.value)} `}
      {newest !== undefined && newest !== large && say.newest(newest.date, nameOf(newest.iso3))}
    </p>
  )
}

/** A line that is always there, so that nothing moves when the first pledge is dragged. */
function Yours() {
  const f = frame.value
  const p = pledged.value
  if (question.value.supposed.length === 0) return <p class="difference none">{say.none_yours}</p>
  const known = changed.value && f !== null && p !== null && f.question.supposed.length > 0
  const gap = known ? answerOf(f).gaps[0] - answerOf(p).gaps[0] : NaN
  const warming = known ? warmingIn2100(f, KINDS.netZero) - warmingIn2100(p, KINDS.netZero) : NaN
  return (
    <p class="difference">
      <span>{replaying.value ? say.lookingAtPledged : bound(say.yours(gap, warming))}</span>
      <button type="button" class="quiet" aria-pressed={replaying.value} onClick={() => (replaying.value = !replaying.value)}>{replaying.value ? say.replayBack : say.replay}</button>
      <button type="button" class="quiet" onClick={() => ask({ ...question.value, supposed: [] })}>{say.reset}</button>
    </p>
  )
}
