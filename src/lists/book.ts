import { sql } from 'kysely'
import { type DeskDb, insertRows, withinScope } from '#desk'
import { addDays, type PlainDate, type RowScope } from '#kernel'
import type { LineFault, ListLine } from './compare.ts'
import { type LineState, type ListState, listTables } from './tables.ts'

/** A list as it is asked for. */
export interface ListWanted {
  readonly title: string
  /** Why these: whoever works a task of the list reads it. */
  readonly reason: string
  /** What is to be done: an action of the policy; null: what a campaign says, and no tasks by itself. */
  readonly action: string | null
  /** For how many mornings it holds once it is approved. */
  readonly days: number
  /** How many of a hundred are kept aside to compare with. */
  readonly controlPercent: number
}

export interface ListRow extends ListWanted {
  readonly id: number
  /** The rule whose list it was, and the morning; null: made by a file. */
  readonly rule: { readonly id: string; readonly day: PlainDate } | null
  readonly staffId: string
  readonly state: ListState
  readonly approvalId: number | null
  readonly firstDay: PlainDate | null
  readonly madeAt: Date
}

export interface ListMaking extends ListWanted {
  readonly rule: ListRow['rule']
  readonly staffId: string
  readonly nodePath: string
  readonly at: Date
  readonly lines: readonly ListLine[]
  readonly faulty: readonly LineFault[]
}

/** Writes a new list as a draft, with its lines and what was wrong with the file; answers its id. */
export async function makeList(trx: DeskDb, making: ListMaking): Promise<number> {
  const { title, reason, action, days, controlPercent, rule, staffId, nodePath, at } = making
  const { id } = await listTables(trx)
    .insertInto('list_list')
    .values({
      title,
      reason,
      action,
      days,
      control_percent: controlPercent,
      rule_id: rule?.id ?? null,
      rule_day: rule?.day ?? null,
      manager_id: staffId,
      node_path: nodePath,
      state: 'draft',
      made_at: at,
      changed_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await writeLines(trx, id, making)
  return id
}

/** Puts checked lines in the place of those there. */
export async function replaceLines(trx: DeskDb, id: number, lines: readonly ListLine[]): Promise<void> {
  const tables = listTables(trx)
  await tables.deleteFrom('list_line').where('list_id', '=', id).execute()
  await tables.deleteFrom('list_fault').where('list_id', '=', id).execute()
  await writeLines(trx, id, { lines, faulty: [] })
}

async function writeLines(
  trx: DeskDb,
  id: number,
  { lines, faulty }: Pick<ListMaking, 'lines' | 'faulty'>,
): Promise<void> {
  await insertRows(
    trx,
    'list_line',
    lines.map(one => ({
      list_id: id,
      subscriber_id: one.subscriberId,
      line: one.line,
      state: one.state,
      reason: one.reason,
    })),
  )
  await insertRows(
    trx,
    'list_fault',
    faulty.map(({ line, column, fault: { code, zh, en } }) => ({
      list_id: id,
      line,
      column_name: column,
      code,
      zh,
      en,
    })),
  )
}

/** Lists that lie within a scope, the newest first. */
export async function listsWithin(
  db: DeskDb,
  scope: RowScope,
  { page, pageSize }: { readonly page: number; readonly pageSize: number },
): Promise<{ readonly rows: readonly ListRow[]; readonly total: number }> {
  const within = listTables(db).selectFrom('list_list as list').where(withinScope(scope, 'list'))
  const [{ total }, rows] = await Promise.all([
    within.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    within
      .selectAll('list')
      .orderBy('list.id', 'desc')
      .limit(pageSize)
      .offset((page - 1) * pageSize)
      .execute(),
  ])
  return { rows: rows.map(toList), total }
}

export async function listById(db: DeskDb, scope: RowScope, id: number): Promise<ListRow | undefined> {
  const row = await listTables(db)
    .selectFrom('list_list as list')
    .where(withinScope(scope, 'list'))
    .where('list.id', '=', id)
    .selectAll('list')
    .executeTakeFirst()
  return row && toList(row)
}

type Counts = Readonly<Record<LineState | 'faulty', number>>
const none: Counts = { kept: 0, added: 0, removed: 0, faulty: 0 }

/** How many lines of each kind lists have, and how many faulty ones their files had. */
export async function countsOf(db: DeskDb, ids: readonly number[]): Promise<ReadonlyMap<number, Counts>> {
  const { rows } = await sql<{ id: number; kind: keyof Counts; n: number }>`
    select list_id as id, state as kind, count(*)::int as n from list_line
    where list_id = any(${[...ids]}::integer[]) group by list_id, state
    union all
    select list_id, 'faulty', count(*)::int from list_fault
    where list_id = any(${[...ids]}::integer[]) group by list_id`.execute(db)
  const found = new Map<number, Counts>(ids.map(id => [id, none]))
  for (const { id, kind, n } of rows) found.set(id, { ...(found.get(id) ?? none), [kind]: n })
  return found
}

interface Walk {
  readonly states: readonly LineState[]
  /** The last subscriber of what was read before. */
  readonly after: string
  readonly limit: number
}

/** Lines of a list in the order of their subscribers, some at a time. */
export async function linesOf(
  db: DeskDb,
  id: number,
  { states, after, limit }: Walk,
): Promise<readonly ListLine[]> {
  const rows = await listTables(db)
    .selectFrom('list_line')
    .selectAll()
    .where('list_id', '=', id)
    .where('state', 'in', [...states])
    .where('subscriber_id', '>', after)
    .orderBy('subscriber_id')
    .limit(limit)
    .execute()
  return rows.map(row => ({
    line: row.line,
    subscriberId: row.subscriber_id,
    state: row.state,
    reason: row.reason,
  }))
}

/** What was wrong with the file, by its lines. */
export async function faultsOf(db: DeskDb, id: number, limit: number) {
  return listTables(db)
    .selectFrom('list_fault')
    .select(['line', 'column_name', 'code', 'zh', 'en'])
    .where('list_id', '=', id)
    .orderBy('line')
    .orderBy('column_name')
    .limit(limit)
    .execute()
}

/** Moves a list on, if it still stands where it is thought to. */
export async function moveList(
  db: DeskDb,
  id: number,
  from: readonly ListState[],
  to: {
    readonly state: ListState
    readonly at: Date
    readonly approvalId?: number
    readonly firstDay?: PlainDate
  },
): Promise<boolean> {
  const moved = await listTables(db)
    .updateTable('list_list')
    .set({
      state: to.state,
      changed_at: to.at,
      ...(to.approvalId === undefined ? {} : { approval_id: to.approvalId }),
      ...(to.firstDay === undefined ? {} : { first_day: to.firstDay }),
    })
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .executeTakeFirst()
  return moved.numUpdatedRows > 0n
}

/** Whether the mornings of a list are not over yet on a day; those of one that nobody has approved have not begun. */
export function isHolding({ firstDay, days }: Pick<ListRow, 'firstDay' | 'days'>, day: PlainDate): boolean {
  return firstDay !== null && day < addDays(firstDay, days)
}

/** A list that makes tasks by itself. */
type ActingList = ListRow & { readonly action: string }

/** Approved lists that hold on a morning and say what is to be done. */
export async function listsOn(db: DeskDb, day: PlainDate): Promise<readonly ActingList[]> {
  const rows = await listTables(db)
    .selectFrom('list_list')
    .selectAll()
    .where('state', '=', 'approved')
    .where('action', 'is not', null)
    .where('first_day', '<=', day)
    .orderBy('id')
    .execute()
  return rows.map(toList).filter((list): list is ActingList => list.action !== null && isHolding(list, day))
}

/** Approved lists within a scope that a campaign may be for on a day, the newest first. */
export async function listsForCampaigns(
  db: DeskDb,
  scope: RowScope,
  day: PlainDate,
): Promise<readonly ListRow[]> {
  const rows = await listTables(db)
    .selectFrom('list_list as list')
    .where(withinScope(scope, 'list'))
    .selectAll('list')
    .where('state', '=', 'approved')
    .where('action', 'is', null)
    .orderBy('list.id', 'desc')
    .execute()
  return rows.map(toList).filter(list => isHolding(list, day))
}

function toList(row: {
  id: number
  title: string
  reason: string
  action: string | null
  days: number
  control_percent: number
  rule_id: string | null
  rule_day: PlainDate | null
  manager_id: string
  state: ListState
  approval_id: number | null
  first_day: PlainDate | null
  made_at: Date
}): ListRow {
  return {
    id: row.id,
    title: row.title,
    reason: row.reason,
    action: row.action,
    days: row.days,
    controlPercent: row.control_percent,
    rule: row.rule_id === null || row.rule_day === null ? null : { id: row.rule_id, day: row.rule_day },
    staffId: row.manager_id,
    state: row.state,
    approvalId: row.approval_id,
    firstDay: row.first_day,
    madeAt: row.made_at,
  }
}
