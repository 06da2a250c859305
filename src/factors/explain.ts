import { addDays, err, type Fault, ok, type PlainDate, type Result } from '#kernel'
import type { Cell, Shelf, Warehouse } from '#warehouse'
import { closure, type FactorCatalogue, needsOf } from './catalogue.ts'
import type { Factor } from './factor.ts'
import { noFactorsYet, noSuchFactor, noSuchSubscriber } from './faults.ts'
import { fuse } from './fuse.ts'
import type { Plan } from './plan.ts'
import { printPlan } from './print-plan.ts'
import { type SourceRows, sourceRowsOf } from './source-rows.ts'
import { factorsOff, factorTable, factorVector } from './table.ts'

export interface FactorExplained {
  readonly factor: Factor
  /** Factors computed from it, directly or not. */
  readonly usedBy: readonly string[]
  /** Its part of the plan: which rows are read, folded how, kept how. */
  readonly plan: Plan
  /** That part as SQL, with names for the as-of day and the relations. */
  readonly sql: string
}

export function explainFactor(catalogue: FactorCatalogue, id: string): Result<FactorExplained> {
  const factor = catalogue.byId.get(id)
  if (factor === undefined) return err(noSuchFactor(id))
  const needed = needsOf(catalogue, id)
  const dependants = closure([id], f => catalogue.factors.filter(d => d.needs.includes(f)).map(d => d.id))
  const columns = catalogue.columns.filter(c => needed.has(c.id))
  const plan = fuse(columns, { spineFeed: 'subscriber', incremental: true })
  return ok({ factor, usedBy: [...dependants].filter(d => d !== id).toSorted(), plan, sql: printPlan(plan) })
}

export interface ValueExplained {
  readonly factor: Factor
  readonly asOf: PlainDate
  readonly value: Cell
  /** The morning before; undefined when that was not computed or the subscriber was not there. */
  readonly before?: Cell
  /** Why nobody has a value that morning. */
  readonly off?: Fault
  /** What was delivered from which it was made, as now known. */
  readonly rows: readonly SourceRows[]
}

/** One factor of one subscriber on one morning, beside the morning before. */
export async function explainValue(
  warehouse: Warehouse,
  shelf: Shelf,
  catalogue: FactorCatalogue,
  asked: { readonly id: string; readonly asOf: PlainDate; readonly subscriberId: string },
): Promise<Result<ValueExplained>> {
  const { id, asOf, subscriberId } = asked
  const factor = catalogue.byId.get(id)
  if (factor === undefined) return err(noSuchFactor(id))
  if ((await factorTable(shelf, asOf)) === undefined) return err(noFactorsYet(asOf))
  const today = await factorVector(warehouse, shelf, asOf, subscriberId)
  if (today === undefined) return err(noSuchSubscriber())
  const yesterday = await factorVector(warehouse, shelf, addDays(asOf, -1), subscriberId)
  const off = (await factorsOff(warehouse, shelf, asOf)).find(o => o.id === id)
  const before = yesterday?.[id]
  const rows = await sourceRowsOf(warehouse, { shelf }, catalogue, asked)
  if (!rows.ok) return rows
  return ok({
    factor,
    asOf,
    value: today[id] ?? null,
    rows: rows.value,
    ...(before === undefined ? {} : { before }),
    ...(off === undefined ? {} : { off: off.fault }),
  })
}

/** The whole catalogue as the SQL that a night runs, for reading and for review of what a change changes. */
export function compiledCatalogue(catalogue: FactorCatalogue): string {
  return printPlan(fuse(catalogue.columns, { spineFeed: 'subscriber', incremental: true }))
}
