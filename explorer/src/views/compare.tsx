/** Up to six countries or groups beside each other, with the same axes. */
import { useMemo } from 'preact/hooks'
import { Beside } from '../charts/beside'
import { Multiples } from '../charts/multiples'
import type { Table } from '../engine/protocol'
import { areaWord, at, HIGH, LOW, pathwayOfTable, type Pathway } from '../state/pathway'
import { records } from '../state/parties'
import type { Compared, Sheet } from '../state/sheet'
import { address, changed, setOwn, year } from '../state/store'
import { Command } from '../ui/command'
import { Finder } from '../ui/finder'
import { useTables } from '../ui/hooks'
import { useOwn } from '../ui/own'
import { Link, Refused } from '../ui/party'
import { Grid } from '../ui/table'
import { compareWords as words } from '../words/compare'
import { bound, fixed, level } from '../words/numbers'

const MOST = 6
const usual = 'USA,CHN,IND,EUU'
const units = ['mt', 'head', '1990', '2005', '2010']

/** Of a kind for each area, in order; null until they are there. */
function comparedOf(typed: readonly string[], tables: readonly (readonly (Table | string)[] | null)[]): { areas: Compared[]; refusals: string[]; notes: string[] } | null {
  if (tables.some(t => t === null || t.length !== typed.length)) return null
  const [sheets, paths, heads] = tables as readonly (readonly (Table | string)[])[]
  const areas: Compared[] = []
  const refusals: string[] = []
  const notes: string[] = []
  typed.forEach((name, i) => {
    const [sheet, path, head] = [sheets[i], paths[i], heads[i]]
    if (typeof sheet === 'string' || typeof path === 'string' || typeof head === 'string') return void refusals.push([sheet, path, head].find(t => typeof t === 'string') as string)
    const [row] = records<Sheet>(sheet)
    if (row.note !== '') notes.push(row.note)
    if (areas.some(a => a.sheet.iso3 === row.iso3)) return
    areas.push({ typed: name, sheet: row, mt: pathwayOfTable(path)!, head: pathwayOfTable(head, 'per_head_t')! })
  })
  return { areas, refusals, notes }
}

export function Compare() {
  const iso = address.value.own.iso || usual
  const all = useMemo(() => [...new Set(iso.split(',').map(name => name.trim()).filter(Boolean))], [iso])
  const typed = useMemo(() => all.slice(0, MOST), [all])
  const of = (table: string) => typed.map(name => `country ${areaWord(name)} --table ${table}`)
  const sheets = useTables(of('profile'))
  const paths = useTables(of('pathway'))
  const heads = useTables(of('per_head'))
  const compared = useMemo(() => comparedOf(typed, [sheets.value, paths.value, heads.value]), [sheets.value, paths.value, heads.value])
  const notes = [...new Set(compared?.notes)]
  const unit = useOwn('unit', units, units[0])
  const areas = compared?.areas ?? []
  const put = (names: readonly string[]) => setOwn({ iso: names.join() === usual ? '' : names.join() })
  const commands = (table: string) => areas.map(a => `country ${areaWord(a.typed)} --table ${table}`)
  const pathways = commands(unit === 'head' ? 'per_head' : 'pathway')
  return (
    <section class="view compare">
      <div class="sentence">
        <h1 class="headline">{areas.length === 0 ? words.title : bound(words.headline(sortedByHead(areas), year.value, changed.value))}</h1>
        <p class="lead">{areas.length < 2 && compared !== null ? words.one : words.lead}</p>
      </div>
      <Chosen typed={typed} left={all.slice(MOST)} areas={areas} put={put} />
      {notes.map(note => <p key={note} class="sub">{note}.</p>)}
      {compared?.refusals.map(refusal => <Refused key={refusal} text={refusal} />)}
      <div class="choices" role="group" aria-label={words.unit}>
        {units.map(u => <button key={u} type="button" class="quiet" aria-pressed={u === unit} onClick={() => setOwn({ unit: u === units[0] ? '' : u })}>{words.units[u]}</button>)}
      </div>
      {areas.length > 0 && (
        <>
          <div class="plot"><Multiples panels={areas.map(a => ({ name: a.sheet.name, path: pathIn(a, unit) }))} unit={unit} year={year.value} command={pathways} /></div>
          <div class="plot"><Beside areas={areas} command={commands('profile')} /></div>
          <SideBySide areas={areas} />
          {pathways.map(asked => <Command key={asked} asked={asked} />)}
        </>
      )}
    </section>
  )
}

const sortedByHead = (areas: readonly Compared[]) =>
  areas.map(a => ({ name: a.sheet.name, perHead: at(a.head.cases[LOW], year.value) })).filter(a => Number.isFinite(a.perHead)).sort((a, b) => b.perHead - a.perHead)

/** In Mt, by head, or against a year that is 100. */
function pathIn(area: Compared, unit: string): Pathway {
  if (unit === 'mt') return area.mt
  if (unit === 'head') return area.head
  const base = at(area.mt.baseline, unit)
  const scaled = (series: ArrayLike<number>) => Array.from(series, v => (100 * v) / base)
  return { baseline: scaled(area.mt.baseline), cases: area.mt.cases.map(scaled) }
}

function Chosen({ typed, left, areas, put }: { typed: readonly string[]; left: readonly string[]; areas: readonly Compared[]; put: (names: readonly string[]) => void }) {
  const nameOf = (name: string) => areas.find(a => a.typed === name)?.sheet.name ?? name
  return (
    <div class="chosen">
      <ul aria-label={words.chosen}>
        {typed.map(name => (
          <li key={name}>
            <span>{nameOf(name)}</span>
            <button type="button" class="quiet glyph" aria-label={words.remove(nameOf(name))} disabled={typed.length < 2} onClick={() => put(typed.filter(n => n !== name))}>×</button>
          </li>
        ))}
      </ul>
      {typed.length < MOST ? <Finder label={words.add} onFound={({ iso3, subject }) => put([...new Set([...typed, subject.includes(',') ? iso3 : subject])])} /> : <p class="sub">{words.full}{left.length > 0 && ` ${words.leftOut(left)}`}</p>}
    </div>
  )
}

function SideBySide({ areas }: { areas: readonly Compared[] }) {
  const { columns } = words
  const y = year.value
  const [{ sheet }] = areas
  const against = (a: Compared, base: number) => 100 * (at(a.mt.cases[LOW], y) / at(a.mt.baseline, base) - 1)
  const bases = [1990, 2005, 2010, sheet.year]
  return (
    <section class="documents">
      <h2 id="beside-table">{words.tableTitle}</h2>
      <p class="sub">{words.againstSub(y)}</p>
      <Grid titled="beside-table" headed columns={[
        [columns.name], [columns.emissions(sheet.year), 'n', 'Mt'], [columns.share, 'n', '%'], [columns.head, 'n', 't'], [columns.level(y), 'n', 'Mt'], [columns.headThen(y), 'n', 't'], ...bases.map(base => [columns.against(base), 'n', '%'] as const),
        [columns.fossil(sheet.fossil_co2_from), 'n', '%'], [columns.co2, 'n', '%'], [columns.fair, 'n', 'Mt'], [columns.met, 'n'],
      ]} rows={areas.map(a => [
        <Link view="country" subject={a.typed} class="party">{a.sheet.name}</Link>, level(a.sheet.emissions_mt), fixed(a.sheet.share_of_world_pct, 1), fixed(a.sheet.per_head_t, 1),
        words.levels(at(a.mt.cases[LOW], y), at(a.mt.cases[HIGH], y)), fixed(at(a.head.cases[LOW], y), 1), ...bases.map(base => words.change(against(a, base))), fixed(a.sheet.fossil_co2_share_pct, 1), fixed(a.sheet.co2_share_pct, 1),
        words.fairRange(a.sheet.fair_lo_mt, a.sheet.fair_hi_mt, a.sheet.goal_year), a.sheet.what_is_rated === '' ? '–' : `${a.sheet.readings_met} of ${a.sheet.readings}`,
      ])} />
    </section>
  )
}
