/** Words of the views of countries. */
import type { Change, Numbered, Sheet } from '../state/sheet'
import { article, changesWords } from './changes'
import { count } from './en'
import { marks } from './map'
import { day, fixed, kelvin, level, range, shortDay, signed } from './numbers'

const documents: Record<string, string> = {
  indc: 'INDC', submitted: 'NDC', announced: 'announcement', draft: 'draft', supposed: 'supposed by you',
}
const kinds: Record<string, string> = { party: 'Party', member: 'member of the EU', territory: 'territory', bunker: 'international transport', difference: 'statistical difference' }
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
/** Levels from the smaller to the larger. */
const levels = (low: number, high: number) => range(low, high, level)
/** "19 to 35 % below 2023" */
function against(low: number, high: number, from: number, year: number): string {
  const [a, b] = [100 * (low / from - 1), 100 * (high / from - 1)]
  if (![a, b].every(Number.isFinite)) return ''
  const [x, y] = [fixed(Math.abs(a), 0), fixed(Math.abs(b), 0)]
  if (x === '0' && y === '0') return `, as much as in ${year}`
  const side = (v: number) => (v < 0 ? 'below' : 'above')
  return a * b < 0 && x !== '0' && y !== '0' ? `, from ${y} % ${side(b)} to ${x} % ${side(a)} ${year}` : `, ${range(Math.abs(a), Math.abs(b), v => fixed(v, 0))} % ${side(x === '0' ? b : a)} ${year}`
}

export interface Heading {
  readonly name: string
  readonly start: 'yours' | 'today' | string
  readonly kind: string
  readonly suspended: boolean
  readonly pledged: boolean
  /** A target is about the very year; else the pathway goes on from others. */
  readonly ofYear: boolean
  readonly year: string
  readonly low: number
  readonly high: number
  readonly last: number
  readonly lastYear: number
}

export const countryWords = {
  find: 'A country or group, in any language',
  headline: ({ name, start, kind, suspended, pledged, ofYear, year, low, high, last, lastYear }: Heading) => {
    const who = kind === 'world' ? 'the world' : article(name)
    const opening = start === 'yours' ? 'With your changes, ' : start === 'today' ? '' : `As of ${day(start)}, `
    const much = `${levels(low, high)} Mt in ${year}${against(low, high, last, lastYear)}`
    const plural = kind === 'group' && /(countries|Parties|nations)$| and /.test(name)
    const verb = start === 'yours' || kind !== 'party' || !ofYear ? `${plural ? 'head' : 'heads'} for` : 'pledges to emit'
    if (suspended && start !== 'yours') return capital(`${opening}${who} is outside the Paris Agreement and its pledges are suspended: it heads for ${much}.`)
    if (!pledged && kind === 'party' && start !== 'yours') return capital(`${opening}${who} has pledged no level of emissions; it heads for ${much}.`)
    return capital(`${opening}${who} ${verb} ${much}.`)
  },
  lead: (s: Sheet) =>
    `${s.year}: ${level(s.emissions_mt)} Mt CO₂e without land use, ${fixed(s.share_of_world_pct, s.share_of_world_pct < 0.1 ? 3 : 1)} % of the world’s` +
    `${Number.isFinite(s.rank) ? `, rank ${s.rank} of ${s.areas} areas` : ''}${Number.isFinite(s.per_head_t) ? `; ${fixed(s.per_head_t, 1)} t per head, where the world emits ${fixed(s.world_per_head_t, 1)} t` : ''}.` +
    (Number.isFinite(s.equal_cut_mt) && s.emissions_mt > 0 ? ` The cut that 1.5 °C pathways (${s.goal}) ask of the world, ${fixed(s.world_cut_pct, 0)} %, would leave it ${level(s.equal_cut_mt)} Mt in ${s.goal_year}.` : ''),

  chartTitle: (name: string) => `${name}, 1990 to 2060`,
  chartSub:
    'Mt CO₂e a year without land use. Shaded: to conditional pledges at high ambition; dashes: baseline without pledges; numbers: targets of documents, as they stood on their day; ▼ the world’s cut for 1.5 °C, ▲ equal emissions per head; dotted: as pledged, where you changed it',
  chartSummary: (name: string, year: string, low: number, high: number, last: number, lastMt: number, count: number) =>
    `${name} emitted ${level(lastMt)} Mt in ${last} and heads for ${levels(low, high)} Mt in ${year}; ${count} targets of its documents are marked.`,
  series: { baseline: 'baseline', pledged: 'as pledged', yours: 'yours', conditional: 'conditional' },
  cases: ['unconditional, low ambition', 'unconditional, high ambition', 'conditional, low ambition', 'conditional, high ambition'],
  equalCut: 'at the cut of the world', equalPerHead: 'at equal emissions per head',
  readHistory: (y: number, emitted: number) => `${y}: ${level(emitted)} Mt`,
  readPathway: (y: number, cases: readonly number[], baseline: number, targets: readonly Numbered[]) =>
    `${y}: ${level(cases[0])} Mt${level(cases[3]) === level(cases[0]) ? '' : `, conditional ${level(cases[3])}`}, baseline ${level(baseline)}` +
    targets.map(t => `; ${t.number}: ${documents[t.status] ?? t.status} of ${shortDay(t.submitted)}, ${levels(t.level_low_mt, t.level_high_mt)}`).join(''),

  yoursTitle: 'Try another pledge for', yoursSub: (year: string) => `Mt CO₂e without land use in ${year}; ticks: pledge, conditional pledge, last year of data`,
  groupSub: (year: string) => `one change for all members, in per cent of what each pledged for ${year}`,
  member: 'Moves as a whole with the joint document.',

  standsTitle: 'Where it stands',
  facts: (s: Sheet): readonly (readonly [string, string])[] => [
    [`Emissions in ${s.year}`, `${level(s.emissions_mt)} Mt, ${fixed(s.share_of_world_pct, s.share_of_world_pct < 0.1 ? 3 : 1)} % of the world${Number.isFinite(s.rank) ? `, rank ${s.rank} of ${s.areas}` : ''}`],
    ['Land use', `${level(s.land_use_co2_mt)} Mt CO₂`],
    ['Per head', `${fixed(s.per_head_t, 1)} t (world ${fixed(s.world_per_head_t, 1)})`],
    ['Per dollar of GDP', `${fixed(s.per_gdp_kg, 2)} kg (world ${fixed(s.world_per_gdp_kg, 2)})`],
    ['Change', [[s.change_from_year_before_pct, String(s.year - 1), 1], [s.change_from_1990_pct, '1990', 0], [s.change_from_2005_pct, '2005', 0], [s.change_from_2010_pct, '2010', 0]]
      .filter(([pct]) => Number.isFinite(pct)).map(([pct, from, digits]) => `${signed(pct as number, digits as number)} % from ${from}`).join(', ') || '–'],
    [`CO₂ since ${s.fossil_co2_from}`, `${fixed(s.fossil_cumulative_co2_gt, 1)} Gt fossil, ${fixed(s.fossil_co2_share_pct, 1)} % of the world’s; ${fixed(s.co2_share_pct, 1)} % with land use`],
  ],
  asksTitle: (s: Sheet) => `What 1.5 °C (${s.goal}) would ask in ${s.goal_year}`,
  asks: (s: Sheet): readonly (readonly [string, string])[] => [
    ['The cut of the world', `${level(s.equal_cut_mt)} Mt, ${fixed(s.world_cut_pct, 0)} % below ${s.year}`],
    ...(Number.isFinite(s.equal_per_head_mt) && s.kind !== 'world' ? [['Equal emissions per head', `${level(s.equal_per_head_mt)} Mt`] as const] : []),
    ...(s.what_is_rated !== '' ? [
      ['Fair shares, with land use', `${levels(s.fair_lo_mt, s.fair_hi_mt)} Mt, ${range(s.fair_lo_per_head_t, s.fair_hi_per_head_t, v => fixed(v, 1))} t per head`] as const,
      [`The ${s.what_is_rated}, with land use`, `${level(s.rated_mt)} Mt: meets ${s.readings_met} of ${s.readings} readings of equity; ${s.band} (${kelvin(s.implied_warming_k)} °C${s.warming_limit ? ` ${s.warming_limit}` : ''})`] as const,
    ] : []),
  ],
  fairLink: 'What each reading leaves it',
  compareLink: 'Compare it with others',

  documentsTitle: 'Its documents, and what each meant on its day', noDocuments: 'No document of its own.',
  membersTargets: 'A group has no documents of its own; those of its members are in the views of each.',
  document: (status: string) => documents[status] ?? status,
  columns: { number: 'No.', date: 'Date', document: 'Document', year: 'Year', states: 'States', level: 'Level then', how: 'How the level came about', mark: 'Mark', source: 'Source' },
  source: 'document', sourceOf: (t: { submitted?: string; date?: string; document?: string }) => `document of ${t.submitted ?? t.date}${t.document === undefined ? '' : `, ${t.document}`}`,
  meant: (low: number, high: number) => (Number.isFinite(low) ? levels(low, high) : 'no level'),
  marks: `Marks: ${Object.entries(marks).filter(([mark]) => mark !== '').map(([mark, what]) => `${mark} ${what}`).join('; ')}.`,

  closesTitle: 'What its documents close of the gap', closesSub: (year: string, goal: string) =>
    `Gap to ${goal} in ${year}, unconditional pledges, as pledged; positive closes it. Documents between two withdrawals add up, under the day of the newest. “Before” is against the day before, “no pledge” against no pledge at all; shares are of the gap before.`,
  stepsTitle: 'Each step by itself: change of the world’s level, Gt',
  noChange: 'None of its documents changes the world’s level in that year.',
  closes: { date: 'Date', event: 'What', level: 'Level', previous: 'Against the pledge before', baseline: 'Against no pledge' },
  event: (status: string) => (documents[status] === undefined ? changesWords.event(status) : documents[status]),
  moved: (c: Change) => (Math.abs(c.before_low_mt - c.after_low_mt) < 0.05 ? level(c.after_low_mt) : `${level(c.before_low_mt)} → ${levels(c.after_low_mt, c.after_high_mt)}`),

  netZeroTitle: 'Net zero, step by step', noNetZero: 'No aim of net zero is known on this date.',
  aim: { date: 'Date', standing: 'Standing', year: 'Year', scope: 'Gases', document: 'By', force: 'In force', source: 'Source' },
  compiled: 'as it stood when the data was compiled',

  // ---- all countries ----
  listHeadline: (first: readonly { name: string; share: number }[], parties: number, pledged: number, year: string) =>
    `${first.map(({ name, share }, i) => `${i === 0 ? capital(article(name)) : article(name)} ${i === 0 ? 'emits ' : ''}${fixed(share, 0)} %`).join(', ')} of the world’s greenhouse gases; ${pledged} of ${count(parties, 'Party has', 'Parties have')} a target that reaches ${year}.`,
  listLead: (year: number, pledgedYear: string) => `Emissions of ${year} without land use, and what the pledges lead to in ${pledgedYear}. The European Union is one Party; its members are listed besides.`,
  listTitle: 'Every country, territory and kind of transport',
  kinds,
  list: { name: 'Country', kind: 'Kind', emissions: 'Emissions', share: 'World', rank: 'Rank', perHead: 'Per head', perGdp: 'Per $ of GDP', level: (year: string) => `Pledged ${year}`, change: 'Change', mark: 'Mark' },
  filtered: (shown: number, all: number) => `${shown} of ${all}`,
}
