import fs from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { answer } from './errors.ts'
import { unknownRoute } from './faults.ts'

/** Serves the built console: hashed files for a year, its page always fresh, and the page for every address of its own. */
export async function serveConsole(server: FastifyInstance, folder: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: folder,
    index: false,
    wildcard: true,
    setHeaders: (reply, file) => {
      const isHashed = file.includes(`${path.sep}assets${path.sep}`)
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  const page = fs.readFileSync(path.join(folder, 'index.html'), 'utf8')
  server.setNotFoundHandler((request, reply) => {
    const wantsPage =
      request.method === 'GET' &&
      !request.url.startsWith('/api/') &&
      !path.extname(request.url.split('?')[0] ?? '')
    if (!wantsPage) return answer(reply, unknownRoute())
    return sendPage(reply, page)
  })
  server.get('/', { schema: { hide: true } }, (_, reply) => sendPage(reply, page))
}

/** Style elements are admitted by a nonce, a new one for each time the page is sent. */
function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply
    .header('cache-control', 'no-cache')
    .type('text/html; charset=utf-8')
    .send(page.replace('nonce-of-this-page', reply.cspNonce.style))
}
