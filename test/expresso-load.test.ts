import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { feedRows, feedsDelivered, loadFeeds, readMapping, subscriberKeys } from '#ingest'
import { addDays, plainDate } from '#kernel'
import { openWarehouse, sql } from '#warehouse'

const root = path.join(import.meta.dirname, '..')
const data = path.join(root, '../shared/data')
const hasData = existsSync(path.join(data, 'expresso_prepaid_58k.csv'))
if (!hasData)
  process.stdout.write(`SKIPPED: ${data} is absent, so the real prepaid customers were not loaded\n`)

test.skipIf(!hasData)('58,200 real prepaid customers load through a mapping file, without code', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'weiwan-expresso-'))
  const warehouse = await openWarehouse({
    memoryMiBMax: 512,
    threads: 2,
    spillFolder: path.join(folder, 'spill'),
  })
  try {
    const read = await readMapping(path.join(root, 'examples/expresso/mapping.yaml'))
    if (!read.ok) throw new Error(read.faults.map(f => f.en).join('\n'))
    const shelf = { root: path.join(folder, 'warehouse') }
    const target = { warehouse, shelf, workFolder: path.join(folder, 'work'), environment: {} }
    const asOf = plainDate('2026-04-02')
    const outcomes = await loadFeeds(target, read.value, data, asOf)
    expect(
      outcomes.map(o => (o.state === 'refused' ? o.fault : [o.state, o.report.rows, o.report.quarantined])),
    ).toEqual([['loaded', 58_200, 0]])
    expect(await feedsDelivered({ shelf })).toEqual(['monthly_summary'])
    const span = { from: addDays(asOf, -1), to: asOf }
    const rows = (await feedRows({ shelf }, 'monthly_summary', span)) ?? sql`none`
    const [found] =
      await warehouse.rows(sql`SELECT count(*) AS n, count(DISTINCT k.sub) AS subscribers, min(month) AS month,
      sum(recharge_amount) AS recharged, max(active_days) AS active, sum(data_kib) AS data_kib
      FROM ${rows} AS r JOIN ${await subscriberKeys({ shelf })} AS k ON k.sub = r.sub`)
    const file = path.join(data, 'expresso_prepaid_58k.csv')
    const [asFound] = await warehouse.rows(sql`SELECT CAST(sum(MONTANT) AS BIGINT) * 100 AS recharged,
      CAST(sum(DATA_VOLUME) AS BIGINT) * 1024 AS data_kib FROM read_csv(${file})`)
    expect(found).toEqual({ n: 58_200, subscribers: 58_200, month: '2026-03-01', active: 62, ...asFound })
  } finally {
    warehouse.close()
    await rm(folder, { recursive: true, force: true })
  }
})
