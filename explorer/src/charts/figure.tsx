/**
 * What every chart stands in: title, drawing at the width that there is, a reading that follows pointer and arrow
 * keys, the numbers as a table, and the command that gives them.
 */
import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Question } from '../state/question'
import { lineOf, saveChart } from '../ui/export'
import { Command } from '../ui/command'
import { DataTable, type Data } from '../ui/table'
import { say } from '../words/en'

/** How a reader goes along the chart: by year, by bar. */
export interface Walk {
  readonly first: number
  readonly last: number
  readonly step?: number
  /** Where the arrow keys begin; the last place by default. */
  readonly start?: number
  /** What is said at a place: "2030: pledges 52.7 Gt, …". */
  reading(at: number): string
  /** The place that a position of the pointer, in px from the drawing's left and top, means. */
  placeOf(x: number, y: number): number
  /** Go to what is there: Enter, or a click of a mouse. */
  open?(at: number): void
}

export interface Drawing {
  readonly width: number
  /** Where the reader is, or null. */
  readonly at: number | null
}

interface Props {
  readonly id: string
  readonly title: ComponentChildren
  readonly sub?: ComponentChildren
  /** The chart in one or two sentences, for those who cannot see it. */
  readonly summary: string
  readonly walk?: (width: number) => Walk
  readonly data?: () => Data
  /** The question whose CSV has these numbers: "gap"; or several that have them together. */
  readonly command?: string | readonly string[]
  /** Where it is not the question of the address. */
  readonly of?: Question
  readonly least?: number
  readonly children: (drawing: Drawing) => JSX.Element
}

export function useWidth<T extends HTMLElement>(least: number): [(element: T | null) => void, number] {
  const [width, setWidth] = useState(0)
  const [element, setElement] = useState<T | null>(null)
  useEffect(() => {
    if (element === null) return
    const observer = new ResizeObserver(() => setWidth(Math.max(least, Math.floor(element.clientWidth))))
    observer.observe(element)
    setWidth(Math.max(least, Math.floor(element.clientWidth)))
    return () => observer.disconnect()
  }, [element, least])
  return [setElement, width]
}

export function Figure({ id, title, sub, summary, walk, data, command, of, least = 240, children }: Props) {
  const [place, width] = useWidth<HTMLDivElement>(least)
  const [at, setAt] = useState<number | null>(null)
  const [open, setOpen] = useState(false)
  const drawing = useRef<HTMLDivElement>(null)
  const commands = command === undefined ? [] : [command].flat() as readonly string[]
  const line = () => commands.map(c => lineOf(c, of)).join(' && ')
  const steps = width > 0 ? walk?.(width) : undefined
  return (
    <figure id={id} class="figure">
      <figcaption>
        <h2 id={`${id}-title`}>{title}</h2>
        {sub !== undefined && <p class="sub">{sub}</p>}
      </figcaption>
      <div ref={place} class="place">
        {width > 0 && (
          <div ref={drawing} class="drawing" {...(steps === undefined ? { role: 'img', 'aria-label': summary } : walker(id, steps, at, setAt, drawing))}>
            {children({ width, at })}
          </div>
        )}
      </div>
      {steps !== undefined && <p class="reading" aria-hidden="true">{at === null ? ' ' : steps.reading(at)}</p>}
      <p class="unseen" id={`${id}-summary`}>{summary}</p>
      <div class="tools">
        {data !== undefined && (
          <button type="button" class="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? say.hideData : say.showData}</button>
        )}
        <button type="button" class="quiet" onClick={() => saveChart(drawing.current!, id, 'svg', line())}>SVG</button>
        <button type="button" class="quiet" onClick={() => saveChart(drawing.current!, id, 'png', line())}>PNG</button>
        {/* for a finger; the reading must not go when it is pressed */}
        {steps?.open !== undefined && at !== null && <button type="button" class="quiet" onPointerDown={event => event.preventDefault()} onMouseDown={event => event.preventDefault()} onClick={() => steps.open!(at)}>{say.open}</button>}
      </div>
      {open && data !== undefined && <DataTable name={id} data={data()} labelledBy={`${id}-title`} command={line()} />}
      {open && commands.map(c => <Command key={c} asked={c} of={of} />)}
    </figure>
  )
}

/** A chart that is walked along is a slider whose value is a reading. */
function walker(id: string, steps: Walk, at: number | null, setAt: (at: number | null) => void, drawing: { current: HTMLElement | null }) {
  const { first, last, step = 1 } = steps
  const resting = steps.start ?? last
  const bounded = (to: number) => Math.min(last, Math.max(first, to))
  const moves: Record<string, (from: number) => number> = {
    ArrowRight: from => from + step, ArrowUp: from => from + step, ArrowLeft: from => from - step, ArrowDown: from => from - step,
    PageUp: from => from + 10 * step, PageDown: from => from - 10 * step, Home: () => first, End: () => last,
  }
  const follow = (event: PointerEvent) => {
    const box = drawing.current!.getBoundingClientRect()
    const place = steps.placeOf(event.clientX - box.left, event.clientY - box.top)
    setAt(Number.isNaN(place) ? null : bounded(place))
  }
  return {
    role: 'slider' as const, tabIndex: 0, 'aria-labelledby': `${id}-title`, 'aria-describedby': `${id}-summary`,
    'aria-valuemin': first, 'aria-valuemax': last, 'aria-valuenow': at ?? resting, 'aria-valuetext': steps.reading(at ?? resting),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') return setAt(null)
      if (event.key === 'Enter' && at !== null) return steps.open?.(at)
      const move = moves[event.key]
      if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      setAt(at === null && steps.start !== undefined && event.key.startsWith('Arrow') ? steps.start : bounded(move(at ?? resting)))
    },
    onPointerMove: follow, onPointerDown: follow,
    onClick: (event: MouseEvent) => at !== null && (event as PointerEvent).pointerType === 'mouse' && steps.open?.(at),
    onPointerLeave: (event: PointerEvent) => event.pointerType !== 'touch' && document.activeElement !== drawing.current && setAt(null),
    onBlur: () => setAt(null),
  }
}
