import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import type { CampaignChoices, CampaignPlan } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { formatCount } from '../../ui/format.ts'
import { CheckPanel } from './check-panel.tsx'
import { emptyFields, fieldsOf, listValue, type PlanFields, planOf } from './plan-fields.ts'

interface PlanFormProps {
  readonly choices: CampaignChoices
  readonly begun?: CampaignPlan
  readonly busy: boolean
  readonly onSave: (plan: CampaignPlan) => void
}

/** A plan as it is written; beside it, at once, whom it finds and what that costs. */
export function PlanForm({ choices, begun, busy, onSave }: PlanFormProps) {
  const { say } = useSay()
  const words = say.campaigns
  const [fields, setFields] = useState<PlanFields>(() =>
    begun === undefined ? emptyFields : fieldsOf(begun),
  )
  const plan = planOf(fields, begun)
  return (
    <Form<PlanFields>
      layout="vertical"
      requiredMark={false}
      initialValues={fields}
      onValuesChange={(_, all) => setFields(all)}
      onFinish={() => (plan === undefined ? undefined : onSave(plan))}
    >
      <div className="stack">
        <div className="two">
          <section className="panel">
            <WhatFields choices={choices} begun={begun?.target} />
          </section>
          <section className="panel">
            <WhenFields />
          </section>
        </div>
        <section className="panel">
          <h2>{words.preview}</h2>
          <CheckPanel plan={plan} />
        </section>
        <Button type="primary" htmlType="submit" loading={busy} disabled={plan === undefined}>
          {begun === undefined ? words.save : words.saveChange}
        </Button>
      </div>
    </Form>
  )
}

interface WhatProps {
  readonly choices: CampaignChoices
  /** What the plan was for when the form was opened. */
  readonly begun: CampaignPlan['target'] | undefined
}

function WhatFields({ choices, begun }: WhatProps) {
  const { say, pick } = useSay()
  const words = say.campaigns
  const needed = [{ required: true, message: words.needs }]
  const targets = useTargets(choices, begun)
  return (
    <>
      <Form.Item name="titleZh" label={words.titleZh} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="titleEn" label={words.titleEn}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="target"
        label={words.ruleOrList}
        rules={begun !== undefined && 'condition' in begun ? [] : needed}
      >
        <Select showSearch optionFilterProp="label" options={targets} />
      </Form.Item>
      <Form.Item name="offer" label={words.offer} rules={needed}>
        <Select
          showSearch
          optionFilterProp="label"
          options={choices.offers.map(o => ({ value: o.code, label: pick(o.title) }))}
        />
      </Form.Item>
      <Form.Item name="purpose" label={words.purpose}>
        <Select
          options={(['selling', 'care'] as const).map(value => ({ value, label: words.purposes[value] }))}
        />
      </Form.Item>
      <Form.Item name="channels" label={words.channels} rules={needed}>
        <Select
          mode="multiple"
          options={(['sms', 'call'] as const).map(value => ({ value, label: words.channel[value] }))}
        />
      </Form.Item>
      <Form.Item name="smsZh" label={words.smsZh}>
        <Input.TextArea maxLength={400} autoSize={{ minRows: 2 }} />
      </Form.Item>
      <Form.Item name="smsEn" label={words.smsEn}>
        <Input.TextArea maxLength={400} autoSize />
      </Form.Item>
      <Form.Item name="script" label={words.script}>
        <Select
          allowClear
          options={choices.scripts.map(one => ({ value: one.code, label: pick(one.title) }))}
        />
      </Form.Item>
    </>
  )
}

/** Rules, then lists; what the plan was for stays a choice, also when a list is over. */
function useTargets({ rules, lists }: CampaignChoices, begun: WhatProps['begun']) {
  const { say, pick } = useSay()
  const words = say.campaigns
  const own = begun !== undefined && 'condition' in begun ? [{ value: '', label: words.ownCondition }] : []
  const isOver = begun !== undefined && 'list' in begun && !lists.some(one => one.id === begun.list)
  const over = isOver ? [{ value: listValue(begun.list), label: words.listOver({ id: begun.list }) }] : []
  const named = lists.map(({ id, title, people }) => ({
    value: listValue(id),
    label: words.listOf({ title, people: formatCount(people) }),
  }))
  return [
    ...own,
    ...over,
    { label: words.rule, options: rules.map(one => ({ value: one.code, label: pick(one.title) })) },
    { label: words.list, options: named },
  ].filter(one => !('options' in one) || one.options.length > 0)
}

function WhenFields() {
  const { say } = useSay()
  const words = say.campaigns
  const needed = [{ required: true, message: words.needs }]
  const number = (name: keyof PlanFields, label: string, min: number, max: number, isNeeded = true) => (
    <Form.Item name={name} label={label} rules={isNeeded ? needed : []}>
      <InputNumber min={min} max={max} style={{ width: 160 }} />
    </Form.Item>
  )
  return (
    <>
      <div className="row">
        <Form.Item name="from" label={words.period} rules={needed}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="to" label="–" rules={needed}>
          <Input type="date" />
        </Form.Item>
      </div>
      <div className="row">
        {number('waveCount', words.waveCount, 1, 12)}
        {number('waveEvery', words.waveEvery, 1, 90)}
      </div>
      <div className="row">
        {number('budgetYuan', words.budget, 0, 10_000_000)}
        {number('perDayMax', words.perDay, 1, 10_000_000)}
      </div>
      <div className="row">
        {number('valueYuan', words.value, 0, 100_000)}
        {number('minutes', words.minutes, 0, 120)}
      </div>
      <div className="row">
        {number('controlPercent', words.control, 0, 50)}
        {number('stopAt', words.stopAt, 0.1, 100, false)}
      </div>
      <div className="row">
        <Form.Item name="successKind" label={words.success}>
          <Select
            style={{ width: 160 }}
            options={(['recharged', 'stayed'] as const).map(value => ({
              value,
              label: words.successKinds[value],
            }))}
          />
        </Form.Item>
        {number('withinDays', words.within, 1, 90)}
        {number('atLeastYuan', words.atLeast, 0, 100_000)}
      </div>
    </>
  )
}
