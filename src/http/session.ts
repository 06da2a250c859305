import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Application, type Asker, askerFrom, asking } from '#flows'
import {
  can,
  type From,
  type Permission,
  permissionMissing,
  type Staff,
  sessionOf,
  tokens,
} from '#governance'
import { FaultError } from '#kernel'
import { type RouteId, routes } from '#wire'
import type { Cookies } from './cookies.ts'
import { answer } from './errors.ts'
import { fromElsewhere, passwordOwnNeeded, sessionMissing, tooMany } from './faults.ts'

/** What a caller must be allowed to do; null: anybody who is signed in. A route without a line does not compile. */
export const permissionFor: Readonly<Record<RouteId, Permission | null>> = {
  health: null,
  signIn: null,
  whoAmI: null,
  signOut: null,
  changePassword: null,
  showSignInWays: null,
  startOidc: null,
  finishOidc: null,
  showAccount: null,
  chooseLanguage: null,
  listOwnSessions: null,
  endOwnSession: null,
  beginTotp: null,
  confirmTotp: null,
  endTotp: null,
  listSessions: 'session.end',
  endSession: 'session.end',
  endTotpOf: 'session.end',
  resetPasswordOf: 'staff.change',
  listTokens: 'token.change',
  addToken: 'token.change',
  revokeToken: 'token.change',
  showOrganisation: 'staff.look',
  setUnit: 'staff.change',
  removeUnit: 'staff.change',
  importOrganisation: 'staff.change',
  listStaff: 'staff.look',
  addStaff: 'staff.change',
  changeStaff: 'staff.change',
  listRoles: 'staff.look',
  setRole: 'staff.change',
  removeRole: 'staff.change',
  listStandIns: 'staff.look',
  setStandIn: 'staff.change',
  endStandIn: 'staff.change',
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
  unmaskValue: 'value.unmask',
  listPurposes: null,
  listLists: 'list.look',
  importList: 'list.change',
  listFromRule: 'list.change',
  showList: 'list.look',
  checkList: 'list.change',
  submitList: 'list.change',
  stopList: 'list.change',
  downloadListFaults: 'list.look',
  listExports: 'export.ask',
  askExport: 'export.ask',
  showExport: 'export.ask',
  cancelExport: 'export.ask',
  downloadExport: 'export.ask',
  listApprovals: null,
  showApproval: null,
  approve: null,
  reject: null,
  cancelApproval: null,
  listAudit: 'audit.look',
  verifyAudit: 'audit.look',
  listNights: 'night.look',
  showNight: 'night.look',
  stopNight: 'night.stop',
  listRules: 'rule.look',
  showRule: 'rule.look',
  countDraft: 'rule.try',
  pictureDraft: 'rule.try',
  overlapDraft: 'rule.try',
  varyDraft: 'rule.try',
  listCampaigns: 'campaign.look',
  addCampaign: 'campaign.plan',
  listCampaignChoices: 'campaign.plan',
  checkCampaign: 'campaign.plan',
  showCampaign: 'campaign.look',
  changeCampaign: 'campaign.plan',
  submitCampaign: 'campaign.plan',
  dryRunCampaign: 'campaign.plan',
  testCampaign: 'campaign.plan',
  moveCampaign: 'campaign.plan',
  backtestDraft: 'rule.try',
  listPrecision: 'rule.try',
  whyRules: 'subscriber.look',
  saveRule: 'rule.change',
  importRules: 'rule.change',
  listRuleVersions: 'rule.look',
  writeRule: 'rule.look',
  activateRule: 'rule.change',
  retireRule: 'rule.change',
  listFactors: 'factor.look',
  showSegments: 'segment.look',
  tryMap: 'segment.change',
  saveMap: 'segment.change',
  activateMap: 'segment.change',
  listMapVersions: 'segment.look',
  writeMap: 'segment.look',
  listSegmentMoves: 'segment.look',
  listSegmentCustomers: 'subscriber.look',
  listTags: 'tag.look',
  showTag: 'tag.look',
  listTagCustomers: 'subscriber.look',
  saveTag: 'tag.change',
  importTags: 'tag.change',
  listTagVersions: 'tag.look',
  writeTag: 'tag.look',
  activateTag: 'tag.change',
  retireTag: 'tag.change',
  fillTag: 'tag.change',
  downloadTagFaults: 'tag.change',
  showCare: 'care.look',
  listWarnings: 'warning.look',
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

/** What is about a person's own account, which a token has none of, and what asks for a person's judgement. */
const forPeople: ReadonlySet<RouteId> = new Set([
  'changePassword',
  'showAccount',
  'chooseLanguage',
  'listOwnSessions',
  'endOwnSession',
  'beginTotp',
  'confirmTotp',
  'endTotp',
  'approve',
  'reject',
])

/** Per minute and session or token; by address more are let through, as a whole office may share one. */
const requestsPerMinuteMax = 1_200

interface Holder {
  readonly staff: Staff
  /** null: a token of a machine. */
  readonly sessionId: string | null
}

interface Known extends Holder {
  readonly asker: Asker
}

const known = new WeakMap<FastifyRequest, Known>()

/** Everything under /api but the open routes is refused without a session or token, also what does not exist. */
export function guard(server: FastifyInstance, application: Application, cookies: Cookies): void {
  const countRequest = server.createRateLimit({
    max: requestsPerMinuteMax,
    timeWindow: '1 minute',
    keyGenerator: request => {
      const holder = known.get(request)
      return holder?.sessionId ?? holder?.staff.id ?? request.ip
    },
  })
  server.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    if (!path.startsWith('/api')) return undefined
    reply.header('cache-control', 'no-store')
    if (request.method !== 'GET' && isFromElsewhere(request)) return answer(reply, fromElsewhere())
    if (openRequests.has(`${request.method} ${path}`)) return undefined
    const holder = await holderOf(request, application, cookies)
    if (holder === undefined) return answer(reply, sessionMissing())
    const asker = { ...(await askerFrom(application, holder.staff)), from: request.ip }
    known.set(request, { ...holder, asker })
    return stopIfTooMany(reply, await countRequest(request))
  })
}

function stopIfTooMany(
  reply: FastifyReply,
  count: Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>,
): FastifyReply | undefined {
  if (count.isAllowed || !count.isExceeded) return undefined
  reply.header('retry-after', count.ttlInSeconds)
  return answer(reply, tooMany(count.ttlInSeconds))
}

/** The asker of a guarded request. Faults permission.missing when the role may not ask this route, password.own-needed. */
export function askerFor(request: FastifyRequest, id: RouteId): Asker {
  const holder = known.get(request)
  if (holder === undefined) throw new FaultError(sessionMissing())
  const { asker, sessionId } = holder
  if (asker.staff.mustChangePassword && !beforeOwnPassword.has(id)) throw new FaultError(passwordOwnNeeded())
  const needed = permissionFor[id]
  if (needed !== null && !can(asker.staff, needed)) throw new FaultError(permissionMissing())
  if (sessionId === null && forPeople.has(id)) throw new FaultError(permissionMissing())
  return needed === null ? asker : asking(asker, needed)
}

/** The session that asks; null for a token. */
export function sessionIdOf(request: FastifyRequest): string | null {
  return known.get(request)?.sessionId ?? null
}

export function fromOf(request: FastifyRequest): From {
  return { address: request.ip, device: request.headers['user-agent'] }
}

/** A request that says who it is by a token is never taken for whoever the browser has a cookie of. */
async function holderOf(
  request: FastifyRequest,
  application: Application,
  cookies: Cookies,
): Promise<Holder | undefined> {
  const { db } = application.desk
  const at = application.clock.now()
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const token = /^Bearer ([\w-]{1,200})$/i.exec(authorization)?.[1]
    const staff = token && (await tokens.holder(db, token, { at, address: request.ip }))
    return staff ? { staff, sessionId: null } : undefined
  }
  const token = cookies.session(request)
  if (token === undefined) return undefined
  // The console says so when nobody has touched it for a while: what it asks by itself keeps no session alive.
  const isAttended = request.headers['x-unattended'] === undefined
  return sessionOf(db, token, { at, isAttended })
}

/** Cross-site requests carry these headers in every current browser; machines without a browser send neither. */
function isFromElsewhere(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin'
  const { origin, host } = request.headers
  return origin !== undefined && URL.parse(origin)?.host !== host
}
