import type { FastifyInstance } from 'fastify'
import { type Application, findSubscribers, showFactorHistory, showSubscriber } from '#flows'
import { route } from '../route.ts'

export function subscriberRoutes(server: FastifyInstance, application: Application): void {
  route(server, 'findSubscribers', ({ asker, query }) => findSubscribers(application, asker, query))
  route(server, 'showSubscriber', ({ asker, params }) => showSubscriber(application, asker, params.id))
  route(server, 'showFactorHistory', ({ asker, params, query }) =>
    showFactorHistory(application, asker, { ...query, subscriberId: params.id, id: params.factor }),
  )
}
