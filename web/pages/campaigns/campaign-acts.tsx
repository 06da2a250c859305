import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Popconfirm } from 'antd'
import type { Body, Campaign } from '#wire'
import { FaultNote } from '../../answer.tsx'
import { call } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { DryRun } from './dry-run.tsx'
import { TestSend } from './test-send.tsx'

type Move = Body<'moveCampaign'>['move']
const moves: readonly Move[] = ['launch', 'pause', 'resume', 'close']

/** What may be done with a campaign now; each asks first whether it is meant. */
export function CampaignActs({ campaign }: { readonly campaign: Campaign }) {
  const { say } = useSay()
  const words = say.campaigns
  const client = useQueryClient()
  const parts = { id: String(campaign.id) }
  const refresh = () =>
    Promise.all(['showCampaign', 'listCampaigns'].map(key => client.invalidateQueries({ queryKey: [key] })))
  const move = useMutation({
    mutationFn: (to: Move) => call('moveCampaign', { parts, body: { move: to } }),
    onSettled: refresh,
  })
  const may = new Set(campaign.moves.map(m => m.code))
  if (campaign.state.code === 'waiting') return <span role="status">{words.submitted}</span>
  if (may.size === 0) return null
  return (
    <div className="stack">
      <div className="row">
        {moves
          .filter(to => may.has(to))
          .map(to => (
            <Popconfirm
              key={to}
              title={words.moves[to]}
              description={words.movesSure[to]}
              okText={words.moves[to]}
              cancelText={say.back}
              onConfirm={() => move.mutate(to)}
            >
              <Button
                type={to === 'launch' || to === 'resume' ? 'primary' : 'default'}
                danger={to === 'close'}
                loading={move.isPending}
              >
                {words.moves[to]}
              </Button>
            </Popconfirm>
          ))}
      </div>
      {move.error === null ? null : <FaultNote error={move.error} />}
      {may.has('submit') ? <Submit id={parts.id} onDone={refresh} /> : null}
      <DryRun id={parts.id} />
      {campaign.plan.channels.includes('sms') ? <TestSend id={parts.id} /> : null}
    </div>
  )
}

function Submit({ id, onDone }: { readonly id: string; readonly onDone: () => Promise<unknown> }) {
  const { say } = useSay()
  const words = say.campaigns
  const submit = useMutation({
    mutationFn: (body: Body<'submitCampaign'>) => call('submitCampaign', { parts: { id }, body }),
    onSettled: onDone,
  })
  return (
    <Form<Body<'submitCampaign'>> layout="inline" requiredMark={false} onFinish={body => submit.mutate(body)}>
      <Form.Item
        name="reason"
        label={words.submitReason}
        rules={[{ required: true, whitespace: true, min: 2, message: words.needs }]}
      >
        <Input maxLength={500} style={{ width: 320 }} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={submit.isPending}>
        {words.submit}
      </Button>
      {submit.error === null ? null : <FaultNote error={submit.error} />}
    </Form>
  )
}
