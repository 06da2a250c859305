import { checkFeeds } from '#ingest'
import type { Work } from './work.ts'

/** How each feed stands this morning: what is held here holds the rules that depend on it. */
export async function checkStep(work: Work): Promise<number> {
  const { desk, shelf } = work.application
  work.feeds = await checkFeeds(desk.db, shelf, work.day)
  return work.feeds.filter(f => f.verdict !== 'off').length
}
