import type { FastifyInstance } from 'fastify'
import { type Application, knowing } from '#flows'
import { route } from '../route.ts'

/** The days on which customers deserve a word. */
export function careRoutes(server: FastifyInstance, application: Application): void {
  route(server, 'showCare', ({ asker, query }) => knowing.care.show(application, asker, query))
}
