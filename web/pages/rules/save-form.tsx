import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Card, DatePicker, Form, Input, InputNumber, Select } from 'antd'
import dayjs from 'dayjs'
import { type ReactElement, useState } from 'react'
import type { Reply } from '#wire'
import { FaultNote } from '../../answer.tsx'
import { call } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { type About, contentFrom } from './about.ts'
import type { Draft } from './draft.ts'

interface SaveFormProps {
  readonly begin: About
  readonly draft: Draft
  readonly hasUnfinished: boolean
}

/** What else a rule needs before it can be kept as a draft. Keeping runs its tests. */
export function SaveForm({ begin, draft, hasUnfinished }: SaveFormProps) {
  const { say } = useSay()
  const words = say.ruleLife
  const client = useQueryClient()
  const [about, setAbout] = useState(begin)
  const [saved, setSaved] = useState<Reply<'saveRule'>>()
  const [error, setError] = useState<unknown>(null)
  const [isSaving, setSaving] = useState(false)
  const content = contentFrom(about, draft)
  const put = (change: Partial<About>) => setAbout(before => ({ ...before, ...change }))
  const save = async () => {
    if (content === undefined) return
    setSaving(true)
    setSaved(undefined)
    setError(null)
    try {
      setSaved(await call('saveRule', { body: { rule: content } }))
      void client.invalidateQueries()
    } catch (fault) {
      setError(fault)
    }
    setSaving(false)
  }
  return (
    <Card size="small" title={<h2>{words.save}</h2>}>
      <p className="faint small">{words.saveMeans}</p>
      <Form layout="vertical" onFinish={() => void save()}>
        <Names about={about} put={put} />
        <Numbers about={about} put={put} />
        <Form.Item label={words.mustMatch} htmlFor="rule-must">
          <Keys id="rule-must" value={about.mustMatch} onChange={mustMatch => put({ mustMatch })} />
        </Form.Item>
        <Form.Item label={words.mustNotMatch} htmlFor="rule-must-not">
          <Keys
            id="rule-must-not"
            value={about.mustNotMatch}
            onChange={mustNotMatch => put({ mustNotMatch })}
          />
        </Form.Item>
        <Button
          type="primary"
          htmlType="submit"
          loading={isSaving}
          disabled={content === undefined || hasUnfinished || about.id === ''}
        >
          {words.saveAct}
        </Button>
      </Form>
      {error === null ? null : <FaultNote error={error} />}
      {saved === undefined ? null : (
        <Alert
          type="success"
          role="status"
          title={words.saved({ version: String(saved.version) })}
          description={
            <Link to="/rules/$ruleId" params={{ ruleId: saved.id }}>
              {words.toRule}
            </Link>
          }
        />
      )}
    </Card>
  )
}

interface PartProps {
  readonly about: About
  readonly put: (change: Partial<About>) => void
}

function Names({ about, put }: PartProps) {
  const { say } = useSay()
  const words = say.ruleLife
  const field = (name: 'id' | 'titleZh' | 'titleEn' | 'meansZh' | 'meansEn' | 'owner'): ReactElement => (
    <Form.Item label={words[name]} htmlFor={`rule-${name}`} style={{ marginBottom: 8 }}>
      <Input
        id={`rule-${name}`}
        value={about[name]}
        required
        onChange={event => put({ [name]: event.target.value })}
      />
    </Form.Item>
  )
  return (
    <div className="tiles">
      {field('id')}
      {field('owner')}
      {field('titleZh')}
      {field('titleEn')}
      {field('meansZh')}
      {field('meansEn')}
    </div>
  )
}

function Numbers({ about, put }: PartProps) {
  const { say } = useSay()
  const words = say.ruleLife
  const day = (name: 'validFrom' | 'validTo') => (
    <Form.Item label={words[name]} htmlFor={`rule-${name}`} style={{ marginBottom: 8 }}>
      <DatePicker
        id={`rule-${name}`}
        value={about[name] === null ? null : dayjs(about[name])}
        onChange={chosen => put({ [name]: chosen === null ? null : chosen.format('YYYY-MM-DD') })}
      />
    </Form.Item>
  )
  const number = (name: 'points' | 'controlPercent', max: number) => (
    <Form.Item label={words[name]} htmlFor={`rule-${name}`} style={{ marginBottom: 8 }}>
      <InputNumber<number>
        id={`rule-${name}`}
        min={0}
        max={max}
        precision={0}
        value={about[name]}
        onChange={value => put({ [name]: value ?? 0 })}
      />
    </Form.Item>
  )
  return (
    <div className="tiles">
      {number('points', 100)}
      {number('controlPercent', 50)}
      {day('validFrom')}
      {day('validTo')}
    </div>
  )
}

interface KeysProps {
  readonly id: string
  readonly value: readonly string[]
  readonly onChange: (keys: readonly string[]) => void
}

function Keys({ id, value, onChange }: KeysProps) {
  return (
    <Select<string[]>
      id={id}
      mode="tags"
      open={false}
      suffixIcon={null}
      tokenSeparators={[',', ' ', '，']}
      value={[...value]}
      onChange={onChange}
    />
  )
}
