import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { feedOf } from '#ingest'
import { addDays, plainDate } from '#kernel'
import { openWarehouse, sql } from '#warehouse'
import { compileFactors } from './catalogue.ts'
import { monthEndOf } from './morning.ts'
import { runFactors } from './run.ts'
import { dice, randomRows, shelve, shelveKeys } from './shelf.fixture.ts'
import { slowFactors } from './slow.fixture.ts'
import { factorTable } from './table.ts'

const asOf = plainDate('2026-03-05')
const text = `
subject: { zh: 试, en: trial }
owner: trial
factors:
${[
  ['status', '{ kind: attribute, feed: subscriber, column: status }'],
  ['paid', '{ kind: sum, feed: recharge, column: amount, window: 90 days }'],
  ['mean_paid', '{ kind: avg, feed: recharge, column: amount, window: 90 days, type: number }'],
  ['paid_beside', '{ kind: peers, of: paid, by: [status] }'],
  ['mean_beside', '{ kind: peers, of: mean_paid, by: [status], as: difference }'],
  ['times', '{ kind: count, feed: recharge, window: 90 days }'],
  ['paid_twice', '{ kind: peers, of: paid_beside, by: [times] }'],
  ['half', '{ kind: expression, formula: paid_beside / 2 }'],
]
  .map(
    ([id, body]) =>
      `  - { id: ${id}, title: { zh: 试, en: t }, means: { zh: 试, en: t }, version: 1, ${body?.slice(2)}`,
  )
  .join('\n')}
`

test.each([undefined, 50])(
  'the mean of those alike is what everybody gives, in ranges of %s too',
  async batchMax => {
    const catalogue = compileFactors([{ file: 'trial.yaml', text }])
    expect(catalogue.faults).toEqual([])
    const folder = await mkdtemp(path.join(tmpdir(), 'weiwan-peers-'))
    const warehouse = await openWarehouse({
      memoryMiBMax: 512,
      threads: 2,
      spillFolder: path.join(folder, 'spill'),
    })
    try {
      const shelf = { root: folder }
      const span = { from: addDays(asOf, -100), to: asOf }
      await shelveKeys(warehouse, shelf, 150, span.from)
      const feeds = new Map(
        (['subscriber', 'recharge'] as const).map((id, i) => [
          id,
          randomRows(dice(i + 5), feedOf(id), span, 150),
        ]),
      )
      for (const [id, rows] of feeds) await shelve(warehouse, shelf, id, span, rows)
      await runFactors(warehouse, { shelf }, catalogue, asOf, batchMax === undefined ? {} : { batchMax })
      const table = await factorTable(shelf, asOf)
      const rows = await warehouse.rows(sql`SELECT * FROM ${table ?? sql`none`} ORDER BY sub`)
      const expected = slowFactors(catalogue, { asOf, monthEnd: monthEndOf(asOf), feeds })
      const rounded = (all: typeof rows) =>
        all.map(r =>
          Object.fromEntries(
            Object.entries(r).map(([k, v]) => [k, typeof v === 'number' ? Number(v.toPrecision(6)) : v]),
          ),
        )
      expect(rounded(rows)).toEqual(rounded(expected))
      expect(rows.filter(r => r['half'] !== null).length).toBeGreaterThan(20)
      expect(rows.some(r => r['paid_beside'] === null)).toBe(true)
    } finally {
      warehouse.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
)
