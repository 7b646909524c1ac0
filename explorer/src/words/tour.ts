/** Words of the tour of the week of 22 April 2021. Every figure is handed in. */
import { day, fixed, gt, kelvin, mt, range, signed } from './numbers'

export interface Level {
  readonly before: number
  readonly after: number
}

export const say = {
  name: 'A week in April 2021',
  stepOf: (n: number, all: number) => `Step ${n} of ${all}`,
  back: 'Back', next: 'Next', end: 'End the tour', escape: 'Escape ends the tour; every control stays live.',
  waiting: 'Computing …',
  failed: 'The figures of this step cannot be had:',
  announced: 'Count announcements',

  titles: [
    'The world on 20 April 2021', 'The United States', 'Japan and Canada', 'Two ways to count', 'The rises of CO₂', 'Announced or submitted',
    'Conditions and hot air', 'What came after',
  ],

  world: (date: string, level: readonly [number, number], gap: readonly [number, number], warming: number) =>
    `On ${day(date)}, two days before the Leaders Summit on Climate, the pledges lead to ${range(...level, gt)} Gt in 2030 with land use, ${range(...gap, gt)} Gt above 1.5 °C pathways. ` +
    `Half of the futures that follow are warmer than ${kelvin(warming)} °C in 2100, even with net-zero aims.`,
  unitedStates: (level: Level, gap: Level, largest: boolean) =>
    `On 22 April the United States submits a new document: its level in 2030 goes from ${mt(level.before)} to ${mt(level.after)} Mt, ${mt(level.before - level.after)} Mt less. ` +
    `The gap goes from ${fixed(gap.before, 1)} to ${fixed(gap.after, 1)} Gt${largest ? '; no other document of the week moves it as much' : ''}.`,
  others: (japan: Level, canada: Level, gap: Level) =>
    `On the same day Japan announces ${mt(japan.after)} Mt instead of ${mt(japan.before)}, Canada ${mt(canada.after)} instead of ${mt(canada.before)}; their documents come months later. ` +
    `With these and all that was announced before, the gap goes from ${fixed(gap.before, 1)} to ${fixed(gap.after, 1)} Gt.`,
  counterfactuals: (previous: readonly [number, number], baseline: readonly [number, number]) =>
    `Against its pledge of the day before, the document of the United States closes ${range(...previous, v => fixed(v, 1))} % of the gap; against no pledge at all, ${range(...baseline, v => fixed(v, 1))} %. ` +
    'Both are right, and a headline should say which one it means.',
  rises: (year: number, rank: number, change: number, firstYear: number, firstChange: number) =>
    `While leaders spoke, fossil CO₂ was rising again after the pandemic: by ${fixed(change, 2)} Gt in ${year}, ${rank === 1 ? 'the largest yearly rise on record' : `number ${rank} of the yearly rises on record`}. ` +
    `${rank === 1 ? 'No year has' : `The largest, in ${firstYear}, is`} ${rank === 1 ? `more than ${fixed(firstChange, 2)} Gt` : `${fixed(firstChange, 2)} Gt`}; one year’s rise can be as large as what a great pledge takes off by 2030.`,
  announcements: (without: number, withThem: number, warming: number, warmingWith: number) =>
    `Without announcements and drafts the gap is ${fixed(without, 1)} Gt on that day, with them ${fixed(withThem, 1)} Gt. ` +
    `Warming in 2100 moves by ${signed(warmingWith - warming, 2)} °C: switch them off and on, and see which.`,
  hotAir: (gap: number, conditional: number, hotAir: number) =>
    `If help comes and conditions are met, the gap is ${fixed(conditional, 1)} instead of ${fixed(gap, 1)} Gt. ` +
    `And ${fixed(hotAir, 1)} Gt of what is pledged lie above the Parties’ own trends: capped there, the gap is ${fixed(gap - hotAir, 1)} Gt, with no country doing more.`,
  after: (gap2021: number, gap: number, warming2021: number, warming: number) =>
    `Today the gap in 2030 is ${fixed(gap, 1)} Gt where it was ${fixed(gap2021, 1)} after that week, and the median of 2100 with net-zero aims ${fixed(warming, 2)} °C where it was ${fixed(warming2021, 2)}. ` +
    'Move the day along the line above and watch each document arrive.',
}
