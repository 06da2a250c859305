import { type RawBuilder, sql } from 'kysely'
import type { RowScope } from '#kernel'

/**
 * The condition that keeps a query to the rows a member of staff may see. The table (or alias) must carry `manager_id`
 * (the account manager who answers for the subscriber) and `node_path` (where the subscriber sits in the organisation).
 */
export function withinScope(scope: RowScope, alias: string): RawBuilder<boolean> {
  switch (scope.kind) {
    case 'own':
      return sql<boolean>`${sql.ref(`${alias}.manager_id`)} = any(${[...scope.managerIds]}::text[])`
    case 'branch':
      return sql<boolean>`starts_with(${sql.ref(`${alias}.node_path`)}, ${scope.nodePath})`
  }
}
