/** A page with documents of somebody's own: its engine answers what the command answers with --pledges, and says so. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { openEngine } from '../../bindings/wasm/engine.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const program = process.env.STOCKTAKE ?? join(root, 'build/release/stocktake')
const built = name => readFileSync(join(root, 'build/wasm', name))
const folder = mkdtempSync(join(tmpdir(), 'own-'))
after(() => rmSync(folder, { recursive: true }))

const ask = (...words) => execFileSync(program, words, { encoding: 'utf8', maxBuffer: 1 << 26 })
const own = join(folder, 'own.yaml')
writeFileSync(own, readFileSync(join(root, 'data/pledges/BRA.yaml'), 'utf8').replace('submission_date: 2024-11-13', 'submission_date: 2026-03-01').replace('abs_low_mt: 850', 'abs_low_mt: 500'))

async function pageWith(...words) {
  const html = ask('explore', '--no-open', '--output', '-', ...words)
  const [, base64] = /id="edition">([^<]*)</.exec(html)
  return openEngine(built('engine.wasm'), gunzipSync(Buffer.from(base64, 'base64')), built('answers.wasm'))
}

test('documents are laid over in the page', async () => {
  const engine = await pageWith('--pledges', own)
  for (const [date, question] of [['2026-08-20', 'gap'], ['2026-08-20', 'targets'], ['2025-01-01', 'gap'], ['2026-08-20', 'country BRA']]) {
    engine.set('as-of', date)
    const [asked, ...operands] = question.split(' ')
    assert.equal(engine.ask(question, 'csv'), ask(asked, ...operands, '--as-of', date, '--format', 'csv', '--pledges', own), `${question} as of ${date}`)
  }
  assert.match(engine.ask('gap', 'text'), /^Own documents: own\.yaml \(laid over the edition's\)\n/)
})

test('they stay when what is supposed is taken back', async () => {
  const engine = await pageWith('--pledges', own, '--as-of', '2026-08-20', '--what-if', 'BRA 2035=-10%')
  engine.set('as-of', '2026-08-20')
  const before = engine.ask('gap', 'csv')
  assert.notEqual(before, ask('gap', '--as-of', '2026-08-20', '--format', 'csv'))
  engine.whatIf('BRA 2035=-10%')
  assert.notEqual(engine.ask('gap', 'csv'), before)
  engine.reset()
  assert.equal(engine.ask('gap', 'csv'), before)
})

test('a page without any is the edition', async () => {
  const engine = await pageWith()
  engine.set('as-of', '2026-08-20')
  assert.equal(engine.ask('gap', 'csv'), ask('gap', '--as-of', '2026-08-20', '--format', 'csv'))
  assert.doesNotMatch(engine.ask('gap', 'text'), /Own documents/)
})
