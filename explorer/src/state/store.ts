/** The page's state as signals: the address is the one source, everything else follows from it. */
import { computed, effect, signal } from '@preact/signals'
import type { Engine } from '../engine/client'
import type { Frame, Party, Table, Wanted } from '../engine/protocol'
import { isDate, today } from '../words/numbers'
import { meant, readAddress, writeAddress, type Address } from './address'
import { askedOf, withOption, type Question } from './question'
import { takenOf } from './repair'

/** How long after the last act the address bar follows, ms. */
const ADDRESS_MS = 300

export const address = signal<Address>(readAddress(location.hash))
export const engine = signal<Engine | null>(null)
/** The newest frame, and the newest with all four cases of warming. */
export const frame = signal<Frame | null>(null)
export const whole = signal<Frame | null>(null)
/** The frame under the same options with nothing supposed. */
export const pledged = signal<Frame | null>(null)
export const refusal = signal('')
/** Parts of a question that the engine refused, each with the reason, until the reader's next act. */
export const leftOut = signal<readonly (readonly [string, string])[]>([])
/** Whether the reader looks at the pledges as they are for a moment, with the own changes kept. */
export const replaying = signal(false)
export const parties = signal<ReadonlyMap<string, Party>>(new Map())
export const steps = signal<Table | null>(null)

/** The view in front; a part of its own, so that a drag does not draw the frame of the page again. */
export const view = computed(() => address.value.view)
/** The address as the bar has it: it follows when the reader rests. Links are made of it. */
export const settled = signal<Address>(address.value)
export const question = computed<Question>(() => address.value.question)
/** What the engine is asked: the question, or the same as pledged. */
export const asked = computed<Question>(() => (replaying.value ? { ...question.value, supposed: [] } : question.value))
/** The day; what is none is refused by the engine, and today meanwhile. */
export const asOf = computed(() => {
  const asked = question.value.options['as-of'] ?? ''
  return isDate(asked) ? asked : today()
})
/** Years as the engine has them: that the newest levels and gap are about, the usual one of the date, and from which to which one may suppose. */
export const years = computed(() => {
  const [asked, usual, first, last] = (frame.value?.arrays.years ?? engine.value?.facts.years)?.values ?? []
  return { asked, usual, first, last }
})
export const year = computed(() => String(years.value.asked))
/** Whether a level of the year may be supposed: that of a day gone by may not. */
export const supposable = computed(() => years.value.asked >= years.value.first)
export const changed = computed(() => asked.value.supposed.length > 0)

/** The last year of data. */
export const lastOfRecord = computed(() => parties.value.get('EUU')?.lastYear ?? NaN)
/** The day on which the data ends, where that is before the day looked at; else ''. */
export const end = computed(() => {
  const known = engine.value?.facts.knownUntil ?? ''
  return known < asOf.value ? known : ''
})
/** By its code or English name, in any case. */
export function partyOf(typed: string): Party | undefined {
  const wanted = typed.toLowerCase()
  return [...parties.value.values()].find(p => p.iso3.toLowerCase() === wanted || p.name.toLowerCase() === wanted)
}
export const nameOf = (iso3: string) => parties.value.get(iso3)?.name ?? iso3

// ---- acts ----

const past: Question[] = []
const future: Question[] = []
export const canUndo = signal(false)
export const canRedo = signal(false)
let sameAct = ''
let writing: ReturnType<typeof setTimeout> | undefined

function show(next: Address, kind: 'push' | 'replace'): void {
  address.value = next
  clearTimeout(writing)
  const write = () => {
    settled.value = address.value
    history[kind === 'push' ? 'pushState' : 'replaceState'](null, '', writeAddress(address.value))
  }
  if (kind === 'push') write()
  else writing = setTimeout(write, ADDRESS_MS)
}

/**
 * Ask something else.
 * @param act  names a gesture, so that a whole drag is undone at once; "" stands alone
 */
export function ask(next: Question, act = ''): void {
  if (act === '' || act !== sameAct) {
    past.push(question.value)
    future.length = 0
  }
  sameAct = act
  leftOut.value = []
  replaying.value = false
  show({ ...address.value, question: next, edition: engine.value?.facts.edition ?? address.value.edition }, 'replace')
  canUndo.value = past.length > 0
  canRedo.value = future.length > 0
}

function step(from: Question[], to: Question[]): void {
  const next = from.pop()
  if (next === undefined) return
  to.push(question.value)
  sameAct = ''
  show({ ...address.value, question: next }, 'replace')
  canUndo.value = past.length > 0
  canRedo.value = future.length > 0
}
export const undo = () => step(past, future)
export const redo = () => step(future, past)

/** Go to a view; the question stays. */
export function go(view: string, subject = '', own: Record<string, string> = {}): void {
  leftOut.value = []
  show({ ...address.value, view, subject, own }, 'push')
  window.scrollTo(0, 0)
  requestAnimationFrame(() => document.getElementById('answer')?.focus({ preventScroll: true }))
}

/** Another place with another question at once, a step of the browser's own history. */
export const turn = (next: Partial<Address>) => show({ ...address.value, ...next, edition: engine.value?.facts.edition ?? address.value.edition }, 'push')

/** Change keys of the view itself. */
export function setOwn(own: Record<string, string>): void {
  leftOut.value = []
  show({ ...address.value, own: { ...address.value.own, ...own } }, 'replace')
}

/** Go on without a key of the view's own whose value the view does not take, and say so. */
export function leaveOut(key: string, allowed: string): void {
  const { [key]: given, ...own } = address.value.own
  leftOut.value = [...leftOut.value, [`${key}=${given}`, `is refused; allowed: ${allowed}`]]
  settled.value = address.value = { ...address.value, own }
}

/** The address of a view with the question as it is. */
export const hrefOf = (view: string, subject = '', own: Record<string, string> = {}) => writeAddress({ ...settled.value, view, subject, own })

// a step back or forward in the browser; the timer of an older act must not write over it
addEventListener('popstate', () => arrive())

/** Days by their names, as the command takes them: COP26 is the day it closed, and what came since a year is what came since its first day. */
function dated(of: Question, client: Engine): Question {
  return ['as-of', 'since'].filter(name => name in of.options).reduce((q, name) => {
    const said = q.options[name]
    const closed = client.facts.conferences.find(c => c.name === said.toUpperCase().replace(/\s/g, ''))?.closed
    return withOption(q, name, closed ?? (name === 'since' && /^\d{4}$/.test(said) ? `${said}-01-01` : said))
  }, of)
}

/** Take over the address of the bar, as it was meant. */
export function arrive(client = engine.value): void {
  clearTimeout(writing)
  const known = client === null ? undefined : new Set(askedOf(client.facts.options).map(o => o.name))
  sameAct = ''
  leftOut.value = []
  const read = meant(readAddress(location.hash, known))
  settled.value = address.value = client === null ? read : { ...read, question: dated(read.question, client) }
  const written = writeAddress(address.value)
  if (location.hash !== '' && location.hash !== written) history.replaceState(null, '', written)
}

// ---- the engine follows ----

/** Which arrays the view in front needs; a view sets it when it comes. */
export const wanted = signal<readonly Wanted[]>([])
const common: Wanted[] = ['world', 'gap', 'benchmark', 'warming', 'exceed', 'peak', 'ever', 'observed', 'members', 'years', 'path@', 'baseline@']

export function follow(client: Engine): void {
  engine.value = client
  let optionsBefore = ''
  effect(() => {
    const q = asked.value
    const names = [...common, ...wanted.value]
    const key = JSON.stringify([q.options, names])
    if (key !== optionsBefore && q.supposed.length > 0) {
      client.whole({ ...q, supposed: [] }, names).then(f => (pledged.value = f), () => {})
    }
    optionsBefore = key
    client.frame(q, names)
  })
  // every step since 2015: the same list whatever day is looked at
  const key = computed(() => JSON.stringify({ ...question.value.options, 'as-of': undefined, since: undefined, year: year.value }))
  effect(() => {
    client.table({ options: JSON.parse(key.value), supposed: [] }, 'timeline --no-warming').then(t => (steps.value = t), () => {})
  })
}

/** A question that is refused goes on without the part that is wrong, and what is wrong is said. */
export async function refuse(message: string): Promise<void> {
  const wrong = asked.value
  const { question: taken, left } = await takenOf(engine.value!, wrong)
  if (asked.value !== wrong) return
  if (left.length === 0) refusal.value = message
  else {
    leftOut.value = [...leftOut.value, ...left]
    settled.value = address.value = { ...address.value, question: taken }
  }
}

export function receive(next: Frame): void {
  refusal.value = ''
  frame.value = next
  if (next.cases) whole.value = next
  if (next.cases && next.question.supposed.length === 0) pledged.value = next
}
