import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listTasks } from '#tasks'
import { type Body, pathTo, type RouteId, routes } from '#wire'
import { type Caller, type Journey, journey } from './support/city.ts'

let city: Journey
let admin: Caller
let root = ''
beforeAll(async () => {
  city = await journey()
  admin = await city.as('admin')
  root = ((await admin.ask('listTokens')).body as { units: { id: string }[] }).units[0]?.id ?? ''
})
afterAll(() => city.close())

const everything = { kind: 'branch', nodePath: '/' } as const

async function made(body: Partial<Body<'addToken'>> = {}): Promise<{ id: string; token: string }> {
  const reply = await admin.ask('addToken', {
    body: { name: 'warehouse', permissions: ['task.look', 'subscriber.look'], unit: root, days: 30, ...body },
  })
  if (reply.status !== 200) throw new Error(JSON.stringify(reply.body))
  return reply.body
}

/** A machine: no browser, no cookie, only the header. */
async function by(token: string, route: RouteId, parts = {}, more: object = {}) {
  const reply = await city.server.inject({
    method: routes[route].method,
    url: pathTo(route, parts as never),
    headers: { authorization: `Bearer ${token}` },
    ...more,
  })
  return { status: reply.statusCode, body: reply.json() }
}

async function unitBelowRoot(): Promise<{ id: string; path: string }> {
  const { tasks } = await listTasks(city.application.desk.db, everything, { pageSize: 1 })
  const path = tasks[0]?.nodePath ?? ''
  const id = path.split('/').filter(Boolean).at(-1) ?? ''
  return { id, path }
}

describe('a token', () => {
  test('does what it lists and nothing else, and no value in the desk is the token', async () => {
    const { id, token } = await made()
    expect(token).toMatch(/^weiwan_[\w-]{43}$/)
    expect((await by(token, 'listTasks')).status).toBe(200)
    expect((await by(token, 'listRules')).body).toMatchObject({ code: 'permission.missing' })
    const { rows } = await city.application.desk.pool.query('select t::text as row from governance_token t')
    expect(rows.map(r => r.row).join(' ')).not.toContain(token.slice(7))
    const [shown] = ((await admin.ask('listTokens')).body as { rows: { id: string }[] }).rows
    expect(shown).toMatchObject({ id, state: 'valid', usedAt: expect.any(String), usedFrom: '127.0.0.1' })
    expect(JSON.stringify(shown)).not.toContain(token.slice(7))
  })

  test('sees the branch of its unit, in lists and one by one, and personal values masked', async () => {
    const { id: unit, path } = await unitBelowRoot()
    const { token } = await made({ unit })
    const list = (await by(token, 'listTasks')).body
    const inBranch = await listTasks(
      city.application.desk.db,
      { kind: 'branch', nodePath: path },
      { pageSize: 1 },
    )
    expect(list.total).toBe(inBranch.total)
    expect(list.total).toBeGreaterThan(0)
    const { tasks } = await listTasks(city.application.desk.db, everything, { pageSize: 1000 })
    const outside = tasks.find(t => !t.nodePath.startsWith(path))
    expect((await by(token, 'showTask', { id: outside?.id })).body).toMatchObject({ code: 'task.unknown' })
    const numbers: (string | null)[] = list.rows.map((row: { number: string | null }) => row.number)
    expect(numbers.filter(n => n !== null && !n.includes('*'))).toEqual([])
  })

  test('may be allowed to see numbers, by name', async () => {
    const { token } = await made({ permissions: ['task.look', 'number.plain'] })
    const { rows } = (await by(token, 'listTasks')).body
    expect(rows.some((row: { number: string | null }) => /^\d{11}$/.test(row.number ?? ''))).toBe(true)
  })

  test('has no account of its own and makes no further tokens', async () => {
    const { token } = await made()
    for (const route of ['showAccount', 'listOwnSessions', 'listTokens', 'listSessions'] as const) {
      expect((await by(token, route)).body).toMatchObject({ code: 'permission.missing' })
    }
    const payload = { current: 'x', next: 'y' }
    expect((await by(token, 'changePassword', {}, { payload })).body).toMatchObject({
      code: 'permission.missing',
    })
  })

  test('opens nothing once it is revoked, and a second time there is nothing to revoke', async () => {
    const { id, token } = await made()
    expect((await admin.ask('revokeToken', { parts: { id } })).status).toBe(200)
    expect((await by(token, 'listTasks')).body).toMatchObject({ code: 'session.missing' })
    expect((await admin.ask('revokeToken', { parts: { id } })).status).toBe(404)
    const { rows } = await city.application.desk.pool.query(
      'select act, staff_id, from_address from governance_audit where subject = $1 order by id',
      [`token:${id}`],
    )
    const who = { staff_id: 'staff_admin', from_address: '127.0.0.1' }
    expect(rows).toEqual([
      { act: 'token.add', ...who },
      { act: 'token.revoke', ...who },
    ])
  })

  test('is never helped by a cookie that comes along', async () => {
    const reply = await city.server.inject({
      method: 'POST',
      url: routes.signIn.path,
      payload: { login: 'admin', password: 'weiwan-demo' },
    })
    const cookies = Object.fromEntries(reply.cookies.map(c => [c.name, c.value]))
    expect((await by('weiwan_made-up', 'whoAmI', {}, { cookies })).status).toBe(401)
    expect((await city.server.inject({ url: routes.whoAmI.path, cookies })).statusCode).toBe(200)
  })

  test.each([
    ['token.no-permission', { permissions: ['staff.change'] }],
    ['token.no-permission', { permissions: ['task.look', 'session.end'] }],
    ['token.no-permission', { permissions: ['no.such'] }],
    ['node.unknown', { unit: 'nowhere' }],
    ['request.malformed', { days: 367 }],
    ['request.malformed', { permissions: [] }],
    ['request.malformed', { name: '  ' }],
  ])('is not made: %s %o', async (code, body) => {
    await expect(made(body)).rejects.toThrow(code)
  })

  test('is made by an administrator only', async () => {
    const supervisor = await city.as('supervisor')
    const body = { name: 'x', permissions: ['task.look'], unit: root, days: 1 }
    expect((await supervisor.ask('addToken', { body })).body).toMatchObject({ code: 'permission.missing' })
  })
})
