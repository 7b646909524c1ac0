/** The address as state: what is written is read back, and nothing that stands in it can harm. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { before, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const source = join(dirname(fileURLToPath(import.meta.url)), '../src/state')
const modules = {}
before(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'explorer-'))
  for (const name of ['address', 'question']) {
    const outfile = join(folder, `${name}.mjs`)
    await build({ entryPoints: [join(source, `${name}.ts`)], bundle: true, outfile, format: 'esm' })
    Object.assign(modules, await import(pathToFileURL(outfile).href))
  }
  rmSync(folder, { recursive: true })
})

const known = new Set(['as-of', 'since', 'include-announced', 'gwp', 'hot-air', 'benchmark', 'year', 'extend', 'net-zero', 'long-term', 'weights', 'what-if', 'goal'])
const round = fragment => modules.writeAddress(modules.readAddress(fragment, known))

const fixed = [
  '#/world',
  '#/country/USA',
  '#/compare?iso=USA,CHN,IND',
  '#/tour/april-2021?step=3&as-of=2021-04-22&include-announced&ed=0ccd6248',
  '#/world?as-of=2021-04-22&include-announced&gwp=AR4&hot-air=cap&benchmark=C3&year=2035&set=USA.2030=3500,IND.net-zero=2060&ed=1f3a9c02',
  '#/map?show=confidence&sort=name&since=2024-01-01',
  '#/world?set=G20.2035=-10%25,IND.2035=-45%25/GDP@2005,USA.2035=3500.5',
  '#/world?benchmark=C1:p25',
  '#/finance?goal=a+b%26c',
  '#/world?future=1&later',
]
test('every state is written as it was read', () => {
  for (const fragment of fixed) assert.equal(round(fragment), fragment)
})

test('any order, one form', () => {
  assert.equal(round('#/world?year=2035&gwp=AR4&as-of=2021-04-22'), '#/world?as-of=2021-04-22&gwp=AR4&year=2035')
  assert.equal(round('world'), '#/world')
  assert.equal(round(''), '#/world')
  assert.equal(round('#'), '#/world')
})

test('what is supposed goes into words and back', () => {
  const { question } = modules.readAddress('#/world?set=USA.2030=3500,IND.net-zero=2060,G20.2035=-10%25,CHN.net-zero=none', known)
  assert.deepEqual(question.supposed.map(modules.words), ['USA 2030=3500Mt', 'IND net-zero=2060', 'G20 2035=-10%', 'CHN net-zero=none'])
})

test('a view has keys of its own, by whatever name it is called; without a value they are as if they were not there', () => {
  const own = fragment => modules.readAddress(fragment, known).own
  assert.deepEqual(own('#/Map?show=head&sort=-last'), { show: 'head', sort: '-last' })
  assert.deepEqual(own('#/fairness?methods=ecpc,gdr&fade'), { methods: 'ecpc,gdr', fade: 'yes' })
  assert.equal(round('#/compare?iso='), '#/compare')
  assert.equal(round('#/compare?iso=&unit='), '#/compare')
  assert.deepEqual(modules.readAddress('#/world?unit=head&year=2030', known).unknown, ['unit=head'])
})

test('unknown keys are kept and named', () => {
  const read = modules.readAddress('#/world?nonsense=1&gwp=AR4&x', known)
  assert.deepEqual(read.unknown, ['nonsense=1', 'x'])
  assert.deepEqual(read.question.options, { gwp: 'AR4' })
})

test('an address goes where it was meant', () => {
  const where = fragment => modules.writeAddress(modules.meant(modules.readAddress(fragment, known)))
  const meant = {
    '#/country?area=DEU': '#/country/DEU', '#/country?iso=usa&as-of=2021-04-22': '#/country/USA?as-of=2021-04-22', '#/countries/bra': '#/country/BRA', '#/Map': '#/map', '#/fairness?country=IND': '#/fair/IND',
    '#/compare/USA,CHN': '#/compare?iso=USA,CHN', '#/compare?area=usa,g20&unit=head': '#/compare?iso=usa,g20&unit=head', '#/world?AS_OF=2021-04-22&hotair=cap': '#/world?as-of=2021-04-22&hot-air=cap',
    '#/world?set=usa.2035=3000&set=CHN.2035=9000': '#/world?set=USA.2035=3000,CHN.2035=9000', '#/country/USA?area=CHN': '#/country/USA', '#/country/united+states': '#/country/united+states', '#/gap': '#/world',
  }
  for (const [written, right] of Object.entries(meant)) assert.equal(where(written), right, written)
  for (const right of fixed) assert.equal(where(right), right)
})

const hostile = [
  '#/%', '#/world?%', '#/world?=', '#/world?===', '#/world?&&&', '#/world?set=', '#/world?set=,,,', '#/world?set=USA', '#/world?set=USA.2030=', '#/world?set=.2030=1',
  '#/world?set=USA.2030=%00', '#/world?as-of=%ff%fe', '#/world?as-of=<script>alert(1)</script>', '#/world/../../etc/passwd', '#/__proto__?__proto__=1&constructor=2',
  '#/world?toString=1&hasOwnProperty', '#/world?as-of=2021-04-22?gwp=AR4', '#/world#/country', '#/wörld/Côte d’Ivoire?gwp=日本', '#/world?gwp=a%26b%3Dc%23d', '#/world?set=USA.2030=1;rm -rf /',
  `#/world?gwp=${'A'.repeat(100000)}`, `#/${'/'.repeat(1000)}`, `#/world?${'set=USA.2030=1&'.repeat(1000)}`, '#/world?set=$(reboot).2030=5', "#/world?set=USA.2030='5", '#/world?gwp=\u2028\u0000\ud800',
]
test('hostile fragments are read without a fault, and what is written of them stays as it is', () => {
  for (const fragment of hostile) {
    const once = round(fragment)
    assert.equal(round(once), once, fragment.slice(0, 60))
    assert.ok(once.startsWith('#/'), fragment.slice(0, 60))
    assert.ok(!/[<>"\s]/.test(once.replace(/^#/, '')) || /[<>"\s]/.test(fragment), `${fragment.slice(0, 60)}: ${once.slice(0, 60)}`)
  }
})

test('any question comes back from its address', () => {
  let seed = 7
  const random = n => (seed = (seed * 48271) % 2147483647) % n
  const letters = ['a', 'Z', '0', '.', ',', '=', '&', '%', '+', ' ', '#', '/', ':', '@', '-', 'é', '日', '"', "'", '\\', '?', '<']
  const text = () => Array.from({ length: 1 + random(8) }, () => letters[random(letters.length)]).join('')
  const names = [...known]
  for (let i = 0; i < 2000; i++) {
    const options = Object.fromEntries(Array.from({ length: random(4) }, () => [names[random(names.length)], random(4) === 0 ? '' : text()]))
    const supposed = Array.from({ length: random(3) }, () => ({ area: ['USA', 'G20', 'Côte d’Ivoire', 'a b,c'][random(4)], change: ['2030=3500Mt', '2035=-10%', 'net-zero=2060', '2035=-45%/GDP@2005'][random(4)] }))
    const address = { view: 'world', subject: ['', 'USA', 'a/b', 'é ?&'][random(4)], own: random(2) ? { iso: text() } : {}, question: { options, supposed }, edition: '', unknown: [] }
    const read = modules.readAddress(modules.writeAddress(address), known)
    assert.deepEqual(read, address)
  }
})

test('a command line survives a shell', () => {
  const options = [{ name: 'as-of', kind: 'date', questions: ['gap'] }, { name: 'benchmark', kind: 'text', questions: ['gap'] }, { name: 'what-if', kind: 'text', questions: ['gap'] }]
  const line = modules.commandLine('gap', { options: { benchmark: "a'b$(reboot)`x`\"", 'as-of': '2021-04-22' }, supposed: [{ area: 'USA', change: '2030=3500Mt' }] }, options)
  assert.equal(line, `stocktake gap --as-of 2021-04-22 --benchmark 'a'\\''b$(reboot)\`x\`"' --what-if "USA 2030=3500Mt"`)
})
