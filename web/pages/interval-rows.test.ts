import { expect, test } from 'vitest'
import type { Effect } from '#wire'
import { intervalRows } from './interval-rows.ts'

const words = { zh: '低余额', en: 'low balance' }
const group = { count: 100, successes: 30, rate: 0.3 }

function effect(low: number | null, high: number | null, verdict: Effect['verdict'] = 'unclear'): Effect {
  return {
    ruleId: 'low_balance',
    title: words,
    measure: { code: 'recharged', title: { zh: '充值', en: 'recharged' } },
    treated: group,
    control: group,
    differencePoints: low === null || high === null ? null : (low + high) / 2,
    lowPoints: low,
    highPoints: high,
    verdict,
    pending: 0,
  }
}

test('an interval is clear only when it leaves out zero', () => {
  const rows = intervalRows([effect(1, 3), effect(-3, -1), effect(-1, 1), effect(0, 2)], 'en')
  expect(rows.map(r => r.isClear)).toEqual([true, true, false, false])
})

test('too little data is not drawn as if it said something', () => {
  expect(intervalRows([effect(null, null), effect(-40, 60, 'too-little')], 'zh')).toEqual([])
})

test('each row is named in the language of the screen', () => {
  expect(intervalRows([effect(1, 3)], 'zh').map(r => r.name)).toEqual(['低余额 · 充值'])
})
