import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import type { Body, Reply } from '#wire'
import { FaultNote } from '../answer.tsx'
import { call } from '../api.ts'
import { useSay } from '../say/use-say.ts'

interface NewTokenFormProps {
  readonly choices: Pick<Reply<'listTokens'>, 'permissions' | 'units'>
  readonly onMade: (made: Reply<'addToken'>) => void
}

export function NewTokenForm({ choices, onMade }: NewTokenFormProps) {
  const { say, pick } = useSay()
  const make = useMutation({
    mutationFn: (body: Body<'addToken'>) => call('addToken', { body }),
    onSuccess: onMade,
  })
  return (
    <Form<Body<'addToken'>>
      layout="vertical"
      requiredMark={false}
      initialValues={{ days: 90, unit: choices.units[0]?.id }}
      onFinish={body => make.mutate(body)}
    >
      <Form.Item
        name="name"
        label={say.tokens.name}
        rules={[{ required: true, whitespace: true, message: say.tokens.needsName }]}
      >
        <Input maxLength={80} placeholder={say.tokens.nameHint} />
      </Form.Item>
      <Form.Item
        name="permissions"
        label={say.tokens.permissions}
        rules={[{ required: true, message: say.tokens.needsPermissions }]}
      >
        <Select
          mode="multiple"
          optionFilterProp="label"
          options={choices.permissions.map(p => ({ value: p.code, label: `${pick(p.title)} (${p.code})` }))}
        />
      </Form.Item>
      <Form.Item
        name="unit"
        label={say.tokens.unit}
        rules={[{ required: true, message: say.tokens.needsUnit }]}
      >
        <Select
          showSearch
          optionFilterProp="label"
          options={choices.units.map(u => ({ value: u.id, label: `${pick(u.name)} (${u.id})` }))}
        />
      </Form.Item>
      <Form.Item name="days" label={say.tokens.days} rules={[{ required: true, message: say.tokens.days }]}>
        <InputNumber min={1} max={366} precision={0} />
      </Form.Item>
      {make.error === null ? null : (
        <Form.Item>
          <FaultNote error={make.error} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={make.isPending}>
        {say.tokens.add}
      </Button>
    </Form>
  )
}
