import type { Generated, Kysely } from 'kysely'
import { type DeskDb, insertRows, type Migration, migrationsIn } from '#desk'
import type { DaySpan, Fault, PlainDate } from '#kernel'
import { pieces, type Shelf } from '#warehouse'
import type { FeedId } from './contract/feed.ts'
import { feeds } from './contract/feeds.ts'
import type { CheckedFeed, Finding } from './finding.ts'
import type { LoadOutcome } from './load.ts'
import { type LoadReport, readReport } from './report.ts'

interface DeliveryRow {
  feed: FeedId
  span_from: PlainDate
  span_to: PlainDate
  version: number
  state: 'loaded' | 'refused'
  fingerprint: string | null
  learned_on: PlainDate
  source_rows: number | null
  rows: number | null
  quarantined: number | null
  reasons: Readonly<Record<string, number>>
  fault: Fault | null
  kept_at: Generated<Date>
}

interface CheckRow {
  as_of: PlainDate
  feed: FeedId
  verdict: CheckedFeed['verdict']
  findings: readonly Finding[]
  checked_at: Generated<Date>
}

interface Tables {
  ingest_delivery: DeliveryRow
  ingest_check: CheckRow
}

/** A delivery as the desk keeps it. Version 0: refused. */
export interface KeptDelivery {
  readonly feed: FeedId
  readonly span: DaySpan
  readonly version: number
  readonly state: 'loaded' | 'refused'
  readonly learnedOn: PlainDate
  readonly sourceRows: number
  readonly rows: number
  readonly quarantined: number
  /** Bad rows by '<column>:<reason>'. */
  readonly reasons: Readonly<Record<string, number>>
  readonly fault?: Fault
}

export const ingestMigrations: readonly Migration[] = migrationsIn(import.meta.dirname)

/**
 * Brings the desk's list of deliveries up to what lies on the shelf, and adds the refused ones of this load. What lies
 * there decides, so a load that was killed before it was kept is kept by the next one.
 */
export async function keepDeliveries(
  db: DeskDb,
  shelf: Shelf,
  outcomes: readonly LoadOutcome[],
  asOf: PlainDate,
): Promise<void> {
  const book = tables(db)
  const kept = await book
    .selectFrom('ingest_delivery')
    .select(['feed', 'span_from', 'span_to', 'version'])
    .execute()
  const isKept = new Set(kept.map(k => [k.feed, k.span_from, k.span_to, k.version].join(' ')))
  const fresh: Record<string, unknown>[] = []
  for (const feed of feeds) {
    for (const piece of await pieces(shelf, `feed/${feed.id}`)) {
      if (isKept.has([feed.id, piece.span.from, piece.span.to, piece.version].join(' '))) continue
      const report = await readReport(shelf, piece)
      if (report !== undefined) fresh.push(loadedRow(report))
    }
  }
  const refused = outcomes.flatMap(o => (o.state === 'refused' ? [refusedRow(o, asOf)] : []))
  await book.transaction().execute(async trx => {
    for (const row of [...fresh, ...refused]) {
      await trx
        .deleteFrom('ingest_delivery')
        .where('feed', '=', row['feed'] as FeedId)
        .where('span_from', '=', row['span_from'] as PlainDate)
        .where('span_to', '=', row['span_to'] as PlainDate)
        .where('version', '=', 0)
        .execute()
    }
    await insertRows(trx, 'ingest_delivery', [...fresh, ...refused])
  })
}

function loadedRow(report: LoadReport): Record<string, unknown> {
  return {
    feed: report.feed,
    span_from: report.span.from,
    span_to: report.span.to,
    version: report.version,
    state: 'loaded',
    fingerprint: report.fingerprint,
    learned_on: report.learnedOn,
    source_rows: report.sourceRows,
    rows: report.rows,
    quarantined: report.quarantined,
    reasons: report.reasons,
    fault: null,
  }
}

function refusedRow(
  outcome: Extract<LoadOutcome, { state: 'refused' }>,
  asOf: PlainDate,
): Record<string, unknown> {
  return {
    feed: outcome.feed,
    span_from: outcome.span.from,
    span_to: outcome.span.to,
    version: 0,
    state: 'refused',
    fingerprint: null,
    learned_on: asOf,
    source_rows: null,
    rows: null,
    quarantined: null,
    reasons: {},
    fault: outcome.fault,
  }
}

/** The deliveries the desk knows of, newest data days first. */
export async function keptDeliveries(db: DeskDb, rowsMax: number): Promise<readonly KeptDelivery[]> {
  const rows = await tables(db)
    .selectFrom('ingest_delivery')
    .selectAll()
    .orderBy('span_to', 'desc')
    .orderBy('feed')
    .orderBy('span_from', 'desc')
    .orderBy('version', 'desc')
    .limit(rowsMax)
    .execute()
  return rows.map(row => ({
    feed: row.feed,
    span: { from: row.span_from, to: row.span_to },
    version: row.version,
    state: row.state,
    learnedOn: row.learned_on,
    sourceRows: row.source_rows ?? 0,
    rows: row.rows ?? 0,
    quarantined: row.quarantined ?? 0,
    reasons: row.reasons,
    ...(row.fault === null ? {} : { fault: row.fault }),
  }))
}

/** Deliveries that were refused and whose days touch `span`, by feed. */
export async function refusedIn(db: DeskDb, span: DaySpan): Promise<ReadonlyMap<FeedId, Fault>> {
  const rows = await tables(db)
    .selectFrom('ingest_delivery')
    .select(['feed', 'fault'])
    .where('state', '=', 'refused')
    .where('span_to', '>', span.from)
    .where('span_from', '<', span.to)
    .orderBy('span_from')
    .execute()
  return new Map(rows.flatMap(r => (r.fault === null ? [] : [[r.feed, r.fault] as const])))
}

/** Replaces what is kept of a morning's checks. */
export async function keepChecks(
  db: DeskDb,
  asOf: PlainDate,
  checked: readonly CheckedFeed[],
): Promise<void> {
  await tables(db)
    .transaction()
    .execute(async trx => {
      await trx.deleteFrom('ingest_check').where('as_of', '=', asOf).execute()
      const rows = checked.map(c => ({
        as_of: asOf,
        feed: c.feed,
        verdict: c.verdict,
        findings: c.findings,
      }))
      await insertRows(trx, 'ingest_check', rows)
    })
}

/** How the feeds stood on the morning of `asOf`; empty when they were not checked. */
export async function keptChecks(db: DeskDb, asOf: PlainDate): Promise<readonly CheckedFeed[]> {
  const rows = await tables(db).selectFrom('ingest_check').selectAll().where('as_of', '=', asOf).execute()
  return feeds.flatMap(feed => {
    const row = rows.find(r => r.feed === feed.id)
    return row === undefined ? [] : [{ feed: row.feed, verdict: row.verdict, findings: row.findings }]
  })
}

function tables(db: DeskDb): Kysely<Tables> {
  return db as Kysely<Tables>
}
