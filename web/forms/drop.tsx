import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import type { Body, PathParts, Reply } from '#wire'
import { FaultNote } from '../answer.tsx'
import { call } from '../api.ts'
import { useSay } from '../say/use-say.ts'

interface DropFormProps {
  readonly parts: PathParts<'dropTask'>
  readonly onDropped: (task: Reply<'dropTask'>) => void | Promise<void>
  readonly onCancel: () => void
}

export function DropForm({ parts, onDropped, onCancel }: DropFormProps) {
  const { say } = useSay()
  const drop = useMutation({
    mutationFn: (body: Body<'dropTask'>) => call('dropTask', { parts, body }),
    onSuccess: task => onDropped(task),
  })
  return (
    <Form<Body<'dropTask'>> layout="vertical" requiredMark={false} onFinish={body => drop.mutate(body)}>
      <Form.Item
        name="why"
        label={say.task.dropWhy}
        rules={[{ required: true, whitespace: true, message: say.task.dropNeedsWhy }]}
      >
        <Input maxLength={500} />
      </Form.Item>
      {drop.error === null ? null : (
        <Form.Item>
          <FaultNote error={drop.error} />
        </Form.Item>
      )}
      <span className="row">
        <Button danger type="primary" htmlType="submit" loading={drop.isPending}>
          {say.task.dropConfirm}
        </Button>
        <Button onClick={onCancel}>{say.back}</Button>
      </span>
    </Form>
  )
}
