import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, migrationsIn } from '#desk'
import { plainDate } from '#kernel'
import { freshDesk } from '../../test/support/desk.ts'
import {
  assignManagers,
  audit,
  changePassword,
  demoStaff,
  firstAdministrator,
  growOrganisation,
  listStaff,
  organisation,
  responsibleFor,
  scopeOf,
  signIn,
  signOut,
  staffOf,
  standIn,
} from './index.ts'
import { addStaff } from './staff.ts'
import { vaultWith } from './vault.ts'

const password = 'mountain tea 47'
const start = new Date('2026-03-10T01:00:00Z')
let minutes = 0
/** Each test on its own hour, so that pauses of one do not touch another. */
const later = (more = 60) => {
  minutes += more
  return new Date(start.getTime() + minutes * 60_000)
}
const node = (id: string, parentId: string | null, level: 'hq' | 'city' | 'county' | 'grid') => ({
  id,
  parentId,
  level,
  name: { zh: `单位 ${id}`, en: `unit ${id}` },
})
const tree = [
  node('g11', 'k1', 'grid'),
  node('g12', 'k1', 'grid'),
  node('g21', 'k2', 'grid'),
  node('k1', 'c1', 'county'),
  node('k2', 'c1', 'county'),
  node('c1', 'hq', 'city'),
  node('hq', null, 'hq'),
]

const vault = vaultWith(Buffer.alloc(32, 7))
let desk: Desk
beforeAll(async () => {
  desk = await freshDesk(migrationsIn(import.meta.dirname))
  await growOrganisation(desk.db, tree)
  await demoStaff(desk.db, { password, at: start })
})
afterAll(() => desk.close())

async function signedIn(login: string) {
  const result = await signIn(desk.db, { vault, login, password, at: later() })
  if (!result.ok) throw new Error(result.fault.code)
  return result.value
}

test('a unit’s path tells its branch, and moving a unit moves everything below it', async () => {
  const paths = async () =>
    Object.fromEntries((await organisation(desk.db)).map(({ id, path: where }) => [id, where]))
  expect(await paths()).toMatchObject({ hq: '/hq/', k1: '/hq/c1/k1/', g21: '/hq/c1/k2/g21/' })
  await growOrganisation(desk.db, [node('c2', 'hq', 'city'), node('k2', 'c2', 'county')])
  expect(await paths()).toMatchObject({ k2: '/hq/c2/k2/', g21: '/hq/c2/k2/g21/' })
  await growOrganisation(desk.db, tree)
  expect(await paths()).toMatchObject({ g21: '/hq/c1/k2/g21/' })
})

test.each([
  ['node.unknown', [node('x', 'nowhere', 'grid')]],
  ['node.malformed', [node('a/b', 'hq', 'grid')]],
  ['node.loop', [node('a', 'b', 'grid'), node('b', 'a', 'grid')]],
])('a tree that is none is refused: %s', async (code, nodes) => {
  await expect(growOrganisation(desk.db, nodes)).rejects.toThrow(code)
})

test('demonstration accounts: three managers per county, one of every other role and a second supervisor above, made once', async () => {
  const again = await demoStaff(desk.db, { password: 'another one 12', at: start })
  expect(again.map(account => account.login)).toEqual([
    ...[1, 2, 3, 4, 5, 6].map(n => `manager${n}`),
    'clerk',
    'campaign',
    'analyst',
    'supervisor',
    'supervisor2',
    'dispatcher',
    'admin',
  ])
  expect(await signedIn('manager1')).toMatchObject({ staff: { roles: ['account_manager'] } })
})

test('several roles and a custom one allow together what each allows', async () => {
  await sql`insert into governance_role values
    ('night_watch', '值夜', 'night watch', 'branch', '{night.look,no.longer}', now())`.execute(desk.db)
  await addStaff(
    desk.db,
    {
      login: 'both',
      name: { zh: '双', en: 'Both' },
      roles: ['clerk', 'night_watch'],
      nodeId: 'k1',
      language: 'zh',
      password,
    },
    start,
  )
  const both = (await listStaff(desk.db)).find(staff => staff.login === 'both')
  expect(both?.roleTitles.map(title => title.en)).toEqual(['desk clerk', 'night watch'])
  const clerk = (await listStaff(desk.db)).find(staff => staff.login === 'clerk')
  expect(both?.permissions).toEqual(new Set([...(clerk?.permissions ?? []), 'night.look']))
})

test('signs in, is known by the token, signs out, is known no more', async () => {
  const { token, staff, expiresAt } = await signedIn(' Manager4 ')
  expect(staff).toMatchObject({ login: 'manager4', unit: { id: 'k2', path: '/hq/c1/k2/' } })
  expect(await staffOf(desk.db, token, later(1))).toEqual(staff)
  expect(await staffOf(desk.db, token, expiresAt)).toBeUndefined()
  await signOut(desk.db, token, later(1))
  expect(await staffOf(desk.db, token, later(1))).toBeUndefined()
})

test('what the desk keeps of a session or a password does not let anyone in', async () => {
  const { token } = await signedIn('manager1')
  const { rows } = await sql<{ all: string }>`
    select string_agg(s::text, ' ') as all from (
      select s::text from governance_session s union all select s::text from governance_staff s) s`.execute(
    desk.db,
  )
  expect(rows[0]?.all).not.toContain(token)
  expect(rows[0]?.all).not.toContain(password)
})

test('a wrong password, an unknown login and a closed account get the same answer', async () => {
  await addStaff(
    desk.db,
    {
      login: 'gone',
      name: { zh: '离', en: 'Gone' },
      roles: ['clerk'],
      nodeId: 'k1',
      language: 'zh',
      password,
    },
    start,
  )
  await sql`update governance_staff set is_active = false where login = 'gone'`.execute(desk.db)
  const at = later()
  const answers = await Promise.all([
    signIn(desk.db, { vault, login: 'manager1', password: 'wrong', at }),
    signIn(desk.db, { vault, login: 'nobody', password, at }),
    signIn(desk.db, { vault, login: 'gone', password, at }),
  ])
  expect(new Set(answers.map(a => JSON.stringify(a))).size).toBe(1)
  expect(answers[0]).toMatchObject({ ok: false, fault: { code: 'sign-in.refused' } })
})

test('guessing is slowed down, known login or not, even many guesses at once; the right password waits too', async () => {
  for (const login of ['manager2', 'nobody-at-all']) {
    const at = later()
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => signIn(desk.db, { vault, login, password: `guess ${i}`, at })),
    )
    const { rows } = await sql<{ failures: number }>`
      select failures from governance_sign_in_failure where locked_until > ${at} and last_at = ${at}`.execute(
      desk.db,
    )
    expect(rows).toEqual([{ failures: 5 }])
  }
  const at = later(0)
  await Promise.all(
    Array.from({ length: 5 }, () => signIn(desk.db, { vault, login: 'manager3', password: 'x', at })),
  )
  const right = (seconds: number) =>
    signIn(desk.db, { vault, login: 'manager3', password, at: new Date(at.getTime() + seconds * 1000) })
  expect(await right(29)).toMatchObject({ ok: false })
  expect(await right(31)).toMatchObject({ ok: true })
  expect(await signIn(desk.db, { vault, login: 'manager3', password: 'x', at })).toMatchObject({ ok: false })
  expect(await right(32)).toMatchObject({ ok: true })
})

test('a new password ends every session; a weak one is refused', async () => {
  const login = 'Fresh.One'
  const staffId = await addStaff(
    desk.db,
    { login, name: { zh: '新', en: 'New' }, roles: ['clerk'], nodeId: 'k1', language: 'en', password },
    start,
  )
  const { token } = await signedIn(login)
  const change = (to: string, from = password) =>
    changePassword(desk.db, { staffId, from, to, at: later(20) })
  expect(await change('short')).toMatchObject({ fault: { code: 'password.short' } })
  expect(await change('my fresh.one 88')).toMatchObject({ fault: { code: 'password.guessable' } })
  expect(await change('aaaaaabbbbbb')).toMatchObject({ fault: { code: 'password.guessable' } })
  expect(await change('Password-2026')).toMatchObject({ fault: { code: 'password.guessable' } })
  expect(await change('河流 and stones', 'not it')).toMatchObject({ fault: { code: 'password.wrong' } })
  expect(await change('河流 and stones')).toEqual({ ok: true, value: true })
  expect(await staffOf(desk.db, token, later(1))).toBeUndefined()
  expect(await signIn(desk.db, { vault, login, password: '河流 and stones', at: later() })).toMatchObject({
    ok: true,
  })
})

test('the first administrator gets a one-time password, and there is only one first', async () => {
  const fresh = await freshDesk(migrationsIn(import.meta.dirname))
  try {
    await growOrganisation(fresh.db, tree)
    const admin = await firstAdministrator(fresh.db, start)
    expect(admin?.login).toBe('admin')
    expect(await firstAdministrator(fresh.db, start)).toBeUndefined()
    const first = await signIn(fresh.db, {
      vault,
      login: 'admin',
      password: admin?.password ?? '',
      at: start,
    })
    expect(first).toMatchObject({ ok: true, value: { staff: { mustChangePassword: true } } })
  } finally {
    await fresh.close()
  }
})

test('an account manager sees own subscribers and those stood in for; a supervisor the branch', async () => {
  const { staff } = await signedIn('manager1')
  await standIn(desk.db, {
    forId: 'staff_manager2',
    byId: staff.id,
    from: plainDate('2026-03-10'),
    to: plainDate('2026-03-12'),
  })
  const on = (day: string) => scopeOf(desk.db, staff, 'task.look', plainDate(day))
  expect(await on('2026-03-09')).toEqual({ kind: 'own', managerIds: ['staff_manager1'] })
  expect(await on('2026-03-11')).toEqual({ kind: 'own', managerIds: ['staff_manager1', 'staff_manager2'] })
  expect(await on('2026-03-12')).toEqual({ kind: 'own', managerIds: ['staff_manager1'] })
  const supervisor = await signedIn('supervisor')
  expect(await scopeOf(desk.db, supervisor.staff, 'task.look', plainDate('2026-03-10'))).toEqual({
    kind: 'branch',
    nodePath: '/hq/c1/k1/',
  })
})

test('subscribers get a manager by unit and class, evenly, and keep it until they leave the range', async () => {
  const some = (n: number, nodeId: string | null, valueClass: string) =>
    Array.from({ length: n }, (_, i) => ({
      subscriberId: `${nodeId}-${valueClass}-${i}`,
      sub: i,
      nodeId,
      valueClass,
    }))
  const all = [
    ...some(60, 'g11', 'high'),
    ...some(60, 'g21', 'middle'),
    ...some(5, 'g12', 'prepaid'),
    ...some(3, null, 'high'),
  ]
  const report = await assignManagers(desk.db, all)
  expect(report).toMatchObject({
    written: 128,
    withManager: 120,
    withoutManager: 8,
    outsideUnits: 3,
    moved: [],
  })
  const placed = report.placed.toReversed()
  expect(await assignManagers(desk.db, all.toReversed())).toEqual({ ...report, written: 0, placed })
  const loads = async () => {
    const { rows } = await sql<{ manager_id: string; n: number }>`
      select manager_id, count(*) n from governance_subscriber
      where manager_id is not null group by 1 order by 1`.execute(desk.db)
    return Object.fromEntries(rows.map(row => [row.manager_id.replace('staff_', ''), row.n]))
  }
  expect(await loads()).toEqual({ manager1: 30, manager2: 30, manager5: 30, manager6: 30 })
  const risen = some(10, 'g21', 'middle').map(s => ({ ...s, valueClass: 'high' }))
  const moved = await assignManagers(desk.db, risen)
  expect(moved).toMatchObject({ written: 10, withManager: 10 })
  const after = await responsibleFor(
    desk.db,
    { kind: 'branch', nodePath: '/hq/c1/k2/' },
    risen.map(s => s.subscriberId),
  )
  const kept = [...after.values()].map(row => row.managerId)
  expect(new Set(kept)).toEqual(new Set(['staff_manager4', 'staff_manager5']))
  const other = await responsibleFor(
    desk.db,
    { kind: 'own', managerIds: ['staff_manager1'] },
    risen.map(s => s.subscriberId),
  )
  expect(other.size).toBe(0)
})

test('20,000 subscribers are assigned within a moment', async () => {
  const many = Array.from({ length: 20_000 }, (_, i) => ({
    subscriberId: `many-${i}`,
    sub: i,
    nodeId: i % 3 === 0 ? 'g11' : 'g21',
    valueClass: i % 10 === 0 ? 'high' : 'basic',
  }))
  const from = performance.now()
  const report = await assignManagers(desk.db, many)
  const seconds = (performance.now() - from) / 1000
  expect(report).toMatchObject({ written: 20_000, withManager: 2_000 })
  expect(seconds).toBeLessThan(3)
})

test('the audit can only grow', async () => {
  await audit(desk.db, {
    at: start,
    staffId: 'staff_manager1',
    act: 'subscriber.look',
    subject: 'subscriber:S1',
  })
  const { rows } =
    await sql`select act, subject, detail from governance_audit where subject = 'subscriber:S1'`.execute(
      desk.db,
    )
  expect(rows).toEqual([{ act: 'subscriber.look', subject: 'subscriber:S1', detail: {} }])
  for (const words of [
    'update governance_audit set act = null',
    'delete from governance_audit',
    'truncate governance_audit',
  ]) {
    await expect(sql.raw(words).execute(desk.db)).rejects.toThrow('append-only')
  }
})
