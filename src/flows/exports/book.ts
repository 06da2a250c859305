import { type ColumnType, type Generated, sql } from 'kysely'
import type { DeskDb } from '#desk'
import type { Purpose } from '#governance'
import type { Fault } from '#kernel'

export const exportStates = {
  waiting: { zh: '待审批', en: 'waits for a decision' },
  queued: { zh: '排队中', en: 'queued' },
  running: { zh: '生成中', en: 'being made' },
  ready: { zh: '可下载', en: 'ready' },
  failed: { zh: '失败', en: 'failed' },
  refused: { zh: '未获批准', en: 'not approved' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  expired: { zh: '已失效', en: 'expired' },
} as const
export type ExportState = keyof typeof exportStates

export const exportedLists = {
  tasks: { zh: '任务清单', en: 'work list', permission: 'task.look' },
  subscribers: { zh: '用户清单', en: 'subscriber list', permission: 'subscriber.look' },
  list: { zh: '名单', en: 'list', permission: 'list.look' },
  audit: { zh: '审计记录', en: 'audit', permission: 'audit.look' },
} as const
export type ExportedList = keyof typeof exportedLists

/** Which rows: the filters of the list. */
export interface ExportQuery {
  readonly state?: string
  readonly level?: 'high' | 'medium' | 'low' | 'stable'
  readonly channel?: string
  readonly day?: string
  readonly q?: string
  /** Which list of people's own. */
  readonly list?: number
  readonly subscriber?: string
  readonly customer?: string
  readonly staff?: string
  readonly act?: string
  readonly from?: string
  readonly to?: string
}

export interface ExportRow {
  readonly id: number
  readonly staff_id: string
  readonly what: ExportedList
  readonly format: 'csv' | 'xlsx'
  readonly query: ExportQuery
  readonly plain: boolean
  readonly purpose: Purpose
  readonly reason: string
  readonly language: 'zh' | 'en'
  readonly state: ExportState
  readonly rows_expected: number
  readonly rows_done: number
  readonly bytes: number | null
  readonly sha256: string | null
  readonly approval_id: number | null
  readonly from_address: string | null
  readonly asked_at: Date
  readonly made_at: Date | null
  readonly expires_at: Date | null
  readonly fault: Fault | null
}

type Tables = {
  flows_export: {
    [K in keyof ExportRow]: K extends 'id' | 'rows_done'
      ? Generated<number>
      : K extends 'query'
        ? ColumnType<ExportQuery, string, never>
        : K extends 'fault'
          ? ColumnType<Fault | null, never, string>
          : null extends ExportRow[K]
            ? ColumnType<ExportRow[K], ExportRow[K] | undefined, ExportRow[K]>
            : ExportRow[K]
  }
}

export function exportTables(db: DeskDb): DeskDb<Tables> {
  return db.withTables<Tables>()
}

/** One export of somebody's own, or nothing. */
export function exportOf(db: DeskDb, staffId: string, id: number): Promise<ExportRow | undefined> {
  return exportTables(db)
    .selectFrom('flows_export')
    .selectAll()
    .where('id', '=', id)
    .where('staff_id', '=', staffId)
    .executeTakeFirst()
}

/** The next that is to be made, now being made. */
export async function takeNext(db: DeskDb): Promise<ExportRow | undefined> {
  const { rows } = await sql<ExportRow>`
    update flows_export set state = 'running', rows_done = 0
    where id = (select id from flows_export where state = 'queued' order by id limit 1 for update skip locked)
    returning *`.execute(db)
  return rows[0]
}

/** Moves an export on, if it still stands where it is thought to. */
export async function moveExport(
  db: DeskDb,
  id: number,
  from: readonly ExportState[],
  to: Partial<Pick<ExportRow, 'state' | 'rows_done' | 'bytes' | 'sha256' | 'made_at' | 'expires_at'>> & {
    readonly fault?: string
  },
): Promise<boolean> {
  const moved = await exportTables(db)
    .updateTable('flows_export')
    .set(to)
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .executeTakeFirst()
  return moved.numUpdatedRows > 0n
}
