import { Card } from 'antd'
import type { Tag } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { formatCount, formatShare } from '../../ui/format.ts'
import { SmallTable } from '../../ui/small-table.tsx'
import { codesOn, sumBy, unknownClass } from '../segments/cells.ts'
import { useClassName } from '../segments/use-class-name.ts'

const axes = ['value', 'stage', 'brand'] as const
type Axis = (typeof axes)[number]

/** How those who have a tag lie over value, stage and brand, against everybody. */
export function WhoHasIt({ tag }: { readonly tag: Tag }) {
  const { say } = useSay()
  if (tag.cells.length === 0) return null
  return (
    <Card size="small" title={<h2>{say.tags.who}</h2>}>
      <div className="tiles wide">
        {axes.map(axis => (
          <AxisTable key={axis} tag={tag} axis={axis} />
        ))}
      </div>
    </Card>
  )
}

function AxisTable({ tag, axis }: { readonly tag: Tag; readonly axis: Axis }) {
  const { say } = useSay()
  const nameOf = useClassName()
  const sums = (cells: Tag['cells']) =>
    sumBy(
      cells,
      c => c[axis] ?? unknownClass,
      c => c.subscribers,
    )
  const [have, all] = [sums(tag.cells), sums(tag.everybody)]
  const share = (count: number, of: number) => formatShare(of === 0 ? 0 : count / of)
  const codes = codesOn(
    tag[axis].classes,
    tag.everybody.map(c => c[axis]),
  )
  return (
    <SmallTable
      rows={codes.map(code => ({ code, has: have.get(code) ?? 0, all: all.get(code) ?? 0 }))}
      keyOf={row => row.code}
      nothing={say.none}
      columns={[
        { title: say.segments[axis], of: row => nameOf(tag[axis], row.code) },
        { title: say.segments.subscribers, isNumber: true, of: row => formatCount(row.has) },
        { title: say.tags.among, isNumber: true, of: row => share(row.has, tag.subscribers ?? 0) },
        { title: say.tags.inAll, isNumber: true, of: row => share(row.all, tag.of) },
      ]}
    />
  )
}
