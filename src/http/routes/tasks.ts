import type { FastifyInstance } from 'fastify'
import {
  type Application,
  claimTask,
  dropTask,
  listTasks,
  outcomeChoices,
  recordOutcome,
  sendTask,
  showTask,
} from '#flows'
import { ok } from '#kernel'
import { route } from '../route.ts'

export function taskRoutes(server: FastifyInstance, application: Application): void {
  route(server, 'listTasks', ({ asker, query }) => listTasks(application, asker, query))
  route(server, 'showTask', ({ asker, params }) => showTask(application, asker, params.id))
  route(server, 'claimTask', ({ asker, params }) => claimTask(application, asker, params.id))
  route(server, 'recordOutcome', ({ asker, params, body }) =>
    recordOutcome(application, asker, params.id, body),
  )
  route(server, 'dropTask', ({ asker, params, body }) => dropTask(application, asker, params.id, body.why))
  route(server, 'sendTask', ({ asker, params }) => sendTask(application, asker, params.id))
  route(server, 'listOutcomes', () => Promise.resolve(ok(outcomeChoices())))
}
