import { getRouteApi, Link } from '@tanstack/react-router'
import { Answer } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Page } from '../../ui/page.tsx'
import { CustomerTable } from '../segments/customer-table.tsx'

const route = getRouteApi('/frame/tags/$tagId/customers')

/** Those who have a tag. */
export function TagCustomersPage() {
  const { say, pick } = useSay()
  const { tagId } = route.useParams()
  const { page } = route.useSearch()
  const navigate = route.useNavigate()
  const tag = useReply('showTag', { parts: { id: tagId } })
  const customers = useReply(
    'listTagCustomers',
    { parts: { id: tagId }, query: { pageSize: 20, ...(page === undefined ? {} : { page }) } },
    { keeps: true },
  )
  return (
    <Answer to={tag}>
      {found => {
        const title = pick(found.title)
        const back = (
          <Link to="/tags/$tagId" params={{ tagId }}>
            {title}
          </Link>
        )
        return (
          <Page title={say.segments.customersOf({ cell: title })} aside={back}>
            <Answer to={customers}>
              {reply => (
                <CustomerTable
                  customers={reply}
                  axes={found}
                  onPage={to => void navigate({ search: { page: to } })}
                />
              )}
            </Answer>
          </Page>
        )
      }}
    </Answer>
  )
}
