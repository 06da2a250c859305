import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import { type FactorCatalogue, readFactors, runFactors } from '#factors'
import { type FeedId, feedOf, feedRows, feedState, feeds, subscriberKeys } from '#ingest'
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
  type WarehouseOptions,
  writeParquet,
} from '#warehouse'
import { lastDay } from './night-data.ts'

export const sides = ['rival', 'compiler'] as const
export const shapes = ['night', 'full'] as const
export type Side = (typeof sides)[number]
export type Shape = (typeof shapes)[number]

export interface Measured {
  readonly side: Side
  readonly shape: Shape
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMiB: number
  readonly rowsRead: number
  readonly factors: number
}

export function warehouseOptions(folder: string): WarehouseOptions {
  return { memoryMiBMax: 6144, threads: 2, spillFolder: path.join(folder, 'spill') }
}

const asOf = addDays(lastDay, 1)
const partialNames = ['voice', 'sms', 'data', 'any', 'people', 'cell'] as const

/** One side, one shape, timed: prints what it took as one line of JSON. */
async function main(folder: string, side: Side, shape: Shape): Promise<void> {
  const catalogue = await rivalsFactors()
  const warehouse = await openWarehouse(warehouseOptions(folder))
  const run =
    side === 'rival'
      ? await rival(warehouse, folder, shape)
      : await compiler(warehouse, folder, shape, catalogue)
  const [cpu, start] = [process.cpuUsage(), performance.now()]
  await run()
  const seconds = (performance.now() - start) / 1000
  const used = process.cpuUsage(cpu)
  warehouse.close()
  const measured: Measured = {
    side,
    shape,
    seconds,
    cpuSeconds: (used.user + used.system) / 1e6,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    rowsRead: await usageRows(folder),
    factors: catalogue.names.length,
  }
  console.log(JSON.stringify(measured))
}

async function usageRows(folder: string): Promise<number> {
  const entries = (await readdir(path.join(folder, 'shelf/feed/usage'))).filter(n => n.endsWith('.json'))
  const read = entries.map(
    async n =>
      JSON.parse(await readFile(path.join(folder, 'shelf/feed/usage', n), 'utf8')) as {
        rows: number
        span: DaySpan
      },
  )
  const rows = await Promise.all(read)
  return rows.filter(r => r.span.from >= addDays(asOf, -60)).reduce((sum, r) => sum + r.rows, 0)
}

/** The factors that the rival computes, and what those need. */
async function rivalsFactors(): Promise<{
  readonly catalogue: FactorCatalogue
  readonly names: readonly string[]
}> {
  const whole = await readFactors(path.join(import.meta.dirname, '../../catalogue/factors'))
  const wide = await rivalText('wide')
  const names = whole.factors
    .map(f => f.id)
    .filter(id =>
      new RegExp(`(AS|s\\.) ${id}\\b|\\bs\\.${id},|[a-z]\\.${id},`, 'm').test(wide.replaceAll('\n', ' ')),
    )
  const wanted = new Set(names)
  for (const factor of whole.factors.toReversed())
    if (wanted.has(factor.id)) for (const id of factor.needs) wanted.add(id)
  const factors = whole.factors.filter(f => wanted.has(f.id))
  return { names, catalogue: { ...whole, factors, columns: whole.columns.filter(c => wanted.has(c.id)) } }
}

async function compiler(
  warehouse: Warehouse,
  folder: string,
  shape: Shape,
  { catalogue }: { readonly catalogue: FactorCatalogue },
): Promise<() => Promise<void>> {
  const shelf = await ownShelf(folder)
  if (shape === 'night') {
    await dropDay(shelf, lastDay)
    await runFactors(warehouse, { shelf }, catalogue, addDays(asOf, -1))
  }
  await rm(path.join(shelf.root, 'factor'), { recursive: true, force: true })
  return async () => {
    await runFactors(warehouse, { shelf }, catalogue, asOf, { incremental: shape === 'night' })
    const made = path.join(shelf.root, 'factor', `${asOf}_${addDays(asOf, 1)}_v0001.parquet`)
    await copyFile(made, path.join(folder, `compiler-${shape}.parquet`))
  }
}

/** A shelf that shares the feeds and keeps its own partials. */
async function ownShelf(folder: string): Promise<Shelf> {
  const root = path.join(folder, 'compiler-shelf')
  await mkdir(root, { recursive: true })
  for (const name of ['feed', 'key']) {
    if (!existsSync(path.join(root, name)))
      await symlink(path.join(folder, 'shelf', name), path.join(root, name))
  }
  return { root }
}

async function dropDay(shelf: Shelf, day: PlainDate): Promise<void> {
  const names = await readdir(path.join(shelf.root, 'partial'), { recursive: true }).catch(() => [])
  const ofDay = names.filter(n => path.basename(n).startsWith(`${day}_`))
  await Promise.all(ofDay.map(n => rm(path.join(shelf.root, 'partial', n))))
}

async function rival(warehouse: Warehouse, folder: string, shape: Shape): Promise<() => Promise<void>> {
  const shelf: Shelf = { root: path.join(folder, 'shelf') }
  await nameFeeds(warehouse, shelf)
  if (shape === 'night') await keepHistory(warehouse, folder)
  return async () => {
    if (shape === 'night') {
      await keepDays(warehouse, folder, { from: lastDay, to: asOf })
      for (const name of partialNames) {
        await warehouse.run(
          sql`CREATE OR REPLACE TEMP VIEW ${ident(`d_${name}`)} AS SELECT * FROM ${parquet([path.join(folder, 'rival-partial', name, '*.parquet')])}`,
        )
      }
    }
    for (const part of [shape === 'night' ? 'usage-night' : 'usage-full', 'rest', 'wide'])
      await runRival(warehouse, part)
    await writeParquet(warehouse, sql`SELECT * FROM rival`, path.join(folder, `rival-${shape}.parquet`), [
      ident('sub'),
    ])
  }
}

/** Views named after the feeds, over the rows the night may read. */
async function nameFeeds(warehouse: Warehouse, shelf: Shelf): Promise<void> {
  for (const { id, kind } of feeds) {
    const back = kind === 'event' || kind === 'month' ? 400 : 61
    const relation =
      kind === 'state' ? await feedState({ shelf }, id, asOf) : await rowsSince(shelf, id, back)
    await warehouse.run(
      sql`CREATE OR REPLACE TEMP VIEW ${ident(id)} AS SELECT * FROM ${relation ?? sql`none`}`,
    )
  }
  await warehouse.run(
    sql`CREATE OR REPLACE TEMP VIEW subscriber_key AS SELECT * FROM ${await subscriberKeys({ shelf })}`,
  )
}

async function rowsSince(shelf: Shelf, id: FeedId, days: number) {
  return await feedRows({ shelf }, feedOf(id).id, { from: addDays(asOf, -days), to: asOf })
}

async function keepHistory(warehouse: Warehouse, folder: string): Promise<void> {
  if (existsSync(path.join(folder, 'rival-partial'))) return
  const span = { from: addDays(asOf, -61), to: lastDay }
  for (let from = span.from; from < span.to; from = addDays(from, 6)) {
    const to = addDays(from, 6) < span.to ? addDays(from, 6) : span.to
    await keepDays(warehouse, folder, { from, to })
  }
}

async function keepDays(warehouse: Warehouse, folder: string, span: DaySpan): Promise<void> {
  const files = daysOf(span).map(d =>
    path.join(folder, 'shelf/feed/usage', `${d}_${addDays(d, 1)}_v0001.parquet`),
  )
  await warehouse.run(sql`CREATE OR REPLACE TEMP VIEW usage_new AS SELECT * FROM ${parquet(files)}`)
  await runRival(warehouse, 'usage-day')
  for (const name of partialNames) {
    const table = ident(`p_${name}`)
    const to = path.join(folder, 'rival-partial', name, `${span.from}.parquet`)
    await writeParquet(warehouse, sql`SELECT * FROM ${table}`, to, [raw('"day"'), raw('sub')])
    await warehouse.run(sql`DROP TABLE ${table}`)
  }
}

async function runRival(warehouse: Warehouse, part: string): Promise<void> {
  const text = (await rivalText(part))
    .replaceAll('AS_OF', dateOf(asOf).text)
    .replaceAll('MONTH_END', dateOf(monthStart(addDays(asOf, -1))).text)
  for (const statement of text.split(';')) if (statement.trim() !== '') await warehouse.run(raw(statement))
}

async function rivalText(part: string): Promise<string> {
  const text = await readFile(path.join(import.meta.dirname, 'rival', `${part}.sql`), 'utf8')
  return text.replaceAll(/--.*$/gm, '')
}

if (import.meta.main) {
  const [folder = '', side, shape] = process.argv.slice(2)
  await main(folder, sides.find(s => s === side) ?? 'rival', shapes.find(s => s === shape) ?? 'night')
}
