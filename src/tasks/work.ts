import { sql } from 'kysely'
import { type DeskDb, withinScope } from '#desk'
import { err, type Fault, ok, type PlainDate, type Result, type RowScope } from '#kernel'
import { taskById } from './list.ts'
import { mayMove, moves, type TaskMove } from './moves.ts'
import { checkOutcome, type RecordedOutcome } from './outcomes.ts'
import { taskTables } from './tables.ts'
import type { Task } from './task.ts'
import type { Person } from './words.ts'

export interface Act {
  readonly taskId: string
  readonly by: Person
  readonly at: Date
}

/** Takes a task. Of two who reach for it at once, the second gets the fault task.already-claimed with who has it. */
export function claimTask(db: DeskDb, scope: RowScope, act: Act): Promise<Result<Task, Fault>> {
  return moveByHand(db, scope, { ...act, move: 'claim' })
}

export function releaseTask(db: DeskDb, scope: RowScope, act: Act): Promise<Result<Task, Fault>> {
  return moveByHand(db, scope, { ...act, move: 'release' })
}

export function dropTask(
  db: DeskDb,
  scope: RowScope,
  act: Act & { readonly why: string },
): Promise<Result<Task, Fault>> {
  return moveByHand(db, scope, { ...act, move: 'drop', note: act.why })
}

/** Completes a task, claimed or not, with what came of it. Faults of outcomes and of moves. */
export async function recordOutcome(
  db: DeskDb,
  scope: RowScope,
  act: Act & { readonly outcome: RecordedOutcome },
): Promise<Result<Task, Fault>> {
  const checked = checkOutcome(act.outcome)
  if (!checked.ok) return checked
  const { code, note } = act.outcome
  return moveByHand(db, scope, { ...act, move: 'outcome', note: note ?? null, eventNote: code })
}

interface HandMove extends Act {
  readonly move: TaskMove
  readonly note?: string | null
  readonly eventNote?: string
  readonly outcome?: RecordedOutcome
}

async function moveByHand(db: DeskDb, scope: RowScope, act: HandMove): Promise<Result<Task, Fault>> {
  const { from, to, channels } = moves[act.move]
  const isKept = act.move !== 'release'
  const moved = await inTransaction(db, async trx => {
    const row = await taskTables(trx)
      .updateTable('task')
      .set({
        state: to,
        moves: sql`task.moves + 1`,
        assignee_id: isKept ? act.by.id : null,
        assignee_name: isKept ? JSON.stringify(act.by.name) : null,
        changed_at: act.at,
        ...(act.outcome && {
          outcome: act.outcome.code,
          leaving_reason: act.outcome.leavingReason ?? null,
          note: act.note ?? null,
        }),
      })
      .where('task.id', '=', act.taskId)
      .where(withinScope(scope, 'task'))
      .where('task.state', 'in', from)
      .where('task.channel', 'in', channels)
      .where(eb =>
        eb.or([
          eb('task.state', '<>', 'claimed'),
          eb('task.assignee_id', 'is', null),
          eb('task.assignee_id', '=', act.by.id),
        ]),
      )
      .returning('moves')
      .executeTakeFirst()
    if (row === undefined) return false
    await taskTables(trx)
      .insertInto('task_event')
      .values({
        task_id: act.taskId,
        nth: row.moves,
        at: act.at,
        staff_id: act.by.id,
        staff_name: JSON.stringify(act.by.name),
        move: act.move,
        note: act.eventNote ?? act.note ?? null,
      })
      .execute()
    return true
  })
  const found = await taskById(db, scope, act.taskId)
  if (!found.ok || moved) return found.ok ? ok(found.value.task) : found
  const refused = mayMove(found.value.task, act.move, act.by.id)
  // Between the two statements the way may have become free; whoever asked asks again.
  return refused.ok ? moveByHand(db, scope, act) : err(refused.fault)
}

/** In the caller's transaction when there is one. */
function inTransaction<T>(db: DeskDb, work: (trx: DeskDb) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work)
}

export interface MachineMove {
  readonly move: TaskMove
  readonly tasks: readonly { readonly id: string; readonly note: string | null }[]
  readonly at: Date
}

const nobodys = sql`, assignee_id = null, assignee_name = null`

/** Moves many tasks at once in the name of the machine; answers with those for which the move was legal. */
export async function moveMany(db: DeskDb, act: MachineMove): Promise<readonly string[]> {
  const { from, to, channels } = moves[act.move]
  const { rows } = await sql<{ id: string }>`
    with wanted as (
      select * from unnest(${act.tasks.map(t => t.id)}::text[], ${act.tasks.map(t => t.note)}::text[]) as w (id, note)
    ), moved as (
      update task set state = ${to}, moves = task.moves + 1, changed_at = ${act.at}${act.move === 'release' ? nobodys : sql``}
      from wanted
      where task.id = wanted.id and task.state = any(${[...from]}::text[]) and task.channel = any(${[...channels]}::text[])
      returning task.id, task.moves, wanted.note
    ), noted as (
      insert into task_event (task_id, nth, at, move, note)
      select id, moves, ${act.at}, ${act.move}, note from moved
    )
    select id from moved order by id`.execute(db)
  return rows.map(row => row.id)
}

/** Ends the tasks whose last day has passed by the morning of `day`; says how many. */
export async function expireTasks(db: DeskDb, day: PlainDate, at: Date): Promise<number> {
  const late = await taskTables(db)
    .selectFrom('task')
    .select('id')
    .where('due_day', '<', day)
    .where('state', 'in', moves.expire.from)
    .orderBy('id')
    .execute()
  const ended = await moveMany(db, { move: 'expire', tasks: late.map(({ id }) => ({ id, note: null })), at })
  return ended.length
}
