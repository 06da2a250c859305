import type { FastifyInstance } from 'fastify'
import { type Application, effects, listFactors, listRules, showRule } from '#flows'
import { route } from '../route.ts'

/** What is known and whether it works: factors, rules, effects. */
export function knowledgeRoutes(server: FastifyInstance, application: Application): void {
  route(server, 'listFactors', () => listFactors(application))
  route(server, 'listRules', ({ asker }) => listRules(application, asker.scope))
  route(server, 'showRule', ({ asker, params }) => showRule(application, asker.scope, params.id))
  route(server, 'listEffects', ({ asker }) => effects(application, asker.scope))
}
