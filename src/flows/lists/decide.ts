import { type ApprovalLevel, approvals, audit, settingBook } from '#governance'
import { addDays, attempt, err, FaultError, ok } from '#kernel'
import { countsOf, type ListRow, listById, listFaults, moveList } from '#lists'
import type { Application } from '../application.ts'
import type { Kind } from '../approvals/kind.ts'
import { type Asker, businessDay } from '../asker.ts'
import { rowId } from '../row-id.ts'
import { showList } from './show.ts'

/** Asks a second person to agree to a list, with the difference it makes. Faults list.unknown, list.not-now, list.empty. */
export async function submitList(application: Application, asker: Asker, id: string) {
  const { desk, clock } = application
  const list = await listById(desk.db, asker.scope, rowId(id))
  if (list === undefined) return err(listFaults.unknown())
  const counts = (await countsOf(desk.db, [list.id])).get(list.id)
  const size = (counts?.kept ?? 0) + (counts?.added ?? 0)
  if (counts === undefined || size === 0) return err(listFaults.empty())
  const at = clock.now()
  const days = await settingBook.read(desk.db, 'approvalDays')
  const level: ApprovalLevel =
    size > (await settingBook.read(desk.db, 'listRowsSupervisor')) ? 'administrator' : 'supervisor'
  const asked = await attempt(() =>
    desk.db.transaction().execute(async trx => {
      const request = await approvals.ask(trx, {
        ...requestFor(list, { ...counts, size }),
        level,
        maker: asker.staff,
        at,
        days,
        from: asker.from,
      })
      if (!request.ok) throw new FaultError(request.fault)
      const to = { state: 'waiting', at, approvalId: request.value } as const
      if (!(await moveList(trx, list.id, ['draft'], to))) throw new FaultError(listFaults.notNow())
    }),
  )
  return asked.ok ? showList(application, asker, id) : asked
}

/** What a second person reads: what is done to whom, and what people changed in what the rule found. */
function requestFor(
  list: ListRow,
  { kept, added, removed, size }: { kept: number; added: number; removed: number; size: number },
) {
  const same = (text: string) => ({ zh: text, en: text })
  const before = kept + removed
  const field = (zh: string, en: string, was: string | null, is: string) => ({
    field: { zh, en },
    before: was === null ? null : same(was),
    after: same(is),
  })
  return {
    kind: 'list',
    subject: `list:${list.id}`,
    title: { zh: `名单“${list.title}”`, en: `list “${list.title}”` },
    changes: [
      field('用户数', 'subscribers', String(before), String(size)),
      field('剔除', 'removed', null, String(removed)),
      field('新增', 'added', null, String(added)),
      field('来源', 'from', null, list.rule === null ? '—' : `${list.rule.id} ${list.rule.day}`),
      { ...field('动作', 'to do', null, ''), after: list.action === null ? forCampaign : same(list.action) },
      field('有效天数', 'mornings', null, String(list.days)),
      ...(list.action === null
        ? []
        : [field('对照组（%）', 'control group (%)', null, String(list.controlPercent))]),
    ],
    payload: { listId: list.id },
    reason: list.reason,
    size,
  }
}

const forCampaign = { zh: '供活动使用，不自行生成任务', en: 'for a campaign: no tasks by itself' }

interface Payload {
  readonly listId: number
}

/** An approved list is worked from the next morning on; one that is not approved never is. */
export function listApproval(application: Application): Kind {
  return {
    title: { zh: '名单', en: 'list' },
    carryOut: async (trx, { payload }) => {
      const firstDay = addDays(await businessDay(application), 1)
      const to = { state: 'approved', at: application.clock.now(), firstDay } as const
      return ok(await moveList(trx, (payload as Payload).listId, ['waiting'], to))
    },
    letGo: async (trx, { payload, state }) => {
      const to = { state: state === 'cancelled' ? 'draft' : 'refused', at: application.clock.now() } as const
      await moveList(trx, (payload as Payload).listId, ['waiting'], to)
    },
    afterwards: () => undefined,
  }
}

/** Drops a draft, or stops an approved list: from the next morning on it makes no tasks. Faults list.unknown, list.not-now. */
export async function stopList(application: Application, asker: Asker, id: string) {
  const { desk, clock } = application
  const list = await listById(desk.db, asker.scope, rowId(id))
  if (list === undefined) return err(listFaults.unknown())
  const at = clock.now()
  const stopped = await desk.db.transaction().execute(async trx => {
    const isMoved =
      (await moveList(trx, list.id, ['draft'], { state: 'cancelled', at })) ||
      (await moveList(trx, list.id, ['approved'], { state: 'stopped', at }))
    if (isMoved)
      await audit(trx, {
        at,
        staffId: asker.staff.id === '' ? null : asker.staff.id,
        act: 'list.stop',
        subject: `list:${list.id}`,
        from: asker.from,
      })
    return isMoved
  })
  return stopped ? showList(application, asker, id) : err(listFaults.notNow())
}
