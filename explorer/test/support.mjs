/** A browser, the page from a file and from a server, and the command beside it. */
import { execFileSync } from 'node:child_process'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
export const program = process.env.STOCKTAKE ?? join(root, 'build/release/stocktake')
const built = process.env.EXPLORER ?? join(root, 'build/explorer')
export const file = pathToFileURL(join(built, 'stocktake-explorer.html')).href
/** A part that is done in a minute and a half, instead of everything. */
export const quick = Boolean(process.env.QUICK)

/** Chromium as the distribution has it. */
export function launch() {
  const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
  if (executablePath === undefined) throw new Error('no Chromium: name one in CHROMIUM')
  const args = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  return chromium.launch({ executablePath, args })
}

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.bin': 'application/octet-stream' }

/** The folder for a host, served from this machine. */
export async function serve(folder = join(built, 'site')) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname)).replace(/\/$/, '/index.html')
    const found = join(folder, path)
    if (!found.startsWith(folder) || !existsSync(found) || !statSync(found).isFile()) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': types[extname(found)] ?? 'application/octet-stream' })
    createReadStream(found).pipe(response)
  })
  await new Promise(listening => server.listen(0, '127.0.0.1', listening))
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() }
}

/**
 * A page at a state of the address, with everything that it says on the console and every request to elsewhere in
 * `faults`.
 */
export async function open(browser, address, hash = '', { width = 1360, height = 900, prepare, ...context } = {}) {
  const page = await browser.newPage({ viewport: { width, height }, ...context })
  page.faults = []
  const own = new URL('.', address).href
  page.on('console', message => page.faults.push(`console: ${message.text()}`))
  page.on('pageerror', error => page.faults.push(`error: ${error.stack}`))
  page.on('request', request => {
    const url = request.url()
    if (!url.startsWith(own) && !/^(blob|data):/.test(url)) page.faults.push(`request: ${url}`)
  })
  if (prepare !== undefined) await page.addInitScript(prepare)
  await page.goto(address + hash)
  if (prepare === undefined) await settle(page)
  return page
}

/** Until nothing is computed for a while, longer than the page rests before it asks for tables. */
export async function settle(page, calm = 350) {
  await page.waitForSelector('main[data-view]', { timeout: 60000 })
  await page.evaluate(calm => new Promise(done => {
    let last = performance.now()
    const look = () => {
      const now = performance.now()
      if (document.documentElement.hasAttribute('data-busy') || document.querySelector('.stale')) last = now
      if (now - last >= calm) done()
      else setTimeout(look, 20)
    }
    look()
  }), calm)
}

/** Go to another state in the open page, as a reader who edits the address. */
export async function goTo(page, hash, calm) {
  await page.evaluate(to => (location.hash = to), hash)
  await settle(page, calm)
}

/** A line of the page run by a shell, as a reader would paste it. */
export function run(line, ...more) {
  if (!line.startsWith('stocktake ')) throw new Error(`no command: ${line}`)
  return execFileSync('sh', ['-c', `"$0" ${line.slice('stocktake '.length)} "$@"`, program, ...more], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** CSV as rows of objects. */
export function readCsv(text) {
  const rows = []
  let row = ['']
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quoted && c === '"' && text[i + 1] === '"') { row[row.length - 1] += '"'; i++ }
    else if (c === '"') quoted = !quoted
    else if (c === ',' && !quoted) row.push('')
    else if (c === '\n' && !quoted) { rows.push(row); row = [''] }
    else if (c !== '\r') row[row.length - 1] += c
  }
  const [names, ...values] = rows
  return values.map(v => Object.fromEntries(names.map((name, i) => [name, v[i]])))
}

/** Every chart of the view by its id: heading, numbers behind it and the command that gives them. */
export async function figures(page, calm) {
  for (;;) { // each press may move the others
    const closed = page.locator('main figure .tools button[aria-expanded=false]').first()
    if (await closed.count() === 0) break
    await closed.evaluate(button => button.click())
    await page.evaluate(() => new Promise(requestAnimationFrame))
  }
  await settle(page, calm)
  return page.evaluate(() => Object.fromEntries([...document.querySelectorAll('main figure')].map(figure => [figure.id, {
    title: figure.querySelector('figcaption h2, figcaption h3').textContent,
    command: figure.querySelector('[data-command]')?.textContent ?? null,
    columns: [...figure.querySelectorAll('.data thead th')].map(th => th.textContent),
    rows: [...figure.querySelectorAll('.data tbody tr')].map(tr => [...tr.cells].map(td => td.textContent)),
  }])))
}

export const sentence = page => page.evaluate(() => [...document.querySelectorAll('main .headline, main .lead')].map(e => e.textContent).join(' '))

/** A number of the page's words or tables: its minus is a sign of its own. */
export const numberOf = text => (text === '' ? NaN : Number(text.replaceAll('−', '-').replaceAll(',', '')))
export const numbersIn = text => [...text.replaceAll('−', '-').matchAll(/(?<![\w.])-?\d[\d,]*(?:\.\d+)?(?![\w-])/g)].map(m => Number(m[0].replaceAll(',', '')))
