import { writeFile } from 'node:fs/promises'
import { type DaySpan, digest } from '#kernel'
import type { FeedId } from './contract/feed.ts'
import { feedOf } from './contract/feeds.ts'
import { type LoadOutcome, loadOpened, wholeOrNot } from './load.ts'
import type { FeedMapping } from './mapping.ts'
import { sameColumns } from './mapping-column.ts'
import { type LoadTarget, openCsv, ownCsv, ownNull } from './open-source.ts'

/** A desk fact by the contract's column names. A moment is ISO text with Z, a day ISO text. */
export type Fact = Readonly<Record<string, string | number | boolean | null>>

/**
 * Puts facts that Weiwan itself made (feeds `warning`, `warning_life`, `contact`) on the shelf for the days of `span`, through the same
 * checks as any delivery. The same facts again change nothing; no facts are a delivery too.
 */
export async function loadRows(
  target: LoadTarget,
  feed: FeedId,
  span: DaySpan,
  facts: readonly Fact[],
  timeZone: string,
): Promise<LoadOutcome> {
  return wholeOrNot(target, { feed, span }, async (scratch, at) => {
    const mapping = internalMapping(feed, timeZone)
    const columns = mapping.feed.columns.map(c => c.name)
    const lines = facts.map(fact => columns.map(c => cell(fact[c] ?? null)).join(',')).toSorted()
    const file = `${scratch}.source.csv`
    await writeFile(file, `${[columns.join(','), ...lines].join('\n')}\n`)
    const control = { ...at, rows: lines.length, bytes: 0 }
    const source = await openCsv(ownCsv, mapping, { feed, span, file }, scratch, at, control, ownNull)
    return loadOpened(target, mapping, source, timeZone, false, span.to, at)
  })
}

function internalMapping(id: FeedId, timeZone: string): FeedMapping {
  const feed = feedOf(id)
  if (feed.source !== 'internal') throw new TypeError(`${id} is delivered by the carrier`)
  const columns = sameColumns(feed)
  return {
    feed,
    source: ownCsv,
    columns,
    hasControl: false,
    badRowsMax: 1,
    digest: digest('internal', timeZone),
  }
}

function cell(value: string | number | boolean | null): string {
  return value === null ? ownNull : `"${String(value).replaceAll('"', '""')}"`
}
