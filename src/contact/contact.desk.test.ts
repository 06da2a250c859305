import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, migrationsIn } from '#desk'
import { addDays, err, plainDate, type RowScope } from '#kernel'
import { freshDesk } from '../../test/support/desk.ts'
import {
  type Channel,
  type ContactRequest,
  contactsMade,
  dealingsBy,
  deskSource,
  type LiveSource,
  listAttempts,
  optOut,
  outboxChannel,
  receiveLineChange,
  receiveReceipt,
  receiveReceipts,
  receiveRecharge,
  receiveReply,
  recordCall,
  sendDue,
  standardPolicy,
} from './index.ts'

const day = plainDate('2026-03-10')
const morning = new Date('2026-03-09T22:00:00Z')
const noon = new Date('2026-03-10T04:00:00Z')
const everything: RowScope = { kind: 'branch', nodePath: '/' }

let desk: Desk
beforeAll(async () => {
  desk = await freshDesk(migrationsIn(import.meta.dirname))
})
afterAll(() => desk.close())

let made = 0
function request(some: Partial<ContactRequest> = {}): ContactRequest {
  const n = made++
  return {
    taskId: `task_${n}`,
    subscriberId: `s${n}`,
    managerId: 'm1',
    nodePath: '/hq/c1/k1/',
    channel: 'sms',
    number: `138${String(n).padStart(8, '0')}`,
    text: '充50送10',
    madeAt: morning,
    asksRecharge: true,
    stillHolds: () => true,
    ...some,
  }
}

interface Some {
  readonly channel?: Channel
  readonly source?: LiveSource
  readonly at?: Date
  readonly on?: string
}

function send(requests: readonly ContactRequest[], some: Some = {}) {
  return sendDue(desk.db, requests, {
    channel: some.channel ?? outboxChannel(desk.db),
    source: some.source ?? deskSource(desk.db),
    policy: standardPolicy,
    clock: { now: () => some.at ?? noon },
    day: plainDate(some.on ?? day),
  })
}

async function sendOne(one: ContactRequest, some: Some = {}) {
  const [sent] = await send([one], some)
  if (sent === undefined) throw new Error('not answered')
  return sent
}

async function arrived(one: ContactRequest) {
  const { rows } = await sql<{ n: number }>`
    select count(*) n from contact_outbox join contact_attempt on id = message_id where task_id = ${one.taskId}`.execute(
    desk.db,
  )
  return rows[0]?.n
}

async function stateOf(one: ContactRequest) {
  const { attempts } = await listAttempts(desk.db, everything, { taskId: one.taskId })
  return attempts[0]?.state
}

test('a message goes out once, however often it is asked for', async () => {
  const one = request()
  expect(await sendOne(one)).toMatchObject({ result: 'handed_over', reason: null })
  expect(await send([one, one])).toMatchObject([{ result: 'handed_over' }])
  expect(await arrived(one)).toBe(1)
})

test('a recharge told between the night and the contact stops it, and the reason is kept', async () => {
  const one = request()
  const recharge = {
    id: 'r1',
    subscriberId: one.subscriberId,
    paidAt: noon,
    amountFen: 5_000,
    receivedAt: noon,
  }
  expect(await receiveRecharge(desk.db, recharge)).toEqual({ ok: true, value: { duplicate: false } })
  expect(await receiveRecharge(desk.db, recharge)).toEqual({ ok: true, value: { duplicate: true } })
  expect(await receiveRecharge(desk.db, { ...recharge, amountFen: 1 })).toMatchObject({
    fault: { code: 'recharge.differs' },
  })
  expect(await sendOne(one)).toMatchObject({
    result: 'refused',
    reason: { code: 'contact.recharged', zh: '清单生成后已充值 ¥50.00' },
  })
  expect(await arrived(one)).toBe(0)
  const { attempts } = await listAttempts(desk.db, everything, { taskId: one.taskId })
  expect(attempts).toMatchObject([{ state: 'refused', reason: { code: 'contact.recharged' } }])
})

test('a recharge the night knew already does not stop it', async () => {
  const one = request()
  const before = new Date('2026-03-09T15:00:00Z')
  const recharge = {
    id: 'r2',
    subscriberId: one.subscriberId,
    paidAt: before,
    amountFen: 5_000,
    receivedAt: before,
  }
  await receiveRecharge(desk.db, recharge)
  expect(await sendOne(one)).toMatchObject({ result: 'handed_over' })
})

test('a recharge that was paid before but told only since stops it: the night could not know of it', async () => {
  const one = request()
  const paidAt = new Date('2026-03-08T15:00:00Z')
  await receiveRecharge(desk.db, {
    id: 'late',
    subscriberId: one.subscriberId,
    paidAt,
    amountFen: 5_000,
    receivedAt: noon,
  })
  expect(await sendOne(one)).toMatchObject({ result: 'refused', reason: { code: 'contact.recharged' } })
})

test('the rule is asked again on what is known now', async () => {
  const one = request({ asksRecharge: false, stillHolds: live => 320 + live.rechargeFen < 1_000 })
  const recharge = {
    id: 'r3',
    subscriberId: one.subscriberId,
    paidAt: noon,
    amountFen: 5_000,
    receivedAt: noon,
  }
  await receiveRecharge(desk.db, recharge)
  expect(await sendOne(one)).toMatchObject({
    result: 'refused',
    reason: { code: 'contact.rule-no-longer-holds' },
  })
})

test('a number that changed or a line that was closed is not written to; late news does not undo newer', async () => {
  const [changed, closed] = [request(), request()]
  const tell = (one: ContactRequest, some: object) =>
    receiveLineChange(desk.db, {
      subscriberId: one.subscriberId,
      status: null,
      number: null,
      at: noon,
      ...some,
    })
  await tell(changed, { number: '13999999999' })
  await tell(closed, { status: 'closed' })
  await tell(closed, { status: 'active', at: new Date('2026-03-10T03:00:00Z') })
  expect(await sendOne(changed)).toMatchObject({ reason: { code: 'contact.number-changed' } })
  expect(await sendOne(closed)).toMatchObject({ reason: { code: 'contact.line-status' } })
})

test('when the present cannot be asked for, the contact waits and nothing is recorded', async () => {
  const one = request()
  const fault = { code: 'live.unreachable', en: 'no', zh: '否' }
  const gone: LiveSource = { read: async () => err(fault) }
  expect(await sendOne(one, { source: gone })).toMatchObject({
    result: 'wait',
    reason: { code: 'contact.source-unreachable' },
  })
  expect(await stateOf(one)).toBeUndefined()
  expect(await sendOne(one)).toMatchObject({ result: 'handed_over' })
})

test('in quiet hours it waits, and goes in the morning', async () => {
  const one = request()
  expect(await sendOne(one, { at: new Date('2026-03-10T14:00:00Z') })).toMatchObject({
    result: 'wait',
    reason: { code: 'contact.quiet-hours' },
  })
  expect(await stateOf(one)).toBeUndefined()
  expect(await sendOne(one, { at: new Date('2026-03-11T01:00:00Z'), on: '2026-03-11' })).toMatchObject({
    result: 'handed_over',
  })
})

test('not twice a day, not more often than the caps allow, and calls count too', async () => {
  const subscriberId = 'capped'
  const on = async (days: number) => {
    const sent = await sendOne(request({ subscriberId }), { on: addDays(day, days) })
    return sent.reason?.code ?? sent.result
  }
  expect([await on(0), await on(0), await on(2), await on(6)]).toEqual([
    'handed_over',
    'contact.contacted-today',
    'handed_over',
    'contact.cap-sms',
  ])
  expect(await on(7)).toBe('handed_over')
  await recordCall(desk.db, {
    ...request({ subscriberId }),
    day: addDays(day, 8),
    reached: false,
    outcome: 'no_answer',
    at: noon,
  })
  expect((await dealingsBy(desk.db, addDays(day, 8))).get(subscriberId)).toEqual({
    optedOut: [],
    contactsToday: 1,
    contacts7: { call: 1, sms: 2 },
    contacts30: { call: 1, sms: 3 },
  })
  expect([await on(9), await on(10)]).toEqual(['handed_over', 'contact.cap-sms'])
})

test('of two processes that reach for the same subscriber at once, one sends', async () => {
  const subscriberId = 'contended'
  const all = Array.from({ length: 8 }, () => request({ subscriberId }))
  const sent = await Promise.all(all.map(one => sendOne(one)))
  expect(sent.filter(one => one.result === 'handed_over')).toHaveLength(1)
  expect(sent.filter(one => one.reason?.code === 'contact.contacted-today')).toHaveLength(7)
})

test('a channel that breaks off leaves the message in doubt, and it is never sent again', async () => {
  const one = request()
  const outbox = outboxChannel(desk.db)
  const breaksOff: Channel = {
    async send(message) {
      await outbox.send(message)
      throw new Error('connection reset')
    },
  }
  expect(await sendOne(one, { channel: breaksOff })).toMatchObject({
    result: 'in_doubt',
    reason: { code: 'contact.in-doubt' },
  })
  expect(await sendOne(one)).toMatchObject({ result: 'in_doubt' })
  expect(await arrived(one)).toBe(1)
  const { attempts } = await listAttempts(desk.db, everything, { taskId: one.taskId })
  const receipt = { messageId: attempts[0]?.id ?? '', state: 'delivered' as const, at: noon }
  expect(await receiveReceipt(desk.db, receipt)).toMatchObject({
    value: { duplicate: false, taskId: one.taskId, state: 'delivered' },
  })
})

test('a channel that cannot be reached is tried again; one that refuses for good is not', async () => {
  const [later, never] = [request(), request()]
  const away: Channel = { send: async () => ({ kind: 'unreachable' }) }
  expect(await sendOne(later, { channel: away })).toMatchObject({ result: 'wait' })
  expect(await sendOne(later)).toMatchObject({ result: 'handed_over' })
  const refuses: Channel = {
    send: async () => ({ kind: 'rejected', why: { en: 'bad number', zh: '号码无效' } }),
  }
  expect(await sendOne(never, { channel: refuses })).toMatchObject({
    result: 'failed',
    reason: { zh: '渠道拒绝：号码无效' },
  })
  expect(await sendOne(never)).toMatchObject({ result: 'failed' })
  expect(await arrived(never)).toBe(0)
})

test('receipts settle a message in whatever order and however often they come', async () => {
  for (const order of [
    ['delivered', 'undelivered', 'delivered'],
    ['undelivered', 'delivered', 'expired'],
  ] as const) {
    const one = request()
    const { attemptId } = await sendOne(one)
    for (const state of order) {
      expect(await receiveReceipt(desk.db, { messageId: attemptId, state, at: noon })).toMatchObject({
        ok: true,
      })
    }
    expect(await stateOf(one)).toBe('delivered')
    expect(
      await receiveReceipt(desk.db, { messageId: attemptId, state: 'delivered', at: noon }),
    ).toMatchObject({
      value: { duplicate: true },
    })
  }
  expect(await receiveReceipt(desk.db, { messageId: 'x', state: 'expired', at: noon })).toMatchObject({
    fault: { code: 'message.unknown' },
  })
})

test('many receipts at once come to what they come to one after another', async () => {
  const receipts = [
    ['delivered', 'undelivered'],
    ['undelivered', 'delivered'],
    ['expired', 'expired'],
    ['delivered', 'delivered'],
  ] as const
  const tell = async (atOnce: boolean) => {
    const told = await Promise.all(
      receipts.map(async states => {
        const { attemptId } = await sendOne(request())
        return states.map(state => ({ messageId: attemptId, state, at: noon }))
      }),
    )
    const all = [{ messageId: 'nobody sent it', state: 'delivered' as const, at: noon }, ...told.flat()]
    const answers = atOnce ? [...(await receiveReceipts(desk.db, all))] : []
    if (!atOnce) for (const one of all) answers.push(await receiveReceipt(desk.db, one))
    const { attempts } = await listAttempts(desk.db, everything, { pageSize: 1_000 })
    const stands = told.map(([one]) => attempts.find(a => a.id === one?.messageId)?.state)
    const duplicates = answers.map(a => (a.ok ? a.value.duplicate : a.fault.code))
    return { stands, duplicates }
  }
  const atOnce = await tell(true)
  expect(atOnce).toEqual(await tell(false))
  expect(atOnce.stands).toEqual(['delivered', 'delivered', 'failed', 'delivered'])
  expect(atOnce.duplicates[0]).toBe('message.unknown')
})

test('a receipt that overtakes the answer of the channel wins', async () => {
  const one = request()
  const hasty: Channel = {
    async send({ id }) {
      await receiveReceipt(desk.db, { messageId: id, state: 'delivered', at: noon })
      return { kind: 'handed_over' }
    },
  }
  await sendOne(one, { channel: hasty })
  expect(await stateOf(one)).toBe('delivered')
})

test('a customer who replies TD is confirmed once and gets nothing more', async () => {
  const one = request()
  await sendOne(one)
  const options = {
    channel: outboxChannel(desk.db),
    policy: standardPolicy,
    clock: { now: () => new Date('2026-03-10T15:00:00Z') },
    day,
    language: 'zh',
  } as const
  const reply = (id: string, text: string) =>
    receiveReply(desk.db, { id, subscriberId: one.subscriberId, text }, options)
  expect(await reply('a', '多少钱')).toEqual({ duplicate: false, optedOut: false })
  expect(await reply('b', 'td')).toEqual({ duplicate: false, optedOut: true })
  expect(await reply('b', 'td')).toEqual({ duplicate: true, optedOut: true })
  const { rows } =
    await sql`select text from contact_outbox where number = ${one.number} order by nth`.execute(desk.db)
  expect(rows).toEqual([{ text: '充50送10' }, { text: standardPolicy.optOutConfirmation.zh }])
  const known = await dealingsBy(desk.db, day, [one.subscriberId])
  expect(known.get(one.subscriberId)).toMatchObject({
    optedOut: ['sms'],
    contactsToday: 1,
    contacts7: { sms: 1 },
  })
  expect(await sendOne(request({ subscriberId: one.subscriberId }), { on: '2026-03-12' })).toMatchObject({
    reason: { code: 'contact.opted-out' },
  })
})

test('attempts out of scope are not listed; the feed of contacts tells what was made', async () => {
  const mine = request({ managerId: 'm7', nodePath: '/hq/c9/k9/' })
  const call = { day, number: null, reached: true, outcome: 'accepted', at: noon }
  await sendOne(mine)
  await recordCall(desk.db, { ...request({ managerId: 'm7', nodePath: '/hq/c9/k9/' }), ...call })
  const total = async (scope: RowScope) => (await listAttempts(desk.db, scope)).total
  expect(await total({ kind: 'own', managerIds: ['m7'] })).toBe(2)
  expect(await total({ kind: 'branch', nodePath: '/hq/c9/' })).toBe(2)
  expect(await total({ kind: 'branch', nodePath: '/hq/c9/k8/' })).toBe(0)
  await optOut(desk.db, { subscriberId: 'x', channels: ['call', 'sms'], why: 'outcome', at: noon })
  const told = await contactsMade(desk.db, { from: day, to: addDays(day, 1) })
  expect(told.find(one => one.subscriberId === mine.subscriberId)).toMatchObject({
    channel: 'sms',
    reached: null,
    at: noon,
  })
  expect(told.filter(one => one.channel === 'call')).toMatchObject([{ reached: true, outcome: 'accepted' }])
})
