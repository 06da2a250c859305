import { campaignById, membersOf, sourceOf, wavesDue } from '#campaigns'
import { err, ok } from '#kernel'
import { approachedBy, figuresOfSource } from '#tasks'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import { noFactorTable } from '../faults.ts'
import { decideDay, groundOf } from '../night/decide.ts'
import { lastNight } from '../night/record.ts'
import { rowId } from '../row-id.ts'
import type { Words } from '../view/coded.ts'
import { chosen } from './run.ts'
import { proposing } from './source.ts'
import { aimOf } from './target.ts'

/**
 * What the campaign alone would do on the last night's morning: every gate is passed (members, waves, budget, hours, contact
 * policy, control groups) and nothing is written. Before the launch its members are chosen as the launch would.
 */
export async function dryRun(application: Application, asker: Asker, id: string) {
  const { db } = application.desk
  const found = await campaignById(db, asker.scope, rowId(id))
  if (!found.ok) return found
  const campaign = found.value
  const day = await lastNight(application.desk)
  if (day === undefined) return err(noFactorTable('—'))
  const isLaunched = campaign.launchedDay !== null
  const waves = isLaunched ? wavesDue(campaign.plan, day) : [0]
  const everybody = isLaunched
    ? ok(await membersOf(db, campaign.id, waves))
    : await chosen(application, campaign, day)
  if (!everybody.ok) return everybody
  const [approached, { acted }] = await Promise.all([
    approachedBy(db, sourceOf(campaign), day),
    figuresOfSource(db, sourceOf(campaign), day),
  ])
  const gone = new Set(approached)
  const due = everybody.value.filter(m => waves.includes(m.wave) && !gone.has(m.subscriberId))
  const source = proposing(application, {
    campaign,
    aim: await aimOf(application, campaign, day),
    subscriberIds: due.map(m => m.subscriberId),
    acted,
    day,
  })
  const answered = await decideDay(db, await groundOf(application, day, [source]))
  return ok({
    asOf: day,
    members: everybody.value.length,
    due: due.length,
    outcomes: counted(
      answered.map(({ decision }) => ({
        result: decision.result,
        channel: decision.proposal.channel,
        reason: decision.reason,
      })),
    ),
  })
}

interface Outcome {
  readonly result: 'act' | 'control' | 'refused'
  readonly channel: 'call' | 'sms'
  readonly reason: { readonly code: string } & Words
}

function counted(all: readonly Outcome[]) {
  const groups = Map.groupBy(all, o => `${o.result} ${o.channel} ${o.reason.code}`)
  return [...groups.values()]
    .flatMap(some => {
      const [first] = some
      if (first === undefined) return []
      const { code, zh, en } = first.reason
      return [{ result: first.result, channel: first.channel, code, title: { zh, en }, count: some.length }]
    })
    .toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
}
