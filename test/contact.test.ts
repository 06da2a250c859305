import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clock, momentOn, plainDate } from '#kernel'
import { listTasks, type Task } from '#tasks'
import { type Caller, type Journey, journey, today } from './support/city.ts'

const everybody = { kind: 'branch', nodePath: '/' } as const
let minute = 630
const clock: Clock = { now: () => momentOn(plainDate('2026-11-22'), minute, 'Asia/Shanghai') }
let city: Journey
let planner: Caller
let machine: Caller
let waiting: Task[]

beforeAll(async () => {
  city = await journey(clock)
  machine = await city.as('admin')
  const { tasks } = await listTasks(city.application.desk.db, everybody, {
    channel: 'sms',
    state: ['open'],
    day: today,
    pageSize: 1000,
  })
  waiting = tasks.filter(t => (t.offer as { asksFen?: number | null } | null)?.asksFen != null)
  waiting = waiting.filter(t => t.nodePath.startsWith('/province/c-1/'))
  planner = await city.as('campaign')
})
afterAll(() => city.close())

function next(): Task {
  const task = waiting.shift()
  if (task === undefined)
    throw new Error('the template city has too few open SMS tasks in the planner’s city')
  return task
}

interface SendReply {
  readonly sent: boolean
  readonly refusal: { readonly code: string; readonly zh: string; readonly en: string } | null
  readonly task: {
    readonly state: { readonly code: string }
    readonly attempts: readonly { readonly id: string; readonly state: { readonly code: string } }[]
  }
}

async function send(task: Task): Promise<SendReply> {
  return (await planner.ask('sendTask', { parts: { id: task.id } })).body as SendReply
}

describe('an SMS task leaves through the outbox', () => {
  test('after the live facts were asked again, and its receipt comes back once, however often it is told', async () => {
    const task = next()
    const reply = await send(task)
    expect(reply).toMatchObject({ sent: true, refusal: null, task: { state: { code: 'sent' } } })
    const id = reply.task.attempts[0]?.id ?? ''
    const receipt = { messageId: id, state: 'delivered', at: '2026-11-22T02:31:00Z' } as const
    expect((await machine.ask('postReceipt', { body: receipt })).body).toEqual({
      accepted: true,
      duplicate: false,
    })
    expect((await machine.ask('postReceipt', { body: receipt })).body).toEqual({
      accepted: true,
      duplicate: true,
    })
    const shown = (await planner.ask('showTask', { parts: { id: task.id } })).body as SendReply['task']
    expect(shown.attempts[0]?.state.code).toBe('delivered')
    expect(await send(task)).toMatchObject({ task: { attempts: [{ id }] } })
  })

  test('a recharge told between the night and the contact stops that contact', async () => {
    const task = next()
    const recharge = {
      rechargeId: 'live-1',
      subscriberId: task.subscriberId,
      paidAt: '2026-09-14T01:00:00Z',
      amountFen: 5_000,
    }
    expect((await machine.ask('postRecharge', { body: recharge })).body).toEqual({
      accepted: true,
      duplicate: false,
    })
    expect((await machine.ask('postRecharge', { body: recharge })).body).toEqual({
      accepted: true,
      duplicate: true,
    })
    const differs = await machine.ask('postRecharge', { body: { ...recharge, amountFen: 6_000 } })
    expect(differs).toMatchObject({ status: 409, body: { code: 'recharge.differs' } })
    expect(await send(task)).toMatchObject({
      sent: false,
      refusal: {
        code: 'contact.recharged',
        zh: expect.stringContaining('¥50.00'),
        en: expect.stringContaining('¥50.00'),
      },
      task: { state: { code: 'refused' } },
    })
  })

  test('whoever wrote TD is never sent to again, and was told so', async () => {
    const first = next()
    await send(first)
    const reply = {
      replyId: 'reply-1',
      subscriberId: first.subscriberId,
      text: ' td ',
      at: '2026-11-22T02:32:00Z',
    }
    expect((await machine.ask('postReply', { body: reply })).body).toEqual({
      accepted: true,
      duplicate: false,
    })
    const outbox = (await planner.ask('listOutbox', { query: { pageSize: '100' } })).body as {
      rows: { subscriberId: string; taskId: string | null; text: string }[]
    }
    const confirmations = outbox.rows.filter(r => r.subscriberId === first.subscriberId && r.taskId === null)
    expect(confirmations.map(c => c.text)).toEqual([expect.stringContaining('退订')])
  })

  test('in quiet hours nothing leaves; in the morning it does', async () => {
    const task = next()
    minute = 22 * 60
    // Nobody sat before the screen since the morning.
    planner = await city.as('campaign')
    expect(await send(task)).toMatchObject({
      sent: false,
      refusal: { code: 'contact.quiet-hours' },
      task: { state: { code: 'open' } },
    })
    minute = 8 * 60
    expect(await send(task)).toMatchObject({ sent: true, task: { state: { code: 'sent' } } })
    minute = 630
  })

  test('a call task cannot be sent, and a manager without the right cannot send', async () => {
    const { tasks } = await listTasks(city.application.desk.db, everybody, {
      channel: 'call',
      state: ['open'],
      pageSize: 1000,
    })
    const call = tasks.find(t => t.nodePath.startsWith('/province/c-1/k-1/'))
    const reply = await planner.ask('sendTask', { parts: { id: call?.id ?? '' } })
    expect(reply).toMatchObject({ status: 409, body: { code: 'task.not-sms' } })
    const clerk = await city.as('clerk')
    expect(await clerk.ask('sendTask', { parts: { id: call?.id ?? '' } })).toMatchObject({ status: 403 })
  })
})

describe('a call', () => {
  test('is claimed by one; the second is told who has it; the outcome needs its reason for leaving', async () => {
    const { tasks } = await listTasks(city.application.desk.db, everybody, {
      channel: 'call',
      state: ['open'],
      day: today,
      pageSize: 1000,
    })
    const task = tasks.find(t => t.managerId !== null && t.nodePath.startsWith('/province/c-1/k-1/'))
    if (task?.managerId == null) throw new Error('no call task for a manager')
    const manager = await city.as(task.managerId.replace('staff_', ''))
    expect((await manager.ask('claimTask', { parts: { id: task.id } })).body).toMatchObject({
      state: { code: 'claimed' },
    })
    const supervisor = await city.as('supervisor')
    const late = await supervisor.ask('claimTask', { parts: { id: task.id } })
    expect(late).toMatchObject({ status: 409, body: { code: 'task.already-claimed' } })
    const bare = await manager.ask('recordOutcome', { parts: { id: task.id }, body: { code: 'declined' } })
    expect(bare).toMatchObject({ status: 409, body: { code: 'leaving-reason.needed' } })
    const done = await manager.ask('recordOutcome', {
      parts: { id: task.id },
      body: { code: 'declined', leavingReason: 'price', note: '嫌贵' },
    })
    expect(done.body).toMatchObject({
      state: { code: 'done' },
      recorded: { code: 'declined', leavingReason: { code: 'price' }, note: '嫌贵' },
    })
  })
})
