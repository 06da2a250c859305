import { Alert } from 'antd'
import type { Subscriber } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { useMay } from '../use-may.ts'
import { Basics } from './basics.tsx'
import { Charges } from './charges.tsx'
import { FactorTrend } from './factor-trend.tsx'
import { FactorValues } from './factor-values.tsx'
import { History } from './history.tsx'
import { RulesWhy } from './rules-why.tsx'
import { Standing } from './standing.tsx'
import { Trends } from './trends.tsx'

/** Everything known about one subscriber, in the order in which people ask for it. */
export function CustomerView({ subscriber }: { readonly subscriber: Subscriber }) {
  const { say, pick } = useSay()
  const mayLook = useMay('subscriber.look')
  const missing = subscriber.missingFeeds.map(feed => pick(feed.title)).join(say.comma)
  return (
    <div className="stack">
      {missing === '' ? null : (
        <Alert type="info" showIcon title={say.customer.neverDelivered({ feeds: missing })} />
      )}
      <Basics subscriber={subscriber} />
      {mayLook ? <RulesWhy id={subscriber.basics.id} /> : null}
      <Standing standing={subscriber.standing} warningLives={subscriber.warningLives} />
      <Trends subscriber={subscriber} />
      <History subscriber={subscriber} />
      <Charges bills={subscriber.bills} />
      <FactorTrend subscriber={subscriber} />
      <FactorValues groups={subscriber.factors} />
    </div>
  )
}
