import type { FastifyInstance } from 'fastify'
import { type Application, type Asker, approvalDesk, auditDesk, type Looker } from '#flows'
import { route } from '../route.ts'

/** Who did what, and what waits for a second person. */
export function auditRoutes(server: FastifyInstance, application: Application): void {
  route(server, 'listAudit', ({ asker, query }) => auditDesk.look(application, looker(asker), query))
  route(server, 'verifyAudit', ({ asker }) => auditDesk.verify(application, looker(asker)))
  route(server, 'listApprovals', ({ asker, query }) => approvalDesk.list(application, asker, query))
  route(server, 'showApproval', ({ asker, params }) => approvalDesk.show(application, asker, params.id))
  for (const [id, verdict] of verdicts) {
    route(server, id, ({ asker, params, body }) =>
      approvalDesk.decide(application, asker, { id: params.id, verdict, comment: body.comment }),
    )
  }
}

const verdicts = [
  ['approve', 'approve'],
  ['reject', 'reject'],
  ['cancelApproval', 'cancel'],
] as const

function looker({ staff, scope, from }: Asker): Looker {
  return { staffId: staff.id, scope, from }
}
