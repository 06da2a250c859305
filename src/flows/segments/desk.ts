import { addMonths, ok, type PlainDate, type Result } from '#kernel'
import { type Axis, axes, countCells, countMoves, segmentDays, stageTree } from '#segments'
import { ident, join, type Sql, sql, type Warehouse } from '#warehouse'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import { mapInForce } from './in-force.ts'
import { listedCustomers, type PageQuery } from './listed.ts'
import { mapLife } from './map-life.ts'
import { axesOf, questionsOf } from './shown-map.ts'
import { forked, segmentsWithin } from './within.ts'

/** The map of customers: what it is made of, who stands where, who went where, and who stands behind a count. */
export const customerMap = { show, moves, customers, life: mapLife }

/** The map of a morning (the newest unless told), of those whom the asker may see. Faults segment.not-made, scope.not-kept. */
function show(application: Application, asker: Asker, day?: string) {
  return forked(application, async warehouse => {
    const within = await segmentsWithin(application, warehouse, asker.scope, day)
    if (!within.ok) return within
    const { factors } = application.catalogue
    const map = within.value.map ?? (await mapInForce(application))
    const cells = await countCells(warehouse, within.value.table)
    const brands = [...new Set(cells.flatMap(c => c.brand ?? []))].toSorted()
    return ok({
      asOf: within.value.asOf,
      days: (await segmentDays(application.shelf)).toReversed(),
      title: map.title,
      means: map.means,
      version: map.version,
      subscribers: cells.reduce((sum, c) => sum + c.subscribers, 0),
      ...axesOf(map, within.value, brands),
      questions: questionsOf(stageTree.bind(map.stage.tree, within.value.asOf), factors.byId),
      cells: cells.map(({ amount, ...cell }) => ({ ...cell, amountFen: amount })),
    })
  })
}

export interface MovesQuery {
  readonly from?: string
  readonly to?: string
}

/**
 * Who went from which cell to which between two mornings of those whom the asker may see: a month apart unless told, or as
 * far apart as mornings are kept. Faults segment.not-made, scope.not-kept.
 */
function moves(application: Application, asker: Asker, query: MovesQuery) {
  return forked(application, async warehouse => {
    const days = await segmentDays(application.shelf)
    const after = await segmentsWithin(application, warehouse, asker.scope, query.to)
    if (!after.ok) return after
    const to = after.value.asOf
    const before = await segmentsWithin(
      application,
      warehouse,
      asker.scope,
      query.from ?? monthBefore(days, to),
    )
    if (!before.ok) return before
    const from = before.value.asOf
    const { value, stage } = axesOf(after.value.map ?? (await mapInForce(application)), after.value, [])
    const found = await countMoves(warehouse, before.value.table, after.value.table)
    return ok({ from, to, days: days.toReversed(), value, stage, moves: found })
  })
}

/** The newest kept morning that is a month or more before, else the oldest. */
function monthBefore(days: readonly PlainDate[], to: PlainDate): PlainDate {
  const earlier = days.filter(d => d < to)
  const wanted = addMonths(to, -1)
  return earlier.findLast(d => d <= wanted) ?? earlier[0] ?? to
}

type CellQuery = { readonly [A in Axis]?: string }

export interface CustomersQuery extends CellQuery, PageQuery {
  readonly day?: string
  /** Only those who on this earlier morning stood there. */
  readonly fromDay?: string
  readonly fromValue?: string
  readonly fromStage?: string
  readonly fromBrand?: string
}

/** The customers who stand in a cell, and came from another one if asked: the greatest spending first. */
function customers(application: Application, asker: Asker, query: CustomersQuery) {
  return forked(application, async warehouse => {
    const within = await segmentsWithin(application, warehouse, asker.scope, query.day)
    if (!within.ok) return within
    const here = sql`(SELECT * FROM ${within.value.table} AS t WHERE ${inCell(query)})`
    const table = await cameFrom(application, warehouse, asker, query, here)
    if (!table.ok) return table
    const subject = `segment:${axes.map(axis => query[axis] ?? '*').join('×')}`
    const { asOf } = within.value
    return ok(
      await listedCustomers(application, asker, warehouse, { ...query, asOf, table: table.value, subject }),
    )
  })
}

/** Of those here, who stood in the earlier cell then. */
async function cameFrom(
  application: Application,
  warehouse: Warehouse,
  asker: Asker,
  { fromDay, fromValue, fromStage, fromBrand }: CustomersQuery,
  here: Sql,
): Promise<Result<Sql>> {
  if (fromDay === undefined) return ok(here)
  const then = await segmentsWithin(application, warehouse, asker.scope, fromDay)
  if (!then.ok) return then
  const cell = given({ value: fromValue, stage: fromStage, brand: fromBrand })
  return ok(
    sql`(SELECT * FROM ${here} AS h WHERE sub IN (SELECT sub FROM ${then.value.table} AS t WHERE ${inCell(cell)}))`,
  )
}

function given(cell: { readonly [A in Axis]: string | undefined }): CellQuery {
  return Object.fromEntries(Object.entries(cell).filter(([, one]) => one !== undefined))
}

/** What stands for "not known" where a class is asked for. */
const unknownClass = '-'

function inCell(cell: CellQuery): Sql {
  const asked = axes.flatMap(axis => {
    const one = cell[axis]
    if (one === undefined) return []
    return [one === unknownClass ? sql`${ident(axis)} IS NULL` : sql`${ident(axis)} = ${one}`]
  })
  return asked.length === 0 ? sql`TRUE` : join(asked, ' AND ')
}
