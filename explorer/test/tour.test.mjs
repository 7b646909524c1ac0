/** The tour of April 2021 by the keyboard alone: figures, focus, the slider on its way, and without motion. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { file, launch, numberOf, open, quick, readCsv, run, settle } from './support.mjs'

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

const focused = page => page.evaluate(() => document.activeElement.textContent.trim())
const words = async (page, step = 1) => {
  const text = await page.waitForFunction(step => {
    const bar = document.querySelector('.tour')
    const words = bar?.querySelector('.words').textContent ?? ''
    return bar?.textContent.includes(`Step ${step} of`) && /\d/.test(words) ? words : null
  }, step)
  return text.jsonValue()
}
const tabTo = async (page, name, most = 80) => {
  for (let i = 0; i < most; i++) {
    if (await focused(page) === name) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`the key Tab does not reach “${name}”`)
}

/** What the words of each step must have, from the command. */
const gap = (...more) => Number(readCsv(run(`stocktake gap --hot-air keep --format csv ${more.join(' ')}`))[0].gap_gt)
const level = (iso3, ...more) => Number(readCsv(run(`stocktake targets --area ${iso3} --format csv ${more.join(' ')}`)).find(r => r.target_year === '2030' && r.condition === 'unconditional' && r.ambition === 'low').level_excl_lulucf_mt)
const mt = v => v.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',')
const before20 = '--as-of 2021-04-20'
const day = '--as-of 2021-04-22'
const announced = `${day} --include-announced`
const expected = [
  () => [gap(before20).toFixed(1)],
  () => [mt(level('USA', day)), gap(before20).toFixed(1), gap(day).toFixed(1)],
  () => [mt(level('JPN', announced)), mt(level('CAN', announced)), gap(announced).toFixed(1)],
  () => readCsv(run(`stocktake assess --since 2021-04-20 ${announced} --no-warming --format csv`)).filter(r => r.iso3 === 'USA' && r.condition === 'unconditional').flatMap(r => [Number(r.share_of_gap_low_pct).toFixed(1), Number(r.share_of_gap_high_pct).toFixed(1)]),
  () => {
    const rows = readCsv(run('stocktake history --species CO2 --rank-changes 5 --format csv'))
    return [Number(rows[0].change_gt).toFixed(2), Number(rows.find(r => r.year === '2021').change_gt).toFixed(2)]
  },
  () => [gap(day).toFixed(1), gap(announced).toFixed(1)],
  () => [gap(announced).toFixed(1), gap(announced, '--hot-air cap').toFixed(1)],
  () => [gap('--year 2030').toFixed(1), gap(announced).toFixed(1)],
]

test('from the first link to Escape without a pointer', async () => {
  const page = await open(browser, file)
  await tabTo(page, 'April 2021')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement.matches('.tour h2'))
  await tabTo(page, 'Next')
  for (const [i, figures] of expected.entries()) {
    const text = await words(page, i + 1)
    for (const figure of figures()) assert.ok(text.includes(figure), `step ${i + 1}: ${figure} in: ${text}`)
    assert.match(page.url(), new RegExp(`step=${i + 1}`))
    assert.equal(await focused(page), i < expected.length - 1 ? 'Next' : 'End the tour')
    if (i === 2) { // there and back
      await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('Enter')
      await page.waitForURL(/step=2/)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.waitForURL(/step=3/)
    }
    if (i < expected.length - 1) await page.keyboard.press('Enter')
  }
  await page.keyboard.press('Escape')
  await page.waitForSelector('.tour', { state: 'detached' })
  assert.equal(await page.evaluate(() => document.activeElement.id), 'answer')
  assert.match(page.url(), /#\/world/)
  assert.deepEqual(page.faults, [])
  await page.close()
})

const watched = page => page.evaluate(() => new Promise(done => {
  const seen = []
  const began = performance.now()
  const look = now => {
    const value = document.querySelector('.row[data-iso3=USA] input[type=range]')?.value
    if (value !== undefined && value !== seen.at(-1)) seen.push(value)
    if (now - began > 7000 || document.querySelector('.tour .turns').dataset.stop) done(seen)
    else requestAnimationFrame(look)
  }
  document.querySelector('.tour .main').click()
  requestAnimationFrame(look)
}))

test('the slider of the United States is seen on its way, and ends at the document', async () => {
  const page = await open(browser, file, '#/tour/april-2021')
  await words(page)
  const seen = (await watched(page)).map(Number)
  await settle(page)
  // before that day there is no target for 2030, and the pathway goes on
  const change = readCsv(run(`stocktake assess --since 2021-04-20 ${day} --no-warming --format csv`)).find(r => r.iso3 === 'USA' && r.condition === 'unconditional' && r.counterfactual === 'previous')
  const [from, to] = [change.before_low_mt, change.after_low_mt].map(v => Math.round(Number(v)))
  assert.ok(seen.length >= 6, `${seen}`)
  assert.ok(Math.abs(seen.at(-1) - to) <= 1, `${seen}`)
  assert.ok(Math.max(...seen) <= from + 1 && Math.min(...seen) >= to - 1, `${seen}`)
  assert.match(page.url(), /as-of=2021-04-22/)
  assert.doesNotMatch(page.url(), /set=/)
  await page.close()
})

test('a reader who acts on the way keeps what was done', { skip: quick }, async () => {
  const page = await open(browser, file, '#/tour/april-2021')
  await words(page)
  await page.click('.tour .main')
  await page.waitForTimeout(900)
  await page.locator('.row[data-iso3=CHN] input[type=range]').evaluate(input => {
    input.value = '10000'
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
  await page.waitForTimeout(3500)
  await settle(page, 500)
  assert.match(page.url(), /CHN\.2030=10000/)
  assert.equal(numberOf(await page.inputValue('.row[data-iso3=CHN] .level')), 10000)
  await page.close()
})

test('without motion nothing moves', { skip: quick }, async () => {
  const page = await open(browser, file, '#/tour/april-2021', { reducedMotion: 'reduce' })
  await words(page)
  const seen = await watched(page)
  assert.ok(seen.length <= 2, `${seen}`)
  await page.close()
})
