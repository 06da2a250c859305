import { type Expression, type SqlBool, sql } from 'kysely'
import { type DeskDb, withinScope } from '#desk'
import { err, type Fault, ok, type PlainDate, type Result, type RowScope } from '#kernel'
import { taskUnknown } from './faults.ts'
import type { TaskChannel, TaskState } from './states.ts'
import { personOf, taskTables, toTask } from './tables.ts'
import type { Level, Task, TaskEvent } from './task.ts'

export interface TaskQuery {
  readonly state?: readonly TaskState[] | undefined
  readonly level?: Level | undefined
  readonly channel?: TaskChannel | undefined
  readonly day?: PlainDate | undefined
  readonly ruleId?: string | undefined
  readonly managerId?: string | undefined
  readonly assigneeId?: string | undefined
  readonly subscriberId?: string | undefined
  /** A part of the subscriber's key, or of the number for the rows whose numbers may be seen. */
  readonly search?: string | undefined
  readonly numbersWithin?: RowScope | undefined
  readonly sort?: TaskSort | undefined
  /** From 1. */
  readonly page?: number | undefined
  readonly pageSize?: number | undefined
}

const orders = {
  priority: sql`task.day desc, task.severity desc, task.value_fen desc`,
  level: sql`task.severity, task.value_fen desc`,
  '-level': sql`task.severity desc, task.value_fen desc`,
  day: sql`task.day`,
  '-day': sql`task.day desc`,
  arpu: sql`task.arpu_fen nulls first`,
  '-arpu': sql`task.arpu_fen desc nulls last`,
  state: sql`task.state`,
  '-state': sql`task.state desc`,
}
export type TaskSort = keyof typeof orders

const pageSizeMax = 1_000

export interface TaskPage {
  readonly tasks: readonly Task[]
  readonly total: number
  /** Of all in scope under the other filters: the state filter does not narrow these. */
  readonly countByState: Readonly<Partial<Record<TaskState, number>>>
}

/** The tasks within the scope that the query asks for; ties in order of id, so that pages never overlap. */
export async function listTasks(db: DeskDb, scope: RowScope, query: TaskQuery = {}): Promise<TaskPage> {
  const tables = taskTables(db)
  const inScope = tables.selectFrom('task').where(withinScope(scope, 'task'))
  const filtered = filters(query).reduce((so, filter) => so.where(filter), inScope)
  const counted = await filtered
    .select(({ fn }) => ['task.state', fn.countAll<number>().as('count')])
    .groupBy('task.state')
    .orderBy('task.state')
    .execute()
  const countByState = Object.fromEntries(counted.map(row => [row.state, row.count]))
  const wanted = counted.filter(row => query.state?.includes(row.state) ?? true)
  const size = Math.min(query.pageSize ?? 20, pageSizeMax)
  const rows = await filtered
    .where(query.state ? sql<SqlBool>`task.state = any(${[...query.state]}::text[])` : sql<SqlBool>`true`)
    .selectAll('task')
    .orderBy(orders[query.sort ?? 'priority'])
    .orderBy('task.id')
    .limit(size)
    .offset(((query.page ?? 1) - 1) * size)
    .execute()
  return { tasks: rows.map(toTask), total: wanted.reduce((sum, row) => sum + row.count, 0), countByState }
}

function filters(query: TaskQuery): readonly Expression<SqlBool>[] {
  const equal = {
    level: query.level,
    channel: query.channel,
    day: query.day,
    rule_id: query.ruleId,
    manager_id: query.managerId,
    assignee_id: query.assigneeId,
    subscriber_id: query.subscriberId,
  }
  const conditions = Object.entries(equal)
    .filter(([, value]) => value !== undefined)
    .map(([column, value]) => sql<SqlBool>`${sql.ref(`task.${column}`)} = ${value}`)
  if (query.search === undefined) return conditions
  const inKey = sql<SqlBool>`strpos(task.subscriber_id, ${query.search}) > 0`
  if (query.numbersWithin === undefined) return [...conditions, inKey]
  const inNumber = sql<SqlBool>`strpos(coalesce(task.number, ''), ${query.search}) > 0`
  return [
    ...conditions,
    sql<SqlBool>`(${inKey} or (${inNumber} and ${withinScope(query.numbersWithin, 'task')}))`,
  ]
}

export interface TaskWithEvents {
  readonly task: Task
  /** Oldest first. */
  readonly events: readonly TaskEvent[]
}

/** Fault task.unknown when there is none or it is out of scope: the two cannot be told apart. */
export async function taskById(
  db: DeskDb,
  scope: RowScope,
  id: string,
): Promise<Result<TaskWithEvents, Fault<'task.unknown'>>> {
  const tables = taskTables(db)
  const row = await tables
    .selectFrom('task')
    .selectAll()
    .where('task.id', '=', id)
    .where(withinScope(scope, 'task'))
    .executeTakeFirst()
  if (row === undefined) return err(taskUnknown())
  const events = await tables
    .selectFrom('task_event')
    .selectAll()
    .where('task_id', '=', id)
    .orderBy('nth')
    .execute()
  return ok({
    task: toTask(row),
    events: events.map(({ at, staff_id, staff_name, move, note }) => ({
      at,
      by: personOf(staff_id, staff_name),
      move,
      note,
    })),
  })
}
