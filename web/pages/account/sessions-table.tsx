import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm, Table, type TableColumnsType } from 'antd'
import type { Reply } from '#wire'
import { FaultNote } from '../../answer.tsx'
import { call, keyOf } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatMoment } from '../../ui/format.ts'
import { Nothing } from '../../ui/states.tsx'
import { deviceName } from './device.ts'

type Session = Reply<'listSessions'>['rows'][number]

interface SessionsTableProps {
  readonly rows: readonly Session[]
  /** One's own, or everybody's: each has routes of its own. */
  readonly of: 'own' | 'all'
}

/** Sessions that hold, each with a way to end it. The one that asks is ended by signing out. */
export function SessionsTable({ rows, of }: SessionsTableProps) {
  const { say } = useSay()
  const client = useQueryClient()
  const [list, end] =
    of === 'own' ? (['listOwnSessions', 'endOwnSession'] as const) : (['listSessions', 'endSession'] as const)
  const ending = useMutation({
    mutationFn: (id: string) => call(end, { parts: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(list) }),
  })
  const columns = useColumns(of, id => ending.mutate(id))
  return (
    <div className="stack">
      {ending.error === null ? null : <FaultNote error={ending.error} />}
      <Table<Session>
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={[...rows]}
        pagination={rows.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
        locale={{ emptyText: <Nothing title={say.sessions.none} /> }}
      />
    </div>
  )
}

function useColumns(of: 'own' | 'all', onEnd: (id: string) => void): TableColumnsType<Session> {
  const { say, pick } = useSay()
  const staff: TableColumnsType<Session> = [
    {
      title: say.sessions.staff,
      key: 'staff',
      render: (_, { staff: { name, login } }) => (
        <>
          {pick(name)} <span className="faint">{login}</span>
        </>
      ),
    },
  ]
  return [
    ...(of === 'all' ? staff : []),
    {
      title: say.sessions.device,
      key: 'device',
      render: (_, { device }) => deviceName(device) ?? say.sessions.unknownDevice,
    },
    { title: say.sessions.address, key: 'address', render: (_, { address }) => address ?? say.missing },
    { title: say.sessions.way, key: 'way', render: (_, { way }) => say.sessions.ways[way] },
    { title: say.sessions.begun, key: 'begun', render: (_, { createdAt }) => formatMoment(createdAt) },
    { title: say.sessions.seen, key: 'seen', render: (_, { seenAt }) => formatMoment(seenAt) },
    {
      key: 'end',
      align: 'right',
      render: (_, { id, isThis }) =>
        isThis ? (
          <Badge tone="good">{say.sessions.thisOne}</Badge>
        ) : (
          <Popconfirm
            title={say.sessions.endSure}
            description={say.sessions.endMeans}
            okText={say.sessions.end}
            cancelText={say.back}
            onConfirm={() => onEnd(id)}
          >
            <Button size="small" danger>
              {say.sessions.end}
            </Button>
          </Popconfirm>
        ),
    },
  ]
}
