/**
 * The page's side of the engine. Frames: the latest question wins, one is in flight; once the reader pauses, the other
 * cases of warming follow. The worker has one request at a time; tables and texts wait here behind frames, in order, and
 * those that nobody waits for any more are never sent.
 */
import type { Wanted, Facts, Frame, Reply, Request, Table } from './protocol'
import type { Question } from '../state/question'

/** How long after the last input the slower rest is computed, ms. */
const PAUSE_MS = 60

export interface Engine {
  readonly facts: Facts
  /** Ask for a frame; onFrame gets the newest, never an older one after it. */
  frame(question: Question, wanted: readonly Wanted[]): void
  /** A frame on the side, with all cases. */
  whole(question: Question, wanted: readonly Wanted[], unless?: AbortSignal): Promise<Frame>
  table(question: Question, asked: string, unless?: AbortSignal): Promise<Table>
  ask(question: Question, asked: string, format?: string | null, unless?: AbortSignal): Promise<{ text: string; remarks: string }>
}

export class Refused extends Error {}
/** The browser lacks what the engine needs. */
export class Unable extends Error {}

interface Listeners {
  onFrame(frame: Frame): void
  onRefused(message: string): void
  /** Whether anything is being computed or waits for its turn. */
  onBusy(busy: boolean): void
}

export interface Parts {
  readonly wasm: ArrayBuffer
  readonly answers: ArrayBuffer
  readonly edition: ArrayBuffer
}

export function startEngine(source: Worker, parts: Parts, listeners: Listeners): Promise<Engine> {
  return new Promise((opened, failed) => {
    source.onerror = event => failed(new Error(event.message))
    source.onmessage = ({ data }: MessageEvent<Reply>) => {
      if (data.kind === 'refused') failed(data.unable ? new Unable(data.message) : new Refused(data.message))
      if (data.kind !== 'opened') return
      opened(new Client(source, data.facts, listeners))
    }
    source.postMessage({ kind: 'open', ...parts } satisfies Request, Object.values(parts))
  })
}

interface Waiting {
  readonly request: Request & { id: number }
  settle(reply: Reply): void
  fail(error: Error): void
}

class Client implements Engine {
  #ids = 0
  /** What the worker is at: a question that waits, or a frame of its own. */
  #working: Waiting | 'frame' | null = null
  #next: { question: Question; wanted: readonly Wanted[] } | null = null
  #last: { question: Question; wanted: readonly Wanted[] } | null = null
  /** The rest of the last frame is due. */
  #rest = false
  #pause: ReturnType<typeof setTimeout> | undefined
  #queue: Waiting[] = []

  constructor(private worker: Worker, readonly facts: Facts, private listeners: Listeners) {
    worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#receive(data)
    worker.onerror = event => listeners.onRefused(`the engine failed: ${event.message}`)
  }

  frame(question: Question, wanted: readonly Wanted[]): void {
    clearTimeout(this.#pause)
    this.#pause = undefined
    this.#rest = false
    this.#next = this.#last = { question, wanted }
    this.#go()
  }

  whole(question: Question, wanted: readonly Wanted[], unless?: AbortSignal): Promise<Frame> {
    return this.#question({ kind: 'frame', id: ++this.#ids, question, wanted, cases: true }, unless).then(reply => (reply as Reply & { kind: 'frame' }).frame)
  }

  table(question: Question, asked: string, unless?: AbortSignal): Promise<Table> {
    return this.#question({ kind: 'table', id: ++this.#ids, question, asked }, unless).then(reply => (reply as Reply & { kind: 'table' }).table)
  }

  ask(question: Question, asked: string, format: string | null = null, unless?: AbortSignal): Promise<{ text: string; remarks: string }> {
    return this.#question({ kind: 'ask', id: ++this.#ids, question, asked, format }, unless).then(reply => {
      const { text, remarks } = reply as Reply & { kind: 'text' }
      return { text, remarks }
    })
  }

  #question(request: Request & { id: number }, unless?: AbortSignal): Promise<Reply> {
    return new Promise((settle, fail) => {
      const waiting = { request, settle, fail }
      this.#queue.push(waiting)
      unless?.addEventListener('abort', () => {
        if (!this.#queue.includes(waiting)) return
        this.#queue = this.#queue.filter(w => w !== waiting)
        fail(new Error('nobody waits for it'))
        this.#tellBusy()
      }, { once: true })
      this.#go()
    })
  }

  /** Give the worker what is due, if it has nothing: a frame, the rest of one, then what has waited longest. */
  #go(): void {
    if (this.#working === null && (this.#next !== null || this.#rest)) {
      const { question, wanted } = (this.#next ?? this.#last)!
      const cases = this.#next === null
      this.#next = null
      this.#rest = false
      this.#working = 'frame'
      this.worker.postMessage({ kind: 'frame', id: ++this.#ids, question, wanted, cases } satisfies Request)
    } else if (this.#working === null && this.#queue.length > 0) {
      this.#working = this.#queue.shift()!
      this.worker.postMessage(this.#working.request)
    }
    this.#tellBusy()
  }

  #tellBusy(): void {
    this.listeners.onBusy(this.#working !== null || this.#queue.length > 0 || this.#pause !== undefined)
  }

  #receive(reply: Reply): void {
    if (reply.kind === 'opened' || this.#working === null) return
    const was = this.#working
    this.#working = null
    if (was !== 'frame') {
      if (reply.kind === 'refused') was.fail(new Refused(reply.message))
      else was.settle(reply)
    } else if (reply.kind === 'frame') {
      this.listeners.onFrame(reply.frame)
      if (this.#next === null && !reply.frame.cases) {
        this.#pause = setTimeout(() => {
          this.#pause = undefined
          this.#rest = true
          this.#go()
        }, PAUSE_MS)
      }
    } else if (reply.kind === 'refused') this.listeners.onRefused(reply.message)
    this.#go()
  }
}
