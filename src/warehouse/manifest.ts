import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { DaySpan, PlainDate } from '#kernel'
import { entriesIn, forgetEntry } from './entries.ts'
import { writeWhole } from './files.ts'

/**
 * What is known about some immutable Parquet files: a piece of a dataset for a span of days. Entries are only ever added;
 * a later entry (greater `version`) for a day replaces the earlier one for readers, and the earlier stays for
 * whoever asks what was known before.
 */
export interface Piece {
  readonly dataset: string
  readonly span: DaySpan
  readonly version: number
  /** Digest of everything it was made from: equal inputs are not written twice. */
  readonly fingerprint: string
  /** The day on which we learned it. */
  readonly learnedOn: PlainDate
  /** Names beside the entry: one, or one for each range of subscribers. A piece of no rows has a file too. */
  readonly files: readonly string[]
  readonly rows: number
}

const entryName = /^(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})_v(\d{4})\.json$/
const fileName = /^(\d{4}-\d{2}-\d{2}_\d{4}-\d{2}-\d{2}_v\d{4}).*\.parquet$/

/** A folder of datasets: `<root>/<dataset>/<from>_<to>_v<version>.{parquet,json}`. The .json is the commit. */
export interface Shelf {
  readonly root: string
}

export function pieceName(span: DaySpan, version: number): string {
  return `${span.from}_${span.to}_v${String(version).padStart(4, '0')}`
}

/** Every committed piece of a dataset, oldest version first; `learnedBy` leaves out what was learned later. */
export async function pieces(shelf: Shelf, dataset: string, learnedBy?: PlainDate): Promise<Piece[]> {
  const found = entriesIn(path.join(shelf.root, dataset), entryName) as Piece[]
  return found
    .filter(p => learnedBy === undefined || p.learnedOn <= learnedBy)
    .sort((a, b) => a.version - b.version || (a.span.from < b.span.from ? -1 : 1))
}

/** Records a piece whose Parquet file is already in place: from here on readers see it. */
export async function commitPiece(shelf: Shelf, piece: Piece): Promise<void> {
  const entry = path.join(shelf.root, piece.dataset, `${pieceName(piece.span, piece.version)}.json`)
  await writeWhole(entry, `${JSON.stringify(piece, null, 1)}\n`)
  forgetEntry(entry)
}

/**
 * Drops pieces of a dataset, and files that belong to no piece: what a kill left of one half dropped or half made. For
 * whoever holds the writer's lock and makes no piece of the dataset meanwhile.
 */
export async function dropPieces(shelf: Shelf, dataset: string, spent: readonly Piece[]): Promise<void> {
  const folder = path.join(shelf.root, dataset)
  for (const piece of spent) {
    const entry = path.join(folder, `${pieceName(piece.span, piece.version)}.json`)
    await rm(entry, { force: true })
    forgetEntry(entry)
  }
  const names = await readdir(folder).catch(() => [])
  const entered = new Set(names.filter(n => entryName.test(n)).map(n => n.slice(0, -'.json'.length)))
  const stray = names.filter(n => fileName.test(n) && !entered.has(fileName.exec(n)?.[1] ?? ''))
  for (const name of stray) await rm(path.join(folder, name), { force: true })
}

export function pieceFiles(shelf: Shelf, piece: Pick<Piece, 'dataset' | 'files'>): readonly string[] {
  return piece.files.map(file => path.join(shelf.root, piece.dataset, file))
}

/** A file that stands beside a piece's entry: `.json` is the entry itself. */
export function besidePiece(
  shelf: Shelf,
  piece: Pick<Piece, 'dataset' | 'span' | 'version'>,
  suffix: string,
): string {
  return path.join(shelf.root, piece.dataset, `${pieceName(piece.span, piece.version)}${suffix}`)
}

/** Which file answers for which days of `wanted`: for each day the newest piece that covers it. */
export interface Coverage {
  readonly piece: Piece
  readonly spans: readonly DaySpan[]
}

export function coverage(all: readonly Piece[], wanted: DaySpan): Coverage[] {
  let open: DaySpan[] = wanted.from < wanted.to ? [wanted] : []
  const found: Coverage[] = []
  for (const piece of all.toSorted((a, b) => b.version - a.version)) {
    const spans = open.map(s => overlap(s, piece.span)).filter(s => s.from < s.to)
    if (spans.length === 0) continue
    found.push({ piece, spans })
    open = open.flatMap(s => without(s, piece.span))
  }
  return found
}

/** The days of `wanted` that no piece covers. */
export function uncovered(all: readonly Piece[], wanted: DaySpan): DaySpan[] {
  return all.reduce<DaySpan[]>((left, p) => left.flatMap(s => without(s, p.span)), [wanted])
}

function overlap(a: DaySpan, b: DaySpan): DaySpan {
  return { from: a.from > b.from ? a.from : b.from, to: a.to < b.to ? a.to : b.to }
}

function without(a: DaySpan, b: DaySpan): DaySpan[] {
  const middle = overlap(a, b)
  if (middle.from >= middle.to) return [a]
  return [
    { from: a.from, to: middle.from },
    { from: middle.to, to: a.to },
  ].filter(s => s.from < s.to)
}
