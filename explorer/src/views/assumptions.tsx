/** Which choice of method moves the answer by how much, and a control for each. */
import { DotPlot, type Effect } from '../charts/effects'
import type { Option } from '../../../bindings/wasm/engine.mjs'
import type { Table } from '../engine/protocol'
import { records } from '../state/parties'
import { ask, engine, question, setOwn, year } from '../state/store'
import { askedOf, withOption } from '../state/question'
import { Command } from '../ui/command'
import { useTable } from '../ui/hooks'
import { useOwn } from '../ui/own'
import { bound } from '../words/numbers'
import { say, type Measure } from '../words/assumptions'

/** What is no choice of method. */
const others = ['as-of', 'since', 'condition', 'ambition']
/** Options whose values the library does not list. */
const listed: Record<string, readonly string[]> = { gwp: ['SAR', 'AR4', 'AR5', 'AR6'], benchmark: ['C1', 'C2', 'C3', 'C4', 'C5'] }
const measures: readonly Measure[] = ['warming', 'gap']
const SMALL_K = 0.01

interface Row {
  readonly title: string
  readonly option: string
  readonly choice: string
  readonly words: string
  readonly reference: string
  readonly warming_2100_k: number
  readonly alone_2100_k: number
  readonly gap_gt: number
  readonly alone_gap_gt: number
}

export function effectsOf(table: Table): Effect[] {
  return records<Row>(table).map(r => ({
    title: r.title, option: r.option, choice: r.choice, words: r.words, reference: r.reference === 'yes',
    warming: r.warming_2100_k, warmingChange: r.alone_2100_k, gap: r.gap_gt, gapChange: r.alone_gap_gt,
  }))
}

export function Assumptions() {
  const { value, refusal, stale } = useTable('warming --effects')
  const effects = value === null ? [] : effectsOf(value)
  const measure = useOwn('show', measures, 'warming')
  return (
    <section class={`view assumptions${stale && value !== null ? ' stale' : ''}`}>
      <Sentence effects={effects} refusal={refusal} />
      <MeasureSwitch measure={measure} />
      {effects.length > 0 && <DotPlot effects={effects} measure={measure} />}
      <Command asked="warming --effects" />
      <p class="sub">{say.more} <code>stocktake warming --factorial</code></p>
      <Controls effects={effects} />
    </section>
  )
}

function Sentence({ effects, refusal }: { effects: readonly Effect[]; refusal: string }) {
  const choices = effects.filter(e => !e.reference)
  if (choices.length === 0) return <h1 class="headline">{refusal || say.waiting}</h1>
  const most = choices.reduce((a, b) => (Math.abs(b.warmingChange) > Math.abs(a.warmingChange) ? b : a))
  const now = effects.find(e => e.reference)!
  const small = choices.filter(e => Math.abs(e.warmingChange) < SMALL_K).length
  return (
    <>
      <h1 class="headline">{bound(say.headline(most.title, most.words, most.warmingChange, most.warming))}</h1>
      <p class="lead" role="status">{bound(say.lead(choices.length, small, now.warming, now.gap, year.value))}</p>
    </>
  )
}

function MeasureSwitch({ measure }: { measure: Measure }) {
  return (
    <fieldset class="switch">
      <legend>{say.measure}</legend>
      {measures.map(m => (
        <label key={m}>
          <input type="radio" name="measure" checked={m === measure} onChange={() => setOwn({ show: m === 'gap' ? 'gap' : '' })} />
          {say.measures[m]}
        </label>
      ))}
    </fieldset>
  )
}

function Controls({ effects }: { effects: readonly Effect[] }) {
  const options = askedOf(engine.value!.facts.options).filter(o => !others.includes(o.name))
  const taken = options.filter(o => o.name in question.value.options)
  const reset = () => ask(taken.reduce((q, o) => withOption(q, o.name, undefined), question.value))
  return (
    <section class="choose" aria-labelledby="choose-title">
      <h2 id="choose-title">{say.choose}</h2>
      <p class="sub">{say.chooseSub}</p>
      <div class="controls">{options.map(o => <Control key={o.name} option={o} effects={effects.filter(e => e.option === o.name)} />)}</div>
      <button type="button" disabled={taken.length === 0} onClick={reset}>{say.allUsual}</button>
    </section>
  )
}

function Control({ option, effects }: { option: Option; effects: readonly Effect[] }) {
  const { name, kind, help } = option
  const value = question.value.options[name]
  const put = (to: string | undefined) => ask(withOption(question.value, name, to))
  const id = `option-${name}`
  return (
    <div class={value === undefined ? 'control' : 'control set'}>
      <label for={id}>{say.titles[name] ?? effects[0]?.title ?? name} <code>--{name}</code></label>
      {kind === 'switch'
        ? <span class="check"><input id={id} type="checkbox" aria-describedby={`${id}-help`} checked={value !== undefined} onChange={event => put(event.currentTarget.checked ? '' : undefined)} /> {say.on}</span>
        : <Choice id={id} option={option} effects={effects} value={value} put={put} />}
      <p class="sub" id={`${id}-help`}>{help}</p>
    </div>
  )
}

interface ChoiceProps {
  readonly id: string
  readonly option: Option
  readonly effects: readonly Effect[]
  readonly value: string | undefined
  put(to: string | undefined): void
}

/** A select of what the library lists, or a field for what it reads. */
function Choice({ id, option, effects, value, put }: ChoiceProps) {
  const { name, choices, usual } = option
  const known = choices.length > 0 ? choices : (listed[name] ?? [])
  if (known.length === 0) {
    return <input id={id} type="text" inputMode="numeric" autoComplete="off" aria-describedby={`${id}-help`} value={value ?? ''} placeholder={year.value}
      onChange={event => put(event.currentTarget.value.trim() || undefined)} />
  }
  const wordsOf = (choice: string) => effects.find(e => e.choice === choice)?.words
  const shown = [...new Set([...known, ...(value === undefined ? [] : [value])])].filter(c => c !== usual || c === value)
  return (
    <select id={id} aria-describedby={`${id}-help`} value={value ?? ''} onChange={event => put(event.currentTarget.value || undefined)}>
      <option value="">{say.usual(wordsOf(usual) ?? (usual.includes(':') ? '' : usual))}</option>
      {shown.map(c => <option key={c} value={c}>{wordsOf(c) === undefined ? c : `${c}: ${wordsOf(c)}`}</option>)}
    </select>
  )
}
