import { expect, test } from 'vitest'
import type { CampaignPlan } from '#wire'
import { emptyFields, fieldsOf, planOf } from './plan-fields.ts'

const plan: CampaignPlan = {
  title: { zh: '春季', en: 'Spring' },
  target: { condition: { op: 'lt', factor: 'balance', value: 1000 } },
  offer: 'recharge_30_data_1g',
  purpose: 'selling',
  channels: ['sms', 'call'],
  smsText: { zh: '您好', en: 'Hello' },
  script: 'welcome',
  period: { from: '2026-02-27', to: '2026-03-20' },
  waves: [
    { from: '2026-02-27', percent: 70 },
    { from: '2026-03-02', percent: 30 },
  ],
  budgetFen: 123_45,
  perDayMax: 7,
  minutes: 5,
  valueFen: 99,
  controlPercent: 10,
  success: { kind: 'recharged', withinDays: 5, atLeastFen: 3000 },
  stopAtOptOutPercent: 2.5,
}

test('a plan comes out of the form as it went in', () => {
  expect(planOf(fieldsOf(plan), plan)).toEqual(plan)
  const { smsText: _, script: __, waves: ___, stopAtOptOutPercent: ____, ...bare } = plan
  for (const target of [{ rule: 'low_balance' }, { list: 12 }])
    expect(planOf(fieldsOf({ ...plan, target }), plan)).toEqual({ ...plan, target })
  const stays = { ...bare, success: { kind: 'stayed' as const, withinDays: 30 } }
  expect(planOf(fieldsOf(stays), stays)).toEqual(stays)
})

test('waves are of equal size and as far apart as said, over a month’s end too', () => {
  const three = planOf({ ...fieldsOf(plan), waveCount: 3, waveEvery: 2 }, plan)
  expect(three?.waves).toEqual([
    { from: '2026-02-27', percent: 34 },
    { from: '2026-03-01', percent: 33 },
    { from: '2026-03-03', percent: 33 },
  ])
})

test('an unfinished form is no plan', () => {
  expect(planOf(emptyFields)).toBeUndefined()
  expect(planOf({ ...fieldsOf(plan), titleZh: ' ' }, plan)).toBeUndefined()
  expect(planOf({ ...fieldsOf(plan), channels: [] }, plan)).toBeUndefined()
})
