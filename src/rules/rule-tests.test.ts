import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { PlainDate } from '#kernel'
import { entriesIn } from './entries.ts'
import type { KnownFactor } from './known-factor.ts'
import { readRules, ruleFrom } from './read-rules.ts'
import { notValidOn } from './rule.ts'
import { contentOf, rulesAsYaml } from './version-book.ts'

const words = { zh: '甲', en: 'A' }
const factors = new Map<string, KnownFactor>(
  (
    [
      ['balance', 'money'],
      ['status', 'text'],
      ['ends', 'date'],
    ] as const
  ).map(([id, type]) => [id, { id, type, title: words, feeds: [] }]),
)
const rule = {
  id: 'low',
  version: 1,
  title: words,
  means: words,
  owner: 'planning',
  points: 1,
  parameters: [],
  condition: {
    op: 'all',
    of: [
      { op: 'lt', factor: 'balance', value: 1000 },
      { op: 'is', factor: 'status', value: 'active' },
    ],
  },
}
const faultsOf = (more: object) =>
  ruleFrom({ ...rule, ...more }, factors).faults.map(f => [f.code, f.at?.['path']])

describe('tests of a rule', () => {
  test('that hold leave nothing to say; what they do not give is missing', () => {
    const tests = [
      { values: { balance: 999, status: 'active' }, matches: true },
      { values: { balance: 999 }, matches: false },
      { values: { balance: null, status: 'active' }, matches: false },
    ]
    expect(faultsOf({ tests })).toEqual([])
  })

  test('that fail, ask about another factor or give a wrong value are faults, each with its place', () => {
    const tests = [
      { values: { balance: 1000, status: 'active' }, matches: true },
      { values: { ends: '2026-01-01' }, matches: false },
      { values: { balance: '1' }, matches: false },
      { values: { balance: 0.5 }, matches: false },
    ]
    expect(faultsOf({ tests })).toEqual([
      ['rule.test-failed', 'tests/0'],
      ['rule.test-strange', 'tests/1/values/ends'],
      ['rule.test-value', 'tests/2/values/balance'],
      ['rule.test-value', 'tests/3/values/balance'],
    ])
  })

  test('are asked on the morning they name', () => {
    const condition = { op: 'lt', factor: 'ends', value: { daysFromAsOf: 30 } }
    const on = (day: string, matches: boolean) => ({ values: { ends: '2026-10-15' }, on: day, matches })
    expect(faultsOf({ condition, tests: [on('2026-09-16', true), on('2026-09-15', false)] })).toEqual([])
    expect(faultsOf({ condition, tests: [on('2026-09-15', true)] })).toEqual([
      ['rule.test-failed', 'tests/0'],
    ])
  })

  test('have either values or a subscriber', () => {
    const codes = faultsOf({ tests: [{ matches: true }, { values: {}, subscriber: 's', matches: true }] })
    expect(codes.map(([code]) => code)).toEqual(['catalogue.malformed', 'catalogue.malformed'])
  })
})

test('a rule is valid from its first morning to before its last', () => {
  const read = ruleFrom({ ...rule, validFrom: '2026-09-01', validTo: '2026-09-03' }, factors).rule
  if (read === undefined) throw new Error('the rule is right')
  const valid = ['2026-08-31', '2026-09-01', '2026-09-02', '2026-09-03'].map(
    day => notValidOn(read, day as PlainDate) === undefined,
  )
  expect(valid).toEqual([false, true, true, false])
  expect(faultsOf({ validFrom: '2026-09-03', validTo: '2026-09-03' })).toEqual([
    ['rule.validity-empty', 'validTo'],
  ])
})

test('the rules of the catalogue written as a file are read as they were', async () => {
  const { readFactors } = await import('#factors')
  const catalogue = path.join(import.meta.dirname, '..', '..', 'catalogue')
  const { byId } = await readFactors(path.join(catalogue, 'factors'))
  const { rules } = await readRules(path.join(catalogue, 'rules'), byId)
  const { entries, faults } = entriesIn('out.yaml', rulesAsYaml(rules))
  expect(faults).toEqual([])
  expect(entries.map(e => ruleFrom(e.value, byId))).toEqual(rules.map(r => ({ rule: r, faults: [] })))
  expect(rules.some(r => r.tests !== undefined)).toBe(true)
  expect(rules.every(r => !('uses' in contentOf(r)))).toBe(true)
})
