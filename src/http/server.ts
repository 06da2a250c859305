import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Application } from '#flows'
import { serveConsole } from './console.ts'
import { answer, answerFaults } from './errors.ts'
import { unknownRoute } from './faults.ts'
import { shape } from './route.ts'
import { contactRoutes } from './routes/contacts.ts'
import { knowledgeRoutes } from './routes/knowledge.ts'
import { nightRoutes } from './routes/nights.ts'
import { subscriberRoutes } from './routes/subscribers.ts'
import { taskRoutes } from './routes/tasks.ts'
import { guard } from './session.ts'
import { signInRoutes } from './sign-in.ts'

export interface ServerOptions {
  /** Folder of the built console; without it only the API is served. */
  readonly consoleFolder?: string
  readonly version: string
  readonly logs: boolean
}

const bodyBytesMax = 256 * 1024
const requestsPerMinuteMax = 1_200

/** The API and the console over one application. Logs carry no numbers, names or bodies: method, route, status, time. */
export async function buildServer(
  application: Application,
  options: ServerOptions,
): Promise<FastifyInstance> {
  const server = Fastify({
    bodyLimit: bodyBytesMax,
    requestTimeout: 30_000,
    logger: options.logs ? { level: 'warn', serializers: { req: requestForLog } } : false,
    routerOptions: { maxParamLength: 240 },
  })
  await server.register(helmet, { contentSecurityPolicy: { directives: contentSecurity }, hsts: false })
  await server.register(cookie)
  await server.register(rateLimit, { max: requestsPerMinuteMax, timeWindow: '1 minute' })
  await server.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Weiwan', version: options.version } },
  })
  answerFaults(server)
  guard(server, application)
  server.route({ ...shape('health'), handler: () => ({ alive: true, version: options.version }) })
  signInRoutes(server, application)
  taskRoutes(server, application)
  subscriberRoutes(server, application)
  nightRoutes(server, application)
  knowledgeRoutes(server, application)
  contactRoutes(server, application)
  server.get('/api/openapi.json', { schema: { hide: true } }, () => server.swagger())
  if (options.consoleFolder === undefined)
    server.setNotFoundHandler((_, reply) => answer(reply, unknownRoute()))
  else await serveConsole(server, options.consoleFolder)
  return server
}

/** No inline script anywhere. Styles are set by the component library at run time. */
const contentSecurity = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'object-src': ["'none'"],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'self'"],
  'form-action': ["'self'"],
  // Plain http on a loopback address is a supported way to run.
  'upgrade-insecure-requests': null,
}

/** The route's pattern and never the address itself: that may name a subscriber. */
function requestForLog(request: { method: string; routeOptions?: { url?: string | undefined } }) {
  return { method: request.method, route: request.routeOptions?.url ?? 'unknown' }
}
