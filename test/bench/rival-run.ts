import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { FactorCatalogue } from '#factors'
import { type FeedId, feedRows, feedState, feeds, subscriberKeys } from '#ingest'
import { addDays, type DaySpan, daysOf, monthStart, type PlainDate } from '#kernel'
import {
  dateOf,
  ident,
  openWarehouse,
  parquet,
  raw,
  type Shelf,
  sql,
  type Warehouse,
  writeParquet,
} from '#warehouse'
import { used } from './apart.ts'

/** One night of the hand-written rival, to be measured in a process of its own. */
export interface RivalJob {
  readonly folder: string
  readonly morning: PlainDate
  readonly shape: 'night' | 'full'
  readonly memoryMiBMax: number
}

export const rivalRun = import.meta.filename
export const rivalPartials = 'rival-partial'

const partialNames = ['voice', 'sms', 'data', 'any', 'people', 'cell'] as const

/** The factors that the rival computes. */
export async function rivalsFactors(catalogue: FactorCatalogue): Promise<readonly string[]> {
  const wide = (await rivalText('wide')).replaceAll('\n', ' ')
  return catalogue.factors
    .map(f => f.id)
    .filter(id => new RegExp(`(AS|s\\.) ${id}\\b|\\bs\\.${id},|[a-z]\\.${id},`).test(wide))
}

async function main(job: RivalJob): Promise<void> {
  const { folder, morning, shape } = job
  const shelf: Shelf = { root: path.join(folder, 'shelf') }
  const spillFolder = path.join(folder, 'spill')
  const warehouse = await openWarehouse({ memoryMiBMax: job.memoryMiBMax, threads: 2, spillFolder })
  await nameFeeds(warehouse, shelf, morning)
  if (shape === 'night') await keepHistory(warehouse, folder, morning)
  const run = await used(async () => {
    if (shape === 'night') await readKept(warehouse, folder, morning)
    for (const part of [shape === 'night' ? 'usage-night' : 'usage-full', 'rest', 'wide'])
      await runRival(warehouse, part, morning)
    const to = path.join(folder, `rival-${shape}.parquet`)
    await writeParquet(warehouse, sql`SELECT * FROM rival`, to, [ident('sub')])
  })
  warehouse.close()
  console.log(JSON.stringify(run.used))
}

/** Views named after the feeds, over the rows the night may read. */
async function nameFeeds(warehouse: Warehouse, shelf: Shelf, morning: PlainDate): Promise<void> {
  for (const { id, kind } of feeds) {
    const back = kind === 'event' || kind === 'month' ? 400 : 61
    const relation =
      kind === 'state' ? feedState({ shelf }, id, morning) : rowsSince(shelf, id, morning, back)
    await warehouse.run(
      sql`CREATE OR REPLACE TEMP VIEW ${ident(id)} AS SELECT * FROM ${(await relation) ?? sql`none`}`,
    )
  }
  await warehouse.run(
    sql`CREATE OR REPLACE TEMP VIEW subscriber_key AS SELECT * FROM ${await subscriberKeys({ shelf })}`,
  )
}

async function rowsSince(shelf: Shelf, id: FeedId, morning: PlainDate, days: number) {
  return await feedRows({ shelf }, id, { from: addDays(morning, -days), to: morning })
}

/** What earlier nights would have kept; made once, outside the time measured. */
async function keepHistory(warehouse: Warehouse, folder: string, morning: PlainDate): Promise<void> {
  if (existsSync(path.join(folder, rivalPartials))) return
  const span = { from: addDays(morning, -61), to: addDays(morning, -1) }
  for (let from = span.from; from < span.to; from = addDays(from, 6)) {
    const to = addDays(from, 6) < span.to ? addDays(from, 6) : span.to
    await keepDays(warehouse, folder, { from, to }, morning)
  }
}

async function readKept(warehouse: Warehouse, folder: string, morning: PlainDate): Promise<void> {
  await keepDays(warehouse, folder, { from: addDays(morning, -1), to: morning }, morning)
  for (const name of partialNames) {
    const files = parquet([path.join(folder, rivalPartials, name, '*.parquet')])
    await warehouse.run(sql`CREATE OR REPLACE TEMP VIEW ${ident(`d_${name}`)} AS SELECT * FROM ${files}`)
  }
}

async function keepDays(
  warehouse: Warehouse,
  folder: string,
  span: DaySpan,
  morning: PlainDate,
): Promise<void> {
  const files = daysOf(span).map(d =>
    path.join(folder, 'shelf/feed/usage', `${d}_${addDays(d, 1)}_v0001.parquet`),
  )
  await warehouse.run(sql`CREATE OR REPLACE TEMP VIEW usage_new AS SELECT * FROM ${parquet(files)}`)
  await runRival(warehouse, 'usage-day', morning)
  for (const name of partialNames) {
    const table = ident(`p_${name}`)
    const to = path.join(folder, rivalPartials, name, `${span.from}.parquet`)
    await writeParquet(warehouse, sql`SELECT * FROM ${table}`, to, [raw('"day"'), raw('sub')])
    await warehouse.run(sql`DROP TABLE ${table}`)
  }
}

async function runRival(warehouse: Warehouse, part: string, morning: PlainDate): Promise<void> {
  const text = (await rivalText(part))
    .replaceAll('AS_OF', dateOf(morning).text)
    .replaceAll('MONTH_END', dateOf(monthStart(addDays(morning, -1))).text)
  for (const statement of text.split(';')) if (statement.trim() !== '') await warehouse.run(raw(statement))
}

async function rivalText(part: string): Promise<string> {
  const text = await readFile(path.join(import.meta.dirname, 'rival', `${part}.sql`), 'utf8')
  return text.replaceAll(/--.*$/gm, '')
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? '{}') as RivalJob)
