import type { Reply } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatCount } from '../../ui/format.ts'
import { SmallTable } from '../../ui/small-table.tsx'
import { liftSaid, shareSaid } from './fared.ts'

type Threshold = Reply<'backtestDraft'>['thresholds'][number]

/** How each value of each threshold would have fared, and which is advised. */
export function TestedThresholds({ thresholds }: { readonly thresholds: readonly Threshold[] }) {
  const { say, pick } = useSay()
  const words = say.backtest
  if (thresholds.length === 0) return <p className="faint">{words.noThresholds}</p>
  return (
    <section className="stack">
      <h3>{words.thresholds}</h3>
      <p className="faint small">{words.thresholdsMeans}</p>
      {thresholds.map(threshold => {
        const name = `${pick(threshold.factor.title)} · ${say.preview.parts[threshold.part]}`
        return (
          <div key={`${threshold.path.join('.')} ${threshold.part}`} className="stack">
            <h4>{name}</h4>
            {threshold.advised === null ? <p className="faint small">{words.notEnough}</p> : null}
            <SmallTable
              rows={threshold.tries}
              keyOf={tried => String(tried.value)}
              nothing={say.none}
              pageSize={50}
              columns={[
                {
                  title: words.value,
                  of: tried => (
                    <>
                      {pick(tried.shown)}{' '}
                      {tried.value === threshold.value ? <Badge tone="calm">{words.present}</Badge> : null}
                      {tried.value === threshold.advised ? <Badge tone="good">{words.advised}</Badge> : null}
                    </>
                  ),
                },
                {
                  title: words.chosen,
                  of: tried => formatCount(tried.fared.precision.count),
                  isNumber: true,
                },
                { title: words.precision, of: tried => shareSaid(tried.fared.precision), isNumber: true },
                { title: words.recall, of: tried => shareSaid(tried.fared.recall), isNumber: true },
                { title: words.lift, of: tried => liftSaid(tried.fared), isNumber: true },
                {
                  title: words.balance,
                  of: tried => (tried.balance === null ? '—' : tried.balance.toFixed(3)),
                  isNumber: true,
                },
              ]}
            />
          </div>
        )
      })}
    </section>
  )
}
