import type { FastifyInstance } from 'fastify'
import { type Application, listOutbox, tellReceipt, tellRecharge, tellReply } from '#flows'
import { route } from '../route.ts'

/** The outbox people look at, and what machines tell us between nights. */
export function contactRoutes(server: FastifyInstance, application: Application): void {
  route(server, 'listOutbox', ({ asker, query }) => listOutbox(application, asker, query))
  route(server, 'postRecharge', ({ body }) => tellRecharge(application, body))
  route(server, 'postReceipt', ({ body }) => tellReceipt(application, body))
  route(server, 'postReply', ({ body }) => tellReply(application, body))
}
