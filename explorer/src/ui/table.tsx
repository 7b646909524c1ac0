/** Tables that scroll by themselves; numbers of a chart as one, as CSV and as JSON. */
import type { ComponentChildren } from 'preact'
import { save } from './export'
import { engine } from '../state/store'
import { say } from '../words/en'

export interface Data {
  readonly columns: readonly { name: string; unit?: string }[]
  readonly rows: readonly (readonly (string | number)[])[]
}

const cell = (value: string | number) => (typeof value === 'number' ? (Number.isFinite(value) ? String(value) : '') : value)
const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const heading = ({ name, unit }: Data['columns'][number]) => (unit ? `${name} (${unit})` : name)

export const csvOf = ({ columns, rows }: Data) =>
  [columns.map(heading), ...rows].map(row => row.map(value => quoted(cell(value))).join(',')).join('\n') + '\n'

/** With where the numbers come from, since a file has no page around it. */
const jsonOf = ({ columns, rows }: Data, command: string) => JSON.stringify({ command, edition: engine.value?.facts.edition, columns, rows }, null, 1)

interface GridProps {
  /** The id of its title, or the name itself. */
  readonly titled?: string
  readonly name?: string
  /** Name, class of the cells ("n": numbers), unit. */
  readonly columns: readonly (readonly [string, string?, string?])[]
  readonly rows: readonly (readonly ComponentChildren[])[]
  readonly class?: string
  /** The first cell of a row is its name. */
  readonly headed?: boolean
}

export function Grid({ titled, name, columns, rows, class: kind = '', headed = false }: GridProps) {
  const classOf = (i: number) => columns[i][1]
  return (
    <div class={`scroll ${kind}`} tabIndex={0} role="group" aria-labelledby={titled} aria-label={name}>
      <table>
        <thead><tr>{columns.map(([c, k, unit]) => <th key={c} scope="col" class={k === 'n' ? k : undefined}>{c}{unit && <span class="unit"> {unit}</span>}</th>)}</tr></thead>
        <tbody>{rows.map((row, r) => <tr key={r}>{row.map((cell, i) => (headed && i === 0 ? <th key={i} scope="row">{cell}</th> : <td key={i} class={classOf(i)}>{cell}</td>))}</tr>)}</tbody>
      </table>
    </div>
  )
}

export function DataTable({ name, data, labelledBy, command }: { name: string; data: Data; labelledBy: string; command: string }) {
  const kindOf = (i: number) => (data.rows.length > 0 && typeof data.rows[0][i] === 'number' ? 'n' : undefined)
  return (
    <div class="data">
      <Grid titled={labelledBy} columns={data.columns.map((c, i) => [heading(c), kindOf(i)])} rows={data.rows.map(row => row.map(cell))} />
      <button type="button" class="quiet" onClick={() => save(`${name}.csv`, 'text/csv', csvOf(data))}>{say.saveCsv}</button>
      <button type="button" class="quiet" onClick={() => save(`${name}.json`, 'application/json', jsonOf(data, command))}>{say.saveJson}</button>
    </div>
  )
}
