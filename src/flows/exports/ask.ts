import { createReadStream, type ReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import {
  type ApprovalLevel,
  approvals,
  audit,
  auditTrail,
  can,
  countSubscribersWithin,
  type Purpose,
  purposes,
  settingBook,
} from '#governance'
import { err, type Fault, ok, type Result } from '#kernel'
import { countsOf, listById } from '#lists'
import { listTasks } from '#tasks'
import type { Application } from '../application.ts'
import { type Asker, asking } from '../asker.ts'
import { auditFilters } from '../audit/look.ts'
import { rowId } from '../row-id.ts'
import {
  exportEmpty,
  exportForbidden,
  exportLarge,
  exportNotReady,
  exportUnknown,
  purposeUnknown,
} from '../trail-faults.ts'
import {
  type ExportedList,
  type ExportQuery,
  type ExportRow,
  exportedLists,
  exportOf,
  exportStates,
  exportTables,
  moveExport,
} from './book.ts'
import { entryOf, exportFile, makeExports } from './make.ts'
import { taskFilters } from './rows.ts'
import { sheetRowsMax } from './workbook.ts'

export interface ExportWanted {
  readonly what: ExportedList
  readonly format: 'csv' | 'xlsx'
  readonly plain: boolean
  readonly purpose: string
  readonly reason: string
  readonly query?: ExportQuery
}

/** Up to so many rows the asker waits for the file; more are made behind, with progress. */
const waitedForRowsMax = 2_000

/**
 * Asks for a file of a list. Many rows, and plain values always, wait for a second person; the rest is made at once.
 * Faults export.forbidden, export.empty, export.large, purpose.unknown.
 */
export async function askExport(application: Application, asker: Asker, wanted: ExportWanted) {
  const { permission } = exportedLists[wanted.what]
  if (!can(asker.staff, permission)) return err(exportForbidden())
  if (!isPurpose(wanted.purpose)) return err(purposeUnknown())
  const rows = await countRows(application, asking(asker, permission), wanted)
  if (rows === 0) return err(exportEmpty())
  if (rows > sheetRowsMax) return err(exportLarge(sheetRowsMax))
  const level = await levelFor(application, wanted.plain, rows)
  const asked = await keep(application, asker, { ...wanted, purpose: wanted.purpose }, { rows, level })
  if (!asked.ok) return asked
  const made = level === null ? makeExports(application) : undefined
  if (rows <= waitedForRowsMax) await made
  return showExport(application, asker, String(asked.value))
}

function isPurpose(code: string): code is Purpose {
  return Object.hasOwn(purposes, code)
}

async function countRows(application: Application, asker: Asker, { what, query = {} }: ExportWanted) {
  const { db } = application.desk
  if (what === 'audit') {
    const filters = await auditFilters(application, query)
    return (await auditTrail.search(db, { ...filters, scope: asker.scope, pageSize: 1 })).total
  }
  if (what === 'list') {
    const list = await listById(db, asker.scope, query.list ?? 0)
    const counts = list && (await countsOf(db, [list.id])).get(list.id)
    return counts === undefined ? 0 : counts.kept + counts.removed + counts.added
  }
  if (what === 'subscribers') return countSubscribersWithin(db, asker.scope, query.q ?? '')
  return (await listTasks(db, asker.scope, { ...taskFilters(query), pageSize: 1 })).total
}

/** Who has to decide, by the settings; null: nobody. */
async function levelFor(
  { desk }: Application,
  isPlain: boolean,
  rows: number,
): Promise<ApprovalLevel | null> {
  const limit = (id: Parameters<typeof settingBook.read>[1]) => settingBook.read(desk.db, id)
  if (isPlain) return rows > (await limit('plainRowsSupervisor')) ? 'administrator' : 'supervisor'
  if (rows > (await limit('exportRowsSupervisor'))) return 'administrator'
  return rows > (await limit('exportRowsFree')) ? 'supervisor' : null
}

interface Size {
  readonly rows: number
  readonly level: ApprovalLevel | null
}

async function keep(
  { desk, clock }: Application,
  asker: Asker,
  wanted: ExportWanted & { readonly purpose: Purpose },
  { rows, level }: Size,
): Promise<Result<number, Fault>> {
  const at = clock.now()
  const days = await settingBook.read(desk.db, 'approvalDays')
  return desk.db.transaction().execute(async trx => {
    const row: ExportRow = await exportTables(trx)
      .insertInto('flows_export')
      .values({
        staff_id: asker.staff.id,
        what: wanted.what,
        format: wanted.format,
        query: JSON.stringify(wanted.query ?? {}),
        plain: wanted.plain,
        purpose: wanted.purpose,
        reason: wanted.reason,
        language: asker.staff.language,
        state: level === null ? 'queued' : 'waiting',
        rows_expected: rows,
        from_address: asker.from ?? null,
        asked_at: at,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await audit(trx, entryOf(row, at, 'export.ask', { rows }))
    if (level === null) return ok(row.id)
    const request = await approvals.ask(trx, {
      ...requestFor(row, rows),
      level,
      maker: asker.staff,
      at,
      days,
      from: asker.from,
    })
    if (!request.ok) return request
    await exportTables(trx)
      .updateTable('flows_export')
      .set({ approval_id: request.value })
      .where('id', '=', row.id)
      .execute()
    return ok(row.id)
  })
}

/** What a second person reads. */
function requestFor(row: ExportRow, rows: number) {
  const list = exportedLists[row.what]
  const same = (text: string) => ({ zh: text, en: text })
  const filters = Object.entries(row.query).map(([name, value]) => `${name}=${String(value)}`)
  return {
    kind: 'export',
    subject: `export:${row.id}`,
    title: { zh: `导出${list.zh}`, en: `export of a ${list.en}` },
    changes: [
      { field: { zh: '行数', en: 'rows' }, before: null, after: same(String(rows)) },
      {
        field: { zh: '号码与姓名', en: 'numbers and names' },
        before: { zh: '掩码', en: 'masked' },
        after: row.plain ? { zh: '完整值', en: 'plain' } : { zh: '掩码', en: 'masked' },
      },
      { field: { zh: '筛选条件', en: 'filters' }, before: null, after: same(filters.join(', ') || '—') },
      { field: { zh: '用途', en: 'purpose' }, before: null, after: purposes[row.purpose] },
      { field: { zh: '格式', en: 'format' }, before: null, after: same(row.format) },
    ],
    payload: { exportId: row.id },
    reason: row.reason,
    size: rows,
  }
}

/** One's own exports, newest first; what is past its time is gone. */
export async function listExports(
  application: Application,
  asker: Asker,
  { page = 1, pageSize = 20 }: { readonly page?: number; readonly pageSize?: number },
) {
  await letExportsExpire(application)
  void makeExports(application)
  const mine = exportTables(application.desk.db)
    .selectFrom('flows_export')
    .where('staff_id', '=', asker.staff.id)
  const [{ total }, rows] = await Promise.all([
    mine.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    mine
      .selectAll()
      .orderBy('id', 'desc')
      .limit(pageSize)
      .offset((page - 1) * pageSize)
      .execute(),
  ])
  return ok({ rows: rows.map(shown), total, page, pageSize })
}

/** Fault export.unknown, also for somebody else's. */
export async function showExport(application: Application, asker: Asker, id: string) {
  await letExportsExpire(application)
  const row = await exportOf(application.desk.db, asker.staff.id, rowId(id))
  return row === undefined ? err(exportUnknown()) : ok(shown(row))
}

/** Takes back what is not made yet. */
export async function cancelExport(application: Application, asker: Asker, id: string) {
  const { desk, clock } = application
  const row = await exportOf(desk.db, asker.staff.id, rowId(id))
  if (row === undefined) return err(exportUnknown())
  const states = ['queued', 'running'] as const
  if (!(await moveExport(desk.db, row.id, states, { state: 'cancelled' })))
    return err(exportNotReady(row.state))
  await audit(desk.db, entryOf(row, clock.now(), 'export.cancel'))
  return showExport(application, asker, id)
}

export interface Download {
  readonly name: string
  readonly type: string
  readonly bytes: number
  readonly content: ReadStream
}

/** The file of an export, each time audited. Faults export.unknown, export.not-ready. */
export async function downloadExport(
  application: Application,
  asker: Asker,
  id: string,
): Promise<Result<Download>> {
  await letExportsExpire(application)
  const { desk, clock } = application
  const row = await exportOf(desk.db, asker.staff.id, rowId(id))
  if (row === undefined) return err(exportUnknown())
  if (row.state !== 'ready') return err(exportNotReady(row.state))
  await audit(desk.db, { ...entryOf(row, clock.now(), 'export.download'), from: asker.from })
  return ok({
    name: `weiwan-${row.what}-${row.id}.${row.format}`,
    type: types[row.format],
    bytes: row.bytes ?? 0,
    content: createReadStream(exportFile(application, row)),
  })
}

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Files past their time are removed and their exports say so. */
async function letExportsExpire(application: Application): Promise<void> {
  const gone = await exportTables(application.desk.db)
    .updateTable('flows_export')
    .set({ state: 'expired' })
    .where('state', '=', 'ready')
    .where('expires_at', '<=', application.clock.now())
    .returning(['id', 'format'])
    .execute()
  for (const row of gone) await rm(exportFile(application, row), { force: true })
}

function shown(row: ExportRow) {
  const { zh, en } = exportedLists[row.what]
  return {
    id: row.id,
    what: { code: row.what, title: { zh, en } },
    format: row.format,
    plain: row.plain,
    purpose: { code: row.purpose, title: purposes[row.purpose] },
    reason: row.reason,
    state: { code: row.state, title: exportStates[row.state] },
    rowsExpected: row.rows_expected,
    rowsDone: row.rows_done,
    bytes: row.bytes,
    approvalId: row.approval_id,
    askedAt: row.asked_at.toISOString(),
    madeAt: row.made_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
    fault: row.fault,
  }
}
