import {
  type Channel,
  type ContactRequest,
  deskSource,
  outboxChannel,
  type Sent,
  sendDue,
  standardPolicy,
} from '#contact'
import { factorTable } from '#factors'
import { addDays, err, FaultError, ok, type PlainDate } from '#kernel'
import { type BoundCondition, factorsUsed, holds } from '#rules'
import { moveMany, smsToSend, type Task, taskById } from '#tasks'
import type { Row } from '#warehouse'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import { noFactorTable, notSms } from '../faults.ts'
import { conditionsThen } from '../night/proposers.ts'
import { findNight } from '../night/record.ts'
import { rowsBeside } from '../rules/beside.ts'
import { liveRow } from './live-row.ts'
import { businessMoment, type Moment } from './moment.ts'
import type { ShownOffer } from './show.ts'
import { showTask } from './tasks.ts'

/** Sends one SMS task now, after asking everything again; a refusal is an answer. Faults task.*. */
export async function sendTask(application: Application, asker: Asker, id: string) {
  const found = await taskById(application.desk.db, asker.scope, id)
  if (!found.ok) return found
  if (found.value.task.channel !== 'sms') return err(notSms())
  const [sent] = await sendTasks(application, [found.value.task], await businessMoment(application))
  const shown = await showTask(application, asker, id, 'task.send')
  if (!shown.ok) return shown
  const isSent = sent?.result === 'handed_over' || sent?.result === 'delivered'
  return ok({ sent: isSent, refusal: sent?.reason ?? null, task: shown.value })
}

const perRoundMax = 2_000

/** Sends every SMS task that is due, the most valuable first; answers how many left, were refused, or must wait. */
export async function sendAllDue(application: Application, moment: Moment): Promise<readonly Sent[]> {
  const all: Sent[] = []
  for (;;) {
    const tasks = await smsToSend(application.desk.db, moment.day, perRoundMax)
    const fresh = tasks.filter(t => !all.some(s => s.taskId === t.id))
    if (fresh.length === 0) return all
    all.push(...(await sendTasks(application, fresh, moment)))
  }
}

/** Re-checks and sends these tasks; each ends in the state that its attempt says. */
export async function sendTasks(
  application: Application,
  tasks: readonly Task[],
  moment: Moment,
  channel: Channel = outboxChannel(application.desk.db),
): Promise<readonly Sent[]> {
  const { desk, zone } = application
  const requests = await requestsFor(application, tasks, moment.day)
  const at = moment.clock.now()
  await moveMany(desk.db, { move: 'send', tasks: tasks.map(t => ({ id: t.id, note: null })), at })
  const sent = await sendDue(desk.db, requests, {
    channel,
    source: deskSource(desk.db),
    policy: { ...standardPolicy, zone },
    clock: moment.clock,
    day: moment.day,
  })
  for (const [move, results] of Object.entries(endings)) {
    const ended = sent.filter(s => (results as readonly string[]).includes(s.result))
    await moveMany(desk.db, {
      move: move as keyof typeof endings,
      tasks: ended.map(s => ({ id: s.taskId, note: s.reason?.code ?? null })),
      at: moment.clock.now(),
    })
  }
  return sent
}

/** Which move of the task each result of its attempt calls for. */
const endings = {
  sent: ['handed_over', 'delivered'],
  refuse: ['refused'],
  retry: ['wait'],
  doubt: ['in_doubt'],
  fail: ['failed'],
} as const

async function requestsFor(
  application: Application,
  tasks: readonly Task[],
  day: PlainDate,
): Promise<readonly ContactRequest[]> {
  if (tasks.length === 0) return []
  const [rows, conditions, night] = await Promise.all([
    nightRows(application, tasks, day),
    conditionsThen(application.desk.db, [...new Set(tasks.map(t => t.day))]),
    findNight(application.desk, day),
  ])
  const { factors } = application.catalogue.factors
  const asked = await rowsAsked(application, { tasks, day, rows, conditions })
  return tasks.map(task => {
    const row = asked.get(task.id)
    const condition = conditions.get(`${task.day} ${task.ruleId}`)
    return {
      channel: 'sms' as const,
      taskId: task.id,
      subscriberId: task.subscriberId,
      managerId: task.managerId,
      nodePath: task.nodePath,
      number: task.number,
      text: task.script?.zh ?? '',
      asksRecharge: ((task.offer as unknown as ShownOffer | null)?.asksFen ?? 0) > 0,
      // Who is no longer in the base, or whose rule is gone, is not contacted.
      stillHolds: facts => {
        if (row === undefined || condition === undefined) return false
        return condition === null || holds(condition, liveRow(row, facts, factors, day))
      },
      madeAt: night?.startedAt ?? task.changedAt,
    }
  })
}

interface Asked {
  readonly tasks: readonly Task[]
  readonly day: PlainDate
  readonly rows: ReadonlyMap<string, Row>
  readonly conditions: ReadonlyMap<string, BoundCondition | null>
}

/**
 * Each task's row with what its condition asks beside the factors. What turned is compared with the morning before the task was
 * made: a task does not lapse overnight because nothing turned again. Who cannot be asked that is left out.
 */
async function rowsAsked(application: Application, { tasks, day, rows, conditions }: Asked) {
  const asked = new Map<Task['id'], Row>()
  for (const [made, some] of Map.groupBy(tasks, t => t.day)) {
    const usesOf = (task: Task) => {
      const condition = conditions.get(`${made} ${task.ruleId}`)
      return condition == null ? [] : factorsUsed(condition)
    }
    const order = { asOf: day, before: addDays(made, -1) }
    const own = new Map(
      some.flatMap(t => {
        const row = rows.get(t.subscriberId)
        return row === undefined ? [] : [[t.subscriberId, row] as const]
      }),
    )
    const beside = await rowsBeside(application, order, some.flatMap(usesOf), own)
    for (const task of some) {
      const row = beside.rows.get(task.subscriberId)
      if (row !== undefined && !usesOf(task).some(id => beside.off.has(id))) asked.set(task.id, row)
    }
  }
  return asked
}

/** The latest night's factors of the tasks' subscribers. */
async function nightRows(
  application: Application,
  tasks: readonly Task[],
  day: PlainDate,
): Promise<ReadonlyMap<string, Row>> {
  const rows = await application.vectors.ofMany(
    day,
    tasks.map(t => t.subscriberId),
  )
  if (rows.size === 0 && (await factorTable(application.shelf, day)) === undefined)
    throw new FaultError(noFactorTable(day))
  return rows
}
