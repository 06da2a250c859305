import type { FastifyInstance } from 'fastify'
import { type Application, exportDesk, unmaskChoices, unmaskValue } from '#flows'
import { ok } from '#kernel'
import type { PathParts } from '#wire'
import { answer } from '../errors.ts'
import { askerOf, route, shape } from '../route.ts'

/** What leaves in a file, and what is shown in full. */
export function exportRoutes(server: FastifyInstance, application: Application): void {
  server.addHook('onReady', async () => void exportDesk.begin(application))
  server.addHook('onClose', () => exportDesk.stop(application))
  route(server, 'listPurposes', () => Promise.resolve(ok(unmaskChoices())))
  route(server, 'unmaskValue', ({ asker, params, body }) =>
    unmaskValue(application, asker, { ...body, subscriberId: params.id }),
  )
  route(server, 'listExports', ({ asker, query }) => exportDesk.list(application, asker, query))
  route(server, 'askExport', ({ asker, body }) => exportDesk.ask(application, asker, body))
  route(server, 'showExport', ({ asker, params }) => exportDesk.show(application, asker, params.id))
  route(server, 'cancelExport', ({ asker, params }) => exportDesk.cancel(application, asker, params.id))
  // A file and no JSON: streamed from the disk.
  server.route({
    ...shape('downloadExport'),
    handler: async (request, reply) => {
      const { id } = request.params as PathParts<'downloadExport'>
      const found = await exportDesk.download(application, askerOf(request, 'downloadExport'), id)
      if (!found.ok) return answer(reply, found.fault)
      const { name, type, bytes, content } = found.value
      reply.header('content-type', type)
      reply.header('content-length', bytes)
      reply.header('content-disposition', `attachment; filename="${name}"`)
      return reply.send(content)
    },
  })
}
