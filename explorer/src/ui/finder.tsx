/** Find an area by any name that the library knows: in English, French, Spanish or German, a code, a group. */
import { useState } from 'preact/hooks'
import { engine, parties } from '../state/store'
import { areaWord } from '../state/pathway'
import { say } from '../words/en'

export interface Found {
  /** The code; of several areas, and of a member of a joint document, what was typed. */
  readonly subject: string
  readonly iso3: string
  readonly name: string
}

export async function findArea(typed: string): Promise<Found> {
  const table = await engine.value!.table({ options: {}, supposed: [] }, `country ${areaWord(typed)} --table profile`)
  const [iso3, name, note] = ['iso3', 'name', 'note'].map(column => (table[column] as string[])[0])
  return { iso3, name, subject: note !== '' || iso3.includes('+') ? typed : iso3 }
}

interface Props {
  readonly label: string
  readonly onFound: (found: Found) => void
  /** Follows what is typed, for a list that is narrowed by it. */
  readonly onType?: (typed: string) => void
}

export function Finder({ label, onFound, onType }: Props) {
  const [typed, setTyped] = useState('')
  const [refused, setRefused] = useState('')
  const type = (text: string) => {
    setTyped(text)
    setRefused('')
    onType?.(text)
  }
  const find = async (event: Event) => {
    event.preventDefault()
    if (typed.trim() === '') return
    try {
      const found = await findArea(typed.trim())
      type('')
      onFound(found)
    } catch (error) {
      setRefused((error as Error).message)
    }
  }
  return (
    <form class="find" role="search" onSubmit={find}>
      <input type="search" list="areas" placeholder={label} aria-label={label} aria-describedby="find-refused" value={typed} onInput={event => type(event.currentTarget.value)} />
      <button type="submit">{say.show}</button>
      <datalist id="areas">{[...parties.value.values()].map(({ iso3, name }) => <option key={iso3} value={name} />)}</datalist>
      <p id="find-refused" class="refused" role="status">{refused}</p>
    </form>
  )
}
