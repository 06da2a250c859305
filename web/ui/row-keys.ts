import type { HTMLAttributes, KeyboardEvent } from 'react'

/** Which row the key leads to, from `index` of `count`; undefined when the key means nothing here. */
export function rowAfter(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(index + 1, count - 1)
    case 'ArrowUp':
      return Math.max(index - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}

/**
 * For antd's `onRow`: one row is in the tab order, arrows move to its neighbours, Enter or a click opens.
 * The focus itself is the selection, so nothing is kept.
 */
export function rowKeys<Row>(count: number, open: (row: Row) => void) {
  return (row: Row, index = 0): HTMLAttributes<HTMLTableRowElement> => ({
    className: 'list-row',
    tabIndex: index === 0 ? 0 : -1,
    onClick: () => open(row),
    onKeyDown: event => {
      if (event.target !== event.currentTarget) return
      if (event.key === 'Enter') open(row)
      else moveFocus(event, rowAfter(event.key, index, count))
    },
  })
}

function moveFocus(event: KeyboardEvent<HTMLTableRowElement>, to: number | undefined): void {
  if (to === undefined) return
  event.preventDefault()
  const rows = event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('tr.list-row')
  rows?.[to]?.focus()
}
