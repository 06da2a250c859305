import type { Socket } from 'node:net'
import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import { routes, type UploadId, uploads } from '#wire'
import type { Settings } from './settings.ts'

const yearS = 31_536_000

/**
 * Headers that keep a browser from doing what the console never asks for. Scripts come from here only. Style elements carry
 * a nonce; style attributes are admitted, because pictures and tables set sizes and colours through them.
 */
export async function secureHeaders(server: FastifyInstance, settings: Settings): Promise<void> {
  const isHttps = settings.address?.startsWith('https:') === true
  await server.register(helmet, {
    enableCSPNonces: true,
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurity },
    strictTransportSecurity: isHttps ? { maxAge: yearS, includeSubDomains: false } : false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
  server.addHook('onRequest', async (request, reply) => {
    reply.header('permissions-policy', nothingAllowed)
    // Whoever hung up before their question was read has no address any more, and hears no answer.
    if (request.raw.socket.remoteAddress !== undefined) return undefined
    reply.hijack()
    request.raw.destroy()
    return reply
  })
}

/** A body that is no file comes at once or not at all; files have as long as the server gives any request. */
export function hurryBodies(server: FastifyInstance, withinMs: number): void {
  server.addHook('onRequest', async ({ raw, routeOptions }, reply) => {
    if (filePaths.has(routeOptions.url ?? '')) return
    const { socket } = raw
    const timer = setTimeout(() => raw.complete || socket.destroy(), withinMs)
    reply.raw.once('close', () => clearTimeout(timer))
  })
}

const filePaths = new Set<string>(Object.keys(uploads).map(id => routes[id as UploadId].path))

const contentSecurity = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'script-src-attr': ["'none'"],
  'style-src': ["'self'"],
  'style-src-attr': ["'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'object-src': ["'none'"],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
}

const nothingAllowed = [
  'camera',
  'display-capture',
  'fullscreen',
  'geolocation',
  'microphone',
  'payment',
  'publickey-credentials-get',
  'usb',
]
  .map(feature => `${feature}=()`)
  .join(', ')

const plainAnswers: Readonly<Record<string, readonly [status: string, code: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'request.too-large'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'request.malformed'],
}

/** What is not even HTTP gets one short answer and no connection. */
export function answerBrokenRequests(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, code] = plainAnswers[error.code ?? ''] ?? ['400 Bad Request', 'request.malformed']
  const body = JSON.stringify({ code, en: 'the request is not understood', zh: '请求格式有误' })
  const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\nconnection: close`
  socket.end(`${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
}
