import { afterEach, beforeEach, expect, test } from 'vitest'
import { plainDate } from '#kernel'
import { type Carrier, openCarrier, verdictOf } from '../../test/support/carrier.ts'
import { loadRows } from './load-rows.ts'
import { quarantined } from './quarantine.ts'

let carrier: Carrier
beforeEach(async () => {
  carrier = await openCarrier()
})
afterEach(() => carrier.close())

const parties = `
carrier: Test
time_zone: Asia/Shanghai
feeds:
  subscriber: { source: csv, path: 's/{day}.csv', columns: { subscriber_id: ID, customer_id: C, plan_id: P, joined_on: J, status: { constant: active }, status_since: J, payment: { constant: prepaid } } }
  customer: { source: csv, path: 'c/{day}.csv', columns: { customer_id: ID, kind: { constant: person }, opted_out: { constant: 'no' } } }
  contract: { source: csv, path: 'k/{day}.csv', bad_rows_max: 0.9, columns: { contract_id: ID, subscriber_id: S, kind: { constant: handset }, starts_on: F, ends_on: T, floor_fee: { column: FEE, unit: yuan } } }
`

async function twoSubscribers(): Promise<void> {
  await carrier.deliver('s/20260301.csv', 'ID,C,P,J\nS1,C1,P1,2026-01-01\nS2,C9,,2026-01-02\n')
  await carrier.deliver('c/20260301.csv', 'ID\nC1\n')
}

test('what is referred to comes first: a new customer’s subscriber is no stranger, an unknown customer’s is kept and counted', async () => {
  await twoSubscribers()
  const outcomes = await carrier.load(await carrier.mapping(parties), '2026-03-02')
  expect(verdictOf(outcomes)).toBe('loaded, loaded')
  expect(outcomes.map(o => (o.state === 'refused' ? '' : `${o.report.feed} ${o.report.strangers}`))).toEqual([
    'customer 0',
    'subscriber 1',
  ])
  expect(await carrier.shelved('subscriber', 'subscriber_id, customer_id')).toEqual([
    ['S1', 'C1'],
    ['S2', 'C9'],
  ])
})

const span = { from: plainDate('2026-03-01'), to: plainDate('2026-03-02') }
const contact = (id: string, more: Readonly<Record<string, string | boolean | null>> = {}) => ({
  contact_id: id,
  subscriber_id: 'S1',
  at: '2026-02-28T18:30:00.000Z',
  channel: 'sms',
  reached: null,
  outcome: null,
  ...more,
})

test('facts of the desk come back as a feed; the same again change nothing, in whatever order', async () => {
  await twoSubscribers()
  await carrier.load(await carrier.mapping(parties), '2026-03-02')
  const load = (...facts: ReturnType<typeof contact>[]) =>
    loadRows(carrier.target, 'contact', span, facts, 'Asia/Shanghai')
  const two = [
    contact('b', { reached: true, outcome: '说"好", then\nhung up' }),
    contact('a', { subscriber_id: 'S2' }),
  ] as const
  expect((await load(...two)).state).toBe('loaded')
  expect((await load(two[1], two[0])).state).toBe('unchanged')
  expect(await carrier.shelved('contact', 'sub, contact_id, day, "at", reached, outcome')).toEqual([
    [1, 'b', '2026-03-01', '2026-02-28 18:30:00', true, '说"好", then\nhung up'],
    [2, 'a', '2026-03-01', '2026-02-28 18:30:00', null, null],
  ])
  expect((await load()).state).toBe('loaded')
  expect(await carrier.shelved('contact', 'contact_id')).toEqual([])
})

test('a fact about a subscriber nobody delivered is kept aside; a day without facts is delivered all the same', async () => {
  await twoSubscribers()
  await carrier.load(await carrier.mapping(parties), '2026-03-02')
  const reader = { shelf: carrier.target.shelf }
  const outcome = await loadRows(
    carrier.target,
    'contact',
    span,
    [contact('x', { subscriber_id: 'S7' })],
    'Asia/Shanghai',
  )
  expect(outcome.state === 'loaded' && outcome.report.reasons).toEqual({
    'subscriber_id:unknown-subscriber': 1,
  })
  expect(await quarantined(carrier.warehouse, reader, 'contact', span, 10)).toEqual([
    { line: 2, column: 'subscriber_id', reason: 'unknown-subscriber' },
  ])
  const next = { from: span.to, to: plainDate('2026-03-03') }
  expect((await loadRows(carrier.target, 'warning', next, [], 'Asia/Shanghai')).state).toBe('loaded')
})

test('a carrier’s feed is not filled from inside', async () => {
  await expect(loadRows(carrier.target, 'recharge', span, [], 'UTC')).rejects.toThrow(
    'delivered by the carrier',
  )
})
