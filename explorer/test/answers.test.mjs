/**
 * States of the address: the command line that the page shows, run as it stands, gives the numbers of the page to the
 * last digit, and its sentence.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { figures, file, goTo, launch, numberOf, numbersIn, open, quick, readCsv, run, sentence, serve, settle } from './support.mjs'

const states = [
  '#/world',
  '#/world?as-of=2021-04-22&include-announced',
  '#/world?as-of=2021-04-22&set=USA.2030=3500',
  '#/assumptions?as-of=2021-05-01&hot-air=cap',
  '#/world?year=2035&set=G20.2035=-10%25,IND.net-zero=2060',
  '#/method/IND?as-of=2021-05-01',
  '#/world?as-of=2015-12-12',
  '#/world?as-of=2016-09-03&hot-air=cap',
  '#/world?as-of=2018-01-01&sinks=unscaled',
  '#/world?as-of=2019-09-23&include-announced&ignore-withdrawal',
  '#/world?as-of=2020-11-05&ignore-withdrawal',
  '#/world?as-of=2022-11-20&lulucf-source=hold',
  '#/world?as-of=2023-06-30&lulucf-source=proportional&stated=own',
  '#/world?gwp=AR4&as-of=2021-04-22',
  '#/world?gwp=SAR',
  '#/world?benchmark=C3&year=2030',
  '#/world?benchmark=C1:p25&year=2040',
  '#/world?year=2050&extend=net_zero&net-zero=proposed',
  '#/world?extend=constant_level',
  '#/world?extend=baseline_ratio&long-term=pathways',
  '#/world?net-zero=none',
  '#/world?net-zero=law&hot-air=cap&include-announced',
  '#/world?set=WORLD.2035=-20%25,G7.2035=%2B3%25',
  '#/world?set=CHN.net-zero=none,USA.net-zero=2050,USA.2035=2500',
  '#/world?set=IND.2035=-60%25@2005,BRA.2035=-20%25/BAU,RUS.2030=1200.5',
  '#/assumptions',
  '#/assumptions?year=2040&benchmark=C2&set=EU27.2040=-15%25&show=gap',
  '#/method/USA?ignore-withdrawal&gwp=AR5',
  '#/tour/april-2021?step=4&as-of=2021-04-22&since=2021-04-20&include-announced',
  '#/changes?as-of=2025-11-20&since=2024-11-24',
  '#/country/BRA?as-of=2024-12-01',
  '#/fair/USA?as-of=2025-01-01',
]
const chosen = quick ? states.slice(0, 6) : states

let browser
let server
before(async () => {
  browser = await launch()
  server = await serve()
})
after(async () => {
  await browser.close()
  server.close()
})

const same = (ours, theirs, what) => assert.deepEqual(ours.map(Number), theirs.map(Number), what)
const rule = line => (/--hot-air cap/.test(line) ? 'cap' : 'keep')
const simple = (rows, line) => rows.filter(r => r.condition === 'unconditional' && r.ambition === 'low' && r.hot_air === rule(line))

/** How the numbers of a chart are held against the answer to its command; by the chart's id. */
const comparisons = {
  emissions({ rows, command }, csv) {
    const [low] = simple(csv, command)
    const high = csv.find(r => r.condition === 'conditional' && r.ambition === 'high' && r.hot_air === rule(command))
    const row = rows.find(([year]) => year === low.year)
    same(row.slice(1), [low.world_gt, high.world_gt, low.benchmark_low_gt, low.benchmark_gt, low.benchmark_high_gt], 'world and benchmark')
  },
  warming({ rows, command }, csv) {
    const cases = simple(csv, command).filter(r => r.case === 'pledges_and_targets')
    same(rows.at(-1).slice(1, 8), cases.map(r => r.warming_2100_k), 'percentiles of 2100')
  },
  futures({ rows }) {
    assert.equal(rows.reduce((sum, r) => sum + Number(r[2]), 0), 841)
  },
  chance({ rows, command }, csv) {
    const kase = simple(csv, command).find(r => r.case === 'pledges_and_targets')
    same([rows[0][1], rows[1][1], rows[3][1]], [kase.p_exceed_1_5, kase.p_exceed_2, kase.p_exceed_3].map(p => 1 - p), 'chances')
  },
  effects({ rows }, csv) {
    assert.deepEqual(rows.map(r => r.slice(0, 4)), csv.map(r => [r.title, r.choice, r.words, r.reference]))
    same(rows.flatMap(r => r.slice(4)), csv.flatMap(r => [r.warming_2100_k, r.alone_2100_k, r.gap_gt, r.alone_gap_gt]), 'effects')
  },
}

/** What each document moves is what it closes, the other way; small ones and all of them together are sums. */
function moves({ rows, command }, csv) {
  const [, counterfactual] = /--counterfactual (\S+)/.exec(command)
  const changes = csv.filter(r => r.counterfactual === counterfactual && r.condition === 'unconditional')
  for (const [at, column] of [[2, 'closes_low_gt'], [3, 'closes_high_gt']]) {
    const known = new Set(changes.map(r => Math.abs(Number(r[column]))))
    const sum = changes.reduce((total, r) => total - Number(r[column]), 0)
    assert.ok(Math.abs(Number(rows.at(-1)[at]) - sum) < 1e-9, `${rows.at(-1)[at]} together, not ${sum}`)
    const single = rows.slice(0, -1).filter(r => r[1] !== '')
    assert.ok(single.length > 0)
    for (const row of single) assert.ok(known.has(Math.abs(Number(row[at]))), `${row[0]} ${row[at]} is not in the answer`)
  }
}
Object.assign(comparisons, { previous: moves, baseline: moves })

/** Other charts show rows of their command: every number stands in its CSV. */
function contained({ rows }, csv) {
  const known = new Set(csv.flatMap(row => Object.values(row).filter(v => v !== '').map(Number)))
  for (const cell of rows.flat()) {
    const n = Number(cell)
    if (cell !== '' && Number.isFinite(n)) assert.ok(known.has(n), `${cell} is not in the answer`)
  }
}

/** The sentence of the first screen beside the lines of `assess`. */
async function compareSentence(page) {
  const line = await page.locator('main [data-command]', { hasText: /^stocktake assess/ }).first().textContent()
  const lines = run(line).split('\n\n')
  const text = lines.find(part => part.includes('the world heads for'))
  const plain = words => words.replace(/ \([^)]*\)/g, '').replace(/C\d:p\d+/, '')
  // the page has the level as the benchmark counts alone
  const words = plain(text).replace(/^.*?the world heads/s, 'the world heads').replace(/ Without land use.*/s, '')
  const ours = plain(await sentence(page)).replace(/^.*?the world heads/s, 'the world heads')
  const expected = numbersIn(words)
  // without net-zero aims that matter the page says both in one
  const found = numbersIn(ours)
  const wanted = /with net-zero aims or without/.test(ours) ? expected.filter((n, i) => i !== 2 || n !== expected[0]) : expected
  assert.deepEqual(found.slice(0, wanted.length), wanted, `${ours}\n${words}`)
}

async function compareMethod(page) {
  const line = await page.textContent('main .part [data-command]')
  const theirs = run(line)
  const steps = await page.evaluate(() => [...document.querySelectorAll('.chain')].map(chain => [
    chain.querySelector('h3').textContent, ...[...chain.querySelectorAll('.step')].map(step => `${step.querySelector('dt').textContent} ${[...step.querySelectorAll('dd>*')].map(e => e.href ?? e.textContent).join(' ')}`)]))
  assert.ok(steps.length > 0)
  const squeeze = text => text.replace(/\s+/g, ' ')
  for (const part of steps.flat()) assert.ok(squeeze(theirs).includes(squeeze(part)) || squeeze(decodeURI(theirs)).includes(squeeze(decodeURI(part))), part)
  const cases = readCsv(run(await page.locator('[aria-labelledby=cases-part] [data-command]').textContent(), '--format', 'csv'))
  const shown = await page.locator('[aria-labelledby=cases-part] tbody tr').evaluateAll(rows => rows.map(r => r.cells[2].textContent))
  assert.deepEqual(shown, simple(cases, line).filter(r => r.percentile === '50').map(r => Number(r.warming_2100_k).toFixed(2)))
}

async function compare(page) {
  const view = await page.getAttribute('main', 'data-view')
  if (view === 'world') await compareSentence(page)
  if (view === 'method') await compareMethod(page)
  for (const [id, figure] of Object.entries(await figures(page))) {
    if (figure.command === null) continue
    const csv = readCsv(run(figure.command, '--format', 'csv'))
    try {
      ;(comparisons[id] ?? contained)(figure, csv)
    } catch (error) {
      error.message = `${id}, ${figure.command}: ${error.message}`
      throw error
    }
  }
  for (const line of await page.locator('[data-command]').allTextContents()) run(line) // none is refused
}

for (const [i, state] of chosen.entries()) {
  const from = i % 2 === 0 ? 'file' : 'server'
  test(`${state} from a ${from}`, async () => {
    const page = await open(browser, from === 'file' ? file : server.address, state)
    await compare(page)
    assert.deepEqual(page.faults, [])
    await page.close()
  })
}

test('one page through all states', { skip: quick }, async () => {
  const page = await open(browser, server.address)
  for (const state of states) {
    await goTo(page, state)
    await compare(page)
  }
  assert.deepEqual(page.faults, [])
  await page.close()
})

test('the address follows what the reader does', async () => {
  const page = await open(browser, file)
  await page.locator('.row[data-iso3=USA] input[type=range]').evaluate(input => {
    input.value = '3000'
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
  await settle(page, 500)
  assert.match(page.url(), /#\/world\?set=USA\.\d{4}=3000&ed=[0-9a-f]{8}$/)
  assert.equal(numberOf(await page.inputValue('.row[data-iso3=USA] .level')), 3000)
  await compare(page)
  await page.close()
})
