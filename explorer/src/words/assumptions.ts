/** Words of the view that shows what each choice of method does. */
import { fixed, signed } from './numbers'

export type Measure = 'warming' | 'gap'

export const say = {
  measures: { warming: 'Warming in 2100', gap: 'Gap' } as Record<Measure, string>,
  unit: { warming: 'K', gap: 'Gt CO₂e' } as Record<Measure, string>,
  measure: 'Show the change of',
  waiting: 'Seventeen other choices are run through the ensemble …',
  headline: (title: string, words: string, change: number, value: number) =>
    `No single choice of method moves the warming of 2100 more than “${title}: ${words}”: ${signed(change, 2)} °C, to ${fixed(value, 2)} °C.`,
  lead: (count: number, small: number, value: number, gap: number, year: string) =>
    `As asked, pledges with net-zero aims lead to ${fixed(value, 2)} °C in 2100 (median) and leave a gap of ${fixed(gap, 1)} Gt in ${year}. ` +
    `Each of ${count} other choices is made alone, with all others as they are; ${small} of them move 2100 by less than 0.01 °C.`,
  title: (measure: Measure, year: string) => (measure === 'warming' ? 'What each choice does to the warming of 2100' : `What each choice does to the gap in ${year}`),
  sub: (measure: Measure) =>
    measure === 'warming' ? 'change of the median in K, pledges and targets; one choice changed at a time' : 'change of the gap in Gt CO₂e, unconditional pledges at their weakest; one choice changed at a time',
  now: (words: string) => `now: ${words}`,
  reading: (title: string, words: string, warming: number, change: number, gap: number, gapChange: number) =>
    `${title}: ${words}: ${fixed(warming, 2)} °C (${signed(change, 3)}), gap ${fixed(gap, 1)} Gt (${signed(gapChange, 2)})`,
  summary: (rows: readonly string[]) => `Changes against the answer as it is asked: ${rows.join('; ')}.`,
  choose: 'Choose',
  chooseSub: 'Each choice is an option of the command and goes into the address; every view follows.',
  usual: (words: string) => (words === '' ? 'default' : `default: ${words}`),
  allUsual: 'Back to all defaults',
  on: 'yes',
  titles: { gwp: 'Global warming potentials', benchmark: 'Benchmark of the gap', year: 'Year of levels and gap' } as Record<string, string>,
  more: 'All of them in every combination, with the part of the variance that each explains, take minutes:',
}
