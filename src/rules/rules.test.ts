import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attempt, plainDate } from '#kernel'
import { openWarehouse, sql, type Warehouse } from '#warehouse'
import {
  bindRule,
  check,
  countRules,
  explain,
  holds,
  type KnownFactor,
  parseCondition,
  type Rule,
  readRules,
  reason,
  reasonText,
  sentence,
  switchedOff,
  where,
} from './index.ts'

const asOf = plainDate('2026-11-22')
const factor = (
  id: string,
  type: KnownFactor['type'],
  en: string,
  zh: string,
  unit?: string,
): [string, KnownFactor] => [
  id,
  { id, type, title: { en, zh }, feeds: ['balance'], ...(unit === undefined ? {} : { unit }) },
]
const factors = new Map([
  factor('balance', 'money', 'Balance', '余额', 'fen'),
  factor('days_on_network', 'integer', 'Days on network', '在网天数', 'day'),
  factor('recharge_count_30d', 'integer', 'Recharges in 30 days', '近30天充值次数', 'count'),
  factor('off_net_share', 'number', 'Off-net share of calls', '他网通话占比', 'share'),
  factor('contract_ends_on', 'date', 'Contract end', '合约到期日'),
  factor('status', 'text', 'Status', '用户状态'),
  factor('opted_out', 'flag', 'Opted out', '免打扰'),
  factor('products', 'list', 'Products', '在用产品'),
])

const low = `
- id: low_balance
  version: 2
  title: {zh: 余额不足, en: Low balance}
  means: {zh: 余额低于门槛且近期未充值, en: balance below the threshold and no recent recharge}
  owner: planning
  points: 10
  action: ask_recharge
  parameters:
    - {id: floor, title: {zh: 余额门槛, en: balance floor}, type: money, unit: fen, min: 0, max: 10000, default: 1000}
  condition:
    op: all
    of:
      - {op: lt, factor: balance, value: {param: floor}}
      - op: any
        of:
          - {op: eq, factor: recharge_count_30d, value: 0}
          - {op: missing, factor: recharge_count_30d}
      - {op: not, of: {op: is_true, factor: opted_out}}
`
const folder = mkdtempSync(path.join(tmpdir(), 'rules-'))
let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openWarehouse({ memoryMiBMax: 256, threads: 1, spillFolder: path.join(folder, 'spill') })
})
afterAll(() => {
  warehouse.close()
  rmSync(folder, { recursive: true, force: true })
})

async function reading(text: string, more: Record<string, string> = {}) {
  const own = mkdtempSync(path.join(folder, 'book-'))
  for (const [name, content] of Object.entries({ 'a.yaml': text, ...more }))
    writeFileSync(path.join(own, name), content)
  return readRules(own, factors)
}

async function lowBalance(): Promise<Rule> {
  const [rule] = (await reading(low)).rules
  if (rule === undefined) throw new Error('the sample rule does not parse')
  return rule
}

describe('a rule file', () => {
  test('becomes rules that know which factors they use', async () => {
    const book = await reading(low)
    expect(book.faults).toEqual([])
    expect(book.rules[0]).toMatchObject({
      id: 'low_balance',
      version: 2,
      points: 10,
      controlPercent: 10,
      action: 'ask_recharge',
    })
    expect(book.rules[0]?.uses).toEqual(['balance', 'recharge_count_30d', 'opted_out'])
  })

  test('with many faults reports them all, each with its file and line', async () => {
    const wrong = low
      .replace('factor: balance', 'factor: ballance')
      .replace('value: 0', 'value: 0.5')
      .replace('op: is_true', 'op: lt_true')
      .replace('points: 10', 'points: -1\n  pionts: 3')
    const book = await reading(wrong)
    expect(book.rules).toEqual([])
    const places = book.faults.map(f => [f.code, f.at?.['file'], f.at?.['line']])
    expect(places).toEqual([
      ['catalogue.malformed', 'a.yaml', 8],
      ['catalogue.malformed', 'a.yaml', 7],
      ['rule.unknown-operator', 'a.yaml', 20],
    ])
    const named = await reading(wrong.replace('op: lt_true', 'op: is_true'))
    expect(named.faults.map(f => [f.code, f.at?.['line']])).toEqual([
      ['catalogue.malformed', 8],
      ['catalogue.malformed', 7],
      ['rule.unknown-factor', 15],
      ['rule.wrong-value', 18],
    ])
  })

  test('that is not YAML, not a list, or names a rule twice is a fault with a place', async () => {
    expect((await reading('- {id: a')).faults[0]).toMatchObject({
      code: 'catalogue.unreadable',
      at: { file: 'a.yaml', line: 1 },
    })
    expect((await reading('id: a')).faults[0]).toMatchObject({ code: 'catalogue.malformed', at: { line: 1 } })
    const twice = await reading(low, { 'b.yaml': low })
    expect(twice.rules).toHaveLength(1)
    expect(twice.faults).toMatchObject([{ code: 'rule.duplicate', at: { file: 'b.yaml', line: 2 } }])
  })
})

describe('checking', () => {
  const faultsOf = (input: unknown, parameters: Parameters<typeof check>[2] = []) => {
    const { condition, faults } = parseCondition(input)
    return condition === undefined
      ? faults.map(f => f.code)
      : check(condition, factors, parameters).map(f => f.code)
  }
  const days = {
    id: 'x',
    title: { en: 'x', zh: 'x' },
    type: 'integer',
    unit: 'day',
    min: 1,
    max: 90,
    default: 30,
  } as const

  test('refuses comparisons that the type of the factor does not allow', () => {
    expect(faultsOf({ op: 'lt', factor: 'status', value: 'a' })).toEqual(['rule.wrong-operator'])
    expect(faultsOf({ op: 'has', factor: 'status', value: 'a' })).toEqual(['rule.wrong-operator'])
    expect(faultsOf({ op: 'is_true', factor: 'balance' })).toEqual(['rule.wrong-operator'])
    expect(faultsOf({ op: 'missing', factor: 'products' })).toEqual([])
  })

  test('refuses values of another type, money that is not whole, days that do not exist', () => {
    expect(faultsOf({ op: 'lt', factor: 'balance', value: 10.5 })).toEqual(['rule.wrong-value'])
    expect(faultsOf({ op: 'lt', factor: 'balance', value: '10' })).toEqual(['rule.wrong-value'])
    expect(faultsOf({ op: 'lt', factor: 'contract_ends_on', value: '2026-02-30' })).toEqual([
      'rule.wrong-value',
    ])
    expect(faultsOf({ op: 'lt', factor: 'off_net_share', value: 2 ** 60 })).toEqual(['rule.wrong-value'])
    expect(faultsOf({ op: 'is', factor: 'status', value: '\ud800' })).toEqual(['catalogue.malformed'])
    expect(faultsOf({ op: 'one_of', factor: 'status', values: [] })).toEqual(['catalogue.malformed'])
    expect(faultsOf({ op: 'between', factor: 'balance', from: 5, to: 5 })).toEqual(['rule.empty-range'])
  })

  test('refuses parameters that are unknown, unused, in another unit, or outside their own range', () => {
    const asked = { op: 'lt', factor: 'days_on_network', value: { param: 'x' } }
    expect(faultsOf(asked, [days])).toEqual([])
    expect(faultsOf(asked)).toEqual(['rule.unknown-parameter'])
    expect(faultsOf(asked, [{ ...days, unit: 'month' }])).toEqual(['rule.unit-differs'])
    expect(faultsOf(asked, [{ ...days, default: 91 }])).toEqual(['rule.parameter-out-of-range'])
    expect(faultsOf({ op: 'present', factor: 'balance' }, [days])).toEqual(['rule.unused-parameter'])
    const soon = { op: 'lt', factor: 'contract_ends_on', value: { daysFromAsOf: { param: 'x' } } }
    expect(faultsOf(soon, [days])).toEqual([])
    expect(faultsOf({ ...soon, factor: 'balance' }, [days])).toEqual(['rule.wrong-value'])
  })

  test('a value outside a parameter’s range is a fault when binding, never clipped', async () => {
    const rule = await lowBalance()
    const outcome = await attempt(async () => bindRule(rule, asOf, { floor: 10_001, ceiling: 1 }))
    expect(outcome).toMatchObject({ ok: false, fault: { code: 'rule.parameter-out-of-range' } })
    expect(bindRule(rule, asOf, { floor: 500 })).toMatchObject({ of: [{ value: 500 }, {}, {}] })
  })

  test('a condition too deep or too long to read is refused', () => {
    let deep: unknown = { op: 'present', factor: 'balance' }
    for (let i = 0; i < 20; i++) deep = { op: 'not', of: deep }
    expect(faultsOf(deep)).toEqual(['rule.too-large'])
    const many = Array.from({ length: 2001 }, (_, i) => `v${i}`)
    expect(faultsOf({ op: 'one_of', factor: 'status', values: many })).toEqual(['rule.too-large'])
  })
})

describe('one meaning', () => {
  const row = { balance: 850, recharge_count_30d: null, opted_out: null }

  test('is a sentence in both languages', async () => {
    const condition = bindRule(await lowBalance(), asOf)
    expect(sentence(condition, factors, 'zh')).toBe(
      '余额 低于 ¥10.00，且 （近30天充值次数 等于 0，或 近30天充值次数 缺失），且 并非（免打扰 为是）',
    )
    expect(sentence(condition, factors, 'en')).toBe(
      'Balance is below ¥10.00 and (Recharges in 30 days is 0 or Recharges in 30 days is missing) and not (Opted out is true)',
    )
  })

  test('is a reason with the values that were met, and only what decided', async () => {
    const condition = bindRule(await lowBalance(), asOf)
    expect(reasonText(reason(condition, row, factors, 'zh'), 'zh')).toBe(
      '余额 ¥8.50（低于 ¥10.00）；近30天充值次数 缺失；免打扰 无（并非为是）',
    )
    expect(reason(condition, { ...row, balance: 1000 }, factors, 'en')).toEqual([])
  })

  test('is an explanation that shows which part failed', async () => {
    const condition = bindRule(await lowBalance(), asOf)
    const told = explain(condition, { ...row, balance: 1000 }, factors, 'en')
    expect(told.held).toBe(false)
    expect(told.parts.map(p => p.held)).toEqual([false, true, true])
    expect(told.parts[0]).toMatchObject({ factor: 'balance', shown: '¥10.00', value: 1000 })
  })

  test('counts days from the as-of day', () => {
    const { condition } = parseCondition({
      op: 'between',
      factor: 'contract_ends_on',
      from: { daysFromAsOf: 0 },
      to: { daysFromAsOf: 30 },
    })
    if (condition === undefined) throw new Error('does not parse')
    const bound = bindRule({ condition, parameters: [] } as unknown as Rule, asOf)
    expect(where(bound).text).toBe(
      `coalesce("contract_ends_on" >= DATE '2026-11-22' AND "contract_ends_on" < DATE '2026-12-22', FALSE)`,
    )
    expect(holds(bound, { contract_ends_on: '2026-12-21' })).toBe(true)
    expect(holds(bound, { contract_ends_on: '2026-12-22' })).toBe(false)
  })

  test('a factor that is not in the row is a bug, never a missing value', async () => {
    expect(() => holds(bindRule(awaitless, asOf), { balance: 1 })).toThrow('the row has no factor')
  })

  test('a text where a number belongs is a bug, and its value stays out of the message', () => {
    const condition = { op: 'lt', factor: 'balance', value: 5 } as const
    expect(() => holds(condition, { balance: '13800000000' })).toThrow('cannot compare a string')
  })
})

const awaitless = {
  parameters: [],
  condition: { op: 'missing', factor: 'recharge_count_30d' },
} as unknown as Rule

describe('a night', () => {
  test('counts all rules in one scan and says aloud which match nobody or everybody', async () => {
    const rule = await lowBalance()
    const nobody = { ...rule, id: 'nobody', condition: { op: 'lt', factor: 'balance', value: -99 } } as const
    const everybody = { ...rule, id: 'everybody', condition: { op: 'present', factor: 'balance' } } as const
    const table = sql`(SELECT * FROM (VALUES (850, 0, FALSE), (999, NULL, NULL), (10, 0, TRUE), (5000, 3, FALSE)) AS v(balance, recharge_count_30d, opted_out))`
    const counted = await countRules(warehouse, table, [rule, nobody, everybody], asOf)
    expect(counted.of).toBe(4)
    expect(counted.counts.map(c => c.subscribers)).toEqual([2, 0, 4])
    expect(counted.alarms.map(a => [a.code, a.at?.['rule']])).toEqual([
      ['rule.matches-nobody', 'nobody'],
      ['rule.matches-everybody', 'everybody'],
    ])
    const empty = await countRules(warehouse, sql`(SELECT * FROM ${table} WHERE FALSE)`, [rule], asOf)
    expect(empty.alarms.map(a => a.code)).toEqual(['rule.nobody-to-ask'])
  })

  test('holds a rule whose factor is off, with the reason', async () => {
    const off = new Map([['balance', { en: 'the balance feed is late', zh: '余额数据未到' }]])
    expect(switchedOff(await lowBalance(), off)).toMatchObject({
      code: 'rule.held',
      zh: '“余额不足”暂停：余额数据未到',
      at: { rule: 'low_balance', factor: 'balance' },
    })
    expect(switchedOff(await lowBalance(), new Map())).toBeUndefined()
  })
})
