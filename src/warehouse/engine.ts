import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'
import { FaultError } from '#kernel'
import { type ColumnBatch, streamColumns } from './columns.ts'
import { type SpillFolder, spillFolderIn } from './spill.ts'
import { type Sql, sql } from './sql.ts'

export interface WarehouseLimits {
  /** Hard memory limit of the engine in MiB; larger work spills to `spillFolder`. The process needs about 35 % more. */
  readonly memoryMiBMax: number
  readonly threads: number
}

/** Settings of an engine: where it may spill (a folder of its own is made there), and what it may use. */
export interface WarehouseOptions extends WarehouseLimits {
  readonly spillFolder: string
}

/** One column's value as plain data: 64-bit integers become numbers when exact, days ISO text, lists arrays. */
export type Cell = string | number | bigint | boolean | null | readonly Cell[]
export type Row = Readonly<Record<string, Cell>>

/**
 * SQL over very many rows. Tables made here are temporary: they live in memory and end with the engine. What lasts is
 * Parquet, written through `writeParquet` and recorded in a manifest.
 */
export interface Warehouse {
  /** Rows as plain objects. For results that fit in memory. */
  rows<T extends object = Row>(query: Sql): Promise<T[]>
  /** Rows column by column, in the query's order and never all in memory. Nothing else runs on this connection meanwhile. */
  columns(query: Sql): AsyncGenerator<ColumnBatch>
  /** Runs statements for their effect; says how many rows changed. */
  run(query: Sql): Promise<number>
  /** A second connection to the same engine: its own transaction, its own interrupt. */
  fork(): Promise<Warehouse>
  /**
   * Plans the joins of what `work` runs as they are written: each right side is looked up by the rows on its left. Said
   * to the engine as a whole: other connections' joins are planned alike meanwhile.
   */
  joinedAsWritten<T>(work: () => Promise<T>): Promise<T>
  /** Stops what this connection is running. The connection stays usable. */
  interrupt(): void
  close(): void
}

export async function openWarehouse(options: WarehouseOptions): Promise<Warehouse> {
  const spill = spillFolderIn(options.spillFolder)
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${options.memoryMiBMax}MiB`,
    threads: String(options.threads),
    temp_directory: spill.path,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  return connected({ instance, spill, memoryMiB: options.memoryMiBMax }, () => {
    instance.closeSync()
    spill.remove()
  })
}

interface Engine {
  readonly instance: DuckDBInstance
  readonly spill: SpillFolder
  readonly memoryMiB: number
}

async function connected(engine: Engine, closeEngine: () => void): Promise<Warehouse> {
  const connection = await engine.instance.connect()
  const warehouse: Warehouse = {
    async rows<T extends object>(query: Sql): Promise<T[]> {
      const reader = await within(engine, () => connection.runAndReadAll(query.text))
      return reader.getRowObjects().map(row => plainRow(row) as T)
    },
    columns: query => streamed(engine, connection, query),
    async run(query: Sql): Promise<number> {
      return (await within(engine, () => connection.run(query.text))).rowsChanged
    },
    fork: () => connected(engine, () => {}),
    async joinedAsWritten<T>(work: () => Promise<T>): Promise<T> {
      await warehouse.run(sql`SET disabled_optimizers = 'build_side_probe_side,join_order'`)
      try {
        return await work()
      } finally {
        await warehouse.run(sql`RESET disabled_optimizers`)
      }
    },
    interrupt: () => connection.interrupt(),
    close() {
      connection.closeSync()
      closeEngine()
    },
  }
  await warehouse.run(sql`SET TimeZone = 'UTC'`)
  return warehouse
}

/** Runs a statement. Fault warehouse.out-of-memory when even spilling did not keep it within the limit. */
async function within<T>({ memoryMiB }: Engine, statement: () => Promise<T>): Promise<T> {
  try {
    return await statement()
  } catch (error) {
    throw isOutOfMemory(error) ? new FaultError(outOfMemory(memoryMiB)) : error
  }
}

async function* streamed(
  { memoryMiB }: Engine,
  connection: DuckDBConnection,
  query: Sql,
): AsyncGenerator<ColumnBatch> {
  try {
    yield* streamColumns(connection, query)
  } catch (error) {
    throw isOutOfMemory(error) ? new FaultError(outOfMemory(memoryMiB)) : error
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Out of Memory Error')
}

function outOfMemory(memoryMiB: number) {
  return {
    code: 'warehouse.out-of-memory',
    en: `the work needed more memory than the ${memoryMiB} MiB it had, and more room to spill: nothing was changed; give it more (--memory) or free some of the disk, and run again`,
    zh: `所需内存超出其上限 ${memoryMiB} MiB，且无法继续写出到磁盘：未作任何改动；请调高 --memory 或清理磁盘空间后重新运行`,
    at: { memoryMiB },
  } as const
}

function plainRow(row: Record<string, DuckDBValue>): Row {
  const plain: Record<string, Cell> = {}
  for (const name of Object.keys(row)) plain[name] = plainCell(row[name] as DuckDBValue)
  return plain
}

function plainCell(value: DuckDBValue): Cell {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value === 'bigint') {
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
  }
  if ('items' in value && Array.isArray(value.items)) return value.items.map(plainCell)
  return String(value)
}
