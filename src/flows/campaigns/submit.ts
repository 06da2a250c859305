import { type Campaign, campaignById, moveCampaign, type Plan, sourceOf } from '#campaigns'
import { approvals, settingBook } from '#governance'
import { err, ok, type PlainDate, yuan } from '#kernel'
import type { Application } from '../application.ts'
import type { Kind } from '../approvals/kind.ts'
import { type Asker, businessDay } from '../asker.ts'
import { campaignChanged } from '../faults.ts'
import { orFail } from '../night/work.ts'
import { rowId } from '../row-id.ts'
import type { Words } from '../view/coded.ts'
import { showCampaign } from './show.ts'
import { aimOf } from './target.ts'

interface Payload {
  readonly campaignId: number
  readonly version: number
}

/** Asks a second person to approve a draft: who, follows from its budget. Faults campaign.unknown, .move-illegal, rule.unknown, list.*. */
export async function submitCampaign(
  application: Application,
  asker: Asker,
  id: string,
  { reason }: { readonly reason: string },
) {
  const { desk, clock } = application
  const found = await campaignById(desk.db, asker.scope, rowId(id))
  if (!found.ok) return found
  const at = clock.now()
  const [days, most] = await Promise.all([
    settingBook.read(desk.db, 'approvalDays'),
    settingBook.read(desk.db, 'campaignYuanSupervisor'),
  ])
  const day = await businessDay(application)
  await desk.db.transaction().execute(async trx => {
    const campaign = orFail(await moveCampaign(trx, found.value.id, { move: 'submit', at }))
    const size = Math.ceil(campaign.plan.budgetFen / 100)
    const asked = await approvals.ask(trx, {
      kind: 'campaign',
      subject: sourceOf(campaign),
      title: {
        zh: `活动“${campaign.plan.title.zh}”`,
        en: `campaign "${campaign.plan.title.en}"`,
      },
      changes: await changesOf(application, campaign, day),
      payload: { campaignId: campaign.id, version: campaign.version } satisfies Payload,
      reason,
      size,
      level: size > most ? 'administrator' : 'supervisor',
      maker: asker.staff,
      at,
      days,
      from: asker.from,
    })
    orFail(asked)
  })
  return showCampaign(application, asker, id)
}

/** What a second person reads. */
async function changesOf(application: Application, { plan }: Campaign, day: PlainDate) {
  const line = (zh: string, en: string, after: Words) => ({ field: { zh, en }, before: null, after })
  const same = (text: string) => ({ zh: text, en: text })
  const offer = application.catalogue.offers.get(plan.offer)
  const { says, listed } = await aimOf(application, { plan }, day)
  const waves = plan.waves?.map(w => `${w.from} ${w.percent}%`).join(', ') ?? '100%'
  return [
    line('目标用户', 'target', says),
    ...(listed === null ? [] : [line('名单用户数', 'people on the list', same(String(listed)))]),
    line('方案', 'offer', offer?.title ?? same(plan.offer)),
    line('渠道', 'channels', same(plan.channels.join(' → '))),
    line('活动期', 'period', same(`${plan.period.from} – ${plan.period.to}`)),
    line('批次', 'waves', same(waves)),
    line('预算', 'budget', same(yuan(plan.budgetFen as Parameters<typeof yuan>[0]))),
    line('每日触达上限', 'contacts a day', same(String(plan.perDayMax))),
    line('对照组', 'control group', same(`${plan.controlPercent}%`)),
    line('成功标准', 'success', successWords(plan)),
    ...(plan.smsText === undefined ? [] : [line('短信', 'message', plan.smsText)]),
  ]
}

function successWords({ success }: Plan): Words {
  if (success.kind === 'stayed')
    return { zh: `${success.withinDays} 天后仍在网`, en: `still here after ${success.withinDays} days` }
  const amount = yuan(success.atLeastFen as Parameters<typeof yuan>[0])
  return {
    zh: `${success.withinDays} 天内充值满 ${amount}`,
    en: `recharged ${amount} or more within ${success.withinDays} days`,
  }
}

/** An approved campaign may be launched, in the decision's own transaction; one that is not is a draft again. */
export function campaignApproval(): Kind {
  return {
    title: { zh: '活动', en: 'campaign' },
    async carryOut(trx, { payload }, at) {
      const { campaignId, version } = payload as Payload
      const moved = await moveCampaign(trx, campaignId, { move: 'approve', at })
      if (!moved.ok) return moved
      return moved.value.version === version ? ok(true) : err(campaignChanged())
    },
    async letGo(trx, { payload }, at) {
      await moveCampaign(trx, (payload as Payload).campaignId, { move: 'withdraw', at })
    },
    afterwards() {},
  }
}
