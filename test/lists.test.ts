import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runNight, workTheDay } from '#flows'
import { feedState } from '#ingest'
import { addDays, everybody } from '#kernel'
import { listTasks } from '#tasks'
import { sql as query } from '#warehouse'
import { openCity, stepCity } from '#world'
import { type Caller, type Journey, journey, today } from './support/city.ts'

/** A list from its file to the work of the next morning. */

interface Shown {
  readonly id: number
  readonly state: { readonly code: string }
  readonly approvalId: number | null
  readonly firstDay: string | null
  readonly counts: {
    readonly kept: number
    readonly added: number
    readonly removed: number
    readonly faulty: number
  }
  readonly differences: readonly { subscriberId: string; state: { code: string }; reason: string }[]
}
interface Report {
  readonly list: Shown | null
  readonly faultyLines: number
  readonly faulty: readonly {
    line: number
    column: string | null
    fault: { code: string; zh: string; en: string }
  }[]
}
interface Line {
  readonly id: string
  readonly number: string
}

let city: Journey
let campaign: Caller
let admin: Caller
let supervisor: Caller
let mine: readonly Line[]
let others: readonly Line[]

beforeAll(async () => {
  city = await journey()
  campaign = await city.as('campaign')
  admin = await city.as('admin')
  supervisor = await city.as('supervisor2')
  const lines = await feedState({ shelf: city.application.shelf }, 'subscriber', today)
  if (lines === undefined) throw new Error('a city without subscribers')
  const engine = await city.application.warehouse()
  const all = await engine.rows<Line>(
    query`SELECT subscriber_id AS "id", number AS "number" FROM ${lines} AS l ORDER BY sub`,
  )
  const { rows } = await sql<{ path: string }>`
    select node.path from governance_staff staff join governance_node node on node.id = staff.node_id
    where staff.login = 'campaign'`.execute(city.application.desk.db)
  const held = await sql<{ id: string; path: string }>`
    select subscriber_id as id, node_path as path from governance_subscriber`.execute(
    city.application.desk.db,
  )
  const within = new Set(held.rows.filter(h => h.path.startsWith(rows[0]?.path ?? '')).map(h => h.id))
  mine = all.filter(line => within.has(line.id))
  others = all.filter(line => !within.has(line.id))
})
afterAll(() => city.close())

const wanted = { title: '老客户回访', reason: '合约将到期', action: 'settle_complaint', controlPercent: '0' }
const send = async (file: string | Buffer, query_ = {}) =>
  (await campaign.ask('importList', { query: { ...wanted, ...query_ }, file })) as {
    readonly status: number
    readonly body: Report & { code?: string }
  }
const at = (lines: readonly Line[], nth: number): Line => lines[nth] ?? { id: '', number: '' }

test('a file of numbers and subscribers becomes a draft; what is wrong is told line by line and can be downloaded', async () => {
  const csv = [
    '号码,用户标识,原因',
    `${at(mine, 0).number},,`,
    `+86 ${at(mine, 1).number},,投诉未决`,
    `,${at(mine, 2).id},`,
    `${at(mine, 0).number},,`,
    '13900000000,,',
    ',nobody,',
    '138****1234,,',
    ',,',
    '=1+1,,',
    ...(others.length > 0 ? [`,${at(others, 0).id},`] : []),
  ].join('\n')
  const { status, body } = await send(csv)
  expect(status).toBe(200)
  expect(body.list).toMatchObject({ state: { code: 'draft' }, counts: { kept: 3, added: 0, removed: 0 } })
  const told = body.faulty.map(one => [one.line, one.fault.code])
  expect(told.slice(0, 6)).toEqual([
    [5, 'list.repeated'],
    [6, 'list.not-found'],
    [7, 'list.not-found'],
    [8, 'list.key-malformed'],
    [9, 'list.key-missing'],
    [10, 'list.formula'],
  ])
  // Somebody else’s subscriber is the same as nobody.
  expect(told.slice(6)).toEqual(others.length > 0 ? [[11, 'list.not-found']] : [])
  expect(JSON.stringify(body.faulty)).not.toContain('13900000000')
  const file = await campaign.download('downloadListFaults', { parts: { id: String(body.list?.id) } })
  expect(file.status).toBe(200)
  expect(file.content.toString('utf8')).toContain('list.repeated')
})

test('what is no list makes none, and nothing is half done', async () => {
  const before = ((await campaign.ask('listLists')).body as { total: number }).total
  expect((await send(Buffer.from('\x89PNG\r\n\x1a\n\0', 'latin1'))).body.code).toBe('file.not-sheet')
  expect((await send('name\nx\n')).body.code).toBe('list.columns-missing')
  expect((await send('number,phone\n1,2\n')).body.code).toBe('list.column-twice')
  expect((await send('subscriber\nnobody\n')).body).toMatchObject({ list: null, faultyLines: 1 })
  expect((await send(`subscriber\n${at(mine, 0).id}\n`, { action: 'dance' })).body.code).toBe(
    'list.action-unknown',
  )
  const long = `subscriber\n${'S1\n'.repeat(100_001)}`
  expect((await send(long)).body.code).toBe('list.too-long')
  expect(((await campaign.ask('listLists')).body as { total: number }).total).toBe(before)
})

test('a rule’s list goes out, comes back with removals and additions and their reasons, and the difference waits for a second person', async () => {
  const made = (
    await campaign.ask('listFromRule', {
      body: { title: '低余额', reason: '余额低', action: 'keep', rule: 'low_balance_month_end' },
    })
  ).body as Report & { code?: string }
  const rules = (await campaign.ask('listLists')).body as { rules: { code: string }[] }
  const rule = rules.rules.map(one => one.code)
  expect(rule.length).toBeGreaterThan(5)
  const list = made.list ?? (await someRuleList(rule))
  const id = String(list.id)
  const asked = (
    await campaign.ask('askExport', {
      body: {
        what: 'list',
        format: 'csv',
        plain: false,
        purpose: 'analysis',
        reason: 'to be checked',
        query: { list: list.id },
      },
    })
  ).body as { id: number; state: { code: string } }
  expect(asked.state.code).toBe('ready')
  const file = await campaign.download('downloadExport', { parts: { id: String(asked.id) } })
  const [titles = '', ...rows] = file.content.toString('utf8').trim().split('\r\n')
  expect(rows.length).toBe(list.counts.kept)
  expect(rows.join('\n')).not.toMatch(/"1\d{10}"/)
  const check = async (lines: readonly string[]) =>
    (await campaign.ask('checkList', { parts: { id }, file: [titles, ...lines].join('\n') })).body as Report

  const dropped = (rows[0] ?? '').replace(/"保留",.*$/, '"剔除","已回访"')
  const extra = mine.find(line => !rows.some(row => row.includes(`"${line.id}"`))) ?? at(mine, 0)
  const added = `"${extra.id}","","","新增","经理推荐"`
  const unexplained = (rows[0] ?? '').replace(/"保留",.*$/, '"剔除",""')
  expect((await check([unexplained, ...rows.slice(1)])).faulty.map(one => one.fault.code)).toEqual([
    'list.reason-missing',
  ])
  expect((await check(rows.slice(1))).faulty.map(one => one.fault.code)).toEqual(['list.left-out'])
  expect((await check([...rows, `"${extra.id}","","","",""`])).faulty.map(one => one.fault.code)).toEqual([
    'list.not-on-list',
  ])
  const before = (await campaign.ask('showList', { parts: { id } })).body as Shown
  expect(before.counts).toMatchObject({ kept: rows.length, removed: 0, added: 0 })
  const back = await check([dropped, ...rows.slice(1), added])
  expect(back.list?.counts).toMatchObject({ kept: rows.length - 1, removed: 1, added: 1 })
  expect(back.list?.differences.map(one => [one.state.code, one.reason]).sort()).toEqual([
    ['added', '经理推荐'],
    ['removed', '已回访'],
  ])
  const submitted = (await campaign.ask('submitList', { parts: { id } })).body as Shown
  expect(submitted.state.code).toBe('waiting')
  const approval = String(submitted.approvalId)
  expect((await campaign.ask('approve', { parts: { id: approval }, body: { comment: 'mine' } })).status).toBe(
    403,
  )
  const read = (await admin.ask('showApproval', { parts: { id: approval } })).body as {
    changes: { field: { en: string }; after: { en: string } }[]
  }
  expect(read.changes.map(one => [one.field.en, one.after.en])).toEqual(
    expect.arrayContaining([
      ['removed', '1'],
      ['added', '1'],
    ]),
  )
  await admin.ask('reject', { parts: { id: approval }, body: { comment: 'not now' } })
  const refused = (await campaign.ask('showList', { parts: { id } })).body as Shown
  expect(refused.state.code).toBe('refused')
})

async function someRuleList(rules: readonly string[]): Promise<Shown> {
  for (const rule of rules) {
    const body = { title: '规则名单', reason: '余额低', action: 'keep', rule }
    const made = (await campaign.ask('listFromRule', { body })).body as Report
    if ((made.list?.counts.kept ?? 0) > 1) return made.list as Shown
  }
  throw new Error('no rule finds anybody')
}

test('an approved list becomes tasks the next morning through the same gates as a warning, each once', async () => {
  const { application } = city
  const named = mine.slice(20, 40)
  const { body } = await send(['subscriber', ...named.map(line => line.id)].join('\n'))
  const id = String(body.list?.id)
  const submitted = (await campaign.ask('submitList', { parts: { id } })).body as Shown
  const approved = await admin.ask('approve', {
    parts: { id: String(submitted.approvalId) },
    body: { comment: 'agreed' },
  })
  expect(approved.status).toBe(200)
  const shown = (await campaign.ask('showList', { parts: { id } })).body as Shown
  expect(shown).toMatchObject({ state: { code: 'approved' }, firstDay: addDays(today, 1) })
  const source = `list:${id}`
  const tasksOn = async (day: typeof today) =>
    (await listTasks(application.desk.db, everybody, { day, pageSize: 5_000 })).tasks.filter(
      task => task.ruleId === source,
    )
  expect(await tasksOn(today)).toEqual([])
  const optedOut = at(named, 0).id
  await sql`insert into contact_opt_out (subscriber_id, channel, since)
    values (${optedOut}, 'call', now())`
    .execute(application.desk.db)
    .catch(() => undefined)
  await nextMorning()
  const day = addDays(today, 1)
  const tasks = await tasksOn(day)
  expect(tasks.length).toBeGreaterThan(5)
  expect(tasks[0]?.reason.zh).toContain('老客户回访')
  expect(tasks[0]?.reason.zh).toContain('合约将到期')
  const { rows } = await sql<{ id: string; result: string; reason: string }>`
    select subscriber_id as id, result, reason from task_decision where rule_id = ${source} and day = ${day}`.execute(
    application.desk.db,
  )
  // Everybody named is decided about, and whoever has no task is told why.
  expect(new Set(rows.map(row => row.id))).toEqual(new Set(named.map(line => line.id)))
  expect(
    rows
      .filter(row => row.result === 'act')
      .map(row => row.id)
      .sort(),
  ).toEqual(tasks.map(task => task.subscriberId).sort())
  const again = await runNight(application, { day })
  expect(again.ok).toBe(true)
  expect((await tasksOn(day)).map(task => task.id).sort()).toEqual(tasks.map(task => task.id).sort())
  await nextMorning()
  const twice = (await tasksOn(addDays(today, 2))).map(task => task.subscriberId)
  expect(twice.filter(one => tasks.some(task => task.subscriberId === one))).toEqual([])
  expect(((await campaign.ask('stopList', { parts: { id } })).body as Shown).state.code).toBe('stopped')
  expect((await campaign.ask('submitList', { parts: { id } })).body).toMatchObject({ code: 'list.not-now' })
}, 240_000)

const plan = (list: number) => ({
  title: { zh: '名单关怀', en: 'Care for a list' },
  target: { list },
  offer: 'recharge_30_data_1g',
  purpose: 'selling' as const,
  channels: ['sms' as const],
  period: { from: '2026-09-17', to: '2026-09-19' },
  budgetFen: 1_000_000,
  perDayMax: 1_000,
  minutes: 0,
  valueFen: 1_000_000,
  controlPercent: 20,
  success: { kind: 'stayed' as const, withinDays: 1 },
})

async function agree(approvalId: number | null): Promise<void> {
  const parts = { id: String(approvalId) }
  expect((await supervisor.ask('approve', { parts, body: { comment: 'agreed' } })).status).toBe(200)
}

test('a campaign is for an approved list: whoever of it is in the base and the branch, each once, and no tasks beside', async () => {
  const { db } = city.application.desk
  const check = async (list: number) =>
    (await campaign.ask('checkCampaign', { body: { plan: plan(list) } })).body as {
      faults: { code: string; at: { path: string } }[]
      picture: { listed: number; found: number; offerFen: number } | null
    }
  const codes = async (list: number) => (await check(list)).faults.map(f => [f.code, f.at.path])
  const named = mine.slice(60, 110)
  const file = ['subscriber', ...named.map(line => line.id)].join('\n')
  const { action: _, ...bare } = wanted
  const made = (await campaign.ask('importList', { query: bare, file })).body as Report
  const list = made.list?.id ?? 0
  const acting = (await send(file)).body.list?.id ?? 0
  expect(made.list).toMatchObject({ action: null, counts: { kept: 50 } })
  expect(await codes(list)).toEqual([['list.not-approved', '/target']])
  expect(await codes(acting)).toEqual([['list.makes-tasks', '/target']])
  expect(await codes(1_000_000)).toEqual([['list.unknown', '/target']])
  await agree(((await campaign.ask('submitList', { parts: { id: String(list) } })).body as Shown).approvalId)

  // Somebody has left the base since, somebody else has moved into another branch.
  await sql`update list_line set subscriber_id = 'S-left' where list_id = ${list} and subscriber_id = ${at(named, 0).id}`.execute(
    db,
  )
  await sql`insert into list_line values (${list}, ${at(others, 0).id}, 99, 'added', 'moved since')`.execute(
    db,
  )
  const choices = (await campaign.ask('listCampaignChoices')).body as { lists: object[] }
  expect(choices.lists).toEqual([{ id: list, title: wanted.title, people: 51 }])
  expect((await check(list)).picture).toMatchObject({ listed: 51, found: 49 })

  const added = (await campaign.ask('addCampaign', { body: { plan: plan(list) } })).body as { id: number }
  const parts = { id: String(added.id) }
  const submitted = await campaign.ask('submitCampaign', { parts, body: { reason: 'autumn' } })
  expect(submitted.status).toBe(200)
  const { rows } = (await supervisor.ask('listApprovals', { query: { which: 'to-decide' } })).body as {
    rows: { id: number; kind: { code: string } }[]
  }
  await agree(rows.find(one => one.kind.code === 'campaign')?.id ?? 0)
  const dry = (await campaign.ask('dryRunCampaign', { parts })).body as { members: number }
  expect(dry.members).toBe(49)
  await sql`update list_list set state = 'stopped' where id = ${list}`.execute(db)
  const launch = () => campaign.ask('moveCampaign', { parts, body: { move: 'launch' } })
  expect((await launch()).body).toMatchObject({ code: 'list.stopped' })
  await sql`update list_list set state = 'approved' where id = ${list}`.execute(db)
  const launched = (await launch()).body as {
    sentence: { zh: string }
    report: { members: { treated: number; control: number; universal: number } }
  }
  expect(launched.sentence.zh).toContain(wanted.title)
  const { treated, control, universal } = launched.report.members
  expect(treated + control + universal).toBe(49)
  expect(control).toBeGreaterThan(0)

  // What becomes of the list changes nothing any more, and its campaign may still become smaller.
  expect((await campaign.ask('stopList', { parts: { id: String(list) } })).status).toBe(200)
  const smaller = { ...plan(list), perDayMax: 30 }
  const version = ((await campaign.ask('showCampaign', { parts })).body as { version: number }).version
  expect((await campaign.ask('changeCampaign', { parts, body: { version, plan: smaller } })).status).toBe(200)
  await nextMorning()
  const decided = await sql<{ rule: string; result: string; id: string }>`
    select rule_id as rule, result, subscriber_id as id from task_decision
    where day = ${lived} and rule_id in (${`campaign:${added.id}`}, ${`list:${list}`})`.execute(db)
  const acted = decided.rows.filter(one => one.result === 'act').map(one => one.id)
  expect(new Set(decided.rows.map(one => one.rule))).toEqual(new Set([`campaign:${added.id}`]))
  expect(acted.length).toBeGreaterThan(10)
  expect(acted.length).toBeLessThanOrEqual(30)
  expect(acted).not.toContain('S-left')
  for (const against of ['own', 'universal']) {
    const { rows: effects } = (await campaign.ask('listEffects', { query: { against } })).body as {
      rows: { ruleId: string; title: { zh: string } }[]
    }
    // The list of the test before, by what the policy calls success for its action.
    expect(effects.filter(one => one.ruleId.startsWith('list:')).map(one => one.title.zh)).toEqual([
      wanted.title,
    ])
  }
}, 240_000)

let lived = today
async function nextMorning(): Promise<void> {
  const { application } = city
  await workTheDay(application, lived)
  const world = await openCity(path.join(application.dataFolder, 'city'))
  ;(await stepCity(world, [])).close()
  lived = addDays(lived, 1)
  expect(await runNight(application, { day: lived })).toMatchObject({ ok: true })
}

test('a list is seen by its maker and those above, and by nobody of another branch', async () => {
  const made = (await campaign.ask('listLists')).body as { rows: { id: number }[] }
  expect(made.rows.length).toBeGreaterThan(0)
  const id = String(made.rows[0]?.id)
  // The analyst sits at the same city, the supervisor in one of its counties.
  const analyst = await city.as('analyst')
  expect((await analyst.ask('showList', { parts: { id } })).status).toBe(200)
  const below = await city.as('supervisor')
  expect((await below.ask('listLists')).body).toMatchObject({ total: 0 })
  expect((await below.ask('showList', { parts: { id } })).body).toMatchObject({ code: 'list.unknown' })
  expect((await below.ask('checkList', { parts: { id }, file: 'subscriber\n' })).body).toMatchObject({
    code: 'permission.missing',
  })
  const manager = await city.as('manager1')
  expect((await manager.ask('listLists')).body).toMatchObject({ code: 'permission.missing' })
})
