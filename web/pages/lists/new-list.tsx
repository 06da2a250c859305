import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Form, Input, InputNumber, Segmented, Select } from 'antd'
import { useState } from 'react'
import { type Reply, uploads } from '#wire'
import { FaultNote } from '../../answer.tsx'
import { call } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { ChooseFile } from '../../ui/choose-file.tsx'
import { FaultyLines } from './faulty-lines.tsx'

type Lists = Reply<'listLists'>

interface Wanted {
  readonly title: string
  readonly reason: string
  readonly action: string
  readonly days: number
  readonly controlPercent: number
  readonly rule?: string
}

/** Chosen in the place of an action: a campaign says what is done. Codes of actions have no colon. */
const forCampaign = 'for:campaign'

/** A list from a file, or of whom a rule found this morning; its own page shows what came of it. */
export function NewList({ actions, rules }: Pick<Lists, 'actions' | 'rules'>) {
  const { say, pick } = useSay()
  const words = say.lists
  const client = useQueryClient()
  const navigate = useNavigate()
  const [from, setFrom] = useState<'file' | 'rule'>('file')
  const [file, setFile] = useState<File>()
  const make = useMutation({
    mutationFn: ({ rule = '', action, ...others }: Wanted) => {
      const wanted = action === forCampaign ? others : { ...others, action }
      return from === 'rule' || file === undefined
        ? call('listFromRule', { body: { ...wanted, rule } })
        : call('importList', { query: wanted, file })
    },
    onSuccess: async report => {
      await client.invalidateQueries({ queryKey: ['listLists'] })
      if (report.list !== null)
        await navigate({ to: '/lists/$listId', params: { listId: String(report.list.id) } })
    },
  })
  const needed = [{ required: true, whitespace: true, message: say.organisation.needs }]
  const options = (all: readonly Lists['actions'][number][]) =>
    all.map(one => ({ value: one.code, label: pick(one.title) }))
  return (
    <Form<Wanted>
      layout="vertical"
      requiredMark={false}
      initialValues={{ days: 7, controlPercent: 10 }}
      onFinish={wanted => make.mutate(wanted)}
    >
      <Form.Item>
        <Segmented
          aria-label={words.from}
          value={from}
          options={[
            { value: 'file', label: words.file },
            { value: 'rule', label: words.rule },
          ]}
          onChange={value => setFrom(value === 'rule' ? 'rule' : 'file')}
        />
      </Form.Item>
      {from === 'file' ? (
        <Form.Item extra={words.fileMeans}>
          <ChooseFile file={file} bytesMax={uploads.importList} onChoose={setFile} />
        </Form.Item>
      ) : (
        <Form.Item name="rule" label={words.rule} rules={needed}>
          <Select showSearch optionFilterProp="label" options={options(rules)} />
        </Form.Item>
      )}
      <Form.Item name="title" label={words.name} rules={needed}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="reason" label={words.reason} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="action" label={words.action} rules={needed}>
        <Select options={[{ value: forCampaign, label: words.forCampaign }, ...options(actions)]} />
      </Form.Item>
      <Form.Item name="days" label={words.days}>
        <InputNumber min={1} max={31} precision={0} />
      </Form.Item>
      <Form.Item name="controlPercent" label={words.control}>
        <InputNumber min={0} max={50} precision={0} />
      </Form.Item>
      {make.error === null ? null : <FaultNote error={make.error} />}
      {make.data?.list === null ? <FaultyLines report={make.data} /> : null}
      <Button
        type="primary"
        htmlType="submit"
        loading={make.isPending}
        disabled={from === 'file' && file === undefined}
      >
        {words.make}
      </Button>
    </Form>
  )
}
