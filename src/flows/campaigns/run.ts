import {
  type Campaign,
  type CampaignMove,
  campaignById,
  freezeMembers,
  type Member,
  type MoveOrder,
  moveCampaign,
  sourceOf,
  waveAt,
} from '#campaigns'
import type { DeskDb } from '#desk'
import { audit } from '#governance'
import { err, type Fault, ok, type PlainDate, type Result, type RowScope, uniform } from '#kernel'
import type { Application } from '../application.ts'
import { type Asker, businessDay } from '../asker.ts'
import { campaignHeld, campaignNobody, noFactorTable } from '../faults.ts'
import { keptAside } from '../night/decide.ts'
import { suspectFactors } from '../night/quality.ts'
import { lastNight } from '../night/record.ts'
import { orFail } from '../night/work.ts'
import { rowId } from '../row-id.ts'
import { reportOf } from './report.ts'
import { showCampaign } from './show.ts'
import { aimOf, heldBy, meantOn, withinOwn } from './target.ts'

/**
 * Starts an approved campaign: the facts of the last night choose its members in the owner's branch, once; the next night
 * proposes them. Faults campaign.unknown, .move-illegal, .held, .nobody, rule.unknown, list.*, factor.not-computed.
 */
export async function launchCampaign(application: Application, asker: Asker, id: string) {
  const { desk } = application
  const found = await campaignById(desk.db, asker.scope, rowId(id))
  if (!found.ok) return found
  const day = await lastNight(desk)
  if (day === undefined) return err(noFactorTable('—'))
  const { target: launchedTarget } = await aimOf(application, found.value, day)
  const members = await chosen(application, found.value, day)
  if (!members.ok) return members
  return act(application, asker, id, {
    move: 'launch',
    launchedDay: day,
    launchedTarget,
    also: trx => freezeMembers(trx, found.value.id, members.value),
    detail: { members: members.value.length, day },
  })
}

/** Whom the target finds in the owner's branch on a morning, each with the arm and the wave that are theirs for good. */
export async function chosen(
  application: Application,
  campaign: Pick<Campaign, 'id' | 'plan' | 'nodePath'>,
  day: PlainDate,
): Promise<Result<readonly Member[], Fault>> {
  const { plan } = campaign
  const aim = await aimOf(application, { plan }, day)
  const held = await heldBy(application, aim, day, await suspectFactors(application, day))
  if (held !== undefined) return err(campaignHeld(held))
  const branch: RowScope = { kind: 'branch', nodePath: campaign.nodePath }
  const ids = await withinOwn(application, branch, await meantOn(application, aim, day))
  if (ids.length === 0) return err(campaignNobody())
  const source = sourceOf(campaign)
  return ok(
    ids.map(subscriberId => {
      const aside = keptAside({ subscriberId, source, purpose: plan.purpose }, plan.controlPercent / 100)
      return {
        subscriberId,
        arm: aside === undefined ? 'treated' : aside === 'rule' ? 'control' : 'universal',
        wave: waveAt(plan, uniform('weiwan waves', source, subscriberId)),
      }
    }),
  )
}

export function pauseCampaign(application: Application, asker: Asker, id: string) {
  return act(application, asker, id, { move: 'pause' })
}

export function resumeCampaign(application: Application, asker: Asker, id: string) {
  return act(application, asker, id, { move: 'resume' })
}

/** Ends a campaign for good, with its report as of today. */
export async function closeCampaign(application: Application, asker: Asker, id: string) {
  const found = await campaignById(application.desk.db, asker.scope, rowId(id))
  if (!found.ok) return found
  const report = await reportOf(application, found.value, await businessDay(application))
  return act(application, asker, id, { move: 'close', report })
}

interface Acting extends Omit<MoveOrder, 'at'> {
  readonly move: CampaignMove
  /** In the same transaction. */
  readonly also?: (trx: DeskDb) => Promise<void>
  readonly detail?: Readonly<Record<string, unknown>>
}

async function act(application: Application, asker: Asker, id: string, acting: Acting) {
  const { desk, clock } = application
  const found = await campaignById(desk.db, asker.scope, rowId(id))
  if (!found.ok) return found
  const { also, detail, ...moving } = acting
  const at = clock.now()
  await desk.db.transaction().execute(async trx => {
    const done = orFail(await moveCampaign(trx, found.value.id, { ...moving, at }))
    await also?.(trx)
    await audit(trx, {
      at,
      staffId: asker.staff.id,
      act: `campaign.${acting.move}`,
      subject: sourceOf(done),
      ...(detail === undefined ? {} : { detail }),
      from: asker.from,
    })
  })
  return showCampaign(application, asker, id)
}
