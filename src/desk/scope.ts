import { type RawBuilder, sql } from 'kysely'
import type { RowScope } from '#kernel'

/**
 * The condition that keeps a query to the rows a member of staff may see. The table (or alias) must carry `manager_id`
 * (the account manager who answers for the subscriber) and `node_path` (where the subscriber sits in the organisation).
 * A branch is a range of paths in byte order: an index on `(node_path collate "C", …)` finds it.
 */
export function withinScope(scope: RowScope, alias: string): RawBuilder<boolean> {
  switch (scope.kind) {
    case 'own':
      return sql<boolean>`${sql.ref(`${alias}.manager_id`)} = any(${[...scope.managerIds]}::text[])`
    case 'branch':
      return sql<boolean>`(${path(alias)} >= ${scope.nodePath} and ${path(alias)} < ${behind(scope.nodePath)})`
    case 'several':
      return anyOf(scope.of.map(one => withinScope(one, alias)))
  }
}

/**
 * The same for figures of past days: by who answered then and where the subscriber sat then (`then_manager_id`,
 * `then_node_path`, written once and never changed). A unit is known by its id wherever in the tree it was.
 */
export function withinScopeThen(scope: RowScope, alias: string): RawBuilder<boolean> {
  switch (scope.kind) {
    case 'own':
      return sql<boolean>`${sql.ref(`${alias}.then_manager_id`)} = any(${[...scope.managerIds]}::text[])`
    case 'branch':
      return scope.nodePath === '/'
        ? sql<boolean>`true`
        : sql<boolean>`strpos(${sql.ref(`${alias}.then_node_path`)}, ${unitOf(scope.nodePath)}) > 0`
    case 'several':
      return anyOf(scope.of.map(one => withinScopeThen(one, alias)))
  }
}

function anyOf(conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` or `)})`
}

function path(alias: string): RawBuilder<string> {
  return sql<string>`${sql.ref(`${alias}.node_path`)} collate "C"`
}

/** The first path behind a branch: `/` is followed by `0`. */
function behind(nodePath: string): string {
  return `${nodePath.slice(0, -1)}0`
}

/** /hq/c1/k2/ → /k2/ */
function unitOf(nodePath: string): string {
  return `/${nodePath.split('/').at(-2) ?? ''}/`
}
