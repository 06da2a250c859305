import type { FastifyInstance } from 'fastify'
import { type Application, knowing } from '#flows'
import { route } from '../route.ts'

/** The warnings that are open, and how they stand. */
export function warningRoutes(server: FastifyInstance, application: Application): void {
  route(server, 'listWarnings', ({ asker, query }) => knowing.warnings.list(application, asker, query))
}
