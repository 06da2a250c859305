import { openDesk } from '#desk'
import { plainDate } from '#kernel'
import { type ContactRequest, deskSource, outboxChannel, sendDue, standardPolicy } from './index.ts'

/** What the test sends: the same requests in the process that dies and in the one after it. */
export const crashRequests: readonly ContactRequest[] = Array.from({ length: 16 }, (_, n) => ({
  taskId: `task_${n}`,
  subscriberId: `s${n}`,
  managerId: null,
  nodePath: '/hq/',
  channel: 'sms',
  number: `1380000${n}`,
  text: 'text',
  madeAt: new Date('2026-03-09T22:00:00Z'),
  asksRecharge: true,
  stillHolds: () => true,
}))

/** Sends until the n-th message, then dies as by kill -9: before the channel gets it, or when it has just taken it. */
async function dieAt(databaseUrl: string, moment: string, nth: number): Promise<void> {
  const desk = await openDesk({ dataFolder: '', databaseUrl })
  const outbox = outboxChannel(desk.db)
  let seen = 0
  await sendDue(desk.db, crashRequests, {
    channel: {
      async send(message) {
        const isLast = ++seen === nth
        if (isLast && moment === 'before') process.kill(process.pid, 'SIGKILL')
        const answer = await outbox.send(message)
        if (isLast) process.kill(process.pid, 'SIGKILL')
        return answer
      },
    },
    source: deskSource(desk.db),
    policy: standardPolicy,
    clock: { now: () => new Date('2026-03-10T04:00:00Z') },
    day: plainDate('2026-03-10'),
    batchMax: 4,
  })
}

const [, script, databaseUrl, moment, nth] = process.argv
if (script === import.meta.filename && databaseUrl !== undefined && moment !== undefined) {
  await dieAt(databaseUrl, moment, Number(nth))
}
