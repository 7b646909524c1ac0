/** The second date: what came after it. */
import { computed } from '@preact/signals'
import { ask, asOf, question } from './store'
import { withOption } from './question'
import { isDate } from '../words/numbers'

/** Days on which conferences of the Parties closed. */
export const conferences: readonly (readonly [string, string])[] = [
  ['COP21', '2015-12-12'], ['COP22', '2016-11-18'], ['COP23', '2017-11-18'], ['COP24', '2018-12-15'], ['COP25', '2019-12-15'],
  ['COP26', '2021-11-13'], ['COP27', '2022-11-20'], ['COP28', '2023-12-13'], ['COP29', '2024-11-24'], ['COP30', '2025-11-22'],
]

/** What is no date stays as it is: the engine refuses it. */
const shifted = (iso: string, months: number) => {
  if (!isDate(iso)) return iso
  const [y, m, d] = iso.split('-').map(Number)
  const last = new Date(Date.UTC(y, m - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(y, m - 1 + months, Math.min(d, last))).toISOString().slice(0, 10)
}
export const dayAfter = (iso: string) => !isDate(iso) ? iso : new Date(Date.parse(`${iso}T00:00:00Z`) + 86400000).toISOString().slice(0, 10)

const usual = computed(() => shifted(asOf.value, -12))
/** The date given, where it is one before the date that is looked at; else a year before. */
export const since = computed(() => {
  const given = question.value.options.since
  return given !== undefined && isDate(given) && given < asOf.value ? given : usual.value
})

export const putSince = (iso: string) => ask(withOption(question.value, 'since', iso === usual.value ? undefined : iso), 'since')

export interface Preset {
  readonly key: 'year' | 'month' | 'new' | 'cop' | 'paris'
  readonly date: string
  readonly name: string
}

export const presets = computed<readonly Preset[]>(() => {
  const [name, closed] = conferences.filter(([, date]) => date < asOf.value).at(-1) ?? ['', '']
  const all: Preset[] = [
    { key: 'year', date: usual.value, name: '' }, { key: 'month', date: shifted(asOf.value, -1), name: '' },
    { key: 'cop', date: closed, name }, { key: 'new', date: '2025-01-01', name: '' }, { key: 'paris', date: '2015-12-12', name: '' },
  ]
  return all.filter(({ key, date }) => date !== '' && date < asOf.value && !(key === 'cop' && name === 'COP21'))
})
