import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { withLock } from '#desk'
import { audit, auditTrail } from '#governance'
import { err, type Fault, momentOn, ok, type PlainDate, type Result } from '#kernel'
import type { Application } from '../application.ts'
import { fileThere, fileUnreadable, fileUnwritable, noEntries, nothingToSeal } from '../trail-faults.ts'
import type { Looker } from './look.ts'

const breaks = {
  changed: { zh: '内容被改动', en: 'its content was changed' },
  removed: { zh: '记录被删除', en: 'an entry was removed' },
  unlinked: { zh: '绕过链条写入', en: 'it was written past the chain' },
  previous: { zh: '与前一条不相连', en: 'it does not follow the one before' },
  shortened: { zh: '最后的记录缺失', en: 'the latest entries are gone' },
} as const

export type ChainEnd = Parameters<typeof auditTrail.verify>[1]

/** Goes through the whole chain and says the first broken link. It is audited. */
export async function verifyAudit(application: Application, looker: Looker, expected?: ChainEnd) {
  const { desk, clock } = application
  const report = await auditTrail.verify(desk.db, expected)
  await audit(desk.db, {
    at: clock.now(),
    staffId: looker.staffId,
    act: 'audit.verify',
    subject: 'audit',
    detail: { entries: report.entries, broken: report.broken?.position ?? null },
    from: looker.from,
  })
  return ok({ ...report, broken: brokenShown(report.broken) })
}

/** The same for a file that was exported or sealed; the desk is not asked. Faults audit.file-unreadable, audit.no-entries. */
export async function verifyAuditFile(file: string) {
  try {
    return await verifiedFile(file)
  } catch (error) {
    if (error instanceof SyntaxError) return err(noEntries(file))
    if (isRefused(error)) return err(fileUnreadable(file))
    throw error
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

async function verifiedFile(file: string) {
  const report = await auditTrail.verifyLines(createInterface({ input: createReadStream(file) }))
  return ok({
    entries: report.entries,
    sealed: report.after.position,
    end: report.end,
    broken: brokenShown(report.broken),
    sha256: await sha256Of(file),
  })
}

function brokenShown(broken: Awaited<ReturnType<typeof auditTrail.verify>>['broken']) {
  return broken && { position: broken.position, why: { code: broken.why, title: breaks[broken.why] } }
}

/** Writes all entries there are into a file, an entry a line, with the hashes that prove it. Faults file.exists, audit.broken. */
export async function exportAudit(application: Application, looker: Looker, out: string) {
  const { desk, clock } = application
  const written = await writeEntries(application, out, clock.now())
  if (!written.ok) return written
  const { entries, sha256 } = written.value
  await audit(desk.db, {
    at: clock.now(),
    staffId: looker.staffId,
    act: 'audit.export',
    subject: 'audit',
    detail: { entries, sha256 },
    from: looker.from,
  })
  return written
}

export interface SealOrder {
  /** Entries of days before this one leave. */
  readonly before: PlainDate
  readonly out: string
  readonly reason: string
}

/** How many entries a seal would move; nothing is changed. */
export async function sealable(application: Application, before: PlainDate): Promise<number> {
  const { desk, zone } = application
  const sealed = await auditTrail.lines(desk.db, 0).next()
  const begins = 'after' in sealed.value ? sealed.value.after.position : 0
  return Math.max(0, (await auditTrail.oldestThrough(desk.db, momentOn(before, 0, zone))) - begins)
}

/**
 * Moves entries older than a day into a file, and puts a seal in their place from which the chain goes on. The file is
 * written, read back and verified before anything leaves. Faults audit.nothing-to-seal, audit.broken, file.exists, desk.busy.
 */
export async function sealAudit(application: Application, looker: Looker, order: SealOrder) {
  return withLock(application.desk, 'audit-seal', () => sealLocked(application, looker, order))
}

async function sealLocked(application: Application, looker: Looker, order: SealOrder) {
  const { desk, clock, zone } = application
  const before = momentOn(order.before, 0, zone)
  if ((await sealable(application, order.before)) === 0) return err(nothingToSeal())
  const written = await writeEntries(application, order.out, before)
  if (!written.ok) return written
  const { end, entries, sha256 } = written.value
  const { staffId, from } = looker
  await auditTrail.seal(desk.db, {
    end,
    entries,
    before,
    fileSha256: sha256,
    at: clock.now(),
    staffId,
    from,
    reason: order.reason,
  })
  return written
}

interface Written {
  readonly file: string
  readonly entries: number
  readonly end: { readonly position: number; readonly hash: string }
  readonly sha256: string
}

/** A file appears whole and proven, or not at all. */
async function writeEntries(
  application: Application,
  out: string,
  before: Date,
): Promise<Result<Written, Fault>> {
  const { db } = application.desk
  const file = path.resolve(out)
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (isThere) return err(fileThere(file))
  const partial = `${file}.partial`
  try {
    const lines = auditTrail.lines(db, await auditTrail.oldestThrough(db, before))
    const asText = new Transform({
      writableObjectMode: true,
      transform: (line, _, done) => done(null, `${JSON.stringify(line)}\n`),
    })
    await pipeline(Readable.from(lines), asText, createWriteStream(partial, { mode: 0o600 }))
    await flush(partial)
    const report = await auditTrail.verifyLines(createInterface({ input: createReadStream(partial) }))
    if (report.broken !== null) return err(auditTrail.broken(report.broken.position))
    const sha256 = await sha256Of(partial)
    await rename(partial, file)
    return ok({ file, entries: report.entries, end: report.end, sha256 })
  } catch (error) {
    if (isRefused(error)) return err(fileUnwritable(file))
    throw error
  } finally {
    await rm(partial, { force: true })
  }
}

async function flush(file: string): Promise<void> {
  const handle = await open(file)
  await handle.sync()
  await handle.close()
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
