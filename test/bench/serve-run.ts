import { rm } from 'node:fs/promises'
import { setPriority } from 'node:os'
import path from 'node:path'
import { factorTable, readFactors, writeVectors } from '#factors'
import { openWarehouse, sql, type Warehouse } from '#warehouse'
import { type Used, used } from './apart.ts'
import { asOf, makeTable } from './serve-table.ts'

export interface TableMade {
  readonly columns: number
}

export type VectorsTimed = Used & { readonly rows: number; readonly bytes: number }

/** One part of the bench in a process of its own: `make`, `write` or `night`. */
const [part, root = '', subscribers = '0'] = process.argv.slice(2)
const spillFolder = `${root}.${part}.spill`
const warehouse = await openWarehouse({
  spillFolder,
  memoryMiBMax: part === 'make' ? 4_096 : 2_048,
  threads: 2,
})
try {
  if (part === 'make') await make()
  else if (part === 'write') await write()
  else await night(warehouse)
} finally {
  warehouse.close()
  await rm(spillFolder, { recursive: true, force: true })
}

async function make(): Promise<void> {
  const catalogue = await readFactors(path.join(import.meta.dirname, '../../catalogue/factors'))
  await makeTable(warehouse, root, Number(subscribers), catalogue)
  process.stdout.write(`${JSON.stringify({ columns: catalogue.factors.length })}\n`)
}

async function write(): Promise<void> {
  const { used: took, result } = await used(() => writeVectors(warehouse, { root }, asOf))
  process.stdout.write(`${JSON.stringify({ ...took, ...result })}\n`)
}

/** What a night does to the machine: scans of everything without end, on all processors, as politely as a night's process. */
async function night(engine: Warehouse): Promise<void> {
  setPriority(10)
  const table = await factorTable({ root }, asOf)
  if (table === undefined) throw new Error('no table')
  process.stdout.write('busy\n')
  for (;;) await engine.rows(sql`SELECT max(COLUMNS(*)) FROM ${table} AS t`)
}
