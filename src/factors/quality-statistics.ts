import type { PlainDate } from '#kernel'
import {
  type Cell,
  columnBlocks,
  dateOf,
  ident,
  join,
  parquet,
  type Row,
  type Sql,
  sql,
  type Warehouse,
} from '#warehouse'
import { exact, quantiles } from './dialect.ts'
import type { Factor } from './factor.ts'
import { type Bins, missingBin, rareBin } from './quality-bins.ts'

/** One factor on one morning, over all subscribers. Rows, missing, limits and what is outside are exact; the rest is of the sample. */
export interface FactorStatistics {
  readonly id: string
  readonly version: number
  /** It could not be computed that morning. */
  readonly off: boolean
  readonly rows: number
  readonly missing: number
  /** Values outside the range that its definition states. */
  readonly outside: number
  /** Of numbers and dates. */
  readonly min: Cell
  readonly max: Cell
  /** How many rows were looked at for what follows. */
  readonly sampled: number
  readonly distinct: number
  readonly mean: number | null
  /** At 1, 5, 25, 50, 75, 95 and 99 percent; empty for texts and flags. */
  readonly quantiles: readonly Cell[]
  /** The commonest texts or flags with their shares of the sample. */
  readonly top: readonly { readonly value: string; readonly share: number }[]
  readonly bins: Bins
}

export const quantilesAt = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const
const sampleMax = 10_000
const topMax = 10
const namedMax = 50
/** A text that fewer have is not named: it might name somebody. */
const namedRowsMin = 5
const columnsPerQuery = 60
const sample = ident('quality_sample')

/** What is known of a morning's table before a row of it is read. */
export interface Measured {
  readonly asOf: PlainDate
  readonly files: readonly string[]
  readonly rows: number
  readonly factors: readonly Factor[]
  readonly off: ReadonlySet<string>
}

/**
 * Statistics of every factor in one pass over the table: limits and counts from the files' footers, everything else from
 * a part of the subscribers that a hash of `sub` chooses, the same ones every morning. Equal tables give equal statistics.
 */
export async function measureFactors(
  warehouse: Warehouse,
  of: Measured,
): Promise<readonly FactorStatistics[]> {
  const { factors, files, off, rows } = of
  const exactly = await limitsOf(warehouse, factors, files)
  const looked = await countOf(
    warehouse,
    sql`CREATE OR REPLACE TEMP TABLE ${sample} AS SELECT ${join(factors.map(f => ident(f.id)))} FROM ${parquet(files)} WHERE ${sampled(rows)}`,
  )
  const shape = await shapesOf(warehouse, factors)
  const bins = await binsOf(warehouse, of)
  await warehouse.run(sql`DROP TABLE ${sample}`)
  const outside = await outsideOf(warehouse, factors, files, exactly)
  return factors.map(f => ({
    id: f.id,
    version: f.version,
    off: off.has(f.id),
    rows,
    ...(exactly.get(f.id) ?? { missing: rows, min: null, max: null }),
    outside: outside.get(f.id) ?? 0,
    sampled: looked,
    ...shape(f),
    ...named(f, bins.get(f.id) ?? { bins: {}, distinct: 0 }),
  }))
}

/** Makes a table; how many rows it has. */
async function countOf(warehouse: Warehouse, making: Sql): Promise<number> {
  await warehouse.run(making)
  const [found] = await warehouse.rows<{ n: number }>(sql`SELECT count(*) AS n FROM ${sample}`)
  return found?.n ?? 0
}

interface Exactly {
  readonly missing: number
  readonly min: Cell
  readonly max: Cell
}

async function limitsOf(
  warehouse: Warehouse,
  factors: readonly Factor[],
  files: readonly string[],
): Promise<ReadonlyMap<string, Exactly>> {
  const byColumn = Map.groupBy(await columnBlocks(warehouse, files), b => b.column)
  return new Map(
    factors.map(f => {
      const blocks = byColumn.get(f.id) ?? []
      const value = (text: string) => (isNumeric(f) ? Number(text) : text)
      const least = isOrdered(f) ? blocks.flatMap(b => (b.min === null ? [] : [value(b.min)])) : []
      const most = isOrdered(f) ? blocks.flatMap(b => (b.max === null ? [] : [value(b.max)])) : []
      return [
        f.id,
        {
          missing: blocks.reduce((sum, b) => sum + b.missing, 0),
          min: least.length === 0 ? null : least.reduce((a, b) => (a < b ? a : b)),
          max: most.length === 0 ? null : most.reduce((a, b) => (a > b ? a : b)),
        },
      ] as const
    }),
  )
}

/** Counted only for those whose limits say that there are any. */
async function outsideOf(
  warehouse: Warehouse,
  factors: readonly Factor[],
  files: readonly string[],
  exactly: ReadonlyMap<string, Exactly>,
): Promise<ReadonlyMap<string, number>> {
  const beyond = factors.flatMap(f => {
    const [min, max] = f.range ?? [null, null]
    const found = exactly.get(f.id)
    const below = min !== null && typeof found?.min === 'number' && found.min < min
    const above = max !== null && typeof found?.max === 'number' && found.max > max
    const tests = [
      ...(below ? [sql`${ident(f.id)} < ${min}`] : []),
      ...(above ? [sql`${ident(f.id)} > ${max}`] : []),
    ]
    return tests.length === 0
      ? []
      : [sql`sum(CASE WHEN ${join(tests, ' OR ')} THEN 1 ELSE 0 END) AS ${ident(f.id)}`]
  })
  if (beyond.length === 0) return new Map()
  const [row] = await warehouse.rows<Row>(sql`SELECT ${join(beyond)} FROM ${parquet(files)}`)
  return new Map(Object.entries(row ?? {}).map(([id, n]) => [id, Number(n)]))
}

/** The high part of a product with an odd number spreads neighbours evenly: the same subscribers while the base grows slowly. */
function sampled(rows: number): Sql {
  let oneIn = 1
  while (rows / oneIn > sampleMax) oneIn *= 2
  return oneIn === 1 ? sql`TRUE` : sql`(sub * 2654435761) % 4294967296 < ${4294967296 / oneIn}`
}

type Shape = Pick<FactorStatistics, 'mean' | 'quantiles'>

async function shapesOf(warehouse: Warehouse, factors: readonly Factor[]): Promise<(f: Factor) => Shape> {
  const cells = factors.filter(isOrdered).flatMap(f => {
    const column = ident(f.id)
    return [
      sql`${quantiles(column, quantilesAt)} AS ${ident(`q_${f.id}`)}`,
      ...(isNumeric(f)
        ? [
            sql`count(${column}) AS ${ident(`n_${f.id}`)}, CAST(sum(${exact(column)}) AS VARCHAR) AS ${ident(`s_${f.id}`)}`,
          ]
        : []),
    ]
  })
  const [row = {}] =
    cells.length === 0 ? [] : await warehouse.rows<Row>(sql`SELECT ${join(cells)} FROM ${sample}`)
  return f => {
    const n = Number(row[`n_${f.id}`] ?? 0)
    return {
      mean: n > 0 ? Number(row[`s_${f.id}`]) / n : null,
      quantiles: (row[`q_${f.id}`] ?? []) as readonly Cell[],
    }
  }
}

interface Binned {
  readonly bins: Bins
  readonly distinct: number
}

/** Rows are counted by value first and values by bin then: how many values there are comes along. */
async function binsOf(
  warehouse: Warehouse,
  { asOf, factors }: Measured,
): Promise<ReadonlyMap<string, Binned>> {
  const found = new Map<string, { readonly bins: Record<string, number>; distinct: number }>()
  for (let at = 0; at < factors.length; at += columnsPerQuery) {
    const queries = factors.slice(at, at + columnsPerQuery).map(f => {
      const values = sql`SELECT ${ident(f.id)} AS v, count(*) AS n FROM ${sample} GROUP BY 1`
      const bin = sql`coalesce(CAST(${binOf(f, sql`v`, asOf)} AS VARCHAR), ${missingBin})`
      return sql`SELECT ${f.id} AS id, ${bin} AS bin, sum(n) AS n, count(v) AS different FROM (${values}) AS t GROUP BY 1, 2`
    })
    const rows = await warehouse.rows<{ id: string; bin: string; n: number; different: number }>(
      sql`SELECT * FROM (${join(queries, ' UNION ALL ')}) AS b ORDER BY id, bin`,
    )
    for (const { id, bin, n, different } of rows) {
      const of = found.get(id) ?? { bins: {}, distinct: 0 }
      of.bins[bin] = n
      of.distinct += different
      found.set(id, of)
    }
  }
  return found
}

/** Eight bins for every doubling, from a thousandth up for numbers that are not whole; dates by their distance to the morning. */
function binOf(f: Factor, column: Sql, asOf: PlainDate): Sql {
  if (!isOrdered(f)) return column
  const value = f.type === 'date' ? sql`(${dateOf(asOf)} - ${column})` : column
  const fine = f.type === 'number' ? sql`1000 * abs(${value})` : sql`abs(${value})`
  return sql`CAST(CASE WHEN ${value} < 0 THEN -1 ELSE 1 END * floor(8 * log2(1 + ${fine})) AS INTEGER)`
}

function named(f: Factor, { bins, distinct }: Binned): Pick<FactorStatistics, 'distinct' | 'top' | 'bins'> {
  if (isOrdered(f)) return { distinct, top: [], bins }
  const rows = Object.values(bins).reduce((a, b) => a + b, 0)
  const { [missingBin]: missing, ...values } = bins
  const ordered = Object.entries(values).toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  const isKept = ([, n]: readonly [string, number], i: number) =>
    f.type === 'flag' || (i < namedMax && n >= namedRowsMin)
  const kept = ordered.filter(isKept)
  const rare = ordered.filter((entry, i) => !isKept(entry, i)).reduce((sum, [, n]) => sum + n, 0)
  return {
    distinct,
    top: kept.slice(0, topMax).map(([value, n]) => ({ value, share: n / rows })),
    bins: {
      ...Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1))),
      ...(rare > 0 ? { [rareBin]: rare } : {}),
      ...(missing === undefined ? {} : { [missingBin]: missing }),
    },
  }
}

function isNumeric({ type }: Factor): boolean {
  return type === 'number' || type === 'integer' || type === 'money'
}

export function isOrdered(f: Factor): boolean {
  return isNumeric(f) || f.type === 'date'
}
