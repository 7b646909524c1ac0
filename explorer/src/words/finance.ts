/** Words of climate finance. */
import { article } from './changes'
import { count } from './en'
import { day, fixed, mt, range } from './numbers'

const by = (source: string) => (source === 'OECD' ? 'the OECD' : source)
const bn = (v: number) => (v >= 1000 ? mt(v) : v >= 10 || v === 0 ? fixed(v, 1) : fixed(v, 2)).replace(/\.0$/, '')
const indicators: Record<string, string> = { gdp: 'GDP', population: 'people', fossil_co2: 'fossil CO₂', co2_with_land_use: 'CO₂ with land use' }
const whats: Record<string, string> = {
  multilateral_provided: 'through multilateral banks and funds', provided_budget: 'from its budget', fair_share: 'as its share', total: 'delivered in all', provided: 'given', surplus: 'more than its share',
  percent_of_share: 'of its share', met: 'its share met', quantity: 'in all', public: 'public money', private_mobilised: 'private money mobilised', mitigation: 'for mitigation', adaptation: 'for adaptation',
}
const units: Record<string, string> = { usd_bn: 'bn US$', eur_bn: 'bn euros', percent: '%' }
const goals: Record<string, string> = {
  fast_start: 'fast-start finance, 2010 to 2012', usd100bn: 'US$100 bn a year, 2020 to 2025', ncqg_300: 'US$300 bn a year by 2035', ncqg_1300: 'US$1,300 bn a year by 2035, called for',
  adaptation_doubling: 'adaptation doubled by 2025', adaptation_tripling: 'adaptation tripled by 2035',
}
const years = (list: readonly number[]) => (list.length > 1 && list.at(-1)! - list[0] === list.length - 1 ? `${list[0]} to ${list.at(-1)}` : list.join(', '))

export interface Delivered {
  readonly year: number
  readonly low: number
  readonly high: number
}

export const financeWords = {
  bn, years,
  amount: (d: Delivered) => range(d.low, Number.isFinite(d.high) ? d.high : d.low, bn),
  indicator: (key: string) => indicators[key] ?? key,
  goal: (id: string) => goals[id] ?? id,

  met: (goal: number, first: number, met: Delivered, source: string) =>
    `The ${bn(goal)} bn US dollars a year that were promised from ${first} ${met.year === first ? 'were delivered in the first year' : `were first delivered in ${met.year}`}: ${financeWords.amount(met)} bn, as ${by(source)} counts.`,
  notMet: (goal: number, last: Delivered, source: string) =>
    `In no year on record were ${bn(goal)} bn US dollars delivered: it was ${financeWords.amount(last)} bn in ${last.year}, as ${by(source)} counts.`,
  ahead: (goal: number, first: number, last: Delivered | undefined) =>
    `${bn(goal)} bn US dollars a year are promised from ${first}${last === undefined ? '; no figure is known yet' : `; the last figure that is known is ${financeWords.amount(last)} bn for ${last.year}`}.`,
  nothing: 'No goal of climate finance is known on this day.',
  unknown: (list: readonly number[]) => (list.length === 0 ? '' : `For ${years(list)} there is no figure: that is not known, and not zero.`),
  neverAdded: 'Sources count different things and are never added or compared: the OECD counts public money and loans at face value with the private money that they brought in, Oxfam the grant equivalent of public money that is specifically for the climate.',

  until: (date: string) => `Figures published until ${day(date)} are in it; later ones are missing.`,

  source: 'Whose figures', unchecked: 'Count figures from memory (marked C)', publicOnly: 'Share out public money only',
  weights: 'What shares are based on', from: 'CO₂ since', ownWeights: 'weights of your own',
  schemes: { '': 'GDP, people and fossil CO₂ alike', 'gdp=1': 'GDP', 'population=1': 'people', 'fossil_co2=1': 'fossil CO₂', 'co2_with_land_use=1': 'CO₂ with land use' } as Record<string, string>,
  goalsTitle: 'What was promised, and what was delivered',
  goalsSub: (source: string, asOf: string) => `bn US$ a year by ${by(source)}, as known on ${day(asOf)}; line: goal; dashed: no figure is known`,
  readYear: (year: number, goal: number, delivered: Delivered, published: string, mark: string) =>
    `${year}: ${Number.isFinite(delivered.low) ? `${financeWords.amount(delivered)} bn (published ${day(published)}, mark ${mark})` : 'no figure is known'}${Number.isFinite(goal) ? `, goal ${bn(goal)} bn` : ', no goal'}`,
  summary: (known: number, unknown: number) => `${count(known, 'year has', 'years have')} a figure; ${count(unknown, 'year with a goal has', 'years with a goal have')} none.`,
  calledFor: (goal: number) => `${bn(goal)} bn called for ↑`,

  partsTitle: (year: number) => `What the money of ${year} was made up of`,
  partsSub: 'bn US$; channels, themes and kinds are divisions of the same money, so that bars of two of them count it twice',
  readPart: (what: string, amount: number, percent: number, of: string, mark: string) =>
    `${what}: ${bn(amount)} bn${Number.isFinite(percent) ? `, ${fixed(percent, 0)} % of ${of === 'total' ? 'all' : whats[of] ?? of}` : ''} (mark ${mark})`,
  partsSummary: (n: number, most: string) => `${count(n, 'amount', 'amounts')}; the largest is ${most}.`,

  contributorsTitle: (year: string) => `What each contributor gave in ${year}, against its share`,
  contributorsSub: (shared: number) => `bn US$; tick: its share of ${bn(shared)} bn; bar: given, as its source says; dashed: nobody says what was given`,
  year: 'Year', notKnown: 'not known', due: (v: number) => `${bn(v)} due`,
  readContributor: (name: string, due: number, share: number, parts: readonly (readonly [string, number])[], gave: readonly (readonly [string, number, number])[]) =>
    `${name}: ${Number.isFinite(due) ? `${bn(due)} bn due (${fixed(100 * share, 1)} %: ${parts.map(([what, v]) => `${fixed(100 * v, 0)} % of ${what}`).join(', ')})` : 'no share is known'}; ${
      gave.length === 0 ? 'what it gave is not known' : gave.map(([source, v, p]) => `gave ${bn(v)} bn (${source})${Number.isFinite(p) ? `, ${fixed(p, 0)} % of it` : ''}`).join('; ')}`,
  contributorsSummary: (n: number, known: number, year: string) => `${count(n, 'contributor has', 'contributors have')} a share in ${year}; what they gave is known of ${known}.`,

  areaHeadline: (name: string, year: number, share: number, due: number, shared: number, gave: number | undefined, source: string) =>
    `In ${year} the share of ${article(name)} was ${fixed(100 * share, 0)} %, ${bn(due)} of ${bn(shared)} bn US dollars; ${gave === undefined ? 'what it gave is not known here' : `it gave ${bn(gave)} bn, as ${by(source)} says`}.`,
  groupHeadline: (name: string, contributors: number) =>
    contributors === 0 ? financeWords.noContributor(name) : `Of ${article(name)}, ${count(contributors, 'is a contributor', 'are contributors')}; what each gave stands beside its share.`,
  noContributor: (name: string) => `${article(name).replace(/^the/, 'The')} is not among the contributors of which the goals speak, and has no share.`,
  aReading: 'A share is a reading of what would be fair, by the weights chosen; no agreement sets it.',
  areaTitle: (name: string) => `${name}, year by year`,
  back: 'All contributors',

  othersTitle: 'What others found, each by its own reckoning',
  othersSub: 'Their shares rest on other weights, often on another basis; they do not follow from the chart.',
  others: { party: 'Party', year: 'Year', source: 'Source', published: 'Published', says: 'What it says', mark: 'Mark' },
  says: (percent: number, surplus: number, met: string, what: string, value: number, unit: string) => [
    ...(Number.isFinite(percent) ? [percent < 0 ? `${fixed(-percent, 0)} per cent short` : `${fixed(percent, 0)} % of its share`] : []),
    ...(Number.isFinite(surplus) ? [`${bn(Math.abs(surplus))} bn ${surplus < 0 ? 'short' : 'more than its share'}`] : []),
    ...(met === '' ? [] : [met === 'yes' ? 'gave its share' : 'gave less than its share']),
    ...(what === '' ? [] : [`${bn(value)} ${units[unit] ?? unit} ${whats[what] ?? what}`]),
  ].join('; '),

  learnedTitle: 'What was learned',
  learnedNone: (since: string, asOf: string) => `Nothing on record came between ${day(since)} and ${day(asOf)}.`,
  learned: { date: 'Day', what: 'What', party: 'Party', year: 'Year', source: 'Source', value: 'Figure', before: 'Before', mark: 'Mark' },
  kinds: { figure: 'first figure', revision: 'revised figure', contributor: 'of a contributor', goal: 'goal', call: 'called for', pledge: 'pledge' } as Record<string, string>,
  value: (value: number, unit: string, what: string) =>
    goals[what] ?? (unit === 'flag' ? (value > 0 ? 'gave its share' : 'gave less than its share') : Number.isFinite(value) ? `${bn(value)} ${units[unit] ?? unit} ${whats[what] ?? what}`.trim() : whats[what] ?? what),
  before: (value: number) => (Number.isFinite(value) ? bn(value) : ''),
}
