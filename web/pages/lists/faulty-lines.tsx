import { Alert } from 'antd'
import type { Reply } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { formatCount } from '../../ui/format.ts'
import { SmallTable } from '../../ui/small-table.tsx'

/** What is wrong with a file, line by line: the first hundred. */
export function FaultyLines({
  report: { faulty, faultyLines },
}: {
  readonly report: Pick<Reply<'checkList'>, 'faulty' | 'faultyLines'>
}) {
  const { say, pick } = useSay()
  const words = say.organisation
  if (faultyLines === 0) return null
  return (
    <div className="stack" role="alert">
      <Alert type="error" title={say.lists.faulty({ count: formatCount(faultyLines) })} />
      <SmallTable
        rows={faulty}
        keyOf={one => `${one.line} ${one.column} ${one.fault.code}`}
        columns={[
          { title: words.line, of: one => one.line, isNumber: true },
          { title: words.column, of: one => one.column ?? '' },
          { title: words.problem, of: one => pick(one.fault) },
        ]}
        nothing=""
      />
    </div>
  )
}
