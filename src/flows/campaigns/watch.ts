import { type Campaign, moveCampaign, runningCampaigns, sourceOf } from '#campaigns'
import { dealingsBy } from '#contact'
import { audit } from '#governance'
import { addDays, type PlainDate } from '#kernel'
import { approachedBy } from '#tasks'
import type { Application } from '../application.ts'
import { orFail } from '../night/work.ts'
import type { Words } from '../view/coded.ts'
import { reportOf } from './report.ts'

/** Below this many approached no share is worth a verdict. */
const approachedMin = 20

/** Before a morning's proposals: a campaign whose period is over ends with its report; one that too many refuse pauses. */
export async function endOrPause(application: Application, day: PlainDate): Promise<void> {
  for (const campaign of await runningCampaigns(application.desk.db)) {
    if (campaign.plan.period.to <= day) {
      await byItself(application, campaign, 'close', { report: await reportOf(application, campaign, day) })
      continue
    }
    const why = await refusedTooOften(application, campaign, day)
    if (why !== undefined) await byItself(application, campaign, 'pause', { pausedWhy: why })
  }
}

async function byItself(
  { desk, clock }: Application,
  campaign: Campaign,
  move: 'close' | 'pause',
  more: { readonly report?: unknown; readonly pausedWhy?: Words },
): Promise<void> {
  const at = clock.now()
  await desk.db.transaction().execute(async trx => {
    orFail(await moveCampaign(trx, campaign.id, { move, at, ...more }))
    await audit(trx, {
      at,
      staffId: null,
      act: `campaign.${move}`,
      subject: sourceOf(campaign),
      ...(more.pausedWhy === undefined ? {} : { reason: more.pausedWhy.zh }),
    })
  })
}

async function refusedTooOften(
  { desk }: Application,
  campaign: Campaign,
  day: PlainDate,
): Promise<Words | undefined> {
  const most = campaign.plan.stopAtOptOutPercent
  if (most === undefined) return undefined
  const approached = await approachedBy(desk.db, sourceOf(campaign), day)
  if (approached.length < approachedMin) return undefined
  const dealings = await dealingsBy(desk.db, addDays(day, -1), approached)
  const refused = approached.filter(id => (dealings.get(id)?.optedOut.length ?? 0) > 0).length
  const percent = (100 * refused) / approached.length
  if (percent <= most) return undefined
  const said = percent.toFixed(1)
  return {
    zh: `已触达的 ${approached.length} 户中 ${said}% 拒收，超过 ${most}%，活动自动暂停`,
    en: `${said} % of the ${approached.length} approached opted out, more than ${most} %: the campaign paused by itself`,
  }
}
