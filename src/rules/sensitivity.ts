import { type Cell, ident, join, sql } from '#warehouse'
import { type BoundComparison, type BoundCondition, isComparison, type Literal } from './condition.ts'
import type { Tried } from './preview.ts'
import { selecting, where } from './where.ts'

/** A number, or a day, that a condition compares with: where in the condition it stands, and what it is. */
export interface Threshold {
  /** Steps from the outermost condition inwards. */
  readonly path: readonly number[]
  readonly factor: string
  readonly part: 'value' | 'from' | 'to'
  readonly value: Literal
}

/** What a condition would select, were one of its thresholds another. */
export interface Sensitivity extends Threshold {
  readonly tries: readonly { readonly value: Literal; readonly subscribers: number }[]
}

const ordered: ReadonlySet<BoundComparison['op']> = new Set(['lt', 'le', 'gt', 'ge', 'between'])
/** Which shares of those on whom the threshold decides lie below the values that are tried. */
const shares = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95] as const

/** Every threshold of a condition, in the order in which they are written. */
export function thresholdsOf(condition: BoundCondition, path: readonly number[] = []): readonly Threshold[] {
  if (isComparison(condition)) return ordered.has(condition.op) ? ownThresholds(condition, path) : []
  // One threshold of both mornings: turning it on one of them would ask something else.
  if (condition.op !== 'not' && condition.turned !== undefined) return []
  const parts = condition.op === 'not' ? [condition.of] : condition.of
  return parts.flatMap((part, i) => thresholdsOf(part, [...path, i]))
}

function ownThresholds(comparison: BoundComparison, path: readonly number[]): readonly Threshold[] {
  const { factor } = comparison
  if (comparison.op === 'between')
    return [
      { path, factor, part: 'from', value: comparison.from },
      { path, factor, part: 'to', value: comparison.to },
    ]
  return 'value' in comparison ? [{ path, factor, part: 'value', value: comparison.value }] : []
}

/**
 * How the number selected moves with each threshold, the others as they are: tried at its own value and at quantiles of
 * the factor among those for whom this comparison decides.
 */
export async function sensitivityOf(
  tried: Tried,
  condition: BoundCondition,
): Promise<readonly Sensitivity[]> {
  const found: Sensitivity[] = []
  for (const threshold of thresholdsOf(condition))
    found.push({ ...threshold, tries: await triesOf(tried, condition, threshold) })
  return found
}

async function triesOf(
  tried: Tried,
  condition: BoundCondition,
  threshold: Threshold,
): Promise<Sensitivity['tries']> {
  const values = await valuesAround(tried, condition, threshold)
  const counts = values.map(
    (v, i) =>
      sql`count(CASE WHEN ${selecting(turnedTo(condition, threshold, v))} THEN 1 END) AS ${ident(`n${i}`)}`,
  )
  const [counted] = await tried.warehouse.rows<Record<string, number>>(
    sql`SELECT ${join(counts)} FROM ${tried.table} AS t`,
  )
  return values.map((v, i) => ({ value: v, subscribers: counted?.[`n${i}`] ?? 0 }))
}

/** A threshold's own value and quantiles of its factor among those for whom the comparison decides, in order. */
export async function valuesAround(
  { warehouse, table }: Tried,
  condition: BoundCondition,
  { path, factor, value }: Threshold,
): Promise<readonly Literal[]> {
  const always: BoundCondition = { op: 'all', of: [] }
  const never: BoundCondition = { op: 'any', of: [] }
  const decides = sql`${where(replaced(condition, path, always))} <> ${where(replaced(condition, path, never))}`
  const column = ident(factor)
  const cuts = shares.map(share => sql`quantile_disc(${column}, ${share})`)
  const [row] = await warehouse.rows<Record<string, Cell>>(
    sql`SELECT ${join(cuts.map((cut, i) => sql`${cut} AS ${ident(`q${i}`)}`))} FROM ${table} AS t WHERE ${column} IS NOT NULL AND ${decides}`,
  )
  const quantiles = shares.map((_, i) => row?.[`q${i}`] ?? null).filter(isLiteral)
  return inOrder([...quantiles, value])
}

/** Each once, the smallest first. */
export function inOrder(values: readonly Literal[]): readonly Literal[] {
  return [...new Set(values)].toSorted((a, b) => (a < b ? -1 : 1))
}

/** The condition with one of its thresholds at another value. */
export function turnedTo(
  condition: BoundCondition,
  { path, part }: Pick<Threshold, 'path' | 'part'>,
  value: Literal,
): BoundCondition {
  return replaced(condition, path, comparison => ({ ...comparison, [part]: value }) as BoundCondition)
}

/** A number too large to be written exactly is not tried. */
function isLiteral(value: Cell): value is Literal {
  return (
    typeof value === 'string' || (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER)
  )
}

/** The condition with another in the place of one of its comparisons. */
function replaced(
  condition: BoundCondition,
  path: readonly number[],
  by: BoundCondition | ((comparison: BoundCondition) => BoundCondition),
): BoundCondition {
  const [step, ...rest] = path
  if (step === undefined) return typeof by === 'function' ? by(condition) : by
  if (isComparison(condition)) throw new RangeError('the path goes past a comparison')
  if (condition.op === 'not') return { op: 'not', of: replaced(condition.of, rest, by) }
  return {
    op: condition.op,
    of: condition.of.map((part, i) => (i === step ? replaced(part, rest, by) : part)),
  }
}
