import type { FastifyInstance } from 'fastify'
import { type Application, feedReport, listNights, showNight, stopNight } from '#flows'
import { route } from '../route.ts'

export function nightRoutes(server: FastifyInstance, application: Application): void {
  route(server, 'listNights', () => listNights(application))
  route(server, 'showNight', ({ params }) => showNight(application, params.day))
  route(server, 'stopNight', ({ params, asker }) => stopNight(application, { asker, day: params.day }))
  route(server, 'listFeeds', () => feedReport(application))
}
