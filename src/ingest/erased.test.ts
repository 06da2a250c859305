import { afterEach, beforeEach, expect, test } from 'vitest'
import { parquet, pieceFiles, pieces, sql } from '#warehouse'
import { type Carrier, openCarrier, verdictOf } from '../../test/support/carrier.ts'
import { erasedOn, keepErased } from './erased.ts'
import { subscriberKeys } from './read.ts'

let carrier: Carrier
beforeEach(async () => {
  carrier = await openCarrier()
})
afterEach(() => carrier.close())

const mapping = `
carrier: Test
time_zone: Asia/Shanghai
feeds:
  recharge:
    source: csv
    path: pay/{day}.csv
    control: required
    columns:
      recharge_id: SN
      subscriber_id: USER
      paid_at: { column: TIME, format: '%Y%m%d%H%M%S' }
      amount: { column: FEE, unit: yuan }
      way: { column: WAY, codes: { '01': app } }
`

async function deliver(day: string, ...users: string[]): Promise<string> {
  const lines = users.map((user, i) => `R${day}${i},${user},${day.replaceAll('-', '')}080000,50.00,01`)
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  const control = {
    feed: 'recharge',
    from: day,
    to: next,
    rows: users.length,
    sums: { amount: users.length * 5_000 },
  }
  await carrier.deliver(`pay/${day}.csv`, `${['SN,USER,TIME,FEE,WAY', ...lines].join('\n')}\n`, control)
  return verdictOf(await carrier.load(await carrier.mapping(mapping), next))
}
const read = () => carrier.shelved('recharge', 'sub, day')

/** What the files hold, whoever may read it. */
async function inFiles(): Promise<unknown[][]> {
  const all = (await pieces(carrier.target.shelf, 'feed/recharge')).flatMap(p =>
    pieceFiles(carrier.target.shelf, p),
  )
  const rows = await carrier.warehouse.rows(sql`SELECT sub, day FROM ${parquet(all)} ORDER BY day, sub`)
  return rows.map(row => Object.values(row))
}

test('the rows of the erased are read no more, and are left out of what is loaded, whatever the control file counts', async () => {
  expect(await deliver('2026-03-01', 'S1', 'S2', 'S3')).toBe('loaded')
  expect(await read()).toHaveLength(3)
  await keepErased(carrier.target.shelf, { subs: [2], subscribers: ['S2'], customers: [] })
  expect(await read()).toEqual([
    [1, '2026-03-01'],
    [3, '2026-03-01'],
  ])
  expect(await inFiles()).toHaveLength(3)
  expect(await deliver('2026-03-02', 'S2', 'S3', 'S4')).toBe('loaded')
  expect((await inFiles()).filter(([, day]) => day === '2026-03-02')).toEqual([
    [3, '2026-03-02'],
    [4, '2026-03-02'],
  ])
  const keys = await carrier.warehouse.rows(
    sql`SELECT subscriber_id FROM ${await subscriberKeys({ shelf: carrier.target.shelf })} ORDER BY subscriber_id`,
  )
  expect(keys.map(row => row['subscriber_id'])).toEqual(['S1', 'S3', 'S4'])
  expect(await deliver('2026-03-01', 'S1', 'S2', 'S3', 'S5')).toBe('loaded')
  expect((await inFiles()).filter(([sub]) => sub === 2)).toHaveLength(1)
  expect((await inFiles()).filter(([sub]) => sub === 3)).toHaveLength(3)
})

test('the list only grows, and says each key once', async () => {
  const { shelf } = carrier.target
  await keepErased(shelf, { subs: [2], subscribers: ['S2'], customers: ['C1'] })
  await keepErased(shelf, { subs: [1, 2], subscribers: ['S1', 'S2'], customers: [] })
  expect(await erasedOn(shelf)).toEqual({ subs: [1, 2], subscribers: ['S1', 'S2'], customers: ['C1'] })
})
