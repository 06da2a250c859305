import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { FaultError, type PlainDate } from '#kernel'
import { parquet, raw, sql, writeParquet, writeWhole } from '#warehouse'
import { cityUnreadable, noCity } from './faults.ts'
import type { CityPlan } from './size.ts'
import type { World } from './tables.ts'

/** `state/city.json`: which state counts. It is switched last, so a kill leaves the day before or the day after. */
export interface CityRecord {
  readonly version: number
  readonly plan: CityPlan
  /** The next day to be lived. */
  readonly today: PlainDate
  /** Folder of the tables, beside city.json. */
  readonly folder: string
  /** Files of `person`, oldest first: newcomers are added, nobody is changed. */
  readonly people: readonly string[]
  /** `people` holds those who join before this day. */
  readonly admittedTo: PlainDate
}

const version = 2
const saved = ['lines', 'month_sum', 'ledger', 'late'] as const
const order = {
  lines: 'n',
  month_sum: 'n, month_no',
  ledger: 'rule, kind, offer, channel',
  late: 'n, dn, k',
} as const

export const stateFolder = (out: string): string => path.join(out, 'state')
const recordFile = (out: string): string => path.join(stateFolder(out), 'city.json')

export function hasCity(out: string): boolean {
  return existsSync(recordFile(out))
}

/** Writes the tables under the name of the coming day. Nothing counts before `switchTo`. */
export async function saveTables(world: World, out: string, today: PlainDate): Promise<void> {
  const folder = path.join(stateFolder(out), today)
  for (const table of saved) {
    await writeParquet(
      world.warehouse,
      sql`SELECT * FROM ${raw(table)} ORDER BY ${raw(order[table])}`,
      path.join(folder, `${table}.parquet`),
      [],
    )
  }
}

/** Writes the lines numbered from `first` on; answers the file's name. */
export async function savePeople(world: World, out: string, first: number): Promise<string> {
  const name = `people-${first}.parquet`
  const rows = sql`SELECT * FROM person WHERE n >= ${first} ORDER BY n`
  await writeParquet(world.warehouse, rows, path.join(stateFolder(out), name), [])
  return name
}

export async function switchTo(out: string, record: Omit<CityRecord, 'version'>): Promise<void> {
  await writeWhole(recordFile(out), `${JSON.stringify({ version, ...record }, null, 1)}\n`)
}

export async function readRecord(out: string): Promise<CityRecord> {
  const text = await readFile(recordFile(out), 'utf8').catch(() => undefined)
  if (text === undefined) throw new FaultError(noCity(out))
  const record = JSON.parse(text) as CityRecord
  if (record.version !== version) throw new FaultError(cityUnreadable(out))
  return record
}

/** Fills the tables from the state that counts. */
export async function loadTables(world: World, out: string, record: CityRecord): Promise<void> {
  const folder = path.join(stateFolder(out), record.folder)
  for (const table of saved) {
    await world.warehouse.run(
      sql`INSERT INTO ${raw(table)} BY NAME SELECT * FROM ${parquet([path.join(folder, `${table}.parquet`)])}`,
    )
  }
  const people = record.people.map(p => path.join(stateFolder(out), p))
  await world.warehouse.run(sql`CREATE TABLE person AS SELECT * FROM ${parquet(people)} ORDER BY n`)
}

/** Moves a finished day's staged files to where they are delivered, each control file after its data. */
export async function publish(staged: string, target: string): Promise<void> {
  const entries = await readdir(staged, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries
    .filter(e => e.isFile())
    .map(e => path.relative(staged, path.join(e.parentPath, e.name)))
  for (const file of files.toSorted()) {
    await mkdir(path.dirname(path.join(target, file)), { recursive: true })
    await rename(path.join(staged, file), path.join(target, file))
  }
  await rm(staged, { recursive: true, force: true })
}
