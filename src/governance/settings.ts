import { sql } from 'kysely'
import type { DeskDb } from '#desk'
import { err, type Fault, ok, type Result } from '#kernel'
import { settingLimits, settingUnknown } from './approval-faults.ts'
import { approvalTables } from './approval-tables.ts'
import { audit } from './audit.ts'

/** Whole numbers that an administrator may change. */
export const settings = {
  unmasksPerDay: {
    zh: '每人每天可查看完整值的次数',
    en: 'values one person may unmask a day',
    value: 20,
    max: 10_000,
  },
  exportRowsFree: {
    zh: '掩码导出超过多少行须主管审批',
    en: 'rows a masked export may have before a supervisor decides',
    value: 1_000,
    max: 10_000_000,
  },
  exportRowsSupervisor: {
    zh: '掩码导出超过多少行须管理员审批',
    en: 'rows a masked export may have before an administrator decides',
    value: 50_000,
    max: 10_000_000,
  },
  plainRowsSupervisor: {
    zh: '完整值导出超过多少行须管理员审批（不超过时须主管审批）',
    en: 'rows an export of plain values may have before an administrator decides (up to it a supervisor does)',
    value: 1_000,
    max: 10_000_000,
  },
  campaignYuanSupervisor: {
    zh: '活动预算超过多少元须管理员审批（不超过时须主管审批）',
    en: 'yuan a campaign may spend before an administrator decides (up to it a supervisor does)',
    value: 100_000,
    max: 10_000_000_000,
  },
  listRowsSupervisor: {
    zh: '名单超过多少位用户须管理员审批（不超过时须主管审批）',
    en: 'subscribers a list may have before an administrator decides (up to it a supervisor does)',
    value: 5_000,
    max: 1_000_000,
  },
  approvalDays: { zh: '审批申请的有效天数', en: 'days a request waits for a decision', value: 7, max: 90 },
  exportKeptHours: { zh: '导出文件保留小时数', en: 'hours an export can be downloaded', value: 72, max: 720 },
} as const satisfies Readonly<Record<string, { zh: string; en: string; value: number; max: number }>>
export type SettingId = keyof typeof settings

export async function setting(db: DeskDb, id: SettingId): Promise<number> {
  const row = await approvalTables(db)
    .selectFrom('governance_setting')
    .select('value')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.value ?? settings[id].value
}

/** All settings with their values, in the order of the table. */
export async function listSettings(db: DeskDb) {
  const rows = await approvalTables(db).selectFrom('governance_setting').select(['id', 'value']).execute()
  const changed = new Map(rows.map(row => [row.id, row.value]))
  return (Object.keys(settings) as SettingId[]).map(id => ({
    id,
    title: { zh: settings[id].zh, en: settings[id].en },
    value: changed.get(id) ?? settings[id].value,
    default: settings[id].value,
    max: settings[id].max,
  }))
}

export interface SettingChange {
  readonly id: string
  readonly value: number
  readonly at: Date
  readonly staffId: string | null
  readonly from?: string | undefined
}

/** Changes a setting; audited with what it was. Faults setting.unknown, setting.limits. */
export async function changeSetting(db: DeskDb, change: SettingChange): Promise<Result<true, Fault>> {
  const { value, at, staffId, from } = change
  if (!Object.hasOwn(settings, change.id)) return err(settingUnknown(change.id))
  const id = change.id as SettingId
  if (!Number.isInteger(value) || value < 0 || value > settings[id].max)
    return err(settingLimits(settings[id].max))
  await db.transaction().execute(async trx => {
    const before = await setting(trx, id)
    await approvalTables(trx)
      .insertInto('governance_setting')
      .values({ id, value, changed_by: staffId, changed_at: at })
      .onConflict(conflict =>
        conflict.column('id').doUpdateSet({
          value: sql.ref('excluded.value'),
          changed_by: sql.ref('excluded.changed_by'),
          changed_at: sql.ref('excluded.changed_at'),
        }),
      )
      .execute()
    await audit(trx, {
      at,
      staffId,
      act: 'setting.change',
      subject: `setting:${id}`,
      detail: { before, after: value },
      from,
    })
  })
  return ok(true)
}

/** Whole numbers that an administrator may change: reading, listing, changing. */
export const settingBook = { read: setting, list: listSettings, change: changeSetting } as const
