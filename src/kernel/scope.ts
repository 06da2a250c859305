/**
 * Which subscribers' rows a member of staff may see: a plain value that governance makes and every query takes.
 * `own`: those of the named account managers (oneself and those stood in for). `branch`: those under one node of the
 * organisation tree, named by its path from the root (`/hq/province/city/`). `several`: those of any of these scopes,
 * nobody's when there is none. Nobody else's.
 */
export type RowScope =
  | { readonly kind: 'own'; readonly managerIds: readonly string[] }
  | { readonly kind: 'branch'; readonly nodePath: string }
  | { readonly kind: 'several'; readonly of: readonly RowScope[] }

/** For work that is nobody's in particular: every row there is. */
export const everybody: RowScope = { kind: 'branch', nodePath: '/' }

/** Who answers for a subscriber, and where it sits in the organisation. */
export interface Placed {
  readonly managerId: string | null
  readonly nodePath: string
}

/** The scope's meaning for one row, as the queries of both stores have it. */
export function isInScope(scope: RowScope, row: Placed): boolean {
  switch (scope.kind) {
    case 'own':
      return row.managerId !== null && scope.managerIds.includes(row.managerId)
    case 'branch':
      return row.nodePath.startsWith(scope.nodePath)
    case 'several':
      return scope.of.some(one => isInScope(one, row))
  }
}
