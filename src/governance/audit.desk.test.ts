import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Desk, migrationsIn } from '#desk'
import { freshDesk } from '../../test/support/desk.ts'
import { type AuditEntry, audit } from './audit.ts'
import { type ChainEnd, chainBegins, digestOf, linksAfter, verifyAudit } from './audit-chain.ts'
import { auditLines, oldestThrough, sealAudit, verifyLines } from './audit-seal.ts'
import { searchAudit } from './audit-search.ts'

let desk: Desk
beforeEach(async () => {
  desk = await freshDesk(migrationsIn(import.meta.dirname))
})
afterEach(() => desk.close())

const start = Date.parse('2026-03-10T01:00:00Z')
const at = (minutes: number) => new Date(start + minutes * 60_000)

function look(nth: number, more: Partial<AuditEntry> = {}): AuditEntry {
  return { at: at(nth), staffId: 'staff_a', act: 'subscriber.look', subject: `subscriber:S${nth}`, ...more }
}

/** What somebody with the keys of the database could do: the triggers do not see it. */
async function unseen(statement: string): Promise<void> {
  await desk.db.connection().execute(async db => {
    for (const table of ['governance_audit', 'governance_audit_link', 'governance_audit_seal'])
      await sql.raw(`alter table ${table} disable trigger user`).execute(db)
    await sql.raw(statement).execute(db)
    for (const table of ['governance_audit', 'governance_audit_link', 'governance_audit_seal'])
      await sql.raw(`alter table ${table} enable trigger user`).execute(db)
  })
}

test('every entry is linked to the one before, whatever its words are', async () => {
  const text = fc.string({ unit: 'binary' }).map(s => s.replaceAll('\u0000', ''))
  const entry = fc.record({
    staffId: fc.option(text),
    act: text,
    subject: text,
    detail: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean())),
    reason: fc.option(text, { nil: undefined }),
    from: fc.option(fc.ipV6(), { nil: undefined }),
    subscribers: fc.array(text, { maxLength: 3 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 8 }), async entries => {
      await audit(desk.db, ...entries.map((e, i) => ({ ...e, at: at(i) })))
      const links = await linksAfter(desk.db, 0, 10_000)
      const present = links.flatMap(link => ('missing' in link ? [] : [link]))
      expect(present.map(link => digestOf(link.previous, link))).toEqual(present.map(link => link.hash))
    }),
    { numRuns: 30 },
  )
  expect(await verifyAudit(desk.db)).toMatchObject({ broken: null, sealed: 0 })
})

test('sixteen who write at once make one chain without a gap, and one who fails leaves none', async () => {
  await Promise.all(
    Array.from({ length: 16 }, async (_, writer) => {
      for (let i = 0; i < 20; i++) await audit(desk.db, look(i, { staffId: `staff_${writer}` }), look(i + 1))
    }),
  )
  const refused = desk.db.transaction().execute(async trx => {
    await audit(trx, look(99))
    throw new Error('no')
  })
  await expect(refused).rejects.toThrow('no')
  expect(await verifyAudit(desk.db)).toMatchObject({ entries: 640, broken: null, end: { position: 640 } })
})

test('a transaction that audits early and waits late holds nobody up', async () => {
  await desk.db.transaction().execute(async trx => {
    await audit(trx, look(1))
    await audit(desk.db, look(2))
    expect(await verifyAudit(desk.db)).toMatchObject({ entries: 1, broken: null })
  })
  expect(await verifyAudit(desk.db)).toMatchObject({ entries: 2, broken: null })
})

test.each([
  [
    'changed',
    "update governance_audit set staff_id = 'staff_b' where id = 5",
    { position: 5, why: 'changed' },
  ],
  [
    'changed',
    'update governance_audit set detail = \'{"a": 1}\' where id = 1',
    { position: 1, why: 'changed' },
  ],
  [
    'changed',
    "update governance_audit set at = at + interval '1 microsecond' where id = 9",
    { position: 9, why: 'changed' },
  ],
  ['removed', 'delete from governance_audit where id = 6', { position: 6, why: 'removed' }],
  [
    'removed with its link',
    'with gone as (delete from governance_audit where id = 7) delete from governance_audit_link where entry_id = 7',
    { position: 7, why: 'removed' },
  ],
  [
    'swapped',
    'update governance_audit_link set entry_id = case position when 3 then 104 else 103 end where position in (3, 4)',
    { position: 3, why: 'removed' },
  ],
  [
    'relinked',
    "update governance_audit_link set hash = repeat('1', 64) where position = 8",
    { position: 8, why: 'changed' },
  ],
  [
    'added past the chain',
    "insert into governance_audit (at, act, subject, detail) values (now(), 'x', 'y', '{}')",
    { position: 11, why: 'unlinked' },
  ],
])('an entry that was %s behind the triggers is found: %s', async (_, statement, broken) => {
  await audit(desk.db, ...Array.from({ length: 10 }, (_, i) => look(i)))
  expect((await verifyAudit(desk.db)).broken).toBeNull()
  await unseen(statement)
  expect((await verifyAudit(desk.db)).broken).toEqual(broken)
})

test('a chain that lost its latest entries is told by an end noted down earlier', async () => {
  await audit(desk.db, ...Array.from({ length: 10 }, (_, i) => look(i)))
  const { end } = await verifyAudit(desk.db)
  await audit(desk.db, look(11))
  expect((await verifyAudit(desk.db, end)).broken).toBeNull()
  await unseen(
    'with gone as (delete from governance_audit where id > 8) delete from governance_audit_link where entry_id > 8',
  )
  expect((await verifyAudit(desk.db)).broken).toBeNull()
  expect((await verifyAudit(desk.db, end)).broken).toEqual({ position: 9, why: 'shortened' })
})

test('what is sealed goes into a file and the chain still verifies, here and there', async () => {
  await audit(desk.db, ...Array.from({ length: 10 }, (_, i) => look(i)))
  const first = await seal(at(4))
  expect(first.file).toHaveLength(6)
  expect(await verifyAudit(desk.db)).toMatchObject({ sealed: 4, entries: 7, broken: null })
  const second = await seal(at(8))
  expect(await verifyAudit(desk.db)).toMatchObject({ sealed: 8, broken: null })
  expect(await verifyLines(first.file)).toMatchObject({
    after: chainBegins,
    end: first.end,
    entries: 4,
    broken: null,
  })
  expect(await verifyLines(second.file)).toMatchObject({ after: first.end, end: second.end, broken: null })
  expect((await verifyAudit(desk.db, first.end)).broken).toBeNull()
  await audit(desk.db, look(12))
  expect(await verifyAudit(desk.db)).toMatchObject({ broken: null })
  const worse = first.file.map(line => line.replace('staff_a', 'staff_b'))
  expect((await verifyLines(worse)).broken).toEqual({ position: 1, why: 'changed' })
  expect((await verifyLines(first.file.slice(0, -2))).broken).toEqual({ position: 4, why: 'shortened' })
  expect((await verifyLines(first.file.toSpliced(2, 1))).broken).toEqual({ position: 2, why: 'removed' })
})

async function seal(before: Date): Promise<{ readonly file: readonly string[]; readonly end: ChainEnd }> {
  const lines = []
  for await (const line of auditLines(desk.db, await oldestThrough(desk.db, before))) lines.push(line)
  const last = lines.at(-1)
  if (last === undefined || !('entries' in last)) throw new Error('a file without an end')
  const common = { before, fileSha256: 'x', at: at(1_000), staffId: null, reason: 'test' }
  await sealAudit(desk.db, { ...last, ...common })
  return { file: lines.map(line => JSON.stringify(line)), end: last.end }
}

test('nothing leaves that is not sealed', async () => {
  await audit(desk.db, look(1))
  for (const words of [
    'delete from governance_audit',
    'delete from governance_audit_link',
    'update governance_audit_link set position = 7',
    'truncate governance_audit_link',
    'truncate governance_audit_seal',
  ])
    await expect(sql.raw(words).execute(desk.db)).rejects.toThrow('append-only')
})

test('it is found by subscriber, by staff, by act and by time', async () => {
  await audit(
    desk.db,
    look(1),
    look(2, { staffId: null, act: 'night.stop', subject: 'night:2026-03-10' }),
    look(3, { act: 'task.look', subject: 'task:t1', subscribers: ['S1'], reason: 'asked', from: '10.0.0.7' }),
    look(4, { staffId: 'staff_b' }),
  )
  const ids = async (query: Parameters<typeof searchAudit>[1]) =>
    (await searchAudit(desk.db, query)).lines.map(line => line.id)
  const scope = { kind: 'branch', nodePath: '/hq/' } as const
  expect(await ids({ scope })).toEqual([4, 3, 2, 1])
  expect(await ids({ scope, subscribers: ['S1'] })).toEqual([3, 1])
  expect(await ids({ scope, staffId: 'staff_a' })).toEqual([3, 1])
  expect(await ids({ scope, act: 'night.stop' })).toEqual([2])
  expect(await ids({ scope, from: at(2), to: at(4) })).toEqual([3, 2])
  expect(await ids({ scope, page: 2, pageSize: 3 })).toEqual([1])
  expect(await ids({ scope: { kind: 'branch', nodePath: '/hq/c1/' } })).toEqual([])
  const [third] = (await searchAudit(desk.db, { scope, act: 'task.look' })).lines
  expect(third).toMatchObject({ reason: 'asked', from: '10.0.0.7', position: 3, act: { code: 'task.look' } })
})
