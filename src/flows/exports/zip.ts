import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

export interface ZipPart {
  readonly name: string
  readonly content: AsyncIterable<Buffer> | Iterable<Buffer>
}

/** Nothing in an archive tells when it was made: equal contents give equal files. */
const options = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true }

/** A zip archive as it is written, in constant memory. A part that fails on the way fails the archive. */
export async function* zipFile(parts: Iterable<ZipPart>): AsyncGenerator<Buffer> {
  const zip = new ZipFile()
  const archive = zip.outputStream as Readable
  const opened: Readable[] = []
  zip.on('error', (error: Error) => archive.destroy(error))
  for (const { name, content } of parts) {
    zip.addReadStreamLazy(name, options, send => {
      const source = Readable.from(content)
      source.on('error', error => archive.destroy(error))
      opened.push(source)
      send(null, source)
    })
  }
  zip.end()
  try {
    yield* archive as AsyncIterable<Buffer>
  } finally {
    for (const source of opened) source.destroy()
  }
}
