/** The page's words in English. Plain, present tense, no blame; uncertainty in the same sentence. */
import { day, fixed, gt, kelvin, mt, percent, range, signed } from './numbers'

const plural = new Intl.PluralRules('en')
export const count = (n: number, one: string, other: string) => `${n.toLocaleString('en')} ${plural.select(n) === 'one' ? one : other}`

export interface Headline {
  readonly asOf: string
  readonly today: boolean
  readonly changed: boolean
  readonly year: string
  readonly targetsOnly: number
  readonly withNetZero: number
}

export const say = {
  title: 'stocktake: what the world’s climate pledges add up to',
  skip: 'Skip to the answer',
  views: {
    world: 'World', country: 'Countries', compare: 'Compare', changes: 'What changed', map: 'Map', fair: 'Fair shares',
    finance: 'Finance', assumptions: 'Assumptions', tour: 'April 2021', method: 'Method',
  } as Record<string, string>,
  share: 'Share link', shared: 'Link copied', export: 'Export', exportPage: 'This page with its state, one file', exportPaper: 'Print, or PDF', undo: 'Undo', redo: 'Redo', reset: 'Undo all changes',
  replay: 'Look at the pledges as they are', replayBack: 'Back to yours',
  show: 'Show', open: 'Open', showData: 'Show data', hideData: 'Hide data', saveCsv: 'Save as CSV', saveJson: 'Save as JSON',
  sameFigures: 'The same figures:', copy: 'Copy', copied: 'Copied', csv: 'CSV',
  loading: 'Starting the engine: 841 climate models in this page …',
  noEngine: 'This browser cannot run the engine (WebAssembly with vectors). The figures above are those of the day on which the page was made.',
  unknownView: (view: string) => `This page has no view “${view}”; here is the world.`,
  unknownKeys: (keys: readonly string[]) => `Not known to this page, and kept in the address: ${keys.join(', ')}${keys.some(k => k.startsWith('set=')) ? '. A level is supposed as in set=USA.2035=3000, a net-zero year as in set=IND.net-zero=2060' : ''}.`,
  leftOut: (part: string, why: string) => `“${part}” is left out${why.includes('is refused; allowed: ') ? `; allowed: ${why.split('is refused; allowed: ')[1].replaceAll('|', ' or ')}` : `: ${why.replace(/^--[\w-]+: /, '')}`}`,
  notOfAnArea: (view: string) => `The view “${view}” is of the whole world.`, seeArea: (area: string) => `See ${area} by itself`,
  beforeAll: (first: string) => `The first document came on ${day(first)}: on this day nothing was pledged yet under the Paris Agreement.`,
  readIn: (set: string) =>
    `Levels that you suppose are read in ${set} here, as those of countries are. The chart of emissions, and the commands gap, warming, timeline and fairness, know AR6 alone and read them in it, so their figures differ a little.`,
  notBefore: (given: string, asOf: string, taken: string) => `What came since ${day(given)} is asked, but that is not before ${day(asOf)}, the date that is looked at: ${day(taken)} is taken.`,
  afterEnd: (end: string) => `Documents are known until ${day(end)}; later ones are not counted.`,
  otherEdition: (made: string, here: string) => `This address was made with edition ${made} of the data; this page has ${here}, so figures may differ.`,
  documentsUntil: (end: string) => (end === '' ? 'documents since 2015' : `documents until ${day(end)}`),

  printed: (asOf: string, end: string, edition: string, address: string) =>
    `As of ${day(asOf)}${end === '' ? '' : `, with documents until ${day(end)}`}; edition ${edition} of the data. ${address}`,

  headline: ({ asOf, today, changed, targetsOnly, withNetZero }: Headline) => {
    const start = changed ? 'With your changes' : today ? 'As pledged' : `As pledged on ${day(asOf)}`
    const one = kelvin(targetsOnly) === kelvin(withNetZero)
    return `${start}, the world heads for ${kelvin(targetsOnly)} °C in 2100 if the targets are kept` +
      (one ? ', with net-zero aims or without.' : `, ${kelvin(withNetZero)} °C if net-zero aims are kept too.`)
  },
  lead: (year: string, low: number, high: number, gapLow: number, gapHigh: number, goal: string) =>
    `It will emit ${range(low, high, gt)} Gt CO₂e in ${year} with land use. The gap to ${goal} is ${range(gapLow, gapHigh, gt)} Gt.`,
  futures: (below: number, all: number, low: number, high: number) =>
    `${below} of ${all} equally likely futures stay under 2 °C all the way to 2100 with net-zero aims; nine in ten end between ${kelvin(low)} and ${kelvin(high)} °C.`,
  yours: (gap: number, warming: number) => `Yours against the pledges: ${signed(gap, 2)} Gt, ${signed(warming, 2)} °C.`,
  none_yours: 'Drag a pledge and see what it changes.',
  lookingAtPledged: 'The pledges as they are; your changes wait.',
  lastMoved: (date: string, name: string, what: string, change: number, year: string) =>
    `The last large move: ${name}, ${day(date)}${what}, ${signed(change, 2)} Gt in ${year}.`,
  newest: (date: string, name: string) => `Newest document: ${name}, ${day(date)}.`,
  /** As the library calls them: "C1:p25" is a percentile of C1. */
  goals: (benchmark: string) => {
    const title = ({ C1: '1.5 °C pathways', C2: '1.5 °C after a high overshoot', C3: '2 °C pathways', C4: '2 °C pathways', C5: '2.5 °C pathways' } as Record<string, string>)[benchmark.split(':', 1)[0]]
    return title === undefined ? `pathways ${benchmark}` : `${title} (${benchmark})`
  },

  pledgesFor: 'Pledges for', year: 'Year of the levels',
  dragToSuppose: 'Mt CO₂e without land use; drag to try another level',
  gone: (year: string, first: number) => `Mt CO₂e without land use. On this day ${year} can no longer be changed; levels can be supposed from ${first} on`,
  find: 'Find a country', order: 'Order', country: 'Country', allCountries: 'All countries', fewer: 'One at a time',
  orders: { level: 'largest', change: 'changed most', name: 'A to Z' } as Record<string, string>,
  noSuchCountry: 'No country of this name. Enter looks it up in French, Spanish and German too.',
  allOf: (n: number) => `All ${n}`,
  asPledged: 'as pledged', none: 'none', netZero: 'net zero', takeBack: 'reset', takeBackOf: (name: string) => `Reset the changes to ${name}`, netZeroOf: (name: string) => `Net-zero year of ${name}`,
  pledgedLevel: (level: number) => `pledged ${mt(level)}`,
  onThePledges: (percent: number) => `${fixed(Math.abs(percent), 0)} % ${percent < 0 ? 'below' : 'above'} the pledges`,
  slider: (level: number, year: string, change: number, lastYear: number) =>
    `${mt(level)} Mt in ${year}, ${fixed(Math.abs(100 * change), 0)} per cent ${change < 0 ? 'below' : 'above'} ${lastYear}`,
  percent, range,
}
