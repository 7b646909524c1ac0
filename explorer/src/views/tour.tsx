/** A tour of the week of 22 April 2021: a bar over the live view, eight steps, each an address and two sentences. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { FunctionComponent } from 'preact'
import { address, ask, engine, go, question, turn } from '../state/store'
import { suppose, type Question } from '../state/question'
import { Look, steps, type Step } from '../state/tour'
import { Command } from '../ui/command'
import { say } from '../words/tour'
import { Assumptions } from './assumptions'
import { Changes } from './changes'
import { World } from './world'

const behind: Record<string, FunctionComponent> = { world: World, changes: Changes, assumptions: Assumptions }
const MOVE_MS = 2600

const placeOf = (text: string | undefined) => Math.min(steps.length, Math.max(1, Math.floor(Number(text)) || 1))
const stepNow = () => placeOf(address.value.own.step)

/** The view that a step stands over. */
export function TourView() {
  const View = behind[steps[stepNow() - 1].view]
  return <View />
}

/** Show a slider on its way; whatever the reader does meanwhile ends it. */
function useMovement(look: Look) {
  const running = useRef(0)
  const stop = () => {
    running.current++
  }
  const run = async (step: Step) => {
    const mine = ++running.current
    const { movement, question: end } = step
    if (movement === undefined || matchMedia('(prefers-reduced-motion: reduce)').matches) return ask(end)
    ask(movement.from, 'tour')
    const levels = await Promise.all(movement.parties.map(async iso3 => ({ iso3, ...(await look.change(movement, end, iso3)) })))
    const began = performance.now()
    let shown = question.value
    const frame = (now: number) => {
      if (mine !== running.current || question.value !== shown) return
      const share = Math.min(1, (now - began) / MOVE_MS)
      if (share === 1) return ask(end, 'tour')
      const eased = share * share * (3 - 2 * share)
      shown = levels.reduce<Question>((q, { iso3, before, after }) =>
        suppose(q, { area: iso3, change: `${2030}=${Math.round(before + eased * (after - before))}Mt` }), movement.from)
      ask(shown, 'tour')
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  }
  useEffect(() => stop, [])
  return run
}

export function TourBar() {
  const look = useMemo(() => new Look(engine.value!), [engine.value])
  const move = useMovement(look)
  const heading = useRef<HTMLHeadingElement>(null)
  const bar = useRef<HTMLElement>(null)
  const n = stepNow()
  const step = steps[n - 1]
  const to = (next: number) => {
    const there = steps[next - 1]
    turn({ own: { ...there.own, step: String(next) }, question: there.movement?.from ?? there.question })
    void move(there)
  }
  const end = () => go('world')
  const last = n === steps.length
  // an address without a step is the start; one with a step has its question already, unless it was cut
  const { options, supposed } = question.value
  const begins = address.value.own.step === undefined || (Object.keys(options).length + supposed.length === 0 && Object.keys(step.question.options).length > 0)
  useEffect(() => {
    if (begins) to(n)
  }, [begins])
  useEffect(() => {
    // the frame of the page gives the focus to the answer when a view comes
    requestAnimationFrame(() => requestAnimationFrame(() => heading.current?.focus({ preventScroll: true })))
    const onKeyDown = (event: KeyboardEvent) => {
      const open = event.target instanceof Element && event.target.closest('details[open], select')
      if (event.key === 'Escape' && !event.defaultPrevented && !open) end()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
  usePointed(n, step.points, bar)
  return (
    <section ref={bar} class="tour" aria-label={say.name}>
      <div class="told">
        <p class="sub">{say.name} · {say.stepOf(n, steps.length)}</p>
        <h2 ref={heading} tabIndex={-1}>{say.titles[n - 1]}</h2>
        <Words key={n} look={look} step={step} />
        {step.commands.map(asked => <Command key={asked} asked={asked} />)}
      </div>
      <div class="turns">
        <button type="button" disabled={n === 1} onClick={() => to(n - 1)}>{say.back}</button>
        <button type="button" class="main" onClick={() => (last ? end() : to(n + 1))}>{last ? say.end : say.next}</button>
        {!last && <button type="button" class="quiet" title={say.escape} onClick={end}>{say.end}</button>}
      </div>
    </section>
  )
}

function Words({ look, step }: { look: Look; step: Step }) {
  const [text, setText] = useState('')
  useEffect(() => {
    let current = true
    setText('')
    step.words(look).then(words => current && setText(words), (error: Error) => current && setText(`${say.failed} ${error.message}`))
    return () => {
      current = false
    }
  }, [step, look])
  return <p class="words" role="status">{text || say.waiting}</p>
}

/** What a step speaks of is marked, and brought into sight where it is not. */
function usePointed(n: number, selector: string, bar: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const style = document.createElement('style')
    style.textContent = `${selector}{outline:2px solid var(--mine);outline-offset:5px;border-radius:3px}`
    document.head.append(style)
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'
    const timer = setTimeout(() => {
      // where the bar does not stay in sight, it is what is read first
      const stays = getComputedStyle(bar.current!).position === 'sticky'
      if (stays) document.querySelector(selector)?.scrollIntoView({ block: 'center', behavior })
      else bar.current!.scrollIntoView({ block: 'nearest', behavior })
    }, 300)
    return () => {
      style.remove()
      clearTimeout(timer)
    }
  }, [n, selector])
}
