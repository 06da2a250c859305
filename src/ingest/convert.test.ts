import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWarehouse, raw, type Warehouse } from '#warehouse'
import { type Column, type ColumnType, column } from './contract/feed.ts'
import { converted } from './convert.ts'
import type { ColumnFrom } from './mapping-column.ts'

let folder: string
let warehouse: Warehouse
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weiwan-convert-'))
  warehouse = await openWarehouse({ memoryMiBMax: 256, threads: 1, spillFolder: folder })
})
afterAll(async () => {
  warehouse.close()
  await rm(folder, { recursive: true })
})

const plain: ColumnFrom = { origin: { kind: 'row' }, isOptional: false, isTrimmed: false, isUtc: false }

/** What a given literal of a type becomes in a column of ours. */
async function read(
  type: ColumnType,
  given: string,
  from: Partial<ColumnFrom> = {},
  more: Partial<Column> = {},
  givenType = 'VARCHAR',
  zone = 'Asia/Shanghai',
): Promise<unknown> {
  const literal =
    givenType === 'VARCHAR' ? `'${given.replaceAll("'", "''")}'` : `CAST('${given}' AS ${givenType})`
  const value = converted(
    column('x', type, 'x', 'x', more),
    { ...plain, ...from },
    { sql: raw('x'), type: givenType },
    zone,
  )
  const [row] = await warehouse.rows<{ y: unknown }>(
    raw(`SELECT ${value.text} AS y FROM (SELECT ${literal} AS x)`),
  )
  return row?.y
}

test('money is exact or it is not money', async () => {
  const yuan = { unit: 'yuan' as const }
  expect(await read('money', '12.3', yuan)).toBe(1230)
  expect(await read('money', '-0.01', yuan)).toBe(-1)
  expect(await read('money', '0.005', yuan)).toBeNull()
  expect(await read('money', '1e2', yuan)).toBe(10_000)
  expect(await read('money', '十', yuan)).toBeNull()
  expect(await read('money', '99999999999999999999999', yuan)).toBeNull()
  expect(await read('money', '12.34', yuan, {}, 'DOUBLE')).toBe(1234)
  expect(await read('money', '12.345', yuan, {}, 'DOUBLE')).toBeNull()
  expect(await read('money', '120', { unit: 'li' })).toBe(12)
  expect(await read('money', '125', { unit: 'li' })).toBeNull()
  expect(await read('integer', '8.0')).toBe(8)
  expect(await read('integer', '8.5')).toBeNull()
})

test('any whole number of fen written in yuan comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), async fen => {
      const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0')
      const text = `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
      expect(await read('money', text, { unit: 'yuan' })).toBe(Number(fen))
      expect(await read('money', text, { unit: 'yuan' }, {}, 'DECIMAL(18, 2)')).toBe(Number(fen))
    }),
    { numRuns: 60 },
  )
})

test('other quantities are rounded to the contract’s unit', async () => {
  const kib = { unit: 'KiB' as const }
  expect(await read('integer', '1.5', { unit: 'MiB' }, kib)).toBe(1536)
  expect(await read('integer', '1', { unit: 'MB' }, kib)).toBe(977)
  expect(await read('integer', '1536', { unit: 'B' }, kib, 'BIGINT')).toBe(2)
  expect(await read('integer', '1.5', { unit: 'min' }, { unit: 's' })).toBe(90)
  expect(await read('number', '90', { unit: 's' }, { unit: 'min' })).toBe(1.5)
  expect(await read('number', 'nan')).toBeNull()
})

test('days and moments are read in the carrier’s zone', async () => {
  expect(await read('date', '2026-02-30')).toBeNull()
  expect(await read('date', '01/03/26', { format: '%d/%m/%y' })).toBe('2026-03-01')
  expect(await read('date', '2026-02-28 17:00:00+00', {}, {}, 'TIMESTAMP WITH TIME ZONE')).toBe('2026-03-01')
  const moments: [string, Partial<ColumnFrom>, string, string | null][] = [
    ['2026-03-01 00:30:00', {}, 'VARCHAR', '2026-02-28 16:30:00'],
    ['2026-03-01T00:30:00.25', {}, 'VARCHAR', '2026-02-28 16:30:00.25'],
    ['2026-03-01T00:30:00Z', {}, 'VARCHAR', '2026-03-01 00:30:00'],
    ['2026-03-01 00:30:00+0100', {}, 'VARCHAR', '2026-02-28 23:30:00'],
    ['2026-03-01', {}, 'VARCHAR', '2026-02-28 16:00:00'],
    ['20260301003000', { format: '%Y%m%d%H%M%S' }, 'VARCHAR', '2026-02-28 16:30:00'],
    ['2026-03-01 00:30:00', { isUtc: true }, 'TIMESTAMP', '2026-03-01 00:30:00'],
    ['2026-03-01 00:30:00', {}, 'TIMESTAMP', '2026-02-28 16:30:00'],
    ['2026-03-01 00:30:00+08', {}, 'TIMESTAMP WITH TIME ZONE', '2026-02-28 16:30:00'],
    ['half past', {}, 'VARCHAR', null],
  ]
  for (const [given, from, type, expected] of moments) {
    expect([given, type, await read('moment', given, from, {}, type)]).toEqual([given, type, expected])
  }
  expect(await read('moment', '2026-07-01 12:00:00', {}, {}, 'VARCHAR', 'Europe/Berlin')).toBe(
    '2026-07-01 10:00:00',
  )
  expect(await read('moment', '2026-01-01 12:00:00', {}, {}, 'VARCHAR', 'Europe/Berlin')).toBe(
    '2026-01-01 11:00:00',
  )
})

test('flags and codes know their own texts and no others', async () => {
  expect([await read('flag', 'Y'), await read('flag', '0'), await read('flag', '是')]).toEqual([
    true,
    false,
    null,
  ])
  const flag = { trueTexts: ['是'], falseTexts: ['否'] }
  expect([await read('flag', '是', flag), await read('flag', 'Y', flag)]).toEqual([true, null])
  expect(await read('flag', '1', {}, {}, 'INTEGER')).toBe(true)
  const values = { values: { app: { en: 'app', zh: '掌厅' }, shop: { en: 'shop', zh: '营业厅' } } }
  expect([await read('code', 'app', {}, values), await read('code', '01', {}, values)]).toEqual(['app', null])
  const codes = { codes: { '01': 'app' }, otherwise: 'shop' }
  expect([await read('code', '01', codes, values), await read('code', '77', codes, values)]).toEqual([
    'app',
    'shop',
  ])
})
