import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'
import { type ColumnBatch, streamColumns } from './columns.ts'
import { type Sql, sql } from './sql.ts'

export interface WarehouseLimits {
  /** Hard memory limit of the engine in MiB; larger work spills to `spillFolder`. The process needs about 35 % more. */
  readonly memoryMiBMax: number
  readonly threads: number
}

/** Settings of an engine: where it may spill, and what it may use. */
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
  /** Stops what this connection is running. The connection stays usable. */
  interrupt(): void
  close(): void
}

export async function openWarehouse(options: WarehouseOptions): Promise<Warehouse> {
  mkdirSync(options.spillFolder, { recursive: true })
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${options.memoryMiBMax}MiB`,
    threads: String(options.threads),
    temp_directory: path.resolve(options.spillFolder),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  const warehouse = connected(instance, connection, () => instance.closeSync())
  await warehouse.run(sql`SET TimeZone = 'UTC'`)
  return warehouse
}

function connected(
  instance: DuckDBInstance,
  connection: DuckDBConnection,
  closeInstance: () => void,
): Warehouse {
  return {
    async rows<T extends object>(query: Sql): Promise<T[]> {
      const reader = await connection.runAndReadAll(query.text)
      return reader.getRowObjects().map(row => plainRow(row) as T)
    },
    columns: query => streamColumns(connection, query),
    async run(query: Sql): Promise<number> {
      return (await connection.run(query.text)).rowsChanged
    },
    async fork() {
      const second = await instance.connect()
      return connected(instance, second, () => {})
    },
    interrupt: () => connection.interrupt(),
    close() {
      connection.closeSync()
      closeInstance()
    },
  }
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
