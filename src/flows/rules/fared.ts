import { type Drift, driftOf, type Precision, precisionsOf, together } from '#evaluate'
import { factorDays } from '#factors'
import { addDays, err, ok, type PlainDate, type Result } from '#kernel'
import { bindRule, type Rule, switchedOff, where } from '#rules'
import { interruptible, sql, type Warehouse } from '#warehouse'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import { noFactorTable, workStopped } from '../faults.ts'
import { lastNight, nightRows } from '../night/record.ts'
import type { Words } from '../view/coded.ts'
import { figuresOf } from '../view/rules.ts'
import { type Happened, labelledBy, lastOfMonths, offThen, wordsOf } from './backtest.ts'
import { besideOn } from './beside.ts'
import { shownPrecision } from './faring.ts'
import { rulesInForce } from './in-force.ts'
import { nothingToTest } from './life-faults.ts'
import { factorsWithin } from './within.ts'

export interface FaredOrder extends Happened {
  readonly signal?: AbortSignal | undefined
}

/** A month and the nights before it that say what is usual. */
const usualNights = 28

/**
 * How every rule in force did on past mornings, by what was known then, against what happened to those it found (the last
 * morning of each month whose waiting time is over, among those in scope who were in service), and whether it finds as many as
 * usual now. One scan a morning for all rules. Faults rule.nothing-to-test, scope.not-kept, work.stopped, factor.not-computed.
 */
export async function rulesFared(application: Application, asker: Asker, order: FaredOrder) {
  const last = await lastNight(application.desk)
  if (last === undefined) return err(noFactorTable('—'))
  const days = await factorDays(application.shelf)
  const mornings = lastOfMonths(days.filter(day => addDays(day, order.withinDays) <= last))
  if (mornings.length === 0) return err(nothingToTest(order.withinDays))
  const { rules } = await rulesInForce(application)
  const drifts = await driftsOf(application, asker, rules)
  const warehouse = await (await application.warehouse()).fork()
  const ground: Ground = { application, asker, warehouse, last, order, rules }
  try {
    return await interruptible(warehouse, order.signal, async () => {
      const months: Month[] = []
      for (const day of mornings) {
        const month = await monthOf(ground, day)
        if (!month.ok) return month
        months.push(month.value)
      }
      return ok(reportOf(ground, months, drifts))
    })
  } catch (error) {
    if (order.signal?.aborted) return err(workStopped())
    throw error
  } finally {
    warehouse.close()
  }
}

interface Ground {
  readonly application: Application
  readonly asker: Asker
  readonly warehouse: Warehouse
  readonly last: PlainDate
  readonly order: FaredOrder
  readonly rules: readonly Rule[]
}

interface Month {
  readonly day: PlainDate
  readonly found: ReadonlyMap<string, Precision>
  /** Rules that could not be asked that morning, each with the reason. */
  readonly held: ReadonlyMap<string, Words>
}

async function monthOf(ground: Ground, day: PlainDate): Promise<Result<Month>> {
  const { application, asker, warehouse, last, order, rules } = ground
  const within = await factorsWithin(application, warehouse, day, asker.scope, day)
  if (!within.ok) return within
  const uses = [...new Set(rules.flatMap(rule => rule.uses))]
  const beside = await besideOn(application, warehouse, { asOf: day, knownBy: day }, uses)
  const off = new Map([...(await offThen(ground, day, within.value.table, uses)), ...beside.off])
  const held = new Map(
    rules.flatMap(rule => {
      const why = wordsOf(switchedOff(rule, off))
      return why === undefined ? [] : [[rule.id, why] as const]
    }),
  )
  const asked = rules.filter(rule => !held.has(rule.id))
  const used = [...new Set(asked.flatMap(rule => rule.uses))]
  const joined = beside.joined(within.value.table, used)
  const labelled = await labelledBy(application, last, order, day, joined)
  const conditions = asked.map(rule => where(bindRule(rule, day)))
  const found = await precisionsOf(warehouse, labelled, conditions, sql`_happened`)
  return ok({ day, held, found: new Map(asked.flatMap((rule, i) => pairOf(rule.id, found[i]))) })
}

function pairOf<T>(id: string, value: T | undefined): readonly (readonly [string, T])[] {
  return value === undefined ? [] : [[id, value]]
}

/** What each rule found on the newest night, beside the nights before it, of those in scope. */
async function driftsOf(
  application: Application,
  asker: Asker,
  rules: readonly Rule[],
): Promise<ReadonlyMap<string, Drift>> {
  const rows = await nightRows(application.desk, usualNights + 1)
  const nights = rows.filter(n => n.state === 'done').toSorted((a, b) => (a.day < b.day ? 1 : -1))
  const figures = await figuresOf(application, asker.scope, nights)
  const tallies = (rule: Rule) =>
    nights.flatMap(night => {
      const { subscribers, rules: counts } = figures.get(night.day) ?? { subscribers: 0, rules: {} }
      // A night that did not ask the rule says nothing about what is usual.
      const isAsked = night.ruleCounts[rule.id] !== undefined
      return isAsked ? [{ day: night.day, count: subscribers, successes: counts[rule.id] ?? 0 }] : []
    })
  return new Map(
    rules.flatMap(rule => {
      const [now, ...before] = tallies(rule)
      if (now === undefined || now.day !== nights[0]?.day) return []
      return pairOf(rule.id, driftOf(before, now))
    }),
  )
}

function reportOf({ order, rules }: Ground, months: readonly Month[], drifts: ReadonlyMap<string, Drift>) {
  const shown = (found: readonly Precision[]) => (found.length === 0 ? null : shownPrecision(together(found)))
  return {
    what: order.what,
    withinDays: order.withinDays,
    mornings: months.map(month => month.day),
    rules: rules.map(({ id, title, version }) => ({
      id,
      title,
      version,
      all: shown(months.flatMap(month => month.found.get(id) ?? [])),
      months: months.map(month => ({
        asOf: month.day,
        held: month.held.get(id) ?? null,
        fared: shown([month.found.get(id)].filter(one => one !== undefined)),
      })),
      drift: shownDrift(drifts.get(id)),
    })),
  }
}

function shownDrift(drift: Drift | undefined) {
  if (drift === undefined) return null
  const { now, usual, limits, isOutside } = drift
  return { now, usual, low: limits.low, high: limits.high, isOutside }
}
