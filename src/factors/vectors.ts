import { type BigIntStats, statSync } from 'node:fs'
import type { PlainDate } from '#kernel'
import { besidePiece, join, type Piece, pieces, type Row, type Shelf, sql, type Warehouse } from '#warehouse'
import { factorTable, newestOf } from './table.ts'
import { openVectorFile, type VectorFile } from './vector-file.ts'
import { vectorsAt } from './vector-write.ts'

/** Factors by subscriber. The files of the mornings asked for last stay open: 8.2 bytes of memory a subscriber each. */
export interface FactorVectors {
  /** Every factor of one subscriber on one morning; undefined when it has none. */
  of(asOf: PlainDate, subscriberId: string): Promise<Row | undefined>
  /** The same of several, by subscriber id. */
  ofMany(asOf: PlainDate, subscriberIds: readonly string[]): Promise<ReadonlyMap<string, Row>>
  /** How many subscribers were answered so far by one read of a vector file, and how many by a scan of the table. */
  readonly answered: { readonly byRead: number; readonly byScan: number }
  close(): Promise<void>
}

/** From here on one scan costs less than reads one by one. */
const scanFrom = 1_000
const openMax = 2

/** The engine is asked for only when there is no vector file that fits: then the table is scanned, with the same answer. */
export function openVectors(shelf: Shelf, engine: () => Promise<Warehouse>): FactorVectors {
  const open = new OpenFiles(shelf)
  const answered = { byRead: 0, byScan: 0 }
  const ofMany = async (asOf: PlainDate, subscriberIds: readonly string[]) => {
    const ids = [...new Set(subscriberIds)]
    const read = ids.length < scanFrom ? await readAll(open, asOf, ids) : undefined
    answered[read === undefined ? 'byScan' : 'byRead'] += ids.length
    return read ?? scanned(await engine(), shelf, asOf, ids)
  }
  return {
    of: async (asOf, subscriberId) => (await ofMany(asOf, [subscriberId])).get(subscriberId),
    ofMany,
    answered,
    close: () => open.close(),
  }
}

/** Undefined when the file is not there, or a block of it is damaged. */
async function readAll(
  open: OpenFiles,
  asOf: PlainDate,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Row> | undefined> {
  const file = await open.file(asOf)
  if (file === undefined) return undefined
  const found = new Map<string, Row>()
  try {
    for (const id of ids) {
      const row = await file.row(id)
      if (row !== undefined) found.set(id, row)
    }
    return found
  } catch {
    return undefined
  }
}

async function scanned(
  warehouse: Warehouse,
  shelf: Shelf,
  asOf: PlainDate,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Row>> {
  const table = await factorTable(shelf, asOf)
  if (table === undefined || ids.length === 0) return new Map()
  const wanted = join(ids.map(id => sql`${id}`))
  const rows = await warehouse.rows(sql`SELECT * FROM ${table} AS t WHERE subscriber_id IN (${wanted})`)
  return new Map(rows.map(row => [String(row['subscriber_id']), row]))
}

/** What was found for a morning, and the stamps of the files that said so. */
interface Found {
  readonly piece: Piece
  /** One more than the highest version of that morning: when it appears, another piece may answer. */
  readonly next: number
  readonly entry: string
  readonly vectors: string
  readonly file: VectorFile | undefined
}

/**
 * The vector files that are open. Before each read it is asked whether the piece's entry is still there and no newer one
 * (versions of a morning count up by one): three looks at names, microseconds each, so they are not worth a turn.
 */
class OpenFiles {
  readonly #shelf: Shelf
  readonly #found = new Map<PlainDate, Promise<Found | undefined>>()

  constructor(shelf: Shelf) {
    this.#shelf = shelf
  }

  /** Undefined when the newest table of that morning has no vector file that fits. */
  async file(asOf: PlainDate): Promise<VectorFile | undefined> {
    const before = this.#found.get(asOf)
    const found = await before
    if (found !== undefined && this.#isCurrent(found)) return found.file
    // Somebody else may have looked again meanwhile.
    const now = this.#found.get(asOf)
    return (await (now !== undefined && now !== before ? now : this.#look(asOf)))?.file
  }

  async close(): Promise<void> {
    const all = [...this.#found.values()]
    this.#found.clear()
    for (const found of await Promise.all(all)) await found?.file?.close()
  }

  #look(asOf: PlainDate): Promise<Found | undefined> {
    this.#forget(asOf)
    // An entry that goes away while it is read is looked for again by the next who asks.
    const looking = this.#read(asOf).catch(() => undefined)
    this.#found.set(asOf, looking)
    const oldest = [...this.#found.keys()].slice(0, -openMax)
    for (const other of oldest) this.#forget(other)
    return looking
  }

  async #read(asOf: PlainDate): Promise<Found | undefined> {
    const versions = (await pieces(this.#shelf, 'factor'))
      .filter(p => p.span.from === asOf)
      .map(p => p.version)
    const next = Math.max(0, ...versions) + 1
    const piece = await newestOf(this.#shelf, 'factor', asOf)
    if (piece === undefined) return undefined
    const at = vectorsAt(this.#shelf, piece)
    // The stamps are taken first: what changes while the file is opened is seen by the next who asks.
    const [entry, vectors] = [stampOf(besidePiece(this.#shelf, piece, '.json')), stampOf(at)]
    const file = await openVectorFile(at)
    const found = { piece, next, entry, vectors }
    if (file === undefined || file.fingerprint === piece.fingerprint) return { ...found, file }
    await file.close()
    return { ...found, file: undefined }
  }

  #isCurrent({ piece, next, entry, vectors }: Found): boolean {
    return (
      stampOf(besidePiece(this.#shelf, { ...piece, version: next }, '.json')) === none &&
      stampOf(besidePiece(this.#shelf, piece, '.json')) === entry &&
      stampOf(vectorsAt(this.#shelf, piece)) === vectors
    )
  }

  /** Closes when those who are reading are done; whoever comes too late finds it closed, and scans. */
  #forget(asOf: PlainDate): void {
    const found = this.#found.get(asOf)
    this.#found.delete(asOf)
    void found?.then(f => f?.file?.close())
  }
}

const none = ''

function stampOf(at: string): string {
  const stat: BigIntStats | undefined = statSync(at, { bigint: true, throwIfNoEntry: false })
  return stat === undefined ? none : `${stat.ino} ${stat.mtimeNs} ${stat.size}`
}
