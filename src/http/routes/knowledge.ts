import type { FastifyInstance } from 'fastify'
import { type Application, effects, listFactors } from '#flows'
import { route } from '../route.ts'

/** What is known and whether it works: factors, effects. */
export function knowledgeRoutes(server: FastifyInstance, application: Application): void {
  route(server, 'listFactors', () => listFactors(application))
  route(server, 'listEffects', ({ asker, query }) => effects(application, asker.scope, query.against))
}
