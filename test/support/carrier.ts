import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FeedId, LoadOutcome, LoadTarget, Mapping } from '#ingest'
import { feedRows, loadDelivery, pendingDeliveries, readMapping } from '#ingest'
import { type PlainDate, plainDate } from '#kernel'
import {
  openWarehouse,
  parquet,
  pieceFiles,
  pieces,
  raw,
  sql,
  type Warehouse,
  writeParquet,
} from '#warehouse'

/** A carrier's folder and a shelf of its own, for tests that deliver by hand. */
export interface Carrier {
  readonly folder: string
  readonly target: LoadTarget
  readonly warehouse: Warehouse
  /** Writes a file of bytes or lines, with a control file beside it when `rows` is given. */
  deliver(name: string, content: string | Buffer, control?: Readonly<Record<string, unknown>>): Promise<void>
  /** Writes SQL rows as Parquet. */
  deliverParquet(name: string, query: string): Promise<void>
  mapping(yaml: string): Promise<Mapping>
  /** Loads everything that waits. */
  load(mapping: Mapping, asOf: string): Promise<readonly LoadOutcome[]>
  /** The rows of a feed on the shelf, in order of day and line. */
  shelved(feed: FeedId, columns: string, learnedBy?: PlainDate): Promise<unknown[][]>
  /** What is kept aside: line, column, reason. */
  aside(feed: FeedId): Promise<unknown[][]>
  close(): Promise<void>
}

export async function openCarrier(): Promise<Carrier> {
  const root = await mkdtemp(path.join(tmpdir(), 'weiwan-carrier-'))
  const folder = path.join(root, 'out')
  const warehouse = await openWarehouse({
    memoryMiBMax: 512,
    threads: 2,
    spillFolder: path.join(root, 'spill'),
  })
  const shelf = { root: path.join(root, 'warehouse') }
  const target = { warehouse, shelf, workFolder: path.join(root, 'work'), environment: {} }
  const fileOf = async (name: string): Promise<string> => {
    const file = path.join(folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    return file
  }
  return {
    folder,
    target,
    warehouse,
    async deliver(name, content, control) {
      const file = await fileOf(name)
      await writeFile(file, content)
      if (control === undefined) return
      const bytes = (await stat(file)).size
      await writeFile(`${file}.control.json`, JSON.stringify({ bytes, ...control }))
    },
    async deliverParquet(name, query) {
      await writeParquet(warehouse, raw(query), await fileOf(name), [])
    },
    async mapping(yaml) {
      const file = await fileOf('mapping.yaml')
      await writeFile(file, yaml)
      const read = await readMapping(file)
      if (!read.ok) throw new Error(read.faults.map(f => f.en).join('\n'))
      return read.value
    },
    async load(mapping, asOf) {
      const outcomes: LoadOutcome[] = []
      const day = plainDate(asOf)
      for (const delivery of await pendingDeliveries(mapping, folder, shelf, day)) {
        outcomes.push(await loadDelivery(target, mapping, delivery, day))
      }
      return outcomes
    },
    async shelved(feed, columns, learnedBy) {
      const reader = learnedBy === undefined ? { shelf } : { shelf, learnedBy }
      const always = { from: plainDate('1990-01-01'), to: plainDate('2100-01-01') }
      const rows = await feedRows(reader, feed, always)
      if (rows === undefined) return []
      return (await warehouse.rows(sql`SELECT ${raw(columns)} FROM ${rows} ORDER BY ALL`)).map(r =>
        Object.values(r),
      )
    },
    async aside(feed) {
      const all = (await pieces(shelf, `quarantine/${feed}`)).flatMap(p => pieceFiles(shelf, p))
      if (all.length === 0) return []
      const query = sql`SELECT line, col, reason FROM ${parquet(all)} ORDER BY line, col, reason`
      return (await warehouse.rows(query)).map(r => Object.values(r))
    },
    async close() {
      warehouse.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** The one outcome's fault code, or its state. */
export function verdictOf(outcomes: readonly LoadOutcome[]): string {
  return outcomes.map(o => (o.state === 'refused' ? o.fault.code : o.state)).join(', ')
}
