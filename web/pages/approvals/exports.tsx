import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Popconfirm, Progress, Table, type TableColumnsType } from 'antd'
import { pathTo, type Reply } from '#wire'
import { Answer, FaultNote } from '../../answer.tsx'
import { call, useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatCount, formatMoment } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { Nothing } from '../../ui/states.tsx'
import { usePaging } from '../../ui/use-paging.ts'

type Exported = Reply<'listExports'>['rows'][number]

const route = getRouteApi('/frame/exports')
const unfinished = ['waiting', 'queued', 'running']

/** One's own files: what waits, what is being made and how far it is, what can be downloaded and until when. */
export function ExportsPage() {
  const { say } = useSay()
  const paging = usePaging()
  const { page = 1 } = route.useSearch()
  const navigate = route.useNavigate()
  const client = useQueryClient()
  const exports = useReply(
    'listExports',
    { query: { page, pageSize: 20 } },
    {
      every: last => (last?.rows.some(row => unfinished.includes(row.state.code)) ? 2_000 : 30_000),
      keeps: true,
    },
  )
  const cancel = useMutation({
    mutationFn: (id: number) => call('cancelExport', { parts: { id: String(id) } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['listExports'] }),
  })
  const columns = useColumns(id => cancel.mutate(id))
  return (
    <Page title={say.exports.title}>
      <Answer to={exports}>
        {reply => (
          <div className="stack">
            <span className="faint">{say.exports.intro}</span>
            {cancel.error === null ? null : <FaultNote error={cancel.error} />}
            <Table<Exported>
              size="small"
              rowKey="id"
              columns={columns}
              dataSource={[...reply.rows]}
              scroll={{ x: 900 }}
              pagination={paging(reply, next => void navigate({ search: { page: next } }))}
              locale={{ emptyText: <Nothing title={say.exports.none} more={say.exports.noneMore} /> }}
            />
          </div>
        )}
      </Answer>
    </Page>
  )
}

const tones = {
  ready: 'good',
  failed: 'bad',
  refused: 'bad',
  waiting: 'warn',
  queued: 'warn',
  running: 'warn',
} as const

function useColumns(onCancel: (id: number) => void): TableColumnsType<Exported> {
  const { say, pick } = useSay()
  return [
    {
      title: say.exports.what,
      key: 'what',
      render: (_, row) => `${pick(row.what.title)} · ${row.format === 'xlsx' ? 'Excel' : 'CSV'}`,
    },
    {
      title: say.exports.values,
      key: 'values',
      render: (_, row) => (row.plain ? say.exports.plain : say.exports.masked),
    },
    {
      title: say.exports.purpose,
      key: 'purpose',
      render: (_, row) => (
        <>
          {pick(row.purpose.title)}
          <div className="faint small">{row.reason}</div>
        </>
      ),
    },
    {
      title: say.state,
      key: 'state',
      render: (_, row) => (
        <>
          <Badge tone={tones[row.state.code as keyof typeof tones] ?? 'calm'}>{pick(row.state.title)}</Badge>
          {row.fault === null ? null : <div className="small">{pick(row.fault)}</div>}
        </>
      ),
    },
    { title: say.exports.rows, key: 'rows', render: (_, row) => <Rows row={row} /> },
    {
      title: say.exports.asked,
      key: 'asked',
      className: 'nowrap',
      render: (_, row) => formatMoment(row.askedAt),
    },
    {
      title: say.exports.expires,
      key: 'expires',
      className: 'nowrap',
      render: (_, row) => (row.expiresAt === null ? null : formatMoment(row.expiresAt)),
    },
    { key: 'acts', align: 'right', render: (_, row) => <Acts row={row} onCancel={onCancel} /> },
  ]
}

function Rows({ row }: { readonly row: Exported }) {
  const { say } = useSay()
  if (row.state.code !== 'running') return formatCount(row.rowsExpected)
  const percent = Math.min(99, Math.round((row.rowsDone / Math.max(1, row.rowsExpected)) * 100))
  return (
    <>
      <Progress percent={percent} size="small" aria-label={say.exports.rows} />
      <div className="faint small">
        {say.exports.rowsOf({ done: formatCount(row.rowsDone), of: formatCount(row.rowsExpected) })}
      </div>
    </>
  )
}

interface ActsProps {
  readonly row: Exported
  readonly onCancel: (id: number) => void
}

function Acts({ row, onCancel }: ActsProps) {
  const { say } = useSay()
  if (row.state.code === 'ready')
    return (
      <Button size="small" href={pathTo('downloadExport', { id: String(row.id) })} download>
        {say.exports.download}
      </Button>
    )
  if (row.state.code !== 'queued' && row.state.code !== 'running') return null
  return (
    <Popconfirm
      title={say.exports.cancelSure}
      okText={say.exports.cancel}
      cancelText={say.back}
      onConfirm={() => onCancel(row.id)}
    >
      <Button size="small" danger>
        {say.exports.cancel}
      </Button>
    </Popconfirm>
  )
}
