import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { read, utils } from '@e965/xlsx'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditDesk, exportDesk, personalData } from '#flows'
import {
  fileReader,
  listStaff,
  type PersonalKind,
  personalFields,
  type Staff,
  settingBook,
  shownTo,
} from '#governance'
import { feedState } from '#ingest'
import { everybody } from '#kernel'
import { versionBook } from '#rules'
import { listTasks } from '#tasks'
import { type Cell, sql as query, type Row } from '#warehouse'
import { type Caller, type Journey, journey, today } from './support/city.ts'

let city: Journey
let staff: readonly Staff[]
let lines: ReadonlyMap<string, Row>
const looker = { staffId: null, from: 'command line', scope: everybody }
const text = (value: Cell | undefined) => (typeof value === 'string' ? value : null)
beforeAll(async () => {
  city = await journey()
  const { desk, shelf } = city.application
  staff = await listStaff(desk.db)
  const relation = await feedState({ shelf }, 'subscriber', today)
  const customers = await feedState({ shelf }, 'customer', today)
  if (relation === undefined || customers === undefined) throw new Error('a city without feeds')
  const engine = await city.application.warehouse()
  const rows = await engine.rows<Row>(
    query`SELECT l.*, c.name AS customer_name, c.document_id FROM ${relation} AS l LEFT JOIN ${customers} AS c ON c.customer_id = l.customer_id`,
  )
  lines = new Map(rows.map(row => [String(row['subscriber_id']), row]))
})
afterAll(() => city.close())

const wanted = { format: 'csv', plain: false, purpose: 'analysis', reason: 'monthly report' } as const

async function download(caller: Caller, id: number): Promise<Buffer> {
  const reply = await caller.download('downloadExport', { parts: { id: String(id) } })
  expect(reply.status).toBe(200)
  return reply.content
}

interface Export {
  readonly id: number
  readonly state: { readonly code: string }
  readonly rowsDone: number
  readonly rowsExpected: number
  readonly approvalId: number | null
}
async function askExport(caller: Caller, more: object): Promise<Export> {
  const asked = await caller.ask('askExport', { body: { ...wanted, what: 'tasks', ...more } as never })
  expect(asked, JSON.stringify(asked.body)).toMatchObject({ status: 200 })
  return asked.body
}

function cellsOf(file: Buffer): readonly (readonly unknown[])[] {
  const book = read(file, { raw: true })
  return utils.sheet_to_json(book.Sheets[book.SheetNames[0] ?? ''] ?? {}, {
    header: 1,
    raw: true,
    defval: null,
  })
}

/** What each way of looking shows of one subscriber's number and name. */
async function shownOf(caller: Caller, subscriberId: string, taskId: string) {
  const about = (rows: readonly { subscriberId?: string; id?: string }[]) =>
    rows.find(r => r.subscriberId === subscriberId || r.id === subscriberId) as
      | Record<string, unknown>
      | undefined
  const list = (await caller.ask('listTasks', { query: { q: subscriberId, pageSize: '100' } })).body as {
    rows: never[]
  }
  const task = (await caller.ask('showTask', { parts: { id: taskId } })).body as Record<string, unknown>
  const search = (await caller.ask('findSubscribers', { query: { q: subscriberId } })).body as {
    rows: never[]
  }
  const detail = (await caller.ask('showSubscriber', { parts: { id: subscriberId } })).body as {
    basics?: Record<string, unknown>
  }
  return {
    number: [about(list.rows), task, about(search.rows), detail.basics].map(row => row?.['number']),
    name: [about(list.rows), task, about(search.rows), detail.basics].map(row => row?.['customerName']),
  }
}

test('a field is shown the same in list, detail, search and API, and masked the same in CSV and Excel', async () => {
  const people = staff.filter(s => s.permissions.has('task.look') && s.permissions.has('subscriber.look'))
  const callers = new Map(
    await Promise.all(people.map(async s => [s.login, await city.as(s.login)] as const)),
  )
  const files = new Map<string, Record<'csv' | 'xlsx', readonly (readonly unknown[])[]>>()
  for (const person of people.filter(s => s.permissions.has('export.ask'))) {
    const caller = callers.get(person.login)
    const list = (await caller?.ask('listTasks'))?.body as { total: number } | undefined
    if (caller === undefined || !list?.total) continue
    const made = async (format: 'csv' | 'xlsx') =>
      cellsOf(await download(caller, (await askExport(caller, { format })).id))
    files.set(person.login, { csv: await made('csv'), xlsx: await made('xlsx') })
  }
  expect(files.size).toBeGreaterThan(3)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...people), fc.nat(), async (person, nth) => {
      const caller = callers.get(person.login)
      if (caller === undefined) return
      const page = (await caller.ask('listTasks', { query: { pageSize: '100' } })).body as {
        rows: readonly { id: string; subscriberId: string }[]
      }
      const task = page.rows[nth % Math.max(1, page.rows.length)]
      if (task === undefined) return
      const line = lines.get(task.subscriberId)
      const plain = { number: text(line?.['number']), name: text(line?.['customer_name']) }
      const shown = await shownOf(caller, task.subscriberId, task.id)
      for (const field of ['number', 'name'] as const) {
        expect(new Set(shown[field]), `${person.login} ${field}`).toEqual(
          new Set([shownTo(person, plain[field], field)]),
        )
        for (const cells of Object.values(files.get(person.login) ?? {})) {
          const row = cells.find(r => r[0] === task.id)
          expect(row?.[field === 'number' ? 7 : 8], `${person.login} file`).toBe(
            shownTo(fileReader(false), plain[field], field),
          )
        }
      }
    }),
    { numRuns: 60 },
  )
}, 600_000)

test('plain values leave after a second person said so, as the level says, and everything is in the audit', async () => {
  const asker = await city.as('campaign')
  const asked = await askExport(asker, { plain: true, format: 'xlsx' })
  expect(asked.state.code).toBe('waiting')
  const parts = { id: String(asked.approvalId) }
  const own = await asker.ask('approve', { parts, body: { comment: 'myself' } })
  expect(own).toMatchObject({ status: 403, body: { code: 'approval.own' } })
  expect(await asker.ask('downloadExport', { parts: { id: String(asked.id) } })).toMatchObject({
    status: 409,
  })
  const admin = await city.as('admin')
  const decided = await admin.ask('approve', { parts, body: { comment: 'for the call centre' } })
  expect(decided).toMatchObject({ status: 200, body: { state: { code: 'approved' } } })
  const again = await admin.ask('approve', { parts, body: { comment: 'again' } })
  expect(again).toMatchObject({ status: 409, body: { code: 'approval.decided' } })
  await expect
    .poll(
      async () =>
        ((await asker.ask('showExport', { parts: { id: String(asked.id) } })).body as Export).state.code,
      { timeout: 20_000 },
    )
    .toBe('ready')
  const cells = cellsOf(await download(asker, asked.id))
  expect(cells.slice(1).every(row => !String(row[7]).includes('*'))).toBe(true)
  const log = (await admin.ask('listAudit', { query: { pageSize: '100' } })).body as {
    rows: readonly { act: { code: string }; subject: string; from: string | null; reason: string | null }[]
  }
  const acts = log.rows.filter(r => r.subject === `export:${asked.id}`).map(r => r.act.code)
  expect(new Set(acts)).toEqual(new Set(['export.ask', 'export.make', 'export.rows', 'export.download']))
  expect(log.rows.find(r => r.act.code === 'approval.approve')).toMatchObject({
    reason: 'for the call centre',
    from: '127.0.0.1',
  })
  const someone = String(cells[1]?.[6])
  const about = (await admin.ask('listAudit', { query: { subscriber: someone } })).body as typeof log
  expect(about.rows.map(r => r.act.code)).toContain('export.rows')
})

test('the audit itself leaves as a file, by whoever may look into it', async () => {
  const admin = await city.as('admin')
  const made = await askExport(admin, { what: 'audit', query: { act: 'export.ask' } })
  const cells = cellsOf(await download(admin, made.id))
  expect(cells.length).toBeGreaterThan(3)
  expect(cells.slice(1).every(row => /^[0-9a-f]{64}$/.test(String(row[9])))).toBe(true)
  const analyst = await city.as('analyst')
  const refused = await analyst.ask('askExport', { body: { ...wanted, what: 'audit' } })
  expect(refused).toMatchObject({ status: 403, body: { code: 'export.forbidden' } })
})

test('what a process that died left half made is made by the next, and a file past its time is gone', async () => {
  const { application } = city
  const { db } = application.desk
  const campaign = await city.as('campaign')
  const made = await askExport(campaign, {})
  const file = path.join(application.dataFolder, 'exports', `${made.id}.csv`)
  rmSync(file)
  await sql`update flows_export set state = 'running', rows_done = 1 where id = ${made.id}`.execute(db)
  await exportDesk.begin(application)
  const again = (await campaign.ask('showExport', { parts: { id: String(made.id) } })).body as Export
  expect(again).toMatchObject({ state: { code: 'ready' }, rowsDone: made.rowsExpected })
  expect(existsSync(file)).toBe(true)
  await sql`update flows_export set expires_at = made_at where id = ${made.id}`.execute(db)
  expect(await campaign.ask('downloadExport', { parts: { id: String(made.id) } })).toMatchObject({
    status: 409,
  })
  expect(existsSync(file)).toBe(false)
})

test('what is rejected is never made, what is over the setting waits, and somebody else’s file is not found', async () => {
  const { db } = city.application.desk
  await settingBook.change(db, {
    id: 'exportRowsFree',
    value: 3,
    at: new Date('2026-11-22T02:00:00Z'),
    staffId: null,
  })
  const campaign = await city.as('campaign')
  const waiting = await askExport(campaign, { what: 'subscribers' })
  expect(waiting.state.code).toBe('waiting')
  const admin = await city.as('admin')
  const parts = { id: String(waiting.approvalId) }
  expect(await admin.ask('reject', { parts, body: { comment: 'too many' } })).toMatchObject({ status: 200 })
  const refused = await campaign.ask('showExport', { parts: { id: String(waiting.id) } })
  expect(refused.body).toMatchObject({ state: { code: 'refused' }, rowsDone: 0 })
  await settingBook.change(db, {
    id: 'exportRowsFree',
    value: 100_000,
    at: new Date('2026-11-22T02:00:00Z'),
    staffId: null,
  })
  const made = await askExport(campaign, { what: 'subscribers' })
  await expect
    .poll(
      async () =>
        ((await campaign.ask('showExport', { parts: { id: String(made.id) } })).body as Export).state.code,
      { timeout: 20_000 },
    )
    .toBe('ready')
  expect(cellsOf(await download(campaign, made.id))).toHaveLength(made.rowsExpected + 1)
  const analyst = await city.as('analyst')
  expect(await analyst.ask('showExport', { parts: { id: String(made.id) } })).toMatchObject({ status: 404 })
  expect(await analyst.ask('downloadExport', { parts: { id: String(made.id) } })).toMatchObject({
    status: 404,
  })
})

test('one value is unmasked for a purpose, a limited number of times a day', async () => {
  const supervisor = await city.as('supervisor')
  const list = (await supervisor.ask('listTasks', { query: { pageSize: '1' } })).body as {
    rows: { subscriberId: string; number: string }[]
  }
  const [row] = list.rows
  const id = row?.subscriberId ?? ''
  expect(row?.number).toContain('*')
  const { db } = city.application.desk
  await settingBook.change(db, {
    id: 'unmasksPerDay',
    value: 2,
    at: new Date('2026-11-22T02:00:00Z'),
    staffId: null,
  })
  const ask = (field: PersonalKind, purpose = 'contact') =>
    supervisor.ask('unmaskValue', { parts: { id }, body: { field, purpose, reason: 'calls back' } })
  expect((await ask('number', 'fun')).status).toBe(400)
  expect((await ask('number')).body).toEqual({ value: text(lines.get(id)?.['number']), left: 1 })
  expect((await ask('document')).body).toEqual({ value: text(lines.get(id)?.['document_id']), left: 0 })
  expect(await ask('number')).toMatchObject({ status: 429, body: { code: 'unmask.limit' } })
  const admin = await city.as('admin')
  const log = (await admin.ask('listAudit', { query: { subscriber: id, act: 'value.unmask' } })).body as {
    rows: unknown[]
  }
  expect(log.rows).toHaveLength(2)
  expect(Object.keys(personalFields)).toEqual(['number', 'name', 'document', 'address', 'counterparty'])
})

test('every table of the desk that names a subscriber is in the list of what is exported and erased', async () => {
  const { holdings } = await import('../src/flows/personal-data/holdings.ts')
  const { rows } = await sql<{ table: string }>`
    select distinct table_name as "table" from information_schema.columns
    where table_schema = 'public' and column_name in ('subscriber_id', 'customer_id', 'number', 'customer_name', 'message_id')`.execute(
    city.application.desk.db,
  )
  const listed = new Set(holdings.map(h => h.table))
  expect(rows.map(r => r.table).filter(t => !listed.has(t))).toEqual([])
})

const named = { zh: '有测试', en: 'has tests' }

test('one customer’s data are written out whole, then erased: nothing shows them and the chain still verifies', async () => {
  const { application } = city
  const { db } = application.desk
  const { tasks } = await listTasks(db, everybody, { channel: 'call', pageSize: 1 })
  const id = tasks[0]?.subscriberId ?? ''
  const line = lines.get(id)
  const number = String(line?.['number'])
  const name = String(line?.['customer_name'])
  const out = mkdtempSync(path.join(tmpdir(), 'weiwan-personal-'))
  try {
    const by = { staffId: null, from: 'command line', reason: 'asked for it' }
    const known = { op: 'present', factor: 'status' }
    const rule = { id: 'named_in_tests', version: 1, title: named, means: named, owner: 'x', points: 0 }
    const tests = [{ subscriber: id, matches: true }]
    const kept = await (await city.as('campaign')).ask('saveRule', {
      body: { rule: { ...rule, condition: known, tests } },
    })
    expect(kept.status).toBe(200)
    const written = await personalData.export(application, id, { ...by, out })
    expect(written.ok).toBe(true)
    const whole = readFileSync(path.join(out, 'everything.json'), 'utf8')
    for (const value of [number, name, String(line?.['document_id']), id]) expect(whole).toContain(value)
    expect(readdirSync(out)).toEqual(
      expect.arrayContaining([
        'rule_version.csv',
        'task.csv',
        'feed-subscriber.csv',
        'feed-customer.csv',
        'factors.csv',
      ]),
    )
    const campaign = await city.as('campaign')
    const made = await askExport(campaign, { what: 'tasks' })
    const held = path.join(application.dataFolder, 'exports', `${made.id}.csv`)
    expect(existsSync(held)).toBe(true)
    const before = await counts()
    const erased = await personalData.erase(application, id, by)
    expect(erased).toMatchObject({ ok: true })
    expect(await counts()).toEqual(before)
    expect(existsSync(held)).toBe(false)
    const dump = await everyTextOfTheDesk()
    expect(dump.includes(number)).toBe(false)
    expect(dump.filter(t => t === name)).toEqual([])
    expect((await versionBook.list(db, rule.id))[0]?.content).toMatchObject({ id: rule.id, tests: [] })
    const manager = await city.as(staff.find(s => s.id === tasks[0]?.managerId)?.login ?? '')
    expect(await manager.ask('showSubscriber', { parts: { id } })).toMatchObject({ status: 404 })
    expect((await manager.ask('findSubscribers', { query: { q: id } })).body).toMatchObject({ total: 0 })
    const relation = await feedState({ shelf: application.shelf }, 'subscriber', today)
    const engine = await application.warehouse()
    if (relation === undefined) throw new Error('a city without subscribers')
    const rows = await engine.rows(
      query`SELECT 1 AS one FROM ${relation} AS l WHERE subscriber_id = ${id} OR number = ${number}`,
    )
    expect(rows).toEqual([])
    expect(await personalData.erase(application, id, by)).toMatchObject({ ok: true })
    const chain = await auditDesk.verify(application, looker)
    expect(chain).toMatchObject({ ok: true, value: { broken: null } })
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
})

async function counts() {
  const { rows } =
    await sql`select (select count(*) from task) as tasks, (select count(*) from task_decision) as decisions,
    (select count(*) from contact_attempt) as attempts, (select count(*) from warning_raised) as warnings,
    (select count(*) from contact_opt_out) as opted`.execute(city.application.desk.db)
  return rows
}

/** Every text and JSON value in every table but the audit, whose entries stay as they were written. */
async function everyTextOfTheDesk(): Promise<readonly string[]> {
  const { db } = city.application.desk
  const columns = await sql<{ t: string; c: string }>`
    select table_name as t, column_name as c from information_schema.columns
    where table_schema = 'public' and data_type in ('text', 'jsonb') and table_name not like 'governance_audit%'`.execute(
    db,
  )
  const all: string[] = []
  for (const { t, c } of columns.rows) {
    const { rows } = await sql<{
      v: string
    }>`select distinct ${sql.ref(c)}::text as v from ${sql.table(t)} where ${sql.ref(c)} is not null`.execute(
      db,
    )
    all.push(...rows.map(r => r.v))
  }
  return all
}

test('the audit goes into a file, is sealed up to a day, and both still verify', async () => {
  const { application } = city
  const folder = mkdtempSync(path.join(tmpdir(), 'weiwan-audit-'))
  try {
    const out = path.join(folder, 'audit.jsonl')
    const written = await auditDesk.write(application, looker, out)
    expect(written.ok).toBe(true)
    expect(await auditDesk.verifyFile(out)).toMatchObject({ value: { broken: null } })
    expect(await auditDesk.write(application, looker, out)).toMatchObject({ fault: { code: 'file.exists' } })
    const nowhere = path.join(folder, 'no', 'folder', 'a.jsonl')
    expect(await auditDesk.write(application, looker, nowhere)).toMatchObject({
      fault: { code: 'file.unwritable' },
    })
    expect(await auditDesk.verifyFile(nowhere)).toMatchObject({ fault: { code: 'audit.file-unreadable' } })
    const page = path.join(folder, 'page.html')
    writeFileSync(page, '<!doctype html>')
    expect(await auditDesk.verifyFile(page)).toMatchObject({ fault: { code: 'audit.no-entries' } })
    const sealed = path.join(folder, 'sealed.jsonl')
    const order = { before: '2026-11-23' as never, out: sealed, reason: 'two years kept' }
    expect(await auditDesk.seal(application, looker, order)).toMatchObject({ ok: true })
    expect(statSync(sealed).mode & 0o777).toBe(0o600)
    expect(await auditDesk.verifyFile(sealed)).toMatchObject({ value: { broken: null } })
    expect(await auditDesk.verify(application, looker)).toMatchObject({ value: { broken: null } })
    const none = await auditDesk.seal(application, looker, {
      ...order,
      before: '2020-01-01' as never,
      out: `${sealed}2`,
    })
    expect(none).toMatchObject({ fault: { code: 'audit.nothing-to-seal' } })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
