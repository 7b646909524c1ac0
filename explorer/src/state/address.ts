/**
 * The fragment of the address: view, question and edition, in a fixed order, defaults left out. What this page does
 * not know is kept as it is, and named.
 *   #/world?as-of=2021-04-22&include-announced&gwp=AR6&set=USA.2030=3500,IND.net-zero=2060&ed=1f3a9c02
 */
import { areaWord } from './pathway'
import type { Question, Supposed } from './question'

export interface Place {
  /** "world", "country", "tour" … */
  readonly view: string
  /** What stands behind the view: "/USA", "/april-2021"; several in the key `iso`. */
  readonly subject: string
  /** Keys of the view's own, such as iso of a comparison. */
  readonly own: Readonly<Record<string, string>>
}

export interface Address extends Place {
  readonly question: Question
  /** First digits of the checksum of the edition that the address was made with, or "". */
  readonly edition: string
  readonly unknown: readonly string[]
}

/** The order of options in an address; others follow by name. */
const order = [
  'as-of', 'since', 'include-announced', 'ignore-withdrawal', 'gwp', 'hot-air', 'sinks', 'lulucf-source', 'stated',
  'benchmark', 'year', 'condition', 'ambition', 'extend', 'net-zero', 'long-term',
]
/** Keys of a view's own, in their order. Some are options that only its question takes, and others of the same name mean
 * something else by: it puts them into the words of its question. */
const ownKeys: Record<string, readonly string[]> = {
  country: ['sort'],
  compare: ['unit'],
  changes: ['show', 'sort'],
  map: ['show', 'sort', 'bins'],
  assumptions: ['show'],
  tour: ['step', 'show', 'sort'],
  finance: ['sort', 'money', 'source', 'weights', 'from', 'public-only', 'include-unchecked'],
  fair: ['sort', 'methods', 'from', 'discount', 'converge', 'population', 'threshold', 'responsibility', 'smooth', 'fade'],
}
/** Without a value they are on. */
const switches = ['public-only', 'include-unchecked', 'smooth', 'fade']
/** Those of a view's own keys that are given, as options of its question: " --from 1990 --fade". */
export const ownOptions = (own: Readonly<Record<string, string>>, names: readonly string[]) =>
  names.filter(name => own[name]).map(name => (switches.includes(name) ? ` --${name}` : ` --${name} ${areaWord(own[name])}`)).join('')
const ownOf = (view: string) => ['iso', ...(Object.hasOwn(ownKeys, viewOf(view)) ? ownKeys[viewOf(view)] : [])]

// half a character, of an address that was cut, is none
const encode = (text: string) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(/%(3A|2C|3D|40|2F|20|25)/g, (all, code) =>
  code === '25' ? '%25' : code === '20' ? '+' : decodeURIComponent(all))
const decode = (text: string) => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/** "USA.2030=3500" for 3,500 Mt; other changes as the command has them. */
export const writeSupposed = ({ area, change }: Supposed) =>
  encode(`${area}.${change.replace(/^(\d{4}=\d+(?:\.\d+)?)Mt$/, '$1')}`).replaceAll(',', '%2C')

function readSupposed(text: string): Supposed | undefined {
  const found = /^([^.=]+)\.((?:\d{4}|net-zero)=.+)$/.exec(text)
  if (found === null) return undefined
  return { area: found[1], change: found[2].replace(/^(\d{4}=\d+(?:\.\d+)?)$/, '$1Mt') }
}

/** as_of, AS-OF and asof are as-of. */
const letters = (key: string) => key.toLowerCase().replace(/[-_]/g, '')
const spelt = (key: string, options?: ReadonlySet<string>) => (options === undefined || options.has(key) ? key : [...options].find(name => letters(name) === letters(key)) ?? key)

/** Read a fragment. `options`: the names that are known; without them every key counts as one. */
export function readAddress(fragment: string, options?: ReadonlySet<string>): Address {
  const [path, query = ''] = fragment.replace(/^#?\/?/, '').split(/\?(.*)/s)
  const [view, ...rest] = path.split('/').map(decode)
  const known: Record<string, string> = {}
  const own: Record<string, string> = {}
  const unknown: string[] = []
  const supposed: Supposed[] = []
  let edition = ''
  for (const part of query.split('&').filter(Boolean)) {
    const [rawKey, raw = ''] = part.split(/=(.*)/s)
    const [key, value] = [spelt(decode(rawKey), options), decode(raw)]
    if (key === 'set') {
      const read = raw.split(',').map(decode).map(readSupposed)
      supposed.push(...read.filter(s => s !== undefined))
      if (read.includes(undefined)) unknown.push(part)
    } else if (key === 'ed') edition = value
    else if (ownOf(view).includes(key)) own[key] = value || (switches.includes(key) ? 'yes' : '')
    else if (options === undefined || options.has(key)) known[key] = value
    else unknown.push(part)
  }
  return { view: view || 'world', subject: rest.join('/'), own, question: { options: known, supposed }, edition, unknown }
}

/** Names that readers give to views: those of the command, and plurals. */
const aliases: Record<string, string> = {
  countries: 'country', targets: 'country', fairness: 'fair', timeline: 'changes', since: 'changes', assess: 'world', gap: 'world', warming: 'world',
}
const viewOf = (named: string) => {
  const lower = named.toLowerCase()
  return Object.hasOwn(aliases, lower) ? aliases[lower] : lower
}
/** A code has capitals. */
const capitals = (area: string) => (/^[a-z]{3}$/i.test(area) ? area.toUpperCase() : area)

/** An address as it was meant: views by their other names, and an area where the view looks for it, whatever key it stood in. */
export function meant(read: Address): Address {
  const view = viewOf(read.view)
  const asKey = (part: string) => /^(?:area|iso3|country|party)=(.+)$/i.exec(part)?.[1]
  const { iso = '', ...others } = read.own
  const areas = [read.subject, iso, ...read.unknown.map(part => decode(asKey(part) ?? ''))].find(Boolean) ?? ''
  const [own, subject] = view === 'compare' ? [areas === '' ? others : { ...others, iso: areas }, ''] : [others, areas]
  const supposed = read.question.supposed.map(s => ({ ...s, area: capitals(s.area) }))
  return { ...read, view, own, subject: capitals(subject), question: { ...read.question, supposed }, unknown: read.unknown.filter(part => asKey(part) === undefined) }
}

export function writeAddress({ view, subject, own, question, edition, unknown }: Address): string {
  const names = Object.keys(question.options).sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
  const pair = (key: string, value: string) => (value === '' ? key : `${key}=${encode(value)}`)
  const parts = [
    ...ownOf(view).filter(key => own[key]).map(key => pair(key, own[key])),
    ...names.map(name => pair(name, question.options[name])),
    ...(question.supposed.length > 0 ? [`set=${question.supposed.map(writeSupposed).join(',')}`] : []),
    ...(edition !== '' && (names.length > 0 || question.supposed.length > 0) ? [`ed=${edition}`] : []),
    ...unknown,
  ]
  const path = subject === '' ? view : `${view}/${subject.split('/').map(encode).join('/')}`
  return `#/${path}${parts.length > 0 ? `?${parts.join('&')}` : ''}`
}

const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
