import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance } from 'fastify'
import { type Application, uploading } from '#flows'
import { refuseBadValues } from './bad-values.ts'
import { serveConsole } from './console.ts'
import { cookiesFor } from './cookies.ts'
import { answer, answerFaults } from './errors.ts'
import { malformed, unknownRoute } from './faults.ts'
import { answerBrokenRequests, hurryBodies, secureHeaders } from './hardening.ts'
import { shape } from './route.ts'
import { accountRoutes } from './routes/account.ts'
import { auditRoutes } from './routes/audit.ts'
import { campaignRoutes } from './routes/campaigns.ts'
import { careRoutes } from './routes/care.ts'
import { contactRoutes } from './routes/contacts.ts'
import { exportRoutes } from './routes/exports.ts'
import { knowledgeRoutes } from './routes/knowledge.ts'
import { listRoutes } from './routes/lists.ts'
import { nightRoutes } from './routes/nights.ts'
import { organisationRoutes } from './routes/organisation.ts'
import { ruleRoutes } from './routes/rules.ts'
import { segmentRoutes } from './routes/segments.ts'
import { subscriberRoutes } from './routes/subscribers.ts'
import { taskRoutes } from './routes/tasks.ts'
import { tokenRoutes } from './routes/tokens.ts'
import { warningRoutes } from './routes/warnings.ts'
import { guard } from './session.ts'
import { plainSettings, type Settings } from './settings.ts'
import { signInRoutes } from './sign-in.ts'

export interface ServerOptions {
  /** Folder of the built console; without it only the API is served. */
  readonly consoleFolder?: string
  readonly version: string
  readonly logs: boolean
  readonly settings?: Settings
}

const bodyBytesMax = 256 * 1024
const headerBytesMax = 16 * 1024
const headersMax = 100
const bodyMs = 30_000
/** The largest list takes a minute over a line of 4 Mbit/s. */
const fileMs = 300_000
/** By address: a whole office may share one. */
const requestsPerMinuteMax = 6_000

/** The API and the console over one application. Logs carry no numbers, names or bodies: method, route, status, time. */
export async function buildServer(
  application: Application,
  options: ServerOptions,
): Promise<FastifyInstance> {
  const settings = options.settings ?? plainSettings
  const cookies = cookiesFor(settings)
  const server = Fastify({
    bodyLimit: bodyBytesMax,
    requestTimeout: fileMs,
    http: { maxHeaderSize: headerBytesMax, headersTimeout: 15_000 },
    clientErrorHandler: answerBrokenRequests,
    frameworkErrors: (_, __, reply) => {
      answer(reply, malformed('address'))
    },
    trustProxy: settings.proxy ?? false,
    logger: options.logs ? { level: 'warn', serializers: { req: requestForLog } } : false,
    routerOptions: { maxParamLength: 240 },
  })
  server.server.maxHeadersCount = headersMax
  server.removeContentTypeParser('text/plain')
  await secureHeaders(server, settings)
  hurryBodies(server, bodyMs)
  await server.register(cookie)
  await server.register(rateLimit, { max: requestsPerMinuteMax, timeWindow: '1 minute' })
  await server.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Weiwan', version: options.version } },
  })
  answerFaults(server)
  guard(server, application, cookies)
  refuseBadValues(server)
  server.route({ ...shape('health'), handler: () => ({ alive: true, version: options.version }) })
  signInRoutes(server, application, { settings, cookies })
  accountRoutes(server, application)
  tokenRoutes(server, application)
  server.addHook('onReady', () => uploading.clear(application))
  organisationRoutes(server, application)
  taskRoutes(server, application)
  subscriberRoutes(server, application)
  nightRoutes(server, application)
  knowledgeRoutes(server, application)
  ruleRoutes(server, application)
  campaignRoutes(server, application)
  segmentRoutes(server, application)
  careRoutes(server, application)
  warningRoutes(server, application)
  contactRoutes(server, application)
  exportRoutes(server, application)
  listRoutes(server, application)
  auditRoutes(server, application)
  server.get('/api/openapi.json', { schema: { hide: true } }, () => server.swagger())
  if (options.consoleFolder === undefined)
    server.setNotFoundHandler((_, reply) => answer(reply, unknownRoute()))
  else await serveConsole(server, options.consoleFolder)
  return server
}

/** The route's pattern and never the address itself: that may name a subscriber. */
function requestForLog(request: { method: string; routeOptions?: { url?: string | undefined } }) {
  return { method: request.method, route: request.routeOptions?.url ?? 'unknown' }
}
