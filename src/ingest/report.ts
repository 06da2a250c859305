import { readFile } from 'node:fs/promises'
import type { DaySpan, PlainDate } from '#kernel'
import { besidePiece, type Piece, type Shelf, writeWhole } from '#warehouse'
import type { FeedId } from './contract/feed.ts'
import type { DayShape } from './shape.ts'

/** What a load found: plain data beside the piece it made, a function of the delivery alone. No value of any row. */
export interface LoadReport {
  readonly feed: FeedId
  readonly span: DaySpan
  readonly version: number
  readonly fingerprint: string
  readonly mappingDigest: string
  readonly learnedOn: PlainDate
  /** Rows of the source, bad ones included. */
  readonly sourceRows: number
  readonly rows: number
  readonly quarantined: number
  /** Bad rows by '<column>:<reason>'. */
  readonly reasons: Readonly<Record<string, number>>
  /** Rows that name something unknown in a column that may be missing; they are kept. */
  readonly strangers: number
  /** The sender's totals beside ours, over every row that could be read. */
  readonly sums: Readonly<Record<string, { readonly expected: number; readonly found: number }>>
  readonly hasControl: boolean
  /** Rows of each data day, and how the values of the last of them are distributed. */
  readonly days: Readonly<Record<string, number>>
  readonly shapes: readonly DayShape[]
}

export async function writeReport(shelf: Shelf, piece: Piece, report: LoadReport): Promise<void> {
  await writeWhole(besidePiece(shelf, piece, '.report.json'), `${JSON.stringify(report)}\n`)
}

/** Undefined for pieces that were put on the shelf without a load. */
export async function readReport(shelf: Shelf, piece: Piece): Promise<LoadReport | undefined> {
  const text = await readFile(besidePiece(shelf, piece, '.report.json'), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as LoadReport)
}
