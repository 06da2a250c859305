import { stat } from 'node:fs/promises'
import path from 'node:path'
import { factorsOff, factorTable, readFactors } from '#factors'
import type { PlainDate } from '#kernel'
import { makeSegments, readTags, segmentMaps, segmentMorning, tagUses } from '#segments'
import { ident, join, openWarehouse, pieces, sql } from '#warehouse'
import { type Used, used } from './apart.ts'

export interface SegmentsJob {
  readonly root: string
  readonly morning: PlainDate
  /** The catalogue's folder: factors, tags and the map are read from it. */
  readonly catalogue: string
  readonly memoryMiB: number
}

export interface SegmentsMeasured {
  readonly used: Used
  readonly rows: number
  readonly tags: number
  /** Tags that somebody has and not everybody: a made table knows no people. */
  readonly telling: number
  readonly columns: number
  /** Of the table, which an earlier run may have made. */
  readonly factors: number
  readonly mebibytes: number
  /** One scan of the factor columns that map and tags ask about. */
  readonly scanSeconds: number
}

/** sub and subscriber_id. */
const keys = 2

export const segmentsRun = import.meta.filename

async function main({ root, morning, catalogue, memoryMiB }: SegmentsJob): Promise<void> {
  const factors = await readFactors(path.join(catalogue, 'factors'))
  const { tags } = await readTags(path.join(catalogue, 'tags'), factors.byId)
  const [map] = (await segmentMaps.read(path.join(catalogue, 'segments'), factors.byId)).maps
  const shelf = { root }
  const table = await factorTable(shelf, morning)
  if (table === undefined || map === undefined) throw new Error('there is no factor table, or no map')
  const options = { memoryMiBMax: memoryMiB, threads: 2, spillFolder: path.join(root, 'spill') }
  const warehouse = await openWarehouse(options)
  const off = new Map((await factorsOff(warehouse, shelf, morning)).map(({ id, fault }) => [id, fault]))
  const columns = [...new Set(tags.flatMap(tagUses))].filter(id => !off.has(id))
  const described = await warehouse.rows(sql`DESCRIBE SELECT * FROM ${table} AS t`)
  const start = performance.now()
  await warehouse.rows(sql`SELECT ${join(columns.map(id => sql`count(${ident(id)})`))} FROM ${table} AS t`)
  const scanSeconds = (performance.now() - start) / 1000
  const suspects = new Map()
  const made = await used(() =>
    makeSegments(warehouse, shelf, { asOf: morning, map, tags, table, off, suspects }),
  )
  const found = await segmentMorning(warehouse, shelf, morning)
  if (found === undefined) throw new Error('nothing was made')
  const counts = [...found.tags.values()].map(tag => tag.subscribers)
  warehouse.close()
  const piece = (await pieces(shelf, 'segment')).findLast(p => p.span.from === morning)
  const measured: SegmentsMeasured = {
    used: made.used,
    rows: made.result.rows,
    tags: found.tags.size,
    telling: counts.filter(count => count > 0 && count < found.subscribers).length,
    columns: columns.length,
    factors: described.length - keys,
    mebibytes: (await sizeOf(shelf.root, piece?.files ?? [])) / 2 ** 20,
    scanSeconds,
  }
  console.log(JSON.stringify(measured))
}

async function sizeOf(root: string, files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(file => stat(path.join(root, 'segment', file))))
  return sizes.reduce((sum, { size }) => sum + size, 0)
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? '{}') as SegmentsJob)
