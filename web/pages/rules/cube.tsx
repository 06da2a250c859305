import { Select } from 'antd'
import { useState } from 'react'
import type { Reply } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { formatCount } from '../../ui/format.ts'
import { SmallTable } from '../../ui/small-table.tsx'
import { sumsBy } from './cells.ts'

type Cell = Reply<'pictureDraft'>['cells'][number]

/** Those selected by value and stage, of one brand or branch or all. */
export function Cube({ cells }: { readonly cells: readonly Cell[] }) {
  const { say, pick } = useSay()
  const words = say.preview
  const [brand, setBrand] = useState<string>()
  const [branch, setBranch] = useState<string>()
  const codeOf = (cell: Cell, side: 'brand' | 'branch') => cell[side]?.code ?? ''
  const shown = cells.filter(
    cell =>
      (brand === undefined || codeOf(cell, 'brand') === brand) &&
      (branch === undefined || codeOf(cell, 'branch') === branch),
  )
  const chooser = (
    side: 'brand' | 'branch',
    label: string,
    chosen: string | undefined,
    choose: (code: string | undefined) => void,
  ) => (
    <Select<string>
      aria-label={side === 'brand' ? words.brand : words.branch}
      style={{ minWidth: 180 }}
      allowClear
      placeholder={label}
      value={chosen ?? null}
      options={sumsBy(cells, side).map(({ code, title, count }) => ({
        value: code,
        label: `${title === null ? words.unknown : pick(title)} ${formatCount(count)}`,
      }))}
      onChange={(code: string | undefined) => choose(code)}
    />
  )
  const values = sumsBy(cells, 'value')
  const rows = sumsBy(shown, 'stage').map(stage => ({
    ...stage,
    byValue: new Map(sumsBy(stage.cells, 'value').map(v => [v.code, v.count])),
  }))
  return (
    <div className="stack">
      <div className="row">
        {chooser('brand', words.allBrands, brand, setBrand)}
        {chooser('branch', words.allBranches, branch, setBranch)}
      </div>
      <SmallTable
        rows={rows}
        keyOf={row => row.code}
        nothing={words.noSample}
        columns={[
          { title: words.stage, of: row => (row.title === null ? words.unknown : pick(row.title)) },
          ...values.map(value => ({
            title: value.title === null ? words.unknown : pick(value.title),
            of: (row: (typeof rows)[number]) => formatCount(row.byValue.get(value.code) ?? 0),
            isNumber: true,
          })),
          { title: words.total, of: row => formatCount(row.count), isNumber: true },
        ]}
      />
    </div>
  )
}
