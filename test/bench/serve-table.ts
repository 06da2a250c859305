import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Factor, FactorCatalogue } from '#factors'
import { addDays, plainDate } from '#kernel'
import { commitPiece, pieceName, raw, type Shelf, type Warehouse, writeParquet } from '#warehouse'

export const asOf = plainDate('2026-11-22')
const filesOf = 4

/**
 * A factor table of so many subscribers with every column of the catalogue, made by SQL from hashes: counts that are mostly
 * nought, amounts with a long tail, ratios of whole numbers, codes, days, and as many missing values as such columns have.
 */
export async function makeTable(
  warehouse: Warehouse,
  root: string,
  subscribers: number,
  { factors }: FactorCatalogue,
): Promise<Shelf> {
  if (existsSync(root)) return { root }
  const making = `${root}.making`
  await rm(making, { recursive: true, force: true })
  const span = { from: asOf, to: addDays(asOf, 1) }
  const files = Array.from({ length: filesOf }, (_, i) => `${pieceName(span, 1)}_${i}.parquet`)
  const step = Math.ceil(subscribers / filesOf)
  for (const [i, file] of files.entries()) {
    const range = `range(${i * step}, ${Math.min(subscribers, (i + 1) * step)})`
    const query = `SELECT sub, 'u' || lpad(CAST(sub AS VARCHAR), 9, '0') AS subscriber_id,
      ${factors.map((f, at) => `${column(f, at)} AS "${f.id}"`).join(',\n')}
      FROM (SELECT range AS sub FROM ${range})`
    // In order already: the range is.
    await writeParquet(warehouse, raw(query), path.join(making, 'factor', file), [])
  }
  const piece = { dataset: 'factor', span, version: 1, fingerprint: `bench ${subscribers} ${factors.length}` }
  await commitPiece({ root: making }, { ...piece, learnedOn: asOf, files, rows: subscribers })
  await rename(making, root)
  return { root }
}

/** A number in [0, n), another for each column and purpose. */
function die(at: number, purpose: number, n: number): string {
  return `CAST(hash(sub, ${at * 8 + purpose}) % ${n} AS BIGINT)`
}

const hundredsMissing = [0, 5, 20, 50, 80]
const hundredsNought = [0, 40, 70, 90, 97]

function column(factor: Factor, at: number): string {
  const value = worth(factor, at)
  const missing = hundredsMissing[at % hundredsMissing.length] ?? 0
  return missing === 0 || factor.type === 'integer'
    ? value
    : `CASE WHEN ${die(at, 1, 100)} >= ${missing} THEN ${value} END`
}

function worth({ type, values }: Factor, at: number): string {
  const nought = (value: string) =>
    `CASE WHEN ${die(at, 2, 100)} < ${hundredsNought[at % hundredsNought.length] ?? 0} THEN 0 ELSE ${value} END`
  switch (type) {
    case 'integer':
      return nought(die(at, 3, [4, 31, 400, 9_000, 3_000_000][at % 5] ?? 4))
    case 'money':
      return nought(`CAST(100 * exp(${die(at, 3, 7_000)} / 1000.0) AS BIGINT)`)
    case 'number':
      return nought(`${die(at, 3, 900)} / CAST(1 + ${die(at, 4, 900)} AS DOUBLE)`)
    case 'date':
      return `DATE '${asOf}' - CAST(${die(at, 3, 900)} AS INTEGER)`
    case 'flag':
      return `${die(at, 3, 10)} < ${at % 10}`
    case 'text':
      return code(at, Object.keys(values ?? {}))
    case 'list':
      return `[${code(at, Object.keys(values ?? {}))}, 'second']`
  }
}

function code(at: number, known: readonly string[]): string {
  if (known.length === 0) return `'c' || ${die(at, 3, 2_000)}`
  return `([${known.map(k => `'${k}'`).join(', ')}])[1 + ${die(at, 3, known.length)}]`
}
