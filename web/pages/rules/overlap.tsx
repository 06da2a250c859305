import type { Reply } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { formatCount, formatShare } from '../../ui/format.ts'
import { SmallTable } from '../../ui/small-table.tsx'

interface OverlapProps {
  readonly found: Reply<'overlapDraft'>
  readonly count: number
}

/** Whom a draft shares with each rule in force, the most first. */
export function Overlap({ found, count }: OverlapProps) {
  const { say, pick } = useSay()
  const words = say.preview
  const rows = found.rules
    .map((rule, i) => ({
      ...rule,
      both: found.both[0]?.[i + 1] ?? 0,
      alone: found.both[i + 1]?.[i + 1] ?? 0,
    }))
    .toSorted((a, b) => b.both - a.both)
  return (
    <SmallTable
      rows={rows}
      keyOf={row => row.id}
      nothing={say.rules.none}
      columns={[
        { title: words.rule, of: row => pick(row.title) },
        { title: words.both, of: row => formatCount(row.both), isNumber: true },
        {
          title: words.ofDraft,
          of: row => (count === 0 ? '—' : formatShare(row.both / count)),
          isNumber: true,
        },
        { title: words.alone, of: row => formatCount(row.alone), isNumber: true },
      ]}
    />
  )
}
