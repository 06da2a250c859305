import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Form, Modal, Radio } from 'antd'
import { useState } from 'react'
import type { Body } from '#wire'
import { FaultNote } from '../answer.tsx'
import { call } from '../api.ts'
import { useMay } from '../pages/use-may.ts'
import { useSay } from '../say/use-say.ts'
import { PurposeItems } from './purpose.tsx'

type Wanted = Body<'askExport'>

interface ExportButtonProps {
  readonly what: Wanted['what']
  readonly query: NonNullable<Wanted['query']>
}

/** Asks for a file of the list under its filters. Whoever may not, does not see it. */
export function ExportButton({ what, query }: ExportButtonProps) {
  const { say } = useSay()
  const [isOpen, setOpen] = useState(false)
  if (!useMay('export.ask')) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say.exports.ask}</Button>
      <Modal
        title={say.exports.askTitle}
        open={isOpen}
        footer={null}
        destroyOnHidden
        onCancel={() => setOpen(false)}
      >
        <ExportForm what={what} query={query} />
      </Modal>
    </>
  )
}

function ExportForm({ what, query }: ExportButtonProps) {
  const { say } = useSay()
  const client = useQueryClient()
  const ask = useMutation({
    mutationFn: (chosen: Omit<Wanted, 'what' | 'query'>) =>
      call('askExport', { body: { ...chosen, what, query } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['listExports'] }),
  })
  if (ask.isSuccess)
    return (
      <div>
        <p role="status">{say.exports.done}</p>
        <Link to="/exports">{say.exports.open}</Link>
      </div>
    )
  return (
    <Form<Omit<Wanted, 'what' | 'query'>>
      layout="vertical"
      requiredMark={false}
      initialValues={{ format: 'xlsx', plain: false }}
      onFinish={chosen => ask.mutate(chosen)}
    >
      <p className="faint">{say.exports.askMeans}</p>
      <Form.Item name="format" label={say.exports.format}>
        <Radio.Group
          options={[
            { value: 'xlsx', label: 'Excel' },
            { value: 'csv', label: 'CSV' },
          ]}
        />
      </Form.Item>
      <Form.Item name="plain" label={say.exports.values} hidden={what === 'audit'}>
        <Radio.Group
          options={[
            { value: false, label: say.exports.masked },
            { value: true, label: say.exports.plain },
          ]}
        />
      </Form.Item>
      <PurposeItems />
      {ask.error === null ? null : (
        <Form.Item>
          <FaultNote error={ask.error} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={ask.isPending}>
        {say.exports.submit}
      </Button>
    </Form>
  )
}
