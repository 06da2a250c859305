import type { FeedId } from '#ingest'
import { placeOf } from '../definition.ts'
import { feedUnfit } from '../faults.ts'
import type { Path } from '../rows.ts'
import { columnIn, fail, feedIn, type Scope } from '../scope.ts'
import { parseUnit } from '../unit.ts'
import type { Value } from '../value.ts'
import { typeOf } from './attribute.ts'
import type { Resolution } from './kind.ts'
import { factorIn } from './other.ts'

export interface Lookup {
  readonly kind: 'lookup'
  readonly of: string
  readonly feed: FeedId
  readonly path: Path
}

/** A column of the state feed's row whose key another factor names: the area of the main cell. */
export function resolveLookup(scope: Scope): Resolution<Lookup> | undefined {
  const of = factorIn(scope, 'of', ['text'])
  const feed = feedIn(scope)
  if (of === undefined || feed === undefined) return undefined
  if (feed.kind !== 'state' || feed.key.length !== 1) {
    const wanted = { en: 'a state feed with one key', zh: '单一主键的状态数据源' }
    return fail(scope, feedUnfit(placeOf(scope.definition, 'feed'), feed.id, wanted))
  }
  const path = columnIn(scope, feed, 'any')
  if (path === undefined) return undefined
  return {
    body: { kind: 'lookup', of: of.id, feed: feed.id, path },
    type: typeOf(path.of),
    unit: parseUnit(path.of.unit) ?? {},
    feeds: [...new Set([...of.feeds, feed.id, ...path.hops.map(h => h.feed)])],
    needs: [of.id],
    ...(path.of.values === undefined ? {} : { values: path.of.values }),
    missing: { en: 'not known to the carrier', zh: '源系统没有该信息' },
  }
}

export function lowerLookup(lookup: Lookup): Value {
  return { is: 'lookup', key: lookup.of, feed: lookup.feed, path: lookup.path }
}
