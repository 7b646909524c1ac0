/** Words of the map. */
import { count } from './en'
import { day, fixed, mt, signed } from './numbers'

export type Quantity = 'change' | 'head' | 'since' | 'mark'

/** What a level rests on, in the words of the library. */
export const marks: Record<string, string> = {
  A: 'read from the document or a database built on it', 'A*': 'the same, corrected by hand', B: 'a named page or a lesser database', S: 'a news article',
  C: 'from memory, not verified', R: 'the newest document not read, or a reading of it refused', '': 'no target of the Party’s own reaches the year',
}

const percent = (v: number) => `${signed(v, 0)} %`

export const mapWords = {
  bins: (last: number) => `0 to ${last} with points between, as 0.1`,
  quantity: 'What the map shows',
  quantities: (last: number): Record<Quantity, string> => ({
    change: `Change from ${last}`, head: 'Level per head', since: 'Change since a date', mark: 'How reliable the data is',
  }),
  titles: (year: string, last: number, since: string): Record<Quantity, string> => ({
    change: `Pledged level for ${year} against ${last}`, head: `Pledged level for ${year} per head`, since: `Pledged level for ${year} against that of ${day(since)}`, mark: `How reliable the levels for ${year} are`,
  }),
  units: { change: '%', head: 't CO₂e', since: '%', mark: '' } as Record<Quantity, string>,
  sub: 'unconditional pledges, low ambition, without land use; members of the European Union have its value; dashed outline: no target reaches the year, the level is where current trends lead; grey hatching: territories without a pledge. Borders imply no opinion.',
  legend: 'Number of Parties in each step; press one to see it alone', legendOf: (unit: string) => `Number of Parties in each step${unit === '' ? '' : ` (${unit})`}; press one to see it alone`,
  unfilter: 'All steps',
  showing: (n: number, all: number) => (n === all ? count(all, 'Party', 'Parties') : `${n} of ${count(all, 'Party', 'Parties')}`),
  value: (quantity: Quantity, value: number | string) =>
    typeof value === 'string' ? value || 'none' : !Number.isFinite(value) ? '–' : quantity === 'head' ? fixed(value, 1) : signed(value, 0),
  markOf: (mark: string) => marks[mark] ?? mark,
  markLabels: ['A', 'A*', 'B', 'S', 'C', 'R', 'none'],
  columns: { name: 'Party', value: { change: 'Change', since: 'Change', head: 'Per head', mark: '' } as Record<Quantity, string>, level: 'Level', last: 'In', mark: 'Mark' },
  find: 'Find a country',
  notFound: 'No country of this name.',

  headline: {
    change: (year: string, last: number, below: number, above: number) =>
      `${count(below, 'Party heads', 'Parties head')} for less in ${year} than in ${last}, ${above} for more.`,
    head: (year: string, low: string, least: number, high: string, most: number, middle: number) =>
      `Per head, the levels of ${year} reach from ${fixed(least, 1)} t in ${low} to ${fixed(most, 1)} t in ${high}; half of the Parties lie below ${fixed(middle, 1)} t.`,
    since: (year: string, since: string, down: number, up: number) =>
      `Since ${day(since)} the level pledged for ${year} went down for ${count(down, 'Party', 'Parties')} and up for ${up}.`,
    mark: (year: string, n: number, all: number, none: number) =>
      `Of ${all} Parties, ${n} have a level for ${year} that was read from the document itself or a database built on it; ${none} have no target that reaches the year.`,
  },
  largest: (items: readonly (readonly [string, string])[]) => `The largest emitters: ${items.map(([name, value]) => `${name} ${value}`).join(', ')}.`,
  asOne: 'The European Union counts as one Party.',
  short: (quantity: Quantity, value: number | string) => (typeof value === 'string' ? value || 'no target' : quantity === 'head' ? `${fixed(value, 1)} t` : percent(value)),

  read: {
    change: (name: string, level: number, year: string, change: number, last: number) =>
      `${name}: ${mt(level)} Mt in ${year}, ${Number.isFinite(change) ? `${fixed(Math.abs(change), 0)} % ${change < 0 ? 'below' : 'above'} ${last}` : `nothing to compare in ${last}`}`,
    head: (name: string, level: number, year: string, head: number) => `${name}: ${fixed(head, 1)} t per head in ${year}, ${mt(level)} Mt together`,
    since: (name: string, level: number, year: string, change: number, before: number, since: string) =>
      Number.isFinite(change) ? `${name}: ${signed(change, 1)} % since ${day(since)}, from ${mt(before)} to ${mt(level)} Mt in ${year}` : `${name}: no level of its own on ${day(since)}`,
    mark: (name: string, mark: string) => `${name}: ${mark === '' ? '' : `${mark}, `}${marks[mark] ?? ''}`,
  },
  document: (date: string, status: string, target: number, year: string) =>
    status === 'supposed' ? '; supposed by you' : `; ${status === 'submitted' ? 'document' : status} of ${day(date)}${String(target) === year ? '' : `, target for ${target}`}`,
  noTarget: (suspended: boolean) => (suspended ? '; outside the Agreement' : '; no target reaches the year'),
  territory: (name: string) => `${name}: no pledge of its own`,
  summary: (n: number, title: string) => `A map of ${n} Parties: ${title}. Arrow keys go from country to country in the order of the table, Enter opens one.`,
}
