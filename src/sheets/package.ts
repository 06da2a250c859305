import { type Entry, fromFdPromise, type ZipFile } from 'yauzl'
import { FaultError } from '#kernel'
import { fileNotSheet, workbookBroken, workbookTooLarge } from './faults.ts'
import type { KeptFile } from './kept.ts'

const partsMax = 1_000
/** An honest workbook of our lists unpacks to a tenth of it. */
const unpackedBytesMax = 256 * 2 ** 20
const smallPartBytesMax = 2 ** 20

/** The parts of an Office file, by their names. */
export interface Parts {
  has(name: string): boolean
  /** A part as text, as it is unpacked. */
  open(name: string): AsyncGenerator<string>
  /** A small part whole. */
  read(name: string): Promise<string>
}

/**
 * The parts of what should be an Excel workbook. What it unpacks to is looked at before and watched while it does: a part never
 * becomes larger than it says. Faults file.not-sheet, file.workbook-broken, file.workbook-too-large.
 */
export async function partsOf(file: KeptFile): Promise<Parts> {
  const zip = await whole(() => fromFdPromise(file.fd, { autoClose: false, strictFileNames: true }))
  const entries = await whole(() => entriesOf(zip))
  if (!entries.has('[Content_Types].xml') || !entries.has('xl/workbook.xml'))
    throw new FaultError(fileNotSheet())
  const open = (name: string) => unpacked(zip, entries.get(name))
  return {
    has: name => entries.has(name),
    open,
    async read(name) {
      let text = ''
      for await (const chunk of open(name)) {
        text += chunk
        if (text.length > smallPartBytesMax) throw new FaultError(workbookTooLarge())
      }
      return text
    },
  }
}

async function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>()
  let bytes = 0
  for await (const entry of zip.eachEntry()) {
    bytes += entry.uncompressedSize
    if (bytes > unpackedBytesMax || entries.size === partsMax) throw new FaultError(workbookTooLarge())
    if (entry.isEncrypted() || entries.has(entry.fileName)) throw new FaultError(workbookBroken())
    entries.set(entry.fileName, entry)
  }
  return entries
}

async function* unpacked(zip: ZipFile, entry: Entry | undefined): AsyncGenerator<string> {
  if (entry === undefined) throw new FaultError(workbookBroken())
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const stream = await whole(() => zip.openReadStreamPromise(entry))
  const chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await whole(() => chunks.next())
      const text = await whole(async () => decoder.decode(next.value, { stream: next.done !== true }))
      yield text
      if (next.done === true) return
    }
  } finally {
    await chunks.return?.()
  }
}

/** Whatever is found wrong while an archive is read, the archive is broken; what the system refuses is none of its faults. */
async function whole<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof FaultError || (error instanceof Error && 'syscall' in error)) throw error
    throw new FaultError(workbookBroken())
  }
}
