import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Mapping, readMapping } from '#ingest'
import { FaultError } from '#kernel'
import { writeWhole } from '#warehouse'
import { noSource } from './faults.ts'

/** Where a data folder's feeds come from: a mapping file, and the folder in which its paths begin. */
export interface Source {
  readonly mappingFile: string
  readonly folder: string
}

export interface OpenSource extends Source {
  readonly mapping: Mapping
}

const file = (dataFolder: string) => path.join(dataFolder, 'source.json')

/** Remembers the source for the nights to come. */
export async function keepSource(dataFolder: string, source: Source): Promise<void> {
  await writeWhole(file(dataFolder), `${JSON.stringify(source, null, 1)}\n`)
}

/** The source of a data folder: as kept, else its simulated city. Undefined when there is neither. */
export async function findSource(dataFolder: string): Promise<Source | undefined> {
  const kept = await readFile(file(dataFolder), 'utf8').catch(() => undefined)
  return kept === undefined ? undefined : (JSON.parse(kept) as Source)
}

/** Fault source.missing when none was ever named, and every fault of the mapping. */
export async function openSource(dataFolder: string, named?: Source): Promise<OpenSource> {
  const source = named ?? (await findSource(dataFolder))
  if (source === undefined) throw new FaultError(noSource())
  const read = await readMapping(source.mappingFile)
  if (read.ok) return { ...source, mapping: read.value }
  const [first = noSource(), ...rest] = read.faults
  throw new FaultError(first, ...rest)
}
