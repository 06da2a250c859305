import { Form, Input, Select } from 'antd'
import { useReply } from '../api.ts'
import { useSay } from '../say/use-say.ts'

/** Why: one of the purposes, and a sentence. For whatever shows or takes out values in full. */
export function PurposeItems() {
  const { say, pick } = useSay()
  const choices = useReply('listPurposes')
  const purposes = choices.data?.purposes ?? []
  return (
    <>
      <Form.Item
        name="purpose"
        label={say.exports.purpose}
        rules={[{ required: true, message: say.exports.needsPurpose }]}
      >
        <Select<string> options={purposes.map(p => ({ value: p.code, label: pick(p.title) }))} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={say.exports.reason}
        rules={[{ required: true, whitespace: true, min: 2, message: say.exports.needsReason }]}
      >
        <Input maxLength={500} />
      </Form.Item>
    </>
  )
}
