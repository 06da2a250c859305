import { err, ok } from '#kernel'
import {
  countCells,
  countTags,
  type MapCount,
  type SegmentDay,
  segmentDays,
  segmentMorning,
  type Tag,
  type TagFilling,
  tagColumn,
  tagGroups,
  tagMembers,
  tagProfile,
  tagUses,
} from '#segments'
import { ident, sql, type Warehouse } from '#warehouse'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import { factorsWithin } from '../rules/within.ts'
import { tagUnknown } from './faults.ts'
import { mapInForce, tagsKnown } from './in-force.ts'
import { listedCustomers, type PageQuery } from './listed.ts'
import { axesOf } from './shown-map.ts'
import { fillTag, tagFaultsFile } from './tag-fill.ts'
import { saidOf, tagLife } from './tag-life.ts'
import { forked, segmentsWithin } from './within.ts'

/** The library of tags: what there is, how many have each, who they are and what sets them apart. */
export const tagLibrary = {
  list,
  show,
  customers,
  life: tagLife,
  fill: fillTag,
  faults: tagFaultsFile,
}

/** Every tag with how many in scope have it on the last morning. Fault scope.not-kept. */
function list(application: Application, asker: Asker) {
  return forked(application, async warehouse => {
    const within = await segmentsWithin(application, warehouse, asker.scope)
    if (!within.ok && within.fault.code !== 'segment.not-made') return within
    const day = within.ok ? within.value : undefined
    const counts =
      day === undefined
        ? new Map<string, number>()
        : await countTags(warehouse, day.table, [...day.tags.keys()])
    const of = day === undefined ? null : await countOf(warehouse, day)
    const known = await tagsKnown(application)
    const fillings = await tagMembers.fillings(application.desk.db)
    return ok({
      asOf: day?.asOf ?? null,
      of,
      groups: Object.entries(tagGroups).map(([code, title]) => ({ code, title })),
      tags: known.map(tag => ({
        ...shownTag(application, tag, { day, filling: fillings.get(tag.id) }),
        subscribers: day?.tags.has(tag.id) === true ? (counts.get(tag.id) ?? 0) : null,
      })),
    })
  })
}

async function countOf(warehouse: Warehouse, { table }: SegmentDay): Promise<number> {
  const [row] = await warehouse.rows<{ count: number }>(sql`SELECT count(*) AS count FROM ${table} AS t`)
  return row?.count ?? 0
}

interface Shown {
  readonly day: SegmentDay | undefined
  readonly filling: TagFilling | undefined
}

/** What is known about a tag without counting anybody. */
function shownTag(application: Application, tag: Tag, { day, filling }: Shown) {
  const standing = day?.tags.get(tag.id)
  return {
    id: tag.id,
    version: tag.version,
    group: { code: tag.group, title: tagGroups[tag.group] },
    title: tag.title,
    means: tag.means,
    owner: tag.owner,
    life: tag.state,
    source: tag.source,
    sentence: saidOf(application, tag, day?.asOf).sentence,
    filling:
      tag.source === 'import'
        ? {
            holdsDays: tag.holdsDays,
            day: filling?.day ?? null,
            until: filling?.until ?? null,
            faultyLines: filling?.faulty ?? 0,
          }
        : null,
    state: standing?.state ?? null,
    reason: standing?.reason ?? null,
    alarm: alarmOf(tag, day),
  }
}

/** A tag that nobody or everybody has says nothing: of the whole base, whoever asks. */
function alarmOf(tag: Tag, day: SegmentDay | undefined): 'nobody' | 'everybody' | null {
  const standing = day?.tags.get(tag.id)
  if (day === undefined || standing === undefined || standing.state === 'off' || day.subscribers === 0)
    return null
  if (standing.subscribers === 0) return 'nobody'
  return standing.subscribers === day.subscribers ? 'everybody' : null
}

/** Mornings whose coverage is shown. */
const morningsMax = 30
const sharesMax = 12

/** One tag: coverage by morning, who has it, and what sets them apart, all in scope. Faults tag.unknown, segment.not-made. */
function show(application: Application, asker: Asker, id: string) {
  return forked(application, async warehouse => {
    const known = await tagsKnown(application)
    const tag = known.find(t => t.id === id)
    if (tag === undefined) return err(tagUnknown())
    const filling = (await tagMembers.fillings(application.desk.db)).get(id)
    const within = await segmentsWithin(application, warehouse, asker.scope)
    if (!within.ok) return within
    const day = within.value
    const of = await countOf(warehouse, day)
    const isGiven = isOn(day, id)
    const counts = isGiven ? await countTags(warehouse, day.table, [id]) : undefined
    const subscribers = counts?.get(id) ?? null
    const cells = await countCells(warehouse, day.table)
    const axes = axesOf(day.map ?? (await mapInForce(application)), day, [
      ...new Set(cells.flatMap(c => c.brand ?? [])),
    ])
    const have = isGiven
      ? await countCells(warehouse, sql`(SELECT * FROM ${day.table} AS t WHERE ${ident(tagColumn(id))})`)
      : []
    return ok({
      ...shownTag(application, tag, { day, filling }),
      content: { ...tag } as Record<string, unknown>,
      asOf: day.asOf,
      of,
      subscribers,
      factors: tagUses(tag).map(f => titled(application, f)),
      coverage: await coverageOf(application, warehouse, asker, id),
      ...axes,
      cells: have.map(counted),
      everybody: cells.map(counted),
      tags: isGiven ? await others(known, warehouse, day, { id, of, tagged: subscribers ?? 0 }) : [],
      apart: isGiven ? await apart(application, warehouse, asker, { day, tag, of }) : [],
    })
  })
}

function counted({ value, stage, brand, subscribers }: MapCount) {
  return { value, stage, brand, subscribers }
}

function isOn(day: SegmentDay, id: string): boolean {
  const standing = day.tags.get(id)
  return standing !== undefined && standing.state !== 'off'
}

function titled({ catalogue }: Application, id: string) {
  return { id, title: catalogue.factors.byId.get(id)?.title ?? { zh: id, en: id } }
}

/** How many in scope had it, morning by morning, oldest first. A morning before the tag was there is left out. */
async function coverageOf(application: Application, warehouse: Warehouse, asker: Asker, id: string) {
  const days = (await segmentDays(application.shelf)).slice(-morningsMax)
  const found = []
  for (const day of days) {
    const morning = await segmentMorning(warehouse, application.shelf, day)
    if (morning === undefined || !isOn(morning, id)) continue
    const within = await segmentsWithin(application, warehouse, asker.scope, day)
    if (!within.ok) continue
    const counts = await countTags(warehouse, within.value.table, [id])
    found.push({
      day,
      subscribers: counts.get(id) ?? 0,
      of: await countOf(warehouse, within.value),
      version: morning.tags.get(id)?.version ?? 1,
    })
  }
  return found
}

interface Counted {
  readonly id: string
  readonly tagged: number
  readonly of: number
}

/** Other tags that are found among them more or less often than among everybody, the most telling first. */
async function others(
  known: readonly Tag[],
  warehouse: Warehouse,
  day: SegmentDay,
  { id, tagged, of }: Counted,
) {
  const ids = [...day.tags.keys()].filter(other => other !== id && isOn(day, other))
  const shares = await tagProfile.together(warehouse, day.table, id, ids)
  return shares
    .flatMap(share => {
      const lift = tagProfile.lift(share, tagged, of)
      const title = known.find(t => t.id === share.id)?.title
      if (lift === null || title === undefined || lift < 1) return []
      return [{ ...share, title, lift }]
    })
    .toSorted((a, b) => gain(b, tagged, of) - gain(a, tagged, of))
    .slice(0, sharesMax)
}

/** How many more have it than would by chance: a lift that rests on two subscribers is no finding. */
function gain(
  { subscribers, everybody }: { subscribers: number; everybody: number },
  tagged: number,
  of: number,
) {
  return subscribers - (tagged * everybody) / of
}

const numeric: ReadonlySet<string> = new Set(['number', 'integer', 'money'])

/** Numeric factors whose mean lies far from everybody's; those the tag itself asks about would say nothing new. */
async function apart(
  application: Application,
  warehouse: Warehouse,
  asker: Asker,
  { day, tag, of }: { readonly day: SegmentDay; readonly tag: Tag; readonly of: number },
) {
  const within = await factorsWithin(application, warehouse, day.asOf, asker.scope)
  if (!within.ok) return []
  const own = new Set(tagUses(tag))
  const { factors, byId } = application.catalogue.factors
  const ids = factors.filter(f => numeric.has(f.type) && !own.has(f.id)).map(f => f.id)
  const table = sql`(SELECT f.*, s.${ident(tagColumn(tag.id))} AS has FROM ${within.value.table} AS f
    JOIN ${day.table} AS s ON s.sub = f.sub)`
  const found = await tagProfile.apart(warehouse, table, ids, of)
  return found.slice(0, sharesMax).flatMap(({ id, ...figures }) => {
    const factor = byId.get(id)
    return factor === undefined
      ? []
      : [{ id, title: factor.title, type: factor.type, unit: factor.unit ?? null, ...figures }]
  })
}

/** Those who have a tag, the greatest spending first. Faults tag.unknown, segment.not-made. */
function customers(application: Application, asker: Asker, id: string, page: PageQuery) {
  return forked(application, async warehouse => {
    const within = await segmentsWithin(application, warehouse, asker.scope)
    if (!(await tagsKnown(application)).some(t => t.id === id)) return err(tagUnknown())
    if (!within.ok) return within
    const day = within.value
    const has = isOn(day, id) ? ident(tagColumn(id)) : sql`FALSE`
    const table = sql`(SELECT * FROM ${day.table} AS t WHERE ${has})`
    const listed = { ...page, asOf: day.asOf, table, subject: `tag:${id}` }
    return ok(await listedCustomers(application, asker, warehouse, listed))
  })
}
