import { listAttempts } from '#contact'
import { listStaff } from '#governance'
import { momentOn, type PlainDate, uniform } from '#kernel'
import { leavingReasons, listTasks, type Task } from '#tasks'
import type { Application } from '../application.ts'
import { askerFrom } from '../asker.ts'
import { completeTask, type OutcomeGiven } from '../work/outcome.ts'
import { sendAllDue } from '../work/send.ts'
import { keepReceipts, tellReply } from '../work/tell.ts'

/** The simulated staff begin at half past nine, city time. */
const morningMinute = 9 * 60 + 30
const callsPerDayMax = 1_000
const everybody = { kind: 'branch', nodePath: '/' } as const

/**
 * The simulated staff work a day's lists: due messages leave and are answered, managers call and note what came of it.
 * What they do follows from the day and the task alone, and each task is worked once: after a kill the day is simply worked on.
 * Aborted: they leave before the next list.
 */
export async function workTheDay(
  application: Application,
  day: PlainDate,
  signal?: AbortSignal,
): Promise<void> {
  const at = momentOn(day, morningMinute, application.zone)
  await sendAllDue(application, { day, clock: { now: () => at } })
  await answerMessages(application, day, at)
  for (const staff of await listStaff(application.desk.db)) {
    if (signal?.aborted) return
    if (!staff.roles.includes('account_manager')) continue
    const asker = await askerFrom(application, staff, 'task.work', day)
    const { tasks } = await listTasks(application.desk.db, asker.scope, {
      channel: 'call',
      state: ['open', 'claimed'],
      pageSize: callsPerDayMax,
    })
    await application.desk.db.transaction().execute(async trx => {
      for (const task of tasks) {
        const outcome = outcomeOf(task, day)
        if (outcome !== undefined) await completeTask(trx, { asker, taskId: task.id, outcome, at, day })
      }
    })
  }
}

/** What the simulated network and customers say to the messages that left: most arrive, some do not, a few want no more. */
async function answerMessages(application: Application, day: PlainDate, at: Date): Promise<void> {
  for (;;) {
    const { attempts } = await listAttempts(application.desk.db, everybody, {
      state: 'handed_over',
      pageSize: 500,
    })
    const waiting = attempts.filter(a => a.taskId !== null && a.day <= day)
    if (waiting.length === 0) return
    await inOneTransaction(application, inside =>
      keepReceipts(
        inside,
        waiting.map(({ id }) => ({ messageId: id, state: arrives(id) ? 'delivered' : 'expired', at })),
      ),
    )
    for (const { id, subscriberId } of waiting) {
      if (!arrives(id) || uniform('reply', id) >= 0.01) continue
      const reply = { replyId: `reply_${id}`, subscriberId, text: 'TD', at: at.toISOString() }
      await tellReply(application, reply, { day, clock: { now: () => at } })
    }
  }
}

function arrives(messageId: string): boolean {
  return uniform('receipt', messageId) < 0.97
}

/** Hundreds of receipts told at once: one commit for all of them. */
async function inOneTransaction(
  application: Application,
  work: (inside: Application) => Promise<unknown>,
): Promise<void> {
  const { desk } = application
  await desk.db.transaction().execute(trx => work({ ...application, desk: { ...desk, db: trx } }))
}

const results = [
  ['accepted', 0.22],
  ['thinking', 0.17],
  ['satisfied', 0.15],
  ['declined', 0.1],
  ['leaving', 0.02],
  ['never_again', 0.01],
  ['no_answer', 0.23],
  ['unreachable', 0.08],
  ['wrong_number', 0.02],
] as const

/** One task in five waits for another day; about two calls in three are answered. */
function outcomeOf(task: Task, day: PlainDate): OutcomeGiven | undefined {
  if (task.dueDay > day && uniform('waits', task.id, day) < 0.2) return undefined
  const code = drawn(uniform('outcome', task.id))
  if (code !== 'declined' && code !== 'leaving') return { code }
  const reasons = Object.keys(leavingReasons)
  return { code, leavingReason: reasons[Math.floor(uniform('reason', task.id) * reasons.length)] ?? 'other' }
}

/** The result whose share of [0, 1) the draw falls into. */
function drawn(draw: number): string {
  let upTo = 0
  for (const [code, share] of results) {
    upTo += share
    if (draw < upTo) return code
  }
  return 'no_answer'
}
