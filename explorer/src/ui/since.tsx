/** The control of the second date. */
import { useState } from 'preact/hooks'
import { asOf } from '../state/store'
import { presets, putSince, since } from '../state/since'
import { changesWords as words } from '../words/changes'

const FIRST = '2014-12-31'

export function SinceControl() {
  const [typed, setTyped] = useState<string | null>(null)
  const commit = () => {
    if (typed !== null && /^\d{4}-\d{2}-\d{2}$/.test(typed) && typed >= FIRST && typed < asOf.value) putSince(typed)
    setTyped(null)
  }
  return (
    <div class="since" role="group" aria-label={words.since}>
      <label>{words.since}{' '}
        <input type="date" min={FIRST} max={asOf.value} value={typed ?? since.value}
          onInput={event => setTyped(event.currentTarget.value)} onBlur={commit} onKeyDown={event => event.key === 'Enter' && commit()} />
      </label>
      {presets.value.map(preset => (
        <button key={preset.key} type="button" class="quiet" aria-pressed={preset.date === since.value} onClick={() => putSince(preset.date)}>{words.preset(preset)}</button>
      ))}
    </div>
  )
}
