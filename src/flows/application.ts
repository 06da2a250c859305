import { availableParallelism, totalmem } from 'node:os'
import path from 'node:path'
import { type Desk, type Migration, migrate, migrationsIn, openDesk } from '#desk'
import type { Clock } from '#kernel'
import { openWarehouse, type Shelf, type Warehouse } from '#warehouse'
import { type Catalogue, readCatalogue } from './catalogue.ts'
import { findSource, openSource } from './source.ts'

/** Everything a flow needs, opened once per process. Close it before the process ends. */
export interface Application {
  readonly dataFolder: string
  readonly desk: Desk
  readonly shelf: Shelf
  readonly clock: Clock
  readonly catalogue: Catalogue
  /** The carrier's time zone: its days begin there. */
  readonly zone: string
  /** The engine, opened at first use; `fork` it for work that may be interrupted on its own. */
  warehouse(): Promise<Warehouse>
  close(): Promise<void>
}

export interface ApplicationOptions {
  readonly dataFolder: string
  readonly databaseUrl?: string | undefined
  readonly clock: Clock
  readonly memoryMiBMax?: number
}

const modulesWithTables = ['governance', 'ingest', 'warnings', 'tasks', 'contact', 'flows']
const source = path.join(import.meta.dirname, '..')

/** Opens the desk (and brings its tables up to date), the shelf and the catalogue. Faults desk.*, and the catalogue's. */
export async function openApplication(options: ApplicationOptions): Promise<Application> {
  const dataFolder = path.resolve(options.dataFolder)
  const catalogue = await readCatalogue(path.join(source, '..', 'catalogue'))
  const desk = await openDesk({ dataFolder, databaseUrl: options.databaseUrl })
  let engine: Promise<Warehouse> | undefined
  try {
    await migrate(desk, allMigrations())
  } catch (error) {
    await desk.close()
    throw error
  }
  return {
    dataFolder,
    desk,
    shelf: { root: path.join(dataFolder, 'warehouse') },
    clock: options.clock,
    catalogue,
    zone: await zoneOf(dataFolder),
    warehouse() {
      engine ??= openWarehouse(engineOptions(dataFolder, options.memoryMiBMax))
      return engine
    },
    async close() {
      if (engine !== undefined) (await engine).close()
      await desk.close()
    },
  }
}

/** The zone of the data folder's carrier; our own where no carrier is known yet. */
async function zoneOf(dataFolder: string): Promise<string> {
  const source = await findSource(dataFolder)
  return source === undefined ? 'Asia/Shanghai' : (await openSource(dataFolder, source)).mapping.timeZone
}

export function allMigrations(): readonly Migration[] {
  return modulesWithTables.flatMap(module => migrationsIn(path.join(source, module)))
}

/** A third of the machine's memory, at most 4 GiB unless told otherwise: the rest is the desk's and the system's. */
export function engineOptions(dataFolder: string, memoryMiBMax?: number) {
  const third = Math.floor(totalmem() / 3 / 2 ** 20)
  return {
    memoryMiBMax: memoryMiBMax ?? Math.min(4096, third),
    threads: availableParallelism(),
    spillFolder: path.join(dataFolder, 'warehouse', 'spill'),
  }
}
