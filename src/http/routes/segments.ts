import type { FastifyInstance } from 'fastify'
import { type Application, knowing } from '#flows'
import { route } from '../route.ts'

/** Where customers stand: the map, who moved on it, what is tagged, and who stands behind a count. */
export function segmentRoutes(server: FastifyInstance, application: Application): void {
  route(server, 'showSegments', ({ asker, query }) => knowing.map.show(application, asker, query.day))
  route(server, 'listSegmentMoves', ({ asker, query }) => knowing.map.moves(application, asker, query))
  route(server, 'listSegmentCustomers', ({ asker, query }) =>
    knowing.map.customers(application, asker, query),
  )
  route(server, 'listTags', ({ asker }) => knowing.tags.list(application, asker))
  route(server, 'showTag', ({ asker, params }) => knowing.tags.show(application, asker, params.id))
  route(server, 'listTagCustomers', ({ asker, params, query }) =>
    knowing.tags.customers(application, asker, params.id, query),
  )
}
