import { Card } from 'antd'
import type { Reply } from '#wire'
import { useSay } from '../say/use-say.ts'
import { formatFen } from '../ui/format.ts'
import { Facts } from '../ui/page.tsx'

/** What we may propose, and what it asks for. */
export function TaskOffer({ task }: { readonly task: Reply<'showTask'> }) {
  const { say, pick } = useSay()
  const { offer } = task
  return (
    <Card size="small" title={<h2>{say.task.offer}</h2>}>
      {offer === null ? (
        <span className="faint">{say.task.noOffer}</span>
      ) : (
        <>
          <div className="strong">{pick(offer.title)}</div>
          <p style={{ margin: '2px 0 8px' }}>{pick(offer.means)}</p>
          <Facts
            rows={[
              [
                say.task.asks,
                offer.asksFen === null ? null : say.task.asksFen({ amount: formatFen(offer.asksFen) }),
              ],
              [say.task.bonus, offer.bonusFen === null ? null : formatFen(offer.bonusFen)],
              [
                say.task.valid,
                offer.validFrom === null || offer.validTo === null
                  ? null
                  : say.task.validSpan({ from: offer.validFrom, to: offer.validTo }),
              ],
            ]}
          />
        </>
      )}
    </Card>
  )
}
