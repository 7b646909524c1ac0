/** The second date: what came after it. */
import { computed } from '@preact/signals'
import { ask, asOf, engine, question } from './store'
import { withOption } from './question'
import { isDate } from '../words/numbers'

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
  const { name, closed } = engine.value?.facts.conferences.filter(c => c.closed < asOf.value).at(-1) ?? { name: '', closed: '' }
  const all: Preset[] = [
    { key: 'year', date: usual.value, name: '' }, { key: 'month', date: shifted(asOf.value, -1), name: '' },
    { key: 'cop', date: closed, name }, { key: 'new', date: '2025-01-01', name: '' }, { key: 'paris', date: '2015-12-12', name: '' },
  ]
  return all.filter(({ key, date }) => date !== '' && date < asOf.value && !(key === 'cop' && name === 'COP21'))
})
