import { randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { FaultError } from '#kernel'
import { fileBrokenOff, fileMissing, fileNoRoom, fileTooLarge } from './faults.ts'

const chunkBytes = 2 ** 16

/** A file that can be read from any place, as often as needed, until it is closed. */
export interface KeptFile {
  readonly bytes: number
  readonly fd: number
  /** Its bytes from a place on, as they are read. */
  from(start: number): AsyncIterable<Buffer>
  close(): Promise<void>
}

export interface Arriving {
  readonly arriving: AsyncIterable<Uint8Array>
  /** How many bytes it says it has; it need not be true. */
  readonly announced?: number
  readonly bytesMax: number
}

/**
 * Writes what arrives to a file of its own that has no name any more as soon as it is open: whatever becomes of this process,
 * the system takes it away with the last hand on it. Faults file.too-large (as soon as it is), file.broken-off, file.no-room.
 */
export async function keepFile(
  { arriving, announced = 0, bytesMax }: Arriving,
  folder: string,
): Promise<KeptFile> {
  if (announced > bytesMax) throw new FaultError(fileTooLarge(bytesMax))
  const handle = await openNameless(folder)
  try {
    let bytes = 0
    for await (const chunk of wholly(arriving)) {
      bytes += chunk.length
      if (bytes > bytesMax) throw new FaultError(fileTooLarge(bytesMax))
      await handle.writeFile(chunk)
    }
    return kept(handle, bytes)
  } catch (error) {
    await handle.close()
    throw isNoRoom(error) ? new FaultError(fileNoRoom()) : error
  }
}

/** A file that lies on this machine, read where it is. Faults file.missing, file.too-large. */
export async function fileAt(file: string, bytesMax: number): Promise<KeptFile> {
  const handle = await open(file, 'r').catch(() => {
    throw new FaultError(fileMissing(file))
  })
  const stat = await handle.stat()
  const fault = stat.isFile()
    ? stat.size > bytesMax
      ? fileTooLarge(bytesMax)
      : undefined
    : fileMissing(file)
  if (fault === undefined) return kept(handle, stat.size)
  await handle.close()
  throw new FaultError(fault)
}

/** Takes away the names that a process left when it was killed between opening a file and taking its name. */
export async function clearKept(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  await Promise.all(names.map(name => rm(path.join(folder, name), { force: true })))
}

async function openNameless(folder: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, randomBytes(12).toString('hex'))
  const handle = await open(file, 'wx+', 0o600)
  await rm(file, { force: true })
  return handle
}

/** Whoever sends may hang up at any moment. */
async function* wholly(arriving: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = arriving[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await chunks.next().catch(() => {
        throw new FaultError(fileBrokenOff())
      })
      if (next.done === true) return
      yield next.value
    }
  } finally {
    await chunks.return?.()
  }
}

function kept(handle: FileHandle, bytes: number): KeptFile {
  return {
    bytes,
    fd: handle.fd,
    from: start => bytesFrom(handle, start),
    close: () => handle.close(),
  }
}

async function* bytesFrom(handle: FileHandle, start: number): AsyncGenerator<Buffer> {
  for (let at = start; ; ) {
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, at)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
    at += bytesRead
  }
}

function isNoRoom(error: unknown): boolean {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return code === 'ENOSPC' || code === 'EDQUOT'
}
