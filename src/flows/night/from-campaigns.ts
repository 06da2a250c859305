import { runningCampaigns } from '#campaigns'
import { campaignSource } from '../campaigns/source.ts'
import { endOrPause } from '../campaigns/watch.ts'
import type { Source } from './propose.ts'
import { suspectFactors } from './quality.ts'
import type { Work } from './work.ts'

/** What the running campaigns propose, each for its own members; those that are over or do harm end or pause before. */
export async function fromCampaigns({ application, day }: Work): Promise<Source> {
  await endOrPause(application, day)
  const running = await runningCampaigns(application.desk.db)
  const suspects = running.length === 0 ? new Map() : await suspectFactors(application, day)
  const all = await Promise.all(running.map(c => campaignSource(application, c, { day, suspects })))
  return {
    proposers: all.flatMap(s => s.proposers),
    subscriberIds: [...new Set(all.flatMap(s => s.subscriberIds))],
    proposalsFor: morning => all.flatMap(s => s.proposalsFor(morning)),
  }
}
