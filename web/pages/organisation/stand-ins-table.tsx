import { Button, DatePicker, Form, Modal, Popconfirm, Select, Table, type TableColumnsType } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import type { Reply } from '#wire'
import { Answer, FaultNote } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Nothing } from '../../ui/states.tsx'
import { useChange } from './use-change.ts'

type StandIn = Reply<'listStandIns'>['rows'][number]

/** Who stands in for whom, now or later. */
export function StandInsTable({ mayChange }: { readonly mayChange: boolean }) {
  const { say, pick } = useSay()
  const words = say.organisation
  const standIns = useReply('listStandIns')
  const [isOpen, setIsOpen] = useState(false)
  const end = useChange('endStandIn')
  const columns: TableColumnsType<StandIn> = [
    { title: words.forName, key: 'for', render: (_, row) => pick(row.forName) },
    { title: words.byName, key: 'by', render: (_, row) => pick(row.byName) },
    { title: words.from, key: 'from', className: 'nowrap', render: (_, row) => row.from },
    { title: words.to, key: 'to', className: 'nowrap', render: (_, row) => row.to },
    {
      key: 'end',
      align: 'right',
      render: (_, { forId, byId, from }) =>
        mayChange ? (
          <Popconfirm
            title={words.endStandInSure}
            okText={words.endStandIn}
            cancelText={say.back}
            onConfirm={() => end.mutate({ body: { forId, byId, from } })}
          >
            <Button size="small" danger>
              {words.endStandIn}
            </Button>
          </Popconfirm>
        ) : null,
    },
  ]
  return (
    <Answer to={standIns}>
      {reply => (
        <div className="stack">
          <div className="row">
            <span className="faint grow">{words.standInMeans}</span>
            {mayChange ? (
              <Button type="primary" onClick={() => setIsOpen(true)}>
                {words.addStandIn}
              </Button>
            ) : null}
          </div>
          {end.error === null ? null : <FaultNote error={end.error} />}
          <Table<StandIn>
            size="small"
            rowKey={row => `${row.forId} ${row.byId} ${row.from}`}
            columns={columns}
            dataSource={[...reply.rows]}
            pagination={false}
            locale={{ emptyText: <Nothing title={words.noStandIns} /> }}
          />
          <Modal
            open={isOpen}
            title={words.addStandIn}
            footer={null}
            destroyOnHidden
            onCancel={() => setIsOpen(false)}
          >
            <StandInForm onDone={() => setIsOpen(false)} />
          </Modal>
        </div>
      )}
    </Answer>
  )
}

interface Given {
  readonly forId: string
  readonly byId: string
  readonly days: readonly [Dayjs, Dayjs]
}

function StandInForm({ onDone }: { readonly onDone: () => void }) {
  const { say, pick } = useSay()
  const words = say.organisation
  const staff = useReply('listStaff').data?.rows ?? []
  const set = useChange('setStandIn', onDone)
  const needed = [{ required: true, message: words.needs }]
  const options = staff
    .filter(one => one.isActive)
    .map(one => ({ value: one.id, label: `${pick(one.name)} (${one.login})` }))
  const save = ({ forId, byId, days: [from, to] }: Given) =>
    set.mutate({ body: { forId, byId, from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD') } })
  return (
    <Form<Given> layout="vertical" requiredMark={false} onFinish={save}>
      <Form.Item name="forId" label={words.forName} rules={needed}>
        <Select showSearch optionFilterProp="label" options={options} />
      </Form.Item>
      <Form.Item name="byId" label={words.byName} rules={needed}>
        <Select showSearch optionFilterProp="label" options={options} />
      </Form.Item>
      <Form.Item name="days" label={`${words.from} – ${words.to}`} rules={needed}>
        <DatePicker.RangePicker allowClear={false} />
      </Form.Item>
      {set.error === null ? null : <FaultNote error={set.error} />}
      <Button type="primary" htmlType="submit" loading={set.isPending}>
        {words.save}
      </Button>
    </Form>
  )
}
