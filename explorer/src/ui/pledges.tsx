/** Every Party's pledge as a slider, groups at once, and net-zero years. */
import { useMemo, useState } from 'preact/hooks'
import { ask, engine, frame, parties, pledged, question, supposable, year, years } from '../state/store'
import { byPercent, changeOf, suppose, takeBack, withOption } from '../state/question'
import type { Frame } from '../engine/protocol'
import { fixed, mt } from '../words/numbers'
import { say } from '../words/en'
import { memo } from './memo'
import { Link } from './party'

/** Rows that are drawn before the reader asks for all: the largest are most of the world. */
const FIRST_ROWS = 24
/** Of path and target: unconditional low. */
const CASES = 4
const CONDITIONAL_HIGH = 3

const groups = [
  ['WORLD', 'All Parties'], ['G20', 'G20'], ['G7', 'G7'], ['BRICS', 'BRICS'], ['OECD', 'OECD'], ['LDC', 'Least developed countries'],
  ['AOSIS', 'Small island states'], ['ANNEX_I', 'Annex I'],
] as const

type Sort = 'level' | 'change' | 'name'

/** A level of every actor out of a frame: in a case, in the year of the question. */
const levelOf = (f: Frame | null, actor: number, kase = 0) => f?.arrays['path@']?.values[actor * CASES + kase] ?? NaN
const baselineOf = (f: Frame | null, actor: number) => f?.arrays['baseline@']?.values[actor] ?? NaN

export function Pledges() {
  const [search, setSearch] = useState('')
  const [sort, setSort] = useState<Sort>('level')
  const [all, setAll] = useState(false)
  const [found, setFound] = useState('')
  const [open, setOpen] = useState(false)
  const actors = engine.value!.facts.actors
  const order = useMemo(() => sorted(actors, sort), [actors, sort, pledged.value?.question, parties.value])
  const wanted = search.trim().toLowerCase()
  const shown = order.filter(iso3 => wanted === '' || iso3 === found || iso3.toLowerCase() === wanted || parties.value.get(iso3)!.name.toLowerCase().includes(wanted))
  const rows = all || wanted !== '' ? shown : shown.slice(0, FIRST_ROWS)
  const resolve = async () => {
    // any name in any language that the library knows
    const answer = await engine.value!.table({ options: {}, supposed: [] }, `country "${search.replaceAll('"', '')}"`).catch(() => null)
    setFound((answer?.iso3 as string[] | undefined)?.[0] ?? '')
  }
  return (
    <section class={open ? 'pledges open' : 'pledges'} aria-labelledby="pledges-title">
      <div class="grip">
        <h2 id="pledges-title">{say.pledgesFor}{' '}<Year /></h2>
        <button type="button" class="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? say.fewer : say.allCountries}</button>
      </div>
      <p class="sub">{supposable.value ? say.dragToSuppose : say.gone(year.value, years.value.first)}</p>
      <div class="finder">
        <input type="search" placeholder={say.find} aria-label={say.find} value={search}
          onInput={event => { setSearch(event.currentTarget.value); setFound('') }} onKeyDown={event => event.key === 'Enter' && resolve()} onBlur={() => search !== '' && shown.length === 0 && resolve()} />
        <select aria-label={say.order} value={sort} onChange={event => setSort(event.currentTarget.value as Sort)}>
          {Object.entries(say.orders).map(([value, name]) => <option key={value} value={value}>{name}</option>)}
        </select>
      </div>
      <OneParty order={order} />
      <GroupRow />
      <ul class="rows">
        {rows.map(iso3 => <Row key={iso3} {...rowOf(iso3, actors.indexOf(iso3))} />)}
      </ul>
      {rows.length === 0 && <p class="sub">{say.noSuchCountry}</p>}
      {rows.length < shown.length && <button type="button" class="quiet" onClick={() => setAll(true)}>{say.allOf(shown.length)}</button>}
    </section>
  )
}

/** The year that levels and gap are about. */
export function Year() {
  const usual = String(years.value.usual)
  const offered = [...new Set(['2030', '2035', '2040', usual, year.value])].sort()
  const put = (to: string) => ask(withOption(question.value, 'year', to === usual ? undefined : to))
  return (
    <select class="year" aria-label={say.year} value={year.value} onChange={event => put(event.currentTarget.value)}>
      {offered.map(y => <option key={y} value={y}>{y}</option>)}
    </select>
  )
}

/** On a narrow screen the closed sheet has one Party at a time. */
function OneParty({ order }: { order: readonly string[] }) {
  const [iso3, setIso3] = useState('')
  const shown = iso3 || question.value.supposed.find(s => order.includes(s.area))?.area || order[0]
  return (
    <div class="one">
      <select aria-label={say.country} value={shown} onChange={event => setIso3(event.currentTarget.value)}>
        {order.map(code => <option key={code} value={code}>{parties.value.get(code)!.name}</option>)}
      </select>
      <ul class="rows"><Row {...rowOf(shown, engine.value!.facts.actors.indexOf(shown))} /></ul>
    </div>
  )
}

function sorted(actors: readonly string[], sort: Sort): string[] {
  // who is none on the day, as the United Kingdom before it left the joint document, has no level
  const absent = (i: number) => pledged.value !== null && !Number.isFinite(levelOf(pledged.value, i))
  const known = actors.filter((iso3, i) => parties.value.get(iso3)?.speaker === iso3 && !absent(i))
  const last = (iso3: string) => parties.value.get(iso3)!.lastMt
  // what is pledged comes after the first frame, where that has something supposed in it
  const level = (iso3: string) => levelOf(pledged.value, actors.indexOf(iso3)) || last(iso3)
  const change = (iso3: string) => Math.abs(level(iso3) - last(iso3))
  const by = { level, change, name: () => 0 }[sort]
  return known.sort((a, b) => (by(b) || 0) - (by(a) || 0) || parties.value.get(a)!.name.localeCompare(parties.value.get(b)!.name))
}

interface RowProps {
  readonly iso3: string
  readonly name: string
  readonly year: string
  readonly level: number
  readonly pledge: number
  readonly conditional: number
  readonly baseline: number
  readonly lastMt: number
  readonly lastYear: number
  readonly set: boolean
  readonly netZero: string
}

export function rowOf(iso3: string, actor: number): RowProps {
  const { name, lastMt, lastYear } = parties.value.get(iso3)!
  return {
    iso3, name, lastMt, lastYear, year: year.value,
    level: levelOf(frame.value, actor), pledge: levelOf(pledged.value, actor), conditional: levelOf(pledged.value, actor, CONDITIONAL_HIGH),
    baseline: baselineOf(pledged.value, actor), set: question.value.supposed.some(s => s.area === iso3),
    netZero: changeOf(question.value, iso3, 'net-zero') ?? '',
  }
}

/** Times its emissions; the library takes ten of its own potentials as supposed. */
const MOST = 9

/** How far a slider goes, and by which steps: small islands emit less than a step of others. */
function reach(baseline: number, lastMt: number, pledge: number): { top: number; step: number } {
  const wide = Math.ceil(1.15 * Math.max(baseline || 0, lastMt || 0, pledge || 0, 1))
  const most = lastMt > 0 ? Math.min(wide, MOST * lastMt) : wide
  const step = most >= 20 ? 1 : most >= 1 ? 0.1 : 10 ** Math.floor(Math.log10(most / 20))
  return { top: most >= 1 ? Math.floor(most) : step * Math.floor(most / step), step }
}

export const Row = memo(function Row({ iso3, name, year: y, level, pledge, conditional, baseline, lastMt, lastYear, set, netZero }: RowProps) {
  const { top, step } = reach(baseline, lastMt, pledge)
  const change = level / lastMt - 1
  const put = (value: number) => Number.isFinite(value) && value >= 0 && ask(suppose(question.value, { area: iso3, change: `${y}=${Number(value.toFixed(4))}Mt` }), `${iso3} ${y}`)
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    if (event.key === 'Delete' || event.key === 'Backspace') ask(takeBack(question.value, iso3))
    else if (event.shiftKey && /^Arrow/.test(event.key)) {
      event.preventDefault()
      put(event.currentTarget.valueAsNumber + 10 * step * (/Right|Up/.test(event.key) ? 1 : -1))
    }
  }
  return (
    <li class={set ? 'row set' : 'row'} data-iso3={iso3}>
      <div class="who">
        <Link view="country" subject={iso3}>{name}</Link>
        <input class="level" inputMode="decimal" autoComplete="off" aria-label={`${name}, Mt in ${y}`} disabled={!supposable.value} value={Number.isFinite(level) ? mt(level) : ''}
          onChange={event => put(Number(event.currentTarget.value.replace(/[,\s]/g, '')))} />
        <span class="change">{Number.isFinite(change) ? `${change > 0 ? '+' : ''}${fixed(100 * change, 0)} %` : ''}</span>
      </div>
      <div class="slider">
        <input type="range" min={0} max={top} step={step} value={level || 0} disabled={!supposable.value} aria-label={`${name} in ${y}`} aria-valuetext={say.slider(level, y, change, lastYear)}
          onInput={event => put(event.currentTarget.valueAsNumber)} onKeyDown={onKeyDown} />
        <Ticks top={top} marks={[[pledge, 'pledge'], [conditional, 'conditional'], [lastMt, 'last']]} />
      </div>
      <div class="yours">
        <NetZero iso3={iso3} name={name} value={netZero} />
        <span class={set ? '' : 'unset'}>
          {say.pledgedLevel(pledge)}
          <button type="button" class="quiet" aria-label={say.takeBackOf(name)} disabled={!set} onClick={() => ask(takeBack(question.value, iso3))}>{say.takeBack}</button>
        </span>
      </div>
    </li>
  )
})

function Ticks({ top, marks }: { top: number; marks: readonly (readonly [number, string])[] }) {
  return (
    <div class="ticks" aria-hidden="true">
      {marks.filter(([at]) => Number.isFinite(at) && at >= 0).map(([at, kind]) => <i key={kind} class={kind} style={{ insetInlineStart: `${(100 * at) / top}%` }} />)}
    </div>
  )
}

export function NetZero({ iso3, name, value }: { iso3: string; name: string; value: string }) {
  const { first, last } = years.value
  const from = 5 * Math.ceil(first / 5)
  const marks = Array.from({ length: Math.floor((last - from) / 5) + 1 }, (_, i) => String(from + 5 * i))
  const put = (to: string) => ask(to === '' ? takeBack(question.value, iso3, 'net-zero') : suppose(question.value, { area: iso3, change: `net-zero=${to}` }))
  return (
    <label>{say.netZero}{' '}
      <select value={value} aria-label={say.netZeroOf(name)} onChange={event => put(event.currentTarget.value)}>
        <option value="">{say.asPledged}</option>
        <option value="none">{say.none}</option>
        {[...new Set([...marks, ...(/^\d+$/.test(value) ? [value] : [])])].sort().map(y => <option key={y} value={y}>{y}</option>)}
      </select>
    </label>
  )
}

/** One change for all members of a group, against what each of them pledged. */
function GroupRow() {
  const [group, setGroup] = useState<string>('G20')
  const now = changeOf(question.value, group, year.value)
  const percent = now === undefined ? 0 : Number(/^([+-]?\d+(?:\.\d+)?)%$/.exec(now)?.[1] ?? 0)
  const put = (value: number) => ask(
    value === 0 ? takeBack(question.value, group, year.value) : suppose(question.value, { area: group, change: byPercent(year.value, value) }), `${group} ${year.value}`)
  return (
    <div class="row group">
      <div class="who">
        <select aria-label="Group" value={group} onChange={event => setGroup(event.currentTarget.value)}>
          {groups.map(([code, name]) => <option key={code} value={code}>{name}</option>)}
        </select>
        <span class="change">{percent === 0 ? say.asPledged : say.onThePledges(percent)}</span>
        <button type="button" class="quiet glyph" aria-label={say.takeBackOf(group)} disabled={percent === 0} onClick={() => put(0)}>×</button>
      </div>
      <input type="range" min={-60} max={20} step={1} value={percent} disabled={!supposable.value} aria-label={`Change of every pledge of the group for ${year.value}`} aria-valuetext={percent === 0 ? say.asPledged : say.onThePledges(percent)}
        onInput={event => put(event.currentTarget.valueAsNumber)} />
    </div>
  )
}
