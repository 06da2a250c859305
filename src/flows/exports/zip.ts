import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'

export interface ZipPart {
  readonly name: string
  readonly content: AsyncIterable<Buffer> | Iterable<Buffer>
}

interface Written {
  readonly name: Buffer
  readonly at: number
  readonly crc: number
  readonly packed: number
  readonly plain: number
}

const localHeader = 0x04034b50
const sizesAfter = 0x08074b50
const directoryEntry = 0x02014b50
const directoryEnd = 0x06054b50
/** Sizes follow the content; names are UTF-8. */
const flags = 0x0808
const deflated = 8
const needed = 20
/** The first of January 1980: equal contents give equal files. */
const date = 0x21
const bytesMax = 0xffff_ffff

/** A zip archive as it is written, in constant memory, up to 4 GiB. Nothing in it tells when it was made. */
export async function* zipFile(parts: AsyncIterable<ZipPart> | Iterable<ZipPart>): AsyncGenerator<Buffer> {
  const written: Written[] = []
  let at = 0
  for await (const { name, content } of parts) {
    const head = headOf(Buffer.from(name))
    yield head
    const counted = { crc: 0, plain: 0, packed: 0 }
    for await (const chunk of packed(content, counted)) {
      counted.packed += chunk.length
      yield chunk
    }
    yield sizesOf(counted)
    written.push({ name: Buffer.from(name), at, ...counted })
    at += head.length + counted.packed + 16
    if (at > bytesMax || counted.plain > bytesMax) throw new RangeError('a zip archive beyond 4 GiB')
  }
  const entries = Buffer.concat(written.map(entryOf))
  yield entries
  yield endOf(written.length, entries.length, at)
}

async function* packed(content: ZipPart['content'], counted: { crc: number; plain: number }) {
  const deflate = createDeflateRaw()
  const counting = async function* () {
    for await (const chunk of content) {
      counted.crc = crc32(chunk, counted.crc)
      counted.plain += chunk.length
      yield chunk
    }
  }
  const feeding = pipeline(Readable.from(counting()), deflate)
  // A failure of the content reaches whoever reads: the pipeline destroys the deflater with it.
  feeding.catch(() => undefined)
  yield* deflate as AsyncIterable<Buffer>
  await feeding
}

function headOf(name: Buffer): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(localHeader, 0)
  head.writeUInt16LE(needed, 4)
  head.writeUInt16LE(flags, 6)
  head.writeUInt16LE(deflated, 8)
  head.writeUInt16LE(date, 12)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name])
}

function sizesOf({ crc, packed: size, plain }: { crc: number; packed: number; plain: number }): Buffer {
  const sizes = Buffer.alloc(16)
  sizes.writeUInt32LE(sizesAfter, 0)
  sizes.writeUInt32LE(crc, 4)
  sizes.writeUInt32LE(size, 8)
  sizes.writeUInt32LE(plain, 12)
  return sizes
}

function entryOf({ name, at, crc, packed: size, plain }: Written): Buffer {
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(directoryEntry, 0)
  entry.writeUInt16LE(needed, 4)
  entry.writeUInt16LE(needed, 6)
  entry.writeUInt16LE(flags, 8)
  entry.writeUInt16LE(deflated, 10)
  entry.writeUInt16LE(date, 14)
  entry.writeUInt32LE(crc, 16)
  entry.writeUInt32LE(size, 20)
  entry.writeUInt32LE(plain, 24)
  entry.writeUInt16LE(name.length, 28)
  entry.writeUInt32LE(at, 42)
  return Buffer.concat([entry, name])
}

function endOf(count: number, size: number, at: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(directoryEnd, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(at, 16)
  return end
}
