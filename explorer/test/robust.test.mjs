/** A thousand acts, a browser that lacks something, a host that is gone, and addresses that nobody wrote. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { figures, file, goTo, launch, open, quick, sentence, serve, settle } from './support.mjs'

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

/** Everything that the first screen says, with its numbers at full length. */
async function said(page) {
  return { sentence: await sentence(page), figures: await figures(page), levels: await page.locator('.pledges .row .level').evaluateAll(fields => fields.map(f => f.value)) }
}

const ACTS = Number(process.env.ACTS ?? (quick ? 60 : 1000))
test(`after ${ACTS} random acts the figures are those of a fresh page`, async () => {
  const page = await open(browser, file)
  await page.evaluate(async acts => {
    let seed = 20210422
    const random = n => (seed = (seed * 48271) % 2147483647) % n
    const pick = list => list[random(list.length)]
    const frame = () => new Promise(requestAnimationFrame)
    const put = (input, value, kind) => {
      input.value = value
      input.dispatchEvent(new Event(kind, { bubbles: true }))
    }
    const all = selector => [...document.querySelectorAll(selector)]
    const doings = [
      ...Array(6).fill(() => { // drag
        const input = pick(all('.pledges .row:not(.group) input[type=range]'))
        put(input, String(Math.round(Number(input.max) * random(100) / 100)), 'input')
      }),
      () => put(pick(all('.pledges .group input[type=range]')), String(random(60) - 50), 'input'),
      () => put(pick(all('.pledges .row .yours select')), pick(['', 'none', '2040', '2050', '2070']), 'change'),
      () => put(pick(all('.scrubber input[type=range]')), String(16436 + random(4300)), 'input'),
      () => pick(all('.scrubber .step:not(:disabled)'))?.click(),
      () => pick(all('.acts .glyph:not(:disabled)'))?.click(),
      () => pick(all('.pledges .row .yours button:not(:disabled)'))?.click(),
      () => put(document.querySelector('select.year'), pick([...document.querySelector('select.year').options]).value, 'change'),
      () => (location.hash = pick(['#/assumptions', '#/method', '#/country/USA', '#/changes', '#/map', '#/finance'])),
    ]
    for (let i = 0; i < acts; i++) {
      if (document.querySelector('main').dataset.view !== 'world') {
        history.back()
        for (let k = 0; k < 100 && document.querySelector('main').dataset.view !== 'world'; k++) await frame()
      }
      if (document.querySelector('.pledges') === null) continue
      pick(doings)()
      if (random(3) === 0) await frame()
      if (random(40) === 0) await new Promise(done => setTimeout(done, 400))
    }
    if (document.querySelector('main').dataset.view !== 'world') history.back()
  }, ACTS)
  await settle(page, 600)
  const fresh = await open(browser, file, `#${page.url().split('#')[1]}`)
  const [here, there] = [await said(page), await said(fresh)]
  assert.equal(here.sentence, there.sentence, page.url())
  assert.deepEqual(here.levels, there.levels, page.url())
  for (const [id, figure] of Object.entries(here.figures)) assert.deepEqual(figure, there.figures[id], `${id} of ${page.url()}`)
  assert.deepEqual([...page.faults, ...fresh.faults], [])
  await page.close()
  await fresh.close()
})

test('a browser without vectors gets a notice, and keeps the figures of the day', async () => {
  const page = await open(browser, file, '', {
    prepare: () => {
      // the engine is compiled in a worker: what is put before its script holds there
      const { Blob: Whole } = globalThis
      globalThis.Blob = class extends Whole {
        constructor(parts, options) {
          const lacking = 'for (const name of ["compile", "instantiate", "compileStreaming", "instantiateStreaming"]) WebAssembly[name] = () => Promise.reject(new WebAssembly.CompileError("invalid value type v128"));'
          super(options?.type === 'text/javascript' ? [lacking, ...parts] : parts, options)
        }
      }
      WebAssembly.validate = () => false
    },
  })
  await page.waitForFunction(() => document.getElementById('engine-state').textContent === document.getElementById('engine-state').dataset.none)
  assert.ok(await page.isVisible('#engine-state'))
  assert.match(await page.textContent('#answer h1'), /\d\.\d °C/)
  assert.deepEqual(page.faults, [])
  await page.close()
})

test('once loaded from a host, the page opens without it', { skip: quick }, async () => {
  const server = await serve()
  const context = await browser.newContext({ serviceWorkers: 'allow' })
  const page = await context.newPage()
  await page.goto(server.address)
  await settle(page)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(async () => (await caches.keys()).length > 0)
  const before = await sentence(page)
  server.close()
  await context.setOffline(true)
  await page.reload()
  await settle(page)
  assert.equal(await sentence(page), before)
  await context.close()
})

test('a finger reads a chart, and opens what it reads', async () => {
  const page = await open(browser, file, '#/map', { width: 390, hasTouch: true })
  const at = async (id, x, y) => {
    await page.locator(`#${id} .drawing`).scrollIntoViewIfNeeded()
    const box = await page.locator(`#${id} .drawing`).boundingBox()
    await page.touchscreen.tap(box.x + x * box.width, box.y + y * box.height)
    return page.textContent(`#${id} .reading`)
  }
  assert.match(await at('atlas', 0.36, 0.62), /^Brazil: [\d,]+ Mt/)
  await page.locator('#atlas').getByRole('button', { name: 'Open' }).tap()
  await settle(page)
  assert.match(page.url(), /#\/country\/BRA$/)
  assert.match(await at('pathway', 0.5, 0.5), /^20\d\d: [\d,]+ Mt/)
  assert.deepEqual(page.faults, [])
  await page.close()
})

test('a chart and its numbers as files say what they show', async () => {
  const page = await open(browser, file, '#/world?as-of=2021-04-22&include-announced&hot-air=cap&set=USA.2030=3500', { width: 390 })
  const saved = async name => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#emissions').getByRole('button', { name, exact: true }).click()])
    return readFileSync(await download.path(), 'utf8')
  }
  const { emissions } = await figures(page)
  const svg = await page.evaluate(text => {
    const svg = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement
    document.body.append(document.importNode(svg, true))
    const texts = [...document.body.lastElementChild.querySelectorAll(':scope>text')]
    const widths = texts.map(t => t.getBoundingClientRect().right - document.body.lastElementChild.getBoundingClientRect().right)
    return { text: texts.map(t => t.textContent).join(' '), beyond: Math.max(...widths) }
  }, await saved('SVG'))
  assert.ok(svg.text.includes('Gt CO₂e a year') && svg.text.includes(emissions.command) && svg.text.includes('2021-04-22'), svg.text)
  assert.ok(svg.beyond <= 0, `${svg.beyond} px beyond the edge`)
  const json = JSON.parse(await saved('Save as JSON'))
  assert.equal(json.command, emissions.command)
  assert.deepEqual(json.rows.map(row => row.map(v => (v === null ? '' : String(v)))), emissions.rows)
  assert.deepEqual(page.faults, [])
  await page.close()
})

/** An address with a wrong part: the rest of it is answered, and a sentence says what is wrong. */
const wrong = [
  ['#/world?as-of=22.4.2021&hot-air=cap', /“as-of=22\.4\.2021” is left out; allowed: a date as 2021-04-22/, '#/world?hot-air=cap'],
  ['#/world?set=DEU.2035=300,CHN.2035=9000', /“set=DEU\.2035=300” is left out; allowed: EUU/, '#/world?set=CHN.2035=9000'],
  ['#/world?set=USA.2035=99999999', /is left out; allowed: 0 to /, '#/world'],
  ['#/country/USA?year=2010', /“year=2010” is left out; allowed: 2024 to 2100\./, '#/country/USA'],
  ['#/changes?since=nonsense&gwp=AR4', /“since=nonsense” is left out/, '#/changes?gwp=AR4'],
  ['#/world?benchmark=C9', /“benchmark=C9” is left out: .* did you mean C1, C2 or C3\?/, '#/world'],
  ['#/map?area=USA', /The view “Map” is of the whole world\. See the US by itself\./, '#/map'],
  ['#/world?as-of=2014-06-01', /The first document came on 27 February 2015/, null], ['#/world?as-of=2031-01-01', /Documents are known until /, null],
  ['#/world?as-of=cop26&year=x', /“year=x” is left out/, '#/world?as-of=2021-11-13'], ['#/changes?since=COP+30&year=x', /“year=x” is left out/, '#/changes?since=2025-11-22'],
  ['#/country/XXX', /'XXX' is no area/, null], ['#/method/Atlantis', /No country is called “Atlantis”/, null],
  ['#/map?show=nonsense', /“show=nonsense” is left out; allowed: change or head or since or mark/, '#/map'], ['#/changes?show=gap', /“show=gap” is left out; allowed: unconditional or conditional/, '#/changes'],
  ['#/compare?unit=kg', /“unit=kg” is left out; allowed: mt or head or 1990/, '#/compare'], ['#/finance?money=1999', /“money=1999” is left out; allowed: 2010 to 2022/, '#/finance'], ['#/country?sort=nonsense', /“sort=nonsense” is left out; allowed: /, '#/country'],
  ['#/fair?sort=mt&year=x', /“sort=mt” is left out; allowed: /, null], ['#/assumptions?show=1', /“show=1” is left out; allowed: warming or gap/, '#/assumptions'],
  ['#/map?bins=7', /“bins=7” is left out; allowed: 0 to 6/, '#/map'], ['#/world?unit=head', /Not known to this page.*unit=head/, '#/world'], ['#/finance?weights=gdp:1', /gdp:1/, null], ['#/fair?methods=ecpc;gdr', /ecpc;gdr/, null],
  ['#/changes?as-of=2024-01-01&since=2024-01-01', /since 1 January 2024 is asked, but that is not before 1 January 2024, .*: 1 January 2023 is taken/, '#/changes?as-of=2024-01-01'],
  ['#/world?set=USA', /Not known to this page.*set=USA\.2035=3000/, '#/world'], ['#/fair?methods=ecpc', /ratings need two methods/, null],
]
test('what is wrong in an address is said, and the rest answered', async () => {
  const page = await open(browser, file)
  for (const [address, words, same] of quick ? wrong.slice(0, 4) : wrong) {
    await goTo(page, address)
    const notices = await page.locator('.notice:not([hidden])').allTextContents()
    assert.equal(notices.filter(n => words.test(n)).length, 1, `${address}: ${notices.join(' | ')}`)
    const said = await sentence(page)
    if (same === null) continue
    await goTo(page, same)
    assert.equal(await sentence(page), said, address)
    assert.deepEqual(await page.locator('.notice:not([hidden])').allTextContents(), [], same)
  }
  assert.deepEqual(page.faults, [])
  await page.close()
})

const hostile = [
  '#/world?as-of=<img src=x onerror=alert(1)>', '#/world?as-of=9999-99-99', '#/world?year=1e9', '#/world?set=USA.2030=-5', '#/world?set=XXX.2030=5', '#/world?set=USA.2030=1e400Mt', '#/country/<script>alert(1)</script>',
  '#/country/XXX', '#/compare?iso=,,,', '#/method/%00', '#/tour/april-2021?step=99', '#/tour/april-2021?step=-1', '#/tour/elsewhere?step=x', '#/nowhere', '#/world?benchmark=../../etc/passwd', '#/world?drivers=/etc/passwd',
  '#/world?pledges=/etc/passwd', '#/world?output=/tmp/x', '#/world?gwp=%F0%9F%92%A9', `#/world?benchmark=${'C'.repeat(5000)}`, '#/fair/XXX', '#/assumptions?show=nonsense', '#/map?show=nonsense', '#/finance?source=nobody',
]
test('an address that nobody wrote harms nothing', async () => {
  const page = await open(browser, file)
  page.on('dialog', () => page.faults.push('a dialog'))
  const first = await sentence(page)
  for (const address of quick ? hostile.slice(0, 4) : hostile) {
    await goTo(page, address)
    assert.ok((await page.innerText('main')).trim() !== '' || await page.isVisible('.refused'), address)
    await goTo(page, '#/world')
    assert.equal(await sentence(page), first, address)
  }
  assert.deepEqual(page.faults, [])
  await page.close()
})
