import { useMutation } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Alert, Button, Table, type TableColumnsType } from 'antd'
import type { Reply } from '#wire'
import { Answer, FaultNote } from '../../answer.tsx'
import { call, useReply } from '../../api.ts'
import { ExportButton } from '../../forms/export.tsx'
import { useSay } from '../../say/use-say.ts'
import type { AuditSearch } from '../../search.ts'
import { formatCount, formatMoment } from '../../ui/format.ts'
import { Facts, Page } from '../../ui/page.tsx'
import { Nothing } from '../../ui/states.tsx'
import { usePaging } from '../../ui/use-paging.ts'
import { AuditFilters } from './filters.tsx'

type Entry = Reply<'listAudit'>['rows'][number]

const route = getRouteApi('/frame/audit')

/** Who saw, changed, exported or unmasked what. The address holds the filters; looking here is kept too. */
export function AuditPage() {
  const { say } = useSay()
  const paging = usePaging()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const found = useReply('listAudit', { query: { pageSize: 20, ...search } }, { keeps: true })
  const columns = useColumns()
  return (
    <Page title={say.audit.title} aside={<Aside search={search} />}>
      <Answer to={found}>
        {reply => (
          <div className="stack">
            {found.error === null ? null : <FaultNote error={found.error} />}
            <AuditFilters
              search={search}
              acts={reply.acts}
              onSearch={next => void navigate({ search: next })}
            />
            <Table<Entry>
              size="small"
              rowKey="id"
              columns={columns}
              dataSource={[...reply.rows]}
              loading={found.isPlaceholderData}
              scroll={{ x: 900 }}
              expandable={{ expandedRowRender: row => <Details entry={row} /> }}
              pagination={paging(reply, page => void navigate({ search: last => ({ ...last, page }) }))}
              locale={{ emptyText: <Nothing title={say.audit.none} more={say.audit.noneMore} /> }}
            />
          </div>
        )}
      </Answer>
    </Page>
  )
}

function Aside({ search }: { readonly search: AuditSearch }) {
  const { page: _, ...query } = search
  return (
    <span className="row">
      <ExportButton what="audit" query={query} />
      <Verify />
    </span>
  )
}

function useColumns(): TableColumnsType<Entry> {
  const { say, pick } = useSay()
  return [
    { title: say.audit.when, key: 'at', className: 'nowrap', render: (_, row) => formatMoment(row.at) },
    {
      title: say.audit.who,
      key: 'by',
      render: (_, row) =>
        row.by === null ? <span className="faint">{say.audit.system}</span> : pick(row.by.name),
    },
    { title: say.audit.act, key: 'act', render: (_, row) => pick(row.act.title) },
    { title: say.audit.about, key: 'subject', render: (_, row) => <About entry={row} /> },
    { title: say.audit.why, key: 'reason', render: (_, row) => row.reason ?? '' },
    { title: say.audit.from, key: 'from', render: (_, row) => row.from ?? '' },
  ]
}

/** A subscriber leads to all that is known about who looked at it. */
function About({ entry }: { readonly entry: Entry }) {
  const { say } = useSay()
  const [kind, key = ''] = entry.subject.split(':')
  const others = entry.subscribers.length
  return (
    <>
      {kind === 'subscriber' ? (
        <Link to="/audit" search={{ subscriber: key }}>
          {entry.subject}
        </Link>
      ) : (
        entry.subject
      )}
      {others === 0 ? null : (
        <div className="faint small">{say.audit.subscribersOf({ count: formatCount(others) })}</div>
      )}
    </>
  )
}

const subscribersShownMax = 50

function Details({ entry }: { readonly entry: Entry }) {
  const { say } = useSay()
  const { detail, subscribers, position, hash } = entry
  const shown = subscribers.slice(0, subscribersShownMax)
  return (
    <div className="stack">
      <Facts
        rows={[
          ...detail.map(({ name, value }) => [name, value] as const),
          [
            say.audit.subscriber,
            shown.length === 0
              ? null
              : shown.map(id => (
                  <span key={id}>
                    <Link to="/audit" search={{ subscriber: id }}>
                      {id}
                    </Link>{' '}
                  </span>
                )),
          ],
        ]}
      />
      {position === null || hash === null ? null : (
        <span className="faint small">{say.audit.place({ position: formatCount(position), hash })}</span>
      )}
    </div>
  )
}

function Verify() {
  const { say, pick } = useSay()
  const verify = useMutation({ mutationFn: () => call('verifyAudit') })
  const { data, error } = verify
  const broken = data?.broken ?? null
  return (
    <div className="stack">
      <Button loading={verify.isPending} onClick={() => verify.mutate()}>
        {verify.isPending ? say.audit.verifying : say.audit.verify}
      </Button>
      {error === null ? null : <FaultNote error={error} />}
      {data === undefined ? null : (
        <Alert
          role="status"
          type={broken === null ? 'success' : 'error'}
          title={
            broken === null
              ? say.audit.intact({
                  entries: formatCount(data.entries),
                  position: String(data.end.position),
                  hash: data.end.hash,
                })
              : say.audit.broken({ position: formatCount(broken.position), why: pick(broken.why.title) })
          }
        />
      )}
    </div>
  )
}
