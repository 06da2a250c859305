import { type Sql, sql, type Warehouse } from '#warehouse'

/** A place on the map. null: not known that morning. */
export interface MapCell {
  readonly value: string | null
  readonly stage: string | null
  readonly brand: string | null
}

export interface MapCount extends MapCell {
  readonly subscribers: number
  /** What the value class is read from, added up over those who have one. */
  readonly amount: number
}

/** How many stand in each cell, and what they spend; cells with nobody are left out. */
export async function countCells(warehouse: Warehouse, table: Sql): Promise<readonly MapCount[]> {
  return warehouse.rows<MapCount>(
    sql`SELECT value, stage, brand, count(*) AS subscribers, CAST(coalesce(sum(amount), 0) AS BIGINT) AS amount
      FROM ${table} AS t GROUP BY value, stage, brand ORDER BY value, stage, brand`,
  )
}

/** How many went from one cell to another between two mornings. `from` null: joined since. `to` null: gone since. */
export interface Move {
  readonly from: MapCell | null
  readonly to: MapCell | null
  readonly subscribers: number
}

/** Everybody of two mornings by where they were and where they are, those who stayed too. */
export async function countMoves(warehouse: Warehouse, before: Sql, after: Sql): Promise<readonly Move[]> {
  const rows = await warehouse.rows<MoveRow>(
    sql`SELECT b.sub IS NOT NULL AS was, b.value AS value0, b.stage AS stage0, b.brand AS brand0,
        a.sub IS NOT NULL AS is_now, a.value AS value1, a.stage AS stage1, a.brand AS brand1, count(*) AS subscribers
      FROM ${before} AS b FULL JOIN ${after} AS a ON a.sub = b.sub
      GROUP BY was, value0, stage0, brand0, is_now, value1, stage1, brand1
      ORDER BY subscribers DESC, value0, stage0, brand0, value1, stage1, brand1`,
  )
  return rows.map(r => ({
    from: r.was ? { value: r.value0, stage: r.stage0, brand: r.brand0 } : null,
    to: r.is_now ? { value: r.value1, stage: r.stage1, brand: r.brand1 } : null,
    subscribers: r.subscribers,
  }))
}

interface MoveRow {
  readonly was: boolean
  readonly value0: string | null
  readonly stage0: string | null
  readonly brand0: string | null
  readonly is_now: boolean
  readonly value1: string | null
  readonly stage1: string | null
  readonly brand1: string | null
  readonly subscribers: number
}
