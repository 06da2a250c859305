import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, type DeskTransaction, migrationsIn } from '#desk'
import { everybody, plainDate, type RowScope } from '#kernel'
import { freshDesk } from '../../test/support/desk.ts'
import {
  claimTask,
  type DecidedProposal,
  decidedArms,
  decisionCounts,
  dropTask,
  expireTasks,
  followTasks,
  listTasks,
  moveMany,
  recordOutcome,
  replaceDay,
  smsToSend,
  subscribersInHand,
  type TaskDraft,
  taskById,
  taskCounts,
} from './index.ts'
import { releaseTask } from './work.ts'

const at = new Date('2026-03-10T01:00:00Z')
const everything: RowScope = { kind: 'branch', nodePath: '/hq/' }
const li = { id: 'm1', name: { zh: '李娜', en: 'Li Na' } }
const wang = { id: 'm2', name: { zh: '王强', en: 'Wang Qiang' } }
const words = (text: string) => ({ zh: `中 ${text}`, en: text })

let desk: Desk
beforeAll(async () => {
  desk = await freshDesk(migrationsIn(import.meta.dirname))
})
afterAll(() => desk.close())

function draft(subscriberId: string, some: Partial<TaskDraft> = {}): TaskDraft {
  return {
    subscriberId,
    number: `138${subscriberId.padStart(8, '0')}`,
    customerName: '张伟',
    arpuFen: 5_000,
    managerId: 'm1',
    nodePath: '/hq/c1/k1/g1/',
    valueClass: 'high',
    channel: 'call',
    ruleId: 'low-balance',
    ruleIds: ['low-balance', 'silent'],
    level: 'medium',
    points: 12.5,
    valueFen: 3_000,
    dueDay: plainDate('2026-03-12'),
    reason: words('balance is ¥3.20'),
    signals: [{ ruleId: 'low-balance', values: [{ id: 'balance', value: 320 }] }],
    offerId: 'recharge-50',
    offer: { id: 'recharge-50', asksFen: 5_000 },
    script: words('hello'),
    decision: words('the best'),
    ...some,
  }
}

function decided(subscriberId: string, some: Partial<DecidedProposal> = {}): DecidedProposal {
  return {
    subscriberId,
    ruleId: 'low-balance',
    channel: 'call',
    offerId: 'recharge-50',
    result: 'act',
    control: null,
    reason: { code: 'most-valuable', ...words('the best') },
    valueFen: 3_000,
    success: { kind: 'recharged', withinDays: 7, atLeastFen: 5_000 },
    managerId: 'm1',
    nodePath: '/hq/c1/k1/',
    ...some,
  }
}

function replace(day: string, tasks: readonly TaskDraft[], decisions: readonly DecidedProposal[] = []) {
  const work = { day: plainDate(day), tasks, decisions, at }
  return desk.db.transaction().execute((trx: DeskTransaction) => replaceDay(trx, work))
}

async function tasksOn(day: string) {
  return (await listTasks(desk.db, everything, { day: plainDate(day), pageSize: 1_000 })).tasks
}

async function onlyTask(day: string) {
  const [task] = await tasksOn(day)
  if (task === undefined) throw new Error('no task')
  return task
}

async function everyRow() {
  const { rows } = await sql`select (t.*)::text as row from
    (select id, day, due_day, subscriber_id, rule_ids, signals, state, moves from task) t order by 1`.execute(
    desk.db,
  )
  return rows
}

test('making the same day again gives the same rows', async () => {
  const all = ['11', '12', '13'].map(id => draft(id))
  expect(await replace('2026-01-01', all)).toEqual({ made: 3, kept: 0 })
  const before = await everyRow()
  expect(await replace('2026-01-01', all.toReversed())).toEqual({ made: 3, kept: 0 })
  expect(await everyRow()).toEqual(before)
  expect(await onlyTask('2026-01-01')).toMatchObject({ ...draft('11'), state: 'open', assignee: null })
})

test('a day made again drops what is no longer due, and keeps what someone already works on', async () => {
  await replace(
    '2026-01-02',
    [draft('21'), draft('22'), draft('24')],
    [decided('21'), decided('22'), decided('24')],
  )
  const first = (await tasksOn('2026-01-02')).find(task => task.subscriberId === '21')
  await claimTask(desk.db, everything, { taskId: first?.id ?? '', by: li, at })
  const other = { ruleId: 'silent' }
  const report = await replace(
    '2026-01-02',
    [draft('21', other), draft('23', other), draft('24')],
    [decided('21', other), decided('23', other), decided('24')],
  )
  expect(report).toEqual({ made: 2, kept: 1 })
  expect(
    (await tasksOn('2026-01-02'))
      .toSorted((a, b) => a.subscriberId.localeCompare(b.subscriberId))
      .map(t => `${t.subscriberId} ${t.ruleId} ${t.state}`),
  ).toEqual(['21 low-balance claimed', '23 silent open', '24 low-balance open'])
  const arms = await decidedArms(desk.db, { from: plainDate('2026-01-02'), to: plainDate('2026-01-03') })
  expect(arms.map(arm => [arm.subscriberId, arm.ruleId])).toEqual([
    ['21', 'low-balance'],
    ['24', 'low-balance'],
    ['23', 'silent'],
  ])
  const span = { from: plainDate('2026-01-02'), to: plainDate('2026-01-03') }
  const bySilent = await decidedArms(desk.db, span, everything, 'silent')
  expect(bySilent.map(arm => arm.subscriberId)).toEqual(['23'])
})

test('two colleagues reach for the same task; the second is told who has it', async () => {
  await replace('2026-01-03', [draft('31')])
  const { id } = await onlyTask('2026-01-03')
  const both = await Promise.all([li, wang].map(by => claimTask(desk.db, everything, { taskId: id, by, at })))
  expect(both.filter(result => result.ok)).toHaveLength(1)
  const winner = both[0]?.ok ? li : wang
  expect(both.find(result => !result.ok)).toMatchObject({
    fault: { code: 'task.already-claimed', zh: `已被 ${winner.name.zh} 领取` },
  })
  const loser = winner === li ? wang : li
  const act = { taskId: id, by: loser, at }
  expect(await dropTask(desk.db, everything, { ...act, why: 'x' })).toMatchObject({
    fault: { code: 'task.already-claimed' },
  })
  expect(await releaseTask(desk.db, everything, { ...act, by: winner })).toMatchObject({
    ok: true,
    value: { state: 'open', assignee: null },
  })
  expect(await claimTask(desk.db, everything, act)).toMatchObject({ ok: true })
})

test('claimed, called, recorded: the outcome and who recorded it are kept, and the task is closed', async () => {
  await replace('2026-01-04', [draft('41')])
  const { id } = await onlyTask('2026-01-04')
  await claimTask(desk.db, everything, { taskId: id, by: li, at })
  const record = (outcome: { code: string; leavingReason?: string; note?: string }) =>
    recordOutcome(desk.db, everything, { taskId: id, by: li, at, outcome })
  expect(await record({ code: 'nonsense' })).toMatchObject({ fault: { code: 'outcome.unknown' } })
  expect(await record({ code: 'declined' })).toMatchObject({ fault: { code: 'leaving-reason.needed' } })
  expect(await record({ code: 'declined', leavingReason: 'toString' })).toMatchObject({
    fault: { code: 'leaving-reason.unknown' },
  })
  expect(await record({ code: 'no_answer', leavingReason: 'price' })).toMatchObject({
    fault: { code: 'leaving-reason.out-of-place' },
  })
  const done = await record({ code: 'declined', leavingReason: 'price', note: '嫌贵' })
  expect(done).toMatchObject({
    ok: true,
    value: { state: 'done', outcome: 'declined', leavingReason: 'price', note: '嫌贵', assignee: li },
  })
  expect(await record({ code: 'accepted' })).toMatchObject({ fault: { code: 'task.move-illegal' } })
  expect(await taskById(desk.db, everything, id)).toMatchObject({
    value: {
      events: [
        { move: 'claim', by: li },
        { move: 'outcome', by: li, note: 'declined' },
      ],
    },
  })
})

test('out of scope a task does not exist: not listed, not counted, not shown, not to be moved', async () => {
  const elsewhere = { managerId: 'm2', nodePath: '/hq/c1/k2/g9/' }
  await replace('2026-01-05', [draft('51'), draft('52', elsewhere)])
  const theirs = (await tasksOn('2026-01-05')).find(task => task.subscriberId === '52')
  const scopes: readonly RowScope[] = [
    { kind: 'own', managerIds: ['m1'] },
    { kind: 'branch', nodePath: '/hq/c1/k1/' },
  ]
  for (const scope of scopes) {
    const page = await listTasks(desk.db, scope, { day: plainDate('2026-01-05') })
    expect([page.total, page.countByState, page.tasks.map(t => t.subscriberId)]).toEqual([
      1,
      { open: 1 },
      ['51'],
    ])
    const act = { taskId: theirs?.id ?? '', by: li, at }
    const unknown = { ok: false, fault: { code: 'task.unknown' } }
    expect(await taskById(desk.db, scope, act.taskId)).toMatchObject(unknown)
    expect(await claimTask(desk.db, scope, act)).toMatchObject(unknown)
    expect(await dropTask(desk.db, scope, { ...act, why: 'x' })).toMatchObject(unknown)
    const outcome = { code: 'accepted' }
    expect(await recordOutcome(desk.db, scope, { ...act, outcome })).toMatchObject(unknown)
  }
  expect((await tasksOn('2026-01-05')).find(task => task.subscriberId === '52')?.state).toBe('open')
})

test('the list is filtered, sorted, searched and paged; counts by state ignore the state filter', async () => {
  const day = plainDate('2026-01-06')
  await replace('2026-01-06', [
    draft('61', { level: 'low', valueFen: 9_000, arpuFen: 1 }),
    draft('62', { level: 'high', valueFen: 1_000, arpuFen: null }),
    draft('63', { level: 'high', valueFen: 2_000, arpuFen: 3 }),
    draft('64', { channel: 'sms', arpuFen: 2 }),
  ])
  const ids = async (query: object) =>
    (await listTasks(desk.db, everything, { day, ...query })).tasks.map(task => task.subscriberId)
  expect(await ids({})).toEqual(['63', '62', '64', '61'])
  expect(await ids({ sort: '-arpu' })).toEqual(['63', '64', '61', '62'])
  expect(await ids({ level: 'high', sort: 'level' })).toEqual(['62', '63'])
  expect(await ids({ pageSize: 3, page: 2 })).toEqual(['61'])
  expect(await ids({ search: '62' })).toEqual(['62'])
  expect(await ids({ search: '1380000006' })).toEqual([])
  expect(await ids({ search: '1380000006', numbersWithin: everybody, channel: 'sms' })).toEqual(['64'])
  expect(await ids({ search: "%' or 1=1" })).toEqual([])
  const [best] = (await listTasks(desk.db, everything, { day })).tasks
  await dropTask(desk.db, everything, { taskId: best?.id ?? '', by: li, at, why: 'abroad' })
  const page = await listTasks(desk.db, everything, { day, state: ['dropped'] })
  expect([page.total, page.countByState]).toEqual([1, { dropped: 1, open: 3 }])
})

test('an SMS task goes from open over sending to sent; a call cannot be sent, an SMS cannot be claimed', async () => {
  const day = plainDate('2026-01-07')
  await replace('2026-01-07', [draft('71', { channel: 'sms' }), draft('72')])
  const [sms] = (await smsToSend(desk.db, day, 100)).filter(task => task.day === day)
  const all = await tasksOn('2026-01-07')
  const both = all.map(({ id }) => ({ id, note: null }))
  expect(await moveMany(desk.db, { move: 'send', tasks: both, at })).toEqual([sms?.id])
  expect(await moveMany(desk.db, { move: 'sent', tasks: both, at })).toEqual([sms?.id])
  expect(await moveMany(desk.db, { move: 'refuse', tasks: both, at })).toEqual([])
  expect(await claimTask(desk.db, everything, { taskId: sms?.id ?? '', by: li, at })).toMatchObject({
    fault: { code: 'task.wrong-channel' },
  })
  expect(await taskById(desk.db, everything, sms?.id ?? '')).toMatchObject({
    value: { task: { state: 'sent' }, events: [{ move: 'send', by: null }, { move: 'sent' }] },
  })
})

test('a message that was being sent when its process died is looked at again, however late', async () => {
  await replace('2026-01-20', [draft('201', { channel: 'sms' }), draft('202', { channel: 'sms' })])
  const [first] = await tasksOn('2026-01-20')
  await moveMany(desk.db, { move: 'send', tasks: [{ id: first?.id ?? '', note: null }], at })
  const late = await smsToSend(desk.db, plainDate('2027-01-01'), 100)
  expect(late.map(task => task.id)).toEqual([first?.id])
})

test('a task whose last day has passed ends; until then its subscriber gets no second', async () => {
  await replace('2026-01-08', [draft('81', { dueDay: plainDate('2026-01-09') })])
  const inHand = async (day: string) => (await subscribersInHand(desk.db, plainDate(day))).has('81')
  expect(await inHand('2026-01-08')).toBe(false)
  expect(await inHand('2026-01-09')).toBe(true)
  await expireTasks(desk.db, plainDate('2026-01-09'), at)
  expect((await onlyTask('2026-01-08')).state).toBe('open')
  expect(await expireTasks(desk.db, plainDate('2026-01-10'), at)).toBe(1)
  expect((await onlyTask('2026-01-08')).state).toBe('expired')
  expect(await inHand('2026-01-10')).toBe(false)
})

test('what was decided is counted by reason, and the arms are kept', async () => {
  const refused = { result: 'refused', reason: { code: 'opted-out', ...words('no') } } as const
  await replace(
    '2026-01-09',
    [],
    [
      decided('91'),
      decided('92', {
        result: 'control',
        control: 'rule',
        reason: { code: 'control-rule', ...words('aside') },
      }),
      decided('93', refused),
      decided('94', refused),
      decided('91', { ...refused, channel: 'sms', offerId: null }),
    ],
  )
  expect(await decisionCounts(desk.db, plainDate('2026-01-09'))).toEqual([
    { code: 'opted-out', title: words('no'), result: 'refused', count: 3 },
    { code: 'control-rule', title: words('aside'), result: 'control', count: 1 },
    { code: 'most-valuable', title: words('the best'), result: 'act', count: 1 },
  ])
  const arms = await decidedArms(desk.db, { from: plainDate('2026-01-09'), to: plainDate('2026-01-10') })
  expect(arms.map(arm => [arm.subscriberId, arm.arm, arm.controlGroup])).toEqual([
    ['91', 'treated', null],
    ['92', 'control', 'rule'],
  ])
})

test('a unit that moves takes its tasks along and leaves the figures of past days where they were', async () => {
  const [day, span] = [
    plainDate('2026-01-12'),
    { from: plainDate('2026-01-12'), to: plainDate('2026-01-13') },
  ]
  const branch = (nodePath: string): RowScope => ({ kind: 'branch', nodePath })
  const placed = { managerId: 'm7', nodePath: '/hq/c7/k7/g7/' }
  await replace('2026-01-12', [draft('97', placed)], [decided('97', placed), decided('98', placed)])
  const seen = async (nodePath: string) => ({
    tasks: (await listTasks(desk.db, branch(nodePath), { day })).total,
    counted: (await taskCounts(desk.db, span, branch(nodePath))).length,
    arms: (await decidedArms(desk.db, span, branch(nodePath))).length,
    decisions: (await decisionCounts(desk.db, day, branch(nodePath))).length,
  })
  const all = { tasks: 1, counted: 1, arms: 2, decisions: 1 }
  const none = { tasks: 0, counted: 0, arms: 0, decisions: 0 }
  expect([await seen('/hq/c7/k7/'), await seen('/hq/c8/k8/')]).toEqual([all, none])
  await followTasks(desk.db, { units: [{ from: '/hq/c7/k7/g7/', to: '/hq/c8/k8/g7/' }] }, at)
  expect([await seen('/hq/c7/k7/'), await seen('/hq/c8/k8/')]).toEqual([
    { ...all, tasks: 0 },
    { ...none, tasks: 1 },
  ])
  const m8 = { subscriberId: '97', managerId: 'm8', nodePath: '/hq/c8/k8/g8/' }
  await followTasks(desk.db, { subscribers: [m8] }, at)
  const own = (id: string): RowScope => ({ kind: 'own', managerIds: [id] })
  expect((await listTasks(desk.db, own('m8'), { day })).total).toBe(1)
  expect((await listTasks(desk.db, own('m7'), { day })).total).toBe(0)
  expect((await decidedArms(desk.db, span, own('m7'))).length).toBe(2)
})

test('a claim goes back when the subscriber gets another manager, and stays when it is the new one’s or only a unit moved', async () => {
  const day = plainDate('2026-01-13')
  const placed = { managerId: 'm1', nodePath: '/hq/c9/k9/g9/' }
  const drafts = ['101', '102', '103'].map(id => draft(id, placed))
  await replace('2026-01-13', drafts, [])
  const { tasks } = await listTasks(desk.db, everything, { day })
  const idOf = (subscriberId: string) => tasks.find(task => task.subscriberId === subscriberId)?.id ?? ''
  const claim = (id: string, by: typeof li) => claimTask(desk.db, everything, { taskId: idOf(id), by, at })
  expect([(await claim('101', li)).ok, (await claim('102', wang)).ok, (await claim('103', li)).ok]).toEqual([
    true,
    true,
    true,
  ])
  await followTasks(desk.db, { units: [{ from: placed.nodePath, to: '/hq/c9/k8/g9/' }] }, at)
  const stands = async (id: string) => {
    const found = await taskById(desk.db, everything, idOf(id))
    return found.ok ? [found.value.task.state, found.value.task.assignee?.id ?? null] : found.fault.code
  }
  expect(await stands('101')).toEqual(['claimed', 'm1'])
  const toWang = ['101', '102'].map(subscriberId => ({
    subscriberId,
    managerId: 'm2',
    nodePath: '/hq/c9/k8/g9/',
  }))
  await followTasks(desk.db, { subscribers: toWang }, at)
  expect([await stands('101'), await stands('102'), await stands('103')]).toEqual([
    ['open', null],
    ['claimed', 'm2'],
    ['claimed', 'm1'],
  ])
  const found = await taskById(desk.db, everything, idOf('101'))
  expect(found.ok && found.value.events.map(event => event.move)).toEqual(['claim', 'release'])
  expect((await claim('101', wang)).ok).toBe(true)
})
