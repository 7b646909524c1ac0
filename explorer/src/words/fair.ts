/** Words of the view of fair shares. */
import type { Rating, Reading } from '../state/fair'
import { article } from './changes'
import { count } from './en'
import { day, fixed, kelvin, level, range, signed } from './numbers'

const methods: Record<string, readonly [string, string]> = {
  per_capita: ['Equal per head', 'every person has the same part of the year’s emissions'],
  convergence: ['Convergence', 'from today’s parts to equal ones by a year'],
  ecpc: ['Equal cumulative per head', 'what people emitted before counts too'],
  ability_to_pay: ['Ability to pay', 'the richer cut more'],
  gdr: ['Capability and responsibility', 'cuts by income above a threshold and by past emissions'],
  grandfathering: ['Grandfathering', 'today’s parts go on: no reading of equity, never rated'],
  ecpc_recurrence: ['Cumulative, year by year', 'never rated'],
  adjusted: ['Adjusted for means and past', 'never rated'],
}
const parameters: Record<string, (value: string) => string> = {
  population: v => (v === 'moving' ? 'people of the year' : 'people of the last year of data'),
  converge: v => `by ${v}`, from: v => `since ${v}`, discount: v => (v === '0' ? 'undiscounted' : `discounted ${v} % a year`),
  exponent: v => `exponent ${v}`, threshold: v => (v === '0' ? 'no threshold' : `above $${v} a year`),
  responsibility: v => `responsibility ${v}`, smooth: () => 'smoothed', fade: () => 'fading',
}
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const tons = (v: number) => level(v)

export const fairWords = {
  title: 'Fair shares',
  find: 'A country or group, in any language',
  noVerdict: 'A rating is a reading of equity, not a verdict. There is no agreed rule: five methods with their parameters are shown, and the range before any single number.',
  start: (changed: boolean, asOf: string | null) => (changed ? 'With your changes, ' : asOf === null ? '' : `As of ${day(asOf)}, `),
  headline: (name: string, r: Rating, readings: number, start: string) => {
    const what = r.what_is_rated === 'pledge' ? `the pledged pathway of ${article(name)} in ${r.year}` : `no pledge in force gives ${article(name)} a level: its baseline in ${r.year}`
    const above = r.readings - r.readings_met
    return capital(`${start}${what} ${above === 0 ? 'is within what every one' : above === r.readings ? 'lies above what every one' : `lies above what ${above}`} of ${readings} readings of equity ${above === 0 || above === r.readings ? 'allows' : 'allow'}.`)
  },
  onlyMethods: (name: string, year: number) => capital(`what the chosen method leaves ${article(name)} in ${year}.`),
  lead: (r: Rating, goal: string) =>
    `Of ${goal} the methods leave it ${tons(Math.min(r.lo_mt, r.hi_mt))} to ${tons(Math.max(r.lo_mt, r.hi_mt))} Mt CO₂e in ${r.year}, with land use; its ${r.what_is_rated} is ${tons(r.level_mt)}. ` +
    `If every country took the same place in its own range, the world would warm by ${kelvin(r.implied_warming_k)} °C${r.warming_limit ? ` ${r.warming_limit}` : ''} (our band: ${r.band}).`,
  worldHeadline: (rated: number, none: number, half: number, year: number, start: string, group: string) =>
    `${start}${half} of ${count(rated, 'pledge', 'pledges')}${group === '' || group === 'World' ? '' : ` of ${article(group)}`} for ${year} ${half === 1 ? 'meets' : 'meet'} at least half of the readings of equity; ${none} ${none === 1 ? 'meets' : 'meet'} none.`,

  method: (name: string) => methods[name]?.[0] ?? name,
  means: (name: string) => methods[name]?.[1] ?? '',
  parameters: (text: string) => (text === '' ? '' : text.split(';').map(part => {
    const [key, value = ''] = part.split('=')
    return parameters[key]?.(value) ?? part
  }).join(', ')),

  dotsTitle: (name: string, year: number) => `What each reading leaves ${article(name)} in ${year}`,
  dotsSub: (r: Reading) => `Mt CO₂e with land use; a dot is a reading: filled where the ${r.what_is_pledged} is within it, open where it is above; the line is the ${r.what_is_pledged}`,
  dotsSummary: (name: string, r: Rating) => `${name}: readings of equity by method; the ${r.what_is_rated} of ${tons(r.level_mt)} Mt meets ${r.readings_met} of ${r.readings}.`,
  read: (r: Reading) => `${methods[r.method]?.[0] ?? r.method}${r.parameters ? `, ${fairWords.parameters(r.parameters)}` : ''}: ${tons(r.mt)} Mt, ${fixed(r.per_head_t, 1)} t per head; ${r.meets === 'yes' ? 'met' : `${tons(r.excess_mt)} Mt above it`}`,
  pledge: (kind: string, level: number) => `${kind === 'pledge' ? 'pledged' : 'baseline'} ${tons(level)}`,
  range: 'range of the methods',

  stripTitle: (year: number) => `Ratings of all Parties for ${year}`,
  stripSub: 'a dot is a Party, at the warming of a world in which every country took the same place in its own range, °C in 2100; open: no pledge, its baseline; the largest emitters have names',
  stripSummary: (rated: number, bands: readonly (readonly [string, number])[]) => `${rated} Parties: ${bands.map(([band, n]) => `${n} ${band}`).join(', ')}.`,
  readParty: (r: Rating) => `${r.name}: ${r.readings_met} of ${r.readings} readings met, ${kelvin(r.implied_warming_k)} °C${r.warming_limit ? ` ${r.warming_limit}` : ''}, ${r.band}${r.what_is_rated === 'pledge' ? '' : ' (baseline: no pledge)'}${r.check ? `; ${r.check}` : ''}`,
  ends: ['or less', 'or more'],

  tableTitle: 'Ratings', readingsTitle: 'Readings',
  columns: { name: 'Party', rated: 'Rated', level: 'Level', lo: 'Least', hi: 'Most', met: 'Met', of: 'of', place: 'Place', warming: 'If all did so', band: 'Band (ours)', check: 'Check' },
  reading: { method: 'Method', parameters: 'Parameters', mt: 'Leaves', head: 'Per head', from1990: 'Since 1990', from2005: 'Since 2005', excess: 'Pledged above it', met: 'Met' },
  since: (v: number) => (Number.isFinite(v) ? signed(v, 0) : '–'),
  tableSub: 'Least and most: of the methods’ means, Mt CO₂e with land use. Place: 0 at the least, 1 at the most that a method allows. Narrow range: the methods nearly agree, and a place between them says little.',
  world: 'All Parties',

  controls: 'Parameters of the methods',
  options: {
    year: 'Year', condition: 'Pledges', ambition: 'Ambition', benchmark: 'Goal', methods: 'Methods', from: 'History since', discount: 'Discount of past emissions', converge: 'Convergence by',
    population: 'People', threshold: 'Income threshold', responsibility: 'Weight of responsibility', smooth: 'Mean index of all years', fade: 'Fade to ability to pay',
  },
  usual: (text: string) => `usual (${text})`,
  reset: 'Usual parameters',
  between: (low: number, high: number) => range(low, high, tons),
}
