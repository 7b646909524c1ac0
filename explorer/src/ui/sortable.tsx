/** A table whose columns sort it; the order is in the address. */
import type { ComponentChildren } from 'preact'

export interface Column<R> {
  readonly key: string
  readonly name: string
  readonly unit?: string
  /** What it is sorted by. */
  value(row: R): string | number
  /** How it is shown; the value itself by default. */
  show?(row: R): ComponentChildren
  readonly numeric?: boolean
}

/** Rows by "level" or "-level" (largest first); what has no number comes last. */
export function sorted<R>(rows: readonly R[], columns: readonly Column<R>[], order: string): R[] {
  const column = columns.find(({ key }) => key === order.replace(/^-/, ''))
  if (column === undefined) return [...rows]
  const sign = order.startsWith('-') ? -1 : 1
  const missing = (v: string | number) => v === '' || (typeof v === 'number' && !Number.isFinite(v))
  return [...rows].sort((a, b) => {
    const [x, y] = [column.value(a), column.value(b)]
    if (missing(x) || missing(y)) return Number(missing(x)) - Number(missing(y))
    return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y)))
  })
}

interface Props<R> {
  readonly label: string
  readonly columns: readonly Column<R>[]
  /** In their order. */
  readonly rows: readonly R[]
  readonly order: string
  readonly onOrder: (order: string) => void
  readonly keyOf: (row: R, i: number) => string
  readonly onHover?: (row: R | null) => void
}

export function Sortable<R>({ label, columns, rows, order, onOrder, keyOf, onHover }: Props<R>) {
  return (
    <div class="scroll tall" tabIndex={0} role="group" aria-label={label}>
      <table class="sortable">
        <thead>
          <tr>
            {columns.map(({ key, name, unit, numeric }) => {
              const down = order === `-${key}`
              const now = down || order === key
              return (
                <th key={key} scope="col" class={numeric ? 'n' : ''} aria-sort={now ? (down ? 'descending' : 'ascending') : undefined}>
                  <button type="button" class="quiet" onClick={() => onOrder(now ? (down ? key : `-${key}`) : numeric ? `-${key}` : key)}>
                    {name}{unit && <span class="unit"> {unit}</span>}<span class="arrow" aria-hidden="true">{now ? (down ? '↓' : '↑') : ''}</span>
                  </button>
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={keyOf(row, i)} onPointerEnter={onHover && (() => onHover(row))} onPointerLeave={onHover && (() => onHover(null))}>
              {columns.map((column, c) => {
                const shown = column.show?.(row) ?? column.value(row)
                return c === 0 ? <th key={column.key} scope="row">{shown}</th> : <td key={column.key} class={column.numeric ? 'n' : ''}>{shown}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
