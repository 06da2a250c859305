import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { withoutErased } from '#ingest'
import type { PlainDate } from '#kernel'
import {
  besidePiece,
  type Piece,
  parquet,
  pieceFiles,
  pieces,
  type Shelf,
  sql,
  type Warehouse,
} from '#warehouse'
import { newestByMorning } from './table.ts'
import { openVectorFile } from './vector-file.ts'
import { makeVectorFile } from './vector-make.ts'

const suffix = '.vectors'

/** How many mornings have a vector file: the newest. Older ones are asked for rarely, and a scan answers. */
export const vectorMornings = 3

export interface VectorsWritten {
  readonly rows: number
  /** Of the file; 0 when it was there already, or is not wanted. */
  readonly bytes: number
}

/** Where a factor table's vector file stands: beside the entry of its piece. */
export function vectorsAt(shelf: Shelf, piece: Pick<Piece, 'dataset' | 'span' | 'version'>): string {
  return besidePiece(shelf, piece, suffix)
}

/**
 * Writes the newest factor table of a morning by subscriber, so that one subscriber's factors are one read, and drops the
 * files of all but the newest mornings. Does nothing for a morning older than those, or when the file is there.
 */
export async function writeVectors(
  warehouse: Warehouse,
  shelf: Shelf,
  asOf: PlainDate,
): Promise<VectorsWritten> {
  const kept = await newestMornings(shelf)
  await dropOthers(shelf, kept)
  const piece = kept.find(p => p.span.from === asOf)
  if (piece === undefined) return { rows: 0, bytes: 0 }
  const to = vectorsAt(shelf, piece)
  const there = await openVectorFile(to)
  await there?.close()
  if (there?.fingerprint === piece.fingerprint) return { rows: there.subscribers, bytes: 0 }
  const rows = await withoutErased(shelf, sql`(SELECT * FROM ${parquet(pieceFiles(shelf, piece))})`, ['sub'])
  return makeVectorFile(warehouse, sql`SELECT * FROM ${rows} AS v`, to, piece.fingerprint)
}

/** Drops every vector file: until the next is written the table itself answers, which leaves out who was erased. */
export async function dropVectors(shelf: Shelf): Promise<void> {
  await dropOthers(shelf, [])
}

async function newestMornings(shelf: Shelf): Promise<readonly Piece[]> {
  const newest = newestByMorning(await pieces(shelf, 'factor'))
  return [...newest.values()].sort((a, b) => (a.span.from < b.span.from ? -1 : 1)).slice(-vectorMornings)
}

async function dropOthers(shelf: Shelf, kept: readonly Piece[]): Promise<void> {
  const folder = path.join(shelf.root, 'factor')
  const wanted = new Set(kept.map(p => vectorsAt(shelf, p)))
  const names = (await readdir(folder).catch(() => [])).filter(n => n.endsWith(suffix))
  for (const at of names.map(n => path.join(folder, n))) if (!wanted.has(at)) await rm(at, { force: true })
}
