import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Segmented, Table, type TableColumnsType } from 'antd'
import type { Reply } from '#wire'
import { Answer } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { type CampaignState, campaignStates } from '../../search.ts'
import { formatMoment } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { rowKeys } from '../../ui/row-keys.ts'
import { Nothing } from '../../ui/states.tsx'
import { usePaging } from '../../ui/use-paging.ts'
import { useMay } from '../use-may.ts'
import { CampaignBadge } from './campaign-badge.tsx'

type Row = Reply<'listCampaigns'>['rows'][number]

const route = getRouteApi('/frame/campaigns')

/** What has been planned, what changed last first. The address holds the filter. */
export function CampaignsPage() {
  const { say } = useSay()
  const paging = usePaging()
  const words = say.campaigns
  const { state, page = 1 } = route.useSearch()
  const change = route.useNavigate()
  const navigate = useNavigate()
  const mayPlan = useMay('campaign.plan')
  const campaigns = useReply(
    'listCampaigns',
    { query: { page, pageSize: 20, ...(state === undefined ? {} : { state }) } },
    { every: 30_000, keeps: true },
  )
  const columns = useColumns()
  const open = (row: Row) =>
    void navigate({ to: '/campaigns/$campaignId', params: { campaignId: String(row.id) } })
  return (
    <Page title={words.title} aside={mayPlan ? <Link to="/campaigns/new">{words.add}</Link> : null}>
      <p className="faint">{words.intro}</p>
      <div className="stack">
        <Segmented<CampaignState | 'all'>
          aria-label={say.state}
          value={state ?? 'all'}
          options={[
            { value: 'all', label: say.all },
            ...campaignStates.map(value => ({ value, label: words.states[value] })),
          ]}
          onChange={value => void change({ search: value === 'all' ? {} : { state: value } })}
        />
        <Answer to={campaigns}>
          {reply => (
            <Table<Row>
              size="small"
              rowKey="id"
              columns={columns}
              dataSource={[...reply.rows]}
              onRow={rowKeys(reply.rows.length, open)}
              scroll={{ x: 'max-content' }}
              pagination={paging(reply, next => void change({ search: last => ({ ...last, page: next }) }))}
              locale={{ emptyText: <Nothing title={words.none} more={words.noneMore} /> }}
            />
          )}
        </Answer>
      </div>
    </Page>
  )
}

function useColumns(): TableColumnsType<Row> {
  const { say, pick } = useSay()
  const words = say.campaigns
  return [
    {
      title: words.title,
      key: 'title',
      render: (_, row) => (
        <Link to="/campaigns/$campaignId" params={{ campaignId: String(row.id) }} tabIndex={-1}>
          {pick(row.title)}
        </Link>
      ),
    },
    { title: say.state, key: 'state', render: (_, row) => <CampaignBadge state={row.state} /> },
    {
      title: words.period,
      key: 'period',
      className: 'nowrap',
      render: (_, row) => words.periodOf(row.period),
    },
    { title: words.owner, key: 'owner', render: (_, row) => pick(row.owner.name) },
    {
      title: words.changed,
      key: 'changed',
      className: 'nowrap',
      render: (_, row) => formatMoment(row.changedAt),
    },
  ]
}
