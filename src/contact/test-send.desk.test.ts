import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, migrationsIn } from '#desk'
import { plainDate } from '#kernel'
import { freshDesk } from '../../test/support/desk.ts'
import { type Channel, contactsMade, listAttempts, outboxChannel, receiveReceipt, sendTest } from './index.ts'

const noon = new Date('2026-03-10T04:00:00Z')
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000)

let desk: Desk
beforeAll(async () => {
  desk = await freshDesk(migrationsIn(import.meta.dirname))
})
afterAll(() => desk.close())

const audited: string[] = []
function send(senderId: string, at = noon, channel: Channel = outboxChannel(desk.db)) {
  const message = {
    senderId,
    receiverId: 'staff_b',
    to: '13800138001',
    text: '充30送1GB',
    subject: 'campaign:1',
  }
  const also = async (_: unknown, id: string) => void audited.push(id)
  return sendTest(desk.db, message, { channel, clock: { now: () => at }, also })
}
const statesOf = async (senderId: string) =>
  (
    await desk.pool.query<{ state: string }>(
      'select state from contact_test_send where sender_id = $1 order by prepared_at, id',
      [senderId],
    )
  ).rows.map(row => row.state)

test('a message that is tried leaves by the channel, is settled by its receipt and is nobody’s contact', async () => {
  const sent = await send('staff_a')
  expect(sent).toMatchObject({ ok: true, value: { state: 'handed_over' } })
  const id = sent.ok ? sent.value.id : ''
  const { rows } = await desk.pool.query('select message_id, number, text from contact_outbox')
  expect(rows).toEqual([{ message_id: id, number: '13800138001', text: '充30送1GB' }])
  expect(audited).toEqual([id])
  const told = { messageId: id, state: 'delivered', at: later(1) } as const
  expect(await receiveReceipt(desk.db, told)).toMatchObject({ value: { duplicate: false, taskId: null } })
  expect(await receiveReceipt(desk.db, told)).toMatchObject({
    value: { duplicate: true, state: 'delivered' },
  })
  await receiveReceipt(desk.db, { ...told, state: 'undelivered' })
  expect(await statesOf('staff_a')).toEqual(['delivered'])
  const span = { from: plainDate('2026-03-01'), to: plainDate('2026-04-01') }
  expect(await contactsMade(desk.db, span)).toEqual([])
  expect((await listAttempts(desk.db, { kind: 'branch', nodePath: '/' })).total).toBe(0)
})

test('a channel that is off or refuses is told; one that breaks off leaves it in doubt, and it is not sent again', async () => {
  const way = (answer: Awaited<ReturnType<Channel['send']>>): Channel => ({ send: async () => answer })
  const code = (sent: Awaited<ReturnType<typeof send>>) => (sent.ok ? sent.value.state : sent.fault.code)
  expect(code(await send('staff_c', noon, way({ kind: 'unreachable' })))).toBe('channel.unreachable')
  const why = { zh: '空号', en: 'no such number' }
  const refused = await send('staff_c', later(1), way({ kind: 'rejected', why }))
  expect(refused).toMatchObject({ fault: { code: 'channel.rejected', zh: expect.stringContaining('空号') } })
  const broken: Channel = {
    send: async () => {
      throw new Error('the line broke')
    },
  }
  expect(code(await send('staff_c', later(2), broken))).toBe('in_doubt')
  expect(await statesOf('staff_c')).toEqual(['failed', 'failed', 'in_doubt'])
})

test('ten an hour and no more, also when all are asked for at once', async () => {
  const all = await Promise.all(Array.from({ length: 14 }, () => send('staff_d')))
  expect(all.filter(one => one.ok)).toHaveLength(10)
  expect(all.find(one => !one.ok)).toMatchObject({ fault: { code: 'test-send.limit' } })
  expect(await send('staff_d', later(59))).toMatchObject({ ok: false })
  expect(await send('staff_e', later(59))).toMatchObject({ ok: true })
  expect(await send('staff_d', later(61))).toMatchObject({ ok: true })
})
