import type { FastifyInstance } from 'fastify'
import { type Application, listRules, ruleDesk, rulePreview, showRule } from '#flows'
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
  route(server, 'backtestDraft', ({ asker, body, signal }) => {
    const { what, withinDays, against, vary, ...draft } = body
    return rulePreview.backtest(application, asker, { what, withinDays, against, vary, draft, signal })
  })
  route(server, 'listPrecision', ({ asker, query: { what = 'left', withinDays = 30 }, signal }) =>
    rulePreview.precision(application, asker, { what, withinDays, signal }),
  )
  route(server, 'whyRules', ({ asker, params, query }) =>
    ruleDesk.why(application, asker, { id: params.id, day: query.day }),
  )
  route(server, 'saveRule', ({ asker, body }) => ruleDesk.save(application, asker, body.rule))
  route(server, 'importRules', ({ asker, body }) => ruleDesk.import(application, asker, body))
  route(server, 'listRuleVersions', ({ asker, params }) => ruleDesk.versions(application, asker, params.id))
  route(server, 'writeRule', ({ asker, params }) => ruleDesk.write(application, asker, params.id))
  route(server, 'activateRule', ({ asker, params, body }) =>
    ruleDesk.activate(application, asker, { ...body, id: params.id }),
  )
  route(server, 'retireRule', ({ asker, params, body }) =>
    ruleDesk.retire(application, asker, { ...body, id: params.id }),
  )
}
