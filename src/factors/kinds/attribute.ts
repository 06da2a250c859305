import type { Column, Feed, FeedId } from '#ingest'
import { placeOf } from '../definition.ts'
import type { FactorType } from '../factor.ts'
import { feedUnfit } from '../faults.ts'
import type { Path } from '../rows.ts'
import { columnIn, fail, feedIn, type Scope } from '../scope.ts'
import { parseUnit } from '../unit.ts'
import type { Value } from '../value.ts'
import type { Resolution } from './kind.ts'

export interface Attribute {
  readonly kind: 'attribute'
  readonly feed: FeedId
  readonly path: Path
}

/** A column of a state feed with one row per subscriber, or of what that row points to. */
export function resolveAttribute(scope: Scope): Resolution<Attribute> | undefined {
  const feed = feedIn(scope)
  if (feed === undefined) return undefined
  if (!isPerSubscriber(feed)) {
    const wanted = { en: 'a state feed with one row per subscriber', zh: '每用户一行的状态数据源' }
    return fail(scope, feedUnfit(placeOf(scope.definition, 'feed'), feed.id, wanted))
  }
  const path = columnIn(scope, feed, 'any')
  if (path === undefined) return undefined
  return {
    body: { kind: 'attribute', feed: feed.id, path },
    type: typeOf(path.of),
    unit: parseUnit(path.of.unit) ?? {},
    feeds: [...new Set([feed.id, ...path.hops.map(h => h.feed)])],
    needs: [],
    ...(path.of.values === undefined ? {} : { values: path.of.values }),
    missing: { en: 'not known to the carrier', zh: '源系统没有该信息' },
  }
}

export function lowerAttribute(attribute: Attribute): Value {
  return { is: 'field', feed: attribute.feed, path: attribute.path }
}

function isPerSubscriber(feed: Feed): boolean {
  return feed.kind === 'state' && feed.key.length === 1 && feed.key[0] === 'subscriber_id'
}

export function typeOf(column: Column): FactorType {
  if (column.type === 'id' || column.type === 'code') return 'text'
  return column.type === 'moment' ? 'date' : column.type
}
