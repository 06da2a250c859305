import path from 'node:path'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Carrier, openCarrier, verdictOf } from '../../test/support/carrier.ts'
import { type Mapping, readMapping } from './mapping.ts'

let carrier: Carrier
beforeEach(async () => {
  carrier = await openCarrier()
})
afterEach(() => carrier.close())

/** The example's mapping without its database. */
async function example(): Promise<Mapping> {
  const read = await readMapping(path.join(import.meta.dirname, '../../examples/carrier/mapping.yaml'))
  if (!read.ok) throw new Error(read.faults.map(f => f.en).join('\n'))
  return { ...read.value, feeds: read.value.feeds.filter(f => f.source.kind !== 'postgres') }
}
const day = { from: '2026-03-01', to: '2026-03-02' }

test('every option of the example does what its comment says', async () => {
  await carrier.deliver('crm/CUST_20260301.csv', 'CUST_ID,BIRTH,DND\nC1,1990/12/31,Y\nC2,1900/01/01,\n', {
    feed: 'customer',
    rows: 2,
    ...day,
  })
  await carrier.deliver(
    'billing/PAY_2026-03-01.txt',
    iconv.encode(
      'PAY_SN|USER_ID|PAY_TIME|PAY_FEE|CHNL\nR1| S1 |20260301120000|19.90|02\nR2|S2|20260301120000|5|柜台\n',
      'gb18030',
    ),
  )
  const months = 'USER_ID,ARPU,CALL_UNICOM,CALL_TELECOM,FLOW_MB\nS1,88.88,60,,1.5\nS2,,,,0\n'
  await carrier.deliver('dw/MONTH_202602.csv', months, { feed: 'monthly_summary', rows: 2, ...day })
  expect(verdictOf(await carrier.load(await example(), '2026-03-02'))).toBe('loaded, loaded, loaded')
  expect(await carrier.shelved('customer', 'customer_id, birthday, kind, opted_out')).toEqual([
    ['C1', '1990-12-31', 'person', true],
    ['C2', null, 'person', false],
  ])
  expect(await carrier.shelved('recharge', 'sub, recharge_id, paid_at, amount, way')).toEqual([
    [1, 'R1', '2026-03-01 04:00:00', 1990, 'shop'],
    [2, 'R2', '2026-03-01 04:00:00', 500, 'bank'],
  ])
  expect(
    await carrier.shelved(
      'monthly_summary',
      'sub, day, month, revenue, voice_off_net_min, data_kib, sms_count',
    ),
  ).toEqual([
    [1, '2026-03-01', '2026-02-01', 8888, 1, 1536, null],
    [2, '2026-03-01', '2026-02-01', null, null, 0, null],
  ])
})

test('a sum with a part that cannot be read is kept aside; a state may say from which day it holds', async () => {
  const mapping = await carrier.mapping(`
carrier: Test
time_zone: Asia/Shanghai
bad_rows_max: 0.6
feeds:
  daily_usage:
    source: csv
    path: u/{day}.csv
    columns: { subscriber_id: { row: true }, day: { delivery: day }, voice_out_s: { sum: [A, B], unit: min, nulls: ['-'] } }
  cell:
    source: csv
    path: c/{from}_{to}.csv
    delimiter: ';'
    header: [ID, AREA, SINCE]
    columns: { cell_id: ID, area: { column: AREA, codes: { U: urban } }, day: SINCE }
`)
  await carrier.deliver('u/20260301.csv', 'A,B\n1,2\n1,x\n-,-\n-,0.5\n')
  await carrier.deliver(
    'c/20260301_20260304.csv',
    'X;U;2026-03-01\nX;U;2026-03-03\nX;U;2026-03-03\nY;U;2026-02-01\n',
  )
  expect(verdictOf(await carrier.load(mapping, '2026-03-04'))).toBe('loaded, loaded')
  expect(await carrier.shelved('daily_usage', 'sub, day, voice_out_s')).toEqual([
    [1, '2026-03-01', 180],
    [2, '2026-03-01', null],
    [3, '2026-03-01', 30],
  ])
  expect(await carrier.aside('daily_usage')).toEqual([[3, 'voice_out_s', 'unparsable']])
  expect(await carrier.shelved('cell', 'cell_id, day')).toEqual([
    ['X', '2026-03-01'],
    ['X', '2026-03-03'],
  ])
  expect(await carrier.aside('cell')).toEqual([
    [3, 'cell_id', 'duplicate'],
    [4, 'day', 'day-outside'],
  ])
})
