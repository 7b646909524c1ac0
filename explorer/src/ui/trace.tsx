/** The chain behind a level, as the command prints it, set as a list of steps. */
import { say } from '../words/method'

interface Step {
  readonly label: string
  readonly lines: readonly string[]
}

interface Chain {
  readonly title: string
  readonly steps: readonly Step[]
}

const labelled = /^ {2}(\S.*?) {2,}(.*)$/
const continued = /^ {4,}(\S.*)$/

/** "Brazil (BRA) 2025, unconditional low" starts a chain, "  Rule        net" a step, deeper lines go on with it. */
export function chainsOf(text: string): Chain[] {
  return text.split(/\n\n+/).flatMap(block => {
    const [title, ...lines] = block.split('\n')
    const steps: { label: string; lines: string[] }[] = []
    for (const line of lines) {
      const [, label, first] = labelled.exec(line) ?? []
      const more = continued.exec(line)
      if (label !== undefined && !/^ {4}/.test(line)) steps.push({ label, lines: [first] })
      else if (more !== null && steps.length > 0) steps.at(-1)!.lines.push(more[1])
    }
    return steps.length === 0 ? [] : [{ title, steps }]
  })
}

export function Trace({ text }: { text: string | null }) {
  if (text === null) return null
  const chains = chainsOf(text)
  if (chains.length === 0) return <p class="sub">{say.noTargets}</p>
  return (
    <div class="chains">
      {chains.map(({ title, steps }) => (
        <section key={title} class="chain">
          <h3>{title}</h3>
          <dl>
            {steps.map(({ label, lines }, i) => (
              <div key={i} class={label === 'Level' ? 'step level' : 'step'}>
                <dt>{label}</dt>
                <dd>{lines.map(line => <Line key={line} text={line} />)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}

const Line = ({ text }: { text: string }) => (/^https?:\/\/\S+$/.test(text) ? <a href={text} rel="noreferrer">{decoded(text)}</a> : <span>{text}</span>)

/** The file's name says more than the whole address. */
function decoded(address: string): string {
  const { hostname, pathname } = new URL(address)
  const name = pathname.split('/').filter(Boolean).at(-1) ?? ''
  try {
    return `${hostname}: ${decodeURIComponent(name)}`
  } catch {
    return `${hostname}: ${name}`
  }
}
