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

/** Each order ends with the id and is one of the table's indexes, forwards or backwards. */
const orders = {
  priority: sql`task.day desc, task.severity desc, task.value_fen desc, task.id`,
  level: sql`task.severity, task.value_fen, task.id desc`,
  '-level': sql`task.severity desc, task.value_fen desc, task.id`,
  day: sql`task.day, task.id`,
  '-day': sql`task.day desc, task.id desc`,
  arpu: sql`task.arpu_fen nulls first, task.id`,
  '-arpu': sql`task.arpu_fen desc nulls last, task.id desc`,
  state: sql`task.state, task.id`,
  '-state': sql`task.state desc, task.id desc`,
}
export type TaskSort = keyof typeof orders

const pageSizeMax = 1_000
/** Characters of a key or number from which the index of parts finds it; fewer are found everywhere. */
const partMin = 3
/** So many rows are sorted sooner than found by walking. */
const fewMax = 10_000

export interface TaskPage {
  readonly tasks: readonly Task[]
  readonly total: number
  /** Of all in scope under the other filters: the state filter does not narrow these. */
  readonly countByState: Readonly<Partial<Record<TaskState, number>>>
}

/** The tasks within the scope that the query asks for; ties in order of id, so that pages never overlap. */
export async function listTasks(db: DeskDb, scope: RowScope, query: TaskQuery = {}): Promise<TaskPage> {
  const isRare = (query.search?.length ?? 0) >= partMin
  const found = await (isRare ? gathered : walked)(db, scope, query)
  const wanted = found.counted.filter(row => query.state?.includes(row.state) ?? true)
  const total = wanted.reduce((sum, row) => sum + row.count, 0)
  const countByState = Object.fromEntries(found.counted.map(row => [row.state, row.count]))
  if (total === 0) return { tasks: [], total, countByState }
  const rows = await taskTables(db)
    .selectFrom('task')
    .selectAll('task')
    .where('task.id', '=', sql<string>`any(${await found.ids(total)}::text[])`)
    .orderBy(orders[query.sort ?? 'priority'])
    .execute()
  return { tasks: rows.map(toTask), total, countByState }
}

interface Found {
  readonly counted: readonly { readonly state: TaskState; readonly count: number }[]
  /** Of the page, in any order; `total` is how many there are in all. */
  ids(total: number): Promise<readonly string[]>
}

const sortedBy = [
  'task.id',
  'task.day',
  'task.severity',
  'task.value_fen',
  'task.arpu_fen',
  'task.state',
] as const

function inState(query: TaskQuery): Expression<SqlBool> {
  return query.state ? sql<SqlBool>`task.state = any(${[...query.state]}::text[])` : sql<SqlBool>`true`
}

function pageOf({ page = 1, pageSize = 20 }: TaskQuery) {
  const size = Math.min(pageSize, pageSizeMax)
  return { size, skipped: (page - 1) * size }
}

/** Counts from one index and the page from another. */
async function walked(db: DeskDb, scope: RowScope, query: TaskQuery): Promise<Found> {
  const tables = taskTables(db)
  const inScope = tables.selectFrom('task').where(withinScope(scope, 'task'))
  const filtered = filters(query).reduce((so, filter) => so.where(filter), inScope)
  const counted = await filtered
    .select(({ fn }) => ['task.state', fn.countAll<number>().as('count')])
    .groupBy('task.state')
    .orderBy('task.state')
    .execute()
  return {
    counted,
    async ids(total) {
      const matching = filtered.where(inState(query)).select(sortedBy)
      // Few are gathered and sorted: an offset keeps the planner from walking through everybody's for them. Many are walked in order.
      const few = tables.selectFrom(matching.offset(0).as('task')).select('task.id')
      const { size, skipped } = pageOf(query)
      const rows = await (total <= fewMax ? few : matching.clearSelect().select('task.id'))
        .orderBy(orders[query.sort ?? 'priority'])
        .limit(size)
        .offset(skipped)
        .execute()
      return rows.map(row => row.id)
    },
  }
}

/** What is searched is looked for once: the counts and the page come from the same rows. */
async function gathered(db: DeskDb, scope: RowScope, query: TaskQuery): Promise<Found> {
  const inScope = taskTables(db).selectFrom('task').where(withinScope(scope, 'task'))
  const matching = filters(query)
    .reduce((so, filter) => so.where(filter), inScope)
    .select(sortedBy)
  const { size, skipped } = pageOf(query)
  const { rows } = await sql<{ counted: Found['counted']; ids: readonly string[] }>`
    with task as materialized (${matching})
    select (select coalesce(jsonb_agg(by_state order by state), '[]')
        from (select state, count(*) as count from task group by state) by_state) as counted,
      array(select id from task where ${inState(query)} order by ${orders[query.sort ?? 'priority']}
        limit ${size} offset ${skipped}) as ids`.execute(db)
  const [found = { counted: [], ids: [] }] = rows
  return { counted: found.counted, ids: () => Promise.resolve(found.ids) }
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
  const inKey = holds('subscriber_id', query.search)
  if (query.numbersWithin === undefined) return [...conditions, inKey]
  const inNumber = holds('number', query.search)
  return [
    ...conditions,
    sql<SqlBool>`(${inKey} or (${inNumber} and ${withinScope(query.numbersWithin, 'task')}))`,
  ]
}

/** The index of parts finds three characters and more; with fewer it would be read as a whole. */
function holds(column: 'subscriber_id' | 'number', part: string): Expression<SqlBool> {
  const ref = sql.ref(`task.${column}`)
  if (part.length < partMin) return sql<SqlBool>`strpos(${ref}, ${part}) > 0`
  return sql<SqlBool>`${ref} like ${`%${part.replaceAll(/[\\%_]/g, '\\$&')}%`}`
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
