import { useMutation } from '@tanstack/react-query'
import { Button, Form, Modal, Select } from 'antd'
import { useState } from 'react'
import type { Body } from '#wire'
import { FaultNote } from '../answer.tsx'
import { call, useReply } from '../api.ts'
import { useMay } from '../pages/use-may.ts'
import { useSay } from '../say/use-say.ts'
import { formatCount } from '../ui/format.ts'
import { PurposeItems } from './purpose.tsx'

/** Shows one value of a subscriber in full, for a purpose. Whoever may not, does not see it. */
export function UnmaskButton({ subscriberId }: { readonly subscriberId: string }) {
  const { say } = useSay()
  const [isOpen, setOpen] = useState(false)
  if (!useMay('value.unmask')) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say.unmask.show}</Button>
      <Modal
        title={say.unmask.title}
        open={isOpen}
        footer={null}
        destroyOnHidden
        onCancel={() => setOpen(false)}
      >
        <UnmaskForm subscriberId={subscriberId} onClose={() => setOpen(false)} />
      </Modal>
    </>
  )
}

interface UnmaskFormProps {
  readonly subscriberId: string
  readonly onClose: () => void
}

function UnmaskForm({ subscriberId, onClose }: UnmaskFormProps) {
  const { say, pick } = useSay()
  const choices = useReply('listPurposes')
  const show = useMutation({
    mutationFn: (body: Body<'unmaskValue'>) => call('unmaskValue', { parts: { id: subscriberId }, body }),
    // The value is not kept: it is gone when the window is closed.
    gcTime: 0,
  })
  if (show.data !== undefined)
    return (
      <div role="status">
        <p className="strong">{show.data.value ?? say.unmask.nothing}</p>
        <p className="faint">{say.unmask.left({ left: formatCount(show.data.left) })}</p>
        <Button onClick={onClose}>{say.unmask.close}</Button>
      </div>
    )
  return (
    <Form<Body<'unmaskValue'>>
      layout="vertical"
      requiredMark={false}
      initialValues={{ field: 'number' }}
      onFinish={body => show.mutate(body)}
    >
      <p className="faint">{say.unmask.means}</p>
      <Form.Item
        name="field"
        label={say.unmask.field}
        rules={[{ required: true, message: say.unmask.needsField }]}
      >
        <Select<string>
          options={(choices.data?.fields ?? []).map(f => ({ value: f.code, label: pick(f.title) }))}
        />
      </Form.Item>
      <PurposeItems />
      {show.error === null ? null : (
        <Form.Item>
          <FaultNote error={show.error} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={show.isPending}>
        {say.unmask.submit}
      </Button>
    </Form>
  )
}
