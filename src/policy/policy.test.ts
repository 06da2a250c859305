import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Type from 'typebox'
import { afterAll, describe, expect, test } from 'vitest'
import { readEntriesAs } from '#rules'
import { fill, offerFor, readPolicies, smsOf } from './index.ts'

const catalogue = path.join(import.meta.dirname, '../../catalogue')
const folder = mkdtempSync(path.join(tmpdir(), 'policy-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const book = await readPolicies(catalogue)
const [daily] = book.policies
if (daily === undefined) throw new Error('the catalogue has no policy')

describe('the catalogue', () => {
  test('has no faults, the three recharge offers, the courtesy call and what is said on days of care', () => {
    expect(book.faults).toEqual([])
    expect([...book.offers.keys()].sort()).toEqual([
      'event_invitation',
      'none',
      'recharge_100_bonus_30',
      'recharge_30_data_1g',
      'recharge_50_bonus_10',
      'remind_contract',
      'wish_anniversary',
      'wish_birthday',
      'wish_holiday',
    ])
  })

  test('no message is longer than two SMS of Chinese text', () => {
    const texts = [...book.offers.values()].flatMap(offer => smsOf(offer, 'zh') ?? [])
    expect(texts).toHaveLength(8)
    expect(texts.filter(text => text.length > 134)).toEqual([])
  })
})

describe('an offer', () => {
  test('says what it asks and gives, in yuan and gigabytes', () => {
    const money = book.offers.get('recharge_50_bonus_10')
    const data = book.offers.get('recharge_30_data_1g')
    if (money === undefined || data === undefined) throw new Error('an offer is missing')
    expect(smsOf(money, 'zh')).toContain('7天内一次充值满¥50，即送¥10话费')
    expect(fill('{asks} → {bonus}, {days}', data, 'en')).toBe('¥30 → 1GB of data, 5')
  })
})

describe('the policy', () => {
  test('answers by action and value class, or not at all', () => {
    expect(offerFor(daily, 'ask_recharge', 'high')).toMatchObject({
      channel: 'call',
      offer: 'recharge_100_bonus_30',
    })
    expect(offerFor(daily, 'ask_recharge', 'low')).toMatchObject({
      channel: 'sms',
      offer: 'recharge_30_data_1g',
    })
    expect(offerFor(daily, 'paint_the_house', 'low')).toBeUndefined()
  })
})

test('every action that a rule calls for is answered for every value class', async () => {
  const rules = await readEntriesAs(path.join(catalogue, 'rules'), Type.Object({ action: Type.String() }))
  const actions = [...new Set(rules.entries.map(e => e.value.action))]
  expect(actions.length).toBeGreaterThan(3)
  const unanswered = actions.flatMap(action =>
    (['high', 'middle', 'low'] as const)
      .filter(v => offerFor(daily, action, v) === undefined)
      .map(v => [action, v]),
  )
  expect(unanswered).toEqual([])
})

test('wrong policies are all reported, each with file and line', async () => {
  cpSync(catalogue, folder, { recursive: true })
  const file = path.join(folder, 'policies/daily.yaml')
  const text = readFileSync(file, 'utf8')
    .replace('offer: recharge_100_bonus_30', 'offer: recharge_1000')
    .replace('script: welcome', 'script: welcom')
    .replace('valueClasses: [middle]', 'valueClasses: [middle, high]')
    .replace('offer: none\n      script: settle_complaint', 'offer: none\n      channel2: sms')
  writeFileSync(file, text)
  const offers = path.join(folder, 'offers/recharge.yaml')
  writeFileSync(
    offers,
    readFileSync(offers, 'utf8')
      .replace('{asks}', '{askes}')
      .replace('channels: [call]', 'channels: [call, sms]'),
  )
  const shape = await readPolicies(folder)
  expect(shape.faults.map(f => [f.code, f.at?.['file'], f.at?.['line']])).toContainEqual([
    'catalogue.malformed',
    'daily.yaml',
    57,
  ])
  writeFileSync(file, text.replace('channel2: sms', ''))
  const { faults } = await readPolicies(folder)
  expect(faults.map(f => `${f.code} ${f.at?.['file']}:${f.at?.['line']}`)).toEqual([
    'policy.unknown-placeholder recharge.yaml:10',
    'policy.wrong-channel recharge.yaml:44',
    'policy.unknown-offer daily.yaml:9',
    'policy.two-answers daily.yaml:15',
    'policy.unknown-script daily.yaml:38',
    'policy.unknown-script daily.yaml:52',
  ])
  for (const fault of faults) expect(fault.zh).toMatch(/\p{Script=Han}/u)
})
