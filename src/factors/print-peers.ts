import { ident, join, type Sql, sql } from '#warehouse'
import { exact } from './dialect.ts'
import { factorsIn, leavesIn, measureKey, measuresIn, peersIn } from './passes/naive.ts'
import type { Join, Peers, Plan } from './plan.ts'
import { printWide } from './print-wide.ts'
import type { Spelling } from './spelling.ts'

/** With fewer alike than this there is no mean. */
const peersMin = 20

/** What peers of one level are found by and of: the columns they need and no others. */
export function printAlike(plan: Plan, peers: readonly Peers[], spelling: Spelling): Sql {
  return printWide(narrowed(plan, [...new Set(peers.flatMap(p => [...p.of, ...p.by]))]), spelling)
}

/** Sums and counts per group; whole numbers and exact millionths, so that the order of adding does not show. */
export function printParts(plan: Plan, peers: Peers, rows: Sql): Sql {
  const types = new Map(plan.columns.map(c => [c.id, c.type]))
  const folds = peers.of.flatMap(id => {
    const value = types.get(id) === 'number' ? exact(ident(id)) : ident(id)
    return [sql`sum(${value}) AS ${ident(`sum_${id}`)}`, sql`count(${value}) AS ${ident(`count_${id}`)}`]
  })
  const by = join(peers.by.map(ident))
  return sql`SELECT ${by}, ${join(folds)}\nFROM ${rows} AS a\nWHERE ${join(
    peers.by.map(id => sql`${ident(id)} IS NOT NULL`),
    ' AND ',
  )}\nGROUP BY ${by}`
}

/** Both steps as one text, for reading. */
export function printPeers(plan: Plan, peers: Peers, spelling: Spelling): Sql {
  const alike = sql`(${printAlike(plan, [peers], spelling)})`
  return printMeans(peers, sql`(\n${printParts(plan, peers, alike)}\n) AS p`)
}

export function printMeans(peers: Peers, parts: Sql): Sql {
  const means = peers.of.map(id => {
    const [total, count] = [sql`sum(${ident(`sum_${id}`)})`, sql`sum(${ident(`count_${id}`)})`]
    return sql`CASE WHEN ${count} >= ${peersMin} THEN CAST(${total} AS DOUBLE) / ${count} END AS ${ident(id)}`
  })
  const by = join(peers.by.map(ident))
  return sql`SELECT ${by}, ${join(means)} FROM ${parts} GROUP BY ${by}`
}

/** The part of a plan that some columns need. */
function narrowed(plan: Plan, ids: readonly string[]): Plan {
  const byId = new Map(plan.columns.map(c => [c.id, c]))
  const wanted = new Set(ids)
  for (const id of wanted) for (const below of factorsIn(byId.get(id)?.value ?? nothing)) wanted.add(below)
  const columns = plan.columns.filter(c => wanted.has(c.id))
  const keys = new Set(columns.flatMap(c => measuresIn(c.value)).map(measureKey))
  const tables = plan.tables.flatMap(t => {
    const outputs = t.outputs.filter(o => keys.has(o.key))
    return outputs.length === 0 ? [] : [{ ...t, outputs }]
  })
  const levels = new Set(columns.filter(c => peersIn(c.value).length > 0).map(c => c.level))
  const peers = plan.peers.filter(p => levels.has(p.level))
  const feeds = new Set(
    columns.flatMap(c => leavesIn(c.value)).flatMap(l => [l.feed, ...l.path.hops.map(h => h.feed)]),
  )
  const lookups = new Set(
    columns.flatMap(c => leavesIn(c.value)).flatMap(l => (l.is === 'lookup' ? [l.key] : [])),
  )
  const needs = (j: Join) => feeds.has(j.feed) && (j.on.is !== 'factor' || lookups.has(j.on.id))
  return { ...plan, columns, tables, peers, joins: plan.joins.filter(needs) }
}

const nothing = { is: 'literal', value: null } as const
