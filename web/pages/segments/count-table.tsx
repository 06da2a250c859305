import { Link } from '@tanstack/react-router'
import { useSay } from '../../say/use-say.ts'
import type { SegmentCustomersSearch } from '../../search.ts'
import { formatCount } from '../../ui/format.ts'

interface Head {
  readonly code: string
  readonly title: string
}

interface CountTableProps {
  readonly corner: string
  readonly columns: readonly Head[]
  readonly rows: readonly (Head & { readonly more?: string | undefined; readonly aside?: string })[]
  readonly countOf: (row: string, column: string) => number
  /** Where a count leads; undefined for a row or column stands for their sum. Nothing: it leads nowhere. */
  readonly searchOf: (row?: string, column?: string) => SegmentCustomersSearch | undefined
  /** A last column with something else than counts, and its sum. */
  readonly aside?: string
  readonly total?: string
  /** Counts that say "no change" stand back. */
  readonly isStill?: (row: string, column: string) => boolean
}

/** Counts by two classes with their sums. Each count is a link to whom it counts. */
export function CountTable({
  corner,
  columns,
  rows,
  countOf,
  searchOf,
  aside,
  total,
  isStill,
}: CountTableProps) {
  const { say } = useSay()
  const sumOfRow = (row: string) => columns.reduce((sum, c) => sum + countOf(row, c.code), 0)
  const sumOfColumn = (column: string) => rows.reduce((sum, r) => sum + countOf(r.code, column), 0)
  const whole = columns.reduce((sum, c) => sum + sumOfColumn(c.code), 0)
  return (
    <div className="count-table">
      <table>
        <thead>
          <tr>
            <th scope="col" className="count-head">
              {corner}
            </th>
            {columns.map(c => (
              <th key={c.code} scope="col" className="number count-head">
                {c.title}
              </th>
            ))}
            <th scope="col" className="number count-head">
              {say.segments.sum}
            </th>
            {aside === undefined ? null : (
              <th scope="col" className="number count-head">
                {aside}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(r => (
            <tr key={r.code}>
              <th scope="row">
                {r.title}
                {r.more === undefined ? null : <span className="faint small"> {r.more}</span>}
              </th>
              {columns.map(c => (
                <td key={c.code} className={isStill?.(r.code, c.code) === true ? 'number still' : 'number'}>
                  <Count
                    count={countOf(r.code, c.code)}
                    cell={`${r.title} × ${c.title}`}
                    search={searchOf(r.code, c.code)}
                  />
                </td>
              ))}
              <td className="number strong">
                <Count count={sumOfRow(r.code)} cell={r.title} search={searchOf(r.code)} />
              </td>
              {aside === undefined ? null : <td className="number">{r.aside}</td>}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{say.segments.sum}</th>
            {columns.map(c => (
              <td key={c.code} className="number strong">
                <Count count={sumOfColumn(c.code)} cell={c.title} search={searchOf(undefined, c.code)} />
              </td>
            ))}
            <td className="number strong">{formatCount(whole)}</td>
            {aside === undefined ? null : <td className="number">{total}</td>}
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

interface CountProps {
  readonly count: number
  readonly cell: string
  readonly search: SegmentCustomersSearch | undefined
}

function Count({ count, cell, search }: CountProps) {
  const { say } = useSay()
  const text = formatCount(count)
  if (count === 0 || search === undefined) return <span className="faint">{text}</span>
  return (
    <Link to="/segments/customers" search={search} aria-label={say.segments.open({ cell, count: text })}>
      {text}
    </Link>
  )
}
