#!/usr/bin/env node
/**
 * What the page costs: sizes, start, a frame of a drag, memory, and how soon it answers on a slow phone.
 *   make explorer && node bench/explorer.mjs [--runs N]
 * Processor times are those of the threads as the system counts them (Linux), so that a busy machine changes them
 * little; the times of answers are by the clock. Nothing is passed or failed here.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { brotliCompressSync, constants } from 'node:zlib'
import { file, launch, settle } from '../explorer/test/support.mjs'

const { values: options } = parseArgs({ options: { runs: { type: 'string', default: '5' } } })
const runs = Number(options.runs)
const root = new URL('..', import.meta.url).pathname
const FRAMES = 120
const NS = 1e6

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const row = (what, value, unit, limit) => console.log(`${what.padEnd(52)} ${String(value).padStart(9)} ${unit.padEnd(4)} ${limit === undefined ? '' : `limit ${limit}`}`)

function sizes() {
  const brotli = bytes => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length
  const kB = bytes => (bytes / 1000).toFixed(1)
  const page = readFileSync(join(root, 'build/explorer/page.html'), 'utf8')
  const part = id => Buffer.from(new RegExp(`<script[^>]*id="${id}"[^>]*>([^]*?)</script>`).exec(page)[1])
  row('engine, brotli', kB(brotli(readFileSync(join(root, 'build/wasm/engine.wasm')))), 'kB', 130)
  row('answers, brotli', kB(brotli(readFileSync(join(root, 'build/wasm/answers.wasm')))), 'kB')
  row('edition, brotli', kB(brotli(readFileSync(join(root, 'build/wasm/edition.page')))), 'kB', 1400)
  row('script, brotli', kB(brotli(Buffer.from(/<script type="module">([^]*?)<\/script>/.exec(page)[1]))), 'kB', 60)
  row('worker, brotli', kB(brotli(part('worker'))), 'kB')
  row('map, brotli', kB(brotli(part('map'))), 'kB', 40)
  row('single file', kB(statSync(join(root, 'build/explorer/stocktake-explorer.html')).size), 'kB', 3200)
}

/** Processor time of a thread so far, ms. The system counts it in ns. */
function threads(processes) {
  return processes.flatMap(pid => readdirSync(`/proc/${pid}/task`).map(tid => {
    try {
      return { tid, main: Number(tid) === pid, name: readFileSync(`/proc/${pid}/task/${tid}/comm`, 'utf8').trim(), ms: Number(readFileSync(`/proc/${pid}/task/${tid}/schedstat`, 'utf8').split(' ')[0]) / NS }
    } catch {
      return { tid, name: '', ms: 0 } // it ended meanwhile
    }
  }))
}

const renderers = async browser => {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.filter(p => p.type === 'renderer').map(p => p.id)
}
const workerTime = async browser => threads(await renderers(browser)).filter(t => t.name.startsWith('DedicatedWorker')).reduce((sum, t) => sum + t.ms, 0)

async function opened(browser, context = {}, prepare) {
  const page = await browser.newPage({ viewport: { width: 1360, height: 900 }, ...context })
  if (prepare !== undefined) await page.addInitScript(prepare)
  await page.goto(file)
  await settle(page)
  return page
}

/** A slider drawn over its whole length, a frame a step. */
const drag = (page, selector) => page.evaluate(([selector, frames]) => new Promise(done => {
  const input = document.querySelector(selector)
  const max = Number(input.max)
  let i = 0
  const frame = () => {
    input.value = String(Math.round(max * (0.2 + 0.6 * i / frames)))
    input.dispatchEvent(new Event('input', { bubbles: true }))
    if (++i < frames) requestAnimationFrame(frame)
    else requestAnimationFrame(() => setTimeout(done, 0))
  }
  requestAnimationFrame(frame)
}), [selector, FRAMES])

/** Before the page's own scripts: count what the engine answers, and keep hold of its memory. */
function watch() {
  const { Worker: Plain, Blob: Whole } = globalThis
  globalThis.answers = 0
  globalThis.Worker = class extends Plain {
    constructor(...args) {
      super(...args)
      this.addEventListener('message', ({ data }) => data.kind === 'frame' && !data.frame.cases && globalThis.answers++)
    }
  }
  const held = 'const plain = WebAssembly.instantiate; WebAssembly.instantiate = async (...all) => { const made = await plain(...all); (self.engineMemories ??= []).push((made.instance ?? made).exports.memory); return made };'
  globalThis.Blob = class extends Whole {
    constructor(parts, options) {
      super(options?.type === 'text/javascript' ? [held, ...parts] : parts, options)
    }
  }
}

const scripts = new Set(['FunctionCall', 'FireAnimationFrame', 'RunMicrotasks', 'EventDispatch', 'TimerFire', 'HandlePostMessage', 'EvaluateScript', 'MajorGC', 'MinorGC'])

/** Processor time of script on the main thread while something is done, ms: what is nested counts once. */
async function scriptTime(browser, page, act) {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'v8', 'blink.user_timing'] })
  await act()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString())
  const main = traceEvents.find(e => e.name === 'thread_name' && e.args.name === 'CrRendererMain' && traceEvents.some(o => o.pid === e.pid && o.name === 'FireAnimationFrame'))
  const own = traceEvents.filter(e => e.ph === 'X' && e.pid === main.pid && e.tid === main.tid && scripts.has(e.name) && e.tdur !== undefined).sort((a, b) => a.ts - b.ts)
  let until = -Infinity
  let sum = 0
  for (const { ts, dur, tdur } of own) {
    if (ts < until) continue
    until = ts + dur
    sum += tdur / 1000
  }
  return sum
}

async function start() {
  const engine = []
  const clock = []
  for (let i = 0; i < runs; i++) {
    const browser = await launch()
    const page = await browser.newPage({ viewport: { width: 1360, height: 900 } })
    const began = Date.now()
    await page.goto(file)
    await page.waitForSelector('main[data-view]')
    clock.push(Date.now() - began)
    engine.push(await workerTime(browser))
    await browser.close()
  }
  row('start to the first live screen, by the clock', median(clock).toFixed(0), 'ms')
  row('worker until then: engine, edition, first answers', median(engine).toFixed(0), 'ms', '300 for the engine')
}

async function frames() {
  const worker = []
  const script = []
  const answered = []
  const browser = await launch()
  const page = await opened(browser, {}, watch)
  const slider = '.row[data-iso3=USA] input[type=range]'
  await drag(page, slider) // warm
  for (let i = 0; i < runs; i++) {
    await settle(page)
    const before = await workerTime(browser)
    await page.evaluate(() => (window.answers = 0))
    await drag(page, slider)
    answered.push(await page.evaluate(() => window.answers))
    worker.push((await workerTime(browser) - before) / answered.at(-1))
    await settle(page)
    script.push(await scriptTime(browser, page, () => drag(page, slider)) / FRAMES)
  }
  row('a frame of a drag: worker', median(worker).toFixed(2), 'ms', 12)
  row('a frame of a drag: script on the main thread', median(script).toFixed(2), 'ms', 6)
  row(`answers of the engine in ${FRAMES} frames of the screen`, median(answered), '')
  const MiB = kiB => (kiB / 1024).toFixed(1)
  const [engine] = await Promise.all(page.workers().map(w => w.evaluate(() => self.engineMemories.reduce((sum, m) => sum + m.buffer.byteLength, 0))))
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  row('memory: engine and its data', MiB(engine / 1024), 'MiB')
  row('memory: script on the main thread', MiB(usedSize / 1024), 'MiB', '96 with the engine')
  const whole = Math.max(...(await renderers(browser)).map(privately))
  await browser.close()
  row('memory: all of the process beyond an empty page', MiB(whole - await emptyPage()), 'MiB')
}

/** Memory that is a process's own, KiB. */
function privately(pid) {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  return [...rollup.matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB$/gm)].reduce((sum, [, kB]) => sum + Number(kB), 0)
}

async function emptyPage() {
  const browser = await launch()
  const page = await browser.newPage({ viewport: { width: 1360, height: 900 } })
  await page.setContent('<p>nothing</p>')
  const size = Math.max(...(await renderers(browser)).map(privately))
  await browser.close()
  return size
}

async function phone() {
  const browser = await launch()
  const page = await opened(browser, { viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 })
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const waits = await page.evaluate(frames => new Promise(done => {
    const input = [...document.querySelectorAll('.pledges input[type=range]')].find(i => i.getBoundingClientRect().height > 0)
    const waits = []
    let i = 0
    const step = () => {
      const began = performance.now()
      input.value = String(Math.round(Number(input.max) * (0.2 + 0.6 * i / frames)))
      input.dispatchEvent(new Event('input', { bubbles: true }))
      // the frame is drawn when what follows it in the queue has its turn
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          waits.push(performance.now() - began)
          if (++i < frames) setTimeout(step, 8)
          else done(waits)
        }
        port2.postMessage(0)
      })
    }
    step()
  }), FRAMES)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  waits.sort((a, b) => a - b)
  row('390 px, a fourth of the speed: input to next frame, median', median(waits).toFixed(0), 'ms', 100)
  row('390 px, a fourth of the speed: 95 of 100', waits[Math.floor(0.95 * waits.length)].toFixed(0), 'ms')
  row('390 px, a fourth of the speed: worst', waits.at(-1).toFixed(0), 'ms')
  await browser.close()
}

sizes()
await start()
await frames()
await phone()
