import { readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { plainDate } from '#kernel'
import { type Carrier, openCarrier, verdictOf } from '../../test/support/carrier.ts'
import { loadDelivery } from './load.ts'
import { parseMapping } from './mapping.ts'

let carrier: Carrier
beforeEach(async () => {
  carrier = await openCarrier()
})
afterEach(() => carrier.close())

const recharges = (more = '', columns = '') => `
carrier: Test
time_zone: Asia/Shanghai
bad_rows_max: 0.6
feeds:
  recharge:
    source: csv
    path: pay/{day}.csv
    ${more}
    columns:
      recharge_id: SN
      subscriber_id: USER
      paid_at: { column: TIME, format: '%Y%m%d%H%M%S' }
      amount: { column: FEE, unit: yuan }
      way: { column: WAY, codes: { '01': app, '02': shop } }
${columns}`
const header = 'SN,USER,TIME,FEE,WAY'
const line = (sn: string, more: Partial<Record<'user' | 'time' | 'fee' | 'way', string>> = {}) =>
  [sn, more.user ?? 'S1', more.time ?? '20260301080000', more.fee ?? '50.00', more.way ?? '01'].join(',')
const csv = (...lines: string[]) => `${[header, ...lines].join('\n')}\n`

async function loadOne(
  content: string | Buffer,
  mapping = recharges(),
  asOf = '2026-03-02',
): Promise<string> {
  await carrier.deliver('pay/2026-03-01.csv', content)
  return verdictOf(await carrier.load(await carrier.mapping(mapping), asOf))
}

test('a good file arrives in the contract’s units, codes and time, by day and subscriber', async () => {
  const content = csv(
    line('R2', { user: 'S9', fee: '0.01', way: '02' }),
    line('R1', { time: '20260301003000' }),
  )
  expect(await loadOne(content)).toBe('loaded')
  expect(await carrier.shelved('recharge', 'sub, day, recharge_id, paid_at, amount, way')).toEqual([
    [1, '2026-03-01', 'R1', '2026-02-28 16:30:00', 5000, 'app'],
    [2, '2026-03-01', 'R2', '2026-03-01 00:00:00', 1, 'shop'],
  ])
  expect(await carrier.aside('recharge')).toEqual([])
})

test('each bad row is kept aside with its line, column and reason; the others arrive', async () => {
  const content = csv(
    line('R1'),
    line('R2', { fee: '-5' }),
    line('R3', { fee: '1.234' }),
    line('R4', { fee: 'ten' }),
    line('', {}),
    'R6,S1,too few',
    line('R7', { way: '09' }),
    line('R8', { time: '20260302000000' }),
    line('R9', { time: '2026-03-01' }),
    line('R1', { fee: '60' }),
    line('R10', { fee: '0' }),
    line('R11', { user: '' }),
    line('R12'),
    line('R13'),
    line('R14'),
    line('R15'),
    line('R16'),
    line('R17'),
    line('R18'),
  )
  expect(await loadOne(content)).toBe('loaded')
  expect(await carrier.aside('recharge')).toEqual([
    [3, 'amount', 'negative'],
    [4, 'amount', 'unparsable'],
    [5, 'amount', 'unparsable'],
    [6, 'recharge_id', 'missing'],
    [7, '', 'columns'],
    [8, 'way', 'code'],
    [9, 'paid_at', 'day-outside'],
    [10, 'paid_at', 'unparsable'],
    [11, 'recharge_id', 'duplicate'],
    [12, 'amount', 'range'],
    [13, 'subscriber_id', 'missing'],
  ])
  expect((await carrier.shelved('recharge', 'recharge_id')).length).toBe(8)
})

test('a delivery with too many bad rows is refused whole', async () => {
  const strict = recharges('bad_rows_max: 0.05')
  expect(await loadOne(csv(line('R1'), line('R2', { fee: '-5' })), strict)).toBe('delivery.too-many-bad-rows')
  const twice = Array.from({ length: 8 }, () => line('R1'))
  expect(await loadOne(csv(...twice), strict)).toBe('delivery.too-many-bad-rows')
  expect(await carrier.shelved('recharge', 'recharge_id')).toEqual([])
  expect(await carrier.aside('recharge')).toEqual([])
})

test('GB18030 text arrives as it was written, and in the wrong encoding it is refused', async () => {
  const customers = `
carrier: Test
time_zone: Asia/Shanghai
feeds:
  customer:
    source: csv
    path: pay/{day}.csv
    encoding: gb18030
    columns:
      customer_id: 编号
      name: 姓名
      kind: { column: 类型, codes: { 个人: person, 集团: enterprise } }
      opted_out: { column: 免打扰, true: ['是'], false: ['否'] }
`
  const text = '编号,姓名,类型,免打扰\nC1,张伟,个人,否\nC2,𠮷野家,集团,是\n'
  expect(await loadOne(iconv.encode(text, 'gb18030'), customers)).toBe('loaded')
  expect(await carrier.shelved('customer', 'customer_id, name, kind, opted_out')).toEqual([
    ['C1', '张伟', 'person', false],
    ['C2', '𠮷野家', 'enterprise', true],
  ])
  expect(await loadOne(iconv.encode(text, 'gb18030'), customers.replace('gb18030', 'utf-8'))).toBe(
    'delivery.encoding',
  )
  expect(await loadOne(text, customers)).toBe('delivery.encoding')
  expect((await carrier.shelved('customer', 'customer_id')).length).toBe(2)
})

test('an empty file, a file of another shape and a future day are refused', async () => {
  expect(await loadOne('')).toBe('delivery.empty')
  expect(await loadOne(csv())).toBe('delivery.empty')
  expect(await loadOne('SN,USER\nR1,S1\n')).toBe('delivery.columns-missing')
  expect(await loadOne(`${header}\nR1;S1;x\nR2;S1;x\n`)).toBe('delivery.column-count')
  const mapping = await carrier.mapping(recharges())
  const span = { from: plainDate('2026-03-01'), to: plainDate('2026-03-02') }
  const file = path.join(carrier.folder, 'pay/2026-03-01.csv')
  const early = await loadDelivery(carrier.target, mapping, { feed: 'recharge', span, file }, span.from)
  expect(verdictOf([early])).toBe('delivery.future')
  const gone = await loadDelivery(
    carrier.target,
    mapping,
    { feed: 'recharge', span, file: `${file}x` },
    span.to,
  )
  expect(verdictOf([gone])).toBe('delivery.file-missing')
  expect(await carrier.shelved('recharge', 'sub')).toEqual([])
})

test('a half-written delivery is refused: no control file, fewer bytes, fewer rows, other days, no JSON', async () => {
  const mapping = await carrier.mapping(recharges('control: required'))
  const content = csv(line('R1'), line('R2'))
  const about = { feed: 'recharge', from: '2026-03-01', to: '2026-03-02', rows: 2 }
  const verdict = async (control?: Readonly<Record<string, unknown>>) => {
    await carrier.deliver('pay/2026-03-01.csv', content, control)
    return verdictOf(await carrier.load(mapping, '2026-03-02'))
  }
  expect(await verdict()).toBe('delivery.control-missing')
  expect(await verdict({ ...about, bytes: 999 })).toBe('delivery.half-written')
  expect(await verdict({ ...about, rows: 3 })).toBe('delivery.half-written')
  expect(await verdict({ ...about, to: '2026-03-03' })).toBe('delivery.half-written')
  expect(await verdict({ rows: 'two' })).toBe('delivery.control-unreadable')
  expect(await carrier.shelved('recharge', 'sub')).toEqual([])
  expect(await verdict(about)).toBe('loaded')
})

const parquetMapping = `
carrier: Test
time_zone: Asia/Shanghai
bad_rows_max: 0.5
feeds:
  balance: { source: parquet, path: 'balance/{from}_{to}.parquet', columns: same }
`
const balanceQuery = (rows: number) =>
  `SELECT 'S' || i AS subscriber_id, DATE '2026-03-01' AS day, CAST(i * 100 AS BIGINT) AS balance FROM range(${rows}) t(i)`

test('a Parquet file that is cut off or damaged is refused, and whole it is loaded with row numbers', async () => {
  const name = 'balance/2026-03-01_2026-03-02.parquet'
  const mapping = await carrier.mapping(parquetMapping)
  await carrier.deliverParquet(name, balanceQuery(20_000))
  const file = path.join(carrier.folder, name)
  const bytes = await readFile(file)
  await truncate(file, bytes.length - 500)
  expect(verdictOf(await carrier.load(mapping, '2026-03-02'))).toBe('delivery.truncated')
  const spoilt = Buffer.from(bytes)
  spoilt.fill(0xff, bytes.length - 300, bytes.length - 20)
  await writeFile(file, spoilt)
  expect(verdictOf(await carrier.load(mapping, '2026-03-02'))).toBe('delivery.truncated')
  await writeFile(file, '')
  expect(verdictOf(await carrier.load(mapping, '2026-03-02'))).toBe('delivery.empty')
  expect(await carrier.shelved('balance', 'sub')).toEqual([])
  await carrier.deliverParquet(
    name,
    `SELECT * REPLACE (CASE WHEN i = 4 THEN NULL ELSE subscriber_id END AS subscriber_id) FROM
      (SELECT *, row_number() OVER () AS i FROM (${balanceQuery(6)})) UNION ALL BY NAME ${balanceQuery(1)}`,
  )
  expect(verdictOf(await carrier.load(mapping, '2026-03-02'))).toBe('loaded')
  expect(await carrier.aside('balance')).toEqual([
    [4, 'subscriber_id', 'missing'],
    [7, 'subscriber_id+day', 'duplicate'],
  ])
})

test('a Parquet file with fewer rows than its control file says is refused', async () => {
  const name = 'balance/2026-03-01_2026-03-02.parquet'
  const mapping = await carrier.mapping(parquetMapping.replace('time_zone', 'control: required\ntime_zone'))
  await carrier.deliverParquet(name, balanceQuery(7))
  const bytes = await readFile(path.join(carrier.folder, name))
  const control = { feed: 'balance', from: '2026-03-01', to: '2026-03-02', rows: 8 }
  await carrier.deliver(name, bytes, control)
  expect(verdictOf(await carrier.load(mapping, '2026-03-02'))).toBe('delivery.half-written')
  await carrier.deliver(name, bytes, { ...control, rows: 7, sums: { balance: 2100 } })
  const [outcome] = await carrier.load(mapping, '2026-03-02')
  expect(outcome?.state === 'loaded' && outcome.report.sums).toEqual({
    balance: { expected: 2100, found: 2100 },
  })
})

test('the same delivery again changes nothing; another one for the same days replaces it for readers', async () => {
  const mapping = await carrier.mapping(recharges())
  const once = csv(line('R1'), line('R2'))
  await carrier.deliver('pay/2026-03-01.csv', once)
  expect(verdictOf(await carrier.load(mapping, '2026-03-02'))).toBe('loaded')
  expect(verdictOf(await carrier.load(mapping, '2026-03-02'))).toBe('')
  const later = new Date('2100-01-01')
  await utimes(path.join(carrier.folder, 'pay/2026-03-01.csv'), later, later)
  expect(verdictOf(await carrier.load(mapping, '2026-03-02'))).toBe('unchanged')
  await carrier.deliver('pay/2026-03-01.csv', csv(line('R1'), line('R3', { fee: '-1' })))
  const longAgo = new Date('2001-01-01')
  await utimes(path.join(carrier.folder, 'pay/2026-03-01.csv'), longAgo, longAgo)
  expect(verdictOf(await carrier.load(mapping, '2026-03-05'))).toBe('loaded')
  expect(await carrier.shelved('recharge', 'recharge_id')).toEqual([['R1']])
  expect(await carrier.shelved('recharge', 'recharge_id', plainDate('2026-03-04'))).toEqual([['R1'], ['R2']])
})

test('keys are given in order of id, kept for ever, and only the subscriber feed gives them when there is one', async () => {
  const both = recharges(
    '',
    `  subscriber:
    source: csv
    path: subs/{day}.csv
    columns:
      subscriber_id: ID
      joined_on: JOINED
      status: { constant: active }
      status_since: JOINED
      payment: { constant: prepaid }
`,
  )
  const mapping = await carrier.mapping(both)
  await carrier.deliver('subs/20260301.csv', 'ID,JOINED\nS7,2026-01-01\nS3,2026-01-02\n')
  await carrier.deliver('pay/20260301.csv', csv(line('R1', { user: 'S7' }), line('R2', { user: 'S5' })))
  expect(verdictOf(await carrier.load(mapping, '2026-03-02'))).toBe('loaded, loaded')
  expect(await carrier.aside('recharge')).toEqual([[3, 'subscriber_id', 'unknown-subscriber']])
  await carrier.deliver('subs/20260302.csv', 'ID,JOINED\nS1,2026-03-02\nS3,2026-01-02\n')
  expect(verdictOf(await carrier.load(mapping, '2026-03-03'))).toBe('loaded')
  expect(await carrier.shelved('subscriber', 'sub, subscriber_id, day')).toEqual([
    [1, 'S3', '2026-03-01'],
    [1, 'S3', '2026-03-02'],
    [2, 'S7', '2026-03-01'],
    [3, 'S1', '2026-03-02'],
  ])
})

test('a mapping that changed loads the same file anew', async () => {
  expect(await loadOne(csv(line('R1')))).toBe('loaded')
  const inFen = await carrier.mapping(recharges().replace('unit: yuan', 'unit: fen'))
  expect(verdictOf(await carrier.load(inFen, '2026-03-02'))).toBe('loaded')
  expect(await carrier.shelved('recharge', 'amount')).toEqual([[50]])
})

test('nothing is left in the work folder, whatever happened', async () => {
  await loadOne(csv(line('R1')))
  await loadOne('')
  await rm(path.join(carrier.folder, 'pay'), { recursive: true })
  const left = await readFile(carrier.target.workFolder).catch((e: NodeJS.ErrnoException) => e.code)
  expect(left).toBe('EISDIR')
  expect(parseMapping(recharges()).ok).toBe(true)
})
