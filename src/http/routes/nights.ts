import type { FastifyInstance } from 'fastify'
import { type Application, feedReport, listNights, showNight, stopNight } from '#flows'
import { route } from '../route.ts'

export function nightRoutes(server: FastifyInstance, application: Application): void {
  route(server, 'listNights', ({ asker }) => listNights(application, asker.scope))
  route(server, 'showNight', ({ asker, params }) => showNight(application, asker.scope, params.day))
  route(server, 'stopNight', ({ params, asker }) => stopNight(application, { asker, day: params.day }))
  route(server, 'listFeeds', () => feedReport(application))
}
