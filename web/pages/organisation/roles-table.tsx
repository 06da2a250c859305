import { Button, Form, Input, Modal, Popconfirm, Select, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import type { Body, Reply } from '#wire'
import { Answer, FaultNote } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Badge } from '../../ui/badge.tsx'
import { useChange } from './use-change.ts'

type Roles = Reply<'listRoles'>
type Role = Roles['roles'][number]

/** What each role allows, and whose customers it reaches. */
export function RolesTable({ mayChange }: { readonly mayChange: boolean }) {
  const { say } = useSay()
  const roles = useReply('listRoles')
  const [editing, setEditing] = useState<Role | 'new'>()
  const remove = useChange('removeRole')
  const close = () => setEditing(undefined)
  return (
    <Answer to={roles}>
      {reply => (
        <div className="stack">
          {mayChange ? (
            <div className="row">
              <span className="faint grow">{say.organisation.changeRoleMeans}</span>
              <Button type="primary" onClick={() => setEditing('new')}>
                {say.organisation.addRole}
              </Button>
            </div>
          ) : null}
          {remove.error === null ? null : <FaultNote error={remove.error} />}
          <RoleRows
            roles={reply}
            mayChange={mayChange}
            onEdit={setEditing}
            onRemove={id => remove.mutate({ parts: { id } })}
          />
          <Modal
            open={editing !== undefined}
            title={editing === 'new' ? say.organisation.addRole : say.organisation.changeRole}
            footer={null}
            destroyOnHidden
            onCancel={close}
          >
            {editing === undefined ? null : (
              <RoleForm
                role={editing === 'new' ? undefined : editing}
                permissions={reply.permissions}
                onDone={close}
              />
            )}
          </Modal>
        </div>
      )}
    </Answer>
  )
}

interface RoleRowsProps {
  readonly roles: Roles
  readonly mayChange: boolean
  readonly onEdit: (role: Role) => void
  readonly onRemove: (code: string) => void
}

function RoleRows({ roles, mayChange, onEdit, onRemove }: RoleRowsProps) {
  const { say, pick } = useSay()
  const words = say.organisation
  const titleOf = (code: string) => {
    const found = roles.permissions.find(one => one.code === code)
    return found === undefined ? code : pick(found.title)
  }
  const columns: TableColumnsType<Role> = [
    {
      title: words.roleTitle,
      key: 'title',
      render: (_, role) => (
        <>
          {pick(role.title)}
          <div className="small faint">{role.code}</div>
        </>
      ),
    },
    { title: words.reach, key: 'reach', render: (_, role) => words.reaches[role.reach] },
    {
      title: words.permissions,
      key: 'permissions',
      width: '50%',
      render: (_, role) => role.permissions.map(titleOf).join(say.comma),
    },
    { title: words.held, key: 'staff', align: 'right', render: (_, role) => role.staff },
    {
      key: 'acts',
      align: 'right',
      render: (_, role) => {
        if (role.isBuiltIn) return <Badge tone="calm">{words.builtIn}</Badge>
        return mayChange ? (
          <span className="row">
            <Button size="small" onClick={() => onEdit(role)}>
              {words.change}
            </Button>
            <Popconfirm
              title={words.removeRoleSure({ name: pick(role.title) })}
              okText={words.removeRole}
              cancelText={say.back}
              onConfirm={() => onRemove(role.code)}
            >
              <Button size="small" danger>
                {words.removeRole}
              </Button>
            </Popconfirm>
          </span>
        ) : null
      },
    },
  ]
  return (
    <Table<Role>
      size="small"
      rowKey="code"
      columns={columns}
      dataSource={[...roles.roles]}
      pagination={false}
      scroll={{ x: 900 }}
    />
  )
}

interface RoleFormProps {
  readonly role: Role | undefined
  readonly permissions: Roles['permissions']
  readonly onDone: () => void
}

function RoleForm({ role, permissions, onDone }: RoleFormProps) {
  const { say, pick } = useSay()
  const words = say.organisation
  const set = useChange('setRole', onDone)
  const needed = [{ required: true, whitespace: true, message: words.needs }]
  const reaches = (['own', 'branch'] as const).map(value => ({ value, label: words.reaches[value] }))
  return (
    <Form<Body<'setRole'>>
      layout="vertical"
      requiredMark={false}
      initialValues={role ?? { reach: 'branch' }}
      onFinish={body => set.mutate({ body })}
    >
      <Form.Item name="code" label={words.roleCode} rules={needed}>
        <Input maxLength={40} disabled={role !== undefined} />
      </Form.Item>
      <Form.Item name={['title', 'zh']} label={words.nameZh} rules={needed}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name={['title', 'en']} label={words.nameEn} rules={needed}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="reach" label={words.reach}>
        <Select options={reaches} />
      </Form.Item>
      <Form.Item
        name="permissions"
        label={words.permissions}
        rules={[{ required: true, message: words.needs }]}
      >
        <Select
          mode="multiple"
          optionFilterProp="label"
          options={permissions.map(p => ({ value: p.code, label: `${pick(p.title)} (${p.code})` }))}
        />
      </Form.Item>
      {set.error === null ? null : <FaultNote error={set.error} />}
      <Button type="primary" htmlType="submit" loading={set.isPending}>
        {words.save}
      </Button>
    </Form>
  )
}
