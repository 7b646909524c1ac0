/**
 * The worker: holds the engine and answers one request after the other. A frame that a newer one makes useless is
 * never asked for: the page has one in flight.
 */
import { openEngine, Refusal, LEVELS, WARMING, CASES, type ArrayName, type Engine } from '../../../bindings/wasm/engine.mjs'
import { words, type Question } from '../state/question'
import type { Facts, Frame, Numbers, Reply, Request, Wanted } from './protocol'

/** Questions of the command that the page asks or shows. */
export const questions = [
  'assess', 'targets', 'country', 'pathways', 'gap', 'warming', 'timeline', 'chart', 'report', 'history', 'fairness', 'finance',
]

/** Of the axis of pathways. */
const FIRST_YEAR = 1990
/** Of the edition's checksum, in addresses. */
const EDITION_DIGITS = 8

let engine: Engine
/** All actors, in the order that the page has them by; and at which row of the arrays each is at present. */
let actors: readonly string[] = []
let rows: readonly number[] = []
let held: Question = { options: {}, supposed: [] }

/** Bring the session from the question that it holds to another one. A refusal leaves it at the defaults. */
function turnTo(question: Question): void {
  const { options } = question
  try {
    for (const name of Object.keys(held.options)) if (!(name in options)) engine.set(name, null)
    for (const [name, value] of Object.entries(options)) if (held.options[name] !== value) engine.set(name, value)
    turnSupposed(question)
    held = question
  } catch (refusal) {
    for (const name of Object.keys({ ...held.options, ...options })) {
      try {
        engine.set(name, null)
      } catch { /* a name that is none was never set */ }
    }
    engine.reset()
    held = { options: {}, supposed: [] }
    throw refusal
  }
}

/** What is supposed stands in an order, one over the other: a list that goes on is added to, any other is laid anew. */
function turnSupposed({ supposed }: Question): void {
  const before = held.supposed.map(words)
  const now = supposed.map(words)
  const common = now.findIndex((w, i) => w !== before[i])
  if (common === -1 && now.length === before.length) return
  const last = before.length - 1
  const sameButLast = before.length === now.length && common === last && supposed[last].area === held.supposed[last].area &&
    about(now[last]) === about(before[last])
  if (!(sameButLast || (common === before.length && before.length < now.length))) engine.reset()
  const first = sameButLast ? last : common === before.length ? common : 0
  for (const w of now.slice(first)) engine.whatIf(w)
}
const about = (w: string) => w.slice(0, w.indexOf('='))

const actorsNow = () => engine.axis('target', 0, engine.array('target')!.shape[0]) as string[]

/** Arrays with a row an actor. */
const byActor = ['baseline', 'path', 'land', 'target']

/**
 * Rows in the page's order of actors, NaN for one that is none at present: the United Kingdom is one only since it left
 * the joint document of the European Union.
 */
function inOrder({ values, shape }: Numbers): Numbers {
  const size = values.length / shape[0]
  const ordered = new Float64Array(rows.length * size).fill(NaN)
  rows.forEach((row, i) => row >= 0 && ordered.set(values.subarray(row * size, (row + 1) * size), i * size))
  return { values: ordered, shape: [rows.length, ...shape.slice(1)] }
}

/** A copy that can be handed over. */
function copyOf(wanted: Wanted): Numbers | undefined {
  const [name, how, which] = wanted.split(/([:@])/)
  const found = engine.array(name as ArrayName)
  if (found === null) return undefined
  const { values, shape } = found
  if (name === 'members') return columnOf(values, shape, shape[1] - 1)
  if (how === '@') return inOrder(columnOf(values, shape, (which === '' ? engine.array('years')!.values[0] : Number(which)) - FIRST_YEAR))
  if (how === undefined) return byActor.includes(name) ? inOrder(found) : { values: values.slice(), shape }
  const row = rows[actors.indexOf(which)] ?? -1
  const size = values.length / shape[0]
  return row < 0 ? undefined : { values: values.slice(row * size, (row + 1) * size), shape: shape.slice(1) }
}

/** Which actors there are follows from the options alone. */
let orderedFor = ''
function orderActors({ options }: Question): void {
  const key = JSON.stringify(options)
  if (key === orderedFor) return
  const now = actorsNow()
  orderedFor = key
  rows = actors.map(iso3 => now.indexOf(iso3))
}

function columnOf(values: Float64Array, shape: readonly number[], column: number): Numbers {
  const width = shape[shape.length - 1]
  const rows = values.length / width
  return { values: Float64Array.from({ length: rows }, (_, i) => values[i * width + column]), shape: shape.slice(0, -1) }
}

function frame(request: Request & { kind: 'frame' }): void {
  const start = performance.now()
  const { id, question, cases, wanted } = request
  turnTo(question)
  engine.update(LEVELS | WARMING | (cases ? CASES : 0))
  orderActors(question)
  const copies = wanted.flatMap(name => {
    const numbers = copyOf(name)
    return numbers === undefined ? [] : [[name, numbers] as const]
  })
  const arrays: Frame['arrays'] = Object.fromEntries(copies)
  const took = performance.now() - start
  const handed = copies.map(([, { values }]) => values.buffer as ArrayBuffer)
  reply({ kind: 'frame', id, frame: { question, arrays, cases, took } }, handed)
}

async function open(request: Request & { kind: 'open' }): Promise<void> {
  engine = await openEngine(request.wasm, new Uint8Array(request.edition), new Uint8Array(request.answers))
  engine.update(LEVELS)
  actors = actorsNow()
  const edition = engine.edition().slice(0, EDITION_DIGITS)
  const facts: Facts = { options: engine.options(questions), actors, edition, knownUntil: engine.knownUntil(), conferences: engine.conferences(), years: copyOf('years')! }
  reply({ kind: 'opened', facts })
}

function perform(request: Exclude<Request, { kind: 'open' }>): void {
  const { id, question } = request
  if (request.kind === 'frame') return frame(request)
  turnTo(question)
  if (request.kind === 'table') return reply({ kind: 'table', id, table: engine.table(request.asked) })
  const text = engine.ask(request.asked, request.format)
  reply({ kind: 'text', id, text, remarks: engine.remarks() })
}

const reply = (message: Reply, handed: ArrayBuffer[] = []) => (self as unknown as Worker).postMessage(message, handed)

self.onmessage = async ({ data: request }: MessageEvent<Request>) => {
  try {
    if (request.kind === 'open') await open(request)
    else perform(request)
  } catch (error) {
    const id = request.kind === 'open' ? 0 : request.id
    const message = error instanceof Refusal ? error.message : `the engine failed: ${String(error)}`
    const unable = typeof WebAssembly === 'undefined' || error instanceof WebAssembly.CompileError
    reply({ kind: 'refused', id, message, unable })
  }
}
