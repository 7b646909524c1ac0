/**
 * Cut the engine in two: what the first screen and every frame run, and what answers questions and reads what is
 * supposed, which a page loads next. The two share memory; results are those of the whole.
 *   node split.mjs ENGINE.wasm EDITION FOLDER        writes engine.wasm and answers.wasm
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { CASES, Engine, instantiate, LEVELS, WARMING } from './engine.mjs'

const FEATURES = ['simd', 'bulk-memory', 'nontrapping-float-to-int', 'sign-ext', 'mutable-globals'].map(f => `--enable-${f}`)
const ARRAYS = 'world baseline path land target gap benchmark years warming exceed peak ever observed members'.split(' ')

/** What stays: a start, frames, dates, the usual options. */
function work(engine) {
  engine.options(['assess', 'country'])
  engine.edition()
  const look = () => {
    for (const name of ARRAYS) engine.array(name)?.shape.forEach((_, axis) => engine.axis(name, axis, 1))
  }
  engine.update(LEVELS)
  engine.update(LEVELS | WARMING)
  engine.update(LEVELS | WARMING | CASES)
  look()
  for (const date of ['2016-06-01', '2021-04-22', '2025-11-05', null]) {
    engine.set('as-of', date)
    engine.update(LEVELS | WARMING)
  }
  for (const [option, value] of [['year', '2030'], ['benchmark', 'C3'], ['hot-air', 'cap'], ['include-announced', '']]) {
    engine.set(option, value)
    engine.update(LEVELS | WARMING)
    engine.set(option, null)
  }
  look()
  engine.reset()
  engine.update(LEVELS | WARMING)
}

/** Which functions that work has called, as wasm-split takes it. */
async function profile(wasm, edition) {
  const { exports } = await instantiate(wasm)
  work(new Engine(exports, edition))
  const size = exports.__write_profile(0, 0)
  const place = exports.malloc(size)
  exports.__write_profile(place, size)
  return new Uint8Array(exports.memory.buffer, place, size).slice()
}

const [whole, edition, folder] = process.argv.slice(2)
const scratch = mkdtempSync(join(tmpdir(), 'engine-'))
const at = name => join(scratch, name)
try {
  execFileSync('wasm-split', ['--instrument', ...FEATURES, whole, '-o', at('watched.wasm')])
  writeFileSync(at('profile'), await profile(readFileSync(at('watched.wasm')), readFileSync(edition)))
  execFileSync('wasm-split', [
    ...FEATURES, `--profile=${at('profile')}`, '--export-prefix=%', whole, '-o1', at('engine.wasm'), '-o2', at('answers.wasm'),
  ])
  for (const name of ['engine.wasm', 'answers.wasm'])
    execFileSync('wasm-opt', [...FEATURES, '-Oz', '--low-memory-unused', at(name), '-o', join(folder, name)])
} finally {
  rmSync(scratch, { recursive: true })
}
