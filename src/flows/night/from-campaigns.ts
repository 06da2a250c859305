import { runningCampaigns } from '#campaigns'
import { campaignSource } from '../campaigns/source.ts'
import { endOrPause } from '../campaigns/watch.ts'
import type { Source } from './propose.ts'
import type { Work } from './work.ts'

/** What the running campaigns propose, each for its own members; those that are over or do harm end or pause before. */
export async function fromCampaigns({ application, day }: Work): Promise<Source> {
  await endOrPause(application, day)
  const running = await runningCampaigns(application.desk.db)
  const all = await Promise.all(running.map(c => campaignSource(application, c, day)))
  return {
    proposers: all.flatMap(s => s.proposers),
    subscriberIds: [...new Set(all.flatMap(s => s.subscriberIds))],
    proposalsFor: morning => all.flatMap(s => s.proposalsFor(morning)),
  }
}
