import { addDays, digest, type PlainDate } from '#kernel'
import { type Words, where } from '#rules'
import {
  ident,
  join,
  nextVersion,
  type Piece,
  parquet,
  pieceFiles,
  pieces,
  raw,
  type Shelf,
  type Sql,
  shelve,
  sql,
  type Warehouse,
} from '#warehouse'
import { type Axis, type Noted, notedIn, notedRows, type Standing } from './noted.ts'
import { type Cut, classSql, cutsOf } from './scale.ts'
import type { SegmentMap } from './segment-map.ts'
import { bindTag, type Tag, tagColumn, tagUses } from './tag.ts'
import { bindTree, treeSql, treeUses } from './tree.ts'

/** What the segments of a morning are made from. */
export interface SegmentOrder {
  readonly asOf: PlainDate
  readonly map: SegmentMap
  /** The library; only active tags are given. */
  readonly tags: readonly Tag[]
  /** The factor table of that morning. */
  readonly table: Sql
  /** Whom imported tags name (`sub`, `tag_id`), and what tells these from others; left out when nothing was imported. */
  readonly named?: { readonly table: Sql; readonly fingerprint: string } | undefined
  /** Factors that could not be computed, each with the reason. */
  readonly off: ReadonlyMap<string, Words>
  /** Factors that nothing should rest on, each with the reason. */
  readonly suspects: ReadonlyMap<string, Words>
}

export interface SegmentsRun {
  readonly rows: number
  /** False when the same inputs had already been worked out: nothing was written. */
  readonly written: boolean
}

/** The segments of one morning as they lie on the shelf. */
export interface SegmentDay extends Noted {
  readonly asOf: PlainDate
  /**
   * A row per subscriber: sub, subscriber_id, value, stage, brand, amount (what the value class was read from) and a flag
   * for every tag that is in `tags`.
   */
  readonly table: Sql
  readonly subscribers: number
}

interface States {
  readonly axes: Readonly<Record<Axis, Standing>>
  readonly tags: readonly { readonly tag: Tag; readonly standing: Standing }[]
}

/**
 * Gives every subscriber of the factor table its place on the map and its tags, in one pass, and puts them on the shelf. The
 * same inputs are not worked out twice.
 */
export async function makeSegments(
  warehouse: Warehouse,
  shelf: Shelf,
  order: SegmentOrder,
): Promise<SegmentsRun> {
  const { asOf, map } = order
  const source = newest(await pieces(shelf, 'factor'), asOf)
  const states = statesOf(order)
  const fingerprint = digest(
    JSON.stringify([map, states]),
    source?.fingerprint ?? '',
    order.named?.fingerprint ?? '',
  )
  const before = (await pieces(shelf, 'segment_day')).filter(p => p.span.from === asOf)
  const wholes = (await pieces(shelf, 'segment')).filter(p => p.span.from === asOf)
  // A kill may have come between the rows and what commits them: they are not made twice.
  const whole = wholes.findLast(p => p.fingerprint === fingerprint)
  if (whole !== undefined && newest(before, asOf)?.fingerprint === fingerprint)
    return { rows: whole.rows, written: false }
  const span = { from: asOf, to: addDays(asOf, 1) }
  const stamp = {
    span,
    version: whole?.version ?? nextVersion([...before, ...wholes], span),
    fingerprint,
    learnedOn: source?.learnedOn ?? asOf,
  }
  const cuts = states.axes.value.state === 'off' ? [] : await cutsOf(warehouse, map.value, order.table)
  const rows = placed(order, states, cuts)
  const made =
    whole ?? (await shelve(warehouse, shelf, { ...stamp, dataset: 'segment' }, rows, [ident('sub')]))
  const tags = await counted(warehouse, parquet(pieceFiles(shelf, made)), states)
  // The commit: readers take a morning only when this lies beside it.
  await shelve(
    warehouse,
    shelf,
    { ...stamp, dataset: 'segment_day' },
    notedRows({ axes: states.axes, cuts, tags, map }),
    [ident('kind'), ident('position')],
  )
  return { rows: made.rows, written: true }
}

function statesOf({ map, tags, off, suspects }: SegmentOrder): States {
  const standing = (uses: readonly string[]): Standing => {
    const isOff = uses.find(id => off.has(id))
    if (isOff !== undefined) return { state: 'off', reason: off.get(isOff) ?? null }
    const isHeld = uses.find(id => suspects.has(id))
    if (isHeld !== undefined) return { state: 'held', reason: suspects.get(isHeld) ?? null }
    return { state: 'on', reason: null }
  }
  return {
    axes: {
      value: standing([map.value.factor]),
      stage: standing(treeUses(map.stage.tree)),
      brand: standing([map.brand.factor]),
    },
    tags: tags.filter(tag => tag.state === 'active').map(tag => ({ tag, standing: standing(tagUses(tag)) })),
  }
}

/** Every subscriber with its place and its tags. What is off is empty: nobody is put anywhere for want of a fact. */
function placed(order: SegmentOrder, { axes, tags }: States, cuts: readonly Cut[]): Sql {
  const columns = [
    ...placeColumns(order, axes, cuts),
    ...tags.map(({ tag, standing }) => {
      const has = unless(standing, 'BOOLEAN', () => givenSql(order, tag))
      return sql`${has} AS ${ident(tagColumn(tag.id))}`
    }),
  ]
  return sql`SELECT sub, subscriber_id, ${join(columns)} FROM ${order.table} AS t`
}

function placeColumns(
  { asOf, map }: Pick<SegmentOrder, 'asOf' | 'map'>,
  axes: States['axes'],
  cuts: readonly Cut[],
): readonly Sql[] {
  return [
    sql`${unless(axes.value, 'VARCHAR', () => classSql(map.value, cuts))} AS value`,
    sql`${unless(axes.stage, 'VARCHAR', () => treeSql(bindTree(map.stage.tree, asOf)))} AS stage`,
    sql`${unless(axes.brand, 'VARCHAR', () => ident(map.brand.factor))} AS brand`,
    sql`${ident(map.value.factor)} AS amount`,
  ]
}

function unless(standing: Standing, type: 'VARCHAR' | 'BOOLEAN', value: () => Sql): Sql {
  return standing.state === 'off' ? raw(`CAST(NULL AS ${type})`) : value()
}

function givenSql({ asOf, named }: SegmentOrder, tag: Tag): Sql {
  if (tag.source === 'rule') return where(bindTag(tag, asOf))
  return named === undefined
    ? sql`FALSE`
    : sql`sub IN (SELECT sub FROM ${named.table} AS named WHERE tag_id = ${tag.id})`
}

/** Where everybody would stand by another map, without writing anything: a relation with `sub`, value, stage, brand, amount. */
export async function placedBy(
  warehouse: Warehouse,
  order: Omit<SegmentOrder, 'tags' | 'named'>,
  /** Where classes begin, when that was found over others than these. */
  given?: readonly Cut[],
): Promise<{ readonly table: Sql; readonly axes: States['axes']; readonly cuts: readonly Cut[] }> {
  const { axes } = statesOf({ ...order, tags: [] })
  const { map, table } = order
  const isOff = axes.value.state === 'off'
  const cuts = given ?? (isOff ? [] : await cutsOf(warehouse, map.value, table))
  const columns = join(placeColumns(order, axes, cuts))
  return { axes, cuts, table: sql`(SELECT sub, subscriber_id, ${columns} FROM ${table} AS t)` }
}

/** How many have each tag. */
async function counted(warehouse: Warehouse, table: Sql, { tags }: States): Promise<Noted['tags']> {
  const counts = await countTags(
    warehouse,
    table,
    tags.map(({ tag }) => tag.id),
  )
  return new Map(
    tags.map(({ tag, standing }) => {
      return [tag.id, { ...standing, version: tag.version, subscribers: counts.get(tag.id) ?? 0 }]
    }),
  )
}

/** How many rows of these have each of the tags, in one scan. */
export async function countTags(
  warehouse: Warehouse,
  table: Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const sums = ids.map((id, i) => {
    return sql`sum(CASE WHEN ${ident(tagColumn(id))} THEN 1 ELSE 0 END) AS ${ident(`c${i}`)}`
  })
  const [row] = await warehouse.rows<Record<string, number | null>>(
    sql`SELECT ${join(sums)} FROM ${table} AS t`,
  )
  return new Map(ids.map((id, i) => [id, Number(row?.[`c${i}`] ?? 0)]))
}

/** The mornings whose segments are kept, oldest first. */
export async function segmentDays(shelf: Shelf): Promise<readonly PlainDate[]> {
  return [...new Set((await pieces(shelf, 'segment_day')).map(p => p.span.from))].toSorted()
}

/** The segments of a morning; undefined when none were made. */
export async function segmentMorning(
  warehouse: Warehouse,
  shelf: Shelf,
  asOf: PlainDate,
): Promise<SegmentDay | undefined> {
  const day = newest(await pieces(shelf, 'segment_day'), asOf)
  const all = await pieces(shelf, 'segment')
  const found = all.find(p => p.span.from === asOf && p.version === day?.version)
  if (day === undefined || found === undefined) return undefined
  const rows = await warehouse.rows(
    sql`SELECT * FROM ${parquet(pieceFiles(shelf, day))} AS d ORDER BY kind, position`,
  )
  const table = sql`(SELECT * FROM ${parquet(pieceFiles(shelf, found))})`
  return { ...notedIn(rows), asOf, table, subscribers: found.rows }
}

/** Of the pieces of a morning, the one made last. */
function newest(all: readonly Piece[], asOf: PlainDate): Piece | undefined {
  return all
    .filter(p => p.span.from === asOf)
    .toSorted((a, b) => a.version - b.version)
    .at(-1)
}
