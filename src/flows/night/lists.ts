import { type DecidedProposal, expireTasks, replaceDay } from '#tasks'
import { type Answered, decideDay, groundOf } from './decide.ts'
import { draftOf } from './draft.ts'
import { fromCampaigns } from './from-campaigns.ts'
import { fromCare } from './from-care.ts'
import { fromLists } from './from-lists.ts'
import { fromWarnings } from './from-warnings.ts'
import type { AskSource } from './propose.ts'
import { keepProposers } from './proposers.ts'
import type { Work } from './work.ts'

/** Everybody who proposes, in this order. */
const everySource: readonly AskSource[] = [fromWarnings, fromCampaigns, fromLists, fromCare]

/** Everybody who proposes is asked; the allocator answers each proposal; what is to be done becomes the day's tasks. One transaction. */
export async function listsStep(work: Work): Promise<number> {
  const { application, day } = work
  const { desk, clock } = application
  const sources = await Promise.all(everySource.map(ask => ask(work)))
  const ground = await groundOf(application, day, sources)
  return desk.db.transaction().execute(async trx => {
    await expireTasks(trx, day, clock.now())
    const answered = await decideDay(trx, ground)
    await keepProposers(
      trx,
      day,
      sources.flatMap(s => s.proposers),
    )
    const replaced = await replaceDay(trx, {
      day,
      tasks: answered
        .filter(a => a.decision.result === 'act')
        .map(({ made, decision, morning }) => draftOf(made, decision, morning, day)),
      decisions: answered.map(decided),
      at: clock.now(),
    })
    return replaced.made + replaced.kept
  })
}

function decided({ decision, made, morning }: Answered): DecidedProposal {
  const { subscriberId, source, channel, offerId, valueFen } = decision.proposal
  return {
    subscriberId,
    ruleId: source,
    channel,
    offerId,
    result: decision.result,
    control: decision.control,
    reason: decision.reason,
    valueFen,
    success: made.success,
    managerId: morning.managerId,
    nodePath: morning.nodePath,
  }
}
