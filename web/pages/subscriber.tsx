import { getRouteApi, Link } from '@tanstack/react-router'
import { Card } from 'antd'
import { Answer } from '../answer.tsx'
import { useReply } from '../api.ts'
import { UnmaskButton } from '../forms/unmask.tsx'
import { useSay } from '../say/use-say.ts'
import { Page } from '../ui/page.tsx'
import { CustomerView } from './customer/view.tsx'

const route = getRouteApi('/frame/subscribers/$subscriberId')

export function SubscriberPage() {
  const { say } = useSay()
  const { subscriberId } = route.useParams()
  const subscriber = useReply('showSubscriber', { parts: { id: subscriberId } })
  const number = subscriber.data?.basics.number ?? subscriberId
  const title = `${say.customer.title} ${number}`
  return (
    <Page
      title={title}
      aside={
        <span className="row">
          <UnmaskButton subscriberId={subscriberId} />
          <Link to="/subscribers">{say.customer.find}</Link>
        </span>
      }
    >
      <Answer to={subscriber}>
        {found => (
          <Card size="small" extra={<span className="faint small">{say.asOf({ day: found.asOf })}</span>}>
            <CustomerView subscriber={found} />
          </Card>
        )}
      </Answer>
    </Page>
  )
}
