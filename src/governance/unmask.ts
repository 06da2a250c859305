import { sql } from 'kysely'
import type { DeskDb } from '#desk'
import { err, type Fault, ok, type PlainDate, type Result } from '#kernel'
import { unmaskLimit } from './approval-faults.ts'
import { audit } from './audit.ts'
import type { PersonalKind } from './mask.ts'
import { setting } from './settings.ts'

/** Why a masked value is shown in full, or rows leave in a file. */
export const purposes = {
  contact: { zh: '联系客户', en: 'to reach the customer' },
  identity: { zh: '核实身份', en: 'to check who it is' },
  complaint: { zh: '处理投诉', en: 'to settle a complaint' },
  fault: { zh: '处理故障或装维', en: 'to deal with a fault or an installation' },
  analysis: { zh: '分析与汇报', en: 'to analyse and report' },
  campaign: { zh: '营销活动执行', en: 'to carry out a campaign' },
  law: { zh: '法律或监管要求', en: 'because the law or a regulator asks' },
  other: { zh: '其他（请说明）', en: 'other (say which)' },
} as const
export type Purpose = keyof typeof purposes

export interface Unmasking {
  readonly staffId: string
  readonly subscriberId: string
  readonly field: PersonalKind
  readonly purpose: Purpose
  readonly reason: string
  readonly day: PlainDate
  readonly at: Date
  readonly from?: string | undefined
}

/**
 * Lets somebody see one value in full: counted and audited before it is shown, all or nothing; answers how many are left
 * today. Fault unmask.limit, which is audited too.
 */
export async function unmask(db: DeskDb, wanted: Unmasking): Promise<Result<{ left: number }, Fault>> {
  const { staffId, subscriberId, field, purpose, reason, day, at, from } = wanted
  const entry = {
    at,
    staffId,
    subject: `subscriber:${subscriberId}`,
    detail: { field, purpose },
    reason,
    from,
  }
  return db.transaction().execute(async trx => {
    const limit = await setting(trx, 'unmasksPerDay')
    const { rows } = await sql<{ times: number }>`
      insert into governance_unmask_day as counted (staff_id, day, times)
        select ${staffId}::text, ${day}::date, 1 where ${limit}::int > 0
      on conflict (staff_id, day) do update set times = counted.times + 1 where counted.times < ${limit}::int
      returning times`.execute(trx)
    const [counted] = rows
    if (counted === undefined) {
      await audit(trx, { ...entry, act: 'value.unmask-refused' })
      return err(unmaskLimit(limit))
    }
    await audit(trx, { ...entry, act: 'value.unmask' })
    return ok({ left: limit - counted.times })
  })
}
