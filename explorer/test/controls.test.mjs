/** Whatever a control offers, the engine takes; where the engine has a limit, the page has it from there. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { LEVELS, openEngine } from '../../bindings/wasm/engine.mjs'
import { file, goTo, launch, numbersIn, open, quick, run, sentence } from './support.mjs'

const built = name => readFileSync(join(fileURLToPath(new URL('../..', import.meta.url)), 'build/wasm', name))
let engine
let browser
let page
before(async () => {
  engine = await openEngine(built('engine.wasm'), built('edition.page'), built('answers.wasm'))
  browser = await launch()
  page = await open(browser, file)
})
after(() => browser.close())

const years = date => {
  engine.set('as-of', date)
  engine.update(LEVELS)
  const [asked, usual, first, last] = engine.array('years').values
  return { asked, usual, first, last }
}
const refusals = words => words.flatMap(w => {
  try {
    engine.whatIf(w)
    engine.reset()
    return []
  } catch (refusal) {
    return [refusal.message]
  }
})

for (const date of [null, '2021-04-22', '2015-06-01', '2038-05-01', '2099-01-01']) {
  test(`what sliders and menus offer, ${date ?? 'today'}`, async () => {
    const { usual, first, last } = years(date)
    await goTo(page, date === null ? '#/world' : `#/world?as-of=${date}`)
    for (const button of await page.locator('.pledges > button.quiet').all()) await button.click()
    const offered = await page.evaluate(() => ({
      year: document.querySelector('select.year').value,
      rows: [...document.querySelectorAll('.pledges ul.rows .row')].map(row => ({
        iso3: row.dataset.iso3, ends: [...row.querySelectorAll('input[type=range]')].flatMap(i => (i.disabled ? [] : [i.min, i.max])), netZero: [...row.querySelectorAll('option')].map(o => o.value).filter(Boolean),
      })),
      groups: [...document.querySelectorAll('.pledges .group option')].map(o => o.value), percents: [...document.querySelectorAll('.pledges .group input')].flatMap(i => (i.disabled ? [] : [i.min, i.max])),
    }))
    assert.equal(offered.year, String(usual))
    assert.ok(offered.rows.length > 150)
    for (const { netZero } of offered.rows) assert.deepEqual(netZero, ['none', ...Array.from({ length: last - first + 1 }, (_, i) => first + i).filter(y => y % 5 === 0).map(String)])
    const levels = offered.rows.flatMap(({ iso3, ends }) => ends.map(mt => `${iso3} ${usual}=${mt}Mt`))
    assert.equal(levels.length > 0, usual >= first)
    const aims = offered.rows.slice(0, 3).flatMap(({ iso3, netZero }) => netZero.map(year => `${iso3} net-zero=${year}`))
    const percents = offered.groups.flatMap(group => offered.percents.map(p => `${group} ${usual}=${Number(p) > 0 ? '+' : ''}${p}%`))
    assert.deepEqual(refusals([...levels, ...aims, ...percents]), [])
  })
}

test('a level of a year gone by cannot be supposed, and that is said', async () => {
  await goTo(page, '#/world?as-of=2038-05-01&year=2030')
  assert.deepEqual(refusals(['USA 2030=3000Mt']).length, 1)
  assert.equal(await page.locator('.pledges input[type=range]:not([disabled])').count(), 0)
  assert.match(await page.textContent('.pledges .sub'), /levels can be supposed from 2038 on/)
})

test('the year of the sentence is that of the command', async () => {
  for (const date of quick ? ['2099-01-01'] : ['2015-06-01', '2024-12-31', '2025-01-01', '2026-08-20', '2040-01-01', '2089-12-31', '2090-01-01', '2099-01-01']) {
    await goTo(page, `#/world?as-of=${date}`)
    const command = JSON.parse(run(`stocktake assess --as-of ${date} --no-warming`, '--format', 'json'))
    assert.match(await sentence(page), new RegExp(`with land use|in ${command.year}`), date)
    assert.ok(numbersIn(await sentence(page)).includes(command.year), `${date}: ${command.year}: ${await sentence(page)}`)
  }
})

test('the largest stand first, also before anything else is known and when something is refused', async () => {
  const first = () => page.locator('.pledges ul.rows .row').first().getAttribute('data-iso3')
  await goTo(page, '#/world')
  assert.equal(await first(), 'CHN')
  const seen = await page.evaluate(async () => {
    const found = new Set()
    location.hash = '#/country'
    for (let i = 0; i < 20; i++) await new Promise(requestAnimationFrame)
    location.hash = '#/world?year=2010&as-of=2024-01-01&set=DEU.2035=1,USA.2035=3000'
    for (let i = 0; i < 60; i++) {
      await new Promise(requestAnimationFrame)
      const row = document.querySelector('.pledges > ul.rows .row')
      if (row !== null) found.add(row.dataset.iso3)
    }
    return [...found]
  })
  assert.deepEqual(seen, ['CHN'])
  assert.deepEqual(page.faults, [])
})
