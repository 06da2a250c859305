import { type FileHandle, open } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { crc32, zstdDecompressSync } from 'node:zlib'
import type { Row } from '#warehouse'
import { blockRow, type VectorColumn } from './vector-row.ts'

/*
 * A vector file, all numbers little-endian:
 *   head      magic, length and CRC-32 of the header, the header as JSON
 *   blocks    each: CRC-32 of what follows, length when unpacked, the block packed with zstd
 *   index     by block: first row (4 bytes) and offset (8), and one more that ends the last;
 *             by row: hashes of the subscriber ids in order (4), and whose row each is (4)
 *   foot      offset of the index, number of blocks, number of rows, CRC-32 of the index, magic
 * The foot is written last: a file without it, or with one that does not fit, is nobody's.
 */
export const magic = Buffer.from('vectors1')
export const headBytes = magic.length + 8
export const blockHeadBytes = 8
export const footBytes = 8 + 4 + 4 + 4 + magic.length

export interface VectorHeader {
  /** The fingerprint of the piece whose rows these are. */
  readonly fingerprint: string
  readonly columns: readonly VectorColumn[]
}

export interface VectorIndex {
  /** First row of each block, and the number of rows. */
  readonly firsts: Uint32Array
  /** Where each block begins, and where the last one ends. */
  readonly offsets: Float64Array
  readonly hashes: Uint32Array
  readonly rows: Uint32Array
}

/** A vector file that is open: its index is in memory, 8 bytes for each subscriber and 12 for each block of 64. */
export interface VectorFile {
  readonly fingerprint: string
  readonly subscribers: number
  /** The subscriber's row; undefined when it has none. Throws when the block is not what was written. */
  row(subscriberId: string): Promise<Row | undefined>
  close(): Promise<void>
}

/** Opens a file that `writeVectors` made; undefined when there is none, or it is cut off, damaged or something else. */
export async function openVectorFile(at: string): Promise<VectorFile | undefined> {
  let file: FileHandle
  try {
    file = await open(at, 'r')
  } catch {
    return undefined
  }
  try {
    const header = await readHeader(file)
    const index = await readIndex(file)
    return opened(file, header, index)
  } catch {
    await file.close()
    return undefined
  }
}

function opened(file: FileHandle, header: VectorHeader, index: VectorIndex): VectorFile {
  return {
    fingerprint: header.fingerprint,
    subscribers: index.rows.length,
    async row(subscriberId) {
      const hash = hashOf(subscriberId)
      for (let i = lowerBound(index.hashes, hash); index.hashes[i] === hash; i++) {
        const row = await rowAt(file, header, index, index.rows[i] as number)
        if (row['subscriber_id'] === subscriberId) return row
      }
      return undefined
    },
    close: () => file.close(),
  }
}

async function rowAt(file: FileHandle, header: VectorHeader, index: VectorIndex, row: number): Promise<Row> {
  const block = lowerBound(index.firsts, row + 1) - 1
  const [from, to] = [index.offsets[block] as number, index.offsets[block + 1] as number]
  const stored = await readAt(file, from, to - from)
  const packed = stored.subarray(4)
  if (crc32(packed) !== stored.readUInt32LE(0)) throw new Error('a block is damaged')
  const bytes = zstdDecompressSync(packed.subarray(4), { maxOutputLength: packed.readUInt32LE(0) })
  const first = index.firsts[block] as number
  return blockRow(bytes, header.columns, (index.firsts[block + 1] as number) - first, row - first)
}

async function readHeader(file: FileHandle): Promise<VectorHeader> {
  const head = await readAt(file, 0, headBytes)
  if (!head.subarray(0, magic.length).equals(magic)) throw new Error('not a vector file')
  const length = head.readUInt32LE(magic.length)
  // Lengths are looked at before anything of that length is made: they may be damaged too.
  if (length > (await file.stat()).size) throw new Error('the header is damaged')
  const text = await readAt(file, headBytes, length)
  if (crc32(text) !== head.readUInt32LE(magic.length + 4)) throw new Error('the header is damaged')
  return JSON.parse(text.toString()) as VectorHeader
}

async function readIndex(file: FileHandle): Promise<VectorIndex> {
  const { size } = await file.stat()
  const foot = await readAt(file, size - footBytes, footBytes)
  if (!foot.subarray(20).equals(magic)) throw new Error('the file is cut off')
  const [at, blocks, rows] = [Number(foot.readBigUInt64LE(0)), foot.readUInt32LE(8), foot.readUInt32LE(12)]
  if (at + indexBytes(blocks, rows) !== size - footBytes) throw new Error('the foot is damaged')
  const index = emptyIndex(blocks, rows)
  let sum = 0
  let from = at
  for (const part of partsOf(index)) {
    await fill(file, part, from)
    from += part.length
    sum = await checksum(part, sum)
  }
  if (sum !== foot.readUInt32LE(16)) throw new Error('the index is damaged')
  return index
}

export function emptyIndex(blocks: number, rows: number): VectorIndex {
  return {
    firsts: new Uint32Array(blocks + 1),
    offsets: new Float64Array(blocks + 1),
    hashes: new Uint32Array(rows),
    rows: new Uint32Array(rows),
  }
}

function indexBytes(blocks: number, rows: number): number {
  return (blocks + 1) * 12 + rows * 8
}

/** The index as it lies in the file. */
export function partsOf(index: VectorIndex): readonly Uint8Array[] {
  return [index.firsts, index.offsets, index.hashes, index.rows].map(
    a => new Uint8Array(a.buffer, a.byteOffset, a.byteLength),
  )
}

const sliceBytes = 1 << 19

/** In slices, so that whoever else waits for this thread has a turn within a millisecond. */
export async function checksum(bytes: Uint8Array, start: number): Promise<number> {
  let sum = start
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    sum = crc32(bytes.subarray(at, at + sliceBytes), sum)
    await nextTurn()
  }
  return sum
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(Math.max(0, length))
  await fill(file, bytes, at)
  return bytes
}

async function fill(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, at + done)
    if (bytesRead === 0) throw new Error('the file is cut off')
    done += bytesRead
  }
}

/** FNV-1a of the UTF-16 units, stirred so that all 32 bits depend on each. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** The first place whose value is not less than `value`. */
function lowerBound(sorted: Uint32Array, value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}
