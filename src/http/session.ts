import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Application, type Asker, askerFrom } from '#flows'
import { can, type Permission, staffOf } from '#governance'
import { FaultError } from '#kernel'
import { type RouteId, routes } from '#wire'
import { answer } from './errors.ts'
import { fromElsewhere, passwordOwnNeeded, permissionMissing, sessionMissing } from './faults.ts'

export const cookieName = 'weiwan_session'

/** What a caller must be allowed to do; null: anybody who is signed in. A route without a line does not compile. */
export const permissionFor: Readonly<Record<RouteId, Permission | null>> = {
  health: null,
  signIn: null,
  whoAmI: null,
  signOut: null,
  changePassword: null,
  listTasks: 'task.look',
  showTask: 'task.look',
  claimTask: 'task.work',
  recordOutcome: 'task.work',
  dropTask: 'task.work',
  sendTask: 'task.send',
  listOutcomes: null,
  findSubscribers: 'subscriber.look',
  showSubscriber: 'subscriber.look',
  showFactorHistory: 'subscriber.look',
  listNights: 'night.look',
  showNight: 'night.look',
  stopNight: 'night.stop',
  listRules: 'rule.look',
  showRule: 'rule.look',
  listFactors: 'factor.look',
  listEffects: 'effect.look',
  listOutbox: 'outbox.look',
  listFeeds: 'feed.look',
  postRecharge: 'live.tell',
  postReceipt: 'live.tell',
  postReply: 'live.tell',
}

const openRequests = new Set(
  Object.values(routes)
    .filter(r => r.open)
    .map(r => `${r.method} ${r.path}`),
)

/** All that is open to somebody who still has a password that another person knows. */
const beforeOwnPassword: ReadonlySet<RouteId> = new Set(['whoAmI', 'signOut', 'changePassword'])

const askers = new WeakMap<FastifyRequest, Asker>()

/** Everything under /api but the open routes is refused without a session, also what does not exist. */
export function guard(server: FastifyInstance, application: Application): void {
  server.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    if (!path.startsWith('/api')) return undefined
    if (request.method !== 'GET' && isFromElsewhere(request)) return answer(reply, fromElsewhere())
    if (openRequests.has(`${request.method} ${path}`)) return undefined
    const asker = await askerOf(request, application)
    if (asker === undefined) return answer(reply, sessionMissing())
    askers.set(request, asker)
    return undefined
  })
}

/** The asker of a guarded request. Faults permission.missing when the role may not ask this route, password.own-needed. */
export function askerFor(request: FastifyRequest, id: RouteId): Asker {
  const asker = askers.get(request)
  if (asker === undefined) throw new FaultError(sessionMissing())
  if (asker.staff.mustChangePassword && !beforeOwnPassword.has(id)) throw new FaultError(passwordOwnNeeded())
  const needed = permissionFor[id]
  if (needed !== null && !can(asker.staff, needed)) throw new FaultError(permissionMissing())
  return asker
}

async function askerOf(request: FastifyRequest, application: Application): Promise<Asker | undefined> {
  const token = request.cookies[cookieName]
  if (token === undefined) return undefined
  const staff = await staffOf(application.desk.db, token, application.clock.now())
  return staff && askerFrom(application, staff)
}

/** Cross-site requests carry these headers in every current browser; machines without a browser send neither. */
function isFromElsewhere(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin'
  const { origin, host } = request.headers
  return origin !== undefined && URL.parse(origin)?.host !== host
}
