import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandLine, effectsAt, listRules, organising } from '#flows'
import { organisation } from '#governance'
import { addDays, type Result } from '#kernel'
import { taskCounts } from '#tasks'
import { type Caller, type Journey, journey, today } from './support/city.ts'

let city: Journey
let admin: Caller
let county: { readonly id: string; readonly path: string }
let other: { readonly id: string; readonly path: string }
let grid: { readonly id: string; readonly path: string }

beforeAll(async () => {
  city = await journey()
  admin = await city.as('admin')
  const nodes = await organisation(city.application.desk.db)
  const counties = nodes.filter(node => node.level === 'county')
  const [first, second] = counties
  const ownGrid = nodes.find(node => node.level === 'grid' && node.parentId === first?.id)
  if (first === undefined || second === undefined || ownGrid === undefined)
    throw new Error('the city has no two counties with grids')
  county = first
  other = second
  grid = ownGrid
})
afterAll(() => city.close())

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.fault.code)
  return result.value
}

/** What a county's past figures are: effects, rules' counts, tasks by day and state. */
async function figures(nodePath: string) {
  const { application } = city
  const scope = { kind: 'branch', nodePath } as const
  const span = { from: addDays(today, -10), to: addDays(today, 1) }
  return {
    effects: await effectsAt(application, today, scope),
    rules: value(await listRules(application, scope)).rules.map(r => [r.id, r.count, r.of]),
    tasks: await taskCounts(application.desk.db, span, scope),
  }
}

test('when a grid moves, who may see its customers moves along and every past figure stays', async () => {
  const before = { county: await figures(county.path), other: await figures(other.path) }
  expect(before.county.rules.some(([, count]) => Number(count) > 0)).toBe(true)
  expect(before.county.tasks.length).toBeGreaterThan(0)
  const supervisor = await city.as('supervisor')
  const total = async () =>
    ((await supervisor.ask('listTasks', { query: { pageSize: '100' } })).body as { total: number }).total
  const had = await total()
  const node = (await organisation(city.application.desk.db)).find(one => one.id === grid.id)
  const move = (parentId: string) =>
    admin.ask('setUnit', {
      body: { id: grid.id, parentId, level: 'grid', name: node?.name ?? { zh: '', en: '' } },
    })
  expect((await move(other.id)).status).toBe(200)
  expect(await total()).toBeLessThan(had)
  expect({ county: await figures(county.path), other: await figures(other.path) }).toEqual(before)
  expect((await move(county.id)).status).toBe(200)
  expect(await total()).toBe(had)
})

test('a file with wrong lines is told line by line and changes nothing', async () => {
  const csv = [
    'id,parent,level,name_zh,name_en',
    `new1,${county.id},grid,新网格,New grid`,
    `bad id,${county.id},grid,一,one`,
    `new2,nowhere,grid,二,two`,
    `new1,${county.id},village,,three`,
    'new4,new4,team,四,four',
    'new5,too,few',
  ].join('\n')
  const before = await organisation(city.application.desk.db)
  const reply = await admin.ask('importOrganisation', { query: { what: 'units', apply: 'true' }, file: csv })
  const body = reply.body as {
    applied: boolean
    changes: unknown[]
    faulty: { line: number; column: string | null; fault: { code: string; zh: string; en: string } }[]
  }
  expect(body.faulty.map(f => [f.line, f.column, f.fault.code])).toEqual([
    [3, 'id', 'import.id'],
    [4, 'parent', 'import.unit-unknown'],
    [5, 'id', 'import.repeated'],
    [5, 'level', 'import.level'],
    [5, 'name_zh', 'import.empty'],
    [6, 'parent', 'import.loop'],
    [7, null, 'file.uneven'],
  ])
  expect(body.faulty.every(f => f.fault.zh !== f.fault.en)).toBe(true)
  expect([body.applied, body.changes]).toEqual([false, []])
  expect(await organisation(city.application.desk.db)).toEqual(before)
})

test('an import is previewed field by field, then done at once, and done again changes nothing', async () => {
  const ask = async (what: 'units' | 'staff', csv: string, apply: boolean) =>
    (await admin.ask('importOrganisation', { query: { what, apply: String(apply) }, file: csv })).body as {
      changes: { id: string; kind: string; fields: { field: string; before: string; after: string }[] }[]
      unchanged: number
      applied: boolean
      passwords: { login: string; password: string }[]
    }
  const units = `id,parent,level,name_zh,name_en\nteam7,${county.id},team,七班,"Team ""7"""\n`
  expect(await ask('units', units, false)).toMatchObject({
    applied: false,
    changes: [{ id: 'team7', kind: 'new' }],
  })
  expect(await ask('units', units, true)).toMatchObject({ applied: true })
  expect(await ask('units', units, true)).toMatchObject({ applied: false, changes: [], unchanged: 1 })
  const staff = `\uFEFFlogin,name_zh,name_en,roles,unit,active\nNova,新星,Nova,clerk;supervisor,team7,\nclerk,营业员甲,Clerk A,clerk,${county.id},\n`
  const done = await ask('staff', staff, true)
  expect(done.changes.map(c => [c.id, c.kind])).toEqual([
    ['nova', 'new'],
    ['clerk', 'changed'],
  ])
  expect(done.passwords.map(p => p.login)).toEqual(['nova'])
  expect(await ask('staff', staff, true)).toMatchObject({ changes: [], unchanged: 2, passwords: [] })
  const rows = (await admin.ask('listStaff', { query: { unit: 'team7' } })).body as {
    rows: { login: string; roles: { code: string }[] }[]
  }
  expect(rows.rows.map(r => [r.login, r.roles.map(role => role.code)])).toEqual([
    ['nova', ['clerk', 'supervisor']],
  ])
})

test('staff have a phone number: checked, shown masked, changed by file or alone, told from another in the audit without being said', async () => {
  const line = (phone: string) =>
    `login,name_zh,name_en,roles,unit,phone\nnova,新星,Nova,clerk,team7,${phone}\n`
  const give = async (phone: string) =>
    (await admin.ask('importOrganisation', { query: { what: 'staff', apply: 'true' }, file: line(phone) }))
      .body as { faulty: { fault: { code: string } }[]; changes: { fields: object[] }[] }
  expect((await give('13800')).faulty).toEqual([])
  expect((await give('138****8000')).faulty).toMatchObject([{ fault: { code: 'staff.phone' } }])
  const { changes } = await give('+86 138-0013-9999')
  expect(changes[0]?.fields).toContainEqual({ field: 'phone', before: '1****', after: '138****9999' })
  expect((await give('')).changes).toEqual([])
  const phone = async () => {
    const { rows } = (await admin.ask('listStaff', { query: { unit: 'team7' } })).body as {
      rows: { phone: string | null }[]
    }
    return rows[0]?.phone
  }
  expect(await phone()).toBe('138****9999')
  const set = (to: object) => admin.ask('changeStaff', { parts: { id: 'staff_nova' }, body: to })
  expect((await set({ phone: 'none' })).body).toMatchObject({ code: 'staff.phone' })
  expect((await set({ phone: '13800139999', isActive: false })).status).toBe(200)
  expect(await phone()).toBeNull()
  expect((await set({ phone: '13800139998', isActive: true })).status).toBe(200)
  const { rows } = await city.application.desk.pool.query<{ all: string }>(
    `select string_agg(detail::text, ' ') as all from governance_audit where subject = 'staff:staff_nova'`,
  )
  expect(rows[0]?.all).toMatch(/"phone": "[0-9a-z]{4}"/)
  expect(rows[0]?.all).not.toMatch(/1380013/)
})

test('nobody changes their own post or stands in by their own hand; roles are the root’s; others’ units do not exist', async () => {
  const own = await admin.ask('changeStaff', { parts: { id: 'staff_admin' }, body: { roles: ['clerk'] } })
  expect(own.body).toMatchObject({ code: 'staff.self' })
  const self = { forId: 'staff_clerk', byId: 'staff_admin', from: today, to: addDays(today, 3) }
  expect((await admin.ask('setStandIn', { body: self })).body).toMatchObject({ code: 'staff.self' })
  const made = (
    await admin.ask('addStaff', {
      body: { login: 'local', name: { zh: '县管', en: 'Local' }, roles: ['administrator'], unit: county.id },
    })
  ).body as { password: string }
  const signedIn = await city.server.inject({
    method: 'POST',
    url: '/api/session',
    payload: { login: 'local', password: made.password },
  })
  expect(signedIn.json()).toMatchObject({ staff: { mustChangePassword: true } })
  const cookie = signedIn.cookies[0]
  await city.server.inject({
    method: 'POST',
    url: '/api/session/password',
    payload: { current: made.password, next: 'lantern over hills 9' },
    cookies: { [cookie?.name ?? '']: cookie?.value ?? '' },
  })
  const again = await city.server.inject({
    method: 'POST',
    url: '/api/session',
    payload: { login: 'local', password: 'lantern over hills 9' },
  })
  const local = async (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) => {
    const session = again.cookies[0]
    const reply = await city.server.inject({
      method,
      url,
      ...(payload === undefined ? {} : { payload }),
      cookies: { [session?.name ?? '']: session?.value ?? '' },
    })
    return { status: reply.statusCode, body: reply.json() }
  }
  const role = { code: 'x', title: { zh: '甲', en: 'x' }, reach: 'branch', permissions: ['task.look'] }
  expect((await local('POST', '/api/roles', role)).body).toMatchObject({ code: 'role.elsewhere' })
  const tree = (await local('GET', '/api/organisation')).body as { units: { id: string }[] }
  expect(tree.units.map(u => u.id)).not.toContain(other.id)
  for (const id of [other.id, 'atlantis'])
    expect(await local('DELETE', `/api/organisation/units/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'node.unknown' },
    })
  for (const id of ['staff_manager4', 'staff_nobody'])
    expect(await local('POST', `/api/staff/${id}`, { isActive: false })).toMatchObject({
      status: 404,
      body: { code: 'staff.unknown' },
    })
})

test('what changed is in the audit as it was and as it is, one by one, also what a file changed', async () => {
  const changesOf = async (act: string) => {
    const { rows } = (await admin.ask('listAudit', { query: { act, pageSize: '100' } })).body as {
      rows: { subject: string; detail: { name: string; value: string }[] }[]
    }
    return rows.map(row => [row.subject, Object.fromEntries(row.detail.map(d => [d.name, d.value]))] as const)
  }
  const name = { zh: '审计班', en: 'Audited team' }
  const set = (parentId: string) =>
    admin.ask('setUnit', { body: { id: 'audited', parentId, level: 'team', name } })
  expect((await set(county.id)).status).toBe(200)
  expect((await set(other.id)).status).toBe(200)
  const units = (await changesOf('unit.change')).filter(([subject]) => subject === 'unit:audited')
  expect(units.map(([, detail]) => [detail['before'], detail['after']])).toEqual([
    [JSON.stringify({ parent: county.id }), JSON.stringify({ parent: other.id })],
    ['null', expect.stringContaining(county.id)],
  ])
  await admin.ask('changeStaff', { parts: { id: 'staff_analyst' }, body: { roles: ['analyst', 'clerk'] } })
  const [staff] = await changesOf('staff.change')
  expect(staff).toEqual([
    'staff:staff_analyst',
    {
      before: JSON.stringify({ roles: ['analyst'] }),
      after: JSON.stringify({ roles: ['analyst', 'clerk'] }),
    },
  ])
  const role = {
    code: 'audited',
    title: { zh: '甲', en: 'A' },
    reach: 'own',
    permissions: ['task.look'],
  } as const
  await admin.ask('setRole', { body: role })
  await admin.ask('setRole', { body: { ...role, reach: 'branch' } })
  expect((await changesOf('role.change'))[0]?.[1]).toEqual({
    before: '{"reach":"own"}',
    after: '{"reach":"branch"}',
  })
  const csv = `id,parent,level,name_zh,name_en\naudited,${county.id},team,审计班,Audited team\n`
  await admin.ask('importOrganisation', { query: { what: 'units', apply: 'true' }, file: csv })
  expect((await changesOf('organisation.import'))[0]?.[1]).toEqual({ changed: '1' })
  expect((await changesOf('unit.change'))[0]).toEqual([
    'unit:audited',
    { before: JSON.stringify({ parent: other.id }), after: JSON.stringify({ parent: county.id }) },
  ])
})

test('whoever stands in for an administrator sees and ends what that one may, for as long', async () => {
  const made = (
    await admin.ask('addStaff', {
      body: { login: 'deputy', name: { zh: '代管', en: 'Deputy' }, roles: ['clerk'], unit: county.id },
    })
  ).body as { password: string }
  const sign = async (password: string) => {
    const reply = await city.server.inject({
      method: 'POST',
      url: '/api/session',
      payload: { login: 'deputy', password },
    })
    return Object.fromEntries(reply.cookies.map(c => [c.name, c.value]))
  }
  const next = 'lantern over hills 9'
  await city.server.inject({
    method: 'POST',
    url: '/api/session/password',
    payload: { current: made.password, next },
    cookies: await sign(made.password),
  })
  const cookies = await sign(next)
  const ask = async (url: string) => (await city.server.inject({ method: 'GET', url, cookies })).json()
  const token = { name: 'far', permissions: ['task.look'], unit: other.id, days: 1 }
  expect((await admin.ask('addToken', { body: token })).status).toBe(200)
  expect(await ask('/api/tokens')).toMatchObject({ code: 'permission.missing' })
  const away = { forId: 'staff_admin', byId: 'staff_deputy', from: today }
  // Nobody arranges for themselves: a second administrator does, as somebody at the machine.
  await organising.setStandIn(city.application, commandLine, { ...away, to: addDays(today, 2) })
  const tokens = (await ask('/api/tokens')) as { rows: { name: string }[] }
  expect(tokens.rows.map(row => row.name)).toContain('far')
  const sessions = (await ask('/api/sessions')) as { rows: { staff: { login: string } }[] }
  expect(sessions.rows.map(row => row.staff.login)).toContain('admin')
  await organising.dropStandIn(city.application, commandLine, away)
  expect(await ask('/api/tokens')).toMatchObject({ code: 'permission.missing' })
})
