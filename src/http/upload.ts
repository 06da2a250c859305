import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Application, uploading } from '#flows'
import { attempt, err, type Result } from '#kernel'
import type { KeptFile } from '#sheets'
import { type Reply, type UploadId, uploads } from '#wire'
import { tooManyUploads } from './faults.ts'
import { type Asked, guarded } from './route.ts'

/** Each holds a file on the disk. */
const atOnceMax = 8
/** So long what nobody wants any more is still listened to: a sender that is cut off at once hears no answer. */
const lingerMs = 1_000

const counts = new WeakMap<Application, { now: number }>()

/** A guarded route whose body is a file. Only whoever may ask it is listened to; the file is closed when it is answered. */
export function uploadRoute<R extends UploadId>(
  server: FastifyInstance,
  application: Application,
  id: R,
  handle: (asked: Asked<R>, file: KeptFile) => Promise<Result<Reply<R>>>,
): void {
  server.register(async inner => {
    inner.removeAllContentTypeParsers()
    // The body stays where it is until it is known that somebody may send it.
    inner.addContentTypeParser('application/octet-stream', (_, __, done) => done(null))
    guarded(inner, id, (request, asked) =>
      oneOfFew(application, async () => {
        const kept = await received(application, request, uploads[id])
        if (!kept.ok) return kept
        try {
          return await handle(asked, kept.value)
        } finally {
          await kept.value.close()
        }
      }),
    )
  })
}

async function received(
  application: Application,
  { raw, headers }: FastifyRequest,
  bytesMax: number,
): Promise<Result<KeptFile>> {
  const announced = Number(headers['content-length'] ?? 0)
  const { socket } = raw
  // Whatever is left of it must not take the answer along.
  const arriving = raw.iterator({ destroyOnReturn: false })
  const kept = await attempt(() => uploading.keep(application, { arriving, announced, bytesMax }))
  if (!kept.ok && !raw.complete) {
    raw.resume()
    setTimeout(() => raw.complete || socket.destroy(), lingerMs).unref()
  }
  return kept
}

async function oneOfFew<T>(application: Application, work: () => Promise<Result<T>>): Promise<Result<T>> {
  const count = counts.get(application) ?? { now: 0 }
  counts.set(application, count)
  if (count.now >= atOnceMax) return err(tooManyUploads())
  count.now++
  try {
    return await work()
  } finally {
    count.now--
  }
}
