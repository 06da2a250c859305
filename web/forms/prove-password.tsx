import { Button, Form, Input } from 'antd'
import { FaultNote } from '../answer.tsx'
import { useSay } from '../say/use-say.ts'

interface ProvePasswordProps {
  readonly label: string
  readonly danger?: boolean
  readonly busy: boolean
  readonly error: Error | null
  readonly onProved: (password: string) => void
}

/** Asks for the present password before something that a session left open must not be enough for. */
export function ProvePassword({ label, danger, busy, error, onProved }: ProvePasswordProps) {
  const { say } = useSay()
  return (
    <Form<{ password: string }>
      layout="vertical"
      requiredMark={false}
      onFinish={({ password }) => onProved(password)}
    >
      <Form.Item
        name="password"
        label={say.signIn.current}
        rules={[{ required: true, message: say.signIn.needsPassword }]}
      >
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      {error === null ? null : (
        <Form.Item>
          <FaultNote error={error} />
        </Form.Item>
      )}
      <Button type="primary" danger={danger ?? false} htmlType="submit" loading={busy}>
        {label}
      </Button>
    </Form>
  )
}
