import { ident, sql, type Warehouse } from '#warehouse'
import type { Spelling } from './spelling.ts'

const made = ident('factor_subscribers')

/**
 * A spelling whose subscribers are a table in the order of their keys: every join looks them up in turn, and what is
 * joined to them comes out in that order but for the rows of a block, where those who are found come first.
 */
export async function withSubscribersMade(warehouse: Warehouse, spelling: Spelling): Promise<Spelling> {
  await warehouse.run(
    sql`CREATE OR REPLACE TEMP TABLE ${made} AS SELECT * FROM ${spelling.subscribers} AS s ORDER BY sub`,
  )
  return { ...spelling, subscribers: made }
}

export async function dropSubscribersMade(warehouse: Warehouse): Promise<void> {
  await warehouse.run(sql`DROP TABLE IF EXISTS ${made}`)
}
