import { factorsOff } from '#factors'
import { addDays, err, type Fault, ok, type PlainDate, type Result } from '#kernel'
import { type BoundCondition, bindRule, notValidOn, type Rule, ruleFrom, switchedOff } from '#rules'
import { interruptible, type Sql, type Warehouse } from '#warehouse'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import { noFactorTable, workStopped } from '../faults.ts'
import { suspectFactors } from '../night/quality.ts'
import { findNight, lastNight } from '../night/record.ts'
import type { Words } from '../view/coded.ts'
import { freshAskable } from './askable.ts'
import { besideOn } from './beside.ts'
import { rulesInForce } from './in-force.ts'
import { type FactorsWithin, factorsWithin } from './within.ts'

/** What somebody is trying out: a rule of which nothing but the condition need be there yet. */
export interface Draft {
  readonly condition: unknown
  readonly parameters?: readonly unknown[] | undefined
  readonly action?: string | undefined
  readonly controlPercent?: number | undefined
}

/** The morning a draft is tried on, and the subscribers the asker may see of it. */
export interface Trying extends FactorsWithin {
  readonly warehouse: Warehouse
  readonly asOf: PlainDate
  /** The factors alone, of all in scope: as many rows as `table` has, which holds what stands beside them too. */
  readonly whole: Sql
  readonly snapshot: Snapshot
  readonly rule: Rule
  readonly condition: BoundCondition
  /** Why the night would not ask it; then it is not counted here either. */
  readonly held: Held | null
  /** The rules in force that the night of this morning could ask. */
  readonly active: readonly Rule[]
  /** The table with all that these rules ask about. */
  tableFor(rules: readonly Rule[]): Sql
}

export interface Held extends Words {
  readonly why: 'held' | 'off'
}

/** Which morning's factors were counted, and when its night was done. */
export interface Snapshot {
  readonly asOf: PlainDate
  readonly dataThrough: PlainDate
  readonly finishedAt: string | null
}

/** What is not said of a draft yet: it counts for nothing while it is tried. */
const unsaid = {
  id: 'draft',
  version: 1,
  title: { zh: '草稿', en: 'draft' },
  means: { zh: '草稿', en: 'draft' },
  owner: 'draft',
  points: 0,
}

/** The draft as a rule; its first fault, with the path to it, when it is none. */
export function draftRule({ catalogue }: Application, draft: Draft): Result<Rule> {
  const { condition, parameters = [], action, controlPercent } = draft
  const { rule, faults } = ruleFrom(
    {
      ...unsaid,
      condition,
      parameters,
      ...(action === undefined ? {} : { action }),
      ...(controlPercent === undefined ? {} : { controlPercent }),
    },
    catalogue.askable,
  )
  const [first] = faults
  if (first !== undefined) return err(first)
  if (rule === undefined) throw new TypeError('neither a rule nor a fault')
  return ok(rule)
}

/**
 * Tries a draft on the morning of the last night, on a connection of its own that ends with `signal`. Faults of the
 * condition (rule.*), factor.not-computed, scope.not-kept, work.stopped.
 */
export async function trying<T>(
  application: Application,
  asker: Asker,
  { draft, signal }: { readonly draft: Draft; readonly signal?: AbortSignal | undefined },
  ask: (trying: Trying) => Promise<T>,
): Promise<Result<T>> {
  await freshAskable(application)
  const read = draftRule(application, draft)
  if (!read.ok) return read
  if (signal?.aborted) return err(workStopped())
  const asOf = await lastNight(application.desk)
  if (asOf === undefined) return err(noFactorTable('—'))
  const warehouse = await (await application.warehouse()).fork()
  try {
    return await interruptible(warehouse, signal, async () => {
      const within = await factorsWithin(application, warehouse, asOf, asker.scope)
      if (!within.ok) return within
      const [standing, night] = await Promise.all([
        standingOf(application, warehouse, asOf, read.value),
        findNight(application.desk, asOf),
      ])
      const condition = bindRule(read.value, asOf)
      const finishedAt = night?.finishedAt?.toISOString() ?? null
      const snapshot = { asOf, dataThrough: addDays(asOf, -1), finishedAt }
      const { beside, ...could } = standing
      const { table, placed } = within.value
      const tableFor = (rules: readonly Rule[]) => beside.joined(table, usedBy(rules))
      const own = standing.held === null ? usedBy([read.value]) : []
      const tables = {
        whole: table,
        table: beside.joined(table, own),
        placed: beside.joined(placed, own),
        tableFor,
      }
      return ok(await ask({ ...tables, ...could, warehouse, asOf, snapshot, rule: read.value, condition }))
    })
  } catch (error) {
    if (signal?.aborted) return err(workStopped())
    throw error
  } finally {
    warehouse.close()
  }
}

/** Which rules in force could be asked that night, and whether this one could. */
async function standingOf(application: Application, warehouse: Warehouse, asOf: PlainDate, rule: Rule) {
  const { rules } = await rulesInForce(application)
  const { heldBy, beside } = await holding(application, warehouse, asOf, [rule, ...rules])
  const active = rules.filter(one => heldBy(one) === null && notValidOn(one, asOf) === undefined)
  return { held: heldBy(rule), active, beside }
}

function usedBy(rules: readonly Rule[]): readonly string[] {
  return rules.flatMap(rule => rule.uses)
}

/** Why a morning's night could not ask some rules: a factor of one is off, or suspect, or what stands beside the factors. */
export async function holding(
  application: Application,
  warehouse: Warehouse,
  asOf: PlainDate,
  rules: readonly Rule[],
) {
  const beside = await besideOn(application, warehouse, { asOf }, usedBy(rules))
  const factors = await factorsOff(warehouse, application.shelf, asOf)
  const off = new Map([...factors.map(({ id, fault }) => [id, wordsOf(fault)] as const), ...beside.off])
  const suspects = new Map([...(await suspectFactors(application, asOf)), ...beside.suspects])
  const heldBy = (rule: Rule): Held | null => {
    const isOff = switchedOff(rule, off)
    const isHeld = isOff ?? switchedOff(rule, suspects)
    return isHeld === undefined ? null : { why: isOff ? 'off' : 'held', ...wordsOf(isHeld) }
  }
  return { heldBy, beside }
}

function wordsOf({ zh, en }: Fault): Words {
  return { zh, en }
}
