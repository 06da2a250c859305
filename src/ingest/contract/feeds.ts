import { care } from './care.ts'
import type { Feed, FeedId } from './feed.ts'
import { money } from './money.ts'
import { parties } from './parties.ts'
import { use } from './use.ts'

/** Every feed of the contract, in loading order: what others refer to comes first. */
export const feeds: readonly Feed[] = [...parties, ...use, ...money, ...care]

export function feedOf(id: FeedId): Feed {
  const found = feeds.find(f => f.id === id)
  if (found === undefined) throw new TypeError(`no such feed: ${id}`)
  return found
}
