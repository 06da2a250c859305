import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Popconfirm } from 'antd'
import type { Reply } from '#wire'
import { FaultNote } from '../../answer.tsx'
import { call } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'

type Verdict = 'approve' | 'reject' | 'cancelApproval'

/** Decides with a comment, after asking whether it is meant. The server says what may be done. */
export function Decide({ approval }: { readonly approval: Reply<'showApproval'> }) {
  const { say } = useSay()
  const client = useQueryClient()
  const [form] = Form.useForm<{ comment: string }>()
  const decide = useMutation({
    mutationFn: async (verdict: Verdict) => {
      const { comment } = await form.validateFields()
      return call(verdict, { parts: { id: String(approval.id) }, body: { comment } })
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['listApprovals'] }),
  })
  const comment = Form.useWatch('comment', form)
  if (!approval.mayDecide && !approval.mayCancel) return null
  const isEmpty = (comment ?? '').trim() === ''
  const button = (verdict: Verdict, label: string, means?: string) => (
    <Popconfirm
      key={verdict}
      title={label}
      disabled={isEmpty}
      {...(means === undefined ? {} : { description: means })}
      okText={say.approvals.sure}
      cancelText={say.back}
      onConfirm={() => decide.mutate(verdict)}
    >
      <Button
        type={verdict === 'approve' ? 'primary' : 'default'}
        danger={verdict === 'reject'}
        disabled={isEmpty}
        loading={decide.isPending}
      >
        {label}
      </Button>
    </Popconfirm>
  )
  return (
    <Form form={form} layout="inline" requiredMark={false}>
      <Form.Item
        name="comment"
        label={say.approvals.comment}
        rules={[{ required: true, whitespace: true, message: say.approvals.needsComment }]}
      >
        <Input maxLength={500} style={{ width: 320 }} />
      </Form.Item>
      <span className="row">
        {approval.mayDecide ? button('approve', say.approvals.approve, say.approvals.approveMeans) : null}
        {approval.mayDecide ? button('reject', say.approvals.reject) : null}
        {approval.mayCancel ? button('cancelApproval', say.approvals.cancel) : null}
      </span>
      {decide.error === null ? null : <FaultNote error={decide.error} />}
    </Form>
  )
}
