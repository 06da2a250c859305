import { type Happening, happenedIn, outcomesOf, type Precision, precisionsOf, together } from '#evaluate'
import { factorDays, factorsOff } from '#factors'
import { feedRows, feedState } from '#ingest'
import { addDays, type DaySpan, err, type Fault, ok, type PlainDate, type Result } from '#kernel'
import { bindRule, type Rule, switchedOff, where } from '#rules'
import { interruptible, type Sql, sql, type Warehouse } from '#warehouse'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import { noFactorTable, ruleUnknown, workStopped } from '../faults.ts'
import { lastNight } from '../night/record.ts'
import type { Words } from '../view/coded.ts'
import { freshAskable } from './askable.ts'
import { besideOn } from './beside.ts'
import { besideWords } from './beside-words.ts'
import { shownPrecision } from './faring.ts'
import { rulesInForce } from './in-force.ts'
import { nothingToTest } from './life-faults.ts'
import { conditionOf, thresholdsFared, type Variant, variantsOf } from './thresholds.ts'
import { type Draft, draftRule } from './trying.ts'
import { factorsWithin } from './within.ts'

/** What a rule is held against: what happened to a subscriber in the days from the morning on. */
export interface Happened {
  readonly what: Happening
  readonly withinDays: number
}

export interface BacktestOrder extends Happened {
  readonly draft: Draft
  /** A rule in force to compare with. */
  readonly against?: string | undefined
  /** Whether its thresholds are turned as well, one at a time. */
  readonly vary?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

const monthsMax = 24

/**
 * How a draft would have fared on past mornings, by what was known then, against what happened afterwards: the last morning of
 * each month whose waiting time is over, among those in scope who were in service. Beside it a rule in force, and each of its
 * thresholds at other values. Faults of the draft; rule.unknown; rule.nothing-to-test when no morning is old enough;
 * scope.not-kept; work.stopped.
 */
export async function backtest(application: Application, asker: Asker, order: BacktestOrder) {
  await freshAskable(application)
  const read = draftRule(application, order.draft)
  if (!read.ok) return read
  const other = await otherRule(application, order.against)
  if (!other.ok) return other
  const last = await lastNight(application.desk)
  if (last === undefined) return err(noFactorTable('—'))
  const mornings = lastOfMonths(
    (await factorDays(application.shelf)).filter(day => addDays(day, order.withinDays) <= last),
  )
  if (mornings.length === 0) return err(nothingToTest(order.withinDays))
  const warehouse = await (await application.warehouse()).fork()
  const ground: Ground = { application, warehouse, last, asker, order, own: read.value, other: other.value }
  try {
    return await interruptible(warehouse, order.signal, () => tested(ground, mornings))
  } catch (error) {
    if (order.signal?.aborted) return err(workStopped())
    throw error
  } finally {
    warehouse.close()
  }
}

async function otherRule(
  application: Application,
  id: string | undefined,
): Promise<Result<Rule | undefined>> {
  if (id === undefined) return ok(undefined)
  const found = (await rulesInForce(application)).rules.find(rule => rule.id === id)
  return found === undefined ? err(ruleUnknown()) : ok(found)
}

/** The last of each month. */
export function lastOfMonths(days: readonly PlainDate[]): readonly PlainDate[] {
  const byMonth = new Map(days.map(day => [day.slice(0, 7), day]))
  return [...byMonth.values()].slice(-monthsMax)
}

interface Ground {
  readonly application: Application
  readonly warehouse: Warehouse
  readonly last: PlainDate
  readonly asker: Asker
  readonly order: BacktestOrder
  readonly own: Rule
  readonly other: Rule | undefined
}

interface Month {
  readonly day: PlainDate
  /** Why the draft could not be asked that morning: it counts nowhere. */
  readonly held: Words | undefined
  readonly own: Precision | undefined
  readonly other: Precision | undefined
  /** Whom the draft selects beyond the other rule, and whom that selects beyond it. */
  readonly more: number
  readonly fewer: number
  readonly variants: readonly Precision[]
}

/** The newest morning first: what is worth trying is read off it, and then asked of all. */
async function tested(ground: Ground, mornings: readonly PlainDate[]) {
  const months: Month[] = []
  let variants: readonly Variant[] | undefined
  for (const day of mornings.toReversed()) {
    const at = await morningAt(ground, day)
    if (!at.ok) return at
    if (ground.order.vary === true && at.value.held === undefined)
      variants ??= await variantsOf({ ...ground, table: at.value.labelled }, ground.own, day)
    months.push(await monthOf(ground, day, at.value, variants ?? []))
  }
  return ok(reportOf(ground, months.toReversed(), variants ?? []))
}

interface Morning {
  /** Those in service, with all that the rules ask and `_happened`. */
  readonly labelled: Sql
  readonly held: Words | undefined
  readonly isOtherHeld: boolean
}

async function morningAt(ground: Ground, day: PlainDate): Promise<Result<Morning>> {
  const { application, warehouse, asker, order, own, other } = ground
  const within = await factorsWithin(application, warehouse, day, asker.scope, day)
  if (!within.ok) return within
  const uses = [own, ...(other === undefined ? [] : [other])].flatMap(rule => rule.uses)
  const beside = await besideOn(application, warehouse, { asOf: day, knownBy: day }, uses)
  const off = new Map([...(await offThen(ground, day, within.value.table, uses)), ...beside.off])
  const held = wordsOf(switchedOff(own, off))
  const isOtherHeld = other !== undefined && switchedOff(other, off) !== undefined
  const asked = beside.joined(within.value.table, uses)
  const labelled = await labelledBy(application, ground.last, order, day, asked)
  return ok({ labelled, held, isOtherHeld })
}

export function wordsOf(fault: Fault | undefined): Words | undefined {
  return fault && { zh: fault.zh, en: fault.en }
}

/** Factors that were not computed that morning, or were not thought of yet. */
export async function offThen(
  { application, warehouse }: Pick<Ground, 'application' | 'warehouse'>,
  day: PlainDate,
  table: Sql,
  uses: readonly string[],
) {
  const found = await factorsOff(warehouse, application.shelf, day)
  const described = await warehouse.rows<{ column_name: string }>(sql`DESCRIBE SELECT * FROM ${table} AS t`)
  const there = new Set(described.map(c => c.column_name))
  const later = uses.filter(id => application.catalogue.factors.byId.has(id) && !there.has(id))
  return new Map([
    ...later.map(id => [id, besideWords.notThen(day)] as const),
    ...found.map(({ id, fault: { zh, en } }) => [id, { zh, en }] as const),
  ])
}

async function monthOf(
  { warehouse, own, other }: Ground,
  day: PlainDate,
  { labelled, held, isOtherHeld }: Morning,
  variants: readonly Variant[],
): Promise<Month> {
  const nothing = { day, own: undefined, other: undefined, more: 0, fewer: 0, variants: [] }
  if (held !== undefined) return { ...nothing, held }
  const beside = other === undefined || isOtherHeld ? undefined : where(bindRule(other, day))
  const condition = where(bindRule(own, day))
  const conditions = [
    condition,
    ...variants.map(variant => where(conditionOf(own, variant, day))),
    ...(beside === undefined ? [] : [beside]),
  ]
  const found = await precisionsOf(warehouse, labelled, conditions, sql`_happened`)
  const differ = beside === undefined ? undefined : await differing(warehouse, labelled, condition, beside)
  return {
    day,
    held,
    own: found[0],
    variants: found.slice(1, 1 + variants.length),
    other: beside === undefined ? undefined : found.at(-1),
    more: differ?.more ?? 0,
    fewer: differ?.fewer ?? 0,
  }
}

async function differing(warehouse: Warehouse, labelled: Sql, own: Sql, other: Sql) {
  const [row] = await warehouse.rows<{ more: number; fewer: number }>(
    sql`SELECT sum(CASE WHEN ${own} AND NOT ${other} THEN 1 ELSE 0 END) AS more,
      sum(CASE WHEN ${other} AND NOT ${own} THEN 1 ELSE 0 END) AS fewer FROM ${labelled} AS t`,
  )
  return row
}

/** The factors of those in service on a morning, with `_happened`: whether it did in `[day, day + withinDays)`. */
export async function labelledBy(
  { shelf }: Application,
  last: PlainDate,
  { what, withinDays }: Happened,
  day: PlainDate,
  table: Sql,
): Promise<Sql> {
  const span: DaySpan = { from: day, to: addDays(day, withinDays) }
  const reader = { shelf }
  const [state, paid] = await Promise.all([
    feedState(reader, 'subscriber', last),
    feedRows(reader, 'recharge', span),
  ])
  const nobody = sql`(SELECT NULL::BIGINT AS sub, NULL::DATE AS left_on, NULL::DATE AS day WHERE FALSE)`
  const recharges = paid ?? nobody
  const outcomes = state === undefined ? { leavings: nobody, recharges } : outcomesOf(state, recharges)
  return happenedIn(table, outcomes, what, span)
}

function reportOf(
  { application, order, other }: Ground,
  months: readonly Month[],
  variants: readonly Variant[],
) {
  const shown = (found: readonly (Precision | undefined)[]) => {
    const some = found.filter(one => one !== undefined)
    return some.length === 0 ? null : shownPrecision(together(some))
  }
  const lineOf = (of: readonly Month[]) => ({
    own: shown(of.map(month => month.own)),
    other: shown(of.map(month => month.other)),
    more: other === undefined ? null : of.reduce((sum, month) => sum + month.more, 0),
    fewer: other === undefined ? null : of.reduce((sum, month) => sum + month.fewer, 0),
  })
  const fared = variants.map((variant, i) => ({
    ...variant,
    found: months.flatMap(month => month.variants[i] ?? []),
  }))
  return {
    what: order.what,
    withinDays: order.withinDays,
    against: other === undefined ? null : { id: other.id, title: other.title, version: other.version },
    months: months.map(month => ({ asOf: month.day, held: month.held ?? null, ...lineOf([month]) })),
    all: lineOf(months),
    thresholds: thresholdsFared(fared, application.catalogue.askable),
  }
}
