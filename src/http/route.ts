import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Asker } from '#flows'
import type { From } from '#governance'
import type { Result } from '#kernel'
import {
  type Body,
  endpoints,
  fault,
  isUpload,
  type PathParts,
  pathParts,
  type Query,
  type Reply,
  type RouteId,
  routes,
} from '#wire'
import { answer } from './errors.ts'
import { askerFor, fromOf, sessionIdOf } from './session.ts'

/** What a handler is asked: already checked against the wire, by somebody who is signed in and may ask it. */
export interface Asked<R extends RouteId> {
  readonly query: Query<R>
  readonly body: Body<R>
  readonly params: PathParts<R>
  readonly asker: Asker
  readonly from: From
  /** The session that asks; null for a token. */
  readonly sessionId: string | null
  /** Aborted when whoever asked has gone. */
  readonly signal: AbortSignal
}

/** Puts one guarded route of the wire on the server. */
export function route<R extends RouteId>(
  server: FastifyInstance,
  id: R,
  handle: (asked: Asked<R>) => Promise<Result<Reply<R>>>,
): void {
  guarded(server, id, (_, asked) => handle(asked))
}

/** The same for a handler that needs the request itself. */
export function guarded<R extends RouteId>(
  server: FastifyInstance,
  id: R,
  handle: (request: FastifyRequest, asked: Asked<R>) => Promise<Result<Reply<R>>>,
): void {
  server.route({
    ...shape(id),
    // Before its parts are looked at: what is wrong with a question is told to nobody who may not ask it.
    preValidation: async (request: FastifyRequest) => {
      askerFor(request, id)
    },
    handler: async (request: FastifyRequest, reply) => {
      const result = await handle(request, {
        query: request.query as Query<R>,
        body: request.body as Body<R>,
        params: request.params as PathParts<R>,
        asker: askerOf(request, id),
        from: fromOf(request),
        sessionId: sessionIdOf(request),
        signal: goneOf(reply),
      })
      return result.ok ? reply.send(result.value) : answer(reply, result.fault)
    },
  })
}

/** Aborted when the connection closes before the answer was sent. */
function goneOf({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort()
  })
  return gone.signal
}

/** Who asks, and from where. */
export function askerOf(request: FastifyRequest, id: RouteId): Asker {
  return { ...askerFor(request, id), from: request.ip }
}

const fileBody = {
  content: { 'application/octet-stream': { schema: { description: 'the file: CSV, or Excel (.xlsx)' } } },
}

/** Method, address and schemas of a route, for Fastify. */
export function shape(id: RouteId) {
  const endpoint: { query?: unknown; body?: unknown; reply: unknown } = endpoints[id]
  const hasParts = routes[id].path.includes(':')
  return {
    method: routes[id].method,
    url: routes[id].path,
    schema: {
      operationId: id,
      response: { 200: endpoint.reply, default: fault },
      ...(endpoint.query === undefined ? {} : { querystring: endpoint.query }),
      ...(endpoint.body === undefined ? {} : { body: endpoint.body }),
      ...(isUpload(id) ? { body: fileBody } : {}),
      ...(hasParts ? { params: pathParts } : {}),
    },
  }
}
