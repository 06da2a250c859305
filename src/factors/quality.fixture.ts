import path from 'node:path'
import { addDays, digest, type PlainDate } from '#kernel'
import {
  commitPiece,
  ident,
  pieceName,
  pieces,
  type Shelf,
  type Sql,
  sql,
  type Warehouse,
  writeParquet,
} from '#warehouse'
import { compileFactors, type FactorCatalogue } from './catalogue.ts'

/** A small catalogue with a column of every kind of value, and factors computed from others. */
export function smallCatalogue(): FactorCatalogue {
  const words = (text: string) => `{ zh: ${text}, en: ${text} }`
  const factor = (id: string, rest: string) =>
    `  - { id: ${id}, title: ${words(id)}, means: ${words(id)}, version: 1, ${rest} }`
  const text = [
    `subject: ${words('all')}`,
    'owner: tests',
    'factors:',
    factor('paid', 'kind: sum, feed: recharge, column: amount, window: 30 days, range: "[0, 100000]"'),
    factor('times', 'kind: count, feed: recharge, window: 30 days'),
    factor('per_time', 'kind: ratio, over: paid, under: times'),
    factor('half', 'kind: expression, formula: per_time / 2'),
    factor('left', 'kind: last, feed: balance, column: balance, window: 30 days'),
    factor('billed', 'kind: sum, feed: bill, column: total, window: 1 month'),
    factor('last_paid', 'kind: last_day, feed: recharge, window: 90 days'),
    factor('status', 'kind: attribute, feed: subscriber, column: status'),
    factor('big', 'kind: expression, formula: paid > 50000'),
  ].join('\n')
  const catalogue = compileFactors([
    { file: 'small.yaml', text: text.replaceAll('"[', '[').replaceAll(']"', ']') },
  ])
  if (catalogue.faults.length > 0) throw new TypeError(catalogue.faults.map(f => f.en).join('\n'))
  return catalogue
}

/** A number below `of` that depends on the subscriber, and a little on the morning. */
function chance(of: number, salt: number, asOf: PlainDate): Sql {
  const day = Number(asOf.slice(8)) + 31 * Number(asOf.slice(5, 7))
  return sql`((sub * 7919 + ${salt} * 104729 + (CASE WHEN (sub + ${day}) % 20 = 0 THEN ${day} ELSE 0 END) * 31) * 2654435761 // 65536 % ${of})`
}

/** The columns of one ordinary morning; a test replaces those that it damages. */
function columns(asOf: PlainDate): Record<string, Sql> {
  const c = (of: number, salt: number) => chance(of, salt, asOf)
  const times = sql`(${c(6, 1)})`
  const paid = sql`(${times} * (1000 + ${c(15_000, 2)}))`
  const perTime = sql`CAST(${paid} AS DOUBLE) / CASE WHEN ${times} > 0 THEN ${times} END`
  return {
    paid,
    times,
    per_time: perTime,
    half: sql`${perTime} / 2`,
    left: sql`CASE WHEN ${c(10, 3)} > 0 THEN ${c(9000, 4)} - 500 END`,
    billed: sql`5000 + ${c(8000, 5)} + ${Number(asOf.slice(5, 7))}`,
    last_paid: sql`CASE WHEN ${times} > 0 THEN CAST(${asOf} AS DATE) - CAST(1 + ${c(30, 6)} AS INTEGER) END`,
    status: sql`CASE WHEN ${c(50, 7)} = 0 THEN 'barred' WHEN ${c(50, 7)} < 5 THEN 'suspended' ELSE 'active' END`,
    big: sql`${paid} > 50000`,
  }
}

/** Puts the factor table of a morning on the shelf as a night would, with some columns replaced. */
export async function shelveTable(
  warehouse: Warehouse,
  shelf: Shelf,
  asOf: PlainDate,
  subscribers: number,
  damage: Readonly<Record<string, Sql>> = {},
): Promise<void> {
  const span = { from: asOf, to: addDays(asOf, 1) }
  const version = 1 + (await pieces(shelf, 'factor')).filter(p => p.span.from === asOf).length
  const file = `${pieceName(span, version)}.parquet`
  const made = { ...columns(asOf), ...damage }
  const list = Object.entries(made).map(([id, value]) => sql`, ${value} AS ${ident(id)}`)
  const query = sql`SELECT sub, 'u' || sub AS subscriber_id${list.reduce((a, b) => sql`${a}${b}`)}
    FROM (SELECT 1 + range AS sub FROM range(${subscribers})) AS s`
  const { rows } = await writeParquet(warehouse, query, path.join(shelf.root, 'factor', file), [sql`sub`])
  const fingerprint = digest('table', query.text)
  await commitPiece(shelf, {
    dataset: 'factor',
    span,
    version,
    fingerprint,
    learnedOn: asOf,
    files: [file],
    rows,
  })
}
