import { ident, join, raw, type Sql, sql } from '#warehouse'
import type { FactorType } from './factor.ts'
import { aliasOf, measureKey, peersName, spineAlias } from './passes/naive.ts'
import type { Join, Output, Peers, Plan, PlanColumn, Table } from './plan.ts'
import { condition } from './print-rows.ts'
import { type Leaves, printValue } from './print-value.ts'
import { hopKey } from './rows.ts'
import type { Spelling } from './spelling.ts'

const sqlTypes: Readonly<Record<FactorType, string>> = {
  number: 'DOUBLE',
  integer: 'BIGINT',
  money: 'BIGINT',
  date: 'DATE',
  text: 'VARCHAR',
  flag: 'BOOLEAN',
  list: 'VARCHAR[]',
}

/** The wide table: one row per subscriber, one column per factor in the catalogue's order. */
export function printWide(plan: Plan, spelling: Spelling): Sql {
  const deepest = Math.max(0, ...plan.columns.map(c => c.level))
  let relation = ground(plan, spelling)
  for (let level = 1; level <= deepest; level++) relation = storey(plan, level, relation, spelling)
  const ids = plan.columns.map(c => ident(c.id))
  return sql`SELECT ${join([sql`sub`, sql`subscriber_id`, ...ids], ', ')}\nFROM (\n${relation}\n)`
}

function ground(plan: Plan, spelling: Spelling): Sql {
  const named = new Map(
    plan.tables.flatMap(t =>
      t.outputs.map(o => [o.key, sql`${groupAlias(groupOf(plan, t))}.${column(t, o)}`] as const),
    ),
  )
  const leaves: Leaves = {
    spelling,
    leaf(value) {
      if (value.is === 'measure') return named.get(measureKey(value.measure)) ?? unplanned(value.is)
      if (value.is === 'field')
        return sql`${ident(aliasOf(value, plan.spine.feed))}.${ident(value.path.column)}`
      return unplanned(value.is)
    },
  }
  const columns = plan.columns.filter(c => c.level === 0).map(c => printed(c, leaves))
  const joins = plan.joins.filter(j => j.level === 0).map(j => printJoin(j, spelling))
  const groups = chunks(plan.tables).map((tables, i) => printGroup(tables, i, spelling))
  const head = [sql`s.sub AS sub`, sql`s.subscriber_id AS subscriber_id`]
  return sql`SELECT ${join([...head, ...columns], ',\n  ')}\nFROM ${join([sql`${spelling.subscribers} AS s`, ...joins, ...groups], '\n  ')}`
}

function storey(plan: Plan, level: number, below: Sql, spelling: Spelling): Sql {
  const leaves: Leaves = {
    spelling,
    leaf(value) {
      if (value.is === 'factor') return sql`w.${ident(value.id)}`
      if (value.is === 'peers') return sql`${peersAlias(peersName(value.by, level))}.${ident(value.of)}`
      if (value.is === 'lookup')
        return sql`${ident(aliasOf(value, plan.spine.feed))}.${ident(value.path.column)}`
      return unplanned(value.is)
    },
  }
  const columns = plan.columns.filter(c => c.level === level).map(c => printed(c, leaves))
  const joins = plan.joins.filter(j => j.level === level).map(j => printJoin(j, spelling))
  const peers = plan.peers.filter(p => p.level === level).map(p => printPeersJoin(p, spelling))
  return sql`SELECT ${join([sql`w.*`, ...columns], ',\n  ')}\nFROM ${join([sql`(\n${below}\n) AS w`, ...joins, ...peers], '\n  ')}`
}

function printPeersJoin(peers: Peers, spelling: Spelling): Sql {
  const alias = peersAlias(peers.name)
  const alike = peers.by.map(id => sql`${alias}.${ident(id)} = w.${ident(id)}`)
  return sql`LEFT JOIN ${spelling.peers(peers.name)} AS ${alias} ON ${join(alike, ' AND ')}`
}

function peersAlias(name: string): Sql {
  return ident(`p_${name}`)
}

function printed(column: PlanColumn, leaves: Leaves): Sql {
  return sql`CAST(${printValue(column.value, leaves)} AS ${raw(sqlTypes[column.type])}) AS ${ident(column.id)}`
}

/** The subscribers who have a row; their tests are read as those of rows. */
export function printSubscribers(plan: Plan, spelling: Spelling): Sql {
  if (plan.spine.feed === 'none') return sql`SELECT * FROM ${spelling.keys} AS k`
  const tests = plan.spine.where.map(t => condition(t, spelling))
  const rows = spelling.feed('subscriber', { unit: 'all' })
  return sql`SELECT * FROM ${rows} AS r WHERE ${join(tests, ' AND ')}`
}

function printJoin(made: Join, spelling: Spelling): Sql {
  const alias = ident(made.alias)
  const relation = spelling.feed(made.feed, { unit: 'all' })
  return sql`LEFT JOIN ${relation} AS ${alias} ON ${alias}.${ident(hopKey(made.feed))} = ${keyOf(made)}`
}

function keyOf(made: Join): Sql {
  switch (made.on.is) {
    case 'sub':
      return sql`${ident(spineAlias)}.sub`
    case 'hop':
      return sql`${ident(made.on.alias)}.${ident(made.on.hop.column)}`
    case 'factor':
      return sql`w.${ident(made.on.id)}`
  }
}

/**
 * Tables are joined in groups first: a join carries along every column that was joined before it, and most of a long
 * chain's time would go there. Larger groups are copied wider, smaller ones make the chain longer.
 */
const groupSize = 3

function chunks(tables: readonly Table[]): readonly (readonly Table[])[] {
  return Array.from({ length: Math.ceil(tables.length / groupSize) }, (_, i) =>
    tables.slice(i * groupSize, (i + 1) * groupSize),
  )
}

function groupOf(plan: Plan, table: Table): number {
  return Math.floor(plan.tables.indexOf(table) / groupSize)
}

function printGroup(tables: readonly Table[], i: number, spelling: Spelling): Sql {
  const columns = tables.flatMap(t =>
    t.outputs.map(o => sql`${tableAlias(t)}.${ident(o.name)} AS ${column(t, o)}`),
  )
  const joins = tables.map(
    t => sql`LEFT JOIN ${spelling.table(t.name)} AS ${tableAlias(t)} ON ${tableAlias(t)}.sub = k.sub`,
  )
  const group = sql`SELECT ${join([sql`k.sub AS sub`, ...columns], ', ')}\n  FROM ${join([sql`${spelling.subscribers} AS k`, ...joins], '\n    ')}`
  return sql`LEFT JOIN (\n  ${group}\n  ) AS ${groupAlias(i)} ON ${groupAlias(i)}.sub = s.sub`
}

function tableAlias(table: Table): Sql {
  return ident(`t_${table.name}`)
}

function groupAlias(i: number): Sql {
  return ident(`g${i}`)
}

/** A table's output among those of its group. */
function column(table: Table, output: Output): Sql {
  return ident(`${table.name}_${output.name}`)
}

function unplanned(what: string): never {
  throw new TypeError(`a ${what} stands where the plan has none`)
}
