import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { type Application, listDesk } from '#flows'
import type { PathParts } from '#wire'
import { answer } from '../errors.ts'
import { askerOf, route, shape } from '../route.ts'
import { uploadRoute } from '../upload.ts'

/** Lists of people's own: from a file or a rule, checked, agreed to, worked. */
export function listRoutes(server: FastifyInstance, application: Application): void {
  route(server, 'listLists', ({ asker, query }) => listDesk.show(application, asker, query))
  route(server, 'showList', ({ asker, params }) => listDesk.one(application, asker, params.id))
  uploadRoute(server, application, 'importList', ({ asker, query }, file) =>
    listDesk.fromFile(application, asker, { wanted: wholly(query), file }),
  )
  route(server, 'listFromRule', ({ asker, body: { rule, ...wanted } }) =>
    listDesk.fromRule(application, asker, { wanted: wholly(wanted), rule }),
  )
  uploadRoute(server, application, 'checkList', ({ asker, params }, file) =>
    listDesk.check(application, asker, { id: params.id, file }),
  )
  route(server, 'submitList', ({ asker, params }) => listDesk.submit(application, asker, params.id))
  route(server, 'stopList', ({ asker, params }) => listDesk.stop(application, asker, params.id))
  server.route({
    ...shape('downloadListFaults'),
    handler: async (request, reply) => {
      const { id } = request.params as PathParts<'downloadListFaults'>
      const asker = askerOf(request, 'downloadListFaults')
      const found = await listDesk.faults(application, asker, id)
      if (!found.ok) return answer(reply, found.fault)
      reply.header('content-type', 'text/csv; charset=utf-8')
      reply.header('content-disposition', `attachment; filename="${found.value.name}"`)
      return reply.send(Readable.from(found.value.content))
    },
  })
}

interface Wanted {
  readonly title: string
  readonly reason: string
  readonly action?: string
  readonly days?: number
  readonly controlPercent?: number
}

/** A list holds for a week, keeps a tenth aside and is for a campaign unless told. */
function wholly({ title, reason, action, days = 7, controlPercent = 10 }: Wanted) {
  return { title: title.trim(), reason: reason.trim(), action: action ?? null, days, controlPercent }
}
