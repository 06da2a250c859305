import { audit, can, scopeFor } from '#governance'
import { isPlainDate, ok } from '#kernel'
import {
  claimTask as claim,
  dropTask as drop,
  leavingReasons,
  listTasks as listed,
  mayMove,
  moves,
  outcomes,
  reasonOrigins,
  type TaskQuery,
  taskById,
  taskChannels,
  taskStates,
} from '#tasks'
import type { Application } from '../application.ts'
import { type Asker, freshness, on } from '../asker.ts'
import { auditListed } from '../audit/listed.ts'
import type { Coded } from '../view/coded.ts'
import { attemptsOf } from './attempts.ts'
import { businessMoment } from './moment.ts'
import { completeTask, type OutcomeGiven } from './outcome.ts'
import { plain, type ShownOffer, type ShownSignal, taskLine } from './show.ts'

/** What a list may be asked for, as the wire speaks it. */
export interface ListQuery {
  readonly state?: string
  readonly level?: TaskQuery['level']
  readonly channel?: string
  readonly day?: string
  readonly q?: string
  readonly sort?: TaskQuery['sort']
  readonly page?: number
  readonly pageSize?: number
}

export async function listTasks(application: Application, asker: Asker, query: ListQuery) {
  const { page = 1, pageSize = 20 } = query
  const found = await listed(application.desk.db, asker.scope, {
    state: query.state === undefined ? undefined : statesIn(query.state),
    level: query.level,
    channel:
      query.channel !== undefined && query.channel in taskChannels
        ? (query.channel as keyof typeof taskChannels)
        : undefined,
    day: query.day !== undefined && isPlainDate(query.day) ? query.day : undefined,
    search: query.q === '' ? undefined : query.q,
    numbersWithin: scopeFor(asker.posts, 'number.plain'),
    sort: query.sort,
    page,
    pageSize,
  })
  await auditListed(application, asker, {
    act: 'task.list',
    subject: 'tasks',
    subscribers: found.tasks.map(task => task.subscriberId),
  })
  const { asOf } = await freshness(application)
  const counts = Object.entries(taskStates).flatMap(([code, title]) => {
    const count = found.countByState[code as keyof typeof taskStates] ?? 0
    return count === 0 ? [] : [{ code, title, count }]
  })
  return ok({
    asOf,
    rows: found.tasks.map(task => taskLine(task, on(asker, task))),
    counts,
    channels: codedList(taskChannels),
    total: found.total,
    page,
    pageSize,
  })
}

function statesIn(text: string): (keyof typeof taskStates)[] {
  return text.split(',').filter((s): s is keyof typeof taskStates => s in taskStates)
}

function codedList(titles: Readonly<Record<string, { zh: string; en: string }>>): readonly Coded[] {
  return Object.entries(titles).map(([code, title]) => ({ code, title }))
}

/** Everything about one task. Looking at a customer is audited. Fault task.unknown, also when it is out of scope. */
export async function showTask(application: Application, asker: Asker, id: string, act = 'task.look') {
  const found = await taskById(application.desk.db, asker.scope, id)
  if (!found.ok) return found
  const { task, events } = found.value
  const { staff } = asker
  await audit(application.desk.db, {
    at: application.clock.now(),
    staffId: staff.id,
    act,
    subject: `task:${id}`,
    subscribers: [task.subscriberId],
    from: asker.from,
  })
  return ok({
    ...taskLine(task, on(asker, task)),
    asOf: task.day,
    warning: {
      raisedOn: task.day,
      level: task.level,
      score: task.points,
      signals: task.signals as unknown as ShownSignal[],
    },
    decision: task.decision,
    script: task.script,
    offer: task.offer as unknown as ShownOffer | null,
    events: events.map(e => ({
      at: e.at.toISOString(),
      by: e.by,
      what: { code: e.move, title: moves[e.move as keyof typeof moves]?.title ?? plain(e.move) },
      note: e.move === 'outcome' ? outcomeNote(e.note) : noteShown(e.note),
    })),
    attempts: await attemptsOf(application, asker, id),
    recorded: recordedIn(task),
    moves: movesNow(task, asker),
  })
}

/** What somebody wrote, the same in both languages; a fault's code says nothing to people and stands with the attempt. */
function noteShown(note: string | null) {
  return note === null || /^[a-z-]+\.[a-z-]+$/.test(note) ? null : plain(note)
}

function outcomeNote(code: string | null) {
  return code === null ? null : (outcomes[code]?.title ?? plain(code))
}

type FoundTask = Extract<Awaited<ReturnType<typeof taskById>>, { ok: true }>['value']['task']

function recordedIn(task: FoundTask) {
  if (task.outcome === null) return null
  const why = task.leavingReason
  return {
    code: task.outcome,
    title: outcomes[task.outcome]?.title ?? plain(task.outcome),
    leavingReason: why === null ? null : { code: why, title: leavingReasons[why]?.title ?? plain(why) },
    note: task.note,
    at: task.changedAt.toISOString(),
    by: task.assignee,
  }
}

/** The moves of the task's channel, from the table of legal moves and the asker's permissions; what may not be done now says why. */
function movesNow(task: FoundTask, asker: Asker) {
  const holder = on(asker, task)
  const needs = { claim: 'task.work', outcome: 'task.work', drop: 'task.work', send: 'task.send' } as const
  const hasMeaning = (move: keyof typeof needs) =>
    moves[move].channels.some(channel => channel === task.channel)
  return (Object.keys(needs) as (keyof typeof needs)[]).filter(hasMeaning).map(move => {
    const legal = mayMove(task, move, asker.staff.id)
    const reason = can(holder, needs[move])
      ? legal.ok
        ? null
        : { zh: legal.fault.zh, en: legal.fault.en }
      : { zh: '您的角色无权进行此操作', en: 'your role may not do this' }
    return { move, allowed: reason === null, reason }
  })
}

export async function claimTask(application: Application, asker: Asker, id: string) {
  const moved = await claim(application.desk.db, asker.scope, await act(application, asker, id))
  return moved.ok ? showTask(application, asker, id, 'task.claim') : moved
}

export async function dropTask(application: Application, asker: Asker, id: string, why: string) {
  const moved = await drop(application.desk.db, asker.scope, { ...(await act(application, asker, id)), why })
  return moved.ok ? showTask(application, asker, id, 'task.drop') : moved
}

/** Records what came of a call, on the business day at the real time. */
export async function recordOutcome(
  application: Application,
  asker: Asker,
  taskId: string,
  outcome: OutcomeGiven,
) {
  const { day, clock } = await businessMoment(application)
  const done = await application.desk.db
    .transaction()
    .execute(trx => completeTask(trx, { asker, taskId, outcome, at: clock.now(), day }))
  return done.ok ? showTask(application, asker, taskId, 'task.outcome') : done
}

/** What is done by hand happens on the business day, at the real time of day. */
async function act(application: Application, { staff }: Asker, taskId: string) {
  const { clock } = await businessMoment(application)
  return { taskId, by: { id: staff.id, name: staff.name }, at: clock.now() }
}

/** What may be recorded, and the taxonomy of reasons for leaving. */
export function outcomeChoices() {
  return {
    outcomes: Object.entries(outcomes).map(([code, o]) => ({
      code,
      title: o.title,
      means: null,
      reached: o.reached,
      leavingReason: o.leavingReason,
    })),
    leavingReasons: Object.entries(leavingReasons).map(([code, r]) => ({
      code,
      title: r.title,
      group: { code: r.origin, title: reasonOrigins[r.origin] },
    })),
  }
}
