import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { FaultError } from '#kernel'
import type { Warehouse } from './engine.ts'
import { join, type Sql, sql } from './sql.ts'

export interface ParquetFile {
  readonly path: string
  readonly rows: number
  readonly bytes: number
}

/**
 * Writes a query's rows as one zstd Parquet file, sorted by `orderBy` so that equal rows give equal bytes; as the query
 * gives them when that is empty. The rows go to a temporary name beside it, are synced, and only then renamed: a reader
 * never sees half a file.
 * Fault warehouse.disk-full when there is no room; nothing is left behind then.
 */
export async function writeParquet(
  warehouse: Warehouse,
  query: Sql,
  to: string,
  orderBy: readonly Sql[],
): Promise<ParquetFile> {
  const temporary = `${to}.${process.pid}.part`
  await mkdir(path.dirname(to), { recursive: true })
  const sorted = orderBy.length === 0 ? query : sql`SELECT * FROM (${query}) ORDER BY ${join(orderBy)}`
  try {
    const rows = await warehouse.run(
      sql`COPY (${sorted}) TO ${temporary} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, DICTIONARY_SIZE_LIMIT 2000, WRITE_BLOOM_FILTER false)`,
    )
    await syncFile(temporary)
    await rename(temporary, to)
    await syncFolder(path.dirname(to))
    return { path: to, rows, bytes: (await stat(to)).size }
  } catch (error) {
    await rm(temporary, { force: true })
    throw isDiskFull(error) ? new FaultError(diskFull(to)) : error
  }
}

/** Writes a small text file in one piece: temporary name, sync, rename. */
export async function writeWhole(to: string, text: string): Promise<void> {
  await writeAppended(to, append => append(Buffer.from(text)))
}

/** Writes a file from start to end; it has its name only when all of it is there: temporary name, sync, rename. */
export async function writeAppended(
  to: string,
  write: (append: (bytes: Uint8Array) => Promise<void>) => Promise<void>,
): Promise<void> {
  const temporary = `${to}.${process.pid}.part`
  await mkdir(path.dirname(to), { recursive: true })
  try {
    const file = await open(temporary, 'w')
    try {
      await write(bytes => file.writeFile(bytes))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, to)
    await syncFolder(path.dirname(to))
  } catch (error) {
    await rm(temporary, { force: true })
    throw isDiskFull(error) ? new FaultError(diskFull(to)) : error
  }
}

/** Removes what a killed process left half-written under `folder`. Call it only while holding the writer's lock. */
export async function sweepParts(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  await Promise.all(
    names.filter(n => n.endsWith('.part')).map(n => rm(path.join(folder, n), { force: true })),
  )
}

/** SHA-256 of a file's bytes, in hex. */
export async function fileDigest(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function isDiskFull(error: unknown): boolean {
  const text = error instanceof Error ? `${(error as NodeJS.ErrnoException).code ?? ''} ${error.message}` : ''
  return /ENOSPC|No space left|disk (is )?full|File too large|EFBIG/i.test(text)
}

function diskFull(file: string) {
  return {
    code: 'warehouse.disk-full',
    en: 'the disk is full: nothing was changed; free some space and run again',
    zh: '磁盘已满：未作任何改动；请清理空间后重新运行',
    at: { file: path.basename(file) },
  } as const
}
