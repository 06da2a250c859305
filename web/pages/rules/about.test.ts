import { expect, test } from 'vitest'
import { aboutNothing, aboutOf, contentFrom } from './about.ts'
import { draftOf, emptyDraft } from './draft.ts'

const whole = {
  id: 'low_balance',
  title: { zh: '余额低', en: 'low balance' },
  means: { zh: '余额低', en: 'the balance is low' },
  owner: 'planning',
  points: 9,
  controlPercent: 20,
  levelAtLeast: 'low',
  action: 'ask_recharge',
  parameters: [],
  condition: { op: 'lt', factor: 'balance', value: 1000 },
  validFrom: '2026-01-01',
  tests: [
    { values: { balance: 1 }, matches: true },
    { subscriber: 's1', matches: true },
    { subscriber: 's2', matches: false },
  ],
}

test('what is said of a rule is shown and sent as it was, also what the form does not show', () => {
  const about = aboutOf(whole)
  expect([about.mustMatch, about.mustNotMatch]).toEqual([['s1'], ['s2']])
  expect(contentFrom(about, draftOf(whole.condition, [], 'ask_recharge'))).toEqual(whole)
})

test('without a condition there is nothing to send', () => {
  expect(contentFrom(aboutNothing, emptyDraft())).toBeUndefined()
})
