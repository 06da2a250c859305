import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import type { Body } from '#wire'
import { FaultNote } from '../../answer.tsx'
import { call } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'

/** The message sent to oneself or a colleague, word for word as a subscriber gets it; it counts as nothing. */
export function TestSend({ id }: { readonly id: string }) {
  const { say, pick } = useSay()
  const words = say.campaigns
  const send = useMutation({
    mutationFn: ({ to = '' }: Body<'testCampaign'>) =>
      call('testCampaign', { parts: { id }, body: to.trim() === '' ? {} : { to: to.trim() } }),
  })
  const sent = send.data
  return (
    <div className="stack">
      <Form<Body<'testCampaign'>> layout="inline" requiredMark={false} onFinish={body => send.mutate(body)}>
        <Form.Item name="to" label={words.testTo}>
          <Input maxLength={60} placeholder={words.testSelf} style={{ width: 180 }} />
        </Form.Item>
        <Form.Item>
          <Button htmlType="submit" loading={send.isPending}>
            {words.testSend}
          </Button>
        </Form.Item>
        <Form.Item>
          <span className="faint small">{words.testMore}</span>
        </Form.Item>
      </Form>
      {send.error === null ? null : <FaultNote error={send.error} />}
      {sent === undefined ? null : (
        <Alert
          role="status"
          type={sent.state.code === 'handed_over' ? 'success' : 'warning'}
          showIcon
          title={words.testSent({
            name: pick(sent.to.name),
            number: sent.number,
            state: pick(sent.state.title),
          })}
          description={sent.text}
        />
      )}
    </div>
  )
}
