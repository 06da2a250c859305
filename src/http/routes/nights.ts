import type { FastifyInstance } from 'fastify'
import { type Application, feedReport, listNights, showNight } from '#flows'
import { route } from '../route.ts'

export function nightRoutes(server: FastifyInstance, application: Application): void {
  route(server, 'listNights', () => listNights(application))
  route(server, 'showNight', ({ params }) => showNight(application, params.day))
  route(server, 'listFeeds', () => feedReport(application))
}
