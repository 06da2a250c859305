import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Desk, type DeskDb, migrationsIn } from '#desk'
import { err, ok, plainDate } from '#kernel'
import { freshDesk } from '../../test/support/desk.ts'
import { demoStaff } from './accounts.ts'
import {
  type ApprovalKinds,
  approve,
  askApproval,
  cancelApproval,
  type Decider,
  expireApprovals,
  reject,
} from './approval.ts'
import { approvalById, listApprovals } from './approval-list.ts'
import type { ApprovalLevel } from './approval-row.ts'
import { verifyAudit } from './audit-chain.ts'
import { growOrganisation } from './organisation.ts'
import { type Post, postsOf, scopeFor } from './scope.ts'
import { changeSetting, listSettings, setting } from './settings.ts'
import { listStaff, type Staff } from './staff.ts'
import { unmask } from './unmask.ts'

const at = new Date('2026-03-10T01:00:00Z')
const days = 7
const later = (n: number) => new Date(at.getTime() + n * 86_400_000)
const node = (id: string, parentId: string | null, level: 'hq' | 'county') => ({
  id,
  parentId,
  level,
  name: { zh: id, en: id },
})

let desk: Desk
let staff: ReadonlyMap<string, Staff>
let posts: ReadonlyMap<string, readonly Post[]>
beforeEach(async () => {
  desk = await freshDesk(migrationsIn(import.meta.dirname))
  await growOrganisation(desk.db, [
    node('hq', null, 'hq'),
    node('k1', 'hq', 'county'),
    node('k2', 'hq', 'county'),
  ])
  await demoStaff(desk.db, { password: 'mountain tea 47', at })
  const all = await listStaff(desk.db)
  staff = new Map(all.map(s => [s.login, s]))
  posts = new Map(
    await Promise.all(
      all.map(async s => [s.login, await postsOf(desk.db, s, plainDate('2026-03-10'))] as const),
    ),
  )
  await sql`create table done (approval_id bigint not null, what text not null)`.execute(desk.db)
})
afterEach(() => desk.close())

const who = (login: string): Staff => {
  const found = staff.get(login)
  if (found === undefined) throw new Error(login)
  return found
}

const decider = (login: string): Decider => ({
  id: who(login).id,
  scope: permission => scopeFor(posts.get(login) ?? [], permission),
})

const note = (trx: DeskDb, id: number, what: string) =>
  sql`insert into done (approval_id, what) values (${id}, ${what})`.execute(trx)
const kinds: ApprovalKinds = {
  export: {
    title: { zh: '导出', en: 'export' },
    carryOut: async (trx, approval) => ok(await note(trx, approval.id, 'made')),
    letGo: async (trx, approval) => void (await note(trx, approval.id, `let go: ${approval.state}`)),
  },
}
const effects = async () =>
  (await sql<{ what: string }>`select what from done`.execute(desk.db)).rows.map(r => r.what)

async function ask(
  maker: string,
  level: ApprovalLevel = 'supervisor',
  subject = 'export:1',
): Promise<number> {
  const asked = await askApproval(desk.db, {
    kind: 'export',
    subject,
    title: { zh: '导出任务清单', en: 'export of a work list' },
    changes: [{ field: { zh: '行数', en: 'rows' }, before: null, after: { zh: '1200', en: '1,200' } }],
    payload: { rows: 1200 },
    reason: 'monthly report',
    size: 1200,
    level,
    maker: who(maker),
    at,
    days,
  })
  if (!asked.ok) throw new Error(asked.fault.code)
  return asked.value
}
const code = (result: { ok: boolean; fault?: { code: string } }) => (result.ok ? 'ok' : result.fault?.code)
const by = (login: string, id: number, when = at) => ({ id, by: decider(login), at: when, comment: 'seen' })

test('whoever asked does not decide, nor somebody of another branch, nor without the permission', async () => {
  const id = await ask('supervisor')
  expect(code(await approve(desk.db, kinds, by('supervisor', id)))).toBe('approval.own')
  const managers = await ask('manager1', 'supervisor', 'export:2')
  expect(code(await approve(desk.db, kinds, by('manager1', managers)))).toBe('approval.own')
  expect(code(await approve(desk.db, kinds, by('clerk', managers)))).toBe('approval.unknown')
  expect(code(await approve(desk.db, kinds, by('manager4', managers)))).toBe('approval.unknown')
  expect(code(await approve(desk.db, kinds, by('admin', 999)))).toBe('approval.unknown')
  expect(await effects()).toEqual([])
  expect(code(await approve(desk.db, kinds, by('supervisor', managers)))).toBe('ok')
  expect(await effects()).toEqual(['made'])
  await expect(
    sql`update governance_approval set decided_by = maker_id, state = 'approved' where id = ${managers}`.execute(
      desk.db,
    ),
  ).rejects.toThrow('check')
})

test('what is large waits for an administrator', async () => {
  const id = await ask('manager1', 'administrator')
  expect(code(await approve(desk.db, kinds, by('supervisor', id)))).toBe('approval.level')
  expect(code(await approve(desk.db, kinds, by('admin', id)))).toBe('ok')
})

test('two who decide at once carry it out once', async () => {
  const id = await ask('manager1')
  const results = await Promise.all(
    ['supervisor', 'admin', 'supervisor', 'admin', 'admin'].map(login =>
      approve(desk.db, kinds, by(login, id)),
    ),
  )
  expect(results.map(code).toSorted((a = '', b = '') => (a < b ? -1 : 1))).toEqual([
    'approval.decided',
    'approval.decided',
    'approval.decided',
    'approval.decided',
    'ok',
  ])
  expect(await effects()).toEqual(['made'])
})

test('a decision whose carrying out fails, faults or dies stands as if it had never been made', async () => {
  const id = await ask('manager1')
  const dying = (how: (trx: DeskDb) => Promise<unknown>): ApprovalKinds => ({
    export: {
      ...kinds['export'],
      title: { zh: '', en: '' },
      letGo: async () => undefined,
      carryOut: async (trx, approval) => {
        await note(trx, approval.id, 'half')
        await how(trx)
        return err({ code: 'disk.full', en: '', zh: '' })
      },
    },
  })
  const thrown = approve(
    desk.db,
    dying(() => Promise.reject(new Error('bug'))),
    by('admin', id),
  )
  await expect(thrown).rejects.toThrow('bug')
  const killed = dying(trx => sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx))
  await expect(approve(desk.db, killed, by('admin', id))).rejects.toThrow(/terminat|Connection/i)
  expect(
    code(
      await approve(
        desk.db,
        dying(() => Promise.resolve()),
        by('admin', id),
      ),
    ),
  ).toBe('disk.full')
  expect(await effects()).toEqual([])
  expect(code(await approvalById(desk.db, decider('admin'), id))).toBe('ok')
  expect(code(await approve(desk.db, kinds, by('admin', id)))).toBe('ok')
  expect(await effects()).toEqual(['made'])
})

test('rejected, taken back or out of time, it is let go and never carried out', async () => {
  const [first, second, third] = [
    await ask('manager1', 'supervisor', 'a'),
    await ask('manager1', 'supervisor', 'b'),
    await ask('manager1', 'supervisor', 'c'),
  ]
  expect(code(await reject(desk.db, kinds, by('supervisor', first)))).toBe('ok')
  expect(code(await approve(desk.db, kinds, by('supervisor', first)))).toBe('approval.decided')
  expect(code(await cancelApproval(desk.db, kinds, by('supervisor', second)))).toBe('approval.not-yours')
  expect(code(await cancelApproval(desk.db, kinds, by('manager1', second)))).toBe('ok')
  expect(code(await approve(desk.db, kinds, by('supervisor', third, later(7))))).toBe('approval.decided')
  expect(await expireApprovals(desk.db, kinds, later(6))).toBe(0)
  expect(await expireApprovals(desk.db, kinds, later(7))).toBe(1)
  expect(await effects()).toEqual(['let go: rejected', 'let go: cancelled', 'let go: expired'])
})

test('the same thing waits once', async () => {
  await ask('manager1')
  await expect(ask('manager1')).rejects.toThrow('approval.waiting')
})

test('everybody sees their own, deciders what waits for them, and nobody another branch', async () => {
  const mine = await ask('manager1', 'supervisor', 'a')
  const large = await ask('manager1', 'administrator', 'b')
  const other = await ask('manager4', 'supervisor', 'c')
  const seen = async (login: string, which: 'mine' | 'to-decide' | 'all') =>
    (await listApprovals(desk.db, decider(login), { which })).found.map(a => a.id)
  expect(await seen('manager1', 'mine')).toEqual([large, mine])
  expect(await seen('manager1', 'to-decide')).toEqual([])
  expect(await seen('manager1', 'all')).toEqual([])
  expect(await seen('supervisor', 'to-decide')).toEqual([mine])
  expect(await seen('supervisor', 'all')).toEqual([large, mine])
  expect(await seen('admin', 'to-decide')).toEqual([other, large, mine])
  expect(code(await approvalById(desk.db, decider('supervisor'), other))).toBe('approval.unknown')
  expect(code(await approvalById(desk.db, decider('clerk'), mine))).toBe('approval.unknown')
})

test('every step is in the audit, with who asked, who decided and why', async () => {
  const id = await ask('manager1')
  await approve(desk.db, kinds, by('supervisor', id))
  const { rows } = await sql<{ act: string; staff_id: string; reason: string }>`
    select act, staff_id, reason from governance_audit where subject = ${`approval:${id}`} order by id`.execute(
    desk.db,
  )
  expect(rows).toEqual([
    { act: 'approval.ask', staff_id: 'staff_manager1', reason: 'monthly report' },
    { act: 'approval.approve', staff_id: 'staff_supervisor', reason: 'seen' },
  ])
  expect((await verifyAudit(desk.db)).broken).toBeNull()
})

test('unmasking is counted a day and staff, however many ask at once, and refused beyond the setting', async () => {
  await changeSetting(desk.db, { id: 'unmasksPerDay', value: 5, at, staffId: 'staff_admin' })
  const one = (day: string, staffId = 'staff_clerk') =>
    unmask(desk.db, {
      staffId,
      subscriberId: 'S1',
      field: 'number',
      purpose: 'contact',
      reason: 'calls back',
      day: day as never,
      at,
      from: '10.0.0.7',
    })
  const results = await Promise.all(Array.from({ length: 12 }, () => one('2026-03-10')))
  expect(results.filter(r => r.ok)).toHaveLength(5)
  expect(results.map(code)).toContain('unmask.limit')
  expect(code(await one('2026-03-11'))).toBe('ok')
  expect(code(await one('2026-03-10', 'staff_manager1'))).toBe('ok')
  await changeSetting(desk.db, { id: 'unmasksPerDay', value: 0, at, staffId: 'staff_admin' })
  expect(code(await one('2026-03-12'))).toBe('unmask.limit')
  const { rows } = await sql<{ act: string; n: number }>`
    select act, count(*) as n from governance_audit where subject = 'subscriber:S1' group by act order by act`.execute(
    desk.db,
  )
  expect(rows).toEqual([
    { act: 'value.unmask', n: 7 },
    { act: 'value.unmask-refused', n: 8 },
  ])
})

test('a setting is a whole number within its limits, and its change is audited', async () => {
  const change = (id: string, value: number) =>
    changeSetting(desk.db, { id, value, at, staffId: 'staff_admin' })
  expect(await setting(desk.db, 'exportRowsFree')).toBe(1_000)
  expect(code(await change('exportRowsFree', 10.5))).toBe('setting.limits')
  expect(code(await change('exportRowsFree', -1))).toBe('setting.limits')
  expect(code(await change('toString', 1))).toBe('setting.unknown')
  expect(code(await change('exportRowsFree', 500))).toBe('ok')
  expect(await setting(desk.db, 'exportRowsFree')).toBe(500)
  expect((await listSettings(desk.db)).find(s => s.id === 'exportRowsFree')).toMatchObject({
    value: 500,
    default: 1_000,
  })
})
