/** Words of the comparison. */
import type { Compared, Sheet } from '../state/sheet'
import { article, listed } from './changes'
import { fixed, level, range, signed } from './numbers'

/** As the table has it: Mt as levels, tons to a tenth, an index as its percentage. */
const amount = (v: number, unit: string) => (unit === 'mt' ? level(v) : fixed(v, unit === 'head' ? 1 : 0))
const past = (s: Sheet) => `${fixed(s.fossil_co2_share_pct, 1)} % of fossil CO₂ since ${s.fossil_co2_from}, ${fixed(s.co2_share_pct, 1)} % of all CO₂ with land use`
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

export const compareWords = {
  title: 'Compare countries',
  amount,
  headline: (areas: readonly { name: string; perHead: number }[], year: string, supposed: boolean) =>
    capital(`${supposed ? 'with your changes, ' : ''}per person, ${listed(areas.map(({ name, perHead }, i) => `${name === 'World' ? 'the world' : article(name)} ${i === 0 ? 'heads for ' : ''}${fixed(perHead, 1)} t${i === 0 ? ' of CO₂e' : ''}`))} in ${year}.`),
  one: 'Choose two countries or groups to compare.',
  lead: 'Unconditional pledges at low ambition, without land use; the same axis for all, so that sizes can be compared.',
  add: 'Add a country or group', remove: (name: string) => `Take ${name} out`, full: 'Six are the most that are compared at once.',
  leftOut: (left: readonly string[]) => `${listed(left)} ${left.length === 1 ? 'is' : 'are'} left out.`,
  chosen: 'Compared', unit: 'Unit',
  units: { mt: 'Mt', head: 't per head', 1990: '1990 = 100', 2005: '2005 = 100', 2010: '2010 = 100' } as Record<string, string>,
  unitOf: { mt: 'Mt CO₂e a year', head: 't CO₂e per head and year', 1990: 'emissions of 1990 = 100', 2005: 'emissions of 2005 = 100', 2010: 'emissions of 2010 = 100' } as Record<string, string>,
  pathsTitle: 'Where each is heading',
  pathsSub: (unit: string, year: string) => `${unit}, without land use; shaded: to conditional pledges at high ambition; dashes: baseline; the number is that of ${year}`,
  pathsSummary: (areas: readonly { name: string; at: number }[], unit: string, year: string) => `${compareWords.unitOf[unit]} in ${year}: ${areas.map(a => `${a.name} ${amount(a.at, unit)}`).join(', ')}.`,
  read: (y: number, areas: readonly { name: string; value: number }[], unit: string) => `${y}, ${compareWords.unitOf[unit]}: ${areas.map(a => `${a.name} ${amount(a.value, unit)}`).join(', ')}`,
  barsTitle: 'Emissions per head, past CO₂, fair shares',
  barsSub: (year: number, from: number) => `Per head: ${year}, the line is the world. Share of the world’s CO₂ from ${from} to ${year}: fossil, and with land use (open). Fair shares: range of the methods for 1.5 °C in the year of the next target, with land use; the mark is the pledge, open for a baseline without one`,
  barsSummary: (areas: readonly Compared[]) => areas.map(({ sheet: s }) => `${s.name}: ${fixed(s.per_head_t, 1)} t per head, ${past(s)}`).join('; '),
  perHead: 't per head', cumulative: (from: number) => `% of fossil CO₂ since ${from}; open: with land use`, fair: 'fair shares, t per head',
  readBars: ({ sheet: s }: Compared) =>
    `${s.name}: ${fixed(s.per_head_t, 1)} t per head; ${past(s)}` +
    (s.what_is_rated === '' ? '' : `; fair shares in ${s.goal_year} ${range(s.fair_lo_per_head_t, s.fair_hi_per_head_t, v => fixed(v, 1))} t per head, ${s.what_is_rated} ${fixed(s.rated_per_head_t, 1)}`),
  noRating: 'not rated',
  tableTitle: 'Side by side', columns: {
    name: 'Area', emissions: (year: number) => `Emissions ${year}`, share: 'World', head: 'Per head', level: (year: string) => `Pledged ${year}`, headThen: (year: string) => `Per head ${year}`,
    against: (year: number | string) => `on ${year}`, fossil: (from: number) => `Fossil CO₂ since ${from}`, co2: 'with land use', fair: 'Fair shares', met: 'Readings met',
  },
  againstSub: (year: string) => `Percentages “on” a year: pledge for ${year} against emissions of that year. Fair shares of 1.5 °C (C1) in the year of the next target, Mt with land use: a rating is a reading of equity, not a verdict.`,
  change: (v: number) => (Number.isFinite(v) ? signed(v, 0) : '–'),
  fairRange: (lo: number, hi: number, year: number) => (Number.isFinite(lo) ? `${range(lo, hi, level)} (${year})` : '–'),
  levels: (low: number, high: number) => range(low, high, level),
}

