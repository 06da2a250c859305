import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import type { Body, Reply } from '#wire'
import { FaultNote } from '../answer.tsx'
import { call } from '../api.ts'
import { useSay } from '../say/use-say.ts'

interface SignInFormProps {
  readonly onSignedIn: (session: Reply<'signIn'>) => void | Promise<void>
}

export function SignInForm({ onSignedIn }: SignInFormProps) {
  const { say } = useSay()
  const signIn = useMutation({
    mutationKey: ['signIn'],
    mutationFn: (body: Body<'signIn'>) => call('signIn', { body }),
    onSuccess: session => onSignedIn(session),
  })
  return (
    <Form<Body<'signIn'>> layout="vertical" onFinish={body => signIn.mutate(body)} requiredMark={false}>
      <Form.Item
        name="login"
        label={say.signIn.login}
        rules={[{ required: true, message: say.signIn.needsLogin }]}
      >
        <Input autoComplete="username" maxLength={80} />
      </Form.Item>
      <Form.Item
        name="password"
        label={say.signIn.password}
        rules={[{ required: true, message: say.signIn.needsPassword }]}
      >
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      {signIn.error === null ? null : (
        <Form.Item>
          <FaultNote error={signIn.error} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
        {say.signIn.submit}
      </Button>
    </Form>
  )
}
