import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { sql } from 'kysely'
import { type DeskDb, withLock } from '#desk'
import { dropVectors } from '#factors'
import { audit } from '#governance'
import { eraseFromFeeds } from '#ingest'
import { ok } from '#kernel'
import { versionBook } from '#rules'
import type { Application } from '../application.ts'
import { exportFile } from '../exports/make.ts'
import { type Person, personBehind, type Requester, rowsAbout } from './collect.ts'
import { type Holding, holdings } from './holdings.ts'

/**
 * Erases one customer's personal data. First it is noted who, then the warehouse's list says so, which every reader obeys; then
 * the desk, in one transaction: keys become pseudonyms that nobody can turn back, values are blanked, ledgers keep their counts.
 * Killed on the way and asked again, it goes on. Faults subscriber.unknown, desk.busy.
 */
export async function erasePersonalData(application: Application, key: string, by: Requester) {
  return withLock(application.desk, 'personal-data', async () => {
    const found = await personBehind(application, key)
    if (!found.ok) return found
    const person = found.value
    const { desk, shelf, clock } = application
    await keepInList(desk.db, person, by.reason, clock.now())
    await eraseFromFeeds(shelf, {
      subs: person.subs,
      subscribers: person.subscriberIds,
      customers: person.customerId === null ? [] : [person.customerId],
    })
    await dropVectors(shelf)
    const counts = await desk.db.transaction().execute(async trx => {
      const at = clock.now()
      const pseudonyms = new Map(
        person.subscriberIds.map(id => [id, `erased_${randomBytes(9).toString('hex')}`]),
      )
      const done: Record<string, number> = {}
      for (const holding of holdings) done[holding.table] = await blank(trx, holding, pseudonyms)
      // A rule goes on without the tests about this customer.
      done['rule_version'] = await versionBook.forget(trx, person.subscriberIds)
      await audit(trx, {
        at,
        staffId: by.staffId,
        act: 'personal-data.erase',
        subject: `customer:${person.customerId ?? '—'}`,
        subscribers: person.subscriberIds,
        detail: { rows: Object.values(done).reduce((sum, n) => sum + n, 0) },
        reason: by.reason,
        from: by.from,
      })
      return done
    })
    const files = await removeExports(application, person)
    return ok({ person, counts, files })
  })
}

async function blank(
  trx: DeskDb,
  holding: Holding,
  pseudonyms: ReadonlyMap<string, string>,
): Promise<number> {
  const { table, about, onErase } = holding
  const where = rowsAbout(holding, [...pseudonyms.keys()])
  if (onErase === 'keep') return 0
  if (onErase === 'remove') {
    const removed = await sql`delete from ${sql.table(table)} held where ${where}`.execute(trx)
    return Number(removed.numAffectedRows ?? 0)
  }
  const values = Object.entries(onErase).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  const key = 'of' in about ? [] : [sql`${sql.ref(about.column)} = ${pseudonymIn(about.column, pseudonyms)}`]
  const changes = [...values, ...key]
  if (changes.length === 0) return 0
  const changed = await sql`update ${sql.table(table)} held set ${sql.join(changes)} where ${where}`.execute(
    trx,
  )
  return Number(changed.numAffectedRows ?? 0)
}

function pseudonymIn(column: string, pseudonyms: ReadonlyMap<string, string>) {
  const cases = [...pseudonyms].map(([id, pseudonym]) => sql`when ${id} then ${pseudonym}`)
  return sql`case ${sql.ref(`held.${column}`)} ${sql.join(cases, sql` `)} end`
}

async function keepInList(db: DeskDb, person: Person, reason: string, at: Date): Promise<void> {
  for (const id of person.subscriberIds) {
    await sql`insert into flows_erased (subscriber_id, customer_id, reason, erased_at)
      values (${id}, ${person.customerId}, ${reason}, ${at}) on conflict do nothing`.execute(db)
  }
}

/** Files that hold these subscribers and could still be downloaded are removed; the audit says which they are. */
async function removeExports(application: Application, { subscriberIds }: Person): Promise<number> {
  const { rows } = await sql<{ id: number; format: 'csv' | 'xlsx' }>`
    update flows_export set state = 'expired' where state = 'ready' and ('export:' || id) in (
      select subject from governance_audit where act = 'export.rows' and subscribers && ${[...subscriberIds]}::text[])
    returning id, format`.execute(application.desk.db)
  for (const row of rows) await rm(exportFile(application, row), { force: true })
  return rows.length
}
