import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readFactors } from '#factors'
import { plainDate } from '#kernel'
import { typesOfOp } from './check.ts'
import { bindRule, holds, readRules, sentence } from './index.ts'

const catalogue = path.join(import.meta.dirname, '../../catalogue')
const { byId } = await readFactors(path.join(catalogue, 'factors'))
const book = await readRules(path.join(catalogue, 'rules'), byId)

test('the page beside the rules names every comparison and joins', () => {
  const page = readFileSync(path.join(catalogue, 'rules', 'README.md'), 'utf8')
  const lacking = [...Object.keys(typesOfOp), 'all', 'any', 'not'].filter(op => !page.includes(`\`${op}\``))
  expect(lacking).toEqual([])
})

describe('the rules of the catalogue', () => {
  test('have no faults over the factors of the catalogue', () => {
    expect(book.faults).toEqual([])
  })

  test('hold the six standing conditions', () => {
    const ids = book.rules.map(rule => rule.id)
    expect(ids).toEqual(
      expect.arrayContaining([
        'no_recharge_after_activation',
        'low_balance_by_tenure',
        'entered_grace',
        'low_balance_month_end',
        'selected_by_model',
        'many_complaints',
      ]),
    )
  })

  test('read as sentences without a code or an id in them', () => {
    for (const rule of book.rules) {
      const condition = bindRule(rule, plainDate('2026-11-22'))
      for (const lang of ['zh', 'en'] as const)
        expect(sentence(condition, byId, lang)).not.toMatch(/[a-z]_[a-z]|undefined|NaN/)
    }
  })

  test('say what they call for where they are worth points, and leave their owner room on both sides of every threshold', () => {
    // A rule without points is a sign of a plan that answers for it.
    const silent = book.rules.filter(rule => rule.points > 0 && rule.action === undefined)
    expect(silent.map(rule => rule.id)).toEqual([])
    const tight = book.rules.flatMap(rule =>
      rule.parameters.filter(p => p.min === undefined || p.max === undefined),
    )
    expect(tight.map(p => p.id)).toEqual([])
  })
})

describe('the six standing conditions, just inside and just outside', () => {
  const base = { status: 'active', payment: 'prepaid' }
  test.each([
    ['no_recharge_after_activation', { days_since_activation: 15, recharges_since_activation: 0 }, true],
    ['no_recharge_after_activation', { days_since_activation: 14, recharges_since_activation: 0 }, false],
    ['no_recharge_after_activation', { days_since_activation: 90, recharges_since_activation: 0 }, false],
    ['no_recharge_after_activation', { days_since_activation: 15, recharges_since_activation: 1 }, false],
    ['no_recharge_after_activation', { days_since_activation: null, recharges_since_activation: 0 }, false],
    ['low_balance_by_tenure', { months_on_network: 3, balance: 999 }, true],
    ['low_balance_by_tenure', { months_on_network: 3, balance: 1000 }, false],
    ['low_balance_by_tenure', { months_on_network: 2, balance: 999 }, false],
    ['low_balance_by_tenure', { months_on_network: 3, balance: null }, false],
    ['low_balance_by_tenure', { months_on_network: 3, balance: -1, payment: 'postpaid' }, false],
    ['entered_grace', { status: 'grace', days_in_grace: 6 }, true],
    ['entered_grace', { status: 'grace', days_in_grace: 7 }, false],
    ['entered_grace', { status: 'active', days_in_grace: null }, false],
    ['low_balance_month_end', { days_to_month_end: 5, balance: 1499 }, true],
    ['low_balance_month_end', { days_to_month_end: 6, balance: 1499 }, false],
    ['low_balance_month_end', { days_to_month_end: 0, balance: 1500 }, false],
    ['selected_by_model', { churn_score: 0.7 }, true],
    ['selected_by_model', { churn_score: 0.6999 }, false],
    ['selected_by_model', { churn_score: null }, false],
    ['selected_by_model', { churn_score: 0.99, status: 'suspended' }, false],
    ['many_complaints', { complaints_90d: 2 }, true],
    ['many_complaints', { complaints_90d: 1 }, false],
  ])('%s of %o: %s', (id, facts, expected) => {
    const rule = book.rules.find(r => r.id === id)
    if (rule === undefined) throw new Error(`no rule ${id}`)
    const row: Record<string, string | number | null> = { ...base, ...facts }
    expect(holds(bindRule(rule, plainDate('2026-11-22')), row)).toBe(expected)
  })
})
