import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtInRoles, can, listStaff, type Staff } from '#governance'
import { permissionFor } from '#http'
import { listTasks } from '#tasks'
import { type RouteId, routes } from '#wire'
import { type Caller, caller, type Journey, journey } from './support/city.ts'
import { question } from './support/question.ts'

let city: Journey
let staff: readonly Staff[]
let own: { taskId: string; subscriberId: string }
let others: { taskId: string; subscriberId: string }
const guarded = (Object.keys(routes) as RouteId[]).filter(id => !routes[id].open)

beforeAll(async () => {
  city = await journey()
  const { db } = city.application.desk
  staff = await listStaff(db)
  const { tasks } = await listTasks(
    db,
    { kind: 'branch', nodePath: '/' },
    { state: ['open'], channel: 'call', pageSize: 1000 },
  )
  const managed = tasks.filter(t => t.managerId !== null)
  const [mine] = managed
  const [theirs] = managed.filter(t => t.managerId !== mine?.managerId)
  if (mine === undefined || theirs === undefined)
    throw new Error('the city has no two managers with open calls')
  own = { taskId: mine.id, subscriberId: mine.subscriberId }
  others = { taskId: theirs.id, subscriberId: theirs.subscriberId }
  manager = staff.find(s => s.id === mine.managerId)?.login ?? ''
})
let manager = ''
afterAll(() => city.close())

describe('no endpoint answers without a session', () => {
  test.each(guarded)('%s', async route => {
    const { status, body } = await caller(city.server, undefined).ask(route, question(route, own) as never)
    expect({ status, body }).toMatchObject({ status: 401, body: { code: 'session.missing' } })
  })

  test('an address that does not exist is refused too, and a made-up token is worth nothing', async () => {
    expect((await city.server.inject({ url: '/api/no-such-thing' })).statusCode).toBe(401)
    const { status } = await caller(city.server, 'x'.repeat(43)).ask('listTasks')
    expect(status).toBe(401)
  })
})

describe('every route answers a role exactly when the permission table says so', () => {
  test.each([
    'account_manager',
    'clerk',
    'campaign_manager',
    'analyst',
    'supervisor',
    'dispatcher',
    'administrator',
  ] as const)('%s', async role => {
    const login = staff.find(s => s.roles.includes(role))?.login ?? ''
    const holder = { permissions: new Set(builtInRoles.find(r => r.code === role)?.permissions) }
    const asker = await city.as(login)
    for (const route of guarded.filter(r => r !== 'signOut')) {
      const { status, body } = await asker.ask(
        route,
        question(route, { taskId: 'task_none', subscriberId: 'nobody' }) as never,
      )
      const needed = permissionFor[route]
      const isRefused = (body as { code?: string }).code === 'permission.missing'
      expect({ route, isRefused }).toEqual({ route, isRefused: needed !== null && !can(holder, needed) })
      expect(status, route).toBeLessThan(500)
    }
  })
})

describe('a manager sees own customers only', () => {
  let asker: Caller
  beforeAll(async () => {
    asker = await city.as(manager)
  })

  test.each([
    'showTask',
    'claimTask',
    'recordOutcome',
    'dropTask',
    'sendTask',
    'showSubscriber',
    'showFactorHistory',
    'unmaskValue',
  ] as const)('%s of somebody else’s is the same as one that does not exist', async route => {
    const theirs = await asker.ask(route, question(route, others) as never)
    const nobodys = await asker.ask(
      route,
      question(route, { taskId: 'task_none', subscriberId: 'nobody' }) as never,
    )
    expect(theirs.status).toBe(404)
    expect(theirs).toEqual(nobodys)
  })

  test('lists, counts and look-ups hold own rows only', async () => {
    const list = (await asker.ask('listTasks', { query: { pageSize: '100' } })).body as {
      rows: { id: string }[]
      total: number
      counts: { count: number }[]
    }
    const id = staff.find(s => s.login === manager)?.id ?? ''
    const all = await listTasks(
      city.application.desk.db,
      { kind: 'branch', nodePath: '/' },
      { managerId: id, pageSize: 1000 },
    )
    expect(list.total).toBe(all.total)
    expect(list.counts.reduce((sum, c) => sum + c.count, 0)).toBe(all.total)
    const ownIds = new Set(all.tasks.map(t => t.id))
    expect(list.rows.filter(r => !ownIds.has(r.id))).toEqual([])
    const found = (await asker.ask('findSubscribers', { query: { q: others.subscriberId } })).body as {
      total: number
    }
    expect(found.total).toBe(0)
    const mine = (await asker.ask('findSubscribers', { query: { q: own.subscriberId } })).body as {
      total: number
    }
    expect(mine.total).toBe(1)
  })

  test('own task and own customer open', async () => {
    expect((await asker.ask('showTask', { parts: { id: own.taskId } })).status).toBe(200)
    expect((await asker.ask('showSubscriber', { parts: { id: own.subscriberId } })).status).toBe(200)
  })
})

test('a supervisor of one county sees nothing of another, and numbers are masked', async () => {
  const supervisor = staff.find(s => s.roles.includes('supervisor'))
  const asker = await city.as(supervisor?.login ?? '')
  const list = (await asker.ask('listTasks', { query: { pageSize: '100' } })).body as {
    rows: { id: string; number: string }[]
  }
  const { tasks } = await listTasks(
    city.application.desk.db,
    { kind: 'branch', nodePath: supervisor?.unit.path ?? '' },
    { pageSize: 1000 },
  )
  const inBranch = new Set(tasks.map(t => t.id))
  expect(list.rows.length).toBeGreaterThan(0)
  expect(list.rows.filter(r => !inBranch.has(r.id))).toEqual([])
  expect(list.rows.filter(r => r.number !== null && !r.number.includes('*'))).toEqual([])
})

test('a change asked for from another site is refused, with a session or without', async () => {
  const reply = await city.server.inject({
    method: 'POST',
    url: routes.signIn.path,
    headers: { 'sec-fetch-site': 'cross-site' },
    payload: { login: 'manager1', password: 'x' },
  })
  expect(reply.json()).toMatchObject({ code: 'request.elsewhere' })
})
