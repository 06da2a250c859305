import { Link } from '@tanstack/react-router'
import { Card } from 'antd'
import type { Tag } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { formatNumber, formatPoints, formatShare, formatValue } from '../../ui/format.ts'
import { SmallTable } from '../../ui/small-table.tsx'

/** Tags that are found with this one more often than by chance. */
export function Together({ tag }: { readonly tag: Tag }) {
  const { say, pick } = useSay()
  const share = (count: number, of: number) => formatShare(of === 0 ? 0 : count / of)
  return (
    <Card size="small" title={<h2>{say.tags.together}</h2>}>
      <SmallTable
        rows={tag.tags}
        keyOf={other => other.id}
        nothing={say.tags.nothing}
        pageSize={12}
        columns={[
          {
            title: say.tags.name,
            of: other => (
              <Link to="/tags/$tagId" params={{ tagId: other.id }}>
                {pick(other.title)}
              </Link>
            ),
          },
          {
            title: say.tags.lift,
            isNumber: true,
            of: other => say.tags.liftOf({ lift: formatNumber(Number(other.lift.toFixed(1))) }),
          },
          {
            title: say.tags.among,
            isNumber: true,
            of: other => share(other.subscribers, tag.subscribers ?? 0),
          },
          { title: say.tags.inAll, isNumber: true, of: other => share(other.everybody, tag.of) },
        ]}
      />
    </Card>
  )
}

/** Factors whose mean among those who have the tag is far from everybody's. */
export function Apart({ tag }: { readonly tag: Tag }) {
  const { say, pick, language } = useSay()
  return (
    <Card size="small" title={<h2>{say.tags.apart}</h2>}>
      <SmallTable
        rows={tag.apart}
        keyOf={factor => factor.id}
        nothing={say.tags.nothing}
        pageSize={12}
        columns={[
          { title: say.customer.factor, of: factor => pick(factor.title) },
          {
            title: say.tags.mean,
            isNumber: true,
            of: factor => formatValue({ ...factor, value: factor.mean }, language, say),
          },
          {
            title: say.tags.meanOfAll,
            isNumber: true,
            of: factor => formatValue({ ...factor, value: factor.everybody }, language, say),
          },
          { title: say.tags.deviations, isNumber: true, of: factor => formatPoints(factor.apart) },
        ]}
      />
    </Card>
  )
}
