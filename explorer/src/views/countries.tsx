/** Every country: what it emits and where its pledge leads, to be searched and sorted. */
import { useMemo, useState } from 'preact/hooks'
import { records } from '../state/parties'
import { engine, frame, go, lastOfRecord, setOwn, year } from '../state/store'
import { Command } from '../ui/command'
import { Finder } from '../ui/finder'
import { useTable } from '../ui/hooks'
import { useOrder } from '../ui/own'
import { PartyLink, Refused } from '../ui/party'
import { Sortable, sorted, type Column } from '../ui/sortable'
import { countryWords as words } from '../words/country'
import { bound, fixed, level, signed } from '../words/numbers'

interface Listed {
  readonly iso3: string
  readonly name: string
  readonly kind: string
  readonly party: string
  readonly emissions_mt: number
  readonly share_of_world_pct: number
  readonly rank: number
  readonly per_head_t: number
  readonly per_gdp_kg: number
  /** Mt in the year asked about, unconditional at low ambition; NaN for members of a joint document. */
  readonly level: number
  readonly confidence: string
  readonly target_year: number
}

/** A row of `assess --parties`, as far as it is shown. */
interface Heading {
  readonly iso3: string
  readonly level_low_mt: number
  readonly target_year: number
  readonly confidence: string
}

const CASES = 4
const NAMED = 3

const columnsOf = (y: string): readonly Column<Listed>[] => [
  { key: 'name', name: words.list.name, value: r => r.name, show: r => <PartyLink iso3={r.iso3} /> },
  { key: 'emissions', name: words.list.emissions, unit: 'Mt', numeric: true, value: r => r.emissions_mt, show: r => level(r.emissions_mt) },
  { key: 'share', name: words.list.share, unit: '%', numeric: true, value: r => r.share_of_world_pct, show: r => fixed(r.share_of_world_pct, r.share_of_world_pct < 0.1 ? 3 : 1) },
  { key: 'rank', name: words.list.rank, numeric: true, value: r => r.rank, show: r => (Number.isFinite(r.rank) ? r.rank : '') },
  { key: 'head', name: words.list.perHead, unit: 't', numeric: true, value: r => r.per_head_t, show: r => fixed(r.per_head_t, 1) },
  { key: 'gdp', name: words.list.perGdp, unit: 'kg', numeric: true, value: r => r.per_gdp_kg, show: r => fixed(r.per_gdp_kg, 2) },
  { key: 'level', name: words.list.level(y), unit: 'Mt', numeric: true, value: r => r.level, show: r => (Number.isFinite(r.level) ? level(r.level) : '') },
  { key: 'change', name: words.list.change, unit: '%', numeric: true, value: changeOf, show: r => (Number.isFinite(changeOf(r)) ? signed(changeOf(r), 0) : '') },
  { key: 'mark', name: words.list.mark, value: r => r.confidence },
  { key: 'kind', name: words.list.kind, value: r => words.kinds[r.kind] ?? r.kind },
]

const changeOf = (r: Listed) => (r.emissions_mt > 0 ? 100 * (r.level / r.emissions_mt - 1) : NaN)

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

export function CountryList() {
  const [typed, setTyped] = useState('')
  const list = useTable('country')
  const headings = useTable('assess --parties')
  const rows = useMemo(() => {
    if (list.value === null || headings.value === null) return null
    const by = new Map(records<Heading>(headings.value).map(h => [h.iso3, h]))
    return records<Listed>(list.value).map(r => ({ ...r, level: by.get(r.iso3)?.level_low_mt ?? NaN, confidence: by.get(r.iso3)?.confidence ?? '', target_year: by.get(r.iso3)?.target_year ?? NaN }))
  }, [list.value, headings.value])
  const path = frame.value?.arrays['path@']?.values
  const live = rows?.map(r => ({ ...r, level: path?.[engine.value!.facts.actors.indexOf(r.iso3) * CASES] ?? r.level }))
  const columns = columnsOf(year.value)
  const order = useOrder(columns, '-emissions')
  const wanted = folded(typed.trim())
  const shown = live?.filter(r => wanted === '' || r.iso3.toLowerCase() === wanted || folded(r.name).includes(wanted))
  const parties = rows?.filter(r => r.kind === 'party') ?? []
  const first = [...parties].sort((a, b) => a.rank - b.rank).slice(0, NAMED)
  return (
    <section class="view country">
      <div class="sentence">
        <h1 class="headline">{rows === null ? ' ' : bound(words.listHeadline(first.map(r => ({ name: r.name, share: r.share_of_world_pct })), parties.length, parties.filter(r => Number.isFinite(r.target_year) && r.target_year >= Number(year.value)).length, year.value))}</h1>
        <p class="lead">{words.listLead(lastOfRecord.value, year.value)}</p>
      </div>
      <Finder label={words.find} onFound={found => go('country', found.subject)} onType={setTyped} />
      <Refused text={list.refusal || headings.refusal} />
      {shown !== undefined && live !== undefined && (
        <>
          <h2 class="listed">{words.listTitle} <span class="sub">{words.filtered(shown.length, live.length)}</span></h2>
          <Sortable label={words.listTitle} columns={columns} rows={sorted(shown, columns, order)} order={order} keyOf={r => r.iso3} onOrder={to => setOwn({ sort: to === '-emissions' ? '' : to })} />
        </>
      )}
      <Command asked="country" />
      <Command asked="assess --parties" />
    </section>
  )
}
