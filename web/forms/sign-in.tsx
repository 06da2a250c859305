import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import type { Body, Reply } from '#wire'
import { FaultNote } from '../answer.tsx'
import { ApiFault, call } from '../api.ts'
import { useSay } from '../say/use-say.ts'

interface SignInFormProps {
  readonly onSignedIn: (session: Reply<'signIn'>) => void | Promise<void>
}

/** Login and password; the code of the second step when the server asks for it. */
export function SignInForm({ onSignedIn }: SignInFormProps) {
  const { say } = useSay()
  const [needsCode, setNeedsCode] = useState(false)
  const signIn = useMutation({
    mutationKey: ['signIn'],
    mutationFn: (body: Body<'signIn'>) => call('signIn', { body }),
    onSuccess: session => onSignedIn(session),
    onError: error => {
      if (error instanceof ApiFault && error.fault.code === 'sign-in.code-needed') setNeedsCode(true)
    },
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
      {needsCode ? (
        <Form.Item
          name="code"
          label={say.signInMore.code}
          rules={[{ required: true, message: say.signInMore.needsCode }]}
        >
          <Input autoComplete="one-time-code" maxLength={40} />
        </Form.Item>
      ) : null}
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
