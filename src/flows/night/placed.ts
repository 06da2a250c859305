import { rm } from 'node:fs/promises'
import path from 'node:path'
import { addDays, type Placed, type PlainDate } from '#kernel'
import { fileDigest, foreignFile, ident, nextVersion, pieces, shelve, sql, writeAppended } from '#warehouse'
import type { Application } from '../application.ts'

/** Who answered for each subscriber on a morning and where it sat: `sub`, `manager_id`, `node_path`. */
export const placedDataset = 'placed'

export type KeptPlace = Placed & { readonly sub: number }
type Keep = (some: readonly KeptPlace[]) => Promise<void>

/**
 * Keeps on the shelf who answers for whom this morning, so that what counts over the warehouse can keep to a scope. `work`
 * hands over all subscribers, some at a time; the same again writes nothing.
 */
export async function keepPlaced(
  { dataFolder, shelf, warehouse }: Application,
  day: PlainDate,
  work: (keep: Keep) => Promise<void>,
): Promise<void> {
  const file = path.join(dataFolder, 'warehouse', 'work', `placed-${day}.csv`)
  try {
    await writeAppended(file, append => work(some => append(Buffer.from(some.map(lineOf).join('')))))
    const span = { from: day, to: addDays(day, 1) }
    const all = await pieces(shelf, placedDataset)
    const version = nextVersion(all, span)
    const fingerprint = await fileDigest(file)
    if (all.some(p => p.version === version - 1 && p.span.from === day && p.fingerprint === fingerprint))
      return
    const rows = sql`SELECT line AS sub, c0 AS manager_id, c1 AS node_path
      FROM ${foreignFile.numberedCsv(file, 2, ',', nobody)} AS placed`
    const stamp = { dataset: placedDataset, span, version, fingerprint, learnedOn: day }
    await shelve(await warehouse(), shelf, stamp, rows, [ident('sub')])
  } finally {
    await rm(file, { force: true })
  }
}

/** Where nobody answers; an id in quotes is never taken for it. */
const nobody = String.raw`\N`

function lineOf({ sub, managerId, nodePath }: KeptPlace): string {
  return `${sub},${managerId === null ? nobody : quoted(managerId)},${quoted(nodePath)}\n`
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
