import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import type { Body } from '#wire'
import { FaultNote } from '../answer.tsx'
import { call } from '../api.ts'
import { useSay } from '../say/use-say.ts'

interface ChangePasswordFormProps {
  readonly onChanged: (next: string) => void | Promise<void>
}

export function ChangePasswordForm({ onChanged }: ChangePasswordFormProps) {
  const { say } = useSay()
  const change = useMutation({
    mutationFn: (body: Body<'changePassword'>) => call('changePassword', { body }),
    onSuccess: (_, body) => onChanged(body.next),
  })
  return (
    <Form<Body<'changePassword'>>
      layout="vertical"
      requiredMark={false}
      onFinish={body => change.mutate(body)}
    >
      <Form.Item
        name="current"
        label={say.signIn.current}
        rules={[{ required: true, message: say.signIn.needsPassword }]}
      >
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="next"
        label={say.signIn.next}
        rules={[{ required: true, message: say.signIn.needsNext }]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      {change.error === null ? null : (
        <Form.Item>
          <FaultNote error={change.error} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {say.signIn.change}
      </Button>
    </Form>
  )
}
