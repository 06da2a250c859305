import { ident, type Sql, sql } from '#warehouse'
import type { Plan } from './plan.ts'
import { printPeers } from './print-peers.ts'
import { printPartial, printTable } from './print-table.ts'
import { printSubscribers, printWide } from './print-wide.ts'
import { symbolic } from './spelling.ts'

/** The whole plan as text for reading, with names for the as-of day and the relations. */
export function printPlan(plan: Plan): string {
  const partials = plan.partials.map(p =>
    statement(
      `Day partial: ${p.feed} rows of some days, kept`,
      `partial_${p.name}`,
      printPartial(p, ident(p.feed), symbolic),
    ),
  )
  const tables = plan.tables.map(t => {
    const from = t.reads.from === 'partial' ? `day partials of ${t.feed}` : t.feed
    return statement(`${t.shape}, from ${from}`, `t_${t.name}`, printTable(t, symbolic))
  })
  const peers = plan.peers.map(p =>
    statement(
      `Means over those alike in ${p.by.join(', ')}`,
      `peers_${p.name}`,
      printPeers(plan, p, symbolic),
    ),
  )
  const subscribers = statement(
    'The subscribers who have a row',
    'subscribers',
    printSubscribers(plan, symbolic),
  )
  const wide = statement('One row per subscriber', 'factor', printWide(plan, symbolic))
  return [...partials, ...tables, subscribers, ...peers, wide].join('\n')
}

function statement(comment: string, name: string, select: Sql): string {
  return `-- ${comment}\n${sql`CREATE TABLE ${ident(name)} AS\n${select}`.text};\n`
}
