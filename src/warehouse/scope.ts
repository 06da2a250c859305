import type { RowScope } from '#kernel'
import { ident, join, type Sql, sql } from './sql.ts'

/**
 * The condition that keeps a query to the rows a member of staff may see, as the desk's own spelling has it. The relation
 * (or alias) must carry `manager_id` and `node_path`: who answers for the subscriber, and where it sits in the organisation.
 */
export function withinScope(scope: RowScope, alias: string): Sql {
  switch (scope.kind) {
    case 'own':
      return anyOf(scope.managerIds.map(id => sql`${ident(alias)}.manager_id = ${id}`))
    case 'branch':
      return sql`starts_with(${ident(alias)}.node_path, ${scope.nodePath})`
    case 'several':
      return anyOf(scope.of.map(one => withinScope(one, alias)))
  }
}

function anyOf(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`FALSE` : sql`(${join(conditions, ' OR ')})`
}
