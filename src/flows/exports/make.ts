import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { withLock } from '#desk'
import { audit, can, listStaff, settingBook } from '#governance'
import { err, type Fault, FaultError, ok, type Result } from '#kernel'
import type { Application } from '../application.ts'
import { askerFrom } from '../asker.ts'
import { exportBroken, makerGone } from '../trail-faults.ts'
import { type ExportRow, exportedLists, exportTables, moveExport, takeNext } from './book.ts'
import { csvFile } from './csv.ts'
import { exportedRows } from './rows.ts'
import { workbookFile } from './workbook.ts'

const making = new WeakMap<Application, Promise<void>>()
const stopping = new WeakSet<Application>()

/**
 * Makes every export that is queued, one after another, in whichever process asks first; what a process left unfinished when
 * it died is made again. Ends when nothing is queued.
 */
export function makeExports(application: Application): Promise<void> {
  const going = (making.get(application) ?? Promise.resolve()).then(async () => {
    await withLock(application.desk, 'exports', async () => ok(await makeQueued(application)))
  })
  const kept = going.catch(() => undefined)
  making.set(application, kept)
  return kept
}

/** Begins what an earlier process left. */
export function beginExports(application: Application): Promise<void> {
  stopping.delete(application)
  return makeExports(application)
}

/** Stops making: what is half made is made again by whoever asks next. For a process that is about to end. */
export async function stopExports(application: Application): Promise<void> {
  stopping.add(application)
  await making.get(application)
}

/** Waits for what is being made: a process that closes its desk before would leave it half done. */
export async function exportsMade(application: Application): Promise<void> {
  await making.get(application)
}

async function makeQueued(application: Application): Promise<void> {
  const { db } = application.desk
  // We hold the lock: whatever is said to be in the making was left by somebody who died.
  await exportTables(db)
    .updateTable('flows_export')
    .set({ state: 'queued' })
    .where('state', '=', 'running')
    .execute()
  for (let next = await takeNext(db); next !== undefined; next = await takeNext(db)) {
    const made = await madeOrFault(application, next)
    if (stopping.has(application)) return
    if (!made.ok)
      await moveExport(db, next.id, ['running'], { state: 'failed', fault: JSON.stringify(made.fault) })
  }
}

async function madeOrFault(application: Application, wanted: ExportRow): Promise<Result<true, Fault>> {
  try {
    return await make(application, wanted)
  } catch (error) {
    const fault = error instanceof FaultError ? error.faults[0] : undefined
    return err(fault ?? exportBroken(error instanceof Error ? error.name : 'unknown'))
  }
}

export function exportFile(
  application: Application,
  { id, format }: Pick<ExportRow, 'id' | 'format'>,
): string {
  return path.join(application.dataFolder, 'exports', `${id}.${format}`)
}

/** Writes the file whole, then says that it is there. The maker's scope is that of now, not of when it was asked for. */
async function make(application: Application, wanted: ExportRow): Promise<Result<true, Fault>> {
  const { desk, clock } = application
  const { permission } = exportedLists[wanted.what]
  const staff = (await listStaff(desk.db)).find(s => s.id === wanted.staff_id)
  const asker = staff && (await askerFrom(application, staff, permission))
  if (asker === undefined || !can(asker.staff, permission)) return err(makerGone())
  const file = exportFile(application, wanted)
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const partial = `${file}.partial`
  try {
    const counted = { rows: 0 }
    const rows = recorded(application, wanted, exportedRows(application, asker, wanted), counted)
    const sheet = exportedLists[wanted.what][wanted.language]
    const bytes = wanted.format === 'csv' ? csvFile(rows) : workbookFile(rows, sheet)
    const hash = createHash('sha256')
    const hashing = new Transform({
      transform: (chunk: Buffer, _, done) => {
        hash.update(chunk)
        done(null, chunk)
      },
    })
    await pipeline(Readable.from(bytes), hashing, createWriteStream(partial, { mode: 0o600, flush: true }))
    await rename(partial, file)
    const made = { sha256: hash.digest('hex'), bytes: (await stat(file)).size, rows: counted.rows }
    const hours = await settingBook.read(desk.db, 'exportKeptHours')
    const at = clock.now()
    await desk.db.transaction().execute(async trx => {
      const to = { state: 'ready', rows_done: made.rows, bytes: made.bytes, sha256: made.sha256 } as const
      const times = { made_at: at, expires_at: new Date(at.getTime() + hours * 3_600_000) }
      await moveExport(trx, wanted.id, ['running'], { ...to, ...times })
      await audit(trx, entryOf(wanted, at, 'export.make', made))
    })
    return ok(true)
  } finally {
    await rm(partial, { force: true })
  }
}

/** Rows on their way into the file: who is in them is audited as they go, and how far it is can be asked. */
async function* recorded(
  application: Application,
  wanted: ExportRow,
  rows: ReturnType<typeof exportedRows>,
  counted: { rows: number },
) {
  const { desk, clock } = application
  for await (const some of rows) {
    if (!some.isTitle) {
      counted.rows += some.rows.length
      const entry = entryOf(wanted, clock.now(), 'export.rows', { rows: some.rows.length })
      await audit(desk.db, { ...entry, subscribers: some.subscribers })
      const isWanted = await moveExport(desk.db, wanted.id, ['running'], { rows_done: counted.rows })
      if (!isWanted || stopping.has(application)) throw new Error('the export was cancelled')
    }
    yield some.rows
  }
}

export function entryOf(
  wanted: ExportRow,
  at: Date,
  act: string,
  more: Readonly<Record<string, unknown>> = {},
) {
  const { id, staff_id: staffId, what, format, plain, purpose, reason, from_address: from } = wanted
  return {
    at,
    staffId,
    act,
    subject: `export:${id}`,
    detail: { what, format, plain, purpose, ...more },
    reason,
    from: from ?? undefined,
  }
}
