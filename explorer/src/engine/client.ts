/**
 * The page's side of the engine. Frames: the latest question wins, one is in flight; once the reader pauses, the other
 * cases of warming follow. Tables and texts wait behind frames, in order.
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
  whole(question: Question, wanted: readonly Wanted[]): Promise<Frame>
  table(question: Question, asked: string): Promise<Table>
  ask(question: Question, asked: string, format?: string | null): Promise<{ text: string; remarks: string }>
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

type Waiting = { settle(reply: Reply): void; fail(error: Error): void }

class Client implements Engine {
  #ids = 0
  #inFlight = 0
  #next: { question: Question; wanted: readonly Wanted[] } | null = null
  #last: { question: Question; wanted: readonly Wanted[] } | null = null
  #pause: ReturnType<typeof setTimeout> | undefined
  #waiting = new Map<number, Waiting>()

  constructor(private worker: Worker, readonly facts: Facts, private listeners: Listeners) {
    worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#receive(data)
    worker.onerror = event => listeners.onRefused(`the engine failed: ${event.message}`)
  }

  frame(question: Question, wanted: readonly Wanted[]): void {
    clearTimeout(this.#pause)
    this.#pause = undefined
    this.#next = this.#last = { question, wanted }
    if (this.#inFlight === 0) this.#send(false)
  }

  #send(cases: boolean): void {
    const { question, wanted } = (this.#next ?? this.#last)!
    this.#next = null
    this.#inFlight = ++this.#ids
    this.#post({ kind: 'frame', id: this.#inFlight, question, wanted, cases })
  }

  whole(question: Question, wanted: readonly Wanted[]): Promise<Frame> {
    return this.#question({ kind: 'frame', id: ++this.#ids, question, wanted, cases: true }).then(reply => (reply as Reply & { kind: 'frame' }).frame)
  }

  table(question: Question, asked: string): Promise<Table> {
    return this.#question({ kind: 'table', id: ++this.#ids, question, asked }).then(reply => (reply as Reply & { kind: 'table' }).table)
  }

  ask(question: Question, asked: string, format: string | null = null): Promise<{ text: string; remarks: string }> {
    return this.#question({ kind: 'ask', id: ++this.#ids, question, asked, format }).then(reply => {
      const { text, remarks } = reply as Reply & { kind: 'text' }
      return { text, remarks }
    })
  }

  #question(request: Request & { id: number }): Promise<Reply> {
    return new Promise((settle, fail) => {
      this.#waiting.set(request.id, { settle, fail })
      this.#post(request)
    })
  }

  #post(request: Request): void {
    this.listeners.onBusy(true)
    this.worker.postMessage(request)
  }

  #receive(reply: Reply): void {
    if (reply.kind === 'opened') return
    const rest = this.#take(reply)
    this.listeners.onBusy(rest || this.#inFlight !== 0 || this.#waiting.size > 0)
  }

  /** Hand a reply to whom it is for. True if a rest of it is still to be asked for. */
  #take(reply: Exclude<Reply, { kind: 'opened' }>): boolean {
    const waiting = this.#waiting.get(reply.id)
    if (waiting !== undefined) {
      this.#waiting.delete(reply.id)
      if (reply.kind === 'refused') waiting.fail(new Refused(reply.message))
      else waiting.settle(reply)
      return this.#pause !== undefined
    }
    this.#inFlight = 0
    if (reply.kind === 'frame') this.listeners.onFrame(reply.frame)
    else if (reply.kind === 'refused') this.listeners.onRefused(reply.message)
    if (this.#next !== null) this.#send(false)
    else if (reply.kind === 'frame' && !reply.frame.cases) this.#pause = setTimeout(() => this.#finish(), PAUSE_MS)
    return this.#pause !== undefined
  }

  #finish(): void {
    this.#pause = undefined
    if (this.#inFlight === 0) this.#send(true)
  }
}
