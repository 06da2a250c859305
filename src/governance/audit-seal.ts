import { sql } from 'kysely'
import type { DeskDb } from '#desk'
import { FaultError } from '#kernel'
import { audit } from './audit.ts'
import {
  type BrokenLink,
  type ChainEnd,
  chainBegins,
  faultIn,
  type LinkedEntry,
  lastSeal,
  linksAfter,
} from './audit-chain.ts'
import { chainBroken } from './audit-faults.ts'

/** What a file of the audit begins with. */
export interface FileHead {
  readonly format: 'weiwan-audit'
  readonly after: ChainEnd
}

/** And what it ends with. */
export interface FileEnd {
  readonly end: ChainEnd
  readonly entries: number
}

const linksPerRead = 5_000

/** The last position of the run of oldest entries that are all older than `before`; 0 when there is none. */
export async function oldestThrough(db: DeskDb, before: Date): Promise<number> {
  const { rows } = await sql<{ through: number | null }>`
    select coalesce(
      (select min(link.position) - 1 from governance_audit_link link
        join governance_audit entry on entry.id = link.entry_id where entry.at >= ${before}),
      (select max(position) from governance_audit_link)
    ) as through`.execute(db)
  return rows[0]?.through ?? 0
}

/** What a file of the audit is made of. */
export type FileLine = FileHead | LinkedEntry | FileEnd

/** The lines of a file of the audit up to a position, oldest first. Throws at a broken link: such a chain is not to be sealed. */
export async function* auditLines(db: DeskDb, through: number): AsyncGenerator<FileLine> {
  const after = await lastSeal(db)
  let end = after
  yield { format: 'weiwan-audit', after }
  for await (const link of linksThrough(db, after.position, through)) {
    const broken = faultIn(link, end)
    if (broken !== undefined || 'missing' in link) throw new FaultError(chainBroken(end.position + 1))
    yield link
    end = { position: link.position, hash: link.hash }
  }
  yield { end, entries: end.position - after.position }
}

async function* linksThrough(db: DeskDb, after: number, through: number) {
  for (let last = after; last < through; ) {
    const links = await linksAfter(db, last, Math.min(linksPerRead, through - last))
    if (links.length === 0) return
    yield* links
    last = links.at(-1)?.position ?? through
  }
}

export interface Seal {
  readonly end: ChainEnd
  readonly entries: number
  readonly before: Date
  readonly fileSha256: string
  readonly at: Date
  readonly staffId: string | null
  readonly from?: string | undefined
  readonly reason: string
}

/** Replaces entries that stand in a file by a seal from which the chain goes on. All of it or nothing; it is audited itself. */
export async function sealAudit(db: DeskDb, seal: Seal): Promise<void> {
  const { end, entries, before, fileSha256, at } = seal
  await db.transaction().execute(async trx => {
    await sql`insert into governance_audit_seal
      (through_position, hash, entries, before_at, file_sha256, sealed_at)
      values (${end.position}, ${end.hash}, ${entries}, ${before}, ${fileSha256}, ${at})`.execute(trx)
    await sql`delete from governance_audit entry using governance_audit_link link
      where link.entry_id = entry.id and link.position <= ${end.position}`.execute(trx)
    await sql`delete from governance_audit_link where position <= ${end.position}`.execute(trx)
    await audit(trx, {
      at,
      staffId: seal.staffId,
      act: 'audit.seal',
      subject: 'audit',
      detail: { through: end.position, entries, before: before.toISOString(), fileSha256 },
      reason: seal.reason,
      from: seal.from,
    })
  })
}

export interface FileReport {
  readonly after: ChainEnd
  readonly end: ChainEnd
  readonly entries: number
  readonly broken: BrokenLink | null
}

/** Goes through the lines of a file as the chain goes; says the first broken link. */
export async function verifyLines(lines: AsyncIterable<string> | Iterable<string>): Promise<FileReport> {
  let report: FileReport = { after: chainBegins, end: chainBegins, entries: 0, broken: null }
  let isEnded = false
  for await (const text of lines) {
    if (text === '') continue
    const line = JSON.parse(text) as FileLine
    isEnded = 'entries' in line
    report = afterLine(report, line)
    if (report.broken !== null) return report
  }
  return isEnded ? report : { ...report, broken: { position: report.end.position + 1, why: 'shortened' } }
}

function afterLine(report: FileReport, line: FileLine): FileReport {
  const { end, entries } = report
  if ('format' in line) return { ...report, after: line.after, end: line.after }
  if ('entries' in line) {
    const isWhole =
      line.end.position === end.position && line.end.hash === end.hash && line.entries === entries
    return isWhole ? report : { ...report, broken: { position: end.position + 1, why: 'removed' } }
  }
  const broken = faultIn(line, end)
  return broken === undefined
    ? { ...report, end: { position: line.position, hash: line.hash }, entries: entries + 1 }
    : { ...report, broken }
}
