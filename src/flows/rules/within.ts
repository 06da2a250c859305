import { factorTable } from '#factors'
import { holdsRoot, organisation } from '#governance'
import { addDays, err, everybody, ok, type PlainDate, type Result, type RowScope } from '#kernel'
import {
  coverage,
  join,
  type Piece,
  parquet,
  pieceFiles,
  pieces,
  type Sql,
  sql,
  type Warehouse,
  withinScope,
} from '#warehouse'
import type { Application } from '../application.ts'
import { noFactorTable, placesNotKept } from '../faults.ts'
import { placedDataset } from '../night/placed.ts'

/** The factors of a morning, of those whom somebody may see. */
export interface FactorsWithin {
  /** Columns of the factor table. */
  readonly table: Sql
  /** The same with `node_path`: where each subscriber sits. */
  readonly placed: Sql
}

/**
 * The factor table of a morning, kept to a scope: by who answered for each subscriber that morning, at the place where their
 * unit is in the organisation now; as now known, or as it was known by a day. Faults factor.not-computed; scope.not-kept when nobody kept who answered then.
 */
export async function factorsWithin(
  application: Application,
  warehouse: Warehouse,
  day: PlainDate,
  scope: RowScope,
  knownBy?: PlainDate,
): Promise<Result<FactorsWithin>> {
  const { shelf, desk } = application
  const table = await factorTable(shelf, day, knownBy)
  if (table === undefined) return err(noFactorTable(day))
  const all = await pieces(shelf, placedDataset)
  const [kept] = coverage(all, { from: day, to: addDays(day, 1) })
  if (kept === undefined) return err(placesNotKept(day))
  const places = await whereUnitsAre(application, warehouse, day, kept.piece)
  const within = sql`(SELECT f.*, p.node_path FROM ${table} AS f JOIN ${places} AS p ON p.sub = f.sub
    WHERE ${withinScope(scope, 'p')})`
  // Everybody sits below the root: whoever may see all of it needs no look at the places.
  const seesAll =
    scope === everybody ||
    (await holdsRoot(desk.db, scope)) ||
    (await keepsAll(application, warehouse, table, within))
  return ok({ placed: within, table: seesAll ? table : within })
}

/** Of the tables asked about lately, whether the scope leaves nobody out: their files never change. */
const wholes = new WeakMap<Application, Map<string, boolean>>()
const wholesMax = 200

/** Whether a scope leaves nobody of a morning out, as a province's does where there is one province: then its places need no look. */
async function keepsAll(
  application: Application,
  warehouse: Warehouse,
  table: Sql,
  within: Sql,
): Promise<boolean> {
  const known = wholes.get(application) ?? new Map<string, boolean>()
  wholes.set(application, known)
  const before = known.get(within.text)
  if (before !== undefined) return before
  const [row] = await warehouse.rows<{ whole: boolean }>(
    sql`SELECT (SELECT count(*) FROM ${table} AS t) = (SELECT count(*) FROM ${within} AS w) AS whole`,
  )
  if (known.size >= wholesMax) known.clear()
  known.set(within.text, row?.whole === true)
  return row?.whole === true
}

/** What a morning kept of a unit follows it when it has another place in the tree since. */
async function whereUnitsAre(
  application: Application,
  warehouse: Warehouse,
  day: PlainDate,
  piece: Piece,
): Promise<Sql> {
  const files = pieceFiles(application.shelf, piece)
  const kept = parquet(files)
  const now = new Map((await organisation(application.desk.db, day)).map(unit => [unit.id, unit.path]))
  const was = now.size === 0 ? [] : await pathsIn(application, warehouse, files)
  const moved = was.flatMap(path => {
    const at = now.get(path.split('/').at(-2) ?? '')
    return at === undefined || at === path ? [] : [sql`(${path}, ${at})`]
  })
  if (moved.length === 0) return sql`(SELECT sub, manager_id, node_path FROM ${kept} AS k)`
  return sql`(SELECT k.sub, k.manager_id, coalesce(m.is_at, k.node_path) AS node_path
    FROM ${kept} AS k LEFT JOIN (VALUES ${join(moved)}) AS m(was_at, is_at) ON m.was_at = k.node_path)`
}

interface Paths {
  readonly files: string
  readonly paths: readonly string[]
}
/** Of the morning asked about last: its files never change, and somebody who writes a rule asks again and again. */
const pathsOf = new WeakMap<Application, Paths>()

async function pathsIn(
  application: Application,
  warehouse: Warehouse,
  files: readonly string[],
): Promise<readonly string[]> {
  const name = files.join('\n')
  const known = pathsOf.get(application)
  if (known?.files === name) return known.paths
  const rows = await warehouse.rows<{ path: string }>(
    sql`SELECT DISTINCT node_path AS path FROM ${parquet(files)} AS k`,
  )
  const paths = rows.map(row => row.path)
  pathsOf.set(application, { files: name, paths })
  return paths
}
