import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { type Application, knowing } from '#flows'
import type { PathParts } from '#wire'
import { answer } from '../errors.ts'
import { askerOf, route, shape } from '../route.ts'
import { uploadRoute } from '../upload.ts'

/** Where customers stand: the map, who moved on it, what is tagged, and who stands behind a count. */
export function segmentRoutes(server: FastifyInstance, application: Application): void {
  const { map } = knowing
  route(server, 'showSegments', ({ asker, query }) => map.show(application, asker, query.day))
  route(server, 'listSegmentMoves', ({ asker, query }) => map.moves(application, asker, query))
  route(server, 'listSegmentCustomers', ({ asker, query }) => map.customers(application, asker, query))
  route(server, 'tryMap', ({ asker, body }) => map.life.tryOut(application, asker, body.yaml))
  route(server, 'saveMap', ({ asker, body }) => map.life.save(application, asker, body.yaml))
  route(server, 'activateMap', ({ asker, body }) => map.life.activate(application, asker, body))
  route(server, 'listMapVersions', () => map.life.versions(application))
  route(server, 'writeMap', () => map.life.write(application))
  tagRoutes(server, application)
}

function tagRoutes(server: FastifyInstance, application: Application): void {
  const { tags } = knowing
  route(server, 'listTags', ({ asker }) => tags.list(application, asker))
  route(server, 'showTag', ({ asker, params }) => tags.show(application, asker, params.id))
  route(server, 'listTagCustomers', ({ asker, params, query }) =>
    tags.customers(application, asker, params.id, query),
  )
  route(server, 'saveTag', ({ asker, body }) => tags.life.save(application, asker, body.tag))
  route(server, 'importTags', ({ asker, body }) => tags.life.read(application, asker, body))
  route(server, 'listTagVersions', ({ params }) => tags.life.versions(application, params.id))
  route(server, 'writeTag', ({ params }) => tags.life.write(application, params.id))
  route(server, 'activateTag', ({ asker, params }) => tags.life.activate(application, asker, params.id))
  route(server, 'retireTag', ({ asker, params, body }) =>
    tags.life.retire(application, asker, { ...body, id: params.id }),
  )
  uploadRoute(server, application, 'fillTag', ({ asker, params }, kept) =>
    tags.fill(application, asker, { id: params.id, file: kept }),
  )
  server.route({
    ...shape('downloadTagFaults'),
    handler: async (request, reply) => {
      const { id } = request.params as PathParts<'downloadTagFaults'>
      // Throws for whoever may not.
      askerOf(request, 'downloadTagFaults')
      const found = await tags.faults(application, id)
      if (!found.ok) return answer(reply, found.fault)
      reply.header('content-type', 'text/csv; charset=utf-8')
      reply.header('content-disposition', `attachment; filename="${found.value.name}"`)
      return reply.send(Readable.from(found.value.content))
    },
  })
}
