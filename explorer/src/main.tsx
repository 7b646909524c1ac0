/** Start: the page stands as it was built until the engine is there; then everything is live. */
import { effect } from '@preact/signals'
import { render } from 'preact'
import { startEngine, Unable } from './engine/client'
import { load, startWorker } from './engine/load'
import { readParties } from './state/parties'
import { arrive, follow, parties, receive, refusal, refuse, whole } from './state/store'
import { App } from './ui/app'

async function start(): Promise<void> {
  if (!location.hash && document.documentElement.dataset.state) history.replaceState(null, '', document.documentElement.dataset.state)
  arrive()
  const app = document.getElementById('app')!
  const [wasm, answers, edition] = await Promise.all([load('engine'), load('answers'), load('edition')])
  const client = await startEngine(startWorker(), { wasm, answers, edition }, { onFrame: receive, onRefused: refuse, onBusy })
  arrive(client)
  parties.value = await readParties(client)
  follow(client)
  await firstFrame()
  document.getElementById('engine-state')!.hidden = true
  app.replaceChildren()
  render(<App />, app)
  if ('serviceWorker' in navigator && /^http/.test(location.protocol) && document.querySelector('link[data-single]')) {
    navigator.serviceWorker.register('sw.js').catch(() => {})
  }
}

/** For whoever drives the page: its figures are those of its address when it is not busy. */
const onBusy = (busy: boolean) => document.documentElement.toggleAttribute('data-busy', busy)

/** The page as it was built stays until everything can be drawn at once. */
const firstFrame = () => new Promise<void>(resolve => {
  const stop = effect(() => {
    if (whole.value === null && refusal.value === '') return
    resolve()
    queueMicrotask(() => stop())
  })
})

function fail(error: unknown): void {
  const place = document.getElementById('engine-state')!
  const unable = error instanceof Unable || typeof DecompressionStream === 'undefined'
  place.textContent = unable ? place.dataset.none! : String(error)
  place.hidden = false
}

start().catch(fail)
