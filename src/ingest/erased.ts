import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { ident, join, type Shelf, type Sql, sql, writeWhole } from '#warehouse'

/** Whose personal data were erased: their rows are read no more, and a delivery that brings them again is kept without them. */
export interface Erased {
  readonly subs: readonly number[]
  readonly subscribers: readonly string[]
  readonly customers: readonly string[]
}

const nobody: Erased = { subs: [], subscribers: [], customers: [] }
const fileOf = (shelf: Shelf) => path.join(shelf.root, 'erased.json')

export async function erasedOn(shelf: Shelf): Promise<Erased> {
  const text = await readFile(fileOf(shelf), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
  return text === undefined ? nobody : (JSON.parse(text) as Erased)
}

/** Adds to the list. One process at a time: the caller holds a lock. */
export async function keepErased(shelf: Shelf, more: Erased): Promise<void> {
  const before = await erasedOn(shelf)
  const both = {
    subs: [...new Set([...before.subs, ...more.subs])].toSorted((a, b) => a - b),
    subscribers: [...new Set([...before.subscribers, ...more.subscribers])].toSorted(),
    customers: [...new Set([...before.customers, ...more.customers])].toSorted(),
  }
  await writeWhole(fileOf(shelf), `${JSON.stringify(both)}\n`)
}

type Named = 'sub' | 'subscriber_id' | 'customer_id'

/** The condition that leaves the erased out, by whichever of these columns there are; undefined when nobody is erased. */
export function notErased(erased: Erased, columns: Readonly<Partial<Record<Named, Sql>>>): Sql | undefined {
  const conditions = [
    outside(columns.sub, erased.subs),
    outside(columns.subscriber_id, erased.subscribers),
    outside(columns.customer_id, erased.customers),
  ].filter(condition => condition !== undefined)
  return conditions.length === 0 ? undefined : join(conditions, ' AND ')
}

function outside(column: Sql | undefined, keys: readonly (number | string)[]): Sql | undefined {
  if (column === undefined || keys.length === 0) return undefined
  return sql`(${column} IS NULL OR ${column} NOT IN (${join(keys.map(key => sql`${key}`))}))`
}

/** A relation without the rows of the erased; the same relation when nobody is. */
export async function withoutErased(shelf: Shelf, relation: Sql, columns: readonly string[]): Promise<Sql> {
  const has = (name: Named) => (columns.includes(name) ? { [name]: ident(name) } : {})
  const condition = notErased(await erasedOn(shelf), { ...has('sub'), ...has('customer_id') })
  return condition === undefined ? relation : sql`(SELECT * FROM ${relation} AS kept WHERE ${condition})`
}
