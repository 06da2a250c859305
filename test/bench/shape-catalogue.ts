import { type Column, type Feed, type FeedId, feedOf } from '#ingest'
import { uniform } from '#kernel'

/** The sources of the generated factors: what happens, what is summed by the day, and what comes by the month. */
export const shapeFeeds: readonly FeedId[] = [
  'usage',
  'daily_usage',
  'monthly_summary',
  'recharge',
  'balance',
  'bill',
  'service_contact',
  'visit',
  'warning',
  'contact',
]

/** So many definitions over ten feeds, drawn from every fold × column × part × window that makes sense. */
export function shapeYaml(count: number): string {
  const each = shapeFeeds.map(id => bodiesOf(feedOf(id)))
  const factors: string[] = []
  // A feed with few columns has fewer to give; the others make up for it.
  for (let nth = 0; factors.length < count; nth++) {
    const found = each.flatMap(bodies => bodies[nth] ?? [])
    if (found.length === 0) throw new RangeError(`there are only ${factors.length} factors of this shape`)
    factors.push(...found.slice(0, count - factors.length))
  }
  const entries = factors.map(
    (
      body,
      i,
    ) => `  - id: f${i}\n    title: { zh: 因子${i}, en: factor ${i} }\n    means: { zh: 生成, en: generated }
    ${body.split('; ').join('\n    ')}\n    range: [null, null]\n    helps: { zh: 测速, en: measuring }\n    version: 1\n`,
  )
  return `subject: { zh: 形状, en: shape }\nowner: retention\nfactors:\n${entries.join('')}`
}

function bodiesOf(feed: Feed): readonly string[] {
  const windows = windowsOf(feed)
  const bodies = partsOf(feed).flatMap(part => [
    ...windows.map(window => `kind: count; feed: ${feed.id}${part}; ${window}`),
    ...feed.columns.flatMap(column =>
      foldsOf(feed, column).flatMap(kind =>
        windows.map(window => `kind: ${kind}; feed: ${feed.id}; column: ${column.name}${part}; ${window}`),
      ),
    ),
  ])
  return bodies.toSorted((a, b) => uniform('shape', a) - uniform('shape', b))
}

function windowsOf(feed: Feed): readonly string[] {
  if (feed.kind === 'month')
    return [1, 2, 3, 6, 9, 12].map(n => `window: ${n} ${n === 1 ? 'month' : 'months'}`)
  const days = feed.id === 'usage' ? [3, 7, 14, 30, 45, 60] : [7, 14, 30, 45, 60, 90]
  return [...days.map(n => `window: ${n} days`), 'window: 30 days; ago: 30 days']
}

/** All rows, and those with each value of each coded column. */
function partsOf(feed: Feed): readonly string[] {
  const coded = feed.columns.flatMap(c => Object.keys(c.values ?? {}).map(value => `${c.name} is ${value}`))
  return ['', ...coded.map(part => `; where: ${part}`)]
}

function foldsOf(feed: Feed, column: Column): readonly string[] {
  if (feed.key.includes(column.name) || column.name === feed.dayColumn) return []
  if (column.type === 'money' || column.type === 'integer' || column.type === 'number')
    return ['sum', 'avg', 'min', 'max']
  return column.type === 'id' || column.type === 'text' ? ['distinct'] : []
}
