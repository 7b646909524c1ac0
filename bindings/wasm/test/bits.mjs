/**
 * The page's engine against the native library: every array of the face, bit for bit, and answers, byte for byte, over
 * dates, options and changes.
 *   node bits.mjs FOLDER NATIVE-PROGRAM [STATES]        FOLDER has engine.wasm, answers.wasm and edition.page
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { openEngine, Refusal } from '../engine.mjs'

const ARRAYS = (
  'world baseline path land target gap benchmark years warming exceed peak ever observed members'
).split(' ')
const OPTIONS = {
  gwp: ['AR4', 'AR5', 'AR6', 'SAR'],
  year: ['2025', '2030', '2035'],
  benchmark: ['C1', 'C2', 'C3'],
  stated: ['own', 'scaled'],
  'include-announced': ['', null],
  'ignore-withdrawal': ['', null],
}
const QUESTIONS = [
  'targets', 'gap', 'country', 'country USA', 'country Germany', 'country G20', 'pathways --area BRA', 'history', 'fairness',
  'fairness IND', 'finance', 'finance USA', 'warming', 'assess --since 2020-12-31', 'assess --area IND', 'timeline --no-warming',
]
const AREAS = ['USA', 'China', 'IND', 'EU', 'Brazil', 'G20', 'TUV', 'South Africa']

// a small generator of our own, so that a failure can be repeated
let state = 20210422n
function random(limit) {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn
  return Number((state >> 33n) % BigInt(limit))
}
const any = list => list[random(list.length)]

function date(i) {
  const first = Date.UTC(2016, 0, 1)
  const last = Date.UTC(2026, 10, 1)
  return new Date(first + ((last - first) * i) / 39).toISOString().slice(0, 10)
}

function makeActs(states) {
  const acts = []
  for (let i = 0; i < states; i++) {
    acts.push(['set', 'as-of', date(i % 40)])
    const option = any(Object.keys(OPTIONS))
    const value = any(OPTIONS[option])
    if (value !== null) acts.push(['set', option, value])
    if (random(2)) acts.push(['target', any(AREAS), `${any([2030, 2035])}=-${5 + random(60)}%`])
    if (random(3) === 0) acts.push(['target', any(AREAS.slice(0, 5)), `2035=${500 + random(5000)}Mt`])
    if (random(3) === 0) acts.push(['net-zero', any(AREAS), any(['0', '2045', '2060'])])
    if (random(5) === 0) acts.push(['reset'])
    acts.push(['update', any(['1', '3', '7'])])
    acts.push(['ask', any(QUESTIONS), any(['csv', 'csv', 'text'])])
  }
  return acts
}

function* nativeAnswers(output) {
  let at = 0
  while (at < output.length) {
    const count = output.readBigUInt64LE(at)
    at += 8
    if (count === 0xffffffffffffffffn) {
      yield null
      continue
    }
    const size = Number(count)
    yield output.subarray(at, at + size)
    at += size
  }
}

function perform(engine, [what, ...words]) {
  if (what === 'set') engine.set(...words)
  else if (what === 'target') engine.target(...words)
  else if (what === 'net-zero') engine.netZero(words[0], Number(words[1]))
  else if (what === 'reset') engine.reset()
  else if (what === 'ask') return engine.ask(...words)
  else engine.update(Number(words[0]))
}

const [folder, native, states = '120'] = process.argv.slice(2)
const acts = makeActs(Number(states))
const output = execFileSync(native, {
  input: acts.map(words => words.join('\t')).join('\n') + '\n',
  maxBuffer: 2 ** 31 - 1,
})
const expected = nativeAnswers(output)
const [wasm, answers, edition] = ['engine.wasm', 'answers.wasm', 'edition.page'].map(name => readFileSync(join(folder, name)))
const engine = await openEngine(wasm, edition, answers)
let compared = 0
let refused = 0
let asked = 0
let wrong = 0

function differing(here, there) {
  const i = here.findIndex((line, k) => line !== there[k])
  return `line ${i + 1} is\n    ${here[i]}\nthe native library has\n    ${there[i]}`
}

function fail(act, text) {
  wrong++
  if (wrong <= 20) console.error(`act ${acts.indexOf(act)} (${act.join(' ')}): ${text}`)
}

for (const act of acts) {
  let answer
  try {
    answer = perform(engine, act)
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    refused++
    if (expected.next().value !== null) throw new Error(`${act.join(' ')}: refused here alone: ${refusal.message}`)
    continue
  }
  if (act[0] === 'ask') {
    const there = expected.next().value
    if (there === null) throw new Error(`${act.join(' ')}: refused by the native library alone`)
    asked++
    if (!Buffer.from(answer).equals(there)) fail(act, differing(answer.split('\n'), there.toString().split('\n')))
  }
  if (act[0] !== 'update') continue
  for (const name of ARRAYS) {
    const there = expected.next().value
    if (there === null) throw new Error(`${act.join(' ')}: refused by the native library alone`)
    const here = engine.array(name)
    const bytes = here === null ? Buffer.alloc(0) : Buffer.from(here.values.slice().buffer)
    if (bytes.length !== there.length) {
      fail(act, `${name} has ${bytes.length / 8} values, the native library ${there.length / 8}`)
      continue
    }
    compared += bytes.length / 8
    if (bytes.equals(there)) continue
    const aligned = new Float64Array(there.buffer.slice(there.byteOffset, there.byteOffset + there.length))
    const i = here.values.findIndex((value, k) => !Object.is(value, aligned[k]))
    if (i >= 0) fail(act, `${name}[${i}] is ${here.values[i]}, the native library has ${aligned[i]}`)
  }
}
if (!expected.next().done) fail(acts.at(-1), 'the native library has more to say')
console.log(`${acts.length} acts, ${refused} refused by both, ${compared} values and ${asked} answers compared, ${wrong} differ`)
process.exit(wrong === 0 && compared > 0 && asked > 0 ? 0 : 1)
