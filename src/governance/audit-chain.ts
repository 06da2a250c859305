import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { DeskDb } from '#desk'

/** An entry as it is hashed and exported: moments and details as the database spells them. */
export interface LinkedEntry {
  readonly position: number
  readonly previous: string
  readonly hash: string
  readonly id: number
  readonly at: string
  readonly staffId: string | null
  readonly act: string
  readonly subject: string
  readonly detail: string
  readonly reason: string | null
  readonly from: string | null
  readonly subscribers: readonly string[]
}

/** Where a chain ends: how many entries it has had in all, and the last one's hash. */
export interface ChainEnd {
  readonly position: number
  readonly hash: string
}

export const chainBegins: ChainEnd = { position: 0, hash: '0'.repeat(64) }

/** The first thing wrong with a chain. */
export interface BrokenLink {
  readonly position: number
  readonly why: 'changed' | 'removed' | 'unlinked' | 'previous' | 'shortened'
}

/** The hash of an entry after the one before it: what governance_audit_digest computes in the database. */
export function digestOf(
  previous: string,
  entry: Omit<LinkedEntry, 'position' | 'previous' | 'hash'>,
): string {
  const parts = [
    previous,
    String(entry.id),
    entry.at,
    entry.staffId,
    entry.act,
    entry.subject,
    entry.detail,
    entry.reason,
    entry.from,
    JSON.stringify(entry.subscribers),
  ]
  const text = parts.map(part => (part === null ? '-,' : `${Buffer.byteLength(part)}:${part},`)).join('')
  return createHash('sha256').update(text).digest('hex')
}

/** What is wrong with a link that follows `before`; undefined when nothing is. */
export function faultIn(link: LinkedEntry | MissingEntry, before: ChainEnd): BrokenLink | undefined {
  if ('missing' in link) return { position: link.position, why: 'removed' }
  if (link.position !== before.position + 1) return { position: before.position + 1, why: 'removed' }
  if (link.previous !== before.hash) return { position: link.position, why: 'previous' }
  if (link.hash !== digestOf(link.previous, link)) return { position: link.position, why: 'changed' }
  return undefined
}

export interface ChainReport {
  /** Entries in the database that were gone through. */
  readonly entries: number
  /** Entries that were moved into files before. */
  readonly sealed: number
  readonly end: ChainEnd
  readonly broken: BrokenLink | null
}

const linksPerRead = 5_000

/**
 * Goes through the whole chain and says the first broken link. `expected`: an end noted down earlier, which must still be in
 * the chain: without one, a chain that lost its latest entries cannot be told from one that never had them.
 */
export async function verifyAudit(db: DeskDb, expected?: ChainEnd): Promise<ChainReport> {
  // One snapshot: entries that are written meanwhile belong to the next time.
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async trx => {
      const begins = await lastSeal(trx)
      const sealed = begins.position
      const isKnown = expected === undefined || (await isSealedEnd(trx, expected))
      const walked = await walk(trx, begins, isKnown ? undefined : expected)
      const entries = walked.end.position - sealed
      if (walked.broken !== null) return { ...walked, entries, sealed }
      const unlinked = await firstUnlinked(trx)
      if (unlinked !== undefined)
        return { entries, sealed, end: walked.end, broken: { position: unlinked, why: 'unlinked' } }
      const broken: BrokenLink | null =
        expected !== undefined && !isKnown && walked.end.position < expected.position
          ? { position: walked.end.position + 1, why: 'shortened' }
          : null
      return { entries, sealed, end: walked.end, broken }
    })
}

async function walk(
  db: DeskDb,
  begins: ChainEnd,
  expected: ChainEnd | undefined,
): Promise<{ readonly end: ChainEnd; readonly broken: BrokenLink | null }> {
  let end = begins
  for (;;) {
    const links = await linksAfter(db, end.position, linksPerRead)
    for (const link of links) {
      const broken = faultIn(link, end)
      if (broken !== undefined) return { end, broken }
      if (expected?.position === link.position && expected.hash !== link.hash)
        return { end, broken: { position: link.position, why: 'changed' } }
      end = { position: link.position, hash: link.hash }
    }
    if (links.length < linksPerRead) return { end, broken: null }
  }
}

export interface MissingEntry {
  readonly position: number
  readonly hash: string
  readonly missing: true
}

/** Links with their entries after a position, in order; a link whose entry is gone says so. */
export async function linksAfter(
  db: DeskDb,
  after: number,
  limit: number,
): Promise<readonly (LinkedEntry | MissingEntry)[]> {
  const { rows } = await sql<LinkedEntry & { readonly isThere: boolean }>`
    select link.position, link.previous, link.hash, entry.id, governance_audit_moment(entry.at) as at,
      entry.staff_id as "staffId", entry.act, entry.subject, entry.detail::text as detail, entry.reason,
      entry.from_address as "from", entry.subscribers, entry.id is not null as "isThere"
    from governance_audit_link link left join governance_audit entry on entry.id = link.entry_id
    where link.position > ${after} order by link.position limit ${limit}`.execute(db)
  return rows.map(({ isThere, ...link }) =>
    isThere ? link : { position: link.position, hash: link.hash, missing: true as const },
  )
}

/** Where the chain in the database begins: the end of what was sealed last. */
export async function lastSeal(db: DeskDb): Promise<ChainEnd> {
  const { rows } = await sql<ChainEnd>`
    select through_position as position, hash from governance_audit_seal
    order by through_position desc limit 1`.execute(db)
  return rows[0] ?? chainBegins
}

async function isSealedEnd(db: DeskDb, end: ChainEnd): Promise<boolean> {
  const { rows } = await sql`
    select from governance_audit_seal where through_position = ${end.position} and hash = ${end.hash}`.execute(
    db,
  )
  return rows.length > 0
}

/** The id of an entry that stands in no link: it was written past the chain. */
async function firstUnlinked(db: DeskDb): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select entry.id from governance_audit entry
    where not exists (select from governance_audit_link link where link.entry_id = entry.id)
    order by entry.id limit 1`.execute(db)
  return rows[0]?.id
}
