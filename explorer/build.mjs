/**
 * The page as files: build/explorer/site (for a host), page.html (the single file without an edition, which the
 * command fills) and stocktake-explorer.html (with the shipped edition).
 *   node build.mjs [--program PATH/stocktake] [--engine DIR]
 * Needs the native program, which gives the figures of the first paint, and the engine (make engine).
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { constants, gzipSync } from 'node:zlib'
import { build, transform } from 'esbuild'
import { makeShapes } from './map/shapes.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..')
const { values: options } = parseArgs({
  options: {
    program: { type: 'string', default: join(root, 'build/release/stocktake') },
    engine: { type: 'string', default: join(root, 'build/wasm') },
    output: { type: 'string', default: join(root, 'build/explorer') },
  },
})
const settings = { bundle: true, write: false, minify: true, target: 'es2022', absWorkingDir: here, jsx: 'automatic', jsxImportSource: 'preact' }

const bundle = async (entry, format) => (await build({ ...settings, entryPoints: [entry], format })).outputFiles[0].text
const packed = bytes => gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION })

/** A script's text inside its element: nothing in it may end the element. */
const inElement = text => text.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')
const inHtml = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const fill = (template, parts) => template.replace(/@([A-Z_]+)@/g, (all, name) => parts[name] ?? all)

async function wordsOfToday() {
  const bundled = join(options.output, 'words.mjs')
  await build({ ...settings, write: true, entryPoints: ['src/words/en.ts'], format: 'esm', outfile: bundled })
  const { say } = await import(pathToFileURL(bundled).href)
  rmSync(bundled)
  const ask = (...words) => execFileSync(options.program, words, { encoding: 'utf8' })
  const [headline, ...rest] = ask('assess').split('\n')
  const lead = rest.slice(0, rest.indexOf('')).join(' ')
  return { say, headline: `${headline} ${lead.split('. ')[0]}.`, lead: lead.split('. ').slice(1).join('. '), day: new Date().toISOString().slice(0, 10) }
}

/** Version, edition and its files, for the view that says where figures come from. */
function sourcesOfEdition() {
  const { version, edition_sha256: edition, sources } = JSON.parse(execFileSync(options.program, ['data', '--format', 'json'], { encoding: 'utf8' }))
  return { version, edition, sources: sources.map(({ path, content, source, version: v, licence, citation }) => ({ path, content, source, version: v, licence, citation })) }
}

async function style() {
  // the page first, then what single views add
  const own = readdirSync(join(here, 'src/style')).sort((a, b) => (b === 'page.css') - (a === 'page.css') || (a < b ? -1 : 1))
  const text = ['../src/report/chart.css', ...own.map(name => `src/style/${name}`)].map(file => readFileSync(join(here, file), 'utf8')).join('\n')
  return (await transform(text, { loader: 'css', minify: true, target: 'es2022' })).code.trim()
}

const serviceWorker = files => `const cache = ${JSON.stringify(`stocktake-${createHash('sha256').update(files.join()).digest('hex').slice(0, 12)}`)}
const files = ${JSON.stringify(files)}
self.addEventListener('install', event => event.waitUntil(caches.open(cache).then(c => c.addAll(files)).then(() => self.skipWaiting())))
self.addEventListener('activate', event => event.waitUntil(caches.keys().then(keys => Promise.all(keys.filter(k => k.startsWith('stocktake-') && k !== cache).map(k => caches.delete(k)))).then(() => self.clients.claim())))
self.addEventListener('fetch', event => {
  if (event.request.method === 'GET') event.respondWith(caches.match(event.request, { ignoreSearch: true }).then(found => found ?? fetch(event.request)))
})
`

async function main() {
  mkdirSync(join(options.output, 'site'), { recursive: true })
  const { say, headline, lead, day } = await wordsOfToday()
  const files = Object.fromEntries(Object.entries({ engine: 'engine.wasm', answers: 'answers.wasm', edition: 'edition.page' })
    .map(([name, file]) => [name, packed(readFileSync(join(options.engine, file)))]))
  const icon = readFileSync(join(root, 'docs/site/icon.svg'))
  const parts = {
    HEADLINE: inHtml(headline), LEAD: inHtml(lead), DAY: day, NONE: inHtml(say.noEngine), LOADING: inHtml(say.loading),
    ICON: `data:image/svg+xml;base64,${icon.toString('base64')}`,
    STYLE: await style(), WORKER: inElement(await bundle('src/engine/worker.ts', 'iife')), SCRIPT: inElement(await bundle('src/main.tsx', 'esm')),
    MAP: inElement(JSON.stringify(await makeShapes())), SOURCES: inElement(JSON.stringify(sourcesOfEdition())),
  }
  const template = readFileSync(join(here, 'index.html'), 'utf8')
  const within = { HEAD: '', ENGINE_FILE: '', ENGINE: files.engine.toString('base64'), ANSWERS_FILE: '', ANSWERS: files.answers.toString('base64'), EDITION_FILE: '' }
  const single = fill(template, { ...parts, ...within })
  const whole = fill(single, { EDITION: files.edition.toString('base64') })
  writeFileSync(join(options.output, 'page.html'), single)
  writeFileSync(join(options.output, 'stocktake-explorer.html'), whole)
  writeSite(fill(template, { ...parts, HEAD: '<link rel="alternate" type="text/html" href="stocktake-explorer.html" data-single>\n' }), files, whole)
  console.log(`page.html ${single.length} B, stocktake-explorer.html ${whole.length} B, script ${parts.SCRIPT.length} B`)
}

function writeSite(page, files, whole) {
  const places = { ENGINE: '', ANSWERS: '', EDITION: '' }
  const names = []
  for (const [name, bytes] of Object.entries(files)) {
    const file = `${name}.${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.bin`
    writeFileSync(join(options.output, 'site', file), bytes)
    places[`${name.toUpperCase()}_FILE`] = ` data-file="${file}"`
    names.push(file)
  }
  writeFileSync(join(options.output, 'site/index.html'), fill(page, places))
  writeFileSync(join(options.output, 'site/stocktake-explorer.html'), whole)
  writeFileSync(join(options.output, 'site/sw.js'), serviceWorker(['./', ...names]))
}

await main()
