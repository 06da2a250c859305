import { Alert, Button, Form, Input, Modal, Popconfirm, Select, Tree, type TreeDataNode } from 'antd'
import { useState } from 'react'
import type { Body, Reply } from '#wire'
import { FaultNote } from '../../answer.tsx'
import { useSay } from '../../say/use-say.ts'
import { formatCount } from '../../ui/format.ts'
import { useChange } from './use-change.ts'

type Organisation = Reply<'showOrganisation'>
export type Unit = Organisation['units'][number]

interface UnitTreeProps {
  readonly organisation: Organisation
  readonly chosen: Unit | undefined
  readonly onChoose: (id: string) => void
  readonly mayChange: boolean
}

export function UnitTree({ organisation, chosen, onChoose, mayChange }: UnitTreeProps) {
  const { say, pick } = useSay()
  const [editing, setEditing] = useState<'add' | 'change'>()
  const remove = useChange('removeUnit')
  const { units } = organisation
  const known = new Set(units.map(unit => unit.id))
  const below = (parent: string | null): TreeDataNode[] =>
    units
      .filter(unit => (parent === null ? !known.has(unit.parentId ?? '') : unit.parentId === parent))
      .map(unit => ({
        key: unit.id,
        title: `${pick(unit.name)} · ${pick(unit.level.title)}`,
        children: below(unit.id),
      }))
  return (
    <section aria-label={say.organisation.units} className="stack organisation-tree">
      <Tree
        treeData={below(null)}
        defaultExpandedKeys={units.slice(0, 3).map(unit => unit.id)}
        selectedKeys={chosen === undefined ? [] : [chosen.id]}
        onSelect={([key]) => key !== undefined && onChoose(String(key))}
        height={560}
      />
      {chosen === undefined ? null : (
        <div className="stack">
          <span className="small faint">
            {chosen.id} ·{' '}
            {say.organisation.holds({
              staff: formatCount(chosen.staff),
              subscribers: formatCount(chosen.subscribers),
            })}
          </span>
          {mayChange ? (
            <div className="row">
              <Button size="small" onClick={() => setEditing('add')}>
                {say.organisation.addUnit}
              </Button>
              <Button size="small" onClick={() => setEditing('change')}>
                {say.organisation.changeUnit}
              </Button>
              <Popconfirm
                title={say.organisation.removeUnitSure({ name: pick(chosen.name) })}
                description={say.organisation.removeUnitMeans}
                okText={say.organisation.removeUnit}
                cancelText={say.back}
                onConfirm={() => remove.mutate({ parts: { id: chosen.id } })}
              >
                <Button size="small" danger>
                  {say.organisation.removeUnit}
                </Button>
              </Popconfirm>
            </div>
          ) : null}
          {remove.error === null ? null : <FaultNote error={remove.error} />}
        </div>
      )}
      <Modal
        open={editing !== undefined}
        title={editing === 'add' ? say.organisation.addUnit : say.organisation.changeUnit}
        footer={null}
        destroyOnHidden
        onCancel={() => setEditing(undefined)}
      >
        {chosen === undefined || editing === undefined ? null : (
          <UnitForm
            organisation={organisation}
            chosen={chosen}
            isNew={editing === 'add'}
            onDone={() => setEditing(undefined)}
          />
        )}
      </Modal>
    </section>
  )
}

interface UnitFormProps {
  readonly organisation: Organisation
  readonly chosen: Unit
  readonly isNew: boolean
  readonly onDone: () => void
}

function UnitForm({ organisation, chosen, isNew, onDone }: UnitFormProps) {
  const { say, pick } = useSay()
  const set = useChange('setUnit', onDone)
  const [isMoveShown, setIsMoveShown] = useState(false)
  const words = say.organisation
  const first = isNew
    ? { parentId: chosen.id }
    : { id: chosen.id, parentId: chosen.parentId, level: chosen.level.code, name: chosen.name }
  const needed = [{ required: true, whitespace: true, message: words.needs }]
  // A unit that would move says first what goes along; saved again, it moves.
  const save = (given: Body<'setUnit'>) => {
    const body = { ...given, parentId: given.parentId ?? null }
    if (!isNew && body.parentId !== chosen.parentId && !isMoveShown) return setIsMoveShown(true)
    set.mutate({ body })
  }
  const parents = organisation.units
    .filter(unit => unit.id !== chosen.id || isNew)
    .map(unit => ({ value: unit.id, label: `${pick(unit.name)} (${unit.id})` }))
  return (
    <Form<Body<'setUnit'>> layout="vertical" requiredMark={false} initialValues={first} onFinish={save}>
      <Form.Item name="id" label={words.id} rules={needed}>
        <Input maxLength={40} disabled={!isNew} />
      </Form.Item>
      <Form.Item name={['name', 'zh']} label={words.nameZh} rules={needed}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name={['name', 'en']} label={words.nameEn} rules={needed}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="level" label={words.level} rules={[{ required: true, message: words.needs }]}>
        <Select options={organisation.levels.map(one => ({ value: one.code, label: pick(one.title) }))} />
      </Form.Item>
      <Form.Item name="parentId" label={words.parent}>
        <Select
          showSearch
          optionFilterProp="label"
          disabled={!isNew && chosen.parentId === null}
          placeholder={words.noParent}
          options={parents}
        />
      </Form.Item>
      {isMoveShown ? <Alert type="warning" title={words.moveSure} description={words.moveMeans} /> : null}
      {set.error === null ? null : <FaultNote error={set.error} />}
      <Button type="primary" danger={isMoveShown} htmlType="submit" loading={set.isPending}>
        {isMoveShown ? words.move : words.save}
      </Button>
    </Form>
  )
}
