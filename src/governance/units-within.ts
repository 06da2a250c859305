import { type RawBuilder, sql } from 'kysely'
import type { RowScope } from '#kernel'

/** The branches of the organisation that a scope opens; one's own customers are no branch. */
export function pathsIn(scope: RowScope): readonly string[] {
  switch (scope.kind) {
    case 'own':
      return []
    case 'branch':
      return [scope.nodePath]
    case 'several':
      return scope.of.flatMap(pathsIn)
  }
}

/** The condition that keeps a query to units within a scope: `column` holds a unit's path. */
export function isUnitWithin(scope: RowScope, column: string): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select 1 from unnest(${[...pathsIn(scope)]}::text[]) as branch where starts_with(${sql.ref(column)}, branch))`
}
