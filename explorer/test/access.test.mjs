/** Every view for everybody: axe in both schemes at four widths, nothing wider than the screen, and on paper. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { file, goTo, launch, open, quick, settle } from './support.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const views = [
  '#/world', '#/world?as-of=2021-04-22&set=USA.2030=3500,IND.net-zero=2060', '#/country', '#/country/USA', '#/compare?iso=USA,CHN,IND', '#/changes', '#/map', '#/assumptions',
  '#/fair', '#/fair/USA', '#/finance', '#/tour/april-2021', '#/method', '#/world?nonsense=1&ed=00000000', '#/world?as-of=nonsense',
]
if (quick) views.splice(0, views.length, ...views.filter((_, i) => [1, 3, 6, 7, 11].includes(i)))
const widths = quick ? [390] : [320, 390, 820, 1360]
const schemes = quick ? ['light'] : ['light', 'dark']

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

const violationsOf = page => page.evaluate(async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] })
  return violations.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => `${n.html.slice(0, 120)} ${n.any.map(a => a.message).join(' ')}`).join(' | ')}`)
})

for (const scheme of schemes) {
  test(`axe finds nothing, ${scheme}`, async t => {
    const page = await open(browser, file, '', { colorScheme: scheme, reducedMotion: 'reduce' })
    await page.evaluate(axe)
    for (const view of views) {
      await goTo(page, view)
      for (const width of widths) {
        await t.test(`${view} at ${width} px`, async () => {
          await page.setViewportSize({ width, height: 900 })
          await settle(page, 150)
          assert.deepEqual(await violationsOf(page), [])
          const wide = await page.evaluate(() => document.documentElement.scrollWidth)
          assert.ok(wide <= width, `${wide} px wide`)
        })
      }
    }
    assert.deepEqual(page.faults, [])
    await page.close()
  })
}

test('targets of touch are 24 px', async () => {
  const page = await open(browser, file, '#/world', { width: 390, hasTouch: true })
  for (const view of quick ? ['#/world'] : views) {
    await goTo(page, view)
    const small = await page.evaluate(() => [...document.querySelectorAll('button, select, input, summary, nav a')].filter(e => e.checkVisibility?.({ checkVisibilityCSS: true }) ?? true).flatMap(e => {
      const { width, height } = e.getBoundingClientRect()
      return width > 0 && (width < 24 || height < 24) ? [`${e.outerHTML.slice(0, 90)} ${width.toFixed(0)} x ${height.toFixed(0)}`] : []
    }))
    assert.deepEqual(small, [], view)
  }
  await page.close()
})

test('200 per cent of text hides nothing', async () => {
  const page = await open(browser, file, '#/world', { width: 680, height: 450 })
  for (const view of quick ? ['#/world'] : views) {
    await goTo(page, view)
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), view)
  }
  await page.close()
})

test('on paper the answer stands, controls do not', async () => {
  const page = await open(browser, file, '#/world')
  for (const view of quick ? ['#/world'] : views) {
    await goTo(page, view)
    const pdf = await page.pdf({ format: 'A4' })
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
    assert.ok(pages >= 1 && pages <= 40, `${view}: ${pages} pages`)
    await page.emulateMedia({ media: 'print' })
    const shown = await page.evaluate(() => {
      const visible = e => e !== null && e.getBoundingClientRect().height > 0
      return { headline: visible(document.querySelector('main h1')), scrubber: visible(document.querySelector('.scrubber')), acts: visible(document.querySelector('.acts')), tools: visible(document.querySelector('.tools')) }
    })
    await page.emulateMedia({ media: null })
    assert.deepEqual(shown, { headline: true, scrubber: false, acts: false, tools: false }, view)
  }
  await page.close()
})
