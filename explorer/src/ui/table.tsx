/** Numbers of a chart as a table, and as CSV. */
import { save } from './export'
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

export function DataTable({ name, data, labelledBy }: { name: string; data: Data; labelledBy: string }) {
  const numeric = data.columns.map((_, i) => data.rows.length > 0 && typeof data.rows[0][i] === 'number')
  return (
    <div class="data">
      <div class="scroll" tabIndex={0} role="group" aria-labelledby={labelledBy}>
        <table>
          <thead><tr>{data.columns.map((c, i) => <th key={c.name} scope="col" class={numeric[i] ? 'n' : ''}>{heading(c)}</th>)}</tr></thead>
          <tbody>
            {data.rows.map((row, r) => <tr key={r}>{row.map((value, i) => <td key={i} class={numeric[i] ? 'n' : ''}>{cell(value)}</td>)}</tr>)}
          </tbody>
        </table>
      </div>
      <button type="button" class="quiet" onClick={() => save(`${name}.csv`, 'text/csv', csvOf(data))}>{say.saveCsv}</button>
    </div>
  )
}
