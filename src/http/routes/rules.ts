import type { FastifyInstance } from 'fastify'
import { type Application, listRules, rulePreview, showRule } from '#flows'
import { route } from '../route.ts'

/** Rules in force, and what a rule that is being written would do. */
export function ruleRoutes(server: FastifyInstance, application: Application): void {
  route(server, 'listRules', ({ asker }) => listRules(application, asker.scope))
  route(server, 'showRule', ({ asker, params }) => showRule(application, asker.scope, params.id))
  route(server, 'countDraft', ({ asker, body: draft, signal }) =>
    rulePreview.count(application, asker, { draft, signal }),
  )
  route(server, 'pictureDraft', ({ asker, body: draft, signal }) =>
    rulePreview.picture(application, asker, { draft, signal }),
  )
  route(server, 'overlapDraft', ({ asker, body: draft, signal }) =>
    rulePreview.overlap(application, asker, { draft, signal }),
  )
  route(server, 'varyDraft', ({ asker, body: draft, signal }) =>
    rulePreview.sensitivity(application, asker, { draft, signal }),
  )
}
