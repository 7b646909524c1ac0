/**
 * The engine: the library's face (include/stocktake.h) over WebAssembly, for a page, a worker or Node.
 *
 *   const engine = await openEngine(wasmBytes, editionBytes)
 *   engine.set('as-of', '2025-11-05')
 *   engine.target('USA', '2035=3500Mt')
 *   engine.update(LEVELS | WARMING)
 *   const { values, shape } = engine.array('gap')
 *
 * What the library refuses is thrown as a Refusal with its message. Arrays are views that hold until the next update.
 *
 * The engine comes whole (stocktake.wasm) or in two (split.mjs): engine.wasm has what live numbers need; answers.wasm
 * has the rest, and is handed over before it is needed: openEngine(wasm, edition, answers) or engine.answers(bytes).
 */

export const LEVELS = 1
export const WARMING = 2
export const CASES = 4

export class Refusal extends Error {}

const utf8 = new TextDecoder()
const toUtf8 = new TextEncoder()
const ERRNO_BADF = 8
const ERRNO_NOSYS = 52

/** What wasi-libc asks of its host, by the names that the module imports. There are no files, arguments or environment. */
function host(name, memory) {
  const known = {
    clock_time_get: (_clock, _precision, out) => {
      new DataView(memory().buffer).setBigUint64(out, BigInt(Date.now()) * 1000000n, true)
      return 0
    },
    proc_exit: code => {
      throw new Error(`the engine stopped (${code})`)
    },
  }
  return known[name] ?? (() => (name.startsWith('fd_') ? ERRNO_BADF : ERRNO_NOSYS))
}

/** The module's exports, and what takes the other part of it. */
export async function instantiate(wasm) {
  let rest = null
  // the first call of a function that is elsewhere puts all of them into the table
  const later = slot => (...values) => {
    if (rest === null) throw new Error('answers.wasm is not there yet')
    new WebAssembly.Instance(new WebAssembly.Module(rest), { primary: exports })
    return exports['%table'].get(slot)(...values)
  }
  const module = await WebAssembly.compile(wasm)
  const imports = { wasi_snapshot_preview1: {}, placeholder: {} }
  for (const { module: from, name } of WebAssembly.Module.imports(module))
    imports[from][name] = from === 'placeholder' ? later(Number(name)) : host(name, () => exports.memory)
  const { exports } = await WebAssembly.instantiate(module, imports)
  exports._initialize()
  return { exports, take: bytes => (rest = bytes) }
}

export async function openEngine(wasm, edition, answers = null) {
  const { exports, take } = await instantiate(wasm)
  take(answers)
  return new Engine(exports, edition, take)
}

export class Engine {
  #c
  #session
  /** Hand over answers.wasm, where it came later. */
  answers

  constructor(exports, edition, take) {
    this.#c = exports
    this.answers = take
    const bytes = exports.malloc(edition.length)
    new Uint8Array(exports.memory.buffer).set(edition, bytes)
    exports.stk_page_edition(bytes, edition.length)
    const place = exports.malloc(4)
    const result = exports.stk_session_open(0, place)
    this.#session = new DataView(exports.memory.buffer).getUint32(place, true)
    exports.free(place)
    this.#check(result)
  }

  close() {
    this.#c.stk_session_close(this.#session)
  }

  /** The checksum of the edition's data, 64 digits, as the command tells it. */
  edition() {
    const digits = this.#text(this.#c.stk_session_edition(this.#session))
    if (digits === null) this.#check(1)
    return digits
  }

  /** The newest day of a document; '' where there is none. */
  knownUntil() {
    const day = this.#text(this.#c.stk_session_known_until(this.#session))
    if (day === null) this.#check(1)
    return day
  }

  /** Conferences of the Parties and the days on which they closed, in order. */
  conferences() {
    const all = []
    for (let i = 0; this.#c.stk_conference_name(i) !== 0; i++)
      all.push({ name: this.#text(this.#c.stk_conference_name(i)), closed: this.#text(this.#c.stk_conference_closing_day(i)) })
    return all
  }

  #text(pointer, size) {
    if (pointer === 0) return null
    const bytes = new Uint8Array(this.#c.memory.buffer)
    const end = size === undefined ? bytes.indexOf(0, pointer) : pointer + size
    return utf8.decode(bytes.subarray(pointer, end))
  }

  #check(result) {
    if (result !== 0) throw new Refusal(this.#text(this.#c.stk_session_message(this.#session)))
  }

  /** Call the face's function of that name; texts are copied in and released again, null stays NULL. */
  #call(name, ...words) {
    return this.#with(words, (...passed) => this.#c[name](this.#session, ...passed))
  }

  #with(words, call) {
    const held = []
    const passed = words.map(word => {
      if (typeof word !== 'string') return word ?? 0
      const bytes = toUtf8.encode(word)
      const place = this.#c.malloc(bytes.length + 1)
      const memory = new Uint8Array(this.#c.memory.buffer)
      memory.set(bytes, place)
      memory[place + bytes.length] = 0
      held.push(place)
      return place
    })
    try {
      return call(...passed)
    } finally {
      held.forEach(place => this.#c.free(place))
    }
  }

  /** Numbers that a call writes behind its arguments. */
  #out(count, call) {
    const place = this.#c.malloc(4 * count)
    try {
      const result = call(place)
      return [result, ...new Uint32Array(this.#c.memory.buffer, place, count)]
    } finally {
      this.#c.free(place)
    }
  }

  /** The library's options, and which of some questions take them. */
  options(questions) {
    const c = this.#c
    return Array.from({ length: c.stk_option_count() }, (_, i) => ({
      name: this.#text(c.stk_option_name(i)),
      kind: this.#text(c.stk_option_kind(i)),
      choices: this.#text(c.stk_option_choices(i)).split('|').filter(Boolean),
      usual: this.#text(c.stk_option_default(i)),
      help: this.#text(c.stk_option_help(i)),
      questions: questions.filter(question => this.#with([question], word => c.stk_option_applies(i, word))),
    }))
  }

  set(option, value) {
    this.#check(this.#call('stk_session_set', option, value))
  }

  target(area, target) {
    this.#check(this.#call('stk_session_target', area, target))
  }

  netZero(area, year) {
    this.#check(this.#call('stk_session_net_zero', area, year))
  }

  whatIf(words) {
    this.#check(this.#call('stk_session_what_if', words))
  }

  reset(area = null) {
    this.#check(this.#call('stk_session_reset', area))
  }

  update(parts) {
    this.#check(this.#call('stk_session_update', parts))
  }

  /** An array of the last update, or null where it was not asked for. */
  array(name) {
    const [values, ...rest] = this.#out(5, place => this.#call('stk_session_array', name, place, place + 16))
    if (values === 0) return null
    const shape = rest.slice(0, rest[4])
    return { values: new Float64Array(this.#c.memory.buffer, values, shape.reduce((a, b) => a * b, 1)), shape }
  }

  /** The labels of an axis: codes, years, percentiles; null where a place has none. */
  axis(array, axis, count) {
    return Array.from({ length: count }, (_, i) => this.#text(this.#call('stk_session_axis', array, axis, i)))
  }

  /** The answer to a question as the command writes it. */
  ask(question, format = null) {
    const [result, bytes, size] = this.#out(2, place => this.#call('stk_session_ask', question, format, place, place + 4))
    this.#check(result)
    return this.#text(bytes, size)
  }

  /** What the command would say besides the last answer, a line each. */
  remarks() {
    return this.#text(this.#call('stk_session_remarks'))
  }

  /** The answer to a question as columns: { name: values }. */
  table(question) {
    const [result, rows, columns] = this.#out(2, place => this.#call('stk_session_table', question, place, place + 4))
    this.#check(result)
    return Object.fromEntries(Array.from({ length: columns }, (_, c) => this.#column(c, rows)))
  }

  #column(c, rows) {
    const [values, name, , type] = this.#out(3, place =>
      this.#call('stk_session_column', c, place, place + 4, place + 8),
    )
    const column =
      type === 0
        ? new Float64Array(this.#c.memory.buffer, values, rows).slice()
        : Array.from(new Uint32Array(this.#c.memory.buffer, values, rows), text => this.#text(text))
    return [this.#text(name), column]
  }
}
