import { Button, Form, Input, InputNumber, Select } from 'antd'
import type { Body, Reply } from '#wire'
import { FaultNote } from '../answer.tsx'
import { useReply } from '../api.ts'
import { useChange } from '../pages/organisation/use-change.ts'
import { useSay } from '../say/use-say.ts'

type Colleague = Reply<'listStaff'>['rows'][number]
type Unit = Reply<'showOrganisation'>['units'][number]

interface StaffFormProps {
  /** undefined: somebody new. */
  readonly colleague: Colleague | undefined
  readonly unit: Unit
  readonly units: readonly Unit[]
  readonly onMade: (made: Reply<'addStaff'>) => void
  readonly onDone: () => void
}

export function StaffForm({ colleague, unit, units, onMade, onDone }: StaffFormProps) {
  const { say, pick } = useSay()
  const words = say.organisation
  const roles = useReply('listRoles').data?.roles ?? []
  const change = useChange('changeStaff', onDone)
  const add = useChange('addStaff', onDone)
  const needed = [{ required: true, whitespace: true, message: words.needs }]
  const save = ({ phone: written = '', ...others }: Body<'addStaff'>) => {
    const given = { ...others, ...phoneIn(written.trim()) }
    if (colleague === undefined) return add.mutate({ body: given }, { onSuccess: made => onMade(made) })
    const { login: _, unit: nodeId, ...rest } = given
    const isPlaced = nodeId !== colleague.unit.id
    const hasRoles = rest.roles.join() !== colleague.roles.map(role => role.code).join()
    const { roles: wanted, ...plain } = rest
    const body = { ...plain, ...(isPlaced && { nodeId }), ...(hasRoles && { roles: wanted }) }
    change.mutate({ parts: { id: colleague.id }, body })
  }
  const error = change.error ?? add.error
  const first = colleague && {
    login: colleague.login,
    name: colleague.name,
    roles: colleague.roles.map(role => role.code),
    unit: colleague.unit.id,
    valueClasses: colleague.valueClasses,
    subscribersMax: colleague.subscribersMax,
  }
  return (
    <Form<Body<'addStaff'>>
      layout="vertical"
      requiredMark={false}
      initialValues={first ?? { unit: unit.id }}
      onFinish={save}
    >
      <Form.Item name="login" label={words.login} rules={needed}>
        <Input maxLength={60} disabled={colleague !== undefined} />
      </Form.Item>
      <Form.Item name={['name', 'zh']} label={words.nameZh} rules={needed}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name={['name', 'en']} label={words.nameEn} rules={needed}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="roles" label={words.roles} rules={[{ required: true, message: words.needs }]}>
        <Select
          mode="multiple"
          optionFilterProp="label"
          options={roles.map(role => ({ value: role.code, label: pick(role.title) }))}
        />
      </Form.Item>
      <Form.Item name="unit" label={words.unit} rules={[{ required: true, message: words.needs }]}>
        <Select
          showSearch
          optionFilterProp="label"
          options={units.map(one => ({ value: one.id, label: `${pick(one.name)} (${one.id})` }))}
        />
      </Form.Item>
      <Form.Item name="valueClasses" label={words.valueClasses}>
        <Select
          mode="multiple"
          options={(['high', 'middle', 'low'] as const).map(value => ({
            value,
            label: words.classes[value],
          }))}
        />
      </Form.Item>
      <Form.Item name="subscribersMax" label={words.subscribersMax}>
        <InputNumber min={0} max={100_000} precision={0} />
      </Form.Item>
      <Form.Item name="phone" label={words.phone} extra={words.phoneMeans}>
        <Input maxLength={40} placeholder={colleague?.phone ?? ''} autoComplete="off" />
      </Form.Item>
      {error === null ? null : <FaultNote error={error} />}
      <Button type="primary" htmlType="submit" loading={change.isPending || add.isPending}>
        {words.save}
      </Button>
    </Form>
  )
}

/** What is written about a number: nothing leaves it as it is, a dash removes it. */
function phoneIn(written: string): { readonly phone?: string } {
  if (written === '') return {}
  return { phone: written === '-' ? '' : written }
}
