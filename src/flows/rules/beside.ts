import { factorsOff, factorTable } from '#factors'
import { addDays, type PlainDate } from '#kernel'
import { besides } from '#rules'
import { type SegmentDay, type Standing, segmentMorning, tagColumn } from '#segments'
import { ident, join, type Row, type Sql, sql, type Warehouse } from '#warehouse'
import type { Application } from '../application.ts'
import { suspectFactors } from '../night/quality.ts'
import { warnedOn } from '../night/warned.ts'
import type { Words } from '../view/coded.ts'
import { besideWords } from './beside-words.ts'

type Reasons = ReadonlyMap<string, Words>
/** Where what is known of a morning lies. */
type Kept = Pick<Application, 'shelf' | 'warehouse' | 'catalogue'>

/** What stands beside the factors on a morning: what of it cannot be asked, and the rest as columns. */
export interface Beside {
  /** What is not there this morning, each with the reason: a rule that asks about it is held, and never counts nobody. */
  readonly off: Reasons
  /** What rests on something suspect. */
  readonly suspects: Reasons
  /** A table with `sub` and these columns joined to it; as it is when it needs none. */
  joined(table: Sql, uses: readonly string[]): Sql
}

export interface BesideOrder {
  readonly asOf: PlainDate
  /** The morning that is compared with; the day before unless told. */
  readonly before?: PlainDate | undefined
  readonly knownBy?: PlainDate | undefined
}

/** A relation with `sub`, and the columns that are taken from it. */
interface Source {
  readonly relation: Sql
  readonly columns: ReadonlyMap<string, (alias: Sql) => Sql>
}

interface Found {
  readonly sources: readonly Source[]
  readonly off: Reasons
  readonly suspects: Reasons
}

const nothing: Beside = { off: new Map(), suspects: new Map(), joined: table => table }

/** Looks at what these columns need; what is about the factors alone costs nothing. */
export async function besideOn(
  application: Kept,
  warehouse: Warehouse,
  { asOf, before = addDays(asOf, -1), knownBy }: BesideOrder,
  uses: readonly string[],
): Promise<Beside> {
  const asked = [...new Set(uses)].filter(besides.is)
  if (asked.length === 0) return nothing
  const earlier = asked.flatMap(id => besides.ofBefore(id) ?? [])
  const today = asked.filter(id => besides.ofBefore(id) === undefined)
  const ground = { application, warehouse }
  const parts = [
    await placesOn(ground, asOf, today, id => id),
    await warningsOn(ground, asOf, today, id => id),
    ...(earlier.length === 0
      ? []
      : [
          await factorsOn(ground, before, earlier, knownBy),
          await placesOn(ground, before, earlier, besides.before),
          await warningsOn(ground, before, earlier, besides.before),
        ]),
  ]
  const sources = parts.flatMap(part => part.sources)
  return {
    off: new Map(parts.flatMap(part => [...part.off])),
    suspects: new Map(parts.flatMap(part => [...part.suspects])),
    joined: (table, wanted) => joinedTo(table, sources, new Set(wanted)),
  }
}

function joinedTo(table: Sql, sources: readonly Source[], wanted: ReadonlySet<string>): Sql {
  const needed = sources.flatMap(({ relation, columns }, i) => {
    const taken = [...columns].filter(([id]) => wanted.has(id))
    return taken.length === 0 ? [] : [{ relation, alias: ident(`beside${i}`), taken }]
  })
  if (needed.length === 0) return table
  const columns = needed.flatMap(({ alias, taken }) =>
    taken.map(([id, read]) => sql`${read(alias)} AS ${ident(id)}`),
  )
  const joins = needed.map(
    ({ relation, alias }) => sql`LEFT JOIN ${relation} AS ${alias} ON ${alias}.sub = base.sub`,
  )
  return sql`(SELECT base.*, ${join(columns)} FROM ${table} AS base ${join(joins, ' ')})`
}

interface Ground {
  readonly application: Kept
  readonly warehouse: Warehouse
}
type Naming = (id: string) => string

function missing(ids: readonly string[], name: Naming, why: Words): Found {
  return { sources: [], off: new Map(ids.map(id => [name(id), why])), suspects: new Map() }
}

/** The factors of the morning before, and who was there. */
async function factorsOn(
  { application, warehouse }: Ground,
  day: PlainDate,
  asked: readonly string[],
  knownBy: PlainDate | undefined,
): Promise<Found> {
  const { shelf } = application
  const inBase = besides.ofBefore(besides.inBase)
  const ids = asked.filter(id => !besides.is(id))
  const table = await factorTable(shelf, day, knownBy)
  if (table === undefined) return missing(asked, besides.before, besideWords.noMorning(day))
  const described = await warehouse.rows<{ column_name: string }>(sql`DESCRIBE SELECT * FROM ${table} AS t`)
  const there = new Set(described.map(c => c.column_name))
  const off = new Map(
    (await factorsOff(warehouse, shelf, day)).map(({ id, fault: { zh, en } }) => [id, { zh, en }]),
  )
  const suspects = await suspectFactors(application, day)
  const kept = ids.filter(id => there.has(id))
  const columns = kept.map(id => [besides.before(id), (alias: Sql) => sql`${alias}.${ident(id)}`] as const)
  const present = [besides.inBase, (alias: Sql) => sql`(${alias}.sub IS NOT NULL)`] as const
  return {
    sources: [
      {
        relation: sql`(SELECT ${join([sql`sub`, ...kept.map(ident)])} FROM ${table} AS f)`,
        columns: new Map([...columns, present]),
      },
    ],
    off: new Map(
      ids.flatMap(id => {
        const why = off.get(id) ?? (there.has(id) || id === inBase ? undefined : besideWords.notThen(day))
        return why === undefined ? [] : [[besides.before(id), why] as const]
      }),
    ),
    suspects: new Map(
      ids.flatMap(id => {
        const why = suspects.get(id)
        return why === undefined ? [] : [[besides.before(id), why] as const]
      }),
    ),
  }
}

/** Tags, and places on the map, of a morning. */
async function placesOn(
  { application, warehouse }: Ground,
  day: PlainDate,
  asked: readonly string[],
  name: Naming,
): Promise<Found> {
  const ids = asked.filter(id => id.startsWith('tag.') || id.startsWith('segment.'))
  if (ids.length === 0) return { sources: [], off: new Map(), suspects: new Map() }
  const morning = await segmentMorning(warehouse, application.shelf, day)
  if (morning === undefined) return missing(ids, name, besideWords.noSegments(day))
  const standings = ids.map(id => ({ id, standing: standingOf(morning, id) }))
  const given = standings.filter(({ standing }) => standing !== undefined && standing.state !== 'off')
  const columns = given.map(
    ({ id }) => [name(id), (alias: Sql) => sql`${alias}.${ident(columnOf(id))}`] as const,
  )
  const reasons = (state: Standing['state']) =>
    new Map(
      standings.flatMap(({ id, standing }) =>
        (standing?.state ?? 'off') === state
          ? [[name(id), standing?.reason ?? besideWords.notThen(day)] as const]
          : [],
      ),
    )
  return {
    sources: [{ relation: morning.table, columns: new Map(columns) }],
    off: reasons('off'),
    suspects: reasons('held'),
  }
}

function standingOf(morning: SegmentDay, id: string): Standing | undefined {
  const [kind, name = ''] = id.split('.')
  return kind === 'tag' ? morning.tags.get(name) : morning.axes[name as keyof SegmentDay['axes']]
}

function columnOf(id: string): string {
  const [kind, name = ''] = id.split('.')
  return kind === 'tag' ? tagColumn(name) : name
}

/** The levels of the warnings that count on a morning: whom nothing warns of is stable. */
async function warningsOn(
  { application }: Ground,
  day: PlainDate,
  asked: readonly string[],
  name: Naming,
): Promise<Found> {
  const sources: Source[] = []
  const off = new Map<string, Words>()
  for (const id of asked.filter(one => one.startsWith('warned.'))) {
    const plan = application.catalogue.warningPlans.find(one => id === `warned.${one.id}`)
    const relation = plan && (await warnedOn(application, plan, day))
    // Who was not in the base that morning has no level of it.
    const base = await factorTable(application.shelf, day)
    if (relation === undefined || base === undefined) off.set(name(id), besideWords.noWarnings(day))
    else
      sources.push({
        relation: sql`(SELECT b.sub, coalesce(w.level, 'stable') AS level FROM ${base} AS b LEFT JOIN ${relation} AS w ON w.sub = b.sub)`,
        columns: new Map([[name(id), alias => sql`${alias}.level`]]),
      })
  }
  return { sources, off, suspects: new Map() }
}

/** Rows of a morning by subscriber, with what stands beside their factors. */
export async function rowsBeside(
  application: Kept,
  order: BesideOrder,
  uses: readonly string[],
  rows: ReadonlyMap<string, Row>,
): Promise<Pick<Beside, 'off' | 'suspects'> & { readonly rows: ReadonlyMap<string, Row> }> {
  if (rows.size === 0 || !uses.some(besides.is)) return { ...nothing, rows }
  const warehouse = await application.warehouse()
  const { off, suspects, joined } = await besideOn(application, warehouse, order, uses)
  const table = await factorTable(application.shelf, order.asOf, order.knownBy)
  if (table === undefined) return { off, suspects, rows }
  const ids = join([...rows.keys()].map(id => sql`${id}`))
  const some = sql`(SELECT sub, subscriber_id FROM ${table} AS t WHERE subscriber_id IN (${ids}))`
  const found = await warehouse.rows<Row>(sql`SELECT * FROM ${joined(some, uses)} AS t`)
  const beside = new Map(found.map(row => [String(row['subscriber_id']), row]))
  return { off, suspects, rows: new Map([...rows].map(([id, row]) => [id, { ...beside.get(id), ...row }])) }
}
