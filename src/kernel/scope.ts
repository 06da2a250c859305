/**
 * Which subscribers' rows a member of staff may see: a plain value that governance makes and every query takes.
 * `own`: those of the named account managers (oneself and those stood in for). `branch`: those under one node of the
 * organisation tree, named by its path from the root (`/hq/province/city/`). Nobody else's.
 */
export type RowScope =
  | { readonly kind: 'own'; readonly managerIds: readonly string[] }
  | { readonly kind: 'branch'; readonly nodePath: string }
