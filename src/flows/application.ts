import { availableParallelism, totalmem } from 'node:os'
import path from 'node:path'
import { type Desk, type Migration, migrate, migrationsIn, openDesk } from '#desk'
import { type FactorVectors, openVectors } from '#factors'
import { openVault, twoStep, type Vault } from '#governance'
import { type Clock, homeZone } from '#kernel'
import { openWarehouse, type Shelf, type Warehouse, type WarehouseOptions } from '#warehouse'
import { type Catalogue, readCatalogue } from './catalogue.ts'
import { childWorkshop } from './heavy/child.ts'
import type { Workshop } from './heavy/workshop.ts'
import { findSource, openSource } from './source.ts'

/** Everything a flow needs, opened once per process. Close it before the process ends. */
export interface Application {
  readonly dataFolder: string
  readonly desk: Desk
  readonly shelf: Shelf
  readonly clock: Clock
  /** What the desk keeps sealed. */
  readonly vault: Vault
  readonly catalogue: Catalogue
  /** The carrier's time zone: its days begin there. */
  readonly zone: string
  /** The engine, opened at first use; `fork` it for work that may be interrupted on its own. */
  warehouse(): Promise<Warehouse>
  /** Factors by subscriber, without a scan. */
  readonly vectors: FactorVectors
  /** Where the heavy work of a night is done: a process of its own, begun with the first work. */
  readonly workshop: Workshop
  /** What this process is living of the simulated city. */
  readonly living: Living
  close(): Promise<void>
}

/** How many days of the simulated city are lived, of how many; null when nothing lives. */
export interface Living {
  now: { readonly lived: number; readonly of: number } | null
}

export interface ApplicationOptions {
  readonly dataFolder: string
  readonly databaseUrl?: string | undefined
  readonly clock: Clock
  /** Memory limit of the engine that does a night's heavy work; from the machine unless told. */
  readonly nightMemoryMiB?: number | undefined
}

const modulesWithTables = [
  'governance',
  'ingest',
  'rules',
  'segments',
  'warnings',
  'lists',
  'campaigns',
  'tasks',
  'contact',
  'flows',
]
const source = path.join(import.meta.dirname, '..')

/** Opens the desk (and brings its tables up to date), the shelf and the catalogue. Faults desk.*, and the catalogue's. */
export async function openApplication(options: ApplicationOptions): Promise<Application> {
  const dataFolder = path.resolve(options.dataFolder)
  const { catalogue, desk, vault, zone } = await openContent(dataFolder, options.databaseUrl)
  let engine: Promise<Warehouse> | undefined
  const shelf = { root: path.join(dataFolder, 'warehouse') }
  const limits = machineLimits()
  const workshop = childWorkshop(
    { dataFolder, shelf, zone, factors: catalogue.factors },
    engineOptions(dataFolder, options.nightMemoryMiB ?? limits.nightMiB),
  )
  const warehouse = () => {
    engine ??= openWarehouse(engineOptions(dataFolder, limits.answeringMiB))
    return engine
  }
  const vectors = openVectors(shelf, warehouse)
  return {
    dataFolder,
    desk,
    shelf,
    clock: options.clock,
    vault,
    catalogue,
    zone,
    warehouse,
    vectors,
    workshop,
    living: { now: null },
    async close() {
      await workshop.close()
      await vectors.close()
      if (engine !== undefined) (await engine).close()
      await desk.close()
    },
  }
}

/** The content is read while the desk opens; whichever fails, nothing stays open. */
async function openContent(dataFolder: string, databaseUrl: string | undefined) {
  const [reading, opening] = await Promise.allSettled([
    readCatalogue(path.join(source, '..', 'catalogue')),
    openDesk({ dataFolder, databaseUrl }),
  ])
  if (opening.status === 'rejected') throw reading.status === 'rejected' ? reading.reason : opening.reason
  const desk = opening.value
  try {
    if (reading.status === 'rejected') throw reading.reason
    await migrate(desk, allMigrations())
    const vault = await openVault(dataFolder)
    await twoStep.sealSecrets(desk.db, vault)
    return { catalogue: reading.value, desk, vault, zone: await zoneOf(dataFolder) }
  } catch (error) {
    await desk.close()
    throw error
  }
}

/** The zone of the data folder's carrier; our own where no carrier is known yet. */
async function zoneOf(dataFolder: string): Promise<string> {
  const source = await findSource(dataFolder)
  return source === undefined ? homeZone : (await openSource(dataFolder, source)).mapping.timeZone
}

export function allMigrations(): readonly Migration[] {
  return modulesWithTables.flatMap(module => migrationsIn(path.join(source, module)))
}

function engineOptions(dataFolder: string, memoryMiBMax: number): WarehouseOptions {
  return {
    memoryMiBMax,
    threads: availableParallelism(),
    spillFolder: path.join(dataFolder, 'warehouse', 'spill'),
  }
}

const mebibyte = 2 ** 20

/**
 * Half of the machine's memory is the night's, at most 4 GiB: with what an engine takes beside its limit, the process stays
 * below 6 GiB. A quarter, at most 4 GiB, is for answering people; the rest is the desk's and the system's.
 */
function machineLimits(): { readonly nightMiB: number; readonly answeringMiB: number } {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY)
  const share = (part: number) => Math.max(256, Math.min(4096, Math.floor((memory * part) / mebibyte)))
  return { nightMiB: share(1 / 2), answeringMiB: share(1 / 4) }
}
