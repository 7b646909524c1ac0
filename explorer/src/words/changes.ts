/** Words of the view of changes. */
import type { Preset } from '../state/since'
import { count } from './en'
import { day, fixed, gt, kelvin, range, signed } from './numbers'

const events: Record<string, string> = {
  submitted: 'document', announced: 'announcement', draft: 'draft', document: 'document', withdraws: 'withdrawal', withdrawal: 'withdrawal',
  rejoins: 'return', return: 'return', leaves_joint: 'leaves the joint document', net_zero: 'net-zero aim', year: 'step of the calendar', supposed: 'supposed by you',
}

export interface Named {
  readonly name: string
  readonly status: string
  readonly day: string
  /** By how much it moves the gap, Gt, at low and high ambition; positive widens it. */
  readonly low: number
  readonly high: number
}

export const article = (name: string) => (/^(US|UK|European Union|Bahamas|Gambia|Philippines|Netherlands|Maldives|Comoros|Seychelles|Marshall Islands|Solomon Islands|Central African Republic|Dominican Republic|G7|G20|G77|OECD|United Arab Emirates)$|^Group of /.test(name) ? `the ${name}` : name)
export const listed = (items: readonly string[]) => (items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`)
/** Two decimals where one would say zero. */
const amount = (low: number, high: number) => {
  const [a, b] = [Math.abs(low), Math.abs(high)]
  return range(a, b, v => fixed(v, Math.max(a, b) < 0.15 ? 2 : 1))
}
/** Beside a withdrawal the others are named as pledges, or they would be read as withdrawals too. */
const movers = (list: readonly Named[]) => listed(list.map(n => mover(n, list.some(o => isEvent(o.status)))))
const isEvent = (status: string) => ['withdraws', 'rejoins', 'net_zero', 'year', 'supposed'].includes(status)
const mover = ({ name, status, low, high, day: on }: Named, mixed: boolean, event = isEvent(status)) =>
  `${event ? `the ${status === 'supposed' ? 'supposed pledge' : events[status]} of ${article(name)}${status === 'withdraws' || status === 'rejoins' ? ` in ${on.slice(0, 4)}` : ''}` : mixed ? `the pledge of ${article(name)}` : article(name)} (${amount(low, high)} Gt)`

export const changesWords = {
  since: 'What came after',
  preset: ({ key, date, name }: Preset) =>
    ({ year: 'a year before', month: 'a month before', new: '1 January 2025', cop: `${name}, ${day(date)}`, paris: 'the Paris Agreement' })[key],
  event: (kind: string) => events[kind] ?? kind,
  amount,

  headline: (since: string, goal: string, year: string, move: readonly [number, number], gaps: readonly [number, number]) => {
    const still = move.every(m => Math.abs(m) < 0.05)
    const both = move[0] * move[1] < 0
    const verb = still ? 'has hardly moved and stands at' : both
      ? `has moved by ${range(move[0], move[1], v => signed(v, 1))} Gt and stands at`
      : `has ${move[0] + move[1] > 0 ? 'widened' : 'narrowed'} by ${range(Math.abs(move[0]), Math.abs(move[1]), gt)} Gt and stands at`
    return `Since ${day(since)} the gap to ${goal} in ${year} ${verb} ${range(gaps[0], gaps[1], gt)} Gt CO₂e.`
  },
  unknown: (since: string, end: string) => `What came after ${day(since)} is not known: the data ends on ${day(end)}.`,
  end: (end: string) => `Documents are known until ${day(end)}.`,
  movers: (opening: readonly Named[], closing: readonly Named[]) => {
    const parts = [
      ...(opening.length > 0 ? [`It was widened most by ${movers(opening)}`] : []),
      ...(closing.length > 0 ? [`${opening.length > 0 ? 'narrowed' : 'It was narrowed'} most by ${movers(closing)}`] : []),
    ]
    return parts.length > 0 ? `${parts.join('; ')}.` : 'No document on record between the two dates moved a level of the year.'
  },
  warming: (before: readonly [number, number], after: readonly [number, number]) => {
    const still = (i: 0 | 1) => kelvin(before[i]) === kelvin(after[i])
    const verb = (i: 0 | 1) => (still(i) ? 'stays ' : 'goes ')
    const moved = (i: 0 | 1) => (still(i) ? `at ${kelvin(after[i])} °C` : `from ${kelvin(before[i])} to ${kelvin(after[i])} °C`)
    return `Warming in 2100 ${verb(0)}${moved(0)} if the targets are kept, and ${still(0) === still(1) ? '' : verb(1)}${moved(1)} if net-zero aims are kept too (medians).`
  },
  came: (documents: number, parties: number, others: readonly (readonly [string, number])[]) =>
    `${count(documents, 'document', 'documents')} from ${count(parties, 'Party', 'Parties')} came${others.length > 0 ? `, besides ${listed(others.map(([kind, n]) => plurals(kind, n)))}` : ''}.`,

  previousTitle: 'Against the pledge before',
  previousSub: 'what each document changes in the gap, Gt CO₂e, against the world of the day before it; bar: low ambition, tick: high',
  baselineTitle: 'Against no pledge at all',
  baselineSub: 'what each document changes in the gap, Gt CO₂e, against the Party’s baseline; bar: low ambition, tick: high',
  more: (n: number) => `${n} more`,
  together: 'Together',
  move: (low: number, high: number) => range(low, high, v => signed(v, 2)),
  read: (name: string, what: string, low: number, high: number, share: string) =>
    `${name}${what === '' ? '' : ` (${what})`} ${low + high > 0 ? 'adds' : 'closes'} ${amount(low, high)} Gt${share === '' ? '' : `, ${share} % of the gap before`}`,
  summary: (n: number, low: number, high: number, largest: string) =>
    `${count(n, 'change', 'changes')}, the largest of ${largest}; together they ${low + high > 0 ? 'widen' : 'narrow'} the gap by ${amount(low, high)} Gt.`,
  conditions: { unconditional: 'Unconditional pledges', conditional: 'With conditional pledges' } as Record<string, string>,
  condition: 'Which pledges count',
  eventsTitle: 'Every step, in order of days',
  eventsSub: (year: string) => `Each document, withdrawal and step of the calendar with what it changes in the world’s level of ${year}: unconditional pledges, low ambition`,
  columns: { date: 'Day', party: 'Party', kind: 'What', document: 'Document', change: 'Change', gap: 'Gap after' },
  none: 'Nothing came between the two dates.',
  noChange: 'No document on record between the two dates moved a level of the year.',
}

const plurals = (kind: string, n: number) => {
  const word = events[kind] ?? kind
  return `${n} ${n === 1 ? word : kind === 'year' ? 'steps of the calendar' : kind === 'leaves_joint' ? 'departures from the joint document' : `${word}s`}`
}
