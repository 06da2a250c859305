import { Alert, Button, Modal, Popconfirm, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import type { Reply } from '#wire'
import { Answer, FaultNote } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { StaffForm } from '../../forms/staff.tsx'
import { useSay } from '../../say/use-say.ts'
import { Badge } from '../../ui/badge.tsx'
import { Nothing } from '../../ui/states.tsx'
import type { Unit } from './unit-tree.tsx'
import { useChange } from './use-change.ts'

export type Colleague = Reply<'listStaff'>['rows'][number]

interface StaffTableProps {
  readonly unit: Unit
  readonly organisation: Reply<'showOrganisation'>
  readonly mayChange: boolean
}

/** Who works in one unit. */
export function StaffTable({ unit, organisation, mayChange }: StaffTableProps) {
  const { say, pick } = useSay()
  const staff = useReply('listStaff', { query: { unit: unit.id } })
  const [editing, setEditing] = useState<Colleague | 'new'>()
  const [made, setMade] = useState<Reply<'addStaff'>>()
  const change = useChange('changeStaff')
  const columns = useColumns({
    mayChange,
    onEdit: setEditing,
    onActive: (id, isActive) => change.mutate({ parts: { id }, body: { isActive } }),
  })
  const close = () => setEditing(undefined)
  return (
    <section className="stack grow">
      <div className="row">
        <h2 className="grow">{say.organisation.staffOf({ unit: pick(unit.name) })}</h2>
        {mayChange ? (
          <Button type="primary" onClick={() => setEditing('new')}>
            {say.organisation.addStaff}
          </Button>
        ) : null}
      </div>
      {change.error === null ? null : <FaultNote error={change.error} />}
      <Answer to={staff}>
        {reply => (
          <Table<Colleague>
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={[...reply.rows]}
            pagination={reply.rows.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
            locale={{ emptyText: <Nothing title={say.organisation.nobody} /> }}
          />
        )}
      </Answer>
      <Modal
        open={editing !== undefined}
        title={editing === 'new' ? say.organisation.addStaff : say.organisation.changeStaff}
        footer={null}
        destroyOnHidden
        onCancel={close}
      >
        {editing === undefined ? null : (
          <StaffForm
            colleague={editing === 'new' ? undefined : editing}
            unit={unit}
            units={organisation.units}
            onMade={setMade}
            onDone={close}
          />
        )}
      </Modal>
      <Modal
        open={made !== undefined}
        title={say.organisation.madeTitle}
        okText={say.organisation.kept}
        cancelButtonProps={{ hidden: true }}
        mask={{ closable: false }}
        closable={false}
        onOk={() => setMade(undefined)}
      >
        {made === undefined ? null : (
          <Alert
            type="warning"
            title={say.organisation.made(made)}
            description={say.organisation.madeMeans}
          />
        )}
      </Modal>
    </section>
  )
}

interface ColumnProps {
  readonly mayChange: boolean
  readonly onEdit: (colleague: Colleague) => void
  readonly onActive: (id: string, isActive: boolean) => void
}

function useColumns({ mayChange, onEdit, onActive }: ColumnProps): TableColumnsType<Colleague> {
  const { say, pick } = useSay()
  const words = say.organisation
  const columns: TableColumnsType<Colleague> = [
    { title: words.login, key: 'login', render: (_, { login }) => login },
    { title: words.name, key: 'name', render: (_, { name }) => pick(name) },
    {
      title: words.roles,
      key: 'roles',
      render: (_, { roles }) => roles.map(role => pick(role.title)).join(say.comma),
    },
    { title: words.phone, key: 'phone', className: 'nowrap', render: (_, { phone }) => phone ?? '—' },
    { title: words.since, key: 'since', className: 'nowrap', render: (_, { since }) => since ?? '—' },
    {
      title: say.state,
      key: 'state',
      render: (_, { isActive }) => (
        <Badge tone={isActive ? 'good' : 'calm'}>{isActive ? words.active : words.closed}</Badge>
      ),
    },
  ]
  if (!mayChange) return columns
  const acts = (colleague: Colleague) => (
    <span className="row">
      <Button size="small" onClick={() => onEdit(colleague)}>
        {words.change}
      </Button>
      {colleague.isActive ? (
        <Popconfirm
          title={words.closeSure({ name: pick(colleague.name) })}
          description={words.closeMeans}
          okText={words.close}
          cancelText={say.back}
          onConfirm={() => onActive(colleague.id, false)}
        >
          <Button size="small" danger>
            {words.close}
          </Button>
        </Popconfirm>
      ) : (
        <Button size="small" onClick={() => onActive(colleague.id, true)}>
          {words.open}
        </Button>
      )}
    </span>
  )
  return [...columns, { key: 'acts', align: 'right', render: (_, colleague) => acts(colleague) }]
}
