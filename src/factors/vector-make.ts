import { constants, crc32, zstdCompressSync } from 'node:zlib'
import { type ColumnBatch, type Sql, type Warehouse, writeAppended } from '#warehouse'
import { BlockWriter, blockRows } from './vector-block.ts'
import {
  blockHeadBytes,
  checksum,
  emptyIndex,
  footBytes,
  hashOf,
  magic,
  partsOf,
  type VectorHeader,
  type VectorIndex,
} from './vector-file.ts'

const level = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** Writes a relation's rows, in its order, as a vector file; nothing for a relation without rows. */
export async function makeVectorFile(
  warehouse: Warehouse,
  relation: Sql,
  to: string,
  fingerprint: string,
): Promise<{ readonly rows: number; readonly bytes: number }> {
  const batches = warehouse.columns(relation)
  const first = await batches.next()
  if (first.done) return { rows: 0, bytes: 0 }
  const made = new Making()
  await writeAppended(to, async append => {
    const columns = first.value.columns.map(({ name, is }) => ({ name, is }))
    await append(made.head({ fingerprint, columns }))
    await append(made.blocks(first.value))
    for await (const batch of batches) await append(made.blocks(batch))
    const index = made.index()
    const parts = partsOf(index)
    let sum = 0
    for (const part of parts) {
      sum = await checksum(part, sum)
      await append(part)
    }
    await append(made.foot(index, sum))
  })
  return { rows: made.rows, bytes: made.bytes }
}

/** What is known of a file while it is written: where each block is, and whose row stands where. */
class Making {
  rows = 0
  bytes = 0
  readonly #writer = new BlockWriter()
  readonly #firsts: number[] = []
  readonly #offsets: number[] = []
  /** For each row its hash above its number: sorted, they are the index. */
  #keys = new BigUint64Array(1 << 16)

  head(header: VectorHeader): Uint8Array {
    const text = Buffer.from(JSON.stringify(header))
    const head = Buffer.alloc(8)
    head.writeUInt32LE(text.length, 0)
    head.writeUInt32LE(crc32(text), 4)
    return this.#counted(Buffer.concat([magic, head, text]))
  }

  blocks(batch: ColumnBatch): Uint8Array {
    this.#enterKeys(batch)
    const parts: Buffer[] = []
    for (let from = 0; from < batch.rows; from += blockRows) {
      const n = Math.min(blockRows, batch.rows - from)
      this.#firsts.push(this.rows)
      this.#offsets.push(this.bytes)
      const part = this.#block(batch, from, n)
      this.rows += n
      this.bytes += part.length
      parts.push(part)
    }
    return Buffer.concat(parts)
  }

  #block(batch: ColumnBatch, from: number, n: number): Buffer {
    const writer = this.#writer
    writer.at = 0
    for (const column of batch.columns) writer.column(column, from, n)
    const packed = zstdCompressSync(writer.bytes.subarray(0, writer.at), level)
    const part = Buffer.allocUnsafe(blockHeadBytes + packed.length)
    part.writeUInt32LE(writer.at, 4)
    part.set(packed, blockHeadBytes)
    part.writeUInt32LE(crc32(part.subarray(4)), 0)
    return part
  }

  #enterKeys({ columns, rows }: ColumnBatch): void {
    const ids = columns.find(c => c.name === 'subscriber_id')
    if (ids?.is !== 'text') throw new TypeError('a vector file needs a column subscriber_id')
    if (this.rows + rows > this.#keys.length) {
      const wider = new BigUint64Array((this.rows + rows) * 2)
      wider.set(this.#keys)
      this.#keys = wider
    }
    const words = new Uint32Array(this.#keys.buffer)
    for (let i = 0; i < rows; i++) {
      words[(this.rows + i) * 2] = this.rows + i
      words[(this.rows + i) * 2 + 1] = hashOf(ids.texts[i] ?? '')
    }
  }

  index(): VectorIndex {
    const index = emptyIndex(this.#firsts.length, this.rows)
    index.firsts.set([...this.#firsts, this.rows])
    index.offsets.set([...this.#offsets, this.bytes])
    const keys = this.#keys.subarray(0, this.rows).sort()
    const words = new Uint32Array(keys.buffer)
    for (let i = 0; i < this.rows; i++) {
      index.rows[i] = words[i * 2] as number
      index.hashes[i] = words[i * 2 + 1] as number
    }
    return index
  }

  foot(index: VectorIndex, sum: number): Uint8Array {
    const foot = Buffer.alloc(footBytes)
    foot.writeBigUInt64LE(BigInt(this.bytes), 0)
    foot.writeUInt32LE(this.#firsts.length, 8)
    foot.writeUInt32LE(index.rows.length, 12)
    foot.writeUInt32LE(sum, 16)
    magic.copy(foot, 20)
    this.bytes += footBytes + partsOf(index).reduce((all, p) => all + p.length, 0)
    return foot
  }

  #counted(bytes: Buffer): Buffer {
    this.bytes += bytes.length
    return bytes
  }
}
