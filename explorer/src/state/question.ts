/**
 * What the reader asks: options by the names of the command, and what is supposed instead of what was pledged. It goes
 * into the fragment of the address, into the words of a command line, and to the engine.
 */
import type { Option } from '../../../bindings/wasm/engine.mjs'

export interface Supposed {
  /** A Party's code or a group: "USA", "G20". */
  readonly area: string
  /** "2035=3500Mt", "2035=-10%", "net-zero=2060": as --what-if has it behind the area. */
  readonly change: string
}

export interface Question {
  readonly options: Readonly<Record<string, string>>
  readonly supposed: readonly Supposed[]
}

/** Options of the command that no address has: files, forms of an answer, and what a view says by itself. */
const notAsked = ['area', 'what-if', 'drivers', 'baselines', 'pledges', 'format', 'output', 'edition', 'no-warming', 'counterfactual', 'parties']
/** Options that are asked by the page, out of the command's. */
export const askedOf = (options: readonly Option[]): readonly Option[] =>
  options.filter(({ name, questions }) => (questions.includes('assess') && !notAsked.includes(name)) || name === 'condition' || name === 'ambition')

export const asPledged: Question = { options: {}, supposed: [] }

export const words = ({ area, change }: Supposed): string => `${area} ${change}`

/** What a change is about; a later one about the same takes its place, as in the library. */
const aboutOf = (change: string) => change.slice(0, change.indexOf('='))

export function suppose(question: Question, supposed: Supposed): Question {
  const others = question.supposed.filter(s => s.area !== supposed.area || aboutOf(s.change) !== aboutOf(supposed.change))
  return { ...question, supposed: [...others, supposed] }
}

/** A change of a group against what is pledged; the sign says which way. */
export const byPercent = (year: string, percent: number) => `${year}=${percent > 0 ? '+' : ''}${percent}%`

/** Take back one change of an area ("2035", "net-zero"), or all of them. */
export function takeBack(question: Question, area: string, about?: string): Question {
  const stays = (s: Supposed) => s.area !== area || (about !== undefined && aboutOf(s.change) !== about)
  return { ...question, supposed: question.supposed.filter(stays) }
}

export function changeOf(question: Question, area: string, about: string): string | undefined {
  return question.supposed.find(s => s.area === area && aboutOf(s.change) === about)?.change.slice(about.length + 1)
}

/** Set an option; undefined gives it back its default. A switch is set by "". */
export function withOption(question: Question, name: string, value: string | undefined): Question {
  const { [name]: _, ...others } = question.options
  return { ...question, options: value === undefined ? others : { ...others, [name]: value } }
}

/** Quote a word for a shell where it needs it. */
const quoted = (word: string) =>
  /^[\w.,:=%@/+-]+$/.test(word) ? word : /["$`\\!]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`

/** Options that an answer has no use for: a command line with them is refused. */
function hasNoUse(command: string, name: string, options: Readonly<Record<string, string>>): boolean {
  const asked = command.split(' ', 1)[0]
  const given = (other: string) => other in options || command.includes(`--${other}`)
  const ofWorld = ['benchmark', 'counterfactual', 'no-warming', 'long-term']
  switch (asked) {
    case 'assess':
      return (name === 'counterfactual' && !given('since')) || (name === 'long-term' && given('no-warming')) || (ofWorld.includes(name) && given('area'))
    case 'timeline': return name === 'long-term' && given('no-warming')
    case 'warming': return (name === 'year' || name === 'benchmark') && !given('effects')
    case 'finance': return name === 'year' && given('since')
    default: return false
  }
}

/**
 * The command line that gives the figures of a question.
 * @param command "gap", "country BRA", "chart gap"; its first word says which options it takes
 */
export function commandLine(command: string, question: Question, table: readonly Option[]): string {
  const asked = command.split(' ', 1)[0]
  const said = table.flatMap(({ name, kind, questions }) => {
    const value = question.options[name]
    if (value === undefined || !questions.includes(asked) || command.includes(`--${name}`) || hasNoUse(command, name, question.options)) return []
    return kind === 'switch' ? [`--${name}`] : [`--${name} ${quoted(value)}`]
  })
  const takesSupposed = table.some(({ name, questions }) => name === 'what-if' && questions.includes(asked))
  const supposed = takesSupposed ? question.supposed.map(s => `--what-if ${quoted(words(s))}`) : []
  return ['stocktake', command, ...said, ...supposed].join(' ')
}
