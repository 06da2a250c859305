import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, migrationsIn } from '#desk'
import { everybody, plainDate } from '#kernel'
import { freshDesk } from '../../test/support/desk.ts'
import {
  assignManagers,
  changeStaff,
  endStandIn,
  growOrganisation,
  holderOn,
  listRoles,
  listStandIns,
  organisationOn,
  placedOn,
  postsOf,
  removeNode,
  removeRole,
  responsibleFor,
  scopeFor,
  scopeOf,
  setRole,
  staffPlacedOn,
  staffWithin,
  standIn,
} from './index.ts'
import { addStaff, listStaff } from './staff.ts'

const start = new Date('2026-03-01T01:00:00Z')
const [before, monday, tuesday] = ['2026-03-01', '2026-03-02', '2026-03-03'].map(plainDate) as [
  ReturnType<typeof plainDate>,
  ReturnType<typeof plainDate>,
  ReturnType<typeof plainDate>,
]
const node = (id: string, parentId: string | null, level: 'hq' | 'city' | 'county' | 'grid' | 'team') => ({
  id,
  parentId,
  level,
  name: { zh: `单位 ${id}`, en: `unit ${id}` },
})
const tree = [
  node('hq', null, 'hq'),
  node('c1', 'hq', 'city'),
  node('k1', 'c1', 'county'),
  node('k2', 'c1', 'county'),
  node('g1', 'k1', 'grid'),
  node('g2', 'k2', 'grid'),
  node('t1', 'k1', 'team'),
]
let desk: Desk
const staff = (login: string, roles: readonly string[], nodeId: string) =>
  addStaff(
    desk.db,
    { login, name: { zh: login, en: login }, roles, nodeId, language: 'zh', password: 'river stone 7712' },
    start,
  )
const member = async (login: string) => {
  const found = (await listStaff(desk.db)).find(one => one.login === login)
  if (found === undefined) throw new Error(`nobody is called ${login}`)
  return found
}

beforeAll(async () => {
  desk = await freshDesk(migrationsIn(import.meta.dirname))
  await growOrganisation(desk.db, tree, before)
  await staff('root', ['administrator'], 'hq')
  await staff('ann', ['account_manager'], 'k1')
  await staff('bob', ['account_manager'], 'k1')
  await staff('sue', ['supervisor'], 'k1')
  await staff('tim', ['supervisor'], 'k2')
  await staff('amy', ['analyst'], 'c1')
  await sql`update governance_staff set value_classes = '{high}', subscribers_max = 10 where login = 'ann'`.execute(
    desk.db,
  )
  const some = ['1', '2', '3'].map((subscriberId, sub) => {
    return { subscriberId, sub, nodeId: sub === 2 ? 'g2' : 'g1', valueClass: 'high' }
  })
  await assignManagers(desk.db, some, before)
})
afterAll(() => desk.close())

test('a unit that moves leaves the days before as they were, for itself, those below and their subscribers', async () => {
  const moved = await growOrganisation(desk.db, [node('g1', 'k2', 'grid')], tuesday)
  expect(moved).toEqual([{ from: '/hq/c1/k1/g1/', to: '/hq/c1/k2/g1/' }])
  const where = async (day: typeof monday) =>
    (await organisationOn(desk.db, day)).find(unit => unit.id === 'g1')?.path
  expect([await where(monday), await where(tuesday)]).toEqual(['/hq/c1/k1/g1/', '/hq/c1/k2/g1/'])
  expect((await placedOn(desk.db, ['1'], monday)).get('1')).toEqual({
    managerId: 'staff_ann',
    nodePath: '/hq/c1/k1/g1/',
  })
  const nowIn = async (nodePath: string) =>
    [...(await responsibleFor(desk.db, { kind: 'branch', nodePath }, ['1', '2', '3'])).keys()].toSorted()
  expect(await nowIn('/hq/c1/k1/')).toEqual([])
  expect(await nowIn('/hq/c1/k2/')).toEqual(['1', '2', '3'])
  await growOrganisation(desk.db, [node('g1', 'k1', 'grid')], tuesday)
  expect(await nowIn('/hq/c1/k1/')).toEqual(['1', '2'])
  expect(await where(monday)).toBe('/hq/c1/k1/g1/')
})

test('a subscriber that changes grid or manager keeps who answered before; a night of a past day rewrites nothing later', async () => {
  const moved = { subscriberId: '2', sub: 1, nodeId: 'g2', valueClass: 'high' }
  const report = await assignManagers(desk.db, [moved], tuesday)
  expect(report.moved).toEqual([{ subscriberId: '2', managerId: null, nodePath: '/hq/c1/k2/g2/' }])
  const placed = async (day: typeof monday) => (await placedOn(desk.db, ['2'], day)).get('2')
  expect(await placed(monday)).toEqual({ managerId: 'staff_ann', nodePath: '/hq/c1/k1/g1/' })
  expect(await placed(tuesday)).toEqual({ managerId: null, nodePath: '/hq/c1/k2/g2/' })
  await assignManagers(desk.db, [{ ...moved, nodeId: 'g1' }], monday)
  expect(await placed(tuesday)).toEqual({ managerId: null, nodePath: '/hq/c1/k2/g2/' })
  await assignManagers(desk.db, [{ ...moved, nodeId: 'g1' }], tuesday)
  expect(await placed(monday)).toEqual({ managerId: 'staff_ann', nodePath: '/hq/c1/k1/g1/' })
})

test('staff who move or leave are remembered where they were; the last administrator stays', async () => {
  const change = (id: string, what: Parameters<typeof changeStaff>[2]) =>
    desk.db.transaction().execute(trx => changeStaff(trx, id, what, tuesday))
  expect(await change('staff_tim', { nodeId: 'k1', roles: ['supervisor', 'clerk'] })).toMatchObject({
    ok: true,
  })
  expect(await staffPlacedOn(desk.db, 'staff_tim', monday)).toEqual({ nodeId: 'k2', roles: ['supervisor'] })
  expect(await staffPlacedOn(desk.db, 'staff_tim', tuesday)).toMatchObject({ nodeId: 'k1' })
  expect(await change('staff_tim', { isActive: false })).toMatchObject({ ok: true })
  expect(await staffPlacedOn(desk.db, 'staff_tim', tuesday)).toBeUndefined()
  expect(await change('staff_tim', { isActive: true, nodeId: 'k2', roles: ['supervisor'] })).toMatchObject({
    ok: true,
  })
  for (const what of [{ isActive: false }, { roles: ['clerk'] }, { nodeId: 'c1' }]) {
    expect(await change('staff_root', what)).toMatchObject({ fault: { code: 'staff.last-administrator' } })
    await change('staff_root', { isActive: true, roles: ['administrator'], nodeId: 'hq' })
  }
  expect(await change('staff_sue', { roles: [] })).toMatchObject({ fault: { code: 'staff.no-role' } })
  expect(await change('staff_sue', { roles: ['wizard'] })).toMatchObject({ fault: { code: 'role.unknown' } })
  expect(await change('staff_sue', { nodeId: 'atlantis' })).toMatchObject({ fault: { code: 'node.unknown' } })
  expect(await change('staff_nobody', {})).toMatchObject({ fault: { code: 'staff.unknown' } })
})

test('whoever stands in fills the other post beside their own, for those days and no others, and hands nothing on', async () => {
  const period = { from: monday, to: tuesday }
  expect(await standIn(desk.db, { forId: 'staff_ann', byId: 'staff_sue', ...period })).toMatchObject({
    ok: true,
  })
  expect(await standIn(desk.db, { forId: 'staff_sue', byId: 'staff_amy', ...period })).toMatchObject({
    ok: true,
  })
  const sue = await member('sue')
  expect(await scopeOf(desk.db, sue, 'task.look', monday)).toEqual({
    kind: 'several',
    of: [
      { kind: 'branch', nodePath: '/hq/c1/k1/' },
      { kind: 'own', managerIds: ['staff_ann'] },
    ],
  })
  expect(await scopeOf(desk.db, sue, 'task.look', tuesday)).toEqual({
    kind: 'branch',
    nodePath: '/hq/c1/k1/',
  })
  const posts = await postsOf(desk.db, sue, monday)
  const anns = { managerId: 'staff_ann', nodePath: '/hq/c1/k1/g1/' }
  expect(holderOn(posts, anns).permissions.has('number.plain')).toBe(true)
  expect(holderOn(posts, { ...anns, managerId: 'staff_bob' }).permissions.has('number.plain')).toBe(false)
  const amy = await postsOf(desk.db, await member('amy'), monday)
  expect(scopeFor(amy, 'task.work')).toEqual({ kind: 'branch', nodePath: '/hq/c1/k1/' })
  expect(scopeFor(amy, 'number.plain')).toEqual({ kind: 'several', of: [] })
  const listed = await listStandIns(desk.db, { kind: 'branch', nodePath: '/hq/c1/k1/' }, before)
  expect(listed.map(one => [one.forId, one.byId])).toEqual([
    ['staff_ann', 'staff_sue'],
    ['staff_sue', 'staff_amy'],
  ])
  expect(await listStandIns(desk.db, { kind: 'branch', nodePath: '/hq/c1/k2/' }, before)).toEqual([])
  expect(await endStandIn(desk.db, { forId: 'staff_ann', byId: 'staff_sue', from: monday }, monday)).toBe(
    true,
  )
  expect(await endStandIn(desk.db, { forId: 'staff_ann', byId: 'staff_sue', from: monday }, monday)).toBe(
    false,
  )
})

test.each([
  ['stand-in.self', { forId: 'staff_ann', byId: 'staff_ann', from: '2026-03-02', to: '2026-03-03' }],
  ['stand-in.span', { forId: 'staff_ann', byId: 'staff_bob', from: '2026-03-02', to: '2026-03-02' }],
  ['stand-in.span', { forId: 'staff_ann', byId: 'staff_bob', from: '2026-03-02', to: '2028-03-02' }],
  ['staff.unknown', { forId: 'staff_ann', byId: 'staff_nobody', from: '2026-03-02', to: '2026-03-03' }],
])('a stand-in that cannot be is refused: %s', async (code, period) => {
  const answer = await standIn(desk.db, {
    ...period,
    from: plainDate(period.from),
    to: plainDate(period.to),
  })
  expect(answer).toMatchObject({ ok: false, fault: { code } })
})

test('a custom role reaches as far as it says, beside a built-in one; it goes only when nobody holds it', async () => {
  const role = {
    code: 'own_exporter',
    title: { zh: '导出员', en: 'exporter' },
    reach: 'own',
    permissions: ['task.look', 'document.plain'],
  } as const
  expect(await setRole(desk.db, role, start)).toMatchObject({ ok: true })
  await desk.db
    .transaction()
    .execute(trx => changeStaff(trx, 'staff_bob', { roles: ['clerk', 'own_exporter'] }, monday))
  const posts = await postsOf(desk.db, await member('bob'), tuesday)
  expect(scopeFor(posts, 'task.look')).toEqual({ kind: 'branch', nodePath: '/hq/c1/k1/' })
  expect(scopeFor(posts, 'document.plain')).toEqual({ kind: 'own', managerIds: ['staff_bob'] })
  expect((await listRoles(desk.db)).find(r => r.code === 'own_exporter')).toMatchObject({
    isBuiltIn: false,
    staff: 1,
  })
  expect(await removeRole(desk.db, 'own_exporter')).toMatchObject({ fault: { code: 'role.held' } })
  await desk.db
    .transaction()
    .execute(trx => changeStaff(trx, 'staff_bob', { roles: ['account_manager'] }, monday))
  expect(await removeRole(desk.db, 'own_exporter')).toMatchObject({ ok: true })
  expect(await removeRole(desk.db, 'own_exporter')).toMatchObject({ fault: { code: 'role.unknown' } })
  const refused = async (change: object) => {
    const answer = await setRole(desk.db, { ...role, ...change }, start)
    return answer.ok ? 'allowed' : answer.fault.code
  }
  expect(await refused({ code: 'clerk' })).toBe('role.built-in')
  expect(await refused({ code: 'Bad Code' })).toBe('role.malformed')
  expect(await refused({ permissions: ['everything'] })).toBe('permission.unknown')
})

test('a unit goes only when nothing is in it; a tree that is none is refused', async () => {
  expect(await removeNode(desk.db, 'k1', tuesday)).toMatchObject({ fault: { code: 'node.in-use' } })
  expect(await removeNode(desk.db, 'atlantis', tuesday)).toMatchObject({ fault: { code: 'node.unknown' } })
  expect(await removeNode(desk.db, 't1', tuesday)).toMatchObject({ ok: true })
  expect((await organisationOn(desk.db, monday)).map(unit => unit.id)).toContain('t1')
  expect((await organisationOn(desk.db, tuesday)).map(unit => unit.id)).not.toContain('t1')
  await expect(growOrganisation(desk.db, [node('k3', 'g1', 'county')], tuesday)).rejects.toThrow('node.level')
  await expect(growOrganisation(desk.db, [node('hq2', null, 'hq')], tuesday)).rejects.toThrow('node.roots')
})

test('staff are listed within a scope, with those who left', async () => {
  const logins = async (nodePath: string) =>
    (await staffWithin(desk.db, { kind: 'branch', nodePath })).map(one => one.login)
  expect(await logins('/hq/c1/k2/')).toEqual(['tim'])
  expect((await staffWithin(desk.db, everybody, 'k1')).map(one => one.login)).toEqual(['ann', 'bob', 'sue'])
  const own = await staffWithin(desk.db, { kind: 'own', managerIds: ['staff_ann'] })
  expect(own.map(one => one.login)).toEqual(['ann'])
})

test('of three places one after the other each day has exactly one: the first day of a place is its own, the last is not', async () => {
  const days = ['02-28', '03-01', '03-02', '03-03', '03-04', '03-05', '03-06'].map(d =>
    plainDate(`2026-${d}`),
  )
  const third = plainDate('2026-03-05')
  await growOrganisation(desk.db, [node('h1', 'k1', 'grid')], before)
  await growOrganisation(desk.db, [node('h1', 'k2', 'grid')], tuesday)
  await growOrganisation(desk.db, [node('h1', 'k1', 'grid')], third)
  const unit = await Promise.all(
    days.map(async day =>
      (await organisationOn(desk.db, day)).filter(one => one.id === 'h1').map(one => one.parentId),
    ),
  )
  expect(unit).toEqual([[], ['k1'], ['k1'], ['k2'], ['k2'], ['k1'], ['k1']])

  await addStaff(
    desk.db,
    {
      login: 'eve',
      name: { zh: '伊', en: 'Eve' },
      roles: ['clerk'],
      nodeId: 'k1',
      language: 'zh',
      password: 'river stone 7712',
    },
    start,
    before,
  )
  const change = (wanted: Parameters<typeof changeStaff>[2], day: typeof third) =>
    desk.db.transaction().execute(trx => changeStaff(trx, 'staff_eve', wanted, day))
  expect((await change({ nodeId: 'k2' }, tuesday)).ok).toBe(true)
  expect((await change({ isActive: false }, third)).ok).toBe(true)
  expect((await change({ isActive: true }, plainDate('2026-03-06'))).ok).toBe(true)
  const placed = await Promise.all(days.map(day => staffPlacedOn(desk.db, 'staff_eve', day)))
  expect(placed.map(one => one?.nodeId)).toEqual([undefined, 'k1', 'k1', 'k2', 'k2', undefined, 'k2'])

  const sits = (nodeId: string) => ({ subscriberId: '77', sub: 77, nodeId, valueClass: 'low' })
  await assignManagers(desk.db, [sits('g1')], before)
  await assignManagers(desk.db, [sits('g2')], tuesday)
  await assignManagers(desk.db, [sits('g1')], third)
  const sat = await Promise.all(
    days.map(async day => (await placedOn(desk.db, ['77'], day)).get('77')?.nodePath.split('/').at(-2)),
  )
  expect(sat).toEqual([undefined, 'g1', 'g1', 'g2', 'g2', 'g1', 'g1'])
})
