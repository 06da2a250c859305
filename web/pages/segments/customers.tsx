import { getRouteApi, Link } from '@tanstack/react-router'
import type { SegmentMap } from '#wire'
import { Answer } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import type { SegmentCustomersSearch } from '../../search.ts'
import { Page } from '../../ui/page.tsx'
import { CustomerTable } from './customer-table.tsx'
import { useClassName } from './use-class-name.ts'

const route = getRouteApi('/frame/segments/customers')

/** The customers behind a count of the map. */
export function SegmentCustomersPage() {
  const { say } = useSay()
  const { day } = route.useSearch()
  const map = useReply('showSegments', { query: day === undefined ? {} : { day } })
  const back = <Link to="/segments">{say.segments.title}</Link>
  return (
    <Answer to={map}>
      {found => (
        <Page title={say.segments.customers} aside={back}>
          <Customers map={found} />
        </Page>
      )}
    </Answer>
  )
}

function Customers({ map }: { readonly map: SegmentMap }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const found = useReply('listSegmentCustomers', { query: { pageSize: 20, ...search } }, { keeps: true })
  return (
    <div className="stack">
      <CellNames map={map} search={search} />
      <Answer to={found}>
        {reply => (
          <CustomerTable
            customers={reply}
            axes={map}
            onPage={page => void navigate({ search: last => ({ ...last, page }) })}
          />
        )}
      </Answer>
    </div>
  )
}

interface CellNamesProps {
  readonly map: SegmentMap
  readonly search: SegmentCustomersSearch
}

function CellNames({ map, search }: CellNamesProps) {
  const { say } = useSay()
  const nameOf = useClassName()
  const named = (value?: string, stage?: string, brand?: string) =>
    [
      ...(value === undefined ? [] : [nameOf(map.value, value)]),
      ...(stage === undefined ? [] : [nameOf(map.stage, stage)]),
      ...(brand === undefined ? [] : [nameOf(map.brand, brand)]),
    ].join(' × ')
  const here = named(search.value, search.stage, search.brand)
  const { fromDay } = search
  const then = named(search.fromValue, search.fromStage, search.fromBrand)
  return (
    <p>
      <span className="strong">{here === '' ? say.all : here}</span> <span className="faint">{map.asOf}</span>{' '}
      {fromDay === undefined ? null : <span>{say.segments.cameFrom({ day: fromDay, cell: then })}</span>}
    </p>
  )
}
