import { type Feed, feeds } from '#ingest'
import { type Path, shelfName } from './rows.ts'

/** `plan_id.monthly_fee`; `previous_plan_id@plan.monthly_fee` where the contract does not say what the key names. */
export function findPath(feed: Feed, text: string): Path | undefined {
  const [first = '', ...rest] = text.split('.')
  const [name = '', landing] = first.split('@')
  const column = feed.columns.find(c => c.name === name)
  if (column === undefined) return undefined
  if (rest.length === 0) return { hops: [], column: shelfName(feed, name), of: column }
  const target = feeds.find(f => f.id === (landing ?? column.references) && f.kind === 'state')
  const onward = target === undefined ? undefined : findPath(target, rest.join('.'))
  if (target === undefined || onward === undefined) return undefined
  const hop = { column: shelfName(feed, name), feed: target.id }
  return { ...onward, hops: [hop, ...onward.hops] }
}
